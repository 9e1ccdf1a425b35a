"""Words that somebody uses to say more than they may, or to make somebody else say it.

The table in docs/attacks.md has a row for each of these tests.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from accord.domain.forge.snapshot import GHOST, Account
from accord.domain.record.events import (
    Called,
    Declared,
    Event,
    Heard,
    ObjectionEnded,
    Point,
    Position,
    Received,
    Revised,
    WordsChanged,
)
from tests.acceptance.forge_round import (
    ANA,
    CHO,
    LEV,
    MIA,
    SAM,
    TOOL,
    VIC,
    Forge,
    described,
    minute,
    on_a_forge,
)
from tests.acceptance.forge_screens import Stage, stage
from tests.acceptance.world import accord

NINE = ("to open schools in the evening", "to open schools until nine")
DAYS = 24 * 60.0
ACTS = (Position, Called, Declared, ObjectionEnded)


def acts(forge: Forge, folder: Path) -> list[Event]:
    """What was said that counts."""
    return [one for one in forge.events(folder) if isinstance(one, ACTS)]


def heard(forge: Forge, folder: Path) -> list[str]:
    """Why the rest did not count."""
    return [one.why for one in forge.events(folder) if isinstance(one, Heard)]


def verified(folder: Path, at: float) -> None:
    """`accord verify` finds nothing."""
    told = accord("verify", "--repo", str(folder), "--now", minute(at).isoformat())
    assert told.code == 0, told.out + told.err


# --- by an edit -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("editor", [LEV, CHO, VIC, SAM, GHOST], ids=lambda who: who.login)
@pytest.mark.parametrize(
    "words", ["/support", "/declare agreed", "/call until 2024-08-30", "/withdraw 1-o1", "/met 1-o1"]
)
def test_a_command_put_into_a_comment_by_an_edit_is_none(tmp_path: Path, words: str, editor: Account) -> None:
    """Whether its author edits it, a chair, a maintainer, or an account that is gone by now."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE)
    forge.comments(pull, LEV, "/object Too wide.", at=1)
    innocent = forge.comments(pull, LEV, "Good morning.", at=2)
    forge.syncs(tmp_path / "run", 3)
    forge.edits(pull, innocent, words, at=4, who=editor)
    forge.syncs(tmp_path / "run", 5)
    said = acts(forge, tmp_path / "run")
    assert [(type(one), one.by.id) for one in said] == [(Position, 2)]
    assert heard(forge, tmp_path / "run") == ["edited"]


def test_an_objection_turned_into_a_support_stays_an_objection(tmp_path: Path) -> None:
    """C6. By a maintainer, before anybody had looked: the words as they were posted count."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE)
    comment = forge.comments(pull, LEV, "/object Too wide.", at=1)
    forge.edits(pull, comment, "/support", at=2, who=SAM)
    forge.syncs(tmp_path / "run", 3)
    said = [(e.entity, e.stance, e.reason) for e in acts(forge, tmp_path / "run") if isinstance(e, Position)]
    assert said == [("lyrania", "object", "Too wide.")]
    assert [e.how for e in forge.events(tmp_path / "run") if isinstance(e, WordsChanged)] == ["edited"]
    verified(tmp_path / "run", 4)


def test_where_the_first_wording_was_removed_nobody_said_the_later_one(tmp_path: Path) -> None:
    """A maintainer rewrites an expert's comment and deletes the earlier wording from its history."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE)
    comment = forge.comments(pull, LEV, "/object Too wide.", at=1)
    forge.edits(pull, comment, "/support", at=2, who=SAM)
    edited = forge.pulls[7].comments[0]
    first = replace(edited.history[0], text=None)
    forge._set(replace(forge.pulls[7], comments=(replace(edited, history=(first, *edited.history[1:])),)), 2)
    forge.syncs(tmp_path / "run", 3)
    assert acts(forge, tmp_path / "run") == []
    assert heard(forge, tmp_path / "run") == ["edited"]


def test_a_review_whose_words_are_edited_says_what_its_button_said(tmp_path: Path) -> None:
    """And neither a declaration nor a withdrawal that is written into it later."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE)
    review = forge.reviews(pull, CHO, "COMMENTED", "Thank you.", at=1)
    forge.reviews(pull, LEV, "APPROVED", "Good.", at=2)
    forge.syncs(tmp_path / "run", 3)
    pulled = forge.pulls[7]
    later = replace(review, body="/declare agreed", edited=minute(4), editor=CHO)
    forge._set(replace(pulled, reviews=(later, pulled.reviews[1])), 4)
    forge.syncs(tmp_path / "run", 5)
    said = acts(forge, tmp_path / "run")
    assert [(e.entity, e.stance) for e in said if isinstance(e, Position)] == [("lyrania", "support")]
    assert len(said) == 1


# --- shown, quoted, hidden --------------------------------------------------------------------------------

SHOWN = {
    "quoted": "> {}\n\nSo he wrote.",
    "in a mail below": "On Tuesday, Lev wrote:\n> {}",
    "as code": "```\n{}\n```",
    "in a line of code": "Write `{}` to say it.",
    "hidden": "<!-- {} -->Hello.",
    "hidden over lines": "Hello. <!--\n{}\n-->",
    "struck out": "~~{}~~",
    "in a quotation of HTML": "<blockquote>\n\n{}\n\n</blockquote>",
}


@pytest.mark.parametrize("way", SHOWN)
@pytest.mark.parametrize("words", ["/declare agreed", "/call until 2024-08-30", "/object Too wide."])
def test_what_is_only_shown_is_not_said(tmp_path: Path, words: str, way: str) -> None:
    """A reply that quotes a chair, an example as code, a comment that hides an order (C12)."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE)
    for who in (CHO, LEV):
        forge.comments(pull, who, SHOWN[way].format(words), at=1)
    forge.syncs(tmp_path / "run", 2)
    assert acts(forge, tmp_path / "run") == []


# --- by somebody else -------------------------------------------------------------------------------------


def test_a_chairs_name_taken_over_by_a_stranger_is_a_strangers(tmp_path: Path) -> None:
    """The number of the account decides: the chair renamed her account, and somebody took the old name."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE)
    forge.comments(pull, Account(id=666, login=CHO.login), "/call until 2024-08-29", at=1)
    forge.comments(pull, Account(id=667, login="Cho Example"), "/call until 2024-08-29", at=2)
    forge.comments(pull, Account(id=CHO.id, login="another-name"), "/call until 2024-08-30", at=3)
    forge.syncs(tmp_path / "run", 4)
    assert [(type(one), one.by.id) for one in acts(forge, tmp_path / "run")] == [(Called, 3)]
    assert heard(forge, tmp_path / "run") == ["role-missing", "role-missing"]


def test_a_stranger_who_looks_like_an_expert_is_heard_as_a_stranger(tmp_path: Path) -> None:
    """The same name in other letters, with signs that turn the direction, or with `[bot]` in it."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE)
    for number, login in enumerate(("l\u0435v", "lev\u202e", "lev[bot]", "LEV", "github-actions[bot]")):
        forge.comments(pull, Account(id=700 + number, login=login), "/object", at=1 + number)
    forge.syncs(tmp_path / "run", 9)
    assert acts(forge, tmp_path / "run") == []
    assert heard(forge, tmp_path / "run") == ["not-nominated"] * 5


def test_what_an_account_said_stays_when_it_is_gone(tmp_path: Path) -> None:
    """An expert's objection, then the account is deleted: it stands, and a ghost says nothing new (C2, C6)."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE)
    forge.comments(pull, LEV, "/object Too wide.", at=1)
    forge.syncs(tmp_path / "run", 2)
    there = forge.pulls[7]
    forge._set(replace(there, comments=tuple(replace(one, author=GHOST) for one in there.comments)), 3)
    forge.comments(pull, GHOST, "/withdraw 1-o1", at=4)
    forge.comments(pull, GHOST, "/support", at=5)
    forge.syncs(tmp_path / "run", 6, full=True)
    assert [type(one) for one in acts(forge, tmp_path / "run")] == [Position]
    assert heard(forge, tmp_path / "run") == ["expert-missing", "not-nominated"]
    verified(tmp_path / "run", 7)


def test_a_contribution_outlives_the_account_and_the_fork_it_came_from(tmp_path: Path) -> None:
    """Its author is a ghost by now and its fork is gone; what was handed in is kept in the repository itself."""
    forge = on_a_forge(tmp_path)
    forge.opens(ANA, NINE)
    forge.syncs(tmp_path / "run", 1)
    there = forge.pulls[7]
    forge._set(replace(there, author=GHOST, body=replace(there.body, author=GHOST), open=False), 2)
    forge.round.repo.git("push", "--quiet", str(forge.shared), ":refs/pull/7/head")
    forge.syncs(tmp_path / "again", 3, full=True)
    assert [type(e) for e in forge.events(tmp_path / "again") if isinstance(e, (Received, Revised))] == [
        Received
    ]
    verified(tmp_path / "again", 4)


@pytest.mark.parametrize("who", [TOOL, Account(id=77, login="robot", bot=True)], ids=["own", "other"])
@pytest.mark.parametrize("words", ["/declare agreed", "/object Too wide.", "/why", "We object to this text."])
def test_what_a_program_writes_is_nobodys_word(tmp_path: Path, words: str, who: Account) -> None:
    """Neither another bot's, nor that of the account under which every job here writes."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE)
    forge.comments(pull, who, words, at=1)
    forge.reviews(pull, who, "APPROVED", words, at=2)
    forge.reviews(pull, who, "CHANGES_REQUESTED", words, at=3)
    forge.remarks(pull, who, words, at=4)
    done = forge.syncs(tmp_path / "run", 5)
    assert [type(e) for e in forge.events(tmp_path / "run") if e.subject == "1"] == [Received], done.recorded


# --- taken away -------------------------------------------------------------------------------------------


def test_an_objection_deleted_by_a_maintainer_stands(tmp_path: Path) -> None:
    """C6. Deleted, its review dismissed, its pull request closed and opened again: it is noted, and nothing ends."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE)
    comment = forge.comments(pull, LEV, "/object Too wide.", at=1)
    review = forge.reviews(pull, MIA, "CHANGES_REQUESTED", "Too long.", at=2)
    forge.syncs(tmp_path / "run", 3)
    forge.deletes(pull, comment, at=4)
    forge.dismisses(pull, review, at=5)
    forge._set(replace(forge.pulls[7], open=False), 6)
    forge.syncs(tmp_path / "run", 7)
    forge._set(replace(forge.pulls[7], open=True), 8)
    forge.comments(pull, CHO, "/call until 2024-08-30", at=9)
    forge.comments(pull, CHO, "/declare agreed", at=12 * DAYS)
    forge.syncs(tmp_path / "run", 12 * DAYS + 1)
    said = acts(forge, tmp_path / "run")
    assert [type(one) for one in said] == [Position, Position, Called]
    assert sorted(e.how for e in forge.events(tmp_path / "run") if isinstance(e, WordsChanged)) == [
        "deleted",
        "dismissed",
    ]
    assert heard(forge, tmp_path / "run") == ["not-ready"]


# --- something else than was agreed -----------------------------------------------------------------------


def called_on(s: Stage) -> None:
    """A contribution with a call that has ended."""
    pull = s.forge.opens(ANA, NINE)
    s.forge.comments(pull, CHO, "/call until 2024-08-30", at=2)
    s.runs(5)


def test_a_push_just_before_the_declaration_is_not_declared(tmp_path: Path) -> None:
    """The chair declares what the call pinned; what came a minute before, unseen by anybody, is something else (C9)."""
    s = stage(tmp_path)
    called_on(s)
    s.forge.pushes(s.forge.pulls[7], ("until nine", "until midnight"), at=12 * DAYS - 1)
    s.forge.comments(s.forge.pulls[7], CHO, "/declare agreed", at=12 * DAYS)
    s.runs(12 * DAYS + 1)
    declared = [e for e in s.forge.events(s.folder) if isinstance(e, Declared)]
    assert all("midnight" not in str(one.effect) for one in declared)
    assert s.gate()[0] != "success"


def test_another_description_after_the_declaration_shuts_the_gate(tmp_path: Path) -> None:
    """Who it speaks for, its kind and its reasons are part of what the group read."""
    s = stage(tmp_path)
    called_on(s)
    s.forge.comments(s.forge.pulls[7], CHO, "/declare agreed", at=12 * DAYS)
    s.runs(12 * DAYS + 1)
    assert s.gate()[0] == "success"
    s.forge.describes(
        s.forge.pulls[7], described(title="Something else", reasons="Others."), at=12 * DAYS + 2
    )
    s.runs(12 * DAYS + 3)
    assert "Something else" not in s.screen()
    assert s.gate()[0] == "pending"
    assert "version 1 stands until then" in s.screen()


def test_an_agreed_pull_request_meant_for_another_branch_gets_nothing(tmp_path: Path) -> None:
    """Its base was changed after it was agreed: no status is written there, and back on main it is worked out anew."""
    s = stage(tmp_path)
    called_on(s)
    s.forge.comments(s.forge.pulls[7], CHO, "/declare agreed", at=12 * DAYS)
    s.runs(12 * DAYS + 1)
    s.forge._set(replace(s.forge.pulls[7], base="release"), 12 * DAYS + 2)
    s.runs(12 * DAYS + 3)
    assert [one for one in s.requests if one == "status"] == []
    s.forge.pushes(s.forge.pulls[7], ("until nine", "until midnight"), at=12 * DAYS + 4)
    s.forge._set(replace(s.forge.pulls[7], base="main", statuses=()), 12 * DAYS + 5)
    s.runs(12 * DAYS + 6)
    assert s.gate()[0] == "pending"


# --- too much ---------------------------------------------------------------------------------------------


def test_a_comment_full_of_commands_is_answered_in_bounds(tmp_path: Path) -> None:
    """Sixty thousand characters of orders and questions by a stranger: a few entries, one short answer."""
    s = stage(tmp_path)
    pull = s.forge.opens(ANA, NINE)
    for words in ("/support\n", "/why\n", "/suport\n", "/object x\n", "/declare agreed\n"):
        s.forge.comments(pull, VIC, words * (60_000 // len(words)), at=1)
    s.forge.comments(pull, VIC, "".join(f"/support for reason {n}\n" for n in range(2500)), at=2)
    s.runs(3)
    whys = heard(s.forge, s.folder)
    assert (
        whys.count("not-nominated") == 1 + 1 + 12
    )  # "/support", "/object x", and twelve of the last comment
    assert whys.count("too-many") == 1
    assert len(whys) < 40
    (answer,) = s.answers()
    assert "more commands than are taken from one" in answer
    assert len(answer) < 12_000


def test_an_objection_among_thousands_of_lines_is_not_lost(tmp_path: Path) -> None:
    """C6. An expert's only objection stands below everything else in a very long comment."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE)
    forge.comments(pull, LEV, "/why\n" * 2000 + "/suport\n" * 2000 + "/object Too wide.\n", at=1)
    forge.syncs(tmp_path / "run", 2)
    said = [e.stance for e in acts(forge, tmp_path / "run") if isinstance(e, Position)]
    assert said == ["object"]


def test_objections_that_are_too_many_are_kept_as_one_more(tmp_path: Path) -> None:
    """C6. Sixty are taken from one comment; the rest withholds agreement, too, until its author says what it was."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE)
    lines = "".join(f"/object for reason {n}\n" for n in range(70))
    forge.comments(pull, LEV, f"/why\n/support\n{lines}", at=1)
    forge.syncs(tmp_path / "run", 2)
    said = [e for e in acts(forge, tmp_path / "run") if isinstance(e, Position)]
    assert [(e.stance, e.by.role) for e in said] == [("object", "expert")] * 60 + [("object", "tool")]
    assert heard(forge, tmp_path / "run") == ["too-many"]
    forge.syncs(tmp_path / "run", 3, full=True)
    assert len(acts(forge, tmp_path / "run")) == 61


def test_a_long_comment_of_a_stranger_is_read_to_a_line_near_its_beginning(tmp_path: Path) -> None:
    """No line is cut in two, so that none says something else than it did."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(VIC, NINE, text=described(source="A visitor", category="public"))
    below = "a line of words\n" * 620
    cut = 10_000 - len(below) - len("/withdraw")
    forge.comments(pull, VIC, f"{below}{'x' * (cut - 1)}\n/withdrawal of something is not meant", at=1)
    forge.comments(pull, VIC, f"{below * 2}\n\n/why", at=2)
    forge.syncs(tmp_path / "run", 3)
    assert [type(e) for e in forge.events(tmp_path / "run") if e.subject == "1"] == [Received]


def test_the_longest_comment_is_kept_short(tmp_path: Path) -> None:
    """As long as GitHub takes it; the record keeps what it needs."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE)
    forge.comments(pull, LEV, "/reserve " + "long words " * 5_900, at=1)
    forge.comments(pull, VIC, "/support " + "x" * 65_000, at=2)
    forge.remarks(pull, LEV, "y " * 32_000, at=3)
    forge.syncs(tmp_path / "run", 4)
    (said,) = [e for e in acts(forge, tmp_path / "run") if isinstance(e, Position)]
    assert 64_000 < len(said.reason) < 65_536  # a statement for the record is kept whole
    assert [len(e.words) for e in forge.events(tmp_path / "run") if isinstance(e, (Heard, Point))] == [500]


def test_what_was_said_before_any_server_named_the_text_is_taken_at_once(tmp_path: Path) -> None:
    """A fork whose checks are held: its head is dated by the first look, and an objection came before that (C6)."""
    forge = on_a_forge(tmp_path)
    pull = forge.opens(ANA, NINE, suite=0)
    forge.comments(pull, LEV, "/object Too wide.", at=1)
    forge.reviews(pull, MIA, "COMMENTED", "/support", at=2)
    forge.syncs(tmp_path / "run", 5)
    said = [(e.entity, e.stance) for e in acts(forge, tmp_path / "run") if isinstance(e, Position)]
    assert sorted(said) == [("example-university", "support"), ("lyrania", "object")]
    assert forge.syncs(tmp_path / "run", 6, full=True).recorded == []
    verified(tmp_path / "run", 7)
