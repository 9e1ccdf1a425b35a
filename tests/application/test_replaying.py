"""The report of a replay: the worked example of the documentation, files that are damaged, what is converted."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from accord.application.replaying import converted, read_histories, replayed
from accord.domain.findings import Exit, Refused
from accord.domain.replay.counts import COUNTS
from accord.domain.replay.engine import Reading
from accord.render.histories import DEFINITIONS, LEFT_OUT
from tests.domain.agreement.story import ITU
from tests.domain.replay.histories import GONE, HEAD, NO, OK, SUPPORTED, archive, line, pull, review, said

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "traces.md"


def lines(*values: Any) -> bytes:
    """Histories as a file."""
    return "".join(json.dumps(value) + "\n" for value in values).encode()


def told(data: bytes, rules: Any = ITU, reading: Reading = Reading.NAMED) -> str:
    """The report as text."""
    return replayed(read_histories("f", data), rules, reading).text


def test_the_worked_example_of_the_documentation_is_true() -> None:
    """Word for word."""
    blocks = re.findall(r"```(?:json|text)\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    example, report = blocks[1], blocks[2]
    found = replayed(read_histories("example.jsonl", example.encode()), ITU, Reading.NAMED, behind=True)
    assert found.text + "\n" == report
    assert found.code is Exit.OK


def test_every_count_and_everything_left_out_has_words() -> None:
    """A number without a definition cannot be checked."""
    assert set(DEFINITIONS) == set(COUNTS)
    reasons = {
        "comments-only",
        "never-submitted",
        "by-its-author",
        "issues",
        "repeated",
        "contradictory",
        "malformed",
    }
    assert set(LEFT_OUT) == reasons


WORDS: list[tuple[str, Any, Any, str]] = [
    ("ready", line(said(2, "p02", OK)), SUPPORTED, "= #7     merged on 2021-03-09; nothing stood in the way"),
    (
        "objections of two",
        line(said(2, "p03", NO), said(2, "p02", NO)),
        SUPPORTED,
        (
            "≠ #7     merged on 2021-03-09; the rules would have waited: an objection by p02 and by p03 stood, "
            "too little support on the last text (0 of 1 needed)"
        ),
    ),
    (
        "dismissed",
        line(said(2, "p02", GONE), said(3, "p03", OK)),
        SUPPORTED,
        (
            "? #7     merged on 2021-03-09; whether the rules would have waited cannot be told: "
            "the archive does not say what a dismissed review by p02 had said"
        ),
    ),
    (
        "closed though ready",
        line(said(2, "p02", OK), merged=None),
        SUPPORTED,
        "≠ #7     closed without a merge on 2021-03-09; the rules would have found it ready, nothing stood in the way",
    ),
    (
        "open",
        line(merged=None, closed=None),
        SUPPORTED,
        "= #7     still open; not ready by the rules: too little support on the last text (0 of 1 needed)",
    ),
]


@pytest.mark.parametrize(("name", "value", "rules", "sentence"), WORDS, ids=[row[0] for row in WORDS])
def test_how_a_history_differs_is_said_in_words(name: str, value: Any, rules: Any, sentence: str) -> None:
    """What happened, what the rules would have answered, and why."""
    assert sentence in told(lines(value), rules).splitlines()


def test_data_for_programs_holds_definitions_and_what_is_behind_each_count() -> None:
    """So that another program can recount."""
    data = replayed(read_histories("f", lines(line(said(2, "p02", NO)))), SUPPORTED, Reading.NAMED).data
    assert data["counts"]["merges_with_an_objection_its_owner_never_withdrew"] == 1
    assert data["behind"]["merges_with_an_objection_its_owner_never_withdrew"] == [7]
    assert set(data["definitions"]) == set(data["counts"])
    (history,) = data["histories"]
    assert (history["outcome"], history["missing"]) == ("not ready", ["objection", "support"])
    json.dumps(data)


def test_a_byte_that_is_no_text_spoils_only_the_history_that_needs_it() -> None:
    """It is told with its line; prose is not needed."""
    damaged = lines(line(pr=1), line(pr=2, author="NAME"), line(pr=3, note="NAME")).replace(b"NAME", b"\xff")
    read = read_histories("f", damaged)
    assert [one.number for one in read.traces] == [1, 3]
    assert [(one.rule, str(one.place)) for one in read.findings] == [
        ("trace-encoding", "f:2"),
        ("trace-malformed", "f:2"),
    ]
    assert replayed(read, ITU, Reading.NAMED).code is Exit.FINDINGS


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_an_archive_in_another_encoding_of_json(encoding: str) -> None:
    """JSON says by its first bytes which it is."""
    text = json.dumps(archive(pull(4, body="Ünïcode")), indent=2, ensure_ascii=False)
    read = read_histories("f", text.encode(encoding))
    assert (len(read.traces), read.findings) == (1, ())


NONE = [
    ("nothing", b"", 1),
    ("blank lines", b"\n \n", 1),
    ("a page", b"<html>\n</html>\n" * 900, 4),
    ("an archive cut at its first line", b"{\n", 1),
]


@pytest.mark.parametrize(("name", "data", "findings"), NONE, ids=[row[0] for row in NONE])
def test_a_file_without_any_history_is_refused(name: str, data: bytes, findings: int) -> None:
    """Shortly: it is probably another file."""
    with pytest.raises(Refused) as refused:
        read_histories("f", data)
    assert len(refused.value.findings) == findings
    assert refused.value.exit_code is Exit.FINDINGS


def test_of_many_problems_the_first_are_told_and_the_rest_is_counted() -> None:
    """Beside what could be read."""
    read = read_histories("f", lines(line()) + b"{\n" * 200)
    assert (len(read.traces), len(read.findings)) == (1, 51)
    assert read.findings[-1].message == "And 150 more problems of this kind."
    assert "   200  histories that could not be read" in replayed(read, ITU, Reading.NAMED).text


def test_an_archive_converts_to_what_says_the_same() -> None:
    """The converted file is read as the archive was."""
    value = archive(pull(4, review(2, "ned", OK), review(3, None, NO, None)), pull(5, headRefOid=None))
    read = read_histories("archive.json", json.dumps(value, indent=2).encode())
    again = read_histories("positions.jsonl", converted(read).encode())
    assert (again.source, again.traces) == (read.source, read.traces)
    assert HEAD in converted(read)
    assert "ned" not in converted(read)
