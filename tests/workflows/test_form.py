"""A contribution without Git: the form is sent in the browser, and read and answered by the real workflow."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.double.server import Double
from tests.workflows.forum import Forum


def test_a_form_is_received_corrected_and_talked_about(
    github: Double, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    """Mia sends it with a passage that stands nowhere, corrects it by editing, and Lev supports it."""
    forum = Forum(github, tmp_path)
    world = forum.github.world

    form = forum.sends_form("mia-example", passage="to open schools on the moon")
    (run,) = forum.settle()
    with subtests.test("it gets a receipt at once, and hears what cannot be found"):
        assert run.workflow == "Intake"
        (said,) = forum.said(form)
        assert "Contribution 1" in said
        assert "moon" in said
        assert [one["kind"] for one in forum.record()].count("received") == 1

    world.clock.advance(minutes=10)
    world.edit(form, body=forum.form())
    (run,) = forum.settle()
    with subtests.test("it is corrected by editing, under the same comment"):
        assert run.workflow == "Intake"
        (said,) = forum.said(form)
        assert "Example University" in said
        assert {"state:open", "category:academia", "contribution"} <= set(form.labels)

    world.clock.advance(minutes=10)
    world.comment(form, "lev-example", "/support")
    (run,) = forum.settle()
    with subtests.test("people speak under it as under any other"):
        assert run.workflow == "Reconcile"
        assert [one["kind"] for one in forum.record()].count("position") == 1

    world.clock.advance(minutes=10)
    issue = world.open_issue(forum.home, "mallory", "When is the meeting?", "I do not find it.")
    runs = forum.settle()
    with subtests.test("a question in an issue is left alone"):
        assert [run.result for run in runs] == ["skipped"]
        assert forum.said(issue) == []
