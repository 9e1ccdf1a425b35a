"""Pull requests, issues, comments and reviews as REST shows them."""

from __future__ import annotations

from typing import Any

from tests.double.clock import stamp, stamp_or_none
from tests.double.core import node_id
from tests.double.rest.shapes import (
    Shape,
    account,
    account_or_null,
    api,
    association,
    label,
    reactions,
    repository,
    web,
)
from tests.double.state import Pull, Topic
from tests.double.world import World


def pull_item(world: World, pull: Pull) -> Shape:
    """A pull request in a list."""
    return world.poison.fitting("pull-request-simple", _pull(world, pull))


def pull_whole(world: World, pull: Pull) -> Shape:
    """A pull request by itself."""
    merged_by = account_or_null(world, pull.merged_by)
    counts = {"commits": 1, "additions": 0, "deletions": 0, "changed_files": len(changed_files(world, pull))}
    return world.poison.shape(
        "pull-request",
        **_pull(world, pull),
        **counts,
        comments=len(pull.comments),
        review_comments=sum(len(thread.remarks) for thread in pull.threads),
        merged=pull.merged is not None,
        merged_by=merged_by,
        mergeable=None,
        mergeable_state="unknown",
        maintainer_can_modify=False,
    )


def changed_files(world: World, pull: Pull) -> list[tuple[str, str]]:
    """Status letter and path of each file a pull request changes."""
    bare = world.bare(pull.repository)
    shown = bare.git("diff", "--name-status", "--no-renames", "-z", f"{pull.base_sha}...{pull.head}")
    parts = shown.split("\0")
    return list(zip(parts[0::2], parts[1::2], strict=False))


def _pull(world: World, pull: Pull) -> Shape:
    at = f"{api(world, pull.repository)}/pulls/{pull.number}"
    issue = f"{api(world, pull.repository)}/issues/{pull.number}"
    page = f"{web(world, pull.repository)}/pull/{pull.number}"
    statuses = f"{api(world, pull.repository)}/statuses/{pull.head}"
    links = {
        "self": at,
        "html": page,
        "issue": issue,
        "comments": f"{issue}/comments",
        "statuses": statuses,
        "review_comments": f"{at}/comments",
        "review_comment": f"{api(world, pull.repository)}/pulls/comments{{/number}}",
        "commits": f"{at}/commits",
    }
    return {
        **_topic(world, pull),
        "url": at,
        "html_url": page,
        "diff_url": f"{page}.diff",
        "patch_url": f"{page}.patch",
        "issue_url": issue,
        "commits_url": links["commits"],
        "review_comments_url": links["review_comments"],
        "review_comment_url": links["review_comment"],
        "comments_url": links["comments"],
        "statuses_url": statuses,
        "labels": [label(world, pull.repository, world.label(pull.repository, one)) for one in pull.labels],
        "draft": pull.draft,
        "merged_at": stamp_or_none(pull.merged),
        "merge_commit_sha": pull.merge_sha,
        "requested_reviewers": [],
        "requested_teams": [],
        "auto_merge": None,
        "head": _head(world, pull),
        "base": _base(world, pull),
        "_links": {name: {"href": href} for name, href in links.items()},
    }


def _head(world: World, pull: Pull) -> Shape:
    home, owner = pull.head_repository, pull.head_owner
    return {
        "label": None if owner.deleted else f"{owner.login}:{pull.head_ref}",
        "ref": pull.head_ref,
        "sha": pull.head,
        "user": account_or_null(world, owner),
        "repo": None if home is None or home.deleted else repository(world, home),
    }


def _base(world: World, pull: Pull) -> Shape:
    home = pull.repository
    return {
        "label": f"{home.owner.login}:{pull.base}",
        "ref": pull.base,
        "sha": pull.base_sha,
        "user": account(world, home.owner),
        "repo": repository(world, home),
    }


def _topic(world: World, topic: Topic) -> Shape:
    """What issues and pull requests have in common."""
    return {
        "id": topic.id,
        "node_id": node_id(topic),
        "number": topic.number,
        "state": topic.state,
        "locked": topic.locked,
        "title": topic.title,
        "body": topic.body.text or None,
        "user": account(world, topic.author),
        "author_association": association(topic.repository, topic.author),
        "assignee": None,
        "assignees": [],
        "milestone": None,
        "created_at": stamp(topic.created),
        "updated_at": stamp(topic.updated),
        "closed_at": stamp_or_none(topic.closed),
    }


def issue(world: World, topic: Topic) -> Shape:
    """An issue, or a pull request in the list of issues."""
    home = topic.repository
    at = f"{api(world, home)}/issues/{topic.number}"
    kind = "pull" if isinstance(topic, Pull) else "issues"
    page = f"{web(world, home)}/{kind}/{topic.number}"
    more: dict[str, Any] = {}
    if isinstance(topic, Pull):
        pull = f"{api(world, home)}/pulls/{topic.number}"
        more["pull_request"] = {
            "url": pull,
            "html_url": page,
            "diff_url": f"{page}.diff",
            "patch_url": f"{page}.patch",
            "merged_at": stamp_or_none(topic.merged),
        }
        more["draft"] = topic.draft
    return world.poison.shape(
        "issue",
        **_topic(world, topic),
        **more,
        url=at,
        html_url=page,
        repository_url=api(world, home),
        comments_url=f"{at}/comments",
        events_url=f"{at}/events",
        labels_url=f"{at}/labels{{/name}}",
        timeline_url=f"{at}/timeline",
        comments=len(topic.comments),
        labels=[label(world, home, world.label(home, one)) for one in topic.labels],
        closed_by=None if topic.closed_by is None else account(world, topic.closed_by),
        state_reason="completed" if topic.state == "closed" else None,
        active_lock_reason=None,
        performed_via_github_app=None,
        reactions=reactions(at),
    )
