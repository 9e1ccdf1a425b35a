"""One value has one spelling, and one name; and how a place is written."""

from __future__ import annotations

from typing import Any

import pytest

from accord.domain.canonical import canonical_json, fact_digest
from accord.domain.findings import Exit, Finding, Place, Refused, Severity, errors, refuse


@pytest.mark.parametrize(
    ("value", "spelling"),
    [
        ({"b": 1, "a": [True, None]}, '{"a":[true,null],"b":1}'),
        ({"é": "ü\u2028"}, '{"é":"ü\u2028"}'),
        ("a\nb", '"a\\nb"'),
        ([], "[]"),
        (1.5, "1.5"),
    ],
)
def test_the_one_spelling(value: Any, spelling: str) -> None:
    """Keys in order, nothing between, every letter as it is."""
    assert canonical_json(value) == spelling.encode("utf-8")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800"])
def test_what_has_no_spelling(value: Any) -> None:
    """No number that other programs cannot read, no half of a letter."""
    with pytest.raises(ValueError, match=r".+"):
        canonical_json(value)


def test_the_name_of_a_fact_is_that_of_its_bytes() -> None:
    """SHA-256, the same as any other program finds for these two bytes."""
    assert fact_digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


@pytest.mark.parametrize(
    ("place", "written"),
    [
        (Place(file="a.md"), "a.md"),
        (Place(file="a.md", line=3), "a.md:3"),
        (Place(file="a.md", line=3, column=0), "a.md:3:0"),
        (Place(file="a.md", column=7), "a.md"),
        (Place(file="a.yaml", line=3, path="/x"), "a.yaml:3: /x"),
    ],
)
def test_how_a_place_is_written(place: Place, written: str) -> None:
    """As editors and compilers do."""
    assert str(place) == written
    (finding,) = refuse("rule", "message", fix="fix", place=place).findings
    assert finding.place == place


def test_a_refusal_says_everything_at_once_and_only_errors_stop() -> None:
    """In one line, for a log; warnings and notes leave the decision to people."""
    findings = [Finding(rule=one.value, message=f"This is {one.value}.", severity=one) for one in Severity]
    assert str(Refused(findings)) == "This is error.; This is warning.; This is note."
    assert [one.rule for one in errors(findings)] == ["error"]


def test_exit_codes_are_a_promise_to_scripts() -> None:
    """As the help of every verb says."""
    assert {one.name: int(one) for one in Exit} == {
        "OK": 0,
        "FINDINGS": 1,
        "USAGE": 2,
        "BUG": 3,
        "OUTSIDE": 4,
    }
    plain = refuse("rule", "message")
    assert (plain.exit_code, plain.findings) == (Exit.FINDINGS, (Finding(rule="rule", message="message"),))
    assert plain.findings[0].fix == ""
