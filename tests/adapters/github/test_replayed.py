"""What GitHub really answered, recorded: every refusal has its meaning, and every comment, head and label is read."""

from __future__ import annotations

from collections import Counter
from email.utils import format_datetime
from typing import Any

import pytest

from accord.adapters.github import mapping
from accord.adapters.github.limits import (
    Answer,
    Missing,
    NotAccepted,
    Unanswered,
    graphql_errors,
    graphql_refusal,
    refusal,
)
from accord.adapters.github.mapping import GHOST_ID
from accord.application.forge.ports import RateLimited
from accord.domain.findings import Exit
from accord.domain.forge.snapshot import GHOST
from tests.double.contract import contract
from tests.double.recordings import Exchange, exchanges, there

pytestmark = pytest.mark.skipif(not there(), reason="the recordings are not there; `make setup` fetches them")
COMMENTS = {
    "issues/list-comments",
    "issues/list-comments-for-repo",
    "issues/get-comment",
    "issues/create-comment",
    "issues/update-comment",
}
LABELS = {"issues/list-labels-for-repo", "issues/create-label", "issues/add-labels", "issues/get-label"}
FOLLOWED = {302, 304}
"""What is no refusal: the way to a file, and that nothing is new."""


def recorded(*operations: str) -> list[Exchange]:
    """Good answers of some operations."""
    found = []
    for one in exchanges():
        matched = contract().match(one.method, one.path)
        if matched and matched[0].id in operations and one.status < 300:
            found.append(one)
    return found


def answered(one: Exchange) -> Answer:
    """An exchange as the adapter sees its answer."""
    headers = {"date": format_datetime(one.at, usegmt=True)}
    return Answer(status=one.status, headers=headers, data=one.came, asked=f"{one.method} {one.path}")


def things(one: Exchange) -> list[Any]:
    """What came: one thing or a list of them."""
    return one.came if isinstance(one.came, list) else [one.came]


def test_every_recorded_refusal_has_its_meaning() -> None:
    kinds: Counter[str] = Counter()
    for one in exchanges():
        if one.status < 300 or one.status in FOLLOWED:
            continue
        refused = refusal(answered(one))
        assert refused.exit_code is Exit.OUTSIDE
        assert refused.findings[0].message
        assert refused.findings[0].fix
        kinds[type(refused).__name__ + (f" {one.status}" if type(refused) is Unanswered else "")] += 1
    assert kinds == {
        "RateLimited": 2,
        "Unanswered 301": 3,
        "Unanswered 401": 6,
        "Unanswered 403": 10,
        "Missing": 59,
        "NotAccepted": 16,
        "Unanswered 500": 1,
        "Unanswered 502": 7,
        "Unanswered 503": 1,
    }


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("API Rate Limit Exceeded", RateLimited),
        ("You have triggered an abuse detection mechanism", RateLimited),
        ("Branch not found", Missing),
        ("Validation Failed", NotAccepted),
        ("Must have admin rights to Repository.", Unanswered),
    ],
)
def test_a_sentence_of_github_means_one_thing(said: str, kind: type[Exception]) -> None:
    found = [
        one
        for one in exchanges()
        if isinstance(one.came, dict) and str(one.came.get("message")).startswith(said)
    ]
    assert found
    assert {type(refusal(answered(one))) for one in found} == {kind}


def test_every_recorded_comment_is_read() -> None:
    count = 0
    for one in recorded(*COMMENTS):
        for shown in things(one):
            post = mapping.rest_post(shown)
            assert (post.id, post.body) == (shown["id"], shown["body"])
            user = shown["user"]
            assert (
                post.author == GHOST if not user or user["id"] == GHOST_ID else post.author.id == user["id"]
            )
            assert (post.edited is None) == (shown["created_at"] == shown["updated_at"])
            assert post.created.utcoffset() is not None
            count += 1
    assert count == 205


def test_every_recorded_pull_request_tells_its_head() -> None:
    """Also those whose fork is gone."""
    heads = [shown["head"] for one in recorded("pulls/get", "pulls/list") for shown in things(one)]
    assert all(len(head["sha"]) == 40 for head in heads)
    assert (len(heads), sum(head["repo"] is None for head in heads)) == (64, 6)


def test_every_recorded_label_has_a_name() -> None:
    names = [str(shown["name"]) for one in recorded(*LABELS) for shown in things(one)]
    assert len(names) == 56
    assert all(names)


def test_every_recorded_error_of_a_query_has_its_meaning() -> None:
    found = [one for one in exchanges() if one.path == "/graphql" and graphql_errors(answered(one))]
    assert [type(graphql_refusal(answered(one))) for one in found] == [Missing, Missing, Unanswered]
