"""The notes of a release: plain words, whatever people called things, and nothing that comes alive."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from accord.domain.findings import Finding, Severity
from accord.render.release_notes import MOST, Facts, OfficialPosting, Overruled, release_notes, title

FACTS = Facts(
    draft="draft-2",
    label="Second Draft",
    forum="WTPF-26",
    page="https://example.org/official",
    when="4 November 2024, 08:00:00 (Europe/Zurich; 2024-11-04T07:00:00Z)",
    commit="c" * 40,
    record="e" * 40,
    tag="a" * 40,
    files=("SHA256SUMS", "manifest.json", "redline.html", "report.html", "report.pdf"),
    opinions=(("Access in the evening", "Outline. As it reads: agreed."),),
    left_out=("Postponed",),
    contributions=(("incorporated", 1), ("noted", 2)),
    previous="draft-1",
    changes="2 changes: 1 ADD, 1 MOD.",
    warnings=(
        Finding(rule="R7", message="The cover of the Report says `draft-1`.", severity=Severity.WARNING),
    ),
    overruled=(
        Overruled(
            contribution="3", what="`reasons` overruled on version 1", reason="The registry lost a page.",
            by="Sam Example", when="4 October 2024",
        ),
    ),
)  # fmt: skip


def lines(facts: Facts, *, guarded: bool = True) -> str:
    """The notes as a person reads them."""
    shown = MarkdownIt("commonmark").render(release_notes(facts, guarded=guarded))
    return html.unescape(re.sub(r"<[^>]*>", "", shown))


def test_what_one_reads() -> None:
    """What it is, where the official one is, what is in it, what changed, what was checked, what was overruled."""
    said = lines(FACTS)
    for words in (
        "Second Draft as of 4 November 2024",
        "Unofficial working aid; the official place is https://example.org/official.",
        "It is not posted on the official page yet",
        "report.html: the draft, to be read in a browser",
        "redline.html: what changed since the draft before, word by word, and whose change it is",
        "report.pdf",
        "Draft Opinion in the annex: Access in the evening. Outline. As it reads: agreed.",
        "Draft Opinion left out by a meeting: Postponed",
        "Contributions: 3 (1 incorporated, 2 noted)",
        "Since draft-1: 2 changes: 1 ADD, 1 MOD. ADD is new, MOD reads differently, SUP is taken out.",
        "Everything received in time came before the group and has an answer with a reason (R24, R25).",
        "To be looked at (R7): The cover of the Report says draft-1.",
        "Contribution 3: reasons overruled on version 1. Reason: The registry lost a page. (Sam Example",
        "sha256sum --check SHA256SUMS",
        f"The tag draft-2 is {'a' * 40}, on the text {'c' * 40} and the record {'e' * 40}",
    ):
        assert words in said, words
    assert "<https://example.org/official>" in release_notes(FACTS, guarded=True), "it can be followed"
    assert "report.md" not in said, "only files that are there are named"
    assert "exchanged" not in said
    assert title(FACTS) == "Second Draft (draft-2), WTPF-26"


def test_the_first_draft_and_one_without_anything() -> None:
    """Nothing is compared, and nothing was overruled."""
    said = lines(
        replace(FACTS, previous="", opinions=(), left_out=(), contributions=(), overruled=(), warnings=())
    )
    assert "This is the first draft" in said
    assert "Draft Opinions in the annex: none" in said
    assert "Contributions: 0" in said
    assert re.search(r"What the secretariat overruled\s+Nothing\.", said)


def test_where_the_official_one_is() -> None:
    """A link that can be followed, with symbol and moment; an address that is none is shown and not followed."""
    posted = OfficialPosting(url="https://example.org/a?b=1", symbol="S24-R-0002", when="4 November 2024")
    notes = release_notes(replace(FACTS, posted=posted), guarded=True)
    assert "<https://example.org/a?b=1>" in notes
    assert "not posted" not in notes
    assert "as S24-R-0002: https://example.org/a?b=1 (4 November 2024)" in lines(
        replace(FACTS, posted=posted)
    )
    odd = release_notes(replace(FACTS, posted=replace(posted, url="https://a/> <b>x")), guarded=True)
    assert "`https://a/> <b>x`" in odd


def test_files_that_can_be_exchanged() -> None:
    """It is said before anything is offered."""
    said = lines(FACTS, guarded=False)
    assert said.index("The files below can be exchanged") < said.index("What is in it")


def test_a_corrigendum() -> None:
    """What it corrects, and the gates of a Corrigendum instead of those of a draft."""
    said = lines(replace(FACTS, correction="A misprint in section 2"))
    assert "What this Corrigendum corrects: A misprint in section 2" in said
    assert "It corrects the newest draft" in said
    assert "R24" not in said


@pytest.mark.parametrize(
    "words",
    [
        "@mallory and @acme/team",
        "closes #12, see acme/wtpf#3",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "![x](https://example.org/beacon.png) [y](javascript:alert(1))",
        "<!-- accord: v1 -->",
        "a `b` ``c`` `` ` ``",
        "line\n# Heading\n- list\n```\ncode",
        "\u202eabc",
    ],
)
def test_words_of_people_do_nothing(words: str) -> None:
    """Nobody is called, nothing is linked or drawn, and the rest of the notes is as without them."""
    facts = replace(
        FACTS,
        opinions=((words, "Text."),),
        left_out=(words,),
        correction=words,
        overruled=(replace(FACTS.overruled[0], reason=words, by=words),),
    )
    notes = release_notes(facts, guarded=True)
    shown = MarkdownIt("commonmark").render(notes)
    harmless = MarkdownIt("commonmark").render(release_notes(replace(FACTS, correction="x"), guarded=True))
    for tag in ("<a ", "<img", "<script", "<!--", "<h1", "<h3", "<ul", "<li", "<pre"):
        assert shown.count(tag) == harmless.count(tag), tag
    outside = re.sub(r"<code>.*?</code>", "", shown)
    assert not re.search(r"@mallory|@acme|#12|#3\b", outside)
    assert "\u202e" not in notes


def test_a_long_list_is_cut_and_says_so() -> None:
    """A forge takes only so much; the documents have all of them."""
    many = tuple(replace(FACTS.overruled[0], contribution=str(n)) for n in range(MOST + 5))
    said = lines(replace(FACTS, overruled=many))
    assert f"Contribution {MOST - 1}:" in said
    assert f"Contribution {MOST}:" not in said
    assert "and 5 more, which the documents name" in said
