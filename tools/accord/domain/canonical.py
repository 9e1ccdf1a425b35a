"""Canonical JSON: one spelling for one value, so that equal values have equal digests."""

from __future__ import annotations

import hashlib
import json
from typing import Any

JsonValue = Any


def canonical_json(value: JsonValue) -> bytes:
    """The one spelling of *value*: UTF-8, keys sorted, no optional white space, no final newline.

    Raises:
        ValueError: NaN, an infinity, or text that no UTF-8 can hold (a lone surrogate).
        TypeError: something that is no JSON value.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def fact_digest(value: JsonValue) -> str:
    """The SHA-256 of the canonical JSON, in hexadecimal: the name a fact has in the record."""
    return hashlib.sha256(canonical_json(value)).hexdigest()
