"""What GitHub is asked at first, when idle, at ten changes, and on the busiest day, beside a plain PyGithub loop.

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
RIGHTS = {
    "contents": "write",
    "pull-requests": "write",
    "issues": "write",
    "statuses": "write",
    "checks": "read",
}
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
    return next(one for one in world.repositories.values() if one.full_name == NAME)


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
            world.comment(
                pull, f"person-{(number + turn) % PEOPLE}", f"A thought of some length, number {turn}."
            )
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
        auth=github.Auth.Token(token),
        base_url=server.url,
        per_page=100,
        lazy=True,
        seconds_between_requests=0,
    )
    repository = hub.get_repo(NAME)
    count = 0
    for pull in repository.get_pulls(state="all", sort="updated", direction="desc"):
        if count == most or (since is not None and pull.updated_at is not None and pull.updated_at < since):
            break
        count += 1
        commit = repository.get_commit(pull.head.sha)
        list(pull.get_reviews())
        list(pull.get_issue_comments())
        list(pull.get_review_comments())
        list(pull.get_labels())
        list(commit.get_check_suites())
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
        print(
            f"  the plain loop asks {each:.1f} times for each pull request (run on {PLAIN}), {listing} for the lists"
        )
        print()


# --- the busiest day --------------------------------------------------------------------------------------


@dataclass(slots=True)
class Day:
    """The last day before a deadline, as GitHub sees it."""

    contributions: int = 200
    reviews: int = 2_000
    every: timedelta = timedelta(minutes=20)
    starts_after: timedelta = timedelta(seconds=30)
    lasts: timedelta = timedelta(seconds=90)
    late: float = 0.25
    """The share of the whole day within which half of everything comes: people write just before a deadline."""


def moments(day: Day, start: datetime, count: int, chance: random.Random) -> list[datetime]:
    """When so many things come: half of them in the last quarter of the day."""
    found = []
    for _ in range(count):
        part = (1 - day.late * chance.random()) if chance.random() < 0.5 else (1 - day.late) * chance.random()
        found.append(start + DAY * part)
    return sorted(found)


def answer(writer: GitHubWriter, pull: PullRequest) -> None:
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


@dataclass(frozen=True, slots=True)
class Run:
    """What one run asked."""

    at: datetime
    requests: int
    points: int
    stopped: bool


def run(server: Double, since: datetime, known: dict[int, tuple[int, int]]) -> tuple[Run, datetime]:
    """One run: what is new is read, and answered where something was said."""
    world, stopped, taken = server.world, False, since
    before = len(world.log)
    try:
        client = client_of(server)
        found = GitHubReader(client).snapshot(since)
        writer = GitHubWriter(client, budget=Budget(sleep=lambda _: None))
        for pull in found.pull_requests:
            said = len(pull.reviews), sum(one.author.id != BOT for one in pull.comments)
            if known.get(pull.number) != said:
                answer(writer, pull)
                known[pull.number] = said
        taken = found.taken
    except RateLimited:
        stopped = True
    calls = world.log[before:]
    points = sum(call.points for call in calls if call.operation == "graphql")
    requests = sum(call.operation != "graphql" for call in calls)
    return Run(world.clock.now(), requests, points, stopped), taken


def busiest(day: Day) -> None:
    """Play the day; the most that was asked in any hour of it."""
    chance = random.Random(26)
    with double() as server:
        world = server.world
        world.limits.hourly["workflow", "core"] = world.limits.hourly["workflow", "graphql"] = ALLOWED
        start = world.clock.now()
        for number in range(PEOPLE):
            world.grant(home(world), f"person-{number}", "write")
        opened = [start, *moments(day, start, day.contributions - 1, chance)]
        reviewed = moments(day, start, day.reviews, chance)
        waiting = deque(sorted([(one, "pull") for one in opened] + [(one, "review") for one in reviewed]))
        pulls: list[Pull] = []
        known: dict[int, tuple[int, int]] = {}
        runs: list[Run] = []
        since, tick, starts = start, start + day.every, start + day.every
        while waiting or starts <= start + DAY:
            while waiting and waiting[0][0] <= starts:
                moment, what = waiting.popleft()
                world.clock.set(max(moment, world.clock.now()))
                happens(world, pulls, what, chance)
                starts = min(starts, max(moment + day.starts_after, world.clock.now()))
            world.clock.set(max(starts, world.clock.now()))
            one, since = run(server, since, known)
            runs.append(one)
            world.clock.advance(seconds=day.lasts.total_seconds())
            while tick <= world.clock.now():
                tick += day.every
            rang = (
                waiting and waiting[0][0] <= world.clock.now()
            )  # while it ran: one more run is enough for all
            starts = world.clock.now() if rang else tick
        report(day, runs, len(known), world)


def happens(world: World, pulls: list[Pull], what: str, chance: random.Random) -> None:
    """Somebody hands something in, or reviews what is there."""
    person = f"person-{chance.randrange(PEOPLE)}"
    if what == "pull":
        files = {"report/1.md": f"One, and {len(pulls)}.\n"}
        pulls.append(world.open_pull(home(world), person, "Words", "Because.", files=files))
    else:
        world.review(chance.choice(pulls), person, "APPROVED", "Good.")


def report(day: Day, runs: list[Run], answered: int, world: World) -> None:
    """The busiest hour."""
    hours = [[one for one in runs if run.at <= one.at < run.at + HOUR] for run in runs]
    requests = max(sum(one.requests for one in hour) for hour in hours)
    points = max(sum(one.points for one in hour) for hour in hours)
    print(
        f"the last 24 hours: {day.contributions} contributions, {day.reviews:,} reviews, half in the last 6 hours"
    )
    print(f"  runs {len(runs):,}, of which {sum(one.stopped for one in runs)} were asked to wait")
    print(f"  contributions answered {answered}")
    print(f"  the most in any hour: {requests:,} requests and {points:,} points, of {ALLOWED:,} each")
    print(f"  the most writes in any minute: {world.limits.most_writes_a_minute}, of 80")
    if max(requests, points) > ALLOWED or answered < day.contributions:
        raise SystemExit("GitHub would not have let this through.")


if __name__ == "__main__":
    looks(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
    busiest(Day())
