"""A recorded history through the rules of agreement: what they would have found, beside what happened.

Commits stand for texts: a version is a commit, and a review is a position on the commit it names. Every person is an
entity of its own on the list. An approval is a support and a request for changes an objection; a dismissed review ends
nothing (C6). What a hosting service does by itself, an approval taking the place of its owner's earlier request, is
told apart, because under C6 an objection ends only by an act that names it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum

from accord.domain.agreement.dossier import Dossier, Version
from accord.domain.agreement.effect import Agreed, AgreedClause
from accord.domain.agreement.readiness import Missing, readiness
from accord.domain.agreement.world import World
from accord.domain.process.people import Entity, ExpertsList, Term
from accord.domain.process.rules import Rules
from accord.domain.record.events import Called, Event, ObjectionEnded, Position
from accord.domain.record.values import Actor, Effect, Entry, Receipt
from accord.domain.replay.trace import Review, Trace

TEXT = AgreedClause(id="text", path="opinions/text.md", digest="base")


class Fate(Enum):
    """What really happened to a pull request."""

    MERGED = "merged"
    CLOSED = "closed without a merge"
    OPEN = "still open in the archive"


class Reading(Enum):
    """How an approval after a request for changes by the same person is read."""

    NAMED = "named"  # C6: it ends nothing, the objection must be named
    REPLACED = "replaced"  # as the hosting service shows it: the later review takes the place of the earlier


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """One history: its fate, what the rules find at its end, and the facts a reader can count by hand.

    ``approvals`` are those standing at the end (each person's last review), ``stale`` those of them on an older commit;
    ``objecting`` the people whose last review asks for changes.
    """

    trace: Trace
    fate: Fate
    ready: bool
    missing: tuple[Missing, ...]
    approvals: int
    stale: int
    objecting: tuple[str, ...]

    @property
    def none_on_head(self) -> bool:
        """Whether it was approved, but never on the text that stood at its end."""
        return self.approvals > 0 and self.approvals == self.stale

    @property
    def differs(self) -> bool:
        """Whether the rules would have answered otherwise than it went."""
        return self.ready != (self.fate is Fate.MERGED)


def replay(trace: Trace, rules: Rules, reading: Reading) -> Replayed:
    """Run one history through the rules and look at it at its end (its merge, or its closing, or its last review)."""
    end = trace.merged or trace.closed or max([trace.created, *(r.at for r in trace.reviews)])
    world = _world(trace, rules)
    dossier = _dossier(trace, rules, reading, end)
    found = readiness(dossier, world, end)
    last = _last_reviews(trace.reviews, end)
    approving = [review for review in last if review.state == "APPROVED"]
    return Replayed(
        trace=trace,
        fate=_fate(trace),
        ready=found.ready,
        missing=found.missing,
        approvals=len(approving),
        stale=sum(review.commit != trace.head for review in approving),
        objecting=tuple(sorted(review.who for review in last if review.state == "CHANGES_REQUESTED")),
    )


def _fate(trace: Trace) -> Fate:
    if trace.merged is not None:
        return Fate.MERGED
    return Fate.CLOSED if trace.closed is not None else Fate.OPEN


def _last_reviews(reviews: Sequence[Review], end: datetime) -> list[Review]:
    last: dict[str, Review] = {}
    for review in sorted(reviews, key=lambda r: r.at):
        if review.at <= end:
            last[review.who] = review
    return list(last.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """The one state of a replayed world: rules and people, and a text that every commit changes."""

    recorded: datetime
    agreed: Agreed
    experts: ExpertsList
    rules: Rules
    seq: int = 0
    commit: str = "base"


def _world(trace: Trace, rules: Rules) -> World:
    people = {trace.author, *(review.who for review in trace.reviews)}
    term = Term(first=date(1970, 1, 2))
    category = rules.withholding_categories[0]
    entities = tuple(Entity(id=one, name=one, category=category, term=term) for one in sorted(people))
    seen = _Seen(
        recorded=trace.created,
        agreed=Agreed(clauses=(TEXT,)),
        experts=ExpertsList(zone=UTC, entities=entities),
        rules=rules,
    )
    return World([seen])  # type: ignore[list-item]  # agreement reads neither timetable nor forum


def _effect(commit: str) -> Effect:
    return (Entry(id=TEXT.id, path=TEXT.path, had=TEXT.digest, gets=commit),)


def _versions(trace: Trace, end: datetime) -> tuple[Version, ...]:
    """Each commit from the first moment at which a review names it; the head at the latest when it ended.

    A commit that a review names later than a newer one was not pushed again: the first mention counts.
    """
    seen: dict[str, datetime] = {}
    for review in sorted(trace.reviews, key=lambda r: r.at):
        if review.at <= end and review.commit != trace.head:
            seen.setdefault(review.commit, review.at if seen else trace.created)
    named = [review.at for review in trace.reviews if review.commit == trace.head and review.at <= end]
    seen[trace.head] = trace.created if not seen else min([*named, end])
    ordered = sorted(seen.items(), key=lambda item: (item[1], item[0] == trace.head))
    return tuple(
        Version(number=index, moment=moment, seq=index, proposal=_effect(commit))
        for index, (commit, moment) in enumerate(ordered, start=1)
    )


def _dossier(trace: Trace, rules: Rules, reading: Reading, end: datetime) -> Dossier:
    versions = _versions(trace, end)
    events: list[Event] = []
    if rules.call_required:
        # Archives know no calls: one is taken to have been open from the beginning.
        until = trace.created + timedelta(days=rules.minimum_call_days)
        events.append(
            Called(
                by=Actor(name="archive", role="chair"),
                received=Receipt.instant(trace.created),
                recorded=trace.created,
                subject=str(trace.number),
                seq=1,
                until=until,
                effect=versions[0].proposal,
                rules=rules.digest,
            )
        )
    raised: dict[str, list[str]] = {}
    for index, review in enumerate(sorted(trace.reviews, key=lambda r: r.at), start=1):
        events += _events(trace, review, index, raised, reading)
    return Dossier(subject=str(trace.number), events=tuple(events), versions=versions, source=trace.author)


def _events(
    trace: Trace, review: Review, index: int, raised: dict[str, list[str]], reading: Reading
) -> list[Event]:
    subject = str(trace.number)
    by = Actor(name=review.who, role="expert")
    received = Receipt.instant(review.at, "server")
    seq = 10 * index
    if review.state == "CHANGES_REQUESTED":
        objection = f"{subject}-o{index}"
        raised.setdefault(review.who, []).append(objection)
        return [
            Position(
                by=by,
                received=received,
                recorded=review.at,
                subject=subject,
                seq=seq,
                entity=review.who,
                stance="object",
                effect=_effect(review.commit),
                objection=objection,
                reason="asked for changes",
            )
        ]
    if review.state != "APPROVED":
        return []
    out: list[Event] = []
    if reading is Reading.REPLACED:
        for offset, objection in enumerate(raised.pop(review.who, []), start=1):
            out.append(
                ObjectionEnded(
                    by=by,
                    received=received,
                    recorded=review.at,
                    subject=subject,
                    seq=seq + offset,
                    objection=objection,
                    how="withdrawn",
                )
            )
    out.append(
        Position(
            by=by,
            received=received,
            recorded=review.at,
            subject=subject,
            seq=seq,
            entity=review.who,
            stance="support",
            effect=_effect(review.commit),
        )
    )
    return out
