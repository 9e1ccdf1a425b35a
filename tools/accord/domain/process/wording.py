"""Wording of Opinions: they are non-binding and addressed to certain readers (R4, R5). Warnings only.

Reads lines, not a syntax tree, so that each finding has a line and column. Quotations, code and titles don't count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from accord.domain.findings import Finding, Place, Severity

# R4. Words of a prescriptive regulatory outcome, and what an Opinion says instead.
PRESCRIPTIVE: dict[str, str] = {
    "shall": "should, may",
    "must": "should, is encouraged to",
    "decides": "is of the view",
    "resolves": "is of the view",
    "instructs": "invites",
    "requires": "encourages",
    "mandates": "encourages",
    "prohibits": "discourages",
}
# R5. Opinions of WTPF-26 are for consideration by these; process/forum.yaml names those of a forum.
ADDRESSEES = ("Member States", "Sector Members", "relevant ITU meetings")
# What a keyword of the operative part begins with.
OPERATIVE = ("is of the view", "invites", "encourages", "requests", "calls upon", "urges", *PRESCRIPTIVE)

_KEYWORD = re.compile(r" {0,3}(?P<mark>[*_])(?P<words>[^*_\s][^*_]*)(?P=mark)[,:]?\s*")
_WORD = re.compile(rf"\b({'|'.join(PRESCRIPTIVE)})\b", re.IGNORECASE)
_QUOTED = re.compile(
    r"`+[^`]*`+|\"[^\"]*\"|\u201c[^\u201d]*"
    r"\u201d|\]\([^)]*\)|<[^>]*>"
)
_ADDRESSED = re.compile(
    r"(invites|encourages|requests|calls upon|urges|instructs)\s+(?P<whom>.+)", re.IGNORECASE
)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def check_wording(text: str, file: str, readers: Sequence[str] = ADDRESSEES) -> Iterator[Finding]:
    """Warnings for prescriptive words and other addressees in the operative part of an Opinion.

    ``readers`` are those that Opinions of the forum are for; without any nobody is another one.
    """
    operative = False
    for number, line in _prose(text):
        keyword = _KEYWORD.fullmatch(line)
        if keyword:
            words = " ".join(keyword["words"].split())
            operative = words.casefold().startswith(OPERATIVE)
            yield from _addressees(words, line, file, number, readers)
        if operative:
            yield from _prescriptive(line, file, number)


def keywords(text: str) -> Iterator[tuple[int, str]]:
    """Each keyword paragraph of an Opinion (`*considering*`) with its line, in order."""
    for number, line in _prose(text):
        if keyword := _KEYWORD.fullmatch(line):
            yield number, " ".join(keyword["words"].split())


def _prose(text: str) -> Iterator[tuple[int, str]]:
    """The numbered lines that are running text: no front matter, code, quotation or heading."""
    lines = text.replace("\r\n", "\n").split("\n")
    front = _front_matter(lines)
    fence = ""
    for number, line in enumerate(lines, start=1):
        if number <= front:
            continue
        mark = _FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) else fence
        elif mark:
            fence = mark[1]
        elif not line.lstrip().startswith((">", "#")):
            yield number, line


def _front_matter(lines: list[str]) -> int:
    """How many lines the front matter takes."""
    if lines[0].rstrip() != "---":
        return 0
    ends = (index for index, line in enumerate(lines[1:], start=2) if line.rstrip() == "---")
    return next(ends, 0)


def _prescriptive(line: str, file: str, number: int) -> Iterator[Finding]:
    # Quotations become spaces of the same length, so that columns stay right.
    bare = _QUOTED.sub(lambda found: " " * len(found[0]), line)
    for word in _WORD.finditer(bare):
        message = f"`{word[0]}` is prescriptive; Opinions are non-binding (R4)."
        fix = f"Consider: {PRESCRIPTIVE[word[0].casefold()]}. A quotation or a title may keep it."
        yield _warning("wording-prescriptive", message, fix, file, number, word.start() + 1)


def _addressees(words: str, line: str, file: str, number: int, readers: Sequence[str]) -> Iterator[Finding]:
    found = _ADDRESSED.fullmatch(words.rstrip(",:")) if readers else None
    known = [one.casefold() for one in readers]
    for whom in re.split(r",\s*and\s+|,\s*|\s+and\s+", found["whom"]) if found else ():
        name = whom.strip().removeprefix("the ")
        if name and name.casefold() not in known:
            message = f"`{name}` is not among the readers that Opinions are for (R5)."
            fix = f"Those are: {', '.join(readers)}. Others are possible; the chair looks at it."
            column = max(line.find(name), 0) + 1
            yield _warning("wording-addressee", message, fix, file, number, column)


def _warning(rule: str, message: str, fix: str, file: str, line: int, column: int) -> Finding:
    place = Place(file=file, line=line, column=column)
    return Finding(rule=rule, message=message, fix=fix, place=place, severity=Severity.WARNING)
