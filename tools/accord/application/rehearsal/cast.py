"""The invented list of nominated experts. Each entry is marked so, and every output says it."""

from __future__ import annotations

import json
from typing import NamedTuple

CHAIR = "Cho Example"
VICE_CHAIR = "Vic Example"
SECRETARIAT = "Sam Example"
REGISTRY = "Reg Example"


class Cast(NamedTuple):
    """An entity that does not exist, and the expert it nominates."""

    id: str
    name: str
    category: str
    country: str
    region: str
    expert: str
    gender: str
    since: str


CASTS = (
    Cast("arcadia", "Arcadia", "member-state", "Arcadia", "Europe", "Ana", "woman", "2024-06-20"),
    Cast("lyrania", "Lyrania", "member-state", "Lyrania", "Africa", "Lev", "man", "2024-06-20"),
    Cast("marevia", "Marevia", "member-state", "Marevia", "Americas", "Mara", "woman", "2024-06-24"),
    Cast("ostrania", "Ostrania", "member-state", "Ostrania", "CIS", "Osk", "man", "2024-06-24"),
    Cast("zephyria", "Zephyria Isles", "member-state", "Zephyria", "Asia-Pacific", "Zoe", "woman", "2024-06-26"),
    Cast("lanternet", "Lanternet Cooperative", "sector-member", "Lyrania", "Africa", "Lin", "woman", "2024-06-26"),
    Cast("skerry", "Skerry Satellite Example", "sector-member", "Zephyria", "Asia-Pacific", "Sky", "man", "2024-06-27"),
    Cast("tinker-and-loom", "Tinker and Loom Workshops", "associate", "Arcadia", "Europe", "Tom", "man", "2024-07-01"),
    Cast("gullfeather", "Gullfeather Devices", "associate", "Marevia", "Americas", "Gil", "man", "2024-07-01"),
    Cast("example-university", "Example University", "academia", "Marevia", "Americas", "Eve", "woman", "2024-07-02"),
    Cast("school-of-lamps", "Lyrania School of Lamps", "academia", "Lyrania", "Africa", "Lea", "woman", "2024-07-02"),
    # A delegation that nobody sent: it stands in for its category, so that the category is rehearsed too.
    Cast("stand-in", "Stand-in Delegation", "state-of-palestine", "Nowhere", "Arab States", "Sol", "man", "2024-07-03"),
    Cast("union-of-islands", "Union of Imaginary Islands", "observer-organization", "Zephyria", "Asia-Pacific",
         "Uma", "woman", "2024-07-03"),
)  # fmt: skip

_PEOPLE = """\
chairs:
  - {account: 9000101, name: Cho Example, entity: marevia, from: "2024-07-15"}
  - {account: 9000102, name: Vic Example, entity: zephyria, from: "2024-07-15"}
secretariat:
  - {account: 9000201, name: Sam Example, from: "2024-06-14"}
  - {account: 9000202, name: Reg Example, from: "2024-06-14"}
"""


def experts_list() -> str:
    """The file `process/experts.yaml` of a rehearsal."""
    lines = [
        "# An invented list of nominated experts, for a rehearsal. No entity and no person of it exists.",
        "version: 1",
        "entities:",
    ]
    for cast in CASTS:
        lines += [
            f"  - id: {cast.id}",
            f"    name: {cast.name}",
            f"    category: {cast.category}",
            f"    country: {cast.country}",
            f"    region: {cast.region}",
            f"    from: {json.dumps(cast.since)}",
            "    invented: true",
        ]
    lines.append("experts:")
    for index, cast in enumerate(CASTS, 1):
        # One of them has no account: what it says comes by letter.
        account = [] if cast.id == "school-of-lamps" else [f"    account: {9000000 + index}"]
        lines += [
            f"  - name: {cast.expert} Example",
            *account,
            f"    entity: {cast.id}",
            f"    country: {cast.country}",
            "    active_in_own_country: true",
            f"    gender: {cast.gender}",
            f"    nominated: {json.dumps(cast.since)}",
            f"    from: {json.dumps(cast.since)}",
        ]
    return "\n".join(lines) + "\n" + _PEOPLE
