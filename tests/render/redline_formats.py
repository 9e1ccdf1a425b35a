"""Every format of the redline as one table: how it is drawn, how it is read back, and what is expected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from accord.domain.text.canonical import canonical
from accord.domain.text.clauses import LITERAL, Document
from accord.domain.text.markdown import parse_document
from accord.domain.text.redline import Redline, new_side, old_side
from accord.render.redline_html import render_html
from accord.render.redline_json import render_json
from accord.render.redline_markdown import render_markdown
from accord.render.redline_text import render_text
from tests.render.redline_readers import (
    expected,
    read_columns,
    read_html,
    read_json,
    read_markdown,
    read_text,
)


@dataclass(frozen=True, kw_only=True)
class Format:
    """``read`` gives one side (``old`` or ``new``) of what ``render`` drew: what is ``expected`` of that text.

    ``says`` is what is compared, for people; ``can`` leaves out of a text what the format refuses to show.
    """

    name: str
    says: str
    render: Callable[[Redline], object]
    read: Callable[[object, str], object]
    expected: Callable[[Document], object]
    can: Callable[[str], str] = str

    def exact(self, redline: Redline, old: Document, new: Document) -> tuple[bool, bool]:
        """(with all changes accepted it is the new text, with all rejected the old one)."""
        drawn = self.render(redline)
        return self.read(drawn, "new") == self.expected(new), self.read(drawn, "old") == self.expected(old)


def _structured(document: Document) -> object:
    return [expected(clause, literal=clause.kind in LITERAL) for clause in document.clauses]


def _plain(document: Document) -> object:
    return [(expected(clause, literal=True).facts, clause.text) for clause in document.clauses]


def _canonical(document: Document) -> object:
    text = canonical(document)
    assert parse_document(document.path, text).clauses == document.clauses
    return text


def _model(redline: object, side: str) -> object:
    assert isinstance(redline, Redline)
    return (old_side if side == "old" else new_side)(redline)


def _on_text(read: Callable[[str, str], object]) -> Callable[[object, str], object]:
    return lambda drawn, side: read(str(drawn), side)


_TREE = "each clause: what it is, where it stands, its words and their markup"
FORMATS = (
    Format(
        name="model",
        says="the clauses that the redline holds, with all that is known of them",
        render=lambda redline: redline,
        read=_model,
        expected=lambda document: document.clauses,
    ),
    Format(
        name="text",
        says="the whole text in canonical Markdown, sign by sign",
        render=render_text,
        read=_on_text(read_text),
        expected=_canonical,
    ),
    Format(
        name="JSON",
        says="each clause: what it is, where it stands, its canonical text",
        render=render_json,
        read=_on_text(read_json),
        expected=_plain,
    ),
    Format(
        name="Markdown",
        says=_TREE,
        render=render_markdown,
        read=_on_text(read_markdown),
        expected=_structured,
    ),
    Format(
        name="HTML, inline", says=_TREE, render=render_html, read=_on_text(read_html), expected=_structured
    ),
    Format(
        name="HTML, side by side",
        says=f"{_TREE}; each column alone",
        render=render_html,
        read=_on_text(read_columns),
        expected=_structured,
    ),
)
NAMES = [one.name for one in FORMATS]


def assert_exact(redline: Redline, old: Document, new: Document, name: str) -> None:
    """Both sides of one format are exact; where one is not, the difference is shown."""
    one = next(one for one in FORMATS if one.name == name)
    drawn = one.render(redline)
    for side, document in (("old", old), ("new", new)):
        assert one.read(drawn, side) == one.expected(document), side
