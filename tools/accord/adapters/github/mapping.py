"""From what GitHub answers to plain values. Nothing is left out: a hole in an answer is refused, not filled.

A deleted account comes as nobody and becomes a ghost; names and branches are for display, so they are not kept where
they are not shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar, cast

from accord.adapters.github.limits import Unanswered
from accord.domain.forge.snapshot import (
    GHOST,
    Account,
    Form,
    Post,
    PullRequest,
    Push,
    Review,
    Status,
    Thread,
    Wording,
)

Json = Any
Said = Literal["APPROVED", "CHANGES_REQUESTED", "COMMENTED"]
P = TypeVar("P", bound=Post)
GHOST_ID = 10137
"""The account that REST shows in the place of deleted ones."""


@dataclass(kw_only=True)
class FollowedUp:
    """What was asked for afterwards.

    ``wordings`` are those of a post, newest or oldest first, by its id in GraphQL; ``first`` the first remark of a
    thread, by the thread's; ``suites`` the moments at which check suites were made, and ``statuses``, by the commit's
    name.
    """

    wordings: dict[str, list[Json]] = field(default_factory=dict)
    first: dict[str, Json] = field(default_factory=dict)
    suites: dict[str, list[Json]] = field(default_factory=dict)
    statuses: dict[str, list[Json]] = field(default_factory=dict)


# --- topics -----------------------------------------------------------------------------------------------


def pull_request(node: Json, more: FollowedUp) -> PullRequest:
    """A pull request, with what was asked for afterwards."""
    head = str(node["headRefOid"])
    dismissed = _dismissals(items(node, "timelineItems"))
    return PullRequest(
        **_topic(node, more),
        head=head,
        base=str(node["baseRefName"]),
        based=max(
            (
                moment(one["createdAt"])
                for one in items(node, "timelineItems")
                if one["__typename"] == "BaseRefChangedEvent"
            ),
            default=None,
        ),
        merged=node["state"] == "MERGED",
        reviews=_in_order(
            review(one, more, dismissed.get(str(one["fullDatabaseId"])))
            for one in items(node, "reviews")
            if one["state"] != "PENDING"
        ),
        threads=tuple(thread(one, more) for one in items(node, "reviewThreads")),
        pushes=_pushes(node, more),
        statuses=tuple(
            Status(context=one["context"], state=one["state"].lower(), description=one["description"] or "")
            for one in more.statuses.get(head, ())
        ),
    )


def form(node: Json, more: FollowedUp) -> Form:
    """An issue, with what was asked for afterwards."""
    return Form(**_topic(node, more))


def heads(node: Json) -> list[str]:
    """Every commit that was, or may have been, the head of a pull request."""
    found = [str(node["headRefOid"])]
    found += [one["commit"]["oid"] for one in items(node, "commits")]
    found += [one["commit"]["oid"] for one in items(node, "reviews") if one["commit"]]
    for event in items(node, "timelineItems"):
        found += [commit["oid"] for name in ("beforeCommit", "afterCommit") if (commit := event.get(name))]
    return list(dict.fromkeys(found))


def edited(node: Json) -> Iterator[str]:
    """The ids of everything in a topic that was edited: itself, its comments and reviews."""
    for one in (node, *items(node, "comments"), *(items(node, "reviews") if "reviews" in node else ())):
        if one["lastEditedAt"]:
            yield one["id"]


def items(node: Json, connection: str) -> Sequence[Json]:
    """All of a list. A hole in it is refused."""
    found: Sequence[Json] = node[connection]["nodes"]
    if any(one is None for one in found):
        raise incomplete(f"{connection} of {node.get('number', node.get('id'))}")
    return found


def incomplete(what: str) -> Unanswered:
    """Something is missing, and nothing is decided on a part."""
    return Unanswered(
        "forge-partial",
        f"GitHub did not show everything ({what}), and nothing is decided on a part.",
        "Run it again.",
    )


def _topic(node: Json, more: FollowedUp) -> dict[str, Any]:
    return {
        "number": int(node["number"]),
        "author": account(node["author"]),
        "title": str(node["title"]),
        "body": post(node, more),
        "updated": moment(node["updatedAt"]),
        "open": node["state"] == "OPEN",
        "labels": tuple(sorted(str(one["name"]) for one in items(node, "labels"))),
        "comments": _in_order(post(one, more) for one in items(node, "comments")),
    }


def _pushes(node: Json, more: FollowedUp) -> tuple[Push, ...]:
    """Replaced histories, and the moments at which GitHub made checks for a commit.

    What it checked before there was a pull request was no version of it.
    """
    found, opened = [], moment(node["createdAt"])
    for event in items(node, "timelineItems"):
        before, after = event.get("beforeCommit"), event.get("afterCommit")
        at = moment(event["createdAt"])
        if after:
            found.append(Push(moment=at, after=after["oid"], before=before["oid"] if before else None))
        elif before:  # what it was replaced with is no longer known, but it was there until then
            found.append(Push(moment=at, after=before["oid"]))
    for oid in heads(node):
        made = {moment(one["createdAt"]) for one in more.suites.get(oid, ())}
        found += [Push(moment=at, after=oid) for at in made if at >= opened]
    return tuple(sorted(found, key=lambda one: (one.moment, one.before is None, one.after)))


def _dismissals(events: Sequence[Json]) -> dict[str, tuple[Said | None, datetime]]:
    """Review → what it said, and when it was last dismissed."""
    found: dict[str, tuple[Said | None, datetime]] = {}
    for event in events:
        if event["__typename"] == "ReviewDismissedEvent" and event["review"]:
            said = event["previousReviewState"]
            was = cast("Said", said) if said in {"APPROVED", "CHANGES_REQUESTED", "COMMENTED"} else None
            found[str(event["review"]["fullDatabaseId"])] = was, moment(event["createdAt"])
    return found


# --- posts ------------------------------------------------------------------------------------------------


def post(node: Json, more: FollowedUp) -> Post:
    """A comment, or the description of a topic."""
    return Post(**_words(node, more, moment(node["createdAt"])))


def review(node: Json, more: FollowedUp, dismissed: tuple[Said | None, datetime] | None = None) -> Review:
    """A review: it was said when it was submitted, whatever was changed in it before."""
    was, at = dismissed if dismissed and node["state"] == "DISMISSED" else (None, None)
    return Review(
        **_words(node, more, moment(node["submittedAt"] or node["createdAt"])),
        state=node["state"],
        commit=node["commit"]["oid"] if node["commit"] else None,
        was=was,
        dismissed=at,
    )


def thread(node: Json, more: FollowedUp) -> Thread:
    """A thread with the remark that began it."""
    first = more.first.get(node["id"])
    return Thread(
        id=str(node["id"]),
        path=str(node["path"]),
        line=node["line"],
        resolved=bool(node["isResolved"]),
        posts=() if first is None else (post(first, more),),
    )


def _words(node: Json, more: FollowedUp, said: datetime) -> dict[str, Any]:
    changed = moment(node["lastEditedAt"]) if node["lastEditedAt"] else None
    if changed and changed <= said and moment(node["createdAt"]) < said:
        changed = None  # changed in a draft that nobody else saw
    return {
        "id": int(node["fullDatabaseId"]),
        "author": account(node["author"]),
        "body": str(node["body"]),
        "created": said,
        "edited": changed,
        "editor": account(node["editor"]) if changed else None,
        "history": _history(node, more.wordings.get(node["id"], ()), said) if changed else (),
    }


def _history(node: Json, edits: Sequence[Json], said: datetime) -> tuple[Wording, ...]:
    """Every wording, oldest first, the first as it was posted; empty where GitHub told nothing of them.

    It keeps the whole text of each wording. Should it not be so, because the newest is not what the post reads, then
    no older one is taken for what somebody wrote.
    """
    newest = moment(node["lastEditedAt"])
    known = [
        one for one in edits if moment(one["editedAt"]) <= newest
    ]  # what came since, the next look shows
    if not known:
        return ()
    if moment(known[0]["editedAt"]) >= moment(known[-1]["editedAt"]):
        known.reverse()  # the newest came first, as it does
    found = [
        Wording(moment=moment(one["editedAt"]), editor=account(one["editor"]), text=_text(one))
        for one in sorted(known, key=lambda one: moment(one["editedAt"]))
    ]
    author, body = account(node["author"]), str(node["body"])
    if found[-1].text is not None and _plain(found[-1].text) != _plain(body):
        found = [Wording(moment=one.moment, editor=one.editor, text=None) for one in found]
    found[-1] = Wording(moment=found[-1].moment, editor=found[-1].editor, text=body)
    if not node["includesCreatedEdit"]:
        found.insert(0, Wording(moment=said, editor=author, text=None))
    drafts = [one for one in found[1:] if one.moment <= said] if moment(node["createdAt"]) < said else []
    as_posted = drafts[-1] if drafts else found[0]
    first = Wording(moment=said, editor=author, text=as_posted.text)
    return (first, *found[1 + len(drafts) :])


def _text(edit: Json) -> str | None:
    return None if edit["deletedAt"] or edit["diff"] is None else str(edit["diff"])


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _in_order(posts: Iterator[P]) -> tuple[P, ...]:
    return tuple(sorted(posts, key=lambda one: (one.created, one.id)))


# --- what all of them hold --------------------------------------------------------------------------------


def account(node: Json) -> Account:
    """Who did it, as GraphQL tells; nobody is a ghost."""
    if not node:
        return GHOST
    number, bot = node.get("databaseId"), node["__typename"] == "Bot"
    return Account(id=None if number is None else int(number), login=str(node["login"]), bot=bot)


def moment(text: str) -> datetime:
    """A moment as GitHub writes it."""
    return datetime.fromisoformat(text).astimezone(UTC)


# --- REST -------------------------------------------------------------------------------------------------


def rest_account(user: Mapping[str, Json] | None) -> Account:
    """Who did it, as REST tells; nobody, and the account shown for deleted ones, are a ghost."""
    if not user or user["id"] == GHOST_ID:
        return GHOST
    return Account(id=int(user["id"]), login=str(user["login"]), bot=user.get("type") == "Bot")


def rest_post(comment: Mapping[str, Json]) -> Post:
    """A comment. Whether it was edited is told by its two moments only."""
    created, updated = moment(comment["created_at"]), moment(comment["updated_at"])
    author = rest_account(comment["user"])
    return Post(
        id=int(comment["id"]),
        author=author,
        body=str(comment["body"] or ""),
        created=created,
        edited=updated if updated > created else None,
        editor=author if updated > created else None,
    )
