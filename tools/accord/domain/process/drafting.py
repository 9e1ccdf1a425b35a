"""How a forum drafts its Opinions, as data: the words that are pointed out, the keywords, what needs no explaining."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescriptive:
    """Words of a prescriptive outcome (R4) and what an Opinion says instead.

    ``even_negated``: they prescribe after *not* or *nothing* as well, as *shall* does and *requires* does not.
    """

    words: tuple[str, ...]
    instead: str
    even_negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafting:
    """What the lint of draft Opinions goes by; what is left empty is not looked for.

    ``preambular``: keywords of the preamble; ``operative``: keywords of the operative part that address nobody;
    ``addressing``: those that are followed by whom they address. ``instruments``: what is cited by number, place and
    year; ``citations``: the full form of those that are cited often. ``acronyms``: those that everybody knows.
    """

    prescriptive: tuple[Prescriptive, ...] = ()
    preambular: tuple[str, ...] = ()
    operative: tuple[str, ...] = ()
    addressing: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()

    @property
    def keywords(self) -> tuple[str, ...]:
        """Every keyword that the forum knows."""
        return (*self.preambular, *self.operative, *self.addressing)
