"""The status comment in the issue in which an Opinion is discussed as it reads (C9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from accord.domain.text.clauses import LITERAL, Kind
from accord.domain.text.inline import atoms
from accord.render.forge.changes import words_of
from accord.render.forge.escaping import block, prose, sentence
from accord.render.forge.said import Said, folded, official_line, said_parts, section
from accord.render.forge.sticky import FOLDED, LONGEST

if TYPE_CHECKING:
    from accord.domain.text.clauses import Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionPage:
    """What the comment is made of: ``state`` in words, the ``next`` step, and its clauses."""

    title: str
    state: str
    next: str
    clauses: Sequence[Clause]
    said: Said


def opinion_content(page: OpinionPage) -> str:
    """What the comment says, without its mark and its last line."""
    step = f" Next: {sentence(page.next)}" if page.next else ""
    before = [
        f"### Opinion {prose(page.said.name)}{f': {prose(page.title, 200)}' if page.title else ''}",
        official_line(page.said.words.forum),
        f"**Where it stands as it reads: {sentence(page.state)}.**{step}",
    ]
    after = said_parts(page.said)
    room = LONGEST - 2_000 - sum(len(part) + 2 for part in (*before, *after))
    text = section("How it reads", _text(page.clauses, room))
    return "\n\n".join(part for part in (*before, *text, *after) if part)


def _text(clauses: Sequence[Clause], room: int) -> str:
    shown: list[str] = []
    for kind, run in groupby(clauses, key=lambda clause: clause.kind):
        for piece in [_literal(list(run))] if kind in LITERAL else [_clause(one) for one in run]:
            room -= len(piece) + 4
            if room < 0:
                shown.append("> _And more: the file itself shows all of it._")
                return folded("\n>\n".join(shown), "The whole text", FOLDED)
            shown.append(piece)
    return folded("\n>\n".join(shown), "The whole text", FOLDED)


def _literal(run: Sequence[Clause]) -> str:
    """Lines that stand as they are typed, such as what the file says about itself at its top."""
    lines = block("\n".join(clause.text for clause in run), 4_000).split("\n")
    return "\n".join(f"> {line}" for line in lines)


def _clause(clause: Clause) -> str:
    label = f"**{prose(clause.label, 200)}** " if clause.label and clause.kind is not Kind.KEYWORD else ""
    words = words_of(atoms(clause.kind, clause.text))
    return f"> {label}{f'**{words}**' if clause.kind is Kind.HEADING else words}"
