"""The contract of the redline, read back from the PDF itself: without removals the new text, without additions the old.

Compared are blocks (headings, paragraphs, lists and their nesting, quotations, notes, tables with their cells, lines of
code), their words sign by sign, and emphasis, strong, struck, code, raw HTML, notes and links to the web.
Layout loses, and so is normalised: how many spaces stand in a row and at the ends of a line, a hard line break
(a space), and an empty info line of code. A sign that cannot be seen (control and direction signs, joiners without
letters) reads as its code, a picture as its alternative text.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.adapters.typst import Typst
from accord.domain.text.clauses import LITERAL, ROWS, Clause, Kind
from accord.domain.text.inline import tree
from accord.domain.text.markdown import parse_document
from accord.domain.text.nodes import Node
from accord.domain.text.redline import Redline, compare
from accord.render.authorship import Author, Authorship
from accord.render.pdf.redline import redline_typst
from tests.domain.text.drafts import pairs, rubble
from tests.render.pdf.reader import Block, Char, Pdf, blocks, plainly, sides

PAIRS = Path(__file__).parents[3].parent / "shared" / "data" / "redline"
MOMENT = datetime(2026, 4, 13, 12, tzinfo=UTC)
AUTHORS = Authorship(default=Author(name="Arcadia", at=MOMENT, contribution=12))
_UNSEEN = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
    "|(?<=[^\u0600-\u06ff])[\u200c\u200d]|[\u200c\u200d](?=[^\u0600-\u06ff])|\\A[\u200c\u200d]\\Z"
)
_WEB = re.compile(r"(?:https?://|mailto:)[!-~]+", re.IGNORECASE)


def made(redline: Redline) -> Pdf:
    return Pdf(Typst().pdf(redline_typst(redline, title="Redline", authorship=AUTHORS), MOMENT))


def assert_contract(old: str, new: str) -> None:
    before, after = (parse_document("opinions/x.md", plainly(text)) for text in (old, new))
    redline = compare([before], [after])
    pdf = made(redline)
    assert pdf.left_over() == {}
    found = blocks(pdf)
    levels = [int(one.what[1]) for one in found if one.what.startswith("H")]
    assert levels == wanted_levels(redline)
    for side, document in (("old", before), ("new", after)):
        read = [shape(one) for one in sides(found, side)]
        assert read == [wanted(clause) for clause in document.clauses]


def wanted_levels(redline: Redline) -> list[int]:
    levels, last = [], 1
    for row in redline.rows:
        if row.clause.kind is Kind.HEADING:
            last = min(row.clause.level + 1, last + 1, 6)
            levels.append(last)
    return levels


def shape(block: Block) -> tuple[str, tuple[str, ...], list[list[Char]]]:
    what = "H" if block.what.startswith("H") else block.what
    parts = [squeezed(part) for part in block.parts]
    return what, block.frames, started(parts) if what == "code" else parts


def wanted(clause: Clause) -> tuple[str, tuple[str, ...], list[list[Char]]]:
    match clause.kind:
        case Kind.HEADING:
            what = "H"
        case Kind.HEADER:
            what = "head"
        case Kind.ROW:
            what = "row"
        case kind if kind in LITERAL and kind is not Kind.RULE:
            what = "code"
        case _:
            what = "P"
    parts = [squeezed(part) for part in wanted_parts(clause)]
    return what, clause.frames, started(parts) if what == "code" else parts


def started(lines: list[list[Char]]) -> list[list[Char]]:
    """Code from its first line that is not empty: an info line without words is not printed."""
    first = next((index for index, line in enumerate(lines) if line), len(lines))
    return lines[first:]


def wanted_parts(clause: Clause) -> list[list[Char]]:
    if clause.kind in LITERAL:
        return [[(sign, frozenset()) for sign in shown(line)] for line in clause.text.split("\n")]
    nodes = tree(clause.kind, clause.text)
    if clause.kind not in ROWS:
        return [chars(nodes, frozenset())]
    parts: list[list[Char]] = []
    for node in nodes[:-1]:
        if node.tag == "cell":
            parts.append([])
        else:
            parts[-1] += chars((node,), frozenset())
    return parts


def chars(nodes: tuple[Node, ...], styles: frozenset[str]) -> list[Char]:
    found: list[Char] = []
    for node in nodes:
        match node.tag:
            case "text" | "image":
                found += [(sign, styles) for sign in shown(node.text)]
            case "br":
                found.append((" ", styles))
            case "code" | "html" | "note":
                found += [(sign, styles | {node.tag}) for sign in shown(node.text)]
            case "link" if not _WEB.fullmatch(node.target):
                found += chars(node.children, styles)
            case tag:
                style = f"link={node.target}" if tag == "link" else tag
                found += chars(node.children, styles | {style})
    return found


def shown(text: str) -> str:
    return _UNSEEN.sub(lambda match: f"U+{ord(match[0]):04X}", text)


def squeezed(part: list[Char]) -> list[Char]:
    """Without spaces at the ends, and one for each run of them."""
    found: list[Char] = []
    for sign, styles in part:
        if not sign.isspace():
            found.append((sign, styles))
        elif found and found[-1][0] != " ":
            found.append((" ", frozenset()))
    return found[:-1] if found and found[-1][0] == " " else found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pair=pairs())
def test_structured_drafts_read_back_exactly(pair: tuple[str, str]) -> None:
    assert_contract(*pair)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(first=rubble, second=rubble, cut=st.integers(0, 200))
def test_any_texts_read_back_exactly(first: str, second: str, cut: int) -> None:
    assert_contract(first, first[:cut] + second + first[cut + 5 :])


@pytest.mark.parametrize("name", ["eip1", "rfc3392"])
def test_real_pairs_read_back_exactly(name: str) -> None:
    if not PAIRS.is_dir():
        pytest.skip("the real texts are not beside this repository (../shared/data/redline)")
    old, new = ((PAIRS / f"{name}-{state}.md").read_text(encoding="utf-8") for state in ("old", "new"))
    assert_contract(old, new)
    assert_contract(new, old)


def test_a_long_table_with_a_link_in_its_head_is_made_and_read_back() -> None:
    head = "| [link](https://example.org/a) | b |\n|---|---|\n"
    rows = [f"| row {number} | words |\n" for number in range(120)]
    assert_contract(head + "".join(rows), head + "".join(rows).replace("row 60", "line 60"))
