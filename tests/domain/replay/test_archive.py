"""Archives made by i-d-template: every shape in which they come, and everything that can be wrong with one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from accord.domain.findings import Severity
from accord.domain.replay.archive import is_archive, read_archive
from accord.domain.replay.trace import Histories, to_json
from tests.domain.replay.histories import GONE, HEAD, NO, OK, OLD, archive, day, older, pull, review


def read(value: Any, *, names: bool = False) -> Histories:
    """An archive as that program writes it."""
    return read_archive(json.dumps(value, indent=2), "archive.json", names=names)


def evs(found: Histories) -> list[list[Any]]:
    """The reviews of the first history, as they would be written."""
    events = to_json(found.traces[0])["ev"]
    assert isinstance(events, list)
    return events


def test_a_newer_archive() -> None:
    """People become p01, p02 ..., only who, when, state and commit are kept, and the rest is counted."""
    value = archive(
        pull(4, review(2, "ned", OK, OLD), review(3, "nell", NO, None), review(4, "ned", "COMMENTED")),
        pull(9, review(2, "nell", OK), author="ned", mergedBy="nemo"),
    )
    found = read(value)
    assert [to_json(one) for one in found.traces] == [
        {
            "pr": 4, "author": "p01", "created": day(1), "closed": day(9), "merged": day(9), "merged_by": "p01",
            "head": HEAD,
            "ev": [[day(2), "p02", "MEMBER", OK, OLD], [day(3), "p03", "MEMBER", NO, None]],
        },
        {
            "pr": 9, "author": "p02", "created": day(1), "closed": day(9), "merged": day(9), "merged_by": "p01",
            "head": HEAD, "ev": [[day(2), "p03", "MEMBER", OK, HEAD]],
        },
    ]  # fmt: skip
    assert found.source == "example/draft (archive made by i-d-template, 2022-08-24)"
    assert found.left_out == {"comments-only": 1, "issues": 1, "repeated": 0}
    assert not found.findings


def test_names_are_kept_only_when_asked_for() -> None:
    """And prose never is."""
    value = archive(pull(4, review(2, "ned", OK)))
    assert read(value, names=True).traces[0].reviews[0].who == "ned"
    for told in (read(value), read(value, names=True)):
        written = json.dumps([to_json(one) for one in told.traces])
        assert "kept" not in written
        assert "+1" not in written


def test_an_older_archive_is_the_same_without_the_last_commit() -> None:
    """People as objects, lists as nodes."""
    one = pull(4, review(2, "ned", OK, OLD), review(3, None, NO))
    newer, old = read(archive(one)), read(archive(older(one), magic="B8n2c@e8kvfx"))
    assert to_json(old.traces[0]) == {**to_json(newer.traces[0]), "head": None}
    assert not old.findings


def test_an_older_archive_to_which_a_newer_program_has_added() -> None:
    """One file, two shapes, and the last commit known for both."""
    one, two = pull(4, review(2, "ned", OK, OLD)), pull(5, review(2, "nell", OK))
    upgraded = {**older(one), "headRefOid": one["headRefOid"]}
    assert read(archive(upgraded, two)).traces == read(archive(one, two)).traces


TIMES = [
    ("touched when it was begun", {}, [day(2), "p02", "MEMBER", OK, HEAD]),
    ("touched later", {"updatedAt": day(3)}, [day(2), "p02", "MEMBER", OK, HEAD, day(3)]),
    ("touched before it was begun", {"updatedAt": day(1)}, [day(2), "p02", "MEMBER", OK, HEAD]),
    ("never said when touched", {"updatedAt": None}, [day(2), "p02", "MEMBER", OK, HEAD]),
    ("handed in", {"updatedAt": day(9), "submittedAt": day(4)}, [day(4), "p02", "MEMBER", OK, HEAD]),
    ("an account that is gone", {"author": None}, [day(2), "ghost", "MEMBER", OK, HEAD]),
    ("no association", {"authorAssociation": None}, [day(2), "p02", "NONE", OK, HEAD]),
    ("a whole commit", {"commit": {"oid": HEAD * 5}}, [day(2), "p02", "MEMBER", OK, HEAD]),
    ("a longer short commit", {"commit": {"abbreviatedOid": HEAD + "12"}}, [day(2), "p02", "MEMBER", OK, HEAD]),
    ("no commit", {"commit": None}, [day(2), "p02", "MEMBER", OK, None]),
    ("no commit at all", {"commit": {"abbreviatedOid": None}}, [day(2), "p02", "MEMBER", OK, None]),
    ("dismissed", {"state": GONE}, [day(2), "p02", "MEMBER", GONE, HEAD]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "changes", "event"), TIMES, ids=[row[0] for row in TIMES])
def test_what_a_review_becomes(name: str, changes: dict[str, Any], event: list[Any]) -> None:
    """One row a variant."""
    found = read(archive(pull(4, {**review(2, "ned", OK), **changes})))
    assert evs(found) == [event]
    assert not found.findings


def without(value: dict[str, Any], *keys: str) -> dict[str, Any]:
    """The same without some fields."""
    return {key: one for key, one in value.items() if key not in keys}


FINE: list[tuple[str, Any]] = [
    ("open", pull(2, state="OPEN", closedAt=None, mergedAt=None, mergedBy=None)),
    ("closed", pull(2, state="CLOSED", mergedAt=None, mergedBy=None)),
    ("its author is gone", pull(2, author=None)),
    ("its branch is gone", pull(2, headRepository=None)),
    ("no state", without(pull(2), "state")),
    ("unknown fields", pull(2, isDraft=False, timeline={"nodes": [1]})),
    ("a list of reviews as nodes alone", pull(2, reviews={"nodes": []})),
]


@pytest.mark.parametrize(("name", "value"), FINE, ids=[row[0] for row in FINE])
def test_a_pull_request_in_another_state(name: str, value: Any) -> None:
    """It is a history like any other."""
    found = read(archive(value))
    assert len(found.traces) == 1
    assert not found.findings


BAD: list[tuple[str, Any, str]] = [
    ("nothing", None, "it is no JSON object"),
    ("no number", without(pull(2), "number"), "`number` is missing"),
    ("no beginning", pull(2, createdAt=None), "`createdAt` is missing"),
    ("a moment that is none", pull(2, mergedAt="yesterday"), "`mergedAt` is no instant such as"),
    ("merged, and never", pull(2, mergedAt=None), "`state` is MERGED, and `mergedAt` is missing"),
    ("closed, and never", pull(2, state="CLOSED", mergedAt=None, closedAt=None), "and `closedAt` is missing"),
    ("open, and merged", pull(2, state="OPEN"), "`state` is OPEN, and `mergedAt` says that it was merged"),
    ("no reviews", without(pull(2), "reviews"), "`reviews` is missing"),
    ("reviews that are none", pull(2, reviews="none"), "`reviews` is no list"),
    ("nodes that are none", pull(2, reviews={"nodes": 3}), "`reviews.nodes` is no list"),
    ("a review that is none", pull(2, 5), "it is no JSON object"),  # type: ignore[arg-type]
    ("a review without a moment", pull(2, review(2, "ned", OK, createdAt=None)), "`reviews[0].createdAt` is missing"),
    ("a review without a state", pull(2, without(review(2, "ned", OK), "state")), "`reviews[0].state` is missing"),
    ("a review of a new kind", pull(2, review(2, "ned", "NODDED")), "the state NODDED of a review is none of"),
    ("a person that is none", pull(2, review(2, "ned", OK, author=["ned"])), "`reviews[0].author` is no short text"),
    ("a commit that is none", pull(2, {**review(2, "ned", OK), "commit": 5}), "`reviews[0].commit` is no short text"),
    ("not all reviews", pull(2, reviews={"nodes": [], "totalCount": 3}), "only 0 of its 3 reviews are here"),
    ("a first page", pull(2, reviews={"nodes": [], "pageInfo": {"hasNextPage": True}}), "of its 0 reviews are here"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "says"), BAD, ids=[row[0] for row in BAD])
def test_a_pull_request_that_cannot_be_read_is_named_and_the_others_are_read(
    name: str, value: Any, says: str
) -> None:
    """The line on which it begins, its place in the list, the field at fault; it is counted as left out."""
    whole = archive(pull(1), value, pull(3))
    found = read(whole)
    assert [one.number for one in found.traces] == [1, 3]
    (finding,) = found.findings
    assert says in finding.message
    assert finding.place is not None
    assert finding.place.path == "pulls[1]"
    assert finding.place.line == _line_of(whole, index=1)
    assert found.left_out["malformed"] == 1


def _line_of(value: dict[str, Any], index: int) -> int:
    before = json.dumps({**value, "pulls": value["pulls"][:index]}, indent=2)
    # What closes the list and the object makes two lines, and the next item begins where the first of them stood.
    return len(before.splitlines()) - 1


def _cut_in(text: str, mark: str) -> str:
    return text[: text.rindex(mark) + 3]


BROKEN: list[tuple[str, Callable[[str], str], list[int], str]] = [
    ("in the last pull request", lambda text: _cut_in(text, "mergedBy"), [1, 2], "Unterminated string"),
    ("between two of them", lambda text: text[: text.rindex("{\n      \"number\"")], [1, 2], "Expecting value"),
    ("in the issues", lambda text: _cut_in(text, "an issue"), [], "Unterminated string"),
    ("after the last", lambda text: text[:-2].rstrip("\n ]"), [1, 2, 3], "the file ends"),
    ("at its very end", lambda text: text.rstrip("\n}"), [1, 2, 3], "the file ends"),
    ("in a list that is none", lambda text: text.replace('"pulls": [', '"pulls": [}'), [], "Expecting value"),
    ("with something after it", lambda text: text + "{}", [1, 2, 3], "it goes on after its end"),
    ("with a number without end", lambda text: text.replace('"number": 3', '"number": ' + "3" * 5000), [1, 2], "limit"),
    ("with a list without end", lambda text: text.replace('"number": 3', '"x": ' + "[" * 100_000), [1, 2], "recursion"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "breaks", "numbers", "says"), BROKEN, ids=[row[0] for row in BROKEN])
def test_an_archive_that_breaks_off(
    name: str, breaks: Callable[[str], str], numbers: list[int], says: str
) -> None:
    """Every pull request before the break is read, and the break is told with its place."""
    text = breaks(json.dumps(archive(pull(1), pull(2), pull(3)), indent=2))
    found = read_archive(text, "archive.json")
    assert [one.number for one in found.traces] == numbers
    (finding,) = found.findings
    assert says in finding.message
    assert f"{len(numbers) or 'no'} pull request" in finding.message
    assert finding.place is not None
    assert finding.place.line


ABOUT: list[tuple[str, Any, Severity | None]] = [
    ("no pull request yet", archive(), None),
    ("issues only", without(archive(), "pulls"), Severity.WARNING),
    ("no list of them", archive(pulls={"nodes": []}), Severity.ERROR),
    ("something else", {"name": "x"}, Severity.ERROR),
]


@pytest.mark.parametrize(("name", "value", "severity"), ABOUT, ids=[row[0] for row in ABOUT])
def test_an_archive_without_pull_requests(name: str, value: Any, severity: Severity | None) -> None:
    """Issues propose no text: that is no fault of the file."""
    found = read(value)
    assert found.traces == ()
    assert [one.severity for one in found.findings] == ([] if severity is None else [severity])


def test_marks_of_another_version_change_nothing() -> None:
    """No magic, another magic, no name and no date: what is there is read."""
    value = without(archive(pull(4), magic="something new"), "repo", "timestamp", "labels")
    found = read(value)
    assert (len(found.traces), found.source) == (1, "an archive (archive made by i-d-template)")
    assert not found.findings


def test_a_pull_request_that_stands_twice() -> None:
    """Once if it is the same; not at all if it is not."""
    same = read(archive(pull(4), pull(4)))
    assert (len(same.traces), same.left_out["repeated"], same.findings) == (1, 1, ())
    other = read(archive(pull(4), pull(5), pull(4, review(2, "ned", NO))))
    assert [one.number for one in other.traces] == [5]
    assert [one.rule for one in other.findings] == ["trace-repeated"]


LOOKS = [
    ("as it is written", json.dumps(archive(), indent=2), True),
    ("in one line", json.dumps(archive()), True),
    ("one history", '{"pr": 7, "ev": []}', False),
    ("a source and histories", '{"source": "archive.json, with pulls and magic"}\n{"pr": 7}', False),
    ("nothing", "", False),
]


@pytest.mark.parametrize(("name", "text", "answer"), LOOKS, ids=[row[0] for row in LOOKS])
def test_an_archive_is_recognised(name: str, text: str, answer: bool) -> None:
    """By its first line."""
    assert is_archive(text) is answer
