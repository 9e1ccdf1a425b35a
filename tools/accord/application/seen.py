"""States of main as the record saw them, loaded when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from accord.domain.findings import Exit, Refused

if TYPE_CHECKING:
    from accord.application.loading import Process
    from accord.domain.agreement.effect import Agreed
    from accord.domain.process.forum import Forum
    from accord.domain.process.people import ExpertsList
    from accord.domain.process.rules import Rules
    from accord.domain.process.timetable import Timetable
    from accord.domain.record.events import MainSeen

Facts = Callable[[str], Any]


class FactCache:
    """Facts turned into values, each combination once; facts never change under their digest."""

    def __init__(self) -> None:
        self._agreed: dict[str, Agreed] = {}
        self._process: dict[tuple[str, str, str, str], Process] = {}

    def agreed(self, digest: str, fact: Facts) -> Agreed:
        """The clauses of the agreed text behind a digest."""
        from accord.domain.agreement.effect import Agreed

        if digest not in self._agreed:
            self._agreed[digest] = Agreed.from_json(fact(digest))
        return self._agreed[digest]

    def process(self, event: MainSeen, fact: Facts) -> Process:
        """The process files behind the digests of one state.

        Raises:
            Refused: facts of the record that this version cannot read (exit FINDINGS).
        """
        from accord.application.loading import load_process

        key = (event.timetable, event.experts, event.forum, event.consensus)
        if key not in self._process:
            loaded = load_process(*(fact(digest) for digest in key))
            if loaded.value is None:
                raise Refused(loaded.findings, Exit.FINDINGS)
            self._process[key] = loaded.value
        return self._process[key]


class SeenState:
    """One `main-seen` event with what its digests stand for."""

    def __init__(self, event: MainSeen, fact: Facts, cache: FactCache) -> None:
        self.event = event
        self._fact = fact
        self._cache = cache

    @property
    def recorded(self) -> datetime:
        """When the tool saw it."""
        return self.event.recorded

    @property
    def seq(self) -> int:
        """Its place in the record."""
        return self.event.seq

    @property
    def commit(self) -> str:
        """The commit of main."""
        return self.event.commit

    @cached_property
    def agreed(self) -> Agreed:
        """The agreed text."""
        return self._cache.agreed(self.event.agreed, self._fact)

    @cached_property
    def process(self) -> Process:
        """The process files."""
        return self._cache.process(self.event, self._fact)

    @property
    def experts(self) -> ExpertsList:
        """The list of nominated experts, all its dated entries."""
        return self.process.experts

    @property
    def rules(self) -> Rules:
        """The rules of agreement."""
        return self.process.rules

    @property
    def timetable(self) -> Timetable:
        """The timetable with all its amendments; ask it `at` a moment."""
        return self.process.timetable

    @property
    def forum(self) -> Forum:
        """Categories, kinds, themes and words."""
        return self.process.forum
