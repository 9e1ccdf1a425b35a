"""The columns of a compilation: those of a table for negotiation, and the eight of standards bodies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from accord.render.compilation.model import ClauseGroup, Compilation, Line, RowEntry, Section
from accord.render.compilation.runs import Mark, Run, harmless, line_runs

NO_TEXT = {"NOC": "No change.", "OTHER": "No text is proposed."}


class Columns(Enum):
    """Which columns a table has."""

    ITU = "itu"
    ISO = "iso"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its head, and how wide it is in characters."""

    head: str
    width: int


_ITU = (
    Column(head="Section", width=14),
    Column(head="Clause", width=11),
    Column(head="Current text", width=32),
    Column(head="Symbol", width=8),
    Column(head="Proposal", width=42),
    Column(head="No.", width=6),
    Column(head="Title", width=18),
    Column(head="Source", width=17),
    Column(head="Category", width=11),
    Column(head="Class", width=9),
    Column(head="Reasons", width=28),
    Column(head="Observation of the secretariat", width=22),
    Column(head="Disposition", width=13),
    Column(head="Reason for it", width=20),
)
_ISO = (
    Column(head="MB/NC", width=16),
    Column(head="Line no.", width=8),
    Column(head="Clause/Subclause/Annex", width=18),
    Column(head="Paragraph/Figure/Table", width=12),
    Column(head="Type of comment (ge/te/ed)", width=9),
    Column(head="Comments (justification)", width=36),
    Column(head="Proposed change", width=46),
    Column(head="Observations of the secretariat", width=30),
)
COLUMNS = {Columns.ITU: _ITU, Columns.ISO: _ISO}
NUMBER = 5
"""The column of a table for negotiation that names the contribution, and so holds the link to it."""

Cell = tuple[Run, ...]


def cells(section: Section, group: ClauseGroup, entry: RowEntry, columns: Columns) -> tuple[Cell, ...]:
    """The cells of a row, in order."""
    it = entry.input
    if columns is Columns.ISO:
        return (
            said(source(entry)),
            said(group.lines),
            said(iso_clause(section, group)),
            said(group.element),
            said(entry.type.value),
            said(joined(f"{it.number}. {it.title}", it.reasons)),
            proposal(entry),
            said(joined(*it.observations, disposition(entry))),
        )
    return (
        said(section.title),
        said(group.label),
        current(group),
        said(entry.symbol),
        proposal(entry),
        said(str(it.number)),
        said(it.title),
        said(source(entry)),
        said(it.category),
        said(it.input_class),
        said(it.reasons),
        said(joined(*it.observations)),
        said(it.disposition),
        said(it.reason),
    )


def said(text: str) -> Cell:
    """Words that nobody changed."""
    return (Run(Mark.KEEP, harmless(text)),) if text else ()


def joined(*texts: str) -> str:
    """Sentences, a line each."""
    return "\n".join(filter(None, texts))


def current(group: ClauseGroup) -> Cell:
    """How the clause reads in the draft; nothing where there is none yet."""
    return line_runs([Line(row=group.current)]) if group.current else ()


def proposal(entry: RowEntry) -> Cell:
    """The redline with what is to be said about it, or that no text is proposed."""
    found = line_runs(entry.lines)
    if not entry.lines and not entry.remarks:
        return said(NO_TEXT.get(entry.symbol, ""))
    remarks = " ".join(entry.remarks)
    return (*found, *said(f"\n({remarks})" if found else remarks)) if remarks else found


def source(entry: RowEntry) -> str:
    """Who it is from, with those who sign it."""
    signed = f"; co-signed by {', '.join(entry.input.cosigners)}" if entry.input.cosigners else ""
    return entry.input.source + signed


def about(entry: RowEntry) -> str:
    """Category, class, and which version is shown where there are several."""
    it = entry.input
    version = f"version {it.version}" if it.version > 1 else ""
    return ", ".join(filter(None, (it.category, it.input_class, version)))


def disposition(entry: RowEntry) -> str:
    """What became of it and why, in one line."""
    return ": ".join(filter(None, (entry.input.disposition, entry.input.reason)))


def iso_clause(section: Section, group: ClauseGroup) -> str:
    """The number alone; in an Opinion with its title, since several have a clause of that number."""
    if section.key.startswith("opinions-"):
        return f"{section.title}: {group.clause}"
    return group.clause


def iso_head(made: Compilation) -> Sequence[tuple[str, str]]:
    """What stands over the eight columns."""
    return (("Date", made.date), ("Document", made.document), ("Project", made.forum))
