"""The copy itself: workflow files that keep what the settings rely on, a record that is meant, people with accounts."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from accord.adapters.yaml import parse_yaml
from accord.domain.forge.own_files import people_check, record_check, uses, workflow_check
from accord.domain.forge.repository_name import is_repository_name, repository_of
from accord.domain.forge.setting_values import WORKFLOWS, Standing
from accord.domain.process.people import Chair, ExpertsList, Secretary, Term

AT = "@"  # so that nothing here looks like somebody's address
FOLDER = Path(__file__).resolve().parents[3] / ".github" / "workflows"


@cache
def _read() -> dict[str, Any]:
    return {path.name: parse_yaml(path.read_bytes(), path.name).value for path in FOLDER.glob("*.yml")}


def files() -> dict[str, Any]:
    """The workflow files of this repository, parsed."""
    return deepcopy(_read())


def job(content: dict[str, Any]) -> dict[str, Any]:
    """The first job of a workflow."""
    found: dict[str, Any] = next(iter(content["jobs"].values()))
    return found


def test_the_files_of_this_repository_keep_everything() -> None:
    """All there, all readable, and there is no other."""
    assert set(files()) == set(WORKFLOWS)
    found = workflow_check(files())
    assert found.standing is Standing.PASSED, found.found


def test_the_actions_they_use_are_githubs_own() -> None:
    """So that the advised setting lets them run."""
    assert uses(files())
    assert all(one.startswith("actions/") for one in uses(files()))


@pytest.mark.parametrize(
    ("name", "words", "spoil"),
    [
        ("intake.yml", "is missing", lambda it: it.pop("intake.yml")),
        ("ci.yml", "cannot be read", lambda it: it.update({"ci.yml": "x"})),
        (
            "reconcile.yml",
            "no longer starts by `schedule`",
            lambda it: it["reconcile.yml"]["on"].pop("schedule"),
        ),
        (
            "reconcile.yml",
            "no longer listens to `Doorbell`",
            lambda it: it["reconcile.yml"]["on"]["workflow_run"].update(workflows=["Bell"]),
        ),
        (
            "acts.yml",
            "no longer begins without rights",
            lambda it: it["acts.yml"].update(permissions={"contents": "write"}),
        ),
        ("acts.yml", "no longer begins without rights", lambda it: it["acts.yml"].pop("permissions")),
        (
            "reconcile.yml",
            "no longer uses the environment `record`",
            lambda it: job(it["reconcile.yml"]).pop("environment"),
        ),
        (
            "release.yml",
            "no longer uses the environment `release`",
            lambda it: job(it["release.yml"]).update(environment="other"),
        ),
        (
            "release.yml",
            "fetches something else than `main`",
            lambda it: job(it["release.yml"])["steps"][0]["with"].pop("ref"),
        ),
        ("doorbell.yml", "is no longer called `Doorbell`", lambda it: it["doorbell.yml"].update(name="Ring")),
        (
            "doorbell.yml",
            "has rights",
            lambda it: job(it["doorbell.yml"]).update(permissions={"contents": "write"}),
        ),
        (
            "doorbell.yml",
            "does more than ring",
            lambda it: job(it["doorbell.yml"])["steps"].append({"run": "make"}),
        ),
        (
            "pages.yml",
            "takes `actions/cache@v4` by a name that can be moved",
            lambda it: job(it["pages.yml"])["steps"].append({"uses": "actions/cache@v4"}),
        ),
        (
            "pages.yml",
            "takes `acme/x/y.yml@main` by a name that can be moved",
            lambda it: it["pages.yml"]["jobs"].update(x={"uses": "acme/x/y.yml@main"}),
        ),
        (
            "ci.yml",
            "starts by `pull_request_target`",
            lambda it: it["ci.yml"]["on"].update(pull_request_target=""),
        ),
        (
            "extra.yml",
            "starts by `pull_request_target`",
            lambda it: it.update({"extra.yml": {"on": ["pull_request_target"]}}),
        ),
        ("extra.yml", "cannot be read", lambda it: it.update({"extra.yml": None})),
    ],
)
def test_a_change_that_matters_is_named(name: str, words: str, spoil: Any) -> None:
    """The file and what it no longer keeps."""
    changed = files()
    spoil(changed)
    found = workflow_check(changed)
    assert found.standing is Standing.MISSING
    assert f".github/workflows/{name}` {words}" in found.found
    assert found.found.count(".github/workflows/") == 1, found.found


def test_how_the_record_was_born() -> None:
    """Not yet there and a real one of this forum pass; a rehearsal, or that of another forum, does not."""
    none = record_check(exists=False, rehearsal=False, forum="LWA", recorded_for="")
    real = record_check(exists=True, rehearsal=False, forum="LWA", recorded_for="LWA")
    played = record_check(exists=True, rehearsal=True, forum="LWA", recorded_for="LWA")
    other = record_check(exists=True, rehearsal=False, forum="LWA", recorded_for="WTPF-26")
    assert [one.standing for one in (none, real)] == [Standing.PASSED] * 2
    assert [one.standing for one in (played, other)] == [Standing.MISSING] * 2
    assert "rehearsal" in played.found
    assert "WTPF-26" in other.found


SINCE = Term(first=date(2024, 1, 1))
OVER = Term(first=date(2024, 1, 1), last=date(2024, 2, 1))


@pytest.mark.parametrize(
    ("chairs", "secretariat", "words"),
    [
        ([(3, SINCE)], [(4, SINCE)], ""),
        ([(None, SINCE), (3, SINCE)], [(4, SINCE)], ""),
        ([], [(4, SINCE)], "Nobody is named as chair."),
        ([(3, OVER)], [(4, SINCE)], "Nobody is named as chair."),
        ([(None, SINCE)], [(4, SINCE)], "No chair is named with the number of an account."),
        (
            [(3, SINCE)],
            [(None, SINCE)],
            "No member of the secretariat is named with the number of an account.",
        ),
        ([], [], "Nobody is named as chair. Nobody is named as member of the secretariat."),
    ],
)
def test_who_may_act_on_github(
    chairs: list[tuple[int | None, Term]], secretariat: list[tuple[int | None, Term]], words: str
) -> None:
    """Somebody of each, now, with the number of an account."""
    experts = ExpertsList(
        zone=ZoneInfo("UTC"),
        chairs=tuple(Chair(name="Cho Example", account=number, term=term) for number, term in chairs),
        secretariat=tuple(Secretary(name="Sam Example", account=n, term=term) for n, term in secretariat),
    )
    found = people_check(experts.at(datetime(2024, 11, 4, tzinfo=UTC)))
    assert found.standing is (Standing.MISSING if words else Standing.PASSED)
    assert not words or found.found == words


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://github.com/acme/drafts.git", "acme/drafts"),
        ("https://github.com/acme/drafts", "acme/drafts"),
        ("https://github.com/acme/drafts/", "acme/drafts"),
        (f"https://someone:secret{AT}github.com/acme/drafts.git", "acme/drafts"),
        (f"git{AT}github.com:acme/drafts.git", "acme/drafts"),
        (f"ssh://git{AT}github.com/acme/drafts.git", "acme/drafts"),
        (f"ssh://git{AT}GitHub.com:22/acme/drafts.git", "acme/drafts"),
        ("https://example.org/acme/drafts.git", None),
        ("https://github.com.example.org/acme/drafts.git", None),
        ("https://github.com/acme", None),
        ("https://github.com/acme/drafts/more", None),
        ("../drafts", None),
        ("", None),
    ],
)
def test_the_repository_of_an_address(address: str, name: str | None) -> None:
    """Only addresses on the host asked for, whatever their form."""
    assert repository_of(address, "github.com") == name


@pytest.mark.parametrize(
    ("text", "answer"),
    [("acme/drafts", True), ("acme", False), ("a/b/c", False), ("-a/b", False), ("a/b c", False)],
)
def test_the_form_of_a_name(text: str, answer: bool) -> None:
    """OWNER/NAME and nothing else."""
    assert is_repository_name(text) is answer
