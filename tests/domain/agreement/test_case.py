"""The life of a contribution: which version is before the group, since when, and what ends it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, NamedTuple, cast

import pytest

from accord.domain.agreement.case import Case, open_case
from accord.domain.agreement.revisions import Metadata, Revision
from accord.domain.agreement.world import World
from accord.domain.process.admission import Admission
from accord.domain.process.door import Verdict as Door
from accord.domain.process.forum import State as Life
from accord.domain.process.windows import Phase, Standing
from accord.domain.record.events import Admitted, Disposed, Event, Received, Revised, Withdrawn
from accord.domain.record.values import Actor, Effect, FormFinding, Receipt
from tests.domain.agreement.story import State, change, day

SECOND = timedelta(seconds=1)
BETTER: Effect = (change("c1", "better"),)
BEST: Effect = (change("c1", "best"),)
BROKEN = (FormFinding(rule="structure", message="the file has no heading"),)
# Received on 6 January at 09:00: seven days for a correction end with 13 January.
CORRECTED_BY = datetime(2025, 1, 14, tzinfo=UTC)


class Zoned(NamedTuple):
    """All that a case reads of the timetable."""

    zone: tzinfo = UTC


ZONED = Zoned()


@dataclass(frozen=True)
class Dated(State):
    """A seen state of main with the zone that ends a day."""

    timetable: Any = ZONED


def examine(metadata: Metadata, receipt: Receipt, revision: Revision) -> tuple[None, Admission]:
    """A door that does what the metadata asks for."""
    door = Door(metadata["door"])
    standing = Standing(phase=Phase.OPEN)
    return None, Admission(
        verdict=door, standing=standing, category="member-state", input_class=None, verified=True
    )


def opened(*events: Event, now: datetime) -> Case:
    """The case as these events tell it."""
    numbered = [replace(event, seq=index) for index, event in enumerate(events, start=1)]
    return open_case(7, numbered, World(cast("Any", [Dated(recorded=day(-1))])), now, examine)


def common(at: datetime) -> dict[str, Any]:
    """What every event here carries."""
    return {
        "by": Actor(name="Ana", role="source"),
        "received": Receipt.instant(at),
        "recorded": at,
        "subject": "7",
    }


def received(door: str = "open", *, form: tuple[FormFinding, ...] = ()) -> Event:
    """The first version, on day 0."""
    rest: dict[str, Any] = {"channel": "local", "alias": "skills", "head": "h1", "base": "m0"}
    return Received(**common(day(0)), **rest, metadata={"door": door}, effect=BETTER, form=form)


def revised(
    at: datetime, effect: Effect = BETTER, door: str = "open", *, form: tuple[FormFinding, ...] = ()
) -> Event:
    """The second version."""
    return Revised(
        **common(at), revision=2, metadata={"door": door}, head="h2", base="m0", effect=effect, form=form
    )


def admitted(at: datetime) -> Event:
    """The secretariat admits the first version with a reason."""
    return Admitted(**common(at), revision=1, reason="the post was late, not the sender")


def disposed(how: str) -> Event:
    """A disposition, on day 2."""
    return Disposed(**common(day(2)), disposition=cast("Any", how), reason="as the group said")


KEPT: list[tuple[str, datetime, Effect, bool]] = [
    ("at once", day(0) + SECOND, BETTER, True),
    ("in the last second", CORRECTED_BY - SECOND, BETTER, True),
    ("at the end", CORRECTED_BY, BETTER, False),
    ("a day later", CORRECTED_BY + timedelta(days=1) - SECOND, BETTER, False),
    ("in time, but the text is another", day(1), BEST, False),
]


@pytest.mark.parametrize(("when", "at", "effect", "kept"), KEPT, ids=[row[0] for row in KEPT])
def test_a_corrected_contribution_keeps_its_time_of_receipt(
    when: str, at: datetime, effect: Effect, kept: bool
) -> None:
    """If corrected within the configured days with the text unchanged; its own receipt stays on record."""
    case = opened(received(form=BROKEN), revised(at, effect), now=day(20))
    second = case.revisions[1]
    assert case.revisions[0].correct_by == CORRECTED_BY
    assert second.receipt.latest == (day(0) if kept else at)
    assert second.own_receipt.latest == at


def test_a_second_correction_counts_from_the_first_receipt_too() -> None:
    """Two attempts don't add up to twice the days."""
    again = replace(cast("Revised", revised(day(3))), revision=3)
    case = opened(received(form=BROKEN), revised(day(2), form=BROKEN), again, now=day(4))
    assert [one.receipt.latest for one in case.revisions] == [day(0)] * 3


def test_a_version_of_one_that_was_not_returned_has_its_own_time() -> None:
    """Nothing was to be corrected."""
    case = opened(received(), revised(day(1)), now=day(2))
    assert case.revisions[1].receipt.latest == day(1)


DOORS = [
    ("open", True, Life.OPEN),
    ("held", False, Life.HELD),
    ("returned", False, Life.RETURNED),
    ("undetermined", False, Life.UNDETERMINED),
    ("refused", False, Life.REFUSED),
]


@pytest.mark.parametrize(("door", "counts", "life"), DOORS, ids=[row[0] for row in DOORS])
def test_only_what_came_in_is_before_the_group(door: str, counts: bool, life: Life) -> None:
    """What is held, returned, undetermined or refused takes no position and no call."""
    case = opened(received(door), now=day(1))
    assert case.newest.counts is counts
    assert case.state is life
    assert bool(case.dossier.versions) is counts
    assert (case.verdict is not None) is counts


def test_a_held_version_leaves_the_one_before_it_before_the_group() -> None:
    """A late change of the text is no way to change what is being called."""
    case = opened(received(), revised(day(1), BEST, "held"), now=day(2))
    assert (case.current.number, case.newest.number) == (1, 2)
    assert case.verdict is not None
    assert case.verdict.readiness.effect == BETTER


def test_what_was_admitted_counts_from_its_admission() -> None:
    """Before it there was nothing to take a position on."""
    case = opened(received("held"), admitted(day(3)), now=day(4))
    assert case.state is Life.OPEN
    assert [version.moment for version in case.dossier.versions] == [day(3)]
    assert opened(received("held"), admitted(day(3)), now=day(2)).state is Life.HELD


ENDS = [
    ("carried-over", Life.OPEN, False),
    ("noted", Life.DISPOSED, True),
    ("not-retained", Life.DISPOSED, True),
]


@pytest.mark.parametrize(("how", "life", "over"), ENDS, ids=[row[0] for row in ENDS])
def test_a_disposition_ends_it_unless_it_is_carried_over(how: str, life: Life, over: bool) -> None:
    """Carried over means that it stays before the group."""
    case = opened(received(), disposed(how), now=day(3))
    assert (case.state, case.ended) == (life, over)


def test_withdrawn_by_its_source_it_is_over() -> None:
    """From that moment on, not before it."""
    gone = Withdrawn(**common(day(2)), reason="another says it better")
    assert opened(received(), gone, now=day(2)).state is Life.WITHDRAWN
    assert opened(received(), gone, now=day(2) - SECOND).state is Life.OPEN
