"""A reader that looks at a comment as a forge would: what in it is alive."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = re.compile(r"</?(?:br|code|del|details|em|ins|s|strong|sub|summary|sup)>")
OWN_COMMENT = re.compile(r"\A(?:<!-- accord:[^<>]* -->\n?)+")
# What a forge makes of plain words after Markdown was read: mentions, references, commits, addresses, pictures.
AFTERWARDS = {
    "mention": re.compile(r"(?<![\w`])@[a-z0-9]", re.IGNORECASE),
    "mail or commit": re.compile(r"[\w.+-]@[a-z0-9]", re.IGNORECASE),
    "reference": re.compile(r"#\d"),
    "reference by GH": re.compile(r"\bGH-\d", re.IGNORECASE),
    "advisory": re.compile(r"\b(?:GHSA|CVE)-\w", re.IGNORECASE),
    "commit": re.compile(r"\b(?=[a-f]*\d)[0-9a-f]{7,40}\b"),
    "address": re.compile(r"https?:|ftp:|mailto:|xmpp:|//\w|www\.", re.IGNORECASE),
    "emoji": re.compile(r":[a-z+][\w+-]*:", re.IGNORECASE),
}
HIDDEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)


def parsed(text: str) -> list[Token]:
    """Every token of a comment, inline ones included."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return list(_flat(reader.parse(text)))


def living(
    text: str, *, html: bool = False, links: tuple[str, ...] = (), refs: tuple[int, ...] = ()
) -> list[str]:
    """What is alive in a comment: empty for one in which nothing is.

    ``html``: the plain tags that the tool writes itself are no finding; ``links`` and ``refs`` are those of its own.
    """
    found = [f"hidden character U+{ord(one):04X}" for one in HIDDEN.findall(text)]
    body = OWN_COMMENT.sub("", text)
    words, dead = "", False
    for token in [*parsed(body), Token("end", "", 0)]:
        if token.type == "text":
            words += "" if dead else token.content
            continue
        if token.type in ("text_special", "softbreak"):
            words += token.content or "\n"
            continue
        found += list(_afterwards(words, refs))
        words = ""
        # In a link and in code a forge makes nothing alive.
        if token.content in ("<code>", "</code>") or token.type in ("link_open", "link_close"):
            dead = token.content == "<code>" or token.type == "link_open"
        if token.type in ("html_inline", "html_block"):
            rest = TAGS.sub("", token.content) if html else token.content
            found += [f"html {token.content!r}"] if re.search(r"[<>]", rest) else []
        elif token.type == "link_open" and token.attrGet("href") not in links:
            found.append(f"link to {token.attrGet('href')}")
        elif token.type == "image":
            found.append(f"picture {token.attrGet('src')}")
    return found


def _afterwards(words: str, refs: tuple[int, ...]) -> Iterator[str]:
    for what, pattern in AFTERWARDS.items():
        for one in pattern.finditer(words):
            number = re.match(r"#(\d+)", words[one.start() :])
            if what == "reference" and number and int(number[1]) in refs:
                continue
            yield f"{what} in {words[max(0, one.start() - 10) : one.end() + 10]!r}"


def _flat(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.children is None:
            yield token
        else:
            yield from token.children
            yield Token("inline_end", "", 0)
