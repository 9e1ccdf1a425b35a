"""`nominate`: a nomination by letter goes on the list of nominated experts and into the record (R12-R15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from accord.application import people
from accord.application.cases import Cases
from accord.application.chronicle import Chronicle
from accord.application.desk import Act, Desk, Done
from accord.application.incorporating import AUTHOR
from accord.application.reading import PROCESS_FILES
from accord.application.texts import MAIN
from accord.domain.findings import Exit, refuse
from accord.domain.process.moments import show_until
from accord.domain.process.people import ExpertsList
from accord.domain.process.timetable import Timetable
from accord.domain.record.events import Nominated
from accord.domain.record.values import Evidence, Receipt

LIST = PROCESS_FILES["experts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Nomination:
    """A nomination as the letter gives it; the fields of an entity count when it is new on the list."""

    entity: str
    expert: str
    receipt: Receipt
    evidence: Evidence | None
    category: str = ""
    entity_name: str = ""
    region: str = ""
    country: str = ""
    account: int | None = None
    active: bool = False
    invented: bool = False
    reason: str = ""


def nominate(desk: Desk, nomination: Nomination) -> Done:
    """Add the expert (and an entity that is new) to the list on the main branch, and record the letter.

    Raises:
        Refused: not the secretariat, no letter named, late without a reason, or the list would break one of its
            rules; nothing changes.
    """
    chronicle = desk.chronicle()
    desk.refuse_given_moment(chronicle)
    desk.see_main(chronicle)
    state = Cases(chronicle, desk.now).world.at(desk.now)
    by = people.secretariat(state.experts, desk.who, desk.now)
    desk.signing(chronicle, by)  # refused before the list changes
    if nomination.evidence is None:
        raise refuse(
            "nomination-letter",
            "Nominations come by letter (R12).",
            fix="Name the letter with `--evidence FILE` or `--registry MARK`.",
            exit_code=Exit.USAGE,
        )
    _refuse_late(state.timetable.at(desk.now), nomination)
    main = desk.main()
    text = (desk.repository.read_one(f"{main}:{LIST}") or b"").decode("utf-8")
    zone = state.timetable.zone
    day = nomination.receipt.latest.astimezone(zone).date().isoformat()
    known = {entity.id: entity for entity in state.experts.entities}
    listed = _is_listed(state.experts, nomination, desk.now)
    if nomination.entity not in known:
        if not nomination.category:
            raise refuse(
                "nomination-category",
                f"`{nomination.entity}` is new on the list, so its category is needed (R12).",
                fix="Add `--category ID`.",
                exit_code=Exit.USAGE,
            )
        text = desk.reader.add_entry(text, "entities", _entity(nomination, day), LIST)
    if not listed:
        text = desk.reader.add_entry(text, "experts", _expert(nomination, day), LIST)
    entity = known.get(nomination.entity)
    name = entity.shown if entity else _new_name(nomination)
    if not listed:
        commit = desk.repository.write_commit(
            {LIST: text.encode()},
            [main],
            f"List of nominated experts: {nomination.expert}, nominated by {name}\n\n"
            f"Nomination: {nomination.entity}\n",
            desk.now,
            AUTHOR,
        )
        desk.process_files(commit)  # the whole list must still obey its rules
        if not desk.dry_run:
            desk.repository.advance_branch(MAIN.removeprefix("refs/heads/"), commit, main)

    def decide(chronicle: Chronicle) -> Act:
        if listed and _is_recorded(chronicle, nomination):
            raise refuse(
                "nomination-done",
                f"{nomination.expert} is on the list, nominated by {name}, and the letter is recorded.",
                fix="Nothing is left to do.",
            )
        event = Nominated(
            by=by,
            received=nomination.receipt,
            recorded=desk.now,
            entity=nomination.entity,
            category=entity.category if entity else nomination.category,
            expert=nomination.account or 0,
            name=nomination.expert,
            evidence=nomination.evidence or Evidence(description=""),
            reason=nomination.reason,
        )
        return Act(summary=f"{nomination.expert} nominated by {name}", events=(event,))

    return desk.carry_out(decide)


def _refuse_late(timetable: Timetable, nomination: Nomination) -> None:
    close = timetable.nominations_close()
    if close is None or nomination.receipt.latest < close or nomination.reason:
        return
    raise refuse(
        "nomination-late",
        f"It was received after the end of nominations, {show_until(close, timetable.zone)} (R15).",
        fix="A late nomination is taken with a reason: add `--reason TEXT`.",
        exit_code=Exit.USAGE,
    )


def _is_listed(experts: ExpertsList, nomination: Nomination, moment: datetime) -> bool:
    """Whether the list has the expert already: an earlier run stopped before the letter was recorded."""
    there = experts.at(moment).experts_of(nomination.entity)
    return any((one.name, one.account) == (nomination.expert, nomination.account) for one in there)


def _is_recorded(chronicle: Chronicle, nomination: Nomination) -> bool:
    return any(
        isinstance(event, Nominated) and (event.entity, event.name) == (nomination.entity, nomination.expert)
        for event in chronicle.process()
    )


def _new_name(nomination: Nomination) -> str:
    name = nomination.entity_name or nomination.entity
    return f"{name} (invented)" if nomination.invented and not name.endswith("(invented)") else name


def _entity(nomination: Nomination, day: str) -> Mapping[str, str | int | bool]:
    entry: dict[str, str | int | bool] = {
        "id": nomination.entity,
        "name": nomination.entity_name or nomination.entity,
        "category": nomination.category,
    }
    if nomination.country:
        entry["country"] = nomination.country
    if nomination.region:
        entry["region"] = nomination.region
    entry["from"] = day
    if nomination.invented:
        entry["invented"] = True
    return entry


def _expert(nomination: Nomination, day: str) -> Mapping[str, str | int | bool]:
    entry: dict[str, str | int | bool] = {}
    if nomination.account is not None:
        entry["account"] = nomination.account
    entry |= {"name": nomination.expert, "entity": nomination.entity}
    if nomination.country:
        entry["country"] = nomination.country
    entry |= {"active_in_own_country": nomination.active, "nominated": day}
    if nomination.reason:
        entry["late_reason"] = nomination.reason
    entry["from"] = day
    return entry
