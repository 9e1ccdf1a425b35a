"""Words of a clause as Markdown beside tags of ours: whatever stands next to it, it reads as what it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from accord.domain.text.nodes import WRAPPERS, Node
from accord.domain.text.spelling import STYLES, Atom, spell
from accord.domain.text.words import Span, SpanOp
from accord.render.redline_words import UNSEEN

_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """``text`` as itself, whatever signs it holds."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Writes the words of one clause.

    ``cells``: they are a table row's, where a bar is escaped once more; here it stands outside a table.
    ``tags``: emphasis is written as ``<em>``, because beside other tags its signs could read otherwise.
    """

    cells: bool
    tags: bool

    def span(self, span: Span) -> str:
        """One span of a changed clause."""
        match span.op:
            case SpanOp.WITHIN:
                head, tail = self._ends(span.atoms[0])
                return head + "".join(self.span(inner) for inner in span.inside) + tail
            case SpanOp.FORMAT:
                return self.marked(span.before, "del") + self.marked(span.atoms, "ins")
            case _:
                return self.marked(span.atoms, "" if span.op is SpanOp.KEEP else span.op.value)

    def marked(self, spelling: Sequence[Atom], tag: str) -> str:
        """Atoms in a row inside the element ``tag``, "" for none."""
        text = "".join(self._atom(atom) for atom in spelling)
        return f"<{tag}>{text}</{tag}>" if tag and text else text

    def _ends(self, atom: Atom) -> tuple[str, str]:
        """What opens and closes a wrapper."""
        tag = atom.nodes[0].tag
        if self.tags and tag != "link":
            return f"<{tag}>", f"</{tag}>"
        return self._unbarred(atom.head), self._unbarred(atom.tail)

    def _unbarred(self, text: str) -> str:
        return text.replace("\\|", "|") if self.cells else text

    def _respelt(self, atom: Atom) -> str:
        """What kept its own spelling, which may read otherwise here, node by node."""
        write = Words(cells=False, tags=True)
        return "".join(write._atom(one) for one in spell(atom.nodes, STYLES[0]))

    def _atom(self, atom: Atom) -> str:
        if atom.inside:
            head, tail = self._ends(atom)
            return head + "".join(self._atom(inner) for inner in atom.inside) + tail
        if not atom.nodes:
            return ""
        node = atom.nodes[0]
        if len(atom.nodes) > 1 or (node.tag in WRAPPERS and not atom.head and atom.text[0] != "<"):
            return self._respelt(atom)
        match node.tag:
            case "html":
                return f"<kbd>{_shown(plain(node.text))}</kbd>"
            case "note":
                return f"<sup>{_shown(plain(node.text))}</sup>"
            case "code" if UNSEEN.search(node.text):
                return f"<code>{_shown(plain(node.text))}</code>"
            case "cell":
                return " <b>|</b> "
            case "text" if atom.text == "@":
                return "@<wbr>"  # or somebody named so would be notified
            case "text":
                return _shown(self._unbarred(atom.text))
            case _ if any(_has_html(one) for one in atom.nodes):
                return f"<kbd>{_shown(plain(atom.text))}</kbd>"
            case _:
                return self._unbarred(atom.text)


def _shown(text: str) -> str:
    return UNSEEN.sub(lambda match: f"<samp>U+{ord(match[0]):04X}</samp>", text)


def _has_html(node: Node) -> bool:
    return node.tag == "html" or any(_has_html(child) for child in node.children)
