"""Reads a tagged PDF back from the file alone: structure tree, marked content, and the fonts' own Unicode maps.

What layout cannot keep is normalised: a hard line break reads as a space, a run of spaces as one.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from unicodedata import normalize

import pikepdf

ADDED, REMOVED = (0.0431, 0.3098, 0.0902), (0.5412, 0.0824, 0.1255)
"""The colours of the lines under added and through removed words, as the document says them."""
APPARATUS, RAW = (0.3333,), (0.3529, 0.2706, 0.0)
"""The grey of everything that is not the text, and the brown of raw HTML in it."""

# The text's own direction signs are printed as their codes; those in the file are how Typst turns or joins a line.
_LAYOUT = dict.fromkeys([*range(0x202A, 0x202F), 0x2060])
Char = tuple[str, frozenset[str]]


@dataclass
class Element:
    """An element of the structure tree with what is in it, in order."""

    tag: str
    attrs: dict[str, Any]
    alt: str = ""
    kids: list[Element | Run] = field(default_factory=list)
    target: str = ""

    def find(self, *tags: str) -> Iterator[Element]:
        """All elements below with one of the tags, in order."""
        for kid in self.kids:
            if isinstance(kid, Element):
                if kid.tag in tags:
                    yield kid
                yield from kid.find(*tags)

    def without(self, *tags: str) -> Element:
        """A copy without the elements that have one of the tags."""
        kept = [
            kid.without(*tags) if isinstance(kid, Element) else kid
            for kid in self.kids
            if isinstance(kid, Run) or kid.tag not in tags
        ]
        return Element(self.tag, self.attrs, self.alt, kept, self.target)

    @property
    def text(self) -> str:
        """All text below."""
        return "".join(kid.text for kid in self.kids)

    @property
    def said(self) -> str:
        """The text below without the apparatus and without the signs by which Typst turns a line."""
        return "".join(kid.said for kid in self.kids)


@dataclass
class Run:
    """A stretch of text in one colour and font."""

    text: str
    colour: tuple[float, ...]
    font: str

    @property
    def said(self) -> str:
        """The text, "" for apparatus."""
        return "" if self.colour == APPARATUS else self.text.translate(_LAYOUT)


_PICTOGRAPH = re.compile("[\U0001f000-\U0001ffff]\u200d?")
_ACCENTED = re.compile("(.)([\u0300-\u036f]+)", re.DOTALL)


def plainly(text: str) -> str:
    """``text`` without what a PDF of ours cannot say.

    No shipped font has pictures of people and rockets (see the tests of refusals). An accent on a letter for which
    there is no single sign is drawn rightly, but the file says such a letter twice.
    """
    return _ACCENTED.sub(_single, _PICTOGRAPH.sub("", text))


def _single(match: re.Match[str]) -> str:
    return match[0] if len(normalize("NFC", match[0])) == 1 else match[1]


class Pdf:
    """A tagged PDF."""

    def __init__(self, data: bytes) -> None:
        self.file = pikepdf.open(io.BytesIO(data))
        self.content = {page.objgen: _content(page) for page in self.file.pages}
        self.annotations = 0
        root = self.file.Root.StructTreeRoot
        self.root = Element("Root", {})
        self._walk(root.K, self.root, None)

    def _walk(self, node: Any, parent: Element, page: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for one in node:
                self._walk(one, parent, page)
            return
        if not isinstance(node, pikepdf.Dictionary):
            parent.kids += self.content[page].pop(int(node), [])
            return
        page = node.Pg.objgen if "/Pg" in node else page
        if "/MCID" in node:
            parent.kids += self.content[page].pop(int(node.MCID), [])
            return
        if "/Obj" in node:
            if "/A" in node.Obj:
                parent.target = str(node.Obj.A.URI)
            return
        attrs: dict[str, Any] = {}
        for one in node.get("/A", []):
            attrs |= {str(name): value for name, value in one.items()}
        element = Element(str(node.S)[1:], attrs, str(node.get("/Alt", "")))
        parent.kids.append(element)
        if "/K" in node:
            self._walk(node.K, element, page)

    def left_over(self) -> dict[Any, dict[int, list[Run]]]:
        """Marked content that no element of the tree holds."""
        return {page: marked for page, marked in self.content.items() if any(marked.values())}


def _content(page: Any) -> dict[int, list[Run]]:
    """The text of each marked stretch of a page."""
    fonts: dict[str, tuple[str, dict[int, str]]] = {}
    for name, font in page.get("/Resources", {}).get("/Font", {}).items():
        fonts[name] = (str(font.BaseFont).rpartition("+")[2], _unicode(font))
    found: dict[int, list[Run]] = {}
    stack: list[tuple[int | None, str | None]] = []
    colour: tuple[float, ...] = ()
    saved: list[tuple[float, ...]] = []
    font = ""
    codes: dict[int, str] = {}
    stream: Any = pikepdf.parse_content_stream(page)
    for operands, operator in stream:
        match str(operator):
            case "q":
                saved.append(colour)
            case "Q":
                colour = saved.pop()
            case "scn" | "sc" | "g" | "rg":
                colour = tuple(round(float(value), 4) for value in operands)
            case "Tf":
                font, codes = fonts[str(operands[0])]
            case "BMC":
                stack.append((None, str(operands[0])))
            case "BDC":
                facts = operands[1]
                at = int(facts.MCID) if isinstance(facts, pikepdf.Dictionary) and "/MCID" in facts else None
                actual = str(facts.ActualText) if at is None and "/ActualText" in facts else None
                stack.append((at, actual))
                inside = next((one for one, _ in reversed(stack) if one is not None), None)
                if actual is not None and inside is not None:
                    found.setdefault(inside, []).append(Run(actual, colour, font))
            case "EMC":
                stack.pop()
            case "Tj" | "TJ":
                inside = next((one for one, _ in reversed(stack) if one is not None), None)
                told = [said for one, said in stack if one is None and said != "/ReversedChars"]
                if inside is None or any(said is not None for said in told):
                    continue
                strings = [operands[0]] if str(operator) == "Tj" else operands[0]
                raw = b"".join(bytes(one) for one in strings if isinstance(one, pikepdf.String))
                signs = [
                    codes.get(int.from_bytes(raw[i : i + 2], "big"), "\ufffd") for i in range(0, len(raw), 2)
                ]
                if any(said == "/ReversedChars" for _, said in stack):
                    signs.reverse()
                found.setdefault(inside, []).append(Run("".join(signs), colour, font))
            case _:
                pass
    return found


def _unicode(font: Any) -> dict[int, str]:
    """The font's map from codes to text."""
    codes: dict[int, str] = {}
    cmap = font.ToUnicode.read_bytes().decode("ascii")
    for body in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>", body):
            codes[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for body in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>", body):
            said = bytes.fromhex(text).decode("utf-16-be")
            for step in range(int(last, 16) - int(first, 16) + 1):
                codes[int(first, 16) + step] = said[:-1] + chr(ord(said[-1]) + step)
    return codes


# -- what a redline says ---------------------------------------------------------------------------------------------


@dataclass
class Block:
    """A clause as the document shows it: what it is, what it stands in, its parts (cells or lines) as styled signs.

    ``mark`` is what the note before it says (ADD, SUP, moved here...), "" for an unchanged clause.
    """

    what: str
    frames: tuple[str, ...]
    parts: list[list[Char]]
    mark: str = ""
    said: str = ""


_NOTE = re.compile(r"Change (\d+) · ([^·]*[^ ·])(?: · (.*))?")


def blocks(pdf: Pdf) -> list[Block]:
    """Every clause of a redline's text with both sides in it: what comes after the table of changes."""
    document = next(pdf.root.find("Document"))
    found: list[Block] = []
    _blocks(document.kids, (), found, [])
    files = [index for index, one in enumerate(found) if one.what == "file"]
    table = "".join(sign for sign, _ in found[files[0]].parts[0]) == "Table of changes"
    return [one for one in found[files[int(table)] :] if one.what != "file"]


def _blocks(kids: list[Element | Run], frames: tuple[str, ...], found: list[Block], note: list[str]) -> None:
    for kid in kids:
        if isinstance(kid, Run):
            assert not kid.text.strip(), kid.text
            continue
        match kid.tag:
            case "L":
                _items(kid, frames, found, note)
            case "BlockQuote":
                _blocks(kid.kids, (*frames, "quote"), found, note)
            case "Table":
                for row in kid.find("TR"):
                    cells = [one for one in row.kids if isinstance(one, Element)]
                    what = "head" if cells[0].tag == "TH" else "row"
                    if what == "head" and _grey(row) and row.text.strip() == "rows of a table without a head":
                        continue
                    _found(Block(what, frames, [_cell(cell, note) for cell in cells]), found, note)
            case "Code":
                parts = [list(_chars(one.kids, frozenset())) for one in kid.kids if isinstance(one, Element)]
                _found(Block("code", frames, parts), found, note)
            case "H1" | "H2" | "H3" | "H4" | "H5" | "H6":
                what = "file" if kid.tag == "H1" else kid.tag
                _found(Block(what, frames, [list(_chars(kid.kids, frozenset()))]), found, note)
            case "P":
                if _NOTE.fullmatch(kid.text) and _grey(kid):
                    note.append(kid.text)
                elif not (_grey(kid) and kid.text.startswith("…")):
                    _found(Block("P", frames, [list(_chars(kid.kids, frozenset()))]), found, note)
            case "Title" | "Div" | "NonStruct" | "Sect":
                _blocks(kid.kids, frames, found, note) if kid.tag != "Title" else None
            case other:
                raise AssertionError(f"unexpected <{other}> {kid.text}")


def _items(element: Element, frames: tuple[str, ...], found: list[Block], note: list[str]) -> None:
    name = ""
    for item in element.kids:
        assert isinstance(item, Element)
        if item.tag == "L":
            # A list in a list stands beside the item that it belongs to.
            _items(item, (*frames, name), found, note)
            continue
        for part in item.kids:
            assert isinstance(part, Element)
            if part.tag == "Lbl":
                sign = part.text.strip()
                name = (
                    sign.replace("note ", "note:")
                    if sign.startswith("note ")
                    else "bullet"
                    if sign == "•"
                    else "ordered"
                )
            else:
                _blocks(part.kids, (*frames, name), found, note)


def _cell(cell: Element, note: list[str]) -> list[Char]:
    rest: list[Element | Run] = []
    for kid in cell.kids:
        if isinstance(kid, Element) and kid.tag == "P" and _NOTE.fullmatch(kid.text) and _grey(kid):
            note.append(kid.text)
        else:
            rest.append(kid)
    return list(_chars(rest, frozenset()))


def _found(block: Block, found: list[Block], note: list[str]) -> None:
    if note:
        match = _NOTE.fullmatch(note.pop())
        assert match
        block.mark, block.said = match[2], match[3] or ""
    found.append(block)


def _runs(element: Element) -> Iterator[Run]:
    for kid in element.kids:
        if isinstance(kid, Run):
            yield kid
        else:
            yield from _runs(kid)


def _grey(element: Element) -> bool:
    return all(run.colour == APPARATUS for run in _runs(element) if run.text.strip())


def _chars(kids: list[Element | Run], styles: frozenset[str]) -> Iterator[Char]:
    """Each sign of the text with the styles it carries: em, strong, s, code, html, note, link=…, add, remove."""
    for kid in kids:
        if isinstance(kid, Run):
            if kid.colour != APPARATUS:
                own = {"html"} if kid.colour == RAW else set()
                for sign in kid.text.translate(_LAYOUT):
                    yield sign, styles | own
            continue
        more: set[str] = set()
        match kid.tag:
            case "Em":
                more = {"em"}
            case "Strong":
                more = {"strong"}
            case "Code":
                more = {"code"}
            case "Link":
                more = {f"link={kid.target}"}
            case "Figure":
                assert kid.alt
                continue
            case "Span":
                colour = tuple(round(float(one), 4) for one in kid.attrs.get("/TextDecorationColor", ()))
                match str(kid.attrs.get("/TextDecorationType", "")), colour:
                    case "/Underline", c if c == ADDED:
                        more = {"add"}
                    case "/LineThrough", c if c == REMOVED:
                        more = {"remove"}
                    case "", _:
                        more = set()
                    case other, _:
                        raise AssertionError(f"unexpected {other} in {colour}: {kid.text}")
                more |= {"s"} if "/BackgroundColor" in kid.attrs else set()
                more |= {"note"} if "/BaselineShift" in kid.attrs else set()
            case "P" | "Lbl":
                pass
            case other:
                raise AssertionError(f"unexpected <{other}> in words: {kid.text}")
        yield from _chars(kid.kids, styles | more)


_KIND = re.compile(r"kind: (\S+) → \S+")
_LISTS = re.compile(r"place in lists: (.*?) → .*")
_WHAT = {"heading": "H", "header-row": "head", "row": "row", "front": "code", "code": "code", "html": "code"}


def sides(found: list[Block], side: str) -> list[Block]:
    """All clauses of one side. A table row that changed as a whole shows its two readings, one after the other."""
    read: list[Block] = []
    second = False
    for index, block in enumerate(found):
        first = _whole(block, "remove") and _second(found[index + 1 : index + 2])
        skipped = "old" if second else "new" if first else ""
        second = first
        if side != skipped and (one := side_of(block, side)):
            read.append(one)
    return read


def _second(following: list[Block]) -> bool:
    """Words are added in a row that no note stands at: it is the second reading of the row before."""
    return bool(following) and not following[0].mark and _whole(following[0], "add")


def _whole(block: Block, style: str) -> bool:
    styles = [styles for part in block.parts for _, styles in part]
    return block.what in {"head", "row"} and bool(styles) and all(style in one for one in styles)


def side_of(block: Block, side: str) -> Block | None:
    """The clause as it reads on one side, None where it is not there."""
    gone = ("ADD", "moved here") if side == "old" else ("SUP", "moved away")
    if block.mark.startswith(gone):
        return None
    drop, keep = ("add", "remove") if side == "old" else ("remove", "add")
    parts: list[list[Char]] = []
    goes_on = False
    for part in block.parts:
        kept = [(sign, styles - {keep}) for sign, styles in part if drop not in styles]
        parts[-1:] = [[*parts[-1], *kept]] if goes_on else [*parts[-1:], kept]
        # A line end that was itself added or removed is shown as a sign at the end of its line.
        marked = block.what == "code" and part and part[-1][0] == "↵" and part[-1][1] & {drop, keep}
        goes_on = bool(marked and drop in part[-1][1])
        if marked and not goes_on:
            parts[-1].pop()
    what, frames = block.what, block.frames
    for remark in block.said.split(" · ") if side == "old" else ():
        if match := _KIND.fullmatch(remark):
            what = _WHAT.get(match[1], "P")
        elif match := _LISTS.fullmatch(remark):
            frames = () if match[1] == "none" else tuple(match[1].split())
    return Block(what, frames, parts, block.mark, block.said)
