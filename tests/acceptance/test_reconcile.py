"""What the tool wants a forge to show, and that it writes nothing but the difference."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from accord.application.forge.reconciling import report
from accord.domain.findings import Exit
from accord.domain.forge.plan import AddLabels, PostComment, SetStatus
from accord.domain.forge.snapshot import Account, Form, Post, PullRequest, Status
from accord.domain.record.events import Shown
from tests.acceptance.forge_round import ANA, CHO, LEV, MIA, SAM, VIC, described, minute
from tests.acceptance.forge_screens import Stage, Writer, stage
from tests.acceptance.world import OPINION, REPORT
from tests.acceptance.world import SAM as SAM_BY_NAME
from tests.conftest import Repo
from tests.domain.forge.filling import filled
from tests.render.forge.living import living

GOLDEN = Path(__file__).with_name("golden_sticky")
PAGE = "https://www.itu.int/en/council/Pages/ieg-wtpf-26.aspx"
NINE = ("to open schools in the evening", "to open schools until nine")
TEN = ("to open schools in the evening", "to open schools until ten")
LEARN = ("that people learn in the evening", "that many people learn in the evening")
DAYS = 24 * 60


# --- the main states, as people read them -----------------------------------------------------------------


def discussed(s: Stage) -> None:
    """Support, an objection, a word that does not count, a point on a line."""
    pull = s.forge.opens(ANA, NINE)
    s.forge.comments(pull, LEV, "/support It helps those who work.", at=1)
    s.forge.comments(pull, MIA, "/object It goes too far: not every school can.", at=2)
    s.forge.comments(pull, VIC, "/support", at=3)
    s.forge.remarks(pull, LEV, "Why nine, and not ten?", at=4)
    s.runs(5)


def returned(s: Stage) -> None:
    """The description breaks rules."""
    s.forge.opens(ANA, NINE, text=described(title=None))
    s.runs(5)


def late(s: Stage) -> None:
    """It came after the window closed."""
    s.forge.opens(ANA, NINE, at=20 * DAYS)
    s.runs(20 * DAYS + 5)


def unverified(s: Stage) -> None:
    """A stranger speaks for a Member State."""
    s.forge.opens(VIC, NINE, text=described(source="Arcadia"))
    s.runs(5)


def in_call(s: Stage) -> None:
    """A chair opened a call."""
    pull = s.forge.opens(ANA, NINE)
    s.forge.comments(pull, CHO, "/call until 2024-08-30", at=2)
    s.runs(5)


def agreed(s: Stage) -> None:
    """And declared the result."""
    in_call(s)
    s.forge.comments(s.forge.pulls[7], CHO, "/declare agreed", at=12 * DAYS)
    s.runs(12 * DAYS + 5)


def in_the_text(s: Stage) -> None:
    """The secretariat put it in the text."""
    agreed(s)
    s.acts(SAM_BY_NAME, 12 * DAYS + 10, "incorporate", "1")
    s.runs(12 * DAYS + 20)


def alternatives(s: Stage) -> None:
    """Another proposes other words for the same place, and words elsewhere that go together."""
    s.forge.opens(ANA, NINE, LEARN)
    s.forge.opens(LEV, TEN, text=described(source="Lyrania", title="Until ten"), at=1)
    s.forge.opens(
        MIA, LEARN, text=described(source="Example University", category="academia", title="Many"), at=2
    )
    s.runs(5)


def revised(s: Stage) -> None:
    """A second version: what was said of the first is outdated where it reads differently."""
    pull = s.forge.opens(ANA, NINE)
    s.forge.comments(pull, LEV, "/support", at=1)
    s.runs(2)
    s.forge.pushes(pull, ("until nine", "until eight"), at=3)
    s.runs(5)


def withdrawn(s: Stage) -> None:
    """Its source took it back."""
    pull = s.forge.opens(ANA, NINE)
    s.forge.comments(pull, ANA, "/withdraw", at=2)
    s.runs(5)


def by_form(s: Stage) -> None:
    """Sent with the form, and what it asks for was put in the text."""
    body = Post(id=0, author=ANA, body=filled(cosigners="Lyrania"), created=minute(0))
    s.forge.forms[7] = Form(number=7, author=ANA, title="T", body=body, updated=minute(0), open=True)
    s.runs(5)


def opinion(s: Stage) -> None:
    """An issue in which a chair put an Opinion up for discussion as it reads."""
    place = s.forge.asks(CHO, "/discuss opinion access\n\nPlease read it once more.", at=0)
    s.forge.comments(place, LEV, "/support", at=1)
    s.forge.comments(place, MIA, "/object on considering a) Not every lighthouse has power.", at=2)
    s.forge.comments(place, VIC, "+1", at=3)
    s.runs(5)


STATES: dict[str, Callable[[Stage], None]] = {
    "discussed": discussed,
    "returned": returned,
    "late": late,
    "unverified": unverified,
    "in-call": in_call,
    "agreed": agreed,
    "in-the-text": in_the_text,
    "alternatives": alternatives,
    "revised": revised,
    "withdrawn": withdrawn,
    "by-form": by_form,
    "opinion": opinion,
}


@pytest.mark.parametrize("state", STATES)
def test_the_comment_reads_as_the_golden_page(tmp_path: Path, state: str) -> None:
    """One page for each main state (ACCORD_WRITE_GOLDEN=1 writes them anew); nothing in it is alive."""
    s = stage(tmp_path)
    STATES[state](s)
    body = s.screen()
    assert living(body, html=True, links=(PAGE,), refs=(8, 9)) == []
    found = re.sub(r"(record|says)=[0-9a-f]{12}", r"\1=0123456789ab", body)
    found = re.sub(r"<code>[0-9a-f]{12}</code>", "<code>0123456789ab</code>", found) + "\n"
    golden = GOLDEN / f"{state}.md"
    if os.environ.get("ACCORD_WRITE_GOLDEN"):
        golden.write_text(found, "utf-8")
    assert found == golden.read_text("utf-8")


# --- only the difference ----------------------------------------------------------------------------------


def test_a_first_run_writes_everything_and_the_comment_last(tmp_path: Path) -> None:
    """Labels, status, one comment; a later run writes nothing."""
    s = stage(tmp_path)
    s.forge.opens(ANA, NINE)
    s.runs(5)
    assert s.requests == ["labels", "head", "status", "comment"]
    assert set(s.forge.pulls[7].labels) == {
        "category:member-state", "class:proposal", "kind:comment", "state:open", "window:W1",
    }  # fmt: skip
    assert s.gate() == (
        "pending",
        "Open: A chair opens a call for consensus, or puts the text in a meeting (C7).",
    )
    for at in (6, 7, 8):
        done = s.runs(at)
        assert (done.plans, s.requests) == ([], [])
    assert report(done, dry_run=False).code is Exit.OK


def test_what_was_shown_is_told_and_comes_into_the_record(tmp_path: Path) -> None:
    """Each comment that was written, with its version and the forge's own moment (C12)."""
    s = stage(tmp_path)
    pull = s.forge.opens(ANA, NINE)
    s.runs(5)
    (seen,) = s.seen
    assert (seen.number, seen.topic, seen.revision, seen.moment) == (1, 7, 1, minute(5.2))
    s.forge.pushes(pull, ("until nine", "until eight"), at=6)
    s.runs(7)
    assert [(one.revision, one.comment) for one in s.seen] == [(1, seen.comment), (2, seen.comment)]
    s.runs(8)
    shown = [one for one in s.forge.events(s.folder) if isinstance(one, Shown)]
    assert [(one.revision, one.received.latest) for one in shown] == [(1, minute(5.2)), (2, minute(7.2))]


def test_what_somebody_says_changes_the_comment_and_nothing_else(tmp_path: Path) -> None:
    """In its place."""
    s = stage(tmp_path)
    pull = s.forge.opens(ANA, NINE)
    s.runs(5)
    s.forge.comments(pull, LEV, "/support It helps.", at=6)
    s.runs(7)
    assert s.requests == ["head", "edit"]
    assert "“It helps.”" in s.screen()


def test_each_ignored_attempt_is_answered_once(tmp_path: Path) -> None:
    """Several in one comment, in order; a later one in a comment of its own."""
    s = stage(tmp_path)
    pull = s.forge.opens(ANA, NINE)
    s.forge.comments(pull, LEV, "/suport", at=1)
    s.forge.comments(pull, VIC, "/support", at=2)
    s.forge.comments(pull, VIC, "/why", at=3)
    s.runs(5)
    (answer,) = s.answers()
    assert re.findall(r"accord:answer (\S+) -->", answer) == [
        "comment/100#1",
        "comment/101#1",
        "comment/102#1",
    ]
    assert "**Lev Example**, to what you wrote on 20 August 2024, 12:01:" in answer
    assert "Write: `/support [REASON]`." in answer
    assert "this account is no expert on it (C2)" in answer
    assert "```text\nIt is open.\n- A chair opens a call" in answer
    s.runs(6)
    assert s.answers() == [answer]
    s.forge.comments(pull, LEV, "+1", at=7)
    s.runs(8)
    assert len(s.answers()) == 2
    assert "“+1” did not count: a sign is no position." in s.answers()[1]


def test_labels_set_by_hand_are_put_back_and_said(tmp_path: Path) -> None:
    """In the report of the run and in the comment; other people's labels stay; then all is still."""
    s = stage(tmp_path)
    pull = s.forge.opens(ANA, NINE)
    s.runs(5)
    labels = ("help wanted", "state:agreed", *(one for one in s.forge.pulls[7].labels if one != "state:open"))
    s.forge._set(replace(s.forge.pulls[pull.number], labels=labels), 6)
    done = s.runs(7)
    assert {"help wanted", "state:open"} <= set(s.forge.pulls[7].labels)
    assert "state:agreed" not in s.forge.pulls[7].labels
    assert "#7: Labels set by hand were put back." in report(done, dry_run=False).text
    assert s.screen().endswith("Labels set by hand were put back.</sub>")
    assert s.runs(8).plans == []


def test_a_status_set_by_somebody_else_is_put_back(tmp_path: Path) -> None:
    """Whoever may set one, the gate is what is computed."""
    s = stage(tmp_path)
    s.forge.opens(ANA, NINE)
    s.runs(5)
    green = Status(context="accord/contribution", state="success", description="Merge it.")
    s.forge._set(replace(s.forge.pulls[7], statuses=(green,)), 6)
    done = s.runs(7)
    assert s.gate()[0] == "pending"
    assert done.plans[0].drift == ("status",)


def test_a_comment_edited_by_a_maintainer_is_put_right(tmp_path: Path) -> None:
    """And what it then said was never shown by the tool."""
    s = stage(tmp_path)
    s.forge.opens(ANA, NINE)
    s.runs(5)
    before = s.screen()
    (post,) = s.forge.pulls[7].comments
    s.forge.edits(s.forge.pulls[7], post, before.replace("open", "agreed"), at=6, who=VIC)
    s.runs(7)
    assert s.screen().splitlines()[1:-1] == before.splitlines()[1:-1]
    assert "edited by hand" in s.screen()
    assert s.runs(8).plans == []


def test_a_strangers_pasted_comment_is_not_ours(tmp_path: Path) -> None:
    """It is left as it is; ours stands beside it."""
    s = stage(tmp_path)
    pull = s.forge.opens(ANA, NINE)
    pasted = "<!-- accord:status revision=9 events=99999 record=0123456789ab -->\n### It is agreed."
    s.forge.comments(pull, VIC, pasted, at=1)
    s.runs(5)
    assert [post.body for post in s.forge.pulls[7].comments if post.author == VIC] == [pasted]
    assert "Where it stands: open" in s.screen()


def test_a_second_comment_of_our_own_goes(tmp_path: Path) -> None:
    """Two runs at once wrote two; the older one is kept."""
    s = stage(tmp_path)
    s.forge.opens(ANA, NINE)
    s.runs(5)
    (post,) = s.forge.pulls[7].comments
    Writer(s.forge, at=6).comment(7, post.body)
    s.runs(7)
    assert [one.id for one in s.forge.pulls[7].comments] == [post.id]


# --- what can come in between -----------------------------------------------------------------------------


def test_a_push_between_reading_and_writing(tmp_path: Path) -> None:
    """Neither a status nor a comment about a text that is no longer the newest; the next run writes both."""
    s = stage(tmp_path)
    s.forge.opens(ANA, NINE)
    done = s.runs(5, writer=Writer(s.forge, heads={7: "f" * 40}))
    assert s.requests == ["labels", "head"]
    assert done.moved == [7]
    assert "the next run looks at it" in report(done, dry_run=False).text
    assert s.forge.pulls[7].comments == ()
    s.runs(6)
    assert s.gate()[0] == "pending"


def test_an_older_run_writes_nothing_over_a_newer_one(tmp_path: Path) -> None:
    """It was slow, and somebody else has seen more of the record."""
    s = stage(tmp_path)
    pull = s.forge.opens(ANA, NINE)
    s.runs(5)
    slow = s.wanting(5.5)
    s.forge.comments(pull, LEV, "/support", at=6)
    s.runs(7)
    from accord.domain.forge.plan import plan

    found = plan(s.forge.pulls[7], slow.of(s.forge.pulls[7]), slow.account)
    assert (found.newer, found.actions) == (True, ())


@pytest.mark.parametrize("budget", range(9))
def test_a_forge_that_asks_to_wait(tmp_path: Path, budget: int) -> None:
    """The run stops, says what is left with exit OUTSIDE, and the next one goes on; nothing is done twice."""
    s = stage(tmp_path)
    s.forge.opens(ANA, NINE)
    s.forge.opens(LEV, LEARN, text=described(source="Lyrania"), at=1)
    done = s.runs(5, writer=Writer(s.forge, budget=budget))
    told = report(done, dry_run=False)
    if budget < 8:
        assert told.code is Exit.OUTSIDE
        assert done.left == ([7, 8] if budget < 4 else [8])
        assert [finding.rule for finding in told.findings] == ["forge-rate", "forge-left"]
    else:
        assert told.code is Exit.OK
    s.runs(6)
    first = list(s.requests)
    assert s.runs(7).plans == []
    assert len(first) <= 9 - min(budget, 8) + 1
    for number in (7, 8):
        assert len(s.forge.pulls[number].comments) == 1
        assert s.gate(number)[0] == "pending"


def test_one_locked_discussion_silences_no_other(tmp_path: Path) -> None:
    """It is named, with exit OUTSIDE; the others show what they should."""
    s = stage(tmp_path)
    s.forge.opens(ANA, NINE)
    s.forge.opens(LEV, LEARN, text=described(source="Lyrania"), at=1)
    done = s.runs(5, writer=Writer(s.forge, locked={7}))
    assert list(done.refused) == [7]
    assert report(done, dry_run=False).code is Exit.OUTSIDE
    assert s.screen(8)


def test_what_was_not_shown_whole_is_left(tmp_path: Path) -> None:
    """Nothing is written on a part."""
    s = stage(tmp_path)
    s.forge.opens(ANA, NINE)
    s.syncs(5)
    part = replace(s.forge.pulls[7], complete=False)
    done = s.runs(6, sync=False, topics=[part])
    assert (done.left, s.requests) == ([7], [])
    assert report(done, dry_run=False).code is Exit.OUTSIDE


def test_a_dry_run_prints_the_plan(tmp_path: Path) -> None:
    """And writes nothing."""
    s = stage(tmp_path)
    pull = s.forge.opens(ANA, NINE)
    s.forge.comments(pull, LEV, "+1", at=1)
    done = s.runs(5, dry_run=True)
    assert s.requests == []
    told = report(done, dry_run=True)
    gate = "Open: A chair opens a call for consensus, or puts the text in a meeting (C7)."
    assert told.text.splitlines() == [
        "Looked at 1 pull request or form.",
        "Would be written:",
        "  #7: labels added: category:member-state, class:proposal, kind:comment, state:open, window:W1",
        f"  #7: status of {pull.head[:12]} set to pending: {gate}",
        "  #7: answered what did not count",
        "  #7: status comment written",
    ]
    assert [type(action) for action in done.plans[0].actions] == [
        AddLabels,
        SetStatus,
        PostComment,
        PostComment,
    ]


def test_before_there_is_a_record_nothing_is_said(tmp_path: Path) -> None:
    """There is nothing to say about anything."""
    s = stage(tmp_path)
    s.syncs(1)
    s.forge.round.repo.git("push", "--quiet", str(s.forge.shared), ":refs/heads/record")
    (s.folder / ".git/refs/heads/record").unlink(missing_ok=True)
    done = s.runs(5, sync=False)
    assert (done.looked_at, s.requests) == (0, [])


def test_only_those_that_are_named(tmp_path: Path) -> None:
    """By number."""
    s = stage(tmp_path)
    s.forge.opens(ANA, NINE)
    s.forge.opens(LEV, LEARN, text=described(source="Lyrania"), at=1)
    s.syncs(5)
    done = s.runs(5, sync=False, pulls=(8,))
    assert [one.number for one in done.plans] == [8]
    assert s.forge.pulls[7].comments == ()


def test_what_a_deadline_changes_is_found_without_asking_for_everything(tmp_path: Path) -> None:
    """Nobody touched it since; one question for what was touched, and one for what is due."""
    s = stage(tmp_path)
    in_call(s)
    s.forge.opens(LEV, LEARN, text=described(source="Lyrania"), at=10)
    for at in (12, 14):
        s.runs(at)
    before = s.forge.read
    done = s.runs(30)
    assert (done.looked_at, s.requests) == (1, []), (
        "what was touched at the last look but one is looked at again"
    )
    done = s.runs(12 * DAYS)
    assert [one.number for one in done.plans] == [7, 8], "the call ended, and the window closed"
    assert "Where it stands: ready" in s.screen()
    assert s.forge.read == before + 4, "one snapshot each for sync and reconcile"


def test_when_nothing_happens_one_question_is_asked(tmp_path: Path) -> None:
    """By sync one, by reconcile one, however many contributions there are."""
    s = stage(tmp_path)
    s.forge.opens(ANA, NINE)
    s.forge.opens(LEV, LEARN, text=described(source="Lyrania"), at=1)
    s.runs(5)
    third = s.forge.opens(
        MIA,
        ("lighthouses", "many lighthouses"),
        at=10,
        text=described(source="Example University", category="academia"),
    )
    s.runs(12)
    s.forge.comments(third, LEV, "/support", at=20)
    s.runs(22)
    s.runs(30)
    before = s.forge.read
    done = s.runs(40)
    assert (s.forge.read - before, done.plans, s.requests) == (2, [], [])
    assert done.looked_at == 1
    assert s.runs(90).looked_at == 0, "an hour later it is known that nothing is left of it"
    full = s.runs(95, full=True)
    assert (full.looked_at, full.plans) == (3, [])


def test_a_run_that_stopped_is_made_up_for_by_the_next(tmp_path: Path) -> None:
    """Whatever was left, however long ago: the record knows what was never shown."""
    s = stage(tmp_path)
    pull = s.forge.opens(ANA, NINE)
    s.forge.opens(LEV, LEARN, text=described(source="Lyrania"), at=1)
    s.runs(5)
    s.runs(6)
    s.forge.comments(pull, LEV, "/support It helps.", at=10)
    s.runs(11, writer=Writer(s.forge, budget=0))
    for at in (60, 120, 180):
        s.forge.opens(VIC, at=at, text=described(source="A visitor", category="stakeholder"))
        s.syncs(at + 1)
    assert "It helps." not in s.screen()
    s.runs(200)
    assert "It helps." in s.screen()
    assert s.screen(9)


def test_values_just_read_are_not_read_again(tmp_path: Path) -> None:
    """What sync read in the same run is enough."""
    s = stage(tmp_path)
    s.forge.opens(ANA, NINE)
    topics = s.syncs(5).topics
    before = s.forge.read
    done = s.runs(5, sync=False, topics=topics)
    assert len(done.plans) == 1
    assert s.forge.read == before


# --- the gate ---------------------------------------------------------------------------------------------

GATES: dict[str, tuple[Callable[[Stage], None], str, str]] = {
    "alternatives": (alternatives, "pending", "Open: A chair opens a call"),
    "discussed": (discussed, "pending", "Open: A chair opens a call"),
    "returned": (returned, "failure", "Returned for correction: The field title is missing."),
    "late": (late, "pending", "Held for the secretariat: Late: window W1 closed"),
    "unverified": (unverified, "pending", "Held for the secretariat:"),
    "in call": (in_call, "pending", "In call: The call runs until"),
    "agreed": (
        agreed,
        "success",
        "Contribution 1 is agreed by the Informal Group of Experts, exactly as it reads",
    ),
    "in the text": (in_the_text, "pending", "Incorporated: Nothing is left to do"),
    "withdrawn": (withdrawn, "pending", "Withdrawn: Nothing is left to do"),
}


@pytest.mark.parametrize("state", GATES)
def test_the_gate(tmp_path: Path, state: str) -> None:
    """It opens only for what is agreed as it stands; a red cross only for what its source can mend."""
    play, colour, words = GATES[state]
    s = stage(tmp_path)
    play(s)
    assert s.gate()[0] == colour
    assert s.gate()[1].startswith(words)


def test_the_gate_shuts_when_another_text_is_pushed(tmp_path: Path) -> None:
    """What was agreed is not what stands there now."""
    s = stage(tmp_path)
    agreed(s)
    s.forge.pushes(s.forge.pulls[7], ("until nine", "until midnight"), at=12 * DAYS + 10)
    s.forge._set(replace(s.forge.pulls[7], statuses=()), 12 * DAYS + 10)
    s.runs(12 * DAYS + 15)
    assert s.gate()[0] == "pending"
    assert s.gate()[1].startswith("Version 2 is held for the secretariat: Late: window W1 closed")
    assert "Version 2 is the newest and is not before the group; version 1 stands until then." in s.screen()


def test_the_gate_of_a_head_that_the_record_does_not_know_yet(tmp_path: Path) -> None:
    """Unknown is shut."""
    s = stage(tmp_path)
    agreed(s)
    s.forge.pushes(s.forge.pulls[7], ("until nine", "until midnight"), at=12 * DAYS + 10)
    s.forge._set(replace(s.forge.pulls[7], statuses=()), 12 * DAYS + 10)
    s.runs(12 * DAYS + 11, sync=False)
    assert s.gate() == ("pending", "This version was not looked at yet; the next run does.")


def test_an_agreed_text_whose_file_changed_since_goes_in_by_the_secretariat(tmp_path: Path) -> None:
    """Two clean merges can make a sentence that nobody declared (C13)."""
    s = stage(tmp_path)
    agreed(s)
    round_ = s.forge.round
    text = (round_.path / OPINION).read_text("utf-8")
    round_.repo.commit({OPINION: text.replace("that schools close", "that many schools close")}, "Elsewhere")
    round_.repo.git("push", "--quiet", str(s.forge.shared), "main")
    s.runs(12 * DAYS + 15)
    colour, words = s.gate()
    assert colour == "pending"
    assert "the secretariat puts it in clause by clause (accord incorporate 1)" in words


def test_process_files_that_cannot_be_read_open_no_gate_and_silence_nobody(tmp_path: Path) -> None:
    """What was in force before them stays in force; the run says what is wrong with them, with exit FINDINGS."""
    s = stage(tmp_path)
    agreed(s)
    s.forge.round.repo.commit({"process/consensus.yaml": "version: 1\nuse: nonsense\n"}, "A slip")
    s.forge.round.repo.git("push", "--quiet", str(s.forge.shared), "main")
    Repo(s.folder).git("fetch", "--quiet", "origin", "main:refs/remotes/origin/main")
    done = s.runs(12 * DAYS + 20, sync=False, pulls=(7,))
    assert s.gate()[0] == "pending"
    assert "cannot be read" in s.gate()[1]
    told = report(done, dry_run=False)
    assert told.code is Exit.FINDINGS
    assert any(finding.place and finding.place.file == "process/consensus.yaml" for finding in told.findings)


def test_a_clock_that_lags_behind_hides_nothing(tmp_path: Path) -> None:
    """What the server has seen is said, whatever this machine thinks the time is."""
    s = stage(tmp_path)
    pull = s.forge.opens(ANA, NINE)
    s.forge.comments(pull, LEV, "/support It helps.", at=9)
    s.syncs(10)
    s.runs(3, sync=False, pulls=(7,))
    assert "It helps." in s.screen()


def test_the_newest_main_counts_wherever_it_is_known(tmp_path: Path) -> None:
    """The branch here may be older than what was fetched; nothing is refused for that."""
    s = stage(tmp_path)
    agreed(s)
    s.acts(SAM_BY_NAME, 12 * DAYS + 10, "incorporate", "1")
    Repo(s.folder).git("fetch", "--quiet", "origin", "main:refs/remotes/origin/main")
    Repo(s.folder).git("switch", "--quiet", "--detach")
    Repo(s.folder).git("update-ref", "refs/heads/main", "refs/heads/main~1")
    s.runs(12 * DAYS + 20, sync=False, pulls=(7,))
    assert "Where it stands: incorporated" in s.screen()


def test_two_with_the_same_text_have_one_status(tmp_path: Path) -> None:
    """A status belongs to a commit: the first decides, and nothing is written back and forth."""
    s = stage(tmp_path)
    pull = s.forge.opens(ANA, NINE)
    other = s.forge.opens(VIC, LEARN, at=1, text=described(title=None))
    s.forge._push(8, pull.head)
    s.forge._set(replace(other, head=pull.head, pushes=()), 1)
    s.runs(5)
    assert s.gate(7) == s.gate(8)
    assert s.gate(7)[0] == "pending"
    assert s.runs(6).plans == []


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"tools/x.py": "x = 1\n"}, "No contribution: it changes no text that the group agrees on."),
        ({"process/note.md": "Note\n"}, "No contribution: no text changes. It changes how the process runs"),
    ],
)
def test_work_on_the_tools_has_a_status_of_its_own(tmp_path: Path, files: dict[str, str], words: str) -> None:
    """And no comment, and keeps its labels."""
    s = stage(tmp_path)
    s.forge.opens(ANA, NINE)
    head = s.forge.round.proposes("work", files)
    s.forge._push(8, head)
    body = Post(id=0, author=VIC, body="Work.", created=minute(1))
    labels = ("state:mine",)
    s.forge.pulls[8] = PullRequest(
        number=8,
        author=VIC,
        title="T",
        body=body,
        updated=minute(1),
        open=True,
        head=head,
        base="main",
        labels=labels,
    )
    s.runs(5)
    assert s.gate(8)[0] == "success"
    assert s.gate(8)[1].startswith(words)
    assert (s.forge.pulls[8].comments, s.forge.pulls[8].labels) == ((), labels)
    assert s.runs(6).plans == []


def test_what_is_meant_for_another_branch_is_left_alone(tmp_path: Path) -> None:
    """Nobody asked."""
    s = stage(tmp_path)
    s.forge.opens(ANA, NINE)
    s.syncs(4)
    s.forge._set(replace(s.forge.pulls[7], number=8, base="other"), 5)
    done = s.runs(6, sync=False, pulls=(8,))
    assert (done.plans, s.requests) == ([], [])


def test_a_closed_pull_request_gets_no_status(tmp_path: Path) -> None:
    """Its comment still says how it ended."""
    s = stage(tmp_path)
    withdrawn(s)
    s.forge._set(replace(s.forge.pulls[7], open=False, statuses=()), 6)
    s.runs(7)
    assert s.forge.pulls[7].statuses == ()


def test_a_text_of_the_secretariat_that_consensus_does_not_gate(tmp_path: Path) -> None:
    """C1. The Report enters by an act of the secretariat; an Opinion needs agreement, whoever wrote it."""
    for number, (path, colour) in enumerate(((REPORT, "success"), (OPINION, "pending"))):
        s = stage(tmp_path / str(number))
        text = (s.forge.round.path / path).read_text("utf-8")
        word = (
            "schools close"
            if path == OPINION
            else next(w for w in text.split() if len(w) > 9 and w.isalpha())
        )
        head = s.forge.round.proposes("text", {path: text.replace(word, f"{word} also", 1)})
        s.forge._push(7, head)
        words = described(kind="secretariat-text", category=None, sources="[ieg-1]", themes="[cross-cutting]")
        body = Post(id=0, author=SAM, body=words, created=minute(0))
        s.forge.pulls[7] = PullRequest(
            number=7, author=SAM, title="T", body=body, updated=minute(0), open=True, head=head, base="main"
        )
        s.runs(5)
        assert s.gate()[0] == colour, (s.gate(), s.screen())


# --- strangers' words -------------------------------------------------------------------------------------

HOSTILE = (
    "@everybody closes #1 GH-2 <b>x</b> <!-- x --> ![p](https://evil.example/p) \u202e ``` www.evil.example"
)


def test_nothing_that_people_wrote_is_alive_in_what_the_tool_writes(tmp_path: Path) -> None:
    """Title, source, reasons, words, names of accounts, the text itself."""
    s = stage(tmp_path)
    eve = Account(id=901, login="eve-@everybody-#1")
    quoted = f'"{HOSTILE}"'.replace("\u202e", "").replace("<!-- x -->", "--")
    words = described(
        title=quoted, reasons=quoted, source="closes #1 ![p](//evil.example)", category="stakeholder"
    )
    pull = s.forge.opens(
        VIC, ("in the evening;\n2.", "until [nine](https://evil.example) @all #3;\n2."), text=words
    )
    s.forge.comments(pull, LEV, f"/support {HOSTILE}", at=1)
    s.forge.comments(pull, MIA, f"/object {HOSTILE}", at=2)
    s.forge.comments(pull, eve, f"/support {HOSTILE}", at=3)
    s.forge.comments(pull, MIA, f"/suport {HOSTILE}", at=3)
    s.forge.comments(pull, eve, "/why", at=3)
    s.forge.remarks(pull, LEV, HOSTILE, at=4)
    s.runs(5)
    s.acts(SAM_BY_NAME, 6, "admit", "1", "--reason", "It was announced.")
    s.forge.comments(pull, LEV, f"/support {HOSTILE}", at=7)
    s.forge.comments(pull, MIA, f"/object {HOSTILE}", at=8)
    s.runs(9)
    assert "Lyrania" in s.screen()
    assert living(s.screen(), html=True, links=(PAGE,)) == []
    assert s.answers()
    assert [living(answer) for answer in s.answers()] == [[]] * len(s.answers())
    assert all(len(label) <= 50 for label in s.forge.pulls[7].labels)


def test_a_long_change_is_folded_and_what_does_not_fit_is_elsewhere(tmp_path: Path) -> None:
    """The whole stays under 60,000 characters."""
    s = stage(tmp_path)
    clauses = "".join(
        f"{number}. that clause {number} says {'many words ' * 40};\n" for number in range(4, 204)
    )
    s.forge.opens(ANA, ("learn in the evening,", f"learn in the evening;\n{clauses}and so on,"))
    s.runs(5)
    body = s.screen()
    assert 30_000 < len(body) < 60_000
    assert "<details><summary>" in body
    assert re.search(r"_And \d+ more changes: the page \*Files changed\* above shows them, and so does", body)
    assert body.count("<details>") == body.count("</details>") == 2


def test_a_text_out_of_reach_is_not_shown(tmp_path: Path) -> None:
    """Once it was redacted, the comment is written anew without it."""
    s = stage(tmp_path)
    s.forge.opens(ANA, NINE)
    s.runs(5)
    assert "until nine" in s.screen()
    s.acts(
        SAM_BY_NAME,
        6,
        "redact",
        "1",
        "--version",
        "1",
        "--ground",
        "A court asked for it",
        "--reason",
        "A name in it.",
    )
    s.runs(7)
    assert "until nine" not in s.screen()
    assert "taken out of reach: A court asked for it" in s.screen()
    assert s.runs(8).plans == []


def test_what_is_entered_for_an_entity_is_told_to_its_experts_once(tmp_path: Path) -> None:
    """C14. Until one of them confirmed it; an entry that was confirmed before anybody looked needs no notice."""
    s = stage(tmp_path)
    pull = s.forge.opens(ANA, NINE)
    s.forge.comments(pull, SAM, "/for lyrania support evidence letter 7", at=1)
    s.runs(2)
    told = [one.body for one in s.forge.pulls[7].comments if "accord:answer entry/" in one.body]
    assert len(told) == 1
    assert "entered the position *support* for Lyrania (invented), from letter 7" in told[0]
    s.forge.comments(pull, LEV, "/confirm", at=3)
    s.forge.comments(pull, SAM, "/for example-university accept evidence letter 8", at=4)
    s.forge.comments(pull, MIA, "/confirm", at=5)
    s.runs(6)
    assert [one.body for one in s.forge.pulls[7].comments if "accord:answer entry/" in one.body] == told
