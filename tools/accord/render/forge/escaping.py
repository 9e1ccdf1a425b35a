"""Words of other people inside a comment of ours: shown as they are, and never alive.

On a forge a name after ``@`` rings somebody, ``#12`` links and writes into another discussion, an address becomes a
link, a picture is fetched, HTML and hidden characters change what stands around them. What people wrote is shown here
so that a reader sees exactly the same signs, and nothing of it does anything: everything that a forge brings to life
stands as code, every other sign of markup is escaped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 600
"""Characters of one quotation; what is longer is cut, and says so."""

_ELLIPSIS = "…"
_APART = "&#8203;"
_BLANK = frozenset({0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2028, 0x2029, 0x2800, 0x3164, 0xFFA0})
_HIDDEN = ("Cc", "Cf", "Co", "Cs", "Cn")

# What a forge, or a reader of Markdown, makes a link, a mention, a reference or a picture of. Rather too much than too
# little: it only decides that a word stands as code.
_ALIVE = re.compile(
    r"""
      (?:https?|ftp|file|mailto|xmpp|tel|sms|data|javascript):
    | //
    | www\.
    | @                                   # a mention, a team, a mail address, user@commit
    | \#\d                                # with or without a repository before it
    | \b(?:GH|GHSA|CVE)-
    | \b(?=[a-f]*\d)[0-9a-f]{7,64}\b      # what may be a commit
    | :[a-z+][\w+-]*:                     # a picture by its name
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WORD = re.compile(r"\S+")
_LONG = 200  # no word is as long as this
_SIGNS = re.compile(r"[\\`*_\[\]~|#&<>$@]")
_START = re.compile(
    r"\s*(?:[-+=]|\d{1,9}[.)])"
)  # what could begin a list, a rule or a table where a line begins
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"}
_BEFORE, _AFTER = "(\"'“\u2018«", ",.;:!?)\"'”\u2019»"
_TICKS = re.compile(r"`+")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")


def prose(text: str, limit: int = LONGEST) -> str:
    """Words of somebody as one line of prose; what could come alive in it stands as code."""
    return stretch(cut(" ".join(visible(text).split()), limit))


def sentence(text: str, limit: int = 4 * LONGEST) -> str:
    """A sentence of ours that may hold words of others: what stands in backticks stays code, all else is prose."""
    line = cut(" ".join(visible(text).split()), limit)
    out, at = [], 0
    for found in _CODE.finditer(line):
        out += [stretch(line[at : found.start()]), code(found[2])]
        at = found.end()
    return joined([*out, stretch(line[at:])])


def stretch(text: str) -> str:
    """Words inside a line, with the spaces at their edges; for words that are visible and on one line already."""
    out, at = [], 0
    for found in _WORD.finditer(text):
        word = found[0].lstrip(_BEFORE).rstrip(_AFTER)
        if not word or not (len(word) > _LONG or _ALIVE.search(found[0])):
            continue
        # The whole word, or a part of it could come alive where the code ends.
        begin = found.start() + len(found[0]) - len(found[0].lstrip(_BEFORE))
        out += [_escaped(text[at:begin]), code(word)]
        at = begin + len(word)
    out.append(_escaped(text[at:]))
    return joined(out)


def joined(pieces: Iterable[str]) -> str:
    """Pieces of a line one after the other; two pieces of code that touch are kept apart, or their ends would mix."""
    out = ""
    for piece in pieces:
        apart = _APART if out.endswith("`") and piece.startswith("`") else ""
        out += apart + piece
    return out


def code(text: str) -> str:
    """Words as a piece of code inside a line, whatever they hold."""
    line = " ".join(visible(text).split())
    if not line:
        return ""
    fence = "`" * (max((len(run) for run in _TICKS.findall(line)), default=0) + 1)
    edge = " " if line[0] == "`" or line[-1] == "`" else ""
    return f"{fence}{edge}{line}{edge}{fence}"


def block(text: str, limit: int = LONGEST) -> str:
    """Words as a block of code with their line breaks; the fence is longer than any inside."""
    lines = [visible(line).rstrip() for line in cut(text, limit).split("\n")]
    longest = max((len(run) for line in lines for run in _TICKS.findall(line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([f"{fence}text", *lines, fence])


def visible(text: str) -> str:
    """The text with a name in place of every character that cannot be seen or that changes the direction of reading."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_seen(character) for character in text)


def cut(text: str, limit: int) -> str:
    """The beginning of a text that is too long."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + _ELLIPSIS


def _seen(character: str) -> str:
    if character in " \t\n\r":
        return " " if character == "\r" else character
    code_point = ord(character)
    hidden = (
        unicodedata.category(character) in _HIDDEN
        or code_point in _BLANK
        or 0xFE00 <= code_point <= 0xFE0F
        or 0xE0100 <= code_point <= 0xE01EF
    )
    return f"⟨U+{code_point:04X}⟩" if hidden else character


def _escaped(text: str) -> str:
    begun = _START.match(text)
    first, rest = (begun[0], text[begun.end() :]) if begun else ("", text)
    start = f"{first[:-1]}\\{first[-1]}" if first else ""
    return start + _SIGNS.sub(lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), rest)
