"""Add an entry to a YAML file that people also edit: comments, order and quotes of everything else stay."""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO
from typing import Any

from accord.adapters.yaml import parse_yaml
from accord.domain.findings import Refused

_WIDTH = 1_000_000  # never re-wrap what somebody wrote

_NOT_WORDS = ("true", "false", "yes", "no", "on", "off", "y", "n", "null")


def add_entry(text: str, section: str, entry: Mapping[str, str | int | bool], *, name: str) -> str:
    """The file with `entry` at the end of the list `section`.

    Raises Refused with the file's own problems if it cannot be read, or if `section` is no list in it.
    """
    document = parse_yaml(text, name)
    if document.findings or not isinstance(document.value, dict):
        raise Refused(document.findings)
    if not isinstance(document.value.get(section), list):
        raise ValueError(f"{name} has no list `{section}`")
    from ruamel.yaml import YAML
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    yaml = YAML(typ="rt", pure=True)
    yaml.preserve_quotes = True
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    data: Any = yaml.load(text)
    entries = data[section]
    plain = {
        key: DoubleQuotedScalarString(value) if isinstance(value, str) and _needs_quotes(value) else value
        for key, value in entry.items()
    }
    entries.append(yaml.map(**plain))
    entries.fa.set_block_style()
    out = StringIO()
    yaml.dump(data, out)
    changed = out.getvalue()
    _prove(document.value, changed, section, entry, name)
    return changed


def _needs_quotes(value: str) -> bool:
    # A day or a word like "no" must stay text for every reader of YAML, also for those that know dates and 1.1.
    words = value.replace("-", " ").split()
    return not words or not all(word.isalpha() for word in words) or value.casefold() in _NOT_WORDS


def _prove(before: dict[str, Any], changed: str, section: str, entry: Mapping[str, Any], name: str) -> None:
    """The result differs by exactly the new entry, else this is our bug and nothing is returned."""
    after = parse_yaml(changed, name).value
    words = {
        key: str(value).lower() if isinstance(value, bool) else str(value) for key, value in entry.items()
    }
    expected = {**before, section: [*before[section], words]}
    if after != expected:
        raise AssertionError(f"adding an entry to {name} would have changed something else")
