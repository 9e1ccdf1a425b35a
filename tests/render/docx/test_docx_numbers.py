"""The numbers and letters that LibreOffice counts in a Word document are the ones that we computed and cite."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from accord.domain.text.clauses import Clause, Document, Kind
from accord.domain.text.markdown import parse_document
from accord.domain.text.numbering import number
from accord.domain.text.redline import compare
from accord.render.docx.redline import redline_docx
from tests.render.docx.office import NOTHING, read
from tests.render.docx.test_docx_contract import ARCADIA, MOMENT

SECTIONS = """# The first section

A first paragraph of it.

A second one:

1. a letter
2. another
    1. a roman number
    2. one more roman number
    - a point
- a point after letters

Table: What there is

| a | b |
|---|---|
| one | two |

# The second section

Its only paragraph.

1. a letter under it

# The third section

1. a letter before any paragraph
2. another before any paragraph

One.

Two.
"""
MORE_SECTIONS = """# The fourth section

First.

Table: What else there is

| a | b |
|---|---|
| one | two |

Second.
"""
OPINION = """The Seventh Example Forum (Port Arcadia, 2026),

*considering*

- that one;
- that two:
    1. a roman number
    2. and one more
        1. a letter in it
- that three,

*noting*

the only one,

*is of the view*

1. that one;
2. that two:
    1. a letter
    2. another
        1. a roman number in it
3. that three,

*invites the Secretary-General*

to do the only thing.
"""
FILES = {
    "report/01-one.md": SECTIONS,
    "report/02-two.md": MORE_SECTIONS,
    "opinions/first.md": OPINION,
    "opinions/second.md": OPINION,
    "opinions/third.md": "*invites*\n\n" + "".join(f"- to do number {n};\n" for n in range(1, 30)),
    "opinions/many.md": "*noting*\n\n" + "".join(f"- what is number {n};\n" for n in range(1, 30)),
}
_UNCOUNTED = frozenset({Kind.HEADER, Kind.ROW, Kind.KEYWORD})


def printed(documents: tuple[Document, ...]) -> Iterator[tuple[str, str]]:
    """What must be printed before each clause, in the order of the document."""
    for document in documents:
        keyword = ""
        for clause in document.clauses:
            keyword = clause.label if clause.kind is Kind.KEYWORD else keyword
            if clause.kind not in _UNCOUNTED:
                yield _sign(clause, keyword), clause.text.removeprefix("Table:").strip()


def _sign(clause: Clause, keyword: str) -> str:
    if keyword and clause.label.startswith(keyword):
        return clause.label.removeprefix(keyword).strip().split(" ")[-1]
    if clause.kind is Kind.CAPTION:
        return f"{clause.label}:"
    if clause.kind is Kind.ITEM:
        return "" if clause.frames[-1] == "bullet" else clause.label.split(" ")[-1]
    return clause.label


def test_libreoffice_counts_every_label_as_we_do(tmp_path: Path) -> None:
    documents = number([parse_document(path, text) for path, text in FILES.items()])
    ordered = tuple(sorted(documents, key=lambda one: (not one.path.startswith("report/"), one.path)))
    made = redline_docx(compare(documents, documents), title="Texts", authorship=ARCADIA, moment=MOMENT)
    (seen,) = read(tmp_path, [(made, NOTHING)])
    wanted = list(printed(ordered))
    said = {words for _, words in wanted}
    assert [(sign, words) for _, sign, words in seen if words in said] == wanted
    signs = [sign for sign, _ in wanted]
    assert {"1", "1.2", "3.1", "4.2", "a)", "ii)", "aa)", "ab)", "ac)", "29", "Table 2:", ""} <= set(signs)
