"""What is said beside a change: its number, its mark, its place, who proposed it, and what words cannot show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from accord.domain.text.redline import Op, Row, Side
from accord.domain.text.words import Span, SpanOp
from accord.render.authorship import Author
from accord.render.redline_words import mark, place, remarks

POINT = " · "


def change_name(number: int) -> str:
    """The name of a change's place in the document."""
    return f"change_{number}"


def cited(row: Row) -> str:
    """The place as people cite it."""
    where = place(row.clause)
    return f"§{where}" if where[:1].isdigit() else where


def by_whom(author: Author) -> str:
    """The author and the contribution."""
    contribution = f", contribution {author.contribution}" if author.contribution else ""
    return f"{author.name}{contribution}"


def comment_text(row: Row, author: Author) -> str:
    """The whole comment."""
    said = [f"Change {row.number}", mark(row), cited(row), f"by {by_whom(author)}", *all_remarks(row)]
    return POINT.join(said)


def all_remarks(row: Row) -> list[str]:
    """Remarks on a change, also where a link leads elsewhere now and what was left out of a text that moved."""
    said = [*remarks(row)]
    if row.side is not Side.OLD:
        said += _targets(row.spans)
        if row.moved and row.op is Op.MOD:
            gone = " … ".join(_gone(row.spans))
            said += [f"words left out: {gone}"] if gone.strip() else []
    return said


def _targets(spans: Sequence[Span]) -> Iterator[str]:
    for span in spans:
        if span.op is SpanOp.FORMAT:
            old = [node.target for atom in span.before for node in atom.nodes if node.target]
            new = [node.target for atom in span.atoms for node in atom.nodes if node.target]
            if old != new:
                yield f"target: {' '.join(old) or 'none'} → {' '.join(new) or 'none'}"
        yield from _targets(span.inside)


def _gone(spans: Sequence[Span]) -> Iterator[str]:
    for span in spans:
        if span.op is SpanOp.DEL:
            yield span.text
        yield from _gone(span.inside)
