"""Rows of a compilation: what each contribution proposes or says, in the order of the text of a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from accord.application.compiling_places import WHOLE, Found, Ground, Spot
from accord.application.revision import Revision
from accord.domain.agreement.case import Case
from accord.domain.agreement.effect import OPINIONS
from accord.domain.text.clauses import Clause, Document, Kind, digest
from accord.domain.text.redline import Op, Row, Side
from accord.render.compilation.model import GENERAL, ClauseGroup, Input, Line, RowEntry, Section
from accord.render.compilation.symbols import comment_type, statement_symbol, symbol
from accord.render.redline_words import KINDS, place, remarks

_CLASSES = {"proposal": 0, "view": 1}
_EXCERPT = 40


def section_key(path: str) -> str:
    """How a compilation calls the section of a file."""
    return path.removesuffix(".md").replace("/", "-")


@dataclass(frozen=True, slots=True)
class Laid:
    """Contributions laid on the text of a draft."""

    ground: Ground
    draft: Revision
    inputs: Mapping[int, Input]

    def sections(self, cases: Sequence[Case]) -> Iterator[Section]:
        """What some of them say, in the order of the text: the whole first, then by section, new Opinions last."""
        at: dict[Spot, list[RowEntry]] = {}
        titles: dict[str, str] = {}
        for case in cases:
            for found in self.ground.places(case):
                at.setdefault(found.spot, []).append(self._entry(case, found))
                titles |= self._new_titles(found, titles)
        if WHOLE in at:
            group = self._group(WHOLE, at[WHOLE], None)
            yield Section(key="general", title=f"{GENERAL}: the draft as a whole", groups=(group,))
        order = {one.id: place_ for place_, one in enumerate(self.draft.identified)}
        clauses = {one.id: one.clause for one in self.draft.identified}
        known = {document.path: _title(document, self.draft) for document in self.draft.documents}
        for path in [*known, *sorted(titles)]:
            here = [spot for spot in at if spot.path == path]
            here.sort(
                key=lambda spot: (spot.where != "whole", order.get(spot.clause, -1), spot.where == "gap")
            )
            groups = tuple(self._group(spot, at[spot], clauses.get(spot.clause)) for spot in here)
            if groups:
                title = known.get(path) or titles[path]
                yield Section(key=section_key(path), title=title, groups=groups)

    def _new_titles(self, found: Found, known: Mapping[str, str]) -> dict[str, str]:
        path = found.spot.path
        if not path or path in known or any(document.path == path for document in self.draft.documents):
            return {}
        front = [row.clause.text for row in found.rows if row.clause.kind is Kind.FRONT]
        named = next((line.partition(":")[2].strip() for line in front if line.startswith("title:")), "")
        name = path.removeprefix(OPINIONS).removesuffix(".md")
        what = "Draft Opinion" if path.startswith(OPINIONS) else "File"
        return {path: f"{what} not in this draft: {named or name}"}

    def _group(self, spot: Spot, entries: Sequence[RowEntry], clause: Clause | None) -> ClauseGroup:
        current = None
        if clause is not None and spot.where == "clause":
            current = Row(op=Op.SAME, side=Side.BOTH, old=clause, new=clause)
        ordered = sorted(entries, key=_weight)
        named = _named(clause) if clause else ""
        match spot.where:
            case "whole":
                whole = "The Opinion" if spot.path.startswith(OPINIONS) else "The section"
                label = f"{whole if spot.path else 'The draft'} as a whole"
                number, element = GENERAL, ""
            case "clause":
                label, number = named, (clause.label if clause else "") or named
                element = KINDS[clause.kind] if clause else ""
            case _:
                label = (
                    f"After {named}"
                    if named
                    else "At the beginning"
                    if self._there(spot)
                    else "The whole text"
                )
                number, element = (clause.label if clause else "") or GENERAL, "new text"
        return ClauseGroup(
            key=f"{spot.where}-{spot.clause or spot.path.removesuffix('.md').replace('/', '-') or 'draft'}",
            label=label,
            clause=number,
            element=element,
            lines=_lines(clause) if clause and spot.where == "clause" else "",
            current=current,
            entries=tuple(ordered),
        )

    def _there(self, spot: Spot) -> bool:
        return any(document.path == spot.path for document in self.draft.documents)

    def _entry(self, case: Case, found: Found) -> RowEntry:
        it = self.inputs[case.number]
        several = len(found.rows) > 1
        return RowEntry(
            input=it,
            symbol=_symbol(found) or statement_symbol(it.title, it.reasons),
            type=comment_type(found.rows, general=found.spot.where == "whole" and not found.rows),
            lines=tuple(_line(row, several=several) for row in found.rows if _shown(row)),
            remarks=tuple(self._remarks(case, found)),
        )

    def _remarks(self, case: Case, found: Found) -> Iterator[str]:
        if found.remark:
            yield found.remark
        contribution = case.current.contribution
        amends = contribution.amends if contribution else None
        if amends is not None:
            yield f"Amends the text of contribution {amends}."
        elif found.spot.where == "gap" and any(row.old is not None and not row.moved for row in found.rows):
            yield "About words that are not in this draft."
        elif self._other(found):
            yield "Written on another wording of this clause than the draft's."

    def _other(self, found: Found) -> bool:
        """Whether it was written on another wording of the clause."""
        if found.spot.where != "clause":
            return False
        own = next(one.clause for one in self.draft.identified if one.id == found.spot.clause)
        return any(row.old is not None and digest(row.old) != digest(own) for row in found.rows)


def _weight(entry: RowEntry) -> tuple[int, int]:
    """Proposals before views, then by number."""
    return _CLASSES.get(entry.input.input_class, len(_CLASSES)), entry.input.number


def _symbol(found: Found) -> str:
    """The symbols of what is done at a place; "" for a statement."""
    symbols = list(dict.fromkeys(symbol(row) for row in found.rows if row.changed))
    if found.spot.where == "whole" and len(symbols) > 1:
        return "MOD"
    return " ".join(symbols) or found.does


def _line(row: Row, *, several: bool) -> Line:
    lead = row.clause.label if several and row.clause.kind is not Kind.KEYWORD else ""
    return Line(row=row, lead=lead, remarks=tuple(remarks(row)) if not several else ())


def _shown(row: Row) -> bool:
    """The name and the language in the front matter of a new Opinion are for programs."""
    front = row.clause.kind is Kind.FRONT and row.old is None
    return not (front and row.clause.text.startswith(("id:", "language:")))


def _named(clause: Clause) -> str:
    """Where a clause is; one without a number by its first words."""
    if clause.label:
        return clause.label
    text = " ".join(clause.text.split())
    return f"{place(clause)} “{text if len(text) <= _EXCERPT else text[:_EXCERPT].rstrip() + '…'}”"


def _lines(clause: Clause) -> str:
    first, last = clause.lines[0] + 1, clause.lines[1]
    return str(first) if last <= first else f"{first}-{last}"


def _title(document: Document, draft: Revision) -> str:
    if document.path.startswith(OPINIONS):
        front = draft.desk.reader.front_matter("opinion", document.front or "", document.path).value
        title = front.get("title") if isinstance(front, Mapping) else ""
        return f"Draft Opinion: {title or document.path.removeprefix(OPINIONS).removesuffix('.md')}"
    heading = next((c for c in document.clauses if c.kind is Kind.HEADING and c.level == 1), None)
    return f"Section {heading.label}: {heading.text}" if heading else "Cover"
