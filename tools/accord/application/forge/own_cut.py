"""The draft as everybody has it: cut here if nobody cut it, and its tag and event shared in one step."""

from __future__ import annotations

from accord.application.cutting import Say, cut
from accord.application.desk import Desk
from accord.application.draft_facts import cuts_of
from accord.application.drafting import Folder
from accord.application.forge.sharing import KEPT, RECORD, SHARED, bring_up
from accord.application.ports import Remote, TagInfo
from accord.domain.drafts.manifest import MalformedManifest, manifest_in
from accord.domain.findings import Refused, refuse
from accord.domain.record.events import Cut, Event, MainSeen, Opened

TAGS = "refs/tags"
SHARED_TAGS = "refs/shared/tags"
"""The tags as everybody has them. They lie apart, so that none of ours is ever overwritten."""


def bring_drafts(desk: Desk, remote: Remote, name: str) -> None:
    """Fetch the text, the record and the drafts that everybody has.

    What only this copy knows of an attempt to cut the draft is dropped if others wrote to the record since: it was
    made from a record that nobody has, and never will.

    Raises:
        Refused: the remote does not answer (OUTSIDE); this copy has other entries that nobody has (OUTSIDE); the
            draft here is another one than everybody's (FINDINGS).
    """
    remote.fetch_each([f"+refs/heads/record:{SHARED}"])
    remote.fetch([f"+{TAGS}/*:{SHARED_TAGS}/*"], prune=True)
    _forget_attempt(desk, name)
    bring_up(desk, remote)
    _forget_tag(desk, name)
    ours = desk.repository.refs(TAGS)
    for ref, oid in desk.repository.refs(SHARED_TAGS).items():
        mine = f"{TAGS}/{ref.removeprefix(f'{SHARED_TAGS}/')}"
        if mine not in ours:
            desk.repository.create_ref(mine, oid)
        elif mine == f"{TAGS}/{name}" and ours[mine] != oid:
            raise _other(name, here=not recorded(desk, name))


def cut_for_all(desk: Desk, name: str, folder: Folder, *, reason: str, say: Say) -> TagInfo:
    """The tag of the draft, cut now unless the record says that it is.

    Raises:
        Refused: whatever `accord cut` refuses; the record says that another tag was cut (FINDINGS).
    """
    refuse_second(desk, name)
    if not recorded(desk, name):
        try:
            cut(desk, name, folder, reason=reason, say=say)
        except Refused:
            # A lost tag is made again before it is seen that the text has moved on; the draft is still the same.
            if not recorded(desk, name):
                raise
    tag = desk.repository.read_tag(name)
    assert tag is not None  # noqa: S101 - it is cut
    return tag


def refuse_second(desk: Desk, name: str) -> None:
    """Refuse a tag that took the place of the one that the record knows: a draft is cut once.

    Raises:
        Refused: exit FINDINGS.
    """
    tag = desk.repository.read_tag(name)
    if tag is None or not desk.store.exists() or recorded(desk, name):
        return
    if any(event.draft == name for event in cuts_of(desk.chronicle())):
        raise _other(name, here=False)


def share_cut(desk: Desk, remote: Remote, name: str, tag: TagInfo) -> bool:
    """Push the record and the tag, both or neither; ``False`` if somebody else wrote meanwhile.

    Raises:
        Refused: the remote does not let us, or does not answer (exit OUTSIDE).
    """
    here, there = desk.repository.resolve(RECORD), desk.repository.resolve(SHARED)
    wanted: dict[str, tuple[str, str | None]] = {}
    refs: list[str] = []
    if here is not None and here != there:
        texts = [KEPT] if desk.repository.refs("refs/contributions") else []
        refs += [f"{RECORD}:{RECORD}", *texts]
        wanted[SHARED] = (here, None)
    if not is_shared(desk, name):
        refs.append(f"{TAGS}/{name}:{TAGS}/{name}")
        wanted[f"{SHARED_TAGS}/{name}"] = (tag.oid, None)
    if not refs:
        return True
    if not remote.push(refs):
        return False
    desk.repository.update_refs(wanted)
    return True


def recorded(desk: Desk, name: str) -> bool:
    """Whether the draft is tagged here, and the record here says so."""
    tag = desk.repository.read_tag(name)
    if tag is None or not desk.store.exists():
        return False
    return any(event.tag == tag.oid for event in cuts_of(desk.chronicle()))


def is_shared(desk: Desk, name: str) -> bool:
    """Whether everybody has this tag."""
    return f"{SHARED_TAGS}/{name}" in desk.repository.refs(SHARED_TAGS)


def _other(name: str, *, here: bool) -> Refused:
    """Two tags of one draft: the one here is a mistake, or everybody's was moved."""
    if here:
        return refuse(
            "tag-other",
            f"The tag `{name}` here is another one than everybody's, and a tag never moves.",
            fix=f"If the one here is a mistake: `git tag -d {name}`, then run the same command again.",
        )
    return refuse(
        "tag-moved",
        f"The tag `{name}` that everybody has is not the one that the record says was cut.",
        fix="Find out who moved it: `accord doctor` says how tags are protected, `accord verify` what differs. Nothing "
        "is released before the right one is back.",
    )


# --- what is left of an attempt ---------------------------------------------------------------------------


def _forget_attempt(desk: Desk, name: str) -> None:
    """Go back to the record that everybody has, if all that is only here is an attempt to cut this draft."""
    git = desk.repository
    here, shared = git.resolve(RECORD), git.resolve(SHARED)
    if here is None or shared is None or git.is_ancestor(shared, here) or git.is_ancestor(here, shared):
        return
    base = git.merge_base(here, shared)
    known = desk.store.head(base).events if base else 0  # none: this record was begun by the attempt itself
    only_here = [event for event in desk.chronicle(here).everything() if event.seq > known]
    if all(isinstance(one, (Opened, MainSeen)) or _cuts(one, name) for one in only_here):
        git.update_ref(RECORD, shared, here)


def _cuts(event: Event, name: str) -> bool:
    return isinstance(event, Cut) and event.draft == name


def _forget_tag(desk: Desk, name: str) -> None:
    """Remove the tag of a draft that was made here from a record that is gone, unless everybody has that tag."""
    tag = desk.repository.read_tag(name)
    if (
        tag is None
        or not tag.annotated
        or desk.repository.refs(SHARED_TAGS).get(f"{SHARED_TAGS}/{name}") == tag.oid
    ):
        return
    try:
        record = manifest_in(tag.message).record
    except MalformedManifest:
        return  # somebody's own; it is not ours to remove
    tip = desk.repository.resolve(RECORD)
    if tip is None or not desk.repository.is_ancestor(record, tip):
        nothing = "0" * len(tag.oid)
        desk.repository.update_refs({f"{TAGS}/{name}": (nothing, tag.oid)})
