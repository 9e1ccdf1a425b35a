"""Keys on the list of nominated experts: whose they are, on which days, and what is wrong with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from accord.domain.process.keys import fingerprint, key_bytes, key_findings, keys_of, owners
from accord.domain.process.people import Chair, Expert, ExpertsList, Key, Secretary, Term
from tests.domain.process.worlds import PROCESS, at

# Keys that nobody has the other half of: 32 equal bytes each.
FIRST = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB"
SECOND = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIC"

TERM = Term(first=date(2024, 6, 20))


def key(public: str, first: str = "2024-07-01", last: str = "") -> Key:
    """A key that holds on these days."""
    end = date.fromisoformat(last) if last else None
    return Key(public=public, term=Term(first=date.fromisoformat(first), last=end))


ANA = Expert(name="Ana", entity="arcadia", term=TERM, account=1, keys=(key(FIRST, last="2024-12-20"),))
CLEO = Chair(name="Cleo", term=TERM, account=3)
DAN = Secretary(name="Dan", term=TERM, keys=(key(SECOND),))
LIST = ExpertsList(zone=PROCESS.timetable.zone, experts=(ANA,), chairs=(CLEO,), secretariat=(DAN,))


def bytes_of(public: str) -> bytes:
    """A key that is well formed."""
    found = key_bytes(public)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        ("2024-06-30T21:59:59Z", False),
        ("2024-06-30T22:00:00Z", True),
        ("2024-12-20T22:59:59Z", True),
        ("2024-12-20T23:00:00Z", False),
    ],
)
def test_a_key_holds_from_its_first_instant_to_the_end_of_its_last_day(moment: str, holds: bool) -> None:
    """Days are those of the process zone, as for every entry."""
    assert keys_of(LIST, "Ana", 1, at(moment)) == (frozenset([bytes_of(FIRST)]) if holds else frozenset())


def test_a_key_holds_only_while_its_entry_does() -> None:
    """Who has left the list signs nothing any more."""
    left = replace(LIST, experts=(replace(ANA, term=replace(TERM, last=date(2024, 8, 1))),))
    assert keys_of(left, "Ana", 1, at("2024-08-01T12:00:00Z"))
    assert not keys_of(left, "Ana", 1, at("2024-08-02T12:00:00Z"))


def test_the_keys_of_a_person_are_those_of_all_its_entries() -> None:
    """An expert who also chairs signs with either; two keys in turn both hold on the day they meet."""
    also = replace(CLEO, name="Ana", account=1, keys=(key(SECOND, "2024-12-20"),))
    both = replace(LIST, chairs=(also,), secretariat=())
    counts = [len(keys_of(both, "Ana", 1, at(f"2024-12-{day}T12:00:00Z"))) for day in ("19", "20", "21")]
    assert counts == [1, 2, 1]
    assert owners(both, bytes_of(SECOND)) == (also,)


@pytest.mark.parametrize(
    ("name", "account", "whose"),
    [
        ("Ana", 1, FIRST),
        ("Ana of Arcadia", 1, FIRST),  # the account decides
        ("Ana", 7, ""),  # another person of that name
        ("Ana", None, FIRST),  # leaving the account out doesn't get rid of the key
        ("Dan", None, SECOND),
        ("Dan", 9, SECOND),
        ("Cleo", 3, ""),
        ("Eve", 5, ""),
    ],
)
def test_a_person_is_known_by_its_account_and_without_one_by_its_name(
    name: str, account: int | None, whose: str
) -> None:
    """Nobody signs for somebody else, and nobody goes unsigned under another's name."""
    found = keys_of(LIST, name, account, at("2024-09-01T00:00:00Z"))
    assert found == (frozenset([bytes_of(whose)]) if whose else frozenset())


@pytest.mark.parametrize(
    "public",
    [
        "",
        "ssh-ed25519",
        "ssh-ed25519 AAAA",
        "ssh-ed25519 not base64",
        FIRST[:-4],  # cut short
        FIRST.replace("ssh-ed25519", "ssh-rsa"),  # another kind in front than inside
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAAwEBAQ==",  # three bytes are no key
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5",  # a kind and nothing more
    ],
)
def test_what_is_no_key_is_found(public: str) -> None:
    """With its place and whose it is said to be."""
    assert key_bytes(public) is None
    wrong = replace(LIST, experts=(replace(ANA, keys=(key(public),)),))
    (found,) = key_findings(wrong, "experts.yaml")
    assert (found.rule, str(found.place)) == ("experts-key", "experts.yaml: /experts/0/keys/0/key")
    assert "Ana" in found.message
    assert not keys_of(wrong, "Ana", 1, at("2024-09-01T00:00:00Z"))


def test_every_contradiction_between_keys_is_found() -> None:
    """Reversed days; one key with two people; one key twice. The same key in two entries of one person is fine."""
    twice = (key(FIRST), key(SECOND, "2024-08-01", "2024-07-31"), key(FIRST, "2024-09-01"))
    wrong = replace(
        LIST,
        experts=(replace(ANA, keys=twice),),
        chairs=(replace(CLEO, keys=(key(FIRST, "2025-01-01"),)), replace(CLEO, keys=())),
        secretariat=(),
    )
    assert [(one.rule, one.place.path if one.place else "") for one in key_findings(wrong, "x")] == [
        ("experts-term-reversed", "/experts/0/keys/1/until"),
        ("experts-key-twice", "/experts/0/keys/2"),
        ("experts-key-shared", "/chairs/0/keys/0"),
    ]
    again = replace(LIST, chairs=(replace(CLEO, name="Ana", account=1, keys=(key(FIRST),)),))
    assert list(key_findings(again, "x")) == []


def test_a_key_has_a_short_name() -> None:
    """The same for the same key, as short as people compare them."""
    assert fingerprint(bytes_of(FIRST)) == "SHA256:" + fingerprint(bytes_of(FIRST))[7:]
    assert fingerprint(bytes_of(FIRST)) != fingerprint(bytes_of(SECOND))
    assert len(fingerprint(bytes_of(FIRST))) == 7 + 43
