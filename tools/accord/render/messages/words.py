"""What every sentence needs: the words of the forum, names, the process zone; and the line on every output (R6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from accord.domain.process.forum import Forum
from accord.domain.process.moments import show_until

NOTICE = "Unofficial working aid; the official place is {page}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """What the sentences need beside their subject: words of the forum, names of entities, the process zone, and
    ``labels``, what the rules call their positions, by name. ``brief`` leaves dates of objections to other places.
    """

    forum: Forum
    zone: tzinfo
    name_of: Callable[[str], str]
    labels: Mapping[str, str] = field(default_factory=dict)
    brief: bool = False


def notice(forum: Forum) -> str:
    """The line that stands on every output (R6)."""
    return NOTICE.format(page=forum.page)


def until(moment: datetime, words: Speaking) -> str:
    """An end, as shown everywhere."""
    return show_until(moment, words.zone)
