"""A small meeting's table to vary in the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from accord.domain.text.markdown import parse_document
from accord.domain.text.numbering import number
from accord.domain.text.redline import Op, Row, Side, compare
from accord.render.compilation.model import Input, Line
from accord.render.meeting.distance import distance
from accord.render.meeting.model import Alternative, Counted, Leaf, Objected, Table
from accord.render.meeting.reading import heard, readings

WORDS = {"agreed": "agreed by the Example Group", "blocked": "not yet agreed"}
OLD = "# Why\n\nLamps burn oil all night.\n"


def rows(new: str, old: str = OLD) -> list[Row]:
    """What changes between two texts."""
    texts = (number([parse_document("report/01.md", text)]) for text in (old, new))
    return list(compare(*texts).changes)


def given(number_: int, title: str = "Lamps", **changes: Any) -> Input:
    """A contribution in words."""
    usual = Input(
        number=number_, title=title, source="Arcadia (invented)", cosigners=(), category="Member State",
        input_class="proposal", kind="Comment", received="Received.", version=1,
        reasons="It is dark.", observations=(), disposition="open", reason="",
    )  # fmt: skip
    return replace(usual, **changes)


def alternative(letter: str, it: Input, new: str, **changes: Any) -> Alternative:
    """An alternative to the one paragraph of the text."""
    found = rows(new)
    usual = Alternative(
        letter=letter, input=it, symbol="MOD", far=distance(found).said,
        lines=tuple(Line(row=row) for row in found), needs="A chair puts it in a meeting.",
    )  # fmt: skip
    return replace(usual, **changes)


def paragraph() -> Row:
    """The paragraph as it reads."""
    clause = number([parse_document("report/01.md", OLD)])[0].clauses[1]
    return Row(op=Op.SAME, side=Side.BOTH, old=clause, new=clause)


def table(title: str = "Lamps", words: str = "It is dark.", **changes: Any) -> Table:
    """A meeting with a clause that has two alternatives, one of them objected to, and a comment."""
    first = alternative("A", given(4, title, reasons=words), OLD.replace("oil all night", "little"))
    objected = Objected(short=f"4-o1, experts nominated by Lyrania: “{words}”", full=f"4-o1 in full: {words}")
    second = replace(
        alternative("B", given(7, title), OLD.replace("night", "day"), reservations=(words,)),
        objections=(objected,), opposed=("Lyrania (invented)",),
    )  # fmt: skip
    leaf = Leaf(
        id="clause-c-1", section="Section 1: Why", label="1", element="paragraph", current=(paragraph(),),
        alternatives=(first, second), together=("A and B are alternatives.",),
        readings=tuple(readings((first, second), WORDS, {4: True, 7: True}, several=True)),
    )  # fmt: skip
    said = Leaf(
        id="whole-draft", section="General", label="The draft as a whole",
        said=(given(5, title, reasons=words),), readings=(heard("what was said"),),
    )  # fmt: skip
    opinion = Leaf(
        id="opinion-lamps", section="Draft Opinion: Lamps", label="Draft Opinion 1 as it reads",
        state="As it reads: open.", current=(paragraph(), paragraph()),
    )  # fmt: skip
    usual = Table(
        meeting="ieg-2", title="Second meeting", days="11-12 February 2025", forum="Example Forum",
        notice="Unofficial working aid.", page="https://example.org", rehearsal=True, as_of="10 February 2025",
        moment=datetime(2025, 2, 10, tzinfo=UTC), draft="Second Draft (draft-2)",
        windows=(
            Counted(
                window="W2", draft="draft-2", numbers=(4, 5, 6, 7), closes="the end of Friday", still_open=False
            ),
        ),
        carried=(), leaves=(said, leaf, opinion), off=(given(6, title, disposition="withdrawn", reason=words),),
    )  # fmt: skip
    return replace(usual, **changes)
