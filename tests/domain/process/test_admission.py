"""A row for each sentence about what may come in (R1-R18, A5-A9)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from accord.domain.findings import Severity
from accord.domain.process.admission import Admission, admit
from accord.domain.process.contribution import Contribution
from accord.domain.process.days import parse_days
from accord.domain.process.door import Circumstances, Verdict
from accord.domain.process.forum import InputClass
from accord.domain.process.moments import Interval, format_instant
from accord.domain.process.opinions import cutoff
from accord.domain.process.rules import Cutoff, PublicOutside
from accord.domain.process.timetable import Amendment, EventChange
from tests.domain.process.worlds import COMMENT, EXPERTS, IN_W2, MEMBERS, PROCESS, at, known

STRANGER = replace(COMMENT, source="Republic of Nowhere")
PUBLIC = replace(COMMENT, category="stakeholder", source="Example Citizens", kind="public-input")
TEXT = replace(COMMENT, kind="opinion-text")


def seen(
    it: Contribution = COMMENT, when: str | None = None, circumstances: Circumstances | None = None
) -> Admission:
    """The answer for a receipt at an instant."""
    return admit(it, Interval.at(at(when) if when else IN_W2), circumstances or known())


def test_a_well_formed_comment_in_its_window_is_open() -> None:
    """R16: nothing to say about it; the class follows from the category."""
    found = seen()
    assert (found.verdict, found.findings, found.window) == (Verdict.OPEN, (), "W2")
    assert (found.input_class, found.entity, found.verified) == (InputClass.PROPOSAL, "arcadia", True)


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("member-state", "proposal"),
        ("sector-member", "proposal"),
        ("associate", "view"),
        ("academia", "view"),
        ("state-of-palestine", "view"),
        ("observer-organization", "view"),
        ("stakeholder", "view"),
    ],
)
def test_the_class_is_derived_from_the_category(category: str, expected: str) -> None:
    """R9, A9: proposals of Member States and Sector Members, views of all others."""
    found = seen(replace(COMMENT, category=category, source=MEMBERS.get(category, "Example Citizens")))
    assert found.input_class is InputClass(expected)


# Each: a change to the well-formed comment, and the rule that returns it.
RETURNED: list[tuple[dict[str, Any], str]] = [
    ({"kind": "manifesto"}, "kind-unknown"),
    ({"themes": ()}, "theme-missing"),
    ({"themes": ("resilience", "fishing")}, "theme-unknown"),
    ({"themes": ("cross-cutting",)}, "theme-secretariat"),
    ({"language": "la"}, "language-unknown"),
    ({"title": "  "}, "field-empty"),
    ({"reasons": ""}, "field-empty"),
    ({"reasons": "Write to ana@example.org."}, "personal-data"),
    ({"cosigners": ("Lyrania", "ARCADIA")}, "cosigner-source"),
    ({"based_on": "draft-9"}, "draft-unknown"),
    ({"based_on": "draft-1"}, "draft-not-current"),
    ({"category": "guild"}, "category-unknown"),
    ({"category": "academia"}, "category-disagrees"),
    ({"kind": "secretariat-text", "sources": (1,)}, "kind-secretariat"),
]


@pytest.mark.parametrize(
    ("changes", "rule"), RETURNED, ids=[f"{rule}-{index}" for index, (_, rule) in enumerate(RETURNED)]
)
def test_what_is_wrong_in_form_is_returned_with_a_fix(changes: dict[str, Any], rule: str) -> None:
    """R1, R2, R7-R9, R28: each problem of form names its rule, its field and what to do."""
    found = seen(replace(COMMENT, **changes))
    assert found.verdict is Verdict.RETURNED
    finding = next(one for one in found.findings if one.rule == rule)
    assert finding.fix
    assert finding.place is not None
    assert finding.place.path.startswith("/")


def test_all_problems_are_told_at_once() -> None:
    """A contributor mends everything in one go."""
    found = seen(replace(COMMENT, kind="manifesto", themes=("fishing",), based_on="draft-9", language="la"))
    assert {one.rule for one in found.findings} == {
        "kind-unknown",
        "theme-unknown",
        "draft-unknown",
        "language-unknown",
    }


def test_a_near_miss_is_answered_with_the_right_word() -> None:
    """The fix says what was probably meant."""
    found = seen(replace(COMMENT, kind="coment", based_on="draft2"))
    assert {one.fix for one in found.findings} == {"Did you mean `comment`?", "Did you mean `draft-2`?"}


def test_a_returned_contribution_keeps_its_receipt_time_for_some_days() -> None:
    """The rules give the days; the last one counts to its end in the process zone."""
    found = seen(replace(COMMENT, title=""), "2024-12-20T22:59:59Z")
    assert found.correct_by is not None
    assert format_instant(found.correct_by) == "2024-12-27T23:00:00Z"
    assert seen().correct_by is None


@pytest.mark.parametrize(
    ("draft", "exists", "rule"),
    [
        ("draft-2", ("draft-1", "draft-2"), None),
        ("draft-2", ("draft-1",), "draft-missing"),
        ("draft-2", (), "draft-missing"),
    ],
)
def test_the_draft_named_must_exist(draft: str, exists: tuple[str, ...], rule: str | None) -> None:
    """R8: a draft of the timetable that hasn't been cut is no basis."""
    found = seen(replace(COMMENT, based_on=draft), circumstances=known(drafts=exists))
    assert [one.rule for one in found.findings] == ([rule] if rule else [])


def test_clauses_named_must_exist_in_the_draft() -> None:
    """R8: `general` is allowed, and what is not looked up is not judged."""
    it = replace(COMMENT, clauses=("1.1", "general", "9.9"))
    assert [one.rule for one in seen(it, circumstances=known(known_clauses=("1.1", "1.2"))).findings] == [
        "clause-unknown"
    ]
    assert seen(it).findings == ()


def test_an_opinion_named_must_exist() -> None:
    """A comment on an Opinion is on one that is there, or that it brings itself."""
    it = replace(COMMENT, opinion="skills")
    assert [one.rule for one in seen(it, circumstances=known(known_opinions=("skill",))).findings] == [
        "opinion-unknown"
    ]
    assert seen(it, circumstances=known(known_opinions=("skills",))).findings == ()
    assert (
        seen(
            replace(TEXT, opinion="skills"), circumstances=known(known_opinions=(), new_opinions=("skills",))
        ).findings
        == ()
    )


# The boundaries of all windows: the last second inside and the first one late.
@pytest.mark.parametrize(
    ("draft", "inside", "late"),
    [
        ("draft-1", "2024-08-26T21:59:59Z", "2024-08-26T22:00:00Z"),
        ("draft-2", "2024-12-20T22:59:59Z", "2024-12-20T23:00:00Z"),
        ("draft-3", "2025-06-16T21:59:59Z", "2025-06-16T22:00:00Z"),
        ("draft-4", "2025-12-19T22:59:59Z", "2025-12-19T23:00:00Z"),
    ],
)
def test_late_by_a_second_is_late_and_held(draft: str, inside: str, late: str) -> None:
    """R16: held with the reason, never silently refused."""
    it = replace(COMMENT, based_on=draft)
    assert seen(it, inside).verdict is Verdict.OPEN
    found = seen(it, late)
    assert (found.verdict, found.holding) == (Verdict.HELD, ("window-late",))
    assert found.findings[0].message.startswith("Late: window")


def test_early_is_held_until_the_window_opens() -> None:
    """A5: before the first window, and in a gap for the draft to come."""
    found = seen(replace(COMMENT, based_on="draft-1"), "2024-07-01T00:00:00Z")
    assert (found.verdict, found.holding) == (Verdict.HELD, ("window-early",))
    found = seen(replace(COMMENT, based_on="draft-2"), "2024-10-01T00:00:00Z")
    assert (found.verdict, found.holding) == (Verdict.HELD, ("window-early",))
    assert "Window W2 opens on 4 November 2024" in found.findings[0].message


def test_after_everything_a_contribution_is_held() -> None:
    """Also when all windows are over nothing is dropped."""
    found = seen(replace(COMMENT, based_on="final"), "2026-08-01T00:00:00Z")
    assert (found.verdict, found.holding) == (Verdict.HELD, ("window-late",))


def test_a_receipt_that_spans_a_deadline_is_undetermined() -> None:
    """Never a guess: both readings are named and the secretariat is asked."""
    receipt = Interval(earliest=at("2024-12-20T22:59:59Z"), latest=at("2024-12-20T23:00:00Z"))
    found = admit(COMMENT, receipt, known())
    assert (found.verdict, found.holding) == (Verdict.UNDETERMINED, ("receipt-undetermined",))
    assert "in window W2" in found.findings[0].message
    assert "gap after W2" in found.findings[0].message
    inside = Interval(earliest=receipt.earliest - timedelta(days=1), latest=receipt.earliest)
    assert admit(COMMENT, inside, known()).verdict is Verdict.OPEN


def test_a_receipt_that_spans_an_extension_is_undetermined() -> None:
    """A15: one reading is before the amendment was adopted, the other after it."""
    change = EventChange(event="dl-2", planned=parse_days("2025-01-10"))
    amendment = Amendment(adopted=at("2024-12-22T12:00:00Z"), basis="an invented decision", changes=(change,))
    circumstances = known(timetable=replace(PROCESS.timetable, amendments=(amendment,)))
    receipt = Interval(earliest=at("2024-12-22T11:00:00Z"), latest=at("2024-12-22T13:00:00Z"))
    assert admit(COMMENT, receipt, circumstances).verdict is Verdict.UNDETERMINED
    assert admit(COMMENT, Interval.at(receipt.earliest), circumstances).verdict is Verdict.HELD
    assert admit(COMMENT, Interval.at(receipt.latest), circumstances).verdict is Verdict.OPEN


def test_an_unfixed_date_makes_the_verdict_undetermined() -> None:
    """A3: the sentence says between which days and what to fix."""
    found = seen(replace(COMMENT, based_on="final"), "2026-05-20T12:00:00Z")
    assert found.verdict is Verdict.UNDETERMINED
    assert "between 14 April 2026 and 30 June 2026" in found.findings[0].message
    assert "`wtpf-26`" in found.findings[0].fix


def test_a_contribution_to_the_forum_is_based_on_the_final_report() -> None:
    """R8: on the day of the posting, based on an earlier draft, it is returned."""
    assert seen(replace(COMMENT, based_on="final"), "2026-04-13T12:00:00Z").verdict is Verdict.OPEN
    found = seen(replace(COMMENT, based_on="draft-4"), "2026-04-13T12:00:00Z")
    assert (found.verdict, found.holding) == (Verdict.RETURNED, ("draft-not-current",))


def test_a_stranger_counts_as_the_public_until_the_secretariat_confirms() -> None:
    """R9: admitted as a view where the public is heard, and said to be unverified."""
    found = seen(STRANGER)
    assert (found.verdict, found.category, found.input_class) == (
        Verdict.OPEN,
        "stakeholder",
        InputClass.VIEW,
    )
    assert not found.verified
    assert [(one.rule, one.severity) for one in found.findings] == [("category-unverified", Severity.WARNING)]


@pytest.mark.parametrize(
    ("it", "when", "rule"),
    [
        (replace(STRANGER, kind="opinion-text"), None, "public-kind"),
        (replace(STRANGER, based_on="draft-1"), "2024-08-20T00:00:00Z", "public-not-open"),
        (replace(STRANGER, based_on="draft-4"), "2025-11-20T00:00:00Z", "public-not-open"),
    ],
)
def test_a_strangers_claim_is_held_where_the_public_is_not_heard(
    it: Contribution, when: str | None, rule: str
) -> None:
    """R18: the same contribution is open once the category is confirmed, by its first receipt."""
    assert (seen(it, when).verdict, seen(it, when).holding) == (Verdict.HELD, (rule,))
    confirmed = seen(it, when, known(confirmed="member-state"))
    assert (confirmed.verdict, confirmed.verified, confirmed.input_class) == (
        Verdict.OPEN,
        True,
        InputClass.PROPOSAL,
    )


@pytest.mark.parametrize(
    ("sender", "verified"),
    [
        pytest.param(None, True, id="no-account-shown"),
        pytest.param(1, True, id="expert-nominated-by-it"),
        pytest.param(2, False, id="expert-nominated-by-another"),
        pytest.param(999, False, id="a-stranger"),
        pytest.param(200, True, id="the-secretariat"),
    ],
)
def test_who_may_speak_for_a_listed_entity(sender: int | None, verified: bool) -> None:
    """An account that the entity didn't nominate doesn't speak for it until confirmed."""
    assert seen(circumstances=known(sender=sender)).verified is verified


def test_an_entity_counts_only_while_it_is_listed() -> None:
    """The list at the moment of receipt counts, and the sentence says so."""
    entities = tuple(
        replace(one, term=replace(one.term, last=at("2024-11-01T12:00:00Z").date()))
        for one in EXPERTS.entities
    )
    found = seen(circumstances=known(experts=replace(EXPERTS, entities=entities)))
    assert not found.verified
    assert "when it was received" in found.findings[0].message


def test_an_entity_is_found_by_name_too() -> None:
    """People write names; capitals don't matter."""
    assert seen(replace(COMMENT, source="ARCADIA")).entity == "arcadia"


def test_the_public_outside_a_consultation_follows_the_rules() -> None:
    """A8: held by default, admitted where the rules say so."""
    it = replace(PUBLIC, kind="comment", based_on="draft-1")
    when = "2024-08-20T00:00:00Z"
    assert seen(it, when).holding == ("public-not-open",)
    lenient = replace(PROCESS.rules, public_outside_consultation=PublicOutside.ADMIT)
    assert seen(it, when, known(rules=lenient)).verdict is Verdict.OPEN


@pytest.mark.parametrize("category", MEMBERS)
def test_members_may_answer_the_public_consultation_too(category: str) -> None:
    """R18: in W2 and W3 from everybody, in W1 and W4 from nobody."""
    it = replace(COMMENT, category=category, source=MEMBERS[category], kind="public-input")
    moments = {
        "draft-1": "2024-08-20T00:00:00Z",
        "draft-2": "2024-11-20T00:00:00Z",
        "draft-3": "2025-04-20T00:00:00Z",
        "draft-4": "2025-11-20T00:00:00Z",
    }
    verdicts = [seen(replace(it, based_on=draft), when).verdict for draft, when in moments.items()]
    assert verdicts == [Verdict.HELD, Verdict.OPEN, Verdict.OPEN, Verdict.HELD]


@pytest.mark.parametrize(
    ("when", "cut", "verdict", "rule"),
    [
        pytest.param("2024-12-20T22:59:59Z", Cutoff.STRICT, Verdict.OPEN, None, id="last-second-of-W2"),
        pytest.param(
            "2025-04-20T00:00:00Z", Cutoff.STRICT, Verdict.HELD, "opinion-after-cutoff", id="W3-strict"
        ),
        pytest.param(
            "2025-11-20T00:00:00Z", Cutoff.MEETING, Verdict.OPEN, None, id="W4-before-the-last-meeting"
        ),
        pytest.param(
            "2026-02-10T00:00:00Z", Cutoff.MEETING, Verdict.HELD, "window-late", id="while-it-may-be-on"
        ),
        pytest.param(
            "2026-03-10T00:00:00Z", Cutoff.MEETING, Verdict.HELD, "opinion-after-cutoff", id="after-it"
        ),
        pytest.param("2025-11-20T00:00:00Z", Cutoff.FINAL, Verdict.OPEN, None, id="W4-until-final"),
        pytest.param(
            "2026-04-12T21:59:59Z", Cutoff.STRICT, Verdict.HELD, "opinion-after-cutoff", id="before-final"
        ),
        pytest.param(
            "2026-04-12T22:00:00Z", Cutoff.STRICT, Verdict.REFUSED, "opinion-after-final", id="at-final"
        ),
        pytest.param(
            "2026-04-12T22:00:00Z", Cutoff.FINAL, Verdict.REFUSED, "opinion-after-final", id="at-final-anyway"
        ),
    ],
)
def test_a_new_opinion_after_the_cutoff_needs_a_chair_and_after_final_is_refused(
    when: str, cut: Cutoff, verdict: Verdict, rule: str | None
) -> None:
    """R10, A6: whoever sends it and under whatever kind."""
    windows = {
        "2024-12": "draft-2",
        "2025-04": "draft-3",
        "2025-11": "draft-4",
        "2026-02": "draft-4",
        "2026-03": "draft-4",
    }
    draft = windows.get(when[:7], "final" if when == "2026-04-12T22:00:00Z" else "draft-4")
    kind = "opinion-text" if draft == "draft-2" else "comment"
    circumstances = known(new_opinions=("lighthouses",), rules=replace(PROCESS.rules, new_opinion_cutoff=cut))
    found = seen(replace(COMMENT, based_on=draft, kind=kind), when, circumstances)
    assert found.verdict is verdict
    assert rule is None or rule in [one.rule for one in found.findings]


def test_whether_a_new_opinion_may_come_is_undetermined_while_the_last_meeting_is_not_fixed() -> None:
    """A3, A6: with the cut-off `meeting`, February 2026 is undetermined."""
    rules = replace(PROCESS.rules, new_opinion_cutoff=Cutoff.MEETING)
    limit = cutoff(PROCESS.timetable, rules, PROCESS.forum)
    assert limit is not None
    assert (format_instant(limit.earliest), format_instant(limit.latest)) == (
        "2026-02-01T23:00:00Z",
        "2026-02-28T23:00:00Z",
    )
    found = seen(
        replace(COMMENT, based_on="draft-4"), "2026-02-10T00:00:00Z", known(new_opinions=("x",), rules=rules)
    )
    assert "opinion-undetermined" in found.holding


def test_comments_in_w3_and_w4_may_propose_wording_for_opinions_already_presented() -> None:
    """Design: a change to an Opinion that is there is a comment, and open."""
    for draft, when in (("draft-3", "2025-04-20T00:00:00Z"), ("draft-4", "2025-11-20T00:00:00Z")):
        it = replace(COMMENT, based_on=draft, opinion="skills")
        assert seen(it, when, known(known_opinions=("skills",))).verdict is Verdict.OPEN


def test_a_new_opinion_sent_as_a_comment_in_w2_is_returned_for_its_kind() -> None:
    """R17: the fix names the kinds for it."""
    found = seen(COMMENT, None, known(new_opinions=("lighthouses",)))
    assert (found.verdict, found.holding) == (Verdict.RETURNED, ("opinion-kind",))
    assert (
        "`opinion-text`" in found.findings[0].fix.replace("kind: ", "")
        or "opinion-text" in found.findings[0].fix
    )


def test_as_long_as_the_text_is_unknown_the_kind_decides_what_is_new() -> None:
    """`accord check` on metadata alone already says that an Opinion comes too late."""
    it = replace(TEXT, based_on="draft-3")
    assert "opinion-after-cutoff" in seen(it, "2025-04-20T00:00:00Z", known(new_opinions=None)).holding
    assert "opinion-after-cutoff" not in seen(it, "2025-04-20T00:00:00Z", known(new_opinions=())).holding


def test_the_secretariats_text_comes_at_any_time_and_names_its_sources() -> None:
    """R28: in a window and in a gap; without sources, or with an unknown meeting, it is returned."""
    it = replace(COMMENT, kind="secretariat-text", category="", source="secretariat", sources=(3, "ieg-1"))
    for when in ("2024-11-20T00:00:00Z", "2024-10-20T00:00:00Z", "2025-09-20T00:00:00Z"):
        found = seen(it, when, known(by_secretariat=True))
        assert (found.verdict, found.input_class) == (Verdict.OPEN, None)
    assert seen(replace(it, sources=()), None, known(by_secretariat=True)).holding == ("sources-missing",)
    assert seen(replace(it, sources=("ieg-9",)), None, known(by_secretariat=True)).holding == (
        "sources-unknown",
    )
    assert (
        seen(replace(it, themes=("cross-cutting",)), None, known(by_secretariat=True)).verdict is Verdict.OPEN
    )


def test_overruling_reaches_findings_of_form_and_stays_visible() -> None:
    """A held contribution is admitted with a reason; the finding becomes a note."""
    late = "2024-12-20T23:00:00Z"
    found = seen(COMMENT, late, known(waived=("window-late",)))
    assert (found.verdict, found.holding) == (Verdict.OPEN, ())
    assert [(one.rule, one.severity) for one in found.findings] == [("window-late", Severity.NOTE)]


def test_nobody_overrules_the_end_of_the_preparation() -> None:
    """R10: after the final Report a new Opinion stays refused."""
    circumstances = known(new_opinions=("x",), waived=("opinion-after-final", "kind-not-admitted"))
    assert (
        seen(replace(TEXT, based_on="final"), "2026-04-13T12:00:00Z", circumstances).verdict
        is Verdict.REFUSED
    )


def test_every_finding_is_a_sentence_with_a_rule_number_and_says_what_to_do() -> None:
    """Over a grid of moments, kinds and sources: never a verdict without a reason, never a reason without a way on."""
    moments = [
        "2024-07-01",
        "2024-08-20",
        "2024-10-01",
        "2024-11-20",
        "2025-01-20",
        "2025-04-20",
        "2026-04-13",
        "2026-05-20",
        "2026-08-01",
    ]
    its = [
        COMMENT,
        STRANGER,
        PUBLIC,
        TEXT,
        replace(COMMENT, category="academia"),
        replace(COMMENT, based_on="draft-9"),
    ]
    for day, it, new in product(moments, its, [(), ("lighthouses",)]):
        found = seen(it, f"{day}T12:00:00Z", known(new_opinions=new))
        assert found.findings or found.verdict is Verdict.OPEN
        for finding in found.findings:
            assert finding.message.endswith("."), finding
            assert re.search(r"R\d+", finding.message), finding
            assert finding.fix.endswith((".", "?")), finding
