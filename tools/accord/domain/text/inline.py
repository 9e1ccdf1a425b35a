"""Inline Markdown: source → tree → the one canonical spelling, proven by reading it back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from accord.domain.text.clauses import LITERAL, ROWS, Kind
from accord.domain.text.nodes import WRAPPERS, Node, tidy, trim, visible
from accord.domain.text.quick_inline import PLAIN_URL, quick_nodes
from accord.domain.text.spelling import STYLES, Atom, literal, spell

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_PLAIN = re.compile(r"[^\W\d_](?:[^\\`*_\[\]<>&!~#|\n]|\n(?<!  \n))*")
_WORDS = r"[^\\`*_\[\]<>&!~#|\n]"
_HELD = rf"(?=[^\W_]){_WORDS}++(?<=[^\W_])"
_MARKED = (
    rf"(?<![^ \n(])(?:\*{_HELD}\*|\*\*{_HELD}\*\*)(?=[ \n.,;:)]|\Z)"
    r"|(?<!`)`[^`\s](?:[^`\n]*[^`\s])?`(?!`)"
    rf"|\[(?=[^\s:])(?:(?!:){_WORDS})++(?<!\s)\]\({PLAIN_URL}\)"
)
# Text that is its own canonical spelling, but for white space: words, and the markup that is read and written one way.
_SETTLED = re.compile(
    r"(?=[^\W\d_]|[\"'(*`\[])(?!\[\^)"
    rf"(?:{_WORDS}++|\n(?<!  \n)|{_MARKED}|\[\^[A-Za-z0-9-]+\](?![(\[:])|(?<=[^\W_])_(?=[^\W_])|!(?= \S))*+"
)
_LABEL = re.compile(r"\[\^([^\]\s]+)\]")
_CELL = re.compile(r"(?<!\\)\|")


class Definitions(NamedTuple):
    """What a file defines and inline text may refer to: link references and footnote labels."""

    links: tuple[tuple[str, str, str], ...] = ()
    notes: tuple[str, ...] = ()


NOTHING_DEFINED = Definitions()


@lru_cache(maxsize=1)
def reader() -> MarkdownIt:
    """The Markdown reader: CommonMark, tables, strike-through, footnotes where they stand.

    Blocks only: inline text is read by :func:`tree`, once for each different text.
    """
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    markdown = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
    markdown.use(footnote_plugin)
    return markdown.disable(["inline", "text_join", "footnote_tail", "footnote_inline"])


def canonical_inline(source: str, defined: Definitions = NOTHING_DEFINED) -> str:
    """The canonical spelling of inline ``source``."""
    if is_settled(source, defined):
        return " ".join(source.split())
    return _canonical(source, defined)


def is_settled(source: str, defined: Definitions = NOTHING_DEFINED) -> bool:
    """Is the text its own canonical spelling, but for white space? (It may be so and not be recognised.)"""
    if _SETTLED.fullmatch(source) is None:
        return False
    if "[^" not in source:
        return True
    if any(name.startswith("^") for name, _, _ in defined.links):
        return False  # a link may bear the name of a footnote
    return all(label in defined.notes for label in _LABEL.findall(source))


@lru_cache(maxsize=20_000)
def _canonical(source: str, defined: Definitions) -> str:
    return "".join(atom.text for atom in _spelled(_tree(source, defined), source))


def reference_inline(source: str, defined: Definitions = NOTHING_DEFINED) -> str:
    """The same by the reference reader alone."""
    return joined(_spelled(reference_tree(source, defined), source, reference_tree))


@lru_cache(maxsize=20_000)
def atoms(kind: Kind, text: str) -> tuple[Atom, ...]:
    """The canonical ``text`` of a clause cut into atoms; joined they are that text again."""
    if kind in LITERAL:
        return literal(text)
    if kind not in ROWS:
        return _atoms(text)
    border = Node("cell")
    result = [Atom("| ", (border,))]
    for index, cell in enumerate(cells(text)):
        if index:
            result.append(Atom(" | ", (border,)))
        result.extend(_piped(atom) for atom in _atoms(cell.replace("\\|", "|")))
    return (*result, Atom(" |", (border,)))


def is_border(atom: Atom) -> bool:
    """Is this where one cell of a table row ends and the next begins?"""
    return bool(atom.nodes) and atom.nodes[0].tag == "cell"


def by_cell(row: Sequence[Atom]) -> list[list[Atom]]:
    """The atoms of each cell of a table row."""
    found: list[list[Atom]] = []
    for atom in row[:-1]:
        if is_border(atom):
            found.append([])
        else:
            found[-1].append(atom)
    return found


def cells(row: str) -> list[str]:
    """The cells of a canonical row."""
    return [cell[1:-1].strip() for cell in _CELL.split(row)[1:-1]]


def tree(kind: Kind, text: str) -> tuple[Node, ...]:
    """What the canonical ``text`` of a clause says; a row's cells are parted by ``cell`` nodes."""
    if kind in ROWS:
        return tidy(node for atom in atoms(kind, text) for node in atom.nodes)
    if kind in LITERAL or _PLAIN.fullmatch(text):
        return (Node("text", text),) if text else ()
    return _tree(text, _notes(text))


def _notes(text: str) -> Definitions:
    """Footnotes count as defined wherever a canonical text refers to them."""
    return Definitions(notes=tuple(sorted(set(_LABEL.findall(text)))))


def _piped(atom: Atom) -> Atom:
    return Atom(
        atom.text.replace("|", "\\|"),
        atom.nodes,
        atom.head.replace("|", "\\|"),
        atom.tail.replace("|", "\\|"),
        tuple(_piped(inner) for inner in atom.inside),
    )


def _atoms(text: str) -> tuple[Atom, ...]:
    if _PLAIN.fullmatch(text):
        return literal(text)
    if _SETTLED.fullmatch(text):
        return spell(_tree(text, _notes(text)), STYLES[0])
    return _spelled(_tree(text, _notes(text)), text)


@lru_cache(maxsize=20_000)
def _tree(source: str, defined: Definitions) -> tuple[Node, ...]:
    """What inline ``source`` says: by the quick reader where that is enough."""
    nodes = quick_nodes(source, *_looked_up(defined))
    return reference_tree(source, defined) if nodes is None else trim(tidy(nodes))


def _spelled(
    nodes: tuple[Node, ...],
    source: str,
    read: Callable[[str, Definitions], tuple[Node, ...]] = _tree,
) -> tuple[Atom, ...]:
    """The first spelling that reads back as the same tree; what cannot be respelt keeps its own spelling."""
    styles = STYLES if any(node.tag in WRAPPERS for node in nodes) else STYLES[:1]
    for style in styles:
        spelling = spell(nodes, style)
        text = "".join(atom.text for atom in spelling)
        if read(text, _notes(text)) == nodes:
            return spelling
    own = " ".join(source.split())
    if read(own, _notes(own)) == nodes:
        return (Atom(own, nodes),)
    plain = " ".join(visible(nodes).split())
    return spell((Node("text", plain),), STYLES[0]) if plain else ()


@lru_cache(maxsize=1000)
def _looked_up(defined: Definitions) -> tuple[Mapping[str, tuple[str, str]], frozenset[str]]:
    return {name: (href, " ".join(title.split())) for name, href, title in defined.links}, frozenset(
        defined.notes
    )


def reference_tree(source: str, defined: Definitions) -> tuple[Node, ...]:
    """What inline ``source`` says, by the Markdown reader that decides what it means."""
    env: dict[str, object] = {
        "references": {name: {"href": href, "title": title} for name, href, title in defined.links},
        "footnotes": {"refs": {f":{label}": -1 for label in defined.notes}},
    }
    tokens: list[Token] = []
    markdown = reader()
    markdown.inline.parse(source, markdown, env, tokens)
    return trim(tidy(_nodes(iter(tokens))))


def _nodes(tokens: Iterable[Token]) -> list[Node]:
    """Nest the flat ``tokens`` up to the closing one of the level."""
    found: list[Node] = []
    for token in tokens:
        match token.type:
            case "text" | "text_special":
                found.append(Node("text", token.content))
            case "softbreak":
                found.append(Node("text", " "))
            case "hardbreak":
                found.append(Node("br"))
            case "code_inline":
                found.append(Node("code", " ".join(token.content.split()) or " "))
            case "html_inline":
                found.append(Node("html", " ".join(token.content.split())))
            case "image":
                alternative = " ".join(visible(_nodes(token.children or ())).split())
                found.append(Node("image", alternative, str(token.attrs["src"]), _title(token)))
            case "footnote_ref":
                found.append(Node("note", str(token.meta["label"])))
            case "link_open":
                target = str(token.attrs["href"])
                found.append(Node("link", "", target, _title(token), tuple(_nodes(tokens))))
            case "em_open" | "strong_open" | "s_open":
                found.append(Node(token.type.removesuffix("_open"), children=tuple(_nodes(tokens))))
            case _:
                break
    return found


def _title(token: Token) -> str:
    return " ".join(str(token.attrs.get("title") or "").split())


def joined(spelling: Sequence[Atom]) -> str:
    """The text of atoms in a row."""
    return "".join(atom.text for atom in spelling)


def respelled(spelling: Sequence[Atom]) -> str:
    """The canonical text of what atoms from several texts say in a row: signs that met by chance make no markup."""
    nodes = trim(tidy(node for atom in spelling for node in atom.nodes))
    return joined(_spelled(nodes, joined(spelling)))
