"""What GitHub is asked: a first look, an idle one, one at ten changes, and the busiest day, beside a plain PyGithub loop.

Run: ``python bench/bench_github.py [PULL_REQUESTS]``. All of it is measured on the GitHub of the tests, which counts
requests and reckons points as GitHub publishes it. The plain loop reads the same of each pull request as far as REST
shows it (not who changed which words, nor what they were before); it is run on 50, and its requests are counted up.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from accord.adapters.github.client import Client
from accord.adapters.github.reading import GitHubReader
from accord.adapters.github.writing import Budget, GitHubWriter
from accord.application.forge.ports import RateLimited
from accord.domain.forge.snapshot import BOT, PullRequest
from tests.double.server import Double
from tests.double.state import Pull, Repository
from tests.double.world import World

NAME = "acme/wtpf"
RIGHTS = {"contents": "write", "pull-requests": "write", "issues": "write", "statuses": "write", "checks": "read"}
PEOPLE, REVIEWS, COMMENTS, PLAIN, CHANGES = 40, 3, 10, 50, 10
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ALLOWED = 1_000
"""What GitHub lets the token of a repository's workflows ask in an hour: requests, and points of queries."""


@contextmanager
def double() -> Iterator[Double]:
    """A GitHub on loopback with one repository and some people."""
    with tempfile.TemporaryDirectory() as folder:
        server = Double(Path(folder)).start()
        world = server.world
        world.repository(NAME, {"report/1.md": "One.\n"})
        for number in range(PEOPLE):
            world.user(f"person-{number}")
        yield server
        server.stop()


def home(world: World) -> Repository:
    """The repository."""
    found = world.find_repository(NAME)
    assert found is not None
    return found


def client_of(server: Double) -> Client:
    """A client of a fresh run."""
    token = server.world.mint(permissions=RIGHTS, repository=home(server.world))
    return Client(token, NAME, server.url, pause=0)


def proposals(world: World, count: int) -> list[Pull]:
    """Pull requests of branches of the repository, each with reviews and comments."""
    repository = home(world)
    for number in range(PEOPLE):
        world.grant(repository, f"person-{number}", "write")
    made = []
    for number in range(count):
        author = f"person-{number % PEOPLE}"
        files = {"report/1.md": f"One, and {number}.\n"}
        pull = world.open_pull(repository, author, f"Words {number}", "Because.", files=files)
        for turn in range(REVIEWS):
            world.review(pull, f"person-{(number + turn + 1) % PEOPLE}", "APPROVED", f"Good, says {turn}.")
        for turn in range(COMMENTS):
            world.comment(pull, f"person-{(number + turn) % PEOPLE}", f"A thought of some length, number {turn}.")
        world.set_label(pull, "state:open", world.bot)
        world.clock.advance(seconds=5)
        made.append(pull)
    return made


@dataclass(frozen=True, slots=True)
class Asked:
    """What something cost."""

    requests: float
    points: float
    seconds: float


def measured(server: Double, work: Callable[[], object]) -> Asked:
    """What a piece of work asked of GitHub, as GitHub counts it."""
    before, start = len(server.world.log), time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    calls = server.world.log[before:]
    points = sum(call.points for call in calls if call.operation == "graphql")
    return Asked(len(calls), points, seconds)


# --- the plain loop ---------------------------------------------------------------------------------------


def plain(server: Double, since: datetime | None, most: int) -> int:
    """Read pull requests as PyGithub offers it, with whole pages and nothing twice; how many were read."""
    import github

    token = server.world.mint(kind="user")
    hub = github.Github(
        auth=github.Auth.Token(token), base_url=server.url, per_page=100, lazy=True, seconds_between_requests=0
    )
    repository = hub.get_repo(NAME)
    count = 0
    for pull in repository.get_pulls(state="all", sort="updated", direction="desc"):
        if count == most or (since is not None and pull.updated_at < since):
            break
        count += 1
        read = [pull.get_reviews(), pull.get_issue_comments(), pull.get_review_comments(), pull.get_labels()]
        commit = repository.get_commit(pull.head.sha)
        for some in (*read, commit.get_check_suites()):
            list(some)
        _ = commit.get_combined_status().state
    for _ in repository.get_issues(state="all"):
        break
    return count


# --- looks ------------------------------------------------------------------------------------------------


def looks(count: int) -> None:
    """The first look, an idle one, and one at ten changes."""
    with double() as server:
        world = server.world
        world.limits.secondary = False  # the plain loop would not get through
        world.limits.hourly = dict.fromkeys(world.limits.hourly, 1_000_000)
        pulls = proposals(world, count)
        rows = []
        first = measured(server, lambda: GitHubReader(client_of(server)).snapshot(None))
        some = measured(server, lambda: plain(server, None, PLAIN))
        listing = -(-count // 100) + 1  # the pages of the list, and the list of the filled forms
        each = (some.requests - 2) / PLAIN
        rows.append((f"first look, {count:,} pull requests", first, Asked(listing + each * count, 0, 0)))
        world.clock.advance(minutes=20)
        since = world.clock.now()
        idle = measured(server, lambda: GitHubReader(client_of(server)).snapshot(since))
        rows.append(("nothing new", idle, measured(server, lambda: plain(server, since, count))))
        world.clock.advance(minutes=20)
        since = world.clock.now()
        world.clock.advance(minutes=5)
        for number, pull in enumerate(pulls[:CHANGES]):
            comment = world.comment(pull, f"person-{number}", "/support")
            world.review(pull, f"person-{number + 1}", "CHANGES_REQUESTED", "Not yet.")
            world.clock.advance(seconds=1)
            world.edit_comment(comment, "/accept")
        few = measured(server, lambda: GitHubReader(client_of(server)).snapshot(since))
        rows.append((f"{CHANGES} changed", few, measured(server, lambda: plain(server, since, count))))
        print(f"{'':34}{'Accord':>26}   {'plain PyGithub loop':>20}   {'times fewer':>11}")
        print(f"{'':34}{'requests':>10}{'points':>8}{'seconds':>8}   {'requests':>20}")
        for name, ours, theirs in rows:
            print(
                f"{name:34}{ours.requests:10,.0f}{ours.points:8,.0f}{ours.seconds:8.1f}   {theirs.requests:20,.0f}"
                f"   {theirs.requests / ours.requests:11,.0f}"
            )
        print(f"  the plain loop asks {each:.1f} times for each pull request (run on {PLAIN}), {listing} for the lists")
        print()


# --- the busiest day --------------------------------------------------------------------------------------


@dataclass(slots=True)
class Day:
    """The last day before a deadline, as GitHub sees it."""

    contributions: int = 200
    reviews: int = 2_000
    every: timedelta = timedelta(minutes=20)
    starts_after: timedelta = timedelta(seconds=30)
    lasts: timedelta = timedelta(seconds=60)
    late: float = 0.25
    """The share of the whole day within which half of everything comes: people write just before a deadline."""


def moments(day: Day, start: datetime, count: int, chance: random.Random) -> list[datetime]:
    """When so many things come: half of them in the last quarter of the day."""
    found = []
    for _ in range(count):
        part = (1 - day.late * chance.random()) if chance.random() < 0.5 else (1 - day.late) * chance.random()
        found.append(start + DAY * part)
    return sorted(found)


def answer(writer: GitHubWriter, pull: PullRequest, world: World) -> None:
    """What is written when something new was said: one comment that stands at the top, labels and a status at first."""
    writer.head(pull.number)
    own = next((one for one in pull.comments if one.author.id == BOT), None)
    body = f"{len(pull.reviews)} of you have spoken, {len(pull.comments)} comments."
    if own is None:
        writer.add_labels(pull.number, ["state:open", "category:member-state", "class:proposal"])
        writer.comment(pull.number, body)
        writer.set_status(pull.head, "accord/contribution", "pending", "Open")
    elif own.body != body:
        writer.edit_comment(own.id, body)


def busiest(day: Day) -> None:
    """Play the day; the most that was asked in any hour of it."""
    chance = random.Random(26)
    with double() as server:
        world = server.world
        world.limits.hourly["workflow", "core"] = world.limits.hourly["workflow", "graphql"] = ALLOWED
        repository, start = home(world), world.clock.now()
        for number in range(PEOPLE):
            world.grant(repository, f"person-{number}", "write")
        comes: list[tuple[datetime, str]] = [(one, "pull") for one in moments(day, start, day.contributions, chance)]
        comes += [(one, "review") for one in moments(day, start, day.reviews, chance)]
        waiting = deque(sorted(comes))
        asked: list[tuple[datetime, int, int]] = []
        pulls: list[Pull] = []
        known: dict[int, tuple[int, int]] = {}
        since, stopped, runs = start, 0, 0
        tick = next_run = start + day.every
        while waiting or next_run <= start + DAY:
            while waiting and waiting[0][0] <= next_run:
                moment, what = waiting.popleft()
                world.clock.set(max(moment, world.clock.now()))
                person = f"person-{chance.randrange(PEOPLE)}"
                if what == "pull" or not pulls:
                    files = {"report/1.md": f"One, and {len(pulls)}.\n"}
                    pulls.append(world.open_pull(repository, person, "Words", "Because.", files=files))
                else:
                    world.review(chance.choice(pulls), person, "APPROVED", "Good.")
                next_run = min(next_run, max(moment + day.starts_after, world.clock.now()))
            world.clock.set(max(next_run, world.clock.now()))
            runs += 1
            before = len(world.log)
            try:
                found = GitHubReader(client := client_of(server)).snapshot(since)
                since = found.taken
                writer = GitHubWriter(client, budget=Budget(sleep=lambda _: None))
                for pull in found.pull_requests:
                    said = len(pull.reviews), len([one for one in pull.comments if one.author.id != BOT])
                    if known.get(pull.number) != said:
                        answer(writer, pull, world)
                        known[pull.number] = said
            except RateLimited:
                stopped += 1
            calls = world.log[before:]
            points = sum(call.points for call in calls if call.operation == "graphql")
            asked.append((world.clock.now(), sum(call.operation != "graphql" for call in calls), points))
            world.clock.advance(seconds=day.lasts.total_seconds())
            tick = next(t for t in _ticks(tick, day.every) if t > world.clock.now() - day.every)
            next_run = max(tick, world.clock.now())
            tick += day.every
            if waiting and waiting[0][0] <= world.clock.now():  # it rang while it ran
                next_run = world.clock.now()
        report(day, asked, runs, stopped, len(known), world)


def _ticks(first: datetime, every: timedelta) -> Iterator[datetime]:
    while True:
        yield first
        first += every


def report(
    day: Day, asked: list[tuple[datetime, int, int]], runs: int, stopped: int, answered: int, world: World
) -> None:
    """The busiest hour."""

    def most(which: int) -> int:
        return max(
            sum(one[which] for one in asked if begin <= one[0] < begin + HOUR) for begin, *_ in asked  # type: ignore[misc]
        )

    requests, points = most(1), most(2)
    print(
        f"the last 24 hours: {day.contributions} contributions, {day.reviews:,} reviews, half of them in the last 6 hours"
    )
    print(f"  runs {runs:,}; answered {answered} contributions; runs that were asked to wait {stopped}")
    print(f"  the most in any hour: {requests:,} requests and {points:,} points, of {ALLOWED:,} each")
    print(f"  the most writes in a minute: {world.limits.most_writes_a_minute}, of 80")
    if requests > ALLOWED or points > ALLOWED:
        raise SystemExit("More than GitHub allows.")


if __name__ == "__main__":
    looks(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
    busiest(Day())
