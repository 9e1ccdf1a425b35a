"""Bringing a release to what it must be, stopped and disturbed at every step: always the same end, nothing doubled."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import pytest

from accord.application.forge.publishing import Burned, Meanwhile, Publisher, correcting
from accord.domain.findings import Exit, Refused
from accord.domain.forge.releasing import Asset, File, Plan, Release, Wanted

FILES = {"a.md": b"One.\n", "b.html": b"<p>Two.</p>\n", "SHA256SUMS": b"sums\n"}


def sha256(data: bytes) -> str:
    """Its digest."""
    return hashlib.sha256(data).hexdigest()


WANTED = Wanted(
    tag="draft-2",
    title="Second Draft",
    notes="Said.",
    open_notes="Open.",
    files=tuple(File(name=name, digest=sha256(data), size=len(data)) for name, data in FILES.items()),
)


class Killed(BaseException):
    """What stands for a process that ends at this point."""


@dataclass
class Memory:
    """A forge's releases in memory. ``before`` and ``after`` are called around each step with its number."""

    held: dict[int, Release] = field(default_factory=dict)
    setting: bool | None = True
    lag: bool = False
    burned: bool = False
    steps: list[str] = field(default_factory=list)
    before: Callable[[int], None] = lambda _: None
    after: Callable[[int], None] = lambda _: None
    ids: int = 100

    def releases(self, tag: str) -> Sequence[Release]:
        """Those of a tag; a list that lags shows none that is new."""
        return [] if self.lag else [one for one in self.held.values() if one.tag == tag]

    def release(self, number: int) -> Release | None:
        """One."""
        return self.held.get(number)

    def tag(self, name: str) -> str | None:
        """Every tag is there."""
        return name

    def guarding(self) -> bool | None:
        """The setting, as far as it can be read."""
        return self.setting

    def create(self, tag: str, title: str, notes: str) -> Release:
        """A draft."""
        if self.burned:
            raise Burned(tag)
        number = self._id()
        made = Release(id=number, tag=tag, draft=True, title=title, notes=notes)
        self._step("create", lambda: self.held.update({number: made}))
        return made

    def describe(self, release: Release, title: str, notes: str) -> None:
        """Title and notes."""
        self._step("describe", lambda: self._set(release.id, title=title, notes=notes))

    def upload(self, release: Release, name: str, data: bytes) -> None:
        """A file."""

        def put() -> None:
            one = self.held[release.id]
            if not one.draft and one.guarded:
                raise Meanwhile("it was published")
            if any(asset.name == name for asset in one.assets):
                raise Meanwhile("it is there already")
            asset = Asset(id=self._id(), name=name, size=len(data), digest=sha256(data))
            self._set(release.id, assets=(*one.assets, asset))

        self._step(f"upload {name}", put)

    def remove_file(self, asset: int) -> None:
        """A file goes."""

        def drop() -> None:
            for one in list(self.held.values()):
                self._set(one.id, assets=tuple(each for each in one.assets if each.id != asset))

        self._step("remove a file", drop)

    def remove(self, release: int) -> None:
        """A release goes."""
        self._step("remove", lambda: self._forget(release))

    def publish(self, release: Release, *, newest: bool) -> None:
        """Everybody sees it."""
        self._step("publish", lambda: self._set(release.id, draft=False, guarded=self.setting is not False))

    def _set(self, number: int, **changes: object) -> None:
        self.held[number] = replace(self.held[number], **changes)  # type: ignore[arg-type]

    def _forget(self, number: int) -> None:
        self.held.pop(number, None)

    def _id(self) -> int:
        self.ids += 1
        return self.ids

    def _step(self, words: str, act: Callable[[], None]) -> None:
        number = len(self.steps)
        self.before(number)
        act()
        self.steps.append(words)
        self.after(number)


def run(forge: Memory, *, prepare: bool = True, publish: bool = True) -> Plan:
    """One run of the program, that remembers nothing."""
    publisher = Publisher(forge=forge, wanted=WANTED, say=lambda _: None, guarding=forge.guarding())
    found = publisher.complete(FILES) if prepare else publisher.look()
    return publisher.publish(newest=True) if publish else found


def seen(forge: Memory) -> list[object]:
    """What everybody sees in the end, without the numbers of things."""
    return [
        (one.tag, one.draft, one.title, one.notes, sorted((a.name, a.digest) for a in one.assets))
        for one in forge.held.values()
    ]


UNDISTURBED = Memory()
run(UNDISTURBED)
STEPS = ["create", "upload a.md", "upload b.html", "upload SHA256SUMS", "publish"]


def test_undisturbed() -> None:
    """Every step once; a second run does nothing."""
    assert UNDISTURBED.steps == STEPS
    run(UNDISTURBED)
    assert UNDISTURBED.steps == STEPS


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", range(len(STEPS)))
def test_stopped_at_any_step_and_run_again(step: int, when: str) -> None:
    """The same end, and no step was done twice."""
    forge = Memory()

    def kill(number: int) -> None:
        if number == step:
            raise Killed

    setattr(forge, when, kill)
    with pytest.raises(Killed):
        run(forge)
    setattr(forge, when, lambda _: None)
    run(forge)
    assert (seen(forge), forge.steps) == (seen(UNDISTURBED), STEPS)


@pytest.mark.parametrize("step", range(len(STEPS)))
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_second_run_in_the_middle_of_the_first(step: int, when: str) -> None:
    """From the laptop while the workflow runs, say: both end well, with one release."""
    forge = Memory()

    def other(number: int) -> None:
        if number == step:
            setattr(forge, when, lambda _: None)
            run(forge)

    setattr(forge, when, other)
    run(forge)
    assert seen(forge) == seen(UNDISTURBED)


def test_both_made_one_before_either_looked() -> None:
    """The oldest is kept by both, and the other is removed."""
    forge = Memory()
    for _ in range(2):
        forge.create("draft-2", WANTED.title, WANTED.notes)
    first = min(forge.held)
    run(forge)
    assert list(forge.held) == [first]
    assert seen(forge) == seen(UNDISTURBED)


def test_a_list_that_does_not_show_yet_what_was_made() -> None:
    """It is looked up by its number, and not made again."""
    forge = Memory(lag=True)
    publisher = Publisher(forge=forge, wanted=WANTED, say=lambda _: None, guarding=True)
    publisher.complete(FILES)
    assert forge.steps == STEPS[:-1]


def test_publishing_alone_uploads_nothing() -> None:
    """What was not attested is never published."""
    forge = Memory()
    with pytest.raises(Refused) as none_there:
        run(forge, prepare=False)
    run(forge, publish=False)
    only = next(iter(forge.held))
    forge._set(only, assets=forge.held[only].assets[1:])  # somebody removed one
    with pytest.raises(Refused) as one_missing:
        run(forge, prepare=False)
    for refused in (none_there.value, one_missing.value):
        assert refused.findings[0].rule == "release-unprepared"
        assert refused.exit_code is Exit.FINDINGS
    assert "upload a.md" in one_missing.value.findings[0].message
    assert "publish" not in forge.steps


@pytest.mark.parametrize(
    ("setting", "notes"),
    [(True, "Said."), (None, "Said."), (False, "Open.")],
    ids=["guarded", "unknown", "open"],
)
def test_what_the_notes_say_about_the_files(setting: bool | None, notes: str) -> None:
    """That they can be exchanged is said exactly where it is so."""
    forge = Memory(setting=setting)
    run(forge)
    assert [one.notes for one in forge.held.values()] == [notes]


def test_that_it_is_not_guarded_is_learned_only_when_it_is_published() -> None:
    """The token of a workflow may not read the setting; the notes are put right at once."""
    forge = Memory(setting=None)
    real = forge.publish

    def publish(release: Release, *, newest: bool) -> None:
        real(release, newest=newest)
        forge._set(release.id, guarded=False)

    forge.publish = publish  # type: ignore[method-assign]
    run(forge)
    assert forge.steps == [*STEPS, "describe"]
    assert [one.notes for one in forge.held.values()] == ["Open."]


def test_published_with_other_files() -> None:
    """Explained, with the only way to correct it; an unguarded one can also be made again."""
    for setting in (True, False):
        forge = Memory(setting=setting)
        run(forge)
        only = next(iter(forge.held))
        forge._set(only, assets=forge.held[only].assets[1:])
        before = list(forge.steps)
        with pytest.raises(Refused) as refused:
            run(forge)
        (finding,) = refused.value.findings
        assert (finding.rule, forge.steps) == ("release-differs", before)
        assert "`a.md`" in finding.message
        assert "accord release draft-2-corr-1" in finding.fix
        assert ("remove this release" in finding.fix) is (not setting)


def test_somebody_elses_file_is_not_published_and_not_removed() -> None:
    """It is named; a person decides."""
    forge = Memory()
    run(forge, publish=False)
    only = next(iter(forge.held))
    forge.upload(forge.held[only], "letter.docx", b"x")
    for prepare in (True, False):
        with pytest.raises(Refused) as refused:
            run(forge, prepare=prepare)
        assert refused.value.findings[0].rule == "release-foreign"
        assert "`letter.docx`" in refused.value.findings[0].message
    assert forge.held[only].draft


def test_a_forge_that_keeps_nothing_is_not_asked_for_ever() -> None:
    """After a few rounds it is said what does not stay, and that it is safe to run again."""
    forge = Memory()

    def lose(_: int) -> None:
        for number in forge.held:
            forge._set(number, assets=())

    forge.after = lose
    with pytest.raises(Refused) as refused:
        run(forge)
    assert refused.value.findings[0].rule == "release-restless"
    assert refused.value.exit_code is Exit.OUTSIDE
    assert len(forge.steps) < 30


def test_a_burned_tag_is_explained() -> None:
    """Nothing is lost, and there is a way on."""
    with pytest.raises(Refused) as refused:
        run(Memory(burned=True))
    (finding,) = refused.value.findings
    assert finding.rule == "release-burned"
    assert "accord build draft-2" in finding.fix
    assert "draft-2-corr-1" in finding.fix


@pytest.mark.parametrize(
    ("name", "next_one"), [("draft-2", "draft-2-corr-1"), ("draft-2-corr-1", "draft-2-corr-2")]
)
def test_the_next_correction(name: str, next_one: str) -> None:
    """A Corrigendum is corrected by the next one."""
    assert correcting(name) == f"`accord release {next_one} --reason ...`"
