"""What somebody said in a comment or a review: commands, attempts at one, and prose that reads as an objection.

Pure reading: who wrote it, whether they may, and what it is about is decided elsewhere (C3-C6, C12).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from accord.domain.forge.attempts import Attempt, attempt_in, failed, second_on_a_line, slash_free
from accord.domain.forge.grammar import Command, Vocabulary
from accord.domain.forge.own_words import Line, Where, own_lines
from accord.domain.forge.parsing import NoCommand, head, is_known, read_command
from accord.domain.forge.prose import prose_objection
from accord.domain.record.values import CAUTION, Stance

ReviewState = Literal["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED"]

_BUTTONS: dict[str, tuple[Stance, str]] = {
    "APPROVED": ("support", "Approve"),
    "CHANGES_REQUESTED": ("object", "Request changes"),
}
# What is said with these is about somebody's objection, or about a result, and is no objection of its author.
_ABOUT_OTHERS = frozenset(
    {"withdraw-objection", "met", "call", "recall", "declare", "reopen", "set-aside", "dispose-objection", "ask",
     "admit", "waive", "dispose"}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read in one comment: in order of the lines; ``prose_objection`` is the sentence, "" if there is none."""

    commands: tuple[Command, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    prose_objection: str = ""

    @property
    def may_object(self) -> bool:
        """Whether something here may be an objection that was not given as one (C6)."""
        return bool(self.prose_objection) or any(attempt.objection for attempt in self.attempts)


@dataclass(slots=True, kw_only=True)
class _Piece:
    """A line that begins a command, and the author's lines below it up to the next."""

    line: Line
    verb: str
    rest: str
    below: list[Line]


def read_words(body: str, *, vocabulary: Vocabulary) -> Read:
    """The commands and attempts in a comment, and the sentence that reads as an objection. Never raises."""
    commands: list[Command] = []
    attempts: list[Attempt] = []
    pieces, prose = _pieces(body, vocabulary, attempts)
    for piece in pieces:
        line = piece.line
        try:
            read = read_command(piece.verb, piece.rest, _text(piece.below), vocabulary)
        except NoCommand as problem:
            attempt = failed(line, piece.verb, problem.why, problem.suggestion, vocabulary)
            attempts.append(attempt)
            prose += piece.below if attempt.objection else [line, *piece.below]
            continue
        commands.append(replace(read, line=line.number, words=line.typed))
        if not read.entity and (second := second_on_a_line(line, vocabulary)):
            attempts.append(second)
        if not (read.stance in ("object", "reserve") or read.entity or read.kind in _ABOUT_OTHERS):
            prose += [line, *piece.below]
    said = any(one.stance == "object" and not one.entity for one in commands)
    return Read(
        commands=tuple(commands),
        attempts=tuple(sorted(attempts, key=lambda one: one.line)),
        prose_objection="" if said else _objection(prose, vocabulary),
    )


def review_words(state: ReviewState, body: str, *, vocabulary: Vocabulary) -> Read:
    """The same for a review: its button is a position, unless its words give one; if they differ, that is said.

    "Approve" supports; "Request changes" objects, with the words as its reason. Where the words are less cautious than
    the button, the button is kept as a possible objection (C3, C6).
    """
    read = read_words(body, vocabulary=vocabulary)
    if state not in _BUTTONS:
        return read
    stance, button = _BUTTONS[state]
    given = [one.stance for one in read.commands if one.stance and not one.entity]
    if given:
        return read if stance in given else _differs(read, stance, button, given)
    word = vocabulary.word_for(stance)
    if not word:
        attempt = Attempt(
            line=0, words=button, why="command-not-of-these-rules", objection=stance == "object"
        )
        return replace(read, attempts=(attempt, *read.attempts))
    objects = stance == "object"
    command = Command(
        kind="position",
        line=0,
        words=button,
        position=word,
        stance=stance,
        reason=_reason(body, vocabulary) if objects else "",
    )
    return replace(
        read,
        commands=(command, *read.commands),
        prose_objection="" if objects else read.prose_objection,
    )


def _differs(read: Read, stance: Stance, button: str, given: list[Stance]) -> Read:
    cautious = max(CAUTION[one] for one in given)
    attempt = Attempt(
        line=0,
        words=button,
        why="review-and-words-differ",
        objection=stance == "object" and cautious < CAUTION["object"],
    )
    return replace(read, attempts=(attempt, *read.attempts))


def _pieces(body: str, vocabulary: Vocabulary, attempts: list[Attempt]) -> tuple[list[_Piece], list[Line]]:
    """The lines that begin a command with what stands below each, and the prose that belongs to none."""
    pieces: list[_Piece] = []
    prose: list[Line] = []
    below = prose
    for line in own_lines(body):
        plain = line.where is Where.PLAIN and not line.goes_on and head(line.prose)
        begun = head(line.text) if plain else None
        if begun and is_known(begun[0], vocabulary):
            pieces.append(_Piece(line=line, verb=begun[0], rest=begun[1], below=[]))
            below = pieces[-1].below
        elif attempt := attempt_in(line, vocabulary):
            attempts.append(attempt)
            below = prose
            if not attempt.objection:
                prose.append(line)
        elif line.where not in (Where.MAIL, Where.CODE):
            below.append(line)
    return pieces, prose


def _text(lines: list[Line]) -> str:
    """Lines as text again, with an empty line between paragraphs."""
    pieces: list[str] = []
    for index, line in enumerate(lines):
        apart = "\n\n" if index and line.paragraph != lines[index - 1].paragraph else "\n"
        pieces += [apart if index else "", line.text]
    return "".join(pieces).strip()


def _objection(lines: list[Line], vocabulary: Vocabulary) -> str:
    paragraphs: dict[int, list[str]] = {}
    for line in sorted(lines, key=lambda one: one.number):
        paragraphs.setdefault(line.paragraph, []).append(slash_free(line.prose))
    text = "\n\n".join(" ".join(one) for one in paragraphs.values())
    return prose_objection(text, [*vocabulary.entities, *vocabulary.entities.values()])


def _reason(body: str, vocabulary: Vocabulary) -> str:
    """The author's own words in a review, without lines that are commands or attempts."""
    return _text(_pieces(body, vocabulary, [])[1])
