"""Where a clause stands now (``eId``) beside which clause it is (``wId``): the split that Akoma Ntoso makes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from accord.domain.text.clauses import Clause, Document, Kind

_OUTSIDE = re.compile(r"[^0-9A-Za-z.]+")


@dataclass(slots=True)
class Places:
    """Gives each element of one document an ``eId`` of its own."""

    used: set[str] = field(default_factory=set)

    def new(self, above: str, kind: str, mark: str) -> str:
        """The place ``kind`` with its printed ``mark`` below another one, such as `sec_1__para_1.2`.

        Where two would read the same, the later one is counted.
        """
        shown = _OUTSIDE.sub("-", mark).strip("-.")
        base = "__".join(filter(None, [above, f"{kind}_{shown}" if shown else kind]))
        place, count = base, 1
        while place in self.used:
            count += 1
            place = f"{base}-{count}"
        self.used.add(place)
        return place


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A clause with its permanent id ("" where it has none)."""

    clause: Clause
    id: str


def located(document: Document, ids: Mapping[str, Sequence[str]]) -> list[Located]:
    """The clauses of a file without its front matter."""
    known = ids.get(document.path, ())
    return [
        Located(clause=clause, id=known[index] if index < len(known) else "")
        for index, clause in enumerate(document.clauses)
        if clause.kind is not Kind.FRONT
    ]


@dataclass(slots=True)
class Notes:
    """The footnotes of one file: the place of each by its label; of two with one label the first."""

    places: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def take(self, label: str) -> str:
        """The place of the note of that label, once; "" where it was taken."""
        if label in self.taken:
            return ""
        self.taken.add(label)
        return self.places.get(label, "")


def notes_of(clauses: Sequence[Located], places: Places) -> Notes:
    """The footnotes that these clauses define."""
    notes = Notes()
    for one in clauses:
        if one.clause.kind is Kind.FOOTNOTE:
            label = next(n for n in reversed(one.clause.frames) if n.startswith("note:"))[len("note:") :]
            if label not in notes.places:
                notes.places[label] = places.new("", "fn", label)
    return notes
