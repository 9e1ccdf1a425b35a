"""The redline as plain text, exact enough to read both texts back from it.

Each line begins with ``@`` (a remark), two spaces (in both texts), ``-`` (only in the old) or ``+`` (only in the new).
Inside a line ``[-removed-]``, ``{+added+}`` and ``[~before~>after~]`` (same words, other markup) mark the words. Where
the text itself holds such a mark, a backslash stands inside it (``[\\-``), one more than the text has. Control,
direction and hidden signs show as ``{x1b}``. Each stretch between marks, and each mark's inside, is escaped by itself.
Without ``@`` and ``-`` lines, gutters and removed words, what is left is the canonical Markdown of the new text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from accord.domain.text.canonical import Chunk, Writer
from accord.domain.text.inline import joined
from accord.domain.text.redline import FileRedline, Op, Redline, Row, Side
from accord.domain.text.words import Span, SpanOp
from accord.render.authorship import Authorship
from accord.render.redline_words import UNSEEN, counts, fold, mark, said_of

_PAIR = re.compile(r"\[(?=\\*[-~])|-(?=\\*\])|\{(?=\\*[+x])|\+(?=\\*\})|~(?=\\*[>\]])")
_COLOURS = {"-": "\x1b[31;9m", "+": "\x1b[32;4m", "~": "\x1b[36m", "@": "\x1b[1;34m"}
_RESET = "\x1b[0m"

_Piece = tuple[str, str]
"""("", text), ("-", removed), ("+", added), or ("~", before) followed by (">", after)."""


def render_text(
    redline: Redline,
    *,
    colour: bool = False,
    context: int | None = None,
    authorship: Authorship | None = None,
) -> str:
    """The redline as lines; ``context`` folds unchanged text farther than so many clauses from a change.

    ``authorship`` says at each change whose it is.
    """
    lines = [_paint("@", f"@ {counts(redline)}", colour=colour)]
    for file in redline.files:
        lines.append(_paint("@", f"@ {_title(file)}", colour=colour))
        lines += _file(file, colour=colour, context=context, authorship=authorship)
    return "\n".join(lines) + "\n"


def _title(file: FileRedline) -> str:
    if file.old_path is None:
        return f"{file.new_path} (new)"
    if file.new_path is None:
        return f"{file.old_path} (removed)"
    return file.new_path if file.old_path == file.new_path else f"{file.old_path} → {file.new_path}"


def _file(
    file: FileRedline, *, colour: bool, context: int | None, authorship: Authorship | None
) -> Iterator[str]:
    old, new = Writer(), Writer()
    blocks: dict[int, list[str]] = {}
    for row in file.rows:
        before = old.chunk(row.old) if row.side is not Side.NEW and row.old else None
        after = new.chunk(row.new) if row.side is not Side.OLD and row.new else None
        blocks[id(row)] = list(_block(row, before, after, colour=colour))
    for shown in fold(file.rows, context):
        if isinstance(shown, int):
            clauses = "clause" if shown == 1 else "clauses"
            yield _paint("@", f"@ ... {shown} unchanged {clauses}", colour=colour)
            continue
        if shown.changed:
            said = " · ".join([f"{shown.number} {mark(shown)}", *said_of(shown, authorship)])
            yield _paint("@", f"@ {_encode(said)}", colour=colour)
        yield from blocks[id(shown)]
    yield from _gutter(old.end(), new.end(), colour=colour)


def _gutter(old: Sequence[str], new: Sequence[str], *, colour: bool) -> Iterator[str]:
    if old == new:
        yield from (_line(" ", _encode(line), colour=colour) for line in old)
        return
    yield from (_line("-", _encode(line), colour=colour) for line in old)
    yield from (_line("+", _encode(line), colour=colour) for line in new)


def _block(row: Row, before: Chunk | None, after: Chunk | None, *, colour: bool) -> Iterator[str]:
    yield from _gutter(before.gap if before else (), after.gap if after else (), colour=colour)
    if before and after:
        same = (before.rest, before.tail) == (after.rest, after.tail)
        single = "\n" not in before.text + after.text + before.tail + after.tail
        if same or single:
            pieces = _heads(before, after)
            pieces += _words(row, after)
            pieces.append(("", after.tail))
            yield from _lines(" ", pieces, colour=colour)
            return
    if before:
        yield from _lines("-", [("", "\n".join(before.lines))], colour=colour)
    if after:
        marked = row.moved and row.op is Op.MOD
        pieces = [("", after.head), *(_words(row, after) if marked else [("", after.body(after.text))])]
        yield from _lines("+", [*pieces, ("", after.tail)], colour=colour)


def _heads(before: Chunk, after: Chunk) -> list[_Piece]:
    if before.head == after.head:
        return [("", after.head)]
    return [piece for piece in (("-", before.head), ("+", after.head)) if piece[1]]


def _words(row: Row, chunk: Chunk) -> list[_Piece]:
    if row.op is Op.SAME:
        return [("", chunk.body(chunk.text))]
    return [(sign, chunk.body(text)) for sign, text in _pieces(row.spans)]


def _pieces(spans: Sequence[Span]) -> Iterator[_Piece]:
    for span in spans:
        match span.op:
            case SpanOp.WITHIN:
                yield "", span.atoms[0].head
                yield from _pieces(span.inside)
                yield "", span.atoms[0].tail
            case SpanOp.FORMAT:
                yield "~", joined(span.before)
                yield ">", span.text
            case _:
                yield {SpanOp.DEL: "-", SpanOp.INS: "+"}.get(span.op, ""), span.text


def _lines(gutter: str, pieces: Sequence[_Piece], *, colour: bool) -> Iterator[str]:
    out: list[str] = []
    for sign, group in groupby(pieces, key=lambda piece: piece[0]):
        text = _encode("".join(piece[1] for piece in group))
        match sign:
            case "":
                out.append(text)
            case "-":
                out.append(_paint("-", f"[-{text}-]", colour=colour))
            case "+":
                out.append(_paint("+", f"{{+{text}+}}", colour=colour))
            case "~":
                out.append(_paint("~", f"[~{text}", colour=colour))
            case _:
                out.append(_paint("~", f"~>{text}~]", colour=colour))
    for line in "".join(out).split("\n"):
        yield _line(gutter, line, colour=colour)


def _line(gutter: str, text: str, *, colour: bool) -> str:
    line = f"{gutter} {text}".rstrip(" ") if not text else f"{gutter} {text}"
    return _paint(gutter, line, colour=colour) if gutter != " " else line


def _encode(text: str) -> str:
    return UNSEEN.sub(lambda match: f"{{x{ord(match[0]):x}}}", _PAIR.sub(r"\g<0>\\", text))


def _paint(sign: str, text: str, *, colour: bool) -> str:
    if not colour:
        return text
    return "\n".join(f"{_COLOURS[sign]}{line}{_RESET}" for line in text.split("\n"))
