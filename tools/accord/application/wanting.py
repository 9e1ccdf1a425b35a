"""What the open contributions want, gathered by place of the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from accord.application.proposers import Proposers
from accord.application.readings import Ground, Reading, Spot, readings
from accord.application.revision import Revision
from accord.domain.agreement.case import Case
from accord.domain.text.clauses import Clause
from accord.domain.text.identity import Identified
from accord.render.building_on import amends_still

Wanted = tuple[Case, Reading]
"""A contribution, and what it wants at one place."""


@dataclass(slots=True)
class Wants:
    """``places``: what is wanted at each; ``statements`` change no text; the text of ``unread`` is out of reach."""

    places: dict[Spot, list[Wanted]] = field(default_factory=dict)
    statements: list[Case] = field(default_factory=list)
    unread: list[Case] = field(default_factory=list)


def wants(revision: Revision, ground: Ground, proposers: Proposers, cases: Sequence[Case]) -> Wants:
    """What these contributions, in the order of their numbers, want of the text."""
    found = Wants()
    hosts: dict[str, Spot] = {}
    texts = _Texts(revision, ground, proposers)
    for case in cases:
        if not case.current.proposal:
            found.statements.append(case)
            continue
        try:
            read = texts.readings(case, hosts)
        except KeyError:
            found.unread.append(case)
            continue
        for reading in read:
            found.places.setdefault(reading.spot, []).append((case, reading))
            if reading.mark == "ADD":
                hosts |= dict.fromkeys(reading.ids, reading.spot)
    return found


class _Texts:
    """The texts of contributions, each read once."""

    def __init__(self, revision: Revision, ground: Ground, proposers: Proposers) -> None:
        assert revision.chronicle is not None  # noqa: S101 - the caller has a record
        assert revision.cases is not None  # noqa: S101
        self._cases = revision.cases
        self._moment = revision.moment
        self._identities = revision.desk.identities(revision.chronicle)
        self._ground = ground
        self._proposers = proposers

    def readings(self, case: Case, hosts: Mapping[str, Spot]) -> list[Reading]:
        """What a contribution wants.

        Raises:
            KeyError: its text, or that of what it amends, is out of reach.
        """
        return list(
            readings(
                case.dossier.effect(self._cases.world, self._moment),
                case.current.proposal,
                self._text(case),
                self._below(case),
                self._ground,
                case.dossier.ids_below,
                hosts,
            )
        )

    def _text(self, case: Case) -> tuple[Identified, ...]:
        version = self._proposers.version(case)
        if version is None:
            raise KeyError(case.number)
        return self._identities.of_version(version)

    def _below(self, case: Case) -> Mapping[str, Clause]:
        """The clauses of the text that it changes: the agreed one, or with what it amends put in."""
        amended = next((one.number for one in case.dossier.requires if amends_still(case, one)), None)
        if amended is None:
            return self._ground.by_id
        onto = self._cases.contribution(amended)
        below = self._below(onto)
        touched = {entry.id for entry in onto.dossier.effect(self._cases.world, self._moment)}
        proposed = {one.id: one.clause for one in self._text(onto) if one.id in touched}
        labels = {id_: clause.label for id_, clause in below.items()}
        return {
            **below,
            **{id_: replace(clause, label=labels.get(id_, "")) for id_, clause in proposed.items()},
        }
