"""The signatures: every entry of a person with a key is signed with it, and every signature fits what it signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from accord.application.chronicle import Chronicle
from accord.application.desk import Desk
from accord.application.draft_facts import cuts_of
from accord.application.ports import Added, Line, Signed
from accord.application.signing import due, due_on, list_before
from accord.application.verify_record import MEND, said
from accord.domain.agreement.world import World
from accord.domain.findings import Finding, Place, Refused, Severity
from accord.domain.process.keys import fingerprint, is_person, key_bytes, owners, people_with_keys
from accord.domain.process.moments import show_day
from accord.domain.process.people import ExpertsList
from accord.domain.record.events import Cut, Event
from accord.domain.record.values import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What is known of one signature: whether there is one, and the key that made it; None where it does not fit."""

    there: bool
    key: bytes | None = None


def check(desk: Desk, chronicle: Chronicle, commits: Sequence[Added]) -> Iterator[Finding]:
    """Every entry, by the list as the record had seen it when it was written; then the tags of the drafts."""
    world = chronicle.world()
    yield from _removed(world)
    cuts = [
        (cut, tag.signed) for cut in cuts_of(chronicle) if (tag := desk.repository.read_tag_object(cut.tag))
    ]
    signed = [
        one for one in (*(added.signed for added in commits), *(one for _, one in cuts)) if one.signature
    ]
    try:
        keys = dict(zip(signed, desk.signer.signed_with(signed), strict=True)) if signed else {}
    except Refused as refused:
        yield from refused.findings
        return
    events = {event.seq: event for event in chronicle.everything()}
    for added in commits:
        found = _found(added.signed, keys)
        written = [
            (line, event)
            for line in added.lines
            if (event := events.get(line.seq)) is not None and event.by.role != "tool"
        ]
        if not written and found.there and found.key is None:
            yield _of_commit(added.commit)
        for line, event in written:
            experts = list_before(world, event)
            wanted = due_on(experts, event)
            wrong = _wrong(event.by, wanted, experts, found) or _claim(event, found)
            if wrong:
                yield _at(line, added.commit, *wrong)
    for cut, of_tag in cuts:
        wrong = _wrong_tag(cut, list_before(world, cut), _found(of_tag, keys))
        if wrong:
            yield said(cut.seq, wrong[0], f"The tag `{cut.draft}`: {wrong[1]}")


def _removed(world: World) -> Iterator[Finding]:
    """Keys that were taken out of the list: whose they were could go on without signing."""
    for before, after in pairwise(world.seen):
        if before.experts is after.experts:
            continue
        kept = {content for _, content in _keys(after.experts)}
        for name, content in _keys(before.experts):
            if content not in kept:
                yield Finding(
                    rule="signature-key-removed",
                    message=f"The key {fingerprint(content)} of {name} was taken out of the list, instead of "
                    "being ended.",
                    fix="Put it back into process/experts.yaml and end it with `until`.",
                    place=Place(file="record", path=f"event {after.seq}"),
                    severity=Severity.WARNING,
                )


def _keys(experts: ExpertsList) -> Iterator[tuple[str, bytes]]:
    for _, _, entry in people_with_keys(experts):
        for key in entry.keys:
            if (content := key_bytes(key.public)) is not None:
                yield entry.name, content


def _found(signed: Signed, keys: dict[Signed, bytes | None]) -> _Found:
    return _Found(there=bool(signed.signature), key=keys.get(signed))


def _wrong(
    by: Actor, wanted: frozenset[bytes], experts: ExpertsList, found: _Found
) -> tuple[str, str] | None:
    """Rule and message for an entry whose signature is missing, broken, or made with none of the keys wanted."""
    if not found.there:
        if not wanted:
            return None
        return "signature-missing", f"It is not signed, and {by.name} had a key by the list as known then."
    if found.key is None:
        return "signature-broken", "The signature does not fit: it was changed after it was signed."
    if found.key in wanted:
        return None
    return _not_theirs(by, found.key, experts)


def _not_theirs(by: Actor, key: bytes, experts: ExpertsList) -> tuple[str, str]:
    """Whose key it is instead, by the list as known then."""
    named = owners(experts, key)
    for entry in named:
        if is_person(entry, by.name, by.id):
            terms = [one.term for one in entry.keys if key_bytes(one.public) == key]
            days = " and ".join(
                f"from {show_day(term.first)}" + (f" until {show_day(term.last)}" if term.last else "")
                for term in terms
            )
            return (
                "signature-date",
                f"The key of {by.name} that signed it did not hold then: it holds {days}.",
            )
    whose = f"is {named[0].name}'s" if named else "is nobody's on the list"
    return (
        "signature-foreign",
        f"It is by {by.name}, but the key that signed it ({fingerprint(key)}) {whose} as known then.",
    )


def _claim(event: Event, found: _Found) -> tuple[str, str] | None:
    """An entry says that it is signed exactly when it is."""
    if event.by.signed and not found.there:
        return "signature-said", "It says that it is signed, and nothing signs it."
    if found.there and not event.by.signed:
        return "signature-said", "It is signed, and says that it is not."
    return None


def _wrong_tag(cut: Cut, experts: ExpertsList, found: _Found) -> tuple[str, str] | None:
    """A draft is signed by any member of the secretariat: who finishes a cut may be another than who began it."""
    wrong = _wrong(cut.by, due_on(experts, cut), experts, found)
    if wrong is None or found.key is None:
        return wrong
    members = experts.at(cut.recorded).secretariat
    others = (Actor(name=one.name, role="secretariat", id=one.account) for one in members)
    return None if any(found.key in due(experts, one, cut.recorded) for one in others) else wrong


def _at(line: Line, commit: str, rule: str, message: str) -> Finding:
    return Finding(
        rule=rule,
        message=message,
        fix=MEND,
        place=Place(file=line.file, line=line.number, path=f"event {line.seq} at {commit[:12]}"),
    )


def _of_commit(commit: str) -> Finding:
    return Finding(
        rule="signature-broken",
        message="The signature does not fit: it was changed after it was signed.",
        fix=MEND,
        place=Place(file="record", path=f"at {commit[:12]}"),
    )
