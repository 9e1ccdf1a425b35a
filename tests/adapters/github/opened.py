"""A repository on the double, and a client that may do on it what the reconciling job may."""

from __future__ import annotations

from dataclasses import dataclass

from accord.adapters.github.client import Client
from accord.adapters.github.reading import GitHubReader
from accord.adapters.github.writing import Budget, GitHubWriter
from tests.double.server import Double
from tests.double.state import Pull, Repository
from tests.double.world import World

RIGHTS = {
    "contents": "write",
    "pull-requests": "write",
    "issues": "write",
    "statuses": "write",
    "checks": "read",
}


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.now += seconds


@dataclass
class Opened:
    """All of it."""

    double: Double
    world: World
    repository: Repository
    client: Client

    @property
    def reader(self) -> GitHubReader:
        """Reads it."""
        return GitHubReader(self.client)

    def writer(self, budget: Budget | None = None) -> GitHubWriter:
        """Writes to it, as GitHub's own token."""
        return GitHubWriter(self.client, budget=budget)

    def pull(self, who: str = "mallory", title: str = "A better sentence", body: str = "Why") -> Pull:
        """A pull request with a text of its own."""
        self.world.user(who)
        files = {"report/1.md": f"One.\n\n{title} ({self.repository.next_number}).\n"}
        return self.world.open_pull(self.repository, who, title, body, files=files)

    def queries(self) -> list[str]:
        """The paths of everything that was asked."""
        return [call.operation for call in self.world.log]


def client_of(
    double: Double, rights: dict[str, str] | None = None, name: str = "acme/wtpf", pause: float = 0
) -> Client:
    """A client with a token of these rights that does not wait."""
    home = double.world.find_repository(name)
    token = double.world.mint(permissions=RIGHTS if rights is None else rights, repository=home)
    return Client(token, name, double.url, f"{double.url}/graphql", pause=pause)


def opened(double: Double) -> Opened:
    """A fresh repository."""
    world = double.world
    repository = world.repository("acme/wtpf", {"report/1.md": "One.\n"})
    return Opened(double, world, repository, client_of(double))
