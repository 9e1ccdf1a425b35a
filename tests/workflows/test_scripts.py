"""The scripts of .ci/ by themselves: what they refuse before anything else is done."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.workflows.files import ROOT
from tests.workflows.test_harness import echo


def script(name: str, folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one, with a program in the place of Accord that says what it was asked."""
    return subprocess.run(
        [ROOT / ".ci" / name, *arguments],
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "GITHUB_ACTOR_ID": "4", **echo(folder), **environment},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["PR", "ISSUE"])
@pytest.mark.parametrize(
    "number", ["7; touch pwned", "--full", "07", "1234567890", "$(id)", "\uff17", "7\n8", " 7"]
)
def test_a_number_is_digits(tmp_path: Path, name: str, number: str) -> None:
    """Nothing that a shell, an option or another alphabet makes of it."""
    done = script("reconcile", tmp_path, **{name: number})
    assert (done.returncode, done.stdout.count("\n")) == (2, 1)
    assert done.stdout.startswith("::error::This is no number")


@pytest.mark.parametrize(
    "draft", ["draft-2; id", "../x", "--publish", "draft-0", "draft-2\nx", "v1", "", "final-corr-0"]
)
@pytest.mark.parametrize("half", ["prepare", "publish"])
def test_a_draft_has_the_name_of_one(tmp_path: Path, half: str, draft: str) -> None:
    """Nothing else becomes a tag."""
    done = script("release", tmp_path, half, DRAFT=draft)
    assert (done.returncode, done.stdout.count("\n")) == (2, 1)


@pytest.mark.parametrize("draft", ["draft-2", "draft-12", "final", "draft-2-corr-1", "final-corr-10"])
def test_a_draft_may_be_any_of_these(tmp_path: Path, draft: str) -> None:
    """And its reason arrives in one piece."""
    done = script("release", tmp_path, "publish", DRAFT=draft, REASON="It is 1.3 now; `id`")
    assert done.returncode == 0, done.stderr
    assert f"'--reason=It is 1.3 now; `id`' '--' '{draft}'" in done.stdout


@pytest.mark.parametrize("details", ["agreed\n/declare 13 agreed", "agreed\r", "agreed\x1b[2J"])
def test_an_act_is_one_line(tmp_path: Path, details: str) -> None:
    """A second line would be a second command, or an order in the log."""
    done = script("office", tmp_path, CONTRIBUTION="12", ACT="declare", DETAILS=details)
    assert (done.returncode, done.stdout.count("\n")) == (2, 1)


def test_an_install_needs_a_job(tmp_path: Path) -> None:
    """Outside of one it changes nothing and says what to do."""
    done = subprocess.run(
        [ROOT / ".ci" / "install-accord"],
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "make setup" in done.stderr
