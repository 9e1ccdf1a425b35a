"""Clauses as people name them: by id, or by printed number with the Opinion where it matters."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from accord.application.revision import Revision
from accord.domain.agreement.effect import OPINIONS
from accord.domain.agreement.world import Seen
from accord.domain.findings import Exit, Refused, refuse

_ID = re.compile(r"c-[a-z2-7]{6}")


def find_clause(given: str, revision: Revision, states: Sequence[Seen]) -> str:
    """The id of the clause that a person names by its id or by its printed number in a revision.

    Raises:
        Refused: there is none, or several texts have one of that number (exit USAGE), with what to write.
    """
    wanted = " ".join(given.split())
    if _ID.fullmatch(wanted):
        ever = dict.fromkeys(clause.id for state in states for clause in state.agreed.clauses)
        if wanted in ever:
            return wanted
        raise _unknown(given, list(ever), cutoff=0.8)
    name, colon, label = wanted.partition(":")
    found: dict[str, list[str]] = {}
    for one in revision.identified:
        if not one.clause.label:
            continue
        path = one.clause.path
        opinion = path.removeprefix(OPINIONS).removesuffix(".md") if path.startswith(OPINIONS) else ""
        for spelling in {one.clause.label, f"{opinion}: {one.clause.label}" if opinion else one.clause.label}:
            found.setdefault(spelling.casefold(), []).append(one.id)
    key = (f"{name.strip()}: {label.strip()}" if colon else wanted).casefold()
    ids = list(dict.fromkeys(found.get(key, ())))
    if len(ids) > 1:
        # A section with one paragraph shares its number with it: the paragraph is what people mean.
        by_id = {one.id: one.clause for one in revision.identified}
        places = {by_id[id_].path for id_ in ids}
        if len(places) == 1:
            return ids[-1] if key.isdigit() else ids[0]
        named = ", ".join(
            f"`{path.removeprefix(OPINIONS).removesuffix('.md')}: {wanted}`" for path in sorted(places)
        )
        raise refuse(
            "clause-ambiguous",
            f"`{given}` is in several texts.",
            fix=f"Say which: {named}.",
            exit_code=Exit.USAGE,
        )
    if ids:
        return ids[0]
    raise _unknown(given, list(found))


def _unknown(given: str, known: Sequence[str], *, cutoff: float = 0.5) -> Refused:
    close = difflib.get_close_matches(given.casefold(), known, n=1, cutoff=cutoff)
    hint = f"Did you mean `{close[0]}`? " if close else ""
    return refuse(
        "clause-unknown",
        f"There is no clause `{given}` in this text.",
        fix=f"{hint}A clause is named by its id (`c-...`, in the manifest of a draft) or by its printed number "
        "(`2.1`, `NAME: considering a)`).",
        exit_code=Exit.USAGE,
    )
