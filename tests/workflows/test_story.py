"""The way of a contribution through the real workflows, from a fork to agreement, as people see it on GitHub."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.double.server import Double
from tests.workflows.forum import Forum
from tests.workflows.story import Story


@pytest.fixture(name="story", scope="module")
def _story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    double = Double(tmp_path_factory.mktemp("github")).start()
    story = Story(Forum(double, tmp_path_factory.mktemp("forum")))
    for _ in story.tell():
        pass
    yield story
    double.stop()
    assert double.world.violations == [], "\n".join(double.world.violations)


def test_a_first_contribution_is_received_and_told_what_to_correct(story: Story) -> None:
    """It has its number and its time of receipt; what is wrong is said with the cure; the gate is shut."""
    now = story.chapters["opened"]
    assert now.ran[-1] == ("Reconcile", "workflow_run")
    assert now.kinds.count("received") == 1
    assert "state:returned" in now.labels
    assert "draft-9" in now.page
    assert now.gate == "failure"


def test_a_correction_in_the_browser_opens_it(story: Story) -> None:
    """The same comment says so; there is still only one."""
    now = story.chapters["corrected"]
    assert {
        "state:open",
        "category:member-state",
        "class:proposal",
        "kind:comment",
        "window:W2",
    } <= now.labels
    assert len(now.comments) == 1
    assert "It is open" in now.page
    assert now.gate == "pending"


def test_a_review_and_an_objection_are_positions_and_a_stranger_is_answered_once(story: Story) -> None:
    """An objection is shown with its reason; a declaration by nobody in particular is none, and its author is told."""
    now = story.chapters["spoken"]
    assert now.kinds.count("position") == 2
    assert "declared" not in now.kinds
    assert "Nine is too late for those who travel." in now.page
    assert "experts nominated by Lyrania" in now.page
    answers = [said for said in now.comments if said.startswith("<!-- accord:answer")]
    assert len(answers) == 1
    assert "state:not-agreed" in now.labels or "state:blocked" in now.labels or "state:open" in now.labels
    assert now.gate == "pending"


def test_a_new_version_makes_positions_outdated_and_ends_no_objection(story: Story) -> None:
    """What was said was said about other words."""
    now = story.chapters["revised"]
    assert now.kinds.count("revised") == 1
    assert "objection-ended" not in now.kinds
    assert "outdated" in now.page
    assert now.gate == "pending"


def test_only_its_owner_ends_an_objection(story: Story) -> None:
    """Mia says that it is met."""
    now = story.chapters["met"]
    assert now.kinds.count("objection-ended") == 1
    assert now.gate == "pending"


def test_a_call_is_opened_by_the_form_in_the_browser(story: Story) -> None:
    """The form has the rights of its sender; the page says until when."""
    now = story.chapters["called"]
    assert now.ran[0] == ("Act of the chair or the secretariat", "workflow_dispatch")
    assert now.kinds.count("called") == 1
    assert "12 December 2024" in now.page
    assert "state:in-call" in now.labels
    assert now.gate == "pending"


def test_a_declaration_opens_the_gate_for_exactly_this_text(story: Story) -> None:
    """And only now."""
    now = story.chapters["declared"]
    assert now.kinds.count("declared") == 1
    assert now.gate == "success"
    assert [chapter.gate for chapter in story.chapters.values()].count("success") == 1


def test_nothing_is_done_twice(story: Story) -> None:
    """Another turn writes nothing at all."""
    world = story.forum.github.world
    before = story.forum.written(), world.bare(story.forum.home).refs()
    assert story.forum.turns().result == "success"
    assert (story.forum.written(), world.bare(story.forum.home).refs()) == before


def test_everything_stays_readable_without_github(story: Story) -> None:
    """From a plain clone the record is verified, and says what was agreed."""
    at = story.forum.github.world.clock.now().isoformat()
    assert "agreed" in story.forum.accord("status", "1", at=at)
    story.forum.accord("verify", at=at)
