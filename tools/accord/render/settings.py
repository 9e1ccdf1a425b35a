"""The settings of a repository for people: what is missing first, each with what it protects and how to change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from accord.domain.forge.setting_values import Check, Standing

_HEADINGS = {
    Standing.MISSING: "To change",
    Standing.UNKNOWN: "Could not be looked up, and so does not count as right",
    Standing.TOLD: "To know",
    Standing.PASSED: "In order",
}


def settings_text(repository: str, checks: Sequence[Check]) -> str:
    """All checks, those to act on first."""
    lines = [_summary(repository, checks)]
    given: dict[str, str] = {}  # each command once, and under which name
    for standing, heading in _HEADINGS.items():
        chosen = [one for one in checks if one.standing is standing]
        if chosen:
            lines += ["", f"{heading}:"]
            lines += [line for one in chosen for line in _lines(one, given)]
    return "\n".join(lines)


def settings_data(checks: Iterable[Check]) -> list[dict[str, Any]]:
    """The same for programs."""
    return [
        {
            "key": one.key,
            "standing": one.standing.value,
            "protects": one.protects,
            "found": one.found,
            "menu": one.menu,
            "calls": list(one.calls),
            "right": one.right,
        }
        for one in checks
    ]


def _summary(repository: str, checks: Sequence[Check]) -> str:
    missing = sum(one.standing is Standing.MISSING for one in checks)
    unknown = sum(one.standing is Standing.UNKNOWN for one in checks)
    if not missing and not unknown:
        return f"{repository}: everything is set as it should be."
    parts = []
    if missing:
        parts.append(f"{missing} to change")
    if unknown:
        parts.append(f"{unknown} that could not be looked up")
    return f"{repository}: {', '.join(parts)}. docs/setting-up.md goes through all of it step by step."


def _lines(one: Check, given: dict[str, str]) -> Iterator[str]:
    if one.standing is Standing.PASSED:
        yield f"  {one.key}: {one.found}"
        return
    yield ""
    yield f"  {one.key}"
    yield f"    {one.found}"
    yield f"    Why: {one.protects}"
    if one.right:
        yield f"    To look it up, the token needs: {one.right}. Or look in the browser yourself."
    if one.menu:
        yield f"    In the browser: {one.menu}"
    for call in one.calls:
        if (name := given.setdefault(call, one.key)) != one.key:
            yield f"    As a command: the one given for {name} does it"
            continue
        first, *rest = call.split("\n")
        yield f"    As a command: {first}"
        yield from rest  # what a shell reads between two marks stands at the beginning of the line
