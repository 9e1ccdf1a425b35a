"""The pages on rules and ambiguities are complete, and point at settings that exist."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
RULES = (ROOT / "docs/rules.md").read_text("utf-8")
AMBIGUITIES = (ROOT / "docs/ambiguities.md").read_text("utf-8")
SETTING = re.compile(r"in `(process/[\w.-]+\.yaml)`:((?:[^;]|\n)*?)(?=; (?:and )?in `process/|\n\n|\Z)")


def rows(text: str) -> dict[str, list[str]]:
    """Table rows whose first cell is a rule number, by that number; the cells after it."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if match := re.match(r"\| ([RC]\d+) \|", line):
            assert match[1] not in found, f"{match[1]} has two rows"
            found[match[1]] = [cell.strip() for cell in line.strip("|").split(" | ")][1:]
    return found


def sections(text: str) -> dict[str, str]:
    """The sections of the page on ambiguities, by their number (`A1`)."""
    parts = re.split(r"^## (A\d+): .*$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def settings(section: str) -> list[tuple[str, str]]:
    """Every file and key that a section names after the words `Set in`."""
    tail = section[section.index("Set in ") :]
    return [
        (file, key)
        for file, keys in SETTING.findall(tail)
        for key in re.findall(r"`([\w.-]+)`", re.sub(r"\([^)]*\)", "", keys))
    ]


def look_up(data: Any, key: str) -> Any:
    """The value at a dotted key; an entry of a list goes by its `id`. Raises KeyError where there is none."""
    for name in key.split("."):
        if isinstance(data, list):
            data = {entry["id"]: entry for entry in data}
        data = data[name]
    return data


def load(file: str) -> Any:
    return YAML(typ="safe", pure=True).load((ROOT / file).read_text("utf-8"))


def test_every_rule_has_one_row_in_order() -> None:
    """R1-R28 and C1-C14, none missing, none invented."""
    assert list(rows(RULES)) == [f"R{n}" for n in range(1, 29)] + [f"C{n}" for n in range(1, 15)]


@pytest.mark.parametrize("number", list(rows(RULES)))
def test_a_rule_states_its_source_how_it_is_kept_and_who_overrules_it(number: str) -> None:
    """Each row names a paragraph of the outline or says that the rule is this tool's; no cell is empty."""
    rule, source, kept, does, overruled = rows(RULES)[number]
    assert rule
    assert does
    assert overruled
    assert re.search(r"\[seed (\d(\.\d)?|T)\]|this tool's rule", source)
    assert kept in {"refuse", "gate", "warn", "data"}


def test_every_ambiguity_is_described_in_order() -> None:
    """A1-A15, each with the default chosen."""
    assert list(sections(AMBIGUITIES)) == [f"A{n}" for n in range(1, 16)]
    assert [n for n, text in sections(AMBIGUITIES).items() if "**Default:**" not in text] == []


@pytest.mark.parametrize("number", [f"A{n}" for n in range(1, 16)])
def test_the_place_where_an_ambiguity_is_set_exists(number: str) -> None:
    """The file and the key that the page names are really there."""
    named = settings(sections(AMBIGUITIES)[number])
    assert named
    for file, key in named:
        look_up(load(file), key)


def test_a_key_that_does_not_exist_is_found() -> None:
    """The check can fail: for a missing key, and for a missing entry of a list."""
    timetable = load("process/timetable.yaml")
    assert look_up(timetable, "windows.W2.public") is True
    for key in ("zones", "windows.W9.public", "windows.W2.publics"):
        with pytest.raises(KeyError):
            look_up(timetable, key)


@pytest.mark.parametrize("number", [f"A{n}" for n in range(1, 16)])
def test_the_process_files_name_the_ambiguity_they_settle(number: str) -> None:
    """Whoever reads the data meets the number of the ambiguity there, next to the default."""
    data = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "process").glob("*.yaml")))
    assert re.search(rf"\b{number}\b", data)
