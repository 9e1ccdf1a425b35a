"""Everything a contributor can be told about a contribution, kept as a file that people can read and disagree with."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from accord.domain.process.admission import admit
from accord.domain.process.contribution import Contribution
from accord.domain.process.moments import Interval, format_instant
from accord.domain.process.people import Entity, Term
from accord.domain.process.rules import Cutoff, PublicOutside
from tests.domain.process.worlds import COMMENT, EXPERTS, IN_W2, PROCESS, at, known, with_fixed_forum

GOLDEN = Path(__file__).with_name("golden_reasons.txt")

W1, GAP, W3 = at("2024-08-20T12:00:00Z"), at("2025-01-20T12:00:00Z"), at("2025-04-20T12:00:00Z")
BEFORE, FORUM = at("2024-06-01T12:00:00Z"), at("2026-04-20T12:00:00Z")
PUBLIC: dict[str, Any] = {"category": "stakeholder", "source": "Example Citizens"}
OUTLINE: dict[str, Any] = {"kind": "opinion-outline"}
TEXT: dict[str, Any] = {"kind": "opinion-text"}
INPUT: dict[str, Any] = {"kind": "public-input"}
BY_SECRETARIAT: dict[str, Any] = {"kind": "secretariat-text", "category": "", "source": "Secretariat"}
AROUND = Interval(earliest=at("2024-12-20T22:00:00Z"), latest=at("2024-12-20T23:30:00Z"))
LEFT = replace(
    EXPERTS.entities[0], id="old-arcadia", name="Old Arcadia", term=Term(first=at("2024-01-01T00:00:00Z").date(),
                                                                         last=at("2024-02-01T00:00:00Z").date()),
)  # fmt: skip
OTHER_NAME = Entity(id="lyr", name="Lyrania", category="member-state", term=EXPERTS.entities[0].term)

# What is different from a good comment on the current draft; when it was received; what is different in what is known.
Case = tuple[str, dict[str, Any], Any, dict[str, Any]]
CASES: tuple[Case, ...] = (
    ("nothing is wrong", {}, IN_W2, {}),
    ("an unknown kind, far from all", {"kind": "manifesto"}, IN_W2, {}),
    ("an unknown kind, near one", {"kind": "coment"}, IN_W2, {}),
    ("no theme", {"themes": ()}, IN_W2, {}),
    ("an unknown theme, second", {"themes": ("resilience", "fishing")}, IN_W2, {}),
    ("a theme of the secretariat", {"themes": ("cross-cutting",)}, IN_W2, {}),
    ("the same by the secretariat", {"themes": ("cross-cutting",)}, IN_W2, {"by_secretariat": True}),
    ("a language the forum does not have", {"language": "la"}, IN_W2, {}),
    ("the same, where any language will do", {"language": "la"}, IN_W2,
     {"forum": replace(PROCESS.forum, languages=())}),
    ("empty texts", {"title": " ", "reasons": "", "source": ""}, IN_W2, {}),
    ("an address in each text", {"title": "a@b.example", "reasons": "c@d.example", "source": "e@f.example"}, IN_W2, {}),
    ("the source among the co-signers", {"source": "ARCADIA", "cosigners": ("Lyrania", "arcadia")}, IN_W2, {}),
    ("an unknown Opinion", {"opinion": "harbors"}, IN_W2, {"known_opinions": ("harbours", "lighthouses")}),
    ("an Opinion it brings itself", {"opinion": "harbours"}, IN_W2,
     {"known_opinions": (), "new_opinions": ("harbours",)}),
    ("an Opinion where none are looked up", {"opinion": "harbours"}, IN_W2, {}),
    ("no Opinion where all are known", {}, IN_W2, {"known_opinions": ("harbours",)}),
    ("an unknown draft", {"based_on": "draft-9"}, IN_W2, {}),
    ("a draft that does not exist yet", {"based_on": "draft-2"}, IN_W2, {"drafts": ("draft-1",)}),
    ("a draft before there is any", {"based_on": "draft-2"}, IN_W2, {"drafts": ()}),
    ("an older draft", {"based_on": "draft-1"}, IN_W2, {}),
    ("a clause the draft has not", {"clauses": ("general", "1.1", "9.9")}, IN_W2, {"known_clauses": ("1.1", "1.2")}),
    ("an unknown category", {"category": "guild"}, IN_W2, {}),
    ("a category that the list contradicts", {"category": "academia"}, IN_W2, {}),
    ("the same, confirmed by the secretariat", {"category": "academia"}, IN_W2, {"confirmed": "member-state"}),
    ("a stranger's claim", {"source": "Republic of Nowhere"}, IN_W2, {}),
    ("an entity by its name", {"source": "ARCADIAN CABLES", "category": "sector-member"}, IN_W2, {}),
    ("an entity that left", {"source": "OLD ARCADIA"}, IN_W2,
     {"experts": replace(EXPERTS, entities=(*EXPERTS.entities, LEFT))}),
    ("somebody else's entity", {"source": "lyrania"}, IN_W2,
     {"experts": replace(EXPERTS, entities=(*EXPERTS.entities, OTHER_NAME)), "sender": 1}),
    ("the same sent by the secretariat's account", {"source": "lyrania"}, IN_W2,
     {"experts": replace(EXPERTS, entities=(*EXPERTS.entities, OTHER_NAME)), "sender": 200}),
    ("the same entered by the secretariat", {"source": "lyrania"}, IN_W2,
     {"experts": replace(EXPERTS, entities=(*EXPERTS.entities, OTHER_NAME)), "sender": 1, "by_secretariat": True}),
    ("the secretariat's text by somebody else", BY_SECRETARIAT, IN_W2, {}),
    ("the secretariat's text without sources", BY_SECRETARIAT, IN_W2, {"by_secretariat": True}),
    ("one source nobody knows", {**BY_SECRETARIAT, "sources": (3, "ieg-1", "ieg-l")}, IN_W2, {"by_secretariat": True}),
    ("an outline in W1", {**OUTLINE, "based_on": "draft-1"}, W1, {}),
    ("the text of an Opinion in W1", {**TEXT, "based_on": "draft-1"}, W1, {}),
    ("the public's input in W1", {**PUBLIC, **INPUT, "based_on": "draft-1"}, W1, {}),
    ("the same where the rules admit the public", {**PUBLIC, **INPUT, "based_on": "draft-1"}, W1,
     {"rules": replace(PROCESS.rules, public_outside_consultation=PublicOutside.ADMIT)}),
    ("an outline by the public in W2", {**PUBLIC, **OUTLINE}, IN_W2, {}),
    ("a new Opinion as a comment", {}, IN_W2, {"new_opinions": ("lighthouses", "harbours")}),
    ("an outline after the cut-off", {**OUTLINE, "based_on": "draft-3"}, W3, {"new_opinions": None}),
    ("the same where the final Report ends the time", {**TEXT, "based_on": "draft-3"}, W3,
     {"new_opinions": ("harbours",), "rules": replace(PROCESS.rules, new_opinion_cutoff=Cutoff.FINAL)}),
    ("the same where the last meeting does", {**TEXT, "based_on": "draft-3"}, W3,
     {"new_opinions": ("harbours",), "rules": replace(PROCESS.rules, new_opinion_cutoff=Cutoff.MEETING)}),
    ("a new Opinion around the cut-off", TEXT, AROUND, {"new_opinions": ("harbours",)}),
    ("before the first window", {"based_on": "draft-1"}, BEFORE, {}),
    ("late for W2", {}, GAP, {}),
    ("early for W3", {"based_on": "draft-3"}, GAP, {}),
    ("while the days of the Forum are open", {"based_on": "final"}, FORUM, {}),
    ("a new Opinion then", {**TEXT, "based_on": "final"}, FORUM, {"new_opinions": ("harbours",)}),
    ("overruled by the secretariat", {"language": "la"}, GAP, {"waived": ("language-unknown", "window-late")}),
    ("what nobody can overrule", {**TEXT, "based_on": "final"}, FORUM,
     {"new_opinions": ("harbours",), "waived": ("opinion-after-final",)}),
)  # fmt: skip


def told(case: Case) -> str:
    """The verdict and, for each finding, how much it weighs, its rule, the field, what is wrong and what to do."""
    title, changes, when, circumstances = case
    it: Contribution = replace(COMMENT, **changes)
    receipt = when if isinstance(when, Interval) else Interval.at(when)
    found = admit(it, receipt, known(**circumstances))
    by = f", to be corrected before {format_instant(found.correct_by)}" if found.correct_by else ""
    who = f"{found.category or 'no category'}, {found.entity or 'nobody on the list'}"
    lines = [f"{title}: {found.verdict.value} in {found.window}{by}"]
    lines.append(
        f"  {who}, {'verified' if found.verified else 'not verified'}; holds it: {', '.join(found.holding) or '-'}"
    )
    for one in found.findings:
        assert one.place is not None
        lines.append(f"  {one.severity.value} {one.rule} at {one.place.file}{one.place.path}")
        lines += [f"    {one.message}", f"    {one.fix or '(nothing to do)'}"]
    return "\n".join(lines)


def test_everything_that_can_be_told() -> None:
    """As the golden file says (rewrite it with ACCORD_WRITE_GOLDEN=1 and read the difference)."""
    found = "\n\n".join(told(case) for case in CASES) + "\n"
    if os.environ.get("ACCORD_WRITE_GOLDEN"):
        GOLDEN.write_text(found, encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8") == found


def test_the_forum_has_its_window_once_its_days_are_fixed() -> None:
    """Comments on the final report are open then, and a new Opinion stays refused."""
    circumstances = with_fixed_forum()
    it = replace(COMMENT, based_on="final")
    assert admit(it, Interval.at(FORUM), circumstances).verdict.value == "open"
    late = replace(circumstances, new_opinions=("harbours",))
    assert admit(replace(it, **TEXT), Interval.at(FORUM), late).verdict.value == "refused"
