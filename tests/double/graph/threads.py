"""Threads of remarks on lines."""

from __future__ import annotations

from tests.double.clock import stamp
from tests.double.core import node_id
from tests.double.graph.accounts import actor
from tests.double.graph.commits import commit_at
from tests.double.graph.topics import review, worded
from tests.double.graph.values import Asking, Node, builds, listed
from tests.double.rest.shapes import association, web
from tests.double.state import Remark, Thread


@builds(Thread)
def thread(asking: Asking, one: Thread) -> Node:
    """A thread."""
    fields = {
        "id": node_id(one),
        "isResolved": one.resolved,
        "isOutdated": one.line is None,
        "isCollapsed": one.resolved,
        "resolvedBy": lambda: actor(asking, one.resolved_by),
        "path": one.path,
        "line": one.line,
        "originalLine": one.line,
        "comments": lambda **_: listed(asking, one.remarks),
    }
    return Node("PullRequestReviewThread", fields)


@builds(Remark)
def remark(asking: Asking, one: Remark) -> Node:
    """A comment in a thread."""
    home = one.thread.pull.repository
    fields = {
        "id": node_id(one),
        "fullDatabaseId": str(one.id),
        "databaseId": one.id,
        "updatedAt": stamp(one.updated),
        "path": one.thread.path,
        "line": one.thread.line,
        "authorAssociation": association(home, one.words.author),
        "commit": lambda: commit_at(asking, home, one.thread.pull.head),
        "originalCommit": lambda: commit_at(asking, home, one.thread.commit),
        "pullRequestReview": lambda: review(asking, one.review) if one.review else None,
        "replyTo": lambda: remark(asking, one.reply_to) if one.reply_to else None,
        "url": f"{web(asking.world, home)}/pull/{one.thread.pull.number}#discussion_r{one.id}",
        "state": "SUBMITTED",
        "isMinimized": False,
    }
    return Node("PullRequestReviewComment", {**worded(asking, one.words), **fields})
