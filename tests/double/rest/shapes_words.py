"""Comments, reviews and remarks as REST shows them."""

from __future__ import annotations

from tests.double.clock import stamp
from tests.double.core import node_id
from tests.double.rest.shapes import Shape, account, account_or_null, api, association, reactions, web
from tests.double.state import Comment, Pull, Remark, Review
from tests.double.world import World


def comment(world: World, one: Comment) -> Shape:
    """A comment."""
    topic, home = one.topic, one.topic.repository
    kind = "pull" if isinstance(topic, Pull) else "issues"
    at = f"{api(world, home)}/issues/comments/{one.id}"
    return world.poison.shape(
        "issue-comment",
        id=one.id,
        node_id=node_id(one),
        url=at,
        reactions=reactions(at),
        issue_url=f"{api(world, home)}/issues/{topic.number}",
        html_url=f"{web(world, home)}/{kind}/{topic.number}#issuecomment-{one.id}",
        user=account(world, one.words.author),
        body=one.words.text,
        created_at=stamp(one.words.created),
        updated_at=stamp(one.updated),
        author_association=association(home, one.words.author),
        performed_via_github_app=None,
    )


def review(world: World, one: Review) -> Shape:
    """A review."""
    home, number = one.pull.repository, one.pull.number
    page = f"{web(world, home)}/pull/{number}#pullrequestreview-{one.id}"
    pull = f"{api(world, home)}/pulls/{number}"
    return world.poison.shape(
        "pull-request-review",
        id=one.id,
        node_id=node_id(one),
        user=account_or_null(world, one.words.author),
        body=one.words.text,
        state=one.state,
        commit_id=one.commit,
        submitted_at=stamp(one.submitted),
        html_url=page,
        pull_request_url=pull,
        author_association=association(home, one.words.author),
        _links={"html": {"href": page}, "pull_request": {"href": pull}},
    )


def remark(world: World, one: Remark) -> Shape:
    """A comment on a line."""
    thread, home = one.thread, one.thread.pull.repository
    number = thread.pull.number
    page = f"{web(world, home)}/pull/{number}#discussion_r{one.id}"
    at, pull = f"{api(world, home)}/pulls/comments/{one.id}", f"{api(world, home)}/pulls/{number}"
    more = {} if one.reply_to is None else {"in_reply_to_id": one.reply_to.id}
    return world.poison.shape(
        "pull-request-review-comment",
        id=one.id,
        node_id=node_id(one),
        url=at,
        html_url=page,
        pull_request_url=pull,
        pull_request_review_id=None if one.review is None else one.review.id,
        user=account(world, one.words.author),
        body=one.words.text,
        path=thread.path,
        line=thread.line,
        position=thread.line,
        original_line=thread.line,
        original_position=thread.line or 1,
        start_line=None,
        original_start_line=None,
        side="RIGHT",
        start_side=None,
        subject_type="line",
        reactions=reactions(at),
        commit_id=thread.pull.head,
        original_commit_id=thread.commit,
        created_at=stamp(one.words.created),
        updated_at=stamp(one.updated),
        author_association=association(home, one.words.author),
        _links={"self": {"href": at}, "html": {"href": page}, "pull_request": {"href": pull}},
        **more,
    )
