"""A compilation on a terminal: how many there are, and which contributions stand where."""

from __future__ import annotations

from collections.abc import Iterator

from accord.render.compilation.model import Compilation
from accord.render.compilation.runs import harmless


def compilation_text(made: Compilation) -> str:
    """A line a place, with the contributions that stand there."""
    return "\n".join(harmless(line) for line in _lines(made))


def _lines(made: Compilation) -> Iterator[str]:
    yield made.title
    yield f"{made.document}; as of {made.as_of}"
    yield from made.head
    for part in made.parts:
        yield ""
        yield part.title
        if not part.sections:
            yield "  Nothing was received."
        for section in part.sections:
            yield f"  {section.title}"
            for group in section.groups:
                said = "; ".join(f"{entry.input.number} {entry.symbol}" for entry in group.entries)
                yield f"    {group.label}: {said}"


def compilation_data(made: Compilation) -> dict[str, object]:
    """The same as JSON values, with every contribution and every row."""
    return {
        "window": made.name,
        "document": made.document,
        "counted": list(made.head),
        "contributions": [
            {
                "number": it.number,
                "title": it.title,
                "source": it.source,
                "class": it.input_class or None,
                "disposition": it.disposition,
            }
            for it in made.inputs
        ],
        "rows": [
            {
                "part": part.key,
                "section": section.title,
                "place": group.label,
                "contribution": entry.input.number,
                "symbol": entry.symbol,
                "type": entry.type.value,
            }
            for part in made.parts
            for section, group, entry in part.rows
        ],
    }
