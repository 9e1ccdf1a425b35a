"""Putting something in the place of a passage, after it, or nothing in its place.

Only the lines of that passage change, so that what others proposed for its neighbours is not touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from accord.domain.findings import Finding, Refused
from accord.domain.forge.issue_form import LABELS, Ask, form_finding
from accord.domain.forge.passage import LITERAL_KINDS, PASSAGE, Passage, shared_blocks
from accord.domain.process.suggest import shorten
from accord.domain.text.clauses import ROWS, Clause, Kind
from accord.domain.text.markdown import parse_document

WORDING = LABELS["wording"]
_MARK = re.compile(r"(?:\(?(?:\d{1,3}|[a-z]{1,3})[.)]|[-*+\u2022\u2013])[ \t]+", re.IGNORECASE)
_LEAD = re.compile(r"([ \t>]*)((?:[-+*]|\d{1,9}[.)])[ \t]+)?")


def put(passage: Passage, text: str, ask: Ask, wording: str, *, file: str = "form") -> str | Finding:
    """The text of the passage's file with the wording in its place (CHANGE), after it (ADD), or without it (DELETE).

    A finding where the wording would make something else of what stands before or after it, or cannot be read.
    """
    try:
        return _put(passage, text, ask, wording, file)
    except Refused as refused:
        first = refused.findings[0]
        return form_finding(
            first.rule, WORDING, f"The wording cannot be read: {first.message}.", first.fix, file
        )


def _put(passage: Passage, text: str, ask: Ask, wording: str, file: str) -> str | Finding:
    broken = "\r\n" in text
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if passage.clause.kind in LITERAL_KINDS and ask is not Ask.ADD:
        return _literal(file)
    block = _Block(passage, lines)
    if ask is Ask.DELETE:
        new = block.deleted()
    else:
        words = _own_words(wording, passage)
        if isinstance(words, str) and passage.clause.kind in ROWS and not _is_row(words):
            return form_finding(
                "form-row",
                WORDING,
                f"{passage.name} is a row of a table, and the wording is none.",
                f"Write a row with its cells between upright strokes, as in `{shorten(passage.clause.text, 200)}`.",
                file,
            )
        new = block.changed(words) if ask is Ask.CHANGE else block.added(words)
    result = "\n".join(new)
    problem = _spills(passage, result, ask, file)
    if problem is not None:
        return problem
    return result.replace("\n", "\r\n") if broken else result


class _Block:
    """The lines of a passage within those of its file."""

    def __init__(self, passage: Passage, lines: Sequence[str]) -> None:
        self.lines = lines
        self.passage = passage
        self.clause = passage.clause
        self.first, self.after = self.clause.lines
        self.last = passage.document.clauses[passage.end - 1].lines[1]
        found = _LEAD.match(lines[self.first])
        indent, marker = (found[1], found[2] or "") if found else ("", "")
        self.is_item = self.clause.kind is Kind.ITEM
        if self.is_item:
            # An item may stand on the line of the list it is in, so its own marker is the last one.
            while (deeper := _LEAD.match(lines[self.first][len(indent + marker) :])) and deeper[2]:
                if not _opens_here(passage, lines[self.first]):
                    break
                indent, marker = indent + marker + deeper[1], deeper[2]
        self.lead = indent + (marker if self.is_item else "")
        self.marker = marker if self.is_item else ""
        # What further lines of it begin with.
        self.rest = re.sub(r"[^>\t]", " ", self.lead) if self.is_item else indent
        self.outer = re.sub(r"[^>\t]", " ", indent)

    def changed(self, words: str | list[str]) -> list[str]:
        if self.clause.kind is Kind.FOOTNOTE:
            label = self.lines[self.first].split("]:", 1)[0] + "]: "
            new = _indented(_joined(words), label, "    ")
        elif self.clause.kind is Kind.HEADING:
            sign = re.match(r"[ \t>]*", self.lines[self.first])
            new = _indented(
                _joined(words), f"{sign[0] if sign else ''}{'#' * self.clause.level} ", self.outer
            )
        elif isinstance(words, str):
            new = _indented(words, self.lead, self.rest)
        else:
            new = self._items(words, self.marker)
        return [*self.lines[: self.first], *new, *self.lines[self.after :]]

    def added(self, words: str | list[str]) -> list[str]:
        at = self.last
        clauses = self.passage.document.clauses
        following = clauses[self.passage.end] if self.passage.end < len(clauses) else None
        if self.clause.kind is Kind.KEYWORD and following is not None and following.kind is Kind.ITEM:
            # After the keyword comes a list: what is added there is its first item.
            first = _Block(
                Passage(document=self.passage.document, index=self.passage.end, name=""), self.lines
            )
            new = first._items([words] if isinstance(words, str) else words, first.marker)
            return [*self.lines[: first.first], *new, *self.lines[first.first :]]
        if self.is_item:
            new = self._items([words] if isinstance(words, str) else words, _next(self.marker))
            gap = [self.outer.rstrip()] if self._loose() else []
            return [*self.lines[:at], *gap, *new, *self.lines[at:]]
        if self.clause.kind in ROWS:
            at += self.clause.kind is Kind.HEADER
            return [*self.lines[:at], *_indented(_joined(words), self.lead, self.rest), *self.lines[at:]]
        prefix = self.outer if self.clause.kind is not Kind.FOOTNOTE else ""
        new = _indented(_joined(words), prefix, prefix)
        beyond = [] if at >= len(self.lines) or not self.lines[at].strip(" \t>") else [prefix.rstrip()]
        return [*self.lines[:at], prefix.rstrip(), *new, *beyond, *self.lines[at:]]

    def deleted(self) -> list[str]:
        before, after = list(self.lines[: self.first]), list(self.lines[self.last :])
        if before and after and not before[-1].strip(" \t>") and not after[0].strip(" \t>"):
            del after[0]  # one empty line is enough between what remains
        clauses = self.passage.document.clauses
        following = clauses[self.passage.end] if self.passage.end < len(clauses) else None
        if self._opens_list() and self.marker[:1].isdigit() and following is not None and after:
            # The list begins with the number of its first item, so the next one takes it over.
            place = following.lines[0] - self.last - (len(self.lines) - self.last - len(after))
            if (
                following.kind is Kind.ITEM
                and following.frames == self.clause.frames
                and 0 <= place < len(after)
            ):
                number = re.match(r"\d+", self.marker)
                after[place] = re.sub(
                    r"^([ \t>]*)\d{1,9}(?=[.)])", rf"\g<1>{number[0] if number else 1}", after[place]
                )
        text = [*before, *after]
        while len(text) > 1 and not text[-1] and not text[-2].strip():
            del text[-1]
        return text

    def _items(self, items: Sequence[str], marker: str) -> list[str]:
        new: list[str] = []
        indent = self.lead[: len(self.lead) - len(self.marker)]
        for index, words in enumerate(items):
            lead = (indent if not index else self.outer) + marker
            new += _indented(words, lead, re.sub(r"[^>\t]", " ", lead))
            marker = _next(marker)
        return new

    def _opens_list(self) -> bool:
        clauses, index = self.passage.document.clauses, self.passage.index
        return self.is_item and (index == 0 or shared_blocks(clauses, index) < len(self.clause.frames))

    def _loose(self) -> bool:
        """Whether empty lines stand between the items of this list."""
        clauses = self.passage.document.clauses
        for index in (self.passage.end, self.passage.index):
            if 0 < index < len(clauses):
                other = clauses[index]
                if (
                    other.kind is Kind.ITEM
                    and other.frames == self.clause.frames
                    and shared_blocks(clauses, index) == len(other.frames)
                ):
                    return not self.lines[other.lines[0] - 1].strip(" \t>")
        return False


def _opens_here(passage: Passage, line: str) -> bool:
    """Whether the item begins on the line on which the item around it does (`1. - words`)."""
    index = passage.index
    clauses = passage.document.clauses
    return (
        index > 0
        and clauses[index - 1].kind is Kind.ITEM
        and clauses[index - 1].lines[0] == passage.clause.lines[0]
        and bool(line)
    )


def _indented(words: str, lead: str, rest: str) -> list[str]:
    first, *others = words.split("\n")
    return [lead + first, *((rest + line) if line.strip() else rest.rstrip() for line in others)]


def _joined(words: str | list[str]) -> str:
    return words if isinstance(words, str) else "\n\n".join(words)


def _next(marker: str) -> str:
    """The marker of the next item: `3. ` after `2. `, as wide as it was where it can be."""
    return re.sub(r"\d+", lambda found: str(int(found[0]) + 1), marker, count=1)


def _own_words(wording: str, passage: Passage) -> str | list[str]:
    """The wording without what is not part of it: a typed number, marker or sign. Several items stay apart."""
    words = _dedented(wording)
    clause = passage.clause
    if clause.kind in {Kind.ITEM, Kind.KEYWORD}:
        items = _typed_items(words)
        if items:
            return items if clause.kind is Kind.ITEM or len(items) > 1 else items[0]
        if clause.kind is Kind.ITEM:
            return _MARK.sub("", words, count=1) if _MARK.match(words) else words
    if clause.kind is Kind.HEADING:
        return re.sub(r"\A#{1,6}[ \t]+", "", words)
    if clause.kind is Kind.FOOTNOTE:
        return re.sub(r"\A\[\^[^\]\s]+\]:[ \t]*", "", words)
    if clause.label and clause.kind is Kind.PARAGRAPH:
        for number in (clause.label, _following_number(clause.label)):
            if number and number[0].isdigit():
                words = re.sub(rf"\A{re.escape(number)}\.?[ \t]+", "", words, count=1)
    return words


def _following_number(label: str) -> str:
    return re.sub(r"\d+$", lambda found: str(int(found[0]) + 1), label) if "." in label else ""


def _typed_items(words: str) -> list[str]:
    """The items of a wording that is one list and nothing else."""
    document = parse_document("report/wording.md", words)
    outer = [clause for clause in document.clauses if clause.kind is Kind.ITEM and len(clause.frames) == 1]
    if not outer or any(
        not clause.frames or clause.frames[0] not in {"bullet", "ordered"} for clause in document.clauses
    ):
        return []
    if sum(clause.apart > 0 for clause in outer):
        return []
    lines = words.split("\n")
    starts = [clause.lines[0] for clause in outer] + [len(lines)]
    items = []
    for start, end in pairwise(starts):
        marker = _LEAD.match(lines[start])
        width = marker.end() if marker else 0
        own = [lines[start][width:], *(_less(line, width) for line in lines[start + 1 : end])]
        items.append("\n".join(own).rstrip())
    return items


def _less(line: str, width: int) -> str:
    """A line without up to ``width`` spaces at its beginning."""
    return line[min(width, len(line) - len(line.lstrip(" "))) :]


def _dedented(text: str) -> str:
    lines = text.split("\n")
    indents = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
    least = min(indents, default=0)
    return "\n".join(line[least:] for line in lines).strip("\n").rstrip()


def _is_row(words: str) -> bool:
    return all(line.strip().startswith("|") and line.strip().endswith("|") for line in words.split("\n"))


def _spills(passage: Passage, text: str, ask: Ask, file: str) -> Finding | None:
    """What stands before and after has to read as it did, and the passage otherwise."""
    old = passage.document.clauses
    new = parse_document(passage.path, text).clauses
    start, end = passage.index, passage.end if ask is Ask.DELETE else passage.index + 1
    if ask is Ask.ADD:
        start = end = passage.end
        if len(new) > len(old) and _said(new[:start]) != _said(old[:start]):
            start = end = passage.index + 1  # after a keyword it comes before what stands under it
    kept_before, kept_after = _said(old[:start]), _said(old[end:])
    count = len(kept_after)
    own = new[start : len(new) - count]
    whole = _said(new[:start]) == kept_before and (not count or _said(new[-count:]) == kept_after)
    if not whole or len(new) < start + count:
        return form_finding(
            "form-spills",
            WORDING,
            f"With this wording something else than {passage.name} would read differently.",
            "Look for marks that begin something and do not end it (such as three backticks), or for table strokes.",
            file,
        )
    if ask is Ask.DELETE:
        return None
    if not own:
        return form_finding("form-empty", WORDING, "The wording shows as nothing.", "Write words.", file)
    if ask is Ask.CHANGE and _said(own) == _said(old[start:end]):
        return form_finding(
            "form-same",
            WORDING,
            f"{passage.name} reads like this already.",
            "Write the words as you want them to read.",
            file,
        )
    return None


def _said(clauses: Iterable[Clause]) -> list[tuple[object, ...]]:
    return [(one.kind, one.text, one.level, one.frames) for one in clauses]


def _literal(file: str) -> Finding:
    return form_finding(
        "form-literal",
        PASSAGE,
        "This part of the text is no prose, and a form cannot change it.",
        "Describe in “Reasons” what is to be changed and choose a comment; the secretariat finds the place.",
        file,
    )
