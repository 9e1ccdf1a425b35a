"""What a contribution builds on: the one whose text it amends, and those that must be in the text before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from accord.application.cases import Cases
from accord.application.chronicle import Chronicle
from accord.application.desk import Desk
from accord.application.proposing import CONTRIBUTIONS, noted
from accord.application.versions import amended, newest_before
from accord.domain.agreement.case import Case
from accord.domain.agreement.revisions import Revision
from accord.domain.findings import Finding, Place, refuse
from accord.domain.record.values import FormFinding


def amending(metadata: dict[str, object], number: int, name: str) -> dict[str, object]:
    """The description of an amendment of a contribution, saying so if it does not yet.

    Raises:
        Refused: it says that it amends another one (exit FINDINGS).
    """
    said = metadata.get("amends")
    if said not in (None, number):
        raise refuse(
            "amends-other",
            f"The description says `amends: {said}`, and this is to amend contribution {number}.",
            fix="Leave the line out, or name the contribution that is meant.",
            place=Place(file=name, path="/amends"),
        )
    return {**metadata, "amends": number}


def text_amended(cases: Cases, desk: Desk, head: str, amends: int, number: int | None = None) -> str | None:
    """The text that a head changes: a version of the contribution it amends; None for the main branch.

    ``number`` is the amendment's own if it is a later version of one. The first version builds on the newest text of
    what it amends; a later one on any; and once that is in the agreed text, on either.

    Raises:
        Refused: no such contribution (exit USAGE); it came later, changes no text, or is over; the head does not build
            on its text (exit FINDINGS).
    """
    case = cases.contribution(amends)
    if number is not None and amends >= number:
        raise refuse(
            "amends-later",
            f"Contribution {number} cannot amend contribution {amends}: only what came before it can be amended.",
            fix="Leave out `amends`, or hand in a new contribution.",
        )
    if number is None:
        _refuse_over(case)
    texts = [one for one in case.revisions if one.head is not None and one.proposal]
    if not texts:
        raise refuse(
            "amends-no-text",
            f"Contribution {amends} changes no text, so there is nothing in it to amend.",
            fix="Propose a change of the text itself: leave out `amends`.",
        )
    if case.incorporated is not None and desk.repository.is_ancestor(case.incorporated.commit, head):
        return None
    newest = [case.newest, case.current] if number is None else reversed(texts)
    for one in newest:
        if one.head is not None and desk.repository.is_ancestor(one.head, head):
            return one.head
    raise refuse(
        "amends-base",
        f"This was not written on the text of contribution {amends}, version {_shown(case).number}.",
        fix=f"Begin with that text: `git switch --create NAME {CONTRIBUTIONS}/{amends}/head`, and make the change "
        f"there. What is written already comes to it with `git merge {CONTRIBUTIONS}/{amends}/head`.",
    )


def references(
    chronicle: Chronicle, number: int, metadata: Mapping[str, Any] | None, name: str
) -> tuple[FormFinding, ...]:
    """What is wrong with the numbers it names: unknown ones, itself, and circles. They return it for correction."""
    return tuple(noted(one) for one in _references(chronicle, number, metadata or {}, name))


def _references(
    chronicle: Chronicle, number: int, metadata: Mapping[str, Any], name: str
) -> Iterator[Finding]:
    known = chronicle.numbers()
    onto = amended(metadata)
    if onto is not None and (onto not in known or onto == number):
        yield Finding(
            rule="amends-unknown",
            message=f"There is no contribution {onto} to amend.",
            fix="Correct the number; `accord status` lists them.",
            place=Place(file=name, path="/amends"),
        )
    for index, one in enumerate(_numbers(metadata.get("requires"))):
        place = Place(file=name, path=f"/requires/{index}")
        if one == number:
            message = f"It says that it builds on itself, contribution {number}."
            yield Finding(rule="requires-itself", message=message, fix="Leave the number out.", place=place)
        elif one not in known:
            there = f"They run from 1 to {len(known)}." if len(known) else "There are none yet."
            yield Finding(
                rule="requires-unknown",
                message=f"There is no contribution {one} to build on. {there}",
                fix="Correct the number; `accord status` lists them.",
                place=place,
            )
        elif path := _way(chronicle, one, number, (one,)):
            chain = " builds on ".join(str(step) for step in (number, *path))
            yield Finding(
                rule="requires-circle",
                message=f"Each would wait for the other: {chain}.",
                fix=f"Leave {one} out, or agree with its source on which comes first.",
                place=place,
            )


def _way(chronicle: Chronicle, start: int, end: int, path: tuple[int, ...]) -> tuple[int, ...]:
    """How one contribution builds on another, step by step; nothing if it does not."""
    newest = newest_before(chronicle, start)
    metadata = _metadata(chronicle, start) if newest else {}
    below = [*_numbers(metadata.get("requires")), *([amends] if (amends := amended(metadata)) else [])]
    for one in below:
        if one == end:
            return (*path, end)
        if (
            one not in path
            and one in chronicle.numbers()
            and (found := _way(chronicle, one, end, (*path, one)))
        ):
            return found
    return ()


def _metadata(chronicle: Chronicle, number: int) -> Mapping[str, Any]:
    found: Mapping[str, Any] = {}
    for event in chronicle.events(str(number)):
        found = getattr(event, "metadata", None) or found
    return found


def _numbers(value: object) -> Sequence[int]:
    return [one for one in value if isinstance(one, int)] if isinstance(value, list) else []


def _refuse_over(case: Case) -> None:
    number = case.number
    if case.incorporated is not None:
        raise refuse(
            "amends-incorporated",
            f"Contribution {number} is in the text already.",
            fix="Propose a change of the text itself: begin with the main branch, and leave out `amends`.",
        )
    if case.ended:
        raise refuse(
            "amends-over",
            f"Contribution {number} is over ({case.state.value}), so nothing comes of a change of its text.",
            fix="Propose the change of the text itself: begin with the main branch, and leave out `amends`.",
        )


def _shown(case: Case) -> Revision:
    return case.newest if case.newest.head is not None else case.current
