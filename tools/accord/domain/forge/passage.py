"""The passage that a form names, by its printed number or by its words: where it stands in the texts."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from accord.domain.findings import Finding
from accord.domain.forge.issue_form import LABELS, form_finding
from accord.domain.process.suggest import shorten
from accord.domain.text.clauses import Clause, Document, Kind
from accord.domain.text.inline import tree
from accord.domain.text.nodes import Node

OPINIONS = "opinions/"
PASSAGE = LABELS["passage"]
_CANDIDATES = 6
_EXCERPT = 60
_LEAST = 4  # letters; fewer are in every paragraph
_LONG = 20  # letters; what is shorter stands in other passages by chance

_NAMING = re.compile(
    r"(?:(?:the|in|of)\s+)*(?:paragraphs?|paras?\.?|clauses?|points?|items?|nos?\.|numbers?|\u00a7+)\s*(?=[\w(])",
    re.IGNORECASE,
)
_SECTION = re.compile(r"(?:section|heading|title of section|chapter)\s+(?=\d)", re.IGNORECASE)
_NUMBERED = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[a-z]{1,3}\)|[-*+\u2022\u2013])\s+", re.IGNORECASE)
_QUOTES = "\"'\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019"
_PLAIN_QUOTES = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201a": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u00ab": '"',
        "\u00bb": '"',
    }
)
_ELLIPSIS = re.compile(r"\s*(?:\u2026|\.\.\.|\[\.\.\.\]|\[\u2026\]|\(\.\.\.\))\s*")
LITERAL_KINDS = frozenset({Kind.CODE, Kind.HTML, Kind.RULE, Kind.FRONT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A clause of a text: its document and which one of its clauses.

    ``name`` is how it is called in a sentence; ``by_number`` says that it was named by its printed number alone.
    """

    document: Document
    index: int
    name: str
    by_number: bool = False

    @property
    def label(self) -> str:
        """Its printed number, with the Opinion it stands in; "" where it has none."""
        return passage_name(self.document, self.index)

    @property
    def clause(self) -> Clause:
        """The clause."""
        return self.document.clauses[self.index]

    @property
    def path(self) -> str:
        """The file it stands in."""
        return self.document.path

    @property
    def end(self) -> int:
        """The clause after the last one that belongs to it: an item has what stands inside it."""
        return end_of(self.document.clauses, self.index)


def locate(given: str, documents: Sequence[Document], *, file: str = "form") -> Passage | Finding:
    """The one passage that is named by its printed number (with the Opinion where it matters) or by its words.

    ``documents`` are numbered. A finding says why there is none, or lists those that are meant perhaps.
    """
    wanted = " ".join(given.split()).strip()
    found = _by_number(wanted, documents, file)
    if found is None:
        found = _by_words(wanted, documents, file)
    return found


def passage_name(document: Document, index: int) -> str:
    """How people call a clause: its printed number, with the Opinion it stands in; "" where it has none."""
    label = document.clauses[index].label
    opinion = _opinion(document.path)
    return f"{opinion}: {label}" if opinion and label else label


# --- by printed number ------------------------------------------------------------------------------------------


def _by_number(wanted: str, documents: Sequence[Document], file: str) -> Passage | Finding | None:
    opinion, label = _opinion_named(wanted, documents)
    label = label.strip(_QUOTES + " ")
    as_section = bool(_SECTION.match(label))
    label = _SECTION.sub("", _NAMING.sub("", label, count=1), count=1)
    key = _label_key(label)
    matches = [
        (document, index)
        for document in documents
        if opinion is None or _opinion(document.path) == opinion
        for index, clause in enumerate(document.clauses)
        if key and clause.label and _label_key(clause.label) == key
    ]
    if not matches:
        return None
    paths = {document.path for document, _ in matches}
    if len(paths) > 1:
        names = "; ".join(f"`{_opinion(path)}: {label}`" for path in sorted(paths) if _opinion(path))
        return form_finding(
            "form-passage-several",
            PASSAGE,
            f"`{shorten(label)}` is in several texts.",
            f"Write which one: {names}.",
            file,
        )
    document = matches[0][0]
    indexes = [index for _, index in matches]
    headings = [index for index in indexes if document.clauses[index].kind in {Kind.HEADING, Kind.KEYWORD}]
    others = [index for index in indexes if index not in headings]
    # A section with one paragraph shares its number with it: the paragraph is what people mean.
    index = others[0] if others and not (as_section and headings) else indexes[0]
    return Passage(
        document=document, index=index, name=passage_name(document, index), by_number=not as_section
    )


def _opinion_named(wanted: str, documents: Sequence[Document]) -> tuple[str | None, str]:
    """The Opinion that stands before a number, by its short name or its title, and the rest."""
    rest = re.sub(r"^(?:draft\s+)?opinion\s+(?=\S+[:,])", "", wanted, flags=re.IGNORECASE)
    for sign in (":", ","):
        head, found, tail = rest.rpartition(sign)
        if not found:
            continue
        name = head.strip(_QUOTES + " ").casefold()
        for document in documents:
            opinion = _opinion(document.path)
            if opinion and name in {opinion.casefold(), _title(document).casefold()}:
                return opinion, tail
    return None, wanted


def _label_key(label: str) -> str:
    """A printed number without its brackets, dots and spaces: `considering (b)` is `considering b)`."""
    plain = unicodedata.normalize("NFKC", label).casefold().replace("*", "").replace("_", "")
    plain = re.sub(r"(?<=\d)\.(?=\s|$)", "", plain)
    plain = re.sub(r"\(([a-z]{1,3})\)", r" \1)", plain)
    plain = re.sub(r"(?<=\s)([a-z])$", r"\1)", plain)
    plain = re.sub(r"(?<=[\w)])\s*(?=[a-z]{1,3}\))", " ", plain)
    return " ".join(plain.split())


# --- by words ---------------------------------------------------------------------------------------------------


def _by_words(wanted: str, documents: Sequence[Document], file: str) -> Passage | Finding:
    everything = [
        (document, index, _words(clause))
        for document in documents
        for index, clause in enumerate(document.clauses)
        if clause.kind not in LITERAL_KINDS
    ]
    spellings = [_plain(wanted)]
    if numbered := _NUMBERED.match(spellings[0]):
        spellings.append(spellings[0][numbered.end() :])
    if all(sum(one.isalnum() for one in spelling) < _LEAST for spelling in spellings):
        return _unknown(wanted, everything, file)
    for spelling in spellings:
        parts = [part for part in _ELLIPSIS.split(spelling) if part]
        holding = [(document, index) for document, index, words in everything if _holds(words, parts)]
        whole = [(document, index) for document, index, words in everything if [words] == parts]
        if len(whole) == 1 or len(holding) == 1:
            document, index = (whole if len(whole) == 1 else holding)[0]
            return Passage(document=document, index=index, name=_called(document, index))
        if holding:
            several = _candidates(holding)
            return form_finding(
                "form-passage-several",
                PASSAGE,
                "These words stand in several places.",
                f"Write which one is meant, by its number or with more of its words: {several}.",
                file,
            )
    inside = [
        (document, index)
        for document, index, words in everything
        if len(words) >= _LONG
        and document.clauses[index].kind not in {Kind.HEADING, Kind.KEYWORD}
        and any(words in spelling for spelling in spellings)
    ]
    if len(inside) > 1:
        return form_finding(
            "form-passage-long",
            PASSAGE,
            "These are the words of more than one passage.",
            f"A form is about one; name one of them: {_candidates(inside)}.",
            file,
        )
    if inside and len(_words(inside[0][0].clauses[inside[0][1]])) * 3 > len(spellings[-1]):
        document, index = inside[0]
        return Passage(document=document, index=index, name=_called(document, index))
    return _unknown(wanted, everything, file)


def _holds(words: str, parts: Sequence[str]) -> bool:
    """Whether the words have all parts, one after the other, with gaps only where they were left out."""
    at = 0
    for part in parts:
        at = words.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return bool(parts)


def _unknown(wanted: str, everything: Iterable[tuple[Document, int, str]], file: str) -> Finding:
    known = list(everything)
    plain = _plain(wanted)
    names = dict.fromkeys(passage_name(document, index) for document, index, _ in known)
    cutoff = 0.5 if len(plain) < _LONG else 0.8
    close = difflib.get_close_matches(wanted[:_EXCERPT], [name for name in names if name], n=3, cutoff=cutoff)
    nearest = ", ".join(f"`{one}`" for one in close)
    if not close and len(plain) >= _LONG:
        words = [words for *_, words in known if words]
        near = difflib.get_close_matches(plain[:400], words, n=3, cutoff=0.5)
        nearest = _candidates((document, index) for document, index, words in known if words in near)
    hint = f"Do you mean {nearest}? " if nearest else ""
    return form_finding(
        "form-passage-unknown",
        PASSAGE,
        f"There is no passage “{shorten(wanted)}” in this draft.",
        f"{hint}Write its printed number, such as `2.1` or `NAME: considering b)`, or paste words as they stand.",
        file,
    )


def _candidates(found: Iterable[tuple[Document, int]]) -> str:
    places = list(found)
    said = [_called(document, index) for document, index in places[:_CANDIDATES]]
    return "; ".join(said) + ("; and others" if len(places) > _CANDIDATES else "")


def _called(document: Document, index: int) -> str:
    name = passage_name(document, index)
    words = shorten(_shown(document.clauses[index]), _EXCERPT)
    return f"`{name}` (“{words}”)" if name else f"“{words}”"


def _words(clause: Clause) -> str:
    return _plain(_shown(clause))


def _shown(clause: Clause) -> str:
    """The words of a clause without markup, as a reader sees them."""
    return " ".join("".join(_visible(tree(clause.kind, clause.text))).split())


def _visible(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if node.tag in {"br", "cell"}:
            yield " "
        elif node.tag != "note":
            yield node.text
            yield from _visible(node.children)


def _plain(text: str) -> str:
    """Words for comparison: without markup, capitals, and ways to write quotation marks and spaces."""
    plain = unicodedata.normalize("NFKC", text).translate(_PLAIN_QUOTES).casefold()
    plain = re.sub(r"\[\^[^\]\s]+\]|[*_`|\\\u00ad]|^#+\s", " ", plain)
    plain = re.sub(r"\s+([,.;:)])", r"\1", " ".join(plain.split()))
    return plain.strip(" \"'").rstrip(" ")


def _opinion(path: str) -> str:
    return path.removeprefix(OPINIONS).removesuffix(".md") if path.startswith(OPINIONS) else ""


def _title(document: Document) -> str:
    for clause in document.clauses:
        key, _, value = clause.text.partition(":")
        if clause.kind is Kind.FRONT and key == "title":
            return value.strip().strip(_QUOTES)
    return ""


def end_of(clauses: Sequence[Clause], index: int) -> int:
    """The first clause after the one at ``index`` and what stands inside it: an item has what is inside it."""
    clause = clauses[index]
    depth = len(clause.frames)
    end = index + 1
    if clause.kind not in {Kind.ITEM, Kind.FOOTNOTE}:
        return end
    while end < len(clauses):
        other = clauses[end]
        if other.frames[:depth] != clause.frames or shared_blocks(clauses, end) < depth:
            break
        if other.kind is clause.kind and len(other.frames) == depth:
            break
        end += 1
    return end


def shared_blocks(clauses: Sequence[Clause], index: int) -> int:
    """How many blocks a clause shares in truth with the one before it, which two lists in a row do not."""
    names = 0
    for mine, theirs in zip(clauses[index].frames, clauses[index - 1].frames, strict=False):
        if mine != theirs:
            break
        names += 1
    return names - clauses[index].apart
