"""The negotiating view: the agreed text at a moment, with everything that is on the table for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from accord.application.bracketing import typed_brackets
from accord.application.conflicts import every_meeting
from accord.application.desk import Desk
from accord.application.negotiating_files import Anchors, negotiated_files
from accord.application.proposers import Proposers, on_the_table, rank, waits_to_go_in
from accord.application.readings import Ground, Spot
from accord.application.revision import Revision
from accord.application.wanting import Wanted, Wants, wants
from accord.domain.agreement.case import Case
from accord.domain.process.moments import show_moment
from accord.domain.text.numbering import letter
from accord.render.negotiation.model import Alternative, Insisting, Negotiation, Place, Together


def agreed_revision(desk: Desk) -> Revision:
    """The agreed text at the desk's moment, with the record.

    Raises:
        Refused: there is no record (exit USAGE).
    """
    chronicle = desk.chronicle()
    desk.see_main(chronicle)
    return Revision(desk, chronicle.world().at(desk.now).commit, chronicle, desk.now)


def negotiation_of(revision: Revision) -> Negotiation:
    """Every clause of a revision in reading order, with the alternatives that open contributions give at its moment.

    The revision must have a record. A contribution is open while it is before the group, neither over nor in the text,
    and not agreed. Readings that are the same are one alternative with several sources; proposals come before views,
    then by number.
    """
    chronicle, process = revision.chronicle, revision.process
    assert chronicle is not None  # noqa: S101 - said above
    proposers, ground = Proposers(revision), Ground(revision.identified)
    on_table = [case for case in revision.contributions if on_the_table(case)]
    wanted = wants(revision, ground, proposers, on_table)
    view = _View(revision, ground, proposers, wanted, on_table)
    return Negotiation(
        forum=process.forum.name,
        title=str(revision.cover.get("title") or process.forum.name),
        notice=process.forum.notice,
        page=process.forum.page,
        rehearsal=chronicle.view.head.rehearsal,
        moment=revision.moment,
        zone=process.timetable.zone,
        shown_moment=show_moment(revision.moment, process.timetable.zone),
        commit=revision.commit,
        record=chronicle.view.commit,
        files=tuple(negotiated_files(revision, ground, view.places())),
        statements=tuple(proposers.proposer(case) for case in wanted.statements),
        agreed=tuple(proposers.proposer(case) for case in revision.contributions if waits_to_go_in(case)),
        unread=tuple(proposers.proposer(case) for case in wanted.unread),
    )


class _View:
    """The places of one view."""

    def __init__(
        self,
        revision: Revision,
        ground: Ground,
        proposers: Proposers,
        wanted: Wants,
        on_table: Sequence[Case],
    ) -> None:
        self._revision = revision
        self._ground = ground
        self._proposers = proposers
        self._wanted = wanted.places
        self._statements = wanted.statements
        self._on_table = on_table

    def places(self) -> Mapping[Spot, Place]:
        """Every clause, and every gap at which something is wanted."""
        clauses: list[Spot] = [("clause", one.id, one.clause.path) for one in self._ground.clauses]
        alternatives = {spot: self._alternatives(found) for spot, found in self._wanted.items()}
        touched = {id_: found for (kind, id_, _), found in alternatives.items() if kind == "clause"}
        brackets = typed_brackets(self._revision, touched)
        together, said, anchors = self._together(), self._said(), Anchors(self._ground)
        out: dict[Spot, Place] = {}
        for spot in dict.fromkeys([*clauses, *self._wanted]):
            kind, id_, path = spot
            near = self._ground.by_id.get(id_)
            clause = near if kind == "clause" else None
            insisting = [*self._proposers.objecting(self._wanted.get(spot, ())), *said.get(id_, ())]
            out[spot] = Place(
                id=id_,
                anchor=anchors.give(spot),
                label=clause.label if clause else "",
                where=self._ground.where(spot),
                path=path,
                line=near.lines[0] + 1 if near else 1,
                clause=clause,
                alternatives=alternatives.get(spot, ()),
                brackets=brackets.get(id_, ()) if clause else (),
                together=tuple(
                    one
                    for one in together.get((kind, id_ or path), ())
                    if not any(set(one.numbers) <= set(here.numbers) for here in alternatives.get(spot, ()))
                ),
                insisting=tuple(insisting) if clause else (),
            )
        return out

    def _alternatives(self, wanted: Sequence[Wanted]) -> tuple[Alternative, ...]:
        groups: dict[object, list[Wanted]] = {}
        for case, reading in sorted(wanted, key=lambda one: rank(one[0])):
            groups.setdefault(reading.same, []).append((case, reading))
        made = tuple(self._alternative(group) for group in groups.values())
        if len(made) == 1:
            return made
        return tuple(replace(one, letter=letter(n).upper()) for n, one in enumerate(made, start=1))

    def _alternative(self, group: Sequence[Wanted]) -> Alternative:
        first = group[0][1]
        return Alternative(
            letter="",
            mark=first.mark,
            rows=first.rows,
            reading=first.clauses,
            to=first.to,
            proposers=tuple(self._proposers.proposer(case, reading) for case, reading in group),
        )

    def _together(self) -> Mapping[tuple[str, str], list[Together]]:
        """The contributions that can be put in together, by place."""
        found: dict[tuple[str, str], list[Together]] = {}
        assert self._revision.cases is not None  # noqa: S101 - a view has a record
        for one in every_meeting(self._revision.desk, self._revision.cases, self._on_table):
            if one.merged is not None and len(one.numbers) > 1:
                spot = ("gap" if one.current is None else "clause", one.clause)
                found.setdefault(spot, []).append(Together(numbers=one.numbers, text=one.merged))
        return found

    def _said(self) -> Mapping[str, list[Insisting]]:
        """What statements without a change of the text say to a clause, by its id."""
        found: dict[str, list[Insisting]] = {}
        for id_, said in self._by_clause():
            found.setdefault(id_, []).append(said)
        return found

    def _by_clause(self) -> Iterator[tuple[str, Insisting]]:
        for case in self._statements:
            yield from self._proposers.speaking_to(case)
