"""The redline as Markdown for a comment or a file: one block a clause, ``<ins>`` and ``<del>`` for the words.

Every HTML tag in it is ours; what contributors wrote as HTML shows as text in ``<kbd>``. Code, front matter and raw
HTML stand in fences, changed ones as ``diff`` lines. The small print before each clause says what it is in the
structure, so that both texts can be read back exactly. A sign that nobody sees is shown by its code: ``<samp>``, or in
a fence, whose first line then says ``escaped``, ``{x1b}`` (with a backslash more where the text itself has ``{x``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from accord.domain.text.clauses import LITERAL, ROWS, Clause, Kind
from accord.domain.text.inline import atoms
from accord.domain.text.redline import FileRedline, Op, Redline, Row, Side
from accord.render.authorship import Authorship
from accord.render.redline_markdown_words import Words, plain
from accord.render.redline_words import UNSEEN, counts, fold, mark, said_of

_ESCAPE = re.compile(r"\{(?=\\*x)")


def render_markdown(
    redline: Redline, *, context: int | None = None, authorship: Authorship | None = None
) -> str:
    """The redline as Markdown; ``context`` folds unchanged text farther than so many clauses from a change.

    ``authorship`` says at each change whose it is.
    """
    blocks = [counts(redline)]
    for file in redline.files:
        blocks.append(f"### {plain(_title(file))}")
        for shown in fold(file.rows, context):
            if isinstance(shown, int):
                blocks.append(f"<samp>… {shown} unchanged {'clause' if shown == 1 else 'clauses'} …</samp>")
            else:
                blocks += _row(shown, authorship)
    return "\n\n".join(blocks) + "\n"


def _title(file: FileRedline) -> str:
    if file.old_path and file.new_path and file.old_path != file.new_path:
        return f"{file.old_path} → {file.new_path}"
    return file.path + (" (new)" if file.old_path is None else " (removed)" if file.new_path is None else "")


def _row(row: Row, authorship: Authorship | None) -> Iterator[str]:
    head = _head(row, authorship)
    if row.clause.kind in LITERAL:
        yield head
        if row.clause.kind is not Kind.RULE:
            yield _fence(row)
        return
    body = "".join(_body(row))
    heading = "#" * row.clause.level if row.clause.kind is Kind.HEADING and "\n" not in body else ""
    if row.changed:
        yield head
        yield "> " + (f"{heading} " if heading else "") + body.replace("\n", "\n> ")
    else:
        yield (f"{heading} " if heading else "") + head + " " + body


def _head(row: Row, authorship: Authorship | None) -> str:
    """Small print: what the clause is; before it, for a change, its number, sort, place and remarks."""
    old, new = (
        _structure(row.old) if row.old else "",
        _structure(row.new) if row.new else "",
    )
    shown = old if row.side is Side.OLD else new
    if row.side is Side.BOTH and old != new:
        shown = f"<del>{old}</del><ins>{new}</ins>"
    small = f"<sub>{shown}</sub>"
    if not row.changed:
        return small
    said = plain(" · ".join(said_of(row, authorship)))
    return f"<strong>{row.number} {mark(row)}</strong> {small} <em>{said}</em>"


def _structure(clause: Clause) -> str:
    """``heading 2 in bullet ordered; apart 1; detail 3``, escaped."""
    said = clause.kind.value + (f" {clause.level}" if clause.kind is Kind.HEADING else "")
    if clause.frames:
        said += f" in {' '.join(clause.frames)}"
    if clause.apart:
        said += f"; apart {clause.apart}"
    if clause.detail:
        said += f"; detail {clause.detail}"
    return plain(said)


def _body(row: Row) -> Iterator[str]:
    tags = row.changed or UNSEEN.search(row.clause.text) is not None
    write = Words(cells=row.clause.kind in ROWS, tags=tags)
    if row.op is Op.MOD and row.side is not Side.OLD:
        for span in row.spans:
            yield write.span(span)
        return
    tag = {Side.OLD: "del", Side.NEW: "ins", Side.BOTH: ""}[row.side]
    yield write.marked(atoms(row.clause.kind, row.clause.text), tag)


def _fence(row: Row) -> str:
    if not row.changed:
        lines = row.clause.text.split("\n")
        kind = "text"
    else:
        kind = "diff"
        lines = list(_diff(row))
    if any(UNSEEN.search(line) for line in lines):
        kind += " escaped"
        lines = [
            UNSEEN.sub(lambda match: f"{{x{ord(match[0]):x}}}", _ESCAPE.sub("{\\\\", line)) for line in lines
        ]
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([fence + kind, *lines, fence])


def _diff(row: Row) -> Iterator[str]:
    from rapidfuzz.distance import Indel

    old = row.old.text.split("\n") if row.old and (row.side is not Side.NEW) else []
    new = row.new.text.split("\n") if row.new and (row.side is not Side.OLD) else []
    gone: list[str] = []
    come: list[str] = []
    for code in Indel.opcodes(old, new):
        gone += [f"-{line}" for line in old[code.src_start : code.src_end] if code.tag != "equal"]
        come += [f"+{line}" for line in new[code.dest_start : code.dest_end] if code.tag != "equal"]
        if code.tag == "equal":
            yield from [*gone, *come, *(f" {line}" for line in new[code.dest_start : code.dest_end])]
            gone, come = [], []
    yield from [*gone, *come]
