"""Options that every verb has, and values that several verbs share."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from accord.application.reports import Report
from accord.domain.findings import Exit, Place, refuse

if TYPE_CHECKING:
    from accord.application.desk import Desk
    from accord.domain.record.values import Evidence, Receipt

SIZE_LIMIT = 256 * 1024

# The desk of somebody who acts on a forge by a verb; no other is opened while it is set.
_GIVEN: ContextVar[Desk | None] = ContextVar("desk", default=None)

_REPO = click.option("--repo", default=".", metavar="DIR", help="The folder of the text (default: this one).")
_NOW = click.option("--now", default="", metavar="MOMENT", help="Replay a moment instead of the clock's.")
_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="For people or for programs.",
)
_WHO = click.option(
    "--as",
    "who",
    default="",
    envvar="ACCORD_AS",
    metavar="NAME",
    help="Who acts: a name in process/experts.yaml.",
)
_AS_KNOWN = click.option(
    "--as-known",
    default="",
    metavar="COMMIT",
    help="What could be known then: a commit of the record, or a draft.",
)
_DRY = click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What opens the desk that the options name, for a verb that may not need one."""

    repo: str
    now: str
    as_known: str

    def desk(self) -> Desk:
        """The desk.

        Raises:
            Refused: there is no repository (exit USAGE).
        """
        return _asked(self.repo, self.now, self.as_known)

    def moment(self) -> datetime:
        """The moment asked for, else the clock's, without a repository.

        Raises:
            Refused: it is none, or it needs the zone of a timetable (exit USAGE).
        """
        from accord.cli import wiring

        return wiring.moment_alone(self.now)


def asking_in(*forms: str) -> Callable[[Callable[..., Report]], Callable[..., Report]]:
    """A verb that only reads, with its own forms of output; it gets what opens its desk, and the form."""

    def decorate(function: Callable[..., Report]) -> Callable[..., Report]:
        @_REPO
        @_NOW
        @_AS_KNOWN
        @click.option(
            "--format", "--as", "form", type=click.Choice(forms), default=None, help="The form of the output."
        )
        @functools.wraps(function)
        def verb(*, repo: str, now: str, as_known: str, form: str | None, **options: Any) -> Report:
            return function(Opening(repo=repo, now=now, as_known=as_known), form=form, **options)

        return verb

    return decorate


def asking(function: Callable[..., Report]) -> Callable[..., Report]:
    """A verb that only reads: `--repo --now --as-known --format`; it gets a desk."""

    @_REPO
    @_NOW
    @_AS_KNOWN
    @_FORMAT
    @functools.wraps(function)
    def verb(*, repo: str, now: str, as_known: str, form: str, **options: Any) -> Report:
        del form  # read before any verb runs
        return function(_asked(repo, now, as_known), **options)

    return verb


def reading(function: Callable[..., Report]) -> Callable[..., Report]:
    """A verb that only reads, and always the newest record: `--repo --now --format`; it gets a desk."""

    @_REPO
    @_NOW
    @_FORMAT
    @functools.wraps(function)
    def verb(*, repo: str, now: str, form: str, **options: Any) -> Report:
        del form
        return function(_open_desk(repo, now), **options)

    return verb


def _open_desk(repo: str, now: str, who: str = "", *, dry_run: bool = False) -> Desk:
    from accord.cli.wiring import open_desk

    return open_desk(repo, now, who, dry_run=dry_run)


def _asked(repo: str, now: str, as_known: str) -> Desk:
    desk = _open_desk(repo, now)
    if as_known:
        from accord.application.as_known import look_back

        look_back(desk, as_known, at_its_time=not now)
    return desk


def acting(function: Callable[..., Report]) -> Callable[..., Report]:
    """A verb that writes: also `--as --dry-run`; it gets a desk."""

    @_REPO
    @_NOW
    @_FORMAT
    @_WHO
    @_DRY
    @functools.wraps(function)
    def verb(*, repo: str, now: str, form: str, who: str, dry_run: bool, **options: Any) -> Report:
        del form
        return function(_GIVEN.get() or _open_desk(repo, now, who, dry_run=dry_run), **options)

    return verb


@contextmanager
def at_this_desk(desk: Desk) -> Iterator[None]:
    """Verbs that write do it at this desk, for whoever it acts for."""
    token = _GIVEN.set(desk)
    try:
        yield
    finally:
        _GIVEN.reset(token)


def acting_for_all(function: Callable[..., Report]) -> Callable[..., Report]:
    """A verb that writes for whoever acted on a forge: `--repo --now --format --dry-run`; it gets a desk."""

    @_REPO
    @_NOW
    @_FORMAT
    @_DRY
    @functools.wraps(function)
    def verb(*, repo: str, now: str, form: str, dry_run: bool, **options: Any) -> Report:
        del form
        return function(_open_desk(repo, now, dry_run=dry_run), **options)

    return verb


def read_file(name: str, limit: int = SIZE_LIMIT) -> bytes:
    """A file named on the command line.

    Raises:
        Refused: it is missing, no plain file, or too large (exit USAGE or FINDINGS); it is not opened then.
    """
    path = Path(name)
    place = Place(file=name)
    if not path.is_file():
        raise refuse(
            "file-missing",
            f"There is no file {name}.",
            fix="Check its name.",
            place=place,
            exit_code=Exit.USAGE,
        )
    size = path.stat().st_size
    if size > limit:
        raise refuse(
            "file-size",
            f"It has {size:,} bytes; at most {limit:,} are read.",
            fix="Shorten it, or check that it is the right file.",
            place=place,
        )
    return path.read_bytes()


def write_file(name: str, data: bytes) -> None:
    """Write a file named on the command line, whole or not at all.

    Raises:
        Refused: it is a folder, or the disk refuses (exit OUTSIDE); what was there is left as it was.
    """
    path = Path(name)
    fresh = path.parent / f".{path.name}.part"
    try:
        fresh.write_bytes(data)
        fresh.replace(path)
    except OSError as problem:
        fresh.unlink(missing_ok=True)
        raise refuse(
            "file-refused",
            f"The file {name} cannot be written: {problem.strerror or problem}.",
            fix="Name another file, or free some space, then run the same command again.",
            exit_code=Exit.OUTSIDE,
        ) from problem


def evidence_of(file: str | None, registry: str) -> Evidence | None:
    """The evidence an entry rests on: a file by its SHA-256, with the registry's mark."""
    import hashlib

    from accord.domain.record.values import Evidence

    if file is None:
        return Evidence(description=registry) if registry else None
    path = Path(file)
    if not path.is_file():
        raise refuse("file-missing", f"There is no file {file}.", fix="Check its name.", exit_code=Exit.USAGE)
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        for block in iter(lambda: stream.read(1 << 20), b""):
            digest.update(block)
    return Evidence(description=registry or path.name, digest=digest.hexdigest())


def receipt_of(received: str | None, desk: Desk) -> Receipt:
    """When it was received: now, or as the registry of the secretariat says (never later than now).

    Raises:
        Refused: the moment is none or lies in the future (exit USAGE).
    """
    from accord.cli.wiring import typed_moment
    from accord.domain.record.values import Receipt

    if received is None:
        return Receipt.instant(desk.now)
    first, _, last = received.partition("/")
    earliest = typed_moment(desk, "--received", first)
    latest = typed_moment(desk, "--received", last) if last else earliest
    if latest < earliest:
        raise refuse(
            "moment", "--received: it ends before it begins.", fix="Write FROM/TO.", exit_code=Exit.USAGE
        )
    receipt = Receipt(earliest=earliest, latest=latest, clock="registry")
    if receipt.latest > desk.now:
        raise refuse(
            "moment-future",
            "--received lies in the future.",
            fix="Give the moment at which the registry got it.",
            exit_code=Exit.USAGE,
        )
    return receipt
