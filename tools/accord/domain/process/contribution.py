"""What a contribution says about itself: its metadata, as its source wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Purpose(Enum):
    """Whether the source asks for something to be done."""

    ACTION = "action"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """The metadata of a contribution.

    `category` is what the source claims, empty for the secretariat's own text; the class is derived (R9) and so has
    no field. `clauses` is empty or holds labels or ids, or the one word `general` (R8). `sources` names, for a
    secretariat's text, the contributions (numbers) and meetings (ids) it was written from (R28). `requires` are
    contributions that must be in the text before it; `amends` is the one whose text it proposes to change.
    """

    source: str
    kind: str
    based_on: str
    themes: tuple[str, ...]
    title: str
    reasons: str
    language: str
    purpose: Purpose
    category: str = ""
    cosigners: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    opinion: str | None = None
    sources: tuple[int | str, ...] = ()
    requires: tuple[int, ...] = ()
    amends: int | None = None
