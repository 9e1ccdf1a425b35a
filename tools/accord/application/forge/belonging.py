"""Which pull requests and issues of a forge are for the group: contributions, and places to discuss an Opinion."""

from __future__ import annotations

from accord.application.desk import Desk
from accord.application.forge.index import Index
from accord.application.texts import FOLDERS
from accord.domain.agreement.world import World
from accord.domain.forge.discussion import opinion_discussed
from accord.domain.forge.issue_form import is_form
from accord.domain.forge.snapshot import Form, PullRequest, Snapshot, Topic
from accord.domain.process.block import Block, find_block

BRANCH = "main"


def is_contribution(desk: Desk, topic: Topic) -> bool:
    """Whether something is handed in as a contribution: it changes a text, or its description has the block.

    Everything else (work on the tools, an amendment of the timetable) goes its own way.
    """
    if isinstance(topic, Form):
        return is_form(topic.body.body)
    assert isinstance(topic, PullRequest)  # noqa: S101 - there are no other topics
    if topic.base != BRANCH:
        return False
    if isinstance(find_block(topic.body.body), Block):
        return True
    main, head = desk.main(), desk.repository.resolve(topic.head)
    base = desk.repository.merge_base(main, head) if head else None
    if base is None or head is None:
        return False
    return any(change.path.startswith(FOLDERS) for change in desk.repository.changed(base, head))


def discussed(desk: Desk, index: Index, snapshot: Snapshot) -> dict[int, str]:
    """The issues in which an Opinion is discussed as it reads, by number."""
    if not desk.store.exists():
        return {}
    world = desk.chronicle().world()
    found = {}
    for form in snapshot.forms:
        if index.number(form) is None and (subject := discussion(form, world)):
            found[form.number] = subject
    return found


def discussion(form: Form, world: World) -> str:
    """The Opinion that an issue is the place for, as its subject; an empty text for every other issue."""
    opened = form.body.wordings[0]
    view = world.at(opened.moment).experts.at(opened.moment)
    subject = opinion_discussed(opened.text or "", form.author.id, view)
    there = {clause.path for clause in world.seen[-1].agreed.clauses}
    return subject if subject and f"{subject}.md" in there else ""
