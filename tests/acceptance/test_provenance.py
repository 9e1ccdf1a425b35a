"""Where a clause came from: by number or id, step by step, with who answers for each step."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from shutil import copytree
from tempfile import mkdtemp
from typing import Any

import pytest

from tests.acceptance.rounds import second
from tests.acceptance.world import ANA, CHO, IN_W2, LEV, OPINION, REPORT, SAM, Round, accord
from tests.conftest import Repo

NOW = "2025-03-01T10:00:00Z"


@cache
def _played() -> Path:
    """The Opinion changed by contribution 3 in a meeting; the Report by the secretariat from 2; a slip regularised."""
    folder = Path(mkdtemp(prefix="accord-provenance-")) / "r"
    round_ = second(folder)
    round_.rewords(
        "hours",
        ("to open schools in the evening", "to open schools until nine"),
        ("2. that schools close in the afternoon;\n", ""),
    )
    round_.does(
        ANA, IN_W2, "submit", "hours", "--metadata",
        round_.metadata(kind="opinion-text", based_on="draft-2", title="Until nine"),
    )  # fmt: skip
    round_.does(
        CHO, "2025-02-11T10:00:00Z", "meeting", "outcome", "ieg-2", "3", "agreed", "--item", "4",
        "--statement", "lyrania:costs are not settled",
    )  # fmt: skip
    round_.does(SAM, "2025-02-12T10:00:00Z", "incorporate", "3")
    text = round_.repo.git("show", f"main:{REPORT}") + "\n"
    round_.proposes("report", {REPORT: text.replace("Later versions", "Later drafts")})
    round_.does(
        SAM, "2025-02-13T10:00:00Z", "submit", "report", "--metadata",
        round_.metadata(
            category=None, source="Secretariat", kind="secretariat-text", based_on="draft-2", sources="[2, ieg-2]",
            title="One word for one thing", themes="[cross-cutting]",
        ),
    )  # fmt: skip
    round_.does(SAM, "2025-02-13T11:00:00Z", "incorporate", "4", "--reason", "the same word everywhere")
    opinion = round_.repo.git("show", f"main:{OPINION}") + "\n"
    slip = round_.repo.commit({OPINION: opinion.replace("people learn", "many learn")})
    round_.does(SAM, "2025-02-14T10:00:00Z", "regularise", slip, "--reason", "a slip of the pen")
    again = round_.repo.git("show", f"main:{OPINION}") + "\n"
    round_.repo.commit({OPINION: again.replace("many learn", "most learn")})
    return folder


@pytest.fixture
def round_(tmp_path: Path) -> Round:
    """The round above, to be asked about."""
    return Round(Repo(Path(copytree(_played(), tmp_path / "r", symlinks=True))))


def asked(round_: Round, clause: str, *more: str, code: int = 0) -> dict[str, Any]:
    """The answer as JSON."""
    told = accord("provenance", clause, *more, "--repo", str(round_.path), "--now", NOW, "--format", "json")
    assert told.code == code, told.out + told.err
    return told.data


def test_a_clause_of_the_first_draft(round_: Round) -> None:
    """It says that it was there from the start, and in which drafts it stands under which number."""
    data = asked(round_, "2.1")
    assert [step["what"] for step in data["steps"]] == ["present"]
    assert data["drafts"] == ["In draft-1 as 2.1.", "In draft-2 as 2.1."]
    assert data["path"] == "report/02-preparatory-process.md"


def test_a_clause_that_two_contributions_made(round_: Round) -> None:
    """Added by 1 after a call, changed by 3 in a meeting, with the statement for the record and the redline of each."""
    told = round_.says(NOW, "provenance", "access: invites Member States 1")
    assert "1. 2 September 2024: added as invites Member States 1" in told.out
    assert "by Arcadia (invented), Member State." in told.out
    assert (
        "Declared agreed by Cho Example (chair) on 1 September 2024 after a call from 9 August 2024"
        in told.out
    )
    assert "2. 12 February 2025: changed" in told.out
    assert "Contribution 3, version 1: “Until nine”" in told.out
    assert "Agreed in ieg-2, item 4, record event" in told.out
    assert (
        "Statement for the record (ieg-2) of experts nominated by Lyrania (invented): “costs are not settled”"
        in told.out
    )
    assert "1. to open schools [-in the evening-]{+until nine+};" in told.out
    assert "Unofficial working aid" in told.out
    data = asked(round_, "access: invites Member States 1")
    assert [step["contribution"] for step in data["steps"]] == ["1", "3"]
    change = data["steps"][1]["redline"]["files"][0]["rows"][0]
    assert change["op"] == "MOD"
    assert "until nine" in change["new"]["text"]


def test_report_text_by_an_act_of_the_secretariat(round_: Round) -> None:
    """C1. The act names its sources and its reason."""
    told = round_.says(NOW, "provenance", "3")
    assert (
        "By an act of the secretariat (Sam Example), from contribution 2, ieg-2: the same word everywhere (C1)."
        in told.out
    )


def test_a_slip_that_was_regularised_and_one_that_was_not(round_: Round) -> None:
    """C13. Who took responsibility; and what nobody answers for."""
    told = round_.says(NOW, "provenance", "access: considering b)")
    assert "Sam Example (secretariat) took responsibility for it: a slip of the pen (C13)." in told.out
    assert "Nobody has answered for this change yet" in told.out


def test_a_clause_that_is_gone(round_: Round) -> None:
    """A retired id says when and by what it was removed."""
    gone = asked(round_, "access: considering b)", "--as-of", "draft-2")["clause"]
    told = round_.says(NOW, "provenance", gone)
    assert f"{gone} is no longer in the text; it was considering b) in {OPINION}." in told.out
    assert "Its id is retired and is never given again." in told.out
    assert "2. 12 February 2025: removed" in told.out
    data = asked(round_, gone)
    assert data["retired"] is True
    assert data["steps"][-1]["contribution"] == "3"


def test_as_of_a_draft_numbers_and_steps_are_those_of_the_draft(round_: Round) -> None:
    """`considering b)` of the second draft is another clause than the one of today."""
    then, now = asked(round_, "considering b)", "--as-of", "draft-2"), asked(round_, "considering b)")
    assert then["clause"] != now["clause"]
    assert [step["what"] for step in then["steps"]] == ["added"]


def test_a_clause_keeps_its_id_from_draft_to_draft(round_: Round) -> None:
    """What was `considering c)` is `considering b)` today, under one id."""
    assert (
        asked(round_, "considering c)", "--as-of", "draft-2")["clause"]
        == asked(round_, "considering b)")["clause"]
    )


@pytest.mark.parametrize(
    ("arguments", "rule", "hint"),
    [
        (("9.9",), "clause-unknown", "c-..."),
        (("acess: considering a)",), "clause-unknown", "Did you mean `access: considering a)`?"),
        (("c-aaaaaa",), "clause-unknown", "c-..."),
        (("2.1", "--as-of", "draft-3"), "draft-unknown", "Did you mean `draft-"),
    ],
)
def test_what_there_is_not(round_: Round, arguments: tuple[str, ...], rule: str, hint: str) -> None:
    """A mistake of usage, with the nearest name."""
    data = asked(round_, *arguments, code=2)
    assert data["findings"][0]["rule"] == rule
    assert hint in data["findings"][0]["fix"]


def test_a_label_of_several_opinions_asks_which(round_: Round) -> None:
    """Nothing is guessed."""
    text = round_.repo.git("show", f"main:{OPINION}") + "\n"
    round_.repo.commit({"opinions/other.md": text.replace("id: access", "id: other")})
    data = asked(round_, "considering a)", code=2)
    assert data["findings"][0]["rule"] == "clause-ambiguous"
    assert "`other: considering a)`" in data["findings"][0]["fix"]


def test_asking_changes_nothing(round_: Round) -> None:
    """It sees the newest text without recording that."""
    before = round_.refs()
    asked(round_, "2.1")
    assert round_.refs() == before
    assert LEV not in round_.repo.git("log", "-1", "--format=%an", "main")
