"""Whom a notice calls, and by what name."""

from __future__ import annotations

from datetime import UTC, datetime

from accord.domain.record.events import Position
from accord.domain.record.values import Actor, Evidence, Receipt
from accord.render.forge.notices import notices
from tests.render.forge.living import living
from tests.render.forge.test_escaping import WORDS

NOW = datetime(2025, 1, 6, tzinfo=UTC)


def entry() -> Position:
    """What the secretariat entered for Lyrania."""
    return Position(
        by=Actor(name="Sam Example", role="secretariat"),
        received=Receipt.instant(NOW),
        recorded=NOW,
        subject="12",
        seq=41,
        entity="lyrania",
        stance="accept",
        effect=(),
        evidence=Evidence(description="letter of @everybody"),
    )


def test_experts_are_called_and_nobody_else() -> None:
    """By the names of their accounts where these can be names; a letter calls nobody."""
    (one,) = notices([entry()], WORDS, {"lyrania": ["lev-example", "x @y", "</b>"], "arcadia": ["ana"]}, ())
    assert one.posts == ("entry/41",)
    assert one.body.startswith("<!-- accord:answer entry/41 -->\n@lev-example The secretariat entered")
    assert one.body.count("@lev-example") == 1
    assert living(one.body) == ["mention in '@lev-example'"]
    assert "</b>" not in one.body


def test_what_was_told_is_not_told_again() -> None:
    """Nor is anything called of an entity without accounts."""
    assert notices([entry()], WORDS, {}, ("entry/41",)) == ()
    assert "-->\nThe secretariat" in notices([entry()], WORDS, {}, ())[0].body
