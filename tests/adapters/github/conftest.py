"""Which GitHub the tests of what GitHub does speak to: the double, or the real one where somebody asks for that.

    ACCORD_LIVE_REPOSITORY=OWNER/NAME ACCORD_LIVE_TOKEN=... \\
        .venv/bin/python -m pytest tests/adapters/github/test_live.py --target=live
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

import pytest

from tests.double.client import Came, graphql, rest
from tests.double.contract import contract

TARGETS = ("double", "live")
API = "https://api.github.com"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The choice of the target."""
    parser.addoption(
        "--target", choices=TARGETS, default="double", help="which GitHub test_live.py speaks to"
    )


@dataclass(frozen=True, slots=True)
class Target:
    """A GitHub with a repository in which tests may write."""

    url: str
    repository: str
    token: str

    def rest(self, method: str, path: str, body: Any = None, **headers: str) -> Came:
        """A request below the repository; a good answer is held to the description, on either GitHub."""
        whole = f"/repos/{self.repository}{path}"
        came = rest(self.url, method, whole, self.token, body, **headers)
        found = contract().match(method, whole.partition("?")[0])
        assert found is not None, whole
        if came.status < 300:
            assert contract().problems_of_response(found[0], came.status, came.body) == []
        return came

    def graphql(self, fields: str, **variables: Any) -> Any:
        """Fields of the repository."""
        owner, name = self.repository.split("/")
        query = f'query {{ repository(owner: "{owner}", name: "{name}") {{ {fields} }} }}'
        return graphql(self.url, self.token, query, **variables)


@pytest.fixture
def target(request: pytest.FixtureRequest) -> Target:
    """The double with a repository, or the sandbox that the environment names."""
    if request.config.getoption("--target", default="double") == "live":
        repository, token = os.environ.get("ACCORD_LIVE_REPOSITORY"), os.environ.get("ACCORD_LIVE_TOKEN")
        if not repository or not token:
            pytest.skip("set ACCORD_LIVE_REPOSITORY and ACCORD_LIVE_TOKEN")
        return Target(API, repository, token)
    github = request.getfixturevalue("github")
    home = github.world.repository("acme/sandbox", {"README.md": "A place to try things.\n"})
    everything = ("contents", "issues", "pull-requests", "statuses", "checks")
    token = github.world.mint(permissions=dict.fromkeys(everything, "write"), repository=home)
    return Target(github.url, "acme/sandbox", token)
