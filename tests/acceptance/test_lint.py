"""The lint of draft Opinions from end to end: shown, set aside with a reason, lapsed, and told in the release notes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from accord.application.drafting import draw
from accord.application.forge.release_facts import facts_of_release
from accord.application.loading import load_forum, plain_places
from accord.cli.wiring import open_desk
from accord.domain.drafts.manifest import manifest_in
from accord.render.release_notes import release_notes
from tests.acceptance.forge_round import ANA as EXPERT
from tests.acceptance.forge_round import SAM as SECRETARY
from tests.acceptance.forge_screens import stage
from tests.acceptance.rounds import CUT_2, begun, meeting
from tests.acceptance.test_init import prepared
from tests.acceptance.world import ANA, CHO, IN_W1, OPINION, SAM, TEXT, Round, accord, rehearsal
from tests.domain.lint.opinions import linted
from tests.domain.process.worlds import PROCESS
from tests.render.forge.living import living

PAGE = "https://www.itu.int/en/council/Pages/ieg-wtpf-26.aspx"
NOW = "2024-08-21T10:00:00Z"
LATER = "2024-08-22T10:00:00Z"
SHALL = ("1. to open schools in the evening", "1. to open what shall be open in the evening")


def found(round_: Round, number: str, now: str = NOW) -> list[tuple[str, str, str]]:
    """Rule, severity and clause of what `check` finds."""
    told = accord("check", number, "--repo", str(round_.path), "--now", now, "--format", "json")
    assert told.code == 0, told.err
    return [(one["rule"], one["severity"], one["place"]["path"]) for one in told.data["findings"]]


@pytest.fixture(name="round_")
def _round(tmp_path: Path) -> Round:
    """Contribution 1 rewords two clauses of an Opinion, both not as the forum drafts."""
    round_ = rehearsal(tmp_path / "round")
    round_.rewords("words", SHALL, ("2. to share what", "2. to share under Res. 2 what"))
    round_.does(ANA, IN_W1, "submit", "words", "--metadata", round_.metadata())
    return round_


def test_all_at_once_with_place_rule_and_cure(round_: Round) -> None:
    """For people and for programs, by `check` and `status`; it stops nothing, and the record keeps none of it."""
    assert found(round_, "1") == [
        ("wording-prescriptive", "warning", "invites Member States 1"),
        ("reference-form", "warning", "invites Member States 2"),
    ]
    said = round_.says(NOW, "check", "1")
    assert f"{OPINION}:19:17: invites Member States 1: please check: `shall` is prescriptive" in said.err
    assert "Write `Resolution 2 (Rev. Bucharest, 2022)`." in said.err
    assert "wording-prescriptive" in round_.says(NOW, "status", "1").err
    assert round_.state("1", NOW) == "open"
    desk = open_desk(str(round_.path), NOW, "")
    assert [event for event in desk.chronicle().everything() if getattr(event, "form", ())] == []


def test_only_what_a_contribution_brings(round_: Round) -> None:
    """What the Opinion read before is nobody's finding; a reworded clause is."""
    round_.repo.commit({OPINION: TEXT.replace(*SHALL)}, "Words of the agreed text")
    round_.rewords("hours", ("3. that people learn in the evening,", "3. that people learn with the IOT,"))
    round_.does(ANA, NOW, "submit", "hours", "--metadata", round_.metadata())
    assert [rule for rule, _, _ in found(round_, "2")] == ["acronym-undefined"]
    round_.rewords("both", ("what shall be open in the evening", "what shall be open at night"))
    round_.does(ANA, NOW, "submit", "both", "--metadata", round_.metadata())
    assert [rule for rule, _, _ in found(round_, "3")] == ["wording-prescriptive"]


def test_a_finding_is_set_aside_for_the_clause_as_it_reads(round_: Round) -> None:
    """It stays in sight with who and why, another clause keeps its finding, and a rewording brings it back."""
    told = round_.does(
        SAM, NOW, "waive", "1", "wording-prescriptive", "--reason", "It is agreed language.",
    )  # fmt: skip
    assert "`wording-prescriptive` set aside in invites Member States 1" in told.data["summary"]
    assert [one[:2] for one in found(round_, "1")] == [
        ("wording-prescriptive", "note"),
        ("reference-form", "warning"),
    ]
    for verb in ("check", "status"):
        said = round_.says(NOW, verb, "1").err
        assert "note: `shall` is prescriptive" in said
        assert "Set aside by Sam Example, 21 August 2024" in said
        assert "It is agreed language." in said
    assert "set aside wording-prescriptive in invites Member States 1" in round_.events("1", NOW)
    assert accord("verify", "--repo", str(round_.path), "--now", NOW).code == 0
    again = round_.does(SAM, NOW, "waive", "1", "wording-prescriptive", "--reason", "again", code=2)
    assert again.rules == ["waive-nothing"]

    round_.rewords("words", ("2. to share under", "2. to share again under"))
    round_.does(ANA, LATER, "revise", "1", "words")
    assert found(round_, "1", LATER)[0][:2] == ("wording-prescriptive", "note"), "another clause was reworded"
    round_.rewords("words", ("what shall be open", "all that shall be open"))
    round_.does(ANA, LATER, "revise", "1", "words")
    assert found(round_, "1", LATER)[0][:2] == ("wording-prescriptive", "warning"), "this clause was"


REFUSED = [
    (("1", "wording-prescriptive"), CHO, 2, "role-missing", ""),
    (
        ("1", "wording-addressee"),
        SAM,
        2,
        "waive-nothing",
        "It has: wording-prescriptive in invites Member States 1",
    ),
    (("1", "wording-prescriptive", "--at", "considering a)"), SAM, 2, "waive-nothing", ""),
    (("1", "wording-prescriptiv"), SAM, 2, "waive-nothing", "Did you mean `wording-prescriptive`?"),
    (("access", "wording-prescriptive"), SAM, 2, "waive-nothing", "It has: none."),
    (("axess", "wording-prescriptive"), SAM, 2, "opinion-unknown", "access"),
]


@pytest.mark.parametrize(
    ("what", "who", "code", "rule", "fix"), REFUSED, ids=["-".join(row[0]) for row in REFUSED]
)
def test_what_cannot_be_set_aside(
    round_: Round, what: tuple[str, ...], who: str, code: int, rule: str, fix: str
) -> None:
    """Only by the secretariat, and only what is there."""
    before = round_.refs()
    told = round_.does(who, NOW, "waive", *what, "--reason", "x", code=code)
    assert told.rules == [rule]
    assert fix in told.out
    assert round_.refs() == before


def test_one_place_of_several(round_: Round) -> None:
    """`--at` names the clause or the line; without it the reason holds for each place."""
    round_.rewords("words", ("2. to share under", "2. to share what must be, under"))
    round_.does(ANA, NOW, "revise", "1", "words")
    round_.does(
        SAM, NOW, "waive", "1", "wording-prescriptive", "--at", "invites Member States 2", "--reason", "x"
    )
    assert [one[1] for one in found(round_, "1") if one[0] == "wording-prescriptive"] == ["warning", "note"]
    round_.does(SAM, NOW, "waive", "1", "wording-prescriptive", "--at", "19", "--reason", "x")
    assert [one[1] for one in found(round_, "1") if one[0] == "wording-prescriptive"] == ["note", "note"]


def test_an_opinion_as_it_reads(tmp_path: Path) -> None:
    """What is in the agreed text already is set aside there; the files of a copy show it too."""
    round_ = rehearsal(tmp_path / "round")
    round_.repo.commit({OPINION: TEXT.replace(*SHALL)}, "Words of the agreed text")
    round_.does(SAM, NOW, "waive", "access", "wording-prescriptive", "--reason", "It was always so.")
    assert "C14" not in accord("verify", "--repo", str(round_.path), "--now", NOW).err
    assert "It was always so." in round_.says(NOW, "status", "access").err
    told = accord("check", "--repo", str(round_.path), "--now", NOW, "--format", "json")
    assert [(one["rule"], one["severity"]) for one in told.data["findings"]] == [
        ("wording-prescriptive", "note")
    ]


def test_operative_verbs_are_shown_apart(tmp_path: Path) -> None:
    """A note of its own kind, by `check` and `status`."""
    round_ = rehearsal(tmp_path / "round")
    round_.rewords(
        "verbs", ("*invites Member States*", "*urges Member States*"), ("1. to open", "1. to close")
    )
    round_.does(ANA, IN_W1, "submit", "verbs", "--metadata", round_.metadata())
    assert found(round_, "1") == [
        ("operative-verb", "note", "urges Member States"),
        ("operative-verb", "note", "urges Member States 1"),
    ]
    assert "The operative verb changes: `invites` becomes `urges`." in round_.says(NOW, "status", "1").err


def test_the_release_notes_name_what_was_set_aside(tmp_path: Path) -> None:
    """Rule, place, reason, by whom and when, for as long as the clause stands so in a draft."""
    round_ = begun(tmp_path / "r")
    round_.proposes("outline", {OPINION: TEXT.replace(*SHALL)})
    at = "2024-08-06T10:00:00Z"
    round_.does(ANA, at, "submit", "outline", "--metadata", round_.metadata(kind="opinion-outline"))
    round_.does(SAM, at, "waive", "1", "wording-prescriptive", "--reason", "It is *agreed* language.")
    round_.does(CHO, "2024-08-09T10:00:00Z", "call", "1", "--until", "2024-08-30")
    round_.does(CHO, "2024-09-01T10:00:00Z", "declare", "1", "agreed")
    round_.does(SAM, "2024-09-02T10:00:00Z", "incorporate", "1")
    meeting(round_)
    round_.does(SAM, CUT_2, "cut", "draft-2")
    desk = open_desk(str(round_.path), CUT_2, SAM)
    manifest = manifest_in(round_.repo.git("for-each-ref", "--format=%(contents)", "refs/tags/draft-2"))
    drawn = draw(desk, "draft-2", manifest.commit, manifest.record, manifest.reason)

    facts = facts_of_release(desk, drawn, "tag", tuple(manifest.files))

    assert facts.overruled == ()
    notes = release_notes(facts, guarded=True)
    section = notes.partition("### Findings of form set aside\n\n")[2].partition("\n\n###")[0]
    assert section.startswith(
        "- `wording-prescriptive` in Access in the evening, invites Member States 1. Reason: "
    )
    assert "(Sam Example, 6 August 2024, 12:00:00" in section
    assert "*agreed*" not in section.replace("\\*agreed\\*", ""), "words of people stay words"


def test_a_fresh_forum_has_the_lists_and_a_clean_template(tmp_path: Path) -> None:
    """`init` carries over how Opinions are drafted, without what another forum cites and knows."""
    round_, _ = prepared(tmp_path / "r", given=("--forum", "Lyrania Water Assembly", "--short", "LWA"))
    desk = open_desk(str(round_.path), "", "")
    forum = load_forum(desk.process_files(desk.main())["forum"], plain_places("forum")).value
    ours = PROCESS.forum.drafting
    assert forum is not None
    assert replace(forum.drafting, citations=ours.citations, acronyms=ours.acronyms) == ours
    assert (forum.drafting.citations, forum.drafting.acronyms) == ((), ("UN",))
    template = (round_.path / "opinions/_template.md").read_text("utf-8")
    assert linted(template) == ()
    assert accord("check", "--repo", str(round_.path)).code == 0


def test_the_status_comment_shows_verbs_apart_and_how_it_is_drafted(tmp_path: Path) -> None:
    """On the pull request, after what it changes; words of a stranger come alive nowhere; set aside by a comment."""
    s = stage(tmp_path)
    pull = s.forge.opens(
        EXPERT,
        ("*invites Member States*", "*invites @here & friends*"),
        ("1. to open schools", "1. to close what shall be schools"),
    )
    s.runs(5)
    body = s.screen()
    assert living(body, html=True, links=(PAGE,), refs=(8, 9)) == []
    verbs = body.partition("#### Operative verbs that change\n\n")[2].partition("\n\n####")[0]
    assert verbs.startswith("- invites ")
    assert "What the clause asks to do changes: `to open` becomes `to close`." in verbs
    drafted = body.partition("#### How it is drafted\n\n")[2].partition("\n\n####")[0]
    assert "is prescriptive; Opinions are non-binding (R4)." in drafted
    assert "is not among the readers that Opinions are for (R5)." in drafted

    s.forge.comments(pull, SECRETARY, "/waive wording-prescriptive It is agreed language.", at=6)
    s.runs(8)
    assert "Set aside by Sam Example" in s.screen()
