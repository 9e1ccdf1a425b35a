"""A long text of invented words and an edited copy of it, the same for the same seed.

About 350 KB, one paragraph a line as in this repository's texts: sections, paragraphs, lists, tables, quotations and
footnotes. Between the copies lie exactly ``CHANGES`` edits of the kinds that drafting brings, each of another clause.
Run: python bench/long_text.py FOLDER [SEED] to have both as files.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

CHANGES = 300
SIZE = 350_000
KINDS = {
    "add": 30,
    "remove": 25,
    "move": 15,
    "item": 30,
    "row": 25,
    "note": 10,
    "heading": 5,
    "sentence": 40,
    "words": 120,
}
"""How many edits of each kind; those that change how many clauses there are come first and get room around them."""


@dataclass(frozen=True)
class Clause:
    """One line of the text, or a table's head (two lines); ``blank``: is there an empty line before it?"""

    kind: str
    text: str
    blank: bool = True


class Author:
    """Writes with a vocabulary of its own: few short words are frequent, many long ones are rare."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        starts = (
            "b",
            "br",
            "c",
            "d",
            "f",
            "g",
            "gr",
            "h",
            "k",
            "l",
            "m",
            "n",
            "p",
            "pl",
            "r",
            "s",
            "st",
            "t",
            "v",
            "z",
        )
        ends = ("a", "e", "i", "o", "u", "an", "el", "ir", "on", "us", "ay", "en")
        syllables = [start + end for start in starts for end in ends]
        words = dict.fromkeys(
            "".join(self.random.choices(syllables, k=1 + min(3, rank // 120))) for rank in range(4000)
        )
        self.words = list(words)
        self.weights = list(accumulate(1 / (rank + 4) for rank in range(len(self.words))))
        self.notes = 0

    def some(self, least: int, most: int) -> list[str]:
        """Words in a row."""
        return self.random.choices(self.words, cum_weights=self.weights, k=self.random.randint(least, most))

    def phrase(self, least: int = 2, most: int = 5) -> str:
        """A few words with a capital, without an end."""
        return " ".join(self.some(least, most)).capitalize()

    def sentence(self) -> str:
        """One sentence; now and then with a comma, emphasis, a link, a figure or code in it."""
        words = self.some(9, 24)
        chance = self.random.random()
        at = self.random.randrange(2, len(words) - 2)
        if chance < 0.35:
            words[at] += ","
        elif chance < 0.41:
            words[at] = f"*{words[at]}*"
        elif chance < 0.44:
            words[at] = f"**{words[at]} {words[at + 1]}**"
        elif chance < 0.48:
            words[at] = f"[{words[at]}](https://texts.example/{words[at]})"
        elif chance < 0.54:
            words[at] = str(self.random.randrange(1980, 2040))
        elif chance < 0.56:
            words[at] = f"`{words[at]}`"
        return " ".join(words).capitalize() + "."

    def sentences(self, least: int, most: int) -> str:
        """A paragraph's text."""
        return " ".join(self.sentence() for _ in range(self.random.randint(least, most)))

    def row(self, cells: int) -> str:
        """A table row."""
        return "| " + " | ".join(" ".join(self.some(1, 6)) for _ in range(cells)) + " |"

    def section(self) -> list[Clause]:
        """A heading and what stands under it."""
        made = [Clause("heading", f"## {self.phrase()}")]
        for _ in range(self.random.randint(2, 4)):
            made.append(Clause("heading", f"### {self.phrase()}"))
            for _ in range(self.random.randint(2, 5)):
                made += self.block()
        return made

    def block(self) -> list[Clause]:
        """Mostly a paragraph, sometimes with a footnote; or a list, a table, a quotation."""
        kind = self.random.choices(
            ("prose", "note", "bullets", "steps", "table", "quote"), (60, 6, 14, 7, 6, 3)
        )[0]
        if kind == "bullets" or kind == "steps":
            signs = ["-"] * 9 if kind == "bullets" else [f"{number}." for number in range(1, 10)]
            items = [
                Clause("item", f"{sign} {self.sentence()}", blank=sign in {"-", "1."} and not at)
                for at, sign in enumerate(signs[: self.random.randint(3, 9)])
            ]
            return [Clause("prose", self.sentence()[:-1] + ":"), *items]
        if kind == "table":
            cells = self.random.randint(3, 5)
            head = Clause("head", f"{self.row(cells)}\n|{'---|' * cells}")
            return [
                head,
                *(Clause("row", self.row(cells), blank=False) for _ in range(self.random.randint(4, 10))),
            ]
        if kind == "quote":
            return [Clause("quote", f"> {self.sentences(1, 3)}")]
        text = self.sentences(2, 6)
        if kind == "note":
            self.notes += 1
            return [
                Clause("prose", f"{text}[^{self.notes}]"),
                Clause("note", f"[^{self.notes}]: {self.sentence()}"),
            ]
        return [Clause("prose", text)]

    def reworded(self, text: str) -> str:
        """Two to four words replaced, added or left out; the first word and all markup stay."""
        words = text.split(" ")
        plain = [at for at, word in enumerate(words) if at > 2 and word.isalpha()]
        for at in sorted(self.random.sample(plain, min(len(plain), self.random.randint(2, 4))), reverse=True):
            words[at : at + 1] = self.random.choice((self.some(1, 1), [words[at], *self.some(1, 2)], []))
        changed = " ".join(words)
        return changed if changed != text and plain else f"{text} {' '.join(self.some(2, 3))}"

    def resaid(self, text: str) -> str:
        """One sentence more."""
        head, stop, rest = text.partition(". ")
        return f"{head}. {self.sentence()} {rest}" if stop else f"{text} {self.sentence()}"


def long_pair(seed: int = 1) -> tuple[str, str]:
    """The text and its edited copy."""
    author = Author(seed)
    old = [Clause("heading", f"# {author.phrase()}"), Clause("prose", author.sentences(3, 5))]
    size = 0
    while size < SIZE:
        section = author.section()
        size += sum(len(clause.text) + 1 + clause.blank for clause in section)
        old += section
    return written(old), written(edited(author, old))


def edited(author: Author, old: list[Clause]) -> list[Clause]:
    """``CHANGES`` edits, each of a clause of its own."""
    new: list[list[Clause]] = [[clause] for clause in old]
    free = set(range(3, len(old) - 2))

    def place(*kinds: str, room: int = 0, inside: bool = False) -> int:
        """Where to make the next edit; ``inside``: not the first item of a list, not a clause that others hang on."""
        at = author.random.choice(
            [
                at
                for at in sorted(free)
                if old[at].kind in kinds
                and not (inside and (old[at].text[-1] in ":]" or (old[at].blank and "prose" not in kinds)))
            ]
        )
        free.difference_update(range(at - room, at + room + 1))
        return at

    for kind, count in KINDS.items():
        for _ in range(count):
            match kind:
                case "words":
                    at = place("prose", "quote")
                    new[at] = [replace(old[at], text=author.reworded(old[at].text))]
                case "sentence":
                    at = place("prose")
                    new[at] = [replace(old[at], text=author.resaid(old[at].text))]
                case "add":
                    new[place("prose", room=1, inside=True)].append(Clause("prose", author.sentences(2, 5)))
                case "remove":
                    new[place("prose", room=1, inside=True)] = []
                case "move":
                    new[place("prose", room=1, inside=True)].append(
                        old[at := place("prose", room=1, inside=True)]
                    )
                    new[at] = []
                case "item" | "row":
                    at = place(kind, room=1, inside=True)
                    line = author.row(old[at].text.count(" | ") + 1) if kind == "row" else None
                    fresh = Clause(
                        kind, line or f"{old[at].text.split(' ')[0]} {author.sentence()}", blank=False
                    )
                    changed = replace(old[at], text=_within(author, old[at]))
                    new[at] = author.random.choice(([old[at], fresh], [], [changed]))
                case "note":
                    at = place("note")
                    new[at] = [replace(old[at], text=author.reworded(old[at].text))]
                case _:
                    at = place("heading")
                    new[at] = [replace(old[at], text=f"{old[at].text} {' '.join(author.some(1, 2))}")]
    return [clause for clauses in new for clause in clauses]


def _within(author: Author, clause: Clause) -> str:
    """An item or a row with some words changed."""
    if clause.kind == "item":
        return author.reworded(clause.text)
    cells = clause.text.removesuffix(" |").split(" | ")
    cells[-1] += f" {' '.join(author.some(1, 2))}"
    return " | ".join(cells) + " |"


def written(clauses: list[Clause]) -> str:
    """The Markdown."""
    return "".join(("\n" if clause.blank else "") + clause.text + "\n" for clause in clauses).lstrip("\n")


def main(folder: str, seed: str = "1") -> None:
    """Write both texts."""
    for state, text in zip(("old", "new"), long_pair(int(seed)), strict=True):
        Path(folder, f"long-{state}.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
