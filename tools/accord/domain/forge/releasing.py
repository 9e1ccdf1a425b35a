"""The release of a draft on a forge: what is there, what is wanted, and the steps from one to the other, as data.

Nobody remembers how far an earlier run came. Each run looks at what is there and plans from that, so that one that was
stopped anywhere is finished by the next, and two at once come to the same end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain

# --- what is there ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file of a release. ``ready`` is false while its upload has not ended well.

    ``digest`` is its SHA-256, "" where the forge does not say it.
    """

    id: int
    name: str
    size: int
    digest: str
    ready: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A release. While it is a ``draft`` only those see it who may write; ``guarded``: its files can never change."""

    id: int
    tag: str
    draft: bool
    title: str
    notes: str
    url: str = ""
    upload_url: str = ""
    guarded: bool = False
    assets: tuple[Asset, ...] = ()


# --- what is wanted ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that belongs to a draft; ``size`` None where only its SHA-256 is known, which is enough."""

    name: str
    digest: str
    size: int | None = None

    def is_(self, asset: Asset) -> bool:
        """Whether this file, whole, is what lies on the forge."""
        same_size = self.size in (None, asset.size)
        return asset.ready and asset.name == self.name and asset.digest == self.digest and same_size


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A draft as its release must be. ``open_notes`` are its notes where the forge does not guard the files."""

    tag: str
    title: str
    notes: str
    open_notes: str
    files: tuple[File, ...]

    def notes_for(self, *, guarded: bool) -> str:
        """The notes, saying that the files are not guarded where they are not."""
        return self.notes if guarded else self.open_notes


# --- the steps --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Create:
    """Make a release that nobody sees yet."""


@dataclass(frozen=True, slots=True)
class RemoveRelease:
    """Remove a second draft release of the same draft: two runs at once each made one."""

    release: int


@dataclass(frozen=True, slots=True)
class Describe:
    """Write its title and notes."""


@dataclass(frozen=True, slots=True)
class RemoveFile:
    """Remove a file whose upload did not end well, or that is another one than it must be."""

    asset: int
    name: str


@dataclass(frozen=True, slots=True)
class Upload:
    """Upload a file."""

    name: str


Step = Create | RemoveRelease | Describe | RemoveFile | Upload


class Hindrance(Enum):
    """What only a person can decide."""

    DIFFERS = "published with other files"
    FOREIGN = "files that are no part of the draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be done until the release is complete; all of it, in this order.

    ``release`` is the one to go on with, None where there is none yet. With a ``hindrance`` there are no steps;
    ``names`` are the files it is about.
    """

    release: Release | None = None
    steps: tuple[Step, ...] = ()
    hindrance: Hindrance | None = None
    names: tuple[str, ...] = ()

    @property
    def published(self) -> bool:
        """Whether everybody sees it already."""
        return self.release is not None and not self.release.draft

    @property
    def complete(self) -> bool:
        """Whether every file is there, and nothing else: what must be so before it is published."""
        waiting = any(isinstance(step, (Create, RemoveFile, Upload)) for step in self.steps)
        return self.release is not None and self.hindrance is None and not waiting


def plan(wanted: Wanted, seen: Sequence[Release], *, guarding: bool) -> Plan:
    """The steps to the wanted release from what is seen; ``guarding``: what is published now will be guarded."""
    ours = sorted((one for one in seen if one.tag == wanted.tag), key=lambda one: one.id)
    published = [one for one in ours if not one.draft]
    drafts = [one for one in ours if one.draft]
    if published:
        return _of_published(wanted, published[0], drafts)
    foreign = sorted({name for one in drafts for name in _foreign(wanted, one)})
    if foreign:
        return Plan(release=drafts[0], hindrance=Hindrance.FOREIGN, names=tuple(foreign))
    if not drafts:
        uploads = (Upload(file.name) for file in wanted.files)
        return Plan(steps=(Create(), *uploads))
    kept, *others = drafts  # the oldest: every run sees the same one
    steps: Iterable[Step] = chain(
        (RemoveRelease(one.id) for one in others),
        _describing(wanted, kept, guarded=guarding),
        _files(wanted, kept),
    )
    return Plan(release=kept, steps=tuple(steps))


def _of_published(wanted: Wanted, release: Release, drafts: Sequence[Release]) -> Plan:
    """What is published stays as it is; only its title and notes may follow."""
    held = {asset.name: asset for asset in release.assets}
    differing = [file.name for file in wanted.files if file.name not in held or not file.is_(held[file.name])]
    differing += _foreign(wanted, release)
    if differing:
        return Plan(release=release, hindrance=Hindrance.DIFFERS, names=tuple(differing))
    left = (RemoveRelease(one.id) for one in drafts if not _foreign(wanted, one))
    return Plan(release=release, steps=(*left, *_describing(wanted, release, guarded=release.guarded)))


def _describing(wanted: Wanted, release: Release, *, guarded: bool) -> Iterator[Step]:
    if (release.title, _plain(release.notes)) != (wanted.title, _plain(wanted.notes_for(guarded=guarded))):
        yield Describe()


def _files(wanted: Wanted, release: Release) -> Iterator[Step]:
    for file in wanted.files:
        there = [asset for asset in release.assets if asset.name == file.name]
        right = [asset for asset in there if file.is_(asset)][:1]
        yield from (RemoveFile(asset.id, asset.name) for asset in there if asset not in right)
        if not right:
            yield Upload(file.name)


def _foreign(wanted: Wanted, release: Release) -> list[str]:
    names = {file.name for file in wanted.files}
    return [asset.name for asset in release.assets if asset.name not in names]


def _plain(text: str) -> str:
    """Notes as they are compared: a forge keeps its own line ends and drops blanks at the edges."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()
