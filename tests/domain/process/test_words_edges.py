"""What is said to a stranger: the nearest name, a text cut to size; and keys that only look well formed."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest

from accord.domain.process.addresses import without_addresses
from accord.domain.process.keys import fingerprint, key_bytes, key_findings, owners
from accord.domain.process.suggest import did_you_mean, shorten
from tests.domain.process.test_keys import ANA, DAN, FIRST, LIST, SECOND, bytes_of, key


@pytest.mark.parametrize(
    ("name", "known", "answer"),
    [
        ("a", [], "None is known yet."),
        ("draft2", ["draft-1", "draft-2", "draft-3"], "Did you mean `draft-2`?"),
        ("DRAFT2", ["Draft-1", "Draft-2"], "Did you mean `Draft-2`?"),
        ("x", ["b", "a", "b"], "Known: `b`, `a`."),
        ("x" * 100 + "abcdefgh", ["abcdefgh"], "Known: `abcdefgh`."),
        ("?", [f"n{n}" for n in range(12)], "Known: " + ", ".join(f"`n{n}`" for n in range(12)) + "."),
        ("?", [f"n{n}" for n in range(13)], "Known: " + ", ".join(f"`n{n}`" for n in range(12)) + ", ...."),
        ("abcde", ["abxyz"], "Known: `abxyz`."),
        ("abcde", ["abcxy"], "Did you mean `abcxy`?"),
    ],
)
def test_what_is_suggested(name: str, known: list[str], answer: str) -> None:
    """One that is near enough, else what there is, each once and not without end."""
    assert did_you_mean(name, known) == answer


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("a" * 60, None, "a" * 60),
        ("a" * 61, None, "a" * 57 + "..."),
        ("abcdef", 6, "abcdef"),
        ("abcdefg", 6, "abc..."),
        ("a\nb\u200bc", None, "a b c"),
        ("", None, ""),
    ],
)
def test_a_text_is_cut_to_size(text: str, limit: int | None, shown: str) -> None:
    """On one line, with nothing hidden in it."""
    assert (shorten(text) if limit is None else shorten(text, limit)) == shown


def test_a_word_stands_for_an_address() -> None:
    """So that a sentence stays one."""
    assert without_addresses("Ask ana@example.org today.") == "Ask (address) today."


def packed(*fields: bytes) -> bytes:
    """The inside of a key: each part after its length."""
    return b"".join(len(one).to_bytes(4) + one for one in fields)


def written(kind: str, content: bytes) -> str:
    """A key as a line."""
    return f"{kind} {base64.b64encode(content).decode()}"


OTHER = packed(b"ssh-rsa", b"\x01\x00\x01", b"\x00" + b"\x05" * 65)


@pytest.mark.parametrize(
    ("public", "fine"),
    [
        (FIRST, True),
        (written("ssh-rsa", OTHER), True),
        (written("ssh-ed25519", packed(b"ssh-ed25519", b"\x01" * 31)), False),
        (written("ssh-ed25519", packed(b"ssh-ed25519", b"\x01" * 33)), False),
        (written("ssh-rsa", packed(b"ssh-rsa", b"\x01" * 33)), True),
        (written("ssh-rsa", packed(b"ssh-ed25519", b"\x01" * 32)), False),
        (written("ssh-rsa", packed(b"ssh-rsa")), False),
        (written("ssh-rsa", OTHER[:-1]), False),
        (written("ssh-rsa", OTHER + b"\x00"), False),
        (written("ssh-rsa", OTHER + b"\x00\x00\x00\x01"), False),
        (written("ssh-rsa", OTHER + b"\x00\x00\x00\x00"), True),
        (written("ssh-rsa", b""), False),
        (FIRST.replace("AAAAC3", "AAA!AC3"), False),
        (FIRST + " a comment", False),
        (FIRST[:-1], False),
        ("", False),
    ],
)
def test_what_a_public_key_is(public: str, fine: bool) -> None:
    """Its kind twice, its parts in full, and an ordinary key as long as it must be."""
    assert (key_bytes(public) is not None) is fine


def test_a_fingerprint_is_that_of_the_usual_program() -> None:
    """`ssh-keygen -l` prints it without the filling at its end."""
    assert fingerprint(b"") == "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"


def test_who_lists_a_key_besides_others() -> None:
    """Whichever of its keys it is."""
    both = replace(ANA, keys=(*ANA.keys, key(SECOND)))
    found = owners(replace(LIST, experts=(both,)), bytes_of(SECOND))
    assert found == (both, DAN)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ((key(FIRST, "2024-07-01", "2024-07-01"),), []),
        ((key(FIRST, "2024-07-02", "2024-07-01"),), ["experts-term-reversed /secretariat/0/keys/0/until"]),
        ((key("ssh-rsa x"),), ["experts-key /secretariat/0/keys/0/key"]),
        ((key(FIRST, "2024-07-01", "2024-07-31"), key(FIRST, "2024-08-01")), []),
        ((key(FIRST, "2024-07-01", "2024-07-31"), key(FIRST, "2024-07-31")),
         ["experts-key-twice /secretariat/0/keys/1"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_keys(keys: tuple[object, ...], said: list[str]) -> None:
    """With the place of the key; the same one twice on the same day is told, one after the other is not."""
    experts = replace(LIST, experts=(), secretariat=(replace(DAN, keys=keys),))  # type: ignore[arg-type]
    assert [f"{one.rule} {one.place.path}" for one in key_findings(experts, "f") if one.place] == said
