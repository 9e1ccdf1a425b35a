"""The negotiating text as a page and as Markdown: brackets are signs, and nothing a contributor wrote is markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from accord.application.readings import Ground, Reading, Spot, readings
from accord.domain.agreement.proposal import proposal
from accord.domain.process.forum import State
from accord.domain.text.clauses import Document
from accord.domain.text.identity import Identified, carry
from accord.domain.text.inline import joined
from accord.domain.text.markdown import parse_document
from accord.domain.text.numbering import number
from accord.render.negotiation.html import negotiation_html
from accord.render.negotiation.markdown import negotiation_markdown
from accord.render.negotiation.model import Alternative, NegotiatedFile, Negotiation, Place, Proposer
from accord.render.negotiation.parts import Part, Sort, passages, text

PATH = "opinions/a.md"
MOMENT = datetime(2025, 3, 1, tzinfo=UTC)


def proposer(source: str = "Arcadia", **changes: object) -> Proposer:
    """Somebody behind a reading."""
    facts = {
        "number": 1,
        "title": "Hours",
        "source": source,
        "category": "Member State",
        "input_class": "proposal",
        "reasons": "Skills.",
        "state": State.OPEN,
        "said": "open",
        "needs": "A chair opens a call.",
        "based_on": "draft-1",
        "since": MOMENT,
    }
    return Proposer(**{**facts, **changes})  # type: ignore[arg-type]


def document(source: str) -> Document:
    """One Opinion, numbered."""
    return number([parse_document(PATH, source)])[0]


def negotiated(old: str, new: str, source: str = "Arcadia") -> Negotiation:
    """The view of one text with one proposal for it."""
    labelled = [
        Identified(id=one.id, clause=clause)
        for one, clause in zip(carry((), [document(old)], ever_given=()), document(old).clauses, strict=True)
    ]
    head = carry(labelled, [document(new)], ever_given={one.id for one in labelled})
    effect, ground = proposal(labelled, head), Ground(labelled)
    found = list(readings(effect, effect, head, ground.by_id, ground, {}, {}))
    spots: list[Spot] = [("gap", "", PATH)]
    for one in labelled:
        spots += [("clause", one.id, PATH), ("gap", one.id, PATH)]
    assert {reading.spot for reading in found} <= set(spots)
    places = [
        Place(
            id=spot[1],
            anchor=f"place-{index}",
            label="",
            where=ground.where(spot),
            path=PATH,
            line=1,
            clause=ground.by_id.get(spot[1]) if spot[0] == "clause" else None,
            alternatives=tuple(_alternative(one, source) for one in found if one.spot == spot),
        )
        for index, spot in enumerate(spots)
    ]
    shown = tuple(place for place in places if place.clause is not None or place.open)
    return Negotiation(
        forum="The Forum",
        title="A title",
        notice="Unofficial working aid.",
        page="https://example.org",
        rehearsal=True,
        moment=MOMENT,
        zone=UTC,
        shown_moment="1 March 2025",
        commit="0" * 40,
        record="1" * 40,
        files=(NegotiatedFile(path=PATH, title="Draft Opinion: A", new=False, places=shown),),
    )


def _alternative(one: Reading, source: str) -> Alternative:
    return Alternative(
        letter="",
        mark=one.mark,
        rows=one.rows,
        reading=one.clauses,
        proposers=(proposer(source),),
        to=one.to,
    )


def printed(view: Negotiation) -> list[str]:
    """Every passage as plain text with its brackets."""
    return [text(passage.parts) for place in view.places for passage in passages(place)]


_HEAD = "| a | b |\n| - | - |\n"


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("to open schools in May", "to open schools in June", ["to open schools in [May] [Arcadia: June]"]),
        ("to open schools", "to open all schools", ["to open [Arcadia: all] schools"]),
        ("to open all schools", "to open schools", ["to open [all] schools"]),
        ("to open schools", "to open schools, and more", ["to open schools[Arcadia: , and more]"]),
        ("to open, please", "to close them soon", ["[to open, please]", "[Arcadia: to close them soon]"]),
        ("to [open]( https://example.org)", "to [open](https://example.net)", None),
        ("one\n\ntwo", "one", ["one", "[two]"]),
        ("one", "one\n\ntwo\n\nthree", ["one", "[Arcadia: two", "three]"]),
        (
            "| a | b |\n| - | - |\n| x | y |",
            "| a | b |\n| - | - |\n| x | z |",
            ["a | b", "[x | y]", "[Arcadia: x | z]"],
        ),
        ("```\na\n```", "```\nb\n```", ["[\na]", "[Arcadia: \nb]"]),
        ("so [may] it be", "so may it be", ["[so [may] it be]", "[Arcadia: so may it be]"]),
        ("that [may] do", "that [may] do well", ["that [may] do [Arcadia: well]"]),
    ],
)
def test_what_stands_in_brackets(old: str, new: str, wanted: list[str] | None) -> None:
    """Words inside a sentence where one still sees it, else the whole clause and the whole proposal."""
    shown = printed(negotiated(old, new))
    if wanted is None:
        assert [one[0] for one in shown] == ["[", "["]
    else:
        assert shown == wanted


_WORDS = st.lists(
    st.sampled_from(
        ["open", "schools", "[may]", "*well*", "a", "soon,", "`x`", "<b>", "@all", "\u202eno", "&amp;", "2."]
    ),
    min_size=1,
    max_size=9,
).map(" ".join)
_TEXTS = st.lists(_WORDS, min_size=1, max_size=4).map("\n\n".join)


@settings(max_examples=120, deadline=None)
@given(old=_TEXTS, new=_TEXTS)
def test_without_the_proposals_it_is_the_text_and_with_them_the_proposal(old: str, new: str) -> None:
    """Leaving out what is proposed gives the text as it reads; taking it instead of what it replaces, the proposal."""
    view = negotiated(old, new)
    marks = {one.mark for place in view.places for one in place.alternatives}
    own = [passage for place in view.places for passage in passages(place) if passage.own]
    now = [said(part for part in passage.parts if part.sort is not Sort.PROPOSED) for passage in own]
    assert now == whole(old)
    if not any(mark.startswith("moved") for mark in marks):
        assert [line for place in view.places for line in taken(place)] == whole(new)


def taken(place: Place) -> Iterator[str]:
    """The clauses at a place once its one proposal is taken."""
    told = list(passages(place))
    own = [passage for passage in told if passage.own]
    inside = any(part.sort is Sort.AGREED for passage in own for part in passage.parts)
    if inside or any(one.mark == "structure" for one in place.alternatives):
        yield from (
            said(p for p in passage.parts if p.sort is not Sort.CURRENT or not inside) for passage in own
        )
    else:
        yield from (said(passage.parts) for passage in told if not passage.own)


def said(parts: Iterable[Part]) -> str:
    """Words without spaces, which the brackets push about."""
    return "".join(joined(part.atoms) for part in parts).replace(" ", "")


def whole(source: str) -> list[str]:
    """The clauses of a text, without spaces."""
    return [clause.text.replace(" ", "") for clause in document(source).clauses]


class _Page(HTMLParser):
    """The tags, addresses and words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


_HOSTILE = st.lists(
    st.sampled_from(
        [
            "<script>x</script>",
            "[x](javascript:x)",
            "![x](http://example.org/x.png)",
            "](https://example.net)",
            "[A: all]",
            "]]",
            "[[",
            "\u202e",
            "\u200b",
            "@all",
            "**",
            "`",
            "&lt;b&gt;",
            "<b onclick=x>",
            "words",
            "<!--",
            "[Arcadia:",
            "|",
            "#",
        ]
    ),
    min_size=1,
    max_size=8,
).map(" ".join)
_OURS = {"ins", "kbd", "br"}


@settings(max_examples=120, deadline=None)
@given(old=_HOSTILE, new=_HOSTILE, name=_HOSTILE)
def test_nothing_a_contributor_wrote_is_markup(old: str, new: str, name: str) -> None:
    """In the page no tag, address or sign of theirs; in the Markdown no tag but ours, no picture, nobody notified."""
    view = negotiated(f"first\n\nthe {old} end", f"first\n\nthe {new} end", source=name)
    page = _Page(negotiation_html(view))
    assert not page.tags & {"script", "img", "iframe"}
    assert not any(link.lower().startswith("javascript") for link in page.links)
    assert not re.search("[\u202e\u200b]", "".join(page.words))
    markdown = negotiation_markdown(view)
    assert not re.search("[\u202e\u200b]", markdown)
    assert "@all" not in markdown
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    inline = [child for token in tokens for child in token.children or ()]
    tags = {re.sub(r"\W", "", child.content) for child in inline if child.type == "html_inline"}
    assert tags <= _OURS
    assert not any(token.type == "html_block" for token in tokens)
    assert not any(child.type == "image" for child in inline)
    words = "".join(child.content for child in inline if child.type in ("text", "text_special"))
    assert "proposed by" in words or not view.open


def test_a_table_stays_one_where_nothing_is_in_question() -> None:
    """In the Markdown, up to a row that is; in the page such a row stands across the table."""
    view = negotiated(f"{_HEAD}| x | y |\n| u | v |", f"{_HEAD}| x | y |\n| u | w |")
    assert "| a | b |\n| --- | --- |\n| x | y |\n\n\\[u | v\\]" in negotiation_markdown(view)
    page = negotiation_html(view)
    assert '<th scope="col">a</th><th scope="col">b</th>' in page
    assert '<td colspan="2"' in page


def test_a_name_that_looks_like_brackets_is_a_name() -> None:
    """The source of a proposal cannot forge another one's brackets as markup; it stands in bold, whatever it holds."""
    view = negotiated("to open", "to open all", source="Arcadia: yes] [Lyrania")
    shown = MarkdownIt("commonmark").render(negotiation_markdown(view))
    assert "<strong>Arcadia: yes] [Lyrania:</strong>" in shown
    assert "<b><bdi>Arcadia: yes] [Lyrania</bdi>:</b>" in negotiation_html(view)
