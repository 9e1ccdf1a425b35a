"""Acts of chairs and the secretariat typed into a form of the forge: the same rights and record, shared at once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from accord.domain.record.events import (
    Called,
    Corrected,
    Declared,
    Event,
    Incorporated,
    Nominated,
    Outcome,
    Posted,
)
from tests.acceptance.forge_round import ANA, Forge, minute, on_a_forge
from tests.acceptance.test_syncing import NINE
from tests.acceptance.world import OPINION, Told, accord
from tests.conftest import Repo

CHO, SAM, VIC = "3", "4", "900"
DAY = 24 * 60.0
NOMINATION = (
    '/nominate --name "Eve Example" --registry "letter 9" --country Lyrania --account 77 '
    "--active-in-own-country --received 2024-08-19T09:00:00Z"
)


@pytest.fixture
def forge(tmp_path: Path) -> Iterator[Forge]:
    """Contribution 1 was received from a pull request."""
    forge = on_a_forge(tmp_path)
    forge.opens(ANA, NINE)
    forge.syncs(tmp_path / "run", 5)
    yield forge
    shutil.rmtree(tmp_path, ignore_errors=True)


def sends(folder: Path, subject: str, text: str, who: str, at: float, *more: str) -> Told:
    """The form is sent."""
    now = minute(at).strftime("%Y-%m-%dT%H:%M:%SZ")
    at_ = ("--repo", str(folder), "--now", now, "--format", "json")
    return accord("command", subject, text, "--as-account", who, *at_, *more)


def shared(forge: Forge, folder: Path) -> list[Event]:
    """The record that everybody has, in a fresh copy."""
    copy = folder / "everybody"
    shutil.rmtree(copy, ignore_errors=True)
    Repo(folder).git("clone", "--quiet", str(forge.shared), str(copy))
    return forge.events(copy)


def test_from_call_to_text_by_forms_alone(forge: Forge, tmp_path: Path) -> None:
    """Call, declaration and incorporation reach the shared record and the shared text, with who did it, and how."""
    run = tmp_path / "run"
    assert sends(run, "1", "/call until 2024-08-30", CHO, 10).code == 0
    assert sends(run, "1", "/declare agreed", CHO, 11 * DAY).code == 0
    told = sends(run, "1", "/incorporate", SAM, 11 * DAY + 1)
    assert told.code == 0, told.out
    events = shared(forge, tmp_path)
    acts = [e for e in events if isinstance(e, (Called, Declared, Incorporated))]
    assert [(type(e), e.by.id, e.received.clock, e.post.partition("/")[0]) for e in acts] == [
        (Called, 3, "server", "typed"),
        (Declared, 3, "server", "typed"),
        (Incorporated, 4, "server", "typed"),
    ]
    text = Repo(forge.shared).git("show", f"main:{OPINION}")
    assert "to open schools until nine" in text
    now = minute(12 * DAY).strftime("%Y-%m-%dT%H:%M:%SZ")
    checked = accord("verify", "--repo", str(tmp_path / "everybody"), "--now", now)
    assert checked.code == 0, checked.out + checked.err


@pytest.mark.parametrize(
    ("subject", "text", "kind"),
    [
        ("draft-1", '/posted --at 2024-08-06 --url "https://example.org/d1" --symbol "X/1"', Posted),
        ("1", "/correct 3 is meant, not 2", Corrected),
        ("1", '/meeting ieg-1 "not agreed" --item 3 --objection "lyrania: Too late."', Outcome),
        (
            "lyrania",
            NOMINATION,
            Nominated,
        ),
    ],
)
def test_acts_that_no_comment_has(
    forge: Forge, tmp_path: Path, subject: str, text: str, kind: type[Event]
) -> None:
    """Each is the verb of its name, with its options."""
    at = 60 * DAY if kind is Outcome else 10
    told = sends(tmp_path / "run", "3" if kind is Corrected else subject, text, SAM, at)
    assert told.code == 0, told.out + told.err
    assert [e.by.id for e in shared(forge, tmp_path) if isinstance(e, kind)][-1:] == [4]


@pytest.mark.parametrize(
    ("text", "who", "code", "rule"),
    [
        ("/call until 2024-08-30", VIC, 2, "role-missing"),
        ("/incorporate", CHO, 2, "role-missing"),
        ("/incorporate --repo /elsewhere", SAM, 2, "command-option"),
        (
            '/posted --evidence=/etc/hostname --at 2024-08-06 --url "https://example.org"',
            SAM,
            2,
            "command-option",
        ),
        ('/correct "never closed', SAM, 2, "command-quotes"),
        ("/call until 2024-08-30\n/recall A slip.", CHO, 2, "command-missing"),
        ("/kall until 2024-08-30", CHO, 2, "command-misspelt"),
        ("good morning", CHO, 2, "command-missing"),
        ("/why", CHO, 2, "command-question"),
        ("/incorporate", SAM, 1, "incorporate-not-agreed"),
    ],
)
def test_what_is_refused_changes_nothing(
    forge: Forge, tmp_path: Path, text: str, who: str, code: int, rule: str
) -> None:
    """It is said at once, and neither the record nor the text moves."""
    before = Repo(forge.shared).git("for-each-ref")
    told = sends(tmp_path / "run", "1", text, who, 10)
    assert (told.code, told.rules) == (code, [rule])
    assert Repo(forge.shared).git("for-each-ref") == before


def test_a_dry_run_shares_nothing(forge: Forge, tmp_path: Path) -> None:
    """And says what would be entered."""
    before = Repo(forge.shared).git("for-each-ref")
    told = sends(tmp_path / "run", "1", "/call until 2024-08-30", CHO, 10, "--dry-run")
    assert (told.code, told.data["dry_run"]) == (0, True)
    assert Repo(forge.shared).git("for-each-ref") == before


@pytest.mark.parametrize("how", ["merge", "squash"])
def test_a_text_merged_by_the_button_is_recorded_by_the_form(forge: Forge, tmp_path: Path, how: str) -> None:
    """C13. It is found on main as it was declared, later changes of main or not; nobody has to regularise it."""
    run, work = tmp_path / "run", forge.round.repo
    assert sends(run, "1", "/call until 2024-08-30", CHO, 10).code == 0
    assert sends(run, "1", "/declare agreed", CHO, 11 * DAY).code == 0
    if how == "merge":
        work.git("merge", "--quiet", "--no-ff", "-m", "Merge pull request #7", "branch-7")
    else:
        work.git("merge", "--quiet", "--squash", "branch-7")
        work.git("commit", "--quiet", "-m", "Opening hours (#7)")
    work.commit({"notes.txt": "Something else.\n"})
    work.git("push", "--quiet", str(forge.shared), "main")
    forge.syncs(run, 12 * DAY)
    now = minute(13 * DAY).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert accord("verify", "--repo", str(run), "--now", now).code == 1
    told = sends(run, "1", "/incorporate", SAM, 12 * DAY + 5)
    assert told.code == 0, told.out
    assert [e.mode for e in shared(forge, tmp_path) if isinstance(e, Incorporated)] == ["agreed"]
    checked = accord("verify", "--repo", str(tmp_path / "everybody"), "--now", now)
    assert checked.code == 0, checked.out + checked.err


def test_what_was_merged_with_other_words_is_not_taken_for_it(forge: Forge, tmp_path: Path) -> None:
    """C13. It said something that nobody declared, and stays to be answered for."""
    run, work = tmp_path / "run", forge.round.repo
    assert sends(run, "1", "/call until 2024-08-30", CHO, 10).code == 0
    assert sends(run, "1", "/declare agreed", CHO, 11 * DAY).code == 0
    text = work.git("show", f"branch-7:{OPINION}") + "\n"
    work.commit({OPINION: text.replace("until nine", "until nine or so")}, "Merge pull request #7")
    work.git("push", "--quiet", str(forge.shared), "main")
    told = sends(run, "1", "/incorporate", SAM, 12 * DAY)
    assert told.code == 1, told.out
    assert not [e for e in shared(forge, tmp_path) if isinstance(e, Incorporated)]
