"""Lines of the format of traces: what is read, what is left out, and what is said about it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from accord.domain.replay.trace import Histories, read_traces, to_json
from tests.domain.replay.histories import GONE, HEAD, NO, OK, day, line, said, trace


def read(*lines: Any) -> Histories:
    """Lines as one file; a text is a line as it stands."""
    return read_traces(
        "".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in lines), "made-up.jsonl"
    )


BAD: list[tuple[str, Any, str]] = [
    ("no JSON", "{", "it is no JSON"),
    ("deep", "[" * 100_000, "it is no JSON"),
    ("a list", [], "it is no JSON object"),
    ("nothing in it", {}, "`pr` is missing"),
    ("no number", line(pr="7"), "`pr` is no number of a pull request"),
    ("a number that is none", line(pr=True), "`pr` is no number of a pull request"),
    ("the number nought", line(pr=0), "`pr` is no number of a pull request"),
    ("no beginning", line(created=None), "`created` is missing"),
    ("no instant", line(created="soon"), "`created` is no instant such as"),
    ("no zone", line(merged="2021-03-03T23:33:24"), "`merged` is no instant such as"),
    ("a number as an instant", line(closed=5), "`closed` is no instant such as"),
    ("backwards", line(merged="2021-02-01T00:00:00Z"), "it ended before it began"),
    ("no reviews", line(ev=None), "`ev` is missing"),
    ("reviews that are none", line(ev={}), "`ev` is no list"),
    ("a review that is none", line(["x"]), "ev[0] is no list of five or six"),
    ("a review without its moment", line([None, "p02", "MEMBER", OK, HEAD]), "`ev[0].at` is missing"),
    ("a review without its state", line(["x", "p02", "MEMBER", None, HEAD]), "`ev[0].state` is missing"),
    ("an unknown state", line(said(2, "p02", "SHRUGGED")), "the state SHRUGGED of a review is none of"),
    ("a name that hides", line(author="p01\u001b[2J"), "`author` is no short text"),
    ("half a character", line(author="p\ud800"), "`author` is no short text"),
    ("a name without end", line(author="p" * 5000), "`author` is no short text"),
]


@pytest.mark.parametrize(("name", "bad", "says"), BAD, ids=[row[0] for row in BAD])
def test_a_history_that_cannot_be_read_is_named_and_the_others_are_read(
    name: str, bad: Any, says: str
) -> None:
    """Its line and the field at fault; it is counted as left out."""
    found = read(line(pr=1), bad, line(pr=3))
    assert [one.number for one in found.traces] == [1, 3]
    (finding,) = found.findings
    assert says in finding.message
    assert str(finding.place) == "made-up.jsonl:2"
    assert found.left_out["malformed"] == 1


def test_every_fault_of_a_history_is_told_at_once() -> None:
    """Not only the first."""
    found = read(line(ev=[["soon", 5, "MEMBER", OK, HEAD]], pr=None, created="now"))
    (finding,) = found.findings
    for field in ("`pr`", "`created`", "`ev[0].at`", "`ev[0].who`"):
        assert field in finding.message


def test_what_says_nothing_is_left_out_and_counted() -> None:
    """Comments, reviews never handed in, and those of its author; other fields are ignored."""
    comment, pending = said(2, "p02", "COMMENTED"), said(2, "p02", "PENDING")
    found = read(line(comment, comment, pending, said(3, "p01", OK), said(4, "p03", OK), labels=["x"]))
    assert [one.who for one in found.traces[0].reviews] == ["p03"]
    assert found.left_out == {"comments-only": 2, "never-submitted": 1, "by-its-author": 1, "repeated": 0}
    assert not found.findings


def test_a_history_that_stands_twice_counts_once() -> None:
    """Word for word, though its reviews are in another order."""
    one, two = said(2, "p02", OK), said(3, "p03", NO)
    found = read(line(one, two), line(two, one))
    assert (len(found.traces), found.left_out["repeated"]) == (1, 1)
    assert not found.findings


def test_a_history_that_stands_twice_and_differently_counts_nowhere() -> None:
    """Nobody can say which is true."""
    found = read(line(pr=1), line(said(2, "p02", NO)), line(said(2, "p02", OK)))
    assert [one.number for one in found.traces] == [1]
    (finding,) = found.findings
    assert finding.message == "#7 stands here 2 times, and differently. All of them are left out."
    assert (str(finding.place), finding.fix) == (
        "made-up.jsonl:3",
        "Keep the true one; the first is at made-up.jsonl:2.",
    )
    assert found.left_out["contradictory"] == 2


def test_several_archives_may_stand_in_one_file() -> None:
    """Their numbers may be the same."""
    found = read({"source": "one"}, line(), {"source": "two"}, line(said(2, "p02", OK)))
    assert (found.source, len(found.traces)) == ("one; two", 2)
    assert not found.findings


def test_separators_inside_a_text_end_no_line() -> None:
    """JSON may hold them as they are; Windows ends its lines with two characters."""
    value = line(note="one\u2028two\u0085three")
    found = read_traces(json.dumps(value, ensure_ascii=False) + "\r\n\r\n", "made-up.jsonl")
    assert (len(found.traces), found.findings) == (1, ())


def test_an_instant_may_be_written_in_another_way() -> None:
    """With a fraction or another zone."""
    (one,) = read(line(created="2021-03-01T14:00:00.000+02:00")).traces
    assert to_json(one)["created"] == day(1)


def test_what_is_written_is_what_was_read() -> None:
    """The format there and back."""
    one = trace(
        said(2, "p02", OK, None), said(3, "ghost", GONE, HEAD, 4), author=None, head=None, merged=None, closed=None
    )  # fmt: skip
    assert read(to_json(one)).traces == (one,)
    assert to_json(one)["ev"][0] == [day(2), "p02", "MEMBER", OK, None]
    assert to_json(one)["ev"][1] == [day(3), "ghost", "MEMBER", GONE, HEAD, day(4)]
