"""Forged acts and decisions on one prepared round: `verify` names each with event and commit.

Where an attack makes a wrong decision, the script in `docs/` must name the same event.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from accord.application.ports import Batch, RecordView
from accord.cli.wiring import open_desk
from accord.domain.process.moments import parse_instant
from accord.domain.record import events as e
from accord.domain.record.codec import event_to_json
from accord.domain.record.values import Actor, Receipt, Said, Spot
from tests.acceptance import test_signed, test_tamper
from tests.acceptance.tampering import assert_told, rows
from tests.acceptance.test_independent_check import checked
from tests.acceptance.test_tamper import FORGED, Found, actor, added, findings, is_named, prepared, stamp, the
from tests.acceptance.world import ANA, CHO, LEV, SAM, Round
from tests.conftest import Repo
from tests.domain.record.test_events import sample

CHAIR, SECRETARIAT = actor(CHO, "chair", 3), actor(SAM, "secretariat", 4)
ARCADIA, LYRANIA = actor(ANA, "expert", 1), actor(LEV, "expert", 2)
OPINION = "opinions/access"


@dataclass(frozen=True, slots=True)
class Attack:
    """What somebody writes into the record, the rule by which it is found, and whether it makes a wrong decision."""

    does: Callable[[Round], Found]
    rule: str
    decides: bool = False


def on_three(round_: Round, kind: type[e.Event], by: Actor, **fields: Any) -> Found:
    """An act on contribution 3."""
    return added(round_, "contributions/3", kind(by=by, **stamp(), **fields))


def declared(round_: Round, at: str = FORGED, **fields: Any) -> Found:
    """Contribution 3 is declared agreed."""
    call = the(round_, e.Called)
    plain = e.Declared(
        by=CHAIR, **stamp(at), result="agreed", effect=call.effect, seen=round_.record(), basis=call.seq
    )  # fmt: skip
    return added(round_, "contributions/3", replace(plain, **fields))


# --- Whose act it is ------------------------------------------------------------------------------------------------


def sign_for_another(round_: Round) -> Found:
    """An expert of Arcadia signs for Lyrania (C3)."""
    return on_three(round_, e.Cosigned, ARCADIA, entity="lyrania", accepted=True, effect=())


def sign_without_evidence(round_: Round) -> Found:
    """The secretariat enters a signature that nothing shows (C14)."""
    return on_three(round_, e.Cosigned, SECRETARIAT, entity="lyrania", accepted=True, effect=())


def withdraw_anothers(round_: Round) -> Found:
    """An expert of Lyrania takes back what Arcadia handed in."""
    return on_three(round_, e.Withdrawn, replace(LYRANIA, role="source"), reason="done")


def revise_anothers(round_: Round) -> Found:
    """An expert of Lyrania writes another version of what Arcadia handed in."""
    first = the(round_, e.Received)
    return on_three(
        round_, e.Revised, replace(LYRANIA, role="source"), revision=2, metadata=first.metadata, head=None,
        base=None, effect=first.effect[:1],
    )  # fmt: skip


def redact_as_an_expert(round_: Round) -> Found:
    """An expert takes the text of another out of reach."""
    return on_three(
        round_, e.Redacted, LYRANIA, revisions=(1,), heads=(the(round_, e.Received).head,),
        ground="personal data", reason="so",
    )  # fmt: skip


def waive_as_an_expert(round_: Round) -> Found:
    """An expert overrules a finding of form (C14)."""
    return on_three(round_, e.Waived, ARCADIA, revision=1, rule="window-closed", reason="so")


def waive_what_is_not_there(round_: Round) -> Found:
    """A finding is overruled on a version that nobody handed in."""
    return on_three(round_, e.Waived, SECRETARIAT, revision=7, rule="window-closed", reason="so")


def set_aside_what_is_no_drafting(round_: Round) -> Found:
    """A rule that is none of drafting is set aside in single clauses."""
    spot = Spot(path=f"{OPINION}.md", digest="1:0")
    return on_three(
        round_, e.Waived, SECRETARIAT, revision=1, rule="window-closed", reason="so", spots=(spot,)
    )


def set_aside_elsewhere(round_: Round) -> Found:
    """A finding about one Opinion is set aside in clauses of another."""
    spot = Spot(path="opinions/another.md", digest="1:0")
    act = e.Waived(
        by=SECRETARIAT, **stamp(), revision=0, rule="clause-ending", reason="so", spots=(spot,)
    )  # fmt: skip
    return added(round_, "documents/access", replace(act, subject=OPINION))


def reopen_as_the_secretariat(round_: Round) -> Found:
    """What was declared is reopened, and not by a chair (C9)."""
    seq = the(round_, e.Declared, "1").seq
    return added(
        round_, "contributions/1",
        e.Reopened(by=SECRETARIAT, **{**stamp(), "subject": "1"}, declared=seq, reason="so"),
    )  # fmt: skip


def reopen_what_nobody_declared(round_: Round) -> Found:
    """A chair reopens contribution 3, on which nothing was decided."""
    return on_three(round_, e.Reopened, CHAIR, declared=the(round_, e.Called).seq, reason="so")


def recall_what_was_no_call(round_: Round) -> Found:
    """A chair takes back the objection as if it were a call."""
    return on_three(round_, e.Recalled, CHAIR, call=the(round_, e.Received).seq, reason="a mistake")


def at_a_meetings_clock(round_: Round) -> Found:
    """An expert's word is dated back by the clock of a meeting."""
    early = Receipt.instant(parse_instant("2024-11-18T10:30:00Z"), "meeting")
    mine = replace(the(round_, e.Position), entity="lyrania", by=LYRANIA, evidence=None, seq=0)
    return added(
        round_, "contributions/3", replace(mine, received=early, recorded=parse_instant(FORGED))
    )  # fmt: skip


def at_a_servers_clock(round_: Round) -> Found:
    """An expert's word is dated back by the clock of a server."""
    early = Receipt.instant(parse_instant("2024-11-18T10:30:00Z"), "server")
    mine = replace(the(round_, e.Position), entity="lyrania", by=LYRANIA, evidence=None, seq=0)
    return added(
        round_, "contributions/3", replace(mine, received=early, recorded=parse_instant(FORGED))
    )  # fmt: skip


# --- Objections (C6) ------------------------------------------------------------------------------------------------


def set_aside(round_: Round) -> Found:
    """A chair sets Lyrania's objection aside; the rules of `itu` let nobody do so."""
    return on_three(round_, e.ObjectionEnded, CHAIR, objection="3-o1", how="set-aside", reason="heard")


def set_aside_and_declare(round_: Round) -> Found:
    """A chair sets Lyrania's objection aside and declares the text agreed."""
    set_aside(round_)
    return declared(round_)


def dispose_of_what_is_owned(round_: Round) -> Found:
    """A chair disposes of an objection whose owner is still there (C2)."""
    return on_three(round_, e.ObjectionEnded, CHAIR, objection="3-o1", how="disposed", reason="gone")


def dispose_and_declare(round_: Round) -> Found:
    """A chair disposes of Lyrania's objection and declares the text agreed."""
    dispose_of_what_is_owned(round_)
    return declared(round_)


def take_the_place_of_an_objection(round_: Round) -> Found:
    """Arcadia, whose word does not count on its own text, objects under the id of Lyrania's objection."""
    first = next(
        one for one in open_desk(str(round_.path), FORGED, "").chronicle().events("3")
        if isinstance(one, e.Position) and one.stance == "object"
    )  # fmt: skip
    return added(
        round_, "contributions/3", replace(first, by=ARCADIA, entity="arcadia", **stamp(), seq=0)
    )  # fmt: skip


def take_its_place_and_declare(round_: Round) -> Found:
    """And a chair declares the text agreed, as if Lyrania's objection were gone."""
    take_the_place_of_an_objection(round_)
    return declared(round_)


def ask_about_nothing(round_: Round) -> Found:
    """A request names an objection that nobody raised."""
    until = parse_instant(FORGED) + timedelta(days=14)
    return on_three(round_, e.Asked, CHAIR, objection="3-o9", until=until, reason="silent")


def ask_for_yesterday(round_: Round) -> Found:
    """A request whose time is over when it is made."""
    until = parse_instant(FORGED) - timedelta(days=1)
    return on_three(round_, e.Asked, CHAIR, objection="3-o1", until=until, reason="silent")


def ask_for_too_short(round_: Round) -> Found:
    """Where objections may lapse after 14 days, a chair gives three."""
    rules = "process/consensus.yaml"
    text = round_.repo.git("show", f"main:{rules}") + "\n"
    round_.repo.commit({rules: text.replace("use: itu", "use: lazy")})
    round_.does(CHO, "2024-11-19T10:00:00Z", "call", "4", "--until", "2024-11-29")
    until = parse_instant("2024-11-23T10:00:00Z")
    asked = e.Asked(by=CHAIR, **stamp("2024-11-20T10:00:00Z"), objection="3-o1", until=until, reason="silent")
    return added(round_, "contributions/3", asked)


def ask_for_too_short_and_declare(round_: Round) -> Found:
    """And declares the text agreed, as if the objection had lapsed."""
    ask_for_too_short(round_)
    return declared(round_)


def move_too_much(round_: Round) -> Found:
    """A split takes an objection along that is also about what stays; the part and the rest are right."""
    whole = the(round_, e.Received, "4")
    part, rest = whole.effect[:1], whole.effect[1:]
    objection = the(round_, e.Position, "4").objection
    by = whole.by
    four = {**stamp(), "subject": "4"}
    received = replace(
        whole, subject="5", head=None, base=None, effect=part, split_from=4, recorded=parse_instant(FORGED)
    )
    split = e.Split(by=by, **four, into=5, clauses=tuple(one.id for one in part), objections=(objection,))
    left = e.Revised(by=by, **four, revision=2, metadata=whole.metadata, head=None, base=None, effect=rest)

    def batch(_: RecordView) -> Batch:
        pairs = [("contributions/5", received), ("contributions/4", split), ("contributions/4", left)]
        events = [(stream, event_to_json(one)) for stream, one in pairs]
        return Batch(subject="As usual", events=events, allocate=True)

    done = open_desk(str(round_.path), FORGED, "").store.append(batch, parse_instant(FORGED))
    return Found(rule="", place=f"event {done.events[1]['seq']}", commit=done.commit)


def move_too_much_and_agree(round_: Round) -> Found:
    """And a meeting is said to have agreed on what stayed, as if the objection were gone."""
    move_too_much(round_)
    effect = the(round_, e.Revised, "4").effect
    outcome = e.Outcome(
        by=CHAIR, **{**stamp(), "subject": "4"}, meeting="ieg-1", item="2", result="agreed", effect=effect
    )
    return added(round_, "contributions/4", outcome)


# --- Decisions ------------------------------------------------------------------------------------------------------


def rough_without_a_rule(round_: Round) -> Found:
    """A chair finds rough consensus over the objection; the rules of `itu` know none (C9)."""
    return declared(round_, rough=True, reason="the room was with it")


def before_what_it_requires(round_: Round) -> Found:
    """Contribution 4 builds on 3, which is not in the text; a meeting is said to have agreed on it (C8)."""
    effect = the(round_, e.Received, "4").effect
    end = e.ObjectionEnded(
        by=LYRANIA, **{**stamp(), "subject": "4"}, objection=the(round_, e.Position, "4").objection, how="met"
    )
    added(round_, "contributions/4", end)
    outcome = e.Outcome(
        by=CHAIR, **{**stamp(), "subject": "4"}, meeting="ieg-1", item="2", result="agreed", effect=effect
    )
    return added(round_, "contributions/4", outcome)


def adopted(round_: Round, meeting: str, subject: str = OPINION) -> Found:
    """An Opinion (or what is none) is said to be adopted in a meeting."""
    desk = open_desk(str(round_.path), FORGED, "")
    from accord.application.cases import Cases

    found = Cases(desk.chronicle(), desk.now).subject(subject)
    effect = found.dossier.effect(desk.chronicle().world(), desk.now)
    moment = parse_instant(FORGED)
    event = e.Outcome(
        by=CHAIR, received=Receipt.instant(moment, "meeting"), recorded=moment, subject=subject, meeting=meeting,
        item="2", result="adopted", effect=effect,
    )  # fmt: skip
    return added(round_, "documents/access" if subject == OPINION else "contributions/3", event)


def adopted_by_the_experts(round_: Round) -> Found:
    """An Opinion is said to be adopted by a meeting of the experts, who agree and never adopt (C9)."""
    return adopted(round_, "ieg-1")


def adopted_and_no_opinion(round_: Round) -> Found:
    """The Forum is said to adopt a contribution."""
    return adopted(round_, "wtpf-26", "3")


def adopted_and_not_agreed(round_: Round) -> Found:
    """The experts reopened the Opinion, and the Forum is said to adopt it as it reads."""
    agreed = the(round_, e.Outcome, OPINION)
    again = e.Reopened(by=CHAIR, **{**stamp(), "subject": OPINION}, declared=agreed.seq, reason="read again")
    added(round_, "documents/access", again)
    return adopted(round_, "wtpf-26")


def agreed_over_the_room(round_: Round) -> Found:
    """A meeting is said to have agreed although Lyrania objected there (C11)."""
    return _outcome(round_, objections=(Said(entity="lyrania", text="no power"),))


def agreed_in_no_meeting(round_: Round) -> Found:
    """A text is said to be agreed in a meeting that the timetable does not have (C11)."""
    return _outcome(round_, meeting="ieg-9")


def agreed_on_another_text(round_: Round) -> Found:
    """The outcome of a meeting is about other words than those before the group."""
    (entry, *_) = the(round_, e.Called).effect
    return _outcome(round_, effect=(replace(entry, gets="1:" + "0" * 32),))


def _outcome(round_: Round, **fields: Any) -> Found:
    effect = the(round_, e.Called).effect
    plain = e.Outcome(by=CHAIR, **stamp(), meeting="ieg-1", item="2", result="agreed", effect=effect)
    return added(round_, "contributions/3", replace(plain, **fields))


def incorporated_and_not_agreed(round_: Round) -> Found:
    """A text that nobody agreed on is said to have come in as agreed (C1)."""
    effect = the(round_, e.Called).effect
    return on_three(
        round_, e.Incorporated, SECRETARIAT, commit="0" * 40, parent="1" * 40, mode="agreed", effect=effect, ids={}
    )  # fmt: skip


ATTACKS = [
    Attack(sign_for_another, "record-right"),
    Attack(sign_without_evidence, "record-right"),
    Attack(withdraw_anothers, "record-right"),
    Attack(revise_anothers, "record-right"),
    Attack(redact_as_an_expert, "record-right"),
    Attack(waive_as_an_expert, "record-right"),
    Attack(waive_what_is_not_there, "C14"),
    Attack(set_aside_what_is_no_drafting, "C14"),
    Attack(set_aside_elsewhere, "C14"),
    Attack(reopen_as_the_secretariat, "record-right"),
    Attack(reopen_what_nobody_declared, "C9"),
    Attack(recall_what_was_no_call, "C7"),
    Attack(at_a_meetings_clock, "record-time"),
    Attack(at_a_servers_clock, "record-time"),
    Attack(set_aside, "C6"),
    Attack(set_aside_and_declare, "C9", decides=True),
    Attack(dispose_of_what_is_owned, "C2"),
    Attack(dispose_and_declare, "C9", decides=True),
    Attack(take_the_place_of_an_objection, "C6"),
    Attack(take_its_place_and_declare, "C9", decides=True),
    Attack(ask_about_nothing, "C6"),
    Attack(ask_for_yesterday, "C6"),
    Attack(ask_for_too_short, "C6"),
    Attack(ask_for_too_short_and_declare, "C9", decides=True),
    Attack(move_too_much, "C6"),
    Attack(move_too_much_and_agree, "C11", decides=True),
    Attack(rough_without_a_rule, "C9", decides=True),
    Attack(before_what_it_requires, "C11", decides=True),
    Attack(adopted_by_the_experts, "C11", decides=True),
    Attack(adopted_and_no_opinion, "C9", decides=True),
    Attack(adopted_and_not_agreed, "C9", decides=True),
    Attack(agreed_over_the_room, "C11", decides=True),
    Attack(agreed_in_no_meeting, "C11", decides=True),
    Attack(agreed_on_another_text, "C11", decides=True),
    Attack(incorporated_and_not_agreed, "C1"),
]


def round_with_four(folder: Path) -> Round:
    """Contribution 4 by Arcadia builds on 3 and changes two clauses; Lyrania objects to both."""
    shutil.copytree(_with_four(), folder, symlinks=True)
    return Round(Repo(folder))


@cache
def _with_four() -> Path:
    folder = Path(mkdtemp(prefix="accord-tamper-")) / "text"
    round_ = prepared(folder)
    round_.rewords("two", ("that schools close in the afternoon", "that schools close at four"),
                   ("that people learn in the evening", "that people learn at night"))  # fmt: skip
    round_.does(
        ANA, "2024-11-18T13:00:00Z", "submit", "two", "--metadata",
        round_.metadata(kind="opinion-text", based_on="draft-2", title="Hours", requires="[3]"),
    )  # fmt: skip
    round_.does(LEV, "2024-11-18T13:30:00Z", "position", "4", "object", "--for", "lyrania", "--reason", "no")
    return folder


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.does.__name__)
def test_a_forged_act_is_named_with_event_and_commit(tmp_path: Path, attack: Attack) -> None:
    """Rule, event and commit stand in one finding; a wrong decision is named by the script too."""
    round_ = round_with_four(tmp_path / "r")
    found = replace(attack.does(round_), rule=attack.rule)
    errors = findings(round_)
    told = "\n".join(f"{one['rule']}: {one['place']} {one['message']} {one['fix']}" for one in errors)
    assert is_named(errors, found), f"{found}\n{told}"
    assert_told(attack.does.__doc__, attack.rule, found.place, by_the_script=attack.decides)
    code, lines, text = checked(round_.path)
    wrong = [(f"event {line.seq}", line.commit) for line in lines if not line.follows]
    assert wrong == ([(found.place, found.commit[:12])] if attack.decides else []), text
    assert code == (1 if attack.decides else 0)


def test_without_an_attack_nothing_is_found(tmp_path: Path) -> None:
    """So that what the table finds comes from the attack."""
    round_ = round_with_four(tmp_path / "r")
    assert findings(round_) == []
    assert checked(round_.path)[0] == 0


def test_the_page_tells_the_attacks_of_the_tests_and_no_others() -> None:
    """That each of them stands there is checked where it is made."""
    assert len(rows()) == len(ATTACKS) + len(test_tamper.ATTACKS) + len(test_signed.ATTACKS)


def test_no_kind_of_act_is_written_by_a_guest(tmp_path: Path) -> None:
    """Every kind of event but a word that the tool itself heard has its writers, and no other may write it."""
    round_ = round_with_four(tmp_path / "r")
    guest = actor("Eve Example", "guest", 66)
    places = []
    for kind, cls in e.KINDS.items():
        if kind != "main-seen":  # its facts would not be there
            event = replace(sample(cls), by=guest, post="", **stamp(), seq=0)
            places.append(replace(added(round_, "contributions/3", event), rule="record-right"))
    errors = findings(round_)
    assert [found for found in places if not is_named(errors, found)] == []
