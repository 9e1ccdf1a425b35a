"""Words of a changed clause as plain stretches, kept, deleted or inserted, for formats without markup of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from accord.domain.text.inline import tree
from accord.domain.text.nodes import Node
from accord.domain.text.redline import Op, Row, Side
from accord.domain.text.spelling import Atom
from accord.domain.text.words import Span, SpanOp
from accord.render.compilation.model import Line

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_PAIR = re.compile(r"\[(?=\\*-)|-(?=\\*\])|\{(?=\\*\+)|\+(?=\\*\})")


class Mark(Enum):
    """What happens to a stretch of words."""

    KEEP = "keep"
    DEL = "del"
    INS = "ins"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words under one mark."""

    mark: Mark
    text: str


def harmless(text: str) -> str:
    """A sign that is not seen, or that turns the direction of what follows, shows by its code."""
    return _UNSEEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", text.replace("\r\n", "\n"))


def line_runs(lines: Sequence[Line]) -> tuple[Run, ...]:
    """What is proposed at one place: a paragraph a clause, its number before it and remarks behind."""
    out: list[Run] = []
    for index, line in enumerate(lines):
        out.append(Run(Mark.KEEP, ("\n" if index else "") + (f"{line.lead} " if line.lead else "")))
        out += runs(line.row)
        out += [Run(Mark.KEEP, f" ({remark})") for remark in line.remarks]
    return _joined(out)


def runs(row: Row) -> tuple[Run, ...]:
    """The words of a row. Links say their target; the cells of a table row stand between bars."""
    if row.op is Op.MOD and row.side is not Side.OLD:
        return _joined(_spans(row.spans))
    mark = {Side.OLD: Mark.DEL, Side.NEW: Mark.INS, Side.BOTH: Mark.KEEP}[row.side]
    if row.side is Side.NEW and row.moved and row.op is Op.SAME:
        mark = Mark.INS
    return _joined([Run(mark, _words(tree(row.clause.kind, row.clause.text)).strip())])


def plain(runs_: Iterable[Run]) -> str:
    """Stretches as text: ``[-deleted-]{+inserted+}``; where the words hold such a mark, a backslash stands in it."""
    signs = {Mark.KEEP: ("", ""), Mark.DEL: ("[-", "-]"), Mark.INS: ("{+", "+}")}
    out = ""
    for run in runs_:
        start, end = signs[run.mark]
        out += start + _PAIR.sub(r"\g<0>\\", run.text) + end
    return out


def _spans(spans: Sequence[Span]) -> Iterator[Run]:
    for span in spans:
        match span.op:
            case SpanOp.KEEP:
                yield Run(Mark.KEEP, _atoms(span.atoms))
            case SpanOp.DEL:
                yield Run(Mark.DEL, _atoms(span.atoms))
            case SpanOp.INS:
                yield Run(Mark.INS, _atoms(span.atoms))
            case SpanOp.WITHIN:
                yield from _spans(span.inside)
                node = span.atoms[0].nodes[0]
                yield Run(Mark.KEEP, _target(node, _words(node.children)))
            case _:
                old, new = _atoms(span.before), _atoms(span.atoms)
                if old == new:
                    yield Run(Mark.KEEP, f"{new} (only the format)")
                else:
                    yield Run(Mark.DEL, old)
                    yield Run(Mark.INS, new)


def _atoms(atoms: Sequence[Atom]) -> str:
    return _words([node for atom in atoms for node in atom.nodes])


def _words(nodes: Iterable[Node]) -> str:
    return "".join(map(_word, nodes))


def _word(node: Node) -> str:
    match node.tag:
        case "br":
            return "\n"
        case "cell":
            return " | "
        case "note":
            return f"[note {node.text}]"
        case "image":
            return f"[picture: {node.text}]{_target(node)}"
        case _:
            said = node.text + _words(node.children)
            return said + _target(node, said)


def _target(node: Node, said: str = "") -> str:
    """Where a link leads, unless its words are just that."""
    return f" <{node.target}>" if node.target and node.target != said else ""


def _joined(found: Iterable[Run]) -> tuple[Run, ...]:
    out = []
    for mark, group in groupby(found, key=lambda run: run.mark):
        text = harmless("".join(run.text for run in group))
        if text:
            out.append(Run(mark, text))
    return tuple(out)
