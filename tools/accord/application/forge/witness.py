"""The forge as a witness: what the tool itself had shown there says how long the record was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from accord.application.desk import Desk
from accord.application.forge.sharing import bring_up
from accord.application.ports import Remote
from accord.domain.findings import Exit, refuse
from accord.domain.forge.marker import Marker, read_marker
from accord.domain.forge.snapshot import Topic


def refuse_set_back(desk: Desk, remote: Remote, account: int, topics: Iterable[Topic]) -> None:
    """Stop when the tool's own comments were written from a longer record than there is: somebody set it back.

    Raises:
        Refused: it is so, also after another look at the shared record (exit FINDINGS).
    """
    furthest = max((mark.events for topic in topics for mark in _own_marks(topic, account)), default=0)
    if furthest <= _entries(desk):
        return
    bring_up(desk, remote)  # another run may have written since this one began
    there = _entries(desk)
    if furthest > there:
        raise refuse(
            "record-set-back",
            f"A comment of ours was written from entry {furthest} of the record, and the record has {there}: somebody "
            "set the branch `record` back, or wrote comments from a copy that was never shared.",
            fix="Find the copy that has them all (the comment names its commit) and push its `record`; nothing is "
            "taken in until then. If the record was begun anew on purpose, delete the old comments.",
            exit_code=Exit.FINDINGS,
        )


def _own_marks(topic: Topic, own: int) -> Iterator[Marker]:
    for comment in topic.comments:
        for one in comment.wordings:
            mark = read_marker(one.text or "") if comment.author.id == own and one.editor.id == own else None
            if mark is not None:
                yield mark


def _entries(desk: Desk) -> int:
    return desk.store.head().events if desk.store.exists() else 0
