"""`negotiation` and `brackets`: everything in question in square brackets, with its sources, age and owner."""

from __future__ import annotations

import json
import os
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from accord.application.negotiating import agreed_revision, negotiation_of
from accord.cli.wiring import open_desk
from accord.render.negotiation.model import Negotiation, Place
from tests.acceptance.world import (
    ANA,
    CHO,
    LEV,
    MIA,
    OPINION,
    SAM,
    SOL,
    TEXT,
    Round,
    accord,
    first_window,
    rehearsal,
    scratch,
)
from tests.conftest import Repo

GOLDEN = Path(__file__).parent / "golden_negotiation.md"
T = "2024-08-20T11:00:00Z"
NOW = "2024-08-22T10:00:00Z"

EVENING = "to open schools in the evening"
SHARE = "2. to share what they learn from it.\n"


def hand_in(round_: Round, who: str, branch: str, *changes: tuple[str, str], **fields: str) -> None:
    """A contribution on the Opinion."""
    round_.rewords(branch, *changes)
    round_.does(who, T, "submit", branch, "--metadata", round_.metadata(**fields))


@cache
def _table() -> Path:
    """Six contributions on the same Opinion; made once."""
    folder = scratch()
    round_ = first_window(folder)
    university = {"source": "Example University", "category": "academia"}
    hand_in(
        round_, MIA, "same", (EVENING, "to open schools until nine"), title="Until nine too", **university
    )
    hand_in(
        round_, LEV, "all", (EVENING, "to open all schools at weekends"), source="Lyrania", title="Weekends"
    )
    hand_in(
        round_,
        SOL,
        "gone",
        ("2. that schools close in the afternoon;\n3. that", "2. that"),
        source="Example Telecom",
        category="sector-member",
        title="Without the afternoon",
    )
    published = SHARE.replace(".\n", ";\n3. to publish it [each year].\n")
    hand_in(round_, LEV, "more", (SHARE, published), source="Lyrania", title="Publish it")
    described = round_.metadata(title="Good as it is", clauses="['access: considering b)']", **university)
    round_.does(MIA, T, "submit", "--metadata", described)
    round_.does(
        ANA,
        "2024-08-21T10:00:00Z",
        "position",
        "4",
        "object",
        "--for",
        "arcadia",
        "--reason",
        "The afternoon is the point.",
    )
    return folder


def table(folder: Path) -> Round:
    """A copy of the table."""
    shutil.copytree(_table(), folder, symlinks=True)
    return Round(Repo(folder))


def view(round_: Round, now: str = NOW) -> Negotiation:
    """The negotiating view."""
    return negotiation_of(agreed_revision(open_desk(str(round_.path), now, "")))


def at(found: Negotiation, where: str) -> Place:
    """The one place cited so."""
    (place,) = [one for one in found.places if one.where == where]
    return place


def listed(round_: Round, *options: str, now: str = NOW) -> dict[str, Any]:
    """What `brackets` says, for programs."""
    return accord("brackets", "--repo", str(round_.path), "--now", now, "--format", "json", *options).data


def test_the_view_of_a_small_table(tmp_path: Path) -> None:
    """Every sort of place in one file that a person can read; where a text stands is no matter of this test."""
    told = table(tmp_path / "r").says(NOW, "negotiation").out
    shown = re.sub(r"\b[0-9a-f]{40}\b", "0" * 40, told)
    shown = shown[: shown.index("## 1 ")] + shown[shown.index("## Draft Opinion") :]
    if os.environ.get("ACCORD_WRITE_GOLDEN"):
        GOLDEN.write_text(shown, "utf-8")
    assert shown == GOLDEN.read_text("utf-8")


def test_the_same_reading_is_one_alternative_and_proposals_come_before_views(tmp_path: Path) -> None:
    """Contributions 1 (a proposal) and 2 (a view) read the same; 3 reads otherwise."""
    place = at(view(table(tmp_path / "r")), "invites Member States 1")
    assert [(one.letter, one.numbers) for one in place.alternatives] == [("A", (1, 2)), ("B", (3,))]
    assert place.alternatives[0].sources == ("Arcadia (invented)", "Example University (invented)")
    assert [one.text for one in place.alternatives] == [
        "to open schools until nine;",
        "to open all schools at weekends;",
    ]
    assert place.clause is not None
    assert place.clause.text == "to open schools in the evening;"
    assert place.together == ()


def test_a_view_comes_after_a_proposal_with_a_higher_number(tmp_path: Path) -> None:
    """R9. Class, then number; neither says anything of weight."""
    round_ = rehearsal(tmp_path / "r")
    university = {"source": "Example University", "category": "academia"}
    hand_in(round_, MIA, "view", (EVENING, "to open schools at noon"), **university)
    hand_in(round_, ANA, "proposal", (EVENING, "to open schools until nine"))
    place = at(view(round_), "invites Member States 1")
    assert [(one.letter, one.numbers) for one in place.alternatives] == [("A", (2,)), ("B", (1,))]


def test_additions_deletions_and_who_insists(tmp_path: Path) -> None:
    """New clauses at their place; a deletion; NOC by who objects, and by who speaks to a clause without changing it."""
    found = view(table(tmp_path / "r"))
    added = at(found, "after invites Member States 2")
    assert (added.clause, added.alternatives[0].mark) == (None, "ADD")
    gone = at(found, "considering b)")
    assert [(one.mark, one.reading) for one in gone.alternatives] == [("SUP", ())]
    assert [one.who for one in gone.insisting] == [
        "experts nominated by Arcadia (invented)",
        "Example University (invented)",
    ]
    assert gone.alternatives[0].proposers[0].objectors == ("Arcadia (invented)",)
    assert [one.number for one in found.statements] == [6]
    order = [place.where for place in found.open]
    assert order.index("considering b)") < order.index("invites Member States 2")
    assert order[-1] == "after invites Member States 2"


def test_two_that_go_together_say_so(tmp_path: Path) -> None:
    """Compatible readings of one clause are alternatives on the page and can both come in."""
    round_ = first_window(tmp_path / "r")
    hand_in(round_, LEV, "all", (EVENING, "to open all schools in the evening"), source="Lyrania")
    place = at(view(round_), "invites Member States 1")
    assert [(one.numbers, one.text) for one in place.together] == [
        ((1, 2), "to open all schools until nine;")
    ]


@pytest.mark.parametrize("over", ["withdrawn", "disposed", "agreed", "late"])
def test_what_is_over_is_not_in_question(tmp_path: Path, over: str) -> None:
    """Only what is before the group and not agreed stands in brackets."""
    round_ = first_window(tmp_path / "r")
    now = NOW
    if over == "withdrawn":
        round_.does(ANA, NOW, "withdraw", "1")
    elif over == "disposed":
        round_.does(SAM, NOW, "dispose", "1", "noted", "--reason", "Discussed.")
    elif over == "agreed":
        round_.does(CHO, "2024-08-21T10:00:00Z", "call", "1", "--until", "2024-08-30")
        now = "2024-09-02T10:00:00Z"
        round_.does(CHO, now, "declare", "1", "agreed")
    else:
        now = "2024-09-20T10:00:00Z"
        round_.does(ANA, NOW, "withdraw", "1")
        round_.rewords("late", (EVENING, "to open schools at weekends"))
        round_.does(ANA, now, "submit", "late", "--metadata", round_.metadata(), code=1)
    found = view(round_, now)
    assert found.open == ()
    assert [one.number for one in found.agreed] == ([1] if over == "agreed" else [])
    assert "No bracket is open." in round_.says(now, "brackets", "--check").out


def test_a_text_that_changed_since_is_said(tmp_path: Path) -> None:
    """Written on an older reading, and no longer fitting: both are shown beside the alternative."""
    round_ = first_window(tmp_path / "r")
    commit = round_.repo.commit({OPINION: TEXT.replace(EVENING, "to open schools on Sundays")})
    round_.does(SAM, NOW, "regularise", commit, "--reason", "A typing error.")
    (alternative,) = at(view(round_), "invites Member States 1").alternatives
    (proposer,) = alternative.proposers
    assert (proposer.older, proposer.fits) == (True, False)
    told = round_.says(NOW, "negotiation").out
    assert "It was written on a text that read differently here." in told
    assert "It no longer fits the text as it reads" in told


def test_a_position_on_another_reading_is_outdated(tmp_path: Path) -> None:
    """C5. Whoever supported the earlier wording is named at the place, as outdated."""
    round_ = first_window(tmp_path / "r")
    round_.does(LEV, "2024-08-21T10:00:00Z", "position", "1", "support", "--for", "lyrania")
    round_.rewords("hours", ("until nine", "until ten"))
    round_.does(ANA, "2024-08-21T12:00:00Z", "revise", "1", "hours")
    (alternative,) = at(view(round_), "invites Member States 1").alternatives
    assert alternative.proposers[0].outdated == ("Lyrania (invented)",)


def test_an_amendment_stands_where_the_amended_clause_would(tmp_path: Path) -> None:
    """An amendment of an addition is read at the gap of the addition, and says what it amends."""
    round_ = rehearsal(tmp_path / "r")
    hand_in(round_, LEV, "more", (SHARE, SHARE.replace(".\n", ";\n3. to publish it.\n")), source="Lyrania")
    round_.rewords("amended", ("to publish it.", "to publish all of it soon."), start="more")
    round_.does(ANA, T, "amend", "1", "amended", "--metadata", round_.metadata())
    place = at(view(round_), "after invites Member States 2")
    assert [(one.letter, one.mark, one.text) for one in place.alternatives] == [
        ("A", "ADD", "to publish it."),
        ("B", "MOD", "to publish all of it soon."),
    ]
    assert place.alternatives[1].proposers[0].amends == 1


def test_a_moved_clause_and_a_new_opinion(tmp_path: Path) -> None:
    """A move says where to; a file that is only proposed comes after the others, with the title it would have."""
    round_ = rehearsal(tmp_path / "r")
    swapped = TEXT.replace("1. to open schools in the evening;\n2. to share", "1. to share").replace(
        "learn from it.\n", "learn from it.\n2. to open schools in the evening;\n"
    )
    round_.proposes("moved", {OPINION: swapped})
    round_.does(ANA, T, "submit", "moved", "--metadata", round_.metadata())
    other = TEXT.replace("id: access", "id: boats").replace("Access in the evening", "Boats")
    round_.proposes("boats", {"opinions/boats.md": other})
    described = round_.metadata(kind="opinion-outline", opinion="boats", title="Boats")
    round_.does(ANA, T, "submit", "boats", "--metadata", described)
    found = view(round_)
    moved = [one for place in found.open for one in place.alternatives if one.mark == "moved"]
    assert [one.to for one in moved] in (
        ["after invites Member States 2"],
        ["after invites Member States"],
    )
    assert (found.files[-1].title, found.files[-1].new) == ("Proposed draft Opinion: Boats", True)
    (place,) = found.files[-1].places
    assert place.alternatives[0].mark == "ADD"
    assert "Proposed draft Opinion: Boats" in round_.says(NOW, "brackets", "--opinion", "boats").out


def test_every_anchor_is_there_once_and_leads_somewhere(tmp_path: Path) -> None:
    """The page: no script, every entry of the contents leads to a place, and the meaning of a bracket is spoken."""
    round_ = table(tmp_path / "r")
    page = round_.says(NOW, "negotiation", "--format", "html").out
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert "access-invites-member-states-1" in ids
    assert "<script" not in page
    assert page.count("(in question, the text as it reads: ") == page.count('<span class="current">')
    assert page.count('aria-hidden="true">[') == page.count('aria-hidden="true">]')
    file = tmp_path / "negotiation.html"
    round_.says(NOW, "negotiation", "-o", str(file))
    assert file.read_text("utf-8").rstrip() == page.rstrip()


def test_json_says_the_same(tmp_path: Path) -> None:
    """For programs: every place, open or not, with its alternatives."""
    round_ = table(tmp_path / "r")
    told = json.loads(round_.says(NOW, "negotiation", "--format", "json").out)
    places = [place for file in told["files"] for place in file["places"]]
    assert sum(place["open"] for place in places) == 4
    assert sum(len(place["alternatives"]) for place in places) == len(listed(round_)["brackets"]) == 5


HOSTILE = "to **open** <script>alert(1)</script> [x](javascript:alert(1)) ]] &amp; `[`"


def test_what_a_contributor_wrote_is_never_markup(tmp_path: Path) -> None:
    """Markup, direction signs and brackets of a contribution are words in every form."""
    round_ = rehearsal(tmp_path / "r")
    text = TEXT.replace(EVENING, HOSTILE)
    round_.proposes("hostile", {OPINION: text})
    title = "'Hours **now** [A: all] <img src=x> @everybody'"
    round_.does(ANA, T, "submit", "hostile", "--metadata", round_.metadata(title=title))
    page = round_.says(NOW, "negotiation", "--format", "html").out
    assert "<script" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page
    assert "\u202e" not in page
    told = round_.says(NOW, "negotiation").out
    assert "<script>alert" not in told.replace("\\<script", "")
    assert "\u202e" not in told
    assert "@everybody" not in told
    assert "\u202e" not in round_.says(NOW, "brackets").out
