"""What every format says about a change, in the same words; and which unchanged text is folded away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from accord.domain.text.clauses import Clause, Kind
from accord.domain.text.redline import Op, Redline, Row, Side
from accord.render.authorship import Author, Authorship

UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
"""Signs that nobody sees or that turn the line around: control and direction signs, spaces of no width, hidden tags.

Each format shows them by their code; none obeys them.
"""

KINDS = {
    Kind.FRONT: "front matter",
    Kind.HEADING: "heading",
    Kind.KEYWORD: "keyword",
    Kind.PARAGRAPH: "paragraph",
    Kind.ITEM: "item",
    Kind.CAPTION: "caption",
    Kind.HEADER: "table head",
    Kind.ROW: "table row",
    Kind.CODE: "code",
    Kind.HTML: "raw HTML",
    Kind.RULE: "rule",
    Kind.FOOTNOTE: "note",
}
_WHAT = {
    "kind": "kind",
    "level": "heading level",
    "lists": "place in lists",
    "columns": "column alignment",
    "under": "stands under",
    "start": "list starts at",
    "apart": "list begins anew",
}


def place(clause: Clause) -> str:
    """Where a clause is, as people cite it: its label, else what kind it is and under what."""
    if clause.label:
        return clause.label
    where = f" under {' '.join(clause.under.split())}" if clause.under else ""
    return KINDS[clause.kind] + where


def mark(row: Row) -> str:
    """ADD, MOD, SUP, structure, moved away (where it was) or moved here (where it is; with MOD if reworded)."""
    if row.moved and row.side is Side.OLD:
        return "moved away"
    if row.moved:
        return "moved here + MOD" if row.op is Op.MOD else "moved here"
    return "structure" if row.op is Op.SAME else row.op.value


def remarks(row: Row) -> list[str]:
    """What else there is to say about a changed row: where it moved, how its structure changed, a changed verb."""
    said: list[str] = []
    if row.moved and row.old and row.new:
        elsewhere = f"to {place(row.new)}" if row.side is Side.OLD else f"from {place(row.old)}"
        other = row.new if row.side is Side.OLD else row.old
        if other.path != row.clause.path:
            elsewhere += f" in {other.path}"
        said.append(elsewhere)
    if row.side is not Side.OLD:
        said += [
            f"{_WHAT[change.what]}: {change.old or 'none'} → {change.new or 'none'}"
            for change in row.structure
        ]
        if row.op is Op.MOD and row.clause.kind is Kind.KEYWORD:
            said.append("the verb changed")
    return said


def credit(author: Author) -> str:
    """Whose change it is: the name, and the contribution if there is one."""
    return author.name + (f", contribution {author.contribution}" if author.contribution else "")


def said_of(row: Row, authorship: Authorship | None) -> list[str]:
    """All that is said of a changed row besides its number and sort: place, remarks, whose it is."""
    whose = [f"by {credit(authorship.of(row))}"] if authorship else []
    return [place(row.clause), *remarks(row), *whose]


def fold(rows: Sequence[Row], context: int | None) -> Iterator[Row | int]:
    """The rows to show, and for each gap how many unchanged ones are left out. ``None`` shows all."""
    if context is None:
        yield from rows
        return
    near: set[int] = set()
    for index, row in enumerate(rows):
        if row.changed:
            near.update(range(index - context, index + context + 1))
    hidden = 0
    for index, row in enumerate(rows):
        if index in near:
            if hidden:
                yield hidden
            hidden = 0
            yield row
        else:
            hidden += 1
    if hidden:
        yield hidden


def counts(redline: Redline) -> str:
    """How many changes of which sort, in one line."""
    found: dict[str, int] = {}
    for row in redline.changes:
        if row.moved and row.side is Side.OLD:
            continue
        sort = mark(row).replace(" here", "")
        found[sort] = found.get(sort, 0) + 1
    if not found:
        return "No changes."
    total = sum(found.values())
    parts = ", ".join(f"{found[sort]} {sort}" for sort in sorted(found))
    return f"{total} {'change' if total == 1 else 'changes'}: {parts}."
