"""How many contributions were received for a window, and of which sort: the parts and the head of a compilation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from accord.application.compiling_inputs import held_back
from accord.application.revision import Revision
from accord.application.window_inputs import from_public
from accord.domain.agreement.case import Case
from accord.domain.process.door import Verdict as Door
from accord.domain.process.forum import Sender, State
from accord.domain.process.windows import WindowTimes


def parts_for(
    cases: Sequence[Case], revision: Revision, times: WindowTimes
) -> Iterator[tuple[str, str, Sequence[Case]]]:
    office = [case for case in cases if _by_secretariat(case, revision)]
    public = [case for case in cases if case not in office and from_public(case, revision)]
    yield "membership", "Contributions", [case for case in cases if case not in (*office, *public)]
    if public or times.window.public:
        held = "Public consultation" if times.window.public else "From the public"
        yield "public", held, public
    if office:
        yield "secretariat", "Texts by the secretariat", office


def _by_secretariat(case: Case, revision: Revision) -> bool:
    contribution = case.current.contribution
    kind = revision.process.forum.kind(contribution.kind) if contribution else None
    return kind is not None and kind.sender is Sender.SECRETARIAT and case.current.role == "secretariat"


def head_of(cases: Sequence[Case], revision: Revision, times: WindowTimes) -> Iterator[str]:
    """How many there are of each sort: every one is in exactly one of the first counts."""
    parts = {key: some for key, _, some in parts_for(cases, revision, times)}
    members, public, office = (parts.get(key, []) for key in ("membership", "public", "secretariat"))
    classes = [case.current.admission.input_class if case.current.admission else None for case in members]
    counts = [
        _count(sum(1 for one in classes if one and one.value == "proposal"), "proposal"),
        _count(sum(1 for one in classes if one and one.value == "view"), "view"),
    ]
    if None in classes:
        counts.append(f"{classes.count(None)} whose class could not be derived")
    if public or times.window.public:
        where = "the public consultation" if times.window.public else "the public"
        counts.append(f"{len(public)} from {where}")
    so_far = "" if revision.moment >= times.closes.latest else " so far"
    if revision.moment < times.opens.earliest:
        yield f"{times.window.id} has not begun."
    received = [*members, *public]
    yield f"{_count(len(received), 'contribution')} received in {times.window.id}{so_far}: {', '.join(counts)}."
    of_these = [f"{number} {what}" for what, number in _fates(received, revision).items() if number]
    if of_these:
        yield f"Of these: {', '.join(of_these)}."
    if office:
        yield f"Beside them: {_count(len(office), 'text')} by the secretariat."
    carried = [one.number for one in revision.contributions if one not in cases and _carried(one, times)]
    if carried:
        yield f"Carried over from earlier windows, and in their compilations: {', '.join(map(str, carried))}."


def _fates(cases: Sequence[Case], revision: Revision) -> Mapping[str, int]:
    """How many never came before the group, by what kept them, and how many were taken back or out of reach."""
    label = revision.process.forum.state_label
    doors = [
        case.current.admission.verdict
        if case.current.admission and not case.current.returned
        else Door.RETURNED
        for case in cases
        if held_back(case)
    ]
    return {
        label(State.HELD): doors.count(Door.HELD),
        label(State.RETURNED): doors.count(Door.RETURNED),
        label(State.REFUSED): doors.count(Door.REFUSED),
        label(State.UNDETERMINED): doors.count(Door.UNDETERMINED),
        label(State.WITHDRAWN): sum(1 for case in cases if case.state is State.WITHDRAWN),
        "taken out of reach": sum(1 for case in cases if case.current.redacted is not None),
    }


def _carried(case: Case, times: WindowTimes) -> bool:
    if case.ended or case.disposed is None or case.disposed.disposition != "carried-over":
        return False
    return case.revisions[0].receipt.earliest < times.opens.earliest


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
