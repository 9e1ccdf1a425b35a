"""The only module that speaks to GitHub: PyGithub's requester, and one meaning for every way in which it refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from accord import __version__
from accord.adapters.github.limits import (
    Answer,
    Unanswered,
    graphql_errors,
    graphql_refusal,
    no_answer,
    refusal,
    server_moment,
    too_much,
)
from accord.domain.findings import Exit, refuse

if TYPE_CHECKING:
    from github.GithubRetry import GithubRetry
    from github.Requester import Requester

API_URL = "https://api.github.com"
API_VERSION = "2022-11-28"
TIMEOUT = 30  # seconds; GitHub itself gives up after ten
MOST_PAGES = 1_000
TRIES = 3
READING = {"GET", "HEAD"}
_NAME = re.compile(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+")
_NEXT = re.compile(r'<([^<>]+)>;\s*rel="next"')

Json = Any


class Client:
    """GitHub, for one repository. A path is of that repository unless it begins with a slash.

    ``pause`` are the seconds between two writes, and before something is read again that failed. ``requests`` and
    ``points`` (of GraphQL) count what was asked; ``server_time`` is the server's clock at the last answer, ``left`` how
    many requests besides queries it then had left for the hour that ends at ``until`` (None: not known).

    Every method raises :class:`~accord.application.forge.ports.RateLimited`, and the refusals of
    :mod:`~accord.adapters.github.limits`: all with exit OUTSIDE. What may be done twice is read again by itself;
    nothing else is.

    Raises:
        Refused: no token, a name or an address that cannot be right, or Python without its checks (exit USAGE).
    """

    def __init__(
        self,
        token: str,
        repository: str,
        api_url: str = API_URL,
        graphql_url: str = "",
        *,
        pause: float = 1.0,
        timeout: int = TIMEOUT,
    ) -> None:
        _refuse_without_checks()
        _refuse_wrong(token, repository, api_url)
        self.repository = repository
        self.requests = 0
        self.points = 0
        self.server_time: datetime | None = None
        self.left: int | None = None
        self.until: datetime | None = None
        self._reader = _requester(token, api_url, timeout, pause, between_writes=0)
        self._writer = _requester(token, api_url, timeout, pause, between_writes=pause)
        if graphql_url and graphql_url.rstrip("/") != self._reader.graphql_url:
            raise refuse(
                "forge-address",
                f"The address for queries ({graphql_url}) does not belong to the other one ({api_url}).",
                fix="Set GITHUB_API_URL and GITHUB_GRAPHQL_URL to addresses of the same GitHub.",
                exit_code=Exit.USAGE,
            )

    # --- reading ------------------------------------------------------------------------------------------

    def graphql(self, query: str, variables: Mapping[str, Json], *, gone_is_null: bool = False) -> Json:
        """The data that a query brings, whole or not at all.

        With *gone_is_null* things that are no longer there may be missing in it: null in their places.

        Raises:
            TooMuch: it was too much at once, or took GitHub too long.
        """
        asked = _name_of(query)
        answer = self._answered(query, variables, asked)
        self.server_time = answer.moment or self.server_time
        errors = graphql_errors(answer)
        data = answer.data.get("data") if isinstance(answer.data, dict) else None
        self.points += _cost(data)
        only_gone = gone_is_null and errors and all(error.get("type") == "NOT_FOUND" for error in errors)
        if not isinstance(data, dict) or (errors and not only_gone):
            raise graphql_refusal(answer)
        return data

    def _answered(self, query: str, variables: Mapping[str, Json], asked: str, tries: int = TRIES) -> Answer:
        from github import GithubException
        from requests.exceptions import Timeout

        self.requests += 1
        try:
            headers, body = self._reader.graphql_query(query, dict(variables))
        except GithubException as problem:
            return Answer(
                status=problem.status, headers=problem.headers or {}, data=problem.data, asked=asked
            )
        except Timeout as problem:
            raise too_much(asked, "no answer in time", None) from problem
        except OSError as problem:
            if tries > 1:  # a question can be asked twice
                return self._answered(query, variables, asked, tries - 1)
            raise no_answer(asked, type(problem).__name__) from problem
        except (ValueError, RuntimeError) as problem:
            raise no_answer(asked, "what came cannot be read") from problem
        return Answer(status=200, headers=headers, data=body, asked=asked)

    def get(self, path: str, **query: str | int | bool) -> Json:
        """What is at a path."""
        return self._ask("GET", path, query)[0]

    def get_list(self, path: str, **query: str | int | bool) -> list[Json]:
        """All of a list, page after page; also of one that comes inside an object, with a count beside it."""
        found: list[Json] = []
        data, following = self._ask("GET", path, {"per_page": 100} | query)
        for _ in range(MOST_PAGES):
            found += _items(data)
            if not following:
                return found
            data, following = self._ask("GET", following, {})
        raise no_answer(f"GET {path}", "the list does not end")

    # --- writing ------------------------------------------------------------------------------------------

    def post(self, path: str, body: Json = None) -> Json:
        """Make something; what came of it."""
        return self._ask("POST", path, {}, body)[0]

    def patch(self, path: str, body: Json = None) -> Json:
        """Change something; what came of it."""
        return self._ask("PATCH", path, {}, body)[0]

    def put(self, path: str, body: Json = None) -> Json:
        """Set something; what came of it."""
        return self._ask("PUT", path, {}, body)[0]

    def delete(self, path: str, body: Json = None) -> Json:
        """Remove something."""
        return self._ask("DELETE", path, {}, body)[0]

    def upload(self, url: str, name: str, data: bytes, content_type: str) -> Json:
        """Upload a file to the address that a release gives for it (what is in braces there is left out)."""
        from github import GithubException

        asked = f"POST {name}"
        self.requests += 1
        try:
            headers, found = self._writer.requestMemoryBlobAndCheck(
                "POST",
                url.partition("{")[0],
                {"name": name},
                {"Content-Type": content_type},
                BytesIO(data),
            )
        except GithubException as problem:
            raise refusal(
                Answer(status=problem.status, headers=problem.headers or {}, data=problem.data, asked=asked)
            ) from problem
        except (OSError, ValueError, RuntimeError) as problem:
            raise no_answer(asked, type(problem).__name__) from problem
        self.server_time = server_moment(headers) or self.server_time
        return found

    # --- one request --------------------------------------------------------------------------------------

    def _ask(
        self, verb: str, path: str, query: Mapping[str, Json], body: Json = None, *, moved: bool = False
    ) -> tuple[Json, str]:
        """What GitHub answered, and where the list goes on (empty: nowhere)."""
        from github import GithubException

        asked = f"{verb} {urlsplit(path).path}"
        requester = self._reader if verb in READING else self._writer
        where = path if path.startswith(("/", "https:", "http:")) else f"/repos/{self.repository}/{path}"
        self.requests += 1
        try:
            status, headers, text = requester.requestJson(verb, where, dict(query), input=body)
        except GithubException as problem:
            raise refusal(
                Answer(status=problem.status, headers=problem.headers or {}, data=problem.data, asked=asked)
            ) from problem
        except (OSError, ValueError, RuntimeError) as problem:
            raise no_answer(asked, type(problem).__name__) from problem
        answer = Answer(status=status, headers=headers, data=_read(text, status, asked), asked=asked)
        self.server_time = answer.moment or self.server_time
        self.left, self.until = answer.left, answer.reset
        if status in {307, 308} and not moved and (to := headers.get("location")):
            # A renamed repository: only the path is taken from it, so the token stays with the host it is for.
            return self._ask(verb, to, {}, body, moved=True)
        if not 200 <= status < 300:
            raise refusal(answer)
        following = _NEXT.search(headers.get("link", ""))
        return answer.data, following[1] if following else ""


def _requester(token: str, api_url: str, timeout: int, pause: float, *, between_writes: float) -> Requester:
    import github

    client = github.Github(
        auth=github.Auth.Token(token),
        base_url=api_url.rstrip("/"),
        timeout=timeout,
        user_agent=f"accord/{__version__}",
        per_page=100,
        retry=_retry(pause),
        seconds_between_requests=0,
        seconds_between_writes=between_writes,
        lazy=True,
        api_version=API_VERSION,
    )
    return client.requester


def _retry(pause: float) -> GithubRetry:
    """Only what changes nothing is asked again, and only where GitHub had trouble.

    Where it asks to wait, nobody waits: the run ends, and the next one goes on.
    """
    from github.GithubRetry import GithubRetry

    class Patience(GithubRetry):
        def is_retry(self, method: str, status_code: int, has_retry_after: bool = False) -> bool:
            return status_code != 403 and super().is_retry(method, status_code, has_retry_after)

    return Patience(
        total=TRIES,
        allowed_methods=READING,
        max_rate_limit_wait=30,
        respect_retry_after_header=False,
        backoff_factor=pause / 2,
        raise_on_status=False,
    )


def _refuse_without_checks() -> None:
    if not __debug__:
        raise refuse(
            "forge-checks",
            "Python was started with -O, which switches off the check that the token goes to GitHub only.",
            fix="Start it without -O and without PYTHONOPTIMIZE.",
            exit_code=Exit.USAGE,
        )


def _refuse_wrong(token: str, repository: str, api_url: str) -> None:
    if not token.strip() or not token.isprintable():
        raise refuse("forge-token", "There is no token.", fix="Set GITHUB_TOKEN.", exit_code=Exit.USAGE)
    if not _NAME.fullmatch(repository):
        raise refuse(
            "forge-repository",
            f"`{repository}` is no name of a repository.",
            fix="Set GITHUB_REPOSITORY to OWNER/NAME.",
            exit_code=Exit.USAGE,
        )
    address = urlsplit(api_url)
    here = address.scheme == "http" and address.hostname in {"127.0.0.1", "localhost", "::1"}
    if not address.hostname or not (here or address.scheme == "https"):
        raise refuse(
            "forge-address",
            f"The token would not be safe on its way to `{api_url}`.",
            fix="Set GITHUB_API_URL to an address that begins with https://.",
            exit_code=Exit.USAGE,
        )


def _read(text: object, status: int, asked: str) -> Json:
    """The JSON of an answer. A page for people, as a gateway sends it, is not read."""
    assert isinstance(text, str)  # noqa: S101 - nothing is streamed here
    if not text:
        return None
    try:
        return json.loads(text)
    except ValueError as problem:
        if status >= 400:
            return None
        raise no_answer(asked, "what came cannot be read") from problem


def _items(data: Json) -> list[Json]:
    if isinstance(data, dict):
        data = next((value for value in data.values() if isinstance(value, list)), None)
    if not isinstance(data, list):
        raise no_answer("GET", "a list was expected")
    return data


def _cost(data: Json) -> int:
    rate = data.get("rateLimit") if isinstance(data, dict) else None
    cost = rate.get("cost") if isinstance(rate, dict) else 1
    return cost if isinstance(cost, int) else 1


def _name_of(query: str) -> str:
    found = re.search(r"\bquery\s+(\w+)", query)
    return found[1] if found else "query"


__all__ = ["Client", "Unanswered"]
