"""Every form of a compilation: nothing a contributor wrote is obeyed, nothing is lost, the same bytes each time."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt
from openpyxl.cell.rich_text import CellRichText

from accord.render.compilation import FORMS, Columns, compilation_file, compilation_files
from accord.render.compilation.columns import COLUMNS, Cell, cells
from accord.render.compilation.model import Compilation, Part
from accord.render.compilation.pieces import CONTINUED, LINES, lines_of, pieces
from accord.render.compilation.runs import Mark, Run, harmless, plain
from tests.render.compilation.sample import entry, group, hostile, large, made_compilation, made_input, row

EVIL = [
    '=HYPERLINK("https://evil.example","x")',
    "+1+1",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\uff1d1+1",
    " =1+1",
    "{=1}",
    "<script>alert(1)</script>",
    "</td></tr></table><img src=x onerror=alert(1)>",
    "[x](javascript:alert(1)) ![y](https://evil.example/p.png)",
    "| a | b |\n| --- | --- |",
    "# no heading\n- no list\n```",
    "\u202eevil\u202c \u200b\u2066x",
    "\x00\x07\x1b[31m",
    "_x0041_ _x005F_",
    "\ud800 \ufffe \uffff",
    "'=1",
    '"quoted", and; more\r\nnext',
    "&amp; &#60; ]]>",
    "[-not-]{+this+}",
]
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
TEXTS = st.one_of(st.sampled_from(EVIL), st.text(max_size=60))


def table_of(data: bytes) -> list[list[str]]:
    """The rows of a CSV file."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def rows_of(made: Compilation, columns: Columns) -> list[tuple[Cell, ...]]:
    """The cells of every row, as they are before a format."""
    return [cells(*one, columns) for part in made.parts for one in part.rows]


class Tags(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        values = dict(attrs)
        self.found.append((tag, values))
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.links += [value for name, value in attrs if name == "href" and value]
        if tag not in ("meta", "br", "col"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Every tag ends where it should."""
        assert self.open.pop() == tag


@settings(deadline=None, max_examples=60)
@given(TEXTS, st.sampled_from(Columns))
def test_a_table_has_no_formula_and_every_word(said: str, columns: Columns) -> None:
    """CSV reads back as it is written, and no field begins like a formula."""
    made = hostile(said)

    _, *found = table_of(compilation_file(made, "csv", columns))

    wanted = [[plain(cell) for cell in one] for one in rows_of(made, columns)]
    assert [[field.removeprefix("'") for field in one[1:]] for one in found] == [
        [field.encode("utf-8", "replace").decode().removeprefix("'") for field in one] for one in wanted
    ]
    assert not any(field.lstrip(" ").startswith(FORMULA) for one in found for field in one)


@settings(deadline=None, max_examples=40)
@given(TEXTS, st.sampled_from(Columns))
def test_a_workbook_holds_strings_and_every_word(said: str, columns: Columns) -> None:
    """No formula, no number, no link to the outside; the text of each cell is what was said."""
    made = hostile(said)

    book = openpyxl.load_workbook(io.BytesIO(compilation_file(made, "xlsx", columns)), rich_text=True)

    sheet = book["Contributions"]
    top = 2 if columns is Columns.ITU else 6
    (found,) = sheet.iter_rows(min_row=top, values_only=True)
    wanted = ["".join(run.text for run in cell) for one in rows_of(made, columns) for cell in one]
    assert [_unescaped(value) for value in found] == [_unescaped(text) for text in wanted]
    for each in book:
        for line in each.iter_rows():
            for cell in line:
                assert cell.data_type == "s" or cell.value is None
                assert cell.hyperlink is None or cell.hyperlink.target is None


def _unescaped(value: object) -> str:
    """The text of a cell without the sign with which `_x0041_` is kept from being read as a letter."""
    text = (
        "" if value is None else "".join(map(str, value)) if isinstance(value, CellRichText) else str(value)
    )
    return text.replace("x005F_", "")


@settings(deadline=None, max_examples=60)
@given(TEXTS, st.sampled_from(Columns))
def test_a_page_obeys_nobody(said: str, columns: Columns) -> None:
    """No script, no picture, nothing loaded; every address in it leads somewhere, and only once."""
    page = compilation_file(hostile(said), "html", columns).decode("utf-8")

    tags = Tags(page)

    assert not {tag for tag, _ in tags.found} & {"script", "img", "iframe", "object", "form", "link", "svg"}
    assert not [name for _, values in tags.found for name in values if name.startswith("on")]
    assert len(tags.ids) == len(set(tags.ids))
    inside = [link for link in tags.links if link.startswith("#")]
    assert {link[1:] for link in inside} <= set(tags.ids)
    assert all(re.match(r"#|https?:|mailto:|(?![a-zA-Z][a-zA-Z0-9+.-]*:)", link) for link in tags.links)
    assert tags.open == []
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", page)


@settings(deadline=None, max_examples=60)
@given(TEXTS, st.sampled_from(Columns))
def test_markdown_is_read_as_it_is_meant(said: str, columns: Columns) -> None:
    """However it is read: no link, picture, code or raw tag but the marks of the redline, and one table, the index."""
    text = compilation_file(hostile(said), "markdown", columns).decode("utf-8")

    tokens = MarkdownIt("commonmark").enable("table").parse(text)

    inner = [child for token in tokens for child in token.children or ()]
    assert {c.content for c in inner if c.type == "html_inline"} <= {"<ins>", "</ins>", "<del>", "</del>"}
    assert not [c for c in inner if c.type in ("image", "code_inline")]
    assert [c.attrs["href"] for c in inner if c.type == "link_open"] == ["https://example.org"]
    assert [t.type for t in tokens].count("table_open") == 1
    assert not [t for t in tokens if t.type in ("fence", "code_block", "html_block", "hr")]


@settings(deadline=None, max_examples=40)
@given(TEXTS, st.sampled_from(Columns))
def test_a_word_document_is_sound_and_says_it(said: str, columns: Columns) -> None:
    """Each part is well-formed, there is no field that is carried out, and the words stand in it."""
    made = hostile(said)

    with zipfile.ZipFile(io.BytesIO(compilation_file(made, "docx", columns))) as package:
        parts = {name: package.read(name) for name in package.namelist() if name.endswith(".xml")}

    trees = {name: etree.fromstring(data) for name, data in parts.items()}
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    body = trees["word/document.xml"]
    assert not body.findall(f".//{word}instrText")
    shown = "".join("".join(node.itertext()) for node in body.iter(f"{word}t"))
    for line in harmless(said).split("\n"):
        assert re.sub(r"\s", "", line) in re.sub(r"\s", "", shown)


WIDTHS = [one.width for one in COLUMNS[Columns.ITU]]
CELLS = st.lists(st.tuples(st.sampled_from(Mark), st.text(min_size=1, max_size=3000)), max_size=4)


@settings(deadline=None, max_examples=60)
@given(st.lists(CELLS, min_size=1, max_size=4), st.integers(6, 40), st.integers(1, 30))
def test_a_long_text_goes_on_in_further_rows_and_none_is_lost(
    row_: list[list[tuple[Mark, str]]], width: int, times: int
) -> None:
    """Every cell fits in a row that can be seen, and what stands in them one after the other is the whole."""
    whole = [tuple(Run(mark, text * times) for mark, text in cell) for cell in row_]

    cut = pieces(whole, [width] * len(whole))

    for column, cell in enumerate(whole):
        parts = [piece[column] for piece in cut]
        assert all(lines_of(part, width - 1) <= LINES + 1 for part in parts)
        said = ["".join(run.text for run in part) for part in parts]
        if len(said) > 1 and said[0] == said[-1] and not said[0].startswith(CONTINUED):
            said = said[:1]  # what is short is said again
        joined = said[0] + "".join(one.removeprefix(CONTINUED) for one in said[1:])
        assert _flat(joined) == _flat("".join(run.text for run in cell))


def _flat(text: str) -> str:
    return text.replace("\n", "")


def test_a_text_of_forty_thousand_signs_is_in_the_workbook() -> None:
    """More than a cell holds: it goes on, says so, and keeps its number and clause."""
    reasons = " ".join(f"word{n}" for n in range(5000))
    made = made_compilation(
        [group("clause-c-1", "1.1", [entry(made_input(1, reasons=reasons), row("a b", "a c"))])]
    )

    sheet = openpyxl.load_workbook(io.BytesIO(compilation_file(made, "xlsx")))["Contributions"]

    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(rows) > 30
    said = [str(one[10] or "") for one in rows]
    assert said[1].startswith(CONTINUED)
    assert "".join(one.removeprefix(CONTINUED) for one in said).split() == reasons.split()
    assert {(one[1], one[5]) for one in rows} == {("1.1", "1")}
    assert all(sheet.row_dimensions[at].height <= 409 for at in range(1, len(rows) + 2))


def test_the_same_compilation_gives_the_same_bytes() -> None:
    """Every form, whatever was made before; the workbook is dated with the moment of the compilation."""
    made = large(20)

    first = compilation_files(made)
    assert first == compilation_files(large(20))
    assert sorted(first) == [f"compilation.{ending}" for ending in ("csv", "docx", "html", "md", "xlsx")]
    with zipfile.ZipFile(io.BytesIO(first["compilation.xlsx"])) as package:
        assert {entry_.date_time for entry_ in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2025-03-31T08:00:30Z" in package.read("docProps/core.xml")


def test_three_hundred_contributions_can_be_found_by_number_clause_and_entity() -> None:
    """One page: each has its address, each clause too, and the indexes name all of them."""
    made = large(300)

    page = compilation_file(made, "html").decode("utf-8")

    tags = Tags(page)
    assert {f"contribution-{n}" for n in range(1, 301)} <= set(tags.ids)
    assert {f"number-{n}" for n in range(1, 301)} <= set(tags.ids)
    assert {f"membership-clause-c-{at}" for at in range(100)} <= set(tags.ids)
    assert {link[1:] for link in tags.links if link.startswith("#")} <= set(tags.ids)
    assert len(page) < 1_000_000
    by_entity = page.partition('id="by-entity"')[2]
    assert set(re.findall(r"#contribution-(\d+)", by_entity)) == {str(n) for n in range(1, 301)}


def test_a_part_without_contributions_says_so() -> None:
    """An empty window is a compilation too, in every form."""
    made = made_compilation([])
    empty = Compilation(
        **{
            **{name: getattr(made, name) for name in made.__dataclass_fields__},
            "parts": (Part(key="membership", title="Contributions", sections=()),),
        }
    )

    files = {form: compilation_file(empty, form) for form in FORMS}

    assert "Nothing was received." in files["markdown"].decode()
    assert "Nothing was received." in files["html"].decode()
    assert len(table_of(files["csv"])) == 1
    assert openpyxl.load_workbook(io.BytesIO(files["xlsx"])).sheetnames == ["About", "Index", "Contributions"]


def test_an_office_program_opens_workbook_and_document(tmp_path: Path) -> None:
    """LibreOffice reads the workbook as the table says, and the document with every contribution."""
    made = large(12)
    for ending in ("xlsx", "docx"):
        (tmp_path / f"c.{ending}").write_bytes(compilation_file(made, ending))

    def convert(name: str, to: str) -> None:
        profile = f"-env:UserInstallation=file://{tmp_path}/office"
        command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", str(tmp_path), name]
        subprocess.run(command, check=True, capture_output=True, cwd=tmp_path, timeout=120)

    # The third sheet alone, as text, in UTF-8.
    convert("c.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,3")
    found = table_of((tmp_path / "c-Contributions.csv").read_bytes())[1:]
    wanted = rows_of(made, Columns.ITU)
    assert found == [["".join(run.text for run in cell) for cell in one] for one in wanted]
    convert("c.docx", "txt:Text (encoded):UTF8")
    said = (tmp_path / "c.txt").read_text("utf-8-sig")
    assert all(f"On paragraph {n}" in said for n in range(1, 13))
