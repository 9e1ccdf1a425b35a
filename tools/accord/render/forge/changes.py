"""The redline inside a comment: only what changes, clause by clause, in words that cannot come alive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from accord.domain.text.clauses import LITERAL, Kind
from accord.domain.text.inline import atoms
from accord.domain.text.nodes import Node
from accord.domain.text.redline import FileRedline, Op, Redline, Row, Side
from accord.domain.text.spelling import Atom
from accord.domain.text.words import Span, SpanOp
from accord.render.forge.escaping import code, joined, prose, sentence, stretch, visible
from accord.render.redline_words import mark, place, remarks

LONGEST = 6000
"""Characters of one clause with its marks; a longer one is named and not shown."""

_SAID = {"ADD": "new", "MOD": "changed", "SUP": "deleted", "structure": "in another place of the structure"}
_TOO_LONG = "_This clause is too long to be shown here._"


def change_blocks(redline: Redline) -> list[str]:
    """A block for each clause that changes, in reading order; the file stands before the first of its clauses."""
    return [block for file in redline.files for block in _file(file)]


def words_of(spelling: Sequence[Atom]) -> str:
    """The words of a clause with their emphasis, and nothing alive in them."""
    return _marked(spelling, "")


def _file(file: FileRedline) -> Iterator[str]:
    for first, row in enumerate(row for row in file.rows if row.changed):
        title = f"**In {code(_title(file))}**\n\n" if first == 0 else ""
        yield title + _row(row)


def _title(file: FileRedline) -> str:
    if file.old_path and file.new_path and file.old_path != file.new_path:
        return f"{file.old_path} → {file.new_path}"
    return file.path + (
        " (a new file)" if file.old_path is None else " (removed)" if file.new_path is None else ""
    )


def _row(row: Row) -> str:
    kept = [one for one in remarks(row) if one]
    what = mark(row)
    said = f" ({_SAID[what]})" if what in _SAID else ""
    more = f" · {sentence(' · '.join(kept))}" if kept else ""
    head = f"**{row.number}. {what}**{said} — {prose(place(row.clause), 200)}{more}"
    if row.clause.kind in LITERAL:
        return head if row.clause.kind is Kind.RULE else f"{head}\n\n{_fence(row)}"
    body = _body(row)
    return f"{head}\n\n{_TOO_LONG}" if len(body) > LONGEST else f"{head}\n\n> {body}"


def _body(row: Row) -> str:
    if row.op is Op.MOD and row.side is not Side.OLD:
        return joined(_span(span) for span in row.spans)
    tag = {Side.OLD: "del", Side.NEW: "ins", Side.BOTH: ""}[row.side]
    return _marked(atoms(row.clause.kind, row.clause.text), tag)


def _span(span: Span) -> str:
    match span.op:
        case SpanOp.WITHIN:
            return _wrapped(span.atoms[0].nodes[0], joined(_span(inner) for inner in span.inside))
        case SpanOp.FORMAT:
            return _marked(span.before, "del") + _marked(span.atoms, "ins")
        case _:
            return _marked(span.atoms, "" if span.op is SpanOp.KEEP else span.op.value)


def _marked(spelling: Sequence[Atom], tag: str) -> str:
    text = _nodes(node for atom in spelling for node in atom.nodes)
    return f"<{tag}>{text}</{tag}>" if tag and text else text


def _nodes(nodes: Iterable[Node]) -> str:
    """Nodes as Markdown. Texts that touch are one stretch, or a name could hide behind the border of two words."""
    merged: list[Node] = []
    for node in nodes:
        if node.tag == "text" and merged and merged[-1].tag == "text":
            merged[-1] = Node("text", merged[-1].text + node.text)
        else:
            merged.append(node)
    return joined(_node(node) for node in merged)


def _node(node: Node) -> str:
    match node.tag:
        case "text":
            return stretch(visible(node.text).replace("\n", " "))
        case "code" | "html":
            return code(node.text)
        case "br":
            return "<br>"
        case "note":
            return f"<sup>{prose(node.text, 80)}</sup>"
        case "image":
            return joined(["(picture: ", prose(node.text, 200), " ", code(node.target), ")"])
        case "cell":
            return " ┃ "
        case _:
            return _wrapped(node, _nodes(node.children))


def _wrapped(node: Node, inside: str) -> str:
    if node.tag == "link":
        # The address stands as code beside the words: what a link says and where it leads are both the text. In
        # brackets, or what it says could make a name or a number of what stands before it.
        return joined(["\\[", inside, "\\] (", code(node.target), ")"])
    return f"<{node.tag}>{inside}</{node.tag}>" if node.tag in ("em", "strong", "s") else inside


def _fence(row: Row) -> str:
    old = _lines(row.old.text) if row.old and row.side is not Side.NEW else []
    new = _lines(row.new.text) if row.new and row.side is not Side.OLD else []
    lines: list[str] = []
    for op, a1, a2, b1, b2 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if op == "equal":
            lines += [f"  {line}" for line in old[a1:a2]]
        else:
            lines += [f"- {line}" for line in old[a1:a2]] + [f"+ {line}" for line in new[b1:b2]]
    text = "\n".join(lines)
    if len(text) > LONGEST:
        return _TOO_LONG
    longest = max((len(run) for run in _ticks(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}diff\n{text}\n{fence}"


def _lines(text: str) -> list[str]:
    return [visible(line).rstrip() for line in text.split("\n")]


def _ticks(text: str) -> Iterator[str]:
    run = ""
    for character in f"{text}\n":
        if character == "`":
            run += character
        elif run:
            yield run
            run = ""
