"""The form for contributions: its fields and choices, and what a filled one says.

A forge writes a filled form as Markdown: for each field a line ``### Label``, an empty line and what was filled in. Its
author may edit that text later, so order, empty fields and other headings in between are tolerated, and every problem
is named at once by the label of its field.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import Enum
from itertools import takewhile

from accord.domain.findings import Finding, Place
from accord.domain.process.forum import Forum, Sender
from accord.domain.process.suggest import did_you_mean, shorten


class Ask(Enum):
    """What a form asks to be done with the text."""

    CHANGE = "change"
    ADD = "add"
    DELETE = "delete"
    COMMENT = "comment"
    OPINION = "opinion"


LABELS: Mapping[str, str] = {
    "category": "Category",
    "source": "Who you speak for",
    "title": "Title of the contribution",
    "kind": "Kind of contribution",
    "based_on": "Draft you have read",
    "themes": "Themes",
    "ask": "What you ask for",
    "passage": "Passage",
    "wording": "Proposed wording",
    "reasons": "Reasons",
    "for": "For action or for information",
    "language": "Language you write in",
    "cosigners": "Co-signers",
    "public": "Before you send it",
}
"""The fields in the order of the form, each with the label that people see."""

ASKS: Mapping[str, str] = {
    "Change this passage": Ask.CHANGE.value,
    "Add text after this passage": Ask.ADD.value,
    "Delete this passage": Ask.DELETE.value,
    "Comment only, without a change of the text": Ask.COMMENT.value,
    "Propose a new draft Opinion": Ask.OPINION.value,
}
PURPOSES: Mapping[str, str] = {
    "For action: a change or a decision is asked for": "action",
    "For information": "information",
}
PUBLIC = "I know that everybody can read this, for ever, and I have left out e-mail addresses and telephone numbers."
LANGUAGES: Mapping[str, str] = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "ja": "Japanese",
    "pt": "Portuguese",
    "ru": "Russian",
    "zh": "Chinese",
}
NOT_FILLED = "_No response_"

_CHOSEN = ("category", "kind", "based_on", "themes", "ask", "for", "language")
_PROSE = frozenset({"passage", "wording", "reasons"})
_HEADING = re.compile(r" {0,3}###[ \t]+(.*)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_TICKED = re.compile(r"[ \t]*[-*+][ \t]+\[([ xX])\][ \t]*")
_LONGEST = 2000  # characters of a choice or a label; what is longer is none
_MOST = 40
_EMPTY = frozenset({"", "no response", "none", "n/a"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The choices that a forum's form offers: field → label shown → what it stands for."""

    choices: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, forum: Forum, drafts: Sequence[str]) -> Sheet:
        """The form of a forum whose drafts have these names; one without Opinions asks for none."""
        opinions = any(one.presents_opinion for one in forum.kinds)
        return cls(
            choices={
                "category": {one.label: one.id for one in forum.categories},
                "kind": {one.label: one.id for one in forum.kinds if one.sender is Sender.ANYONE},
                "based_on": {one: one for one in drafts},
                "themes": {one.label: one.id for one in forum.themes if not one.secretariat_only},
                "ask": {label: ask for label, ask in ASKS.items() if opinions or ask != Ask.OPINION.value},
                "for": PURPOSES,
                "language": {language_label(one): one for one in forum.languages},
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a filled form says, field by field; "" or nothing where it says nothing that can be used."""

    category: str = ""
    source: str = ""
    title: str = ""
    kind: str = ""
    based_on: str = ""
    themes: tuple[str, ...] = ()
    ask: Ask = Ask.COMMENT
    passage: str = ""
    wording: str = ""
    reasons: str = ""
    purpose: str = ""
    language: str = ""
    cosigners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRead:
    """A filled form as read, and everything that is wrong with it."""

    filled: Filled
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Sections:
    """The sections of a form: label folded → its lines; and the headings that are no labels."""

    found: dict[str, list[str]] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def language_label(code: str) -> str:
    """A language as the form shows it."""
    return f"{LANGUAGES[code]} ({code})" if code in LANGUAGES else code


def is_form(body: str) -> bool:
    """Whether a text is a filled form: it has several of its fields, whatever is in them."""
    return len(_sections(body).found) >= 3


def read_form(body: str, sheet: Sheet, *, title: str = "", file: str = "form") -> FormRead:
    """What a filled form says. ``title`` is used where the form itself has none."""
    reading = _Reading(sheet=sheet, sections=_sections(body), file=file)
    return reading.read(title)


def not_filled(label: str, fix: str, file: str = "form") -> Finding:
    """The finding on a field that has to be filled in."""
    return form_finding("form-empty", label, f"The field “{label}” is not filled in.", fix, file)


def form_finding(rule: str, label: str, message: str, fix: str, file: str = "form") -> Finding:
    """A finding placed at the field of that label."""
    return Finding(rule=rule, message=message, fix=fix, place=Place(file=file, path=label))


@dataclass(slots=True, kw_only=True)
class _Reading:
    """One pass over a form, gathering what is wrong."""

    sheet: Sheet
    sections: _Sections
    file: str
    problems: list[Finding] = field(default_factory=list)

    def read(self, title: str) -> FormRead:
        for name in self.sections.twice:
            self.say("form-twice", name, f"The field “{LABELS[name]}” is there twice.", "Keep one of them.")
        chosen = {name: self.choice(name) for name in _CHOSEN}
        wording, passage = self.text("wording"), self.text("passage")
        first = {name: (values[0] if values else "") for name, values in chosen.items()}
        filled = Filled(
            category=first["category"],
            source=self.line("source", "Write the name of the entity you speak for, or your own."),
            title=self.line("title", "Write a title of one line.", otherwise=title),
            kind=first["kind"],
            based_on=first["based_on"],
            themes=tuple(chosen["themes"]),
            ask=self.ask(first["ask"], wording),
            passage=passage,
            wording=wording,
            reasons=self.required("reasons", "Say why; every proposal is followed by its reasons."),
            purpose=first["for"],
            language=first["language"],
            cosigners=_names(self.text("cosigners")),
        )
        self.told_apart(filled, first["ask"])
        self.ticked()
        order = list(LABELS.values())
        found = sorted(self.problems, key=lambda one: order.index(one.place.path) if one.place else 0)
        return FormRead(filled=filled, findings=tuple(found))

    def say(self, rule: str, name: str, message: str, fix: str) -> None:
        self.problems.append(form_finding(rule, LABELS[name], message, fix, self.file))

    def text(self, name: str) -> str:
        """What stands in a field, without empty lines around it and without a fence around all of it."""
        lines = list(self.sections.found.get(name, ()))
        if name not in _PROSE:  # a heading ends it: a label that was misspelt
            lines = list(takewhile(lambda line: not _HEADING.fullmatch(line), lines))
        while lines and not lines[0].strip():
            del lines[0]
        while lines and not lines[-1].strip():
            del lines[-1]
        lines = _unfenced(lines)
        value = "\n".join(lines)
        return "" if _is_empty(value) else value

    def required(self, name: str, fix: str) -> str:
        value = self.text(name)
        if not value:
            self.missing(name, fix)
        return value

    def line(self, name: str, fix: str, *, otherwise: str = "") -> str:
        """A field of one line; ``otherwise`` is what is known from elsewhere."""
        value = " ".join(self.text(name).split()) or " ".join(otherwise.split())
        if not value:
            self.missing(name, fix)
        return value

    def missing(self, name: str, fix: str) -> None:
        label = LABELS[name]
        if name in self.sections.found:
            self.problems.append(not_filled(label, fix, self.file))
            return
        close = get_close_matches(_folded(label), [_folded(one) for one in self.sections.others], n=1)
        wrote = next((one for one in self.sections.others if close and _folded(one) == close[0]), "")
        hint = f"In place of `### {shorten(wrote)}` write" if wrote else "Write"
        message = f"The field “{label}” is missing."
        self.say("form-missing", name, message, f"{hint} a line `### {label}` and below it the answer. {fix}")

    def choice(self, name: str) -> list[str]:
        """What was chosen in a field with choices."""
        options = self.sheet.choices[name]
        value = self.text(name)
        if not value or value.casefold() == "none":
            if name != "ask":  # nothing chosen there can be told from the wording
                self.missing(
                    name, f"Choose {'one or more' if name == 'themes' else 'one'} of: {_list(options)}."
                )
            return []
        value = value[:_LONGEST]
        pieces = _pieces(value, options)[:_MOST] if name == "themes" else [value]
        found = []
        for piece in pieces:
            known = _chosen(piece, options)
            if known is None:
                message = f"“{shorten(piece)}” is no choice of the field “{LABELS[name]}”."
                self.say("form-choice", name, message, _instead(piece, options))
            else:
                found.append(known)
        return list(dict.fromkeys(found))

    def ask(self, chosen: str, wording: str) -> Ask:
        """What is asked for; where nothing is chosen, new wording is a change, and none is a comment."""
        if chosen:
            return Ask(chosen)
        return Ask.CHANGE if wording else Ask.COMMENT

    def told_apart(self, it: Filled, chosen: str) -> None:
        """What is asked for and what is filled in go together; nothing is guessed where they do not."""
        wanted = next((label for label, ask in ASKS.items() if ask == it.ask.value), "")
        if it.ask in {Ask.CHANGE, Ask.ADD, Ask.DELETE} and not it.passage:
            self.problems.append(
                not_filled(
                    LABELS["passage"],
                    "Write its printed number, such as `2.1` or `considering b)`, or paste its words.",
                    self.file,
                )
            )
        if it.ask in {Ask.CHANGE, Ask.ADD, Ask.OPINION} and not it.wording:
            comment = next(label for label, ask in ASKS.items() if ask == Ask.COMMENT.value)
            fix = f"Write the words as you want them to read, or choose “{comment}”."
            self.problems.append(not_filled(LABELS["wording"], fix, self.file))
        if chosen and it.ask in {Ask.COMMENT, Ask.DELETE} and it.wording:
            self.say(
                "form-wording",
                "wording",
                f"There is new wording, but what you ask for is “{wanted}”.",
                f"Remove the wording, or choose in “{LABELS['ask']}” what is to be done with it.",
            )

    def ticked(self) -> None:
        marks = [found[1] for line in self.text("public").split("\n") if (found := _TICKED.match(line))]
        if not marks or " " in marks:
            fix = f"Tick the box, or write `- [x] {PUBLIC}` below `### {LABELS['public']}`."
            self.say("form-public", "public", "It is not ticked that this will be public.", fix)


def _sections(body: str) -> _Sections:
    """Only labels of the form begin a section; any other heading belongs to the text of the field it stands in."""
    names = {_folded(label): name for name, label in LABELS.items()}
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    fenced = set(_fenced(lines))
    sections = _Sections()
    current: list[str] | None = None
    for index, line in enumerate(lines):
        heading = None if index in fenced else _HEADING.fullmatch(line)
        title = _heading_words(heading[1]) if heading else ""
        name = names.get(_folded(title))
        if name is not None:
            if name in sections.found:
                sections.twice.append(name)
                current = []  # the first one is read, and that there are two is said
            else:
                current = sections.found[name] = []
            continue
        if heading:
            sections.others.append(title)
        if current is not None:
            current.append(line)
    sections.twice = list(dict.fromkeys(sections.twice))
    return sections


def _heading_words(text: str) -> str:
    """The words of a heading, without signs that close it."""
    words = text.rstrip(" \t")
    bare = words.rstrip("#")
    return words[:_LONGEST] if bare and not bare.endswith((" ", "\t")) else bare.rstrip(" \t")[:_LONGEST]


def _fenced(lines: Sequence[str]) -> Iterator[int]:
    """The lines in fenced blocks; one that is never closed is none, so that it swallows no field."""
    marks = [_FENCE.fullmatch(line) for line in lines]
    hopeless: dict[str, int] = {}  # the sign of a fence → the least length that nothing further down closes
    index = 0
    while index < len(lines):
        opened = marks[index]
        if opened and not (opened[1][0] == "`" and "`" in opened[2]):
            sign, length = opened[1][0], len(opened[1])
            end = None if length >= hopeless.get(sign, length + 1) else _end_of_fence(marks, index, opened[1])
            if end is None:
                hopeless[sign] = min(length, hopeless.get(sign, length))
            else:
                yield from range(index, end + 1)
                index = end
        index += 1


def _end_of_fence(marks: Sequence[re.Match[str] | None], start: int, fence: str) -> int | None:
    for index in range(start + 1, len(marks)):
        closing = marks[index]
        if closing and closing[1].startswith(fence) and not closing[2].strip():
            return index
    return None


def _unfenced(lines: list[str]) -> list[str]:
    """The lines inside, where one fence is around all of them."""
    marks = [_FENCE.fullmatch(line) for line in lines]
    opened = marks[0] if len(marks) > 1 else None
    if opened and _end_of_fence(marks, 0, opened[1]) == len(lines) - 1:
        return lines[1:-1]
    return lines


def _is_empty(value: str) -> bool:
    bare = value.strip()
    if bare.startswith(("_", "*")):
        return bare.strip("_*").casefold() in _EMPTY
    return not bare


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'")
    return " ".join(text.strip(" *_`:?.\t").split())


def _chosen(value: str, options: Mapping[str, str]) -> str | None:
    """What a choice stands for, by its label or its id."""
    wanted = _folded(value)
    for label, id_ in options.items():
        if wanted in {_folded(label), _folded(id_)}:
            return id_
    return None


def _pieces(value: str, options: Mapping[str, str]) -> list[str]:
    """Several choices, which a forge puts on one line with commas; a label may have a comma of its own."""
    found = []
    for line in value.split("\n"):
        rest = _TICKED.sub("", line).strip().removeprefix("- ").removeprefix("* ").strip()
        while rest:
            label = next(
                (
                    one
                    for one in sorted((*options, *options.values()), key=len, reverse=True)
                    if _folded(rest[: len(one)]) == _folded(one)
                    and rest[len(one) :].lstrip()[:1] in {"", ",", ";"}
                ),
                re.split(r"[,;]", rest, maxsplit=1)[0],
            )
            if label.strip():
                found.append(label.strip())
            rest = rest[len(label) :].lstrip(" ,;")
    return found


def _names(value: str) -> tuple[str, ...]:
    """Names, one a line or with commas between them."""
    names = (
        " ".join(one.split()).removeprefix("- ").removeprefix("* ") for one in re.split(r"[\n,;]", value)
    )
    return tuple(dict.fromkeys(name for name in names if name))


def _instead(piece: str, options: Mapping[str, str]) -> str:
    said = did_you_mean(piece, options).replace("`", "")
    return said if said.startswith("Did") else f"Choose one of: {_list(options)}."


def _list(options: Iterable[str]) -> str:
    return "; ".join(options)
