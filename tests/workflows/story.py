"""A contribution from its first version to its agreement, told through the real workflows.

Run it to read what GitHub shows at each step:  .venv/bin/python -m tests.workflows.story
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.double.server import Double
from tests.double.state import Pull
from tests.workflows.forum import Forum
from tests.workflows.harness import Run

HOURS = ("to open schools in the evening", "to open schools until nine")


@dataclass(frozen=True, slots=True)
class Chapter:
    """What was there after one step."""

    name: str
    told: str
    runs: tuple[Run, ...]
    gate: str
    labels: frozenset[str]
    comments: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def page(self) -> str:
        """The sticky comment."""
        (own,) = [said for said in self.comments if said.startswith("<!-- accord:status")]
        return own

    @property
    def ran(self) -> list[tuple[str, str]]:
        """Which workflows ran, on what."""
        return [(run.workflow, run.event.name) for run in self.runs]


@dataclass(slots=True)
class Story:
    """The steps one after the other."""

    forum: Forum
    chapters: dict[str, Chapter] = field(default_factory=dict)

    def tell(self) -> Iterator[Chapter]:
        """Everything, a chapter a step."""
        forum, world = self.forum, self.forum.github.world

        pull = forum.proposes("ana-example", HOURS, based_on="draft-9")
        yield self._after("opened", "Ana proposes other words, and names a draft that does not exist.", pull)

        world.clock.advance(hours=3)
        world.edit(pull, body=f"What we propose.\n\n{forum.description()}")
        yield self._after("corrected", "Ana corrects the description in the browser.", pull)

        world.clock.advance(hours=20)
        world.review(pull, "lev-example", "APPROVED", "Good.")
        world.clock.advance(minutes=5)
        world.comment(pull, "mia-example", "/object\nNine is too late for those who travel.")
        world.clock.advance(minutes=5)
        world.comment(pull, "mallory", "/declare agreed")
        yield self._after("spoken", "Lev approves, Mia objects, and somebody else declares it agreed.", pull)

        world.clock.advance(days=2)
        forum.pushes(pull, ("until nine", "until eight"))
        yield self._after("revised", "Ana writes eight instead of nine.", pull)

        world.clock.advance(days=1)
        world.comment(pull, "mia-example", "/met 1-o1\nEight is good.")
        world.clock.advance(minutes=5)
        world.review(pull, "lev-example", "APPROVED")
        yield self._after("met", "Mia says that her objection is met; Lev approves the new words.", pull)

        world.clock.advance(days=1)
        runs = forum.fills_in("cho-example", "call", "until 2024-12-12")
        yield self._after(
            "called", "Cho opens a call for consensus with the form in the browser.", pull, runs
        )

        world.clock.advance(days=25)
        world.comment(pull, "cho-example", "/declare agreed")
        yield self._after("declared", "The call has ended; Cho declares agreement in a comment.", pull)

        world.clock.advance(hours=1)
        world.merge(pull, by=forum.home.owner)
        runs = forum.settle()
        runs += forum.fills_in("sam-example", "incorporate", "")
        yield self._after(
            "merged", "The button merges it, and Sam enters with the form that it is in.", pull, runs
        )

    def _after(self, name: str, told: str, pull: Pull, before: list[Run] | None = None) -> Chapter:
        forum = self.forum
        runs = [*(before or []), *forum.settle()]
        if before:
            runs.append(forum.turns())
        chapter = Chapter(
            name,
            told,
            tuple(runs),
            forum.gate(pull),
            frozenset(pull.labels),
            tuple(forum.said(pull)),
            tuple(str(one["kind"]) for one in sorted(forum.record(), key=lambda one: int(one["seq"]))),
        )
        self.chapters[name] = chapter
        return chapter


def main() -> None:
    """Tell it to a reader."""
    with TemporaryDirectory() as folder:
        double = Double(Path(folder) / "github").start()
        (Path(folder) / "forum").mkdir()
        for chapter in Story(Forum(double, Path(folder) / "forum")).tell():
            lines = [f"\n=== {chapter.told}"]
            for run in chapter.runs:
                lines.append(f"--- {run.workflow}, on {run.event.name}: {run.result}")
                lines += [f"    {line}" for job in run.jobs.values() for line in job.lines]
            lines += [f"--- labels: {', '.join(sorted(chapter.labels))}", f"--- gate: {chapter.gate}"]
            lines += [f"--- comment:\n{said}" for said in chapter.comments]
            sys.stdout.write("\n".join(lines) + "\n")
        double.stop()


if __name__ == "__main__":
    main()
