"""How well the double fits what GitHub really answered: `make conformance` prints the numbers."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from graphql import parse, validate

from tests.double.client import rest
from tests.double.contract import Contract, contract, described
from tests.double.graph.schema import schema
from tests.double.recordings import Exchange, exchanges
from tests.double.rest.all import OPERATIONS
from tests.double.server import Double

SINCE = 2022
"""Recordings before this year are of another GitHub."""

W = "/repos/acme/wtpf"
ANSWERS = {
    "repos/get": W,
    "pulls/get": f"{W}/pulls/1",
    "pulls/list": f"{W}/pulls",
    "pulls/list-reviews": f"{W}/pulls/1/reviews",
    "pulls/list-review-comments": f"{W}/pulls/1/comments",
    "issues/get": f"{W}/issues/2",
    "issues/list-for-repo": f"{W}/issues",
    "issues/list-comments": f"{W}/issues/1/comments",
    "issues/get-comment": f"{W}/issues/comments/%COMMENT%",
    "issues/list-labels-for-repo": f"{W}/labels",
    "issues/list-labels-on-issue": f"{W}/issues/1/labels",
    "users/get-by-username": "/users/ana",
    "actions/get-workflow": f"{W}/actions/workflows/ci.yml",
    "actions/get-workflow-run": f"{W}/actions/runs/%RUN%",
    "actions/list-workflow-runs-for-repo": f"{W}/actions/runs",
    "repos/get-environment": f"{W}/environments/release",
    "repos/get-all-environments": f"{W}/environments",
    "repos/get-release": f"{W}/releases/%RELEASE%",
    "repos/get-release-by-tag": f"{W}/releases/tags/draft-1",
    "repos/list-releases": f"{W}/releases",
    "repos/get-content": f"{W}/contents/report/1.md",
    "rate-limit/get": "/rate_limit",
    "git/get-ref": f"{W}/git/ref/heads/main",
    "repos/get-combined-status-for-ref": f"{W}/commits/main/status",
    "checks/list-for-ref": f"{W}/commits/main/check-runs",
}
"""Where the double is asked for the answer of an operation, in the world that `whole_world` makes."""


@dataclass(slots=True)
class Fit:
    """What was counted, and each miss."""

    requests: int = 0
    requests_fit: int = 0
    answers: int = 0
    answers_fit: int = 0
    answers_fit_without_register: int = 0
    queries: int = 0
    queries_fit: int = 0
    misses: list[str] = field(default_factory=list)


@cache
def used() -> list[tuple[str, Exchange]]:
    """The recordings of the operations that the double models, each with its operation."""
    judge = contract()
    found = []
    for one in exchanges():
        matched = judge.match(one.method, one.path)
        if one.at.year >= SINCE and matched and matched[0].id in OPERATIONS:
            found.append((matched[0].id, one))
    return found


def fit() -> Fit:
    """Judge the recordings by the description, as every answer of the double is judged."""
    judge, strict = contract(), Contract(described(), accepted=False)
    counted = Fit()
    for name, one in used():
        operation = judge.operations[name]
        problems = judge.problems_of_request(operation, one.sent, one.query)
        counted.requests += 1
        counted.requests_fit += not problems
        if one.status < 300:
            found = judge.problems_of_response(operation, one.status, one.came)
            counted.answers += 1
            counted.answers_fit += not found
            counted.answers_fit_without_register += not strict.problems_of_response(
                operation, one.status, one.came
            )
            problems += found
        counted.misses += [f"{one.at.year} {name} ({one.file}): {problem}" for problem in problems[:1]]
    for one in exchanges():
        if one.path == "/graphql" and isinstance(one.sent, dict) and "query" in one.sent:
            counted.queries += 1
            counted.queries_fit += not validate(schema(), parse(one.sent["query"]))
    return counted


def keys_of(answer: Any) -> set[str]:
    """The names in an answer; of a list those of its items, of a page with a total those of what it lists."""
    if isinstance(answer, list):
        return {key for item in answer for key in keys_of(item)}
    if not isinstance(answer, dict):
        return set()
    if (
        "total_count" in answer
        and len(lists := [one for one in answer.values() if isinstance(one, list)]) == 1
    ):
        return keys_of(lists[0])
    return set(answer)


def whole_world(double: Double) -> dict[str, Any]:
    """A world with one of everything; what the double answers in it, by operation."""
    world = double.world
    world.user("ana")
    home = world.repository("acme/wtpf", {"report/1.md": "One.\n"})
    pull = world.open_pull(home, "ana", files={"report/1.md": "Two.\n"})
    comment = world.comment(pull, "acme", "Hello")
    world.review(pull, "acme", "APPROVED")
    world.remark(pull, "acme", "report/1.md", 1, "Which?")
    world.set_label(pull, "x", "acme")
    world.open_issue(home, "ana", "A form")
    workflow = world.workflow(home, ".github/workflows/ci.yml")
    run = world.run(home, workflow, pull=pull)
    world.environment(home, "release", ("ana",))
    tip = world.bare(home).tip("main") or ""
    world.set_status(home, tip, "x", "success", "acme")
    world.check(home, tip, "y")
    token = world.mint("acme", kind="user")
    made = rest(double, "POST", f"{W}/releases", token, {"tag_name": "draft-1"}).body
    numbers = {"%COMMENT%": str(comment.id), "%RUN%": str(run.id), "%RELEASE%": str(made["id"])}
    return {name: rest(double, "GET", _filled(path, numbers), token).body for name, path in ANSWERS.items()}


def _filled(path: str, numbers: dict[str, str]) -> str:
    for word, number in numbers.items():
        path = path.replace(word, number)
    return path


def keys_compared(answers: dict[str, Any]) -> dict[str, tuple[set[str], set[str]]]:
    """For each operation with recordings: names only the double has, and names only the recordings have."""
    real: dict[str, set[str]] = {}
    for name, one in used():
        if one.status < 300 and name in answers:
            real.setdefault(name, set()).update(keys_of(one.came))
    return {
        name: (keys_of(answers[name]) - keys, keys - keys_of(answers[name]))
        for name, keys in real.items()
        if keys
    }


def report() -> Iterator[str]:
    """It all, in lines."""
    counted = fit()
    register = counted.answers_fit - counted.answers_fit_without_register
    yield f"Recorded requests as described: {counted.requests_fit} of {counted.requests}."
    answers = f"{counted.answers_fit} of {counted.answers}, {register} of them by the register"
    yield f"Recorded answers as described: {answers}."
    yield f"Recorded GraphQL queries that the schema takes: {counted.queries_fit} of {counted.queries}."
    yield from (f"  does not fit: {miss}" for miss in counted.misses)
    yield "Recordings by operation:"
    for name, number in Counter(name for name, _ in used()).most_common():
        yield f"  {number:4} {name}"
    yield "Properties that only the double or only recordings have:"
    with TemporaryDirectory() as folder:
        double = Double(Path(folder)).start()
        compared = keys_compared(whole_world(double))
        double.stop()
    for name, (ours, theirs) in sorted(compared.items()):
        yield f"  {name}: {', '.join(sorted(ours)) or 'none'}; {', '.join(sorted(theirs)) or 'none'}"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in report())
