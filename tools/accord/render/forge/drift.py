"""Words for what somebody changed by hand and the tool put back."""

from __future__ import annotations

from collections.abc import Mapping

from accord.domain.forge.plan import (
    Action,
    AddLabels,
    DeleteComment,
    Drift,
    EditComment,
    PostComment,
    RemoveLabel,
)

NOTES: Mapping[Drift, str] = {
    "labels": "Labels set by hand were put back.",
    "status": "A status set by hand was put back.",
    "comment": "This comment had been edited by hand and was put right.",
}


def action_line(action: Action) -> str:
    """One thing that is written, for the report of the run."""
    match action:
        case AddLabels():
            return f"labels added: {', '.join(action.labels)}"
        case RemoveLabel():
            return f"label taken away: {action.label}"
        case PostComment():
            return "status comment written" if action.status else "answered what did not count"
        case EditComment():
            return "status comment brought up to date"
        case DeleteComment():
            return "second status comment of our own deleted"
        case _:
            return f"status of {action.commit[:12]} set to {action.gate.state}: {action.gate.description}"
