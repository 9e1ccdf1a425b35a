"""The description that goes with a contribution, as its source would write it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from accord.application.rehearsal.acts import HandIn


def description(act: HandIn, category: str, based_on: str, source: str, numbers: Mapping[str, int]) -> str:
    """YAML metadata; strings are quoted as JSON, which YAML reads alike."""
    fields: dict[str, object] = {"source": source, "kind": act.kind, "based_on": based_on}
    if category:
        fields = {"category": category, **fields}
    if act.clauses:
        fields["clauses"] = list(act.clauses)
    if act.opinion:
        fields["opinion"] = act.opinion
    fields |= {"themes": list(act.themes), "title": act.title, "reasons": act.reasons.format(**numbers)}
    if act.cosigners:
        fields["cosigners"] = list(act.cosigners)
    if act.sources:
        fields["sources"] = [numbers.get(one, one) for one in act.sources]
    if act.amends:
        fields["amends"] = numbers[act.amends]
    fields |= {"language": "en", "for": act.purpose}
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items())
