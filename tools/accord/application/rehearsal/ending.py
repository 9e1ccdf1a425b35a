"""What a rehearsal says at its end: what there is now, and where to look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accord.application.desk import Desk
from accord.application.rehearsal.acts import CutDraft, HandIn
from accord.application.rehearsal.stage import Played


def ending(desk: Desk, folder: str, until: str, played: Sequence[Played]) -> tuple[str, dict[str, Any]]:
    """The last words, for people and as data."""
    drafts = [one.act.draft for one in played if isinstance(one.act, CutDraft) and not one.refused]
    received = sum(1 for one in played if isinstance(one.act, HandIn) and not one.refused)
    refused = [one for one in played if one.refused]
    newest = drafts[-1]
    before = drafts[-2] if len(drafts) > 1 else ""
    now = played[-1].act.at
    built = f"{folder}/build/{newest}"
    clause = _new_clause(desk, newest)
    commands = [
        ("where everything stands", f"accord status --repo {folder} --now {now}"),
        ("what changed, clause by clause", f"accord diff {before} {newest} --repo {folder}"),
        ("where a clause came from", f"accord provenance {clause} --repo {folder}"),
        ("recompute every decision", f"accord verify --repo {folder}"),
    ]
    lines = [
        "",
        f"{len(played)} acts were played: {received} contributions received, {len(refused)} refusals met.",
        f"Drafts tagged: {', '.join(drafts)}. All entities, people and letters are invented.",
        "",
        f"The tagged draft   {newest}, in {folder}",
        f"Its documents      {built}/",
        f"Its redline        {built}/ (against {before})",
        "",
        "To look further:",
        *(f"  {command:<70}  {what}" for what, command in commands),
    ]
    data = {
        "folder": folder,
        "until": until,
        "drafts": drafts,
        "contributions": received,
        "refusals": len(refused),
        "documents": built,
        "commands": [command for _, command in commands],
    }
    return "\n".join(lines), data


def _new_clause(desk: Desk, draft: str) -> str:
    """The id of a clause that entered the text in the last round, for an example."""
    from accord.application.cases import Cases
    from accord.domain.record.events import Incorporated

    chronicle = desk.chronicle()
    del draft
    acts = [event for event in chronicle.everything() if isinstance(event, Incorporated)]
    state = Cases(chronicle, desk.now).world.at(desk.now).agreed
    for act in reversed(acts):
        for entry in act.effect:
            id_ = act.ids.get(entry.id, entry.id)
            if entry.gets is not None and id_ in state.by_id and entry.path.startswith("opinions/"):
                return id_
    return state.clauses[-1].id
