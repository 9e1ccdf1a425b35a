"""Is the redline exact? Every format over every text, read back by readers that share nothing with the renderers.

Run: python -m tests.exactness [--write]   (with ``--write`` the tables of docs/exactness.md are made anew)
 or: python -m tests.exactness OLD NEW     (the same for two Markdown files of yours)
The exit code is 1 when any cell says no.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from accord.domain.text.markdown import parse_document
from accord.domain.text.redline import Redline, compare
from bench.long_text import long_pair
from tests.render.document_formats import DOCUMENTS
from tests.render.redline_edits import long_edited_pair
from tests.render.redline_formats import FORMATS, Format
from tests.render.test_redline_contract import PAIRS, PUNISHING

PAGE = Path(__file__).parents[1] / "docs" / "exactness.md"
BEGIN, END = "<!-- made by python -m tests.exactness --write -->", "<!-- end -->"
ABSENT = "text not here"
Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Text:
    """A pair of texts, or several; ``pairs`` gives None where they are not beside this repository."""

    name: str
    says: str
    pairs: Callable[[], Sequence[Pair] | None]


def _beside(name: str) -> Sequence[Pair] | None:
    files = [PAIRS / f"{name}-{state}.md" for state in ("old", "new")]
    if not all(file.is_file() for file in files):
        return None
    old, new = (file.read_text("utf-8") for file in files)
    return [(old, new)]


TEXTS = (
    Text(
        name="eip1",
        says="how proposals are made for Ethereum (EIP-1), August 2023 and August 2026",
        pairs=lambda: _beside("eip1"),
    ),
    Text(
        name="rfc3392",
        says="the Leadership Council of Rust (RFC 3392), two versions; the level of each heading differs",
        pairs=lambda: _beside("rfc3392"),
    ),
    Text(
        name="long",
        says="an invented text of 350 KB with 300 edits of the kinds that drafting brings",
        pairs=lambda: [long_pair()],
    ),
    Text(
        name="edited",
        says="an invented text of 85 KB with every construct of Markdown, nested, after 300 random edits",
        pairs=lambda: [long_edited_pair()],
    ),
    Text(
        name="samples",
        says="small pairs that were hard for some format once",
        pairs=lambda: PUNISHING,
    ),
)


def exact(one: Format, pairs: Sequence[Pair]) -> tuple[bool, bool]:
    """(accepting all changes gives the new text, rejecting all the old one), for every pair, both ways round."""
    accepted = rejected = True
    for pair in pairs:
        first, second = (parse_document("opinions/text.md", one.can(text)) for text in pair)
        for old, new in ((first, second), (second, first)):
            accept, reject = one.exact(compare([old], [new]), old, new)
            accepted, rejected = accepted and accept, rejected and reject
    return accepted, rejected


def _clauses_and_changes(pairs: Sequence[Pair]) -> tuple[int, int, int]:
    redlines: list[Redline] = []
    for pair in pairs:
        old, new = (parse_document("opinions/text.md", text) for text in pair)
        redlines.append(compare([old], [new]))
    rows = [row for redline in redlines for row in redline.rows]
    changes = sum(len({row.number for row in redline.changes}) for redline in redlines)
    return (
        sum(row.side.value != "new" for row in rows),
        sum(row.side.value != "old" for row in rows),
        changes,
    )


def headings(texts: Sequence[Text]) -> list[list[str]]:
    """The first rows of the two tables."""
    return [
        ["Text", "What it is", "Pairs", "Clauses before", "Clauses after", "Changes"],
        ["Format", "What is compared", *(text.name for text in texts)],
    ]


def tables(formats: Sequence[Format], texts: Sequence[Text]) -> tuple[str, bool]:
    """The two tables as Markdown, and whether every cell says yes."""
    grid = True
    head, matrix = headings(texts)
    found = [text.pairs() for text in texts]
    rows = []
    for text, pairs in zip(texts, found, strict=True):
        figures = [ABSENT, "", "", ""] if pairs is None else [len(pairs), *_clauses_and_changes(pairs)]
        rows.append([text.name, text.says, *map(str, figures)])
    cells = []
    for one in formats:
        line = [one.name, one.says]
        for text, pairs in zip(texts, found, strict=True):
            if pairs is None:
                line.append(ABSENT)
                continue
            sys.stderr.write(f"{one.name}: {text.name}\n")
            accepted, rejected = exact(one, pairs)
            grid = grid and accepted and rejected
            line.append(f"{'yes' if accepted else 'NO'} / {'yes' if rejected else 'NO'}")
        cells.append(line)
    return f"{_table(head, rows)}\n\n{_table(matrix, cells)}\n", grid


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main(arguments: Sequence[str]) -> int:
    """Print the tables; with ``--write`` put them into the page too."""
    texts: Sequence[Text] = TEXTS
    if files := [Path(one) for one in arguments if not one.startswith("--")]:
        old, new = (file.read_text("utf-8") for file in files)
        says = f"{files[0].name} → {files[1].name}"
        texts = (Text(name="yours", says=says, pairs=lambda: [(old, new)]),)
    made, right = tables((*FORMATS, *DOCUMENTS), texts)
    sys.stdout.write(made)
    if "--write" in arguments:
        page = PAGE.read_text("utf-8")
        between = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
        PAGE.write_text(between.sub(lambda _: f"{BEGIN}\n\n{made}\n{END}", page), "utf-8")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
