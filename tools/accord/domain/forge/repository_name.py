"""Which repository on GitHub a copy belongs to, read from the address it was fetched from."""

from __future__ import annotations

import re

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}")
_ADDRESS = re.compile(r"(?:(?:https?|ssh|git)://)?(?:[^@/]+@)?(?P<host>[^/:]+)(?::[0-9]+)?[:/]+(?P<path>.+)")


def is_repository_name(text: str) -> bool:
    """Whether it has the form OWNER/NAME."""
    return _NAME.fullmatch(text) is not None


def repository_of(address: str, host: str) -> str | None:
    """OWNER/NAME from the address of a repository on this host; None for any other address."""
    found = _ADDRESS.fullmatch(address.strip())
    if found is None or found["host"].casefold() != host.casefold():
        return None
    name = found["path"].strip("/").removesuffix(".git")
    return name if is_repository_name(name) else None
