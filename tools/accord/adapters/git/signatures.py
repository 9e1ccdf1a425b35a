"""Where Git keeps a signature in a commit and in a tag: putting it in, and taking it out again. Pure.

What is signed is the object without its signature, byte for byte.
"""

from __future__ import annotations

from accord.application.ports import Signed

_HEADERS = {"sha1": b"gpgsig ", "sha256": b"gpgsig-sha256 "}
_TAG_BEGIN = b"-----BEGIN SSH SIGNATURE-----\n"


def signed_commit(body: bytes, signature: str, algorithm: str) -> bytes:
    """A commit with its signature, in a header after the others; a line of it that goes on begins with a space."""
    head, _, message = body.partition(b"\n\n")
    lines = signature.rstrip("\n").encode("ascii").replace(b"\n", b"\n ")
    return head + b"\n" + _HEADERS[algorithm] + lines + b"\n\n" + message


def split_commit(body: bytes, algorithm: str) -> Signed:
    """What a commit signs, and its signature (an empty text: none)."""
    head, gap, message = body.partition(b"\n\n")
    kept: list[bytes] = []
    signature: list[bytes] = []
    inside = False
    for line in head.split(b"\n"):
        if line.startswith(_HEADERS[algorithm]):
            signature.append(line.removeprefix(_HEADERS[algorithm]))
            inside = True
        elif inside and line.startswith(b" "):
            signature.append(line[1:])
        else:
            kept.append(line)
            inside = False
    return Signed(content=b"\n".join(kept) + gap + message, signature=_armoured(b"\n".join(signature)))


def signed_tag(body: bytes, signature: str) -> bytes:
    """A tag with its signature, after its words."""
    return body + signature.encode("ascii")


def split_tag(body: bytes) -> Signed:
    """What a tag signs, and its signature (an empty text: none)."""
    start = body.rfind(b"\n" + _TAG_BEGIN) + 1
    if not start:
        return Signed(content=body, signature="")
    return Signed(content=body[:start], signature=_armoured(body[start:]))


def _armoured(signature: bytes) -> str:
    return signature.decode("ascii", "replace")
