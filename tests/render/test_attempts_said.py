"""What people are told about words that were ignored."""

from __future__ import annotations

from typing import get_args

import pytest

from accord.domain.forge.commands import read_words
from accord.domain.forge.grammar import Vocabulary, Why
from accord.render.messages.attempts import BECAUSE, attempt_said


def test_every_reason_has_its_sentence() -> None:
    """No rule key without words, and no words without one."""
    assert set(BECAUSE) == set(get_args(Why))
    assert len(set(BECAUSE.values())) == len(BECAUSE) - 1  # `+1` and `-1` share theirs


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (
            "/suport",
            "“/suport” did not count: there is no command of that spelling. Write: `/support [REASON]`.",
        ),
        (
            "/objct",
            (
                "“/objct” did not count: there is no command of that spelling. "
                "Write: `/object [on CLAUSES] [REASON]`. "
                "It may be an objection: it is kept as one until you confirm it or take it back."
            ),
        ),
        ("/shrug", "“/shrug” did not count: there is no such command."),
        ("/recall", "“/recall” did not count: the reason is missing. Write: `/recall REASON`."),
    ],
)
def test_an_attempt_is_answered(body: str, sentence: str) -> None:
    """Which words, why, what to write instead."""
    (attempt,) = read_words(body, vocabulary=Vocabulary()).attempts
    said = attempt_said(attempt.why, attempt.words, attempt.suggestion, objection=attempt.objection)
    assert said == sentence


def test_long_words_are_shortened() -> None:
    """A stranger's line does not fill the page."""
    assert len(attempt_said("plus-one", "+1 " * 1000)) < 150
