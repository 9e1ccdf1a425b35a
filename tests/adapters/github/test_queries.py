"""Every query is one that GitHub's published schema takes, small enough, and never three levels of pages deep."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import parse, validate
from graphql.language import FieldNode, FragmentDefinitionNode, FragmentSpreadNode, OperationDefinitionNode

from accord.adapters.github import queries
from accord.adapters.github.queries import COMMIT, THREAD, WORDINGS, Unread, Wanted, follow_up, more
from tests.double.graph.cost import reckon
from tests.double.graph.schema import schema

PULL = [Unread("PR_1", "PullRequest", name, "c") for name in queries.PULL_CONNECTIONS]
ISSUE = [Unread("I_1", "Issue", name, "c") for name in queries.TOPIC_CONNECTIONS]
WORDED = [
    Unread("X_1", kind, "userContentEdits", "c")
    for kind in ("PullRequest", "Issue", "IssueComment", "PullRequestReview", "PullRequestReviewComment")
]
SUITES = [Unread("0" * 40, "Commit", "checkSuites", "c")]
SIZES = {"first": queries.OUTER, "inner": queries.INNER}


def wanted(*kinds: str, times: int = 1) -> str:
    return follow_up([Wanted(kind, f"{kind}-{n}") for kind in kinds for n in range(times)], "acme", "wtpf")[0]


EVERY = {
    "snapshot": queries.SNAPSHOT,
    "one pull request": queries.ONE_PULL,
    "one form": queries.ONE_FORM,
    **{
        f"more {one.type} {one.connection}": more([one], "a", "b")[0]
        for one in [*PULL, *ISSUE, *WORDED, *SUITES]
    },
    "more of all": more([*PULL, *ISSUE, *WORDED, *SUITES], "a", "b")[0],
    "wordings": wanted(WORDINGS),
    "threads": wanted(THREAD),
    "commits": wanted(COMMIT),
    "all that is followed": wanted(WORDINGS, THREAD, COMMIT, times=33),
}


def levels(query: str) -> int:
    """How many levels of pages lie in each other."""
    document = parse(query)
    fragments = {
        one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
    }

    def deepest(selection: Any) -> int:
        return max((depth(one) for one in selection.selections), default=0) if selection else 0

    def depth(one: Any) -> int:
        if isinstance(one, FragmentSpreadNode):
            return deepest(fragments[one.name.value].selection_set)
        own = isinstance(one, FieldNode) and any(
            argument.name.value in {"first", "last"} for argument in one.arguments or ()
        )
        return own + deepest(getattr(one, "selection_set", None))

    operations: Iterator[Any] = (
        one for one in document.definitions if isinstance(one, OperationDefinitionNode)
    )
    return max(deepest(one.selection_set) for one in operations)


@pytest.mark.parametrize("name", EVERY)
def test_a_query_is_one_that_the_schema_takes(name: str) -> None:
    assert validate(schema(), parse(EVERY[name])) == []


@pytest.mark.parametrize("name", EVERY)
def test_a_query_is_two_levels_deep_at_most(name: str) -> None:
    assert levels(EVERY[name]) <= 2


def test_the_measure_of_depth_sees_a_third_level() -> None:
    deep = "query A { a(first: 1) { nodes { ...B } } } fragment B on C { b(last: 2) { nodes { c(first: 3) { d } } } }"
    assert levels(deep) == 3


@pytest.mark.parametrize("name", EVERY)
def test_a_query_is_far_below_what_github_refuses(name: str) -> None:
    cost = reckon(schema(), parse(EVERY[name]), SIZES)
    assert cost.problems == ()
    assert cost.nodes <= 20_000
    assert cost.points <= 2


def test_no_more_than_twenty_five_topics_at_once() -> None:
    assert queries.OUTER <= 25


@pytest.mark.parametrize("kinds", [(WORDINGS,), (THREAD,), (COMMIT,), (WORDINGS, THREAD, COMMIT)])
def test_only_variables_that_are_declared_are_sent(kinds: tuple[str, ...]) -> None:
    query, variables = follow_up([Wanted(kind, "x") for kind in kinds], "acme", "wtpf")
    (operation,) = (one for one in parse(query).definitions if isinstance(one, OperationDefinitionNode))
    declared = {one.variable.name.value for one in operation.variable_definitions or ()}
    assert declared - {"inner"} == set(variables)
