"""What people say in comments and reviews: commands obeyed, objections never lost, everything else answered once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from accord.application.cases import Cases
from accord.application.forge.answering import answer
from accord.application.forge.obeying import About, obey, vocabulary
from accord.application.speaking import Word, position
from accord.domain.agreement.case import Case
from accord.domain.agreement.effect import by_clause
from accord.domain.findings import Exit, Refused
from accord.domain.forge.commands import Read, read_words, review_words
from accord.domain.forge.deliveries import Words
from accord.domain.forge.grammar import Command, Vocabulary
from accord.domain.forge.parsing import QUESTIONS
from accord.domain.process.addresses import without_addresses
from accord.domain.record.events import Cosigned, Event, Position
from accord.render.messages.attempts import attempt_said
from accord.render.messages.heard import Heard as Why
from accord.render.messages.heard import heard_fix, heard_said

if TYPE_CHECKING:
    from accord.application.desk import Desk
    from accord.application.forge.taking_in import Taking

MOST = 12
"""Slips that are answered in one post, those that may be objections first: nobody needs thousands of answers."""
OBEYED = 60
"""Different commands that are taken from one post of an expert, a chair or the secretariat, objections first; of
anybody else as many as :data:`MOST`. Anybody can fill a comment with thousands, and each one costs everybody time."""
LONGEST = 10_000
"""Characters that are read in a post of anybody else; of theirs every one is (C6)."""


@dataclass(kw_only=True)
class Saying:
    """Reads what is said under one contribution."""

    taking: Taking
    subject: str

    def take(self, words: Words) -> None:
        """Take in everything said in one post as it read at one moment.

        Raises:
            Refused: the disk, git or the record refuse (exit OUTSIDE).
        """
        known_words = self._vocabulary(words)
        text, *before = (words.text, *words.before)
        if not self._has_part(words):
            text, *before = (_beginning(one) for one in (text, *before))
        read = self._read(text, words.state, known_words)
        said_before = [self._read(one, "", known_words) for one in before]
        known = {_meaning(one) for before in said_before for one in before.commands}
        about = self._about(words)
        objected = False
        # What stood there before the edit was taken in then; what is said twice is said once.
        new = {_meaning(one): one for one in reversed(read.commands) if _meaning(one) not in known}
        taken, left = self._within_bounds(words, sorted(new.values(), key=lambda one: one.line))
        for command in taken:
            objected |= command.stance == "object" and not command.entity
            self._command(words, command, about)
        if left:
            self._too_many(words, left, about)
        tried = {(one.why, one.words) for before in said_before for one in before.attempts}
        for attempt in sorted(read.attempts, key=lambda one: not one.objection)[:MOST]:
            if (attempt.why, attempt.words) in tried:
                continue
            desk = self._desk(words, attempt.line)
            if desk is None:
                continue
            listed = bool(self._expert(desk))
            said = attempt_said(
                attempt.why, attempt.words, attempt.suggestion, objection=attempt.objection and listed
            )
            if attempt.objection and listed:
                objected = True
                self._read_objection(words, attempt.line, attempt.words, about)
            self.taking.note(self.subject, desk, attempt.words, attempt.why, said)
        if (
            read.prose_objection
            and not objected
            and all(read.prose_objection != before.prose_objection for before in said_before)
        ):
            self._prose(words, read.prose_objection, about)

    def no_longer_said(self, events: list[Event], before: str, now: str) -> list[Event]:
        """Of the acts read from a post those that its newest wording no longer holds, word for word."""
        if not events:
            return []
        known_words = self._vocabulary_at(events[0].received.latest)
        old = {one.line: _meaning(one) for one in read_words(before, vocabulary=known_words).commands}
        still = {_meaning(one) for one in read_words(now, vocabulary=known_words).commands}
        buttons = [
            event for event in events if event.post.endswith("#0")
        ]  # what a button said, words do not change
        return [
            event
            for event in events
            if event not in buttons
            and isinstance(event, (Position, Cosigned))
            and old.get(_line(event.post)) not in still
        ]

    # --- too many commands ----------------------------------------------------------------------------------

    def _within_bounds(self, words: Words, commands: list[Command]) -> tuple[list[Command], list[Command]]:
        """As many commands as are taken from one post, in order, and those that are left."""
        most = OBEYED if self._has_part(words) else MOST
        first = sorted(commands, key=lambda one: not _objects(one))[:most]
        taken = {one.line for one in first}
        return [one for one in commands if one.line in taken], [
            one for one in commands if one.line not in taken
        ]

    def _too_many(self, words: Words, left: list[Command], about: About) -> None:
        """Said once, for all that are left; if they object, that is kept as one objection (C6)."""
        first = next(filter(_objects, left), left[0])
        desk = self._desk(words, first.line, "/more")
        if desk is None:
            return
        if _objects(first) and self._expert(desk):
            self._read_objection(words, first.line, first.words, about)
        self._note(desk, first.words, "too-many")

    # --- one command --------------------------------------------------------------------------------------

    def _command(self, words: Words, command: Command, about: About) -> None:
        desk = self._desk(words, command.line)
        if desk is None:
            return
        command = replace(
            command,
            reason=without_addresses(command.reason),
            evidence=without_addresses(command.evidence),
        )
        if command.kind in QUESTIONS:
            self.taking.note(
                self.subject, desk, command.words, "question", answer(desk, self.subject, command)
            )
            return
        if not words.first:
            if command.stance == "object" and self._expert(desk):
                self._read_objection(words, command.line, command.words, about)
            self._note(desk, command.words, "edited")
            return
        try:
            done = self.taking.carry(lambda: obey(desk, self.subject, command, about))
        except Refused as refused:
            if refused.exit_code is Exit.OUTSIDE:
                raise
            if command.stance == "object" and self._expert(desk):
                # C6. An objection that could not be taken as it was given is not lost for it.
                self._read_objection(words, command.line, command.words, about)
            self.taking.heard(self.subject, desk, command.words, refused)
            return
        given = [event for event in done.events if isinstance(event, Position)]
        if given:
            self._tell_outdated(words, command, about)
        if any(event.stance == "object" and not event.reason for event in given):
            asked = self._desk(words, command.line, "/reason")  # C4. Asked for once.
            if asked is not None:
                self._note(asked, command.words, "objection-reason")

    def _tell_outdated(self, words: Words, command: Command, about: About) -> None:
        """C12. A position on a version that had been replaced is outdated from the start, and its author is told."""
        desk = self._desk(words, command.line, "/older")
        if desk is None or about.effect is None:
            return
        cases = Cases(desk.chronicle(), desk.now)
        now = by_clause(cases.subject(self.subject).dossier.effect(cases.world, desk.now))
        if by_clause(about.effect) == now:
            return
        self._note(desk, command.words, "older-text")

    # --- objections that were not given as one ------------------------------------------------------------

    def _prose(self, words: Words, sentence: str, about: About) -> None:
        desk = self._desk(words, None, "/prose")
        if desk is None or not self._expert(desk):
            return
        if self._read_objection(words, None, sentence, about):
            self._note(desk, sentence, "prose-objection")

    def _read_objection(self, words: Words, line: int | None, sentence: str, about: About) -> bool:
        """C6. Read by the tool, it withholds readiness until its author confirms or withdraws it."""
        desk = self._desk(words, line, "/read")
        entity = self._expert(desk) if desk else ""
        said = self._vocabulary(words).word_for("object")
        if desk is None or not entity or not said:
            return False
        word = Word(
            entity=entity,
            said=said,
            receipt=words.receipt,
            words=without_addresses(" ".join(sentence.split()))[:500],
            revision=about.revision,
            shown=about.effect,
        )
        try:
            self.taking.carry(lambda: position(desk, self.subject, word, read=True))
        except Refused as refused:
            if refused.exit_code is Exit.OUTSIDE:
                raise
            return False  # its own contribution, or one that is over: there is nothing to withhold
        return True

    def _note(self, desk: Desk, words: str, why: Why) -> None:
        self.taking.note(self.subject, desk, words, why, heard_said(why), heard_fix(why))

    # --- what it is about, who says it ---------------------------------------------------------------------

    def _about(self, words: Words) -> About:
        """C12. The effect that the tool had shown last; for a review the version that it was made on."""
        if words.commit is not None:
            case = Cases(self.taking.desk.chronicle(), words.moment).subject(self.subject)
            versions = case.revisions if isinstance(case, Case) else ()
            number = next((one.number for one in reversed(versions) if one.head == words.commit), None)
            if number is not None:
                return About(revision=number)
        before = [
            one
            for one in self.taking.index.shown.get(self.subject, ())
            if one.received.latest <= words.moment
        ]
        last = max(before, key=lambda one: (one.received.latest, one.seq), default=None)
        return About(revision=last.revision, effect=last.effect) if last else About()

    def _desk(self, words: Words, line: int | None, suffix: str = "") -> Desk | None:
        """The desk for one line of a post; None if the record has it already."""
        post = words.post + ("" if line is None else f"#{line}") + suffix
        if post in self.taking.index.posts:
            return None
        return self.taking.delivering(post, words.receipt, words.account)

    def _expert(self, desk: Desk) -> str:
        """The entity that nominated the account, or an empty text."""
        account = desk.delivery.account if desk.delivery else None
        expert = self.taking.view(desk.now).expert(account) if account is not None else None
        return expert.entity if expert else ""

    def _has_part(self, words: Words) -> bool:
        """Whether the account was on the list of nominated experts at that moment, as expert, chair or secretariat."""
        account = words.account.id
        if account is None:
            return False
        view = self.taking.view(words.moment)
        return any(one(account) is not None for one in (view.expert, view.chair, view.secretary))

    def _read(self, text: str, state: str, known_words: Vocabulary) -> Read:
        if state:
            return review_words(state, text, vocabulary=known_words)  # type: ignore[arg-type]
        return read_words(text, vocabulary=known_words)

    def _vocabulary(self, words: Words) -> Vocabulary:
        return self._vocabulary_at(words.moment)

    def _vocabulary_at(self, moment: datetime) -> Vocabulary:
        return vocabulary(self.taking.desk.chronicle().world().at(moment))


def _beginning(text: str) -> str:
    """The first lines of a long text, up to :data:`LONGEST` characters; no line is cut."""
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition("\n")[0]


def _objects(command: Command) -> bool:
    return command.stance == "object" and not command.entity


def _meaning(command: Command) -> Command:
    """A command without the place where it stands."""
    return replace(command, line=0)


def _line(post: str) -> int:
    tail = post.partition("#")[2].partition("/")[0]
    return int(tail) if tail.isdigit() else -1
