"""Rounds played to the moments at which a draft is cut; every act goes through the command line."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from tests.acceptance.world import ANA, CHO, LEV, OPINION, SAM, TEXT, Round, bare_round, begin
from tests.conftest import Repo

CUT_1 = "2024-08-05T07:00:00Z"
CUT_2 = "2024-11-04T07:00:00Z"
OUTLINE_TITLE = "Outline on access <script>alert(1)</script>"
REASON = "asked for by the meeting & noted <b>so</b>"


def begun(folder: Path) -> Round:
    """A rehearsal without Opinions, in which the first draft is cut and posted."""
    shutil.copytree(_begun(), folder, symlinks=True)
    return Round(Repo(folder))


def ready(folder: Path) -> Round:
    """Everything that `draft-2` asks for is done: an outline agreed and incorporated, a view noted, a meeting held."""
    shutil.copytree(_ready(), folder, symlinks=True)
    return Round(Repo(folder))


def second(folder: Path) -> Round:
    """The second draft is cut and posted."""
    shutil.copytree(_second(), folder, symlinks=True)
    return Round(Repo(folder))


def outline(round_: Round, *, at: str = "2024-08-06T10:00:00Z") -> None:
    """Contribution 1, by Arcadia: the outline of an Opinion; agreed with a statement, and incorporated."""
    round_.proposes("outline", {OPINION: TEXT})
    round_.does(
        ANA, at, "submit", "outline", "--metadata",
        round_.metadata(kind="opinion-outline", title=f"'{OUTLINE_TITLE}'"),
    )  # fmt: skip
    round_.does(
        LEV, "2024-08-07T10:00:00Z", "position", "1", "object", "--for", "lyrania", "--reason", "too <late>"
    )
    round_.does(LEV, "2024-08-08T10:00:00Z", "withdraw", "1-o1", "--reason", "explained")
    round_.does(
        LEV, "2024-08-08T11:00:00Z", "position", "1", "reserve", "--for", "lyrania", "--reason", "costs & means"
    )  # fmt: skip
    round_.does(CHO, "2024-08-09T10:00:00Z", "call", "1", "--until", "2024-08-30")
    round_.does(CHO, "2024-09-01T10:00:00Z", "declare", "1", "agreed")
    round_.does(SAM, "2024-09-02T10:00:00Z", "incorporate", "1")


def statement(round_: Round, *, disposed: bool = True) -> None:
    """Contribution 2, by Lyrania: a statement without text, noted with a reason."""
    round_.does(
        LEV, "2024-08-10T10:00:00Z", "submit", "--metadata",
        round_.metadata(source="Lyrania", title="The draft is good as it stands", reasons="It is clear."),
    )  # fmt: skip
    if disposed:
        round_.does(SAM, "2024-10-09T10:00:00Z", "dispose", "2", "noted", "--reason", REASON)


def meeting(round_: Round) -> None:
    """The first meeting agrees on the Opinion as it reads."""
    round_.does(CHO, "2024-10-08T10:00:00Z", "meeting", "outcome", "ieg-1", "access", "agreed", "--item", "3")


@cache
def _begun() -> Path:
    folder = Path(mkdtemp(prefix="accord-draft-")) / "text"
    round_ = bare_round(folder)
    round_.repo.git("rm", "--quiet", OPINION)
    round_.repo.git("commit", "--quiet", "--amend", "-m", "First Draft")
    begin(round_, CUT_1)
    round_.does(SAM, CUT_1, "cut", "draft-1")
    round_.does(
        SAM, "2024-08-05T08:00:00Z", "posted", "draft-1", "--at", "2024-08-05T08:00:00Z",
        "--url", "https://example.org/draft-1",
    )  # fmt: skip
    shutil.rmtree(folder / "build")
    return folder


@cache
def _ready() -> Path:
    folder = Path(mkdtemp(prefix="accord-draft-")) / "text"
    round_ = begun(folder)
    outline(round_)
    meeting(round_)
    statement(round_)
    return folder


@cache
def _second() -> Path:
    folder = Path(mkdtemp(prefix="accord-draft-")) / "text"
    round_ = ready(folder)
    round_.does(SAM, CUT_2, "cut", "draft-2")
    round_.does(
        SAM, "2024-11-04T09:00:00Z", "posted", "draft-2", "--at", "2024-11-04T09:00:00Z",
        "--url", "https://example.org/draft-2", "--symbol", "S24-WTPF26PREP-R-0002",
    )  # fmt: skip
    return folder
