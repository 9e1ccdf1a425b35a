"""Where a contribution stands in a compilation when the text moved on, or what it changes is not the agreed text."""

from __future__ import annotations

from pathlib import Path

import pytest

from accord.application.compiling import compilation_for
from accord.application.revision import Revision
from accord.cli.wiring import open_desk
from accord.render.compilation.model import Compilation, RowEntry
from accord.render.compilation.runs import line_runs, plain
from tests.acceptance.world import ANA, CHO, IN_W1, LEV, OPINION, REPORT, SAM, TEXT, Round, rehearsal

LATER = "2024-08-28T10:00:00Z"
EVENING = "to open schools in the evening"
NEW = TEXT.replace("id: access", "id: masts").replace("Access in the evening", "{}")


@pytest.fixture(name="round_")
def _round(tmp_path: Path) -> Round:
    return rehearsal(tmp_path / "r")


def compiled(round_: Round, window: str = "W1", now: str = LATER) -> Compilation:
    """The compilation as anybody who asks gets it."""
    desk = open_desk(str(round_.path), now, "")
    chronicle = desk.chronicle()
    desk.see_main(chronicle)
    return compilation_for(Revision(desk, desk.main(), chronicle, desk.now), window)


def rows(made: Compilation) -> list[tuple[str, str, RowEntry]]:
    """Section, place and row, in order."""
    return [(section.title, group.label, entry) for part in made.parts for section, group, entry in part.rows]


def at(made: Compilation, number: int) -> list[tuple[str, str, str]]:
    """Where one stands: place, symbol, and the redline as text."""
    return [
        (place, entry.symbol, plain(line_runs(entry.lines)))
        for _, place, entry in rows(made)
        if entry.input.number == number
    ]


def submits(round_: Round, who: str, branch: str = "", **changes: str) -> None:
    """A contribution in the first window."""
    words = [branch] if branch else []
    round_.does(who, IN_W1, "submit", *words, "--metadata", round_.metadata(**changes))


def test_an_amendment_stands_where_the_words_it_changes_would_stand(round_: Round) -> None:
    """Of a clause that only another contribution adds, and of one that is in the draft."""
    round_.rewords("rest", ("to share what they learn from it.", "to share what they learn;\n3. to rest."))
    submits(round_, ANA, "rest")
    round_.rewords("sunday", ("to rest", "to rest on Sundays"), start="refs/contributions/1/head")
    round_.does(LEV, IN_W1, "amend", "1", "sunday", "--metadata", round_.metadata(source="Lyrania"))

    made = compiled(round_)

    assert [place for place, *_ in at(made, 1)] == [
        "invites Member States 2",
        "After invites Member States 2",
    ]
    assert at(made, 2) == [("After invites Member States 2", "MOD", "to rest{+ on Sundays+}.")]
    (amending,) = [entry for _, _, entry in rows(made) if entry.input.number == 2]
    assert amending.remarks == ("Amends the text of contribution 1.",)


def test_what_was_written_on_a_later_text_says_so(round_: Round) -> None:
    """The draft's text stays the ground, whatever came into the main text since."""
    round_.rewords("hours", (EVENING, "to open schools until nine"))
    round_.does(ANA, "2024-08-08T10:00:00Z", "submit", "hours", "--metadata", round_.metadata())
    round_.does(CHO, "2024-08-08T11:00:00Z", "call", "1", "--until", "2024-08-16")
    round_.does(CHO, "2024-08-19T10:00:00Z", "declare", "1", "agreed")
    round_.does(SAM, "2024-08-19T11:00:00Z", "incorporate", "1")
    round_.rewords("ten", ("until nine", "until ten"))
    round_.does(LEV, "2024-08-24T10:00:00Z", "submit", "ten", "--metadata", round_.metadata(source="Lyrania"))

    made = compiled(round_)

    assert at(made, 1) == [
        ("invites Member States 1", "MOD", "to open schools [-in the evening-]{+until nine+};")
    ]
    assert at(made, 2) == [("invites Member States 1", "MOD", "to open schools until [-nine-]{+ten+};")]
    found = {entry.input.number: entry for _, _, entry in rows(made)}
    assert found[1].remarks == ()
    assert found[2].remarks == ("Written on another wording of this clause than the draft's.",)
    assert found[1].input.disposition == "incorporated"


def test_proposals_come_before_views_and_then_by_number(round_: Round) -> None:
    """Whoever came first; and all of one place stand together."""
    for branch, words, who, source, category in (
        ("one", "by day", LEV, "Example University", "academia"),
        ("two", "at noon", ANA, "Arcadia", "member-state"),
        ("three", "at night", LEV, "Lyrania", "member-state"),
    ):
        round_.rewords(branch, (EVENING, f"to open schools {words}"))
        submits(round_, who, branch, source=source, category=category)

    made = compiled(round_)

    assert [(place, entry.input.number) for _, place, entry in rows(made)] == [
        ("invites Member States 1", 2),
        ("invites Member States 1", 3),
        ("invites Member States 1", 1),
    ]


def test_a_moved_clause_is_shown_where_it_was_and_where_it_goes(round_: Round) -> None:
    """SUP* and ADD*, each at its place."""
    moved = TEXT.replace("2. that schools close in the afternoon;\n", "").replace(
        "1. that lighthouses", "1. that schools close in the afternoon;\n2. that lighthouses"
    )
    round_.proposes("moved", {OPINION: moved})
    submits(round_, ANA, "moved")

    found = {(place, symbol) for place, symbol, _ in at(compiled(round_), 1)}

    assert len(found) == 2
    assert {symbol for _, symbol in found} == {"SUP*", "ADD*"}


def test_new_opinions_of_one_name_are_alternatives_under_one_heading(round_: Round) -> None:
    """Each whole, each with its own title; and a section of the Report before them."""
    for branch, title in (("first", "Sharing masts"), ("second", "Masts for all")):
        round_.proposes(branch, {"opinions/masts.md": NEW.format(title)})
        submits(round_, ANA, branch, kind="opinion-outline", title=title)
    report = round_.repo.git("show", f"main:{REPORT}")
    round_.proposes("report", {REPORT: f"{report}\n\nAnd then it rests.\n"})
    submits(round_, ANA, "report")

    made = compiled(round_)

    assert list(dict.fromkeys(title for title, *_ in rows(made))) == [
        "Section 3: Next steps",
        "Draft Opinion not in this draft: Sharing masts",
    ]
    assert [entry.input.number for title, _, entry in rows(made) if "masts" in title] == [1, 2]
    (_, symbol, said) = at(made, 2)[0]
    assert symbol == "ADD"
    assert "{+title: Masts for all+}" in said
    assert "considering a) {+that lighthouses have power and a connection;+}" in said


def test_an_opinion_that_is_written_anew_is_shown_as_a_whole(round_: Round) -> None:
    """Not scattered over the clauses that it replaces; one that leaves a clause as it is stays clause by clause."""
    anew = TEXT.partition("The Seventh")[0] + (
        "The Seventh Forum (Port Arcadia, 2027),\n\n*noting*\n\nthat nothing is left of what was here before,\n\n"
        "*is of the view*\n\nthat everything begins anew with other words.\n"
    )
    round_.proposes("anew", {OPINION: anew})
    submits(round_, ANA, "anew")

    (found,) = at(compiled(round_), 1)

    assert found[:2] == ("The Opinion as a whole", "MOD")
    assert "[-that schools close in the afternoon;-]" in found[2]
    assert "{+that everything begins anew with other words.+}" in found[2]


def test_a_comment_stands_at_a_clause_however_it_is_named(round_: Round) -> None:
    """By id, by number with the Opinion, by number alone where only one text has it; several at several."""
    desk = open_desk(str(round_.path), LATER, "")
    known = Revision(desk, desk.main(), desk.chronicle(), desk.now).identified
    identity = next(one.id for one in known if one.clause.label == "considering b)")
    submits(round_, ANA, clauses=f"['{identity}']")
    submits(round_, ANA, clauses="['access: Considering  B)', 'considering b)', '2.1']")

    made = compiled(round_)

    assert [place for place, *_ in at(made, 1)] == ["considering b)"]
    assert [place for place, *_ in at(made, 2)] == ["2.1", "considering b)"]


def test_the_text_of_the_secretariat_is_no_contribution_to_be_counted(round_: Round) -> None:
    """It stands apart, and the count says so."""
    report = round_.repo.git("show", f"main:{REPORT}")
    round_.proposes("office", {REPORT: f"{report}\n\nAnd then it rests.\n"})
    submits(round_, ANA)
    description = round_.metadata(kind="secretariat-text", source="Secretariat", sources="[1]", category=None)
    round_.does(SAM, IN_W1, "submit", "office", "--metadata", description)

    made = compiled(round_, now=IN_W1)

    assert made.head == (
        "1 contribution received in W1 so far: 1 proposal, 0 views.",
        "Beside them: 1 text by the secretariat.",
    )
    assert [part.title for part in made.parts] == ["Contributions", "Texts by the secretariat"]
