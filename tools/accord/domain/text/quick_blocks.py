"""A reader of plainly written blocks; whatever else it meets, it leaves to the reference reader.

It never guesses: :func:`quick_stretch` gives the very blocks that the reference reader gives, or None. It reads
paragraphs, headings, lists, quotations, closed fences, tables with a bar at either end of each row, footnotes, link
definitions of one line, comments; no tabs, no other HTML, no code by indentation, no underlined headings, no lines that
go on with a paragraph from outside its list or quotation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from accord.domain.text.blocks import CLOSE, Block, Stretch, code_text
from accord.domain.text.quick_inline import TITLE, URL, normal_label

_DEEPEST = 8
_STRANGE = re.compile(r"[\t\0\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
# What is stripped from inline text: CommonMark's white space that passes `_STRANGE`.
_SPACE = "\n \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
# A line that begins so begins or goes on with a paragraph: it opens no block and underlines no heading or table.
_PROSE = re.compile(
    r"[^\W\d_]|[^\x00-\x7f\s]|\d+(?![\d.)])|[\"'(.,;?/@$%{}\\]|\*{1,2}(?=[^\s*])|_{1,2}(?=[^\s_])|`{1,2}(?=[^`\s])"
    r"|!|&|~(?=[^~\s])|:(?=[^\W_])|\[(?!\^)[^\[\]\\\n]*\](?!:)|\[\^[^\s\[\]]+\](?!:)"
)
_HEADING = re.compile(r"(#{1,6})(?: +(.*))?\Z")
_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,}) *\Z")
_RULED = re.compile(r" {0,3}([-*_])(?: *\1){2,} *\Z")
_FENCE = re.compile(r"(`{3,}|~{3,})([^`~|]*)\Z")
_ITEM = re.compile(r"( {0,3})(?:([-+*])|(\d{1,9})([.)]))( {1,4})(?=\S)")
_INTERRUPTS = re.compile(r" {0,3}(?:[-+*]|1[.)]) {1,4}\S")
_NOTE = re.compile(r"\[\^([^\s\[\]]+)\]:(?: (?=\S)|\Z)")
_LINK = re.compile(rf"\[([^\[\]\\^\n][^\[\]\\\n]*)\]: ({URL}){TITLE} *\Z")
_DELIMITER = re.compile(r"\|(?: *:?-+:? *\|)+ *\Z")


class _BeyondError(Exception):
    """Something that only the reference reader understands."""


def quick_stretch(text: str) -> Stretch | None:
    """The blocks of a stretch of text, or None when only the reference reader can tell."""
    if _STRANGE.search(text):
        return None
    reader = _Reader()
    try:
        reader.read(text.split("\n"), 0, 0)
    except _BeyondError:
        return None
    return Stretch(tuple(reader.blocks), tuple(reader.links.values()), tuple(reader.notes))


@dataclass(slots=True)
class _Reader:
    """One pass over one stretch."""

    blocks: list[Block] = field(default_factory=list)
    links: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def read(self, lines: list[str], base: int, depth: int) -> None:
        """Read the lines inside one block; ``base`` is the number of the first."""
        if depth > _DEEPEST:
            raise _BeyondError
        index = 0
        while index < len(lines):
            line = lines[index]
            if not line or line.isspace():
                if line.strip(" "):
                    raise _BeyondError
                index += 1
            elif _PROSE.match(line):
                index = self._paragraph(lines, index, base)
            else:
                index = self._other(lines, index, base, depth)

    def _other(self, lines: list[str], index: int, base: int, depth: int) -> int:
        line = lines[index]
        sign = line[0]
        if sign == "#":
            return self._heading(lines, index, base)
        if _RULED.match(line):
            if not _RULE.match(line):
                raise _BeyondError
            self.blocks.append(Block("rule", base + index, base + index + 1))
            return index + 1
        if item := _ITEM.match(line):
            return self._list(item, lines, index, base, depth)
        if sign in "`~":
            return self._fence(lines, index, base)
        if sign == ">":
            return self._quote(lines, index, base, depth)
        if sign == "|":
            return self._table(lines, index, base)
        if sign == "[" and not depth:
            return self._definition(lines, index, base)
        if sign == "<" and not depth:
            return self._comment(lines, index, base)
        raise _BeyondError

    def _paragraph(self, lines: list[str], index: int, base: int) -> int:
        end = index + 1
        while end < len(lines):
            line = lines[end]
            if not line or line.isspace() or not _PROSE.match(line):
                if not line.strip(" "):
                    break
                if _PROSE.match(line.lstrip(" ")):
                    end += 1
                    continue
                if not _RULED.match(line) and (_INTERRUPTS.match(line) or _HEADING.match(line)):
                    break
                raise _BeyondError
            end += 1
        text = lines[index] if end == index + 1 else "\n".join(lines[index:end])
        self.blocks.append(Block("paragraph", base + index, base + end, text.strip(_SPACE)))
        return end

    def _heading(self, lines: list[str], index: int, base: int) -> int:
        match = _HEADING.match(lines[index])
        if match is None:
            raise _BeyondError
        text = (match[2] or "").strip(_SPACE)
        if text.endswith("#") or ("|" in text and _goes_on(lines, index + 1)):
            raise _BeyondError
        self.blocks.append(Block("heading", base + index, base + index + 1, text, str(len(match[1]))))
        return index + 1

    def _fence(self, lines: list[str], index: int, base: int) -> int:
        match = _FENCE.match(lines[index])
        if match is None:
            raise _BeyondError
        closing = re.compile(rf" {{0,3}}{match[1][0]}{{{len(match[1])},}} *\Z")
        for end in range(index + 1, len(lines)):
            if closing.match(lines[end]):
                content = "".join(f"{line}\n" for line in lines[index + 1 : end])
                self.blocks.append(Block("code", base + index, base + end + 1, code_text(match[2], content)))
                return end + 1
        raise _BeyondError

    def _quote(self, lines: list[str], index: int, base: int, depth: int) -> int:
        end = index
        while end < len(lines) and lines[end].startswith(">"):
            end += 1
        if _goes_on(lines, end):
            raise _BeyondError
        self.blocks.append(Block("open", base + index, base + end, "quote"))
        self.read([line[1:].removeprefix(" ") for line in lines[index:end]], base + index, depth + 1)
        self.blocks.append(CLOSE)
        return end

    def _list(self, item: re.Match[str], lines: list[str], index: int, base: int, depth: int) -> int:
        """A list; ``item`` is what its first line begins with."""
        margin, kind = item[1], item[2] or item[4]
        number = 1 if item[2] else int(item[3])
        detail = "" if number == 1 else str(number)
        place = len(self.blocks)
        start = index
        while True:
            width = item.end()
            end = _item_end(lines, index, width)
            inner = [lines[index][width:], *(line[width:] for line in lines[index + 1 : end])]
            self.blocks.append(Block("item", base + index, base + end))
            self.read(inner, base + index, depth + 1)
            index = end
            while index < len(lines) and not lines[index].strip(" "):
                index += 1
            following = (
                None if index == len(lines) or _RULED.match(lines[index]) else _ITEM.match(lines[index])
            )
            if following is None or following[1] != margin:
                if (index == end and index < len(lines)) or (following and following[1] != margin):
                    raise _BeyondError
                break
            if (following[2] or following[4]) != kind:
                break
            item = following
        self.blocks.insert(
            place, Block("open", base + start, base + end, "bullet" if item[2] else "ordered", detail)
        )
        self.blocks.append(CLOSE)
        return index

    def _table(self, lines: list[str], index: int, base: int) -> int:
        if index + 1 == len(lines) or not _DELIMITER.match(lines[index + 1]):
            raise _BeyondError
        signs = [cell.strip() for cell in _split(lines[index + 1])]
        align = "".join(_ALIGNED[sign[0] == ":", sign[-1] == ":"] for sign in signs)
        end = index
        while end < len(lines) and lines[end].startswith("|"):
            if end != index + 1:
                cells = tuple(cell.strip(_SPACE) for cell in _split(lines[end]))
                if len(cells) != len(signs):
                    raise _BeyondError
                kind, detail = ("row", "") if end > index else ("header", align)
                self.blocks.append(Block(kind, base + end, base + end + 1, "", detail, cells))
            end += 1
        if _goes_on(lines, end):
            raise _BeyondError
        return end

    def _definition(self, lines: list[str], index: int, base: int) -> int:
        """A footnote, or the definition of a link."""
        line = lines[index]
        if note := _NOTE.match(line):
            return self._note(note, lines, index, base)
        link = _LINK.match(line)
        if link is None or (_goes_on(lines, index + 1) and not lines[index + 1].startswith("[")):
            raise _BeyondError
        name = normal_label(link[1])
        if not name:
            raise _BeyondError
        self.links.setdefault(name, (name, link[2], link[3] or ""))
        return index + 1

    def _note(self, note: re.Match[str], lines: list[str], index: int, base: int) -> int:
        text = lines[index][note.end() :]
        end = _item_end(lines, index, 4)
        if (text and not _PROSE.match(text)) or (_goes_on(lines, end) and not _NOTE.match(lines[end])):
            raise _BeyondError
        self.notes.append(note[1])
        self.blocks.append(Block("open", base + index, base + end, f"note:{note[1]}"))
        self.read([text, *(line[4:] for line in lines[index + 1 : end])], base + index, 1)
        self.blocks.append(CLOSE)
        return end

    def _comment(self, lines: list[str], index: int, base: int) -> int:
        if not lines[index].startswith("<!--"):
            raise _BeyondError
        for end in range(index, len(lines)):
            if "|" in lines[end]:
                break  # it might be the head of a table
            if "-->" in lines[end]:
                content = "\n".join(lines[index : end + 1])
                self.blocks.append(Block("html", base + index, base + end + 1, f"{content}\n"))
                return end + 1
        raise _BeyondError


_ALIGNED = {(False, False): "-", (True, False): "l", (False, True): "r", (True, True): "c"}


def _split(line: str) -> list[str]:
    """The cells of a table row with a bar at either end and no escapes."""
    line = line.rstrip(" ")
    if "\\" in line or len(line) < 2 or not line.endswith("|"):
        raise _BeyondError
    return line[1:-1].split("|")


def _goes_on(lines: list[str], index: int) -> bool:
    """Is there a line, and something on it?"""
    return index < len(lines) and bool(lines[index].strip(" "))


def _item_end(lines: list[str], index: int, width: int) -> int:
    """Where a block ends that goes on with lines indented by ``width``."""
    margin = " " * width
    end = after = index + 1
    while after < len(lines):
        line = lines[after]
        if line.startswith(margin) and line.strip(" "):
            end = after + 1
        elif line.strip(" "):
            break
        after += 1
    return end
