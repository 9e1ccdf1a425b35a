"""Recorded histories at their edges: one instant, one moment too late, accounts that are gone, other spellings."""

from __future__ import annotations

import json
from typing import Any

import pytest

from accord.domain.replay.archive import is_archive, read_archive
from accord.domain.replay.engine import Reading, replay
from accord.domain.replay.trace import Trace, read_traces, to_json
from tests.domain.replay.histories import GONE, HEAD, NO, NO_CALL, OK, OLD, day, line, said, trace

NAMED, REPLACED = Reading.NAMED, Reading.REPLACED


@pytest.mark.parametrize(
    ("history", "end"),
    [
        (trace(), day(9)),
        (trace(merged=day(8)), day(8)),
        (trace(said(10, "p02", OK), merged=None), day(9)),
        (trace(said(3, "p02", OK, HEAD, 5), merged=None, closed=None), day(5)),
        (trace(said(3, "p02", OK), said(4, "p03", OK), merged=None, closed=None), day(4)),
        (trace(merged=None, closed=None), day(1)),
    ],
)
def test_when_a_history_ends(history: Trace, end: str) -> None:
    """At its merge, else its closing, else the last word in it."""
    assert replay(history, NO_CALL, NAMED).end.isoformat().replace("+00:00", "Z") == end


def test_what_is_too_late_and_what_may_be() -> None:
    """At the end itself is in time."""
    reviews = (
        said(9, "p02", OK), said(9.1, "p03", OK), said(8, "p04", OK, HEAD, 9), said(8, "p05", OK, HEAD, 9.1),
    )  # fmt: skip
    found = replay(trace(*reviews), NO_CALL, NAMED)
    assert [one.who for one in found.late] == ["p03"]
    assert [one.who for one in found.astride] == ["p05"]
    assert sorted(one.who for one in found.given) == ["p02", "p04", "p05"]


@pytest.mark.parametrize(
    ("reviews", "standing"),
    [
        pytest.param(
            [said(3, "p02", NO), said(3, "p02", OK, HEAD, 4)], [("p02", NO, HEAD)], id="the cautious one"
        ),
        pytest.param(
            [said(3, "p02", OK, OLD), said(3, "p02", OK)], [("p02", OK, OLD)], id="the one on an old page"
        ),
        pytest.param([said(3, "p02", OK), said(4, "p02", GONE)], [("p02", GONE, HEAD)], id="the later one"),
        pytest.param(
            [said(3, "p03", OK), said(4, "p02", OK)], [("p02", OK, HEAD), ("p03", OK, HEAD)], id="by person"
        ),
        pytest.param(
            [said(3, "ghost", NO), said(4, "ghost", OK), said(5, "p02", OK)],
            [("ghost", NO, HEAD), ("p02", OK, HEAD)],
            id="of accounts that are gone the cautious one, whenever",
        ),
        pytest.param(
            [said(3, "ghost", OK), said(4, "ghost", NO)], [("ghost", NO, HEAD)], id="or when it comes last"
        ),
        pytest.param(
            [said(3, "ghost", OK, OLD), said(4, "ghost", OK)], [("ghost", OK, HEAD)], id="of equals the later"
        ),
        pytest.param(
            [said(3, "p02", NO), said(4, "p02", OK)], [("p02", OK, HEAD)], id="not so of one who is here"
        ),
    ],
)
def test_what_stands_of_each_person(reviews: list[Any], standing: list[tuple[str, str, str]]) -> None:
    """C3. The last word, at one instant the most cautious."""
    found = replay(trace(*reviews), NO_CALL, NAMED)
    assert [(one.who, one.state, one.commit) for one in found.standing] == standing


@pytest.mark.parametrize(
    ("reviews", "reading", "missing"),
    [
        ([said(3, "p02", GONE)], REPLACED, [("C10", "dismissed", "p02")]),
        ([said(3, "p02", GONE), said(4, "p02", OK)], NAMED, [("C10", "dismissed", "p02")]),
        ([said(3, "p02", GONE), said(4, "p02", OK)], REPLACED, []),
        ([said(3, "p02", GONE), said(4, "p03", OK)], REPLACED, [("C10", "dismissed", "p02")]),
        ([said(3, "p02", OK), said(4, "p02", GONE)], REPLACED, [("C10", "dismissed", "p02")]),
        ([said(3, "ghost", GONE), said(4, "ghost", OK)], REPLACED, [("C10", "dismissed", "ghost")]),
        (
            [said(3, "p02", GONE), said(4, "p02", GONE)],
            REPLACED,
            [("C10", "dismissed", "p02"), ("C10", "dismissed", "p02")],
        ),
    ],
)
def test_what_a_dismissed_review_leaves_open(
    reviews: list[Any], reading: Reading, missing: list[tuple[str, str, str]]
) -> None:
    """C10. Unless its owner approved later, and the later word takes the place of the earlier one."""
    found = replay(trace(*reviews), NO_CALL, reading)
    assert [(one.rule, one.what, one.who) for one in found.missing] == missing


def test_an_unknown_end_is_said_by_its_rule() -> None:
    """C10. It is the archive that does not say."""
    (only,) = replay(trace(head=None), NO_CALL, NAMED).missing
    assert (only.rule, only.what, only.who) == ("C10", "head-unknown", "the archive")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("{\n", True), ("  {  \n", True), ("\n\n{\n", True), ('{"magic": 1}', True), ('{"pulls": []}\nx', True),
        ('{"pr": 1}', False), ('["pulls"]', False), ('x "pulls"', False), ("", False), ('{}\n{"pulls": []}', False),
        ('{"a":"' + "x" * 5000 + '","pulls":[]}', False),
    ],
)  # fmt: skip
def test_what_looks_like_an_archive(text: str, answer: bool) -> None:
    """By its first line and the beginning of the file alone."""
    assert is_archive(text) is answer


@pytest.mark.parametrize(
    ("text", "line", "column", "why"),
    [
        ("", 1, 1, "the file ends"),
        ("[]", 1, 1, "there is no {"),
        ("{", 1, 2, "Expecting value"),
        ('{"pulls": [1 2]}', 1, 14, "there is no ,"),
        ('{"pulls": [1],\n "x" 1}', 2, 6, "there is no :"),
        ('{"pulls": [\n1,\n', 3, 1, "Expecting value"),
        ('{"a": "b', 1, 7, "Unterminated string"),
        ("{} x", 1, 4, "it goes on after its end"),
    ],
)
def test_where_an_archive_breaks_off(text: str, line: int, column: int, why: str) -> None:
    """The line and column, and in words what is wrong there."""
    broken = next(one for one in read_archive(text, "a.json").findings if one.rule == "archive-broken")
    assert broken.place is not None
    assert (broken.place.line, broken.place.column) == (line, column)
    assert f"stops being JSON: {why};" in broken.message


PULL = {"number": 4, "createdAt": day(1), "state": "OPEN", "reviews": []}


@pytest.mark.parametrize(
    ("archive", "rule", "severity"),
    [
        ({}, "archive-pulls", "error"),
        ({"pulls": None}, "archive-pulls", "error"),
        ({"issues": []}, "archive-pulls", "warning"),
        ({"pulls": None, "issues": []}, "archive-pulls", "error"),
        ({"pulls": [7]}, "trace-malformed", "error"),
        ({"pulls": [{**PULL, "mergedAt": day(2)}]}, "trace-malformed", "error"),
        (
            {"pulls": [{**PULL, "state": "CLOSED", "closedAt": day(3), "mergedAt": day(2)}]},
            "trace-malformed",
            "error",
        ),
        ({"pulls": [{**PULL, "state": "CLOSED"}]}, "trace-malformed", "error"),
        ({"pulls": [{**PULL, "reviews": {"nodes": [], "totalCount": 1}}]}, "trace-malformed", "error"),
        (
            {"pulls": [{**PULL, "reviews": {"nodes": [], "pageInfo": {"hasNextPage": True}}}]},
            "trace-malformed",
            "error",
        ),
    ],
)
def test_what_is_wrong_with_an_archive(archive: dict[str, Any], rule: str, severity: str) -> None:
    """One finding, which says how much it weighs."""
    found = read_archive(json.dumps(archive), "a.json")
    assert [(one.rule, one.severity.value) for one in found.findings] == [(rule, severity)]
    assert [one.place and one.place.file for one in found.findings] == ["a.json"]
    assert found.traces == ()


@pytest.mark.parametrize("reviews", [[], {"nodes": []}, {"nodes": [], "pageInfo": {"hasNextPage": False}}])
def test_a_whole_list_of_reviews(reviews: Any) -> None:
    """In either form."""
    found = read_archive(json.dumps({"pulls": [{**PULL, "reviews": reviews}]}), "a.json")
    assert [one.number for one in found.traces] == [4]
    assert not found.findings


@pytest.mark.parametrize(("issues", "count"), [([], 0), ([1, 2], 2), ("x", 0), (None, 0)])
def test_issues_are_counted_and_left_out(issues: Any, count: int) -> None:
    """Whatever stands there."""
    assert read_archive(json.dumps({"pulls": [PULL], "issues": issues}), "a.json").left_out["issues"] == count


@pytest.mark.parametrize(
    ("values", "source"),
    [
        ({}, "an archive (archive made by i-d-template)"),
        ({"repo": "a/b"}, "a/b (archive made by i-d-template)"),
        (
            {"repo": "a/b", "timestamp": "2021-03-04T05:06:07"},
            "a/b (archive made by i-d-template, 2021-03-04)",
        ),
        ({"repo": 7}, "an archive (archive made by i-d-template)"),
    ],
)
def test_how_an_archive_is_named(values: dict[str, Any], source: str) -> None:
    """By its repository and its day."""
    assert read_archive(json.dumps({**values, "pulls": [PULL]}), "a.json").source == source


def test_nobody_is_named_and_nobody_stays_nobody() -> None:
    """People are numbered as they come; who is gone, and an empty place, are not people."""
    pull = {
        **PULL,
        "author": {"login": "ana"},
        "state": "CLOSED",
        "closedAt": day(3),
        "reviews": [
            {"author": None, "state": OK, "createdAt": day(2), "updatedAt": day(2)},
            {"author": {"login": "ben"}, "state": OK, "createdAt": day(2), "updatedAt": day(2)},
        ],
    }
    (hidden,) = read_archive(json.dumps({"pulls": [pull]}), "a.json").traces
    assert (hidden.author, hidden.merged_by, [one.who for one in hidden.reviews]) == (
        "p01",
        "",
        ["p02", "ghost"],
    )
    (named,) = read_archive(json.dumps({"pulls": [pull]}), "a.json", names=True).traces
    assert (named.author, [one.who for one in named.reviews]) == ("ana", ["ben", "ghost"])


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"pr": None}, "`pr` is missing"),
        ({"pr": 0}, "`pr` is no number"),
        ({"pr": True}, "`pr` is no number"),
        ({"pr": "7"}, "`pr` is no number"),
        ({"author": ""}, "`author` is no short text"),
        ({"author": "a\nb"}, "`author` is no short text"),
        ({"author": 7}, "`author` is no short text"),
        ({"created": None}, "`created` is missing"),
        ({"created": "2021-03-01"}, "`created` is no instant"),
        ({"closed": "2021-02-01T00:00:00Z"}, "it ended before it began"),
        ({"merged": "2021-02-01T00:00:00Z"}, "it ended before it began"),
        ({"ev": None}, "`ev` is missing"),
        ({"ev": {}}, "`ev` is no list"),
        ({"ev": ["abcde"]}, "ev[0] is no list of five or six"),
        ({"ev": [[1, 2, 3, 4]]}, "ev[0] is no list of five or six"),
        ({"ev": [[1, 2, 3, 4, 5, 6, 7]]}, "ev[0] is no list of five or six"),
        ({"ev": [[day(2), "p02", "MEMBER", "LIKED", HEAD]]}, "the state LIKED of a review is none of"),
        ({"ev": [["x", "p02", "MEMBER", OK, HEAD]]}, "`ev[0].at` is no instant"),
        ({"ev": [[day(2), "p02", "MEMBER", OK, HEAD, "x"]]}, "`ev[0].latest` is no instant"),
        ({"ev": [[day(2), "p02", "MEMBER", None, HEAD]]}, "`ev[0].state` is missing"),
    ],
)
def test_why_a_history_cannot_be_read(changes: dict[str, Any], says: str) -> None:
    """The place in it and what is expected; it is counted and its neighbours are read."""
    text = json.dumps(line(**changes)) + "\n\n" + json.dumps(line(pr=8))
    found = read_traces(text, "a.jsonl")
    (finding,) = found.findings
    assert finding.message.startswith(says)
    assert (finding.rule, finding.place and finding.place.line) == ("trace-malformed", 1)
    assert [one.number for one in found.traces] == [8]
    assert found.left_out["malformed"] == 1


def test_a_history_may_end_when_it_begins() -> None:
    """At one instant."""
    (one,) = read_traces(json.dumps(line(closed=day(1), merged=day(1))), "a.jsonl").traces
    assert one.created == one.closed == one.merged


def test_a_history_with_a_source_of_its_own_is_a_history() -> None:
    """Only a line without a number names the source of those after it."""
    found = read_traces(
        "\n".join(json.dumps(one) for one in [{"source": "s"}, line(source="x"), line(pr=8)]), "a"
    )
    assert (found.source, [one.number for one in found.traces]) == ("s", [7, 8])


def test_what_nobody_said_is_written_as_nothing() -> None:
    """And read back as the same."""
    history = trace(said(2, "p02", OK, None), closed=None, merged=None, merged_by=None, head=None)
    written = to_json(history)
    assert (written["closed"], written["merged"], written["merged_by"], written["head"]) == (
        None,
        None,
        None,
        None,
    )
    assert written["ev"] == [[day(2), "p02", "MEMBER", OK, None]]
    assert read_traces(json.dumps(written), "a").traces == (history,)
    later = trace(said(2, "p02", OK, OLD, 3))
    assert to_json(later)["ev"] == [[day(2), "p02", "MEMBER", OK, OLD, day(3)]]


COMMENT = said(2, "p02", "COMMENTED")


@pytest.mark.parametrize(
    ("changes", "counted"), [({}, {"comments-only": 1}), ({"created": "x"}, {"malformed": 1})]
)
def test_what_says_nothing_counts_only_in_a_history_that_is_read(
    changes: dict[str, Any], counted: dict[str, int]
) -> None:
    """In both forms; what is left out as a whole is counted once, as such."""
    found = read_traces(json.dumps(line(COMMENT, **changes)), "a.jsonl")
    assert {name: number for name, number in found.left_out.items() if number} == counted
    review = {"author": {"login": "ben"}, "state": "COMMENTED", "createdAt": day(2), "updatedAt": day(2)}
    pull = {**PULL, "reviews": [review], **({"createdAt": "x"} if changes else {})}
    archive = read_archive(json.dumps({"pulls": [pull]}), "a.json")
    assert {name: number for name, number in archive.left_out.items() if number} == counted


def test_every_fault_of_a_list_is_told() -> None:
    """One that is no event hides none of the others."""
    (finding,) = read_traces(json.dumps(line(["x"], said(2, "p02", "LIKED"))), "a.jsonl").findings
    assert "ev[0] is no list of five or six" in finding.message
    assert "the state LIKED" in finding.message


@pytest.mark.parametrize(("length", "fine"), [(1, True), (200, True), (201, False)])
def test_how_long_a_name_may_be(length: int, fine: bool) -> None:
    """Long enough for any account."""
    found = read_traces(json.dumps(line(author="a" * length)), "a.jsonl")
    assert bool(found.traces) is fine


def test_an_author_says_nothing_about_what_is_its_own() -> None:
    """C3. In an archive as in a trace; a list that stands twice is read twice, and nothing is a name of nobody."""
    own = {"author": {"login": "ana"}, "state": OK, "createdAt": day(2), "updatedAt": day(2)}
    pull = {**PULL, "author": {"login": "ana"}, "reviews": [own]}
    found = read_archive(json.dumps({"pulls": [pull]}), "a.json")
    assert (found.traces[0].reviews, found.left_out["by-its-author"]) == ((), 1)
    both = f'{{"pulls": [{json.dumps(PULL)}], "pulls": [{json.dumps({**PULL, "number": 5})}]}}'
    assert [one.number for one in read_archive(both, "a.json").traces] == [4, 5]
    assert read_traces(json.dumps({"source": None}), "a.jsonl").source == ""
