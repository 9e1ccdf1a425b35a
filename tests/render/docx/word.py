"""A small Word: opens a document, accepts or rejects all its changes, counts its lists, and reads what is left.

It shares nothing with the writer; what it does is what the standard says about each element.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

Run = tuple[str, str, str]
"""What is read, how it looks (the properties as XML), and where it leads."""


@dataclass
class Paragraph:
    """One paragraph: ``style``, the printed number, other properties, its runs and those of its footnotes."""

    style: str
    number: str
    properties: str
    runs: list[Run]
    notes: list[Run]

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(said for said, _, _ in self.runs)


Table = list[list[list[Paragraph]]]
Block = Paragraph | Table


@dataclass
class Word:
    """An opened document."""

    data: bytes
    parts: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with zipfile.ZipFile(io.BytesIO(self.data)) as package:
            for name in package.namelist():
                if name.endswith((".xml", ".rels")):
                    self.parts[name] = etree.fromstring(package.read(name))
        self.links = {
            one.get("Id"): one.get("Target")
            for one in self.parts["word/_rels/document.xml.rels"]
            if one.get("TargetMode") == "External"
        }
        self.notes = {one.get(f"{W}id"): one for one in self.parts["word/footnotes.xml"].iter(f"{W}footnote")}

    @property
    def document(self) -> Any:
        """The root of the text."""
        return self.parts["word/document.xml"]

    def resolve(self, side: str) -> Word:
        """The document with all changes accepted (``new``) or rejected (``old``)."""
        for name in ("word/document.xml", "word/footnotes.xml"):
            _resolve(self.parts[name], side)
        return self

    def blocks(self) -> list[Block]:
        """What the reader sees, in order, with the numbers that Word prints."""
        counter = _Counter(self.parts["word/numbering.xml"])
        return list(self._blocks(self.document[0], counter))

    def text_blocks(self) -> list[Block]:
        """The blocks of the text itself: without what stands before it and the table of changes after it."""
        found = self.blocks()
        start = 0
        while isinstance(found[start], Paragraph) and found[start].style in {"Title", "Notice", "Remark"}:  # type: ignore[union-attr]
            start += 1
        end = next(
            (
                index
                for index, block in enumerate(found)
                if isinstance(block, Paragraph)
                and block.text == "Table of changes"
                and block.style == "PartTitle"
            ),
            len(found) - 1,
        )
        return found[start:end]

    def _blocks(self, parent: Any, counter: _Counter) -> Iterator[Block]:
        for element in parent:
            if element.tag == f"{W}p":
                yield self._paragraph(element, counter)
            elif element.tag == f"{W}tbl":
                yield [
                    [
                        [self._paragraph(one, counter) for one in cell.findall(f"{W}p")]
                        for cell in row.findall(f"{W}tc")
                    ]
                    for row in element.findall(f"{W}tr")
                ]

    def _paragraph(self, element: Any, counter: _Counter) -> Paragraph:
        properties = element.find(f"{W}pPr")
        style = number = rest = ""
        if properties is not None:
            for one in properties:
                if one.tag == f"{W}pStyle":
                    style = one.get(f"{W}val")
                elif one.tag == f"{W}numPr":
                    level, instance = (one.find(f"{W}{name}").get(f"{W}val") for name in ("ilvl", "numId"))
                    number = counter.count(instance, int(level))
                elif one.tag not in {f"{W}rPr", f"{W}pPrChange"}:
                    rest += _xml(one)
        return Paragraph(style, number, rest, _joined(self._runs(element, "")), self._looks_of_notes(element))

    def _looks_of_notes(self, element: Any) -> list[Run]:
        notes = [self.notes[one.get(f"{W}id")] for one in element.iter(f"{W}footnoteReference")]
        return _joined(run for note in notes for p in note.findall(f"{W}p") for run in self._runs(p, ""))

    def _runs(self, parent: Any, link: str) -> Iterator[Run]:
        for element in parent:
            if element.tag == f"{W}hyperlink":
                title = element.get(f"{W}tooltip") or ""
                target = self.links.get(element.get(f"{R}id"), element.get(f"{W}anchor") or "")
                yield from self._runs(element, f"{target} {title}".strip())
            elif element.tag in {f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo", f"{W}fldSimple"}:
                yield from self._runs(element, link)
            elif element.tag == f"{W}r":
                looks = element.find(f"{W}rPr")
                look = (
                    "" if looks is None else "".join(_xml(one) for one in looks if one.tag != f"{W}rPrChange")
                )
                for said in self._said(element):
                    yield said, look, link

    def _said(self, run: Any) -> Iterator[str]:
        for one in run:
            if one.tag in {f"{W}t", f"{W}delText"}:
                yield one.text or ""
            elif one.tag == f"{W}br":
                yield "\n"
            elif one.tag == f"{W}tab":
                yield "\t"
            elif one.tag == f"{W}footnoteReference":
                note = self.notes[one.get(f"{W}id")]
                # What a note says stands where it is referred to, between two signs that no text has.
                for paragraph in note.findall(f"{W}p"):
                    yield "\ue000" + "".join(map(decoded, self._runs(paragraph, ""))) + "\ue001"


def decoded(run: Run) -> str:
    """The words of a run; a framed code stands for the sign that has it."""
    said, look, _ = run
    if "<w:bdr " not in look:
        return said
    return re.sub(r"U\+([0-9A-F]{4,6})", lambda match: chr(int(match[1], 16)), said)


def _xml(element: Any) -> str:
    return re.sub(r' xmlns:\w+="[^"]*"', "", etree.tostring(element).decode())


def _joined(runs: Iterator[Run]) -> list[Run]:
    """Neighbours that look alike as one: how words are cut into runs is nothing a reader sees."""
    joined: list[Run] = []
    for said, look, link in runs:
        if joined and joined[-1][1:] == (look, link):
            joined[-1] = (joined[-1][0] + said, look, link)
        else:
            joined.append((said, look, link))
    return joined


def _resolve(root: Any, side: str) -> None:
    gone = {"del", "moveFrom"} if side == "new" else {"ins", "moveTo"}
    for row in list(root.iter(f"{W}tr")):
        if any(row.find(f"{W}trPr/{W}{name}") is not None for name in gone):
            table = row.getparent()
            table.remove(row)
            if table.find(f"{W}tr") is None:
                table.getparent().remove(table)
    for change in [*root.iter(f"{W}rPrChange"), *root.iter(f"{W}pPrChange")]:
        _reverted(change, side)
    for name in ("ins", "del", "moveFrom", "moveTo"):
        for element in list(root.iter(f"{W}{name}")):
            if element.getparent().tag in {f"{W}rPr", f"{W}trPr"}:
                continue
            if name not in gone:
                for child in element:
                    element.addprevious(child)
            element.getparent().remove(element)
    for paragraph in list(root.iter(f"{W}p")):
        if any(paragraph.find(f"{W}pPr/{W}rPr/{W}{name}") is not None for name in gone):
            _merged(paragraph)


def _reverted(change: Any, side: str) -> None:
    properties = change.getparent()
    if side == "old":
        mark = properties.find(f"{W}rPr") if properties.tag == f"{W}pPr" else None
        for one in list(properties):
            if one is not change and one is not mark:
                properties.remove(one)
        for one in reversed(list(change[0])):
            properties.insert(0, one)
    properties.remove(change)


def _merged(paragraph: Any) -> None:
    """A paragraph without its end goes on in the next one."""
    left = [one for one in paragraph if one.tag != f"{W}pPr"]
    words = [one for one in left if one.tag == f"{W}r" or one.find(f".//{W}r") is not None]
    following = paragraph.getnext()
    while following is not None and following.tag not in {f"{W}p", f"{W}tbl"}:
        following = following.getnext()
    if words:
        assert following is not None, "words are left where a paragraph went"
        assert following.tag == f"{W}p", "words are left where a paragraph went"
        at = 1 if following.find(f"{W}pPr") is not None else 0
        for one in reversed(words):
            following.insert(at, one)
    parent = paragraph.getparent()
    if parent.tag == f"{W}tc" and len(parent.findall(f"{W}p")) == 1:
        return
    parent.remove(paragraph)


class _Counter:
    """Counts lists as Word does: instances of one list share its counts, a level begins anew under one above it."""

    def __init__(self, part: Any) -> None:
        self.levels: dict[str, dict[int, tuple[str, str]]] = {}
        self.instances: dict[str, tuple[str, dict[int, tuple[str, str]]]] = {}
        for one in part.iter(f"{W}abstractNum"):
            self.levels[one.get(f"{W}abstractNumId")] = _levels(one.findall(f"{W}lvl"))
        for one in part.iter(f"{W}num"):
            overrides = _levels(one.findall(f"{W}lvlOverride/{W}lvl"))
            self.instances[one.get(f"{W}numId")] = (one.find(f"{W}abstractNumId").get(f"{W}val"), overrides)
        self.counts: dict[str, list[int]] = {}

    def count(self, instance: str, level: int) -> str:
        name, overrides = self.instances[instance]
        counts = self.counts.setdefault(name, [])
        del counts[level + 1 :]
        assert len(counts) >= level, "a level was left out, and programs differ on what that counts as"
        if len(counts) == level:
            counts.append(0)
        counts[level] += 1
        levels = self.levels[name] | overrides
        form, text = levels[level]
        if form == "none":
            return ""
        for index, number in enumerate(counts):
            text = text.replace(f"%{index + 1}", _number(levels[index][0], number))
        return text


def _levels(found: list[Any]) -> dict[int, tuple[str, str]]:
    return {
        int(one.get(f"{W}ilvl")): (
            one.find(f"{W}numFmt").get(f"{W}val"),
            one.find(f"{W}lvlText").get(f"{W}val"),
        )
        for one in found
    }


def _number(form: str, number: int) -> str:
    if form == "lowerLetter":
        return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    if form == "lowerRoman":
        text = ""
        for value, sign in ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
            while number >= value:
                text, number = text + sign, number - value
        return text
    return str(number)
