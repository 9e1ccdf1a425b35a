"""The marks by which the tool knows its own comments again: always the first bytes of one, unseen by people."""

from __future__ import annotations

import re
from dataclasses import dataclass

_STATUS = re.compile(
    r"<!-- accord:status revision=(\d{1,9}) events=(\d{1,12}) record=([0-9a-f]{12})(?: says=([0-9a-f]{12}))? -->"
)
_ANSWER = re.compile(r"(?:<!-- accord:answer ([^\s<>]{1,200}) -->\n?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """What the status comment showed: which version, with how many events in the record, at which commit of it.

    More events mean a later look, so that an older run never overwrites what a newer one wrote. ``says`` names what it
    said, so that nobody has to ask the forge whether it still says what it should.
    """

    revision: int
    events: int
    record: str
    says: str = ""

    def __str__(self) -> str:
        says = f" says={self.says[:12]}" if self.says else ""
        return f"<!-- accord:status revision={self.revision} events={self.events} record={self.record[:12]}{says} -->"


def read_marker(body: str) -> Marker | None:
    """The mark at the first byte of a comment; None for any other comment, whatever it quotes further down."""
    found = _STATUS.match(body)
    if found is None:
        return None
    return Marker(revision=int(found[1]), events=int(found[2]), record=found[3], says=found[4] or "")


def answer_marks(posts: tuple[str, ...]) -> str:
    """The marks of a comment that answers posts, one a line."""
    return "".join(f"<!-- accord:answer {post} -->\n" for post in posts)


def answered(body: str) -> tuple[str, ...]:
    """The posts that a comment answers: those named at its very beginning."""
    posts, at = [], 0
    while found := _ANSWER.match(body, at):
        posts.append(found[1])
        at = found.end()
    return tuple(posts)
