"""Contributions as a compilation says them: who, why, what the secretariat observed, what became of it."""

from __future__ import annotations

from collections.abc import Iterator

from accord.application.entries import entry_of
from accord.application.revision import Revision
from accord.application.window_inputs import deciding_version
from accord.domain.agreement.case import Case
from accord.domain.findings import Severity
from accord.domain.process.moments import show_moment
from accord.domain.record.events import Admitted, Asked, Corrected, Received, Waived, Withdrawn
from accord.domain.record.values import Receipt
from accord.render.compilation.model import Input
from accord.render.messages import Speaking, next_step

_CHANNELS = {"letter": "Came by letter.", "email": "Came by mail.", "meeting": "Came in a meeting."}


def input_of(case: Case, revision: Revision, words: Speaking) -> Input:
    """One contribution in words."""
    entry = entry_of(case, revision, words)
    contribution, redacted, admission = (
        case.current.contribution,
        case.current.redacted,
        case.current.admission,
    )
    written = (case.current.metadata or {}).get("reasons") if contribution is None else contribution.reasons
    reasons = f"(taken out of reach: {redacted.ground})" if redacted else str(written or "")
    return Input(
        number=case.number,
        title=entry.title,
        source=entry.source,
        cosigners=entry.cosigners,
        # What the secretariat writes has none, which is not the same as one that is not stated.
        category="" if admission is not None and not admission.category else entry.category,
        input_class=entry.input_class,
        kind=entry.kind,
        received=_received(case, words),
        version=case.current.number,
        reasons=reasons,
        observations=tuple(dict.fromkeys(_observations(case, revision))),
        disposition=entry.state,
        reason=entry.reason or _reason(case, words),
    )


def _received(case: Case, words: Speaking) -> str:
    """When it was received for its window, and when the version that is shown came if that is a later one."""
    first, shown = deciding_version(case), case.current
    said = _moment(first.receipt, words)
    return said if shown is first else f"{said}; version {shown.number}: {_moment(shown.receipt, words)}"


def _moment(receipt: Receipt, words: Speaking) -> str:
    last = show_moment(receipt.latest, words.zone)
    if receipt.earliest == receipt.latest:
        return last
    return f"between {show_moment(receipt.earliest, words.zone)} and {last}"


def _reason(case: Case, words: Speaking) -> str:
    """Why it was taken back, or what comes next."""
    taken_back = [event.reason for event in case.dossier.events if isinstance(event, Withdrawn)]
    if taken_back:
        return taken_back[-1]
    return "" if case.disposed else f"Next: {next_step(case, words)}"


def held_back(case: Case) -> bool:
    """Whether no version of it came before the group."""
    return not case.current.counts


def _observations(case: Case, revision: Revision) -> Iterator[str]:
    """What the record has of remarks by the secretariat and at the door, in order."""
    if held_back(case):
        yield from _why_held(case)
    for event in case.dossier.events:
        match event:
            case Received():
                if event.channel in _CHANNELS:
                    yield _CHANNELS[event.channel]
                if event.split_from is not None:
                    yield f"Split from contribution {event.split_from}."
            case Admitted():
                category = revision.process.forum.category(event.category)
                as_ = f", category confirmed: {category.label}" if category else ""
                yield f"Admitted{as_}: {event.reason}"
            case Waived():
                yield f"A finding of form ({event.rule}) was overruled: {event.reason}"
            case Corrected():
                yield f"Note of correction to entry {event.target} of the record: {event.reason}"
            case Asked():
                yield f"The owner of objection {event.objection} was asked whether it stands: {event.reason}"
            case _:
                pass
    if case.current.redacted is not None:
        yield f"Its text was taken out of reach ({case.current.redacted.ground}): {case.current.redacted.reason}"


def _why_held(case: Case) -> Iterator[str]:
    version = case.newest
    yield from (finding.message for finding in version.form if finding.severity == "error")
    if version.admission is not None:
        errors = (found for found in version.admission.findings if found.severity is Severity.ERROR)
        yield from (finding.message for finding in errors)
    elif version.metadata is None or version.contribution is None:
        yield "Its description could not be read."
