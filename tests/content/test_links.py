"""Every link inside the documents leads somewhere: to a file that exists and a heading that exists."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parents[2]
MARKDOWN = MarkdownIt("commonmark").enable("table")


def documents() -> list[Path]:
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def links(tokens: list[Token]) -> list[str]:
    """Every target of a link or an image, in order."""
    inside = [child for token in tokens for child in (token.children or [])]
    return [str(t.attrGet("href") or t.attrGet("src")) for t in inside if t.type in ("link_open", "image")]


def anchor(heading: str) -> str:
    """The anchor that a heading gets on a code-hosting page: lower case, words joined by hyphens."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().casefold())
    return kept.replace(" ", "-")


def anchors(text: str) -> set[str]:
    tokens = MARKDOWN.parse(text)
    found: set[str] = set()
    for before, token in pairwise(tokens):
        if before.type == "heading_open":
            plain = "".join(c.content for c in token.children or [] if c.type in ("text", "code_inline"))
            name, n = anchor(plain), 1
            while name in found:
                name, n = f"{anchor(plain)}-{n}", n + 1
            found.add(name)
    return found


def broken(path: Path, text: str) -> list[str]:
    """The targets in *text* that lead nowhere, seen from the file *path*."""
    bad = []
    for target in links(MARKDOWN.parse(text)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, fragment = target.partition("#")
        file = (path.parent / name).resolve() if name else path
        arrives = file.exists() and file.is_relative_to(ROOT)
        if arrives and fragment:
            arrives = fragment in anchors(text if file == path else file.read_text("utf-8"))
        if not arrives:
            bad.append(target)
    return bad


@pytest.mark.parametrize("path", documents(), ids=lambda p: str(p.relative_to(ROOT)))
def test_links_resolve(path: Path) -> None:
    """A reader who follows a link inside the repository arrives."""
    assert broken(path, path.read_text("utf-8")) == []


def test_a_broken_link_and_a_broken_anchor_are_found() -> None:
    """The check can fail: for a missing file, a missing heading, and a way out of the repository."""
    text = "# A title, with words\n\n[a](nowhere.md) [b](#a-title-with-words) [c](#other) [d](../../x) [e](LICENSE)"
    assert broken(ROOT / "README.md", text) == ["nowhere.md", "#other", "../../x"]
