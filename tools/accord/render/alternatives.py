"""Contributions that meet on a clause, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Contributions that meet on a clause: the merged wording if they are compatible, else None.

    ``proposed`` gives the wording each of them proposes, None where it takes the clause away.
    """

    clause: str
    label: str
    current: str | None
    numbers: tuple[int, ...]
    proposed: tuple[str | None, ...]
    merged: str | None

    @property
    def compatible(self) -> bool:
        """Whether all of them can be incorporated as they are."""
        return self.merged is not None


def meeting_blocks(found: Sequence[Meeting], titles: Mapping[int, str]) -> list[str]:
    """A block for each clause: how it reads, what each contribution makes of it, who goes together with whom."""
    lines: list[str] = []
    for (clause, label), block in groupby(found, key=lambda one: (one.clause, one.label)):
        meetings = list(block)
        lines.append(label or clause)
        if meetings[0].current is not None:
            lines.append(f"  as it reads   {_shown(meetings[0].current)}")
        readings: dict[int, str | None] = {}
        for one in meetings:
            readings.update(zip(one.numbers, one.proposed, strict=True))
        lines += [
            f"  {number:<12}  {_shown(readings[number])}   — {titles[number]}" for number in sorted(readings)
        ]
        lines += [line for one in without_parts(meetings) for line in _result(one)]
        lines.append("")
    return lines


def alternatives_line(found: Iterable[Meeting], number: int) -> str:
    """The other contributions that propose other words than one, "" when there are none."""
    others = sorted({n for one in found if not one.compatible for n in one.numbers if n != number})
    if not others:
        return ""
    return (
        f"There {'are alternatives' if len(others) > 1 else 'is an alternative'} to it on the table: "
        f"{_contributions(others)}; `accord conflicts` shows them side by side."
    )


def without_parts(meetings: Sequence[Meeting]) -> list[Meeting]:
    """Without the pairs of a larger group that goes together: the group says it."""
    groups = [set(one.numbers) for one in meetings if one.compatible and len(one.numbers) > 2]
    return [
        one for one in meetings if not (one.compatible and any(set(one.numbers) < group for group in groups))
    ]


def _result(one: Meeting) -> list[str]:
    if one.merged is None:
        return [f"  {_contributions(one.numbers)} are alternatives."]
    together = _shown(one.merged or None)
    return [f"  {_contributions(one.numbers)} are compatible.", f"  together      {together}"]


def _contributions(numbers: Sequence[int]) -> str:
    names = [str(number) for number in numbers]
    if len(names) == 1:
        return f"contribution {names[0]}"
    return f"contributions {', '.join(names[:-1])} and {names[-1]}"


def _shown(text: str | None) -> str:
    return "(deleted)" if text is None else text.replace("\n", "\n                ")
