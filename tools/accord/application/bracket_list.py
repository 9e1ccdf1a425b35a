"""`brackets`: every square bracket, in the text and proposed, with place, age, owner and what would lift it."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any

from accord.application.desk import Desk
from accord.application.negotiating import agreed_revision, negotiation_of
from accord.application.reports import Report
from accord.domain.agreement.effect import OPINIONS
from accord.domain.drafts.brackets import Bracket, provisional_numbers
from accord.domain.findings import Exit, refuse
from accord.domain.record.codec import instant_text
from accord.render.negotiation.listing import OpenBracket, listing, open_ones, total
from accord.render.negotiation.model import Negotiation
from accord.render.negotiation.words import shown


def brackets(desk: Desk, *, opinion: str = "", report: bool = False, check: bool = False) -> Report:
    """List every open bracket of the agreed text at the desk's moment, of one Opinion or of the Report only.

    With ``check`` any of them is a finding (exit FINDINGS). What was taken for the provisional number of a document,
    and so for no bracket, is named, that nobody is told nothing of a sign in the text.

    Raises:
        Refused: there is no record, or no such Opinion (exit USAGE).
    """
    revision = agreed_revision(desk)
    view = negotiation_of(revision)
    path = _path(view, opinion)
    found = [one for one in open_ones(view) if _wanted(one.file.path, path, report=report)]
    numbers = [
        one
        for one in provisional_numbers(one.clause for one in revision.identified)
        if _wanted(one.path, path, report=report)
    ]
    lines = listing(found, view)
    if numbers:
        lines += ["", "Taken for provisional numbers of documents, not for brackets:"]
        lines += [f"  {shown(one.text)} in {_where(one)}" for one in numbers]
    lines += ["", f"{shown(view.notice)} {view.page}"]
    return Report(
        text="\n".join(lines),
        data={
            "moment": instant_text(view.moment),
            "text": view.commit,
            "brackets": [_data(one, view) for one in found],
            "provisional_numbers": [
                {"text": one.text, "path": one.path, "line": one.line, "label": one.label} for one in numbers
            ],
            "summary": total(found, view),
        },
        exit_code=Exit.FINDINGS if check and found else None,
    )


def _wanted(path: str, opinion: str, *, report: bool) -> bool:
    if opinion:
        return path == opinion
    return not report or not path.startswith(OPINIONS)


def _path(view: Negotiation, opinion: str) -> str:
    if not opinion:
        return ""
    names = [_name(file.path) for file in view.files if file.opinion]
    if _name(opinion) in names:
        return f"{OPINIONS}{_name(opinion)}.md"
    raise _unknown(opinion, names)


def _unknown(opinion: str, names: Sequence[str]) -> Exception:
    close = difflib.get_close_matches(_name(opinion), names, n=1)
    known = f"Did you mean `{close[0]}`?" if close else f"There are: {', '.join(names) or 'none yet'}."
    return refuse(
        "opinion-unknown", f"There is no draft Opinion `{opinion}`.", fix=known, exit_code=Exit.USAGE
    )


def _name(path: str) -> str:
    return path.removeprefix(OPINIONS).removesuffix(".md")


def _where(one: Bracket) -> str:
    place = f"{one.label}, " if one.label else ""
    return f"{place}{one.path}, line {one.line}"


def _data(one: OpenBracket, view: Negotiation) -> dict[str, Any]:
    typed, proposed = one.typed, one.proposed
    return {
        "sort": "proposed" if proposed else "typed",
        "text": one.text,
        "path": one.file.path,
        "line": one.place.line,
        "clause": one.place.id,
        "label": one.place.label,
        "place": one.place.where,
        "until": typed.until if typed else "",
        "paired": typed.paired if typed else True,
        "since": instant_text(one.since) if one.since else None,
        "days": (view.moment - one.since).days if one.since else None,
        "event": typed.event if typed else None,
        "draft": one.draft,
        "owner": one.owner,
        "mark": proposed.mark if proposed else None,
        "contributions": list(proposed.numbers) if proposed else [],
        "lift": one.lift,
        "beside": list(one.beside),
        "inside": list(typed.inside) if typed else [],
    }
