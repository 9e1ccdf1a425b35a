"""The one module that speaks to GitHub: what it sends, what it repeats, and what it makes of each refusal."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from accord.adapters.github.client import Client
from accord.adapters.github.limits import Missing, NotAccepted, Unanswered
from accord.application.forge.ports import RateLimited
from accord.domain.findings import Exit, Refused
from tests.adapters.github.opened import Opened, client_of, opened
from tests.double import faults
from tests.double.clock import START
from tests.double.server import Double

ONE = "query One { rateLimit { cost } }"


@pytest.fixture(name="door")
def _door(github: Double) -> Opened:
    return opened(github)


def run(code: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *options, "-c", code], capture_output=True, text=True, check=False, cwd="."
    )


def asking(client: Client) -> tuple[Callable[[], object], ...]:
    """A question of each kind."""
    return lambda: client.get("labels"), lambda: client.graphql(ONE, {})


# --- starting ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("token", "repository", "api", "graphql", "rule"),
    [
        ("", "acme/wtpf", "https://api.github.com", "", "forge-token"),
        ("  ", "acme/wtpf", "https://api.github.com", "", "forge-token"),
        ("a\nb", "acme/wtpf", "https://api.github.com", "", "forge-token"),
        ("t", "acme", "https://api.github.com", "", "forge-repository"),
        ("t", "acme/wtpf/../other", "https://api.github.com", "", "forge-repository"),
        ("t", "acme/wtpf", "http://api.github.com", "", "forge-address"),
        ("t", "acme/wtpf", "ftp://127.0.0.1", "", "forge-address"),
        ("t", "acme/wtpf", "nowhere", "", "forge-address"),
        ("t", "acme/wtpf", "https://api.github.com", "https://example.org/graphql", "forge-address"),
    ],
)
def test_a_setting_that_cannot_be_right_is_refused_at_once(
    token: str, repository: str, api: str, graphql: str, rule: str
) -> None:
    with pytest.raises(Refused) as caught:
        Client(token, repository, api, graphql)
    assert caught.value.findings[0].rule == rule
    assert caught.value.exit_code is Exit.USAGE
    assert caught.value.findings[0].fix


@pytest.mark.parametrize(
    ("api", "graphql"),
    [
        ("https://api.github.com", "https://api.github.com/graphql"),
        ("https://api.github.com/", ""),
        ("https://github.example.org/api/v3", "https://github.example.org/api/graphql"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/graphql"),
    ],
)
def test_an_address_of_github_is_taken(api: str, graphql: str) -> None:
    assert Client("t", "acme/wtpf", api, graphql).requests == 0


def test_python_without_its_checks_is_refused() -> None:
    """PyGithub's check that the token goes to GitHub only is an `assert`."""
    code = (
        "from accord.adapters.github.client import Client\nfrom accord.domain.findings import Refused\n"
        "try: Client('t', 'acme/wtpf')\nexcept Refused as refused: print(refused.findings[0].rule)\n"
        "else: print('started')"
    )
    assert run(code).stdout.strip() == "started"
    assert run(code, "-O").stdout.strip() == "forge-checks"


def test_nothing_of_github_is_loaded_before_it_is_asked() -> None:
    code = (
        "import sys, accord.cli.main, accord.cli.wiring, accord.adapters.github.reading, "
        "accord.adapters.github.writing\n"
        "print([name for name in ('github', 'requests', 'jwt', 'nacl') if name in sys.modules])"
    )
    done = run(code)
    assert done.stdout.strip() == "[]", done.stderr


def test_only_one_module_knows_the_library() -> None:
    """No object of it crosses into another one."""
    root = Path(__file__).parents[3] / "tools"
    knows = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name in (
            [one.name for one in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        if name.partition(".")[0] in {"github", "requests", "urllib3"}
    }
    assert knows == {"accord/adapters/github/client.py"}


# --- asking -----------------------------------------------------------------------------------------------


def test_what_is_asked_is_counted_and_the_servers_clock_kept(door: Opened) -> None:
    assert door.client.server_time is None
    door.client.get("labels")
    door.client.graphql(ONE, {})
    assert (door.client.requests, door.client.points) == (2, 1)
    assert door.client.server_time == START
    assert len(door.world.log) == 2


def test_a_path_is_of_the_repository_unless_it_begins_with_a_slash(door: Opened) -> None:
    assert door.client.get("/repos/acme/wtpf")["full_name"] == "acme/wtpf"
    assert door.client.get("labels") == []


def test_a_list_is_read_to_its_end(door: Opened) -> None:
    for number in range(205):
        door.world.label(door.repository, f"label-{number:03}")
    found = door.client.get_list("labels")
    assert [one["name"] for one in found] == [f"label-{number:03}" for number in range(205)]
    assert door.client.requests == 3


def test_a_list_inside_an_object_is_read_to_its_end(door: Opened) -> None:
    pull = door.pull()
    for number in range(130):
        door.world.set_status(door.repository, pull.head, f"context-{number}", "success", door.world.bot)
    assert len(door.client.get_list(f"commits/{pull.head}/status")) == 130


def test_a_renamed_repository_is_read_and_written_under_its_old_name(door: Opened) -> None:
    pull = door.pull()
    for number in range(150):
        door.world.label(door.repository, f"label-{number:03}")
    door.world.rename_repository(door.repository, "forum/wtpf-26")
    assert len(door.client.get_list("labels")) == 150
    made = door.client.post(f"issues/{pull.number}/comments", {"body": "Here."})
    assert made["body"] == "Here."
    door.client.patch(f"issues/comments/{made['id']}", {"body": "There."})
    assert pull.comments[0].words.text == "There."
    door.client.delete(f"issues/comments/{made['id']}")
    assert pull.comments == []


def test_the_version_of_the_interface_is_always_named(door: Opened) -> None:
    import github

    assert github.Consts.API_VERSION_2022_11_28 == "2022-11-28"
    requester = door.client._writer
    assert requester.api_version == "2022-11-28"


# --- refusals ---------------------------------------------------------------------------------------------


def test_reading_is_repeated_where_github_has_trouble_writing_never(door: Opened) -> None:
    pull = door.pull()
    door.world.faults.add("issues/list-labels-for-repo", faults.bad_gateway(), times=3)
    assert door.client.get("labels") == []
    assert door.world.calls()["issues/list-labels-for-repo"] == 4
    door.world.faults.add("issues/create-comment", faults.bad_gateway(after_commit=True), times=3)
    with pytest.raises(Unanswered) as caught:
        door.client.post(f"issues/{pull.number}/comments", {"body": "Once."})
    assert caught.value.maybe_done
    assert caught.value.findings[0].rule == "forge-trouble"
    assert door.world.calls()["issues/create-comment"] == 1
    assert len(pull.comments) == 1


def test_trouble_that_stays_is_said(door: Opened) -> None:
    door.world.faults.add("issues/list-labels-for-repo", faults.bad_gateway(), times=100)
    with pytest.raises(Unanswered) as caught:
        door.client.get("labels")
    assert (caught.value.status, caught.value.exit_code) == (502, Exit.OUTSIDE)
    assert door.world.calls()["issues/list-labels-for-repo"] == 4


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_lost_connection_is_said(door: Opened, verb: str) -> None:
    pull = door.pull()
    for operation in ("issues/list-comments", "issues/create-comment"):
        door.world.faults.add(operation, faults.connection_lost(), times=100)
    with pytest.raises(Unanswered) as caught:
        getattr(door.client, verb)(
            f"issues/{pull.number}/comments", **({"body": {"body": "x"}} if verb == "post" else {})
        )
    assert caught.value.findings[0].rule == "forge-silent"
    assert caught.value.maybe_done


def test_nobody_there_is_said() -> None:
    client = Client("t", "acme/wtpf", "http://127.0.0.1:9", pause=0)
    for ask in asking(client):
        with pytest.raises(Unanswered) as caught:
            ask()
        assert caught.value.findings[0].rule == "forge-silent"
        assert caught.value.exit_code is Exit.OUTSIDE


@pytest.mark.parametrize("verb", ["get", "post"])
@pytest.mark.parametrize(
    ("fault", "seconds"),
    [
        (faults.too_many(120), 120),
        (faults.too_many(), 60),
        (faults.secondary_limit(90), 90),
        (faults.secondary_limit(None), 60),
    ],
    ids=["429 with a time", "429", "secondary with a time", "secondary"],
)
def test_where_github_asks_to_wait_the_run_ends(
    door: Opened, verb: str, fault: faults.Fault, seconds: int
) -> None:
    """No waiting and no asking again: the next run goes on (the moment is the server's)."""
    pull = door.pull()
    path = f"issues/{pull.number}/comments"
    for operation in ("issues/list-comments", "issues/create-comment"):
        door.world.faults.add(operation, fault, times=100)
    with pytest.raises(RateLimited) as caught:
        door.client.get(path) if verb == "get" else door.client.post(path, {"body": "x"})
    assert caught.value.until == START + timedelta(seconds=seconds)
    assert caught.value.exit_code is Exit.OUTSIDE
    assert len(door.world.log) == 1
    assert pull.comments == []


def test_a_used_up_hour_is_said_with_its_end(door: Opened) -> None:
    door.world.limits.hourly["workflow", "core"] = 1
    door.client.get("labels")
    with pytest.raises(RateLimited) as caught:
        door.client.get("labels")
    assert caught.value.until == START + timedelta(hours=1)
    assert "10:00 UTC" in caught.value.findings[0].message


def test_a_secondary_limit_of_queries_is_a_rate_limit(door: Opened) -> None:
    door.world.limits.points_a_minute["graphql"] = 1
    door.client.graphql(ONE, {})
    with pytest.raises(RateLimited):
        door.client.graphql(ONE, {})


def test_a_missing_right_is_named(door: Opened) -> None:
    pull = door.pull()
    client = client_of(door.double, {"contents": "read"})
    with pytest.raises(Unanswered) as caught:
        client.post(f"issues/{pull.number}/comments", {"body": "x"})
    finding = caught.value.findings[0]
    assert finding.rule == "forge-rights"
    assert "`issues: write`" in finding.fix
    assert "`pull-requests: write`" in finding.fix
    assert not caught.value.maybe_done


def test_a_token_that_is_not_valid_any_more_is_said(door: Opened) -> None:
    for secret in list(door.world.tokens):
        door.world.revoke(secret)
    for ask in asking(door.client):
        with pytest.raises(Unanswered) as caught:
            ask()
        assert caught.value.findings[0].rule == "forge-token"


def test_what_is_not_there_is_missing(door: Opened) -> None:
    with pytest.raises(Missing) as caught:
        door.client.get("issues/77")
    assert caught.value.status == 404
    with pytest.raises(Missing):
        client_of(door.double, name="acme/wtpf").get("/repos/acme/nothing")


def test_what_github_does_not_accept_is_told_with_its_reason(door: Opened) -> None:
    door.world.label(door.repository, "state:open")
    with pytest.raises(NotAccepted) as caught:
        door.client.post("labels", {"name": "state:open", "color": "ededed"})
    assert caught.value.status == 422
    assert "already_exists" in caught.value.codes


def test_a_page_for_people_in_the_place_of_an_answer_is_no_answer(door: Opened) -> None:
    page = faults.Answer(status=200, body=b"<html>Welcome to the network of the hotel</html>")
    door.world.faults.add("issues/list-labels-for-repo", faults.Fault(answer=page))
    with pytest.raises(Unanswered) as caught:
        door.client.get("labels")
    assert caught.value.findings[0].rule == "forge-silent"
    door.world.faults.add("graphql", faults.Fault(answer=page))
    with pytest.raises(Unanswered):
        door.client.graphql(ONE, {})


def test_a_list_without_end_is_refused(door: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accord.adapters.github.client.MOST_PAGES", 2)
    for number in range(250):
        door.world.label(door.repository, f"label-{number:03}")
    with pytest.raises(Unanswered):
        door.client.get_list("labels")
