"""A sheet: everything the documents of a revision say, as plain values; each format is drawn from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from accord.domain.drafts.facts import Showing
from accord.domain.text.clauses import Clause, Document, Kind
from accord.domain.text.redline import Redline
from accord.render.authorship import Authorship


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexEntry:
    """A draft Opinion: its number in the annex, its words about how far it is, and the contributions it came from."""

    number: int
    name: str
    title: str
    themes: tuple[str, ...]
    document: Document
    status: str
    showing: Showing = Showing.ANNEX
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A draft Opinion that a meeting left out."""

    title: str
    meeting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionEntry:
    """A contribution in words: ``statements`` and ``objections`` are whole sentences, shown as those of experts
    nominated by an entity; ``touches`` names sections and Opinions, and ``building`` says which
    contributions it amends, builds on or was split from.
    """

    number: int
    title: str
    source: str
    cosigners: tuple[str, ...]
    category: str
    input_class: str
    kind: str
    received: str
    state: str
    reason: str
    statements: tuple[str, ...] = ()
    objections: tuple[str, ...] = ()
    touches: tuple[str, ...] = ()
    building: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What the documents of one revision say.

    ``name`` is the draft's name or how the revision was named; ``label`` its words (*Second Draft*). ``cover`` holds
    pairs of label and value; ``remarks`` sentences for the cover. ``ids`` are the clause ids by file, in order.
    ``index`` gives for each section or Opinion the categories that contributed, with numbers (R27). ``redline`` is what
    changed since ``previous``, ``authorship`` whose changes they are. ``symbol``, ``date``, ``original`` (language),
    ``source`` and ``action`` (required) are what the cover of an ITU document states; "" where it is not known.
    ``moment`` is the one the documents are dated with.
    """

    name: str
    label: str
    title: str
    subtitle: str
    forum: str
    notice: str
    page: str
    cover: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    rehearsal: bool
    report: tuple[Document, ...]
    annex: tuple[AnnexEntry, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    contributions: tuple[ContributionEntry, ...] = ()
    index: tuple[tuple[str, tuple[tuple[str, tuple[int, ...]], ...]], ...] = ()
    redline: Redline | None = None
    previous: str = ""
    authorship: Authorship | None = None
    symbol: str = ""
    date: str = ""
    original: str = ""
    source: str = ""
    action: str = ""
    moment: datetime = datetime(1980, 1, 1, tzinfo=UTC)


REHEARSAL = "Rehearsal: every entity, person and position in it is invented."


def sections(sheet: Sheet) -> tuple[Clause, ...]:
    """The headings of the Report's sections, in order."""
    return tuple(
        clause
        for document in sheet.report
        for clause in document.clauses
        if clause.kind is Kind.HEADING and clause.level == 1 and not clause.frames
    )


def body(document: Document) -> tuple[Clause, ...]:
    """The clauses without the front matter, which is on the cover."""
    return tuple(clause for clause in document.clauses if clause.kind is not Kind.FRONT)


def caption(text: str) -> str:
    """A table's caption without the word that makes it one."""
    return text.removeprefix("Table:").lstrip()


def sign(label: str, keyword: str) -> str:
    """The number or letter printed before a clause of an Opinion: its label without the keyword it stands under."""
    return label.removeprefix(keyword).strip() if keyword else label
