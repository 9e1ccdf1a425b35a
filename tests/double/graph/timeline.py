"""What happened to a pull request or an issue, besides what was said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tests.double.clock import stamp
from tests.double.core import node_id
from tests.double.graph.accounts import actor
from tests.double.graph.values import Asking, Connection, Node, Told, build, builds
from tests.double.state import Comment, Happening, Review, Topic

HAPPENINGS = {
    "HEAD_REF_FORCE_PUSHED_EVENT": "HeadRefForcePushedEvent",
    "BASE_REF_CHANGED_EVENT": "BaseRefChangedEvent",
    "COMMENT_DELETED_EVENT": "CommentDeletedEvent",
    "REVIEW_DISMISSED_EVENT": "ReviewDismissedEvent",
    "CLOSED_EVENT": "ClosedEvent",
    "REOPENED_EVENT": "ReopenedEvent",
    "MERGED_EVENT": "MergedEvent",
    "RENAMED_TITLE_EVENT": "RenamedTitleEvent",
}
TALK = {"ISSUE_COMMENT": Comment, "PULL_REQUEST_REVIEW": Review}


def timeline(asking: Asking, topic: Topic, asked: Mapping[str, Any]) -> Connection:
    """The entries of the kinds asked for, oldest first."""
    kinds = asked.get("itemTypes")
    if kinds is None:
        raise Told("UNMODELLED", "UNMODELLED timelineItems without itemTypes")
    if unknown := [kind for kind in kinds if kind not in HAPPENINGS and kind not in TALK]:
        raise Told("UNMODELLED", f"UNMODELLED timelineItems of {', '.join(unknown)}")
    wanted = {HAPPENINGS[kind] for kind in kinds if kind in HAPPENINGS}
    found: list[Any] = [one for one in topic.timeline if one.kind in wanted]
    if "ISSUE_COMMENT" in kinds:
        found += topic.comments
    if "PULL_REQUEST_REVIEW" in kinds:
        found += getattr(topic, "reviews", [])
    if since := asked.get("since"):
        start = datetime.fromisoformat(since)
        found = [one for one in found if _moment(one) >= start]
    return Connection(
        things=found,
        node=lambda one: build(asking, one),
        key=lambda one: (stamp(_moment(one)), one.id),
        more={"filteredCount": len(found), "pageCount": len(found), "updatedAt": stamp(topic.updated)},
    )


def _moment(one: Any) -> datetime:
    if isinstance(one, Happening):
        return one.at
    moment: datetime = one.submitted if isinstance(one, Review) else one.words.created
    return moment


@builds(Happening)
def happening(asking: Asking, one: Happening) -> Node:
    """An entry of the timeline."""
    fields: dict[str, Any] = {
        "id": node_id(one),
        "createdAt": stamp(one.at),
        "actor": lambda: actor(asking, one.actor),
    }
    return Node(one.kind, {**fields, **_more(asking, one)})


def _more(asking: Asking, one: Happening) -> dict[str, Any]:
    """What the kinds have besides."""
    match one.kind:
        case "HeadRefForcePushedEvent":
            return {"beforeCommit": _commit(one.before), "afterCommit": _commit(one.after), "ref": None}
        case "BaseRefChangedEvent":
            return {"previousRefName": one.before, "currentRefName": one.after, "databaseId": one.id}
        case "RenamedTitleEvent":
            return {"previousTitle": one.before, "currentTitle": one.after}
        case "CommentDeletedEvent":
            return {"deletedCommentAuthor": lambda: actor(asking, one.author), "databaseId": one.id}
        case "ReviewDismissedEvent":
            return {
                "previousReviewState": one.before,
                "dismissalMessage": one.message or None,
                "review": lambda: build(asking, one.review) if one.review else None,
                "databaseId": one.id,
            }
        case "MergedEvent":
            return {"commit": _commit(one.after)}
        case _:
            return {"stateReason": None}


def _commit(sha: str | None) -> Node | None:
    return None if sha is None else Node("Commit", {"oid": sha, "abbreviatedOid": sha[:7]})
