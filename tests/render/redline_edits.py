"""A text of real size with every construct, and many random edits of it: the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from tests.domain.text.drafts import SIGNS, Block, written

SIZE = 85_000
EDITS = 300

_TEXT = (
    "the Forum invites each Member State to share what it learns about networks that bring light water and news to "
    "islands valleys and harbours where few people live because bridges between regions last longer when those who "
    "cross them had a voice in how they were built and who keeps them"
)
_TARGETS = ["https://example.org/a", "https://example.org/b?c=1&d=2", "#annex", "mailto:desk@arcadia.example"]
_FRONT = "---\nid: long-text\ntitle: {title}\ntags: [one, two]\n---\n\n"


class Editor:
    """Writes blocks and changes them, by a random sequence of its own."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.plain = _TEXT.split()

    def word(self) -> str:
        """Mostly a plain word; now and then a number, a link, or a sign that means something somewhere."""
        draw = self.chance.random()
        if draw < 0.94:
            return self.chance.choice(self.plain)
        if draw < 0.96:
            return f"[{self.chance.choice(self.plain)}]({self.chance.choice(_TARGETS)})"
        return str(self.chance.randint(1, 99)) if draw < 0.97 else self.chance.choice(SIGNS)

    def words(self, low: int, high: int) -> tuple[str, ...]:
        """So many words."""
        return tuple(self.word() for _ in range(self.chance.randint(low, high)))

    def block(self, depth: int = 0) -> Block:
        """A block; nested ones get rarer with depth."""
        kinds = ["paragraph"] * 8 + ["heading", "heading", "code", "table", "html", "rule", "keyword"]
        kind = self.chance.choice(kinds + ["bullet", "ordered", "quote", "note"] * (3 if depth < 3 else 0))
        inner: tuple[Block, ...] = ()
        if kind in {"bullet", "ordered", "quote", "note"} and self.chance.random() < 0.4:
            inner = tuple(self.block(depth + 1) for _ in range(self.chance.randint(1, 2)))
        size = {"heading": (2, 7), "table": (6, 12), "code": (3, 12), "html": (2, 5)}.get(kind, (15, 60))
        return Block(kind=kind, words=self.words(*size), level=self.chance.randint(1, 4), inner=inner)

    def text(self) -> list[Block]:
        """About :data:`SIZE` characters."""
        blocks: list[Block] = []
        size = 0
        while size < SIZE:
            block = self.block()
            if block.kind == "table":
                blocks.append(Block("paragraph", ("Table:", *self.words(3, 6))))
            blocks.append(block)
            size += len(written(blocks[-1:]))
        return blocks

    def edited(self, old: list[Block], edits: int = EDITS) -> list[Block]:
        """After so many edits, each of any kind, anywhere."""
        new = list(old)
        for _ in range(edits):
            self.chance.choice(_KINDS)(self, new)
        return new

    def insert(self, new: list[Block]) -> None:
        new.insert(self.chance.randint(0, len(new)), self.block())

    def remove(self, new: list[Block]) -> None:
        del new[self._place(new)]

    def move(self, new: list[Block]) -> None:
        taken = new.pop(self._place(new))
        new.insert(self.chance.randint(0, len(new)), taken)

    def repeat(self, new: list[Block]) -> None:
        new.insert(self.chance.randint(0, len(new)), new[self._place(new)])

    def reword(self, new: list[Block]) -> None:
        at = self._place(new)
        new[at] = self._reworded(new[at])

    def _reworded(self, block: Block) -> Block:
        if block.inner and self.chance.random() < 0.5:
            which = self.chance.randrange(len(block.inner))
            inner = list(block.inner)
            inner[which] = self._reworded(inner[which])
            return replace(block, inner=tuple(inner))
        start = self.chance.randint(0, len(block.words))
        end = min(len(block.words), start + self.chance.randint(0, 3))
        words = (*block.words[:start], *self.words(0 if end > start else 1, 3), *block.words[end:])
        return replace(block, words=words or block.words)

    def level(self, new: list[Block]) -> None:
        at = self._place(new)
        new[at] = replace(new[at], level=self.chance.randint(1, 4))

    def kind(self, new: list[Block]) -> None:
        at = self._place(new)
        new[at] = replace(
            new[at], kind=self.chance.choice(["paragraph", "bullet", "ordered", "quote", "note"])
        )

    def split(self, new: list[Block]) -> None:
        at = self._place(new)
        words = new[at].words
        if len(words) > 1:
            cut = self.chance.randint(1, len(words) - 1)
            new[at : at + 1] = [
                replace(new[at], words=words[:cut]),
                replace(new[at], words=words[cut:], inner=()),
            ]

    def join(self, new: list[Block]) -> None:
        at = self._place(new)
        if at + 1 < len(new):
            new[at : at + 2] = [replace(new[at], words=new[at].words + new[at + 1].words)]

    def nest(self, new: list[Block]) -> None:
        at = self._place(new)
        if at + 1 < len(new) and new[at].kind in {"bullet", "ordered", "quote", "note"}:
            new[at : at + 2] = [replace(new[at], inner=(*new[at].inner, new[at + 1]))]

    def flatten(self, new: list[Block]) -> None:
        at = self._place(new)
        new[at : at + 1] = [replace(new[at], inner=()), *new[at].inner]

    def _place(self, new: list[Block]) -> int:
        return self.chance.randrange(len(new))


_KINDS: list[Callable[[Editor, list[Block]], None]] = [
    *([Editor.reword] * 8),
    *(Editor.insert, Editor.remove, Editor.move, Editor.repeat, Editor.level, Editor.kind),
    *(Editor.split, Editor.join, Editor.nest, Editor.flatten),
]


def long_edited_pair(seed: int = 1) -> tuple[str, str]:
    """A text of about :data:`SIZE` characters and the same after :data:`EDITS` edits."""
    editor = Editor(seed)
    old = editor.text()
    new = editor.edited(old)
    return (
        _FRONT.format(title="A long text") + written(old),
        _FRONT.format(title="A longer text") + written(new),
    )
