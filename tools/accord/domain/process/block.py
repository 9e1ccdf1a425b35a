"""The fenced block that carries a contribution's metadata inside a description in Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from accord.domain.findings import Finding, Place

INFO = "yaml contribution"
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*(.*)")
_FIX = f"Put the metadata between a line ```` ```{INFO} ```` and a line ```` ``` ````."


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The text of the block, and the 1-based line of the description on which it begins."""

    text: str
    first_line: int


def find_block(markdown: str, file: str = "description") -> Block | Finding:
    """The one block marked `yaml contribution`; a finding if there is none, more than one, or no end to it.

    A block quoted from somebody else (`>`) or shown inside another fenced block doesn't count.
    """
    found: list[Block] = []
    fence, wanted, start = "", False, 0
    lines = markdown.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, start=1):
        mark = _FENCE.fullmatch(line)
        if not fence:
            # A backtick fence cannot have a backtick in its info text: that is inline code.
            if mark and not (mark[1][0] == "`" and "`" in mark[2]):
                fence, start = mark[1], number
                wanted = mark[2].split() == INFO.split()
        elif mark and mark[1][0] == fence[0] and len(mark[1]) >= len(fence) and not mark[2].strip():
            if wanted:
                text = "".join(one + "\n" for one in lines[start : number - 1])
                found.append(Block(text=text, first_line=start + 1))
            fence = ""
    if fence and wanted:
        message = f"The block `{INFO}` has no end."
        return _finding("block-open", message, "Add a line ```` ``` ```` after it.", file, start)
    if not found:
        return _finding("block-missing", f"There is no block `{INFO}` in the description.", _FIX, file, 1)
    if len(found) > 1:
        message = f"There are {len(found)} blocks `{INFO}`; the second begins here."
        return _finding("block-twice", message, "Keep one of them.", file, found[1].first_line - 1)
    return found[0]


def _finding(rule: str, message: str, fix: str, file: str, line: int) -> Finding:
    return Finding(rule=rule, message=message, fix=fix, place=Place(file=file, line=line, column=1))
