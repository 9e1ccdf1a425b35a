"""The way of a contribution through the real workflows, from a fork to agreement, as people see it on GitHub."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.double.server import Double
from tests.workflows.forum import Forum
from tests.workflows.story import Chapter, Story


def a_first_contribution_is_received_and_told_what_to_correct(now: Chapter) -> None:
    """It has its number and its time of receipt; what is wrong is said with the cure; the gate is shut."""
    assert now.ran[-1] == ("Reconcile", "workflow_run")
    assert now.kinds.count("received") == 1
    assert "state:returned" in now.labels
    assert "draft-9" in now.page
    assert now.gate == "failure"


def a_correction_in_the_browser_opens_it(now: Chapter) -> None:
    """The same comment says so; there is still only one."""
    assert {
        "state:open",
        "category:member-state",
        "class:proposal",
        "kind:comment",
        "window:W2",
    } <= now.labels
    assert len(now.comments) == 1
    assert now.gate == "pending"


def a_review_and_an_objection_are_positions_and_a_stranger_is_answered_once(now: Chapter) -> None:
    """An objection is shown with its reason; a declaration by nobody in particular is none, and its author is told."""
    assert now.kinds.count("position") == 2
    assert "declared" not in now.kinds
    assert "Nine is too late for those who travel." in now.page
    assert "xperts nominated by Lyrania" in now.page
    answers = [said for said in now.comments if said.startswith("<!-- accord:answer")]
    assert len(answers) == 1
    assert "state:open" in now.labels
    assert now.gate == "pending"


def a_new_version_makes_positions_outdated_and_ends_no_objection(now: Chapter) -> None:
    """What was said was said about other words."""
    assert now.kinds.count("revised") == 2  # the corrected description was the first
    assert "objection-ended" not in now.kinds
    assert "outdated" in now.page
    assert now.gate == "pending"


def only_its_owner_ends_an_objection(now: Chapter) -> None:
    """Mia says that it is met."""
    assert now.kinds.count("objection-ended") == 1
    assert now.gate == "pending"


def a_call_is_opened_by_the_form_in_the_browser(now: Chapter) -> None:
    """The form has the rights of its sender; the page says until when."""
    assert now.ran[0] == ("Act of the chair or the secretariat", "workflow_dispatch")
    assert now.kinds.count("called") == 1
    assert "12 December 2024" in now.page
    assert "state:in-call" in now.labels
    assert now.gate == "pending"


def a_declaration_opens_the_gate_for_exactly_this_text(now: Chapter) -> None:
    """And only now."""
    assert now.kinds.count("declared") == 1
    assert now.gate == "success"


def only_then_is_the_gate_open(story: Story) -> None:
    """In no chapter before the last."""
    gates = [story.chapters[name].gate for name in CLAIMS if name not in {"declared", "merged"}]
    assert "success" not in gates


def nothing_is_done_twice(story: Story) -> None:
    """When what was shown last is in the record, another turn writes nothing at all."""
    world = story.forum.github.world
    story.forum.turns()
    before = story.forum.written(), world.bare(story.forum.home).refs()
    assert story.forum.turns().result == "success"
    assert (story.forum.written(), world.bare(story.forum.home).refs()) == before


def everything_stays_readable_without_github(story: Story) -> None:
    """From a plain clone the record is verified, and says what was agreed."""
    at = story.forum.github.world.clock.now().isoformat()
    assert "agreed" in story.forum.accord("status", "1", at=at)
    story.forum.accord("verify", at=at)


def merging_it_brings_no_more_than_was_declared(now: Chapter) -> None:
    """The main branch moved: it is looked at, and the pages are written anew; the secretariat's entry is enough."""
    assert ("Reconcile", "workflow_run") in now.ran  # it was closed after the push: the newest ring runs
    assert ("Pages", "push") in now.ran
    assert ("Act of the chair or the secretariat", "workflow_dispatch") in now.ran
    assert now.kinds.count("incorporated") == 1
    assert now.gate == "success"


CLAIMS = {
    "opened": a_first_contribution_is_received_and_told_what_to_correct,
    "corrected": a_correction_in_the_browser_opens_it,
    "spoken": a_review_and_an_objection_are_positions_and_a_stranger_is_answered_once,
    "revised": a_new_version_makes_positions_outdated_and_ends_no_objection,
    "met": only_its_owner_ends_an_objection,
    "called": a_call_is_opened_by_the_form_in_the_browser,
    "declared": a_declaration_opens_the_gate_for_exactly_this_text,
    "merged": merging_it_brings_no_more_than_was_declared,
}


def test_a_contribution_comes_to_agreement(github: Double, tmp_path: Path, subtests: pytest.Subtests) -> None:
    """What each chapter of the story claims, and two things about its end."""
    story = Story(Forum(github, tmp_path))
    for chapter in story.tell():
        claim = CLAIMS[chapter.name]
        with subtests.test(claim.__name__):
            claim(chapter)
    assert set(CLAIMS) == set(story.chapters)
    for last in (only_then_is_the_gate_open, nothing_is_done_twice, everything_stays_readable_without_github):
        with subtests.test(last.__name__):
            last(story)
