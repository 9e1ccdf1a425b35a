"""The operations of REST that the double models, and what each of them is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode

from tests.double.state import Account, Pull, Repository, Token, Topic
from tests.double.world import World

Thing = TypeVar("Thing")
Answered = tuple[int, Any]
DOCS = "https://docs.github.com/rest"


class Refused(Exception):
    """An answer that is no success."""

    def __init__(self, status: int, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"message": message, "documentation_url": DOCS, "status": str(status), **more}


def not_found() -> Refused:
    """What is not there, or not for the one who asks."""
    return Refused(404, "Not Found")


def invalid(resource: str, code: str, name: str, message: str | None = None) -> Refused:
    """A value that GitHub does not take."""
    error = {"resource": resource, "code": code, "field": name} | ({"message": message} if message else {})
    return Refused(422, "Validation Failed", errors=[error])


@dataclass(slots=True, kw_only=True)
class Request:
    """One call: on which repository, by whom, with what; ``link`` collects the header for further pages."""

    world: World
    at: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    token: Token | None
    url: str
    place: Repository | None = None
    raw: bytes = b""
    content_type: str = ""
    link: list[str] = field(default_factory=list)

    @property
    def repository(self) -> Repository:
        """The repository of the path."""
        if self.place is None:
            raise not_found()
        return self.place

    @property
    def me(self) -> Account:
        """Who calls."""
        if self.token is None:
            raise Refused(401, "Requires authentication")
        return self.token.account

    @property
    def topic(self) -> Topic:
        """The issue or pull request of the path."""
        number = self.at.get("issue_number") or self.at["pull_number"]
        found = self.repository.topics.get(int(number)) if number.isdigit() else None
        if found is None:
            raise not_found()
        return found

    @property
    def pull(self) -> Pull:
        """The pull request of the path."""
        if not isinstance(found := self.topic, Pull):
            raise not_found()
        return found

    def page(self, things: Iterable[Thing], shape: Callable[[World, Thing], Any]) -> list[Any]:
        """One page of things, in their shape."""
        found: Sequence[Thing] = list(things)
        size = max(1, min(int(self.query.get("per_page", 30)), 100))
        number = max(1, int(self.query.get("page", 1)))
        last = max(1, -(-len(found) // size))
        if number < last:
            self.link += [self._to(number + 1, "next"), self._to(last, "last")]
        if number > 1:
            self.link += [self._to(1, "first"), self._to(number - 1, "prev")]
        return [shape(self.world, one) for one in found[(number - 1) * size : number * size]]

    def _to(self, page: int, rel: str) -> str:
        return f'<{self.url}?{urlencode({**self.query, "page": page})}>; rel="{rel}"'


Handler = Callable[[Request], Answered]
OPERATIONS: dict[str, Handler] = {}


def operation(name: str) -> Callable[[Handler], Handler]:
    """Register the answer to an operation."""

    def register(handler: Handler) -> Handler:
        OPERATIONS[name] = handler
        return handler

    return register
