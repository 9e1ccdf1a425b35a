"""Which contributions may show something else than they should, as far as the record knows: the forge is not asked.

A comment names what it said, and the record keeps that with what was shown. So what was not touched by anybody, and
what a deadline has changed all the same, is found without a single question.
"""

from __future__ import annotations

from accord.application.forge.wanted import Wanting
from accord.domain.record.events import Shown


def due(wanting: Wanting) -> dict[str, list[int]]:
    """Numbers on the forge of what is to be looked at: those of pull requests, and those of forms."""
    out: dict[str, list[int]] = {"pull": [], "form": []}
    for post, number in wanting.index.numbers.items():
        kind, _, topic = post.partition("/")
        if kind not in out:
            continue  # a letter, a mail, a terminal: there is nothing to show it on
        last = _last(wanting, number)
        if last is None or last.says != wanting.says(wanting.case(number)):
            out[kind].append(int(topic))
    return out


def _last(wanting: Wanting, number: int) -> Shown | None:
    return max(
        wanting.index.shown.get(str(number), ()),
        key=lambda one: (one.received.latest, one.seq),
        default=None,
    )
