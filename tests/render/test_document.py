"""Documents drawn from a small sheet: the same words in both formats, and no sign of a contributor taken for markup."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from accord.domain.drafts.facts import Showing
from accord.domain.text.markdown import parse_document
from accord.domain.text.numbering import number
from accord.domain.text.redline import compare
from accord.render.authorship import Author, Authorship
from accord.render.document_markdown import plain
from accord.render.document_set import documents
from accord.render.document_sheet import AnnexEntry, ContributionEntry, LeftOut, Sheet

REPORT = """\
# Why

First.

Second:

- one
- two

# How

Only this.

Table: Days

| day | what |
| --- | --- |
| 1 | begin |
"""
OPINION = """\
The Example Forum,

*considering*

1. that it rains;
2. that it is dark,

*invites Member States*

1. to share:
   1. umbrellas;
   2. lamps.
"""

WANTED = """\
# Report

> Unofficial. <https://example.org>

on lamps

**Second Draft** (Example Forum)

- Original: English

The experts agree; the Forum adopts.

## Contents

- 1 Why
- 2 How
- Annex: draft Opinions
  - Draft Opinion 1: Lamps

## 1 Why

**1.1** First.

**1.2** Second:

&emsp;**\u2013** one

&emsp;**\u2013** two

## 2 How

**2** Only this.

**Table 1:** Days

| day | what |
| --- | --- |
| 1 | begin |

## Annex: draft Opinions

Left out (ieg-4): Umbrellas

### Draft Opinion 1: Lamps

> Theme: Light. Transmitted.

**\\[**

The Example Forum,

*considering*

&emsp;**a)** that it rains;

&emsp;**b)** that it is dark,

*invites Member States*

&emsp;to share:

&emsp;&emsp;**a)** umbrellas;

&emsp;&emsp;**b)** lamps.

**\\]**

---

Unofficial. <https://example.org>
"""


def sheet(title: str = "Lamps", words: str = "dark") -> Sheet:
    """A Report of two sections, an Opinion in brackets, one left out, one contribution."""
    report, opinion = number([
        parse_document("report/01.md", REPORT), parse_document("opinions/lamps.md", OPINION)
    ])  # fmt: skip
    return Sheet(
        name="draft-2", label="Second Draft", title="Report", subtitle="on lamps", forum="Example Forum",
        notice="Unofficial.", page="https://example.org", cover=(("Original", "English"),),
        remarks=("The experts agree; the Forum adopts.",), rehearsal=False, report=(report,),
        annex=(
            AnnexEntry(
                number=1, name="lamps", title=title, themes=("Light",), document=opinion, status="Transmitted.",
                showing=Showing.IN_BRACKETS,
            ),
        ),
        left_out=(LeftOut(title="Umbrellas", meeting="ieg-4"),),
        contributions=(
            ContributionEntry(
                number=1, title=title, source="Arcadia (invented)", cosigners=("Lyrania (invented)",),
                category="Member State", input_class="proposal", kind="Comment", received="Received.", state="noted",
                reason=words, statements=(words,), objections=(words,), touches=("Section 1: Why",),
            ),
        ),
        index=(("Section 1: Why", (("Member State", (1,)),)), ("Section 2: How", ())),
        redline=compare([], [report, opinion]), previous="draft-1",
    )  # fmt: skip


def test_the_report_as_markdown() -> None:
    """The whole of it, as it reads."""
    assert documents(sheet())["report.md"].decode() == WANTED


def test_both_formats_say_the_same() -> None:
    """Word for word, but for the marks of each."""
    files = documents(sheet())
    for name in ("report", "contributions"):
        html = re.sub(
            r"<style>.*?</style>|<title>.*?</title>", " ", files[f"{name}.html"].decode(), flags=re.DOTALL
        )
        seen = set(re.findall(r"\w+", unescape(re.sub(r"<[^>]+>", " ", html))))
        words = set(
            re.findall(r"\w+", unescape(re.sub(r"[\\*|>#]|&emsp;", " ", files[f"{name}.md"].decode())))
        )
        assert words <= seen, words - seen


def test_who_contributed_to_which_section() -> None:
    """R27. By section and category, with nobody said where nobody did."""
    text = documents(sheet())["contributions.md"].decode()
    assert "- Section 1: Why: Member State (1)" in text
    assert "- Section 2: How: nobody" in text
    assert "Co-signed by: Lyrania (invented)" in text


def test_without_a_draft_before_there_is_no_redline() -> None:
    """The first draft has none."""
    whose = Authorship(default=Author(name="Arcadia (invented)", at=datetime(2026, 3, 2, tzinfo=UTC)))
    one = replace(sheet(), authorship=whose)
    bare = replace(one, redline=None, previous="")
    assert {"redline.md", "redline.html"} & documents(bare).keys() == set()
    assert {"redline.md", "redline.html"} <= documents(one).keys()


TEXT = st.text(alphabet=st.sampled_from(list("ab1 .)-+#*_[]<>&|`~\\!\n=")), min_size=1, max_size=25).filter(
    str.strip
)


@settings(max_examples=150, deadline=None)
@given(TEXT)
def test_plain_text_reads_back_as_itself(text: str) -> None:
    """Whatever signs a title holds, a Markdown reader shows exactly them, as one paragraph."""
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(plain(text))
    found = re.fullmatch(r"<p>(.*)</p>\n", html, re.DOTALL)
    assert found, html
    assert "<" not in found[1]
    assert unescape(found[1]) == " ".join(text.split())


@settings(max_examples=40, deadline=None)
@given(TEXT, TEXT)
def test_no_title_or_reason_breaks_a_page(title: str, words: str) -> None:
    """The tags of a page are the same whatever contributors write."""

    def tags(one: Sheet) -> list[str]:
        pages = documents(one)
        return [
            t
            for name in ("report.html", "contributions.html")
            for t in re.findall(r"</?\w+", pages[name].decode())
        ]

    assert tags(sheet(title, words)) == tags(sheet())
