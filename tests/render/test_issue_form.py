"""The form of the forge and the template of a description are those of the forum's own data.

After a change of `process/forum.yaml` or of the drafts write them again:
``ACCORD_WRITE_FORMS=1 pytest tests/render/test_issue_form.py``.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML

from accord.adapters.process_files import read_process
from accord.adapters.reading import StrictReader
from accord.application.loading import Process
from accord.application.reading import PROCESS_FILES
from accord.domain.findings import errors
from accord.domain.forge.issue_form import ASKS, LABELS, PURPOSES, Sheet, read_form
from accord.domain.process.block import Block, find_block
from accord.domain.process.forum import Category, InputClass
from accord.render.forge.description_template import description_template_text
from accord.render.forge.issue_form import issue_form_text

ROOT = Path(__file__).resolve().parents[2]
FORM = ROOT / ".github/ISSUE_TEMPLATE/contribution.yml"
CONFIG = ROOT / ".github/ISSUE_TEMPLATE/config.yml"
TEMPLATE = ROOT / ".github/pull_request_template.md"
WRITE = "ACCORD_WRITE_FORMS"


@pytest.fixture(scope="module")
def process() -> Process:
    """The process files of this repository."""
    loaded = read_process({path: (ROOT / path).read_bytes() for path in PROCESS_FILES.values()})
    assert loaded.value is not None, loaded.findings
    return loaded.value


def parsed(text: str) -> Any:
    """YAML as plain values."""
    return YAML(typ="safe").load(text)


def official(name: str) -> Any:
    """A schema of the forge's own files, from the package that collects them."""
    folder = files("check_jsonschema") / "builtin_schemas" / "vendor"
    return json.loads((folder / f"{name}.json").read_text("utf-8"))


def test_the_files_are_those_that_the_forum_gives(process: Process) -> None:
    """Nobody edits them by hand, and a changed category is in them."""
    written = {
        FORM: issue_form_text(process.forum, process.timetable.drafts),
        TEMPLATE: description_template_text(process.forum, process.timetable.drafts),
    }
    if os.environ.get(WRITE):
        for file, text in written.items():
            file.write_text(text, encoding="utf-8")
    for file, text in written.items():
        assert file.read_text("utf-8") == text, f"write it again: {WRITE}=1 pytest {Path(__file__).name}"


def test_the_form_is_one_by_the_schema_of_the_forge(process: Process) -> None:
    """And so is its list of links; a wrong one would be found."""
    form = parsed(FORM.read_text("utf-8"))
    schema = official("github-issue-forms")
    jsonschema.validate(form, schema)
    jsonschema.validate(parsed(CONFIG.read_text("utf-8")), official("github-issue-config"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**form, "body": [{"type": "dropdwn"}]}, schema)


def test_its_choices_are_those_of_the_process_files(process: Process) -> None:
    """Categories, kinds, themes, languages and drafts, in the same order; nothing that only the secretariat gives."""
    form = parsed(FORM.read_text("utf-8"))
    shown = {
        one["attributes"]["label"]: one["attributes"].get("options") for one in form["body"] if "id" in one
    }
    assert list(shown) == list(LABELS.values())
    forum = parsed((ROOT / "process/forum.yaml").read_text("utf-8"))
    assert shown[LABELS["category"]] == [one["label"] for one in forum["categories"]]
    assert shown[LABELS["kind"]] == [
        one["label"] for one in forum["kinds"] if one.get("sender") != "secretariat"
    ]
    assert shown[LABELS["themes"]] == [
        one["label"] for one in forum["themes"] if not one.get("secretariat_only")
    ]
    assert [re.search(r"\((..)\)", one)[1] for one in shown[LABELS["language"]]] == forum["languages"]  # type: ignore[index]
    assert shown[LABELS["based_on"]] == list(process.timetable.drafts)
    assert shown[LABELS["ask"]] == list(ASKS)
    assert shown[LABELS["for"]] == list(PURPOSES)
    schema = json.loads((ROOT / "schemas/contribution.schema.json").read_text("utf-8"))["properties"]
    assert set(PURPOSES.values()) == set(schema["for"]["enum"])


def test_every_choice_of_the_form_is_read(process: Process) -> None:
    """What can be chosen can be understood: no option leads to a form that comes back."""
    from tests.domain.forge.filling import filled

    sheet = Sheet.of(process.forum, process.timetable.drafts)
    form = parsed(FORM.read_text("utf-8"))
    names = {label: name for name, label in LABELS.items()}
    for one in form["body"]:
        name = names.get(one["attributes"].get("label", ""))
        for option in one["attributes"].get("options", ()) if one["type"] == "dropdown" else ():
            changes = (
                {"wording": ""}
                if option in {"Delete this passage", "Comment only, without a change of the text"}
                else {}
            )
            read = read_form(filled(**{**changes, str(name): option}), sheet)
            assert not read.findings, (option, read.findings)


def test_another_forum_has_another_form(process: Process) -> None:
    """Its categories and drafts are there, and a label with a comma is one choice."""
    mine = Category(id="town", label="Town, village or street", input_class=InputClass.VIEW, nominates=True)
    forum = replace(process.forum, categories=(mine,), name="The Harbour Forum", languages=("eo",))
    form = parsed(issue_form_text(forum, ("first", "second")))
    jsonschema.validate(form, official("github-issue-forms"))
    options = {
        one["attributes"]["label"]: one["attributes"].get("options") for one in form["body"] if "id" in one
    }
    assert options[LABELS["category"]] == ["Town, village or street"]
    assert options[LABELS["based_on"]] == ["first", "second"]
    assert options[LABELS["language"]] == ["eo"]
    assert "Harbour" in form["body"][0]["attributes"]["value"]


def test_a_forum_without_opinions_does_not_speak_of_them(process: Process) -> None:
    """Neither as a choice nor in a word of help."""
    kinds = tuple(replace(one, presents_opinion=False) for one in process.forum.kinds if one.id == "comment")
    text = issue_form_text(replace(process.forum, kinds=kinds), ("first",))
    assert "Opinion" not in text
    assert "Delete this passage" in text


def test_the_template_left_as_it_is_asks_for_everything() -> None:
    """It is a block that can be read, and each line left empty is a finding; nothing is chosen for anybody."""
    text = TEMPLATE.read_text("utf-8")
    assert isinstance(find_block(text), Block)
    read = StrictReader().metadata(text.encode(), "description")
    assert read.value is None
    assert all(not one.rule.startswith("yaml-") for one in read.findings), read.findings
    places = {one.place.path.strip("/") for one in errors(read.findings) if one.place}
    assert {
        "category",
        "source",
        "kind",
        "based_on",
        "themes",
        "title",
        "reasons",
        "language",
        "for",
    } <= places


def test_the_template_filled_in_is_a_description() -> None:
    """Its comments do no harm: what is written after the colons is all that counts."""
    text = TEMPLATE.read_text("utf-8")
    for line, value in {
        "category:": "category: member-state",
        "source:": "source: Arcadia",
        "kind:": "kind: comment",
        "based_on:": "based_on: draft-1",
        "themes: []": "themes: [resilience]",
        'title: ""': 'title: "Hours: until nine"',
        "reasons: >-\n": "reasons: >-\n  Skills are needed.\n  Here too.\n",
        "language:": "language: en",
        "for:": "for: action",
    }.items():
        assert text.count(f"\n{line}") == 1, line
        text = text.replace(f"\n{line}", f"\n{value}")
    read = StrictReader().metadata(text.encode(), "description")
    assert read.value == {
        "category": "member-state", "source": "Arcadia", "kind": "comment", "based_on": "draft-1",
        "themes": ["resilience"], "title": "Hours: until nine", "reasons": "Skills are needed. Here too.",
        "cosigners": [], "language": "en", "for": "action",
    }  # fmt: skip
