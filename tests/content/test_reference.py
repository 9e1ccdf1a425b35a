"""`docs/reference/` is written from the commands, the schemas and the events, and says what they are.

After a change of one of them write the pages again:
``ACCORD_WRITE_REFERENCE=1 pytest tests/content/test_reference.py``.
"""

from __future__ import annotations

import importlib
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import click
import pytest

from accord.cli.verbs import VERBS
from accord.domain.findings import Exit
from accord.domain.record import values
from accord.domain.record.events import KINDS, Event

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "reference"
WRITE = "ACCORD_WRITE_REFERENCE"
NOTE = (
    "<!-- Written by a test from the program itself; do not edit it. After a change:\n"
    f"     {WRITE}=1 .venv/bin/python -m pytest tests/content/test_reference.py -->\n"
)
CODES = {
    Exit.OK: "done; nothing is wrong",
    Exit.FINDINGS: "there are findings: something is to be mended, or not yet met",
    Exit.USAGE: "a mistake in the command: an unknown name, a missing reason, a person without the right",
    Exit.BUG: "a bug of ours, with everything that is needed to report it",
    Exit.OUTSIDE: "refused from outside (disk, Git, another writer); it is safe to run the same command again",
}


# --- commands ---------------------------------------------------------------------------------------------------


def commands_page() -> str:
    """Every verb with its arguments and options."""
    lines = [
        "# Commands",
        "",
        NOTE,
        "Results are printed on the standard output, problems on the standard error. With `--format json` both come as",
        'one object on the standard output, with `"version": 1` and the problems under `findings`.',
        "",
        "| exit code | means |",
        "| --- | --- |",
        *(f"| {int(code)} | {words} |" for code, words in CODES.items()),
        "| 130 | stopped by Ctrl-C |",
    ]
    for verb, (module, line) in VERBS.items():
        command = getattr(importlib.import_module(f"accord.cli.{module}"), verb.replace("-", "_"))
        lines += ["", f"## accord {verb}"]
        if isinstance(command, click.Group):
            lines += ["", f"{line[0].upper()}{line[1:]}."]
            for name, inner in command.commands.items():
                lines += ["", f"### accord {verb} {name}", *_command(inner, f"accord {verb} {name}")]
        else:
            lines += _command(command, f"accord {verb}")
    return "\n".join(lines) + "\n"


def _command(command: click.Command, name: str) -> Iterator[str]:
    context = click.Context(command, info_name=name)
    usage = " ".join([name, *command.collect_usage_pieces(context)])
    yield from ("", " ".join((command.help or "").split()), "", "```text", usage, "```", "")
    yield from ("| option | |", "| --- | --- |")
    for parameter in command.params:
        record = parameter.get_help_record(context) if isinstance(parameter, click.Option) else None
        if record is not None:
            yield f"| `{_cell(record[0])}` | {_cell(record[1])} |"


# --- files ------------------------------------------------------------------------------------------------------


def files_page() -> str:
    """Every field of every file, from the schemas."""
    lines = [
        "# Fields of files",
        "",
        NOTE,
        "[Files](../files.md) explains them with examples; the schemas under [schemas/](../../schemas/) are the exact",
        "word. `[]` stands for each entry of a list, `*` for any name.",
    ]
    for path in sorted((ROOT / "schemas").glob("*.schema.json")):
        schema = json.loads(path.read_text("utf-8"))
        lines += [
            "",
            f"## {schema['title']}",
            "",
            f"{schema['description']} Schema: `schemas/{path.name}`.",
            "",
        ]
        lines += ["| field | must | is | |", "| --- | --- | --- | --- |", *_fields(schema, schema, "")]
    return "\n".join(lines) + "\n"


def _fields(schema: Mapping[str, Any], whole: Mapping[str, Any], prefix: str) -> Iterator[str]:
    required = schema.get("required", ())
    named = dict(schema.get("properties", {}))
    rest = schema.get("additionalProperties")
    if isinstance(rest, dict):
        named["*"] = rest
    for name, field in named.items():
        field = _resolved(field, whole)
        must = "yes" if name in required else ""
        yield f"| `{prefix}{name}` | {must} | {_kind(field, whole)} | {_cell(field.get('description', ''))} |"
        yield from _within(field, whole, f"{prefix}{name}")


def _within(field: Mapping[str, Any], whole: Mapping[str, Any], name: str) -> Iterator[str]:
    if "items" in field:
        yield from _within(_resolved(field["items"], whole), whole, f"{name}[]")
    elif "properties" in field or isinstance(field.get("additionalProperties"), dict):
        yield from _fields(field, whole, f"{name}.")


def _resolved(field: Mapping[str, Any], whole: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = field.get("$ref")
    if reference is None:
        return field
    found: Any = whole
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return {**found, **{key: value for key, value in field.items() if key != "$ref"}}


def _kind(field: Mapping[str, Any], whole: Mapping[str, Any]) -> str:
    if "const" in field:
        return f"`{json.dumps(field['const'])}`"
    if "enum" in field:
        return ", ".join(f"`{one}`" for one in field["enum"])
    if "items" in field:
        inner = _kind(_resolved(field["items"], whole), whole)
        return f"list of {inner}" if inner != "fields" else "list"
    for word in ("oneOf", "anyOf"):
        if word in field:
            return " or ".join(_kind(_resolved(one, whole), whole) for one in field[word])
    kinds = field.get("type", "anything")
    names = {"string": "text", "object": "fields", "integer": "whole number", "boolean": "`true` or `false`"}
    return " or ".join(names.get(one, one) for one in ([kinds] if isinstance(kinds, str) else kinds))


# --- events -----------------------------------------------------------------------------------------------------


def events_page() -> str:
    """Every kind of event in the record."""
    lines = [
        "# Events of the record",
        "",
        NOTE,
        "What happened stands on the branch `record`, one event a line, as JSON; nothing there is changed or removed.",
        "A field that has its default is left out. Every event names its `kind`, and carries:",
        "",
        *_table(fields(Event)),
    ]
    common = {field.name for field in fields(Event)}
    for kind, cls in KINDS.items():
        own = [field for field in fields(cls) if field.name not in common]
        lines += ["", f"## {kind}", "", _text(cls), "", f"Schema: `schemas/events/{kind}.schema.json`."]
        if own:
            lines += ["", *_table(own)]
    lines += ["", "# Values in events"]
    for name in ("Actor", "Receipt", "Entry", "FormFinding", "Evidence", "Said"):
        cls = getattr(values, name)
        lines += ["", f"## {name}", "", _text(cls), "", *_table(fields(cls))]
    lines += ["", "## Words", ""]
    for name in ("Role", "Stance", "Channel", "Clock", "MeetingResult", "Disposition"):
        lines.append(f"- {name}: " + ", ".join(f"`{word}`" for word in getattr(values, name).__args__))
    return "\n".join(lines) + "\n"


def _table(found: Any) -> Iterator[str]:
    yield from ("| field | is | default |", "| --- | --- | --- |")
    for field in found:
        default = "" if field.default is MISSING else f"`{json.dumps(_plain(field.default))}`"
        yield f"| `{field.name}` | {_cell(_type(str(field.type)))} | {default} |"


def _plain(default: Any) -> Any:
    return list(default) if isinstance(default, tuple) else default


def _type(name: str) -> str:
    words = name.replace("Effect", "tuple[Entry, ...]")
    words = re.sub(r"tuple\[(\w+), \.\.\.\]", r"list of \1", words)
    words = re.sub(r"Literal\[(.*?)\]", lambda found: re.sub("[\"']", "`", found[1]), words)
    for old, new in (
        ("dict[str, Any]", "fields"),
        ("dict[str, str]", "texts by name"),
        (" | None", " or null"),
    ):
        words = words.replace(old, new)
    names = {"str": "text", "int": "number", "bool": "true or false", "datetime": "instant in UTC"}
    return re.sub(r"\b(str|int|bool|datetime)\b", lambda m: names[m[1]], words)


def _text(cls: type) -> str:
    text = " ".join((cls.__doc__ or "").split())
    return text.replace("``", "`")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "files.md": files_page,
    "events.md": events_page,
}


@pytest.mark.parametrize("name", PAGES)
def test_the_reference_says_what_there_is(name: str) -> None:
    """The page is the one that would be written now; if not, the message holds it."""
    expected = PAGES[name]()
    file = FOLDER / name
    if os.environ.get(WRITE):
        FOLDER.mkdir(parents=True, exist_ok=True)
        file.write_text(expected, "utf-8")
    found = file.read_text("utf-8") if file.exists() else ""
    assert found == expected, f"write it with {WRITE}=1; expected:\n{expected}"


def test_every_exit_code_is_explained() -> None:
    """No code of the program is missing from the table."""
    assert set(CODES) == set(Exit)


def test_every_verb_and_event_has_a_place() -> None:
    """The pages are not empty by a mistake of the generator."""
    assert all(f"## accord {verb}\n" in commands_page() for verb in VERBS)
    assert all(f"## {kind}\n" in events_page() for kind in KINDS)
    assert "`windows[].admits[].kind`" in files_page()
