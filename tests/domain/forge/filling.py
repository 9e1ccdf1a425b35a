"""Filled forms, as a forge writes them."""

from __future__ import annotations

from collections.abc import Mapping

from accord.domain.forge.issue_form import LABELS, NOT_FILLED, PUBLIC

FILLED: Mapping[str, str] = {
    "category": "Member State",
    "source": "Arcadia",
    "title": "Opening hours of schools",
    "kind": "Comment on the draft",
    "based_on": "draft-1",
    "themes": "Bridging digital divides",
    "ask": "Change this passage",
    "passage": "invites Member States 1",
    "wording": "to open schools until nine;",
    "reasons": "Skills are needed.",
    "for": "For action: a change or a decision is asked for",
    "language": "English (en)",
    "cosigners": NOT_FILLED,
    "public": f"- [x] {PUBLIC}",
}


def filled(**changes: str | None) -> str:
    """A filled form; a field given as None is missing, an empty one was left empty."""
    fields = {**FILLED, **changes}
    return "\n\n".join(
        f"### {LABELS[name]}\n\n{value or NOT_FILLED}" for name, value in fields.items() if value is not None
    )
