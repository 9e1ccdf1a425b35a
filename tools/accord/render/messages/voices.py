"""What entities have said, and whether it counts (C2-C4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accord.domain.process.rules import Rules
from accord.domain.record.values import CAUTION
from accord.render.messages.words import Speaking

if TYPE_CHECKING:
    from accord.domain.agreement.case import Case
    from accord.domain.agreement.voices import Voice


def voice_line(voice: Voice, words: Speaking) -> str:
    """What the experts nominated by an entity have said, and whether it counts."""
    forum = words.forum
    said = _said(voice.said, words) or "nothing"
    category = forum.category(voice.category)
    label = f" ({category.label})" if category else ""
    line = f"experts nominated by {voice.name}{label}: {said} on the text as it reads"
    if voice.outdated:
        old = _said(voice.said_before, words)
        clauses = len(voice.outdated)
        line += (
            f"; {old} on {clauses} clause{'s' if clauses > 1 else ''} that read differently then (outdated)"
        )
    if voice.cosigner:
        line += "; signed as co-signer"
    if voice.recused:
        line += "; recused, so that the rules do not ask it"
    if voice.unconfirmed:
        line += "; entered by the secretariat, not yet confirmed"
    if not voice.counts:
        line += f"; heard, does not count: {voice.why_not}"
    return line


def _said(names: tuple[str, ...], words: Speaking) -> str:
    """Positions as the rules call them, else as the forum does."""
    return ", ".join(words.labels.get(one, words.forum.positions.get(one, one)) for one in names)


def cosigners_line(case: Case, words: Speaking) -> str:
    """Whom the description names as co-signers, and what each of them did; empty where it names nobody."""
    named = [cosigner(case, one, words) for one in case.dossier.cosigners]
    return f"Named as co-signers: {', '.join(named)}." if named else ""


def cosigner(case: Case, entity: str, words: Speaking) -> str:
    """A co-signer that the description names: whether it has itself confirmed (C3)."""
    voices = case.verdict.readiness.voices if case.verdict else ()
    signed = any(voice.entity == entity and voice.cosigner for voice in voices)
    return f"{words.name_of(entity)}{'' if signed else ' (has not itself confirmed)'}"


def names_of_positions(rules: Rules) -> str:
    """What can be said under these rules, with what they call it, the most cautious last."""
    return ", ".join(
        f"`{one.name}`" + (f" ({one.label})" if one.label and one.label != one.name else "")
        for one in sorted(rules.positions, key=lambda one: (CAUTION[one.means], one.recuses))
    )
