"""A comment in Markdown → the lines that its author wrote, each with where it stands on the screen.

Quoted text, code and hidden text are somebody else's words, or no words at all; they are not among the lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from accord.domain.text.inline import reader

_ENDS = ".!?:;,)>*\u2026"
_WRAPPED = 50  # characters from which on a line may have been broken by a program
SLASHES = "/\uff0f\u2044\u2215"
CODE = "\ufffc"
_QUOTED = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*>")
_TICKS = re.compile(r"(?<![`\\])`+(?!`)")
_STRUCK = re.compile(r"(?<![~\\])~~(?!~)(.+?)(?<!~)~~(?!~)", re.DOTALL)
_ONLY_CODE = re.compile(r"(`+)[^`]+\1")
_HTML_QUOTE = re.compile(r"<(/?)(?:blockquote|pre)\b", re.IGNORECASE)
_HTML_CODE = re.compile(r"\s*<(?:pre|script|style|textarea)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_MAIL_BELOW = re.compile(
    r"-{2,}\s?(?:original message|message d'origine|mensaje original)\s?-{2,}|_{20,}", re.IGNORECASE
)
_MAIL_FROM = re.compile(r"\**(?:from|de)\s?:", re.IGNORECASE)
_MAIL_SENT = re.compile(r"\**(?:sent|date|to|envoyé|enviado|fecha)\s?:", re.IGNORECASE)
_MAIL_WROTE = re.compile(r"(?:on|le|el)\s.{4,200}\s(?:wrote|a écrit|escribió)\s?:", re.IGNORECASE)


class Where(Enum):
    """Where a line stands: only a plain one can hold a command."""

    PLAIN = "plain"
    ASIDE = "aside"
    """In a list, a heading, a table or a footnote."""
    QUOTATION = "quotation"
    """Shown as part of a quotation, though it may be its author's: no empty line parts them."""
    MAIL = "mail"
    """Below the head of an answered mail, where nothing else marks it as quoted."""
    HTML = "html"
    CODE = "code"
    """All that a comment holds is this code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a comment: its 1-based number, as typed, without hidden and struck-out words, and also without code
    (each character of which is then `CODE`).
    """

    number: int
    typed: str
    text: str
    prose: str
    where: Where = Where.PLAIN
    paragraph: int = 0
    after: str = ""
    """The line above it in the same paragraph."""

    @property
    def begins(self) -> bool:
        """Whether it begins a sentence: nothing is above it, or what is above has ended."""
        return not self.after or self.after[-1] in _ENDS

    @property
    def goes_on(self) -> bool:
        """Whether it looks like the middle of a sentence that a mail program broke into lines."""
        return not self.begins and len(self.after) >= _WRAPPED


def own_lines(body: str) -> tuple[Line, ...]:
    """The lines of a comment that are its author's words, in order. Never raises, whatever the text."""
    from markdown_it.rules_core import StateCore

    source = body.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    markdown = reader()
    env: dict[str, Any] = {}
    state = StateCore(source, markdown, env)
    markdown.core.process(state)
    lines = source.split("\n")
    found = sorted(_walk(state.tokens, lines), key=lambda line: line.number)
    if not found:
        found = _only_code(lines)
    return tuple(_below_a_mail(found, lines))


def _walk(tokens: list[Any], lines: list[str]) -> Iterator[Line]:
    """One pass over the blocks; every piece of running text with where it stands."""
    quotes = depth = paragraph = 0
    aside = False
    for token in tokens:
        match token.type:
            case "blockquote_open":
                quotes += 1
            case "blockquote_close":
                quotes -= 1
            case "heading_open":
                aside = token.markup.startswith("#")
            case "heading_close":
                aside = False
            case "html_block" if not quotes:
                depth = max(0, depth + _html_depth(token.content))
                if not depth and not _HTML_CODE.match(token.content):
                    paragraph += 1
                    yield from _html(token, lines, paragraph)
            case "inline" if token.map and not depth:
                paragraph += 1
                where = Where.ASIDE if aside or token.level > 1 else Where.PLAIN
                yield from _inline(token, lines, paragraph, where, quoted=quotes > 0)
            case _:
                pass


def _inline(token: Any, lines: list[str], paragraph: int, where: Where, *, quoted: bool) -> Iterator[Line]:
    first, end = token.map
    content = _STRUCK.sub(lambda struck: _blank(struck[0]), _uncommented(token.content))
    after = ""
    texts, blanked = content.split("\n"), _uncoded(content).split("\n")
    # A definition of a link at the head of a paragraph is no part of its text.
    start = max(first, end - len(texts)) if token.level <= 1 else first
    for number, (text, prose) in enumerate(zip(texts, blanked, strict=True), start=start):
        typed = lines[number] if number < len(lines) else text
        if quoted:
            if number == first or _QUOTED.match(typed):
                continue
            where = Where.QUOTATION
        if text.strip():
            line = _line(number, typed, text, where, paragraph, prose=prose)
            yield replace(line, after=after)
            after = "" if line.text.startswith(tuple(SLASHES)) else line.text


def _html(token: Any, lines: list[str], paragraph: int) -> Iterator[Line]:
    first = token.map[0]
    for number, text in enumerate(_uncommented(token.content).split("\n"), start=first):
        shown = _TAG.sub(" ", text).strip()
        if shown:
            typed = lines[number] if number < len(lines) else text
            yield _line(number, typed, shown, Where.HTML, paragraph)


def _line(
    number: int, typed: str, text: str, where: Where, paragraph: int = 0, prose: str | None = None
) -> Line:
    return Line(
        number=number + 1,
        typed=typed.strip(),
        text=text.strip(),
        prose=(text if prose is None else prose).strip(),
        where=where,
        paragraph=paragraph,
    )


def _html_depth(content: str) -> int:
    """By how much a piece of HTML deepens a quotation or code that goes on in what follows."""
    marks = [found[1] for found in _HTML_QUOTE.finditer(_uncommented(content))]
    return marks.count("") - marks.count("/")


def _only_code(lines: list[str]) -> list[Line]:
    """The one line of a comment that was indented so far that it shows as code: what phones and mail programs do."""
    written = [(number, line) for number, line in enumerate(lines) if line.strip()]
    if len(written) != 1 or not written[0][1].startswith(("    ", "\t")):
        return []
    number, line = written[0]
    return [_line(number, line, line, Where.CODE)]


def _below_a_mail(found: list[Line], lines: list[str]) -> Iterator[Line]:
    """The same lines; those under the head of an answered mail marked as such."""
    below = False
    for line in found:
        head = line.text.replace("\u2019", "'") if line.where is Where.PLAIN else ""
        following = next((one for one in lines[line.number : line.number + 3] if one.strip()), "")
        if not below and _MAIL_WROTE.fullmatch(head) and _QUOTED.match(following):
            continue  # it only says whose words are quoted next
        below = below or _heads_a_mail(head, following.strip())
        if below:
            yield replace(line, where=Where.MAIL)
        elif len(found) == 1 and _ONLY_CODE.fullmatch(line.typed):
            bare = line.typed.strip("` ")
            yield replace(line, text=bare, prose=bare, where=Where.CODE)
        else:
            yield line


def _heads_a_mail(head: str, following: str) -> bool:
    if _MAIL_FROM.match(head):
        return bool(_MAIL_SENT.match(following))
    return bool(_MAIL_BELOW.fullmatch(head) or _MAIL_WROTE.fullmatch(head))


def _uncommented(content: str) -> str:
    """Without what stands between `<!--` and `-->`."""
    pieces: list[str] = []
    at = 0
    while (start := content.find("<!--", at)) >= 0:
        end = content.find("-->", start + 4)
        if end < 0:
            break
        pieces += [content[at:start], _blank(content[start : end + 3])]
        at = end + 3
    return "".join([*pieces, content[at:]])


def _uncoded(content: str) -> str:
    """Without code between backticks, paired as Markdown pairs them: by the same number of them."""
    runs = [(found.start(), found.end()) for found in _TICKS.finditer(content)]
    later: dict[int, list[int]] = {}
    for index in range(len(runs) - 1, -1, -1):
        later.setdefault(runs[index][1] - runs[index][0], []).append(index)
    pieces: list[str] = []
    at = index = 0
    while index < len(runs):
        start, end = runs[index]
        same = later[end - start]
        while same and same[-1] <= index:
            same.pop()
        if same:
            partner = same[-1]
            pieces += [content[at:start], _blank(content[start : runs[partner][1]], CODE)]
            at, index = runs[partner][1], partner
        index += 1
    return "".join([*pieces, content[at:]])


def _blank(text: str, filler: str = " ") -> str:
    return "\n".join(filler * len(line) for line in text.split("\n"))
