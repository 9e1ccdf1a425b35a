"""Akoma Ntoso: always well formed and valid by the strict schema, and every clause says there what it says here."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from hypothesis import example, given, settings

from accord.domain.text.clauses import Document, Kind
from accord.domain.text.markdown import parse_document
from accord.domain.text.nodes import Node
from accord.domain.text.numbering import number
from accord.render.akn.files import akn_files
from accord.render.document_sheet import AnnexEntry, ContributionEntry, Sheet
from tests.domain.text.drafts import Block, blocks, rubble, written
from tests.render.akn_reader import clauses, expected, merged, parsed

GOLDEN = Path(__file__).parent / "golden" / "opinion.akn.xml"
OPINION = """\
---
id: lamps
title: Lamps & light
---

The Example Forum (Port Arcadia, 2026),

*considering*

1. that it rains *often*[^wet];
2. that it is dark,

*noting*

the report of Example University,

*is of the view*

1. that lamps help;
2. that a lamp needs:
   1. oil;
   2. a match,

*invites Member States*

to share [lamps](https://example.org/lamps?a=1&b=2).

[^wet]: In Lyrania on most days.
"""


def sheet(report: str, opinion: str, **changes: object) -> Sheet:
    """A sheet of one Report file and one Opinion, each clause with an id."""
    texts = number([parse_document("report/01.md", report), parse_document("opinions/lamps.md", opinion)])
    one = Sheet(
        name="draft-2", label="Second Draft", title="Report", subtitle="on lamps", forum="Example Forum",
        notice="Unofficial working aid.", page="https://example.org", cover=(), remarks=(), rehearsal=True,
        report=texts[:1],
        annex=(
            AnnexEntry(
                number=1, name="lamps", title="Lamps & light", themes=("Light",), document=texts[1],
                status="Text. Not yet declared agreed as a whole.", sources=(4,),
            ),
        ),
        contributions=(
            ContributionEntry(
                number=4, title="Lamps", source="Arcadia (invented)", cosigners=(), category="Member State",
                input_class="proposal", kind="Text", received="Received.", state="open", reason="",
            ),
        ),
        ids={d.path: tuple(f"c-{i:06x}" for i in range(len(d.clauses))) for d in texts},
        original="English",
    )  # fmt: skip
    return replace(one, **changes)  # type: ignore[arg-type]


def check(data: bytes, document: Document) -> None:
    """Valid, every place once, and each clause found under its permanent id, in order, with its very words."""
    root = parsed(data)
    captions = {f"c-{i:06x}" for i, clause in enumerate(document.clauses) if clause.kind is Kind.CAPTION}
    wanted = [
        (f"c-{index:06x}", expected(clause))
        for index, clause in enumerate(document.clauses)
        if clause.kind is not Kind.FRONT
    ]

    def read(rows: Iterable[tuple[str, list[Node]]]) -> list[tuple[str, list[Node]]]:
        return [(id_, caption(words) if id_ in captions else words) for id_, words in rows]

    in_notes = {
        f"c-{index:06x}"
        for index, clause in enumerate(document.clauses)
        if any(frame.startswith("note:") for frame in clause.frames)
    }
    found = read(clauses(root))
    wanted = read(wanted)
    assert [row for row in found if row[0] not in in_notes] == [
        row for row in wanted if row[0] not in in_notes
    ]
    assert sorted(found, key=lambda row: row[0]) == wanted
    places = root.xpath("//@eId")
    assert len(places) == len(set(places))
    assert not [target for target in root.xpath("//@href") if target[:1] == "#" and target[1:] not in places]


def caption(words: list[Node]) -> list[Node]:
    """A caption is printed with its number; how much space follows that is the printer's business."""
    first = words[0]
    said = f"Table: {first.text.removeprefix('Table:').lstrip()}"
    return merged([replace(first, text=said), *words[1:]])


@settings(max_examples=150, deadline=None)
@given(blocks, blocks)
@example([], [Block("note", ("the",)), Block("note", ("[^n]",))])
def test_structured_texts_are_valid_and_whole(first: list[Block], second: list[Block]) -> None:
    """Whatever a draft is made of."""
    one = sheet(written(first), written(second))
    files = akn_files(one)
    check(files["report.akn.xml"], one.report[0])
    check(files["opinion-lamps.akn.xml"], one.annex[0].document)


@settings(max_examples=150, deadline=None)
@given(rubble, rubble)
def test_any_text_is_valid_and_whole(first: str, second: str) -> None:
    """And whatever nobody would call a draft."""
    one = sheet(first, second, subtitle=first, title=second, notice=first, symbol=second, original="")
    files = akn_files(one)
    check(files["report.akn.xml"], one.report[0])
    check(files["opinion-lamps.akn.xml"], one.annex[0].document)


REPORT = """\
# Why

First.

Second:

- one
- two
"""


def test_an_opinion_as_a_person_reads_it() -> None:
    """Preamble keyword by keyword, numbered operative paragraphs, note, link, and what the file says about itself."""
    data = akn_files(sheet(REPORT, OPINION))["opinion-lamps.akn.xml"]
    check(data, sheet(REPORT, OPINION).annex[0].document)
    if os.environ.get("ACCORD_WRITE_GOLDEN"):
        GOLDEN.write_bytes(data)
    assert data == GOLDEN.read_bytes()


def test_a_clause_keeps_its_permanent_id_when_its_number_changes() -> None:
    """`eId` is the place of now, `wId` the clause."""
    before = sheet(REPORT, OPINION)
    after = sheet(REPORT.replace("First.", "New.\n\nFirst."), OPINION)
    after = replace(
        after, ids={**after.ids, "report/01.md": ("c-000000", "c-0000ff", "c-000001", "c-000002")}
    )

    def placed(one: Sheet) -> dict[str, str]:
        root = parsed(akn_files(one)["report.akn.xml"])
        return {e.get("wId"): e.get("eId") for e in root.xpath("//*[@wId]")}

    assert placed(before)["c-000001"] == "sec_1__para_1.1"
    assert placed(after)["c-000001"] == "sec_1__para_1.2"
    assert placed(after)["c-0000ff"] == "sec_1__para_1.1"


def test_no_address_leads_to_a_program() -> None:
    """An address that a reader must not follow is no link; its words stay."""
    opinion = OPINION.replace("https://example.org/lamps?a=1&b=2", "shell:run")
    root = parsed(akn_files(sheet(REPORT, opinion))["opinion-lamps.akn.xml"])
    assert not root.xpath("//@href[starts-with(., 'shell')]")
    (kept,) = root.xpath("//*[@name='link']")
    assert (kept.text, kept.get("title")) == ("lamps", "shell:run")


def test_no_official_address_is_made_up() -> None:
    """R6. Every address of the document itself is one of this tool, and it says that it is not authoritative."""
    for data in akn_files(sheet(REPORT, OPINION)).values():
        root = parsed(data)
        named = root.xpath("//*[local-name()='FRBRthis' or local-name()='FRBRuri']/@value")
        assert named
        assert all(value.startswith("/accord/example-forum/") for value in named)
        assert set(root.xpath("//*[local-name()='FRBRauthoritative']/@value")) == {"false"}


NOTED = """\
# Why

Some[^a] and some more[^a][^b].

- one

[^a]: First, see[^b] and[^a].

    A second paragraph.

- two[^c]

[^b]: Second.

[^d]: Nobody refers to this one, nor[^e].

[^e]: And only that one to this.

[^c]: Third.
"""


def test_a_note_stands_where_the_text_first_refers_to_it() -> None:
    """Later references point at it; one that the text never comes to stays where it is defined; lists stay apart."""
    one = sheet(NOTED, OPINION)
    data = akn_files(one)["report.akn.xml"]
    check(data, one.report[0])
    root = parsed(data)

    def at(place: str) -> str:
        (note,) = root.xpath(f"//*[@eId='{place}']")
        return str(note.xpath("string(ancestor::*[local-name()='p'][last()])"))

    assert at("fn_a").startswith("Some")
    assert root.xpath("//*[@eId='fn_a']//*[@eId='fn_b']")
    assert at("fn_c").startswith("two")
    assert at("fn_d").startswith("Nobody")
    assert at("fn_e").startswith("And only")
    references = [(e.get("marker"), e.get("href")) for e in root.xpath("//*[local-name()='noteRef']")]
    assert references == [("a", "#fn_a"), ("a", "#fn_a"), ("b", "#fn_b"), ("e", "#fn_e")]
    lists = root.xpath("//*[local-name()='blockList']")
    assert [len(each) for each in lists] == [1, 1]
