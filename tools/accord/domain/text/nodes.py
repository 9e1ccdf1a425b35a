"""Node: the tree of a clause's inline Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

WRAPPERS = frozenset({"em", "strong", "s", "link"})


@dataclass(frozen=True, slots=True)
class Node:
    """``tag`` is text, code, html, br, note, image, cell (a table's cell border), em, strong, s or link.

    ``text``: the words of text, code and html, a note's label, an image's alternative text.
    ``target`` and ``title`` belong to links and images, ``children`` to em, strong, s and link.
    """

    tag: str
    text: str = ""
    target: str = ""
    title: str = ""
    children: tuple[Node, ...] = ()


def squeeze(text: str) -> str:
    """Each run of white space as one space; the ends keep theirs."""
    inner = " ".join(text.split())
    if not inner:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + inner + (" " if text[-1].isspace() else "")


def tidy(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Merge neighbouring texts, collapse white space, drop empty text and space beside hard breaks."""
    merged: list[Node] = []
    for node in nodes:
        if node.tag in WRAPPERS:
            node = replace(node, children=tidy(node.children))
            if node.tag != "link" and not visible(node.children).strip() and _only_text(node):
                node = Node("text", " ")  # emphasis of nothing
        if node.tag == "text" and merged and merged[-1].tag == "text":
            merged[-1] = Node("text", merged[-1].text + node.text)
        else:
            merged.append(node)
    result: list[Node] = []
    for index, node in enumerate(merged):
        if node.tag == "text":
            text = squeeze(node.text)
            if index and merged[index - 1].tag == "br":
                text = text.lstrip()
            if index + 1 < len(merged) and merged[index + 1].tag == "br":
                text = text.rstrip()
            if text:
                result.append(Node("text", text))
        else:
            result.append(node)
    return tuple(result)


def _only_text(node: Node) -> bool:
    return all(child.tag == "text" for child in node.children)


def trim(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Without white space or hard breaks at either end of the block."""
    kept = list(nodes)
    while kept and (kept[0].tag == "br" or (not kept[0].text.strip() and kept[0].tag == "text")):
        del kept[0]
    while kept and (kept[-1].tag == "br" or (not kept[-1].text.strip() and kept[-1].tag == "text")):
        del kept[-1]
    if kept and kept[0].tag == "text":
        kept[0] = Node("text", kept[0].text.lstrip())
    if kept and kept[-1].tag == "text":
        kept[-1] = Node("text", kept[-1].text.rstrip())
    return tuple(kept)


def visible(nodes: Iterable[Node]) -> str:
    """The words without the markup."""
    return "".join(
        " " if node.tag == "br" else node.text + visible(node.children)
        for node in nodes
        if node.tag != "cell"
    )
