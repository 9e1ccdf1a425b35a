"""One GraphQL request: checked against the schema, reckoned, charged, executed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import DocumentNode, GraphQLError, execute_sync, parse, validate
from graphql.language import OperationDefinitionNode, OperationType

from tests.double.faults import Answer, Fault
from tests.double.graph import commits, query, repositories, threads, timeline, topics
from tests.double.graph.cost import Reckoning, reckon
from tests.double.graph.schema import schema
from tests.double.graph.values import Asking, Connection, Node, Told
from tests.double.permissions import holds
from tests.double.state import Token
from tests.double.world import World

MODULES = (commits, query, repositories, threads, timeline, topics)

NEEDS = {
    ("Repository", "pullRequests"): ("pull_requests",),
    ("Repository", "pullRequest"): ("pull_requests",),
    ("Repository", "issues"): ("issues",),
    ("Repository", "issue"): ("issues",),
    ("Repository", "issueOrPullRequest"): ("issues", "pull_requests"),
    ("Repository", "object"): ("contents",),
    ("Repository", "ref"): ("contents",),
    ("Commit", "status"): ("statuses",),
    ("Commit", "checkSuites"): ("checks",),
    ("Commit", "statusCheckRollup"): ("statuses", "checks"),
}
"""Field → the permissions to read of which one is enough."""


class Asked:
    """A request as it came: its document, its name, and what its pages amount to."""

    def __init__(self, world: World, sent: Mapping[str, Any]) -> None:
        self.variables: dict[str, Any] = dict(sent.get("variables") or {})
        self.errors: list[dict[str, Any]] = []
        self.document: DocumentNode | None = None
        self.reckoning = Reckoning()
        self.name = str(sent.get("operationName") or "")
        self.mutates = False
        try:
            self.document = parse(str(sent["query"]))
        except GraphQLError as error:
            self._wrong(world, [error])
            return
        for one in self.document.definitions:
            if isinstance(one, OperationDefinitionNode):
                self.name = self.name or (one.name.value if one.name else "")
                self.mutates = self.mutates or one.operation is OperationType.MUTATION
        if found := validate(schema(), self.document):
            self._wrong(world, found)
            return
        self.reckoning = reckon(schema(), self.document, self.variables)
        self.errors += [{"type": kind, "message": said} for kind, said in self.reckoning.problems]

    def _wrong(self, world: World, errors: list[GraphQLError]) -> None:
        """A query that GitHub would not take is a mistake in the program."""
        world.violations += [f"graphql {self.name}: {error.message}" for error in errors]
        self.errors += [{"message": error.message} for error in errors]


def execute(world: World, token: Token, asked: Asked, faults: list[Fault]) -> Answer:
    """The answer; errors come with HTTP 200."""
    if asked.errors or asked.document is None:
        return Answer(status=200, body={"errors": asked.errors})
    for fault in faults:
        if fault.largest_first is not None and asked.reckoning.largest > fault.largest_first:
            error = {
                "type": "RESOURCE_LIMITS_EXCEEDED",
                "message": "Resource limits for this query exceeded.",
            }
            return Answer(status=200, body={"data": {"repository": None}, "errors": [error]})
    asking = Asking(world=world, token=token, nodes=asked.reckoning.nodes, cost=asked.reckoning.points)
    result = execute_sync(
        schema(),
        asked.document,
        context_value=asking,
        variable_values=asked.variables,
        operation_name=asked.name or None,
        field_resolver=_resolve,
        type_resolver=lambda value, _info, _type: value.typename,
    )
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body["errors"] = [_shown(world, error) for error in result.errors]
    return Answer(status=200, body=body)


def _resolve(source: Any, info: Any, **arguments: Any) -> Any:
    asking: Asking = info.context
    name = info.field_name
    if source is None:
        source = query.root(asking)
    if info.operation.operation is OperationType.MUTATION or name not in source.fields:
        raise Told("UNMODELLED", f"UNMODELLED {info.parent_type.name}.{name}")
    _allowed(asking, source, info)
    value = source.fields[name]
    if callable(value):
        value = value(**arguments)
    return value.page(arguments) if isinstance(value, Connection) else value


def _allowed(asking: Asking, source: Node, info: Any) -> None:
    needed = NEEDS.get((info.parent_type.name, info.field_name))
    if needed is None:
        return
    home = source.fields["_repository"]
    if not any(holds(asking.token, home, one, "read") for one in needed):
        raise Told("FORBIDDEN", "Resource not accessible by integration")


def _shown(world: World, error: GraphQLError) -> dict[str, Any]:
    cause = error.original_error if isinstance(error.original_error, Told) else error
    shown = dict(error.formatted)
    shown.pop("extensions", None)
    if isinstance(cause, Told):
        if cause.kind == "UNMODELLED":
            world.violations.append(cause.message)
        return {"type": cause.kind, **shown}
    if error.original_error is not None:
        world.violations.append(f"graphql: {error.original_error!r}")
    return shown
