"""Issues and comments."""

from __future__ import annotations

from datetime import datetime

from tests.double.rest.pulls import change_state, ordered
from tests.double.rest.registry import Answered, Refused, Request, invalid, not_found, operation
from tests.double.rest.shapes_topics import issue
from tests.double.rest.shapes_words import comment
from tests.double.state import Comment

LONGEST = 65_536


@operation("issues/list-for-repo")
def issues_list_for_repo(request: Request) -> Answered:
    """Issues and pull requests alike, as GitHub does."""
    state, since = request.query.get("state", "open"), _since(request)
    wanted = [one.lower() for one in request.query.get("labels", "").split(",") if one]
    found = [
        one
        for one in request.repository.topics.values()
        if state in ("all", one.state)
        and (since is None or one.updated >= since)
        and set(wanted) <= {name.lower() for name in one.labels}
    ]
    return 200, request.page(ordered(found, request.query, "created"), issue)


@operation("issues/get")
def issues_get(request: Request) -> Answered:
    """One of them."""
    return 200, issue(request.world, request.topic)


@operation("issues/create")
def issues_create(request: Request) -> Answered:
    """Open one. Labels only from those who may label."""
    world, home, body = request.world, request.repository, request.body
    _short_enough(body.get("body"), "Issue")
    names = [one if isinstance(one, str) else one["name"] for one in body.get("labels", ())]
    labels = tuple(names) if home.may_write(request.me) or request.me is world.bot else ()
    made = world.open_issue(home, request.me, str(body["title"]), body.get("body") or "", labels)
    return 201, issue(world, made)


@operation("issues/update")
def issues_update(request: Request) -> Answered:
    """Title, description, state, labels."""
    world, topic, body = request.world, request.topic, request.body or {}
    _short_enough(body.get("body"), "Issue")
    world.edit(topic, by=request.me, title=body.get("title"), body=body.get("body"))
    change_state(request, topic, body.get("state"))
    return 200, issue(world, topic)


@operation("issues/list-comments")
def issues_list_comments(request: Request) -> Answered:
    """Oldest first."""
    since = _since(request)
    found = [one for one in request.topic.comments if since is None or one.updated >= since]
    return 200, request.page(found, comment)


@operation("issues/list-comments-for-repo")
def issues_list_comments_for_repo(request: Request) -> Answered:
    """Of all issues and pull requests, oldest first unless asked otherwise."""
    since, query = _since(request), request.query
    every = [one for topic in request.repository.topics.values() for one in topic.comments]
    found = [one for one in every if since is None or one.updated >= since]
    by_update, down = query.get("sort") == "updated", query.get("direction") == "desc" and "sort" in query
    found.sort(key=lambda one: (one.updated if by_update else one.words.created, one.id), reverse=down)
    return 200, request.page(found, comment)


@operation("issues/get-comment")
def issues_get_comment(request: Request) -> Answered:
    """One comment."""
    return 200, comment(request.world, _comment(request))


@operation("issues/create-comment")
def issues_create_comment(request: Request) -> Answered:
    """Comment on an issue or a pull request."""
    topic, text = request.topic, request.body["body"]
    _short_enough(text, "IssueComment")
    if not text.strip():
        raise invalid("IssueComment", "unprocessable", "data", "Body cannot be blank")
    if topic.locked and not request.repository.may_write(request.me) and request.me is not request.world.bot:
        raise Refused(403, "Unable to create comment because issue is locked.")
    return 201, comment(request.world, request.world.comment(topic, request.me, text))


@operation("issues/update-comment")
def issues_update_comment(request: Request) -> Answered:
    """Change a comment; also somebody else's, for who may write to the repository."""
    one = _changeable(request)
    _short_enough(request.body["body"], "IssueComment")
    request.world.edit_comment(one, request.body["body"], by=request.me)
    return 200, comment(request.world, one)


@operation("issues/delete-comment")
def issues_delete_comment(request: Request) -> Answered:
    """Delete a comment."""
    request.world.delete_comment(_changeable(request), by=request.me)
    return 204, None


def _changeable(request: Request) -> Comment:
    one = _comment(request)
    token = request.token
    mine = one.words.author is request.me
    if not mine and token and token.kind == "user" and not request.repository.may_write(request.me):
        raise Refused(403, "Must have admin rights to Repository.")
    return one


def _comment(request: Request) -> Comment:
    number = int(request.at["comment_id"])
    every = (one for topic in request.repository.topics.values() for one in topic.comments)
    found = next((one for one in every if one.id == number), None)
    if found is None:
        raise not_found()
    return found


def _since(request: Request) -> datetime | None:
    said = request.query.get("since")
    return None if said is None else datetime.fromisoformat(said)


def _short_enough(text: str | None, resource: str) -> None:
    if text is not None and len(text) > LONGEST:
        raise invalid(
            resource, "unprocessable", "data", f"body is too long (maximum is {LONGEST} characters)"
        )
