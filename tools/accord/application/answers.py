"""Where contributions and Opinions stand, as JSON for programs."""

from __future__ import annotations

from typing import Any

from accord.application.cases import OpinionCase
from accord.domain.agreement.case import Case
from accord.domain.agreement.objections import Objection
from accord.domain.agreement.readiness import Missing, Readiness
from accord.domain.agreement.verdict import Verdict
from accord.domain.record.codec import instant_text
from accord.render.messages import (
    Speaking,
    missing_sentence,
    next_step,
)


def case_data(case: Case, words: Speaking) -> dict[str, Any]:
    """A contribution as JSON."""
    admission = case.newest.admission
    return {
        "number": case.number,
        "title": case.title,
        "source": source_shown(case, words),
        "class": class_shown(case),
        "kind": str((case.current.metadata or {}).get("kind", "")),
        "state": case.state.value,
        "next": next_step(case, words),
        "window": admission.window if admission else None,
        "versions": len(case.revisions),
        "current_version": case.current.number,
        "amends": int(case.dossier.onto.subject) if case.dossier.onto else None,
        "clauses": [entry.id for entry in case.current.proposal],
        "requires": [one.number for one in case.dossier.requires],
        "split_from": case.received.split_from,
        "disposition": case.disposed.disposition if case.disposed else None,
        **_verdict_data(case.verdict, words),
    }


def opinion_data(found: OpinionCase, words: Speaking) -> dict[str, Any]:
    """An Opinion as it reads, as JSON."""
    return {
        "subject": found.subject,
        "state": found.verdict.standing.value,
        **_verdict_data(found.verdict, words),
    }


def _verdict_data(verdict: Verdict | None, words: Speaking) -> dict[str, Any]:
    if verdict is None:
        return {"rough": None, "positions": [], "objections": [], "missing": []}
    ready = verdict.readiness
    return {
        "rough": verdict.declared.reason if verdict.rough and verdict.declared else None,
        "positions": [
            {
                "entity": v.entity,
                "category": v.category,
                "counts": v.counts,
                "said": [words.labels.get(name, name) for name in v.said],
                "recused": v.recused,
                "cosigner": v.cosigner,
                "clauses": dict(v.stances),
                "outdated": dict(v.outdated),
                "unconfirmed": v.unconfirmed,
            }
            for v in ready.voices
        ],
        "objections": [objection_data(one) for one in ready.objections],
        "missing": [missing_data(one, ready, words) for one in verdict.missing],
    }


def objection_data(one: Objection, **more: str) -> dict[str, Any]:
    """An objection as JSON, standing or ended."""
    return {
        **more,
        "id": one.id,
        "entity": one.entity,
        "owners": list(one.owners),
        "stands": one.stands,
        "said": one.said,
        "reason": one.reason,
        "words": one.words,
        "confirmed": one.confirmed,
        "asked_until": instant_text(one.asked.until) if one.asked else None,
        "escalates": instant_text(one.escalates) if one.escalates else None,
        "ended": one.ended.how if one.ended else None,
    }


def missing_data(missing: Missing, ready: Readiness, words: Speaking) -> dict[str, Any]:
    """One missing condition as JSON, with its sentence."""
    return {
        "rule": missing.rule,
        "what": missing.what,
        "who": missing.who,
        "by": instant_text(missing.by) if missing.by else None,
        "sentence": missing_sentence(missing, words, ready.objections),
    }


def source_shown(case: Case, words: Speaking) -> str:
    """Who a contribution speaks for, as shown."""
    admission = case.current.admission or case.newest.admission
    if admission is not None and admission.entity:
        return words.name_of(admission.entity)
    metadata = case.current.metadata or case.newest.metadata or {}
    return str(metadata.get("source", "not stated"))


def class_shown(case: Case) -> str:
    """The class of a contribution: proposal or view (R9)."""
    admission = case.current.admission or case.newest.admission
    found = admission.input_class if admission else None
    return found.value if found else "not derived"
