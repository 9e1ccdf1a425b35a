"""A meeting's table as plain values: a leaf for each place of the text that something was received about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accord.domain.text.redline import Row
from accord.render.alternatives import Meeting
from accord.render.compilation.model import Input, Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the chair reads out: the question, and what is said next, by what the room answers."""

    ask: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Objected:
    """An objection that is open: short for the screen, and in full with its dates."""

    short: str
    full: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A text proposed at a place. ``far`` says in words how far it is from the text as it reads.

    ``needs`` is what it needs to move on, ``reservations`` are whole sentences. ``opposed`` names the entities whose
    objections withhold agreement.
    """

    letter: str
    input: Input
    symbol: str
    far: str
    lines: tuple[Line, ...]
    remarks: tuple[str, ...] = ()
    needs: str = ""
    objections: tuple[Objected, ...] = ()
    reservations: tuple[str, ...] = ()
    opposed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One place of the text, or a draft Opinion as it reads.

    ``label`` names the place, ``current`` is how it reads, ``before`` the clause that new text would follow.
    ``together`` are sentences on which alternatives go together, ``brackets`` on the square brackets that stand in the
    text itself and on who asks that it stay, ``said`` contributions that propose no text there,
    ``state`` is how far an Opinion is, ``open`` what stands in its way.
    """

    id: str
    section: str
    label: str
    element: str = ""
    current: tuple[Row, ...] = ()
    before: Row | None = None
    alternatives: tuple[Alternative, ...] = ()
    together: tuple[str, ...] = ()
    brackets: tuple[str, ...] = ()
    said: tuple[Input, ...] = ()
    state: str = ""
    open: tuple[Objected, ...] = ()
    readings: tuple[Reading, ...] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        """The contributions on it."""
        return (*(one.input.number for one in self.alternatives), *(one.number for one in self.said))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A window the meeting discusses: what was received for it, by number, and whether more can come."""

    window: str
    draft: str
    numbers: tuple[int, ...]
    closes: str
    still_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Everything before a meeting at one moment.

    ``off`` are contributions of its windows that are no longer, or not yet, before the group; ``carried`` the numbers
    that came from earlier windows and still are. ``meetings`` says where contributions meet on a clause.
    """

    meeting: str
    title: str
    days: str
    forum: str
    notice: str
    page: str
    rehearsal: bool
    as_of: str
    moment: datetime
    draft: str
    windows: tuple[Counted, ...]
    carried: tuple[int, ...]
    leaves: tuple[Leaf, ...]
    off: tuple[Input, ...]
    meetings: tuple[Meeting, ...] = ()

    @property
    def inputs(self) -> dict[int, Input]:
        """The contributions on the leaves, by number."""
        found = [one.input for leaf in self.leaves for one in leaf.alternatives]
        found += [it for leaf in self.leaves for it in leaf.said]
        return {it.number: it for it in found}

    @property
    def shown(self) -> tuple[int, ...]:
        """The numbers of the contributions on the leaves, in order."""
        return tuple(sorted({number for leaf in self.leaves for number in leaf.numbers}))
