"""What a review says: its button and its words (C3, C6)."""

from __future__ import annotations

import pytest

from accord.domain.forge.commands import ReviewState, review_words
from accord.domain.forge.grammar import Vocabulary
from accord.domain.process.rules import PositionName

WORDS = Vocabulary()
DIFFER = "review-and-words-differ"


@pytest.mark.parametrize(
    ("state", "body", "positions", "told", "may_object"),
    [
        ("APPROVED", "", [("support", "")], [], False),
        ("APPROVED", "Well done.", [("support", "")], [], False),
        ("APPROVED", "/why", [("support", "")], [], False),
        ("APPROVED", "/support on 2.1", [("support", "")], [], False),
        ("APPROVED", "/object on 2.1", [("object", "")], [DIFFER], False),
        ("APPROVED", "/accept", [("accept", "")], [DIFFER], False),
        ("APPROVED", "/objct", [("support", "")], ["command-misspelt"], True),
        ("APPROVED", "But we object to 2.1.", [("support", "")], [], True),
        ("APPROVED", "> /object", [("support", "")], [], False),
        ("CHANGES_REQUESTED", "", [("object", "")], [], False),
        (
            "CHANGES_REQUESTED",
            "Too wide.\n\n> quoted\n\nAnd late.",
            [("object", "Too wide.\n\nAnd late.")],
            [],
            False,
        ),
        ("CHANGES_REQUESTED", "We object.", [("object", "We object.")], [], False),
        ("CHANGES_REQUESTED", "/object on 2.1 Wide.", [("object", "Wide.")], [], False),
        ("CHANGES_REQUESTED", "/why", [("object", "")], [], False),
        ("CHANGES_REQUESTED", "Wide.\n\n/withdraw 12-o1", [("object", "Wide.")], [], False),
        ("CHANGES_REQUESTED", "/support", [("support", "")], [DIFFER], True),
        ("CHANGES_REQUESTED", "/reserve It is voluntary.", [("reserve", "It is voluntary.")], [DIFFER], True),
        ("COMMENTED", "Too wide.", [], [], False),
        ("COMMENTED", "/object", [("object", "")], [], False),
        ("COMMENTED", "We object.", [], [], True),
        ("DISMISSED", "", [], [], False),
        ("DISMISSED", "/object", [("object", "")], [], False),
    ],
)
def test_the_button_and_the_words(
    state: ReviewState, body: str, positions: list[tuple[str, str]], told: list[str], may_object: bool
) -> None:
    """The words count where they give a position; a possible objection is never lost."""
    found = review_words(state, body, vocabulary=WORDS)
    assert [(one.position, one.reason) for one in found.commands if one.kind == "position"] == positions
    assert [one.why for one in found.attempts] == told
    assert found.may_object == may_object


def test_the_button_takes_the_word_of_the_rules() -> None:
    """The first that means it, and not one that recuses; without any, an objection is kept as a possible one."""
    ballot = Vocabulary(positions=(PositionName(name="discuss", means="object"),))
    found = review_words("CHANGES_REQUESTED", "Wide.", vocabulary=ballot)
    assert [(one.position, one.stance, one.line) for one in found.commands] == [("discuss", "object", 0)]
    approved = review_words("APPROVED", "", vocabulary=ballot)
    assert not approved.commands
    assert [(one.why, one.words, one.objection) for one in approved.attempts] == [
        ("command-not-of-these-rules", "Approve", False)
    ]
    silent = Vocabulary(positions=(PositionName(name="yes", means="support"),))
    refused = review_words("CHANGES_REQUESTED", "Wide.", vocabulary=silent)
    assert not refused.commands
    assert refused.may_object


def test_what_is_entered_for_another_is_no_word_of_the_reviewer() -> None:
    """The secretariat's review with an entry is still a review."""
    words = Vocabulary(entities={"arcadia": "Arcadia"})
    found = review_words("APPROVED", "/for arcadia object evidence letter 3", vocabulary=words)
    assert [(one.position, one.entity) for one in found.commands] == [("support", ""), ("object", "arcadia")]
