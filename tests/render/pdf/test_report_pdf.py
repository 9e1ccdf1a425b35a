"""The Report as PDF, read back from the file: cover, headings, contents, footnotes, tables, Opinions."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pdfua
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.adapters.typst import Typst
from accord.domain.drafts.facts import Showing
from accord.domain.text.clauses import LITERAL, ROWS, Document, Kind
from accord.domain.text.inline import atoms, tree
from accord.domain.text.markdown import parse_document
from accord.domain.text.nodes import Node, visible
from accord.domain.text.numbering import number
from accord.domain.text.redline import compare
from accord.render.authorship import Author, Authorship
from accord.render.document_sheet import AnnexEntry, LeftOut, Sheet
from accord.render.pdf.redline import redline_typst
from accord.render.pdf.report import report_typst
from tests.domain.text.drafts import pairs
from tests.render.pdf.reader import Element, Pdf, plainly
from tests.render.pdf.test_redline_pdf import shown

MOMENT = datetime(2026, 4, 13, 12, tzinfo=UTC)
REPORT = """\
# Why

First[^1] and *second*[^2].

Third, again[^1]:

- one
  1. deep
- two

### Skipped

> Quoted **words**.

# How

Table: Days

| day | what |
| :-- | --: |
| 1 | begin |
| 2 | end[^1] |

```yaml
a: 1
```

[^1]: The first note.

    - with a list

[^2]: The **second** note.

[^3]: Nobody refers to this one.
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


def sheet(**changes: object) -> Sheet:
    report, opinion, other = number(
        [
            parse_document("report/01.md", REPORT),
            parse_document("opinions/rain.md", OPINION),
            parse_document("opinions/snow.md", OPINION),
        ]
    )
    base = Sheet(
        name="draft-3",
        label="Third Draft",
        title="Report on umbrellas",
        subtitle="for the Example Forum",
        forum="Example Forum 2026",
        notice="Unofficial working aid.",
        page="https://example.org/forum",
        cover=(("Text", "0123abcd"), ("Source", "said elsewhere")),
        remarks=("Only the Forum adopts Opinions.",),
        rehearsal=True,
        report=(report,),
        annex=(
            AnnexEntry(
                number=1,
                name="rain",
                title="On rain",
                themes=("Weather",),
                document=opinion,
                status="Agreed.",
            ),
            AnnexEntry(
                number=2,
                name="snow",
                title="On snow",
                themes=("Weather", "Winter"),
                document=other,
                status="Not agreed.",
                showing=Showing.IN_BRACKETS,
            ),
        ),
        left_out=(LeftOut(title="On hail", meeting="Second meeting"),),
        symbol="EX/7-E",
        date="31 March 2026",
        original="English",
        source="Secretariat",
        action="Comments are invited.",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


@pytest.fixture(name="data", scope="module")
def _data() -> bytes:
    return Typst().pdf(report_typst(sheet()), MOMENT)


@pytest.fixture(name="pdf", scope="module")
def _pdf(data: bytes) -> Pdf:
    return Pdf(data)


def texts(pdf: Pdf, *tags: str) -> list[str]:
    return [" ".join(one.text.split()) for one in pdf.root.find(*tags)]


def test_the_cover_states_what_the_cover_of_a_document_states(pdf: Pdf) -> None:
    assert texts(pdf, "Title") == ["Report on umbrellas"]
    pairs_ = next(pdf.root.find("L"))
    stated = list(zip(texts_in(pairs_, "Lbl"), texts_in(pairs_, "LBody"), strict=True))
    assert stated == [
        ("Source", "Secretariat"),
        ("Action required", "Comments are invited."),
        ("Text", "0123abcd"),
    ]
    cover = texts(pdf, "P")
    for said in ("Example Forum 2026", "EX/7-E", "31 March 2026", "Original: English", "Third Draft"):
        assert said in cover
    assert "Only the Forum adopts Opinions." in cover
    assert "Unofficial working aid. https://example.org/forum" in cover
    assert "Rehearsal: every entity, person and position in it is invented." in cover


def test_a_cover_without_the_facts_of_a_document_says_what_it_has() -> None:
    bare = sheet(symbol="", date="", original="", source="", action="", rehearsal=False, subtitle="", page="")
    pdf = Pdf(Typst().pdf(report_typst(bare), MOMENT))
    pairs_ = next(pdf.root.find("L"))
    assert texts_in(pairs_, "Lbl") == ["Text", "Source"]
    assert not [said for said in texts(pdf, "P") if "Original" in said or "Rehearsal" in said]


def texts_in(element: Element, *tags: str) -> list[str]:
    return [" ".join(one.text.split()) for one in element.find(*tags)]


def test_no_heading_skips_a_level(pdf: Pdf) -> None:
    headings = [(one.tag, " ".join(one.text.split())) for one in pdf.root.find("H1", "H2", "H3", "H4")]
    assert headings == [
        ("H1", "Contents"),
        ("H1", "1Why"),
        ("H2", "Skipped"),
        ("H1", "2How"),
        ("H1", "Annex: draft Opinions"),
        ("H2", "Draft Opinion 1: On rain"),
        ("H2", "Draft Opinion 2: On snow"),
    ]


def test_the_contents_name_sections_and_opinions_with_their_pages(pdf: Pdf) -> None:
    assert [" ".join(one.said.split()) for one in pdf.root.find("TOCI")] == [
        "1Why 3",
        "2How 3",
        "Annex: draft Opinions 4",
        "Draft Opinion 1: On rain 4",
        "Draft Opinion 2: On snow 5",
    ]
    assert len(pdf.file.pages) == 5


def test_a_footnote_stands_where_it_is_first_referred_to(pdf: Pdf) -> None:
    notes = texts(pdf, "Note")
    assert [note.replace(" ", "") for note in notes] == ["1Thefirstnote.•withalist", "2Thesecondnote."]
    # Nobody refers to the third, so it stands in its place in the text.
    assert any("Nobody refers to this one." in said for said in texts(pdf, "LBody"))


def test_tables_have_heads_and_captions(pdf: Pdf) -> None:
    assert texts(pdf, "Caption") == ["Table 1: Days"]
    assert texts(pdf, "TH") == ["day", "what"]
    assert texts(pdf, "TD") == ["1", "begin", "2", "end1"]
    assert all(str(one.attrs["/Scope"]) == "/Column" for one in pdf.root.find("TH"))


def test_opinions_have_their_letters_numbers_status_and_brackets(pdf: Pdf) -> None:
    said = texts(pdf, "P", "Lbl")
    start = said.index("Theme: Weather, Winter. Not agreed.")
    assert said[start:] == [
        "Theme: Weather, Winter. Not agreed.",
        "[",
        "The Example Forum,",
        "considering",
        *("a)", "that it rains;", "b)", "that it is dark,"),
        "invites Member States",
        *("", "to share:", "a)", "umbrellas;", "b)", "lamps."),
        "]",
    ]
    assert "Left out (Second meeting): On hail" in said


def test_every_page_says_which_it_is_and_that_it_is_no_official_document(data: bytes) -> None:
    with pikepdf.open(io.BytesIO(data)) as file:
        assert str(file.Root.Lang) == "en"
        assert str(file.docinfo.Title) == "Third Draft: Report on umbrellas"
        assert str(file.docinfo.CreationDate) == "D:20260413120000Z"
        with file.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


SOURCES = {
    "the Report": lambda: report_typst(sheet()),
    "a redline": lambda: redline_typst(
        compare([parse_document("report/01.md", REPORT)], [parse_document("report/01.md", OPINION)]),
        title="Redline",
        authorship=Authorship(default=Author(name="Arcadia", at=MOMENT)),
        notice="Unofficial working aid.",
        page="https://example.org",
        remarks=["A remark."],
        context=1,
    ),
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_checker_finds_no_error(name: str, tmp_path: Path) -> None:
    file = tmp_path / "made.pdf"
    file.write_bytes(Typst().pdf(SOURCES[name](), MOMENT))
    report = pdfua.validate(str(file))
    assert report.findings == ()


def words_of(document: Document) -> list[str]:
    """What each clause says, without spaces."""
    said: list[str] = []
    for clause in document.clauses:
        if clause.kind is Kind.FRONT:
            continue
        if clause.kind in LITERAL:
            said += [shown(line) for line in clause.text.split("\n")]
        elif clause.kind in ROWS:
            said += [visible((node,)) for atom in atoms(clause.kind, clause.text) for node in atom.nodes]
        else:
            nodes = tree(clause.kind, clause.text)
            # No footnote stands on a footnote: what refers to one there shows its label.
            inside = any(name.startswith("note:") for name in clause.frames)
            text = visible(nodes if inside else without_notes(nodes))
            said.append(text.removeprefix("Table:") if clause.kind is Kind.CAPTION else text)
    return ["".join(shown(one).split()) for one in said]


def without_notes(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    return tuple(replace(one, children=without_notes(one.children)) for one in nodes if one.tag != "note")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pair=pairs())
def test_no_word_of_any_text_is_lost(pair: tuple[str, str]) -> None:
    report, opinion = number(
        [
            parse_document("report/01.md", plainly(pair[0])),
            parse_document("opinions/rain.md", plainly(pair[1])),
        ]
    )
    drawn = sheet(report=(report,), annex=(replace(sheet().annex[1], document=opinion),), left_out=())
    pdf = Pdf(Typst().pdf(report_typst(drawn), MOMENT))
    assert pdf.left_over() == {}
    # A footnote stands in the middle of the paragraph that refers to it.
    notes = [one.said for one in pdf.root.find("Note")]
    said = "".join("\n".join([pdf.root.without("Note", "Lbl").said, *notes]).split())
    for document in (report, opinion):
        for one in words_of(document):
            assert one in said
    levels = [int(one.tag[1]) for one in pdf.root.find("H1", "H2", "H3", "H4", "H5", "H6")]
    assert all(after - before <= 1 for before, after in pairwise(levels))


hostile = st.text(
    st.sampled_from(
        [*'#"\\()[]{}<>$@*_`~=-/;:,.', "\n", "\t", "\u202e", "é", "я", "λ", "漢", "ع", "a", "1", " "]
    ),
    max_size=25,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(title=hostile, name=hostile, value=hostile, remark=hostile, notice=hostile)
def test_what_stands_on_the_cover_is_never_code(
    title: str, name: str, value: str, remark: str, notice: str
) -> None:
    drawn = sheet(
        title=f"x{title}", cover=((name, f"y{value}"),), remarks=(f"z{remark}",), notice=f"n{notice}"
    )
    pdf = Pdf(Typst().pdf(report_typst(drawn), MOMENT))
    said = "".join(pdf.root.said.split())
    for one in (f"x{title}", f"y{value}", f"z{remark}", f"n{notice}"):
        assert "".join(printed(one).split()) in said


def printed(text: str) -> str:
    """A line end in a value of the cover is shown as its code too."""
    return shown(text.replace("\n", "U+000A"))
