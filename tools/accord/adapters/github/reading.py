"""Reading GitHub: everything that was touched since a moment, in as few questions as it takes.

One query brings pull requests and issues together, the newest first, with what lies under them. A second one brings
what lies deeper: earlier wordings, the first words of threads, and when GitHub first saw each commit. Where GitHub
cannot answer that much at once, less is asked for, down to one by one. What cannot be completed is refused.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from accord.adapters.github import mapping, queries
from accord.adapters.github.client import Client
from accord.adapters.github.limits import TooMuch, Unanswered, no_answer
from accord.adapters.github.mapping import FollowedUp, incomplete
from accord.adapters.github.queries import COMMIT, THREAD, WORDINGS, Unread, Wanted
from accord.domain.forge.snapshot import Form, PullRequest, Snapshot

Json = Any
T = TypeVar("T")
OVERLAP = timedelta(seconds=60)
"""How far a look reaches back before the end of the last one: its answer took a moment to make."""
SEVERAL = 10
"""Lists read on at once."""
# Their counts are not held against what came: GitHub shows 250 commits only, and may count kinds of events that were
# not asked for, and threads that their author has not sent yet.
UNCOUNTED = {"commits", "timelineItems", "reviewThreads"}


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is asked for at once; halved where it is too much."""

    outer: int = queries.OUTER
    inner: int = queries.INNER
    followed: int = queries.FOLLOWED
    several: int = SEVERAL

    def halved(self) -> Sizes:
        """Half of everything, never less than one."""
        return Sizes(*(max(1, size // 2) for size in (self.outer, self.inner, self.followed, self.several)))


SMALLEST = Sizes(1, 1, 1, 1)


class GitHubReader:
    """Implements the port `ForgeReader`.

    Whatever is not answered whole is refused, so that each topic it gives is complete.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._sizes = Sizes()

    def snapshot(self, since: datetime | None) -> Snapshot:
        """Everything touched since a moment; with None everything there is.

        Raises:
            RateLimited: its budget is used up.
            Refused: GitHub does not answer, refuses, or answers in part (exit OUTSIDE).
        """
        self._sizes = Sizes()
        start = None if since is None else since - OVERLAP
        pulls, forms = _Listing("pullRequests", start), _Listing("issues", start)
        taken = None
        while pulls.goes_on or forms.goes_on:
            data = self._ask(lambda sizes: (queries.SNAPSHOT, self._page(sizes, start, pulls, forms)))
            taken = taken or self._server_time()
            pulls.take(data["repository"])
            forms.take(data["repository"])
        assert taken is not None  # noqa: S101 - both lists go on at first
        more = self._completed(pulls.found.values(), forms.found.values())
        return Snapshot(
            taken=taken,
            since=since,
            pull_requests=tuple(mapping.pull_request(one, more) for _, one in sorted(pulls.found.items())),
            forms=tuple(mapping.form(one, more) for _, one in sorted(forms.found.items())),
        )

    def pull_request(self, number: int) -> PullRequest:
        """One pull request as it is now.

        Raises:
            RateLimited: as above.
            Refused: as above, also where there is none of this number.
        """
        node = self._one(queries.ONE_PULL, "pullRequest", number)
        return mapping.pull_request(node, self._completed([node], []))

    def form(self, number: int) -> Form:
        """One issue as it is now.

        Raises:
            RateLimited: as above.
            Refused: as above, also where there is none of this number.
        """
        node = self._one(queries.ONE_FORM, "issue", number)
        return mapping.form(node, self._completed([], [node]))

    # --- the first question -------------------------------------------------------------------------------

    def _page(
        self, sizes: Sizes, start: datetime | None, pulls: _Listing, forms: _Listing
    ) -> dict[str, Json]:
        return {
            **self._home(),
            "first": sizes.outer,
            "inner": sizes.inner,
            "since": None if start is None else start.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "pulls": pulls.goes_on,
            "afterPull": pulls.after,
            "forms": forms.goes_on,
            "afterForm": forms.after,
        }

    def _one(self, query: str, name: str, number: int) -> Json:
        self._sizes = Sizes()
        data = self._ask(lambda sizes: (query, {**self._home(), "number": number, "inner": sizes.inner}))
        node = data["repository"][name]
        if node is None:
            raise incomplete(f"#{number}")
        return node

    def _home(self) -> dict[str, str]:
        owner, _, name = self._client.repository.partition("/")
        return {"owner": owner, "name": name}

    def _server_time(self) -> datetime:
        if self._client.server_time is None:
            raise no_answer("the clock of the server", "no date came with the answer")
        return self._client.server_time

    # --- what else belongs to it --------------------------------------------------------------------------

    def _completed(self, pulls: Iterable[Json], forms: Iterable[Json]) -> FollowedUp:
        """Read on every list that goes on, then ask for what lies deeper."""
        pulls, forms = list(pulls), list(forms)
        lists = [
            _List(f"#{one['number']}", one["id"], kind, name, one[name])
            for kind, nodes, names in (
                ("PullRequest", pulls, queries.PULL_CONNECTIONS),
                ("Issue", forms, queries.TOPIC_CONNECTIONS),
            )
            for one in nodes
            for name in names
        ]
        self._read_on(lists)
        wanted = [Wanted(WORDINGS, one) for node in (*pulls, *forms) for one in mapping.edited(node)]
        wanted += [
            Wanted(THREAD, one["id"]) for node in pulls for one in mapping.items(node, "reviewThreads")
        ]
        wanted += [Wanted(COMMIT, oid) for node in pulls for oid in mapping.heads(node)]
        return self._follow_up(dict.fromkeys(wanted))

    def _follow_up(self, wanted: Iterable[Wanted]) -> FollowedUp:
        found = FollowedUp()
        lists: list[_List] = []
        waiting = deque(wanted)
        home = self._home()
        while waiting:
            data, batch = self._ask_some(
                waiting, lambda sizes: sizes.followed, lambda some: queries.follow_up(some, **home)
            )
            commits = [one.id for one in batch if one.kind == COMMIT]
            for node in data.get("posts", ()):
                if node is not None and (page := node["userContentEdits"]) is not None:
                    found.wordings[node["id"]] = page["nodes"]
                    lists.append(_List("a post", node["id"], node["__typename"], "userContentEdits", page))
            for node in data.get("threads", ()):
                if node is not None:
                    for first in node["comments"]["nodes"][:1]:
                        found.first[node["id"]] = first
            for number, oid in enumerate(commits):
                node = data["repository"][f"c{number}"]
                if node is None:
                    continue
                found.statuses[oid] = node["status"]["contexts"] if node["status"] else []
                if (page := node["checkSuites"]) is not None:
                    found.suites[oid] = page["nodes"]
                    lists.append(_List(f"commit {oid[:12]}", oid, "Commit", "checkSuites", page))
        self._read_on(lists)
        return found

    def _read_on(self, lists: Sequence[_List]) -> None:
        """Read every list to its end; the pages are filled in place."""
        waiting = deque(one for one in lists if one.goes_on)
        home = self._home()
        while waiting:
            data, batch = self._ask_some(
                waiting,
                lambda sizes: sizes.several,
                lambda some: queries.more([one.unread for one in some], **home),
            )
            for number, one in enumerate(batch):
                node = data[f"m{number}"]
                node = node["object"] if node and one.type == "Commit" else node
                one.add(node)
                if one.goes_on:
                    waiting.append(one)
        for one in lists:
            one.refuse_with_a_hole()

    # --- asking -------------------------------------------------------------------------------------------

    def _ask_some(
        self,
        waiting: deque[T],
        size: Callable[[Sizes], int],
        make: Callable[[Sequence[T]], tuple[str, dict[str, object]]],
    ) -> tuple[Json, Sequence[T]]:
        """Ask for the first of what is waiting, as many as can be had at once; the answer, and what it is about."""
        batch: Sequence[T] = ()

        def some(sizes: Sizes) -> tuple[str, dict[str, object]]:
            nonlocal batch
            batch = [waiting[number] for number in range(min(len(waiting), size(sizes)))]
            query, variables = make(batch)
            return query, (variables | {"inner": sizes.inner} if "$inner" in query else variables)

        # What was deleted since it was named is gone, and no hole.
        data = self._ask(some, gone_is_null=True)
        for _ in batch:
            waiting.popleft()
        return data, batch

    def _ask(
        self, make: Callable[[Sizes], tuple[str, Mapping[str, object]]], *, gone_is_null: bool = False
    ) -> Json:
        """Ask, and for half of it where that was too much."""
        while True:
            query, variables = make(self._sizes)
            try:
                return self._client.graphql(query, variables, gone_is_null=gone_is_null)
            except TooMuch:
                if self._sizes == SMALLEST:
                    raise
                self._sizes = self._sizes.halved()


class _Listing:
    """All topics of one kind, the newest first, as far as they were read."""

    def __init__(self, connection: str, start: datetime | None) -> None:
        self._connection = connection
        self._start = start
        self.found: dict[int, Json] = {}
        self.after: str | None = None
        self.goes_on = True

    def take(self, repository: Json) -> None:
        """Take a page, up to the first topic that is too old."""
        if not self.goes_on:
            return
        page = repository[self._connection]
        if page is None or any(one is None for one in page["nodes"]):
            raise incomplete(self._connection)
        nodes = [
            one for one in page["nodes"] if not self._start or mapping.moment(one["updatedAt"]) >= self._start
        ]
        self.found |= {one["number"]: one for one in nodes}
        info, before = page["pageInfo"], self.after
        self.after = info["endCursor"]
        self.goes_on = info["hasNextPage"] and len(nodes) == len(page["nodes"])
        if self.goes_on and self.after in {None, before}:
            raise incomplete(self._connection)


@dataclass(slots=True)
class _List:
    """A list under something, with the page read of it so far."""

    of: str
    id: str
    type: str
    connection: str
    page: Json

    @property
    def goes_on(self) -> bool:
        """Whether there is more than was read."""
        return bool(self.page["pageInfo"]["hasNextPage"])

    @property
    def unread(self) -> Unread:
        """Where it goes on."""
        return Unread(self.id, self.type, self.connection, self.page["pageInfo"]["endCursor"])

    def add(self, node: Json) -> None:
        """Add the next page, which comes under the thing it is of."""
        if node is None:
            if self.connection != "userContentEdits":
                raise self._incomplete()
            self.page["pageInfo"] = {"hasNextPage": False}  # the post was deleted meanwhile
            self.page["totalCount"] = 0
            return
        page, before = node["more"], self.page["pageInfo"]["endCursor"]
        self.page["nodes"] += page["nodes"]
        self.page["pageInfo"], self.page["totalCount"] = page["pageInfo"], page["totalCount"]
        if self.goes_on and page["pageInfo"]["endCursor"] in {None, before}:
            raise self._incomplete()

    def refuse_with_a_hole(self) -> None:
        """Refuse it where less came than GitHub counts."""
        nodes = self.page["nodes"]
        if any(one is None for one in nodes):
            raise self._incomplete()
        if self.connection not in UNCOUNTED and len(nodes) < self.page["totalCount"]:
            raise self._incomplete()

    def _incomplete(self) -> Unanswered:
        return incomplete(f"{self.connection} of {self.of}")
