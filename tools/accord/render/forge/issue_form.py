"""The form for contributions as GitHub wants it (`.github/ISSUE_TEMPLATE/contribution.yml`), written from the forum.

Labels and choices are those that :mod:`accord.domain.forge.issue_form` reads, so that the two cannot part.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from accord.domain.forge.issue_form import LABELS, PUBLIC, Ask, Sheet
from accord.domain.process.forum import Forum

LABEL = "contribution"
"""The label that the form gives, by which the workflows know it."""

_NOTE = """\
# The form for contributions in the browser. It is written from `process/forum.yaml` and the names of the drafts in
# `process/timetable.yaml`; do not edit it. A test says when it is out of date and how to write it again.
"""
_INTRODUCTION = """\
This form is a contribution ({name}). Everybody can read it. You need no program, and nothing is final: you can \
correct the form later by editing it.

**What happens next:** within minutes a comment below your form gives you its number, what was understood, whether it \
came in time, and what it needs next. {notice}"""

_HELP = {
    "category": "What you are, or the entity you speak for is.",
    "source": "The name of the entity, as on the list of nominated experts if it is there; or your own. No address.",
    "title": "One line.",
    "kind": "New wording for the draft is a comment, too.",
    "based_on": "The draft in which you read the passage. Its numbers are meant below.",
    "themes": "One or more.",
    "ask": "One form is about one passage; send another form for another one.",
    "passage": (
        "Its printed number, such as `2.1`; or paste words of it that stand nowhere else. For a comment you may name "
        "several, one a line, or none."
    ),
    "wording": (
        "The passage as you want it to read, all of it, without its number. Leave it empty for a comment, and to "
        "delete. Plain words are enough; `*words*` are set in italics."
    ),
    "reasons": "Why. Every proposal is followed by its reasons, and a comment is found here.",
    "for": "",
    "language": "",
    "cosigners": "Other entities that join you, one a line. Each is asked to confirm.",
    "public": "The history of this page stays, and nobody can take words out of it.",
}
_WITH_OPINIONS = {
    "title": "If you propose a new draft Opinion, this is its title.",
    "ask": "A new draft Opinion brings its whole text under “Proposed wording”.",
    "passage": (
        "In an Opinion it is called like `considering b)`, and where there are several with the short name of the "
        "Opinion before it: `access: considering b)`."
    ),
}
_EXAMPLE = {
    "source": "Arcadia",
    "title": "Say that skills and connectivity belong together",
    "passage": "1.3",
    "wording": "that people learn in the evening, and that lessons are free of charge;",
    "cosigners": "Lyrania",
}
_TYPES = {
    "category": "dropdown",
    "kind": "dropdown",
    "based_on": "dropdown",
    "themes": "dropdown",
    "ask": "dropdown",
    "for": "dropdown",
    "language": "dropdown",
    "source": "input",
    "title": "input",
    "public": "checkboxes",
}
_LEFT_EMPTY = frozenset({"passage", "wording", "cosigners"})


def issue_form_text(forum: Forum, drafts: Sequence[str]) -> str:
    """The whole file, for a forum whose drafts have these names."""
    sheet = Sheet.of(forum, drafts)
    lines = [
        *_NOTE.splitlines(),
        f"name: {_quoted('Contribution to ' + forum.short_name)}",
        f"description: {_quoted('Propose other words, or comment on the draft. No program is needed.')}",
        f"title: {_quoted('Contribution')}",
        f"labels: [{_quoted(LABEL)}]",
        "body:",
        "  - type: markdown",
        "    attributes:",
        f"      value: {_quoted(_INTRODUCTION.format(name=forum.name, notice=forum.notice))}",
    ]
    for name in LABELS:
        lines += _field(name, sheet)
    return "\n".join(lines) + "\n"


def _field(name: str, sheet: Sheet) -> Iterator[str]:
    kind = _TYPES.get(name, "textarea")
    yield f"  - type: {kind}"
    yield f"    id: {name.replace('_', '-')}"
    yield "    attributes:"
    yield f"      label: {_quoted(LABELS[name])}"
    help_ = _HELP[name]
    if Ask.OPINION.value in sheet.choices["ask"].values() and name in _WITH_OPINIONS:
        help_ = f"{help_} {_WITH_OPINIONS[name]}"
    if help_:
        yield f"      description: {_quoted(help_)}"
    if name in _EXAMPLE:
        yield f"      placeholder: {_quoted(_EXAMPLE[name])}"
    if kind == "dropdown":
        if name == "themes":
            yield "      multiple: true"
        yield from _options(sheet.choices[name])
    if kind == "checkboxes":
        yield "      options:"
        yield f"        - label: {_quoted(PUBLIC)}"
        yield "          required: true"
    elif name not in _LEFT_EMPTY:
        yield "    validations:"
        yield "      required: true"


def _options(labels: Iterable[str]) -> Iterator[str]:
    yield "      options:"
    for label in labels:
        yield f"        - {_quoted(label)}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
