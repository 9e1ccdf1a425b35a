"""`reconcile`: what is wanted on a forge is held against what it shows, and only the difference is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from accord.application.cases import Cases
from accord.application.desk import Desk
from accord.application.forge.due import due
from accord.application.forge.ports import ForgeReader, ForgeWriter, RateLimited
from accord.application.forge.wanted import Wanting
from accord.application.reports import Report
from accord.domain.findings import Exit, Finding, Refused, Severity
from accord.domain.forge.plan import (
    CONTEXT,
    Action,
    AddLabels,
    DeleteComment,
    EditComment,
    Plan,
    PostComment,
    RemoveLabel,
    SetStatus,
    Wanted,
    plan,
)
from accord.domain.forge.snapshot import BOT, Post, PullRequest, Topic
from accord.domain.record.events import Synced
from accord.render.forge.drift import NOTES, action_line

FEW = 3  # more than so many, and where contributions meet is worked out once for all
MANY = 40  # due at once; a page shows 25
JUST_NOW = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What people were shown: which contribution and version, in which comment, since when by the forge's clock."""

    number: int
    topic: int
    revision: int
    comment: int
    moment: datetime


@dataclass(kw_only=True)
class Screens:
    """What reconcile works with: the forge to write to, the tool's account there, and whether the record is guarded.

    ``shown`` is told of each status comment that was written.
    """

    reader: ForgeReader
    writer: ForgeWriter
    account: int = BOT
    guarded: bool = False
    shown: Callable[[Seen], None] = lambda _: None


@dataclass(kw_only=True)
class Reconciled:
    """What a run did: the plans that had something to write, what was shown, and what is left for the next run."""

    looked_at: int = 0
    plans: list[Plan] = field(default_factory=list)
    shown: list[Seen] = field(default_factory=list)
    newer: list[int] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)
    refused: dict[int, Refused] = field(default_factory=dict)
    left: list[int] = field(default_factory=list)
    trouble: tuple[Finding, ...] = ()
    limited: RateLimited | None = None


def reconcile(
    desk: Desk,
    screens: Screens,
    *,
    topics: Sequence[Topic] | None = None,
    pulls: Sequence[int] = (),
    forms: Sequence[int] = (),
    full: bool = False,
) -> Reconciled:
    """Put right what a forge shows of these topics, or of those numbers; else of all that may need it.

    ``topics`` are values just read, for instance by `sync` in the same run. Without any, those are looked at that
    somebody touched lately, and those whose comment says something else than it should as far as the record knows;
    with ``full`` all that there are. A second run writes nothing.

    Raises:
        Refused: the forge cannot be read, or shows only a part (exit OUTSIDE); the record or a process file is damaged.
    """
    done = Reconciled()
    if not desk.store.exists():
        return done  # nothing was received yet, so there is nothing to say about anything
    few = topics is not None or bool(pulls or forms)
    wanting = Wanting(desk=desk, account=screens.account, guarded=screens.guarded, everything=not few)
    done.trouble = wanting.trouble
    if topics is not None:
        found = sorted(topics, key=lambda topic: topic.number)
        wanting.everything = len(found) > FEW
    elif few:
        found = [*map(screens.reader.pull_request, pulls), *map(screens.reader.form, forms)]
    else:
        found = _touched_or_due(screens.reader, wanting, full=full)
    for place, topic in enumerate(found):
        if not topic.complete:
            done.left.append(topic.number)
            continue
        done.looked_at += 1
        wanted = wanting.of(topic)
        planned = plan(topic, wanted, screens.account)
        if planned.newer:
            done.newer.append(topic.number)
        if not planned.actions:
            continue
        if desk.dry_run:
            done.plans.append(planned)
            continue
        try:
            _perform(planned, wanted, topic, screens, done, wanting.index.number(topic))
        except RateLimited as limited:
            done.limited = limited
            done.left += [one.number for one in found[place:]]
            break
        except Refused as refused:
            done.refused[topic.number] = refused  # one locked discussion must not silence all others
    return done


def report(done: Reconciled, *, dry_run: bool) -> Report:
    """What a run says it did; exit OUTSIDE when something is left."""
    lines = [f"Looked at {done.looked_at} {_things(done.looked_at)}."]
    if done.plans:
        lines.append("Would be written:" if dry_run else "Written:")
    for one in done.plans:
        lines += [f"  #{one.number}: {action_line(action)}" for action in one.actions]
        lines += [f"  #{one.number}: {NOTES[drift]}" for drift in one.drift]
    if not done.plans:
        lines.append("All of it shows what it should; nothing was written.")
    lines += [f"#{number}: a later run was here, so nothing was written." for number in done.newer]
    lines += [
        f"#{number}: a new version came in the meantime; the next run looks at it." for number in done.moved
    ]
    return Report(
        text="\n".join(lines),
        data={
            "looked_at": done.looked_at,
            "plans": [
                {
                    "topic": one.number,
                    "actions": [action_line(action) for action in one.actions],
                    "put_back": list(one.drift),
                }
                for one in done.plans
            ],
            "shown": [
                {
                    "contribution": one.number,
                    "topic": one.topic,
                    "revision": one.revision,
                    "comment": one.comment,
                }
                for one in done.shown
            ],
            "left": done.left,
            "dry_run": dry_run,
        },
        findings=tuple(_findings(done)),
        exit_code=_exit(done),
    )


def _exit(done: Reconciled) -> Exit:
    if done.limited or done.refused or done.left:
        return Exit.OUTSIDE
    return Exit.FINDINGS if done.trouble else Exit.OK


def _findings(done: Reconciled) -> Iterable[Finding]:
    yield from done.trouble
    if done.limited is not None:
        yield from done.limited.findings
    if done.left:
        names = ", ".join(f"#{number}" for number in done.left)
        yield Finding(
            rule="forge-left", message=f"Left for the next run: {names}.", severity=Severity.WARNING
        )
    for refused in done.refused.values():
        yield from refused.findings


def _things(count: int) -> str:
    return "pull request or form" if count == 1 else "pull requests and forms"


def _touched_or_due(reader: ForgeReader, wanting: Wanting, *, full: bool) -> list[Topic]:
    """What was touched since the last look that is not this run's own, and what is due."""
    since = None if full else _last_look(wanting.cases)
    waiting = due(wanting) if since is not None else {}
    if sum(map(len, waiting.values())) > MANY:
        since, waiting = None, {}  # asked for one by one they would cost more than all of them in pages
    snapshot = reader.snapshot(since)
    found: dict[int, Topic] = {one.number: one for one in (*snapshot.pull_requests, *snapshot.forms)}
    for number in waiting.get("pull", ()):
        if number not in found:
            found[number] = reader.pull_request(number)
    for number in waiting.get("form", ()):
        if number not in found:
            found[number] = reader.form(number)
    return [found[number] for number in sorted(found)]


def _last_look(cases: Cases) -> datetime | None:
    """Until when an earlier run had seen everything. What was recorded just now is the look of this run: what it saw is
    to be answered still.
    """
    looks = [one for one in cases.chronicle.everything() if isinstance(one, Synced)]
    if looks and cases.now - looks[-1].recorded < JUST_NOW:
        del looks[-1]
    return looks[-1].until if looks else None


# --- performing -------------------------------------------------------------------------------------------


def _perform(
    planned: Plan, wanted: Wanted, topic: Topic, screens: Screens, done: Reconciled, number: int | None
) -> None:
    """Write a plan, the comment last: whoever reads it finds everything else as it says.

    If a new head came since it was read, neither the status nor the comment is written: both would be about a text that
    is no longer the newest.
    """
    performed: list[Action] = []
    checked = not isinstance(topic, PullRequest)
    try:
        for action in planned.actions:
            if not checked and isinstance(action, (SetStatus, PostComment, EditComment)):
                if screens.writer.head(topic.number) != wanted.commit:
                    done.moved.append(topic.number)
                    break
                checked = True
            post = _write(action, planned.number, screens.writer)
            performed.append(action)
            if post is not None and number is not None and wanted.screen is not None and _is_screen(action):
                seen = Seen(
                    number=number,
                    topic=topic.number,
                    revision=wanted.screen.marker.revision,
                    comment=post.id,
                    moment=post.edited or post.created,
                )
                done.shown.append(seen)
                screens.shown(seen)
    finally:
        if performed:
            done.plans.append(Plan(number=planned.number, actions=tuple(performed), drift=planned.drift))


def _write(action: Action, number: int, writer: ForgeWriter) -> Post | None:
    match action:
        case AddLabels():
            writer.add_labels(number, action.labels)
        case RemoveLabel():
            writer.remove_label(number, action.label)
        case SetStatus():
            writer.set_status(action.commit, CONTEXT, action.gate.state, action.gate.description)
        case PostComment():
            return writer.comment(number, action.body)
        case EditComment():
            return writer.edit_comment(action.comment, action.body)
        case DeleteComment():
            writer.delete_comment(action.comment)
    return None


def _is_screen(action: Action) -> bool:
    return isinstance(action, EditComment) or (isinstance(action, PostComment) and action.status)
