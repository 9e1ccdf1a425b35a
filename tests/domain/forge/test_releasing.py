"""From what is on the forge to what is missing: one row for each state that a release can be found in."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from accord.domain.forge.releasing import (
    Asset,
    Create,
    Describe,
    File,
    Hindrance,
    Plan,
    Release,
    RemoveFile,
    RemoveRelease,
    Upload,
    Wanted,
    plan,
)

A, B = File(name="a.md", digest="aa", size=1), File(name="b.md", digest="bb", size=2)
WANTED = Wanted(tag="draft-2", title="Second", notes="Said.\n", open_notes="Open.\n", files=(A, B))
HELD_A = Asset(id=11, name="a.md", size=1, digest="aa")
HELD_B = Asset(id=12, name="b.md", size=2, digest="bb")
STRANGE = Asset(id=13, name="c.docx", size=3, digest="cc")
EMPTY = Release(id=5, tag="draft-2", draft=True, title="Second", notes="Said.")
FULL = replace(EMPTY, assets=(HELD_A, HELD_B))
PUBLISHED = replace(FULL, draft=False, guarded=True)
OTHER = replace(EMPTY, id=1, tag="draft-1", draft=False, guarded=True)


def steps(*seen: Release, guarding: bool = True) -> Plan:
    """What is to be done."""
    return plan(WANTED, seen, guarding=guarding)


def holding(release: Release, *assets: Asset) -> Release:
    """A release with these files."""
    return replace(release, assets=assets)


ROWS = [
    ("nothing", [], [Create(), Upload("a.md"), Upload("b.md")]),
    ("another draft's release", [OTHER], [Create(), Upload("a.md"), Upload("b.md")]),
    ("an empty one", [EMPTY], [Upload("a.md"), Upload("b.md")]),
    ("one file there", [replace(EMPTY, assets=(HELD_A,))], [Upload("b.md")]),
    ("everything there", [FULL], []),
    ("another title", [replace(FULL, title="Old")], [Describe()]),
    ("other notes", [replace(FULL, notes="Old")], [Describe()]),
    ("notes with other line ends", [replace(FULL, notes="\r\nSaid.  \r\n")], []),
    (
        "an upload that did not end",
        [replace(FULL, assets=(replace(HELD_A, ready=False), HELD_B))],
        [RemoveFile(11, "a.md"), Upload("a.md")],
    ),
    (
        "another content",
        [replace(FULL, assets=(replace(HELD_A, digest="xx"), HELD_B))],
        [RemoveFile(11, "a.md"), Upload("a.md")],
    ),
    (
        "another size",
        [replace(FULL, assets=(replace(HELD_A, size=9), HELD_B))],
        [RemoveFile(11, "a.md"), Upload("a.md")],
    ),
    (
        "a content that the forge does not tell",
        [replace(FULL, assets=(replace(HELD_A, digest=""), HELD_B))],
        [RemoveFile(11, "a.md"), Upload("a.md")],
    ),
    ("the same file twice", [replace(FULL, assets=(HELD_A, replace(HELD_A, id=14), HELD_B))], [RemoveFile(14, "a.md")]),
    ("two made at once", [replace(EMPTY, id=9), FULL], [RemoveRelease(9)]),
    (
        "two made at once, the older empty",
        [replace(FULL, id=9), EMPTY],
        [RemoveRelease(9), Upload("a.md"), Upload("b.md")],
    ),
    ("published", [PUBLISHED], []),
    ("published, and one left over", [PUBLISHED, replace(EMPTY, id=9)], [RemoveRelease(9)]),
    ("published, and one left over, the older", [PUBLISHED, replace(EMPTY, id=2)], [RemoveRelease(2)]),
    (
        "published, and somebody's own beside it",
        [PUBLISHED, replace(EMPTY, id=9, assets=(STRANGE,))],
        [],
    ),
    ("published, with old notes", [replace(PUBLISHED, notes="Old")], [Describe()]),
    ("published, not guarded, and the notes don't say so", [replace(PUBLISHED, guarded=False)], [Describe()]),
    ("published, not guarded, and said", [replace(PUBLISHED, guarded=False, notes="Open.")], []),
]  # fmt: skip


@pytest.mark.parametrize(("seen", "wanted"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_what_is_to_be_done(seen: list[Release], wanted: list[object]) -> None:
    """The steps, whatever order the forge lists its releases in."""
    for order in permutations(seen):
        found = steps(*order)
        assert (list(found.steps), found.hindrance) == (wanted, None)


FOREIGN, DIFFERS = Hindrance.FOREIGN, Hindrance.DIFFERS
HINDRANCES = [
    ("a strange file in the draft", [holding(FULL, HELD_A, HELD_B, STRANGE)], FOREIGN, ("c.docx",)),
    ("a strange file in a second one", [FULL, holding(replace(EMPTY, id=9), STRANGE)], FOREIGN, ("c.docx",)),
    ("published without a file", [holding(PUBLISHED, HELD_A)], DIFFERS, ("b.md",)),
    ("published, another content", [holding(PUBLISHED, HELD_A, replace(HELD_B, digest="x"))], DIFFERS, ("b.md",)),
    ("published, a broken upload", [holding(PUBLISHED, HELD_A, replace(HELD_B, ready=False))], DIFFERS, ("b.md",)),
    ("published, a strange file", [holding(PUBLISHED, HELD_A, HELD_B, STRANGE)], DIFFERS, ("c.docx",)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("seen", "hindrance", "names"), [row[1:] for row in HINDRANCES], ids=[row[0] for row in HINDRANCES]
)
def test_what_only_a_person_decides(
    seen: list[Release], hindrance: Hindrance, names: tuple[str, ...]
) -> None:
    """Nothing is done then, and the files are named."""
    found = steps(*seen)
    assert (found.hindrance, found.names, found.steps, found.complete) == (hindrance, names, (), False)


@pytest.mark.parametrize(
    ("seen", "complete", "published"),
    [
        ([], False, False),
        ([EMPTY], False, False),
        ([replace(FULL, assets=(HELD_A, HELD_B, replace(HELD_A, id=14)))], False, False),
        ([FULL], True, False),
        ([replace(FULL, notes="Old")], True, False),
        ([FULL, replace(EMPTY, id=9)], True, False),
        ([PUBLISHED], True, True),
    ],
)
def test_when_it_is_complete(seen: list[Release], complete: bool, published: bool) -> None:
    """Its files decide, and nothing else."""
    found = steps(*seen)
    assert (found.complete, found.published) == (complete, published)


def test_a_size_that_is_not_known_is_no_matter() -> None:
    """The SHA-256 is enough."""
    wanted = replace(WANTED, files=(replace(A, size=None), replace(B, size=None)))
    assert plan(wanted, [FULL], guarding=True).steps == ()


def test_where_nothing_is_guarded_the_notes_say_so_before_it_is_published() -> None:
    """The setting is known then, not what will become of the release."""
    assert steps(FULL, guarding=False).steps == (Describe(),)
    assert steps(replace(FULL, notes="Open."), guarding=False).steps == ()


def test_blanks_at_the_ends_of_lines_are_no_other_notes() -> None:
    """A forge may keep or drop them; other words on any line are others."""
    wanted = replace(WANTED, notes="One.\nTwo.\n")
    assert plan(wanted, [replace(FULL, notes="One.  \r\nTwo.")], guarding=True).steps == ()
    assert plan(wanted, [replace(FULL, notes="One.\nThree.")], guarding=True).steps == (Describe(),)
