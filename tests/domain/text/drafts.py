"""Hypothesis drafts: structured Markdown with every punishing sign, and edits of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

# fmt: off
SIGNS = [
    "the", "Union", "agrees", "that", "bridging", "gaps", "of", "a", "b", "7.", "#", "-", "+", "=", "[", "]", "[-",
    "-]", "{+", "+}", "[~", "~>", "~]", "{x1b}", "[\\-", "{\\+", "-\\]", "[ ]", "[not agreed]", "<ins>", "</ins>",
    "<del>x</del>", "<b>",
    "<!-- c -->", "\\<ins>", "&lt;ins&gt;", "<script>alert(1)</script>", "*em*", "**strong**", "~~gone~~",
    "*em **deep** run*", "_under_ score", "a_b_c", "2*3*4", "\\*", "`code`", "`[-x-]`", "`a | b`", "`<ins>`", "``a`b``",
    "[link](u)", '[*l* x](/u "t")', "<http://a.example>", "![picture](p.png)", "![a](javascript:x)", "[^n]", "|", "\\|",
    "@name", "&amp;", "&#32;", "\\", "~", "$x$", "漢字と", "العربية", "e\u0301", "\u202eabc", "👩\u200d🚀",
    "\u201cquoted\u201d", "x\\\ny", "Table: t", "*considering*",
]
# fmt: on
words = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=7)


@dataclass(frozen=True)
class Block:
    """A block to be written as Markdown."""

    kind: str
    words: tuple[str, ...] = ()
    level: int = 1
    inner: tuple[Block, ...] = field(default=())

    def lines(self) -> list[str]:
        """Its Markdown."""
        text = " ".join(self.words)
        match self.kind:
            case "heading":
                return ["#" * self.level + " " + text.replace("\\\n", " ")]
            case "bullet" | "ordered":
                mark = "- " if self.kind == "bullet" else f"{self.level}. "
                return _indented(mark, " " * len(mark), self.inner, text)
            case "quote":
                return _indented("> ", "> ", self.inner, text)
            case "note":
                return _indented("[^n]: ", "    ", self.inner, text)
            case "code":
                return ["````" + ("yaml" if self.level == 2 else ""), *self.words, "````"]
            case "table":
                cells = [word.replace("\n", " ").replace("|", "\\|") for word in self.words]
                rows = [cells[i : i + self.level] for i in range(0, len(cells), self.level)]
                lines = ["| " + " | ".join(row) + " |" for row in rows]
                return [lines[0], "|" + ":-:|" * len(rows[0]), *lines[1:]]
            case "html":
                return ["<div>", *self.words, "</div>"]
            case "rule":
                return ["---"]
            case "keyword":
                return ["*invites Member States*" if self.level % 2 else "*considering*"]
            case _:
                return text.split("\n")


def _indented(first: str, rest: str, inner: tuple[Block, ...], text: str) -> list[str]:
    lines = text.split("\n")
    for block in inner:
        lines += ["", *block.lines()]
    return [(first if not index else rest) + line for index, line in enumerate(lines)]


def written(blocks: list[Block]) -> str:
    """A whole file."""
    return "\n".join(line for block in blocks for line in [*block.lines(), ""])


_leaves = st.builds(
    Block,
    kind=st.sampled_from(["paragraph", "paragraph", "heading", "code", "table", "html", "rule", "keyword"]),
    words=words.map(tuple),
    level=st.integers(1, 3),
)


def _nests(children: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    return st.builds(
        Block,
        kind=st.sampled_from(["bullet", "bullet", "ordered", "ordered", "quote", "note"]),
        words=words.map(tuple),
        level=st.sampled_from([1, 1, 1, 4]),
        inner=st.lists(children, max_size=2).map(tuple),
    )


block = st.recursive(_leaves, _nests, max_leaves=4)
blocks = st.lists(block, max_size=6)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    """A draft and an edited one."""
    old = draw(blocks)
    return written(old), written(draw(edited(old)))


@st.composite
def forks(draw: st.DrawFn) -> tuple[str, str, str]:
    """A draft and two edited ones."""
    base = draw(blocks)
    return written(base), written(draw(edited(base))), written(draw(edited(base)))


@st.composite
def edited(draw: st.DrawFn, old: list[Block]) -> list[Block]:
    """The same draft after a few edits."""
    new = list(old)
    for _ in range(draw(st.integers(0, 3))):
        edit = draw(st.sampled_from(["remove", "insert", "move", "words", "level", "kind"]))
        if edit == "insert" or not new:
            new.insert(draw(st.integers(0, len(new))), draw(block))
            continue
        at = draw(st.integers(0, len(new) - 1))
        match edit:
            case "remove":
                del new[at]
            case "move":
                new.insert(draw(st.integers(0, len(new) - 1)), new.pop(at))
            case "words":
                count = draw(st.integers(0, len(new[at].words)))
                text = (*new[at].words[:count], *draw(words), *new[at].words[count + 1 :])
                new[at] = replace(new[at], words=text)
            case "level":
                new[at] = replace(new[at], level=draw(st.integers(1, 3)))
            case _:
                new[at] = replace(
                    new[at], kind=draw(st.sampled_from(["paragraph", "bullet", "ordered", "quote"]))
                )
    return new


# fmt: off
FRAGMENTS = [
    *"ab1 .#+=-:!\t|\\", "*", "**", "_", "__", "~~", "`", "``", "[", "]", "(", ")", "<b>", "</b>", "<!-- c -->", "<",
    "&amp;", "&nbsp;", "&#32;", "\\\n", "  \n", "\n", "\n\n", "\n\n\n", "- ", "* ", "+ ", "1. ", "3) ", "> ", "    ",
    "  ", "# ", "## ", "===\n", "---\n", "***\n", "|a|b|\n|-|:-:|\n", "| c | d\\|e |\n", "```\n", "```py\n", "~~~\n",
    "[^1]", "[^1]: ", "![x](y)", '[l](u "t")', "<http://x.example>", "[r]", "\n[r]: /u 't'\n", "Table: x\n", "_a_b",
    "*a*b", "漢字", " العربية ", "é", "e\u0301", "<div>\n", "{+", "[-", "-]", "<ins>", "\u00a0", "\u200d", "\x0c",
    "\r\n", "\x00", "\x85",
]
# fmt: on
rubble = st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join)
