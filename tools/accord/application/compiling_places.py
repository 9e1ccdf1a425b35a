"""Where in the text of a draft what a contribution proposes stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from accord.application.desk import Desk
from accord.application.revision import Revision
from accord.domain.agreement.case import Case
from accord.domain.agreement.effect import OPINIONS
from accord.domain.findings import Refused
from accord.domain.record.values import Entry
from accord.domain.text.clauses import Document, Kind
from accord.domain.text.identity import Identified
from accord.domain.text.numbering import number
from accord.domain.text.redline import FileRedline, Redline, Row, Side, compare

Where = Literal["whole", "clause", "gap"]


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place in a draft: a clause by its id, the gap after one (after the file's beginning: ""), or a whole file.

    ``path`` "" is the draft as a whole.
    """

    path: str
    where: Where
    clause: str = ""


WHOLE = Spot("", "whole")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a contribution does at one spot. ``rows`` is empty where it only speaks of it; ``does`` is then known by
    its clauses' digests (ADD, MOD, SUP), or "" for a statement. ``remark`` says what is not as it seems.
    """

    spot: Spot
    rows: tuple[Row, ...] = ()
    does: str = ""
    remark: str = ""


class Ground:
    """The text of a draft, and contributions laid on it."""

    def __init__(self, desk: Desk, draft: Revision) -> None:
        self.draft = draft
        self._desk = desk
        self._identities = desk.identities(draft.chronicle) if draft.chronicle else None
        self._ids_of: dict[tuple[str, int | None], Mapping[str, Sequence[str]]] = {}
        self._numbered: dict[str, tuple[Document, ...]] = {}
        self._path_of: Mapping[str, str] = {one.id: one.clause.path for one in draft.identified}
        self._paths = {document.path for document in draft.documents}
        self._labels: dict[str, list[Identified]] = {}
        for one in draft.identified:
            if one.clause.label:
                self._labels.setdefault(one.clause.label.casefold(), []).append(one)

    def places(self, case: Case) -> tuple[Found, ...]:
        """Every spot that a contribution is about: at least one, so that none is lost."""
        version = case.current
        if version.proposal and version.redacted is not None:
            ground = version.redacted.ground
            found = self._by_digest(version.proposal, f"Its text was taken out of reach ({ground}).")
        elif version.proposal and version.head is not None and version.base is not None:
            redline = self._redline(version.base, version.head)
            if redline is None:
                found = self._by_digest(version.proposal, "Its text is not in this copy.")
            else:
                found = self._by_rows(redline, self._ids(case))
        else:
            found = self._named(case)
        return tuple(found) or (Found(spot=WHOLE),)

    def _redline(self, base: str, head: str) -> Redline | None:
        """What changes in the files that differ; None where a text is not at hand or cannot be read."""
        if any(self._desk.repository.resolve(f"{one}^{{commit}}") is None for one in (base, head)):
            return None
        try:
            before, after = self._documents(base), self._documents(head)
        except Refused:
            return None
        olds, news = ({one.path: one for one in documents} for documents in (before, after))
        differ = {path for path in olds.keys() | news.keys() if olds.get(path) != news.get(path)}
        return compare(
            [one for one in before if one.path in differ], [one for one in after if one.path in differ]
        )

    def _documents(self, commit: str) -> tuple[Document, ...]:
        if commit not in self._numbered:
            self._numbered[commit] = number(self._desk.texts.documents(commit))
        return self._numbered[commit]

    def _ids(self, case: Case) -> Mapping[str, Sequence[str]]:
        """The ids of the clauses that the version was written on, in order, by file."""
        version = case.current
        assert self._identities is not None  # noqa: S101 - there are contributions only with a record
        amends = version.contribution.amends if version.contribution else None
        key = (version.base or "", None if amends is None else version.seq)
        if key not in self._ids_of:
            out: dict[str, list[str]] = {}
            for one in self._identities.written_on(version.base or "", amends, version.seq):
                out.setdefault(one.clause.path, []).append(one.id)
            self._ids_of[key] = out
        return self._ids_of[key]

    def _by_rows(self, redline: Redline, ids: Mapping[str, Sequence[str]]) -> list[Found]:
        rows: dict[Spot, list[Row]] = {}
        for file in redline.files:
            if _rewritten(file) and file.old_path in self._paths:
                # Scattered over the clauses of an outline, a text could not be read.
                rows[Spot(file.old_path or "", "whole")] = [row for row in file.rows if _told(row)]
                continue
            for spot, row in self._spots(file, ids.get(file.old_path or "", ())):
                if row.changed:
                    rows.setdefault(spot, []).append(row)
        return [Found(spot=spot, rows=tuple(found)) for spot, found in rows.items()]

    def _spots(self, file: FileRedline, ids: Sequence[str]) -> Iterator[tuple[Spot, Row]]:
        """Each row with its spot: what is new comes after the clause of the draft that it follows."""
        known = iter(ids)
        path = file.old_path or file.path
        after = Spot(path, "gap")
        for row in file.rows:
            id_ = next(known, "") if row.side is not Side.NEW and row.old is not None else ""
            if self._path_of.get(id_) is not None:
                path = self._path_of[id_]
                after = Spot(path, "gap", id_)
                yield Spot(path, "clause", id_), row
            else:
                yield after, row

    def _by_digest(self, proposal: Sequence[Entry], remark: str) -> list[Found]:
        """What is known of a text that cannot be shown: the clauses it touches."""
        out: dict[Spot, Found] = {}
        after: dict[str, Spot] = {}
        for entry in proposal:
            if entry.id in self._path_of:
                spot = Spot(self._path_of[entry.id], "clause", entry.id)
            elif (before := entry.after or "") in self._path_of:
                spot = Spot(self._path_of[before], "gap", before)
            else:
                spot = after.get(before, Spot(entry.path, "gap"))
            after[entry.id] = spot
            does = "ADD" if entry.had is None else "SUP" if entry.gets is None else "MOD"
            out.setdefault(spot, Found(spot=spot, does=does, remark=remark))
        return list(out.values())

    def _named(self, case: Case) -> list[Found]:
        """A statement stands at the clauses it names, else at its Opinion, else under General."""
        contribution = case.current.contribution
        if contribution is None:
            return []
        path = f"{OPINIONS}{contribution.opinion}.md" if contribution.opinion else ""
        whole = Spot(path, "whole") if path in self._paths else WHOLE
        out: dict[Spot, Found] = {}
        unknown = [] if path in self._paths or not path else [f"the Opinion {contribution.opinion}"]
        for name in contribution.clauses:
            if name.casefold() == "general":
                out.setdefault(whole, Found(spot=whole))
                continue
            id_ = self._clause(name, path)
            if id_ is None:
                unknown.append(name)
            else:
                spot = Spot(self._path_of[id_], "clause", id_)
                out.setdefault(spot, Found(spot=spot))
        if unknown:
            remark = f"It names {', '.join(unknown)}, which this draft does not have."
            out[whole] = Found(spot=whole, remark=remark)
        return list(out.values()) or [Found(spot=whole)]

    def _clause(self, name: str, path: str) -> str | None:
        """The one clause of the draft that an id or a printed number names, if one does."""
        if name in self._path_of:
            return name
        opinion, colon, label = name.partition(":")
        if colon:
            path, name = f"{OPINIONS}{opinion.strip()}.md", label.strip()
        found = self._labels.get(" ".join(name.split()).casefold(), [])
        if path:
            found = [one for one in found if one.clause.path == path]
        if len({one.clause.path for one in found}) != 1:
            return None
        # A section with one paragraph shares its number with it: the paragraph is what people mean.
        return found[-1].id if name.isdigit() else found[0].id


def _rewritten(file: FileRedline) -> bool:
    """Whether no clause of a file of several stays as it was."""
    before = [row for row in file.rows if row.side is not Side.NEW and row.clause.kind is not Kind.FRONT]
    return len(before) > 1 and all(row.changed for row in before)


def _told(row: Row) -> bool:
    return row.changed or row.clause.kind is not Kind.FRONT
