"""The desk: seeing main, deciding on the newest record, appending once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from accord.application.chronicle import Chronicle
from accord.application.desk import TOOL, Act, Desk
from accord.cli.wiring import open_desk
from accord.domain.findings import Exit, Refused
from accord.domain.record.events import Corrected, MainSeen, Opened
from accord.domain.record.values import Receipt
from tests.acceptance.world import IN_W1, OPINION, TEXT, Round, bare_round, rehearsal


def desk_on(round_: Round, now: str = IN_W1, *, dry_run: bool = False) -> Desk:
    """A desk on a round."""
    return open_desk(str(round_.path), now, "", dry_run=dry_run)


def note(desk: Desk, reason: str = "A note.") -> Act:
    """Some act."""
    event = Corrected(
        by=TOOL,
        received=Receipt.instant(desk.now),
        recorded=desk.now,
        target=1,
        reason=reason,
        contested=False,
    )
    return Act(summary="A note", events=(event,))


def reword(round_: Round, words: str) -> str:
    """Main with another sentence; its commit."""
    return round_.repo.commit({OPINION: TEXT.replace("that schools close in the afternoon", words)})


def test_every_state_of_main_is_seen_in_its_order(tmp_path: Path) -> None:
    """Clause ids follow the history of main, not the moments at which somebody looked."""
    round_ = rehearsal(tmp_path / "r")
    first = reword(round_, "that schools close at noon")
    second = reword(round_, "that schools close at three")
    desk = desk_on(round_)
    done = desk.carry_out(lambda _: note(desk))
    assert [event.commit for event in done.events if isinstance(event, MainSeen)] == [first, second]
    again = desk.carry_out(lambda _: note(desk))
    assert not [event for event in again.events if isinstance(event, MainSeen)]


def test_a_commit_that_touches_no_text_is_no_state(tmp_path: Path) -> None:
    """Only texts and process files count."""
    round_ = rehearsal(tmp_path / "r")
    round_.repo.commit({"notes.txt": "Nothing of the forum's.\n"})
    desk = desk_on(round_)
    assert [type(event) for event in desk.carry_out(lambda _: note(desk)).events] == [Corrected]


def test_a_clock_that_lags_keeps_the_order_of_what_was_seen(tmp_path: Path) -> None:
    """A state is never recorded before the one that came before it."""
    round_ = rehearsal(tmp_path / "r")
    reword(round_, "that schools close at noon")
    early = desk_on(round_)
    early.now -= timedelta(days=90)
    seen = [e for e in early.carry_out(lambda _: note(early)).events if isinstance(e, MainSeen)]
    assert seen[0].recorded > early.now


def test_a_lost_race_decides_again_on_what_the_other_wrote(tmp_path: Path) -> None:
    """The decision is asked twice and written once."""
    round_ = rehearsal(tmp_path / "r")
    desk = desk_on(round_)
    numbers: list[int] = []

    def decide(chronicle: Chronicle) -> Act:
        numbers.append(chronicle.next_seq)
        if len(numbers) == 1:
            other = desk_on(round_)
            other.carry_out(lambda _: note(other, "From somebody else."))
        return note(desk)

    done = desk.carry_out(decide)
    assert numbers == [4, 5]
    assert [event.seq for event in done.events] == [5]
    reasons = [e.reason for e in desk.chronicle().everything() if isinstance(e, Corrected)]
    assert reasons == ["From somebody else.", "A note."]


def test_a_refused_decision_writes_nothing(tmp_path: Path) -> None:
    """Not even that main was seen."""
    round_ = rehearsal(tmp_path / "r")
    reword(round_, "that schools close at noon")
    before = round_.refs()
    desk = desk_on(round_)

    def decide(_: Chronicle) -> Act:
        raise Refused([])

    with pytest.raises(Refused):
        desk.carry_out(decide)
    assert round_.refs() == before


def test_the_first_act_of_a_record_opens_it(tmp_path: Path) -> None:
    """One commit starts the record, one holds its beginning, the text and the act."""
    round_ = bare_round(tmp_path / "r")
    desk = desk_on(round_)
    desk.replayed, desk.may_begin = False, True
    done = desk.carry_out(lambda _: note(desk))
    assert [type(event) for event in done.events] == [Opened, MainSeen, Corrected]
    assert round_.repo.git("rev-list", "--count", "record") == "2"
    assert desk.store.head().rehearsal is False


def test_a_verb_that_may_not_begin_a_record_does_not(tmp_path: Path) -> None:
    """It says how one begins."""
    round_ = bare_round(tmp_path / "r")
    desk = desk_on(round_)
    with refused("record-missing", Exit.USAGE):
        desk.carry_out(lambda _: note(desk))
    assert "record" not in round_.refs()


def test_the_kind_of_record_is_kept_from_its_birth(tmp_path: Path) -> None:
    """A rehearsal stays one; opening it again changes nothing."""
    round_ = rehearsal(tmp_path / "r")
    desk = desk_on(round_)
    tip = desk.store.tip()
    desk.open_record(rehearsal=False)
    assert desk.store.tip() == tip
    assert desk.store.head().rehearsal is True


def test_no_main_branch(tmp_path: Path) -> None:
    """The text is what a contribution is about; without it there is nothing to do."""
    round_ = rehearsal(tmp_path / "r")
    round_.repo.git("branch", "--quiet", "-m", "main", "trunk")
    with refused("main-missing", Exit.USAGE):
        desk_on(round_).main()


@contextmanager
def refused(rule: str, code: Exit) -> Iterator[None]:
    """Something is refused by a rule, with an exit code."""
    with pytest.raises(Refused) as refusal:
        yield
    assert [finding.rule for finding in refusal.value.findings] == [rule]
    assert refusal.value.exit_code is code
    assert all(finding.fix for finding in refusal.value.findings)
