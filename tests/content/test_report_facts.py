"""The Report keeps the facts of the official outline: references, numbers, dates, addressees."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

FACTS = {
    "00-cover.md": ("2024-08-05", "draft-1", "Unofficial working aid", "WTPF-26"),
    "01-the-forum.md": (
        "(Kyoto, 1994)",
        "1996, 1998, 2001, 2009, 2013 and 2021",
        "Resolution 2 (Rev. Bucharest, 2022)",
        "for 2026",
        "Decision 641 (C24)",
        "by consensus",
        "bind nobody",
        "prescriptive",
        "Member States, Sector Members and the ITU meetings concerned",
        "https://www.itu.int/en/council/Pages/ieg-wtpf-26.aspx",
    ),
    "02-preparatory-process.md": (
        "One report, and only one",
        "proposals of Member States and Sector Members",
        "views of Associates, Academia and stakeholders",
        "a new opinion unless that opinion was presented before the forum",
        "informal and balanced group of experts (IEG)",
        "his or her own country",
        "14 June 2024",
        "CL-24/44",
        "the State of Palestine",
        "observers",
        "7-8 October 2024",
        "Annex 2 of Decision 641",
        "Table 1",
    ),
    "03-next-steps.md": (
        "Decision 641 (C24)",
        "contributions",
        "at its first meeting",
        "earlier editions",
        "stakeholder groups",
        "Annex",
        "draft Opinions",
    ),
}


@pytest.mark.parametrize(("name", "fact"), [(name, fact) for name, facts in FACTS.items() for fact in facts])
def test_the_report_states(name: str, fact: str) -> None:
    """A fact of the outline stands in the section it belongs to."""
    text = " ".join((ROOT / "report" / name).read_text("utf-8").split())
    assert fact in text


def test_no_number_is_typed_at_the_start_of_a_paragraph_or_heading() -> None:
    """Printed numbers are computed, so a typed one would be printed twice."""
    typed = [
        f"{path.name}: {line}"
        for path in sorted((ROOT / "report").glob("*.md"))
        for line in path.read_text("utf-8").splitlines()
        if line.lstrip("# ")[:1].isdigit()
    ]
    assert typed == []
