"""Invented compilations: a small one by hand, and large ones by the number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from accord.domain.text.clauses import Clause
from accord.domain.text.markdown import parse_document
from accord.domain.text.numbering import number
from accord.domain.text.redline import Op, Row, Side, compare
from accord.render.compilation.model import ClauseGroup, Compilation, Input, Line, Part, RowEntry, Section
from accord.render.compilation.symbols import comment_type, symbol


def row(old: str, new: str) -> Row:
    """The redline of one paragraph."""
    before, after = ([parse_document("report/01.md", f"# One\n\n{text}\n")] for text in (old, new))
    return next(one for one in compare(number(before), number(after)).rows if one.changed)


def clause(text: str) -> Clause:
    """One paragraph of a section."""
    (document,) = number([parse_document("report/01.md", f"# One\n\n{text}\n")])
    return document.clauses[1]


def made_input(place: int, said: str = "", *, source: str = "Arcadia", reasons: str = "") -> Input:
    """A contribution, whose every text is ``said``, or what is usual."""
    return Input(
        number=place,
        title=said or f"On paragraph {place}",
        source=said or source,
        cosigners=(said,) if said else (),
        category="Member State",
        input_class="proposal" if place % 2 else "view",
        kind="Comment on the draft",
        received="Received.",
        version=1,
        reasons=said or reasons or "It reads more easily.",
        observations=(said,) if said else (),
        disposition="noted",
        reason=said or "read with attention",
    )


def entry(it: Input, *rows: Row, remarks: tuple[str, ...] = ()) -> RowEntry:
    """What a contribution does at one place."""
    return RowEntry(
        input=it,
        symbol=" ".join(dict.fromkeys(map(symbol, rows))) or "OTHER",
        type=comment_type(rows, general=not rows),
        lines=tuple(Line(row=one) for one in rows),
        remarks=remarks,
    )


def group(key: str, label: str, entries: Sequence[RowEntry], now: str = "") -> ClauseGroup:
    """A place in the text."""
    current = None
    if now:
        reads = clause(now)
        current = Row(op=Op.SAME, side=Side.BOTH, old=reads, new=reads)
    return ClauseGroup(
        key=key,
        label=label,
        clause=label,
        element="paragraph",
        lines="12",
        current=current,
        entries=tuple(entries),
    )


def made_compilation(groups: Sequence[ClauseGroup], title: str = "Bridging divides") -> Compilation:
    """A compilation of one section."""
    inputs = {one.input.number: one.input for found in groups for one in found.entries}
    section = Section(key="report-01", title=title, groups=tuple(groups))
    return Compilation(
        name="W2",
        title="Compilation of contributions: window W2",
        forum="Seventh Example Forum",
        notice="Unofficial working aid.",
        page="https://example.org",
        rehearsal=True,
        document="Second Draft (draft-2)",
        date="31 March 2025",
        as_of="31 March 2025, 10:00",
        moment=datetime(2025, 3, 31, 8, 0, 30, 500, tzinfo=UTC),
        head=(f"{len(inputs)} contributions received in W2.",),
        inputs=tuple(inputs[place] for place in sorted(inputs)),
        parts=(Part(key="membership", title="Contributions", sections=(section,)),),
    )


def hostile(said: str) -> Compilation:
    """One contribution in which every text is ``said``, and the proposed words too."""
    words = " ".join(said.split()) or "x"
    changed = [row("Old words stand here.", f"Old words {words} here.")] if words.isprintable() else []
    it = made_input(7, said)
    return made_compilation(
        [group("clause-c-1", "1.1", [entry(it, *changed, remarks=(said,))], "Old words stand here.")]
    )


def large(count: int) -> Compilation:
    """So many contributions, each on two of a hundred clauses, by forty entities."""
    texts = [
        f"Paragraph {n} says that lamps, radios and tools are shared by {n} villages." for n in range(100)
    ]
    entries: list[list[RowEntry]] = [[] for _ in texts]
    for place in range(1, count + 1):
        it = made_input(
            place, source=f"Entity {place % 40} (invented)", reasons="It is so on every island. " * 6
        )
        for at in (place % 100, place * 7 % 100):
            text = texts[at]
            new = text.replace("are shared", f"should be shared within {place} days")
            entries[at].append(entry(it, row(text, new)))
    groups = [
        group(f"clause-c-{at}", f"1.{at}", sorted(found, key=lambda one: one.input.number), texts[at])
        for at, found in enumerate(entries)
    ]
    return made_compilation(groups)
