"""SSH public keys on the list of nominated experts: whose they are, when they hold, whether they are well formed."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime

from accord.domain.findings import Finding, Place
from accord.domain.process.people import Chair, Expert, ExpertsList, Key, Secretary

Person = Expert | Chair | Secretary

_ED25519 = b"ssh-ed25519"
_ED25519_BYTES = 32


def key_bytes(public: str) -> bytes | None:
    """The key itself, as a signature names it; None if the text is no public key.

    What kind it is stands in front of the key and, once more, inside it: both must be the same.
    """
    kind, _, encoded = public.partition(" ")
    try:
        content = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        return None
    fields = _fields(content)
    if len(fields) < 2 or fields[0] != kind.encode():
        return None
    return None if fields[0] == _ED25519 and len(fields[1]) != _ED25519_BYTES else content


def _fields(content: bytes) -> list[bytes]:
    """The parts of a key, each after its length in four bytes; none if they don't fill it exactly."""
    fields = []
    while content:
        size = int.from_bytes(content[:4])
        if len(content) < 4 + size:
            return []
        fields.append(content[4 : 4 + size])
        content = content[4 + size :]
    return fields


def fingerprint(key: bytes) -> str:
    """The short name of a key, as `ssh-keygen -l` prints it."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(key).digest()).decode().rstrip("=")


def people_with_keys(experts: ExpertsList) -> Iterator[tuple[str, int, Person]]:
    """Every entry of a person, with its group and place there."""
    groups: tuple[tuple[str, Sequence[Person]], ...] = (
        ("experts", experts.experts),
        ("chairs", experts.chairs),
        ("secretariat", experts.secretariat),
    )
    for group, entries in groups:
        for index, entry in enumerate(entries):
            yield group, index, entry


def is_person(entry: Person, name: str, account: int | None) -> bool:
    """Whether an entry is of the person of that name and account; the name decides where either has no account.

    So nobody gets rid of the key of an expert by leaving the account out.
    """
    if entry.account is not None and account is not None:
        return entry.account == account
    return entry.name == name


def keys_of(experts: ExpertsList, name: str, account: int | None, moment: datetime) -> frozenset[bytes]:
    """The keys of a person that hold at a moment, whichever of its entries they stand in."""
    return frozenset(
        content
        for _, _, entry in people_with_keys(experts)
        if is_person(entry, name, account) and entry.term.holds(moment, experts.zone)
        for key in entry.keys
        if key.term.holds(moment, experts.zone) and (content := key_bytes(key.public)) is not None
    )


def owners(experts: ExpertsList, key: bytes) -> tuple[Person, ...]:
    """The entries that list a key, whenever it holds."""
    return tuple(
        entry
        for _, _, entry in people_with_keys(experts)
        if any(key_bytes(one.public) == key for one in entry.keys)
    )


def key_findings(experts: ExpertsList, file: str) -> Iterator[Finding]:
    """Everything wrong with the keys of a list."""
    same: dict[bytes, list[tuple[str, Person, Key]]] = {}
    for group, index, entry in people_with_keys(experts):
        for number, key in enumerate(entry.keys):
            path = f"/{group}/{index}/keys/{number}"
            content = key_bytes(key.public)
            if content is None:
                yield _finding(
                    file,
                    f"{path}/key",
                    "experts-key",
                    f"This is no public key of {entry.name}: it is cut or mistyped.",
                    "Copy the first two words of the file that ends in `.pub`: `ssh-ed25519 AAAA...`.",
                )
            else:
                same.setdefault(content, []).append((path, entry, key))
            if key.term.last is not None and key.term.last < key.term.first:
                yield _finding(
                    file,
                    f"{path}/until",
                    "experts-term-reversed",
                    f"A key of {entry.name} ends before it begins.",
                    "Correct `from` or `until`.",
                )
    for found in same.values():
        for place, (path, entry, key) in enumerate(found):
            earlier = found[:place]
            other = next(
                (one for _, one, _ in earlier if not is_person(one, entry.name, entry.account)), None
            )
            if other is not None:
                yield _finding(
                    file,
                    path,
                    "experts-key-shared",
                    f"{other.name} and {entry.name} have the same key: nobody could tell who signed.",
                    "Give each person a key of their own.",
                )
            elif any(one is entry and first.term.overlaps(key.term) for _, one, first in earlier):
                yield _finding(
                    file,
                    path,
                    "experts-key-twice",
                    f"{entry.name} has this key twice for the same days, so that ending one ends nothing.",
                    "Remove one of the two.",
                )


def _finding(file: str, path: str, rule: str, message: str, fix: str) -> Finding:
    return Finding(rule=rule, message=message, fix=fix, place=Place(file=file, path=path))
