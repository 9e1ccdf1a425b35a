"""Every category, every kind, every window and gap: the whole table of verdicts, kept as a file people can read."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

from accord.domain.process.admission import admit
from accord.domain.process.door import Circumstances
from accord.domain.process.moments import Interval
from tests.domain.process.worlds import COMMENT, MEMBERS, PROCESS, at, known, with_fixed_forum

GOLDEN = Path(__file__).with_name("golden_admission.txt")

# A moment in each place, and the draft that is the newest there.
PLACES = (
    ("W1", "2024-08-20T12:00:00Z", "draft-1"),
    ("gap after W1", "2024-10-01T12:00:00Z", "draft-1"),
    ("W2", "2024-11-20T12:00:00Z", "draft-2"),
    ("gap after W2", "2025-01-20T12:00:00Z", "draft-2"),
    ("W3", "2025-04-20T12:00:00Z", "draft-3"),
    ("gap after W3", "2025-08-20T12:00:00Z", "draft-3"),
    ("W4", "2025-11-20T12:00:00Z", "draft-4"),
    ("gap after W4", "2026-01-20T12:00:00Z", "draft-4"),
    ("forum", "2026-04-20T12:00:00Z", "final"),
)
CATEGORIES = tuple(category.id for category in PROCESS.forum.categories)
KINDS = tuple(kind.id for kind in PROCESS.forum.kinds)


RULE = re.compile(r"\bR\d+\b")


def cell(category: str, kind: str, moment: str, draft: str, circumstances: Circumstances) -> str:
    """What becomes of a well-formed contribution of a listed entity (or of the public), and by which rules."""
    it = replace(
        COMMENT,
        category=category,
        source=MEMBERS.get(category, "Example Citizens"),
        kind=kind,
        based_on=draft,
        sources=(1,) if kind == "secretariat-text" else (),
    )
    found_kind = PROCESS.forum.kind(kind)
    assert found_kind is not None
    circumstances = replace(
        circumstances,
        new_opinions=("example-opinion",) if found_kind.presents_opinion else (),
        by_secretariat=kind == "secretariat-text",
    )
    found = admit(it, Interval.at(at(moment)), circumstances)
    numbers = {number for finding in found.findings for number in RULE.findall(finding.message)}
    return " ".join([found.verdict.value, *sorted(numbers)])


def table() -> str:
    """The table as text: a block for each category, a line for each place, a column for each kind."""
    lines = [
        "What becomes of a well-formed contribution, by the shipped timetable and rules, and which rules say so.",
        "The opinion kinds present a new Opinion. `forum` has its days fixed by an invented amendment, `forum?` is the",
        "timetable as shipped. The secretariat's own text is sent by the secretariat.",
    ]
    for category in CATEGORIES:
        lines += ["", f"{category} ({PROCESS.forum.class_of(category).value})"]
        lines.append("  " + "".join(text.ljust(20) for text in ("", *KINDS)).rstrip())
        for place, moment, draft in (*PLACES, ("forum?", "2026-04-20T12:00:00Z", "final")):
            circumstances = known() if place == "forum?" else with_fixed_forum()
            cells = [cell(category, kind, moment, draft, circumstances) for kind in KINDS]
            lines.append("  " + "".join(text.ljust(20) for text in (place, *cells)).rstrip())
    return "\n".join(lines) + "\n"


def test_the_whole_table_of_verdicts() -> None:
    """7 categories x 5 kinds x 10 places read as the golden file says (rewrite it with ACCORD_WRITE_GOLDEN=1)."""
    found = table()
    if os.environ.get("ACCORD_WRITE_GOLDEN"):
        GOLDEN.write_text(found, encoding="utf-8")
    assert found.count("\n") == 3 + len(CATEGORIES) * (3 + len(PLACES) + 1)
    assert GOLDEN.read_text(encoding="utf-8") == found


def test_the_table_covers_all_there_is() -> None:
    """Every window of the timetable, the gap after each, every category and kind is a place in the table."""
    windows = [window.id for window in PROCESS.timetable.windows]
    gaps = [f"gap after {window}" for window in windows[:-1]]
    assert sorted([*windows, *gaps]) == sorted(place for place, _, _ in PLACES)
    assert (len(CATEGORIES), len(KINDS)) == (7, 5)
