"""The adapters are what the use cases ask for."""

from __future__ import annotations

import inspect

import pytest

from accord.adapters.git import Git
from accord.adapters.record import GitRecordStore
from accord.adapters.record.view import GitRecordView
from accord.application.ports import RecordStore, RecordView, Repository


def as_repository(git: Git) -> Repository:
    """The type checker holds the adapter to the port."""
    return git


def as_store(store: GitRecordStore) -> RecordStore:
    """The type checker holds the adapter to the port."""
    return store


def as_view(view: GitRecordView) -> RecordView:
    """The type checker holds the adapter to the port."""
    return view


@pytest.mark.parametrize(
    ("port", "adapter"), [(Repository, Git), (RecordStore, GitRecordStore), (RecordView, GitRecordView)]
)
def test_every_public_method_of_a_port_is_explained(port: type, adapter: type) -> None:
    """Each method has a docstring in the adapter, whose first line is a sentence."""
    methods = [name for name, _ in inspect.getmembers(port, inspect.isfunction) if not name.startswith("_")]

    assert methods
    for name in methods:
        explained = inspect.getdoc(getattr(adapter, name)) or ""
        assert explained.partition("\n")[0].endswith((".", ".``")), name
