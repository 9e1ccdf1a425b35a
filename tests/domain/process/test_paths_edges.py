"""Names and numbers of files at the edges of what comes in."""

from __future__ import annotations

import pytest

from accord.domain.process.paths import COVER, Entry, check_entries, check_entry

COVER_TEXT = b"words\n"
RESERVED = ("aux", "con", "nul", "prn", "com0", "com9", "lpt0", "lpt9")


def rules_of(path: str, *, by_secretariat: bool = False) -> list[str]:
    """The rules that the name of a file breaks."""
    return [one.rule for one in check_entry(Entry(path=path), by_secretariat=by_secretariat)]


@pytest.mark.parametrize(
    ("path", "rules"),
    [
        ("report/01-a.md", []), ("opinions/a-b1.md", []), ("report/01-a.md2", ["path-report"]),
        ("opinions/a.md.md", ["path-opinion"]), ("report/1-a.md", ["path-report"]),
        ("opinions/" + "a" * 188 + ".md", []), ("opinions/" + "a" * 189 + ".md", ["path-name"]),
        ("opinions//a.md", ["path-name"]), ("opinions/./a.md", ["path-name"]), ("../a.md", ["path-name"]),
        ("opinions/-a.md", ["path-name"]), ("opinions/a.", ["path-name"]), ("opinions/.a.md", ["path-name"]),
        ("README.md", ["path-outside"]), ("README.mdx", ["path-name"]), ("Readme.md", ["path-name"]),
        ("opinions/com10.md", []), ("opinions/lpt10.md", []), ("opinions/console.md", []),
        ("process/forum.yaml", ["path-process"]), ("tools/a.py", ["path-outside"]),
        *((f"opinions/{name}.md", ["path-name"]) for name in RESERVED),
        ("opinions/nul.b.md", ["path-name"]),
    ],
)  # fmt: skip
def test_names(path: str, rules: list[str]) -> None:
    """One problem at most for a name, and the right one."""
    assert rules_of(path) == rules


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("opinions//a.md", "leads out"), ("opinions/./a.md", "leads out"), ("opinions/../a.md", "leads out"),
        ("opinions/A.md", "not every computer"), ("opinions/.a.md", "begins with a dot"), ("con/a.md", "reserve"),
        ("a" * 201, "longer than 200"),
    ],
)  # fmt: skip
def test_what_is_said_about_a_name(path: str, why: str) -> None:
    """The first thing that is wrong with it."""
    assert why in next(check_entry(Entry(path=path))).message


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("process/forum.yaml", True), ("process/forum.yaml2", False), ("opinions/_template.md", True),
        ("docs/a/b-c.md", True), ("README.md", True), ("tools/a.py", False), ("report/01-a.md", True),
    ],
)  # fmt: skip
def test_what_the_secretariat_may_change_besides(path: str, allowed: bool) -> None:
    """Process files, documentation and the template; everybody else none of them."""
    assert (not rules_of(path, by_secretariat=True)) is allowed
    entries = [Entry(path=path, data=b"")]
    assert (not check_entries(entries, by_secretariat=True)) is allowed
    assert bool(check_entries(entries)) is (path != "report/01-a.md")


@pytest.mark.parametrize(
    ("entry", "rules"),
    [
        (Entry(path="report/01-a.md", size=1024 * 1024), []),
        (Entry(path="report/01-a.md", size=1024 * 1024 + 1), ["path-size"]),
        (Entry(path="report/01-a.md", data=b"x" * (1024 * 1024 + 1)), ["path-size"]),
        (Entry(path="report/01-a.md", mode="100644"), []),
        (Entry(path="report/01-a.md", mode="100600"), ["path-mode"]),
        (Entry(path="report/01-a.md", mode="120000", data=b"\x00"), ["path-symlink"]),
        (Entry(path="report/01-a.md", mode="120000", removed=True), []),
        (Entry(path="report/01-a.md", data=b"a\x00"), ["text-binary"]),
        (Entry(path="report/01-a.md", data=b"a\x00", removed=True), []),
    ],
)
def test_what_is_in_a_file(entry: Entry, rules: list[str]) -> None:
    """Kind, size and characters; nothing is asked of a file that goes."""
    assert [one.rule for one in check_entry(entry)] == rules
    assert [one.rule for one in check_entries([entry])] == rules


@pytest.mark.parametrize(("count", "rules"), [(500, set()), (501, {"path-count"})])
def test_how_many_files_are_looked_at(count: int, rules: set[str]) -> None:
    """At most 500, and then the contribution itself is what is wrong."""
    found = check_entries([Entry(path=f"opinions/a{number}.md") for number in range(count)])
    assert {one.rule for one in found} == rules
    assert {one.place.file for one in found if one.place} <= {"contribution"}


@pytest.mark.parametrize(
    ("entries", "existing", "rules"),
    [
        pytest.param([Entry(path=COVER, data=COVER_TEXT)], [COVER], [], id="the cover may change"),
        pytest.param([Entry(path=COVER, removed=True)], [COVER], ["report-cover"], id="but not go"),
        pytest.param([Entry(path="report/00-b.md")], [], ["report-second"], id="another cover"),
        pytest.param([Entry(path="report/00-b.md", removed=True)], ["report/00-b.md"], [], id="which may go"),
        pytest.param([Entry(path="report/01-b.md")], ["report/01-a.md"], ["report-number"], id="a taken number"),
        pytest.param([Entry(path="report/01-b.md")], ["report/01-a.md.old", "report/011.md"], [], id="by a section"),
        pytest.param([Entry(path="report/01-a.md")], ["report/01-a.md"], [], id="its own number"),
        pytest.param([Entry(path="report/00-b.mdx")], [], ["path-report"], id="no cover by its name"),
        pytest.param(
            [Entry(path="report/01-a.mdx"), Entry(path="report/01-b.md")], [], ["path-report"], id="no section"
        ),
        pytest.param(
            [Entry(path="report/01-a.md", removed=True), Entry(path="report/01-b.md")], ["report/01-a.md"], [],
            id="a number that becomes free",
        ),
        pytest.param(
            [Entry(path="report/01-b.md"), Entry(path="report/01-c.md")], [], ["report-number"], id="two at once"
        ),
    ],
)  # fmt: skip
def test_one_report(entries: list[Entry], existing: list[str], rules: list[str]) -> None:
    """R7. One cover that stays, and one section for a number."""
    assert [one.rule for one in check_entries(entries, existing=existing)] == rules


def test_a_taken_number_is_told_of_the_new_section() -> None:
    """Not of the one that was there and only changes."""
    found = check_entries(
        [Entry(path="report/01-b.md"), Entry(path="report/01-a.md")], existing=["report/01-a.md"]
    )
    assert [one.place.file for one in found if one.place] == ["report/01-b.md"]


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("tools/a.py", "tools/a.py"),
        ("tools/a\\b.py", "tools/a\\b.py"),
        ("tools/ä.py", "tools/\\xe4.py"),
        ("tools/a\u200b.py", "tools/a\\u200b.py"),
    ],
)
def test_a_name_is_shown_so_that_nothing_in_it_hides(path: str, shown: str) -> None:
    """Characters that not everybody sees are spelt out."""
    found = next(check_entry(Entry(path=path)))
    assert found.place is not None
    assert found.place.file == shown
