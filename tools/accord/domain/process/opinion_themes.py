"""The themes of an Opinion are themes of the forum (R1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from accord.domain.findings import Finding, Place
from accord.domain.process.forum import Forum
from accord.domain.process.suggest import did_you_mean, shorten


def opinion_themes(front: Mapping[str, Any], forum: Forum, file: str) -> Iterator[Finding]:
    """R1. Each theme in the front matter of an Opinion that the forum does not have."""
    for index, name in enumerate(front.get("themes") or ()):
        if forum.theme(str(name)) is None:
            yield Finding(
                rule="theme-unknown",
                message=f"`{shorten(str(name))}` is none of the themes of this forum (R1).",
                fix=did_you_mean(str(name), [theme.id for theme in forum.themes]),
                place=Place(file=file, path=f"themes/{index}"),
            )
