"""The symbol of a proposal and the type of a comment, from what changes. The rules are printed with them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from accord.domain.text.clauses import Clause
from accord.domain.text.inline import tree
from accord.domain.text.nodes import Node, visible
from accord.domain.text.redline import Op, Row, Side
from accord.render.compilation.model import CommentType

SYMBOLS = (
    "ADD: new text. MOD: words changed (new ones underlined, deleted ones struck out). (MOD): changed in punctuation "
    "or format only. SUP: deleted. ADD* and SUP*: moved here, moved away. NOC: no change; the contribution says that "
    "it supports the text as it stands. OTHER: a comment without a proposed text."
)
TYPES = (
    "Types of comments: ge is about the draft or an Opinion as a whole and proposes no text. ed changes no word and no "
    "number, only punctuation or format (a sign beside a digit, a square bracket and the target of a link count as "
    "words). te is everything else."
)

# Signs whose change is one of form: all others, such as brackets, per cent and slashes, say something.
_FORM = re.compile(r"""[\s,;:.'"()\-\u2010-\u201f\u2026]+""")
_BESIDE_DIGIT = re.compile(r"(?<=\d)[^\w\s]+|[^\w\s]+(?=\d)")
_AS_IT_STANDS = re.compile(
    r"\b(?:support|agree|accept|welcome|endorse)\w*\b[^.!?\n]{0,80}\bas (?:it|they|is|drafted|proposed|written)\b|"
    r"\bno changes?\b|\bNOC\b",
    re.IGNORECASE,
)
_BUT = re.compile(
    r"\b(?:not|cannot|never|unless|except|but|however|if|provided|without|oppos\w+)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
_STRUCTURE_OF_FORM = {"kind", "level", "lists", "columns", "start", "apart"}


def symbol(row: Row) -> str:
    """The symbol of one changed clause."""
    if row.moved:
        return "SUP*" if row.side is Side.OLD else "ADD*"
    if row.op in (Op.ADD, Op.SUP):
        return str(row.op.value)
    return "(MOD)" if editorial(row) else "MOD"


def statement_symbol(title: str, reasons: str) -> str:
    """The symbol of what changes no text: NOC if it says that it supports the text as it stands, else OTHER."""
    for said in (title, reasons):
        if _AS_IT_STANDS.search(said):
            return "OTHER" if _BUT.search(f"{title} {reasons}") else "NOC"
    return "OTHER"


def comment_type(rows: Sequence[Row], *, general: bool) -> CommentType:
    """The type of what is proposed at one place; ``general``: about a whole text."""
    if general:
        return CommentType.GENERAL
    return CommentType.EDITORIAL if rows and all(map(editorial, rows)) else CommentType.TECHNICAL


def editorial(row: Row) -> bool:
    """Whether a change touches no word and no number."""
    if row.moved or row.old is None or row.new is None:
        return False
    if any(one.what not in _STRUCTURE_OF_FORM for one in row.structure):
        return False
    return _said(row.old) == _said(row.new)


def _said(clause: Clause) -> tuple[list[str], list[str]]:
    """The words and signs that say something, and the targets of links and pictures."""
    nodes = tree(clause.kind, clause.text)
    text = unicodedata.normalize("NFC", "".join("|" if n.tag == "cell" else visible((n,)) for n in nodes))
    beside = _BESIDE_DIGIT.findall(text)
    return [*filter(None, _FORM.split(text)), *beside], list(_targets(nodes))


def _targets(nodes: Sequence[Node]) -> Sequence[str]:
    return [target for node in nodes for target in (node.target, *_targets(node.children)) if target]
