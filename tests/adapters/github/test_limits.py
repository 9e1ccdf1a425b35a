"""What each refusal of GitHub means, and what it tells people to do."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from accord.adapters.github.limits import (
    Answer,
    Missing,
    NotAccepted,
    TooMuch,
    Unanswered,
    graphql_refusal,
    refusal,
    server_moment,
)
from accord.application.forge.ports import RateLimited
from accord.domain.findings import Exit, Refused

DATE = "Mon, 04 Nov 2024 09:00:00 GMT"
NOW = datetime(2024, 11, 4, 9, 0, tzinfo=UTC)
PRIMARY = "API rate limit exceeded for installation ID 1."
SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
ABUSE = "You have triggered an abuse detection mechanism. Please retry your request again later."
NOT_YOURS = "Resource not accessible by integration"


def of(status: int, message: str = "", **headers: str) -> Refused:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    data = {"message": message} if message else None
    return refusal(Answer(status=status, headers={"date": DATE} | sent, data=data, asked="GET labels"))


@pytest.mark.parametrize(
    ("refused", "kind", "rule"),
    [
        (of(401, "Bad credentials"), Unanswered, "forge-token"),
        (of(403, NOT_YOURS), Unanswered, "forge-rights"),
        (of(403, PRIMARY), RateLimited, "forge-rate"),
        (of(403, "Anything", x_ratelimit_remaining="0"), RateLimited, "forge-rate"),
        (of(403, SECONDARY), RateLimited, "forge-rate"),
        (of(403, ABUSE), RateLimited, "forge-rate"),
        (of(403, "Anything", retry_after="3"), RateLimited, "forge-rate"),
        (of(429, "Anything"), RateLimited, "forge-rate"),
        (of(404, "Not Found"), Missing, "forge-missing"),
        (of(410, "This issue was deleted"), Missing, "forge-missing"),
        (of(301, "Moved Permanently"), Unanswered, "forge-moved"),
        (of(400, "Problems parsing JSON"), NotAccepted, "forge-not-accepted"),
        (of(409, "Conflict"), NotAccepted, "forge-not-accepted"),
        (of(422, "Validation Failed"), NotAccepted, "forge-not-accepted"),
        (of(451), NotAccepted, "forge-not-accepted"),
        (of(500), Unanswered, "forge-trouble"),
        (of(502), Unanswered, "forge-trouble"),
        (of(503), Unanswered, "forge-trouble"),
    ],
)
def test_a_status_means_one_thing(refused: Refused, kind: type[Refused], rule: str) -> None:
    assert type(refused) is kind
    assert refused.findings[0].rule == rule
    assert refused.findings[0].fix
    assert refused.exit_code is Exit.OUTSIDE


@pytest.mark.parametrize("status", [401, 403, 404, 409, 422, 500, 502, 503, 504])
def test_only_an_answer_that_was_lost_may_hide_that_it_was_done(status: int) -> None:
    refused = of(status, "x")
    assert isinstance(refused, Unanswered)
    assert refused.maybe_done == (status >= 500)


@pytest.mark.parametrize(
    ("headers", "until"),
    [
        ({"retry_after": "90"}, datetime(2024, 11, 4, 9, 1, 30, tzinfo=UTC)),
        (
            {"x_ratelimit_remaining": "0", "x_ratelimit_reset": "1730714400"},
            datetime(2024, 11, 4, 10, 0, tzinfo=UTC),
        ),
        (
            {"x_ratelimit_remaining": "7", "x_ratelimit_reset": "1730714400"},
            datetime(2024, 11, 4, 9, 1, tzinfo=UTC),
        ),
        ({"retry_after": "soon"}, datetime(2024, 11, 4, 9, 1, tzinfo=UTC)),
    ],
)
def test_until_when_to_wait_is_told_by_the_servers_clock(headers: dict[str, str], until: datetime) -> None:
    refused = of(429, SECONDARY, **headers)
    assert isinstance(refused, RateLimited)
    assert refused.until == until
    assert f"{until:%H:%M} UTC" in refused.findings[0].message


def test_without_a_clock_no_moment_is_made_up() -> None:
    refused = refusal(Answer(status=429, headers={"retry-after": "5"}))
    assert isinstance(refused, RateLimited)
    assert refused.until is None
    assert "UTC" not in refused.findings[0].message


@pytest.mark.parametrize(
    ("needed", "words"),
    [
        ("issues=write; pull_requests=write", "`issues: write` or `pull-requests: write`"),
        ("contents=write,workflows=write", "`contents: write` and `workflows: write`"),
        ("", "`accord doctor`"),
    ],
)
def test_the_right_that_is_needed_is_named(needed: str, words: str) -> None:
    assert words in of(403, NOT_YOURS, x_accepted_github_permissions=needed).findings[0].fix


def test_the_reasons_of_github_are_kept() -> None:
    data = {"message": "Validation Failed", "errors": [{"code": "custom", "message": "too long"}, "other"]}
    refused = refusal(Answer(status=422, data=data, asked="POST labels"))
    assert isinstance(refused, NotAccepted)
    assert (refused.said, refused.codes) == ("Validation Failed", ("custom", "too long", "other"))
    assert "Validation Failed" in refused.findings[0].message


def test_what_github_says_is_shortened_and_kept_on_one_line() -> None:
    message = of(422, "a\nb " * 500).findings[0].message
    assert "\n" not in message
    assert len(message) < 300


def test_a_page_for_people_is_not_read_out() -> None:
    refused = refusal(Answer(status=502, data=None, asked="GET labels"))
    assert refused.findings[0].message == "GitHub has trouble at the moment (GET labels: 502)."


def query(*errors: dict[str, object], status: int = 200, **headers: str) -> Refused:
    sent = {"date": DATE} | {name.replace("_", "-"): value for name, value in headers.items()}
    return graphql_refusal(
        Answer(status=status, headers=sent, data={"errors": list(errors)}, asked="Snapshot")
    )


def error(kind: str | None, message: str) -> dict[str, object]:
    return {"message": message, "type": kind} if kind else {"message": message}


TIMEOUT = "Something went wrong while executing your query. This may be the result of a timeout, or a bug."


@pytest.mark.parametrize(
    ("refused", "kind", "rule"),
    [
        (query(error("RATE_LIMITED", "API rate limit exceeded")), RateLimited, "forge-rate"),
        (query(error(None, "API rate limit exceeded for user ID 1.")), RateLimited, "forge-rate"),
        (query(error(None, SECONDARY)), RateLimited, "forge-rate"),
        (query(error("RESOURCE_LIMITS_EXCEEDED", "Resource limits exceeded")), TooMuch, "forge-trouble"),
        (query(error("MAX_NODE_LIMIT_EXCEEDED", "Up to 508,550 nodes")), TooMuch, "forge-trouble"),
        (query(error(None, TIMEOUT)), TooMuch, "forge-trouble"),
        (query(status=502), TooMuch, "forge-trouble"),
        (query(status=504), TooMuch, "forge-trouble"),
        (query(error("NOT_FOUND", "Could not resolve")), Missing, "forge-missing"),
        (query(error("FORBIDDEN", NOT_YOURS)), Unanswered, "forge-rights"),
        (query(error("SERVICE_UNAVAILABLE", "x")), Unanswered, "forge-partial"),
        (query(error("NOT_FOUND", "x"), error(None, "y")), Unanswered, "forge-partial"),
        (query(error("RATE_LIMITED", "x"), error("NOT_FOUND", "y")), RateLimited, "forge-rate"),
        (query(error(None, SECONDARY), status=403), RateLimited, "forge-rate"),
    ],
)
def test_an_answer_to_a_query_that_is_not_whole_means_one_thing(
    refused: Refused, kind: type[Refused], rule: str
) -> None:
    assert type(refused) is kind
    assert refused.findings[0].rule == rule
    assert refused.exit_code is Exit.OUTSIDE


@pytest.mark.parametrize(
    ("date", "moment"),
    [(DATE, NOW), ("", None), ("yesterday", None), ("Mon, 04 Nov 2024 10:00:00 +0100", NOW)],
)
def test_the_servers_clock_is_read_or_not_known(date: str, moment: datetime | None) -> None:
    assert server_moment({"date": date} if date else {}) == moment
