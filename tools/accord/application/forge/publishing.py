"""Bringing a release on the forge to what it must be: look, do what is missing, look again; then publish."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from accord.application.draft_facts import parts_of
from accord.domain.findings import Exit, Finding, Refused, refuse
from accord.domain.forge.releasing import (
    Create,
    Describe,
    Hindrance,
    Plan,
    Release,
    RemoveFile,
    RemoveRelease,
    Step,
    Upload,
    Wanted,
    plan,
)

ROUNDS = 5
Say = Callable[[str], None]


class Releases(Protocol):
    """The releases of a repository on a forge. What is removed twice is removed once.

    Raises:
        Meanwhile: somebody else changed the release since it was looked at: look again.
        Burned: the forge never gives that tag to a release again.
        RateLimited: as for reading a forge.
        Refused: the forge refuses or does not answer (exit OUTSIDE).
    """

    def releases(self, tag: str) -> Sequence[Release]: ...
    def release(self, number: int) -> Release | None: ...
    def tag(self, name: str) -> str | None: ...
    def guarding(self) -> bool | None: ...
    def create(self, tag: str, title: str, notes: str) -> Release: ...
    def describe(self, release: Release, title: str, notes: str) -> None: ...
    def upload(self, release: Release, name: str, data: bytes) -> None: ...
    def remove_file(self, asset: int) -> None: ...
    def remove(self, release: int) -> None: ...
    def publish(self, release: Release, *, newest: bool) -> None: ...


class Meanwhile(Refused):
    """Somebody else changed the release between the look and the step (exit OUTSIDE): look again."""

    def __init__(self, what: str) -> None:
        message = f"The release was changed by somebody else at the same moment ({what})."
        super().__init__((Finding(rule="release-moved", message=message, fix="Run it again."),), Exit.OUTSIDE)


class Burned(Refused):
    """The tag belonged to an immutable release that was removed, and is never given to a release again."""

    def __init__(self, draft: str) -> None:
        finding = Finding(
            rule="release-burned",
            message=f"GitHub had an immutable release of {draft} that somebody removed, and never makes another one "
            "of that name.",
            fix=f"{draft} itself is not lost: its tag and the record hold it, and `accord build {draft} -o DIR` writes "
            "its documents. For a release page, correct the text, then release a Corrigendum "
            f"({correcting(draft)}). Never remove a published release.",
        )
        super().__init__((finding,), Exit.FINDINGS)


@dataclass(kw_only=True)
class Publisher:
    """Works on the release of one draft. ``steps`` are those it took, in words."""

    forge: Releases
    wanted: Wanted
    say: Say
    guarding: bool | None = None
    steps: list[str] = field(default_factory=list)
    _made: int | None = None

    def look(self) -> Plan:
        """What is missing now.

        Raises:
            Refused: published with other files, or with files that are no part of the draft.
        """
        seen = list(self.forge.releases(self.wanted.tag))
        if self._made is not None and all(one.id != self._made for one in seen):
            # The list of a forge may be older than what we made just now.
            made = self.forge.release(self._made)
            seen += [made] if made is not None else []
        found = plan(self.wanted, seen, guarding=self.guarding is not False)
        if found.hindrance is not None:
            raise _hindered(self.wanted.tag, found)
        return found

    def complete(self, files: Mapping[str, bytes]) -> Plan:
        """Do what is missing until nothing is; ``files`` are those of the draft, whole.

        Raises:
            Refused: as :meth:`look`, or the forge keeps none of it (exit OUTSIDE).
        """
        found = self.look()
        for _ in range(ROUNDS):
            if not found.steps:
                return found
            try:
                self._do(found, files)
            except Meanwhile as changed:
                self.say(changed.findings[0].message)
            found = self.look()
        raise refuse(
            "release-restless",
            f"The release of {self.wanted.tag} is not what it was made, however often it is put right: "
            f"{'; '.join(said(step) for step in found.steps)}.",
            fix="See whether somebody else works on it, or GitHub has trouble; then run it again.",
            exit_code=Exit.OUTSIDE,
        )

    def publish(self, *, newest: bool) -> Plan:
        """Show the complete release to everybody, and see that it is what was meant.

        Raises:
            Refused: it is not complete (FINDINGS); as :meth:`look`.
        """
        for _ in range(ROUNDS):
            found = self.look()
            if not found.complete:
                raise _incomplete(self.wanted.tag, found)
            assert found.release is not None  # noqa: S101 - nothing is complete without one
            try:
                if found.steps:
                    self._do(found, {})
                elif found.published:
                    return found
                else:
                    self._publish(found.release, newest=newest)
            except Meanwhile as changed:
                self.say(changed.findings[0].message)
        raise Meanwhile("others keep changing it")

    # --- one step -----------------------------------------------------------------------------------------

    def _do(self, found: Plan, files: Mapping[str, bytes]) -> None:
        release = found.release
        for step in found.steps:
            made = self._one(step, release, files)
            release = made or release

    def _one(self, step: Step, release: Release | None, files: Mapping[str, bytes]) -> Release | None:
        self.say(_capital(f"{said(step)}."))
        made: Release | None = None
        match step:
            case Create():
                notes = self.wanted.notes_for(guarded=self.guarding is not False)
                made = self.forge.create(self.wanted.tag, self.wanted.title, notes)
                self._made = made.id
            case RemoveRelease(number):
                self.forge.remove(number)
            case RemoveFile(asset, _):
                self.forge.remove_file(asset)
            case Describe():
                assert release is not None  # noqa: S101 - only what is there is described anew
                guarded = self.guarding is not False if release.draft else release.guarded
                self.forge.describe(release, self.wanted.title, self.wanted.notes_for(guarded=guarded))
            case Upload(name):
                assert release is not None  # noqa: S101 - it is made before
                self.forge.upload(release, name, files[name])
        self.steps.append(said(step))
        return made

    def _publish(self, release: Release, *, newest: bool) -> None:
        self.say("Publish it.")
        self.forge.publish(release, newest=newest)
        self.steps.append("publish it")


def correcting(name: str) -> str:
    """The command that corrects a draft, or a Corrigendum."""
    draft, number = parts_of(name)
    return f"`accord release {draft}-corr-{number + 1} --reason ...`"


def said(step: Step) -> str:
    """A step in words."""
    match step:
        case Create():
            return "make the release, which nobody sees yet"
        case RemoveRelease(_):
            return "remove a second unpublished release of the same draft"
        case RemoveFile(_, name):
            return f"remove {name}, which is not what it must be"
        case Describe():
            return "write its title and notes"
        case Upload(name):
            return f"upload {name}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _hindered(draft: str, found: Plan) -> Refused:
    release = found.release
    assert release is not None  # noqa: S101 - it is what hinders
    names = ", ".join(f"`{name}`" for name in found.names)
    if found.hindrance is Hindrance.FOREIGN:
        return refuse(
            "release-foreign",
            f"The unpublished release of {draft} holds what is no part of the draft: {names}.",
            fix=f"Remove it on its page ({release.url}), then run it again.",
        )
    if release.guarded:
        fix = (
            "What is published can never be changed. Correct the text, then release a Corrigendum: "
            f"{correcting(draft)}."
        )
    else:
        fix = (
            f"Find out who changed it ({release.url}). A Corrigendum corrects a draft "
            f"({correcting(draft)}); if only the page is wrong, remove this release there, "
            "leave its tag, and run it again."
        )
    return refuse(
        "release-differs",
        f"{draft} is published, but not as its tag says: {names} is missing, another one, or no part of it.",
        fix=fix,
    )


def _incomplete(draft: str, found: Plan) -> Refused:
    missing = "; ".join(said(step) for step in found.steps if not isinstance(step, (Describe, RemoveRelease)))
    return refuse(
        "release-unprepared",
        f"{draft} is not published: its release is not complete. Still to do: {missing}.",
        fix=f"`accord release {draft} --prepare` does that; then attest the files, and publish.",
    )
