"""A small Opinion and its redline, as a person reads it in each format."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from accord.domain.text.clauses import Document
from accord.domain.text.markdown import parse_document
from accord.domain.text.redline import compare
from accord.render.redline_html import render_html
from accord.render.redline_markdown import render_markdown
from accord.render.redline_text import render_text

GOLDEN = Path(__file__).parent / "golden"

OLD = """---
id: bridging-gaps
title: Bridging gaps
---

The Forum,

*considering*

1. that gaps *remain* between the regions of Arcadia;
1. that networks grow every year,

*invites Member States*

1. to share what they learn
   1. with their neighbours
1. to report [yearly](https://example.org/a)

## Annex

| Entity | Word |
| --- | --- |
| Arcadia | agrees |
"""

NEW = """---
id: bridging-gaps
title: Bridging the gaps
---

The Forum,

*considering*

1. that networks grow every year;
1. that cables break, [as seen];
1. that gaps remain between the regions of Arcadia,

*requests Member States*

1. to share what they learn
   1. with their neighbours
1. to report [yearly](https://example.org/b)

# Annex

| Entity | Word |
| --- | --- |
| Arcadia | waits |
| Lyrania | <b>agrees</b> |
"""


def opinion(text: str, path: str = "opinions/bridging-gaps.md") -> list[Document]:
    return [parse_document(path, text)]


@pytest.mark.parametrize(
    ("name", "rendered"),
    [
        ("opinion.txt", lambda: render_text(compare(opinion(OLD), opinion(NEW)))),
        ("opinion-folded.txt", lambda: render_text(compare(opinion(OLD), opinion(NEW)), context=0)),
        ("opinion.md", lambda: render_markdown(compare(opinion(OLD), opinion(NEW)), context=1)),
        ("opinion.html", lambda: render_html(compare(opinion(OLD), opinion(NEW)), fragment=True, context=1)),
    ],
)
def test_a_person_reads(name: str, rendered: Callable[[], str]) -> None:
    assert rendered() == (GOLDEN / name).read_text(encoding="utf-8")


def test_no_change_is_said_in_words() -> None:
    assert render_text(compare(opinion(OLD), opinion(OLD)), context=0) == (
        "@ No changes.\n@ opinions/bridging-gaps.md\n@ ... 13 unchanged clauses\n"
    )


def test_colour_only_adds_colour() -> None:
    redline = compare(opinion(OLD), opinion(NEW))
    assert re.sub("\x1b\\[[0-9;]*m", "", render_text(redline, colour=True)) == render_text(redline)


def test_a_terminal_is_never_commanded_by_the_text() -> None:
    text = render_text(compare([], opinion("```\n\x1b[2Jgone\u202e\n```\n")))
    assert "\x1b" not in text
    assert "{x1b}[2Jgone{x202e}" in text


def test_the_page_can_be_walked_without_sight_or_script() -> None:
    page = render_html(compare(opinion(OLD), opinion(NEW)))
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets <= set(re.findall(r'id="([^"]+)"', page))
    assert page.count('<span class="spoken">[added: ') == page.count("<ins>")
    assert page.count('<span class="spoken">[removed: ') == page.count("<del>")
    assert "<script" not in page
    assert "default-src 'none'" in page


def test_what_contributors_write_stays_text_on_the_page() -> None:
    hostile = "<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert) ![p](http://a.example/p.png)"
    page = render_html(compare([], opinion(f"{hostile}\n\n<iframe src=x></iframe>\n")), fragment=True)
    assert not re.search(r"<(script|img|iframe)", page)
    assert "&lt;script&gt;" in page
    assert 'href="javascript' not in page


def test_nobody_is_notified_by_a_name_in_the_text() -> None:
    assert "@<wbr>arcadia" in render_markdown(compare([], opinion("thanks to @arcadia\n")))


def test_a_whole_file_that_came_or_went_is_said() -> None:
    assert "@ opinions/new.md (new)" in render_text(compare([], opinion("a\n", "opinions/new.md")))
    assert "@ opinions/old.md (removed)" in render_text(compare(opinion("a\n", "opinions/old.md"), []))
