"""Entries of people who have keys on the list are signed; `verify` names every one that is not as it should be."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from accord.application.ports import Batch, RecordView
from accord.cli.wiring import open_desk
from accord.domain.process.moments import parse_instant
from accord.domain.record.codec import event_to_json
from accord.domain.record.events import Cut, Event, Position
from accord.domain.record.values import Actor, Receipt
from tests.acceptance.signed import LIST, NOW, SignedRound, signed_round, with_key
from tests.acceptance.tampering import assert_told
from tests.acceptance.world import ANA, CHO, EXPERTS, LEV, SAM, Told, accord
from tests.keys import KeyPair, needs_ssh, new_key, signing_with

pytestmark = needs_ssh

LATER = "2024-09-03T09:00:00Z"


@pytest.fixture(name="round_")
def _round(tmp_path: Path) -> SignedRound:
    return signed_round(tmp_path / "text")


def verified(round_: SignedRound, now: str = NOW) -> Told:
    """What `verify` says, on a machine that has nobody's key."""
    with signing_with(None):
        return accord("verify", "--repo", str(round_.path), "--now", now, "--format", "json")


def events_of(round_: SignedRound) -> list[Event]:
    """Every event."""
    return list(open_desk(str(round_.path), NOW, "").chronicle().everything())


# --- signing ------------------------------------------------------------------------------------------------


def test_exactly_the_entries_of_people_with_keys_are_signed(round_: SignedRound) -> None:
    """By Ana, the chair and the secretariat; Lev has no key, and the tool itself signs nothing."""
    written = {(event.by.name, event.by.signed) for event in events_of(round_)}
    assert written == {("accord", False), (ANA, True), (CHO, True), (SAM, True), (LEV, False)}
    told = verified(round_)
    assert told.code == 0, told.out
    (note,) = told.data["findings"]
    assert "7 of 10 entries of people are signed" in note["message"]


def test_git_itself_says_who_signed(round_: SignedRound, tmp_path: Path) -> None:
    """Entry and draft, with nothing but Git's own file of allowed signers."""
    allowed = tmp_path / "allowed"
    allowed.write_text("".join(f"{name.split()[0]} {key.public}\n" for name, key in round_.keys.items()))
    setting = f"gpg.ssh.allowedSignersFile={allowed}"
    signers = round_.repo.git("-c", setting, "log", "--format=%G?%GS", "record").split()
    # Unsigned: the beginning, the first text, the gates of the draft, and three entries of Lev's.
    assert Counter(signers) == {"GAna": 1, "GCho": 2, "GSam": 3, "N": 6}
    round_.repo.git("-c", setting, "verify-tag", "draft-1")


ACTS: list[tuple[str, list[str]]] = [
    (ANA, ["position", "2", "accept", "--for", "arcadia"]),
    (CHO, ["call", "2", "--until", "2024-09-20"]),
    (SAM, ["dispose", "2", "noted", "--reason", "as said"]),
    (SAM, ["cut", "draft-1-corr-1", "--reason", "a word"]),
    (SAM, ["nominate", "lyrania", "--name", "Noa Example", "--country", "Invented", "--active-in-own-country",
           "--registry", "7", "--reason", "late"]),
]  # fmt: skip


@pytest.mark.parametrize(("who", "act"), ACTS, ids=[f"{act[0]} by {who.split()[0]}" for who, act in ACTS])
@pytest.mark.parametrize("dry", [True, False])
def test_who_has_a_key_on_the_list_and_none_here_enters_nothing(
    round_: SignedRound, who: str, act: list[str], dry: bool
) -> None:
    """No key, or somebody else's: it is refused with what to do, and everything is as it was."""
    before = round_.refs()
    more = ["--dry-run"] if dry else []
    for key in (None, round_.keys[CHO if who != CHO else SAM]):
        told = round_.does_with(key, who, LATER, *act, *more, code=2)
        (found,) = told.data["findings"]
        assert found["rule"] == "signing-key"
        assert who in found["message"]
        assert found["fix"]
    assert round_.refs() == before


def test_incorporating_without_a_key_leaves_the_text_as_it_is(round_: SignedRound) -> None:
    """What comes into the text is refused before it does."""
    before = round_.refs()
    told = round_.does_with(
        None, SAM, LATER, "incorporate", "2", "--source", "2", "--reason", "as said", code=2
    )
    assert [one["rule"] for one in told.data["findings"]] == ["signing-key"]
    assert round_.refs() == before


def test_the_key_may_be_named_in_gits_own_settings(round_: SignedRound) -> None:
    """Once for a copy, as for Git itself."""
    round_.repo.git("config", "user.signingkey", str(round_.keys[ANA].file))
    told = round_.does_with(None, ANA, LATER, "position", "2", "accept", "--for", "arcadia")
    assert told.data["events"][-1]["by"]["signed"] is True
    assert verified(round_).code == 0


def test_a_dry_run_signs_nothing(round_: SignedRound) -> None:
    """It says that the entry would be signed."""
    before = round_.refs()
    told = round_.does(SAM, LATER, "dispose", "2", "noted", "--reason", "as said", "--dry-run")
    assert told.data["events"][-1]["by"]["signed"] is True
    assert round_.refs() == before


def test_who_has_no_key_yet_goes_unsigned_until_one_is_listed(round_: SignedRound, tmp_path: Path) -> None:
    """Lev's earlier entries stay as good as they were; from the day of the key on the next ones are signed."""
    key = new_key(tmp_path, "lev")
    round_.lists(with_key(round_.list(), LEV, key.public).replace(
        f'{key.public}", from: "2024-07-01"', f'{key.public}", from: "2024-09-03"'
    ))  # fmt: skip
    again = ["withdraw", "2", "--reason", "done"]
    early = ["revise", "2", "--metadata", round_.metadata(source="Lyrania", title="One more step")]
    told = round_.does(LEV, "2024-09-02T12:00:00Z", *early, code=1)  # it is late, and recorded all the same
    assert "signed" not in told.data["events"][-1]["by"]
    round_.does(LEV, LATER, *again, code=2)
    assert round_.does_with(key, LEV, LATER, *again).data["events"][-1]["by"]["signed"] is True
    assert verified(round_).code == 0
    assert "not signed" not in round_.says(NOW, "status", "1").out


def test_a_key_that_is_replaced_leaves_what_it_signed_good(round_: SignedRound, tmp_path: Path) -> None:
    """Each entry is judged by the list as known then: the old key for the old ones, the new one from now on."""
    old, new = round_.keys[CHO], new_key(tmp_path, "cho-new")
    ended = with_key(round_.list(), CHO, old.public, until="2024-09-02")
    entry = f'{{key: "{old.public}", from: "2024-07-01", until: "2024-09-02"}}'
    assert entry in ended
    round_.lists(ended.replace(entry, f'{entry}, {{key: "{new.public}", from: "2024-09-03"}}'))
    act = ["call", "2", "--until", "2024-09-20"]
    told = round_.does_with(old, CHO, LATER, *act, code=2)
    assert [one["rule"] for one in told.data["findings"]] == ["signing-key"]
    round_.does_with(new, CHO, LATER, *act)
    assert verified(round_).code == 0


# --- what verify finds --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """What must be named: rule, place and commit."""

    rule: str
    place: str
    commit: str


Attack = Callable[[SignedRound], Found]


def stamp(at: str = LATER) -> dict[str, Any]:
    """When it is said to have happened and been entered."""
    return {"received": Receipt.instant(parse_instant(at)), "recorded": parse_instant(at)}


def support(by: Actor, *, at: str = LATER) -> Position:
    """A support for Arcadia, which is a source and holds no position: nothing else is wrong with it."""
    return Position(by=by, **stamp(at), subject="1", entity="arcadia", stance="support", effect=())


ANA_ACTS = Actor(name=ANA, role="expert", id=1)


def added(round_: SignedRound, event: Event, rule: str, key: KeyPair | None = None) -> Found:
    """Where an entry added behind the tool's back must be named, signed with a key or not at all."""
    desk = open_desk(str(round_.path), NOW, "")
    stream = f"contributions/{event.subject}" if event.subject else "process"

    def sign(content: bytes) -> str:
        from accord.adapters.ssh import SshSigner
        from accord.domain.process.keys import key_bytes

        assert key is not None
        public = key_bytes(key.public)
        assert public is not None
        return SshSigner(setting=lambda _: str(key.file)).sign(content, "", [public])

    def batch(_: RecordView) -> Batch:
        return Batch(subject="As usual", events=[(stream, event_to_json(event))], sign=sign if key else None)

    done = desk.store.append(batch, parse_instant(LATER))
    file = "contributions/00/00/01/0000.jsonl" if event.subject else "process/00/0000.jsonl"
    return Found(rule, f"{file} event {done.events[0]['seq']} ", done.commit)


def not_signed(round_: SignedRound) -> Found:
    """An entry of Ana's that nobody signed."""
    return added(round_, support(ANA_ACTS), "signature-missing")


def said_to_be_signed(round_: SignedRound) -> Found:
    """The same, and the entry says that it is signed."""
    return added(round_, support(replace(ANA_ACTS, signed=True)), "signature-missing")


def said_to_be_signed_without_a_key(round_: SignedRound) -> Found:
    """Lev has no key, and an entry of his says that it is signed."""
    lev = Actor(name=LEV, role="expert", id=2, signed=True)
    return added(round_, replace(support(lev), entity="lyrania"), "signature-said")


def signed_and_not_said(round_: SignedRound) -> Found:
    """An entry is signed by Ana, and says that it is not."""
    return added(round_, support(ANA_ACTS), "signature-said", round_.keys[ANA])


def signed_by_another(round_: SignedRound) -> Found:
    """The secretariat signs in Ana's name."""
    return added(round_, support(replace(ANA_ACTS, signed=True)), "signature-foreign", round_.keys[SAM])


def signed_by_a_stranger(round_: SignedRound) -> Found:
    """An entry is signed with a key that is nobody's."""
    key = new_key(round_.path.parent, "eve")
    return added(round_, support(replace(ANA_ACTS, signed=True)), "signature-foreign", key)


def signed_without_a_key_on_the_list(round_: SignedRound) -> Found:
    """An entry of Lev's with the key of Ana."""
    lev = Actor(name=LEV, role="expert", id=2, signed=True)
    return added(round_, replace(support(lev), entity="lyrania"), "signature-foreign", round_.keys[ANA])


def without_the_account(round_: SignedRound) -> Found:
    """An entry in Ana's name without her account, as if by a stranger who has no key."""
    nameless = Actor(name=ANA, role="source")
    return added(round_, replace(support(nameless)), "signature-missing")


def key_that_has_ended(round_: SignedRound) -> Found:
    """Ana's key ended on 1 August; it still signs."""
    key = round_.keys[ANA]
    round_.lists(with_key(round_.list(), ANA, key.public, until="2024-08-31"))
    round_.does(SAM, "2024-09-02T12:00:00Z", "dispose", "2", "noted", "--reason", "seen")
    return added(round_, support(replace(ANA_ACTS, signed=True)), "signature-date", key)


def key_that_is_not_there_yet(round_: SignedRound) -> Found:
    """Ana's next key begins next year; it signs already."""
    key = new_key(round_.path.parent, "next")
    old = round_.keys[ANA].public
    entry = f'{{key: "{old}", from: "2024-07-01"}}'
    round_.lists(round_.list().replace(entry, f'{entry}, {{key: "{key.public}", from: "2025-01-01"}}'))
    round_.does(SAM, "2024-09-02T12:00:00Z", "dispose", "2", "noted", "--reason", "seen")
    return added(round_, support(replace(ANA_ACTS, signed=True)), "signature-date", key)


def key_listed_too_late(round_: SignedRound) -> Found:
    """The key came onto the list after it had signed: the list as known then decides, not the newest."""
    key = new_key(round_.path.parent, "mine")
    found = added(round_, support(replace(ANA_ACTS, signed=True)), "signature-foreign", key)
    entry = f'{{key: "{round_.keys[ANA].public}", from: "2024-07-01"}}'
    round_.lists(round_.list().replace(entry, f'{entry}, {{key: "{key.public}", from: "2024-07-01"}}'))
    round_.does(SAM, LATER, "dispose", "2", "noted", "--reason", "seen")
    return found


def changed_after_signing(round_: SignedRound) -> Found:
    """The newest entry says something else; its signature is left where it is."""
    return _newest_changed(
        round_, lambda body: body.replace("Contribution 1 incorporated", "Contribution 1 refused")
    )


def dated_back_after_signing(round_: SignedRound) -> Found:
    """Only the date of the newest commit is made another."""
    return _newest_changed(round_, lambda body: body.replace(" +0000\ngpgsig", " +0100\ngpgsig"))


def signature_of_another_entry(round_: SignedRound) -> Found:
    """An entry carries the signature of another one."""
    before = _signature(round_.repo.git("cat-file", "commit", "record~1"))

    def swapped(body: str) -> str:
        return body.replace(_signature(body), before)

    # The declaration was signed by the chair, so the signature doesn't fit in either way.
    return _newest_changed(round_, swapped)


def _signature(body: str) -> str:
    start = body.index("gpgsig ")
    return body[start : body.index("-----END", start)]


def _newest_changed(round_: SignedRound, change: Callable[[str], str]) -> Found:
    body = round_.repo.git("cat-file", "commit", "record") + "\n"
    assert change(body) != body
    commit = round_.repo.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=change(body))
    round_.repo.git("update-ref", "refs/heads/record", commit)
    newest = events_of(round_)[-1]
    return Found("signature-broken", f"contributions/00/00/01/0000.jsonl event {newest.seq} ", commit)


def draft_that_nobody_signed(round_: SignedRound) -> Found:
    """A tag of the secretariat's without its signature, and an entry that names it."""
    desk = open_desk(str(round_.path), NOW, "")
    tag = desk.repository.read_tag("draft-1")
    assert tag is not None
    assert tag.moment is not None
    plain = desk.repository.write_tag_object("draft-1", tag.target, tag.message, tag.moment, tag.tagger)
    cut = next(event for event in events_of(round_) if isinstance(event, Cut))
    found = added(round_, replace(cut, **stamp(), tag=plain, seq=0), "signature-missing", round_.keys[SAM])
    return replace(found, place=f"record event {found.place.split()[2]}")


ATTACKS: list[Attack] = [
    not_signed,
    said_to_be_signed,
    said_to_be_signed_without_a_key,
    signed_and_not_said,
    signed_by_another,
    signed_by_a_stranger,
    signed_without_a_key_on_the_list,
    without_the_account,
    key_that_has_ended,
    key_that_is_not_there_yet,
    key_listed_too_late,
    changed_after_signing,
    dated_back_after_signing,
    signature_of_another_entry,
    draft_that_nobody_signed,
]


@pytest.mark.parametrize("attack", ATTACKS, ids=[attack.__name__.replace("_", " ") for attack in ATTACKS])
def test_a_signature_that_is_not_as_it_should_be_is_named(round_: SignedRound, attack: Attack) -> None:
    """Rule, place (file, line, event) and commit; and `verify` ends with 1."""
    assert verified(round_).code == 0
    wanted = attack(round_)
    told = verified(round_)
    assert told.code == 1
    named = [
        one
        for one in told.data["findings"]
        if one["rule"] == wanted.rule
        and wanted.place in f"{one['place']['file']} {one['place']['path']} "
        and wanted.commit[:12] in json.dumps(one)
    ]
    assert len(named) == 1, told.out
    assert_told(attack.__doc__, wanted.rule, wanted.place)
    if named[0]["place"]["file"] != "record":
        number = named[0]["place"]["line"]
        line = round_.repo.git("show", f"{wanted.commit}:{named[0]['place']['file']}").splitlines()[
            number - 1
        ]
        assert f" {json.loads(line)['seq']} " in wanted.place


def test_only_the_entry_that_is_wrong_is_named(round_: SignedRound) -> None:
    """The entries before and after a forged one stay good."""
    not_signed(round_)
    round_.does(SAM, LATER, "dispose", "2", "noted", "--reason", "seen")
    errors = [one["rule"] for one in verified(round_).data["findings"] if one["severity"] == "error"]
    assert errors == ["signature-missing"]


def test_what_is_not_signed_says_so_wherever_it_counts(round_: SignedRound, tmp_path: Path) -> None:
    """In `status`, `why` and the documents; the objection that it raises withholds all the same."""
    ana = Actor(name=ANA, role="expert", id=1)
    objection = replace(support(ana), subject="2", stance="object", objection="2-o1", effect=())
    before = round_.says(NOW, "status", "2").out + round_.says(NOW, "why", "2", code=1).out
    assert "not signed" not in before.lower()
    seq = added(round_, objection, "").place.split()[2]
    told = round_.says(NOW, "status", "2").out
    (position,) = [
        line for line in told.splitlines() if "experts nominated by Arcadia" in line and "2-o1" not in line
    ]
    assert position.endswith("; not signed")
    (act,) = [line for line in told.splitlines() if line.strip().startswith(f"{seq} ")]
    assert act.endswith("; not signed")
    sentence = f"Not signed, though their writers have a key: {seq} (numbers in the record)."
    assert sentence in told
    assert sentence in round_.says(NOW, "why", "2", code=1).out
    assert round_.status("2", NOW)["unsigned"] == [int(seq)]
    round_.says(NOW, "build", "HEAD", "-o", str(tmp_path / "built"))
    pages = "".join(page.read_text("utf-8") for page in (tmp_path / "built").rglob("*.md"))
    assert sentence.partition(":")[0] in pages


def test_provenance_says_nothing_of_signatures_where_every_key_has_signed(round_: SignedRound) -> None:
    """Lev has no key, so that his objection is no exception."""
    clause = round_.says(NOW, "provenance", "considering a)", code=None)
    assert "Declared agreed by Cho Example" in clause.out, clause.err
    assert "Not signed" not in clause.out


def test_a_key_taken_out_of_the_list_is_noticed(round_: SignedRound) -> None:
    """Without it entries would go unsigned and nobody would ask: a warning, with the state of the list."""
    round_.lists(EXPERTS)
    round_.does_with(None, SAM, LATER, "dispose", "2", "noted", "--reason", "seen")
    told = verified(round_)
    found = [one for one in told.data["findings"] if one["rule"] == "signature-key-removed"]
    assert sorted(one["message"].partition(" of ")[2].split(" was")[0] for one in found) == [ANA, CHO, SAM]
    assert {one["severity"] for one in found} == {"warning"}
    assert all("event" in one["place"]["path"] for one in found)


def test_signatures_that_cannot_be_checked_are_no_good_news(
    round_: SignedRound, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without `ssh-keygen` the answer is not `yes`."""
    only_git = tmp_path / "bin"
    only_git.mkdir()
    import shutil

    found = shutil.which("git")
    assert found
    (only_git / "git").symlink_to(found)
    monkeypatch.setenv("PATH", str(only_git))
    told = verified(round_)
    assert told.code == 1
    assert "ssh-missing" in told.rules


def test_a_key_that_is_none_is_found_in_the_file(round_: SignedRound) -> None:
    """`check` names the line of a key that was cut off, and of one that two people share."""
    cut_off, shared = round_.keys[SAM].public[:-4], round_.keys[ANA].public
    text = round_.list().replace(round_.keys[SAM].public, cut_off).replace(round_.keys[CHO].public, shared)
    (round_.path / LIST).write_text(text, encoding="utf-8")
    told = accord("check", "--repo", str(round_.path), "--now", NOW, "--format", "json")
    lines = {one["rule"]: one["place"]["line"] for one in told.data["findings"]}
    assert lines["experts-key"] == 1 + [SAM in line for line in text.splitlines()].index(True)
    assert lines["experts-key-shared"] == 1 + [CHO in line for line in text.splitlines()].index(True)
