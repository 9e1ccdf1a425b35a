"""Attacks on the record, the texts and the drafts of one prepared round: `verify` names each with place and commit.

Every attack works on its own copy. Those on the record write its newest commit anew with plain git, or add a commit
after it, as somebody would who can push to the branch; those that add an event do it through the store.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from accord.application.ports import Batch, RecordView
from accord.cli.wiring import open_desk
from accord.domain.drafts.manifest import manifest_in
from accord.domain.process.moments import parse_instant
from accord.domain.record.codec import event_to_json
from accord.domain.record.events import (
    Called,
    Confirmed,
    Declared,
    Event,
    MainSeen,
    ObjectionEnded,
    Opened,
    Position,
    Received,
)
from accord.domain.record.values import Actor, Receipt
from tests.acceptance.rounds import second
from tests.acceptance.tampering import assert_told
from tests.acceptance.world import ANA, CHO, IN_W2, LEV, OPINION, SAM, Round, accord, bare_round, begin
from tests.conftest import Repo

NOW = "2024-12-03T00:00:00Z"
FORGED = "2024-12-02T10:00:00Z"
THIRD = "contributions/00/00/03/0000.jsonl"
FIRST = "contributions/00/00/01/0000.jsonl"
MAIN = "main/00/0000.jsonl"
PROCESS = "process/00/0000.jsonl"


@dataclass(frozen=True, slots=True)
class Found:
    """What must be found: the rule, the place, and the commit that did it (or that is missed) by its name."""

    rule: str
    place: str
    commit: str = ""


Attack = Callable[[Round], Found]


def prepared(folder: Path) -> Round:
    """Two drafts; contribution 3 with a support and a standing objection, entered with evidence, and a call."""
    shutil.copytree(_prepared(), folder, symlinks=True)
    return Round(Repo(folder))


@cache
def _prepared() -> Path:
    folder = Path(mkdtemp(prefix="accord-tamper-")) / "text"
    round_ = second(folder)
    round_.rewords("hours", ("to open schools in the evening", "to open schools until nine"))
    round_.does(
        ANA, IN_W2, "submit", "hours", "--metadata", round_.metadata(kind="opinion-text", based_on="draft-2")
    )
    round_.does(LEV, "2024-11-18T11:00:00Z", "position", "3", "object", "--for", "lyrania", "--reason", "no")
    round_.does(
        SAM, "2024-11-18T11:30:00Z", "position", "3", "support", "--for", "example-university",
        "--evidence", round_.letter(),
    )  # fmt: skip
    round_.does(CHO, "2024-11-18T12:00:00Z", "call", "3", "--until", "2024-11-29")
    return folder


def findings(round_: Round) -> list[dict[str, Any]]:
    """Every error that `verify` tells; there is one at least, or it ends with 0."""
    told = accord("verify", "--repo", str(round_.path), "--now", NOW, "--format", "json")
    errors = [one for one in told.data["findings"] if one["severity"] == "error"]
    assert told.code == (1 if errors else 0), told.out
    return errors


def is_named(errors: list[dict[str, Any]], found: Found) -> bool:
    """Whether one of them has the rule and the place, and says the commit."""
    return any(
        one["rule"] == found.rule
        and found.place in f"{one['place']['file']} {one['place']['path']} line {one['place']['line']}"
        and found.commit[:12] in json.dumps(one, ensure_ascii=False)
        for one in errors
    )


# --- Ways to write to the record -----------------------------------------------------------------------------------


def rewritten(round_: Round, files: dict[str, bytes | None]) -> str:
    """A new commit on the record with these files in place of those there; its name."""
    repo = round_.repo
    lines = {line.partition("\t")[2]: line for line in repo.git("ls-tree", "-r", "record").splitlines()}
    for path, content in files.items():
        lines.pop(path, None)
        if content is not None:
            oid = repo.git("hash-object", "-w", "--stdin", stdin=content)
            lines[path] = f"100644 blob {oid}\t{path}"
    tree = _tree(repo, "".join(f"{line}\n" for line in lines.values()))
    commit = repo.git("commit-tree", tree, "-p", "record", "-m", "As before")
    repo.git("update-ref", "refs/heads/record", commit)
    return commit


def _tree(repo: Repo, entries: str) -> str:
    index = repo.path / ".git" / "index-of-the-record"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_INDEX_FILE", str(index))
        repo.git("update-index", "--index-info", stdin=entries)
        tree = repo.git("write-tree")
    index.unlink()
    return tree


def segment(round_: Round, path: str) -> bytes:
    """A file of the record as it is."""
    return (round_.repo.git("show", f"record:{path}") + "\n").encode()


def added(round_: Round, stream: str, event: Event | dict[str, Any]) -> Found:
    """Where an event added behind the tool's back must be named; the rule is filled in by the attack."""
    desk = open_desk(str(round_.path), NOW, "")
    value = event if isinstance(event, dict) else event_to_json(event)

    def batch(_: RecordView) -> Batch:
        return Batch(subject="As usual", events=[(stream, value)])

    done = desk.store.append(batch, parse_instant(FORGED))
    return Found(rule="", place=f"event {done.events[0]['seq']}", commit=done.commit)


def the(round_: Round, kind: type[Any], subject: str = "3") -> Any:
    """The newest event of a kind on a subject."""
    events = open_desk(str(round_.path), NOW, "").chronicle().events(subject)
    return [event for event in events if isinstance(event, kind)][-1]


def actor(name: str, role: Any, account: int | None) -> Actor:
    """Somebody who writes."""
    return Actor(name=name, role=role, id=account)


def stamp(at: str = FORGED) -> dict[str, Any]:
    """When it is said to have happened and been entered."""
    return {"received": Receipt.instant(parse_instant(at)), "recorded": parse_instant(at), "subject": "3"}


# --- The attacks ----------------------------------------------------------------------------------------------------


def flip_a_byte(round_: Round) -> Found:
    """`object` is made `reject`: one byte after another of a line that was there."""
    content = segment(round_, THIRD)
    at = content.index(b'"object"') + 1
    flipped = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
    return Found("record-line-changed", f"{THIRD} ", rewritten(round_, {THIRD: flipped}))


def drop_a_line(round_: Round) -> Found:
    """The line with the objection is dropped."""
    lines = segment(round_, THIRD).splitlines(keepends=True)
    kept = b"".join(line for line in lines if b'"object"' not in line)
    return Found("record-line-changed", f"{THIRD} ", rewritten(round_, {THIRD: kept}))


def reorder_lines(round_: Round) -> Found:
    """Two lines change places: the support comes before the objection."""
    first, second_, third, *rest = segment(round_, THIRD).splitlines(keepends=True)
    return Found(
        "record-line-changed",
        "line 2",
        rewritten(round_, {THIRD: b"".join([first, third, second_, *rest])}),
    )


def edit_anothers_entry(round_: Round) -> Found:
    """Arcadia turns Lyrania's objection into a support."""
    lines = segment(round_, THIRD).splitlines(keepends=True)
    edited = lines[1].replace(b'"stance":"object"', b'"stance":"support"')
    assert edited != lines[1]
    return Found(
        "record-line-changed", "line 2", rewritten(round_, {THIRD: b"".join([lines[0], edited, *lines[2:]])})
    )


def edit_in_the_middle_of_history(round_: Round) -> Found:
    """The same, pushed a while ago, with an honest entry after it."""
    found = edit_anothers_entry(round_)
    added(round_, "contributions/3", replace(the(round_, Position), **stamp(), seq=0))
    assert round_.record() != found.commit
    return found


def remove_a_file(round_: Round) -> Found:
    """The file with everything about contribution 3 is removed."""
    return Found("record-file-removed", f"{THIRD} ", rewritten(round_, {THIRD: None}))


def force_push(round_: Round) -> Found:
    """All of the record is told anew in one commit: the one that the second draft was cut from is no part of it."""
    tag = open_desk(str(round_.path), NOW, "").repository.read_tag("draft-2")
    assert tag is not None
    tree = round_.repo.git("rev-parse", "record^{tree}")
    commit = round_.repo.git("commit-tree", tree, "-m", "Start the record of WTPF-26")
    round_.repo.git("update-ref", "refs/heads/record", commit)
    return Found("draft-record", "record event ", manifest_in(tag.message).record)


def move_a_draft(round_: Round) -> Found:
    """`draft-2` names another text."""
    round_.repo.git("tag", "-f", "-a", "-m", "mine", "draft-2", "hours")
    return Found("draft-tag", "record event ", _brought(round_, '"kind":"cut"', PROCESS))


def remove_a_draft(round_: Round) -> Found:
    """`draft-2` is gone."""
    round_.repo.git("tag", "-d", "draft-2")
    return Found("draft-tag", "record event ", _brought(round_, '"kind":"cut"', PROCESS))


def _brought(round_: Round, text: str, path: str) -> str:
    """The commit that brought the last line with a text in it."""
    return round_.repo.git("log", "-1", "--format=%H", f"-S{text}", "record", "--", path)


def swap_the_list_of_experts(round_: Round) -> Found:
    """The fact that keeps the list is replaced by one in which Lyrania never was."""
    state = _last_state(round_)
    path = f"facts/{state.experts[:2]}/{state.experts}.json"
    experts = json.loads(segment(round_, path))
    experts["entities"] = [one for one in experts["entities"] if one["id"] != "lyrania"]
    changed = json.dumps(experts, sort_keys=True, separators=(",", ":")).encode()
    return Found("record-fact-changed", f"{path} ", rewritten(round_, {path: changed}))


def another_list_of_experts(round_: Round) -> Found:
    """A state of the text is added with a list in which Lyrania never was; the file itself says otherwise."""
    state = _last_state(round_)
    experts = json.loads(segment(round_, f"facts/{state.experts[:2]}/{state.experts}.json"))
    experts["entities"] = [one for one in experts["entities"] if one["id"] != "lyrania"]
    experts["experts"] = [one for one in experts["experts"] if one["entity"] != "lyrania"]
    content = json.dumps(experts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    digest = hashlib.sha256(content).hexdigest()
    rewritten(round_, {f"facts/{digest[:2]}/{digest}.json": content})
    moment = parse_instant(FORGED)
    forged = replace(
        state, experts=digest, recorded=moment, received=Receipt.instant(moment, "first-seen"), seq=0
    )
    return replace(added(round_, "main", forged), rule="process-state")


def _last_state(round_: Round) -> MainSeen:
    return open_desk(str(round_.path), NOW, "").chronicle().main_seen()[-1]


def received_after_it_was_recorded(round_: Round) -> Found:
    """The entry is dated back further than what it tells of."""
    late = replace(the(round_, Position), **stamp(), seq=0)
    dated = replace(late, recorded=parse_instant("2024-11-20T10:00:00Z"))
    return replace(added(round_, "contributions/3", dated), rule="record-time")


def typed_before_it_was_recorded(round_: Round) -> Found:
    """An expert's support is dated before the call, as if it had been there in time."""
    early = Receipt.instant(parse_instant("2024-11-18T10:30:00Z"))
    mine = replace(the(round_, Position), entity="lyrania", by=actor(LEV, "expert", 2), evidence=None, seq=0)
    dated = replace(mine, received=early, recorded=parse_instant(FORGED))
    return replace(added(round_, "contributions/3", dated), rule="record-time")


def by_the_registrys_clock(round_: Round) -> Found:
    """An expert's support is dated back, by what is said to be the clock of the secretariat's registry."""
    early = Receipt.instant(parse_instant("2024-11-18T10:30:00Z"), "registry")
    mine = replace(the(round_, Position), entity="lyrania", by=actor(LEV, "expert", 2), evidence=None, seq=0)
    dated = replace(mine, received=early, recorded=parse_instant(FORGED))
    return replace(added(round_, "contributions/3", dated), rule="record-time")


def without_the_right(round_: Round) -> Found:
    """An expert of another entity speaks for Lyrania."""
    position = replace(the(round_, Position), entity="lyrania", by=actor(ANA, "expert", 1), **stamp(), seq=0)
    return replace(added(round_, "contributions/3", position), rule="record-right")


def end_anothers_objection(round_: Round) -> Found:
    """An expert of Arcadia withdraws what Lyrania objected (C6)."""
    ended = ObjectionEnded(by=actor(ANA, "expert", 1), **stamp(), objection="3-o1", how="withdrawn")
    return replace(added(round_, "contributions/3", ended), rule="record-right")


def end_an_objection_that_never_was(round_: Round) -> Found:
    """An objection is withdrawn that nobody ever raised."""
    ended = ObjectionEnded(by=actor(LEV, "expert", 2), **stamp(), objection="3-o7", how="withdrawn")
    return replace(added(round_, "contributions/3", ended), rule="record-right")


def confirm_for_another(round_: Round) -> Found:
    """An expert of Arcadia confirms what was entered for the university (C14)."""
    target = the(round_, Position).seq
    done = Confirmed(by=actor(ANA, "expert", 1), **stamp(), target=target, entity="arcadia")
    return replace(added(round_, "contributions/3", done), rule="record-right")


def does_not_fit_its_schema(round_: Round) -> Found:
    """A position without an effect."""
    value = event_to_json(replace(the(round_, Position), **stamp(), seq=0))
    del value["effect"]
    return replace(added(round_, "contributions/3", value), rule="record-event")


def in_anothers_file(round_: Round) -> Found:
    """An event about contribution 3 is put where nobody looks for it."""
    position = replace(the(round_, Position), **stamp(), seq=0)
    return replace(added(round_, "contributions/1", position), rule="record-stream")


def declared_without_readiness(round_: Round) -> Found:
    """The chair declares over Lyrania's objection (C6)."""
    call = the(round_, Called)
    declared = Declared(
        by=actor(CHO, "chair", 3), **stamp(), result="agreed", effect=call.effect, seen=round_.record(),
        basis=call.seq,
    )  # fmt: skip
    return replace(added(round_, "contributions/3", declared), rule="C9")


def a_call_too_short(round_: Round) -> Found:
    """A call of a day (C7)."""
    until = parse_instant("2024-12-03T10:00:00Z")
    return replace(
        added(round_, "contributions/3", replace(the(round_, Called), **stamp(), until=until, seq=0)),
        rule="C7",
    )


def under_other_rules(round_: Round) -> Found:
    """A call that names rules which were never in force (C7)."""
    call = replace(the(round_, Called), **stamp(), rules="sha256:" + "0" * 64, seq=0)
    call = replace(call, until=parse_instant("2024-12-20T10:00:00Z"))
    return replace(added(round_, "contributions/3", call), rule="C7")


def number_given_twice(round_: Round) -> Found:
    """A line with a running number that is taken."""
    content = segment(round_, THIRD)
    commit = rewritten(round_, {THIRD: content + content.splitlines(keepends=True)[-1]})
    return Found("record-sequence", "head.json", commit)


def not_counted(round_: Round) -> Found:
    """A line is added and the count left as it was."""
    content = segment(round_, THIRD)
    value = {
        **json.loads(content.splitlines()[-1]),
        "seq": 1 + json.loads(segment(round_, "head.json"))["events"],
    }
    commit = rewritten(round_, {THIRD: content + json.dumps(value).encode() + b"\n"})
    return Found("record-count", "head.json", commit)


def rehearsal_made_real(round_: Round) -> Found:
    """A record born as a rehearsal says it is real."""
    head = {**json.loads(segment(round_, "head.json")), "rehearsal": False}
    content = json.dumps(head, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    return Found("record-head-changed", "head.json", rewritten(round_, {"head.json": content}))


def two_histories_joined(round_: Round) -> Found:
    """Two histories of the record are joined by a merge."""
    tree = round_.repo.git("rev-parse", "record^{tree}")
    commit = round_.repo.git("commit-tree", tree, "-p", "record", "-p", "record~3", "-m", "Merge")
    round_.repo.git("update-ref", "refs/heads/record", commit)
    return Found("record-history-joined", "record at ", commit)


def main_rewritten(round_: Round) -> Found:
    """The newest state of the text is told anew, with the same words."""
    seen = _last_state(round_)
    round_.repo.git("commit", "--quiet", "--amend", "-m", "Another story", "--date", "2020-01-01T00:00:00Z")
    return Found("text-history", f"event {seen.seq}", _brought(round_, seen.commit, MAIN))


def text_changed_by_hand(round_: Round) -> Found:
    """A clause of the Opinion is changed on the main branch, and nobody declared it (C13)."""
    text = round_.repo.git("show", f"main:{OPINION}") + "\n"
    commit = round_.repo.commit({OPINION: text.replace("people learn", "many learn")})
    return Found("C13", "main commit ", commit)


def version_removed(round_: Round) -> Found:
    """The text that was handed in is no longer kept."""
    seq = the(round_, Received).seq
    round_.repo.git("update-ref", "-d", "refs/contributions/3/v1")
    return Found("version-kept", f"event {seq}", _brought(round_, '"kind":"received"', THIRD))


def version_replaced(round_: Round) -> Found:
    """Under the name of the version stands another text."""
    seq = the(round_, Received).seq
    round_.repo.git("update-ref", "refs/contributions/3/v1", round_.repo.git("rev-parse", "main"))
    return Found("version-kept", f"event {seq}", _brought(round_, '"kind":"received"', THIRD))


ATTACKS: list[Attack] = [
    flip_a_byte,
    drop_a_line,
    reorder_lines,
    edit_anothers_entry,
    edit_in_the_middle_of_history,
    remove_a_file,
    force_push,
    move_a_draft,
    remove_a_draft,
    swap_the_list_of_experts,
    another_list_of_experts,
    received_after_it_was_recorded,
    typed_before_it_was_recorded,
    by_the_registrys_clock,
    without_the_right,
    end_anothers_objection,
    end_an_objection_that_never_was,
    confirm_for_another,
    does_not_fit_its_schema,
    in_anothers_file,
    declared_without_readiness,
    a_call_too_short,
    under_other_rules,
    number_given_twice,
    not_counted,
    rehearsal_made_real,
    two_histories_joined,
    main_rewritten,
    text_changed_by_hand,
    version_removed,
    version_replaced,
]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_tampering_is_named_with_place_and_commit(tmp_path: Path, attack: Attack) -> None:
    """Each row of the table: the rule, the place and the commit stand in one finding."""
    round_ = prepared(tmp_path / "r")
    found = attack(round_)
    assert found.commit
    errors = findings(round_)
    told = "\n".join(f"{one['rule']}: {one['place']} {one['message']} {one['fix']}" for one in errors)
    assert is_named(errors, found), f"{found}\n{told}"
    assert_told(attack.__doc__, found.rule, found.place)


def test_without_an_attack_nothing_is_found(tmp_path: Path) -> None:
    """The prepared round itself is in order, so that what the table finds comes from the attack."""
    assert findings(prepared(tmp_path / "r")) == []


def test_a_record_set_back_behind_what_the_text_shows(tmp_path: Path) -> None:
    """Newest entries cut off: a text nobody answers for shows it, and a draft that the record knows nothing of."""
    round_ = prepared(tmp_path / "r")
    posted = round_.repo.git("log", "--format=%H", "--grep=^draft-1 posted", "record").splitlines()[0]
    round_.repo.git("update-ref", "refs/heads/record", posted)
    told = accord("verify", "--repo", str(round_.path), "--now", NOW, "--format", "json")
    assert told.code == 1
    assert {"C13", "draft-unrecorded"} <= set(told.rules)


def test_a_backdated_entry_of_a_real_record(tmp_path: Path) -> None:
    """Where the clock says when something was entered, an entry dated before the one before it is named."""
    round_ = bare_round(tmp_path / "r")
    begin(round_, "", real=True)
    chronicle = open_desk(str(round_.path), NOW, "").chronicle()
    opened = next(event for event in chronicle.everything() if isinstance(event, Opened))
    for earlier, wrong in ((timedelta(hours=1), False), (timedelta(hours=2), True)):
        moment = opened.recorded - earlier
        again = replace(opened, received=Receipt.instant(moment), recorded=moment, seq=0)
        found = replace(added(round_, "process", again), rule="record-time")
        assert is_named(findings(round_), found) is wrong
