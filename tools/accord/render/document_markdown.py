"""`report.md`: the same as `report.html` in Markdown, with the computed numbers written out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from accord.domain.drafts.facts import Showing
from accord.domain.text.clauses import Clause, Document, Kind
from accord.domain.text.inline import atoms, cells
from accord.domain.text.nodes import Node
from accord.render.document_sheet import REHEARSAL, AnnexEntry, Sheet, body, caption, sections, sign

_SIGNS = re.compile(r"([\\`*_\[\]<>|~&])")
_BLOCKS = re.compile(r"\A(\d{1,9})([.)])(?=\s|\Z)|\A(#{1,6}|[+-])(?=\s|\Z)|\A(=+|-+)\Z")
_ALIGN = {"l": ":--", "c": ":-:", "r": "--:", "-": "---"}


def report_markdown(sheet: Sheet) -> str:
    """The whole document."""
    blocks = [*heading_blocks(sheet, sheet.title), *_cover(sheet), *_contents(sheet)]
    for document in sheet.report:
        blocks += list(_report(document))
    blocks += list(_annex(sheet))
    blocks.append(f"---\n\n{plain(sheet.notice)} <{sheet.page}>")
    return "\n\n".join(blocks) + "\n"


def heading_blocks(sheet: Sheet, title: str) -> Iterator[str]:
    """Title and notices, as they stand on top of every document (R6)."""
    yield f"# {plain(title)}"
    yield f"> {plain(sheet.notice)} <{sheet.page}>"
    if sheet.rehearsal:
        yield f"> **{plain(REHEARSAL)}**"


def _cover(sheet: Sheet) -> Iterator[str]:
    if sheet.subtitle:
        yield plain(sheet.subtitle)
    yield f"**{plain(sheet.label)}** ({plain(sheet.forum)})"
    yield "\n".join(f"- {plain(label)}: {plain(value)}" for label, value in sheet.cover)
    for remark in sheet.remarks:
        yield plain(remark)


def _contents(sheet: Sheet) -> Iterator[str]:
    yield "## Contents"
    lines = [f"- {clause.label} {_flat(clause)}" for clause in sections(sheet)]
    if sheet.annex:
        lines.append("- Annex: draft Opinions")
        lines += [f"  - Draft Opinion {entry.number}: {plain(entry.title)}" for entry in sheet.annex]
    yield "\n".join(lines) or "Nothing yet."


def _report(document: Document) -> Iterator[str]:
    yield from _blocks(body(document), heading=1, opinion=False)


def _annex(sheet: Sheet) -> Iterator[str]:
    if not sheet.annex and not sheet.left_out:
        return
    yield "## Annex: draft Opinions"
    for one in sheet.left_out:
        yield f"Left out ({plain(one.meeting)}): {plain(one.title)}"
    for entry in sheet.annex:
        yield from _opinion(entry)


def _opinion(entry: AnnexEntry) -> Iterator[str]:
    yield f"### Draft Opinion {entry.number}: {plain(entry.title)}"
    yield f"> Theme: {plain(', '.join(entry.themes))}. {plain(entry.status)}"
    if entry.showing is Showing.IN_BRACKETS:
        yield r"**\[**"
    yield from _blocks(body(entry.document), heading=3, opinion=True)
    if entry.showing is Showing.IN_BRACKETS:
        yield r"**\]**"


def _blocks(clauses: tuple[Clause, ...], *, heading: int, opinion: bool) -> Iterator[str]:
    keyword = ""
    table: list[str] = []
    for clause in clauses:
        if table and clause.kind is not Kind.ROW:
            yield "\n".join(table)
            table = []
        match clause.kind:
            case Kind.HEADER:
                signs = clause.detail.ljust(len(cells(clause.text)), "-")
                table = [_words(clause), "|" + "".join(f" {_ALIGN[one]} |" for one in signs)]
            case Kind.ROW:
                table.append(_words(clause))
            case Kind.HEADING:
                keyword = ""
                number = f"{clause.label} " if clause.label else ""
                yield f"{'#' * min(6, clause.level + heading)} {number}{_flat(clause)}"
            case Kind.KEYWORD:
                keyword = clause.label
                yield f"*{clause.text.strip('*_')}*"
            case Kind.CAPTION:
                yield f"**{clause.label}:** {caption(_words(clause))}"
            case Kind.RULE:
                yield "---"
            case Kind.CODE | Kind.HTML:
                # Raw HTML is shown as the text it is, never obeyed by a reader of the file.
                fence = "`" * (
                    max((len(run) for run in clause.text.split() if set(run) == {"`"}), default=2) + 1
                )
                yield f"{fence}text\n{clause.text}\n{fence}"
            case _:
                yield _paragraph(clause, keyword, opinion=opinion)
    if table:
        yield "\n".join(table)


def _paragraph(clause: Clause, keyword: str, *, opinion: bool) -> str:
    depth = sum(frame in ("bullet", "ordered") for frame in clause.frames)
    quoted = "> " * sum(frame == "quote" for frame in clause.frames)
    text = _words(clause)
    if clause.kind is Kind.FOOTNOTE or any(frame.startswith("note:") for frame in clause.frames):
        label = next(f for f in reversed(clause.frames) if f.startswith("note:")).removeprefix("note:")
        return f"{quoted}Note {plain(label)}: {text}"
    if opinion:
        shown = sign(clause.label, keyword)
        if clause.kind is Kind.ITEM:
            shown = shown.split(" ")[-1]
    elif clause.kind is Kind.ITEM:
        shown = "\u2013" if clause.frames[-1] == "bullet" else clause.label.split(" ")[-1]
    else:
        shown = clause.label
    indent = "&emsp;" * depth
    return f"{quoted}{indent}**{shown}** {text}" if shown else f"{quoted}{indent}{text}"


def plain(text: str) -> str:
    """``text`` as itself on one line, whatever signs it holds, and readable in the file too."""
    flat = _SIGNS.sub(r"\\\1", " ".join(text.split()))
    return _BLOCKS.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[0]}", flat)


def _words(clause: Clause) -> str:
    """The clause's own Markdown; raw HTML in it is shown as text."""
    if "<" not in clause.text:
        return clause.text
    return "".join(
        atom.text.replace("<", "&lt;") if _has_html(atom.nodes) else atom.text
        for atom in atoms(clause.kind, clause.text)
    )


def _has_html(nodes: Iterable[Node]) -> bool:
    return any(node.tag == "html" or _has_html(node.children) for node in nodes)


def _flat(clause: Clause) -> str:
    return " ".join(_words(clause).split())
