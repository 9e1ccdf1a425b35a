"""`compilation.md`: the same in Markdown, a heading a clause, since a table of long cells cannot be read as text."""

from __future__ import annotations

from collections.abc import Iterator

from accord.render.compilation.columns import (
    Columns,
    about,
    current,
    disposition,
    iso_head,
    joined,
    proposal,
    source,
)
from accord.render.compilation.model import ClauseGroup, Compilation, RowEntry
from accord.render.compilation.runs import Mark, Run, harmless
from accord.render.compilation.symbols import SYMBOLS, TYPES
from accord.render.document_markdown import plain
from accord.render.document_sheet import REHEARSAL

_MARKS = {Mark.KEEP: ("", ""), Mark.DEL: ("<del>", "</del>"), Mark.INS: ("<ins>", "</ins>")}


def compilation_markdown(made: Compilation, columns: Columns) -> str:
    """The whole compilation."""
    return "\n\n".join(_blocks(made, columns)) + "\n"


def _blocks(made: Compilation, columns: Columns) -> Iterator[str]:
    yield f"# {_said(made.title)}"
    yield f"> {_said(made.notice)} <{made.page}>"
    if made.rehearsal:
        yield f"> **{_said(REHEARSAL)}**"
    facts = [*iso_head(made), ("As of", made.as_of)]
    yield "\n".join(f"- {label}: {_said(value)}" for label, value in facts)
    yield from (_said(sentence) for sentence in made.head)
    yield _said(SYMBOLS)
    if columns is Columns.ISO:
        yield _said(TYPES)
    for part in made.parts:
        yield f"## {_said(part.title)}"
        if not part.sections:
            yield "Nothing was received."
        for section in part.sections:
            yield f"### {_said(section.title)}"
            for group in section.groups:
                yield f"#### {_said(group.label)}"
                if group.current is not None:
                    yield _quoted(_redline(current(group)))
                for entry in group.entries:
                    yield from _entry(group, entry, columns)
    yield from _index(made)


def _entry(group: ClauseGroup, entry: RowEntry, columns: Columns) -> Iterator[str]:
    it = entry.input
    who = ", ".join(filter(None, (source(entry), about(entry))))
    kind = f" ({entry.type.value})" if columns is Columns.ISO else ""
    yield f"**{it.number}. {_said(entry.symbol)}{kind}** {_said(it.title)} ({_said(who)})"
    yield _quoted(_redline(proposal(entry)))
    facts = [
        ("Reasons", it.reasons),
        ("Observation of the secretariat", joined(*it.observations)),
        ("Disposition", disposition(entry)),
    ]
    if columns is Columns.ISO:
        place = ", ".join(filter(None, (group.clause, group.element)))
        lines = f"; line {group.lines}" if group.lines else ""
        facts.insert(0, ("Clause", f"{place}{lines}"))
    yield "\n".join(f"- {label}: {_said(value)}" for label, value in facts if value)


def _index(made: Compilation) -> Iterator[str]:
    yield "## Contributions by number"
    if not made.inputs:
        yield "None."
        return
    rows = ["| No. | Title | Source | Class | Where | Disposition |", "| --- | --- | --- | --- | --- | --- |"]
    places = made.places()
    for it in made.inputs:
        where = "; ".join(places[it.number])
        values = (str(it.number), it.title, it.source, it.input_class, where, it.disposition)
        rows.append(f"| {' | '.join(map(_said, values))} |")
    yield "\n".join(rows)


def _redline(runs: tuple[Run, ...]) -> str:
    out = ""
    for run in runs:
        start, end = _MARKS[run.mark]
        out += "\n".join(f"{start}{_kept(line)}{end}" if line else "" for line in run.text.split("\n"))
    return out


def _kept(line: str) -> str:
    """Words as themselves, with a space at either end where there is one."""
    before, after = (" " if line[:1].isspace() else ""), (" " if line[-1:].isspace() else "")
    return f"{before}{plain(line)}{after}" if line.strip() else before


def _quoted(text: str) -> str:
    """A quotation, a line for each line of what is quoted."""
    lines = [line for line in text.split("\n") if line.strip()]
    return "\\\n".join(f"> {line}" for line in lines)


def _said(text: str) -> str:
    return plain(" ".join(harmless(text).split()))
