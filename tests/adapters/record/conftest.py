"""Fixtures of the record's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from accord.adapters.git import Git
from accord.adapters.record import GitRecordStore
from accord.application.ports import Appended, Batch

if TYPE_CHECKING:
    from tests.conftest import Repo

Add = Callable[..., Appended]


@pytest.fixture(name="git")
def _git(repo: Repo) -> Iterator[Git]:
    repo.commit({"report/01-scope.md": "# Scope\n"}, "Begin")
    with Git.open(repo.path) as git:
        yield git


@pytest.fixture(name="store")
def _store(git: Git, moment: datetime) -> GitRecordStore:
    """A record that was just born."""
    store = GitRecordStore(git)
    store.create(rehearsal=True, forum="example-forum", moment=moment)
    return store


@pytest.fixture(name="add")
def _add(store: GitRecordStore, moment: datetime) -> Add:
    """Add events to a stream: ``add("main", {...}, {...})``; ``add(None, {...})`` receives a contribution."""

    def add(stream: str | None, *events: dict[str, Any], facts: list[Any] | None = None) -> Appended:
        def decide(view: Any) -> Batch:
            name = stream or f"contributions/{view.next_contribution}"
            return Batch(
                subject=f"Add to {name}",
                events=[(name, event) for event in events],
                facts=facts or [],
                allocate=stream is None,
            )

        return store.append(decide, moment)

    return add
