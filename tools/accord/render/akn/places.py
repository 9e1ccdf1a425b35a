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
