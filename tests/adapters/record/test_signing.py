"""Signatures: made and checked by `ssh-keygen`, kept where Git keeps them, and understood by Git itself."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from accord.adapters.git import Git
from accord.adapters.record import GitRecordStore
from accord.adapters.ssh import SshSigner, signing_key
from accord.application.ports import Batch, Sign, Signed
from accord.domain.findings import Exit, Refused
from accord.domain.process.keys import fingerprint, key_bytes
from tests.conftest import Repo, new_repo
from tests.keys import KeyPair, needs_ssh, new_key, signing_with

pytestmark = needs_ssh

SAM = "Sam Example"
WORDS = b"tree 1\n\nAs decided\n"


@pytest.fixture
def key(tmp_path: Path) -> KeyPair:
    return new_key(tmp_path, "sam")


@pytest.fixture(autouse=True)
def _no_key_named() -> Iterator[None]:
    with signing_with(None):
        yield


def bytes_of(*keys: KeyPair) -> list[bytes]:
    """The keys as the list has them."""
    return [content for key in keys if (content := key_bytes(key.public))]


def signer(setting: str = "") -> SshSigner:
    """A signer on a machine where Git's `user.signingkey` says this."""
    return SshSigner(setting=lambda _: setting)


def in_the_name_of_sam(key: KeyPair) -> Sign:
    """As the desk would hand it to the store."""
    return lambda content: signer(str(key.file)).sign(content, SAM, bytes_of(key))


def refusal(call: Callable[[], object]) -> tuple[str, Exit]:
    """Rule and exit code of what a call is refused with."""
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.findings[0].rule, caught.value.exit_code


# --- the program -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["ed25519", "ecdsa", "rsa"])
def test_what_is_signed_is_known_by_its_key_and_by_nothing_else(tmp_path: Path, kind: str) -> None:
    """The content fits; one byte more, another signature, or no signature at all does not."""
    key = new_key(tmp_path, "one", kind)
    signature = signer(str(key.file)).sign(WORDS, SAM, bytes_of(key))
    assert signing_key(signature) == bytes_of(key)[0]
    tried = [
        Signed(content=WORDS, signature=signature),
        Signed(content=WORDS + b" ", signature=signature),
        Signed(content=WORDS, signature=signature.replace("SIGNATURE", "SIGNATUR")),
        Signed(content=WORDS, signature=signature[:60] + "A" + signature[61:]),
        Signed(content=WORDS, signature=signature + signature),
        Signed(content=WORDS, signature=""),
    ]
    assert signer().signed_with(tried) == [bytes_of(key)[0], None, None, None, None, None]


def test_a_signature_made_for_another_purpose_is_none(tmp_path: Path, key: KeyPair) -> None:
    """Something that the same key signed as a file is no signature of an entry."""
    file = tmp_path / "letter"
    file.write_bytes(WORDS)
    subprocess.run(
        ["ssh-keygen", "-Y", "sign", "-n", "file", "-f", str(key.file), str(file)],
        check=True,
        capture_output=True,
    )
    signature = (tmp_path / "letter.sig").read_text()
    assert signer().signed_with([Signed(content=WORDS, signature=signature)]) == [None]


def test_the_key_comes_from_the_environment_or_from_gits_own_setting(tmp_path: Path, key: KeyPair) -> None:
    """The environment goes first; a public key stands for the private one beside it."""
    other = new_key(tmp_path, "other")
    by_setting = signer(str(key.file)).sign(WORDS, SAM, bytes_of(key, other))
    by_public = signer(f"{key.file}.pub").sign(WORDS, SAM, bytes_of(key, other))
    with signing_with(other):
        by_variable = signer(str(key.file)).sign(WORDS, SAM, bytes_of(key, other))
    made = [signing_key(one) for one in (by_setting, by_public, by_variable)]
    assert made == [bytes_of(key)[0], bytes_of(key)[0], bytes_of(other)[0]]


def test_without_the_right_key_nothing_is_signed(tmp_path: Path, key: KeyPair) -> None:
    """No key named; one that is not listed, said before and after signing; a file that is none; a passphrase."""
    other, locked = new_key(tmp_path, "other"), new_key(tmp_path, "locked", locked=True)
    hidden = new_key(tmp_path, "hidden")
    hidden.file.with_suffix(".pub").unlink()
    wanted = bytes_of(key)
    assert refusal(lambda: signer().refuse_without_key(SAM, wanted)) == ("signing-key", Exit.USAGE)
    for named in (str(other.file), other.public, f"key::{other.public}", f"{other.file}.pub"):
        assert refusal(partial(signer(named).refuse_without_key, SAM, wanted)) == (
            "signing-key",
            Exit.USAGE,
        )
    signer(str(hidden.file)).refuse_without_key(SAM, wanted)  # it can't be known yet
    assert refusal(lambda: signer(str(hidden.file)).sign(WORDS, SAM, wanted)) == ("signing-key", Exit.USAGE)
    for named, keys in (
        (str(tmp_path / "nothing"), wanted),
        (str(locked.file), bytes_of(locked)),
        (key.public, wanted),  # only an agent has the other half
    ):
        assert refusal(partial(signer(named).sign, WORDS, SAM, keys)) == (
            "signing-failed",
            Exit.OUTSIDE,
        )


def test_a_missing_program_is_named(key: KeyPair, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to install."""
    monkeypatch.setenv("PATH", "/nowhere")
    signed = Signed(content=WORDS, signature=_any_signature(bytes_of(key)[0]))
    assert refusal(lambda: signer().signed_with([signed])) == ("ssh-missing", Exit.OUTSIDE)
    assert refusal(lambda: signer(str(key.file)).sign(WORDS, SAM, bytes_of(key))) == (
        "ssh-missing",
        Exit.OUTSIDE,
    )


def _any_signature(key: bytes) -> str:
    """The form of a signature, with nothing behind it."""
    content = b"SSHSIG\0\0\0\1" + len(key).to_bytes(4) + key + b"\0\0\0\3git"
    return (
        "-----BEGIN SSH SIGNATURE-----\n"
        + base64.b64encode(content).decode()
        + "\n-----END SSH SIGNATURE-----\n"
    )


# --- in the record -----------------------------------------------------------------------------------------


def allowed(folder: Path, key: KeyPair) -> Path:
    """Git's own file of allowed signers, naming the key."""
    file = folder / "allowed"
    file.write_text(f'sam namespaces="git" {key.public}\n')
    return file


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_git_itself_understands_a_signed_entry_and_a_signed_draft(
    tmp_path: Path, key: KeyPair, moment: datetime, algorithm: str
) -> None:
    """Commit and tag verify with plain git; what Accord reads of them is what was signed."""
    repo = new_repo(tmp_path / "text", f"--object-format={algorithm}")
    repo.commit({"a.md": "One\n"})
    with Git.open(repo.path) as git:
        store = GitRecordStore(git)
        store.create(rehearsal=True, forum="X", moment=moment)
        sign = in_the_name_of_sam(key)
        done = store.append(
            lambda _: Batch(subject="Signed", events=[("main", {"kind": "a"})], sign=sign), moment
        )
        tag = git.write_tag_object("draft-1", "main", "First Draft\n\nBody", moment, "Accord", sign)
        git.create_ref("refs/tags/draft-1", tag)
        read = git.read_tag("draft-1")
        assert read is not None
        assert (read.message, read.signed.signature != "") == ("First Draft\n\nBody\n", True)
        checked = signer().signed_with([*git.signed([done.commit]), read.signed])
        assert checked == bytes_of(key) * 2
        unsigned = git.write_tag_object("draft-1", "main", "First Draft\n\nBody", moment, "Accord")
        other = git.read_tag_object(unsigned)
        assert other is not None
        assert (other.signed.content, other.signed.signature) == (read.signed.content, "")
    settings = ("-c", f"gpg.ssh.allowedSignersFile={allowed(tmp_path, key)}")
    repo.git(*settings, "verify-commit", "record")
    repo.git(*settings, "verify-tag", "draft-1")
    repo.git("fsck", "--strict")


def test_the_history_says_which_commit_brought_which_event(
    repo: Repo, key: KeyPair, moment: datetime
) -> None:
    """File, line and number of each, whether the commit signs them or not."""
    with Git.open(repo.path) as git:
        store = GitRecordStore(git)
        begun = store.create(rehearsal=True, forum="X", moment=moment)
        first = store.append(
            lambda _: Batch(subject="Two", events=[("main", {"kind": "a"}), ("process", {"kind": "b"})]),
            moment,
        )
        second = store.append(
            lambda _: Batch(subject="One", events=[("main", {"kind": "c"})], sign=in_the_name_of_sam(key)),
            moment,
        )
        history = store.history()
    assert history.findings == ()
    assert [
        (one.commit, [(line.seq, line.file, line.number) for line in one.lines], one.signed.signature != "")
        for one in history.commits
    ] == [
        (begun, [], False),
        (first.commit, [(1, "main/00/0000.jsonl", 1), (2, "process/00/0000.jsonl", 1)], False),
        (second.commit, [(3, "main/00/0000.jsonl", 2)], True),
    ]


def test_nothing_is_added_when_it_cannot_be_signed(repo: Repo, moment: datetime) -> None:
    """The record stays as it was."""
    with Git.open(repo.path) as git:
        store = GitRecordStore(git)
        before = store.create(rehearsal=True, forum="X", moment=moment)

        def sign(content: bytes) -> str:
            return signer().sign(content, SAM, [b"x"])

        assert refusal(
            lambda: store.append(
                lambda _: Batch(subject="x", events=[("main", {"kind": "a"})], sign=sign), moment
            )
        ) == ("signing-key", Exit.USAGE)
        assert store.tip() == before


def test_the_short_name_of_a_key_is_the_one_people_know(key: KeyPair) -> None:
    """As `ssh-keygen -l` prints it."""
    printed = subprocess.run(
        ["ssh-keygen", "-l", "-f", str(key.file)], check=True, capture_output=True, text=True
    ).stdout
    assert fingerprint(bytes_of(key)[0]) in printed
