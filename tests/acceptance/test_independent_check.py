"""The script in `docs/` shares no line with Accord, and arrives at the same decisions."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from accord.application.chronicle import Chronicle
from accord.application.ports import Batch, RecordView
from accord.cli.wiring import open_desk
from accord.domain.process.moments import parse_instant
from accord.domain.record.codec import event_to_json
from accord.domain.record.events import Called, Declared, Event, ObjectionEnded, Outcome, Position, Received
from accord.domain.record.values import Actor, Receipt
from tests.acceptance.rehearsed import rehearse
from tests.acceptance.rounds import second
from tests.acceptance.world import ANA, CHO, IN_W2, LEV, ROOT, SAM, Round, accord

SCRIPT = ROOT / "docs" / "check_record.py"
LINE = re.compile(
    r"^(YES|NO ) {2}(\S+) {2}event (\d+) \(commit ([0-9a-f]{12})\) {2}(declared|outcome) ([^:]+): (.+)$"
)

CHAIR = Actor(name=CHO, role="chair", id=3)
SECRETARIAT = Actor(name=SAM, role="secretariat", id=4)
ARCADIA = Actor(name=ANA, role="expert", id=1)
LYRANIA = Actor(name=LEV, role="expert", id=2)
OBJECTED, CALLED, DECLARED = "2024-11-18T11:00:00Z", "2024-11-18T12:00:00Z", "2024-12-02T10:00:00Z"
AFTER = "2024-12-03T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Line:
    """One decision as the script tells it."""

    follows: bool
    subject: str
    seq: int
    commit: str
    result: str
    why: str


def checked(folder: Path) -> tuple[int, list[Line], str]:
    """Exit code, decisions and everything printed; in a Python that sees no installed package."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(SCRIPT), str(folder)], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    found = [match for match in map(LINE.match, done.stdout.splitlines()) if match]
    lines = [
        Line(
            follows=m[1] == "YES", subject=m[2], seq=int(m[3]), commit=m[4], result=f"{m[5]} {m[6]}", why=m[7]
        )
        for m in found
    ]
    return done.returncode, lines, done.stdout


def decisions(chronicle: Chronicle) -> list[tuple[str, int, str]]:
    """The decisions that Accord's own reader finds in the record."""
    return [
        (event.subject, event.seq, f"{type(event).__name__.lower()} {event.result}")
        for event in chronicle.everything()
        if isinstance(event, (Declared, Outcome))
    ]


def chronicle_of(folder: Path) -> Chronicle:
    """The record as it is."""
    return open_desk(str(folder), AFTER, "").chronicle()


def wrong_by_verify(folder: Path, now: str = AFTER) -> set[int]:
    """The events with which `accord verify` finds something wrong."""
    told = accord("verify", "--repo", str(folder), "--now", now, "--format", "json")
    places = [one["place"] for one in told.data["findings"] if one["severity"] == "error"]
    assert told.code == (1 if places else 0)
    return {int(place["path"].removeprefix("event ")) for place in places}


def forge(round_: Round, event: Event) -> int:
    """Add an event about contribution 3 behind the tool's back; its running number."""
    desk = open_desk(str(round_.path), AFTER, "")

    def batch(_: RecordView) -> Batch:
        return Batch(subject="Forged", events=[("contributions/3", event_to_json(event))])

    return int(desk.store.append(batch, event.recorded).events[0]["seq"])


def called(folder: Path, *, objected: bool = False) -> Round:
    """Contribution 3, by Arcadia, changes a clause of the Opinion; a call on it runs until the end of November."""
    round_ = second(folder)
    round_.rewords("hours", ("to open schools in the evening", "to open schools until nine"))
    round_.does(
        ANA, IN_W2, "submit", "hours", "--metadata", round_.metadata(kind="opinion-text", based_on="draft-2")
    )
    if objected:
        round_.does(LEV, OBJECTED, "position", "3", "object", "--for", "lyrania", "--reason", "no power")
    round_.does(CHO, CALLED, "call", "3", "--until", "2024-11-29")
    return round_


def declaration(round_: Round, at: str = DECLARED, by: Actor = CHAIR) -> Declared:
    """A declaration as the tool would write it, whether or not it would."""
    call = next(event for event in chronicle_of(round_.path).events("3") if isinstance(event, Called))
    return Declared(
        by=by, received=Receipt.instant(parse_instant(at)), recorded=parse_instant(at), subject="3",
        result="agreed", effect=call.effect, seen=round_.record(), basis=call.seq,
    )  # fmt: skip


def over_an_objection(folder: Path) -> tuple[Round, int]:
    round_ = called(folder, objected=True)
    return round_, forge(round_, declaration(round_))


def before_the_end(folder: Path) -> tuple[Round, int]:
    round_ = called(folder)
    return round_, forge(round_, declaration(round_, at="2024-11-28T10:00:00Z"))


def by_no_chair(folder: Path) -> tuple[Round, int]:
    round_ = called(folder)
    return round_, forge(round_, declaration(round_, by=replace(CHAIR, name=LEV, id=2)))


def about_another_text(folder: Path) -> tuple[Round, int]:
    round_ = called(folder)
    right = declaration(round_)
    return round_, forge(round_, replace(right, effect=(replace(right.effect[0], gets="1:" + "0" * 32),)))


def on_another_record(folder: Path) -> tuple[Round, int]:
    round_ = called(folder)
    return round_, forge(round_, replace(declaration(round_), seen=round_.repo.git("rev-parse", "main")))


def without_a_call(folder: Path) -> tuple[Round, int]:
    round_ = called(folder)
    round_.does(CHO, "2024-11-19T10:00:00Z", "recall", "3", "--reason", "a mistake")
    return round_, forge(round_, declaration(round_))


def after_too_short_a_call(folder: Path) -> tuple[Round, int]:
    """A call of six days, and at its end a declaration."""
    round_ = called(folder)
    right = declaration(round_)
    call = next(event for event in chronicle_of(round_.path).events("3") if isinstance(event, Called))
    opened = parse_instant("2024-12-01T10:00:00Z")
    short = replace(call, received=Receipt.instant(opened), recorded=opened, until=opened + timedelta(days=6))
    seq = forge(round_, short)
    told = replace(right, received=Receipt.instant(short.until), recorded=short.until, basis=seq)
    return round_, forge(round_, told)


def in_no_meeting(folder: Path) -> tuple[Round, int]:
    round_ = called(folder)
    right = declaration(round_)
    outcome = Outcome(
        by=right.by, received=right.received, recorded=right.recorded, subject="3", meeting="ieg-9", item="1",
        result="agreed", effect=right.effect,
    )  # fmt: skip
    return round_, forge(round_, outcome)


@pytest.mark.parametrize(
    ("attack", "says"),
    [
        (over_an_objection, "objection 3-o1 of lyrania stands (C6)"),
        (before_the_end, "the call ran until 2024-11-29 23:00 UTC (C7)"),
        (by_no_chair, f"{LEV} had no right to say so (C9)"),
        (about_another_text, "it is about another text than the newest before the group (C9)"),
        (on_another_record, "the record it was declared on is not an earlier state of this one (C9)"),
        (without_a_call, "there was no call (C7)"),
        (in_no_meeting, "the timetable has no meeting ieg-9 (C11)"),
    ],
)
def test_a_forged_decision_is_found_by_both(
    tmp_path: Path, attack: Callable[[Path], tuple[Round, int]], says: str
) -> None:
    """The script says why; the tool names the same event, and nothing else."""
    round_, seq = attack(tmp_path / "r")
    code, lines, _ = checked(round_.path)
    assert code == 1
    assert [line.seq for line in lines if not line.follows] == [seq]
    assert lines[-1].why.startswith(says)
    assert lines[-1].commit == round_.record()[:12]
    assert wrong_by_verify(round_.path) == {seq}


def test_a_call_that_was_too_short(tmp_path: Path) -> None:
    """C7. The script says it of the declaration, the tool of the call itself, which came just before it."""
    round_, seq = after_too_short_a_call(tmp_path / "r")
    _, lines, _ = checked(round_.path)
    assert lines[-1].why.startswith("the call was shorter than the rules allow (C7)")
    assert wrong_by_verify(round_.path, "2024-12-09T00:00:00Z") == {seq - 1}


def test_a_round_without_forgery_follows(tmp_path: Path) -> None:
    """A withdrawn objection and a statement stand in the way of nothing; a call is declared after its end."""
    round_ = called(tmp_path / "r")
    round_.does(CHO, DECLARED, "declare", "3", "agreed")
    code, lines, text = checked(round_.path)
    assert code == 0
    assert [(line.subject, line.seq, line.result) for line in lines] == decisions(chronicle_of(round_.path))
    assert all(line.follows for line in lines)
    assert text.endswith("no things that should not be so.\n")
    assert wrong_by_verify(round_.path) == set()


def test_what_was_entered_late_is_told(tmp_path: Path) -> None:
    """C9. A letter received before the declaration and entered after it: no forgery, but said by both."""
    round_ = called(tmp_path / "r")
    round_.does(CHO, DECLARED, "declare", "3", "agreed")
    round_.does(
        SAM, "2024-12-02T12:00:00Z", "position", "3", "object", "--for", "lyrania", "--reason", "late letter",
        "--received", "2024-11-25T10:00:00Z", "--evidence", round_.letter(),
    )  # fmt: skip
    code, lines, _ = checked(round_.path)
    assert code == 0
    assert "to be confirmed" in lines[-1].why
    assert round_.state("3", AFTER) == "to-be-confirmed"


def test_a_stranger_stands_in_nobodys_way(tmp_path: Path) -> None:
    """C2. The objection of an entity that is not on the list is heard and withholds nothing."""
    round_ = called(tmp_path / "r")
    received = chronicle_of(round_.path).events("3")[0]
    assert isinstance(received, Received)
    moment = parse_instant("2024-11-20T10:00:00Z")
    position = Position(
        by=SECRETARIAT, received=Receipt.instant(moment), recorded=moment, subject="3", entity="nowhere",
        stance="object", effect=received.effect, objection="3-o1", meeting="ieg-1",
    )  # fmt: skip
    forge(round_, position)
    round_.does(CHO, DECLARED, "declare", "3", "agreed")
    assert checked(round_.path)[0] == 0
    assert wrong_by_verify(round_.path) == set()


def test_an_objection_ends_by_its_owner(tmp_path: Path) -> None:
    """C6. Withdrawn by an expert of its own, and the declaration follows."""
    round_ = called(tmp_path / "r", objected=True)
    round_.does(LEV, "2024-11-20T10:00:00Z", "withdraw", "3-o1", "--reason", "explained")
    round_.does(CHO, DECLARED, "declare", "3", "agreed")
    assert checked(round_.path)[0] == 0


def test_an_objection_does_not_end_by_somebody_else(tmp_path: Path) -> None:
    """C6. An expert of another entity cannot withdraw it, whatever the record says afterwards."""
    round_ = called(tmp_path / "r", objected=True)
    moment = parse_instant("2024-11-20T10:00:00Z")
    ended = ObjectionEnded(
        by=ARCADIA, received=Receipt.instant(moment), recorded=moment, subject="3", objection="3-o1",
        how="withdrawn",
    )  # fmt: skip
    withdrawn = forge(round_, ended)
    declared = forge(round_, declaration(round_))
    code, lines, _ = checked(round_.path)
    assert code == 1
    assert lines[-1].seq == declared
    assert lines[-1].why.startswith("objection 3-o1 of lyrania stands (C6)")
    assert withdrawn in wrong_by_verify(round_.path)


def test_the_rehearsal_to_the_second_draft(tmp_path: Path) -> None:
    """Every decision of it, by the same numbers and results as Accord reads them, follows for both."""
    played = rehearse(tmp_path, "--until", "draft-2", "--quiet")
    code, lines, text = checked(played.folder)
    assert code == 0, text
    assert [(line.subject, line.seq, line.result) for line in lines] == decisions(played.desk.chronicle())
    assert len(lines) == 5
    assert wrong_by_verify(played.folder, "2024-11-05T00:00:00Z") == set()


def test_a_plain_clone_is_enough(tmp_path: Path) -> None:
    """It reads nothing but the branch `record`, under the name that a fresh clone gives it."""
    round_ = second(tmp_path / "r")
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", str(round_.path), str(clone)], check=True)
    assert checked(clone)[1:] == checked(round_.path)[1:]


def test_no_record(tmp_path: Path) -> None:
    """It says so, and that is no success."""
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    code, lines, text = checked(tmp_path)
    assert (code, lines) == (1, [])
    assert "no branch `record`" in text


def test_the_script_imports_only_the_standard_library() -> None:
    """Nothing of Accord, and nothing that must be installed."""
    nodes = list(ast.walk(ast.parse(SCRIPT.read_text("utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= set(sys.stdlib_module_names)
