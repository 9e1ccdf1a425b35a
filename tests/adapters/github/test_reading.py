"""What is read of GitHub is whole, says who and when by a server's word, and takes few questions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from accord.adapters.github.limits import Missing, TooMuch, Unanswered
from accord.adapters.github.reading import OVERLAP, SMALLEST, Sizes
from accord.application.forge.ports import RateLimited
from accord.domain.findings import Exit, Refused
from accord.domain.forge.snapshot import BOT, GHOST, Push, Status, Wording
from tests.adapters.github.opened import RIGHTS, Opened, client_of, opened
from tests.double import faults
from tests.double.clock import START
from tests.double.server import Double


@pytest.fixture(name="door")
def _door(github: Double) -> Opened:
    return opened(github)


def later(door: Opened, minutes: int = 1) -> datetime:
    """Let time pass; the new moment."""
    return door.world.clock.advance(minutes=minutes)


# --- one topic, everything of it --------------------------------------------------------------------------


def test_a_pull_request_is_read_with_everything_under_it(door: Opened) -> None:
    world = door.world
    pull = door.pull(body="Because.")
    ana, hook = world.user("ana"), world.user("helper", "Bot")
    said = later(door)
    world.comment(pull, ana, "/support")
    reviewed = later(door)
    review = world.review(pull, ana, "CHANGES_REQUESTED", "Not yet.")
    pointed = later(door)
    thread = world.remark(pull, ana, "report/1.md", 1, "Which one?")
    world.reply(thread, "mallory", "This one.")
    world.comment(pull, hook, "beep")
    world.set_label(pull, "state:open", world.bot)
    world.set_status(door.repository, pull.head, "accord/contribution", "pending", world.bot, "Waits")

    found = door.reader.pull_request(pull.number)

    assert (found.number, found.title, found.open, found.merged) == (1, "A better sentence", True, False)
    assert (found.author.id, found.author.login, found.author.bot) == (pull.author.id, "mallory", False)
    assert (found.body.body, found.body.created, found.body.edited) == ("Because.", START, None)
    assert (found.head, found.base, found.labels) == (pull.head, "main", ("state:open",))
    first, beep = found.comments
    assert (first.body, first.author.id, first.created) == ("/support", ana.id, said)
    assert (beep.author.id, beep.author.bot) == (hook.id, True)
    assert found.reviews[0].state == "CHANGES_REQUESTED"
    assert (found.reviews[0].id, found.reviews[0].commit) == (review.id, pull.head)
    assert found.reviews[0].created == reviewed
    point = found.threads[0]
    assert (point.path, point.line, point.resolved) == ("report/1.md", 1, False)
    assert [(post.body, post.author.id, post.created) for post in point.posts] == [
        ("Which one?", ana.id, pointed)
    ]
    assert found.pushes == (Push(moment=START, after=pull.head),)
    assert found.statuses == (Status(context="accord/contribution", state="pending", description="Waits"),)
    assert found.complete


def test_a_form_is_read_with_its_comments(door: Opened) -> None:
    world = door.world
    form = world.open_issue(
        door.repository, world.user("ana"), "Two words", "### Category", ("contribution",)
    )
    world.comment(form, world.user("ben"), "Good.")
    found = door.reader.form(form.number)
    assert (found.number, found.title, found.body.body) == (1, "Two words", "### Category")
    assert [post.body for post in found.comments] == ["Good."]
    assert found.labels == ("contribution",)


def test_every_wording_is_told_the_first_as_posted(door: Opened) -> None:
    """Who changed what somebody wrote, when, and how it then read (C12)."""
    world, pull = door.world, door.pull(body="First.")
    ana, ben = world.user("ana"), world.user("ben")
    comment = world.comment(pull, ana, "/object")
    posted, once = world.clock.now(), later(door)
    world.edit_comment(comment, "/support", by=ben)
    twice = later(door)
    world.edit_comment(comment, "/accept")
    world.edit(pull, body="Second.")

    found = door.reader.pull_request(pull.number)

    post = found.comments[0]
    assert (post.body, post.edited, post.editor and post.editor.id) == ("/accept", twice, ana.id)
    assert [(one.moment, one.editor.id, one.text) for one in post.wordings] == [
        (posted, ana.id, "/object"),
        (once, ben.id, "/support"),
        (twice, ana.id, "/accept"),
    ]
    assert [one.text for one in found.body.wordings] == ["First.", "Second."]


def test_a_wording_that_is_no_longer_shown_stays_known_as_one(door: Opened) -> None:
    world, pull = door.world, door.pull()
    comment = world.comment(pull, world.user("ana"), "/object")
    later(door)
    world.edit_comment(comment, "/support")
    world.hide_edit(comment.words, 0)
    found = door.reader.pull_request(pull.number).comments[0]
    assert [one.text for one in found.wordings] == [None, "/support"]


def test_many_wordings_are_read_to_the_end(door: Opened) -> None:
    world, pull = door.world, door.pull()
    comment = world.comment(pull, world.user("ana"), "0")
    for number in range(1, 121):
        world.clock.advance(seconds=1)
        world.edit_comment(comment, str(number))
    found = door.reader.pull_request(pull.number).comments[0]
    assert [one.text for one in found.wordings] == [str(number) for number in range(121)]


def test_a_dismissed_review_tells_what_it_said(door: Opened) -> None:
    world, pull = door.world, door.pull()
    review = world.review(pull, world.user("ana"), "CHANGES_REQUESTED", "No.")
    moment = later(door)
    world.dismiss_review(review, door.repository.owner, "Done")
    found = door.reader.pull_request(pull.number).reviews[0]
    assert (found.state, found.was, found.dismissed) == ("DISMISSED", "CHANGES_REQUESTED", moment)


def test_replaced_histories_and_later_versions_are_told_with_a_servers_moment(door: Opened) -> None:
    """A replaced head, and one that was only added to, which nothing but the checks made for it names."""
    world, pull = door.world, door.pull()
    head = pull.head_repository
    assert head is not None
    first, second_at = pull.head, later(door)
    second = world.push(head, pull.head_ref, {"report/1.md": "Two.\n"}, by="mallory")
    third_at = later(door)
    base = world.bare(door.repository).tip("refs/heads/main")
    third = world.push(head, pull.head_ref, {"report/1.md": "Three.\n"}, by="mallory", parent=base)
    found = door.reader.pull_request(pull.number)
    assert found.head == third
    assert found.pushes == (
        Push(moment=second_at, after=second),
        Push(moment=third_at, after=third, before=second),
        Push(moment=third_at, after=third),
    )
    assert first not in {push.after for push in found.pushes}  # nothing on GitHub tells of it any more


def test_a_version_that_was_only_added_to_is_told(door: Opened) -> None:
    world, pull = door.world, door.pull()
    head = pull.head_repository
    assert head is not None
    first, moment = pull.head, later(door)
    second = world.push(head, pull.head_ref, {"report/1.md": "Two.\n"}, by="mallory")
    found = door.reader.pull_request(pull.number)
    assert found.pushes == (Push(moment=START, after=first), Push(moment=moment, after=second))


def test_checks_made_before_the_pull_request_name_no_version_of_it(door: Opened) -> None:
    world = door.world
    world.grant(door.repository, world.user("ana"), "write")
    older = world.push(door.repository, "words", {"report/1.md": "Two.\n"}, by="ana")
    world.arrived(door.repository, older, "words")
    opened_at = later(door)
    pull = world.open_pull(door.repository, "ana", "Words", files={"report/1.md": "Three.\n"}, branch="words")
    found = door.reader.pull_request(pull.number)
    assert {push.after for push in found.pushes} <= {pull.head}
    assert all(push.moment >= opened_at for push in found.pushes)


# --- deleted, renamed, moved ------------------------------------------------------------------------------


def test_deleted_accounts_are_ghosts_and_deleted_forks_no_trouble(door: Opened) -> None:
    world, pull = door.world, door.pull()
    world.comment(pull, world.user("ana"), "Gone soon.")
    world.review(pull, "ana", "APPROVED")
    comment = world.comment(pull, world.user("ben"), "Mine.")
    later(door)
    world.edit_comment(comment, "Hers.", by="ana")
    assert pull.head_repository is not None
    world.delete_fork(pull.head_repository)
    world.delete_user("ana")
    world.delete_user("mallory")
    found = door.reader.pull_request(pull.number)
    assert found.author == GHOST
    assert found.comments[0].author == GHOST
    assert found.reviews[0].author == GHOST
    assert found.comments[1].editor == GHOST
    assert found.comments[1].wordings[1] == Wording(
        moment=START + timedelta(minutes=1), editor=GHOST, text="Hers."
    )
    assert found.head == pull.head


def test_a_renamed_account_is_the_same_one(door: Opened) -> None:
    world, pull = door.world, door.pull()
    before = door.reader.pull_request(pull.number).author
    world.rename_user("mallory", "mal")
    after = door.reader.pull_request(pull.number).author
    assert (before.id, before.login, after.id, after.login) == (after.id, "mallory", before.id, "mal")


def test_a_renamed_or_transferred_repository_is_read_under_its_old_name(door: Opened) -> None:
    pull = door.pull()
    door.world.rename_repository(door.repository, "forum/wtpf-26")
    assert door.reader.pull_request(pull.number).head == pull.head
    assert len(door.reader.snapshot(None).pull_requests) == 1


def test_what_is_not_there_is_said_to_be_missing(door: Opened) -> None:
    with pytest.raises(Missing):
        door.reader.pull_request(7)
    form = door.world.open_issue(door.repository, door.world.user("ana"), "Words")
    with pytest.raises(Missing):
        door.reader.pull_request(form.number)


# --- the snapshot -----------------------------------------------------------------------------------------


def test_a_snapshot_shows_everything_and_the_servers_clock(door: Opened) -> None:
    pulls = [door.pull() for _ in range(3)]
    form = door.world.open_issue(door.repository, door.world.user("ana"), "Words")
    moment = later(door)
    found = door.reader.snapshot(None)
    assert [one.number for one in found.pull_requests] == [pull.number for pull in pulls]
    assert [one.number for one in found.forms] == [form.number]
    assert (found.taken, found.since) == (moment, None)
    assert moment.year == 2024  # not the clock of this machine


def test_an_idle_look_is_one_question(door: Opened) -> None:
    for _ in range(60):
        door.pull()
    since = later(door, 10)
    assert door.client.requests == 0
    found = door.reader.snapshot(since)
    assert (found.pull_requests, found.forms) == ((), ())
    assert door.client.requests == 1
    assert door.queries() == ["graphql"]
    assert door.client.points == door.world.log[0].points <= 2


def test_only_what_was_touched_since_is_read_with_some_overlap(door: Opened) -> None:
    world = door.world
    old, edge, new, form = door.pull(), door.pull(), door.pull(), door.pull()
    later(door, 10)
    world.comment(edge, "mallory", "just before the end of the last look")
    since = world.clock.now() + OVERLAP
    world.clock.set(since)
    world.comment(new, "mallory", "after it")
    issue = world.open_issue(door.repository, "mallory", "Words")
    found = door.reader.snapshot(since)
    assert [one.number for one in found.pull_requests] == [edge.number, new.number]
    assert [one.number for one in found.forms] == [issue.number]
    assert {old.number, form.number}.isdisjoint(one.number for one in found.pull_requests)


def test_what_was_touched_last_comes_first_however_old_it_is(door: Opened) -> None:
    """One of many, and the oldest of them: no page of older ones has to be read to find it."""
    pulls = [door.pull() for _ in range(30)]
    forms = [door.world.open_issue(door.repository, "mallory", "Words") for _ in range(30)]
    since = later(door, 10)
    later(door, 10)
    door.world.comment(pulls[0], "mallory", "/support")
    door.world.comment(forms[0], "mallory", "/support")
    found = door.reader.snapshot(since)
    assert [one.number for one in found.pull_requests] == [pulls[0].number]
    assert [one.number for one in found.forms] == [forms[0].number]
    assert door.client.requests == 2


def test_more_than_a_page_is_read_page_after_page(door: Opened) -> None:
    numbers = [door.pull().number for _ in range(60)]
    forms = [
        door.world.open_issue(door.repository, "mallory", f"Words {number}").number for number in range(30)
    ]
    found = door.reader.snapshot(None)
    assert [one.number for one in found.pull_requests] == numbers
    assert [one.number for one in found.forms] == forms
    assert door.client.requests == 3 + 1
    assert all(one.pushes for one in found.pull_requests)


def test_the_clock_is_that_of_the_first_answer(door: Opened) -> None:
    """What happens while the rest is read is shown by the next look."""
    for _ in range(30):
        door.pull()
    before = door.world.clock.now()
    door.world.faults.add("graphql/Snapshot", faults.meanwhile(lambda: later(door)), call=2)
    assert door.reader.snapshot(None).taken == before


def test_what_does_not_fit_on_an_inner_page_is_read_afterwards(door: Opened) -> None:
    world, pull = door.world, door.pull()
    door.pull()
    for number in range(120):
        world.comment(pull, world.user(f"user-{number % 7}"), f"comment {number}")
    for number in range(60):
        world.review(pull, f"user-{number % 7}", "COMMENTED", f"review {number}")
        world.set_label(pull, f"label-{number:03}", world.bot)
        world.remark(pull, "user-1", "report/1.md", 1, f"remark {number}")
        world.check(door.repository, pull.head, "check", app=f"app-{number}")
    found = door.reader.snapshot(None).pull_requests[0]
    assert [post.body for post in found.comments] == [f"comment {number}" for number in range(120)]
    assert [one.body for one in found.reviews if one.body] == [f"review {number}" for number in range(60)]
    assert len(found.labels) == 60
    assert [thread.posts[0].body for thread in found.threads] == [f"remark {number}" for number in range(60)]
    assert door.client.requests <= 6


def test_a_list_is_never_taken_for_whole_when_less_came_than_is_counted(door: Opened) -> None:
    """A part of a discussion, with nothing saying that there is more."""
    world, pull = door.world, door.pull()
    for number in range(3):
        world.comment(pull, "mallory", str(number))
    path = ("data", "repository", "pullRequests", "nodes", 0, "comments", "nodes")
    world.faults.add("graphql/Snapshot", faults.truncated(*path[1:]))
    with pytest.raises(Unanswered) as caught:
        door.reader.snapshot(None)
    assert caught.value.findings[0].rule == "forge-partial"
    assert "comments of #1" in caught.value.findings[0].message
    assert caught.value.exit_code is Exit.OUTSIDE
    assert len(door.reader.snapshot(None).pull_requests[0].comments) == 3


def altered(**page: object) -> faults.Fault:
    """The comments of the first pull request with something else in what describes their page."""

    def alter(body: Any) -> Any:
        body["data"]["repository"]["pullRequests"]["nodes"][0]["comments"].update(page)
        return body

    return faults.Fault(alter=alter)


def test_what_github_counts_otherwise_than_it_shows_is_no_hole(door: Opened) -> None:
    """It shows 250 commits only, and counts threads that nobody else can see."""
    door.pull()

    def alter(body: Any) -> Any:
        node = body["data"]["repository"]["pullRequests"]["nodes"][0]
        for name in ("commits", "timelineItems", "reviewThreads"):
            node[name]["totalCount"] = 300
        return body

    door.world.faults.add("graphql/Snapshot", faults.Fault(alter=alter))
    assert len(door.reader.snapshot(None).pull_requests) == 1


def test_pages_that_do_not_go_on_are_refused(door: Opened) -> None:
    """GitHub says that there is more, and does not say where, or again the same place."""
    world, pull, beginning = door.world, door.pull(), "WzBd"
    world.comment(pull, "mallory", "Hello")

    def again(body: Any) -> Any:
        body["data"]["repository"]["pullRequests"]["pageInfo"] = {"hasNextPage": True, "endCursor": None}
        return body

    def same(body: Any) -> Any:
        body["data"]["m0"]["more"]["pageInfo"] = {"hasNextPage": True, "endCursor": beginning}
        return body

    world.faults.add("graphql/Snapshot", faults.Fault(alter=again))
    with pytest.raises(Unanswered) as caught:
        door.reader.snapshot(None)
    assert caught.value.findings[0].rule == "forge-partial"
    world.faults.clear()
    world.faults.add("graphql/Snapshot", altered(pageInfo={"hasNextPage": True, "endCursor": beginning}))
    world.faults.add("graphql/More", faults.Fault(alter=same), times=100)
    with pytest.raises(Unanswered) as caught:
        door.reader.snapshot(None)
    assert caught.value.findings[0].rule == "forge-partial"
    assert door.client.requests == 3


def test_all_checks_of_a_version_are_read(door: Opened) -> None:
    world, pull = door.world, door.pull()
    for number in range(60):
        world.clock.advance(seconds=1)
        world.check(door.repository, pull.head, "check", app=f"app-{number}")
    pushes = door.reader.pull_request(pull.number).pushes
    assert [push.moment for push in pushes] == [START + timedelta(seconds=n) for n in range(61)]


def test_a_post_that_is_deleted_while_its_wordings_are_read_is_no_hole(door: Opened) -> None:
    world, pull = door.world, door.pull()
    comment = world.comment(pull, "mallory", "0")
    for number in range(1, 70):
        world.clock.advance(seconds=1)
        world.edit_comment(comment, str(number))
    world.faults.add("graphql/More", faults.meanwhile(lambda: world.delete_comment(comment)))
    assert door.reader.pull_request(pull.number).comments[0].body == "69"
    assert door.reader.pull_request(pull.number).comments == ()


# --- faults -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [("repository",), ("repository", "pullRequests", "nodes", 0, "reviews")])
def test_an_answer_in_part_is_refused_whole(door: Opened, path: tuple[str | int, ...]) -> None:
    door.pull()
    door.world.faults.add("graphql", faults.partial_data(*path))
    with pytest.raises(Unanswered) as caught:
        door.reader.snapshot(None)
    assert caught.value.findings[0].rule == "forge-partial"


def test_an_answer_with_a_hole_and_no_error_is_refused(door: Opened) -> None:
    door.pull()

    def alter(body: object) -> object:
        assert isinstance(body, dict)
        body["data"]["repository"]["pullRequests"]["nodes"] = [None]
        return body

    door.world.faults.add("graphql", faults.Fault(alter=alter))
    with pytest.raises(Unanswered):
        door.reader.snapshot(None)


def test_a_used_up_budget_with_http_200_is_a_rate_limit(door: Opened) -> None:
    door.world.faults.add("graphql", faults.rate_limited())
    with pytest.raises(RateLimited) as caught:
        door.reader.snapshot(None)
    assert caught.value.exit_code is Exit.OUTSIDE
    assert caught.value.until is not None
    assert door.client.requests == 1  # nothing is asked again


def test_the_whole_budget_of_an_hour_used_up_is_a_rate_limit(door: Opened) -> None:
    door.pull()
    door.world.limits.hourly["workflow", "graphql"] = 4
    door.reader.snapshot(None)
    with pytest.raises(RateLimited) as caught:
        door.reader.snapshot(None)
    assert caught.value.until == START + timedelta(hours=1)


@pytest.mark.parametrize("fault", [faults.bad_gateway(), faults.gateway_timeout()])
def test_less_is_asked_for_where_it_was_too_much(door: Opened, fault: faults.Fault) -> None:
    for _ in range(4):
        door.pull()
    door.world.faults.add("graphql/Snapshot", fault, times=3)
    found = door.reader.snapshot(None)
    assert len(found.pull_requests) == 4
    assert door.client.requests == 3 + 2 + 1  # three failures, pages of three, and what lies deeper


def test_each_look_begins_with_as_much_as_it_can(door: Opened) -> None:
    for _ in range(4):
        door.pull()
    reader = door.reader
    door.world.faults.add("graphql/Snapshot", faults.bad_gateway(), times=4)
    reader.snapshot(None)
    before = door.client.requests
    reader.snapshot(None)
    assert door.client.requests - before == 2


@pytest.mark.parametrize("largest", [40, 10, 3, 1])
def test_resource_limits_are_met_down_to_one_by_one(door: Opened, largest: int) -> None:
    world, pull = door.world, door.pull()
    door.pull()
    for number in range(7):
        comment = world.comment(pull, "mallory", str(number))
        world.clock.advance(seconds=1)
        world.edit_comment(comment, f"{number}, changed")
        world.review(pull, "mallory", "COMMENTED", str(number))
    world.faults.add("graphql", faults.resource_limit(largest), times=1000)
    first, second = door.reader.snapshot(None).pull_requests
    assert [one.body for one in first.comments] == [f"{number}, changed" for number in range(7)]
    assert [one.wordings[0].text for one in first.comments] == [str(number) for number in range(7)]
    assert (len(first.reviews), len(second.reviews)) == (7, 0)


def test_what_is_too_much_one_by_one_is_refused(door: Opened) -> None:
    door.pull()
    door.world.faults.add("graphql", faults.bad_gateway(), times=1000)
    with pytest.raises(TooMuch) as caught:
        door.reader.snapshot(None)
    assert caught.value.exit_code is Exit.OUTSIDE
    assert door.client.requests <= 8


def test_halving_ends_at_one() -> None:
    sizes, steps = Sizes(), 0
    while sizes != SMALLEST:
        sizes, steps = sizes.halved(), steps + 1
    assert steps <= 7
    assert SMALLEST.halved() == SMALLEST


def test_what_is_deleted_between_two_questions_is_gone_and_no_hole(door: Opened) -> None:
    world, pull = door.world, door.pull()
    comment = world.comment(pull, "mallory", "one")
    later(door)
    world.edit_comment(comment, "two")
    world.faults.add("graphql/FollowUp", faults.meanwhile(lambda: world.delete_comment(comment)))
    found = door.reader.pull_request(pull.number)
    assert [one.text for one in found.comments[0].wordings] == [None, "two"]


def test_what_is_edited_between_two_questions_is_told_by_the_next_look(door: Opened) -> None:
    world, pull = door.world, door.pull()
    comment = world.comment(pull, "mallory", "one")
    later(door)
    world.edit_comment(comment, "two")

    def edit() -> None:
        later(door)
        world.edit_comment(comment, "three")

    world.faults.add("graphql/FollowUp", faults.meanwhile(edit))
    found = door.reader.pull_request(pull.number).comments[0]
    assert (found.body, [one.text for one in found.wordings]) == ("two", ["one", "two"])
    again = door.reader.pull_request(pull.number).comments[0]
    assert [one.text for one in again.wordings] == ["one", "two", "three"]


@pytest.mark.parametrize("right", ["pull-requests", "issues", "checks", "statuses"])
def test_a_token_without_a_right_is_refused_with_words(door: Opened, right: str) -> None:
    door.pull()
    world = door.world
    world.set_status(door.repository, next(door.repository.pulls).head, "a", "success", world.bot)
    client = client_of(door.double, {name: level for name, level in RIGHTS.items() if name != right})
    with pytest.raises(Refused) as caught:
        Opened(door.double, world, door.repository, client).reader.snapshot(None)
    assert caught.value.findings[0].rule == "forge-rights"
    assert caught.value.exit_code is Exit.OUTSIDE
    assert f"`{right}: read`" in caught.value.findings[0].fix


def test_a_lost_connection_is_tried_again_and_then_said(door: Opened) -> None:
    door.pull()
    door.world.faults.add("graphql/Snapshot", faults.connection_lost(), times=1)
    assert len(door.reader.snapshot(None).pull_requests) == 1
    door.world.faults.add("graphql/Snapshot", faults.connection_lost(), times=1000)
    with pytest.raises(Unanswered) as caught:
        door.reader.snapshot(None)
    assert caught.value.findings[0].rule == "forge-silent"
    assert "Traceback" not in str(caught.value)


def test_the_tools_own_comments_are_known_by_their_account(door: Opened) -> None:
    pull = door.pull()
    door.world.comment(pull, door.world.bot, "<!-- accord -->")
    own = door.reader.pull_request(pull.number).comments[0].author
    assert (own.id, own.bot) == (BOT, True)
