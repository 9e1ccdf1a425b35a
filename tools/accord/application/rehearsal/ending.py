"""What a rehearsal says at its end: what there is now, and where to look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accord.application.desk import Desk
from accord.application.provenance import provenance
from accord.application.rehearsal.acts import CutDraft, HandIn
from accord.application.rehearsal.stage import Played
from accord.domain.record.events import Incorporated

# The Opinion whose way is shown: it comes in the first round and changes in every one.
EXAMPLE = "opinions/weather-radio.md"


def ending(desk: Desk, folder: str, until: str, played: Sequence[Played]) -> tuple[str, dict[str, Any]]:
    """The last words, for people and as data."""
    drafts = [one.act.draft for one in played if isinstance(one.act, CutDraft) and not one.refused]
    received = sum(1 for one in played if isinstance(one.act, HandIn) and not one.refused)
    refused = sum(1 for one in played if one.refused)
    before, newest = drafts[-2:]
    built = f"{folder}/build/{newest}"
    clause = _example(desk)
    commands = {
        "status": f"accord status --repo {folder} --now {played[-1].act.at}",
        "diff": f"accord diff {before} {newest} --repo {folder}",
        "provenance": f"accord provenance {clause} --repo {folder}",
        "verify": f"accord verify --repo {folder}",
    }
    lines = [
        "",
        f"{len(played)} acts were played: {received} contributions received, {refused} refusals met.",
        f"Drafts tagged: {', '.join(drafts)}. All entities, people and letters are invented.",
        "",
        f"The tagged draft   the tag {newest} in {folder}; as documents in {built}/report.html and report.md",
        f"Its redline        {built}/redline.html and redline.md, against {before}",
        f"                   {commands['diff']}",
        f"Where all stands   {commands['status']}",
        f"Every decision     {commands['verify']}",
        f"Its provenance     {built}/manifest.json; for one clause step by step:",
        f"                   {commands['provenance']}",
        *(f"      {line}" for line in _shown(provenance(desk, clause).text)),
    ]
    data = {
        "folder": folder,
        "until": until,
        "drafts": drafts,
        "contributions": received,
        "refusals": refused,
        "documents": built,
        "commands": commands,
    }
    return "\n".join(lines), data


def _example(desk: Desk) -> str:
    """The id of the last clause with which the example came into the text and that is still there."""
    chronicle = desk.chronicle()
    known = {clause.id for clause in chronicle.world().at(desk.now).agreed.clauses}
    acts = [event for event in chronicle.everything() if isinstance(event, Incorporated)]
    first = next(act for act in acts if any(entry.path == EXAMPLE for entry in act.effect))
    ours = [first.ids.get(entry.id, entry.id) for entry in first.effect]
    return [id_ for id_ in ours if id_ in known][-1]


def _shown(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and not line.startswith("Unofficial")]
