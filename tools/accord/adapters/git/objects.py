"""Git's object formats as bytes: trees, commits, tags, and the pack that carries new ones to git. Pure."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["commit", "tree", "blob", "tag"]
KIND_NUMBERS: Mapping[Kind, int] = {"commit": 1, "tree": 2, "blob": 3, "tag": 4}

REGULAR, EXECUTABLE, FOLDER = b"100644", b"100755", b"40000"

Tree = dict[bytes, tuple[bytes, str]]
"""Name to mode and object name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewObject:
    """An object to be written, and its name."""

    kind: Kind
    body: bytes
    oid: str


def new_object(kind: Kind, body: bytes, algorithm: str) -> NewObject:
    """Name *body* as git does; *algorithm* is the repository's, ``sha1`` or ``sha256``."""
    oid = hashlib.new(algorithm, b"%s %d\0" % (kind.encode(), len(body)) + body).hexdigest()
    return NewObject(kind=kind, body=body, oid=oid)


def pack(objects: Sequence[NewObject], algorithm: str) -> bytes:
    """A pack (version 2, no deltas) of *objects*, as `git unpack-objects` and `git index-pack` read it."""
    objects = list({item.oid: item for item in objects}.values())  # git takes none twice
    parts = [b"PACK" + struct.pack(">II", 2, len(objects))]
    for item in objects:
        parts += (_pack_header(KIND_NUMBERS[item.kind], len(item.body)), zlib.compress(item.body, 1))
    content = b"".join(parts)
    return content + hashlib.new(algorithm, content).digest()


def _pack_header(kind: int, size: int) -> bytes:
    # Four bits of the size beside the kind, then seven a byte, lowest first; the high bit says that more follow.
    header = bytearray()
    byte, size = (kind << 4) | (size & 15), size >> 4
    while size:
        header.append(byte | 128)
        byte, size = size & 127, size >> 7
    header.append(byte)
    return bytes(header)


def parse_tree(body: bytes, algorithm: str) -> Tree:
    """The entries of a tree object."""
    width = hashlib.new(algorithm).digest_size
    tree: Tree = {}
    at = 0
    while at < len(body):
        space = body.index(b" ", at)
        end = body.index(b"\0", space)
        tree[body[space + 1 : end]] = (body[at:space], body[end + 1 : end + 1 + width].hex())
        at = end + 1 + width
    return tree


def tree_body(tree: Tree) -> bytes:
    """The bytes of a tree object; git sorts a folder as if its name ended in a slash."""
    ordered = sorted(tree.items(), key=lambda item: item[0] + b"/" if item[1][0] == FOLDER else item[0])
    return b"".join(mode + b" " + name + b"\0" + bytes.fromhex(oid) for name, (mode, oid) in ordered)


def changed_tree(
    base: str | None,
    changes: Mapping[str, bytes | None],
    *,
    read: Callable[[str], Tree],
    algorithm: str,
) -> tuple[str, list[NewObject]]:
    """The tree that *base* becomes, and the objects that are new in it: only along the touched paths.

    *changes* maps a path to its new content, or to ``None`` to remove it. A file keeps its mode; a new one is
    regular; a folder left empty goes.

    Raises:
        ValueError: a path git could not hold, a removed file that is not there, or a path that is both file and folder.
    """
    new: list[NewObject] = []

    def add(kind: Kind, body: bytes) -> str:
        item = new_object(kind, body, algorithm)
        new.append(item)
        return item.oid

    def build(oid: str | None, wanted: Iterable[tuple[tuple[bytes, ...], bytes | None]]) -> Tree:
        tree = dict(read(oid)) if oid else {}
        inside: dict[bytes, list[tuple[tuple[bytes, ...], bytes | None]]] = {}
        here: dict[bytes, bytes | None] = {}
        for path, content in wanted:
            if len(path) > 1:
                inside.setdefault(path[0], []).append((path[1:], content))
            else:
                here[path[0]] = content
        for name, content in here.items():
            mode, _ = tree.get(name, (REGULAR, ""))
            if content is None:
                if name not in tree or mode == FOLDER:
                    raise ValueError(f"{name!r} is not there and cannot be removed")
                del tree[name]
            elif name in inside:
                raise ValueError(f"{name!r} cannot be a file and a folder")
            else:
                tree[name] = (mode if mode == EXECUTABLE else REGULAR, add("blob", content))
        for name, deeper in inside.items():
            mode, child = tree.get(name, (FOLDER, ""))
            subtree = build(child if mode == FOLDER and child else None, deeper)
            if subtree:
                tree[name] = (FOLDER, add("tree", tree_body(subtree)))
            else:
                tree.pop(name, None)
        return tree

    tree = build(base, [(_parts(path), content) for path, content in changes.items()])
    return add("tree", tree_body(tree)), new


def _parts(path: str) -> tuple[bytes, ...]:
    parts = tuple(part.encode("utf-8", "surrogateescape") for part in path.split("/"))
    if "\0" in path or any(part in {b"", b".", b".."} or part.lower() == b".git" for part in parts):
        raise ValueError(f"{path!r} cannot be a path in a repository")
    return parts


def identity(name: str, moment: datetime) -> bytes:
    """``Name <> seconds +0000``: no mail address, the moment in UTC to the second."""
    if moment.utcoffset() is None:
        raise ValueError("a moment needs an offset from UTC")
    clean = "".join(" " if char in "<>\n\r\0" else char for char in name).strip() or "unnamed"
    return f"{clean} <> {int(moment.timestamp())} +0000".encode("utf-8", "replace")


def commit_body(*, tree: str, parents: Sequence[str], author: bytes, committer: bytes, message: str) -> bytes:
    """The bytes of a commit without a signature."""
    head = [f"tree {tree}".encode(), *(f"parent {parent}".encode() for parent in parents)]
    head += [b"author " + author, b"committer " + committer]
    return b"\n".join(head) + b"\n\n" + _text(message)


def tag_body(*, name: str, target: str, tagger: bytes, message: str) -> bytes:
    """The bytes of an annotated tag of a commit without a signature."""
    head = [f"object {target}".encode(), b"type commit", f"tag {name}".encode(), b"tagger " + tagger]
    return b"\n".join(head) + b"\n\n" + _text(message)


def _text(message: str) -> bytes:
    if "\0" in message:
        raise ValueError("a message cannot hold a NUL character")
    return message.rstrip("\n").encode("utf-8") + b"\n"
