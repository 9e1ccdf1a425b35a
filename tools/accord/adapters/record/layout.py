"""Where things lie on the branch `record`: small segments in small folders. Pure.

Stream ``contributions/12`` lies in ``contributions/00/00/12/0000.jsonl`` (a hundred to a folder), any other
stream, as ``main`` or ``documents/op-skills``, in ``<stream>/00/0000.jsonl``. A fact lies under its digest.
"""

from __future__ import annotations

import re

FORMAT = 1
"""The version of this layout; a record with a higher one was written by a newer Accord."""

HEAD = "head.json"
README = "README.md"
FACTS = "facts"

SEGMENT_LINES = 200
SEGMENT_BYTES = 64 * 1024

_STREAM = re.compile(r"[a-z][a-z0-9-]{0,63}(/[a-z0-9][a-z0-9._-]{0,127})?")
_CONTRIBUTION = re.compile(r"contributions/([1-9][0-9]{0,11})")
_CONTRIBUTION_PATH = re.compile(r"contributions/([0-9]{2,8})/([0-9]{2})/([0-9]{2})/([0-9]{4,})\.jsonl")
_PATH = re.compile(r"(.+)/([0-9]{2,})/([0-9]{4,})\.jsonl")
_FACT = re.compile(r"facts/([0-9a-f]{2})/(\1[0-9a-f]{62})\.json")
_DIGEST = re.compile(r"[0-9a-f]{64}")


def contribution_number(stream: str) -> int | None:
    """The number of a contribution's stream; ``None`` for any other stream."""
    match = _CONTRIBUTION.fullmatch(stream)
    return int(match[1]) if match else None


def stream_folder(stream: str) -> str:
    """The folder that holds the segments of a contribution, or the folders of segments of another stream.

    Raises:
        ValueError: no name of a stream.
    """
    number = contribution_number(stream)
    if number is not None:
        digits = f"{number:06d}"
        return f"contributions/{digits[:-4]}/{digits[-4:-2]}/{digits[-2:]}"
    top = stream.partition("/")[0]
    if not _STREAM.fullmatch(stream) or top in {FACTS, "contributions"}:
        raise ValueError(f"{stream!r} is no name of a stream")
    return stream


def segment_path(stream: str, number: int) -> str:
    """The file of a stream's segment; the first one has number 0."""
    folder = stream_folder(stream)
    if contribution_number(stream) is None:
        folder += f"/{number // 100:02d}"
    return f"{folder}/{number:04d}.jsonl"


def parse_segment_path(path: str) -> tuple[str, int] | None:
    """The stream and number of a segment; ``None`` if *path* is not where a segment would lie."""
    if match := _CONTRIBUTION_PATH.fullmatch(path):
        stream, number = f"contributions/{int(match[1] + match[2] + match[3])}", int(match[4])
    elif match := _PATH.fullmatch(path):
        stream, number = match[1], int(match[3])
    else:
        return None
    try:
        return (stream, number) if segment_path(stream, number) == path else None
    except ValueError:
        return None


def fact_path(digest: str) -> str:
    """The file of a fact.

    Raises:
        ValueError: no SHA-256 digest in lower-case hexadecimal.
    """
    if not _DIGEST.fullmatch(digest):
        raise ValueError(f"{digest!r} is no digest of a fact")
    return f"{FACTS}/{digest[:2]}/{digest}.json"


def parse_fact_path(path: str) -> str | None:
    """The digest of the fact that lies at *path*; ``None`` if no fact would lie there."""
    match = _FACT.fullmatch(path)
    return match[2] if match else None
