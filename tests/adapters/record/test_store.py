"""The record: what is added is there, in order, at every commit; what is damaged is said."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from accord.adapters.git import Git
from accord.adapters.git.command import Command
from accord.adapters.record import GitRecordStore
from accord.adapters.record.layout import segment_path
from accord.application.ports import Appended, Batch, RecordHead
from accord.domain.canonical import fact_digest
from accord.domain.findings import Exit, Refused

if TYPE_CHECKING:
    from tests.conftest import Repo

Add = Callable[..., Appended]


def test_no_record_yet_is_a_usage_refusal(git: Git, moment: datetime) -> None:
    """The message says how one is born, for reading and for adding."""
    store = GitRecordStore(git)

    assert not store.exists()
    assert store.tip() is None
    for ask in (store.head, store.read_all, lambda: store.append(lambda view: Batch(subject=""), moment)):
        with pytest.raises(Refused, match="no record here yet") as refusal:
            ask()
        assert refusal.value.exit_code == Exit.USAGE
        assert "accord submit" in refusal.value.findings[0].fix


def test_a_record_is_born_with_an_explanation(store: GitRecordStore, git: Git, repo: Repo) -> None:
    """Own history, counters at nothing, a page that explains it; a second birth is refused."""
    assert store.exists()
    assert (
        RecordHead(format=1, events=0, contributions=0, rehearsal=True, forum="example-forum") == store.head()
    )
    assert store.read_all() == []
    assert git.merge_base("record", "main") is None
    assert b"Nothing here is ever changed or removed" in (git.read_one("record:README.md") or b"")
    tip = store.tip()
    with pytest.raises(Refused, match="a record here already") as refusal:
        store.create(rehearsal=False, forum="other", moment=datetime.fromisoformat("2024-11-04T09:00:00Z"))
    assert refusal.value.exit_code == Exit.USAGE
    assert tip == store.tip()
    repo.git("fsck", "--strict")


def test_events_get_their_place_in_the_whole_record(store: GitRecordStore, add: Add) -> None:
    """`seq` runs through all streams; each stream reads back in order, with everything that was in it."""
    first = add(None, {"kind": "received", "seq": 0, "title": 'Çé\u2028\n"x" 😀', "nested": {"b": [1, None]}})
    add("main", {"kind": "seen"}, {"kind": "seen"})
    add("contributions/1", {"kind": "position"})
    add("documents/op-skills", {"kind": "call"})

    assert first.contribution == 1
    received = {"seq": 1, "kind": "received", "title": 'Çé\u2028\n"x" 😀', "nested": {"b": [1, None]}}
    assert (received,) == first.events
    assert [received, {"seq": 4, "kind": "position"}] == store.read_stream("contributions/1")
    assert [event["seq"] for event in store.read_all()] == [1, 2, 3, 4, 5]
    assert store.read_stream("process") == []
    assert (store.head().events, store.head().contributions) == (5, 1)


def test_the_newest_event_of_a_stream(store: GitRecordStore, add: Add) -> None:
    """Of any kind or of one kind; none where there is none."""
    add("main", *({"kind": "a" if turn == 0 else "b", "turn": turn} for turn in range(450)))

    assert (store.last("main") or {})["turn"] == 449
    assert (store.last("main", "a") or {})["turn"] == 0
    assert store.last("main", "c") is None
    assert store.last("contributions/7") is None


def test_the_newest_event_is_found_without_reading_the_rest(
    store: GitRecordStore, add: Add, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many segments only the last is read."""
    add("main", *({"kind": "a", "turn": turn} for turn in range(2000)))
    asked: list[str] = []
    read = git.read

    def listening(names: Iterable[str]) -> dict[str, bytes]:
        asked.extend(names := list(names))
        return read(names)

    monkeypatch.setattr(git, "read", listening)

    assert (store.last("main") or {})["turn"] == 1999
    assert len(asked) == 1


def test_segments_and_folders_stay_small(store: GitRecordStore, add: Add, git: Git) -> None:
    """At most 200 lines and 64 KiB to a file, unless one event alone is larger; a hundred files to a folder."""
    add("main", *({"kind": "a"} for _ in range(199)))
    add("main", *({"kind": "a"} for _ in range(2)))
    add(
        "process",
        *({"kind": "a", "text": "x" * 30_000} for _ in range(3)),
        {"kind": "big", "text": "y" * 100_000},
    )
    add("documents/long", *({"kind": "a"} for _ in range(20_001)))

    lines = {
        entry.path: (git.read_one(entry.oid) or b"").count(b"\n")
        for entry in git.tree("record", ["main", "process"])
    }
    assert lines == {
        "main/00/0000.jsonl": 200, "main/00/0001.jsonl": 1,
        "process/00/0000.jsonl": 2, "process/00/0001.jsonl": 1, "process/00/0002.jsonl": 1,
    }  # fmt: skip
    paths = [entry.path for entry in git.tree("record", ["documents"])]
    assert paths[-1] == "documents/long/01/0100.jsonl"
    assert len(store.read_stream("documents/long")) == 20_001
    assert len(store.read_all()) == 20_206
    assert store.appends_only() == []


def test_facts_lie_under_their_digest(store: GitRecordStore, add: Add, repo: Repo) -> None:
    """Equal values are one file, whose SHA-256 is its name; one that is not there is refused."""
    value = {"b": [1, 2], "a": "ä"}
    add("main", {"kind": "seen"}, facts=[value, {"a": "ä", "b": [1, 2]}, "other"])
    add("main", {"kind": "seen"}, facts=[value])
    digest = fact_digest(value)

    assert value == store.fact(digest)
    assert len(repo.git("ls-tree", "-r", "--name-only", "record", "facts").split("\n")) == 2
    content = repo.git("show", f"record:facts/{digest[:2]}/{digest}.json")
    assert digest == hashlib.sha256(content.encode()).hexdigest()
    with pytest.raises(Refused, match="missing") as refusal:
        store.fact("00" * 32)
    assert refusal.value.exit_code == Exit.FINDINGS


def test_readable_as_it_was(store: GitRecordStore, add: Add) -> None:
    """Every question can be asked about an older commit."""
    born = store.tip()
    early = add(None, {"kind": "received"}, facts=["early"]).commit
    add(None, {"kind": "received"}, facts=["late"])
    add("contributions/1", {"kind": "position"})

    assert [[e["seq"] for e in store.read_all(at)] for at in (born, early, None)] == [[], [1], [1, 2, 3]]
    assert len(store.read_stream("contributions/1", early)) == 1
    assert (store.last("contributions/1", at=early) or {})["kind"] == "received"
    assert (store.head(early).events, store.head().events) == (1, 3)
    with pytest.raises(Refused):
        store.fact(fact_digest("late"), early)
    with pytest.raises(Refused, match="no commit `nowhere`") as refusal:
        store.read_all("nowhere")
    assert refusal.value.exit_code == Exit.USAGE


def test_refs_are_set_in_the_same_step(store: GitRecordStore, git: Git, moment: datetime) -> None:
    """The text of a contribution is kept exactly when its receipt is recorded."""
    head = git.resolve("main") or ""
    event = ("contributions/1", {"kind": "received"})
    store.append(
        lambda view: Batch(
            subject="Receive", events=[event], allocate=True, refs={"refs/contributions/1/head": head}
        ),
        moment,
    )
    assert {"refs/contributions/1/head": head} == git.refs("refs/contributions")

    tip = store.tip()
    with pytest.raises(Refused):
        store.append(
            lambda view: Batch(subject="x", events=[("main", {"kind": "a"})], refs={"refs/a..b": head}),
            moment,
        )
    assert tip == store.tip()


def test_a_decision_that_refuses_changes_nothing(
    store: GitRecordStore, add: Add, moment: datetime, repo: Repo
) -> None:
    """What the decision raises comes out, and the record is as before; so with a batch that cannot be."""
    add(None, {"kind": "received"})
    before = repo.git("for-each-ref")

    def refuse(view: Any) -> Batch:
        raise Refused([], Exit.FINDINGS)

    impossible = [
        Batch(subject="x", events=[("contributions/3", {"kind": "a"})], allocate=True),
        Batch(subject="x", events=[("contributions/2", {"kind": "a"})]),
        Batch(subject="x", events=[("main", {"kind": "a"})], allocate=True),
        Batch(subject="x", events=[("main", {})]),
        Batch(subject="x", events=[("main", {"kind": "a", "x": float("nan")})]),
        Batch(subject="x", events=[("main", {"kind": "a", "x": "\ud800"})]),
        Batch(subject="x", events=[("no stream", {"kind": "a"})]),
    ]
    with pytest.raises(Refused):
        store.append(refuse, moment)
    for batch in impossible:
        with pytest.raises(ValueError, match=r"."):
            store.append(lambda view, batch=batch: batch, moment)  # type: ignore[misc]
    assert before == repo.git("for-each-ref")


def test_nothing_to_add_adds_nothing(store: GitRecordStore, moment: datetime) -> None:
    """An empty batch leaves the record as it is."""
    tip = store.tip()

    assert Appended(commit=tip or "", events=()) == store.append(lambda view: Batch(subject="x"), moment)
    assert tip == store.tip()


def test_same_decisions_same_record(tmp_path: Path, moment: datetime) -> None:
    """Two runs with the same moments give the same commits."""
    from tests.conftest import new_repo

    tips = []
    for name in ("one", "two"):
        with Git.open(new_repo(tmp_path / name).path) as git:
            store = GitRecordStore(git)
            store.create(rehearsal=False, forum="example-forum", moment=moment)
            for turn in range(3):
                batch = Batch(subject="Add", events=[("main", {"kind": "a", "turn": turn})])
                store.append(lambda view, batch=batch: batch, moment)  # type: ignore[misc]
            tips.append(store.tip())
    assert tips[0] == tips[1]


@pytest.mark.parametrize("received", [10, 3000])
def test_adding_costs_the_same_however_long_the_record(
    git: Git, repo: Repo, moment: datetime, monkeypatch: pytest.MonkeyPatch, received: int
) -> None:
    """Two processes (objects, names), a fixed number of objects, and a fixed number of questions."""
    files: dict[str, bytes | None] = {
        segment_path(f"contributions/{n}", 0): b'{"seq":%d,"kind":"received"}\n' % n
        for n in range(1, received + 1)
    }
    head = {"format": 1, "events": received, "contributions": received, "rehearsal": True, "forum": "f"}
    base = git.write_commit(files | {"head.json": json.dumps(head).encode()}, (), "Many", moment, "Accord")
    git.update_ref("refs/heads/record", base, None)
    programs: list[str] = []
    questions: list[int] = []
    attempt, find = Command.attempt, git._reader.find

    def counted(self: Command, *args: str, stdin: bytes = b"") -> Any:
        programs.append(args[0])
        return attempt(self, *args, stdin=stdin)

    def asked(names: Sequence[str]) -> list[Any]:
        questions.append(len(names))
        return find(names)

    store = GitRecordStore(git)
    decide = lambda view: Batch(subject="Add", events=[("contributions/7", {"kind": "position"})])  # noqa: E731
    store.append(decide, moment)  # from here on the folders open in this program are known
    monkeypatch.setattr(Command, "attempt", counted)
    monkeypatch.setattr(git._reader, "find", asked)
    before = int(repo.git("count-objects").split()[0])
    store.append(decide, moment)

    assert programs == ["unpack-objects", "update-ref"]
    assert int(repo.git("count-objects").split()[0]) - before == 8, "2 files, 5 folders, 1 commit"
    assert sum(questions) <= 10


# --- damage -----------------------------------------------------------------------------------------------


def rewrite(git: Git, changes: dict[str, bytes | None], moment: datetime) -> str:
    """Do to the record by hand what nobody should."""
    tip = git.resolve("refs/heads/record") or ""
    new = git.write_commit(changes, [tip], "By hand", moment, "Mallory of Lyrania")
    assert git.update_ref("refs/heads/record", new, tip)
    return new


HEAD = {"format": 1, "events": 3, "contributions": 1, "rehearsal": True, "forum": "example-forum"}
CUT = "record-line-cut"
UNREADABLE, HEAD_UNREADABLE = "record-line-unreadable", "record-head-unreadable"
TOP, MAIN, ONE = "head.json", "main/00/0000.jsonl", "contributions/00/00/01/0000.jsonl"


def head_with(**values: Any) -> bytes:
    """A `head.json` with something else in it."""
    return json.dumps(HEAD | values).encode()


@pytest.mark.parametrize(
    ("changes", "rule", "place"),
    [
        pytest.param({MAIN: b'{"seq":2,"kind":"a"}\n{"seq":3,\n'}, UNREADABLE, f"{MAIN}:2", id="no-json"),
        pytest.param({MAIN: b'{"seq":2,"kind":"a"}\n{"seq":3}\n'}, UNREADABLE, f"{MAIN}:2", id="no-event"),
        pytest.param({MAIN: b'{"seq":2,"kind":"a"}\n\n'}, UNREADABLE, f"{MAIN}:2", id="empty-line"),
        pytest.param({MAIN: b'[' * 100_000 + b"\n"}, UNREADABLE, f"{MAIN}:1", id="deep"),
        pytest.param({MAIN: b'{"seq":' + b"9" * 5000 + b"}\n"}, UNREADABLE, f"{MAIN}:1", id="long-number"),
        pytest.param({MAIN: b'{"seq":2,"kind":"\xff"}\n'}, UNREADABLE, f"{MAIN}:1", id="no-utf8"),
        pytest.param({MAIN: b'{"seq":2,"kind":"a","x":NaN}\n'}, UNREADABLE, f"{MAIN}:1", id="nan"),
        pytest.param({MAIN: b'{"seq":2,"kind":"a"}\n{"seq":3,"kind":"a"}'}, CUT, f"{MAIN}:2", id="no-end"),
        pytest.param({MAIN: b""}, CUT, f"{MAIN}:1", id="empty-file"),
        pytest.param({MAIN: b'{"seq":2,"kind":"a"}\n'}, "record-count", TOP, id="event-dropped"),
        pytest.param({MAIN: None}, "record-count", TOP, id="file-dropped"),
        pytest.param({ONE: None}, "record-sequence", TOP, id="contribution-dropped"),
        pytest.param({MAIN: b'{"seq":2,"kind":"a"}\n{"seq":2,"kind":"a"}\n'}, "record-sequence", TOP, id="twice"),
        pytest.param({"head.json": head_with(contributions=2)}, "record-count", TOP, id="contributions-counted"),
        pytest.param({"head.json": head_with(events=4)}, "record-count", TOP, id="events-counted"),
        pytest.param({"head.json": None}, "record-head-missing", TOP, id="no-head"),
        pytest.param({"head.json": b"{"}, HEAD_UNREADABLE, TOP, id="head-no-json"),
        pytest.param({"head.json": b"[]"}, HEAD_UNREADABLE, TOP, id="head-no-object"),
        pytest.param({"head.json": head_with(events="3")}, HEAD_UNREADABLE, TOP, id="head-wrong-type"),
        pytest.param({"head.json": head_with(events=-1)}, HEAD_UNREADABLE, TOP, id="head-negative"),
        pytest.param({"head.json": head_with(rehearsal=1)}, HEAD_UNREADABLE, TOP, id="head-no-truth"),
        pytest.param({"main/00/0002.jsonl": b'{"seq":4,"kind":"a"}\n'}, None, "main/00/0001.jsonl", id="gap"),
    ],
)  # fmt: skip
def test_a_damaged_record_is_said_with_its_place(
    store: GitRecordStore, add: Add, git: Git, moment: datetime,
    changes: dict[str, bytes | None], rule: str | None, place: str,
) -> None:  # fmt: skip
    """File, line and commit; what happened; what to do; and reading gives nothing at all."""
    add(None, {"kind": "received"})
    add("main", {"kind": "a"}, {"kind": "a"})
    commit = rewrite(git, changes, moment)

    with pytest.raises(Refused) as refusal:
        store.read_all() if rule else store.read_stream("main")
    finding = refusal.value.findings[0]
    assert (rule or "record-segment-missing") == finding.rule
    assert f"{place}: at {commit[:12]}" == str(finding.place)
    assert refusal.value.exit_code == Exit.FINDINGS
    assert "accord verify" in finding.fix
    assert store.appends_only() != []


def test_a_record_of_a_newer_version_is_left_alone(
    store: GitRecordStore, git: Git, moment: datetime, add: Add
) -> None:
    """Neither read nor written: the tool is too old, the record is fine."""
    commit = rewrite(git, {"head.json": b'{"format":2,"anything":"else"}'}, moment)
    for ask in (store.head, store.read_all, lambda: add("main", {"kind": "a"})):
        with pytest.raises(Refused, match="newer Accord") as refusal:
            ask()
        assert refusal.value.exit_code == Exit.OUTSIDE
        assert refusal.value.findings[0].rule == "record-newer"
    assert commit == store.tip()


def test_nothing_is_added_to_damaged_events(
    store: GitRecordStore, git: Git, moment: datetime, add: Add
) -> None:
    """A line that was cut is not continued, and events that nobody counted are not built on."""
    add("main", {"kind": "a"})
    for content in (b'{"seq":1,"kind":"a"}\n{"seq":2,', b'{"seq":1,"kind":"a"}\n{"seq":2,"kind":"b"}\n'):
        commit = rewrite(git, {MAIN: content}, moment)
        with pytest.raises(Refused) as refusal:
            add("main", {"kind": "b"})
        assert refusal.value.exit_code == Exit.FINDINGS
        assert commit == store.tip()


def test_a_changed_fact_is_found_when_read(
    store: GitRecordStore, git: Git, moment: datetime, add: Add
) -> None:
    """Its content must be what its name says."""
    add("main", {"kind": "a"}, facts=["true words"])
    digest = fact_digest("true words")
    rewrite(git, {f"facts/{digest[:2]}/{digest}.json": b'"other words"'}, moment)

    with pytest.raises(Refused, match="not what the name says") as refusal:
        store.fact(digest)
    assert refusal.value.exit_code == Exit.FINDINGS


def test_a_record_whose_commit_is_lost_is_no_absence(
    store: GitRecordStore, repo: Repo, moment: datetime
) -> None:
    """A lost commit is damage; it must not look like "no record yet", where a new one could be started."""
    tip = store.tip() or ""
    (repo.path / ".git/objects" / tip[:2] / tip[2:]).unlink()
    with Git.open(repo.path) as fresh:
        for ask in (
            GitRecordStore(fresh).exists,
            lambda: GitRecordStore(fresh).create(rehearsal=False, forum="x", moment=moment),
        ):
            with pytest.raises(Refused, match="is damaged") as refusal:
                ask()
            assert refusal.value.exit_code == Exit.OUTSIDE
