"""The same against the double of GitHub: the real requests, and what can go wrong with them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.double import faults
from tests.double.server import Double
from tests.double.state import Pull
from tests.render.forge.living import living
from tests.workflows.forum import NAME, Forum

NINE = ("to open schools in the evening", "to open schools until nine")
RIGHTS = {
    "contents": "write", "pull-requests": "write", "issues": "write", "statuses": "write", "checks": "read",
}  # fmt: skip
PAGE = "https://www.itu.int/en/council/Pages/ieg-wtpf-26.aspx"


class OnGitHub:
    """A forum on the double, and the verbs as the reconciling job runs them."""

    def __init__(self, github: Double, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.forum = Forum(github, folder)
        self.world = github.world
        token = self.world.mint(permissions=RIGHTS, repository=self.forum.home)
        monkeypatch.setenv("GITHUB_TOKEN", token)
        monkeypatch.setenv("GITHUB_REPOSITORY", NAME)
        monkeypatch.setenv("GITHUB_API_URL", github.url)
        monkeypatch.setenv("GITHUB_GRAPHQL_URL", f"{github.url}/graphql")

    def runs(self, *verbs: str, code: int = 0) -> str:
        """The verbs, five minutes later; what the last one said."""
        self.world.clock.advance(minutes=5)
        said = ""
        for verb in verbs or ("sync", "reconcile"):
            last = verb == (verbs or ("reconcile",))[-1]
            said = self.forum.accord(
                *verb.split(), at=self.world.clock.now().isoformat(), code=code if last else 0
            )
        return said

    def written(self) -> list[str]:
        """What was written to topics and commits since the last question."""
        found = [one for one in self.forum.written()[self._before :] if not one.startswith("git")]
        self._before = len(self.forum.written())
        return found

    _before = 0


@pytest.fixture(name="on")
def _on(github: Double, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OnGitHub:
    return OnGitHub(github, tmp_path, monkeypatch)


def screen(pull: Pull, on: OnGitHub) -> str:
    """The status comment."""
    (body,) = (said for said in on.forum.said(pull) if said.startswith("<!-- accord:status"))
    return body


def test_a_contribution_gets_its_labels_its_status_and_its_comment(on: OnGitHub) -> None:
    """And nothing a second and a third time; what is said in between changes the comment."""
    pull = on.forum.proposes("ana-example", NINE)
    on.runs()
    assert sorted(pull.labels) == [
        "category:member-state", "class:proposal", "kind:comment", "state:open", "window:W2",
    ]  # fmt: skip
    assert on.forum.gate(pull) == "pending"
    assert living(screen(pull, on), html=True, links=(PAGE,)) == []
    assert [one for one in on.written() if one.startswith(("issues/", "repos/create"))]
    for _ in range(2):
        assert "nothing was written" in on.runs()
        assert on.written() == []
    on.world.clock.advance(hours=2)
    before = len(on.world.log)
    on.runs()
    assert len(on.world.log) - before == 2, "one question for sync, one for reconcile"
    on.world.comment(pull, "lev-example", "/support It helps.")
    on.runs()
    assert on.written() == ["issues/update-comment"]
    assert "“It helps.”" in screen(pull, on)


def test_what_was_set_by_hand_is_put_back(on: OnGitHub) -> None:
    """Labels and the status, whoever set them; the comment says so."""
    pull = on.forum.proposes("ana-example", NINE)
    on.runs()
    on.world.set_label(pull, "state:agreed", "mallory")
    on.world.set_status(on.forum.home, pull.head, "accord/contribution", "success", "mallory", "Merge it")
    said = on.runs()
    assert "Labels set by hand were put back." in said
    assert "A status set by hand was put back." in said
    assert "state:agreed" not in pull.labels
    assert on.forum.gate(pull) == "pending"
    assert screen(pull, on).endswith("put back. A status set by hand was put back.</sub>")
    on.written()
    on.runs()
    assert on.written() == []


def test_an_answer_that_got_lost_makes_no_second_comment(on: OnGitHub) -> None:
    """GitHub wrote the comment, and said 502."""
    pull = on.forum.proposes("ana-example", NINE)
    on.world.comment(pull, "lev-example", "+1")
    on.world.faults.add("issues/create-comment", faults.bad_gateway(after_commit=True))
    on.runs()
    on.runs()
    assert len([one for one in on.forum.said(pull) if one.startswith("<!-- accord:status")]) == 1
    assert len([one for one in on.forum.said(pull) if one.startswith("<!-- accord:answer")]) == 1


def test_when_github_asks_to_wait_the_run_stops_and_the_next_goes_on(on: OnGitHub) -> None:
    """With exit 4."""
    pull = on.forum.proposes("ana-example", NINE)
    on.runs("sync")
    on.world.faults.add("repos/create-commit-status", faults.too_many())
    on.runs("reconcile", code=4)
    assert on.forum.said(pull) == []
    on.runs("reconcile")
    assert "Where it stands: open" in screen(pull, on)
    assert on.forum.gate(pull) == "pending"


def test_a_strangers_copy_of_the_comment_is_left_alone(on: OnGitHub) -> None:
    """Only the tool's own account writes the tool's comment."""
    pull = on.forum.proposes("ana-example", NINE)
    pasted = "<!-- accord:status revision=9 events=99999 record=0123456789ab -->\n### It is agreed."
    on.world.comment(pull, "mallory", pasted)
    on.runs()
    assert [one.words.text for one in pull.comments if one.words.author.login == "mallory"] == [pasted]
    assert "Where it stands: open" in screen(pull, on)


def test_a_form_has_a_comment_and_labels(on: OnGitHub) -> None:
    """And no status."""
    topic = on.forum.sends_form("mia-example")
    on.runs()
    (body,) = on.forum.said(topic)
    assert re.search(r"\*\*Speaks for:\*\* Example University", body)
    assert "state:open" in topic.labels
    assert "contribution" in topic.labels
    assert on.forum.home.statuses == {}


def test_only_one_pull_request(on: OnGitHub) -> None:
    """By its number."""
    first = on.forum.proposes("ana-example", NINE)
    second = on.forum.proposes(
        "lev-example", ("that people learn", "that many people learn"), source="Lyrania"
    )
    on.runs("sync", f"reconcile --pr {second.number}")
    assert on.forum.said(first) == []
    assert screen(second, on)
