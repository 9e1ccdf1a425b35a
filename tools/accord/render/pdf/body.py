"""The clauses of one file as they are read: numbered paragraphs, lettered lists, captioned tables, real footnotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from accord.domain.text.clauses import LITERAL, ROWS, Clause, Document, Kind
from accord.domain.text.inline import tree
from accord.domain.text.nodes import Node, visible
from accord.domain.text.redline import Op, Row, Side
from accord.render.document_sheet import body, caption, sign
from accord.render.pdf.literal import has_leftward, leftward, text, turned
from accord.render.pdf.nest import Levels, Nest
from accord.render.pdf.style import EMPTY
from accord.render.pdf.words import References, Words, reference

_NO_NOTES = frozenset({Kind.HEADING, Kind.CAPTION, Kind.HEADER})
"""Where a footnote would be printed twice: in the contents, or on each page of a long table."""


@dataclass(slots=True, kw_only=True)
class Body:
    """Writes files one after another. ``notes`` counts the footnotes of them all."""

    levels: Levels
    notes: int = 0

    def document(self, document: Document, *, heading: int, opinion: bool = False) -> list[str]:
        """The source lines of a file without its front matter. ``heading`` is the level of its first headings."""
        footnotes = _footnotes(document)
        part = _Part(body=self, heading=heading, opinion=opinion, footnotes=footnotes)
        kept = [clause for clause in body(document) if _note(clause) not in footnotes]
        return part.lines(kept)


@dataclass(slots=True, kw_only=True)
class _Part:
    """Writes one file, or one footnote of it. ``used`` are the numbers of the footnotes that were printed."""

    body: Body
    heading: int
    opinion: bool
    footnotes: dict[str, list[Clause]]
    used: dict[str, int] = field(default_factory=dict)
    keyword: str = ""

    def lines(self, clauses: Sequence[Clause]) -> list[str]:
        nest = Nest(sign=self._sign, indent="" if self.opinion else "3.2em")
        for clause in clauses:
            words = Words(has_leftward(clause.text), self._refer(clause))
            if clause.kind is Kind.CAPTION:
                nest.enter(clause)
                said = "{" + f"strong({text(clause.label + ': ')});{words.nodes(_captioned(clause))}" + "}"
                nest.caption = said
                continue
            if clause.kind is not Kind.HEADER and nest.caption:
                nest.out.append(f"p({nest.caption})")  # a caption that no table follows
                nest.caption = ""
            nest.enter(clause)
            if clause.kind in ROWS:
                nest.row(clause, words.cells(clause))
            else:
                block = self._block(clause, words)
                turn = not clause.text.isascii() and leftward(visible(tree(clause.kind, clause.text)))
                nest.out.append(turned(block) if turn else block)
        nest.close()
        return nest.out

    def _block(self, clause: Clause, words: Words) -> str:
        if clause.kind is Kind.RULE:
            return "rule"
        if clause.kind in LITERAL:
            row = Row(op=Op.SAME, side=Side.BOTH, old=clause, new=clause)
            return f"lines({', '.join(words.lines(row))})"
        wording = words.cells(clause)[0]
        if wording == "[]":
            wording = EMPTY
        match clause.kind:
            case Kind.HEADING:
                self.keyword = ""
                level = self.body.levels.of(self.heading + clause.level - 1)
                listed = "true" if self.heading == clause.level == 1 else "false"
                number = f"{text(clause.label)};h(0.7em);" if clause.label else ""
                return f"heads({level}, {{{number}{wording}}}, listed: {listed})"
            case Kind.KEYWORD:
                self.keyword = clause.label
                return f"keyword({wording})"
            case Kind.ITEM | Kind.FOOTNOTE:
                return f"p({wording})"
            case _:
                number = sign(clause.label, self.keyword) if self.opinion else clause.label
                return f"numbered({text(number)}, {wording})" if number else f"p({wording})"

    def _sign(self, clause: Clause) -> str:
        bullet = clause.frames[-1] == "bullet"
        if self.opinion:
            shown = sign(clause.label, self.keyword).split(" ")[-1]
        else:
            shown = "" if bullet else clause.label.split(" ")[-1]
        return text(shown or ("•" if bullet else ""))

    def _refer(self, clause: Clause) -> References:
        if clause.kind in _NO_NOTES or _note(clause):
            return reference
        return self._footnote

    def _footnote(self, label: str) -> str:
        """A footnote at its first reference, and a link to it at the others."""
        if label not in self.footnotes:
            return reference(label)
        if label in self.used:
            return f"footnote(<note-{self.used[label]}>)"
        self.body.notes += 1
        self.used[label] = self.body.notes
        inner = _Part(body=self.body, heading=self.heading, opinion=False, footnotes={})
        inside = [line for line in inner.lines(self.footnotes[label]) if not line.startswith("//@")]
        written = "\n".join(inside)
        return f"[#footnote(numbering: _ => {text(label)}, {{[]\n{written}\n}})<note-{self.used[label]}>]"


def _captioned(clause: Clause) -> tuple[Node, ...]:
    """A caption's words without the word that makes it one."""
    first, *rest = tree(clause.kind, clause.text)
    return (Node("text", caption(first.text)), *rest) if first.tag == "text" else (first, *rest)


def _note(clause: Clause) -> str:
    """The label of the outermost note that it stands in; "" for none."""
    return next((name[5:] for name in clause.frames if name.startswith("note:")), "")


def _footnotes(document: Document) -> dict[str, list[Clause]]:
    """The notes that the running text refers to, each with its clauses as they stand outside all else."""
    labels = {
        node.text
        for clause in document.clauses
        if clause.kind not in _NO_NOTES | LITERAL and not _note(clause)
        for node in _all(tree(clause.kind, clause.text))
        if node.tag == "note"
    }
    found: dict[str, list[Clause]] = {}
    for clause in document.clauses:
        if _note(clause) in labels:
            found.setdefault(_note(clause), []).append(_outside(clause))
    return found


def _all(nodes: Sequence[Node]) -> list[Node]:
    return [one for node in nodes for one in (node, *_all(node.children))]


def _outside(clause: Clause) -> Clause:
    """A note's clause as if the note stood alone."""
    at = next(i for i, name in enumerate(clause.container) if name.startswith("note:"))
    return replace(
        clause, container=clause.container[at + 1 :], apart=min(clause.apart, len(clause.container) - at - 1)
    )
