"""The negotiating view as plain values for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accord.domain.record.codec import instant_text
from accord.render.negotiation.model import Alternative, Negotiation, Place, Proposer, TypedBracket

Value = Mapping[str, Any]


def negotiation_data(view: Negotiation) -> dict[str, Any]:
    """The whole view; texts are canonical Markdown."""
    return {
        "moment": instant_text(view.moment),
        "text": view.commit,
        "record": view.record,
        "rehearsal": view.rehearsal,
        "files": [
            {
                "path": file.path,
                "title": file.title,
                "new": file.new,
                "places": [place_data(place, view) for place in file.places],
            }
            for file in view.files
        ],
        "statements": [proposer_data(one) for one in view.statements],
        "agreed": [proposer_data(one) for one in view.agreed],
        "unread": [proposer_data(one) for one in view.unread],
    }


def place_data(place: Place, view: Negotiation) -> Value:
    """A clause, or a gap at which something is to be added (`text` is null)."""
    return {
        "clause": place.id,
        "anchor": place.anchor,
        "label": place.label,
        "place": place.where,
        "line": place.line,
        "text": place.clause.text if place.clause else None,
        "open": place.open,
        "alternatives": [alternative_data(one) for one in place.alternatives],
        "brackets": [typed_data(one, view) for one in place.brackets],
        "together": [{"contributions": list(one.numbers), "text": one.text} for one in place.together],
        "no_change": [{"who": one.who, "words": one.words} for one in place.insisting],
    }


def alternative_data(one: Alternative) -> Value:
    """A proposed reading."""
    return {
        "letter": one.letter,
        "mark": one.mark,
        "to": one.to,
        "text": one.text if one.reading else None,
        "sources": list(one.sources),
        "contributions": [proposer_data(who) for who in one.proposers],
    }


def proposer_data(one: Proposer) -> Value:
    """A contribution behind a reading."""
    return {
        "number": one.number,
        "title": one.title,
        "source": one.source,
        "category": one.category,
        "class": one.input_class,
        "reasons": one.reasons,
        "state": one.state.value,
        "needs": one.needs,
        "based_on": one.based_on,
        "since": instant_text(one.since),
        "objections": list(one.objections),
        "outdated": list(one.outdated),
        "older_text": one.older,
        "fits": one.fits,
        "amends": one.amends,
    }


def typed_data(one: TypedBracket, view: Negotiation) -> Value:
    """A bracket that stands in the text."""
    return {
        "text": one.text,
        "until": one.until,
        "paired": one.paired,
        "beside": list(one.beside),
        "inside": list(one.inside),
        "owner": one.owner,
        "since": instant_text(one.since) if one.since else None,
        "days": (view.moment - one.since).days if one.since else None,
        "event": one.event,
        "draft": one.draft,
        "lift": one.lift,
        "line": one.line,
    }
