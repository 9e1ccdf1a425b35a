"""The texts: each state of main as the record saw it, each version as it was handed in, each change answered for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from accord.application.chronicle import Chronicle
from accord.application.desk import Desk
from accord.application.earlier import Earlier
from accord.application.identities import Identities, next_agreed
from accord.application.proposing import CONTRIBUTIONS
from accord.application.reading import PROCESS_FILES
from accord.application.texts import FOLDERS
from accord.application.verify_record import said
from accord.application.versions import TextVersion, incorporated, newest_before, version_at, versions
from accord.domain.agreement.effect import Agreed
from accord.domain.agreement.merged import unexplained
from accord.domain.agreement.proposal import proposal
from accord.domain.canonical import fact_digest
from accord.domain.findings import Finding, Place, Refused, Severity
from accord.domain.record.events import Incorporated, MainSeen, Received, Redacted, Revised, Split
from accord.domain.text.identity import Identified


def check(desk: Desk, chronicle: Chronicle) -> Iterator[Finding]:
    """Everything about the texts."""
    missing = list(_history(desk, chronicle))
    yield from missing
    if any(one.rule == "text-missing" for one in missing):
        return
    yield from _states(desk, chronicle)
    yield from _versions(desk, chronicle)
    yield from _splits(chronicle)
    yield from _incorporated(desk, chronicle)
    newest = Chronicle(chronicle.view, desk.facts)
    try:
        desk.see_main(newest)  # in memory: what the next act would see
    except Refused as refused:
        yield from refused.findings
        newest = chronicle
    for one in unexplained(newest.world(), chronicle.everything()):
        clauses = f"{len(one.clauses)} clause{'s' if len(one.clauses) != 1 else ''}"
        yield Finding(
            rule="C13",
            message=f"It changed {clauses} without a declaration or a recorded act: "
            f"{', '.join(entry.id for entry in one.clauses[:5])}.",
            fix=f"Take it back, or `accord regularise {one.commit[:12]} --reason ...`.",
            place=Place(file="main", path=f"commit {one.commit[:12]}"),
        )


def _history(desk: Desk, chronicle: Chronicle) -> Iterator[Finding]:
    """The states seen are those that the first-parent history of main has, all of them and in order."""
    seen = chronicle.main_seen()
    repository = desk.repository
    gone = [state for state in seen if repository.resolve(state.commit) is None]
    for state in gone:
        yield said(
            state.seq,
            "text-missing",
            f"The text it saw, {state.commit[:12]}, is not here.",
            "Fetch the whole main branch.",
        )
    if gone:
        return
    tip = desk.main()
    paths = (*FOLDERS, *PROCESS_FILES.values())
    history = [info.oid for info in repository.first_parent(seen[0].commit, tip, paths)]
    known = [state.commit for state in seen[1:]]
    for state, there in zip(seen[1:], history, strict=False):
        if state.commit != there:
            yield said(
                state.seq,
                "text-history",
                f"It saw {state.commit[:12]}, but {there[:12]} comes next on the main branch.",
                "The main branch was rewritten: bring its history back from another copy.",
            )
            return
    if len(known) > len(history):
        extra = seen[1 + len(history)]
        yield said(
            extra.seq,
            "text-history",
            f"It saw {extra.commit[:12]}, which the main branch no longer has.",
            "The main branch was rewritten: bring its history back from another copy.",
        )
    elif len(history) > len(known):
        yield Finding(
            rule="text-unseen",
            message=f"The record has not seen the newest {len(history) - len(known)} of the main branch yet.",
            fix="The next act that is recorded sees them.",
            place=Place(file="main", path=f"commit {history[len(known)][:12]}"),
            severity=Severity.NOTE,
        )


def _states(desk: Desk, chronicle: Chronicle) -> Iterator[Finding]:
    """The clauses, ids and digests of each state, and its process files, recomputed from the files themselves."""
    previous = Agreed()
    before: tuple[Identified, ...] = ()
    identities = desk.identities(chronicle)
    for state in chronicle.main_seen():
        try:
            agreed = next_agreed(previous, before, desk.texts.documents(state.commit))
            values = desk.process_files(state.commit)
        except Refused as refused:
            yield from (said(state.seq, "text-unreadable", one.message) for one in refused.findings)
            return
        kept = Agreed.from_json(chronicle.fact(state.agreed))
        if agreed.to_json() != kept.to_json():
            yield said(state.seq, "text-state", f"The text {state.commit[:12]} {_difference(kept, agreed)}.")
        yield from _process(state, values)
        previous, before = kept, identities.of_seen(state)


def _process(state: MainSeen, values: object) -> Iterator[Finding]:
    assert isinstance(values, dict)  # noqa: S101 - narrows for the type checker
    for key, path in PROCESS_FILES.items():
        if fact_digest(values[key]) != getattr(state, key):
            yield said(
                state.seq,
                "process-state",
                f"{path} at {state.commit[:12]} does not say what the record kept of it.",
            )


def _difference(kept: Agreed, found: Agreed) -> str:
    for one, other in zip(kept.clauses, found.clauses, strict=False):
        if one != other:
            if one.id != other.id:
                return f"has the id {other.id} where the record has {one.id}"
            return f"reads differently in {one.id} ({one.path}) than the record says"
    if len(kept.clauses) != len(found.clauses):
        return f"has {len(found.clauses)} clauses, and the record says {len(kept.clauses)}"
    return "retires other ids than the record says"


def _versions(desk: Desk, chronicle: Chronicle) -> Iterator[Finding]:
    """Each version is kept, and proposes what the record says it does."""
    refs = desk.repository.refs(CONTRIBUTIONS)
    wanted = 0
    missing: list[Finding] = []
    for number in chronicle.numbers():
        head: str | None = None
        redacted = _redacted(chronicle, number)
        for version in versions(chronicle, number):
            event, revision = version.event, version.revision
            if event.head is None or event.head == head:
                continue
            head = event.head
            wanted += 1
            kept = refs.get(f"{CONTRIBUTIONS}/{number}/v{revision}")
            if event.head in redacted:
                act = redacted[event.head]
                message = (
                    f"The text of version {revision} of contribution {number} was redacted: {act.ground}."
                )
                yield replace(said(act.seq, "version-redacted", message, ""), severity=Severity.NOTE)
                continue
            if kept != event.head:
                missing.append(
                    said(
                        event.seq,
                        "version-kept",
                        f"Version {revision} of contribution {number} is not kept under its name.",
                        f"Fetch `{CONTRIBUTIONS}/*` from another copy.",
                    )
                )
            if desk.repository.resolve(event.head) is None or event.base is None or not event.effect:
                continue
            now = Earlier(chronicle, desk.facts, event.seq)
            if desk.repository.resolve(event.base) is None:
                continue  # the text it amends is out of reach
            yield from _amended(version, now)
            identities = Identities(desk.repository, desk.texts, now)
            at_base = identities.written_on(event.base, version.amends, event.seq)
            earlier = identities.earlier(version)
            at_head = identities.of_head(at_base, event.head, earlier, identities.given_before(event.seq))
            if proposal(at_base, at_head) != event.effect:
                yield said(
                    event.seq,
                    "version-effect",
                    f"Version {revision} of contribution {number} proposes something else than the record says.",
                )
    if missing and len(missing) == wanted and not refs:
        yield Finding(
            rule="version-kept",
            message=f"The proposed texts ({wanted} versions) are not in this copy, so they were not compared.",
            fix=f"`git fetch origin '+{CONTRIBUTIONS}/*:{CONTRIBUTIONS}/*'` brings them.",
            severity=Severity.WARNING,
        )
    else:
        yield from missing


def _amended(version: TextVersion, chronicle: Chronicle) -> Iterator[Finding]:
    """An amendment is written on the text that it says it amends, or on main once that is there."""
    event, amends = version.event, version.amends
    if amends is None or event.base is None or version_at(chronicle, amends, event.base) is not None:
        return
    if incorporated(chronicle, amends) is None:
        yield said(
            event.seq,
            "version-amends",
            f"Version {version.revision} of contribution {version.number} is not written on the text of contribution "
            f"{amends}, which it says it amends.",
        )


def _splits(chronicle: Chronicle) -> Iterator[Finding]:
    """C6. The part and the rest are what the whole was, entry for entry; the part came in when the whole did."""
    everything = {event.seq: event for event in chronicle.everything()}
    for event in everything.values():
        if not isinstance(event, Split):
            continue
        part, rest = everything.get(event.seq - 1), everything.get(event.seq + 1)
        whole = newest_before(chronicle, int(event.subject), event.seq)
        if (
            not isinstance(part, Received)
            or not isinstance(rest, Revised)
            or whole is None
            or (part.subject, rest.subject) != (str(event.into), event.subject)
            or part.split_from != int(event.subject)
        ):
            yield said(event.seq, "split", "What it split does not stand beside it in the record.")
            continue
        both = {entry.id: entry for entry in (*part.effect, *rest.effect)}
        if both != {entry.id: entry for entry in whole.event.effect}:
            yield said(event.seq, "split", "The part and the rest together are not what the whole was.")
        if {entry.id for entry in part.effect} != set(event.clauses):
            yield said(event.seq, "split", "Other clauses went to the part than it says.")
        if part.received != whole.event.received:
            yield said(part.seq, "split", "The part did not come in when the whole did.")
    parts = {event.into for event in everything.values() if isinstance(event, Split)}
    for event in everything.values():
        if isinstance(event, Received) and event.split_from is not None and int(event.subject) not in parts:
            yield said(event.seq, "split", f"Contribution {event.split_from} was not split into it.")


def _redacted(chronicle: Chronicle, number: int) -> dict[str, Redacted]:
    """The texts of a contribution that are out of reach, with the act that took them there."""
    acts = [event for event in chronicle.events(str(number)) if isinstance(event, Redacted)]
    return {head: act for act in acts for head in act.heads}


def _incorporated(desk: Desk, chronicle: Chronicle) -> Iterator[Finding]:
    """Each incorporated text came by the commit named, which stands on main, one step after its parent."""
    states = {state.commit for state in chronicle.main_seen()}
    for event in chronicle.everything():
        if not isinstance(event, Incorporated):
            continue
        if event.commit not in states:
            yield said(
                event.seq,
                "incorporated-commit",
                f"{event.commit[:12]} is no state of the text the record saw.",
            )
        elif desk.repository.resolve(f"{event.commit}^1") != event.parent:
            yield said(
                event.seq, "incorporated-commit", f"{event.commit[:12]} does not follow {event.parent[:12]}."
            )
