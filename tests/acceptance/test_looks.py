"""Seeded discussions on a forge, looked at in different ways: the record holds the same, and both programs verify it.

Left out is what nobody could know who did not look in between: comments that were deleted, and pushes and settled
points that no server dates.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from accord.domain.forge.snapshot import Account, PullRequest
from accord.domain.record.events import Synced
from tests.acceptance.forge_round import (
    ANA,
    CHO,
    LEV,
    MIA,
    SAM,
    VIC,
    Forge,
    described,
    minute,
    on_a_forge,
    plain,
)
from tests.acceptance.world import accord

PEOPLE = (ANA, LEV, MIA, CHO, SAM, VIC)
WORDS = (
    "/support",
    "/accept It is fine.",
    "/object",
    "/object Too wide.",
    "/reserve We read it as voluntary.",
    "/abstain",
    "/suport",
    "I object to this.",
    "No objection from us.",
    "> /object\n\nIndeed.",
    "/withdraw 1-o1",
    "/met 1-o2",
    "/confirm",
    "/call until 2024-08-30",
    "/recall A slip.",
    "/declare agreed",
    "/for lyrania support evidence letter 7",
    "/admit It was posted late.",
    "/why",
    "/cosign",
    "Good morning.",
)
OPENINGS = (
    ("to open schools in the evening", "to open schools until {}"),
    ("schools close", "schools {} close"),
    ("people learn", "people {} learn"),
)


def story(folder: Path, seed: int, steps: int) -> tuple[Forge, list[tuple[float, dict[int, PullRequest]]]]:
    """A discussion drawn from a seed, and what the forge showed after each step."""
    forge, dice = on_a_forge(folder), random.Random(seed)
    seen = []
    opened: dict[int, str] = {}

    def open_one(at: float) -> None:
        old, new = OPENINGS[len(opened)]
        who = dice.choice((ANA, VIC))
        text = described() if who is ANA else described(source="A visitor", category="stakeholder")
        pull = forge.opens(who, (old, new.format("x0x")), at=at, text=text)
        opened[pull.number] = "x0x"

    def step(at: float) -> None:
        number = dice.choice(list(opened))
        pull = forge.pulls[number]
        acts: list[Callable[[], object]] = [
            lambda: forge.comments(pull, dice.choice(PEOPLE), dice.choice(WORDS), at=at),
            lambda: forge.comments(pull, dice.choice(PEOPLE), dice.choice(WORDS), at=at),
            lambda: forge.comments(pull, dice.choice(PEOPLE), dice.choice(WORDS), at=at),
            lambda: forge.reviews(
                pull, dice.choice(PEOPLE), dice.choice(("APPROVED", "CHANGES_REQUESTED", "COMMENTED")), at=at
            ),
            lambda: push(number, at),
            lambda: forge.describes(
                pull, described(title=f"Title {at:.0f}"), at=at, who=dice.choice((pull.author, VIC))
            ),
            lambda: edit(pull, at),
            lambda: forge.remarks(pull, dice.choice(PEOPLE), "Who pays?", at=at),
        ]
        dice.choice(acts)()

    def push(number: int, at: float) -> None:
        new = f"x{at:.0f}x"
        forge.pushes(forge.pulls[number], (opened[number], new), at=at)
        opened[number] = new

    def edit(pull: PullRequest, at: float) -> None:
        if pull.comments:
            post = dice.choice(pull.comments)
            editor: Account = dice.choice((post.author, post.author, SAM))
            forge.edits(pull, post, dice.choice(WORDS), at=at, who=editor)

    for number in range(steps):
        at = number * 60.0 * 8
        open_one(at) if number in (0, 4, 9) else step(at)
        seen.append((at, dict(forge.pulls)))
    return forge, seen


def looked(
    forge: Forge, seen: list[tuple[float, dict[int, PullRequest]]], looks: list[int], folder: Path
) -> list[str]:
    """What is in the record in the end, after looks at these steps and one when all is over."""
    shared = folder / "shared.git"
    forge.round.repo.git("clone", "--quiet", "--mirror", str(forge.shared), str(shared))
    mine, dice = Forge(shared=shared, round=forge.round), random.Random(len(looks))
    for look in looks:
        at, mine.pulls = seen[look][0], shuffled(seen[look][1], dice)
        mine.syncs(folder / "run", at + 1)
    mine.pulls = shuffled(forge.pulls, dice)
    mine.syncs(folder / "run", seen[-1][0] + 2)
    return sorted(map(str, plain([e for e in mine.events(folder / "run") if not isinstance(e, Synced)])))


def shuffled(pulls: dict[int, PullRequest], dice: random.Random) -> dict[int, PullRequest]:
    """The same in another order, with what was written under each in another order too."""
    return {
        number: replace(
            pulls[number],
            comments=tuple(dice.sample(pulls[number].comments, len(pulls[number].comments))),
            reviews=tuple(dice.sample(pulls[number].reviews, len(pulls[number].reviews))),
            pushes=tuple(dice.sample(pulls[number].pushes, len(pulls[number].pushes))),
        )
        for number in dice.sample(sorted(pulls), len(pulls))
    }


@pytest.mark.parametrize("seed", range(4))
def test_a_drawn_discussion_is_recorded_alike_however_it_is_looked_at(tmp_path: Path, seed: int) -> None:
    """Once at the end; after every step; at some of them, some twice; whatever order it is shown in."""
    steps = 26
    forge, seen = story(tmp_path, seed, steps)
    once = looked(forge, seen, [], tmp_path / "once")
    assert looked(forge, seen, list(range(steps)), tmp_path / "always") == once
    dice = random.Random(-seed)
    some = sorted(dice.choices(range(steps), k=7))
    assert looked(forge, seen, some, tmp_path / "some") == once
    now = minute(seen[-1][0] + 60).strftime("%Y-%m-%dT%H:%M:%SZ")
    for copy in ("once", "always", "some"):
        told = accord("verify", "--repo", str(tmp_path / copy / "run"), "--now", now)
        assert told.code == 0, told.out + told.err
