"""What a version proposes: its text read from a branch, as entries by clause and problems of form."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from accord.application.chronicle import Chronicle
from accord.application.desk import Desk
from accord.application.form import form_findings
from accord.application.texts import FOLDERS
from accord.domain.agreement.proposal import proposal
from accord.domain.findings import Exit, Finding, Refused, refuse
from accord.domain.process.addresses import without_addresses
from accord.domain.process.paths import SIZE_LIMIT
from accord.domain.record.values import Effect, FormFinding
from accord.domain.text.identity import Identified

CONTRIBUTIONS = "refs/contributions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """The text of a version: its head and base commits, its effect, and problems of form."""

    head: str | None
    base: str | None
    effect: Effect
    form: tuple[FormFinding, ...] = ()


# What can be mended without touching a word: such a text is read, so that one can see that it did not change.
_BESIDE_THE_TEXT = {"path-executable", "path-outside", "path-process"}


NO_TEXT = Proposed(head=None, base=None, effect=())


def propose(
    desk: Desk,
    chronicle: Chronicle,
    head: str,
    earlier: Sequence[Sequence[Identified]] = (),
    *,
    base: str | None = None,
    amends: int | None = None,
) -> Proposed:
    """What a head proposes against the text it was written on: that of the main branch, or for an amendment ``base``.

    Clauses that it adds keep the ids they have in ``earlier`` versions, the first that has them.

    Raises:
        Refused: it shares no history with the main branch (exit FINDINGS).
    """
    base = base or desk.repository.merge_base(desk.main(), head)
    if base is None:
        raise refuse(
            "history-unrelated",
            "This was not written on the text of the main branch.",
            fix="Start from the main branch and make the change there.",
        )
    found = form_findings(desk.repository, base, head, front=desk.reader.front_matter)
    form = tuple(noted(one) for one in found)
    broken = {finding.rule for finding in form if finding.severity == "error"}
    if broken and (broken - _BESIDE_THE_TEXT or not _is_readable(desk, head)):
        # Its files break the rules of form: its text is not read until they are mended.
        return Proposed(head=head, base=base, effect=(), form=form)
    identities = desk.identities(chronicle)
    at_base = identities.written_on(base, amends)
    at_head = identities.of_head(at_base, head, earlier, identities.given_before(None))
    return Proposed(head=head, base=base, effect=proposal(at_base, at_head), form=form)


def as_it_is(head: str, propose_it: Callable[[], Proposed], *, public: bool) -> Proposed:
    """What a head proposes; if it is ``public``, whatever is refused about it is a problem of form of the version.

    Raises:
        Refused: what ``propose_it`` refuses, of what is not public; the disk or git refuse (exit OUTSIDE).
    """
    try:
        return propose_it()
    except Refused as refused:
        if not public or refused.exit_code is Exit.OUTSIDE:
            raise
        return Proposed(head=head, base=None, effect=(), form=tuple(noted(one) for one in refused.findings))


def _is_readable(desk: Desk, head: str) -> bool:
    if any(entry.size > SIZE_LIMIT for entry in desk.texts.entries(head)):
        return False
    try:
        desk.texts.documents(head)
    except Refused:
        return False
    return True


def noted(finding: Finding) -> FormFinding:
    """A finding as it is kept in the record: without folders of the sender's, and without addresses."""
    place = finding.place
    if place is not None and "/" in place.file and not place.file.startswith(FOLDERS):
        place = replace(place, file=place.file.rpartition("/")[2])
    return FormFinding(
        rule=finding.rule,
        message=without_addresses(finding.message),
        fix=finding.fix,
        place=str(place or ""),
        severity=finding.severity.value,
    )


def known_commit(desk: Desk, rev: str) -> str:
    """The commit a branch or revision names.

    Raises:
        Refused: there is none (exit USAGE), with the nearest branch.
    """
    commit = desk.repository.resolve(rev)
    if commit is not None:
        return commit
    branches = [ref.removeprefix("refs/heads/") for ref in desk.repository.refs("refs/heads")]
    close = difflib.get_close_matches(rev, branches, n=1)
    raise refuse(
        "branch-unknown",
        f"There is no branch or version `{rev}` here.",
        fix=f"Did you mean `{close[0]}`?" if close else "Check its name.",
        exit_code=Exit.USAGE,
    )


def kept(number: int, revision: int, head: str | None) -> dict[str, str]:
    """Names that keep a version's text reachable: its own, and the newest."""
    if head is None:
        return {}
    folder = f"{CONTRIBUTIONS}/{number}"
    return {f"{folder}/v{revision}": head, f"{folder}/head": head}
