"""SSH keys for tests: real ones without a passphrase, made by `ssh-keygen` and used without any agent."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

needs_ssh = pytest.mark.skipif(
    shutil.which("ssh-keygen") is None, reason="ssh-keygen is not here: install openssh-client"
)


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A key in a file, and its public half as it goes into the list of nominated experts."""

    file: Path
    public: str


def new_key(folder: Path, name: str, kind: str = "ed25519", *, locked: bool = False) -> KeyPair:
    """A fresh key; a locked one has a passphrase that nobody can type here."""
    passphrase = "six invented words" if locked else ""
    file = folder / name
    made = ["ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-C", "", "-f", str(file)]
    subprocess.run(made, check=True, stdin=subprocess.DEVNULL, capture_output=True)
    return KeyPair(file, " ".join(file.with_suffix(".pub").read_text().split()[:2]))


@contextmanager
def signing_with(key: KeyPair | None) -> Iterator[None]:
    """The key named in the environment, and no agent that could know others."""
    changed = {"ACCORD_SIGNING_KEY": str(key.file) if key else None, "SSH_AUTH_SOCK": None}
    before = {name: os.environ.get(name) for name in changed}
    _set(changed)
    try:
        yield
    finally:
        _set(before)


def _set(values: dict[str, str | None]) -> None:
    for name, value in values.items():
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = value
