"""The redline as JSON, version 1."""

from __future__ import annotations

import json

from accord.domain.text.codec import to_dict
from accord.domain.text.redline import Redline


def render_json(redline: Redline) -> str:
    """One JSON document, the same bytes for the same redline."""
    return json.dumps(to_dict(redline), ensure_ascii=False, indent=1) + "\n"
