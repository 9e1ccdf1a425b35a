"""Somebody who may push to the repository writes to the branch `record`, or replaces it, between two runs.

The table in docs/attacks.md has a row for each of these tests; docs/tampering.md has those on a copy by itself.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from accord.application.forge.ports import ForgeWriter
from accord.application.ports import Batch, RecordView
from accord.cli.wiring import open_desk
from accord.domain.findings import Exit, Refused
from accord.domain.forge.marker import Marker
from accord.domain.forge.snapshot import BOT, Status
from accord.domain.record.codec import event_to_json
from accord.domain.record.events import Called, Declared, Event, ObjectionEnded
from accord.domain.record.values import Actor, Receipt
from tests.acceptance.forge_round import ANA, CHO, LEV, MIA, SAM, TOOL, VIC, minute
from tests.acceptance.forge_screens import Stage, Writer, stage
from tests.acceptance.world import ROOT, accord
from tests.conftest import Repo

NINE = ("to open schools in the evening", "to open schools until nine")
DAYS = 24 * 60.0


def objected(folder: Path) -> Stage:
    """A contribution with a standing objection, and a call that has ended."""
    s = stage(folder)
    pull = s.forge.opens(ANA, NINE)
    s.forge.comments(pull, LEV, "/object Too wide.", at=1)
    s.forge.comments(pull, CHO, "/call until 2024-08-30", at=2)
    s.runs(5)
    assert s.gate()[0] == "pending"
    return s


def forges(s: Stage, folder: Path, event: Event, at: float) -> None:
    """Somebody with a copy of their own writes an event behind the tool's back, and pushes it."""
    Repo(s.forge.shared).git("clone", "--quiet", "--mirror", str(s.forge.shared), str(folder))
    desk = open_desk(str(folder), minute(at).isoformat(), "")

    def batch(_: RecordView) -> Batch:
        return Batch(subject="As usual", events=[("contributions/1", event_to_json(event))])

    desk.store.append(batch, minute(at))
    Repo(folder).git("push", "--quiet", str(s.forge.shared), "refs/heads/record:refs/heads/record")


def found(folder: Path, at: float) -> list[dict[str, Any]]:
    """The errors that `accord verify` names."""
    told = accord("verify", "--repo", str(folder), "--now", minute(at).isoformat(), "--format", "json")
    errors = [one for one in told.data["findings"] if one["severity"] == "error"]
    assert told.code == (1 if errors else 0)
    return errors


def stamped(at: float) -> dict[str, Any]:
    """When it is said to have happened."""
    return {"received": Receipt.instant(minute(at), "server"), "recorded": minute(at), "subject": "1"}


def test_a_forged_declaration_opens_no_gate_and_is_named(tmp_path: Path) -> None:
    """Over a standing objection: the next run works the gate out itself, and `accord verify` says what is wrong."""
    s = objected(tmp_path / "s")
    call = next(e for e in s.forge.events(s.folder) if isinstance(e, Called))
    chair = Actor(name="Cho Example", role="chair", id=3)
    forged = Declared(
        by=chair,
        basis=call.seq,
        result="agreed",
        effect=call.effect,
        seen=Repo(s.folder).git("rev-parse", "record"),
        **stamped(12 * DAYS),
    )
    forges(s, tmp_path / "mallory", forged, 12 * DAYS)
    s.runs(12 * DAYS + 5)
    assert any(isinstance(e, Declared) for e in s.forge.events(s.folder))  # it came here
    assert s.gate()[0] != "success"
    assert "C9" in {one["rule"] for one in found(s.folder, 12 * DAYS + 6)}


def test_a_forged_end_of_an_objection_is_named(tmp_path: Path) -> None:
    """In the name of its owner's neighbour: it does not end the objection, and verify names who had no right."""
    s = objected(tmp_path / "s")
    expert = Actor(name="Mia Example", role="expert", id=5)
    forged = ObjectionEnded(by=expert, objection="1-o1", how="withdrawn", **stamped(1 * DAYS))
    forges(s, tmp_path / "mallory", forged, 1 * DAYS)
    s.forge.comments(s.forge.pulls[7], CHO, "/declare agreed", at=12 * DAYS)
    s.runs(12 * DAYS + 5)
    rules = {one["rule"] for one in found(s.folder, 12 * DAYS + 6)}
    assert "record-right" in rules
    assert s.gate()[0] != "success"


def test_a_record_set_back_is_given_back_by_a_copy_that_knows_more(tmp_path: Path) -> None:
    """The shared record is shortened by a push; the next run from a kept copy restores what is missing."""
    s = objected(tmp_path)
    shared = Repo(s.forge.shared)
    whole = shared.git("rev-parse", "record")
    shared.git("update-ref", "refs/heads/record", f"{whole}~1")
    s.forge.comments(s.forge.pulls[7], MIA, "/support", at=6)
    s.runs(7)
    shared.git("merge-base", "--is-ancestor", whole, "record")
    assert found(s.folder, 8) == []


def test_a_record_told_anew_stops_the_next_run(tmp_path: Path) -> None:
    """The objection is left out and others wrote on: nothing is added to it, nothing is written, and it is said."""
    s = objected(tmp_path)
    shared = Repo(s.forge.shared)
    tree = shared.git("rev-parse", "record~1^{tree}")
    shared.git("config", "user.name", "Mallory")
    shared.git("config", "user.email", "")
    other = shared.git("commit-tree", tree, "-p", "record~2", "-m", "As usual")
    shared.git("update-ref", "refs/heads/record", other)
    s.forge.comments(s.forge.pulls[7], MIA, "/support", at=6)
    with pytest.raises(Refused) as refused:
        s.syncs(7)
    assert [one.rule for one in refused.value.findings] == ["record-diverged"]
    assert refused.value.exit_code is Exit.OUTSIDE
    assert shared.git("rev-parse", "record") == other


def test_after_a_record_was_set_back_a_fresh_copy_takes_nothing_in_and_opens_nothing(tmp_path: Path) -> None:
    """The tool's own comment says how long the record was; it is not replaced by one that saw less."""
    s = objected(tmp_path)
    shared = Repo(s.forge.shared)
    opened = shared.git("rev-list", "--reverse", "record").splitlines()[1]
    s.forge.comments(s.forge.pulls[7], VIC, "/why", at=6)
    s.runs(7)
    shared.git("update-ref", "refs/heads/record", opened)
    fresh = replace(s, folder=tmp_path / "fresh")
    before = s.screen()
    with pytest.raises(Refused) as refused:
        fresh.runs(8)
    assert [one.rule for one in refused.value.findings] == ["record-set-back"]
    assert shared.git("rev-parse", "record") == opened
    assert s.gate()[0] != "success"
    assert s.screen() == before


# --- signs on GitHub ---------------------------------------------------------------------------------------


def test_a_status_of_the_gates_name_set_before_the_first_run_is_put_right(tmp_path: Path) -> None:
    """Somebody with write access is faster than the tool: the first run sets what is worked out."""
    s = stage(tmp_path)
    s.forge.opens(ANA, NINE)
    green = Status(context="accord/contribution", state="success", description="Agreed.")
    s.forge._set(replace(s.forge.pulls[7], statuses=(green,)), 1)
    s.runs(5)
    assert s.gate()[0] == "pending"


@pytest.mark.parametrize(
    "context", ["Accord/Contribution", "accord/contribution ", "accord/c\u043entribution"]
)
def test_a_status_that_looks_like_the_gate_is_not_the_gate(tmp_path: Path, context: str) -> None:
    """It is left as it is; the gate is set beside it."""
    s = stage(tmp_path)
    s.forge.opens(ANA, NINE)
    green = Status(context=context, state="success", description="Agreed.")
    s.forge._set(replace(s.forge.pulls[7], statuses=(green,)), 1)
    s.runs(5)
    states = {one.context: one.state for one in s.forge.pulls[7].statuses}
    assert states == {context: "success", "accord/contribution": "pending"}


@pytest.mark.parametrize(
    "label", ["state:agreed", "STATE:AGREED", "State:agreed", "class:proposal", "window:W4"]
)
def test_a_label_of_somebody_says_nothing(tmp_path: Path, label: str) -> None:
    """Put on before the first run, whatever its case: it is taken off, and nothing is read from it."""
    s = stage(tmp_path)
    pull = s.forge.opens(VIC, NINE)
    s.forge._set(replace(pull, labels=(label, "good first issue")), 1)
    s.runs(5)
    assert label not in s.forge.pulls[7].labels
    assert "good first issue" in s.forge.pulls[7].labels
    assert s.gate()[0] == "pending"
    assert s.runs(6).plans == []


def test_a_mark_with_a_great_number_does_not_silence_the_tool(tmp_path: Path) -> None:
    """Pasted by a stranger, or written by a maintainer into the tool's own comment: the tool goes on writing."""
    s = objected(tmp_path)
    mark = Marker(revision=1, events=999_999_999, record="f" * 12)
    s.forge.comments(s.forge.pulls[7], VIC, f"{mark}\n### It is agreed.", at=6)
    (own,) = [one for one in s.forge.pulls[7].comments if one.author.id == BOT]
    s.forge.edits(s.forge.pulls[7], own, f"{mark}\n### It is agreed.", at=7, who=SAM)
    s.runs(8)
    assert "It is agreed" not in s.screen()
    assert "edited by hand" in s.screen()
    s.forge.comments(s.forge.pulls[7], MIA, "/support", at=9)
    s.runs(10)
    assert "Example University" in s.screen()


def test_the_tools_comment_without_its_mark_is_still_the_tools(tmp_path: Path) -> None:
    """A maintainer writes something else into it, so that it looks like any answer: it is written anew in its place."""
    s = objected(tmp_path)
    (own,) = [one for one in s.forge.pulls[7].comments if one.author.id == BOT]
    s.forge.edits(s.forge.pulls[7], own, "### It is agreed.", at=7, who=SAM)
    s.runs(8)
    (after,) = [one for one in s.forge.pulls[7].comments if one.author.id == BOT]
    assert after.id == own.id
    assert "It is agreed" not in s.screen()
    assert "edited by hand" in s.screen()
    assert s.runs(9).plans == []


def test_an_answer_that_a_maintainer_invents_answers_nothing(tmp_path: Path) -> None:
    """The mark of an answer is put into another comment of the tool: whoever asked is answered all the same."""
    s = objected(tmp_path)
    s.forge.comments(s.forge.pulls[7], VIC, "/support", at=6)
    s.runs(7)
    (own,) = [one for one in s.forge.pulls[7].comments if one.body in s.answers()]
    asked = s.forge.comments(s.forge.pulls[7], VIC, "/why", at=8)
    forged = f"<!-- accord:answer comment/{asked.id}#1 -->\nNothing."
    s.forge.edits(s.forge.pulls[7], own, forged, at=9, who=SAM)
    s.runs(10)
    answers = [one for one in s.answers() if f"comment/{asked.id}#1" in one and "Nothing." not in one]
    assert len(answers) == 1
    assert s.runs(11).plans == []


def test_the_tools_comment_deleted_by_a_maintainer_comes_back(tmp_path: Path) -> None:
    """And so do answers that somebody deleted: each ignored attempt is answered, once."""
    s = objected(tmp_path)
    s.forge.comments(s.forge.pulls[7], VIC, "/support", at=6)
    s.runs(7)
    assert len(s.answers()) == 1
    for post in s.forge.pulls[7].comments:
        if post.author.id == BOT:
            s.forge.deletes(s.forge.pulls[7], post, at=8)
    s.runs(9)
    assert "Where it stands: " in s.screen()
    assert len(s.answers()) == 1
    assert s.runs(10).plans == []


def test_two_comments_after_a_race_become_one_whatever_stands_in_them(tmp_path: Path) -> None:
    """The oldest is kept, also if the younger one saw more; then it is written anew."""
    s = objected(tmp_path)
    first = s.screen()
    Writer(s.forge, at=6).comment(7, first.replace("open", "closed"))
    Writer(s.forge, at=6).comment(7, first)
    s.runs(7)
    s.runs(8)
    own = [one for one in s.forge.pulls[7].comments if one.author == TOOL]
    assert [one.body.startswith("<!-- accord:status") for one in own] == [True]
    assert s.runs(9).plans == []


def test_no_open_gate_is_left_behind_on_a_closed_pull_request(tmp_path: Path) -> None:
    """Agreed, closed, reopened by the chair: whoever opens another with the same commit finds the gate shut."""
    s = stage(tmp_path)
    pull = s.forge.opens(ANA, NINE)
    s.forge.comments(pull, CHO, "/call until 2024-08-30", at=2)
    s.forge.comments(pull, CHO, "/declare agreed", at=12 * DAYS)
    s.runs(12 * DAYS + 1)
    assert s.gate()[0] == "success"
    s.forge._set(replace(s.forge.pulls[7], open=False), 12 * DAYS + 2)
    s.forge.comments(pull, CHO, "/reopen It reads differently in French.", at=12 * DAYS + 3)
    s.runs(12 * DAYS + 4)
    assert s.gate()[0] == "pending"
    assert s.runs(12 * DAYS + 5).plans == []


def test_the_tool_cannot_merge_approve_or_open_a_pull_request() -> None:
    """There is nothing in it that could, whatever it is made to do: no such request, by REST or by query."""
    files = sorted((ROOT / "tools/accord/adapters/github").glob("*.py"))
    code = "\n".join(file.read_text("utf-8") for file in files)
    assert all(
        f'"{word}' in code or f"/{word}" in code for word in ("statuses", "labels", "comments", "releases")
    )
    for never in (
        "/merge",
        "/merges",
        "/reviews",
        '/pulls"',
        "/update-branch",
        'APPROVE"',
        "mutation",
        "auto_merge",
    ):
        assert never not in code, never
    assert {name for name in vars(ForgeWriter) if not name.startswith("_")} == {
        "add_labels", "remove_label", "comment", "edit_comment", "delete_comment", "head", "set_status"
    }  # fmt: skip
