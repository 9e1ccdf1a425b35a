"""The desk: what every verb works with. Read the record, see main, decide, append once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from accord.application.blank import BlankView
from accord.application.chronicle import MAIN as MAIN_STREAM
from accord.application.chronicle import PROCESS, SYNCED, Chronicle, stream_of
from accord.application.ports import (
    Appended,
    Batch,
    RecordStore,
    RecordView,
    Repository,
    Sign,
    Signer,
    Typesetter,
)
from accord.application.reading import PROCESS_FILES, FileReader
from accord.application.seen import FactCache
from accord.application.signing import signing, signing_doorway
from accord.application.texts import FOLDERS, MAIN, Texts
from accord.domain.findings import Exit, Finding, Place, Refused, refuse
from accord.domain.process.addresses import fields_with_address
from accord.domain.record.codec import event_to_json
from accord.domain.record.events import Event, MainSeen, Opened, Synced
from accord.domain.record.values import Actor, Receipt

if TYPE_CHECKING:
    from accord.application.identities import Identities
    from accord.domain.text.identity import Identified

TOOL = Actor(name="accord", role="tool")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What a forge brought: the post it stands in, whose it is, when it was received, when the tool learned it.

    What it says is judged as of the moment when it was said, not of the run that found it, so that it makes no
    difference when the tool looked.
    """

    post: str
    receipt: Receipt
    learned: datetime
    account: int | None
    login: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What a verb decided: in plain words, the events, and what goes with them."""

    summary: str
    events: tuple[Event, ...] = ()
    refs: Mapping[str, str] = field(default_factory=dict)
    allocate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was carried out: the events with their running numbers, and the number given to a contribution.

    A dry run carries nothing out; ``foreseen`` is then the record as it would be.
    """

    summary: str
    events: tuple[Event, ...]
    number: int | None = None
    foreseen: Chronicle | None = None

    @property
    def dry_run(self) -> bool:
        """Whether nothing was carried out."""
        return self.foreseen is not None


@dataclass(kw_only=True)
class Desk:
    """Ports and the moment, handed to use cases.

    ``now`` is the moment of this run; ``replayed`` says that it was given and is not the clock's;
    ``who`` is the name or account number given for the person acting; ``delivery`` is the post they acted by on a
    forge, and ``now`` then the moment of that. ``may_begin`` says that this act may be
    the first of a record. ``as_known`` is the commit of the record that questions look at, None for the newest.
    """

    repository: Repository
    store: RecordStore
    reader: FileReader
    signer: Signer
    typesetter: Typesetter
    now: datetime
    replayed: bool = False
    who: str = ""
    dry_run: bool = False
    may_begin: bool = False
    as_known: str | None = None
    main_ref: str = MAIN
    delivery: Delivery | None = None
    facts: FactCache = field(default_factory=FactCache)
    texts: Texts = field(init=False)

    def __post_init__(self) -> None:
        self.texts = Texts(self.repository)

    @property
    def learned(self) -> datetime:
        """When what is recorded now is learned: at this moment of this run, whenever it was said."""
        return self.delivery.learned if self.delivery else self.now

    def delivering(self, delivery: Delivery) -> Desk:
        """The same desk for what somebody did on a forge."""
        who = "" if delivery.account is None else str(delivery.account)
        desk = replace(self, now=delivery.receipt.latest, who=who, delivery=delivery)
        desk.texts = self.texts
        return desk

    def chronicle(self, at: str | None = None) -> Chronicle:
        """The record (at a commit), for reading.

        Raises:
            Refused: there is no record (USAGE) or it is damaged (FINDINGS).
        """
        known = at or self.as_known
        return Chronicle(self._newest() if known is None else self.store.view(known), self.facts)

    def identities(self, chronicle: Chronicle) -> Identities:
        """Clause identity against what a chronicle saw."""
        from accord.application.identities import Identities

        return Identities(self.repository, self.texts, chronicle)

    def main(self) -> str:
        """The newest commit of the main branch; with ``as_known`` the newest one that the record had seen then.

        Raises:
            Refused: there is none (exit USAGE).
        """
        if self.as_known is not None:
            return self.chronicle().main_seen()[-1].commit
        commit = self.repository.resolve(self.main_ref) or self.repository.resolve("refs/remotes/origin/main")
        if commit is None:
            raise refuse(
                "main-missing",
                "There is no branch `main` here.",
                fix="Run this in a copy of the repository that holds `report/` and `process/`.",
                exit_code=Exit.USAGE,
            )
        return commit

    def open_record(self, *, rehearsal: bool = False) -> None:
        """Start the record if there is none; its first event says how it was born."""
        if self.store.exists():
            return
        name = self._forum_name()
        self.store.create(rehearsal=rehearsal, forum=name, moment=self.now)
        self.carry_out(lambda _: Act(summary=f"The record of {name} begins"))

    def carry_out(self, decide: Callable[[Chronicle], Act]) -> Done:
        """See main, let ``decide`` make up its mind about the newest record, and append what it says.

        If somebody else writes in between, all of it is done again on what they wrote, so ``decide`` may be
        called more than once and must do nothing but decide.

        Raises:
            Refused: whatever ``decide`` refuses, an event that doesn't fit its schema (a bug), a given moment
                in a record that is no rehearsal, or a person with a listed key that is not here to sign with.
        """
        taken: list[tuple[Act, Chronicle]] = []

        def build(view: RecordView) -> Batch:
            chronicle = Chronicle(view, self.facts)
            self.refuse_given_moment(chronicle)
            self._open(chronicle)
            self.see_main(chronicle)
            act = decide(chronicle)
            sign = self.signing(chronicle, *(event.by for event in act.events))
            for event in act.events:
                stamped = self._stamped(event)
                by = replace(stamped.by, signed=sign is not None)
                chronicle.add(replace(stamped, seq=chronicle.next_seq, by=by))
            chronicle.allocated = act.allocate
            taken.append((act, chronicle))
            return self._batch(act, chronicle, sign)

        if self.dry_run:
            build(self._newest())
            act, chronicle = taken[-1]
            return Done(summary=act.summary, events=chronicle.pending, foreseen=chronicle)
        if self.may_begin and not self.store.exists():
            build(self._newest())  # what is refused starts no record
            self.store.create(rehearsal=False, forum=self._forum_name(), moment=self.learned)
        appended: Appended = self.store.append(build, self.learned)
        act, chronicle = taken[-1]
        return Done(summary=act.summary, events=chronicle.pending, number=appended.contribution)

    def see_main(self, chronicle: Chronicle) -> None:
        """Add a `main-seen` event for each state of main not seen yet.

        Every first-parent commit that touches texts or process files is a state of its own, so that clause ids
        follow the history of main and not the moments at which somebody looked.

        Raises:
            Refused: process files that cannot be read (exit FINDINGS); the record is left as it is.
        """
        tip = self.main()
        seen = chronicle.main_seen()
        if seen and seen[-1].commit == tip:
            return
        last = seen[-1] if seen else None
        paths = (*FOLDERS, *PROCESS_FILES.values())
        if last is None:
            commits = [tip]
        else:
            self._refuse_rewritten(last.commit, tip)
            commits = [info.oid for info in self.repository.first_parent(last.commit, tip, paths)]
        for commit in commits:
            last = self._seen(chronicle, commit, last)
            chronicle.add(last)

    def process_files(self, commit: str) -> Mapping[str, Any]:
        """The four process files at a commit, typed, schema-checked and checked with each other, by key.

        Raises:
            Refused: all problems of all of them at once (exit FINDINGS).
        """
        names = {f"{commit}:{path}": path for path in PROCESS_FILES.values()}
        blobs = self.repository.read(names)
        return self.reader.process_files({names[name]: data for name, data in blobs.items()})

    def _seen(self, chronicle: Chronicle, commit: str, last: MainSeen | None) -> MainSeen:
        from accord.application.identities import next_agreed
        from accord.domain.agreement.effect import Agreed

        previous = Agreed()
        before: tuple[Identified, ...] = ()
        if last is not None:
            previous = Agreed.from_json(chronicle.fact(last.agreed))
            before = self.identities(chronicle).of_seen(last)
        agreed = next_agreed(previous, before, self.texts.documents(commit))
        values = self.process_files(commit)
        digests = {key: chronicle.add_fact(values[key]) for key in PROCESS_FILES}
        # The clock of one machine may lag behind another's; states are in the order in which they were seen.
        recorded = max(self.learned, last.recorded) if last else self.learned
        return MainSeen(
            by=TOOL,
            received=Receipt.instant(recorded, "first-seen"),
            recorded=recorded,
            seq=chronicle.next_seq,
            commit=commit,
            agreed=chronicle.add_fact(agreed.to_json()),
            **digests,
        )

    def _refuse_rewritten(self, last: str, tip: str) -> None:
        if self.repository.resolve(last) is None or not self.repository.is_ancestor(last, tip):
            raise refuse(
                "main-rewritten",
                f"The main branch no longer contains {last[:12]}, which the record saw.",
                fix="Bring back the history of the main branch; `accord verify` says what is missing.",
                exit_code=Exit.FINDINGS,
            )

    def refuse_given_moment(self, chronicle: Chronicle) -> None:
        """Refuse a given moment in a record that is no rehearsal (exit USAGE); asked before anything moves."""
        if self.replayed and not chronicle.view.head.rehearsal:
            raise refuse(
                "moment-given",
                "A given moment (`--now`) works only in a rehearsal; this record is a real one.",
                fix="Leave `--now` out, or try it in `accord rehearse DIR`.",
                exit_code=Exit.USAGE,
            )

    def signing(self, chronicle: Chronicle, *people: Actor) -> Sign | None:
        """How what these people enter now is signed; None: by nobody. Asked before anything moves.

        Raises:
            Refused: the list has a key for somebody, and it is not here to sign with (exit USAGE).
        """
        if not people:
            return None
        experts = chronicle.world().seen[-1].experts
        if self.delivery is not None:
            # Whoever acts on a forge is known to it by their account; the doorway signs.
            return signing_doorway(self.signer, experts, self.learned)
        return signing(self.signer, experts, people, self.now)

    def _stamped(self, event: Event) -> Event:
        """An event as the forge brought it: from which post, whose, when received and when learned."""
        delivery = self.delivery
        if delivery is None:
            return event
        by = event.by
        if by.id is None and by.name in (self.who, "unnamed"):
            by = replace(by, name=delivery.login, id=delivery.account)
        typed = event.received.clock == "submit"
        return replace(
            event,
            by=by,
            received=delivery.receipt if typed else event.received,
            recorded=delivery.learned,
            post=delivery.post,
        )

    def _newest(self) -> RecordView:
        if self.may_begin and not self.store.exists():
            return BlankView(self._forum_name())
        return self.store.view()

    def _forum_name(self) -> str:
        return str(self.process_files(self.main())["forum"]["short_name"])

    def _open(self, chronicle: Chronicle) -> None:
        """The first event of a record, with whatever comes first."""
        if chronicle.next_seq > 1:
            return
        head = chronicle.view.head
        opened = Opened(
            by=TOOL,
            received=Receipt.instant(self.learned),
            recorded=self.learned,
            forum=head.forum,
            rehearsal=head.rehearsal,
        )
        chronicle.add(replace(opened, seq=chronicle.next_seq))

    def _batch(self, act: Act, chronicle: Chronicle, sign: Sign | None) -> Batch:
        pairs = []
        for event in chronicle.pending:
            value = event_to_json(event)
            _refuse_addresses(value)
            problems = self.reader.event(value)
            if problems:
                raise AssertionError(f"an event of our own does not fit its schema: {problems}")
            pairs.append((_stream(event), value))
        return Batch(
            subject=act.summary,
            events=pairs,
            facts=chronicle.pending_facts,
            allocate=act.allocate,
            refs=act.refs,
            sign=sign,
        )


def _refuse_addresses(value: Mapping[str, Any]) -> None:
    found = list(fields_with_address(value))
    if found:
        raise Refused(
            [
                Finding(
                    rule="record-address",
                    message="An e-mail address would come into the record, which everybody can read for ever.",
                    fix="Write a name instead.",
                    place=Place(file=str(value.get("kind")), path=path),
                )
                for path in found
            ],
            Exit.USAGE,
        )


def _stream(event: Event) -> str:
    if isinstance(event, MainSeen):
        return MAIN_STREAM
    if isinstance(event, Synced):
        return SYNCED
    return stream_of(event.subject) if event.subject else PROCESS
