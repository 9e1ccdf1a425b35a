"""Whose change it is: from the changes of a redline to the contributions they came in by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from accord.application.entries import source_of
from accord.application.lineage import Lineage
from accord.application.revision import Revision
from accord.application.seen import SeenState
from accord.domain.agreement.case import Case
from accord.domain.agreement.revisions import Revision as Version
from accord.domain.record.events import Incorporated
from accord.domain.text.identity import Identified
from accord.domain.text.redline import Redline, Side
from accord.render.authorship import Author, Authorship
from accord.render.messages import Speaking


def author_of(case: Case, words: Speaking, version: Version | None = None) -> Author:
    """Who proposed what a contribution changes, and when that version (else the current one) was received."""
    found = version or case.current
    return Author(name=source_of(case, words), at=found.receipt.earliest, contribution=case.number)


def authorship_of(revision: Revision, before: str, redline: Redline, words: Speaking) -> Authorship:
    """The author of each change from the text at the commit ``before`` to a revision.

    That is the source of the contribution by which the clause came to read as it does; the member of the secretariat
    who took responsibility for a change that came in otherwise; the forum's secretariat where nobody has yet.
    """
    default = Author(name=f"{revision.process.forum.short_name} secretariat", at=revision.moment)
    if revision.chronicle is None or not redline.changes:
        return Authorship(default=default)
    identities = revision.desk.identities(revision.chronicle)
    lineage = Lineage(revision.desk, revision.chronicle, _states(revision, before))
    cases = {case.number: case for case in revision.contributions}
    found: dict[int, Author] = {}
    for number, id_ in _changed(redline, identities.at(before), revision.identified):
        acts = [change.act for change in lineage.of(id_) if change.act is not None]
        if not acts:
            continue
        last = acts[-1]
        if isinstance(last, Incorporated) and int(last.subject or 0) in cases:
            found[number] = author_of(cases[int(last.subject)], words)
        else:
            found[number] = Author(name=last.by.name, at=last.received.latest)
    return Authorship(default=default, by_change=found)


def _states(revision: Revision, before: str) -> Sequence[SeenState]:
    """The states of the text from ``before`` to the revision, as far as the record saw them."""
    assert revision.chronicle is not None  # noqa: S101 - asked before
    identities = revision.desk.identities(revision.chronicle)
    first, last = identities.seen_at(before).seq, identities.seen_at(revision.commit).seq
    known = [state for state in revision.chronicle.world().seen if isinstance(state, SeenState)]
    return [state for state in known if first <= state.seq <= last] or known[:1]


def _changed(
    redline: Redline, old: Sequence[Identified], new: Sequence[Identified]
) -> Iterator[tuple[int, str]]:
    """(number of the change, id of its clause) of each change, whichever side the clause stands on."""
    olds, news = _ids(old), _ids(new)
    for file in redline.files:
        was, now = iter(olds.get(file.old_path or "", ())), iter(news.get(file.new_path or "", ()))
        for row in file.rows:
            before = next(was, "") if row.side is not Side.NEW else ""
            after = next(now, "") if row.side is not Side.OLD else ""
            if row.number is not None and not (row.moved and row.side is Side.OLD):
                yield row.number, after or before


def _ids(identified: Sequence[Identified]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for one in identified:
        found.setdefault(one.clause.path, []).append(one.id)
    return found
