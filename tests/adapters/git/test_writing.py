"""Writing commits, tags and refs: nothing of the user's is touched, nobody's work is lost."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.adapters.git import Git
from accord.adapters.git.objects import NewObject, changed_tree, new_object, pack, parse_tree, tree_body
from accord.domain.findings import Exit, Refused

if TYPE_CHECKING:
    from tests.conftest import Repo

MOMENT = datetime(2024, 11, 4, 9, 0, tzinfo=UTC)


@pytest.fixture(name="git")
def _git(repo: Repo) -> Iterator[Git]:
    repo.commit(
        {"report/a.md": "a\n", "report/b.md": "b\n", "opinions/x.md": "x\n", "top.md": "t\n"}, "Begin"
    )
    with Git.open(repo.path) as git:
        yield git


def everything(folder: Path) -> dict[str, str]:
    """A digest of every file of the user, and of the index; without what Git keeps for itself."""
    files = {file for file in folder.rglob("*") if file.is_file() and ".git" not in file.parts}
    return {
        str(file): hashlib.sha256(file.read_bytes()).hexdigest() for file in files | {folder / ".git/index"}
    }


def write(git: Git, changes: Mapping[str, bytes | None], *parents: str, message: str = "Change") -> str:
    """A commit by an invented person at the usual moment."""
    return git.write_commit(changes, parents, message, MOMENT, "Ben of Lyrania", "Accord")


def test_commit_changes_exactly_the_named_files(git: Git, repo: Repo) -> None:
    """Added, changed and removed; a folder left empty goes; everything else is the same."""
    new = write(git, {"report/a.md": b"A\n", "opinions/x.md": None, "new/deep/er.md": b"n\n"}, "main")

    changes = [(change.status, change.path) for change in git.changed("main", new)]
    assert changes == [("A", "new/deep/er.md"), ("D", "opinions/x.md"), ("M", "report/a.md")]
    assert git.read_one(f"{new}:report/a.md") == b"A\n"
    assert repo.git("log", "-1", "--format=%an|%ae|%cn|%ce|%ct", new) == "Ben of Lyrania||Accord||1730710800"
    repo.git("fsck", "--strict")


def test_commit_touches_neither_files_nor_index_nor_branches(git: Git, repo: Repo) -> None:
    """With changed, staged and unknown files around, every byte stays."""
    repo.write({"report/a.md": "mine\n", "unknown.md": "u\n", "top.md": "staged\n"})
    repo.git("add", "top.md")
    before, refs = everything(repo.path), repo.git("for-each-ref")

    write(git, {"report/a.md": b"theirs\n", "unknown.md": b"v\n"}, "main")
    assert before == everything(repo.path)
    assert refs == repo.git("for-each-ref")


def test_same_arguments_same_commit(git: Git) -> None:
    """Dates come from the argument alone."""
    assert write(git, {"a.md": b"1"}, "main") == write(git, {"a.md": b"1"}, "main")
    assert write(git, {"a.md": b"1"}, "main") != git.write_commit(
        {"a.md": b"1"}, ["main"], "Change", datetime(2024, 11, 5, tzinfo=UTC), "Ben of Lyrania", "Accord"
    )


def test_first_commit_and_merge(git: Git) -> None:
    """No parent gives a history of its own; the files of a merge start from its first parent."""
    alone = write(git, {"README.md": b"r\n"})
    joined = write(git, {}, "main", alone)

    assert git.first_parent(None, alone)[0].parents == ()
    assert git.tree(joined) == git.tree("main")
    assert git.is_ancestor(alone, joined)


def test_executable_file_stays_executable(git: Git, repo: Repo) -> None:
    """A file keeps its mode; a link that gets content becomes a file."""
    repo.write({"run.sh": "1\n"})
    (repo.path / "run.sh").chmod(0o755)
    (repo.path / "link").symlink_to("run.sh")
    repo.git("add", "--all")
    repo.git("commit", "--quiet", "-m", "More")

    new = write(git, {"run.sh": b"2\n", "link": b"text\n"}, "main")
    assert {e.path: e.mode for e in git.tree(new, ["run.sh", "link"])} == {
        "run.sh": "100755",
        "link": "100644",
    }


@pytest.mark.parametrize(
    "path", ["", "/a", "a/", "a//b", "../a", "a/./b", ".git/config", "a/.GIT/x", "a\0b", "absent.md:gone"]
)
def test_impossible_path_is_refused_before_anything_is_written(git: Git, path: str) -> None:
    """Also removing what is not there."""
    content = None if path.endswith("gone") else b"x"
    with pytest.raises(ValueError, match="cannot be"):
        write(git, {path: content}, "main")


def test_file_and_folder_of_one_name_cannot_be(git: Git) -> None:
    """The two changes contradict each other."""
    with pytest.raises(ValueError, match="a file and a folder"):
        write(git, {"n": b"x", "n/m": b"y"}, "main")


def test_names_and_moments_that_no_commit_can_hold(git: Git, repo: Repo) -> None:
    """Brackets and line breaks leave a name; a moment without offset is an error of the caller."""
    new = git.write_commit({}, ["main"], "Say", MOMENT, "Eve <eve>\nx", " ")

    assert repo.git("log", "-1", "--format=%an|%cn", new) == "Eve  eve  x|unnamed"
    with pytest.raises(ValueError, match="offset"):
        git.write_commit({}, ["main"], "Say", MOMENT.replace(tzinfo=None), "Ana")
    with pytest.raises(ValueError, match="NUL"):
        git.write_commit({}, ["main"], "Say\0", MOMENT, "Ana")


def test_only_touched_paths_cost(git: Git, repo: Repo) -> None:
    """One file among many: a new file, one folder for each step down, and the commit."""
    base = write(git, {f"many/{n // 100:02d}/{n:04d}.md": b"%d" % n for n in range(3000)}, "main")
    before = int(repo.git("count-objects").split()[0])
    write(git, {"many/12/1234.md": b"changed"}, base)

    assert int(repo.git("count-objects").split()[0]) - before == 5


def test_sha256_repository(tmp_path: Path) -> None:
    """The other kind of object names works the same."""
    from tests.conftest import new_repo

    repo = new_repo(tmp_path / "long", "--object-format=sha256")
    repo.commit({"a/b.md": "1\n"})
    with Git.open(repo.path) as git:
        new = write(git, {"a/c.md": b"2\n"}, "main")
        assert len(new) == 64
        assert {f"{new}:a/c.md": b"2\n"} == git.read([f"{new}:a/c.md"])
        assert git.update_ref("refs/heads/next", new, None)
        assert git.read_one("next:a/b.md") == b"1\n"
    repo.git("fsck", "--strict")


NAMES = st.sampled_from(["a", "a-b", "a.b", "a0", "ä", "z", "A"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)


@given(st.dictionaries(PATHS, st.binary(max_size=3), max_size=8))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_trees_are_what_git_would_write(repo: Repo, files: dict[str, bytes]) -> None:
    """Any set of files that can be: the same tree as `git mktree` through an index, by name."""
    flat = {
        path: content for path, content in files.items() if not any(o.startswith(f"{path}/") for o in files)
    }
    oid, new = changed_tree(None, flat, read=lambda oid: {}, algorithm="sha1")
    repo.git("unpack-objects", "-q", "--strict", stdin=pack(new, "sha1"))
    lines = "".join(
        f"100644 {new_object('blob', content, 'sha1').oid}\t{path}\0" for path, content in flat.items()
    )
    repo.git("read-tree", "--empty")
    repo.git("update-index", "-z", "--index-info", stdin=lines)

    assert repo.git("write-tree") == oid


@given(
    st.dictionaries(
        st.binary(min_size=1, max_size=4).filter(lambda name: not set(name) & {0, 47}), st.just("")
    )
)
@settings(max_examples=50, deadline=None)
def test_tree_bytes_round_trip(names: dict[bytes, str]) -> None:
    """What is written is what is read."""
    tree = {name: (b"100644", hashlib.sha1(name).hexdigest()) for name in names}  # noqa: S324 - git's own naming

    assert tree == parse_tree(tree_body(tree), "sha1")


@pytest.mark.parametrize("size", [0, 1, 15, 16, 2047, 2048, 300_000])
def test_packs_hold_objects_of_every_size(repo: Repo, size: int) -> None:
    """Around the steps of the size's encoding."""
    item: NewObject = new_object("blob", b"x" * size, "sha1")
    repo.git("unpack-objects", "-q", stdin=pack([item], "sha1"))

    assert str(size) == repo.git("cat-file", "-s", item.oid)


def test_ref_moves_only_from_where_it_was(git: Git) -> None:
    """Compare-and-swap: absent, present, moved."""
    one, two, three = (write(git, {"n": number}, "main") for number in (b"1", b"2", b"3"))

    assert git.update_ref("refs/contributions/1/head", one, None)
    assert not git.update_ref("refs/contributions/1/head", two, None)
    assert not git.update_ref("refs/contributions/1/head", three, two)
    assert git.update_ref("refs/contributions/1/head", two, one)
    assert {"refs/contributions/1/head": two} == git.refs("refs/contributions")


def test_refs_move_together_or_not_at_all(git: Git) -> None:
    """One that has moved holds back the others."""
    one, two = (write(git, {"n": number}, "main") for number in (b"1", b"2"))
    git.update_ref("refs/heads/b", one, None)

    assert not git.update_refs(
        {"refs/heads/a": (two, ""), "refs/heads/b": (two, two), "refs/heads/c": (two, None)}
    )
    assert {"refs/heads/b": one, "refs/heads/main": git.resolve("main")} == git.refs("refs/heads")
    assert git.update_refs(
        {"refs/heads/a": (two, ""), "refs/heads/b": (two, one), "refs/heads/c": (two, None)}
    )
    assert [two] * 3 == [git.resolve(name) for name in "abc"]


def test_impossible_or_locked_ref_is_refused_in_plain_words(git: Git, repo: Repo) -> None:
    """A bad name, and a lock that a killed program left: nothing changed, and what to do."""
    head = git.resolve("main") or ""
    with pytest.raises(Refused, match="invalid ref format") as refusal:
        git.update_ref("refs/heads/a..b", head, None)
    assert refusal.value.exit_code == Exit.OUTSIDE

    (repo.path / ".git/refs/heads/next.lock").touch()
    with pytest.raises(Refused) as refusal:
        git.update_ref("refs/heads/next", head, None)
    finding = refusal.value.findings[0]
    assert (finding.rule, refusal.value.exit_code) == ("repository-locked", Exit.OUTSIDE)
    assert "next.lock" in finding.message
    assert "remove the lock file" in finding.fix
    assert git.resolve("next") is None


def test_branch_that_is_not_open_moves_without_files(git: Git, repo: Repo) -> None:
    """Only the name moves."""
    repo.git("branch", "next")
    new = write(git, {"report/a.md": b"A\n"}, "next")
    before = everything(repo.path)
    git.advance_branch("next", new, git.resolve("next") or "")

    assert new == git.resolve("next")
    assert before == everything(repo.path)


def test_open_branch_moves_with_its_files(git: Git, repo: Repo) -> None:
    """The folder shows the new text; changes to other files stay as they were."""
    repo.write({"report/b.md": "mine\n", "unknown.md": "u\n", "top.md": "staged\n"})
    repo.git("add", "top.md")
    new = write(git, {"report/a.md": b"A\n", "added.md": b"+\n"}, "main")
    git.advance_branch("main", new, git.resolve("main") or "")

    assert new == git.resolve("main")
    assert (repo.path / "report/a.md").read_text() == "A\n"
    assert (repo.path / "report/b.md").read_text() == "mine\n"
    status = repo.git("status", "--short").split("\n")
    assert status == [" M report/b.md", "M  top.md", "?? unknown.md"]


@pytest.mark.parametrize(
    ("name", "stage"),
    [
        pytest.param("report/a.md", False, id="changed"),
        pytest.param("report/a.md", True, id="staged"),
        pytest.param("added.md", False, id="unknown-file"),
        pytest.param("ignored.md", False, id="ignored-file"),
    ],
)
def test_local_changes_are_never_overwritten(git: Git, repo: Repo, name: str, stage: bool) -> None:
    """A file with work of the user in the way: refused, and not a byte changed."""
    new = write(git, {"report/a.md": b"A\n", "added.md": b"+\n", "ignored.md": b"i\n"}, "main")
    (repo.path / ".git/info/exclude").write_text("ignored.md\n")
    repo.write({name: "mine\n"})
    if stage:
        repo.git("add", name)
    before, old = everything(repo.path), git.resolve("main") or ""

    with pytest.raises(Refused) as refusal:
        git.advance_branch("main", new, old)
    finding = refusal.value.findings[0]
    assert (finding.rule, refusal.value.exit_code) == ("local-changes", Exit.OUTSIDE)
    assert name in finding.message
    assert before == everything(repo.path)
    assert old == git.resolve("main")


def test_branch_that_moved_is_refused(git: Git, repo: Repo) -> None:
    """Looked at, then moved by somebody else: open or not, refused."""
    old = git.resolve("main") or ""
    new = write(git, {"report/a.md": b"A\n"}, "main")
    repo.commit({"other.md": "o\n"})
    for branch in ("main", "nowhere"):
        with pytest.raises(Refused, match="has moved") as refusal:
            git.advance_branch(branch, new, old)
        assert refusal.value.exit_code == Exit.OUTSIDE
    with pytest.raises(Refused, match="has moved"):
        git.advance_branch("main", new, git.resolve("main") or "")


def test_branch_open_in_another_folder_is_not_moved_silently(git: Git, repo: Repo, tmp_path: Path) -> None:
    """The refusal names the folder; a folder that is gone is no obstacle."""
    repo.git("worktree", "add", "--quiet", "-b", "next", str(tmp_path / "other folder"))
    old = git.resolve("next") or ""
    new = write(git, {"report/a.md": b"A\n"}, "next")
    assert {("repo", "main"), ("other folder", "next")} == {
        (Path(t.path).name, t.branch) for t in git.worktrees()
    }

    with pytest.raises(Refused, match="other folder") as refusal:
        git.advance_branch("next", new, old)
    assert (refusal.value.findings[0].rule, refusal.value.exit_code) == (
        "branch-open-elsewhere",
        Exit.OUTSIDE,
    )
    assert old == git.resolve("next")
    with Git.open(tmp_path / "other folder") as there:
        there.advance_branch("next", new, old)
    assert (tmp_path / "other folder/report/a.md").read_text() == "A\n"
    (tmp_path / "other folder").rename(tmp_path / "away")
    newer = write(git, {"report/a.md": b"B\n"}, "next")
    git.advance_branch("next", newer, new)
    assert newer == git.resolve("next")
