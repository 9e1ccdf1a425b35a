"""What a forge brings becomes the record, however often, how late and in whatever order anybody looks."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from accord.application.forge.taking_in import Arrived, Taking
from accord.domain.findings import Refused
from accord.domain.forge.marker import Marker
from accord.domain.forge.snapshot import Account, PullRequest
from accord.domain.record.events import (
    Called,
    Declared,
    Heard,
    Incorporated,
    Point,
    PointSettled,
    Position,
    Received,
    Revised,
    Synced,
    WordsChanged,
)
from tests.acceptance.forge_round import (
    ANA,
    CHO,
    LEV,
    MIA,
    TOOL,
    VIC,
    Forge,
    described,
    minute,
    on_a_forge,
    plain,
)
from tests.acceptance.world import OPINION, ROOT, accord
from tests.conftest import Repo

NINE = ("to open schools in the evening", "to open schools until nine")


def test_a_pull_request_is_received_as_a_contribution(tmp_path: Path) -> None:
    """With its server's time, its author's account, its text and its alias."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE)
    done = forge.syncs(tmp_path / "run", 5)
    received = [e for e in forge.events(tmp_path / "run") if isinstance(e, Received)]
    assert done.numbers == {pull.number: 1}
    assert [(e.channel, e.alias, e.by.id, e.head) for e in received] == [
        ("pull-request", "gh#7", 1, pull.head)
    ]
    assert (received[0].received.earliest, received[0].received.latest) == (minute(0), minute(0.1))
    assert received[0].received.clock == "server"
    assert forge.round.repo.git("ls-remote", str(forge.shared), "refs/contributions/1/head").startswith(
        pull.head
    )


def test_a_second_run_records_nothing(tmp_path: Path) -> None:
    """And asks only for what came later."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE)
    forge.comments(pull, LEV, "/support", at=1)
    forge.syncs(tmp_path / "run", 5)
    before = len(forge.events(tmp_path / "run"))
    done = forge.syncs(tmp_path / "run", 6)
    assert (len(forge.events(tmp_path / "run")), done.recorded, done.topics) == (before, [], ())


def busy(folder: Path) -> tuple[Forge, dict[float, dict[int, PullRequest]]]:
    """A lively discussion, and what the forge showed after each thing that happened in it."""
    forge = on_a_forge(folder)
    seen: dict[float, dict[int, PullRequest]] = {}
    hours = described(title="Hours", source="A visitor", category="public")
    steps: list[tuple[float, Callable[[], object]]] = [
        (0, lambda: forge.opens(ANA, NINE)),
        (2, lambda: forge.comments(forge.pulls[7], LEV, "/support It helps.", at=2)),
        (3, lambda: forge.opens(VIC, ("schools close", "schools often close"), at=3, text=hours)),
        (4, lambda: forge.comments(forge.pulls[7], MIA, "/object on 2.9 Too wide.", at=4)),
        (5, lambda: forge.pushes(forge.pulls[7], ("until nine", "until ten"), at=5)),
        (6, lambda: forge.reviews(forge.pulls[7], LEV, "APPROVED", at=6)),
        (7, lambda: forge.comments(forge.pulls[8], VIC, "/support", at=7)),
        (8, lambda: forge.edits(forge.pulls[7], forge.pulls[7].comments[0], "/accept It helps.", at=8)),
        (9, lambda: forge.describes(forge.pulls[7], described(title="Longer hours"), at=9)),
        (10, lambda: forge.comments(forge.pulls[7], CHO, "/call until 2024-08-30", at=10)),
        (11, lambda: forge.comments(forge.pulls[7], MIA, "We cannot accept this text.", at=11)),
    ]
    for at, step in steps:
        step()
        seen[at] = dict(forge.pulls)
    return forge, seen


def looked(
    forge: Forge, seen: dict[float, dict[int, PullRequest]], looks: list[float], folder: Path
) -> list[str]:
    """What is in the record in the end, if the tool looked at these minutes and once more when all was over."""
    shared = folder / "shared.git"
    forge.round.repo.git("clone", "--quiet", "--mirror", str(forge.shared), str(shared))
    mine = Forge(shared=shared, round=forge.round)
    for look in looks:
        mine.pulls = seen[max(at for at in seen if at <= look)]
        mine.syncs(folder / "run", look + 0.5)
    mine.pulls = dict(forge.pulls)
    mine.syncs(folder / "run", 20)
    kept = [e for e in mine.events(folder / "run") if not isinstance(e, Synced)]
    return sorted(json.dumps(one, sort_keys=True) for one in plain(kept))


def test_when_the_tool_looks_makes_no_difference(tmp_path: Path) -> None:
    """Every delivery lost but one, none lost, or some lost and some doubled: the same record."""
    forge, seen = busy(tmp_path)
    once = looked(forge, seen, [], tmp_path / "once")
    assert looked(forge, seen, [float(n) for n in range(12)], tmp_path / "always") == once
    assert looked(forge, seen, [0, 0, 4, 4, 9], tmp_path / "some") == once


def test_a_command_becomes_what_the_verb_of_its_name_does(tmp_path: Path) -> None:
    """A position of the expert's entity, a call by the chair, a declaration."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE)
    forge.comments(pull, LEV, "/support It helps.", at=1)
    forge.comments(pull, CHO, "/call until 2024-08-30", at=2)
    days = 24 * 60
    forge.comments(pull, CHO, "/declare agreed", at=12 * days)
    forge.syncs(tmp_path / "run", 13 * days)
    events = forge.events(tmp_path / "run")
    said = next(e for e in events if isinstance(e, Position))
    assert (said.entity, said.stance, said.reason, said.by.id) == ("lyrania", "support", "It helps.", 2)
    assert [type(e) for e in events if isinstance(e, (Called, Declared, Heard))] == [Called, Declared]
    now = minute(14 * days).strftime("%Y-%m-%dT%H:%M:%SZ")
    told = accord("verify", "--repo", str(tmp_path / "run"), "--now", now)
    assert told.code == 0, told.out + told.err


@pytest.mark.parametrize(
    ("who", "words", "why"),
    [
        (VIC, "/support", "not-nominated"),
        (LEV, "/call until 2024-08-30", "role-missing"),
        (LEV, "/suport", "command-misspelt"),
        (LEV, "+1", "plus-one"),
        (ANA, "/support", "position-of-source"),
        (CHO, "/declare agreed", "not-ready"),
        (LEV, "/why", "question"),
    ],
)
def test_what_does_not_count_is_heard_with_its_reason(
    tmp_path: Path, who: object, words: str, why: str
) -> None:
    """Once, and nothing else is recorded for it."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE)
    forge.comments(pull, who, words, at=1)  # type: ignore[arg-type]
    forge.syncs(tmp_path / "run", 5)
    forge.syncs(tmp_path / "run", 6, full=True)
    heard = [e for e in forge.events(tmp_path / "run") if isinstance(e, Heard)]
    assert [(e.why, e.by.id) for e in heard] == [(why, who.id)]  # type: ignore[attr-defined]
    assert heard[0].reason


@pytest.mark.parametrize("words", ["/objct Too wide.", "We object to this text.", "/object on 9.9 Too wide."])
def test_no_objection_of_an_expert_is_lost(tmp_path: Path, words: str) -> None:
    """C6. Misspelt, in prose, or about a clause that is not touched: it withholds readiness until it is confirmed."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE)
    forge.comments(pull, LEV, words, at=1)
    forge.syncs(tmp_path / "run", 5)
    events = forge.events(tmp_path / "run")
    said = [e for e in events if isinstance(e, Position)]
    assert [(e.entity, e.stance, e.by.role, bool(e.words)) for e in said] == [
        ("lyrania", "object", "tool", True)
    ]
    assert [e for e in events if isinstance(e, Heard)]


def test_the_reason_of_an_objection_is_asked_for_once(tmp_path: Path) -> None:
    """C4. It counts without one."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE)
    forge.comments(pull, LEV, "/object", at=1)
    forge.syncs(tmp_path / "run", 5)
    forge.syncs(tmp_path / "run", 6, full=True)
    events = forge.events(tmp_path / "run")
    assert [(e.stance, e.by.role) for e in events if isinstance(e, Position)] == [("object", "expert")]
    assert [e.why for e in events if isinstance(e, Heard)] == ["objection-reason"]


def test_a_text_taken_out_of_reach_is_still_on_the_forge(tmp_path: Path) -> None:
    """The secretariat is told, because no program can take it away there."""
    forge = on_a_forge(tmp_path)
    forge.opens(ANA, NINE)
    forge.syncs(tmp_path / "run", 5)
    at = [
        "--repo",
        str(tmp_path / "run"),
        "--as",
        "Sam Example",
        "--now",
        "2024-08-20T11:00:00Z",
        "--format",
        "json",
    ]
    told = accord("redact", "1", "--ground", "privacy", "--reason", "A name.", *at)
    assert (told.code, told.rules) == (0, ["redact-forge"])


def test_a_late_push_is_a_late_version(tmp_path: Path) -> None:
    """The timely text stays the one received."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE)
    late = (7 * 24) * 60
    forge.pushes(pull, ("until nine", "until ten"), at=late)
    forge.syncs(tmp_path / "run", late + 5)
    events = forge.events(tmp_path / "run")
    first = next(e for e in events if isinstance(e, Received))
    second = next(e for e in events if isinstance(e, Revised))
    assert first.received.latest == minute(0.1)
    assert second.received.earliest == second.received.latest == minute(late)
    assert first.head != second.head == forge.pulls[7].head


def test_a_head_that_no_server_names_was_received_when_it_was_first_seen(tmp_path: Path) -> None:
    """At latest then, at earliest when the pull request was created; a deadline in between is never guessed about."""
    forge = on_a_forge(tmp_path)
    forge.opens(ANA, NINE, suite=0)
    forge.syncs(tmp_path / "run", 30)
    first = next(e for e in forge.events(tmp_path / "run") if isinstance(e, Received))
    assert (first.received.earliest, first.received.latest) == (minute(0), minute(30))
    assert first.received.clock == "first-seen"


def test_edited_deleted_and_dismissed_words_are_noted(tmp_path: Path) -> None:
    """Each once, naming what it was read from; an edit beside the command changes nothing."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE)
    edited = forge.comments(pull, LEV, "/support", at=1)
    deleted = forge.comments(pull, MIA, "/accept", at=2)
    review = forge.reviews(pull, MIA, "APPROVED", at=3)
    kept = forge.comments(pull, LEV, "/reserve We read it as voluntary.", at=4)
    forge.syncs(tmp_path / "run", 5)
    forge.edits(pull, edited, "I said something else", at=6)
    forge.edits(pull, kept, "Good morning.\n\n/reserve We read it as voluntary.", at=7)
    forge.deletes(pull, deleted, at=8)
    forge.dismisses(pull, review, at=9)
    forge.syncs(tmp_path / "run", 10)
    forge.syncs(tmp_path / "run", 11, full=True)
    events = forge.events(tmp_path / "run")
    said = {e.seq: e.post.partition("#")[0] for e in events if isinstance(e, Position)}
    changed = [(said[e.target], e.how) for e in events if isinstance(e, WordsChanged)]
    assert sorted(changed) == sorted(
        [
            (f"comment/{edited.id}", "edited"),
            (f"comment/{deleted.id}", "deleted"),
            (f"review/{review.id}", "dismissed"),
        ]
    )


def test_a_thread_of_an_expert_is_an_open_point_until_it_is_settled(tmp_path: Path) -> None:
    """A stranger's is none; settled and opened again is recorded each time."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE)
    thread = forge.remarks(pull, LEV, "Who pays for it?", at=1)
    forge.remarks(pull, VIC, "And why?", at=2)
    forge.syncs(tmp_path / "run", 3)
    told = accord("status", "1", "--repo", str(tmp_path / "run"), "--now", "2024-08-20T10:04:00Z")
    assert "Open points:\n  experts nominated by Lyrania (invented) (opinions/access.md, line 3)" in told.out
    forge.resolves(pull, thread, at=4)
    forge.syncs(tmp_path / "run", 5)
    forge.resolves(pull, thread, at=6, resolved=False)
    forge.syncs(tmp_path / "run", 7)
    events = forge.events(tmp_path / "run")
    points = [e for e in events if isinstance(e, Point)]
    assert [(e.entity, e.words, e.line) for e in points] == [("lyrania", "Who pays for it?", 3)]
    settled = [(e.target, e.settled) for e in events if isinstance(e, PointSettled)]
    assert settled == [(points[0].seq, True), (points[0].seq, False)]


def test_two_runs_at_once_record_everything_once(tmp_path: Path) -> None:
    """The second finds the shared record further on, and takes in anew what is still missing."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE)
    forge.syncs(tmp_path / "one", 1)
    forge.syncs(tmp_path / "two", 1)
    forge.comments(pull, LEV, "/support", at=2)
    forge.syncs(tmp_path / "one", 3)
    forge.comments(pull, MIA, "/accept", at=4)
    forge.syncs(tmp_path / "two", 5)
    forge.syncs(tmp_path / "one", 6)
    for copy in ("one", "two"):
        said = [e.entity for e in forge.events(tmp_path / copy) if isinstance(e, Position)]
        assert said == ["lyrania", "example-university"]


def test_work_on_the_tools_is_no_contribution(tmp_path: Path) -> None:
    """A pull request that changes no text and has no block goes its own way, with everything said under it."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(VIC, text="Mend a link.")
    forge.comments(pull, LEV, "/support", at=1)
    done = forge.syncs(tmp_path / "run", 5)
    assert (done.recorded, done.numbers) == ([], {})


@pytest.mark.parametrize("amends", ["99", "1", "0", "[1, 2]", "one"])
def test_an_amendment_of_nothing_is_received_and_returned(tmp_path: Path, amends: str) -> None:
    """No description can keep the others from being taken in."""
    forge = on_a_forge(tmp_path)
    forge.opens(VIC, NINE, text=described(amends=amends))
    forge.opens(ANA, ("people learn", "everybody learns"), at=1)
    done = forge.syncs(tmp_path / "run", 5)
    assert done.numbers == {7: 1, 8: 2}
    told = accord(
        "status", "1", "--repo", str(tmp_path / "run"), "--now", "2024-08-20T10:06:00Z", "--format", "json"
    )
    assert told.data["state"] == "returned"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("No block at all.", "block-missing"),
        ("```yaml contribution\ncategory: [\n```\n", "yaml-syntax"),
        (described(title="Write to ana@example.org"), "description-address"),
    ],
)
def test_a_description_that_cannot_be_read_is_received_and_returned(
    tmp_path: Path, text: str, rule: str
) -> None:
    """Nothing that lies there for everybody to see is refused; it is returned with what to mend."""
    forge = on_a_forge(tmp_path)
    forge.opens(ANA, NINE, text=text)
    forge.syncs(tmp_path / "run", 5)
    first = next(e for e in forge.events(tmp_path / "run") if isinstance(e, Received))
    assert first.metadata is None
    assert rule in [one.rule for one in first.form]


def test_what_came_from_a_forge_is_verified_by_both_programs(tmp_path: Path) -> None:
    """A whole life: outdated and edited words, an objection withdrawn, a call, a declaration, after late looks."""
    forge = on_a_forge(tmp_path)
    days = 24 * 60.0
    pull = forge.opens(ANA, NINE)
    support = forge.comments(pull, LEV, "/support", at=1)
    objection = forge.comments(pull, MIA, "/object It is too late in the evening.", at=2)
    forge.syncs(tmp_path / "run", 3)
    forge.pushes(pull, ("until nine", "until eight"), at=4)
    forge.edits(pull, support, "Hm.", at=5)
    forge.edits(pull, objection, "(nothing)", at=6)
    forge.comments(pull, CHO, "/call until 2024-08-30", at=7)
    forge.comments(pull, CHO, "/declare agreed", at=11 * days)  # an objection stands
    forge.comments(pull, MIA, "/met 1-o1 Eight is fine.", at=11 * days + 1)
    forge.comments(pull, CHO, "/declare agreed", at=11 * days + 2)
    forge.syncs(tmp_path / "run", 12 * days)
    events = forge.events(tmp_path / "run")
    assert [(e.why, e.words) for e in events if isinstance(e, Heard)] == [("not-ready", "/declare agreed")]
    assert [e.result for e in events if isinstance(e, Declared)] == ["agreed"]
    now = minute(13 * days).strftime("%Y-%m-%dT%H:%M:%SZ")
    told = accord("verify", "--repo", str(tmp_path / "run"), "--now", now)
    assert told.code == 0, told.out + told.err
    script = [sys.executable, "-I", "-S", str(ROOT / "docs/check_record.py"), str(tmp_path / "run")]
    checked = subprocess.run(script, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    assert "declared agreed: follows from events" in checked.stdout


def test_nobody_is_made_a_source_by_a_strangers_description(tmp_path: Path) -> None:
    """R9, C3. It counts as a view of the public, and the entity that it names can still object."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(VIC, NINE, text=described(source="Lyrania"))
    forge.comments(pull, LEV, "/object We did not write this.", at=1)
    forge.syncs(tmp_path / "run", 5)
    events = forge.events(tmp_path / "run")
    assert [(e.entity, e.stance) for e in events if isinstance(e, Position)] == [("lyrania", "object")]
    assert not [e for e in events if isinstance(e, Heard)]


def test_an_opinion_as_it_reads_is_discussed_where_a_chair_says_so(tmp_path: Path) -> None:
    """C9. Positions, a call and a declaration on the Opinion, in an issue of its own."""
    forge = on_a_forge(tmp_path)
    days = 24 * 60.0
    place = forge.asks(CHO, "/discuss opinion access\n\nPlease read it once more.", at=0)
    forge.comments(place, LEV, "/support", at=1)
    forge.comments(place, CHO, "/call until 2024-08-30", at=2)
    forge.comments(place, CHO, "/declare agreed", at=11 * days)
    forge.syncs(tmp_path / "run", 12 * days)
    events = [e for e in forge.events(tmp_path / "run") if e.subject]
    assert [(type(e), e.subject) for e in events] == [
        (Position, "opinions/access"),
        (Called, "opinions/access"),
        (Declared, "opinions/access"),
    ]
    now = minute(13 * days).strftime("%Y-%m-%dT%H:%M:%SZ")
    told = accord("verify", "--repo", str(tmp_path / "run"), "--now", now)
    assert told.code == 0, told.out + told.err


@pytest.mark.parametrize(
    ("who", "text"),
    [(LEV, "/discuss opinion access"), (CHO, "/discuss opinion elsewhere"), (CHO, "Something is broken.")],
)
def test_any_other_issue_is_nothing_here(tmp_path: Path, who: Account, text: str) -> None:
    """Not of an expert, not of an Opinion that there is not, and no question or report of a fault."""
    forge = on_a_forge(tmp_path)
    place = forge.asks(who, text, at=0)
    forge.comments(place, LEV, "/support", at=1)
    assert forge.syncs(tmp_path / "run", 5).recorded == []


def test_what_goes_wrong_under_one_topic_keeps_no_other_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said, and tried again by the next run."""
    forge = on_a_forge(tmp_path)
    forge.opens(VIC, NINE)
    forge.opens(ANA, ("people learn", "everybody learns"), at=1)
    whole = Taking.take

    def breaks(self: Taking, arrived: Arrived) -> None:
        if arrived.topic.number == 7:
            raise ZeroDivisionError("planted")
        whole(self, arrived)

    with monkeypatch.context() as planted:
        planted.setattr(Taking, "take", breaks)
        done = forge.syncs(tmp_path / "run", 5)
    assert (done.numbers, len(done.left)) == ({8: 1}, 1)
    assert "ZeroDivisionError: planted" in done.left[0]
    assert forge.syncs(tmp_path / "run", 6).numbers == {7: 2, 8: 1}


@pytest.mark.parametrize(
    "text", ["\ud800", "\x00", "\u202e/object", "/object \ud83d", "/support\x07", "a" * 65_536]
)
def test_no_character_stops_the_doorway(tmp_path: Path, text: str) -> None:
    """Half a character, a null, a bell, a turned line, a comment as long as GitHub lets one be."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE, text=described() + text)
    forge.comments(pull, LEV, text, at=1)
    forge.comments(pull, MIA, "/support", at=2)
    done = forge.syncs(tmp_path / "run", 5)
    assert (done.left, done.numbers) == ((), {7: 1})
    assert "example-university" in [
        e.entity for e in forge.events(tmp_path / "run") if isinstance(e, Position)
    ]


def test_what_was_entered_here_is_shared_with_what_comes_in(tmp_path: Path) -> None:
    """Work in a terminal while GitHub is in use: entries, their texts, and the text that was put in are shared."""
    forge = on_a_forge(tmp_path)
    run, days = tmp_path / "run", 24 * 60.0
    pull = forge.opens(ANA, NINE)
    forge.comments(pull, CHO, "/call until 2024-08-30", at=1)
    forge.comments(pull, CHO, "/declare agreed", at=11 * days)
    forge.syncs(run, 11 * days + 5)
    for name in ("user.name", "user.email"):
        Repo(run).git("config", name, "sam")
    Repo(run).git("branch", "--force", "letter", "main")
    at = ["--repo", str(run), "--as", "Sam Example", "--now", "2024-09-01T11:00:00Z"]
    assert accord("incorporate", "1", *at).code == 0
    file = forge.round.metadata(source="Lyrania")
    letter = [
        "--metadata",
        file,
        "--channel",
        "letter",
        "--registry",
        "letter 3",
        "--received",
        "2024-08-25T09:00:00Z",
    ]
    assert accord("submit", "letter", *letter, *at).code == 0
    Repo(run).commit({"notes.txt": "Mine alone.\n"})
    unseen = Repo(run).git("rev-parse", "main")
    forge.comments(pull, LEV, "/why", at=12 * days)
    forge.syncs(run, 13 * days)
    everybody = tmp_path / "everybody"
    Repo(run).git("clone", "--quiet", str(forge.shared), str(everybody))
    kinds = [type(e) for e in forge.events(everybody)]
    assert kinds.count(Received) == 2
    assert Incorporated in kinds
    assert "until nine" in Repo(everybody).git("show", f"origin/main:{OPINION}")
    assert unseen != Repo(everybody).git("rev-parse", "origin/main")
    assert Repo(forge.shared).git("rev-parse", "refs/contributions/2/head")


def test_a_record_that_was_set_back_is_noticed_from_what_was_shown(tmp_path: Path) -> None:
    """GitHub is the witness: the tool's own comment says from how many entries it was written."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE)
    before = Repo(forge.shared).git("rev-parse", "record")
    forge.comments(pull, LEV, "/support", at=1)
    forge.syncs(tmp_path / "run", 5)
    events = len(forge.events(tmp_path / "run"))
    mark = Marker(revision=1, events=events, record="0" * 12)
    forge.comments(pull, TOOL, f"{mark}\nAll is well.", at=6)
    forge.comments(pull, VIC, f"{replace(mark, events=10_000)}\nNot the tool.", at=7)
    forge.syncs(tmp_path / "run", 8)
    Repo(forge.shared).git("update-ref", "refs/heads/record", before)
    with pytest.raises(Refused) as refused:
        forge.syncs(tmp_path / "fresh", 9)
    assert [one.rule for one in refused.value.findings] == ["record-set-back"]
    assert refused.value.exit_code == 1
    assert Repo(forge.shared).git("rev-parse", "record") == before
