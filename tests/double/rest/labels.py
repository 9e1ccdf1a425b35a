"""Labels. Their names are the same whatever their case."""

from __future__ import annotations

from typing import Any

from tests.double.rest.registry import Answered, Request, invalid, not_found, operation
from tests.double.rest.shapes import label
from tests.double.state import Label
from tests.double.world import World


def _shape(request: Request) -> Any:
    home = request.repository
    return lambda world, one: label(world, home, one)


def _of_topic(request: Request) -> list[dict[str, Any]]:
    return request.page(
        (request.world.label(request.repository, one) for one in request.topic.labels), _shape(request)
    )


def _names(body: Any) -> list[str]:
    listed = body if isinstance(body, list) else (body or {}).get("labels", [])
    return [one if isinstance(one, str) else one["name"] for one in listed]


def _found(world: World, request: Request) -> Label:
    known = request.repository.labels.get(request.at["name"].lower())
    if known is None:
        raise not_found()
    return known


@operation("issues/list-labels-for-repo")
def issues_list_labels_for_repo(request: Request) -> Answered:
    """By name."""
    return 200, request.page((one for _, one in sorted(request.repository.labels.items())), _shape(request))


@operation("issues/get-label")
def issues_get_label(request: Request) -> Answered:
    """One label."""
    return 200, label(request.world, request.repository, _found(request.world, request))


@operation("issues/create-label")
def issues_create_label(request: Request) -> Answered:
    """A new label of the repository."""
    body = request.body
    if body["name"].lower() in request.repository.labels:
        raise invalid("Label", "already_exists", "name")
    if len(body["name"]) > 50:
        raise invalid("Label", "invalid", "name", "is too long (maximum is 50 characters)")
    if len(body.get("description") or "") > 100:
        raise invalid("Label", "invalid", "description", "is too long (maximum is 100 characters)")
    made = request.world.label(
        request.repository, body["name"], body.get("color", "ededed"), body.get("description")
    )
    return 201, label(request.world, request.repository, made)


@operation("issues/update-label")
def issues_update_label(request: Request) -> Answered:
    """Its name, colour or description; the name changes wherever it is worn."""
    one, home, body = _found(request.world, request), request.repository, request.body or {}
    if new := body.get("new_name"):
        home.labels.pop(one.name.lower())
        for topic in home.topics.values():
            topic.labels = [new if name == one.name else name for name in topic.labels]
        one.name = new
        home.labels[new.lower()] = one
    one.color = body.get("color", one.color)
    one.description = body.get("description", one.description)
    return 200, label(request.world, home, one)


@operation("issues/list-labels-on-issue")
def issues_list_labels_on_issue(request: Request) -> Answered:
    """What an issue or pull request wears."""
    return 200, _of_topic(request)


@operation("issues/add-labels")
def issues_add_labels(request: Request) -> Answered:
    """Put on more, making those that are not there."""
    for name in _names(request.body):
        request.world.set_label(request.topic, name, request.me)
    return 200, _of_topic(request)


@operation("issues/set-labels")
def issues_set_labels(request: Request) -> Answered:
    """Exactly these."""
    wanted = [request.world.label(request.repository, name).name for name in _names(request.body)]
    for name in [one for one in request.topic.labels if one not in wanted]:
        request.world.drop_label(request.topic, name, request.me)
    for name in wanted:
        request.world.set_label(request.topic, name, request.me)
    return 200, _of_topic(request)


@operation("issues/remove-label")
def issues_remove_label(request: Request) -> Answered:
    """Take one off; 404 when it is not on."""
    worn = {name.lower() for name in request.topic.labels}
    if request.at["name"].lower() not in worn:
        raise not_found()
    request.world.drop_label(request.topic, request.at["name"], request.me)
    return 200, _of_topic(request)
