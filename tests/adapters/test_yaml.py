"""Strict YAML: what is refused, where, how fast; and that an edit keeps what people wrote."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.adapters.yaml import SIZE_LIMIT, PlainText, parse_yaml, read_yaml
from accord.adapters.yaml_edit import add_entry
from accord.domain.findings import Refused

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        pytest.param("a: &x 1\n", "yaml-anchor", 1, 4, id="anchor"),
        pytest.param("a: 1\nb: *x\n", "yaml-anchor", 2, 4, id="alias"),
        pytest.param("*x : b\n", "yaml-anchor", 1, 1, id="alias-as-key"),
        pytest.param("&x a: b\n", "yaml-anchor", 1, 1, id="anchor-on-a-key"),
        pytest.param("a: !!int 3\n", "yaml-tag", 1, 4, id="tag"),
        pytest.param("a: !!python/object/apply:os.system [ls]\n", "yaml-tag", 1, 4, id="tag-of-a-language"),
        pytest.param("a: !\n", "yaml-tag", 1, 4, id="bare-tag"),
        pytest.param("a: 1\nb:\n  c: 1\n  c: 2\n", "yaml-duplicate-key", 4, 3, id="duplicate"),
        pytest.param("a: 1\n'a': 2\n", "yaml-duplicate-key", 2, 1, id="duplicate-in-quotes"),
        pytest.param("<<: {a: 1}\n", "yaml-merge", 1, 1, id="merge"),
        pytest.param("? [a]\n: b\n", "yaml-key", 1, 3, id="list-as-key"),
        pytest.param("--- a\n--- b\n", "yaml-documents", 2, 1, id="two-documents"),
        pytest.param("%YAML 1.1\n---\na: 1\n", "yaml-directive", 2, 1, id="directive"),
        pytest.param("a: b: c\n", "yaml-syntax", 1, 5, id="no-yaml"),
        pytest.param("a: 1\n\tb: 2\n", "yaml-syntax", 2, 1, id="tab"),
        pytest.param('a: "open\n', "yaml-syntax", 2, 1, id="open-quote"),
        pytest.param("a: [1, 2\n", "yaml-syntax", 2, 1, id="open-bracket"),
        pytest.param("a: @b\n", "yaml-syntax", 1, 4, id="reserved"),
        pytest.param("a: \x07\n", "yaml-syntax", 1, 1, id="bell"),
        pytest.param('a: "\\u0000"\n', "yaml-characters", 1, 4, id="escaped-zero"),
        pytest.param('a: "\\ud800"\n', "yaml-characters", 1, 4, id="escaped-surrogate"),
        pytest.param("", "yaml-empty", 1, 1, id="empty"),
        pytest.param("# only a comment\n", "yaml-empty", 1, 1, id="comment"),
        pytest.param("a: \ud800", "yaml-encoding", 1, 4, id="lone-surrogate"),
    ],
)
def test_what_is_refused_and_where(text: str, rule: str, line: int, column: int) -> None:
    """Each with line, column and a way on; nothing of it is used."""
    document = parse_yaml(text, "x.yaml")
    finding = document.findings[0]
    assert finding.place is not None
    assert (finding.rule, finding.place.line, finding.place.column) == (rule, line, column)
    assert finding.fix
    assert document.value is None


def test_bytes_that_are_not_utf_8_are_located() -> None:
    """Line and column of the first wrong byte."""
    (finding,) = parse_yaml(b"a: b\nc: \xff", "x.yaml").findings
    assert str(finding.place) == "x.yaml:2:4"


def test_several_problems_are_told_at_once() -> None:
    """What can be read on is read on."""
    rules = [one.rule for one in parse_yaml("a: &x 1\na: !t 2\nb: *x\n<<: {}\n", "x").findings]
    assert rules == ["yaml-anchor", "yaml-duplicate-key", "yaml-tag", "yaml-anchor", "yaml-merge"]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "{", "[a,", "!a ", "&a "])
def test_ten_thousand_nested_brackets_are_a_finding_and_no_crash(opening: str) -> None:
    """Depth is limited while reading, without recursion, in well under two seconds."""
    begun = time.perf_counter()
    document = parse_yaml(opening * 10_000, "x")
    assert document.value is None
    assert document.findings[0].rule in (
        "yaml-depth",
        "yaml-key",
        "yaml-tag",
        "yaml-anchor",
        "yaml-duplicate-key",
    )
    assert time.perf_counter() - begun < 2


def test_depth_has_an_exact_limit() -> None:
    """32 levels are read, 33 are not."""
    assert parse_yaml("[" * 32 + "]" * 32, "x").findings == ()
    assert [one.rule for one in parse_yaml("[" * 33 + "]" * 33, "x").findings] == ["yaml-depth"]


def test_a_hundred_megabytes_are_refused_without_reading(tmp_path: Path) -> None:
    """By the size alone: the file has no blocks on the disk at all."""
    path = tmp_path / "large.yaml"
    with path.open("wb") as large:
        large.truncate(100 * 1024 * 1024)
    begun = time.perf_counter()
    (finding,) = read_yaml(path, "large.yaml").findings
    assert finding.rule == "yaml-size"
    assert "104,857,600 bytes" in finding.message
    assert time.perf_counter() - begun < 0.2


def test_the_size_has_an_exact_limit() -> None:
    """Bytes count, not characters."""
    assert parse_yaml("a" * SIZE_LIMIT, "x").findings == ()
    assert [one.rule for one in parse_yaml("é" * (SIZE_LIMIT // 2 + 1), "x").findings] == ["yaml-size"]


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    """Missing, a folder, or a pipe that would never end."""
    assert [one.rule for one in read_yaml(tmp_path / "none.yaml", "x").findings] == ["yaml-file"]
    assert [one.rule for one in read_yaml(tmp_path, "x").findings] == ["yaml-file"]
    assert [one.rule for one in read_yaml(Path("/dev/zero"), "x").findings] == ["yaml-file"]


def test_a_number_of_five_thousand_digits_stays_text() -> None:
    """Nothing computes with it."""
    assert parse_yaml("a: " + "9" * 5000, "x").value == {"a": "9" * 5000}


def test_every_scalar_is_text() -> None:
    """No dates, truths, octals, sexagesimals or nothings; quotes are remembered."""
    document = parse_yaml('a: 2024-12-20\nb: no\nc: 0o7\nd: 1:30\ne:\nf: "1"\ng: |\n  x\n  y\n', "x")
    assert document.value == {
        "a": "2024-12-20",
        "b": "no",
        "c": "0o7",
        "d": "1:30",
        "e": "",
        "f": "1",
        "g": "x\ny\n",
    }
    assert isinstance(document.value, dict)
    assert [key for key, value in document.value.items() if not isinstance(value, PlainText)] == ["f", "g"]


def test_places_of_values_and_keys() -> None:
    """A pointer leads to its line and column, an unknown one to the nearest thing around it."""
    document = parse_yaml("a:\n  - b: 1\n    c/d: 2\n", "x", first_line=10)
    assert str(document.place("/a/0/c~1d")) == "x:12:10: /a/0/c~1d"
    assert str(document.place("/a/0/c~1d", key=True)) == "x:12:5: /a/0/c~1d"
    assert str(document.place("/a/0/missing")) == "x:11:5: /a/0/missing"


@given(st.text(alphabet="ab:-[]{}?&*!|>'\"#%@`, \n\t\\0~<=é\x00\u2028", max_size=60))
@settings(max_examples=400, deadline=None)
def test_any_text_is_answered(text: str) -> None:
    """A value or findings with places, never an exception, never both."""
    document = parse_yaml(text, "x")
    assert (document.value is None) == bool(document.findings)
    assert all(one.place and one.place.line and one.place.column and one.fix for one in document.findings)


@given(st.binary(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_answered(data: bytes) -> None:
    """The same for bytes."""
    document = parse_yaml(data, "x")
    assert (document.value is None) == bool(document.findings)


def test_an_entry_is_added_and_every_comment_stays() -> None:
    """Every line of the shipped list is still there, and the new entry is the only difference."""
    before = (ROOT / "process" / "experts.yaml").read_text("utf-8")
    entry: dict[str, str | int | bool] = {
        "account": 1000001,
        "name": "Ana Example",
        "entity": "arcadia",
        "active_in_own_country": True,
        "from": "2024-08-27",
    }
    once = add_entry(before, "experts", entry, name="process/experts.yaml")
    twice = add_entry(
        once, "experts", {"name": "No", "entity": "no", "from": "2024-09-01"}, name="process/experts.yaml"
    )
    kept = [line for line in before.splitlines() if line != "experts: []"]
    assert [line for line in twice.splitlines() if line in kept] == kept
    assert twice.splitlines()[twice.splitlines().index("experts:") :][:9] == [
        "experts:",
        "  - account: 1000001",
        "    name: Ana Example",
        "    entity: arcadia",
        "    active_in_own_country: true",
        '    from: "2024-08-27"',
        '  - name: "No"',
        '    entity: "no"',
        '    from: "2024-09-01"',
    ]


def test_an_edit_keeps_the_comments_between_entries() -> None:
    """Also those inside the list that grows, and long lines are not broken."""
    long = "x" * 300
    before = (
        f"# top\nexperts:\n  # about Ana\n  - name: Ana  # here\n    note: {long} y\n# after\nchairs: []\n"
    )
    after = add_entry(before, "experts", {"name": "Ben"}, name="x")
    for line in before.splitlines():
        assert line in after.splitlines()
    assert parse_yaml(after, "x").value == {
        "experts": [{"name": "Ana", "note": f"{long} y"}, {"name": "Ben"}],
        "chairs": [],
    }


def test_a_file_that_cannot_be_read_is_not_edited() -> None:
    """Its own problems come back."""
    with pytest.raises(Refused, match="stands here twice"):
        add_entry("experts: []\nexperts: []\n", "experts", {"name": "Ana"}, name="x")
    with pytest.raises(ValueError, match="no list"):
        add_entry("experts: []\n", "people", {"name": "Ana"}, name="x")
