"""The git adapter on real repositories."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from accord.adapters.git import Git
from accord.application.ports import TreeEntry
from accord.domain.findings import Exit, Refused

if TYPE_CHECKING:
    from tests.conftest import Repo


MOMENT = datetime(2024, 11, 4, 9, 0, tzinfo=UTC)


@pytest.fixture(name="git")
def _git(repo: Repo) -> Iterator[Git]:
    repo.commit({"report/01-scope.md": "# Scope\n", "opinions/ça va.md": "one\n"}, "Begin")
    with Git.open(repo.path) as git:
        yield git


def test_opens_from_a_folder_below_the_top(git: Git, repo: Repo) -> None:
    """Any folder inside finds the top."""
    with Git.open(repo.path / "report") as inside:
        assert str(repo.path) == inside.root
        assert not inside.is_bare


@pytest.mark.parametrize("name", ["empty", "absent"])
def test_not_a_repository_is_a_usage_refusal_with_a_fix(tmp_path: Path, name: str) -> None:
    """A folder without a repository, and no folder at all."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(Refused) as refusal:
        Git.open(tmp_path / name)

    finding = refusal.value.findings[0]
    assert refusal.value.exit_code == Exit.USAGE
    assert finding.rule == "repository-missing"
    assert "--repo DIR" in finding.fix
    assert str(tmp_path / name) in str(finding.place)


def test_git_that_is_not_installed_is_said(
    repo: Repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without the program nothing works, and the message says which program."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused, match="`git` was not found") as refusal:
        Git.open(repo.path)
    assert refusal.value.exit_code == Exit.OUTSIDE


def test_environment_of_a_hook_does_not_lead_elsewhere(
    git: Git, repo: Repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIT_DIR and GIT_INDEX_FILE as set inside a hook are ignored."""
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    with Git.open(repo.path) as opened:
        assert git.resolve("main") == opened.resolve("main")
        assert opened.work_tree_clean()


def test_user_settings_and_hooks_change_no_answer(repo: Repo, tmp_path: Path) -> None:
    """Signature display, renames, colours, following, replaced objects and hooks of the user have no effect."""
    first = repo.commit({"a.md": "one\n"})
    for name, value in {
        "log.showSignature": "true", "log.follow": "true", "diff.renames": "copies", "color.ui": "always",
        "core.quotePath": "true", "status.showUntrackedFiles": "all", "log.decorate": "full", "merge.ff": "false",
        "diff.noprefix": "true", "format.pretty": "oneline", "core.abbrev": "4", "trailer.separators": "=",
    }.items():  # fmt: skip
        repo.git("config", name, value)
    hook = repo.path / ".git/hooks/reference-transaction"
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\nexit 1\n")
    hook.chmod(0o755)
    with Git.open(repo.path) as git:
        new = git.write_commit(
            {"b.md": b"two\n"}, [first], "Add\n\nFor: Arcadia", datetime(2024, 1, 1, tzinfo=UTC), "Ana"
        )
        git.advance_branch("main", new, first)

        assert [info.trailers for info in git.first_parent(first, "main")] == [(("For", "Arcadia"),)]
        assert git.work_tree_clean()
    assert not (tmp_path / "ran").exists()


def test_resolve_names_a_commit_or_nothing(git: Git, repo: Repo) -> None:
    """Branches, tags, short and relative names lead to a commit; anything else to nothing."""
    head = repo.git("rev-parse", "HEAD")
    repo.git("tag", "-a", "-m", "one", "draft-1")

    assert [head] * 5 == [
        git.resolve(rev) for rev in ("main", "HEAD", "draft-1", head[:9], "refs/heads/main")
    ]
    unknown = ("", "nowhere", "HEAD~9", "HEAD:report", "--all", "a\nb", "main\0x", "main..HEAD", "  ")
    assert [None] * len(unknown) == [git.resolve(rev) for rev in unknown]


def test_resolve_sees_what_others_wrote_meanwhile(git: Git, repo: Repo) -> None:
    """The long-lived reader is never behind, even after objects were repacked and refs packed."""
    for number in range(3):
        head = repo.commit({"a.md": f"{number}\n"})
        assert head == git.resolve("main")
        repo.git("gc", "--quiet", "--prune=now")
        assert f"{number}\n".encode() == git.read_one("main:a.md")


def test_tree_lists_modes_sizes_and_odd_names(git: Git, repo: Repo) -> None:
    """Every file with its mode; a name that is no UTF-8 stays recognisable."""
    (repo.path / "run.sh").write_text("x\n")
    (repo.path / "run.sh").chmod(0o755)
    (repo.path / "link").symlink_to("run.sh")
    odd = b"bad-\xff\nname".decode("utf-8", "surrogateescape")
    repo.write({odd: "z"})
    repo.git("add", "--all")
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{git.resolve('main')},module")
    repo.git("commit", "--quiet", "-m", "More")

    found = {(entry.path, entry.mode, entry.kind, entry.size) for entry in git.tree("main")}
    assert {
        ("report/01-scope.md", "100644", "blob", 8),
        ("opinions/ça va.md", "100644", "blob", 4),
        ("run.sh", "100755", "blob", 2),
        ("link", "120000", "blob", 6),
        (odd, "100644", "blob", 1),
        ("module", "160000", "commit", -1),
    } == found


def test_tree_under_prefixes(git: Git) -> None:
    """Only what lies under a prefix; a prefix is no pattern."""
    entry = git.tree("main", ["report", "absent", "*"])

    assert [item.path for item in entry] == ["report/01-scope.md"]
    assert isinstance(entry[0], TreeEntry)


def test_read_answers_only_for_files(git: Git) -> None:
    """Absent paths, folders and impossible names are left out; the others come with their bytes."""
    blob = git.tree("main", ["report"])[0].oid
    names = [blob, "main:opinions/ça va.md", "main:report", "main:absent", "", "main:a\nb", "main"]

    assert {blob: b"# Scope\n", "main:opinions/ça va.md": b"one\n"} == git.read(names)
    assert git.read_one("main:absent") is None


def test_read_many_large_files_with_one_process(git: Git, repo: Repo) -> None:
    """More names and bytes than pipes hold, in one go."""
    repo.commit(
        {f"many/{number:04d}.md": f"{number}" * 400 for number in range(900)} | {"big.md": b"x" * 3_000_000}
    )
    entries = git.tree("main", ["many", "big.md"])
    content = git.read(f"main:{entry.path}" for entry in entries)

    assert len(content) == 901
    assert content["main:many/0007.md"] == b"7" * 400
    assert len(content["main:big.md"]) == 3_000_000


@pytest.mark.parametrize("garbage", [b"garbage", None], ids=["garbled", "lost"])
@pytest.mark.parametrize(
    ("damaged", "name"),
    [
        ("main:report/01-scope.md", "main:report/01-scope.md"),
        ("main:report", "main:report/01-scope.md"),
        ("main^{tree}", "main:report/01-scope.md"),
        ("main", "main:report/01-scope.md"),
        ("main", "main"),
    ],
)
def test_what_the_repository_lost_is_no_absence(
    git: Git, repo: Repo, damaged: str, name: str, garbage: bytes | None
) -> None:
    """A file, folder or commit that should be there but is not gives a refusal, never "no such thing"."""
    oid = repo.git("rev-parse", damaged)
    file = repo.path / ".git/objects" / oid[:2] / oid[2:]
    if garbage is None:
        file.unlink()
    else:
        file.chmod(0o644)
        file.write_bytes(garbage)

    with pytest.raises(Refused, match="is damaged") as refusal:
        git.read([name]) if ":" in name else git.resolve(name)
    assert refusal.value.exit_code == Exit.OUTSIDE


def test_an_object_name_that_is_lost_is_no_absence(git: Git, repo: Repo) -> None:
    """Reading a damaged object by its name is refused; the next question is answered."""
    oid = repo.git("rev-parse", "main:report/01-scope.md")
    file = repo.path / ".git/objects" / oid[:2] / oid[2:]
    file.chmod(0o644)
    file.write_bytes(b"garbage")

    with pytest.raises(Refused, match=oid):
        git.read([oid])
    assert git.read_one("main:opinions/ça va.md") == b"one\n"
    assert git.resolve("0123456789" * 4) is None, "a commit that never was here"
    with pytest.raises(Refused, match="0123456789"):
        git.read(["0123456789" * 4])


def test_first_parent_follows_the_branch_not_what_was_merged(git: Git, repo: Repo) -> None:
    """Oldest first, with parents, time in UTC, author, subject and trailers."""
    start = repo.git("rev-parse", "HEAD")
    repo.branch("side")
    side = repo.commit({"side.md": "s\n"}, "Aside")
    repo.switch("main")
    repo.commit(
        {"report/01-scope.md": "# Scope\n\nMore.\n"}, "Second: äöü\n\nBody.\n\nContribution: 12\nFor: Lyrania"
    )
    repo.git("merge", "--quiet", "--no-ff", "-m", "Merge aside", "side")

    infos = git.first_parent(start, "main")
    assert [info.subject for info in infos] == ["Second: äöü", "Merge aside"]
    assert infos[0].trailers == (("Contribution", "12"), ("For", "Lyrania"))
    assert (start,) == infos[0].parents
    assert (infos[0].oid, side) == infos[1].parents
    assert infos[0].author == "Ana of Arcadia"
    assert timedelta(0) == infos[0].moment.utcoffset()


def test_first_parent_by_path_and_from_the_beginning(git: Git, repo: Repo) -> None:
    """Without a start the whole branch; with paths only what changed them, a merge that did included."""
    repo.branch("side")
    repo.commit({"opinions/x.md": "x\n"}, "Aside")
    repo.switch("main")
    repo.commit({"report/02.md": "two\n"}, "Report")
    repo.git("merge", "--quiet", "--no-ff", "-m", "Merge aside", "side")

    assert [info.subject for info in git.first_parent(None, "main")] == ["Begin", "Report", "Merge aside"]
    assert [info.subject for info in git.first_parent(None, "main", ["opinions"])] == ["Begin", "Merge aside"]


def test_ancestry(git: Git, repo: Repo) -> None:
    """Common ancestors and containment; unrelated histories have none."""
    begin = repo.git("rev-parse", "HEAD")
    repo.branch("side")
    side = repo.commit({"s.md": "s"})
    repo.switch("main")
    main = repo.commit({"m.md": "m"})
    repo.git("switch", "--quiet", "--orphan", "alone")
    repo.commit({"z.md": "z"})

    assert begin == git.merge_base("main", "side")
    assert git.merge_base("main", "alone") is None
    assert git.is_ancestor(begin, main)
    assert git.is_ancestor(main, main)
    assert not git.is_ancestor(side, main)


def test_changed_names_each_file_with_modes(git: Git, repo: Repo) -> None:
    """Added, modified, removed, turned into a link; a rename is both."""
    base = repo.commit({"m.md": "m\n", "gone.md": "long enough to be seen as renamed\n", "t.md": "t\n"})
    (repo.path / "t.md").unlink()
    (repo.path / "t.md").symlink_to("m.md")
    repo.commit(
        {"m.md": "M\n", "gone.md": None, "new name.md": "long enough to be seen as renamed\n", "t.md": "m"}
    )
    repo.git("update-index", "--cacheinfo", f"120000,{repo.git('rev-parse', 'HEAD:m.md')},t.md")
    repo.git("commit", "--quiet", "-m", "link")

    changes = {
        change.path: (change.status, change.old_mode, change.new_mode) for change in git.changed(base, "main")
    }
    assert changes == {
        "m.md": ("M", "100644", "100644"),
        "gone.md": ("D", "100644", "000000"),
        "new name.md": ("A", "000000", "100644"),
        "t.md": ("T", "100644", "120000"),
    }
    assert git.changed("main", "main") == []


def test_unknown_revision_is_a_usage_refusal(git: Git) -> None:
    """The name is repeated, and kinds of names are offered."""
    with pytest.raises(Refused, match="no revision `draft-9`") as refusal:
        git.changed("draft-9", "main")
    assert refusal.value.exit_code == Exit.USAGE


def test_head_and_cleanness(git: Git, repo: Repo) -> None:
    """The branch open here; a changed or staged file makes it unclean, an unknown file does not."""
    assert git.branch_of_head() == "main"
    repo.write({"unknown.md": "u"})
    assert git.work_tree_clean()
    repo.write({"report/01-scope.md": "changed\n"})
    assert not git.work_tree_clean()
    repo.git("add", "report")
    assert not git.work_tree_clean()
    repo.git("checkout", "--quiet", "--force", "--detach")
    assert git.branch_of_head() is None


def test_tags_and_their_objects(git: Git, repo: Repo) -> None:
    """Listed by pattern; the message read back; a light tag says that it has none."""
    repo.git("tag", "draft-1")
    when = datetime(2024, 12, 1, 12, tzinfo=timezone(timedelta(hours=1)))
    oid = git.write_tag_object("draft-2", "main", "Second draft\n\nBody.", when, "Accord")
    assert git.read_tag("draft-2") is None

    assert git.create_ref("refs/tags/draft-2", oid)
    assert git.create_ref("refs/tags/draft-2", oid), "again is no harm"
    assert not git.create_ref("refs/tags/draft-2", git.resolve("main") or "")
    assert git.tags("draft-*") == ["draft-1", "draft-2"]
    assert {"refs/tags/draft-1": git.resolve("main"), "refs/tags/draft-2": oid} == git.refs("refs/tags")
    tag, light = git.read_tag("draft-2"), git.read_tag("draft-1")
    assert tag
    assert light
    assert ("Second draft\n\nBody.\n", when, "Accord", git.resolve("main")) == (
        tag.message, tag.moment, tag.tagger, tag.target,
    )  # fmt: skip
    assert tag.annotated
    assert not light.annotated
    assert oid == git.write_tag_object("draft-2", "main", "Second draft\n\nBody.", when, "Accord"), (
        "same bytes"
    )
    repo.git("fsck", "--strict")


def test_a_process_that_hangs_is_ended(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the timeout a refusal, not a wait for ever."""
    repo.commit({"a.md": "a\n"})
    with Git.open(repo.path, timeout=0.3) as git:
        slow = tmp_path / "bin" / "git"
        slow.parent.mkdir()
        slow.write_text("#!/bin/sh\nexec sleep 30\n")
        slow.chmod(0o755)
        monkeypatch.setenv("PATH", f"{slow.parent}:/usr/bin:/bin")
        for ask in (git.worktrees, lambda: git.resolve("main")):
            with pytest.raises(Refused) as refusal:
                ask()
            assert refusal.value.findings[0].rule == "git-timeout"
            assert refusal.value.exit_code == Exit.OUTSIDE


def test_no_process_is_left_behind(repo: Repo) -> None:
    """Closing, or forgetting, a repository ends its reader."""
    repo.commit({"a.md": "a\n"})
    git = Git.open(repo.path)
    git.resolve("main")
    process = git._reader._process
    assert process
    assert process.poll() is None
    git.close()
    assert process.poll() is not None
    git.resolve("main")
    process = git._reader._process
    assert process
    del git
    assert process.poll() is not None
