"""A contribution without Git: the form is sent in the browser, and read and answered by the real workflow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.double.server import Double
from tests.double.state import Topic
from tests.workflows.forum import Forum


@pytest.fixture(name="forum", scope="module")
def _forum(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forum]:
    double = Double(tmp_path_factory.mktemp("github")).start()
    yield (forum := Forum(double, tmp_path_factory.mktemp("forum")))
    del forum
    double.stop()
    assert double.world.violations == [], "\n".join(double.world.violations)


@pytest.fixture(name="form", scope="module")
def _form(forum: Forum) -> Topic:
    """Mia sends it, with a passage that stands nowhere; then she corrects it."""
    return forum.sends_form("mia-example", passage="to open schools on the moon")


def test_a_form_gets_a_receipt_at_once(forum: Forum, form: Topic) -> None:
    """Its own workflow reads it; what cannot be found is said; it has its number all the same."""
    (run,) = forum.settle()
    assert run.workflow == "Intake"
    (said,) = forum.said(form)
    assert "Contribution 1" in said
    assert "moon" in said
    assert [one["kind"] for one in forum.record()].count("received") == 1


def test_it_is_corrected_by_editing(forum: Forum, form: Topic) -> None:
    """The same comment now says what it changes, and for whom it speaks."""
    forum.github.world.clock.advance(minutes=10)
    forum.github.world.edit(form, body=forum.form())
    (run,) = forum.settle()
    assert run.workflow == "Intake"
    (said,) = forum.said(form)
    assert "It is open" in said
    assert "Example University" in said
    assert {"state:open", "category:academia", "contribution"} <= set(form.labels)


def test_people_speak_under_it_as_under_any_other(forum: Forum, form: Topic) -> None:
    """A comment rings Reconcile."""
    forum.github.world.clock.advance(minutes=10)
    forum.github.world.comment(form, "lev-example", "/support")
    (run,) = forum.settle()
    assert run.workflow == "Reconcile"
    assert [one["kind"] for one in forum.record()].count("position") == 1


def test_a_question_in_an_issue_is_left_alone(forum: Forum) -> None:
    """No label of the form, no answer; a stranger's copy of the label changes nothing either."""
    forum.github.world.clock.advance(minutes=10)
    issue = forum.github.world.open_issue(forum.home, "mallory", "When is the meeting?", "I do not find it.")
    assert [run.result for run in forum.settle()] == ["skipped"]
    assert forum.said(issue) == []
