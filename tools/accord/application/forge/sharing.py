"""One record for everybody: what others wrote is fetched before anything is added, and lost races are begun again."""

from __future__ import annotations

from accord.application.desk import Desk
from accord.application.ports import Remote
from accord.domain.findings import Exit, Refused, refuse

MAIN = "refs/remotes/origin/main"
OWN_MAIN = "refs/heads/main"
RECORD = "refs/heads/record"
SHARED = "refs/remotes/origin/record"
KEPT = "+refs/contributions/*:refs/contributions/*"


def bring_up(desk: Desk, remote: Remote) -> str:
    """Fetch main, the record and the texts it keeps, and stand on the newest record; the commit it is at, or "".

    What was entered here and not shared yet stays, to be shared with what comes now.

    Raises:
        Refused: the remote does not answer (OUTSIDE), or this copy has another record than everybody (OUTSIDE).
    """
    own_texts = desk.repository.refs("refs/contributions")
    remote.fetch([f"+refs/heads/main:{MAIN}", KEPT])
    remote.fetch_each([f"+refs/heads/record:{SHARED}"])  # there may be none yet
    here, shared = (desk.repository.resolve(ref) for ref in (RECORD, SHARED))
    if shared is None or here == shared:
        pass
    elif here is None:
        desk.repository.update_ref(RECORD, shared, None)
    elif desk.repository.is_ancestor(here, shared):
        desk.repository.update_ref(RECORD, shared, here)
    elif desk.repository.is_ancestor(shared, here):
        desk.repository.update_refs({ref: (oid, None) for ref, oid in own_texts.items()})
    else:
        raise refuse(
            "record-diverged",
            "The record here has entries that the shared one does not have, and the other way round.",
            fix="Keep a copy of the branch `record`, set it to `origin/record`, and enter anew what was only here.",
            exit_code=Exit.OUTSIDE,
        )
    desk.main_ref = OWN_MAIN if _unshared_text(desk) else MAIN
    return desk.repository.resolve(RECORD) or ""


def _unshared_text(desk: Desk) -> str | None:
    """The newest state of main that the record saw, if only this copy has it: an act here brought it."""
    if not desk.store.exists():
        return None
    seen = desk.chronicle().main_seen()[-1:]
    shared, own = (desk.repository.resolve(ref) for ref in (MAIN, OWN_MAIN))
    commit = seen[0].commit if seen and desk.repository.resolve(seen[0].commit) else None
    if commit is None or own is None or (shared and desk.repository.is_ancestor(commit, shared)):
        return None
    return commit if desk.repository.is_ancestor(commit, own) else None


def stand_on_main(desk: Desk) -> None:
    """Let the main branch of this copy be the shared one, for an act that goes on from there.

    Raises:
        Refused: it has something of its own (exit OUTSIDE).
    """
    here, shared = (desk.repository.resolve(ref) for ref in (OWN_MAIN, MAIN))
    if shared is None or here == shared:
        pass
    elif here is None:
        desk.repository.update_ref(OWN_MAIN, shared, None)
    elif desk.repository.is_ancestor(here, shared):
        desk.repository.advance_branch(OWN_MAIN.removeprefix("refs/heads/"), shared, here)
    else:
        raise refuse(
            "main-diverged",
            "The main branch here has something that the shared one does not have.",
            fix="Share it first, or begin from a fresh copy.",
            exit_code=Exit.OUTSIDE,
        )
    desk.main_ref = OWN_MAIN


def refuse_unshared(desk: Desk) -> None:
    """Refuse to show what only this copy has: a receipt goes out once everybody can see the entry (exit USAGE)."""
    here, shared = (desk.repository.resolve(ref) for ref in (RECORD, SHARED))
    if here is None or shared is None or here == shared or desk.repository.is_ancestor(here, shared):
        return
    raise refuse(
        "record-unshared",
        "The record here has entries that are not shared yet, so that nobody could look up what would be shown.",
        fix="`accord sync` shares them; then run this again.",
        exit_code=Exit.USAGE,
    )


def share(desk: Desk, remote: Remote) -> bool:
    """Push the record with the texts it keeps, and the text that it saw here, all or nothing.

    ``False`` if somebody else wrote meanwhile. Work on the main branch that the record has not seen is nobody's yet and
    stays here.

    Raises:
        Refused: the remote does not let us, or does not answer (exit OUTSIDE).
    """
    here, shared = (desk.repository.resolve(ref) for ref in (RECORD, SHARED))
    if here is None or here == shared:
        return True
    texts = [KEPT] if desk.repository.refs("refs/contributions") else []
    seen = _unshared_text(desk)
    text = [f"{seen}:{OWN_MAIN}"] if seen else []
    record = [f"{RECORD}:{RECORD}", *text]
    try:
        pushed = remote.push([*record, *texts])
    except Refused as refused:
        if not texts or refused.findings[0].rule != "remote-workflows":
            raise
        # A version that changes a workflow as well, which GitHub lets no job keep. Nobody's record waits for it.
        pushed = remote.push(record)
        if pushed:
            remote.push_some(texts)
    if not pushed:
        return False
    desk.repository.update_ref(SHARED, here, shared)
    return True


def begin_again(desk: Desk, remote: Remote, start: str) -> None:
    """Drop what this run wrote on a record that somebody else went on with: it is taken in anew on theirs.

    ``start`` is the commit at which this run began; everything after it came from the forge and is still there.

    Raises:
        Refused: the shared record does not go on from there (exit OUTSIDE).
    """
    remote.fetch([f"+refs/heads/main:{MAIN}", f"+refs/heads/record:{SHARED}"])
    remote.fetch([KEPT], prune=True)
    here, shared = (desk.repository.resolve(ref) for ref in (RECORD, SHARED))
    if shared is None or (start and not desk.repository.is_ancestor(start, shared)):
        raise refuse(
            "record-diverged",
            "The shared record no longer contains what this run began from.",
            fix="`accord verify` says what is missing; find out who replaced the branch `record`.",
            exit_code=Exit.OUTSIDE,
        )
    desk.repository.update_ref(RECORD, shared, here)
