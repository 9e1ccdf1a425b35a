"""Contributions as the documents list them: what became of each, what was said, which sections it concerns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from accord.application.revision import Revision
from accord.application.signing import unsigned
from accord.domain.agreement.case import Case
from accord.domain.agreement.objections import objections
from accord.domain.record.events import Event, Outcome, Position
from accord.domain.text.clauses import Kind
from accord.render.acts import unsigned_line
from accord.render.building_on import building_lines
from accord.render.document_sheet import ContributionEntry
from accord.render.messages import Speaking, cosigner, objection_line, received_line, state_words

GENERAL = "The Report as a whole"


def entry_of(case: Case, revision: Revision, words: Speaking) -> ContributionEntry:
    forum = revision.process.forum
    current = case.current
    contribution, admission = current.contribution, current.admission
    category = forum.category(admission.category) if admission and admission.category else None
    kind = forum.kind(contribution.kind) if contribution else None
    return ContributionEntry(
        number=case.number,
        title=case.title,
        source=source_of(case, words),
        cosigners=tuple(cosigner(case, one, words) for one in case.dossier.cosigners),
        category=category.label if category else "not stated",
        input_class=admission.input_class.value if admission and admission.input_class else "",
        kind=kind.label if kind else "cannot be read",
        received=received_line(case, words),
        state=_state(case, revision, words),
        reason=case.disposed.reason if case.disposed else "",
        statements=tuple(_statements(case, words)),
        objections=tuple(
            objection_line(one, words, gated=case.verdict is not None and case.verdict.readiness.gated)
            for one in objections(case.dossier, revision.cases.world, revision.moment)  # type: ignore[union-attr]
        ),
        touches=_touches(case, revision),
        building=tuple(building_lines(case)),
    )


def _state(case: Case, revision: Revision, words: Speaking) -> str:
    """What became of it, and which entries it rests on that nobody signed."""
    world = revision.cases.world  # type: ignore[union-attr]
    line = unsigned_line(unsigned(world, case.dossier.events))
    return f"{state_words(case, words)}. {line}" if line else state_words(case, words)


def source_of(case: Case, words: Speaking) -> str:
    """The entity spoken for, as people know it; what a stranger wrote is said to be that."""
    contribution, admission = case.current.contribution, case.current.admission
    if admission is not None and admission.entity:
        return words.name_of(admission.entity)
    written = contribution.source if contribution else str((case.newest.metadata or {}).get("source") or "")
    if case.current.role == "secretariat" or not written:
        return written or "not stated"
    return f"{written} (not on the {words.forum.words.get('experts-list', 'list of nominated experts')})"


def statements(events: Sequence[Event]) -> list[tuple[str, str, str, int]]:
    """What stands for the record: entity, words, meeting, place in the record.

    A reservation holds until the same entity says something else about all the clauses it was about (C3).
    """
    said: list[tuple[str, str, str, int]] = []
    positions = [event for event in events if isinstance(event, Position)]
    for event in events:
        if isinstance(event, Outcome):
            said += [(one.entity, one.text, event.meeting, event.seq) for one in event.statements]
        elif isinstance(event, Position) and event.stance == "reserve":
            about = {entry.id for entry in event.effect}
            later = [
                other
                for other in positions
                if other.entity == event.entity
                and (other.received.latest, other.seq) > (event.received.latest, event.seq)
                and about <= {entry.id for entry in other.effect}
            ]
            if not later:
                said.append((event.entity, event.reason, event.meeting, event.seq))
    return said


def _statements(case: Case, words: Speaking) -> Iterator[str]:
    for entity, text, meeting, _ in statements(case.dossier.heard):
        where = f" ({meeting})" if meeting else ""
        said = f": “{text}”" if text else ""
        yield f"experts nominated by {words.name_of(entity)} join with a statement{where}{said}"


def touched_paths(case: Case) -> tuple[str, ...]:
    """The files a contribution touches, as incorporated or as proposed."""
    effect = case.incorporated.effect if case.incorporated else case.current.proposal
    return tuple(dict.fromkeys(entry.path for entry in effect))


def _touches(case: Case, revision: Revision) -> tuple[str, ...]:
    names = _names(revision)
    return tuple(dict.fromkeys(names.get(path, path) for path in touched_paths(case)))


def _names(revision: Revision) -> dict[str, str]:
    """File → how people call it: its section, or the title of the Opinion."""
    out = {}
    for document in revision.report:
        heading = next((c for c in document.clauses if c.kind is Kind.HEADING and c.level == 1), None)
        out[document.path] = f"Section {heading.label}: {heading.text}" if heading else "Cover"
    for one in revision.opinions:
        out[one.document.path] = f"Draft Opinion: {one.title}"
    return out


def index_of(revision: Revision) -> Iterator[tuple[str, tuple[tuple[str, tuple[int, ...]], ...]]]:
    """R27. Who contributed to which section, by category."""
    forum = revision.process.forum
    names = _names(revision)
    found: dict[str, dict[str, list[int]]] = {name: {} for name in names.values() if name != "Cover"}
    for case in revision.contributions:
        admission = case.current.admission
        if not case.current.counts or admission is None or not admission.category:
            continue
        category = forum.category(admission.category)
        label = category.label if category else admission.category
        for name in dict.fromkeys(names.get(path, GENERAL) for path in touched_paths(case)) or [GENERAL]:
            found.setdefault(name, {}).setdefault(label, []).append(case.number)
    order = [category.label for category in forum.categories]
    if revision.contributions:
        for name, by_category in found.items():
            ranked = sorted(
                by_category, key=lambda label: order.index(label) if label in order else len(order)
            )
            yield name, tuple((label, tuple(by_category[label])) for label in ranked)
