"""Answers to what was tried and does not count: each once, with the reason and what to write instead (C12)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from accord.domain.forge.marker import answer_marks
from accord.domain.forge.plan import Answer
from accord.render.forge.escaping import block, prose, sentence
from accord.render.forge.moments import show_short

if TYPE_CHECKING:
    from accord.domain.record.events import Heard
    from accord.render.messages import Speaking

LONGEST = 50_000
QUESTION = "question"
"""The reason under which a question is recorded; its answer then stands where the reason does."""


def answers(heard: Iterable[Heard], words: Speaking) -> tuple[Answer, ...]:
    """Comments that answer all of these, in order; one, unless there is too much to say."""
    out: list[Answer] = []
    posts: list[str] = []
    parts: list[str] = []
    for one in heard:
        said = _answer(one, words)
        if parts and sum(len(part) for part in parts) + len(said) > LONGEST:
            out.append(_comment(posts, parts))
            posts, parts = [], []
        posts.append(one.post)
        parts.append(said)
    return (*out, _comment(posts, parts)) if parts else tuple(out)


def _comment(posts: list[str], parts: list[str]) -> Answer:
    return Answer(posts=tuple(posts), body=answer_marks(tuple(posts)) + "\n\n".join(parts))


def _answer(one: Heard, words: Speaking) -> str:
    """One of them. The name stands without a sign before it, so that nobody's telephone rings twice."""
    when = show_short(one.received.latest, words)
    who = f"**{prose(one.by.name, 100)}**, to what you wrote on {when}:"
    if one.why == QUESTION:
        return f"{who}\n\n{block(one.reason, 6_000)}"
    quoted = "" if one.words and one.words in one.reason else f"“{prose(one.words, 200)}” — "
    fix = f" {sentence(one.fix)}" if one.fix else ""
    return f"{who} {quoted}{sentence(one.reason)}{fix}"
