"""What would take a square bracket away: who must do what."""

from __future__ import annotations

from collections.abc import Sequence

from accord.domain.drafts.brackets import open_brackets
from accord.render.negotiation.model import Alternative

_NOBODY = "Nobody has proposed words without it: whoever may contribute hands some in while a window is open"


def lift(proposed: Sequence[Alternative], *, opinion: bool) -> str:
    """One sentence or more for a bracket in the text: the proposals that read without one, or that there are none."""
    without = [one for one in proposed if not open_brackets(one.reading)]
    if without:
        return " ".join(
            f"Contribution {one.number} ({one.source}) reads without it. {one.needs}"
            for alternative in without
            for one in alternative.proposers
        )
    if opinion:
        return f"{_NOBODY}; a chair declares the result, and the secretariat puts it in the text."
    return f"{_NOBODY}, or the secretariat writes some; it puts them in the text by a recorded act (C1)."
