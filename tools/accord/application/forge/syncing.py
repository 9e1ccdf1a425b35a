"""`sync`: what the forge shows becomes events of the record, whatever was delivered, lost, doubled or shuffled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from accord.application.desk import TOOL, Act, Desk
from accord.application.forge.belonging import discussed, is_contribution
from accord.application.forge.index import Index
from accord.application.forge.ports import ForgeReader
from accord.application.forge.sharing import begin_again, bring_up, share
from accord.application.forge.taking_in import Arrived, FormText, Taking, first_words, in_order
from accord.application.forge.witness import refuse_set_back
from accord.application.ports import Remote
from accord.domain.findings import Exit, Finding, Refused, Severity, refuse
from accord.domain.forge.deliveries import Delivered, Known, Version, delivered
from accord.domain.forge.snapshot import BOT, PullRequest, Snapshot, Topic
from accord.domain.record.events import Synced
from accord.domain.record.values import Receipt

TRIES = 6
MANY = 20  # topics read again and again without anything to record; from here on it is worth saying how far we are


@dataclass(kw_only=True)
class Doorway:
    """What sync works with: the forge, the shared copy, the account the tool has there, and the reader of forms.

    ``clock`` is that of the forge's server, None before it answered.
    """

    reader: ForgeReader
    remote: Remote
    form_text: FormText
    account: int = BOT
    clock: Callable[[], datetime | None] = lambda: None


@dataclass(kw_only=True)
class Synchronised:
    """What a run did. ``topics`` are those it read, ``left`` sentences on what could not be taken in."""

    snapshot: Snapshot
    recorded: list[str] = field(default_factory=list)
    topics: tuple[Topic, ...] = ()
    left: tuple[str, ...] = ()
    numbers: dict[int, int] = field(default_factory=dict)


def sync(
    desk: Desk,
    doorway: Doorway,
    *,
    full: bool = False,
    pulls: Sequence[int] = (),
    forms: Sequence[int] = (),
    sharing: bool = True,
) -> Synchronised:
    """Take in everything new on the forge (or under some numbers), and share the record unless told not to.

    Raises:
        Refused: the forge or the shared copy do not answer, or somebody keeps writing (exit OUTSIDE); what was
            recorded so far is shared, and the next run goes on from there.
    """
    start = bring_up(desk, doorway.remote)
    desk.may_begin = True
    snapshot = _read(desk, doorway, full=full, pulls=pulls, forms=forms)
    everything = not pulls and not forms
    for _ in range(TRIES):
        done = _take_in(desk, doorway, snapshot, everything=everything, sharing=sharing)
        if not sharing or share(desk, doorway.remote):
            return done
        begin_again(desk, doorway.remote, start)
        start = desk.repository.resolve("refs/heads/record") or ""
    raise refuse(
        "record-busy",
        f"Others kept writing to the shared record; gave up after {TRIES} tries. Nothing is lost.",
        fix="Run it again.",
        exit_code=Exit.OUTSIDE,
    )


def _read(
    desk: Desk, doorway: Doorway, *, full: bool, pulls: Sequence[int], forms: Sequence[int]
) -> Snapshot:
    if pulls or forms:
        topics = tuple(doorway.reader.pull_request(number) for number in pulls)
        filled = tuple(doorway.reader.form(number) for number in forms)
        taken = doorway.clock() or desk.now
        return Snapshot(taken=taken, since=None, pull_requests=topics, forms=filled)
    known = None if full or not desk.store.exists() else desk.chronicle().synced()
    return doorway.reader.snapshot(known)


def _take_in(
    desk: Desk, doorway: Doorway, snapshot: Snapshot, *, everything: bool, sharing: bool
) -> Synchronised:
    index = Index.of(desk.chronicle().everything() if desk.store.exists() else ())
    topics: list[Topic] = [*snapshot.pull_requests, *snapshot.forms]
    for topic in topics:
        if not topic.complete:
            raise refuse(
                "forge-incomplete",
                f"The forge did not show all of #{topic.number}, and nothing is decided on a part (C10).",
                fix="Run it again.",
                exit_code=Exit.OUTSIDE,
            )
    refuse_set_back(desk, doorway.remote, doorway.account, topics)
    places = discussed(desk, index, snapshot)
    brought = [
        (topic, delivered(topic, _known(topic, index, places), snapshot.taken, doorway.account))
        for topic in topics
    ]
    _fetch_texts(desk, doorway.remote, brought)
    ours = [
        (topic, what)
        for topic, what in brought
        if index.number(topic) or topic.number in places or is_contribution(desk, topic)
    ]
    arrived = in_order(ours)
    taking = Taking(
        desk=desk,
        index=index,
        learned=_learned(desk, snapshot),
        form_text=doorway.form_text,
        first_words=first_words(arrived),
        discussed=places,
    )
    try:
        _see_main(taking)
        failed = _take(taking, arrived)
        if everything and not failed and desk.store.exists() and (taking.done or len(topics) > MANY):
            _remember(taking, snapshot)
    except Refused as refused:
        if refused.exit_code is Exit.OUTSIDE and taking.done and sharing:
            share(desk, doorway.remote)  # what is recorded is shared; the next run goes on from there
        raise
    return Synchronised(
        snapshot=snapshot,
        recorded=[done.summary for done in taking.done],
        topics=tuple(topics),
        left=tuple(taking.missing),
        numbers={topic.number: number for topic in topics if (number := index.number(topic)) is not None},
    )


def _take(taking: Taking, arrived: Iterable[Arrived]) -> dict[int, str]:
    """Take in everything; what goes wrong under one topic keeps none of the others out, and is tried again.

    Raises:
        Refused: the disk, git or the record refuse (exit OUTSIDE).
    """
    failed: dict[int, str] = {}
    for one in _texts_first(taking, arrived):
        number = one.topic.number
        if number in failed:
            continue
        try:
            taking.take(one)
        except Refused as refused:
            if refused.exit_code is Exit.OUTSIDE:
                raise
            failed[number] = " ".join(finding.message for finding in refused.findings)
        except Exception as bug:
            failed[number] = f"This is a bug of ours: {type(bug).__name__}: {bug}"
    taking.missing += [f"#{number} could not be taken in. {why}" for number, why in failed.items()]
    return failed


def _texts_first(taking: Taking, arrived: Iterable[Arrived]) -> Iterator[Arrived]:
    """Everything in order; what was said before any server named the text it is about comes after that text."""
    early: list[Arrived] = []
    for one in arrived:
        begun = taking.index.number(one.topic) is not None or one.topic.number in taking.discussed
        if begun or isinstance(one.what, Version):
            yield one
        else:
            early.append(one)
    yield from early


def _see_main(taking: Taking) -> None:
    """Record the newest state of the text and of the process files, also where nobody did anything."""
    desk = taking.desk
    if not desk.store.exists() or desk.chronicle().main_seen()[-1].commit == desk.main():
        return
    taking.carry(
        lambda: replace(desk, now=taking.learned).carry_out(
            lambda _: Act(summary="The main branch has moved")
        )
    )


def _known(topic: Topic, index: Index, discussed: Mapping[int, str]) -> Known:
    number = index.number(topic)
    return index.known(discussed.get(topic.number) or (None if number is None else str(number)))


def _learned(desk: Desk, snapshot: Snapshot) -> datetime:
    """When this is learned: now, and never before the forge showed it."""
    return max(desk.now, snapshot.taken)


def _remember(taking: Taking, snapshot: Snapshot) -> None:
    """Record until when everything is here, so that the next run asks only for what came later."""
    event = Synced(
        by=TOOL,
        received=Receipt.instant(taking.learned, "first-seen"),
        recorded=taking.learned,
        until=snapshot.taken,
    )
    until = snapshot.taken.strftime("%Y-%m-%dT%H:%M:%SZ")
    taking.desk.carry_out(lambda _: Act(summary=f"Everything until {until} is here", events=(event,)))


# --- texts ------------------------------------------------------------------------------------------------


def _fetch_texts(desk: Desk, remote: Remote, brought: Iterable[tuple[Topic, tuple[Delivered, ...]]]) -> None:
    """Fetch the texts of new versions as objects of git: nothing of them is opened as files, or run."""
    wanted = {
        topic.number: [what.head for what in whats if isinstance(what, Version) and what.head]
        for topic, whats in brought
        if isinstance(topic, PullRequest)
    }
    missing = {
        number: [head for head in heads if desk.repository.resolve(head) is None]
        for number, heads in wanted.items()
    }
    remote.fetch_each(
        [f"+refs/pull/{number}/head:refs/pull/{number}/head" for number, heads in missing.items() if heads]
    )
    rest = [head for heads in missing.values() for head in heads if desk.repository.resolve(head) is None]
    remote.fetch_each(list(dict.fromkeys(rest)))


def problems(done: Synchronised) -> tuple[Finding, ...]:
    """What could not be taken in, as findings."""
    return tuple(
        Finding(rule="forge-left", message=one, fix="The next run tries again.", severity=Severity.WARNING)
        for one in done.left
    )
