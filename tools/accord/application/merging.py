"""The text that incorporating a contribution gives: its changes on the newest agreed text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accord.application.desk import Desk
from accord.application.texts import parsed
from accord.domain.findings import Finding, Place, Refused
from accord.domain.text.clauses import Clause

Files = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """Files that change (None: removed), by path, and the clauses on which both sides differ."""

    files: Mapping[str, str | None]
    conflicts: tuple[Finding, ...] = ()


def merge_files(base: Files, ours: Files, theirs: Files) -> Merged:
    """Put what changed from ``base`` to ``theirs`` on ``ours``, clause by clause.

    Two changes of different clauses, or of different words of one clause, combine; anything else is a conflict.
    """
    files: dict[str, str | None] = {}
    conflicts: list[Finding] = []
    for path in sorted({*base, *ours, *theirs}):
        before, mine, other = base.get(path), ours.get(path), theirs.get(path)
        if other in (before, mine):
            continue
        if mine == before:
            files[path] = other
        elif before is None or mine is None or other is None:
            conflicts.append(
                _conflict(path, "One side adds or removes the whole file, the other changes it.")
            )
        else:
            from accord.domain.text.merge import merge_clauses

            result = merge_clauses(
                parsed(path, before),
                parsed(path, mine),
                parsed(path, other),
                before,
                mine,
                other,
            )
            if result.text is not None:
                files[path] = result.text
            conflicts.extend(
                _conflict(
                    path,
                    f"{_sentence(one.why)}: the text reads {_words(one.ours)} now, "
                    f"and {_words(one.theirs)} is proposed.",
                )
                for one in result.conflicts
            )
    return Merged(files=files, conflicts=tuple(conflicts))


def merged_or_refused(desk: Desk, base: str, ours: str, theirs: str) -> Mapping[str, str | None]:
    """The files of :func:`merge_files` for three commits.

    Raises:
        Refused: both sides changed the same words (exit FINDINGS), with each place.
    """
    sources = desk.texts.sources
    result = merge_files(sources(base), sources(ours), sources(theirs))
    if result.conflicts:
        raise Refused(result.conflicts)
    return result.files


def _words(clauses: Sequence[Clause]) -> str:
    return "“" + " ".join(clause.text for clause in clauses) + "”" if clauses else "nothing there"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".")


def _conflict(path: str, message: str) -> Finding:
    return Finding(
        rule="text-conflict",
        message=message,
        fix="Its source hands in a version written on the newest text; the group agrees on that.",
        place=Place(file=path),
    )
