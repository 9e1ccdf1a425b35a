"""Which files a contribution may bring (R2, R7), and which characters."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.process.characters import check_characters, check_text
from accord.domain.process.paths import COUNT_LIMIT, SIZE_LIMIT, Entry, check_entries, check_entry

GOOD = b"# Resilience\n\nNetworks \xe2\x80\x9cstay up\xe2\x80\x9d.\n"


def rules_of(entry: Entry, *, by_secretariat: bool = False) -> list[str]:
    """The rules one file breaks."""
    return [finding.rule for finding in check_entry(entry, by_secretariat=by_secretariat)]


@pytest.mark.parametrize(
    "path",
    [
        "report/01-the-forum.md",
        "report/12-a-b-c.md",
        "opinions/skills.md",
        "opinions/skills-for-all-2.md",
        "report/00-cover.md",
    ],
)
def test_sections_and_opinions_come_in(path: str) -> None:
    """R2: the Report and Opinions."""
    assert rules_of(Entry(path=path, size=len(GOOD), data=GOOD)) == []


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("process/timetable.yaml", "path-process"),
        ("report/process.md", "path-report"),
        ("report/1-short.md", "path-report"),
        ("report/01-forum.txt", "path-report"),
        ("report/annex/01-forum.md", "path-report"),
        ("opinions/_template.md", "path-opinion"),
        ("opinions/deep/skills.md", "path-opinion"),
        ("opinions/skills.html", "path-opinion"),
        ("report-2/01-forum.md", "path-outside"),
        ("tools/accord/cli/main.py", "path-outside"),
        (".github/workflows/ci.yml", "path-name"),
        ("report/../process/timetable.yaml", "path-name"),
        ("/report/01-forum.md", "path-name"),
        ("report//01-forum.md", "path-name"),
        ("report/01-Forum.md", "path-name"),
        ("report/01 forum.md", "path-name"),
        ("report/01-fo\u0440um.md", "path-name"),
        ("report/01-forum\u202e.md", "path-name"),
        ("report/01-forum\n.md", "path-name"),
        ("report\\01-forum.md", "path-name"),
        ("opinions/-rf.md", "path-name"),
        ("opinions/con.md", "path-name"),
        ("opinions/skills.md.", "path-name"),
        ("opinions/" + "a" * 200 + ".md", "path-name"),
        ("", "path-name"),
    ],
)
def test_other_files_do_not(path: str, rule: str) -> None:
    """R2, R7 and odd names: each with a fix, and a name that is safe to print."""
    (finding,) = check_entry(Entry(path=path, data=GOOD))
    assert finding.rule == rule
    assert finding.fix
    assert finding.place is not None
    assert finding.place.file.isprintable()


def test_the_secretariat_changes_the_process_files_and_nothing_of_the_tool() -> None:
    """R11, R28."""
    assert rules_of(Entry(path="process/experts.yaml"), by_secretariat=True) == []
    assert rules_of(Entry(path="opinions/_template.md"), by_secretariat=True) == []
    assert rules_of(Entry(path="tools/accord/cli/main.py"), by_secretariat=True) == ["path-outside"]
    assert rules_of(Entry(path="CONTRIBUTING.md")) == ["path-outside"]


@pytest.mark.parametrize(
    ("mode", "rule"),
    [
        ("120000", "path-symlink"),
        ("160000", "path-submodule"),
        ("100755", "path-executable"),
        ("040000", "path-folder"),
        ("100664", "path-mode"),
    ],
)
def test_only_plain_files_come_in(mode: str, rule: str) -> None:
    """No link, submodule, program or unknown thing, also from the secretariat."""
    assert rules_of(Entry(path="report/01-forum.md", mode=mode), by_secretariat=True) == [rule]


def test_a_file_of_a_mebibyte_comes_in_and_one_byte_more_does_not() -> None:
    """The size is checked whether or not the bytes were read."""
    assert rules_of(Entry(path="report/01-forum.md", size=SIZE_LIMIT)) == []
    assert rules_of(Entry(path="report/01-forum.md", size=SIZE_LIMIT + 1)) == ["path-size"]
    assert rules_of(Entry(path="report/01-forum.md", data=b"a" * (SIZE_LIMIT + 1))) == ["path-size"]


def test_there_is_one_report() -> None:
    """R7: no second cover, no section under a number that is taken, and the cover stays."""

    def rules(*entries: Entry) -> list[str]:
        existing = ("report/00-cover.md", "report/01-the-forum.md")
        return [finding.rule for finding in check_entries(entries, existing=existing)]

    assert rules(Entry(path="report/00-other.md")) == ["report-second", "report-number"]
    assert rules(Entry(path="report/01-another.md")) == ["report-number"]
    assert rules(Entry(path="report/00-cover.md", removed=True)) == ["report-cover"]
    renamed = (Entry(path="report/01-the-forum.md", removed=True), Entry(path="report/01-another.md"))
    assert rules(*renamed) == []


def test_too_many_files_are_not_looked_at_one_by_one() -> None:
    """A single finding, at once."""
    entries = [Entry(path=f"opinions/o{n}.md") for n in range(COUNT_LIMIT + 1)]
    assert [finding.rule for finding in check_entries(entries)] == ["path-count"]
    assert check_entries(entries[:-1]) == []


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ("a\nb\u202ec", "text-bidi", 2, 2),
        ("a\u2066b", "text-bidi", 1, 2),
        ("\u200fa", "text-bidi", 1, 1),
        ("zero\u200bwidth", "text-hidden", 1, 5),
        ("soft\u00adhyphen", "text-hidden", 1, 5),
        ("in\ufeffside", "text-hidden", 1, 3),
        ("tag\U000e0041", "text-hidden", 1, 4),
        ("filler\u3164", "text-hidden", 1, 7),
        ("variation\ufe0f", "text-hidden", 1, 10),
        ("line\u2028break", "text-hidden", 1, 5),
        ("bell\x07", "text-control", 1, 5),
        ("escape\x1b[2J", "text-control", 1, 7),
        ("lone\rreturn", "text-control", 1, 5),
        ("zero\x00", "text-binary", 1, 5),
        ("private\ue000", "text-unassigned", 1, 8),
        ("noncharacter\ufdd0", "text-unassigned", 1, 13),
    ],
)
def test_characters_nobody_sees_are_found_where_they_are(
    text: str, rule: str, line: int, column: int
) -> None:
    """Line and column count characters, from 1."""
    (finding,) = check_characters(text.encode("utf-8"), "opinions/x.md")
    assert finding.place is not None
    assert (finding.rule, finding.place.line, finding.place.column) == (rule, line, column)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain\n",
        "tab\tstop\n",
        "Word\r\nlines\r\n",
        "é ñ ü ß œ \u2019 \u2026 \u2013",
        "Україна, 中文, العربية, हिन्दी",
        "\U0001f44d",
    ],
)
def test_ordinary_writing_passes(text: str) -> None:
    """Letters of any script, typographic marks, and line ends of any computer."""
    assert list(check_characters(text.encode("utf-8"), "x")) == []


def test_what_is_not_utf_8_is_found_where_it_breaks() -> None:
    """Line and column of the first wrong byte; a byte order mark is named as such."""
    (finding,) = check_characters("é\n".encode() + b"ab\xff", "x")
    assert finding.place is not None
    assert (finding.rule, finding.place.line, finding.place.column) == ("text-encoding", 2, 3)
    assert [one.rule for one in check_characters(b"\xef\xbb\xbfa", "x")] == ["text-mark"]


@given(st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_answered_and_never_crash(data: bytes) -> None:
    """Whatever arrives: findings with places, or text without control characters."""
    found = list(check_characters(data, "x"))
    if not found:
        assert all(
            character.isprintable() or character in "\n\r\t" or character.isspace()
            for character in data.decode()
        )
    assert all(one.place and one.place.line and one.place.column for one in found)


def test_a_flood_of_bad_characters_is_told_once_not_a_million_times() -> None:
    """The first twenty are enough."""
    assert len(list(check_text("\u200b" * 1000, "x"))) == 20
