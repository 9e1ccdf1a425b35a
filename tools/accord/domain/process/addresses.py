"""E-mail addresses: nobody's comes into the record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from accord.domain.findings import Finding, Place

_ADDRESS = re.compile(r"[^\s@<>()\[\]`“”\"',;:]{1,64}@[^\s@<>()\[\]`“”\"',;:]{1,255}\.[^\W\d_]{2,}")


def without_addresses(text: str) -> str:
    """The text with a word in place of each address."""
    return _ADDRESS.sub("(address)", text)


def fields_with_address(value: Any, path: str = "") -> Iterator[str]:
    """The JSON pointers of all texts in plain JSON values that hold an address."""
    if isinstance(value, str):
        if _ADDRESS.search(value):
            yield path
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from fields_with_address(one, f"{path}/{key}")
    elif isinstance(value, (list, tuple)):
        for index, one in enumerate(value):
            yield from fields_with_address(one, f"{path}/{index}")


def address_findings(metadata: Mapping[str, object], name: str) -> tuple[Finding, ...]:
    """The fields of a description that hold an e-mail address: nobody's comes into the record."""
    return tuple(
        Finding(
            rule="description-address",
            message="This holds an e-mail address, which everybody could read in the record for ever.",
            fix="Write a name instead.",
            place=Place(file=name, path=path),
        )
        for path in fields_with_address(metadata)
    )
