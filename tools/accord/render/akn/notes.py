"""Footnotes: each stands where the text first refers to it, as Akoma Ntoso wants it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from accord.domain.text.clauses import Clause, Kind
from accord.domain.text.inline import tree
from accord.domain.text.nodes import Node
from accord.render.akn.places import Located, Places
from accord.render.akn.xml import Element, element, spelled


@dataclass(slots=True, kw_only=True)
class Notes:
    """The footnotes of one file: the place of each by its label, of two with one label the first.

    ``lifted`` are the clauses of those that stand at the first reference to them, drawn by ``draw``; any other stands
    where it is defined.
    """

    draw: Callable[[Sequence[Located], Element, Notes], None]
    places: dict[str, str] = field(default_factory=dict)
    lifted: dict[str, list[Located]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def take(self, label: str) -> str:
        """The place of the note of that label, once; "" where it was taken."""
        if label in self.taken:
            return ""
        self.taken.add(label)
        return self.places.get(label, "")

    def reference(self, label: str) -> Element:
        """What stands where the text refers to a note: the note itself at its first reference, else a reference."""
        if label not in self.places:
            return element("inline", *spelled(label), name="note")
        if label not in self.lifted or label in self.taken:
            return element("noteRef", href=f"#{self.places[label]}", marker=label)
        clauses = self.lifted[label]
        note = self.element(label, clauses[0].id)
        self.draw(clauses, note, self)
        return note

    def element(self, label: str, id_: str, other: str = "") -> Element:
        """The element of a note, still empty; ``other`` is its place where another note has its label."""
        place = other or self.take(label)
        return element("authorialNote", eId=place, wId=id_, marker=label, placement="bottom")


def lift(
    clauses: Sequence[Located], places: Places, draw: Callable[[Sequence[Located], Element, Notes], None]
) -> tuple[list[Located], Notes]:
    """The clauses of a file without the notes that stand where the text refers to them, and its notes."""
    notes = Notes(draw=draw)
    for one in clauses:
        if one.clause.kind is Kind.FOOTNOTE and (label := _label(one.clause)) not in notes.places:
            notes.places[label] = places.new("", "fn", label)
    runs = _runs(clauses)
    notes.lifted = {label: runs[label] for label in _reached(clauses, runs)}
    gone = {id(one) for run in notes.lifted.values() for one in run}
    kept: list[Located] = []
    parted = False
    for one in clauses:
        if id(one) in gone:
            parted = True
            continue
        if parted:  # what a note stood between does not grow together
            one = replace(one, clause=replace(one.clause, apart=len(one.clause.frames)))
        kept.append(one)
        parted = False
    return kept, notes


def _label(clause: Clause) -> str:
    return next(name for name in reversed(clause.frames) if name.startswith("note:")).removeprefix("note:")


def _runs(clauses: Sequence[Located]) -> dict[str, list[Located]]:
    """The clauses of each note that stands by itself in the file and is the first of its label."""
    runs: dict[str, list[Located]] = {}
    seen: set[str] = set()
    run: list[Located] = []
    for one in clauses:
        frames = one.clause.frames
        if one.clause.kind is Kind.FOOTNOTE:
            label = _label(one.clause)
            if len(frames) == 1:
                run = runs.setdefault(label, []) if label not in seen else []
            seen.add(label)
        elif not frames or not frames[0].startswith("note:"):
            run = []
        run.append(one)
    return runs


def _reached(clauses: Sequence[Located], runs: dict[str, list[Located]]) -> list[str]:
    """The notes that a reader of the text comes to, from the text itself or from another such note."""
    inside = {id(one) for run in runs.values() for one in run}
    reached: list[str] = []
    waiting = list(_referred(one for one in clauses if id(one) not in inside))
    while waiting:
        label = waiting.pop()
        if label in runs and label not in reached:
            reached.append(label)
            waiting += _referred(runs[label])
    return reached


def _referred(clauses: Iterable[Located]) -> Iterator[str]:
    for one in clauses:
        yield from _labels(tree(one.clause.kind, one.clause.text))


def _labels(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if node.tag == "note":
            yield node.text
        yield from _labels(node.children)
