"""From mappings to values: everything wrong at once, and what crosses from one file to another."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from accord.adapters.process_files import read_process, resolved_process
from accord.application.loading import load_contribution, load_process, plain_places
from accord.application.loading_rules import load_rules
from accord.domain.process.contribution import Purpose
from accord.domain.process.rules import ChangeInCall
from tests.domain.process.worlds import PROCESS, ROOT, shipped_files

RAW = resolved_process(shipped_files())


def raw() -> dict[str, Any]:
    """The shipped process as plain values, to spoil."""
    return copy.deepcopy(RAW)


def rules_of(process: dict[str, Any]) -> list[tuple[str, str]]:
    """Rule and place of every problem of a process."""
    loaded = load_process(process["timetable"], process["experts"], process["forum"], process["consensus"])
    assert (loaded.value is None) == any(one.severity.value == "error" for one in loaded.findings)
    return [(one.rule, str(one.place)) for one in loaded.findings]


def test_the_shipped_process_loads_without_a_finding() -> None:
    """From bytes, and from the plain values a record keeps."""
    assert read_process(shipped_files()).findings == ()
    assert rules_of(raw()) == []


def test_problems_of_all_files_are_told_at_once_with_their_lines() -> None:
    """A wrong value in each of the four files: four findings or more, each in its file."""
    files = shipped_files()
    spoiled = {
        "process/timetable.yaml": (b"kind: meeting", b"kind: meating"),
        "process/experts.yaml": (b"chairs: []", b"chairs: none"),
        "process/forum.yaml": (b"class: proposal", b"class: vote"),
        "process/consensus.yaml": (b"call_required: true", b"call_required: maybe"),
    }
    for path, (old, new) in spoiled.items():
        assert old in files[path]
        files[path] = files[path].replace(old, new)
    loaded = read_process(files)
    assert loaded.value is None
    assert {one.place.file for one in loaded.findings if one.place} == set(spoiled)
    assert all(one.place and one.place.line for one in loaded.findings)


def test_a_missing_file_is_a_problem_like_any_other() -> None:
    """With what to do."""
    files = shipped_files()
    del files["process/forum.yaml"]
    loaded = read_process(files)
    assert loaded.value is None
    assert [(one.rule, str(one.place)) for one in loaded.findings] == [
        ("process-missing", "process/forum.yaml")
    ]
    with pytest.raises(ValueError, match=r"process/forum\.yaml"):
        resolved_process(files)


def set_in(process: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Change one value of a process by its path."""
    *parents, last = path.split("/")
    target: Any = process
    for part in parents:
        target = target[int(part)] if isinstance(target, list) else target[part]
    target[int(last) if isinstance(target, list) else last] = value
    return process


ITU = "/presets/itu"
WRONG: list[tuple[str, Any, str, str]] = [
    ("timetable/zone", "Europe/Atlantis", "field", "/zone"),
    ("timetable/events/0/date", "2024-02-30", "field", "/events/0/date"),
    ("timetable/events/0/kind", "party", "field", "/events/0/kind"),
    ("timetable/windows/0/admits/0/kind", "manifesto", "timetable-unknown-kind", "/windows/0/admits/0/kind"),
    ("timetable/windows/0/closes", "dl-9", "timetable-unknown-event", "/windows/0/closes"),
    ("timetable/events", "none", "field", "/events"),
    ("timetable/events/3", "none", "field", "/events/3"),
    ("experts/entities", [{"id": "x"}], "field", "/entities/0"),
    ("forum/themes/1/id", "digital-divides", "forum-duplicate", "/themes/1/id"),
    ("forum/name", None, "field", ""),
    ("consensus/use", "iut", "rules-unknown-preset", "/use"),
    (
        "consensus/presets/itu/withholding_categories",
        ["guild"],
        "rules-category",
        f"{ITU}/withholding_categories/0",
    ),
    ("consensus/presets/itu/objections_may_lapse", True, "rules-lapse", f"{ITU}/lapse_days"),
    ("consensus/presets/itu/minimum_call_days", "7", "field", f"{ITU}/minimum_call_days"),
    ("consensus/presets/itu/minimum_call_days", True, "field", f"{ITU}/minimum_call_days"),
]


@pytest.mark.parametrize(("path", "value", "rule", "pointer"), WRONG)
def test_a_wrong_value_is_told_with_its_place(path: str, value: Any, rule: str, pointer: str) -> None:
    """Also without the schema, as when a record's values are read."""
    file = f"process/{path.partition('/')[0]}.yaml"
    place = f"{file}: {pointer}" if pointer else file
    assert (rule, place) in rules_of(set_in(raw(), path, value))


def test_reversed_days_of_a_fixing_are_told() -> None:
    """`fixed` must start before it ends."""
    fixed = {"start": "2025-02-12", "end": "2025-02-11", "source": "x"}
    assert ("field", "process/timetable.yaml: /events/6/fixed/end") in rules_of(
        set_in(raw(), "timetable/events/6/fixed", fixed)
    )


@pytest.mark.parametrize("preset", ["itu", "ietf-ballot", "rust-fcp", "lazy"])
def test_every_preset_loads_and_has_its_own_digest(preset: str) -> None:
    """A digest names one set of rules."""
    loaded = load_rules(RAW["consensus"], PROCESS.forum, plain_places("x"), preset=preset)
    assert loaded.value is not None
    assert loaded.value.name == preset
    assert loaded.value.digest.startswith("sha256:")
    assert (loaded.value.digest == PROCESS.rules.digest) is (preset == "itu")


def test_the_active_rules_are_those_of_the_itu() -> None:
    """C1, C2, C4, C6-C9: what `itu` says."""
    rules = PROCESS.rules
    assert rules.name == "itu"
    assert rules.gates_opinions()
    assert not rules.gates_report()
    assert (rules.needs_support, rules.needs_share.of(9), rules.may_be_silent) == (0, 0, None)
    assert rules.objection_needs_reason is False
    assert rules.objections_may_lapse is False
    assert rules.set_aside_allowed is False
    assert rules.rough_allowed is False
    assert (rules.breadth_categories, rules.breadth_entities) == (0, 0)
    assert rules.change_in_call is ChangeInCall.RESTART
    nominating = [one.id for one in PROCESS.forum.categories if one.nominates]
    assert sorted(rules.withholding_categories) == sorted(nominating)
    assert not rules.may_withhold("stakeholder")


def test_a_recorded_change_overrides_one_field_and_shows_in_name_and_digest() -> None:
    """Nobody mistakes changed rules for the preset."""
    change = {"field": "minimum_call_days", "value": 14, "reason": "agreed at the first meeting"}
    loaded = load_rules({**RAW["consensus"], "changes": [change]}, PROCESS.forum, plain_places("x"))
    assert loaded.value is not None
    assert (loaded.value.minimum_call_days, loaded.value.name) == (14, "itu, changed")
    assert loaded.value.digest != PROCESS.rules.digest


def test_the_digest_of_the_rules_does_not_depend_on_their_order() -> None:
    """Canonical JSON: the same rules, the same digest."""
    consensus = raw()["consensus"]
    preset = consensus["presets"]["itu"]
    consensus["presets"]["itu"] = dict(reversed(list(preset.items())))
    loaded = load_rules(consensus, PROCESS.forum, plain_places("x"))
    assert loaded.value is not None
    assert loaded.value.digest == PROCESS.rules.digest


def test_a_contribution_is_loaded_and_tidied() -> None:
    """White space around and inside a title doesn't count; what is not given is empty."""
    value = {
        "category": "academia", "source": " Example University ", "kind": "comment", "based_on": "draft-1",
        "themes": ["resilience"], "title": "Two\n  lines", "reasons": "Why.\n", "language": "en", "for": "information",
        "sources": [3, "ieg-1"], "requires": [4],
    }  # fmt: skip
    loaded = load_contribution(value, plain_places("x"))
    assert loaded.value is not None
    assert (loaded.value.source, loaded.value.title, loaded.value.reasons) == (
        "Example University",
        "Two lines",
        "Why.",
    )
    assert (loaded.value.purpose, loaded.value.sources, loaded.value.requires) == (
        Purpose.INFORMATION,
        (3, "ieg-1"),
        (4,),
    )
    assert (loaded.value.opinion, loaded.value.clauses, loaded.value.cosigners) == (None, (), ())


def test_a_contribution_with_wrong_values_tells_all_of_them() -> None:
    """Missing fields and wrong kinds, each with its place."""
    loaded = load_contribution({"title": 3, "for": "sale", "sources": [True]}, plain_places("x"))
    assert loaded.value is None
    places = [str(one.place) for one in loaded.findings]
    assert {"x", "x: /title", "x: /for", "x: /sources"} == set(places)


def test_no_code_names_a_category_theme_or_kind_of_the_forum() -> None:
    """Another forum changes data, not code: the forum's words stand in no module of the process."""
    words = [one.id for one in PROCESS.forum.categories] + [one.id for one in PROCESS.forum.themes]
    words += [kind.id for kind in PROCESS.forum.kinds if "-" in kind.id]
    for path in (ROOT / "tools" / "accord" / "domain" / "process").glob("*.py"):
        text = path.read_text("utf-8")
        assert [word for word in words if f'"{word}"' in text] == [], path.name
