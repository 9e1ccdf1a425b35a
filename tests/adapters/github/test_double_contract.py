"""The GitHub of the tests is held to what GitHub publishes: what goes in, what comes out, and what it does not know."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.double import deviations, events
from tests.double.client import graphql, rest
from tests.double.contract import Contract, contract, described
from tests.double.fixtures import end
from tests.double.openapi import converted
from tests.double.permissions import NEEDS
from tests.double.poison import Poison
from tests.double.rest.all import OPERATIONS
from tests.double.server import Double
from tests.double.state import Repository

ISSUES = "/repos/acme/wtpf/issues"


@pytest.fixture
def home(github: Double) -> Repository:
    """A repository with one issue."""
    home = github.world.repository("acme/wtpf", {"report/1.md": "One.\n"})
    github.world.open_issue(home, "acme", "An issue")
    return home


@pytest.fixture
def token(github: Double, home: Repository) -> str:
    """A token that may do everything a job may."""
    return github.world.mint(permissions={"issues": "write", "statuses": "write", "actions": "write"})


def violations(github: Double) -> list[str]:
    """What was found wrong, taken off the list so that the test can end well."""
    found = list(github.world.violations)
    github.world.violations.clear()
    return found


@pytest.mark.parametrize(
    ("method", "path", "body", "said"),
    [
        ("POST", f"{ISSUES}/1/comments", {"bdy": "x"}, "unknown body field 'bdy'"),
        ("POST", f"{ISSUES}/1/comments", {"body": 7}, "is not of type"),
        ("POST", f"{ISSUES}/1/comments", None, '"body" is a required property'),
        ("POST", "/repos/acme/wtpf/statuses/main", {"state": "superb"}, "is not one of"),
        ("GET", f"{ISSUES}?stat=open", None, "undocumented query parameter 'stat'"),
        ("GET", f"{ISSUES}?state=half", None, "'half', not one of"),
        ("POST", "/uploads/repos/acme/wtpf/releases/1/assets", b"x", "query parameter 'name' is missing"),
        ("DELETE", f"{ISSUES}/comments/1", {"why": "x"}, "a body where none is described"),
    ],
)
def test_a_request_that_github_does_not_describe_is_found_out(
    github: Double, token: str, method: str, path: str, body: Any, said: str
) -> None:
    assert rest(github, method, path, token, body).status == 422
    assert any(said in one for one in violations(github))


def test_a_test_that_broke_the_descriptions_fails_at_its_end(tmp_path: Path) -> None:
    double = Double(tmp_path / "broken").start()
    rest(double, "GET", f"{ISSUES}?stat=open", None)
    rest(double, "GET", "/rate_limit?when=now", None)
    with pytest.raises(AssertionError, match="undocumented query parameter 'when'"):
        end(double, tmp_path / "broken")


def test_an_answer_that_github_does_not_describe_is_no_answer(
    github: Double, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(OPERATIONS, "issues/get", lambda request: (200, {"number": "one"}))
    assert rest(github, "GET", f"{ISSUES}/1", token).status == 599
    (found, *_) = violations(github)
    assert "issues/get answer" in found


def test_a_failure_of_the_double_is_no_answer(
    github: Double, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setitem(OPERATIONS, "issues/get", fail)
    assert rest(github, "GET", f"{ISSUES}/1", token).status == 599
    assert violations(github) == [f"the double failed at GET {ISSUES}/1: ZeroDivisionError()"]


def test_what_is_not_modelled_says_so(github: Double, token: str) -> None:
    assert rest(github, "GET", "/repos/acme/wtpf/topics", token).status == 501
    assert violations(github) == ["UNMODELLED repos/get-all-topics"]
    query = 'query { repository(owner: "acme", name: "wtpf") { stargazerCount } }'
    (error,) = graphql(github, token, query)["errors"]
    assert (error["type"], error["message"]) == ("UNMODELLED", "UNMODELLED Repository.stargazerCount")
    assert violations(github) == ["UNMODELLED Repository.stargazerCount"]


def test_a_field_that_is_not_modelled_is_poisoned(github: Double, token: str) -> None:
    found = rest(github, "GET", "/repos/acme/wtpf", token).body
    assert found["stargazers_count"] == -1
    assert found["ssh_url"] == "UNMODELLED:full-repository.ssh_url"
    assert found["hooks_url"].startswith("http://127.0.0.1:1/UNMODELLED/")


def test_a_query_that_the_schema_does_not_know_is_found_out(github: Double, token: str) -> None:
    (error,) = graphql(github, token, "query { repositry { id } }")["errors"]
    assert "Cannot query field" in error["message"]
    assert len(violations(github)) == 1
    (error,) = graphql(github, token, "query { ")["errors"]
    assert "Syntax Error" in error["message"]
    assert len(violations(github)) == 1


def test_nothing_is_at_an_address_that_nobody_described(github: Double, token: str) -> None:
    assert rest(github, "GET", "/repos/acme/wtpf/nothing/at/all", token).status == 404


def test_every_operation_is_described_and_asks_for_a_permission() -> None:
    known = contract().operations
    assert set(OPERATIONS) <= set(known)
    of_repository = {name for name in OPERATIONS if "{repo}" in known[name].path}
    assert of_repository == set(NEEDS)


@pytest.mark.parametrize("entry", deviations.NULLS, ids=lambda one: f"{one.schema}.{'.'.join(one.path)}")
def test_a_null_of_the_register_is_still_forbidden_by_the_description(entry: deviations.NullAllowed) -> None:
    schemas = converted(described()["components"]["schemas"], names=True)
    holder, name = deviations.find(schemas, entry)
    assert "null" not in str(holder[name].get("type")), "the description allows it now: remove the entry"
    assert {"type": "null"} not in holder[name].get("anyOf", [])
    assert entry.evidence


@pytest.mark.parametrize("entry", deviations.BARE_LISTS, ids=lambda one: one.operation)
def test_a_bare_list_of_the_register_is_still_forbidden_by_the_description(
    entry: deviations.BareList,
) -> None:
    strict = Contract(described(), accepted=False)
    operation = strict.operations[entry.operation]
    assert strict.problems_of_request(operation, ["a"], {}), "the description allows it now: remove the entry"
    assert contract().problems_of_request(contract().operations[entry.operation], ["a"], {}) == []
    assert entry.evidence


def _everything(github: Double) -> None:
    """One of everything that is told."""
    world = github.world
    world.user("ana")
    home = world.repository("acme/opinions", {"report/1.md": "One.\n"})
    pull = world.open_pull(home, "ana", "A word", files={"report/1.md": "Two.\n"})
    comment = world.comment(pull, "ana", "Hello")
    world.edit_comment(comment, "Hello again")
    world.delete_comment(comment)
    review = world.review(pull, "acme", "APPROVED", "Good")
    world.edit_review(review, "Better")
    world.dismiss_review(review, "acme")
    thread = world.remark(pull, "acme", "report/1.md", 1, "Which?")
    world.resolve(thread, "acme")
    world.unresolve(thread, "acme")
    world.set_label(pull, "x", "acme")
    world.drop_label(pull, "x", "acme")
    world.edit(pull, title="Words", body="Why")
    assert pull.head_repository is not None
    world.push(pull.head_repository, pull.head_ref, {"report/1.md": "Three.\n"})
    world.close(pull)
    world.reopen(pull)
    issue = world.open_issue(home, "ana", "A form")
    world.edit(issue, body="More")
    world.close(issue)
    world.reopen(issue)
    workflow = world.workflow(home, ".github/workflows/doorbell.yml", "doorbell")
    run = world.run(home, workflow, pull=pull, conclusion="action_required")
    world.happened("workflow_run", "completed", world.account("ana"), home, run=run)
    inputs = {"ref": "refs/heads/main", "inputs": {"pr": "1"}}
    world.happened("workflow_dispatch", None, world.account("ana"), home, workflow=workflow, **inputs)


def test_what_webhooks_are_told_is_as_described(github: Double) -> None:
    _everything(github)
    told = {events.described_as(event): events.problems(github.world, event) for event in github.world.events}
    assert {name: found for name, found in told.items() if found} == {}
    assert len(told) == 24


def test_what_github_does_itself_starts_nothing(github: Double, home: Repository, token: str) -> None:
    rest(github, "POST", f"{ISSUES}/1/comments", token, {"body": "Hello"})
    event = github.world.events[-1]
    assert (event.name, event.action, event.fires) == ("issue_comment", "created", False)


@pytest.mark.parametrize(
    ("schema", "poisoned"),
    [
        ({"type": "string"}, "UNMODELLED:it"),
        ({"type": ["string", "null"]}, None),
        ({"type": "integer"}, -1),
        ({"type": "string", "enum": ["a", "b"]}, "b"),
        ({"anyOf": [{"type": "object"}, {"type": "null"}]}, None),
        ({"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}, "b": {}}}, {"a": -1}),
    ],
)
def test_poison(schema: Any, poisoned: Any) -> None:
    made = Poison({"it": schema, "holder": {"type": "object", "properties": {"x": {"$ref": "#/$defs/it"}}}})
    assert made._value({"$ref": "#/$defs/it"}, "it", 0) == poisoned


def test_poison_is_made_anew_each_time() -> None:
    poison = Poison({"it": {"type": "object", "required": ["a"], "properties": {"a": {"type": "array"}}}})
    poison.shape("it")["a"].append(1)
    assert poison.shape("it") == {"a": []}
