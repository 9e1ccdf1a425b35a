"""A change taken apart: the part and the rest are texts of their own, and together they are the whole again."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from accord.domain.agreement.effect import by_clause
from accord.domain.agreement.proposal import proposal
from accord.domain.record.values import Effect
from accord.domain.text.identity import Identified, carry
from accord.domain.text.markdown import parse_document
from accord.domain.text.merge import Version, merge_versions
from accord.domain.text.part import Reading, with_changes

ROOT = Path(__file__).resolve().parents[3]
OPINION = """\
---
id: access
title: Access in the evening
---

The Seventh Forum (Port Arcadia, 2026),

*considering*

1. that lighthouses have power and a connection;
2. that schools close in the afternoon;
3. that people learn in the evening,

*recognizing*

- that evenings are long in winter;
- that lamps are cheap,

*invites Member States*

1. to open schools in the evening;
2. to share what they learn from it.
"""
TEXTS = {
    "opinions/access.md": OPINION,
    "report/01-the-forum.md": (ROOT / "report/01-the-forum.md").read_text("utf-8"),
    "report/02-preparatory-process.md": (ROOT / "report/02-preparatory-process.md").read_text("utf-8"),
}


def version(path: str, text: str) -> Version:
    return Version(document=parse_document(path, text), text=text)


def reading(one: Version, ids: Sequence[Identified]) -> Reading:
    return Reading(version=one, ids=tuple(i.id for i in ids))


def changed(text: str, choose: random.Random, times: int) -> str:
    """Some lines reworded, some removed, some added."""
    lines = text.split("\n")
    for number in range(times):
        there = [
            i for i, line in enumerate(lines) if len(line) > 25 and not line.startswith(("|", "*", "title"))
        ]
        if not there:
            break
        index = choose.choice(there)
        match choose.choice(["reword", "remove", "add"]):
            case "reword":
                words = lines[index].split(" ")
                words[len(words) // 2] = f"word{number}"
                lines[index] = " ".join(words)
            case "remove":
                del lines[index]
            case _:
                lead = lines[index].split(" ")[0]
                new = f"{lead} that number {number} is added {choose.random()};"
                if lead[:1].isdigit() or lead == "-":
                    lines.insert(index + 1, new)
                else:
                    lines[index + 1 : index + 1] = ["", f"Paragraph {number} says {choose.random()}."]
    tidy = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip("\n") + "\n"
    # A list that lost its first item begins at 1 all the same.
    return re.sub(r"(?<=\*\n\n)\d+\.", "1.", tidy)


def hang_together(effect: Effect, chosen: set[str]) -> bool:
    """Whether something was added after, or stands under, what the other side adds, removes or changes there."""
    entries = by_clause(effect)
    for entry in effect:
        apart = [entries[one] for one in (entry.after or "", entry.container) if one in entries]
        if any((entry.id in chosen) is not (other.id in chosen) for other in apart):
            return True
        if entry.had is not None and entry.gets is not None and entry.after is not None:
            return True  # moved
    return False


def lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def replaces_the_last_item(effect: Effect) -> bool:
    """Whether items are both added and removed."""
    items = [entry for entry in effect if entry.form.startswith("item")]
    return any(e.gets is None for e in items) and any(e.had is None for e in items)


def divisible(
    path: str, seed: int, at_base: tuple[Identified, ...], given: set[str]
) -> tuple[Version, tuple[Identified, ...], Effect, set[str]]:
    """The first changes, of those that a seed draws, of which some can go without the others."""
    for attempt in range(200):
        choose = random.Random(f"{seed} {attempt} {path}")
        head = version(path, changed(TEXTS[path], choose, 2 + seed % 5))
        at_head = carry(at_base, [head.document], ever_given=given)
        effect = proposal(at_base, at_head)
        if len(effect) > 1:
            chosen = set(choose.sample([entry.id for entry in effect], choose.randrange(1, len(effect))))
            if not hang_together(effect, chosen):
                return head, at_head, effect, chosen
    raise AssertionError("no change that could be taken apart was drawn")


@pytest.mark.parametrize("path", TEXTS)
@pytest.mark.parametrize("seed", range(40))
def test_part_and_rest_are_the_whole(path: str, seed: int) -> None:
    """Entry for entry and line for line, whichever changes are chosen that do not hang together.

    Only where the last item of a list is replaced, an empty line may stand before it: the list reads the same.
    """
    base = version(path, TEXTS[path])
    at_base = carry((), [base.document], ever_given=())
    given = {one.id for one in at_base}
    head, at_head, effect, chosen = divisible(path, seed, at_base, given)
    moved = {e.id for e in effect if e.had is not None and e.gets is not None and e.after is not None}
    whole, text = reading(head, at_head), reading(base, at_base)
    part = with_changes(text, whole, chosen, moved)
    rest = with_changes(whole, text, chosen, moved, undone=True)
    assert part is not None
    assert rest is not None
    found = [version(path, part), version(path, rest)]
    same: list[bool] = []
    for order in (found, found[::-1]):
        merged = merge_versions(base, order).text or ""
        assert lines(merged) == lines(head.text)
        same.append(merged == head.text)
    assert all(same) or replaces_the_last_item(effect)
    entries: dict[str, object] = {}
    for one in found:
        clauses = carry(at_base, [one.document], ever_given=given)
        entries |= by_clause(proposal(at_base, clauses))
    assert entries == by_clause(effect)
