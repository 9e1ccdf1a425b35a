"""`--as-known`: what could be known when the record stood at an earlier commit, or when a draft was cut."""

from __future__ import annotations

from datetime import datetime

from accord.application.chronicle import Chronicle
from accord.application.desk import Desk
from accord.domain.findings import Exit, refuse
from accord.domain.record.events import Cut


def look_back(desk: Desk, given: str, *, at_its_time: bool) -> None:
    """Turn the desk to the record as it stood at a commit of it, or as the draft of that name was judged on.

    The moment becomes that of the last entry known then (``at_its_time``), or stays as it was given.

    Raises:
        Refused: it is neither a draft nor a commit of the record (exit USAGE).
    """
    newest = desk.chronicle()
    cuts = {event.draft: event.record for event in newest.process() if isinstance(event, Cut)}
    commit = desk.repository.resolve(cuts.get(given, given))
    if commit is None or not desk.repository.is_ancestor(commit, newest.view.commit):
        known = ", ".join(cuts) or "none yet"
        raise refuse(
            "as-known-unknown",
            f"`{given}` is no commit of the record and no draft that was cut.",
            fix=f"Name a commit of the branch `record`, or a draft: {known}.",
            exit_code=Exit.USAGE,
        )
    desk.as_known = commit
    if at_its_time:
        desk.now = _last_entry(desk.chronicle())


def _last_entry(chronicle: Chronicle) -> datetime:
    return max(event.recorded for event in chronicle.everything())
