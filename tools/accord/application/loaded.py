"""What loading gives: a value, or every problem that stops it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from accord.application.reader import Locate
from accord.domain.findings import Finding, errors

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded(Generic[T]):
    """A value, None if anything stops it, and every problem (warnings come with a value)."""

    value: T | None
    findings: tuple[Finding, ...] = ()


def checked(value: T, findings: Iterable[Finding], locate: Locate) -> Loaded[T]:
    """A value with what its rules say, each problem at its place in the file."""
    placed = tuple(replace(one, place=locate(one.place.path)) if one.place else one for one in findings)
    return Loaded(value=None if errors(placed) else value, findings=placed)
