"""A small Opinion and its redline, as a person reads it in each format."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from accord.domain.text.clauses import Document
from accord.domain.text.markdown import parse_document
from accord.domain.text.redline import compare
from accord.render.authorship import Author, Authorship
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


WHOSE = Authorship(
    default=Author(name="Arcadia", at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC), contribution=12),
    by_change={
        5: Author(name="Lyrania & Co <x>", at=datetime(2026, 3, 3, 18, 0, tzinfo=UTC), contribution=13)
    },
)


def opinion(text: str, path: str = "opinions/bridging-gaps.md") -> list[Document]:
    return [parse_document(path, text)]


@pytest.mark.parametrize(
    ("name", "rendered"),
    [
        ("opinion.txt", lambda: render_text(compare(opinion(OLD), opinion(NEW)))),
        ("opinion-folded.txt", lambda: render_text(compare(opinion(OLD), opinion(NEW)), context=0)),
        ("opinion.md", lambda: render_markdown(compare(opinion(OLD), opinion(NEW)), context=1)),
        (
            "opinion.html",
            lambda: render_html(
                compare(opinion(OLD), opinion(NEW)), fragment=True, context=1, view="inline", authorship=WHOSE
            ),
        ),
        (
            "opinion-side-by-side.html",
            lambda: render_html(
                compare(opinion(OLD), opinion(NEW)), fragment=True, context=1, view="side-by-side"
            ),
        ),
    ],
)
def test_a_person_reads(name: str, rendered: Callable[[], str]) -> None:
    if "ACCORD_WRITE_GOLDEN" in os.environ:
        (GOLDEN / name).write_text(rendered(), encoding="utf-8")
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
    ids = re.findall(r' id="([^"]+)"', page)
    assert targets <= set(ids)
    assert len(ids) == len(set(ids))
    assert page.count('<ins><span class="spoken">[added: ') == page.count("<ins") > 0
    assert page.count('<del><span class="spoken">[removed: ') == page.count("<del") > 0
    assert "<script" not in page
    assert "default-src 'none'" in page


def test_next_leads_through_all_changes_in_reading_order_and_previous_back() -> None:
    redline = compare(opinion(OLD), opinion(NEW))
    page = render_html(redline)
    for view in ("change", "side"):
        notes = re.findall(rf'class="change" id="({view}-[^"]+)">(.*?)</(?:span|div)>', page)
        order = [anchor for anchor, _ in notes]
        assert len(order) == len(redline.changes)
        after = [re.search(r'href="#([^"]+)">next change', note) for _, note in notes]
        before = [re.search(r'href="#([^"]+)">previous change', note) for _, note in notes]
        assert [found and found[1] for found in after] == [*order[1:], None]
        assert [found and found[1] for found in before] == [None, *order[:-1]]


def test_whose_change_it_is_stands_at_the_words_the_note_and_the_table() -> None:
    redline = compare(opinion(OLD), opinion(NEW))
    page = render_html(redline, authorship=WHOSE)
    stamped = re.findall(r'<(?:ins|del) datetime="([^"]+)" cite="#([^"]+)">', page)
    assert len(stamped) == len(re.findall("<(?:ins|del)[ >]", page)) > 0
    assert {place for _, place in stamped} <= set(re.findall(r'id="([^"]+)"', page))
    assert {moment for moment, place in stamped if place == "change-5"} == {"2026-03-03T18:00:00Z"}
    assert {moment for moment, place in stamped if place == "change-6"} == {"2026-03-02T09:30:00Z"}
    assert page.count("by Lyrania &amp; Co &lt;x&gt;, contribution 13") == 2  # in the note of either view
    assert page.count("<td>Lyrania &amp; Co &lt;x&gt;, contribution 13</td>") == 1
    assert "· by Arcadia, contribution 12" in render_text(redline, authorship=WHOSE)
    assert "by Lyrania \\& Co \\<x\\>\\, contribution 13" in render_markdown(redline, authorship=WHOSE)


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
