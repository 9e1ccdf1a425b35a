"""A reader of the inline Markdown that people mostly write; whatever else it meets, it leaves to the reference reader.

It never guesses: :func:`quick_nodes` gives the very nodes of :func:`accord.domain.text.inline.reference_tree`, or None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import category

from accord.domain.text.nodes import Node

_DEEPEST = 8
_HOST = r"https?://[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+"
# A target that no reader spells another way: no escapes, entities, brackets or letters outside ASCII.
_PATH = r"A-Za-z0-9.#=+,;~'"
_ESCAPED = "%[0-9A-F]{2}"
URL = (
    rf"(?:{_HOST}(?:[/#](?:[{_PATH}/_-]|{_ESCAPED})*)?"
    rf"|(?:(?:\.{{1,2}}/)*|[#/])[A-Za-z0-9_-](?:/?(?:[{_PATH}_-]|{_ESCAPED}))*/?)"
)
PLAIN_URL = rf"(?:{_HOST}(?:[/#][{_PATH}/-]*)?|(?:(?:\.{{1,2}}/)*|[#/])[A-Za-z0-9-](?:/?[{_PATH}-])*/?)"
"""The same without the sign that makes a writer put the target between ``<`` and ``>``."""

TITLE = r'(?: "([^"\\&\n]*)")?'
_TOKEN = re.compile(
    r"([^\\`*_\[\]<&!~\n]+)"  # 1 words
    r"|(?<! {2})(\n)"  # 2 the end of a line
    r"|(`+)"  # 3 code
    r"|(\*+|_+)"  # 4 emphasis
    r"|!\[([^\\`*_\[\]<>&!~\n]*)\](?=\()"  # 5 an image
    r"|\[\^([^\s\[\]\\`*_<>&!~]+)\](?![(\[])"  # 6 a footnote
    r"|(\[)|(\])"  # 7, 8
    rf"|<({_HOST}(?:/[A-Za-z0-9/.#=+,;_-]*)?)>"  # 9 an address
    r"|\\([!-/:-@\[-`{-~])"  # 10 an escaped sign
    r"|(!(?!\[)|~(?!~)|&(?![#A-Za-z])|<(?=[ \n]))"  # 11 a sign that means itself
    r"|&(amp|lt|gt|quot);"  # 12 an entity
)
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"'}
_TARGET = re.compile(rf"\((<)?({URL}|#[A-Za-z0-9_'\"-]+)(?(1)>){TITLE}\)")
_REFERENCE = re.compile(r"\[([^\[\]\\`*_<>&!~\n]*)\]")
_TICKS = re.compile(r"`+")
_SIGNS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def quick_nodes(
    source: str, links: Mapping[str, tuple[str, str]], notes: frozenset[str]
) -> list[Node] | None:
    """The nodes of inline ``source``, or None when only the reference reader can tell.

    ``links``: targets and titles by normalised label; ``notes``: the labels of footnotes that are defined.
    """
    try:
        return _Reader(source, links, notes).whole()
    except _BeyondError:
        return None


class _BeyondError(Exception):
    """Something that only the reference reader understands."""


def normal_label(label: str) -> str | None:
    """The label under which a link is defined or looked up; None when it needs the reference reader."""
    label = label.replace("\n", " ")
    return " ".join(label.split()).lower().upper() if label.isascii() and label.isprintable() else None


@dataclass(slots=True)
class _Reader:
    """One pass over one inline text."""

    source: str
    links: Mapping[str, tuple[str, str]]
    notes: frozenset[str]
    place: int = 0
    linked: bool = False

    def whole(self) -> list[Node]:
        nodes = self._nodes("", 0)
        if self.place != len(self.source):
            raise _BeyondError
        return nodes

    def _nodes(self, inside: str, depth: int) -> list[Node]:
        """The nodes up to what ends ``inside``: a run of emphasis signs, ``]``, or nothing at the top."""
        if depth > _DEEPEST:
            raise _BeyondError
        source = self.source
        nodes: list[Node] = []
        while self.place < len(source):
            match = _TOKEN.match(source, self.place)
            if match is None:
                raise _BeyondError
            sort = match.lastindex
            if sort == 4:
                if self._closes(match, inside):
                    return nodes
                nodes.append(self._emphasis(match, depth))
                continue
            if sort == 8:
                if inside != "]":
                    raise _BeyondError
                return nodes
            self.place = match.end()
            if sort in {1, 10, 11}:
                nodes.append(Node("text", match[sort]))
            elif sort == 12:
                nodes.append(Node("text", _ENTITIES[match[12]]))
            elif sort == 2:
                nodes.append(Node("text", " "))
            elif sort == 3:
                nodes.append(self._code(match[3]))
            elif sort == 7:
                nodes += self._bracket(depth)
            else:
                nodes.append(self._other(match))
        if inside:
            raise _BeyondError
        return nodes

    def _other(self, match: re.Match[str]) -> Node:
        if self.linked:
            raise _BeyondError  # a link in a link
        if match[6] is not None:
            if f"^{match[6]}".lower().upper() in self.links:
                raise _BeyondError
            return Node("note", match[6]) if match[6] in self.notes else Node("text", match[0])
        if match[9] is not None:
            return Node("link", "", match[9], "", (Node("text", match[9]),))
        return Node("image", " ".join(match[5].split()), *self._target())

    def _target(self) -> tuple[str, str]:
        """The target and the title in round brackets."""
        match = _TARGET.match(self.source, self.place)
        if match is None:
            raise _BeyondError
        self.place = match.end()
        return match[2].replace('"', "%22"), " ".join((match[3] or "").split())

    def _code(self, fence: str) -> Node:
        start = self.place
        for run in _TICKS.finditer(self.source, start):
            if run[0] == fence:
                self.place = run.end()
                return Node("code", " ".join(self.source[start : run.start()].split()) or " ")
        raise _BeyondError

    def _closes(self, match: re.Match[str], inside: str) -> bool:
        """Does this run of signs end the emphasis we are in? A run that may begin or end one is left alone."""
        before, after = self._kind(match.start() - 1), self._kind(match.end())
        left = after != " " and (after != "." or before != "a")
        right = before != " " and (before != "." or after != "a")
        if left and right and match[4][0] == "_" and before == after == "a":
            return False
        if left and right:
            raise _BeyondError
        if not left and not right:
            return False
        if left:
            return False
        if match[4] != inside:
            raise _BeyondError
        self.place = match.end()
        return True

    def _kind(self, place: int) -> str:
        """White space, a sign or a letter."""
        if not 0 <= place < len(self.source):
            return " "
        sign = self.source[place]
        if sign in " \n":
            return " "
        if sign in _SIGNS:
            return "."
        if sign.isalnum():
            return "a"
        if category(sign)[0] in "PS":
            return "."
        raise _BeyondError

    def _emphasis(self, match: re.Match[str], depth: int) -> Node:
        run = match[4]
        self.place = match.end()
        before, after = self._kind(match.start() - 1), self._kind(match.end())
        if (run[0] == "_" and before == "a") or before == after == " ":
            return Node("text", run)  # inside a word, or alone
        if len(run) > 2:
            raise _BeyondError
        return Node("em" if len(run) == 1 else "strong", children=tuple(self._nodes(run, depth + 1)))

    def _bracket(self, depth: int) -> list[Node]:
        """A link, or square brackets that mean themselves."""
        if self.linked or self.source.startswith("^", self.place):
            raise _BeyondError
        start = self.place
        self.linked = True
        inner = tuple(self._nodes("]", depth + 1))
        self.linked = False
        label = self.source[start : self.place]
        self.place += 1
        if self.source.startswith("(", self.place):
            return [Node("link", "", *self._target(), inner)]
        named = self.source.startswith("[", self.place)
        if named:
            match = _REFERENCE.match(self.source, self.place)
            if match is None:
                raise _BeyondError
            self.place = match.end()
            label = match[1] or label
        name = normal_label(label) if self.links else ""
        if name is None:
            raise _BeyondError
        if name in self.links:
            return [Node("link", "", *self.links[name], inner)]
        if named:
            raise _BeyondError
        return [Node("text", "["), *inner, Node("text", "]")]
