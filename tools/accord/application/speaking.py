"""What entities say on a text: `position`."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import datetime

from accord.application import people
from accord.application.cases import Cases, OpinionCase, key_of, subject_of, title_of
from accord.application.chronicle import Chronicle
from accord.application.desk import TOOL, Act, Desk, Done
from accord.application.refusals import known_meeting, refuse_ended
from accord.domain.agreement.case import Case
from accord.domain.agreement.effect import effect_against, only
from accord.domain.agreement.voices import counting
from accord.domain.findings import Exit, refuse
from accord.domain.process.people import ExpertsList
from accord.domain.process.rules import PositionName, Rules
from accord.domain.record.events import Disposed, Position, Withdrawn
from accord.domain.record.values import Actor, Effect, Evidence, Receipt, Stance
from accord.render.messages import names_of_positions

_SAID: dict[Stance, str] = {
    "support": "support it",
    "accept": "can accept it",
    "abstain": "take no position",
    "reserve": "join with a statement",
    "object": "object",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A position as it was given: by which entity, which word of the rules, about which clauses, resting on what.

    ``words`` are those in which an objection was read that was not given as one (C6). ``shown`` is the effect that the
    tool had shown last when it was given (C12).
    """

    entity: str
    said: str
    receipt: Receipt
    reason: str = ""
    clauses: tuple[str, ...] = ()
    evidence: Evidence | None = None
    meeting: str = ""
    revision: int | None = None
    words: str = ""
    shown: Effect | None = None


def position(desk: Desk, subject: str, word: Word, *, read: bool = False) -> Done:
    """Enter a position of an entity, spoken by one of its experts or entered by the secretariat (C3-C5, C14).

    ``read``: the tool read it as an objection in the expert's ``words`` (C6).

    Raises:
        Refused: the rules know no such word (C4), the entity cannot hold a position here (C2, C3), a clause isn't
            touched, the secretariat gives no evidence; nothing is recorded.
    """

    def decide(chronicle: Chronicle) -> Act:
        cases = Cases(chronicle, desk.now)
        found = cases.subject(subject)
        experts = cases.world.at(desk.now).experts
        entity = people.entity_id(experts, word.entity)
        people.refuse_dating(experts, desk.who, desk.now, word.receipt)
        meant = _meant(cases.world.at(word.receipt.latest).rules, word.said)
        by = (
            TOOL if read else speaker(desk, experts, entity, word.receipt.latest, word.evidence, word.meeting)
        )
        _refuse_words(word, meant, by)
        _refuse_after_its_end(found, word)
        if word.meeting:
            known_meeting(cases, word.meeting)
        _refuse_source(found, cases, entity, meant.means)
        effect = _about(found, cases, word)
        subject_events = chronicle.events(
            subject_of(found)
        )  # those said later count too: each id is given once
        number = sum(1 for e in subject_events if isinstance(e, Position) and e.stance == "object") + 1
        key = key_of(found)
        event = Position(
            by=by,
            received=word.receipt,
            recorded=desk.now,
            subject=subject_of(found),
            entity=entity,
            stance=meant.means,
            effect=effect,
            reason=word.reason,
            objection=f"{key}-o{number}" if meant.means == "object" else "",
            clauses=word.clauses,
            revision=word.revision or (found.current.number if isinstance(found, Case) else 1),
            evidence=word.evidence,
            meeting=word.meeting,
            said="" if meant.name == meant.means else meant.name,
            words=word.words,
        )
        name = people.shown(experts, entity)
        said = f"say {meant.label}" if meant.label else _SAID[meant.means]
        if word.words:
            said = f"are read as objecting in the words “{word.words}”"
        return Act(summary=f"{title_of(found)}: experts nominated by {name} {said}", events=(event,))

    return desk.carry_out(decide)


def speaker(
    desk: Desk,
    experts: ExpertsList,
    entity: str,
    moment: datetime,
    evidence: Evidence | None,
    meeting: str = "",
) -> Actor:
    """Who enters a word of an entity: one of its own experts, or the secretariat with evidence (C14).

    ``moment`` is when it was received.

    Raises:
        Refused: somebody else, or the secretariat without evidence (exit USAGE).
    """
    by = people.expert_of(experts, desk.who, entity, moment)
    if by is not None:
        return by
    if not people.is_secretariat(experts, desk.who, desk.now):
        return own_expert(desk, experts, entity)  # refuses, naming the experts
    if evidence is None and not meeting:
        raise refuse(
            "evidence-missing",
            "The secretariat enters what others said only with evidence (C14).",
            fix="Name the letter or mail with `--evidence FILE`, or the meeting with `--meeting`.",
            exit_code=Exit.USAGE,
        )
    return people.secretariat(experts, desk.who, desk.now)


def own_expert(desk: Desk, experts: ExpertsList, *entities: str) -> Actor:
    """The expert acting for one of these entities.

    Raises:
        Refused: the one acting is no expert nominated by any of them (exit USAGE).
    """
    for entity in entities:
        by = people.expert_of(experts, desk.who, entity, desk.now)
        if by is not None:
            return by
    view = experts.at(desk.now)
    names = ", ".join(e.name for one in entities for e in view.experts_of(one)) or "nobody at this moment"
    raise refuse(
        "expert-missing",
        f"`{desk.who or 'nobody'}` is no expert nominated by {' or '.join(entities) or 'its owner'}. "
        f"Its experts: {names}.",
        fix="Say who speaks with `--as NAME`; the secretariat enters letters with `--evidence FILE`.",
        exit_code=Exit.USAGE,
    )


def _meant(rules: Rules, said: str) -> PositionName:
    """C4. What a word means by the rules in force when it was received."""
    found = rules.position(said)
    if found is not None:
        return found
    close = difflib.get_close_matches(said, [one.name for one in rules.positions], n=1)
    hint = f"Did you mean `{close[0]}`? " if close else ""
    raise refuse(
        "position-unknown",
        f"The rules in force ({rules.name}) have no position `{said}` (C4).",
        fix=f"{hint}One can say: {names_of_positions(rules)}.",
        exit_code=Exit.USAGE,
    )


def _refuse_words(word: Word, meant: PositionName, by: Actor) -> None:
    """C6. Words are read as an objection by somebody else; an expert who objects says so itself."""
    if not word.words:
        return
    if meant.means != "object":
        raise refuse(
            "words-no-objection",
            f"`--words` goes only with an objection, and `{word.said}` is none (C6).",
            fix="Leave `--words` out; what an entity adds to its word is its `--reason`.",
            exit_code=Exit.USAGE,
        )
    if by.role == "expert":
        raise refuse(
            "words-own",
            "`--words` are those in which somebody else read an objection; you speak for yourself (C6).",
            fix="Leave `--words` out and say why with `--reason`.",
            exit_code=Exit.USAGE,
        )


def _refuse_source(found: Case | OpinionCase, cases: Cases, entity: str, stance: Stance) -> None:
    # C3. The source, and a co-signer until it has itself confirmed, hold no position.
    named = entity == found.dossier.source or entity in found.dossier.cosigners
    why = counting(found.dossier, cases.world, entity, cases.now, cases.now, stance) if named else ""
    if why:
        shown = people.shown(cases.world.at(cases.now).experts, entity)
        fix = "The source can hand in a new version or withdraw it."
        if entity != found.dossier.source:
            sign = f"`accord cosign {subject_of(found)} --for {entity}`"
            fix = f"Sign it with {sign}; with `--decline` too, and then take a position as anybody does."
        raise refuse(
            "position-of-source",
            f"{shown} cannot take a position on {title_of(found)}: {why} (C3).",
            fix=fix,
        )


def _refuse_after_its_end(found: Case | OpinionCase, word: Word) -> None:
    """What was received before its end is recorded all the same, however late it is entered (C9)."""
    if not isinstance(found, Case) or not found.ended:
        return
    ends = [event for event in found.dossier.events if isinstance(event, (Disposed, Withdrawn))]
    if word.receipt.latest >= ends[-1].received.earliest:
        refuse_ended(found)


def _about(found: Case | OpinionCase, cases: Cases, word: Word) -> Effect:
    """The effect the word is about: of the version before the group, or of the version it names (C5, C12)."""
    effect = found.dossier.effect(cases.world, cases.now)
    if word.shown is not None:
        effect = word.shown
    elif word.revision is not None and isinstance(found, Case):
        older = next((r for r in found.revisions if r.number == word.revision), None)
        if older is None:
            raise refuse(
                "revision-unknown",
                f"Contribution {found.number} has no version {word.revision}.",
                fix=f"Its versions run from 1 to {found.newest.number}.",
                exit_code=Exit.USAGE,
            )
        if older.number != found.current.number:
            effect = effect_against(older.proposal, found.dossier.ground(cases.world, cases.now))
    known = [entry.id for entry in effect]
    unknown = [clause for clause in word.clauses if clause not in known]
    if unknown:
        close = difflib.get_close_matches(unknown[0], known, n=1)
        raise refuse(
            "clause-untouched",
            f"{title_of(found)} does not touch the clause `{unknown[0]}`.",
            fix=f"Did you mean `{close[0]}`?" if close else f"It touches: {', '.join(known) or 'no text'}.",
            exit_code=Exit.USAGE,
        )
    return only(effect, word.clauses)
