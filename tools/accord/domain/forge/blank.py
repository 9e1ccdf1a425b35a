"""What is known of another forum, and how it is written as YAML that a person then goes on with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from textwrap import wrap
from typing import Any

EXAMPLE_PAGE = "https://example.org/replace-this"
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_WORDS_OF_YAML = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something with a short name for files and a label for people."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From a day to a day, both included."""

    first: date
    last: date

    def __str__(self) -> str:
        return (
            f"{self.first.isoformat()}/{self.last.isoformat()}"
            if self.first != self.last
            else self.first.isoformat()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """What is known of the forum. What is left empty gets an example, marked as one.

    ``proposing`` are the categories whose input is called a proposal, ``viewing`` those whose input is called a view;
    both nominate experts. ``public`` is everybody else. ``words`` are the states, dispositions and positions in the
    words of the tool, ``presets`` the rules of agreement to choose from, ``drafting`` how Opinions are worded; all as
    the copy has them.
    """

    name: str
    short: str
    moment: date
    words: Mapping[str, Mapping[str, str]]
    presets: Mapping[str, Mapping[str, Any]]
    drafting: Mapping[str, Any] = field(default_factory=dict)
    preset: str = "itu"
    experts: str = ""
    page: str = ""
    zone: str = "UTC"
    languages: tuple[str, ...] = ("en",)
    proposing: tuple[Named, ...] = ()
    viewing: tuple[Named, ...] = ()
    public: tuple[Named, ...] = ()
    themes: tuple[Named, ...] = ()
    windows: tuple[Span, ...] = ()
    meetings: tuple[Span, ...] = ()
    final: date | None = None
    held: Span | None = None
    opinions: bool = True
    invented: frozenset[str] = field(default_factory=frozenset)


def filled(blank: Blank) -> Blank:
    """With an example in each place that was left empty; ``invented`` names those places."""
    year = blank.moment.year + 1
    examples: dict[str, Any] = {
        "experts": f"Group of Experts of {blank.short}",
        "page": EXAMPLE_PAGE,
        "proposing": (Named(id="member", label="Member"),),
        "viewing": (Named(id="partner", label="Partner"),),
        "public": (Named(id="public", label="Member of the public"),),
        "themes": (Named(id="general", label="General"),),
        "windows": (
            Span(first=date(year, 2, 1), last=date(year, 3, 15)),
            Span(first=date(year, 5, 3), last=date(year, 6, 15)),
        ),
    }
    if blank.proposing or blank.viewing:
        examples |= {"proposing": blank.proposing, "viewing": blank.viewing}
    if not blank.windows:
        examples |= {
            "meetings": (Span(first=date(year, 4, 12), last=date(year, 4, 13)),),
            "final": date(year, 9, 1),
            "held": Span(first=date(year, 10, 4), last=date(year, 10, 6)),
        }
    changes = {name: value for name, value in examples.items() if value and not getattr(blank, name)}
    invented = {"windows" if name in ("meetings", "final", "held") else name for name in changes}
    return replace(blank, **changes, invented=frozenset(invented))


def comment(words: str) -> Iterator[str]:
    """A comment in lines."""
    yield from (f"# {line}" for line in wrap(words, 116, break_on_hyphens=False))


# --- writing YAML -------------------------------------------------------------------------------------------


def scalar(value: str) -> str:
    """A text as YAML: bare where nothing can be misread, else in quotation marks."""
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS_OF_YAML:
        return value
    return json.dumps(value, ensure_ascii=False)


def flow(value: Any) -> str:
    """A value as YAML on one line."""
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(str(key))}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    return json.dumps(value)
