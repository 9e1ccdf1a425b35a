"""Printed numbers and letters of clauses: computed, never typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from accord.domain.text.clauses import Clause, Document, Kind, labelled

_ADJECTIVES = frozenset({"conscious", "desirous", "anxious", "solicitous"})
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def number(documents: Sequence[Document]) -> tuple[Document, ...]:
    """The same documents with a label on every clause that is printed with one.

    Sections and tables of the Report count over its files in the order given; an Opinion counts by itself.
    """
    section = table = 0
    numbered: list[Document] = []
    for document in documents:
        if _is_opinion(document):
            labels, _ = _tables(document, _opinion_labels(document), 0)
        else:
            report, section = _report_labels(document, section)
            labels, table = _tables(document, report, table)
        numbered.append(
            replace(
                document,
                clauses=tuple(
                    labelled(clause, label) for clause, label in zip(document.clauses, labels, strict=True)
                ),
            )
        )
    return tuple(numbered)


def is_operative(keyword: str) -> bool:
    """Does the keyword open an operative part (a verb in the present tense) rather than a preambular one?"""
    words = keyword.split()
    verb = words[0].lower().strip(",:") if words else ""
    return verb.endswith("s") and not verb.endswith("ss") and verb not in _ADJECTIVES


def letter(number: int) -> str:
    """a, b, ... z, aa, ab ..."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def roman(number: int) -> str:
    """i, ii, iii, iv ..."""
    text = ""
    for value, sign in _ROMAN:
        while number >= value:
            text += sign
            number -= value
    return text


def _is_opinion(document: Document) -> bool:
    if document.path.startswith("report/"):
        return False
    return document.path.startswith("opinions/") or any(
        clause.kind is Kind.KEYWORD for clause in document.clauses
    )


def _mark(ordered: bool, count: int, depth: int) -> str:
    """The sign of the ``count``-th item at ``depth`` below its parent: a) then i), or (1) for a bullet."""
    if not ordered:
        return f"({count})"
    return f" {letter(count) if depth % 2 == 0 else roman(count)})"


class _Items:
    """Counts list items below the clause or section they belong to."""

    def __init__(self) -> None:
        self.counts: list[int] = []
        self.marks: list[str] = []

    def under(self) -> None:
        """A new parent: counting starts again."""
        self.counts, self.marks = [], []

    def next(self, clause: Clause) -> str:
        """The signs of this item, from its outermost list inward."""
        depth = max(1, clause.level)
        del self.counts[depth:], self.marks[depth:]
        while len(self.counts) < depth:
            self.counts.append(0)
            self.marks.append("")
        self.counts[-1] += 1
        self.marks[-1] = _mark(clause.frames[-1] == "ordered", self.counts[-1], _ordered_above(clause))
        return "".join(self.marks)


def _report_labels(document: Document, section: int) -> tuple[list[str], int]:
    """Labels of a Report file, and the number of its last section."""
    labels: list[str] = []
    totals: dict[int, int] = {}
    current = section
    for clause in document.clauses:
        current += _opens_section(clause)
        totals[current] = totals.get(current, 0) + _is_numbered(clause)
    parent, count = "", 0
    items = _Items()
    for clause in document.clauses:
        label = ""
        if _opens_section(clause):
            section, count = section + 1, 0
            label = parent = str(section)
            items.under()
        elif _is_numbered(clause) and section:
            count += 1
            label = parent = str(section) if totals[section] == 1 else f"{section}.{count}"
            items.under()
        elif clause.kind is Kind.ITEM:
            label = (parent + items.next(clause)).strip()
        elif clause.kind is Kind.FOOTNOTE:
            label = f"note {_note(clause)}"
        labels.append(label)
    return labels, section


def _opens_section(clause: Clause) -> bool:
    return clause.kind is Kind.HEADING and clause.level == 1 and not clause.frames


def _is_numbered(clause: Clause) -> bool:
    return clause.kind is Kind.PARAGRAPH and not clause.frames


def _note(clause: Clause) -> str:
    return next(name for name in reversed(clause.frames) if name.startswith("note:")).removeprefix("note:")


def _opinion_labels(document: Document) -> list[str]:
    """Labels of an Opinion: *considering* a), *invites Member States* 1; a clause that stands alone has none."""
    keyword, part, units, count = "", -1, Kind.PARAGRAPH, 0
    labels: list[str] = []
    items = _Items()
    parts: list[list[Kind]] = []
    for clause in document.clauses:
        if clause.kind is Kind.KEYWORD:
            parts.append([])
        elif parts and clause.level == len(clause.frames) == (clause.kind is Kind.ITEM):
            parts[-1].append(clause.kind)
    for clause in document.clauses:
        label = ""
        if clause.kind is Kind.KEYWORD:
            keyword, part, count = clause.text.strip("*_").rstrip(",:"), part + 1, 0
            units = Kind.ITEM if Kind.ITEM in parts[part] else Kind.PARAGRAPH
            label = keyword
            items.under()
        elif clause.kind is Kind.HEADING and not clause.frames:
            keyword = ""
        elif clause.kind is Kind.FOOTNOTE:
            label = f"note {_note(clause)}"
        elif keyword and clause.kind is units and clause.level == len(clause.frames) == (units is Kind.ITEM):
            count += 1
            items.under()
            label = keyword
            if parts[part].count(units) > 1:
                label += f" {count}" if is_operative(keyword) else f" {letter(count)})"
        elif clause.kind is Kind.ITEM and keyword and clause.level > 1:
            shallower = clause.frames[1:]
            sub = replace(clause, level=clause.level - 1, container=shallower)
            deep = 0 if is_operative(keyword) else 1
            label = _parent(keyword, count, parts[part].count(units)) + _sub(items, sub, deep)
        elif clause.kind is Kind.ITEM:
            label = items.next(clause).strip()
        labels.append(label)
    return labels


def _parent(keyword: str, count: int, total: int) -> str:
    if total <= 1:
        return keyword
    return keyword + (f" {count}" if is_operative(keyword) else f" {letter(count)})")


def _sub(items: _Items, clause: Clause, deep: int) -> str:
    """Signs of an item inside a clause; inside a lettered clause they begin with i)."""
    items.next(clause)
    items.marks[-1] = _mark(clause.frames[-1] == "ordered", items.counts[-1], _ordered_above(clause) + deep)
    return "".join(items.marks)


def _ordered_above(clause: Clause) -> int:
    return clause.frames[:-1].count("ordered")


def _tables(document: Document, labels: list[str], table: int) -> tuple[list[str], int]:
    """Labels of captions and rows: Table 1; Table 1, row 2. A caption and its header row count once."""
    row = 0
    captioned = False
    for index, clause in enumerate(document.clauses):
        if clause.kind is Kind.CAPTION or (clause.kind is Kind.HEADER and not captioned):
            table += 1
        if clause.kind is Kind.CAPTION:
            labels[index] = f"Table {table}"
        elif clause.kind is Kind.HEADER:
            row = 0
            labels[index] = f"Table {table}, head"
        elif clause.kind is Kind.ROW:
            row += 1
            labels[index] = f"Table {table}, row {row}"
        captioned = clause.kind is Kind.CAPTION
    return labels, table
