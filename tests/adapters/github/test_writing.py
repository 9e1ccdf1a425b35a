"""Each write can be done twice without doing it double, whatever became of the first answer."""

from __future__ import annotations

import pytest

from accord.adapters.github.limits import Missing, Unanswered
from accord.adapters.github.writing import COLOURS, LONGEST_DESCRIPTION, RESERVE, Budget, _same
from accord.application.forge.ports import RateLimited
from accord.domain.findings import Exit, Refused
from accord.domain.forge.snapshot import BOT
from tests.adapters.github.opened import RIGHTS, Opened, Time, client_of, opened
from tests.double import faults
from tests.double.server import Double


@pytest.fixture(name="door")
def _door(github: Double) -> Opened:
    return opened(github)


def times(door: Opened, operation: str) -> int:
    """How often something was asked for."""
    return door.world.calls()[operation]


# --- labels -----------------------------------------------------------------------------------------------


def test_labels_are_made_in_the_colour_of_their_kind_and_put_on(door: Opened) -> None:
    pull, writer = door.pull(), door.writer()
    writer.add_labels(pull.number, ["state:open", "class:view", "other"])
    assert sorted(pull.labels) == ["class:view", "other", "state:open"]
    assert door.repository.labels["state:open"].color == COLOURS["state:"]
    assert door.repository.labels["class:view"].color == COLOURS["class:"]
    assert door.repository.labels["other"].color == "ededed"


def test_labels_that_are_there_are_fine_and_not_made_again(door: Opened) -> None:
    pull, writer = door.pull(), door.writer()
    door.world.label(door.repository, "State:Open", "ff0000")
    for _ in range(2):
        writer.add_labels(pull.number, ["STATE:open", "new"])
    assert sorted(pull.labels) == ["State:Open", "new"]
    assert times(door, "issues/create-label") == 1
    assert times(door, "issues/list-labels-for-repo") == 1


def test_a_label_that_somebody_made_meanwhile_is_fine(door: Opened) -> None:
    pull, writer = door.pull(), door.writer()
    meanwhile = faults.meanwhile(lambda: door.world.label(door.repository, "state:open"))
    door.world.faults.add("issues/create-label", meanwhile)
    writer.add_labels(pull.number, ["state:open"])
    assert pull.labels == ["state:open"]


def test_no_labels_are_no_question(door: Opened) -> None:
    door.writer().add_labels(door.pull().number, [])
    assert door.client.requests == 0


def test_a_label_is_taken_off_and_it_is_fine_if_it_was_off(door: Opened) -> None:
    pull, writer = door.pull(), door.writer()
    door.world.set_label(pull, "window: early / late?", "mallory")
    for _ in range(2):
        writer.remove_label(pull.number, "window: early / late?")
    assert pull.labels == []


# --- comments ---------------------------------------------------------------------------------------------


def test_a_comment_is_made_changed_and_deleted(door: Opened) -> None:
    pull, writer = door.pull(), door.writer()
    made = writer.comment(pull.number, "Hello")
    assert (made.id, made.body, made.author.id, made.author.bot) == (pull.comments[0].id, "Hello", BOT, True)
    assert (made.edited, made.created) == (None, door.world.clock.now())
    door.world.clock.advance(minutes=1)
    changed = writer.edit_comment(made.id, "Good bye")
    assert (changed.body, changed.edited) == ("Good bye", door.world.clock.now())
    assert pull.comments[0].words.text == "Good bye"
    for _ in range(2):
        writer.delete_comment(made.id)
    assert pull.comments == []
    with pytest.raises(Missing):
        writer.edit_comment(made.id, "Still here?")


@pytest.mark.parametrize(
    "fault",
    [
        faults.bad_gateway(after_commit=True),
        faults.gateway_timeout(after_commit=True),
        faults.connection_lost(after_commit=True),
    ],
    ids=["502", "504", "lost"],
)
@pytest.mark.parametrize("asked_before", [False, True])
def test_a_comment_whose_answer_was_lost_is_found_and_not_made_again(
    door: Opened, fault: faults.Fault, asked_before: bool
) -> None:
    pull, writer = door.pull(), door.writer()
    for number in range(120):
        door.world.comment(pull, "mallory", f"older {number}")
    door.world.clock.advance(minutes=10)
    if asked_before:
        writer.head(pull.number)
    door.world.faults.add("issues/create-comment", fault)
    made = writer.comment(pull.number, "Hello\r\n")
    mine = [one for one in pull.comments if one.words.author is door.world.bot]
    assert [one.id for one in mine] == [made.id]
    assert times(door, "issues/create-comment") == 1


@pytest.mark.parametrize(
    ("kept", "sent", "same"),
    [
        ("a\nb", "a\r\nb\r\n", True),
        ("a\r\nb", "a\nb", True),
        (" a", "a", True),
        (None, "", True),
        ("a b", "a  b", False),
        ("a", "b", False),
    ],
)
def test_a_text_is_known_again_whatever_becomes_of_its_line_ends(
    kept: str | None, sent: str, same: bool
) -> None:
    assert _same(kept, sent) == same


def test_somebody_elses_comment_of_the_same_words_is_not_taken_for_the_own(door: Opened) -> None:
    pull, writer = door.pull(), door.writer()
    door.world.comment(pull, "mallory", "Hello")
    door.world.faults.add("issues/create-comment", faults.bad_gateway())
    with pytest.raises(Unanswered):
        writer.comment(pull.number, "Hello")
    assert len(pull.comments) == 1  # nothing is said again by itself: the next run does


def test_a_comment_that_is_refused_is_not_looked_for(door: Opened) -> None:
    pull = door.pull()
    with pytest.raises(Refused) as caught:
        door.writer().comment(pull.number, " ")
    assert caught.value.findings[0].rule == "forge-not-accepted"
    assert times(door, "issues/list-comments") == 0


def test_a_change_whose_answer_was_lost_is_looked_at(door: Opened) -> None:
    pull, writer = door.pull(), door.writer()
    made = writer.comment(pull.number, "Hello")
    door.world.faults.add("issues/update-comment", faults.bad_gateway(after_commit=True))
    assert writer.edit_comment(made.id, "Good bye").body == "Good bye"
    door.world.faults.add("issues/update-comment", faults.bad_gateway())
    with pytest.raises(Unanswered):
        writer.edit_comment(made.id, "Hello again")
    assert pull.comments[0].words.text == "Good bye"


def test_a_rate_limit_while_writing_ends_the_run(door: Opened) -> None:
    pull, writer = door.pull(), door.writer()
    door.world.faults.add("issues/create-comment", faults.secondary_limit(30))
    with pytest.raises(RateLimited):
        writer.comment(pull.number, "Hello")
    assert pull.comments == []


# --- the newest version and its status --------------------------------------------------------------------


def test_the_head_is_the_newest_now(door: Opened) -> None:
    pull, writer = door.pull(), door.writer()
    assert writer.head(pull.number) == pull.head
    assert pull.head_repository is not None
    door.world.push(pull.head_repository, pull.head_ref, {"report/1.md": "Two.\n"}, by="mallory")
    assert writer.head(pull.number) == pull.head
    door.world.delete_fork(pull.head_repository)
    door.world.delete_user("mallory")
    assert writer.head(pull.number) == pull.head


def test_a_status_is_set_once_and_again_only_when_it_differs(door: Opened) -> None:
    pull, writer = door.pull(), door.writer()
    for _ in range(2):
        writer.set_status(pull.head, "accord/contribution", "pending", "Waits")
    assert times(door, "repos/create-commit-status") == 1
    writer.set_status(pull.head, "accord/contribution", "success", "Ready")
    writer.set_status(pull.head, "accord/contribution", "success", "Ready", "https://example.org/1")
    writer.set_status(pull.head, "accord/contribution", "success", "Ready", "https://example.org/1")
    writer.set_status(pull.head, "accord/other", "success", "Ready")
    statuses = door.repository.statuses[pull.head]
    assert [(one.context, one.state, one.url) for one in statuses] == [
        ("accord/contribution", "pending", None),
        ("accord/contribution", "success", None),
        ("accord/contribution", "success", "https://example.org/1"),
        ("accord/other", "success", None),
    ]


def test_a_status_set_back_by_hand_is_put_right(door: Opened) -> None:
    pull, writer = door.pull(), door.writer()
    writer.set_status(pull.head, "accord/contribution", "pending", "Waits")
    door.world.set_status(door.repository, pull.head, "accord/contribution", "success", "mallory", "Waits")
    writer.set_status(pull.head, "accord/contribution", "pending", "Waits")
    assert [one.state for one in door.repository.statuses[pull.head]] == ["pending", "success", "pending"]


def test_a_long_description_is_cut_and_then_the_same(door: Opened) -> None:
    pull, writer = door.pull(), door.writer()
    for _ in range(2):
        writer.set_status(pull.head, "accord/contribution", "pending", "word " * 100)
    (status,) = door.repository.statuses[pull.head]
    assert status.description is not None
    assert len(status.description) == LONGEST_DESCRIPTION
    assert status.description.endswith("…")


def test_a_commit_that_has_had_a_thousand_statuses_is_said(door: Opened) -> None:
    pull = door.pull()
    for number in range(1000):
        door.world.set_status(
            door.repository, pull.head, "accord/contribution", "pending", door.world.bot, str(number)
        )
    with pytest.raises(Refused) as caught:
        door.writer().set_status(pull.head, "accord/contribution", "success", "Ready")
    assert caught.value.findings[0].rule == "forge-status-full"
    assert caught.value.exit_code is Exit.OUTSIDE


def test_a_missing_right_is_named(door: Opened) -> None:
    pull = door.pull()
    rights = RIGHTS | {"statuses": "read", "issues": "read", "pull-requests": "read"}
    writer = Opened(door.double, door.world, door.repository, client_of(door.double, rights)).writer()
    with pytest.raises(Unanswered) as caught:
        writer.set_status(pull.head, "accord/contribution", "success", "Ready")
    assert "`statuses: write`" in caught.value.findings[0].fix
    with pytest.raises(Unanswered) as caught:
        writer.comment(pull.number, "Hello")
    assert "`issues: write`" in caught.value.findings[0].fix
    assert pull.comments == []


# --- the budget -------------------------------------------------------------------------------------------


def test_fewer_than_sixty_writes_a_minute(door: Opened) -> None:
    pull, time = door.pull(), Time()
    writer = door.writer(Budget(clock=time, sleep=time.sleep))
    moments = []
    for number in range(130):
        writer.comment(pull.number, str(number))
        moments.append(time.now)
        if number % 59 == 58:
            door.world.clock.advance(minutes=1)
    assert len(pull.comments) == 130
    assert all(sum(1 for other in moments if one <= other < one + 60) < 60 for one in moments)
    assert len(time.slept) == 2


def test_after_four_hundred_writes_the_run_ends(door: Opened) -> None:
    time = Time()
    budget = Budget(clock=time, sleep=time.sleep)
    for _ in range(400):
        assert budget.spend() is None
    left = budget.spend()
    assert left is not None
    assert 0 < left <= 3600
    writer = door.writer(budget)
    pull = door.pull()
    writer.head(pull.number)
    with pytest.raises(RateLimited) as caught:
        writer.comment(pull.number, "One more")
    assert caught.value.until is not None
    assert pull.comments == []
    time.sleep(left)
    writer.comment(pull.number, "An hour later")
    assert len(pull.comments) == 1


def test_all_runs_of_an_hour_together_leave_some_of_it(door: Opened) -> None:
    """What one run cannot know of the others, GitHub tells: how much of the hour is left to all."""
    door.world.limits.hourly["workflow", "core"] = RESERVE + 20
    pull = door.pull()

    def run() -> None:
        client = client_of(door.double)
        writer = Opened(door.double, door.world, door.repository, client).writer()
        writer.head(pull.number)
        writer.comment(pull.number, "Hello")

    for _ in range(10):
        run()
    with pytest.raises(RateLimited) as caught:
        run()
    assert caught.value.until is not None
    assert len(pull.comments) == 10
    door.world.clock.advance(hours=1)
    door.writer().comment(pull.number, "The next hour")
    assert len(pull.comments) == 11


def test_two_writes_are_a_second_apart(door: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kept by the client itself, unless a test tells it not to wait."""
    waits: list[float] = []
    monkeypatch.setattr("github.Requester.time.sleep", waits.append)
    client = client_of(door.double, pause=1.0)
    pull = door.pull()
    for _ in range(3):
        client.post(f"issues/{pull.number}/comments", {"body": "x"})
    client.get("labels")
    for _ in range(2):  # a question is no write, though it is sent as one
        client.graphql("query One { rateLimit { cost } }", {})
    assert len(waits) == 2
    assert all(0.5 < wait <= 1.0 for wait in waits)
