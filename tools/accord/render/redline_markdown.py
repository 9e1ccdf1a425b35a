"""The redline as Markdown for a comment or a file: one block a clause, ``<ins>`` and ``<del>`` for the words.

Every HTML tag in it is ours; what contributors wrote as HTML shows as text in ``<kbd>``. Code, front matter and raw
HTML stand in fences, changed ones as ``diff`` lines. The small print before each clause says what it is in the
structure, so that both texts can be read back exactly. A sign that nobody sees is shown by its code: ``<samp>``, or in
a fence, whose first line then says ``escaped``, ``{x1b}`` (with a backslash more where the text itself has ``{x``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accord.domain.text.clauses import LITERAL, ROWS, Clause, Kind
from accord.domain.text.inline import atoms
from accord.domain.text.nodes import Node
from accord.domain.text.redline import FileRedline, Op, Redline, Row, Side
from accord.domain.text.spelling import Atom
from accord.domain.text.words import Span, SpanOp
from accord.render.authorship import Authorship
from accord.render.redline_words import UNSEEN, counts, fold, mark, said_of

_ESCAPE = re.compile(r"\{(?=\\*x)")
_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


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


def plain(text: str) -> str:
    """``text`` as itself, whatever signs it holds."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))


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
    write = _Words(cells=row.clause.kind in ROWS, tags=tags)
    if row.op is Op.MOD and row.side is not Side.OLD:
        for span in row.spans:
            yield write.span(span)
        return
    tag = {Side.OLD: "del", Side.NEW: "ins", Side.BOTH: ""}[row.side]
    yield write.marked(atoms(row.clause.kind, row.clause.text), tag)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """Writes the words of one clause.

    ``cells``: they are a table row's, where a bar is escaped once more; here it stands outside a table.
    ``tags``: emphasis is written as ``<em>``, because beside other tags its signs could read otherwise.
    """

    cells: bool
    tags: bool

    def span(self, span: Span) -> str:
        match span.op:
            case SpanOp.WITHIN:
                head, tail = self._ends(span.atoms[0])
                return head + "".join(self.span(inner) for inner in span.inside) + tail
            case SpanOp.FORMAT:
                return self.marked(span.before, "del") + self.marked(span.atoms, "ins")
            case _:
                return self.marked(span.atoms, "" if span.op is SpanOp.KEEP else span.op.value)

    def marked(self, spelling: Sequence[Atom], tag: str) -> str:
        text = "".join(self._atom(atom) for atom in spelling)
        return f"<{tag}>{text}</{tag}>" if tag and text else text

    def _ends(self, atom: Atom) -> tuple[str, str]:
        """What opens and closes a wrapper."""
        tag = atom.nodes[0].tag
        if self.tags and tag != "link":
            return f"<{tag}>", f"</{tag}>"
        return self._unbarred(atom.head), self._unbarred(atom.tail)

    def _unbarred(self, text: str) -> str:
        return text.replace("\\|", "|") if self.cells else text

    def _atom(self, atom: Atom) -> str:
        if atom.inside:
            head, tail = self._ends(atom)
            return head + "".join(self._atom(inner) for inner in atom.inside) + tail
        if not atom.nodes:
            return ""
        node = atom.nodes[0]
        match node.tag:
            case "html":
                return f"<kbd>{_shown(plain(node.text))}</kbd>"
            case "note":
                return f"<sup>{_shown(plain(node.text))}</sup>"
            case "code" if UNSEEN.search(node.text):
                return f"<code>{_shown(plain(node.text))}</code>"
            case "cell":
                return " <b>|</b> "
            case "text" if atom.text == "@":
                return "@<wbr>"  # or somebody named so would be notified
            case "text":
                return _shown(self._unbarred(atom.text))
            case _ if any(_has_html(one) for one in atom.nodes):
                return f"<kbd>{_shown(plain(atom.text))}</kbd>"
            case _:
                return self._unbarred(atom.text)


def _shown(text: str) -> str:
    return UNSEEN.sub(lambda match: f"<samp>U+{ord(match[0]):04X}</samp>", text)


def _has_html(node: Node) -> bool:
    return node.tag == "html" or any(_has_html(child) for child in node.children)


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
