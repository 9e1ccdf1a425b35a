"""What a reader of the Word document must see of a text: made from its clauses, and from nothing that writes Word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from accord.domain.text.clauses import LITERAL, ROWS, Clause, Kind
from accord.domain.text.inline import atoms, tree
from accord.domain.text.nodes import Node
from tests.render.docx.word import Block, Paragraph, decoded

Seen = tuple[str, frozenset[str], str]
"""Words, how they look, where they lead."""

_STYLES = {
    Kind.KEYWORD: "Keyword",
    Kind.CAPTION: "Caption",
    Kind.CODE: "Code",
    Kind.HTML: "RawHtml",
    Kind.FRONT: "FrontMatter",
    Kind.RULE: "Rule",
    Kind.FOOTNOTE: "FootnoteText",
}
_SAFE = re.compile(
    r"(https?://[a-z0-9.]|mailto:\w)[\w.:/?@!$&'()*+,;=~%-]*(\#[\w.:/?@!$&'()*+,;=~%-]*)?", re.ASCII
)


@dataclass(frozen=True)
class View:
    """One paragraph as it is seen. Rows of a table are views in a row of cells."""

    style: str
    number: str
    words: tuple[Seen, ...]


Row = tuple[str, tuple[tuple[Seen, ...], ...]]


def read_views(blocks: Iterable[Block]) -> list[View | Row]:
    """The paragraphs and table rows of a document that was read."""
    found: list[View | Row] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.style != "Gap":
                found.append(View(block.style, block.number, _read(block)))
        else:
            found += [
                (cells[0][0].style, tuple(_read(paragraph) for cell in cells for paragraph in cell))
                for cells in block
            ]
    return found


def _read(paragraph: Paragraph) -> tuple[Seen, ...]:
    seen: list[Seen] = []
    for run in paragraph.runs:
        _, look, link = run
        looks = {name for name in ("b", "i", "strike") if f"<w:{name}/>" in look}
        style = re.search(r'rStyle w:val="(\w+)"', look)
        if style and style[1] != "Hyperlink":
            looks.add(style[1])
        seen.append((decoded(run), frozenset(looks), link))
    return _run_together(seen)


def expected_views(clauses: Sequence[Clause]) -> list[View | Row]:
    """The same of a text, by its clauses."""
    referred = {
        node.text
        for clause in clauses
        if clause.kind not in LITERAL and _note(clause) is None
        for node in _all(_nodes(clause))
        if node.tag == "note"
    }
    notes: dict[str, str] = {}
    for clause in clauses:
        label = _note(clause)
        if label in referred and label is not None:
            line = _prefix(clause) + "".join(text for text, _, _ in _line(clause))
            notes[label] = f"{notes[label]}\n{line}" if label in notes else line
    found: list[View | Row] = []
    keyword = ""
    for clause in clauses:
        if clause.kind is Kind.KEYWORD or (clause.kind is Kind.HEADING and not clause.frames):
            keyword = clause.label if clause.kind is Kind.KEYWORD else ""
        label = _note(clause)
        if label in referred:
            continue
        inside = {} if label else notes
        if clause.kind in ROWS:
            style = "TableHead" if clause.kind is Kind.HEADER else "TableText"
            found.append((style, tuple(_run_together(_flat(cell, inside)) for cell in _cells(clause))))
        else:
            words = list(_flat(_nodes(clause), inside))
            if clause.kind is Kind.FOOTNOTE:
                words.insert(0, (f"{label}\t", frozenset(), ""))
            number = "" if label else _number(clause, keyword, opinion=_opinion(clauses))
            found.append(View(_style(clause), number, _run_together(words)))
    return found


def _opinion(clauses: Sequence[Clause]) -> bool:
    return any(c.kind is Kind.KEYWORD or c.path.startswith("opinions/") for c in clauses)


def _number(clause: Clause, keyword: str, *, opinion: bool) -> str:
    label = clause.label
    if clause.kind is Kind.CAPTION:
        return f"{label}:"
    if clause.kind in {Kind.KEYWORD, Kind.FOOTNOTE}:
        return ""
    if clause.kind is Kind.ITEM:
        if opinion and keyword and clause.level == len(clause.frames) == 1:
            return label.removeprefix(keyword).strip()
        return "•" if clause.frames[-1] == "bullet" else label.split(" ")[-1]
    return label.removeprefix(keyword).strip() if opinion and keyword else label


def _style(clause: Clause) -> str:
    if clause.kind is Kind.HEADING:
        return f"Heading{clause.level}"
    if clause.kind in _STYLES:
        return _STYLES[clause.kind]
    if "quote" in clause.frames:
        return "Quote"
    if _note(clause) is not None:
        return "FootnoteText"
    return f"Enumlev{min(3, clause.level)}" if clause.level else ""


def _note(clause: Clause) -> str | None:
    return next((name[5:] for name in clause.frames if name.startswith("note:")), None)


def _nodes(clause: Clause) -> tuple[Node, ...]:
    if clause.kind is Kind.CODE:
        return (Node("text", clause.text.removeprefix("\n")),)
    text = clause.text.removeprefix("Table:").lstrip() if clause.kind is Kind.CAPTION else clause.text
    return tree(clause.kind, text)


def _all(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all(node.children)


def _cells(clause: Clause) -> list[list[Node]]:
    cells: list[list[Node]] = []
    for node in (node for atom in atoms(clause.kind, clause.text)[:-1] for node in atom.nodes):
        if node.tag == "cell":
            cells.append([])
        else:
            cells[-1].append(node)
    return cells


def _prefix(clause: Clause) -> str:
    if clause.kind is not Kind.ITEM:
        return ""
    return "• " if clause.frames[-1] == "bullet" else f"{clause.label.split(' ')[-1]} "


def _line(clause: Clause) -> Iterator[Seen]:
    cells = _cells(clause) if clause.kind in ROWS else [list(_nodes(clause))]
    for index, cell in enumerate(cells):
        if index:
            yield " | ", frozenset(), ""
        yield from _flat(cell, {})


def _flat(
    nodes: Iterable[Node], notes: dict[str, str], looks: frozenset[str] = frozenset(), link: str = ""
) -> Iterator[Seen]:
    for node in nodes:
        match node.tag:
            case "text":
                yield node.text, looks, link
            case "br":
                yield "\n", frozenset(), link
            case "code" | "html":
                style = "InlineCode" if node.tag == "code" else "InlineHtml"
                yield node.text, (looks - {"LinkText"}) | {style}, link
            case "note":
                body = f"\ue000{node.text}\t{notes[node.text]}\ue001" if node.text in notes else ""
                yield body + node.text, frozenset({"FootnoteReference"}), link
            case "image":
                yield f"[picture: {node.text}]", (looks - {"LinkText"}) | {"Picture"}, link
                yield _target(node), (looks - {"LinkText"}) | {"Target"}, link
            case "link" if _SAFE.fullmatch(node.target):
                yield from _flat(node.children, notes, looks, f"{node.target} {node.title}".strip())
            case "link":
                yield from _flat(node.children, notes, looks | {"LinkText"}, "")
                yield _target(node), looks | {"Target"}, ""
            case _:
                name = {"em": "i", "strong": "b", "s": "strike"}[node.tag]
                yield from _flat(node.children, notes, looks | {name}, link)


def _target(node: Node) -> str:
    title = f' "{node.title}"' if node.title else ""
    return f"<{node.target}{title}>"


def _run_together(seen: Iterable[Seen]) -> tuple[Seen, ...]:
    joined: list[Seen] = []
    for text, looks, link in seen:
        if joined and joined[-1][1:] == (looks, link):
            joined[-1] = (joined[-1][0] + text, looks, link)
        elif text:
            joined.append((text, looks, link))
    return tuple(joined)
