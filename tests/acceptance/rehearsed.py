"""A rehearsal played in a folder, and questions to what it left there."""

from __future__ import annotations

import contextlib
import io
import os
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from accord.adapters.git import Git
from accord.adapters.record import GitRecordStore
from accord.application.cases import Cases
from accord.application.desk import Desk
from accord.application.loading import Process
from accord.application.present import process_at
from accord.application.rehearsal.acts import Act, HandIn, SplitOff
from accord.application.rehearsal.scripts import ROUNDS
from accord.cli.main import run
from accord.cli.wiring import open_desk
from accord.domain.agreement.case import Case
from accord.domain.process.moments import parse_instant
from accord.domain.record.events import KIND_OF, Event
from tests.conftest import Repo

ROOT = Path(__file__).parents[2]


@dataclass
class Rehearsed:
    """What was told, and the folder it was played in."""

    folder: Path
    story: str
    until: str

    @cached_property
    def acts(self) -> list[Act]:
        """The acts of the scripts that were played."""
        order = list(ROUNDS)
        rounds = [ROUNDS[name] for name in order[: order.index(self.until) + 1]]
        return [act for round_ in rounds for scene in round_ for act in scene.acts]

    @cached_property
    def desk(self) -> Desk:
        """A desk on the folder, at the end of the rehearsal."""
        return open_desk(str(self.folder), self.acts[-1].at, "")

    @cached_property
    def record(self) -> GitRecordStore:
        """Its record."""
        return GitRecordStore(Git.open(self.folder))

    @cached_property
    def process(self) -> Process:
        """Its process files."""
        return process_at(self.desk)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Everything in the record."""
        return self.desk.chronicle().everything()

    def of_kind(self, kind: str) -> list[Any]:
        """The events of a kind."""
        return [event for event in self.events if KIND_OF[type(event)] == kind]

    def kinds(self) -> Counter[str]:
        """How many events there are of each kind."""
        return Counter(KIND_OF[type(event)] for event in self.events)

    def numbers(self) -> range:
        """The numbers of all contributions."""
        return self.desk.chronicle().numbers()

    def handed_in(self, key: str) -> HandIn:
        """The act of the script by which a contribution was handed in."""
        return next(act for act in self.acts if isinstance(act, HandIn) and act.key == key)

    def number(self, key: str) -> int:
        """The number a contribution was given."""
        handed = [
            act.into if isinstance(act, SplitOff) else act.key
            for act in self.acts
            if isinstance(act, (HandIn, SplitOff)) and not act.refused
        ]
        return handed.index(key) + 1

    def case(self, key: str) -> Case:
        """A contribution at the end, by its key in the script."""
        return self.case_of(self.number(key))

    def case_of(self, number: int) -> Case:
        """A contribution at the end."""
        return Cases(self.desk.chronicle(), self.desk.now).contribution(number)

    def state_when_received(self, key: str) -> str:
        """The state of a contribution at the moment it was handed in."""
        moment = parse_instant(self.handed_in(key).at)
        return Cases(self.desk.chronicle(), moment).contribution(self.number(key)).state.value

    def categories(self) -> Counter[str]:
        """How many contributions came from each category."""
        found = (self.case_of(number).newest.admission for number in self.numbers())
        return Counter(admission.category for admission in found if admission and admission.category)

    def git(self, *arguments: str) -> str:
        """What git says about the folder."""
        return Repo(self.folder).git(*arguments)

    def tags(self) -> dict[str, str]:
        """Drafts and their tag objects."""
        return {
            ref.removeprefix("refs/tags/"): oid for ref, oid in self.desk.repository.refs("refs/tags").items()
        }

    def refs(self) -> dict[str, str]:
        """Every name and what it stands for."""
        return self.desk.repository.refs("refs")


def rehearse(folder: Path, *options: str) -> Rehearsed:
    """Play a rehearsal in `demo` inside a folder, as a person would there."""
    until = options[options.index("--until") + 1] if "--until" in options else list(ROUNDS)[-1]
    told, here = io.StringIO(), Path.cwd()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(told):
            code = run(["rehearse", "demo", "--repo", str(ROOT), *options])
    finally:
        os.chdir(here)
    assert code == 0, told.getvalue()
    return Rehearsed(folder=folder / "demo", story=told.getvalue(), until=until)
