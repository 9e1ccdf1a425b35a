"""The negotiating view as plain values: each clause and what is proposed for it; every format is drawn from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from accord.domain.process.forum import State
from accord.domain.text.clauses import Clause
from accord.domain.text.redline import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposer:
    """A contribution behind a reading.

    ``source`` is whom it speaks for, as shown; ``input_class`` is proposal, view or "not derived" (R9). ``said`` are
    the words for its ``state``, ``needs`` one sentence on what it needs, from whom, by when. ``objections`` are whole
    sentences on those that stand and are about this place; ``objectors`` their entities as shown. ``outdated`` are
    entities as shown whose word on this place was given on another reading. ``older``: it was written on a text that
    reads differently here by now. ``fits``: it can be put into the text as it reads. ``amends`` is the contribution
    whose text it changes. ``since`` is when this place of it first came on the table.
    """

    number: int
    title: str
    source: str
    category: str
    input_class: str
    reasons: str
    state: State
    said: str
    needs: str
    based_on: str
    since: datetime
    objections: tuple[str, ...] = ()
    objectors: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    older: bool = False
    fits: bool = True
    amends: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """One reading proposed for a place, by one contribution or by several that read the same.

    ``letter`` is A, B, ... where there are several, else "". ``mark`` is ADD, MOD, SUP, moved, moved + MOD or
    structure. ``rows`` are its redline: one row, or one a clause for what is added. ``reading`` is the resulting text,
    no clause for a deletion. ``to`` says where a moved clause goes.
    """

    letter: str
    mark: str
    rows: tuple[Row, ...]
    reading: tuple[Clause, ...]
    proposers: tuple[Proposer, ...]
    to: str = ""

    @property
    def text(self) -> str:
        """The resulting text in canonical Markdown, a clause a line; "" for a deletion."""
        return "\n".join(clause.text for clause in self.reading)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The contributions behind it."""
        return tuple(one.number for one in self.proposers)

    @property
    def sources(self) -> tuple[str, ...]:
        """Whom it comes from, as shown, each once."""
        return tuple(dict.fromkeys(one.source for one in self.proposers))


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedBracket:
    """A square bracket that stands in the text itself.

    ``text`` is what it holds, with its signs; ``until`` says in which later clause it closes ("" in the same).
    ``paired`` is False for a sign without a partner. ``beside`` are alternatives next to it, ``inside`` the pairs in
    it. ``owner`` says who brought it. ``since`` is when it first stood here, None where nothing is known; ``draft`` the
    first draft that had it, ``event`` the place in the record. ``lift`` says what would take it away.
    """

    text: str
    until: str
    paired: bool
    beside: tuple[str, ...]
    inside: tuple[str, ...]
    owner: str
    since: datetime | None
    draft: str
    event: int | None
    lift: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Contributions at one place that can be put in together: their numbers and the wording they give."""

    numbers: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Insisting:
    """Somebody who asks that a clause stay as it reads (NOC): who, as shown, and in what words."""

    who: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A clause of the agreed text, or a gap at which something is to be added.

    ``clause`` is how it reads, None for a gap; ``id`` is the clause's, for a gap that of the clause before it ("" at
    the top of a file). ``label`` is the printed number, ``where`` how people cite the place; ``anchor`` is one word,
    unique in the view, made of the label. ``line`` is 1-based.
    """

    id: str
    anchor: str
    label: str
    where: str
    path: str
    line: int
    clause: Clause | None
    alternatives: tuple[Alternative, ...] = ()
    brackets: tuple[TypedBracket, ...] = ()
    together: tuple[Together, ...] = ()
    insisting: tuple[Insisting, ...] = ()

    @property
    def open(self) -> bool:
        """Whether something is not agreed here."""
        return bool(self.alternatives or self.brackets)


@dataclass(frozen=True, slots=True, kw_only=True)
class NegotiatedFile:
    """One file in reading order; ``new`` says that it is only proposed. ``title`` is how people call it."""

    path: str
    title: str
    new: bool
    places: tuple[Place, ...]

    @property
    def opinion(self) -> bool:
        """Whether it is a draft Opinion; else a part of the Report."""
        return self.path.startswith("opinions/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Negotiation:
    """The agreed text at a moment with everything that is on the table for it.

    ``statements`` are open contributions that change no text; ``agreed`` those agreed and not yet in the text;
    ``unread`` those whose text cannot be shown (their words were taken out of reach). ``commit`` is the text,
    ``record`` the commit of the record, ``zone`` the process zone in which days are shown.
    """

    forum: str
    title: str
    notice: str
    page: str
    rehearsal: bool
    moment: datetime
    zone: tzinfo
    shown_moment: str
    commit: str
    record: str
    files: tuple[NegotiatedFile, ...]
    statements: tuple[Proposer, ...] = ()
    agreed: tuple[Proposer, ...] = ()
    unread: tuple[Proposer, ...] = ()

    @property
    def places(self) -> Iterator[Place]:
        """Every place, in reading order."""
        return (place for file in self.files for place in file.places)

    @property
    def open(self) -> tuple[Place, ...]:
        """The places at which something is not agreed, in reading order."""
        return tuple(place for place in self.places if place.open)

    def place(self, key: str) -> Place | None:
        """A place by its anchor or by the id of its clause."""
        return next((one for one in self.places if key in (one.anchor, one.id)), None)
