"""How each clause is counted: in which list, on which level, printed how, so that Word computes the label we did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from accord.domain.text.clauses import Clause, Kind
from accord.domain.text.numbering import is_operative, letter, roman
from accord.render.docx.lists import LEVELS, NOTHING, Level

BULLET = Level("bullet", "•")
_LETTERS = 26  # after z Word writes aa, bb, cc


class Sign(NamedTuple):
    """List, level and print of one clause; see :mod:`accord.render.docx.lists`."""

    list: str
    level: int
    printed: Level


def signs_of(texts: Iterable[Sequence[Clause]]) -> dict[int, Sign]:
    """The sign of every counted clause of one state of the texts, by the identity of the clause."""
    count = _Count()
    found: dict[int, Sign] = {}
    for index, clauses in enumerate(texts):
        walk = _Walk(index, any(_opinion(clause) for clause in clauses))
        for clause in clauses:
            wanted = walk.wanted(clause)
            if wanted is not None:
                found[id(clause)] = count.take(*wanted)
    return found


def _opinion(clause: Clause) -> bool:
    return clause.kind is Kind.KEYWORD or clause.path.startswith("opinions/")


Wanted = tuple[str, int, Level, str]
"""List, level, usual print, and the text that must come out."""


@dataclass(slots=True)
class _Walk:
    """Goes through one file and says what each clause wants to be."""

    file: int
    opinion: bool
    keyword: str = ""
    section: str = ""
    paragraph: bool = False

    def wanted(self, clause: Clause) -> Wanted | None:
        match clause.kind:
            case _ if any(name.startswith("note:") for name in clause.frames):
                return None
            case Kind.HEADING if not clause.frames:
                self.keyword = ""
                if clause.label:
                    self.section, self.paragraph = clause.label, False
                    return "report", 0, Level("decimal", "%1"), clause.label
                return None
            case Kind.KEYWORD:
                self.keyword = clause.label
                return "opinion", 0, NOTHING, ""
            case Kind.CAPTION:
                return "table", 0, Level("decimal", "Table %1:"), f"{clause.label}:"
            case Kind.PARAGRAPH if clause.label:
                return self._paragraph(clause)
            case Kind.ITEM:
                return self._item(clause)
            case _:
                return None

    def _paragraph(self, clause: Clause) -> Wanted | None:
        if self.opinion:
            return self._clause(clause)
        self.paragraph = True
        form = "%1.%2" if "." in clause.label else "%1"
        return "report", 1, Level("decimal", form), clause.label

    def _clause(self, clause: Clause) -> Wanted:
        """A clause of an Opinion: a number, a letter, or nothing where it stands alone."""
        from accord.render.document_sheet import sign

        text = sign(clause.label, self.keyword)
        if not text:
            return "opinion", 1, NOTHING, ""
        operative = is_operative(self.keyword)
        return "opinion", 1, Level("decimal", "%2") if operative else Level("lowerLetter", "%2)"), text

    def _item(self, clause: Clause) -> Wanted | None:
        above, base = clause.frames[:-1].count("ordered"), 0
        if not self.opinion:
            # Under a heading without a paragraph between them the level of paragraphs would be left out.
            name = "report" if self.paragraph else f"loose {self.file} {self.section}"
            base = 1 if self.paragraph else -1
        elif not self.keyword or (clause.level == 1 and len(clause.frames) > 1):
            name, base = f"loose {self.file}", -1
        elif clause.level == len(clause.frames) == 1:
            return self._clause(clause)
        else:
            name = "opinion"
            above = clause.frames[1:-1].count("ordered") + (0 if is_operative(self.keyword) else 1)
        level = min(base + max(1, clause.level), LEVELS - 1)
        if clause.frames[-1] == "bullet":
            return name, level, BULLET, ""
        form = "lowerLetter" if above % 2 == 0 else "lowerRoman"
        return name, level, Level(form, f"%{level + 1})"), clause.label.split(" ")[-1]


@dataclass(slots=True)
class _Count:
    """Counts as Word does, to see what it will print."""

    counts: dict[str, list[int]] = field(default_factory=dict)

    def take(self, name: str, level: int, printed: Level, text: str) -> Sign:
        """The sign that prints ``text``: the usual one where Word's count gives that, else one that holds it."""
        if level > len(self.counts.get(name, ())):
            # What a level that was left out counts as is not the same in all programs.
            form, shown = printed
            name, level, printed = f"{name} {level}", 0, Level(form, shown.replace(f"%{level + 1}", "%1"))
        counts = self.counts.setdefault(name, [])
        del counts[level + 1 :]
        if level == len(counts):
            counts.append(0)
        counts[level] += 1
        if text and _printed(printed, level, counts) != text:
            printed = Level("decimal", text.replace("%", ""))
        return Sign(name, level, printed)


def _printed(printed: Level, level: int, counts: Sequence[int]) -> str:
    """What Word will print, "" where it counts otherwise than we do."""
    text = printed.text
    for index in range(level + 1):
        if f"%{index + 1}" in text:
            text = text.replace(
                f"%{index + 1}", _spelt(printed.form if index == level else "decimal", counts[index])
            )
    return text


def _spelt(form: str, count: int) -> str:
    if form == "lowerLetter":
        return letter(count) if count <= _LETTERS else ""
    return roman(count) if form == "lowerRoman" else str(count)
