"""What a query may cost: GitHub's published arithmetic of nodes and points, and the bounds of pages.

A connection below others is asked for once for each node above it; each request of a connection counts one, a hundred
make a point. Nodes are counted the same way; more than half a million are refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import DocumentNode, GraphQLSchema, get_named_type
from graphql.language import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
)

MOST_NODES = 500_000
LARGEST_PAGE = 100


@dataclass(slots=True)
class Reckoning:
    """What a query asks for at most."""

    nodes: int = 0
    requests: int = 0
    largest: int = 0
    problems: tuple[tuple[str, str], ...] = ()

    @property
    def points(self) -> int:
        """What it costs."""
        return max(1, round(self.requests / 100))


@dataclass(frozen=True, slots=True)
class _Page:
    name: str
    sizes: Mapping[str, Any]
    times: int
    connection: bool


def reckon(schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]) -> Reckoning:
    """The cost of a query, and what is wrong with its pages."""
    found = Reckoning()
    problems = []
    fragments = {
        one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
    }
    for operation in document.definitions:
        if not isinstance(operation, OperationDefinitionNode):
            continue
        values = _defaults(operation) | dict(variables)
        root = schema.get_root_type(operation.operation)
        for page in _pages(schema, operation.selection_set, root, fragments, values, 1):
            size = next((size for size in page.sizes.values() if size is not None), None)
            if not page.connection:
                continue
            if size is None:
                problems.append(_unbounded(page.name))
                continue
            problems += [
                _too_large(page.name, word, size) for word, size in page.sizes.items() if not _fits(size)
            ]
            found.requests += page.times
            found.nodes += page.times * int(size)
            found.largest = max(found.largest, int(size))
    if found.nodes > MOST_NODES:
        said = f"This query requests up to {found.nodes:,} possible nodes which exceeds the maximum limit of 500,000."
        problems.append(("MAX_NODE_LIMIT_EXCEEDED", said))
    found.problems = tuple(problems)
    return found


def _pages(
    schema: GraphQLSchema,
    selection: SelectionSetNode,
    parent: Any,
    fragments: Mapping[str, FragmentDefinitionNode],
    values: Mapping[str, Any],
    times: int,
) -> Iterator[_Page]:
    for one in selection.selections:
        if isinstance(one, FragmentSpreadNode):
            fragment = fragments[one.name.value]
            kind = schema.get_type(fragment.type_condition.name.value)
            yield from _pages(schema, fragment.selection_set, kind, fragments, values, times)
        elif isinstance(one, InlineFragmentNode):
            kind = schema.get_type(one.type_condition.name.value) if one.type_condition else parent
            yield from _pages(schema, one.selection_set, kind, fragments, values, times)
        elif isinstance(one, FieldNode) and one.selection_set:
            kind = _type_of(parent, one.name.value)
            sizes = _sizes(one, values)
            connection = kind is not None and kind.name.endswith("Connection")
            yield _Page(one.name.value, sizes, times, connection)
            size = next((size for size in sizes.values() if size is not None), 1)
            deeper = times * int(size) if connection else times
            yield from _pages(schema, one.selection_set, kind, fragments, values, deeper)


def _type_of(parent: Any, name: str) -> Any:
    described = getattr(parent, "fields", {}).get(name)
    return get_named_type(described.type) if described else None


def _sizes(field: FieldNode, values: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for argument in field.arguments or ():
        if argument.name.value in ("first", "last"):
            if isinstance(argument.value, VariableNode):
                found[argument.name.value] = values.get(argument.value.name.value)
            elif isinstance(argument.value, IntValueNode):
                found[argument.name.value] = int(argument.value.value)
    return found


def _defaults(operation: OperationDefinitionNode) -> dict[str, Any]:
    return {
        one.variable.name.value: int(one.default_value.value)
        for one in operation.variable_definitions or ()
        if isinstance(one.default_value, IntValueNode)
    }


def _fits(size: Any) -> bool:
    return size is None or 1 <= int(size) <= LARGEST_PAGE


def _unbounded(name: str) -> tuple[str, str]:
    said = f"You must provide a `first` or `last` value to properly paginate the `{name}` connection."
    return "MISSING_PAGINATION_BOUNDARIES", said


def _too_large(name: str, word: str, size: Any) -> tuple[str, str]:
    said = f"Requesting {size} records on the `{name}` connection exceeds the `{word}` limit of 100 records."
    return "EXCESSIVE_PAGINATION", said
