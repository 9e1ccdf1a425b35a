"""What it means when GitHub does not do what it was asked: one place, in plain words, each with what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from accord.application.forge.ports import RateLimited
from accord.domain.findings import Exit, Finding, Refused

_AGAIN = "Run it again; nothing is done twice."
_READING = "contents=read,pull_requests=read,issues=read,statuses=read,checks=read"  # what the queries need
_SECONDARY_WAIT = timedelta(minutes=1)  # what GitHub asks for where it names no moment
_RATE_WORDS = (
    "rate limit exceeded",
    "secondary rate limit",
    "abuse detection",
    "please wait a few minutes before you try again",
    "please retry your request again later",
)
# What GitHub says, with HTTP 200 too, of a query that is too big or takes too long.
_TOO_MUCH_TYPES = {"RESOURCE_LIMITS_EXCEEDED", "MAX_NODE_LIMIT_EXCEEDED"}
_TOO_MUCH_WORDS = (
    "resource limit",
    "may be the result of a timeout",
    "timedout",
    "timed out",
    "timeout",
    "respond to your request in time",
)


class Unanswered(Refused):
    """Asked in vain. ``status`` is the HTTP status, None where no answer came; exit OUTSIDE.

    ``maybe_done`` says that the work may have been done all the same: the answer was lost on its way.
    """

    def __init__(
        self, rule: str, message: str, fix: str, *, status: int | None = None, maybe_done: bool = False
    ) -> None:
        self.status = status
        self.maybe_done = maybe_done
        super().__init__((Finding(rule=rule, message=message, fix=fix),), Exit.OUTSIDE)


class Missing(Unanswered):
    """GitHub does not have it, or does not show it to this token."""


class TooMuch(Unanswered):
    """Asked for more than GitHub answers at once: ask for less."""


class NotAccepted(Unanswered):
    """GitHub will not have it as it was sent. ``said`` is its own sentence, ``codes`` its own short reasons."""

    def __init__(self, message: str, *, status: int, said: str, codes: tuple[str, ...]) -> None:
        self.said = said
        self.codes = codes
        super().__init__(
            "forge-not-accepted", message, "See what it says; nothing was changed.", status=status
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer of GitHub: the HTTP status, its headers in lower case, what it holds, and what was asked."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    data: Any = None
    asked: str = ""

    @property
    def said(self) -> str:
        """The sentence in it, short enough to be shown."""
        words = self.data.get("message") if isinstance(self.data, dict) else None
        plain = " ".join(str(words or "").split())
        return plain if len(plain) <= 200 else plain[:199] + "…"

    @property
    def moment(self) -> datetime | None:
        """When it was given, by the server's clock."""
        return server_moment(self.headers)

    @property
    def left(self) -> int | None:
        """How many requests GitHub still takes in this hour."""
        left = self.headers.get("x-ratelimit-remaining", "")
        return int(left) if left.isdigit() else None

    @property
    def reset(self) -> datetime | None:
        """When the next hour begins."""
        reset = self.headers.get("x-ratelimit-reset", "")
        return datetime.fromtimestamp(int(reset), UTC) if reset.isdigit() else None


def server_moment(headers: Mapping[str, str]) -> datetime | None:
    """The server's clock, as an answer tells it."""
    try:
        moment = parsedate_to_datetime(headers.get("date", ""))
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


# --- REST -------------------------------------------------------------------------------------------------


def refusal(answer: Answer) -> Refused:
    """What an answer with a status that is no success means."""
    status, said = answer.status, answer.said
    aside = f" ({answer.asked}: {status}{' ' + said if said else ''})"
    if _is_rate(answer):
        return rate_limited(answer)
    if status == 401:
        return Unanswered(
            "forge-token",
            f"GitHub does not accept the token{aside}.",
            "Set GITHUB_TOKEN to a token that is valid now.",
            status=status,
        )
    if status == 403:
        return Unanswered(
            "forge-rights", f"The token may not do this{aside}.", _rights(answer), status=status
        )
    if status in {404, 410}:
        return Missing(
            "forge-missing",
            f"GitHub has nothing there, or does not show it to this token{aside}.",
            "Check GITHUB_REPOSITORY and the rights of the token, if it should be there.",
            status=status,
        )
    if status >= 500:
        return Unanswered(
            "forge-trouble",
            f"GitHub has trouble at the moment{aside}.",
            _AGAIN,
            status=status,
            maybe_done=True,
        )
    if 300 <= status < 400:
        return Unanswered(
            "forge-moved",
            f"GitHub points somewhere else, and it is not followed there{aside}.",
            "Set GITHUB_REPOSITORY to the name that the repository has now.",
            status=status,
        )
    return NotAccepted(
        f"GitHub does not accept this{aside}.", status=status, said=said, codes=_codes(answer.data)
    )


def no_answer(asked: str, why: str) -> Unanswered:
    """No answer came, or none that can be read."""
    return Unanswered(
        "forge-silent",
        f"GitHub did not answer ({asked}: {why}).",
        f"Check the connection. {_AGAIN}",
        maybe_done=True,
    )


def rate_limited(answer: Answer) -> RateLimited:
    """GitHub asks to wait, until when it says."""
    until = _until(answer)
    when = f" It answers again from {until:%H:%M} UTC." if until else ""
    return RateLimited(f"GitHub asks us to wait, because much was asked of it lately.{when}", until)


def _is_rate(answer: Answer) -> bool:
    if answer.status == 429:
        return True
    if answer.status != 403:
        return False
    headers, said = answer.headers, answer.said.lower()
    return answer.left == 0 or "retry-after" in headers or any(words in said for words in _RATE_WORDS)


def _until(answer: Answer) -> datetime | None:
    headers, now = answer.headers, answer.moment
    wait = headers.get("retry-after", "")
    if wait.isdigit():
        return now + timedelta(seconds=int(wait)) if now else None
    if answer.left == 0 and answer.reset:
        return answer.reset
    return now + _SECONDARY_WAIT if now else None


def _rights(answer: Answer) -> str:
    """Which rights would do: GitHub names those that go together with a comma, alternatives with a semicolon."""
    needed = answer.headers.get("x-accepted-github-permissions", "")
    ways = [
        " and ".join(f"`{_right(right)}`" for right in way.split(",") if right.strip())
        for way in needed.split(";")
        if way.strip()
    ]
    if not ways:
        return "Give the token the right to do it (`accord doctor` names the settings)."
    return f"The token needs {' or '.join(ways)}: give it under `permissions:` of the job, or in the App's settings."


def _right(right: str) -> str:
    """A right as it stands in a workflow."""
    return right.strip().replace("_", "-").replace("=", ": ")


def _codes(data: Any) -> tuple[str, ...]:
    errors = data.get("errors") if isinstance(data, dict) else None
    found = []
    for error in errors if isinstance(errors, list) else ():
        if isinstance(error, dict):
            found += [str(error[name]) for name in ("code", "message") if error.get(name)]
        else:
            found.append(str(error))
    return tuple(found)


# --- GraphQL ----------------------------------------------------------------------------------------------


def graphql_refusal(answer: Answer) -> Refused:
    """What an answer to a query that is not whole means: whatever came beside the errors is left aside."""
    if answer.status >= 500:
        return too_much(answer.asked, f"{answer.status} {answer.said}".strip(), answer.status)
    errors = graphql_errors(answer)
    if not errors:
        return refusal(answer)
    kinds = {str(error.get("type") or "") for error in errors}
    words = [" ".join(str(error.get("message") or "").split())[:200] for error in errors]
    said = words[0] if words else ""
    if "RATE_LIMITED" in kinds or any(one in word.lower() for word in words for one in _RATE_WORDS):
        return rate_limited(answer)
    if kinds & _TOO_MUCH_TYPES or any(one in word.lower() for word in words for one in _TOO_MUCH_WORDS):
        return too_much(answer.asked, said, answer.status)
    if kinds == {"NOT_FOUND"}:
        return Missing(
            "forge-missing",
            f"GitHub has nothing there, or does not show it to this token ({answer.asked}: {said}).",
            "Check GITHUB_REPOSITORY and the rights of the token, if it should be there.",
            status=404,
        )
    if kinds == {"FORBIDDEN"}:
        needed = {"x-accepted-github-permissions": _READING} | dict(answer.headers)
        return Unanswered(
            "forge-rights",
            f"The token may not read this ({answer.asked}: {said}).",
            _rights(Answer(status=403, headers=needed)),
            status=403,
        )
    return Unanswered(
        "forge-partial",
        f"GitHub answered only in part, and nothing is decided on a part ({answer.asked}: {said}).",
        _AGAIN,
        status=answer.status,
    )


def graphql_errors(answer: Answer) -> list[Mapping[str, Any]]:
    """The errors in an answer to a query."""
    errors = answer.data.get("errors") if isinstance(answer.data, dict) else None
    return [error for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []


def too_much(asked: str, why: str, status: int | None) -> TooMuch:
    """The query was too big for GitHub, or took it too long."""
    return TooMuch(
        "forge-trouble",
        f"GitHub could not answer in time, not even a small part of it ({asked}: {why}).",
        _AGAIN,
        status=status,
    )
