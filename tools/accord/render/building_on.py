"""What is said of contributions that build on others: amendments, requirements, and parts of a split one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accord.domain.record.events import Split

if TYPE_CHECKING:
    from accord.domain.agreement.case import Case
    from accord.domain.agreement.dossier import Requirement


def amends_still(case: Case, one: Requirement) -> bool:
    """Whether it is about the text of a contribution that is not in the agreed text (yet)."""
    onto = case.dossier.onto
    return one.met is None and onto is not None and onto.subject == str(one.number)


def building_lines(case: Case) -> list[str]:
    """One sentence for each contribution it is bound to, and for each part that went out of it."""
    lines = []
    for one in case.dossier.requires:
        onto = case.dossier.onto
        verb = "amends" if onto is not None and onto.subject == str(one.number) else "builds on"
        if one.met is not None:
            where = "which is in the text"
        elif one.over is not None:
            where = "which is off the table"
        else:
            where = "which must be in the text first"
        lines.append(f"Contribution {case.number} {verb} contribution {one.number}, {where}.")
    if case.received.split_from is not None:
        lines.append(
            f"Contribution {case.number} was split from contribution {case.received.split_from}: "
            "what was said of its clauses there stands here."
        )
    lines += [
        f"The changes of {', '.join(event.clauses)} went from it to contribution {event.into}."
        for event in case.dossier.events
        if isinstance(event, Split)
    ]
    return lines


def taken_sentence(case: Case) -> str:
    """What is left to do with an amendment that its target took over; an empty text if it was not."""
    taken = case.taken
    if taken is None:
        return ""
    return (
        f"The source of contribution {taken.subject} took it into its own text (version {taken.revision}), so nothing "
        f"of it is left to agree on: the secretariat records so (`accord dispose {case.number} superseded`)."
    )
