"""Pull requests, issues, comments and reviews in GraphQL."""

from __future__ import annotations

from typing import Any

from tests.double.clock import stamp, stamp_or_none
from tests.double.core import node_id
from tests.double.graph.accounts import actor
from tests.double.graph.commits import commit_at, commits_of
from tests.double.graph.repositories import repository
from tests.double.graph.timeline import timeline
from tests.double.graph.values import Asking, Connection, Node, builds, listed
from tests.double.rest.shapes import association, web
from tests.double.rest.shapes_topics import changed_files
from tests.double.state import Comment, Edit, Label, Pull, Review, Topic, Words

_CHANGES = {"A": "ADDED", "M": "MODIFIED", "D": "DELETED", "T": "CHANGED"}


def worded(asking: Asking, words: Words) -> dict[str, Any]:
    """What every text has: its author, its body, and its history, newest wording first."""
    edited = words.edited
    return {
        "author": lambda: actor(asking, words.author),
        "body": words.text,
        "createdAt": stamp(words.created),
        "lastEditedAt": stamp(edited.at) if edited else None,
        "editor": lambda: actor(asking, edited.editor) if edited else None,
        "includesCreatedEdit": edited is not None,
        "viewerDidAuthor": words.author is asking.token.account,
        "userContentEdits": lambda **_: listed(asking, words.edits, down=True),
    }


@builds(Edit)
def edit(asking: Asking, one: Edit) -> Node:
    """A wording: `diff` is the whole text as it then read; null once it was taken out of the history."""
    fields = {
        "id": f"UCE_{one.id}",
        "createdAt": stamp(one.at),
        "editedAt": stamp(one.at),
        "updatedAt": stamp(one.deleted or one.at),
        "deletedAt": stamp_or_none(one.deleted),
        "editor": actor(asking, one.editor),
        "diff": None if one.deleted else one.text,
    }
    return Node("UserContentEdit", fields)


@builds(Topic)
def issue(asking: Asking, topic: Topic) -> Node:
    """An issue."""
    page = f"{web(asking.world, topic.repository)}/issues/{topic.number}"
    fields = {"__typename": "Issue", "state": topic.state.upper(), "url": page, "stateReason": None}
    return Node("Issue", {**_topic(asking, topic), **fields})


@builds(Pull)
def pull_request(asking: Asking, pull: Pull) -> Node:
    """A pull request."""
    home, head = pull.repository, pull.head_repository
    fields = {
        "state": "MERGED" if pull.merged else pull.state.upper(),
        "url": f"{web(asking.world, home)}/pull/{pull.number}",
        "isDraft": pull.draft,
        "merged": pull.merged is not None,
        "mergedAt": stamp_or_none(pull.merged),
        "mergedBy": lambda: actor(asking, pull.merged_by),
        "mergeCommit": lambda: commit_at(asking, home, pull.merge_sha) if pull.merge_sha else None,
        "mergeable": "UNKNOWN",
        "reviewDecision": None,
        "maintainerCanModify": False,
        "baseRefName": pull.base,
        "baseRefOid": pull.base_sha,
        "headRefName": pull.head_ref,
        "headRefOid": pull.head,
        "isCrossRepository": head is not home,
        "headRepository": lambda: repository(asking, head) if head and not head.deleted else None,
        "headRepositoryOwner": lambda: actor(asking, pull.head_owner),
        "reviews": lambda **asked: listed(asking, _asked_reviews(pull, **asked)),
        "reviewThreads": lambda **_: listed(asking, pull.threads),
        "commits": lambda **asked: commits_of(asking, pull, asked),
        "files": lambda **_: _files(asking, pull),
        "changedFiles": lambda: len(changed_files(asking.world, pull)),
    }
    return Node("PullRequest", {**_topic(asking, pull), **fields})


def _topic(asking: Asking, topic: Topic) -> dict[str, Any]:
    home = topic.repository
    return {
        **worded(asking, topic.body),
        "id": node_id(topic),
        "fullDatabaseId": str(topic.id),
        "databaseId": topic.id,
        "number": topic.number,
        "title": topic.title,
        "locked": topic.locked,
        "updatedAt": stamp(topic.updated),
        "closed": topic.state == "closed",
        "closedAt": stamp_or_none(topic.closed),
        "authorAssociation": association(home, topic.author),
        "repository": lambda: repository(asking, home),
        "labels": lambda **_: listed(asking, [asking.world.label(home, one) for one in topic.labels]),
        "comments": lambda **_: listed(asking, topic.comments),
        "timelineItems": lambda **asked: timeline(asking, topic, asked),
        "_repository": home,
    }


@builds(Label)
def label(_asking: Asking, one: Label) -> Node:
    """A label."""
    known = {"id": f"LA_{one.id}", "name": one.name, "color": one.color, "description": one.description}
    return Node("Label", known)


@builds(Comment)
def comment(asking: Asking, one: Comment) -> Node:
    """A comment."""
    topic = one.topic
    kind = "pull" if isinstance(topic, Pull) else "issues"
    fields = {
        "id": node_id(one),
        "fullDatabaseId": str(one.id),
        "databaseId": one.id,
        "updatedAt": stamp(one.updated),
        "authorAssociation": association(topic.repository, one.words.author),
        "isMinimized": one.minimized,
        "url": f"{web(asking.world, topic.repository)}/{kind}/{topic.number}#issuecomment-{one.id}",
        "issue": lambda: issue(asking, topic),
        "pullRequest": lambda: pull_request(asking, topic) if isinstance(topic, Pull) else None,
    }
    return Node("IssueComment", {**worded(asking, one.words), **fields})


@builds(Review)
def review(asking: Asking, one: Review) -> Node:
    """A review."""
    home = one.pull.repository
    fields = {
        "id": node_id(one),
        "fullDatabaseId": str(one.id),
        "databaseId": one.id,
        "state": one.state,
        "submittedAt": stamp(one.submitted),
        "updatedAt": stamp(one.updated),
        "authorAssociation": association(home, one.words.author),
        "authorCanPushToRepository": home.may_write(one.words.author),
        "commit": lambda: commit_at(asking, home, one.commit) if one.commit else None,
        "url": f"{web(asking.world, home)}/pull/{one.pull.number}#pullrequestreview-{one.id}",
        "pullRequest": lambda: pull_request(asking, one.pull),
    }
    return Node("PullRequestReview", {**worded(asking, one.words), **fields})


def _asked_reviews(
    pull: Pull, states: list[str] | None = None, author: str | None = None, **_: Any
) -> list[Review]:
    return [
        one
        for one in pull.reviews
        if (states is None or one.state in states) and (author is None or one.words.author.login == author)
    ]


def _files(asking: Asking, pull: Pull) -> Connection:
    def node(one: tuple[str, str]) -> Node:
        known = {"path": one[1], "changeType": _CHANGES[one[0]], "additions": 0, "deletions": 0}
        return Node("PullRequestChangedFile", known)

    return Connection(things=changed_files(asking.world, pull), node=node, key=lambda one: (one[1],))
