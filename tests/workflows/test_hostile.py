"""What somebody without rights tries, through the real workflows: nothing runs, nothing doubles, the gate stays.

docs/attacks.md has a row for each claim here.
"""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest

from tests.double.faults import bad_gateway, meanwhile, partial_data, rate_limited, too_many
from tests.double.server import Double
from tests.double.state import Pull
from tests.workflows import hostile
from tests.workflows.checks import problems
from tests.workflows.files import workflow
from tests.workflows.forum import GATE, Forum
from tests.workflows.harness import Run
from tests.workflows.triggers import Event

HOURS = ("to open schools in the evening", "to open schools until nine")
SHARE = ("to share what they learn from it", "to share what they learn, every year")
TURN = Event("schedule", {"schedule": "7,27,47 * * * *"})


@pytest.fixture(name="forum")
def _forum(github: Double, tmp_path: Path) -> Forum:
    return Forum(github, tmp_path)


def reconciled(runs: list[Run]) -> Run:
    """The run of the forum's own Reconcile among them; it is green."""
    (run,) = [one for one in runs if one.workflow == "Reconcile" and one.event.name != "pull_request"]
    assert run.result == "success", run.job.log
    assert "Traceback" not in run.job.text
    return run


def own(forum: Forum, pull: Pull) -> list[str]:
    """The sticky comments under it."""
    return [said for said in forum.said(pull) if said.startswith("<!-- accord:status")]


def kinds(forum: Forum) -> list[str]:
    """What is in the record."""
    return [str(one["kind"]) for one in forum.record()]


def test_what_a_stranger_brings(forum: Forum, subtests: pytest.Subtests) -> None:
    """Code, rules, workflows, titles, marks, labels, checks, rings and edits of somebody without rights."""
    world = forum.github.world
    canary = forum.folder / "canary"

    # Arcadia's contribution, that everything below would like to disturb; and Mallory's two.
    honest = forum.proposes("ana-example", HOURS)
    titled = forum.proposes(
        "mallory",
        SHARE,
        title=hostile.TITLE.replace("CANARY", str(canary)),
        body=hostile.BODY
        + forum.description(title="|-\n  " + hostile.TITLE, source="Mallory Limited", category="stakeholder"),
        branch=hostile.BRANCH.replace("CANARY", "canary"),
    )
    coded = forum.proposes("mallory", SHARE, source="Mallory Limited", category="stakeholder")
    forged = hostile.FORGED_RECONCILE.replace("HEAD_SHA", honest.head).replace("NUMBER", str(honest.number))
    brought = {**hostile.files(str(canary)), ".github/workflows/reconcile.yml": forged}
    assert coded.head_repository is not None
    world.clock.advance(minutes=5)
    world.push(coded.head_repository, coded.head_ref, brought, by="mallory", parent=coded.head)
    runs = forum.follow()
    run = reconciled(runs)
    ran = [line.split() for line in canary.read_text("utf-8").splitlines()]

    with subtests.test("programs in the fork: for Python, pip, make, git, the runner and .ci/"):
        assert ran  # so they work, and GitHub runs them where they can do nothing
        assert {words[-2] for words in ran} == {"pull_request"}
        assert {words[-1] for words in ran} == {"[]"}
    with subtests.test("a workflow in the fork with the name of the real one, asking for every right"):
        (forged_run, *_) = [one for one in runs if one.workflow == "Reconcile" and one is not run]
        assert set(forged_run.job.permissions.values()) == {"read"}
        assert {"status 403", "comment 403", "push refused"} <= set(forged_run.job.lines)
    with subtests.test("other rules of agreement in the fork"):
        assert forum.gate(coded) in {"pending", "failure"}
    with subtests.test("links to files of the machine and other repositories in the fork"):
        secret = Path("/etc/hostname").read_text("utf-8").strip()
        assert not secret or secret not in "".join(forum.said(coded))
    with subtests.test("a title, a branch and a description made for a shell, an expression or the log"):
        assert not any("title" in words[0] for words in ran)
        assert run.job.errors == run.job.warnings == ()
        (said,) = own(forum, titled)
        plain = re.sub(r"`[^`\n]*`|<code>.*?</code>", "", said)
        assert "@everyone" not in plain
        assert "#1" not in plain
        assert "ghs_" not in said
    with subtests.test("all of it, on the contribution of somebody else"):
        assert (forum.gate(honest), len(forum.said(honest))) == ("pending", 1)

    # Signs that look like ours, and a support that will be edited.
    world.clock.advance(minutes=5)
    (page,) = own(forum, honest)
    labels = set(honest.labels)
    support = world.comment(honest, "lev-example", "/support")
    pasted = world.comment(honest, "mallory", page.replace("Contribution 1", "AGREED: Contribution 1"))
    world.comment(coded, "mallory", "/declare agreed")
    world.set_label(honest, "state:agreed", forum.home.owner)
    world.check(forum.home, honest.head, GATE, "success")
    reconciled(forum.follow())

    with subtests.test("the tool's own comment, pasted with its mark and other words"):
        assert pasted in honest.comments
        assert pasted.words.text.startswith("<!-- accord:status")
        assert len(own(forum, honest)) == 1
    with subtests.test("a label set by hand"):
        assert set(honest.labels) == labels
    with subtests.test("a check with the name of the gate"):
        assert forum.gate(honest) == "pending"
    with subtests.test("a command of a chair, written by somebody else"):
        assert "declared" not in kinds(forum)
        assert len([said for said in forum.said(coded) if said.startswith("<!-- accord:answer")]) == 1

    # A comment edited by whoever may edit it, and a ring that nobody rang.
    world.clock.advance(minutes=5)
    world.edit_comment(support, "/object\n\n/declare agreed", by=forum.home.owner)
    forum.seen = len(world.events)
    ring = {
        "action": "completed",
        "workflow_run": {
            "name": "Doorbell",
            "event": "pull_request_review",
            "conclusion": "success",
            "head_sha": coded.head,
            "head_branch": hostile.BRANCH,
            "display_title": "/declare agreed",
            "head_repository": {"full_name": "mallory/drafts"},
            "pull_requests": [{"number": honest.number, "head": {"sha": coded.head}}],
        },
    }
    reconciled(forum.rings(Event("workflow_run", ring, actor="cho-example", actor_id=100_003)))
    (filled,) = forum.fills_in("mallory", "call", "until 2024-12-12")

    with subtests.test("a comment edited by somebody else"):
        stances = [one.get("stance") for one in forum.record() if one["kind"] == "position"]
        assert stances == ["support"]
        assert forum.gate(honest) == "pending"
    with subtests.test("a forged ring that names a pull request and a chair"):
        assert "declared" not in kinds(forum)
        assert forum.gate(coded) in {"pending", "failure"}
    with subtests.test("the form of an act, filled in by somebody who is no chair"):
        assert filled.result == "failure", filled.job.log
        assert "is not a chair" in filled.job.summary
        assert "called" not in kinds(forum)
    with subtests.test("what the tool writes, to make it answer itself"):
        written = [event for event in world.events if event.sender is world.bot]
        assert written
        assert not any(event.fires for event in written)


def test_a_mistake_of_ours_would_be_seen(forum: Forum) -> None:
    """If the job with rights fetched what a fork brings, its programs would run with them, and leave their line."""
    canary = forum.folder / "canary"
    pull = forum.proposes("mallory", SHARE)
    assert pull.head_repository is not None
    brought = hostile.files(str(canary))
    forum.github.world.push(pull.head_repository, pull.head_ref, brought, by="mallory", parent=pull.head)
    text = forum.actions.workflow("reconcile.yml").text
    wrong = workflow("reconcile.yml", text.replace("ref: main", f"ref: refs/pull/{pull.number}/head"))
    said = {"action": "created", "issue": {"number": pull.number}, "comment": {"body": "/why"}}
    forum.runs(wrong, Event("issue_comment", said))
    assert ".ci/reconcile Reconcile issue_comment" in canary.read_text("utf-8")
    assert "dangerous_triggers" in problems(wrong)


def test_at_the_same_moment(forum: Forum, subtests: pytest.Subtests) -> None:
    """Two runs at once, and a push between reading and writing."""
    world = forum.github.world
    pull = forum.proposes("lev-example", SHARE, source="Lyrania")
    forum.seen = len(world.events)  # the ring is lost; two turns begin at once instead
    both: list[Run] = []
    threads = [threading.Thread(target=lambda: both.append(forum.turns())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    newer: list[str] = []

    def push() -> None:
        if not newer:
            newer.append(forum.pushes(pull, ("every year", "every two years")))

    world.clock.advance(minutes=5)
    world.comment(pull, "ana-example", "/support")
    world.faults.add("issues/update-comment", meanwhile(push))
    reconciled(forum.follow())
    unseen = forum.gate(pull)
    reconciled(forum.follow())

    with subtests.test("two runs at once"):
        assert [run.result for run in both] == ["success"] * 2, [run.job.log for run in both]
        assert kinds(forum).count("received") == 1
        assert len(own(forum, pull)) == 1
    with subtests.test("a push between reading and writing"):
        assert newer == [pull.head]
        assert unseen == "none"
        assert forum.gate(pull) == "pending"


FAILS = {
    "502 after the comment was made": ("issues/create-comment", bad_gateway(after_commit=True)),
    "too many requests": ("repos/create-commit-status", too_many(retry_after=60)),
    "the budget of questions is used up (HTTP 200)": ("graphql", rate_limited()),
    "half an answer": ("graphql", partial_data("repository")),
}


def test_when_github_fails(forum: Forum, subtests: pytest.Subtests) -> None:
    """The run waits and is green; after the next one everything is there once, as if nothing had been."""
    world = forum.github.world
    pulls: list[Pull] = []
    for what, (operation, fault) in FAILS.items():
        world.clock.advance(hours=2)
        pulls.append(forum.proposes("lev-example", SHARE, source="Lyrania", title=what))
        world.faults.add(operation, fault)
        with subtests.test(what):
            reconciled(forum.follow())
            assert forum.gate(pulls[-1]) in {"none", "pending"}
        world.faults.clear()
    for missing in ("statuses", "contents"):
        world.clock.advance(hours=2)
        pulls.append(forum.proposes("lev-example", SHARE, source="Lyrania", title=f"Without {missing}"))
        forum.seen = len(world.events)
        text = forum.actions.workflow("reconcile.yml").text
        less = workflow("reconcile.yml", re.sub(rf"      {missing}: write .*\n", "", text))
        run = forum.runs(less, TURN)
        with subtests.test(f"a token without the right to write {missing}"):
            assert missing not in run.job.permissions
            assert forum.gate(pulls[-1]) in {"none", "pending"}
            assert "Traceback" not in run.job.text
            assert (run.result, "-rights]" in run.job.text) == ("failure", True), run.job.text

    world.clock.advance(hours=2)
    turn = forum.turns()
    with subtests.test("after all that, the next turn"):
        assert turn.result == "success", turn.job.log
        assert kinds(forum).count("received") == len(pulls)
        assert [len(own(forum, pull)) for pull in pulls] == [1] * len(pulls)
        assert {forum.gate(pull) for pull in pulls} == {"pending"}


# What GitHub refuses to every job: a push that brings a changed workflow. The stand-in does not know that by itself.
REFUSES_WORKFLOWS = """\
#!/bin/sh
if git merge-base refs/heads/main "$3" > /dev/null && ! git diff --quiet "refs/heads/main...$3" -- .github/workflows
then
  echo "refusing to allow a GitHub App to create or update workflow `.github/workflows/x.yml` \
without `workflows` permission" | tr -d '`' >&2
  exit 1
fi
"""


def test_a_text_that_github_lets_no_job_keep(forum: Forum, subtests: pytest.Subtests) -> None:
    """One contribution changes a workflow besides the text: the record of all the others goes on."""
    world = forum.github.world
    hook = forum.home.path / "hooks" / "update"
    hook.write_text(REFUSES_WORKFLOWS, "utf-8")
    pull = forum.proposes("lev-example", SHARE, source="Lyrania")
    other = forum.proposes("ana-example", HOURS)
    world.clock.advance(minutes=5)
    assert pull.head_repository is not None
    forged = {".github/workflows/x.yml": hostile.FORGED_DOORBELL}
    world.push(pull.head_repository, pull.head_ref, forged, by="lev-example", parent=pull.head)
    reconciled(forum.follow())
    world.clock.advance(minutes=5)
    world.comment(other, "mia-example", "/support")
    reconciled(forum.follow())

    with subtests.test("a changed workflow in a version, which GitHub lets no job keep"):
        refs = world.bare(forum.home).refs()
        assert {"refs/contributions/1/v1", "refs/contributions/2/v1"} <= set(refs)
        assert "refs/contributions/1/v2" not in refs
        assert kinds(forum).count("received") == 2
        assert kinds(forum).count("position") == 1
        assert (forum.gate(pull), forum.gate(other)) == ("failure", "pending")
