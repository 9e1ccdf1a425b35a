"""Texts of invented sentences, each about one place, and changes of them whose effect on every clause is known.

It knows nothing of the tool: what happened to a clause is read off the places, and not off its words.
"""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

THINGS = (
    "harbour",
    "lighthouse",
    "school",
    "library",
    "ferry",
    "workshop",
    "mill",
    "market",
    "observatory",
    "garden",
)
WHATS = (
    "lends oil lamps to whoever asks", "keeps a mast for three networks", "teaches grandparents to read a chart",
    "repairs telephones that others throw away", "counts the storms of each winter",
    "shares its cable with the islands",
    "opens its archive to travellers", "rings a bell when the line is down", "trains young people as radio operators",
    "borrows satellites from its neighbours", "measures what its servers burn", "sells spare batteries at cost",
    "prints warnings in every language", "pays inventors in apples", "listens to the weather of the strait",
    "charges boats with the power of the tide",
)  # fmt: skip
WHENS = (
    "in the evening", "on market days", "after the harvest", "while the fog lasts", "before every election",
    "at high tide", "during the long nights", "when the council sits", "twice a year", "as long as money lasts",
)  # fmt: skip
_SYLLABLES = (
    "bar",
    "dol",
    "fen",
    "gri",
    "hul",
    "jor",
    "kam",
    "lor",
    "mis",
    "nef",
    "oru",
    "pel",
    "rud",
    "sil",
    "tov",
    "vek",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence about one place; no two sentences are about the same."""

    place: str
    thing: str
    what: str
    when: str

    @property
    def words(self) -> str:
        """Without capital and full stop."""
        return f"the {self.thing} of {self.place} {self.what} {self.when}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One clause, or as ``raw`` what nobody follows. ``kind``: heading, paragraph, item, keyword, raw."""

    kind: str
    sentences: tuple[Sentence, ...] = ()
    raw: str = ""
    wrapped: bool = False

    @property
    def place(self) -> str:
        """By which it is followed: the place of its first sentence."""
        return self.sentences[0].place if self.sentences else ""

    @property
    def text(self) -> str:
        """As it reads, whatever its line breaks."""
        said = [sentence.words for sentence in self.sentences]
        match self.kind:
            case "heading":
                return f"## The {self.sentences[0].thing} of {self.place} {self.sentences[0].when}"
            case "paragraph":
                return " ".join(one[0].upper() + one[1:] + "." for one in said)
            case "item":
                return f"that {' and '.join(said)};"
            case _:
                return self.raw


Model = Mapping[str, tuple[Unit, ...]]
"""A state of the texts: path → its clauses in order."""


def render(units: Sequence[Unit]) -> str:
    """The source of a file."""
    out: list[str] = []
    number = 0
    for unit in units:
        number = number + 1 if unit.kind == "item" else 0
        if unit.kind == "item":
            line = f"{number}. {unit.text}"
            out.append(("\n" if number > 1 else "\n\n") + line)
        else:
            text = textwrap.fill(unit.text, 60) if unit.wrapped else unit.text
            out.append(("\n\n" if out else "") + text)
    return "".join(out) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a clause stands and how it reads."""

    path: str
    under: str
    text: str


def standings(model: Model) -> dict[str, Standing]:
    """Every followed clause by its place; ``under`` is the heading or keyword it stands under."""
    found: dict[str, Standing] = {}
    for path, units in model.items():
        under = ""
        for unit in units:
            if unit.place:
                found[unit.place] = Standing(path=path, under=under, text=unit.text)
            if unit.kind in ("heading", "keyword"):
                under = unit.place or unit.raw
    return found


def happened(before: Model, after: Model, moved: frozenset[str]) -> Iterator[tuple[str, str]]:
    """What became of every followed clause: pairs of place and added, changed, moved or removed."""
    was, now = standings(before), standings(after)
    for place in [*was, *(place for place in now if place not in was)]:
        old, new = was.get(place), now.get(place)
        if old is None:
            yield place, "added"
        elif new is None:
            yield place, "removed"
        elif old.text != new.text:
            yield place, "changed"
        elif old != new or place in moved:
            yield place, "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change as its author means it, to be made on any state; ``moved``: places that stand elsewhere by it."""

    make: Callable[[Model], Model]
    moved: frozenset[str] = frozenset()


class Author:
    """Makes sentences and edits, all by one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._places: set[str] = set()

    def sentence(self) -> Sentence:
        """A sentence about a place that no sentence was about before."""
        pick = self.random.choice
        while True:
            place = "".join(pick(_SYLLABLES) for _ in range(3)).capitalize()
            if place not in self._places:
                self._places.add(place)
                return Sentence(place=place, thing=pick(THINGS), what=pick(WHATS), when=pick(WHENS))

    def unit(self, kind: str, sentences: int = 1) -> Unit:
        """A new clause."""
        return Unit(kind=kind, sentences=tuple(self.sentence() for _ in range(sentences)))

    def reword(self, place: str, field: str = "when") -> Edit:
        """MOD: other words in the sentence about a place."""
        pool = {"thing": THINGS, "what": WHATS, "when": WHENS}[field]
        offset = self.random.randrange(1, len(pool))

        def change(sentence: Sentence) -> Sentence:
            old = getattr(sentence, field)
            return replace(sentence, **{field: pool[(pool.index(old) + offset) % len(pool)]})

        def make(model: Model) -> Model:
            path, index, nth = _find(model, place)
            unit = model[path][index]
            said = list(unit.sentences)
            said[nth] = change(said[nth])
            return _put(model, path, index, replace(unit, sentences=tuple(said)))

        return Edit(make=make)

    def add(self, after: str, kind: str, sentences: int = 1) -> Edit:
        """ADD: a new clause after the one about a place."""
        new = self.unit(kind, sentences)
        return self.restore(new, after)

    def restore(self, unit: Unit, after: str) -> Edit:
        """ADD: a given clause (it may have stood in the text before)."""

        def make(model: Model) -> Model:
            path, index, _ = _find(model, after)
            units = model[path]
            return {**model, path: (*units[: index + 1], unit, *units[index + 1 :])}

        return Edit(make=make)

    def drop(self, place: str) -> Edit:
        """SUP: the clause about a place goes."""

        def make(model: Model) -> Model:
            path, index, _ = _find(model, place)
            return {**model, path: model[path][:index] + model[path][index + 1 :]}

        return Edit(make=make)

    def move(self, place: str, after: str) -> Edit:
        """The clause about a place stands after another one."""

        def make(model: Model) -> Model:
            path, index, _ = _find(model, place)
            unit = model[path][index]
            return self.restore(unit, after).make(
                {**model, path: model[path][:index] + model[path][index + 1 :]}
            )

        return Edit(make=make, moved=frozenset([place]))

    def rewrap(self, place: str) -> Edit:
        """Other line breaks, the same words."""

        def make(model: Model) -> Model:
            path, index, _ = _find(model, place)
            unit = model[path][index]
            return _put(model, path, index, replace(unit, wrapped=not unit.wrapped))

        return Edit(make=make)

    def split(self, place: str) -> Edit:
        """The last sentence of a clause becomes a clause of its own."""

        def make(model: Model) -> Model:
            path, index, _ = _find(model, place)
            unit = model[path][index]
            first = replace(unit, sentences=unit.sentences[:-1])
            second = replace(unit, sentences=unit.sentences[-1:])
            return {**model, path: (*model[path][:index], first, second, *model[path][index + 1 :])}

        return Edit(make=make)

    def join(self, place: str) -> Edit:
        """A clause takes in the one after it."""

        def make(model: Model) -> Model:
            path, index, _ = _find(model, place)
            first, second = model[path][index : index + 2]
            both = replace(first, sentences=(*first.sentences, *second.sentences))
            return {**model, path: (*model[path][:index], both, *model[path][index + 2 :])}

        return Edit(make=make)

    def rename(self, path: str, new: str) -> Edit:
        """A file gets another name."""

        def make(model: Model) -> Model:
            return {(new if one == path else one): units for one, units in model.items()}

        return Edit(make=make)

    def write(self, path: str, units: Sequence[Unit]) -> Edit:
        """A whole file, new or in place of another text."""
        return Edit(make=lambda model: {**model, path: tuple(units)})

    def spell(self, path: str, old: str, new: str) -> Edit:
        """Other words in the raw pieces of a file."""

        def make(model: Model) -> Model:
            assert any(old in unit.raw for unit in model[path]), (path, old)
            return {
                **model,
                path: tuple(replace(unit, raw=unit.raw.replace(old, new)) for unit in model[path]),
            }

        return Edit(make=make)


def made(model: Model, edits: Sequence[Edit]) -> Model:
    """A state after edits."""
    for edit in edits:
        model = edit.make(model)
    return model


def _find(model: Model, place: str) -> tuple[str, int, int]:
    for path, units in model.items():
        for index, unit in enumerate(units):
            for nth, sentence in enumerate(unit.sentences):
                if sentence.place == place:
                    return path, index, nth
    raise KeyError(place)


def _put(model: Model, path: str, index: int, unit: Unit) -> Model:
    return {**model, path: (*model[path][:index], unit, *model[path][index + 1 :])}
