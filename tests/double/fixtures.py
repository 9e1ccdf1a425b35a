"""The fixture `github`: a running double with an empty world, judged at the end of each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.double.server import Double


@pytest.fixture
def github(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Double]:
    """A GitHub of its own on loopback: `.url`, `.world`. Fails the test that broke GitHub's descriptions."""
    from tests.double.server import Double

    root = tmp_path_factory.mktemp("github")
    double = Double(root).start()
    yield double
    end(double, root)


def end(double: Double, root: Path) -> None:
    """Stop a double, and fail where GitHub's descriptions were broken."""
    double.stop()
    shutil.rmtree(root, ignore_errors=True)
    assert double.world.violations == [], "\n".join(double.world.violations)
