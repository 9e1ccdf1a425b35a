"""A recorded history through the rules of agreement: what they would have found, beside what happened.

Commits stand for texts: a version is a commit, and a review is a position on the commit it names. Every person is an
entity of its own on the list. An approval is a support and a request for changes an objection. What a hosting service
does by itself, an approval taking the place of its owner's earlier request, is told apart, because under C6 an
objection ends only by an act that names it.

An archive does not say everything. What it leaves open is never ready (C10): a pull request whose last commit it does
not name, and a dismissed review, of which it does not say what it had said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from accord.domain.replay.trace import APPROVED, ASKED, DISMISSED, GHOST, SAYS, Review, Trace

TEXT = AgreedClause(id="text", path="opinions/text.md", digest="base")
UNKNOWN = ("head-unknown", "dismissed")  # what an archive leaves open
_LAST = "the text at the end"  # stands for a last commit that the archive does not name


class Fate(Enum):
    """What really happened to a pull request."""

    MERGED = "merged"
    CLOSED = "closed without a merge"
    OPEN = "still open"


class Outcome(Enum):
    """What the rules find at the end of a history."""

    READY = "ready"
    NOT_READY = "not ready"
    UNDETERMINED = "undetermined"  # nothing stood in the way, but the archive leaves something open


class Reading(Enum):
    """How an approval after a request for changes by the same person is read."""

    NAMED = "named"  # C6: it ends nothing, the objection must be named
    REPLACED = "replaced"  # as the hosting service shows it: the later review takes the place of the earlier


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """One history: its fate, what the rules find at its ``end``, and the facts a reader can count by hand.

    ``standing`` is each person's last review by the end, and ``given`` all of them by then.
    """

    trace: Trace
    fate: Fate
    end: datetime
    missing: tuple[Missing, ...]
    given: tuple[Review, ...]
    standing: tuple[Review, ...]

    @property
    def outcome(self) -> Outcome:
        """What the rules find."""
        if not self.missing:
            return Outcome.READY
        open_only = all(one.what in UNKNOWN for one in self.missing)
        return Outcome.UNDETERMINED if open_only else Outcome.NOT_READY

    @property
    def differs(self) -> bool:
        """Whether the rules would have answered otherwise than it went; never where either is not known."""
        if self.outcome is Outcome.UNDETERMINED or self.fate is Fate.OPEN:
            return False
        return (self.outcome is Outcome.READY) != (self.fate is Fate.MERGED)

    @property
    def approvals(self) -> tuple[Review, ...]:
        """The approvals standing at the end."""
        return self._last(APPROVED)

    @property
    def stale(self) -> tuple[Review, ...]:
        """Those of them on another commit than the last; none where the last one is not known."""
        if not self.trace.head:
            return ()
        return tuple(one for one in self.approvals if one.commit != self.trace.head)

    @property
    def objecting(self) -> tuple[Review, ...]:
        """The requests for changes that were their owner's last word."""
        return self._last(ASKED)

    @property
    def dismissed(self) -> tuple[Review, ...]:
        """The dismissed reviews after which their owner said nothing more."""
        return self._last(DISMISSED)

    @property
    def late(self) -> tuple[Review, ...]:
        """The reviews given after the end, which change nothing."""
        return tuple(one for one in self.trace.reviews if one.at > self.end)

    @property
    def astride(self) -> tuple[Review, ...]:
        """The reviews begun by the end and last touched after it: a support of this kind is not relied on (C10)."""
        return tuple(one for one in self.given if one.latest > self.end)

    def _last(self, state: str) -> tuple[Review, ...]:
        return tuple(one for one in self.standing if one.state == state)


def replay(trace: Trace, rules: Rules, reading: Reading) -> Replayed:
    """Run one history through the rules and look at it at its end (its merge, or its closing, or its last review)."""
    end = trace.merged or trace.closed or max([trace.created, *(r.latest for r in trace.reviews)])
    given = tuple(sorted((r for r in trace.reviews if r.at <= end), key=lambda r: _order(r, trace.head)))
    dossier = _dossier(trace, given, rules, reading, end)
    found = readiness(dossier, _world(trace, given, rules, end), end).missing
    return Replayed(
        trace=trace,
        fate=_fate(trace),
        end=end,
        missing=(*_judged(trace, found), *_left_open(trace, given, reading)),
        given=given,
        standing=_standing(given),
    )


def _fate(trace: Trace) -> Fate:
    if trace.merged is not None:
        return Fate.MERGED
    return Fate.CLOSED if trace.closed is not None else Fate.OPEN


def _order(review: Review, head: str) -> tuple[datetime, int, bool, str, str]:
    # C3. At one instant the most cautious is the last, whatever their order in the file.
    return (review.at, SAYS.index(review.state), review.commit != head, review.commit, review.who)


def _standing(given: Sequence[Review]) -> tuple[Review, ...]:
    """Each person's last review. Of accounts that are gone the most cautious stands: they may be several people."""
    last: dict[str, Review] = {}
    for review in given:
        before = last.get(review.who)
        if review.who == GHOST and before and SAYS.index(before.state) > SAYS.index(review.state):
            continue
        last[review.who] = review
    return tuple(last[who] for who in sorted(last))


def _judged(trace: Trace, found: Sequence[Missing]) -> Iterator[Missing]:
    for missing in found:
        # Without the last commit nobody can say what was on it: that is open, not missing.
        if trace.head or missing.rule == "C6" or missing.what == "call-runs":
            yield missing


def _left_open(trace: Trace, given: Sequence[Review], reading: Reading) -> Iterator[Missing]:
    if not trace.head:
        yield Missing(rule="C10", what="head-unknown", who="the archive")
    for index, review in enumerate(given):
        later = any(_takes_back(after, review) for after in given[index + 1 :])
        if review.state == DISMISSED and not (reading is Reading.REPLACED and later):
            yield Missing(rule="C10", what="dismissed", who=review.who)


def _takes_back(later: Review, earlier: Review) -> bool:
    return later.state == APPROVED and later.who == earlier.who != GHOST


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """The one state of a replayed world: rules and people, and a text that every commit changes."""

    recorded: datetime
    agreed: Agreed
    experts: ExpertsList
    rules: Rules
    seq: int = 0
    commit: str = "base"


def _world(trace: Trace, given: Sequence[Review], rules: Rules, end: datetime) -> World:
    # An archive knows no list: on it are those who had taken part by the end, so a share is a share of them.
    # C10. Who may have approved only after it is not asked, just as the approval is not relied on.
    heard = {review.who for review in given if review.state != APPROVED or review.latest <= end}
    people = ({_source(trace)} | heard) - {""}
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


def _versions(head: str, created: datetime, given: Sequence[Review], end: datetime) -> tuple[Version, ...]:
    """Each commit from the first moment at which a review names it, the first one from the beginning.

    The last commit begins when it is first named, or else at the end. One that is named for the first time after the
    last commit was there already stood before it: somebody spoke about a page that was out of date.
    """
    seen: dict[str, datetime] = {}
    for review in given:
        moment = min(review.latest, end)
        seen[review.commit] = min(seen.get(review.commit, moment), moment)
    last = seen.pop(head, end)
    ordered = sorted((min(moment, last), commit) for commit, moment in seen.items())
    commits = [*ordered, (last, head)]
    commits[0] = (created, commits[0][1])
    return tuple(
        Version(number=index, moment=moment, seq=index, proposal=_effect(commit))
        for index, (moment, commit) in enumerate(commits, start=1)
    )


def _dossier(trace: Trace, given: Sequence[Review], rules: Rules, reading: Reading, end: datetime) -> Dossier:
    versions = _versions(trace.head or _LAST, trace.created, given, end)
    events: list[Event] = []
    if rules.call_required:
        # Archives know no calls: one is taken to have been open from the beginning.
        events.append(
            Called(
                by=Actor(name="archive", role="chair"),
                received=Receipt.instant(trace.created),
                recorded=trace.created,
                subject=str(trace.number),
                seq=1,
                until=trace.created + timedelta(days=rules.minimum_call_days),
                effect=versions[0].proposal,
                rules=rules.digest,
            )
        )
    events += _events(str(trace.number), given, reading)
    return Dossier(
        subject=str(trace.number),
        events=tuple(events),
        versions=versions,
        source=_source(trace),
    )


def _source(trace: Trace) -> str:
    # An author who is gone is not the same person as a reviewer who is gone: nobody approves what is their own.
    return trace.author if trace.author != GHOST else ""


def _events(subject: str, given: Sequence[Review], reading: Reading) -> Iterator[Event]:
    raised: dict[str, list[str]] = {}
    seq = 1
    for review in given:
        if review.state == DISMISSED:
            continue
        seq += 1
        objects = review.state == ASKED
        said = Position(
            by=Actor(name=review.who, role="expert"),
            received=Receipt(earliest=review.at, latest=review.latest, clock="server"),
            recorded=review.latest,
            subject=subject,
            seq=seq,
            entity=review.who,
            stance="object" if objects else "support",
            effect=_effect(review.commit),
            objection=f"{subject}-o{seq}" if objects else "",
            reason="asked for changes" if objects else "",
        )
        yield said
        if objects:
            raised.setdefault(review.who, []).append(said.objection)
        elif reading is Reading.REPLACED and review.who != GHOST:
            for objection in raised.pop(review.who, []):
                seq += 1
                yield ObjectionEnded(
                    by=said.by,
                    received=said.received,
                    recorded=said.recorded,
                    subject=subject,
                    seq=seq,
                    objection=objection,
                    how="withdrawn",
                )
