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
            return f"add the labels {', '.join(action.labels)}"
        case RemoveLabel():
            return f"take the label {action.label} away"
        case PostComment():
            return "write the status comment" if action.status else "answer what did not count"
        case EditComment():
            return "bring the status comment up to date"
        case DeleteComment():
            return "delete a second status comment of our own"
        case _:
            return f"set the status of {action.commit[:12]} to {action.gate.state}: {action.gate.description}"
