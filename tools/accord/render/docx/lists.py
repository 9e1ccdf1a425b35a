"""Native numbering: the lists that Word counts itself, and every way in which their levels are printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from accord.render.docx.xml import DECLARATION, ROOT, clean

LEVELS = 9
"""How many levels a list of Word has."""


class Level(NamedTuple):
    """How a level is printed: a number format of Word, and a text in which ``%2`` is the count of the second level."""

    form: str
    text: str


NOTHING = Level("none", "")


def _inner(level: int) -> Level:
    return Level("lowerLetter" if level % 2 == 0 else "lowerRoman", f"%{level + 1})")


# Sections and their paragraphs, keywords and their clauses, captions: each list counts by itself.
_LISTS: dict[str, tuple[Level, ...]] = {
    "report": (Level("decimal", "%1"), Level("decimal", "%1.%2"), *(_inner(n) for n in range(2, LEVELS))),
    "opinion": (NOTHING, Level("decimal", "%2"), *(_inner(n) for n in range(2, LEVELS))),
    "table": (Level("decimal", "Table %1:"), *(NOTHING for _ in range(1, LEVELS))),
}


_LOOSE = tuple(_inner(n) for n in range(LEVELS))


def levels(name: str) -> tuple[Level, ...]:
    """How the levels of a list are printed where nothing else is wanted; lists of other names hold items alone."""
    return _LISTS.get(name, _LOOSE)


@dataclass(slots=True)
class Lists:
    """Instances of the lists. Those of one list share its counts and differ only in how one level is printed."""

    instances: dict[tuple[str, int, Level], int] = field(default_factory=dict)

    def instance(self, name: str, level: int, printed: Level) -> int:
        """The number of the instance of list ``name`` that prints ``level`` so."""
        usual = levels(name)[level] == printed
        key = (name, -1, NOTHING) if usual else (name, level, printed)
        return self.instances.setdefault(key, len(self.instances) + 1)

    def part(self) -> str:
        """``numbering.xml``."""
        names = list(dict.fromkeys(name for name, _, _ in self.instances))
        made = [
            f'<w:abstractNum w:abstractNumId="{index}"><w:multiLevelType w:val="multilevel"/>'
            + "".join(_level(number, level) for number, level in enumerate(levels(name)))
            + "</w:abstractNum>"
            for index, name in enumerate(names)
        ]
        for (name, level, printed), number in self.instances.items():
            override = (
                ""
                if level < 0
                else f'<w:lvlOverride w:ilvl="{level}">{_level(level, printed)}</w:lvlOverride>'
            )
            made.append(
                f'<w:num w:numId="{number}"><w:abstractNumId w:val="{names.index(name)}"/>{override}</w:num>'
            )
        return f"{DECLARATION}<w:numbering {ROOT}>{''.join(made)}</w:numbering>"


def _level(number: int, level: Level) -> str:
    after = '<w:suff w:val="nothing"/>' if level == NOTHING else ""
    font = '<w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Arial"/></w:rPr>'
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{level.form}"/>{after}'
        f'<w:lvlText w:val="{clean(level.text)}"/><w:lvlJc w:val="left"/>'
        f"{font if level.form == 'bullet' else ''}</w:lvl>"
    )
