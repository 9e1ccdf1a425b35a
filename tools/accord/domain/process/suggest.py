"""Say what would be accepted instead: the nearest known name, or all of them."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_SHOWN = 12


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A sentence for a message: ``Did you mean `draft-2`?``, or the list of what is known."""
    names = list(dict.fromkeys(known))
    if not names:
        return "None is known yet."
    close = get_close_matches(name[:100].casefold(), [one.casefold() for one in names], n=1, cutoff=0.6)
    if close:
        nearest = next(one for one in names if one.casefold() == close[0])
        return f"Did you mean `{nearest}`?"
    shown = ", ".join(f"`{one}`" for one in names[:_SHOWN])
    return f"Known: {shown}{', ...' if len(names) > _SHOWN else ''}."


def shorten(text: str, limit: int = 60) -> str:
    """A text of a stranger for a message: on one line, and not longer than `limit` characters."""
    line = "".join(character if character.isprintable() else " " for character in text)
    return line if len(line) <= limit else line[: limit - 3] + "..."
