"""`redline.pdf`: what changed, for print and for people who hear it; the table of changes links to each place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accord.domain.text.clauses import LITERAL, ROWS, Clause, Kind
from accord.domain.text.inline import tree
from accord.domain.text.nodes import visible
from accord.domain.text.redline import FileRedline, Op, Redline, Row, Side
from accord.render.authorship import Authorship
from accord.render.pdf.literal import at, has_leftward, leftward, quoted, text, turned
from accord.render.pdf.nest import Levels, Nest
from accord.render.pdf.style import EMPTY, RULE, opening
from accord.render.pdf.words import Words, small
from accord.render.redline_words import counts, fold, mark, place
from accord.render.redline_words import remarks as remarks_of


def redline_typst(
    redline: Redline,
    *,
    title: str,
    authorship: Authorship,
    notice: str = "",
    page: str = "",
    remarks: Sequence[str] = (),
    context: int | None = None,
) -> str:
    """The Typst source of the redline's PDF.

    ``context`` folds unchanged text farther than so many clauses from a change; None shows the whole text.
    """
    source = [opening(title=title, header=title, footer=notice), "#{", at("the title block")]
    source += _title(redline, notice, page, remarks)
    source += _table(redline, authorship)
    writer = _Writer(authorship, Levels())
    for file in redline.files:
        source += writer.file(file, context)
    return "\n".join([*source, "}", ""])


def _title(redline: Redline, notice: str, page: str, remarks: Sequence[str]) -> Iterator[str]:
    yield "title()"
    if notice:
        address = f'" ";{text(page)}' if page else ""
        yield f'frame({{{text(notice)};{address}}}, stroke: rgb("#7a5b00"), fill: rgb("#fff8e1"))'
    for remark in remarks:
        yield f"p({text(remark)})"
    yield f"p({{strong({text(counts(redline))})}})"
    yield (
        'p({"Added words are underlined and stand between small marks, as "; ins("here"); "; removed words are struck '
        'through, as "; del("here"); ". A note stands before each change and says its number, its sort, its place '
        'and whose it is."})'
    )


def _table(redline: Redline, authorship: Authorship) -> Iterator[str]:
    """The table of changes."""
    shown = [
        (file, row)
        for file in redline.files
        for row in file.rows
        if row.number is not None and not (row.moved and row.side is Side.OLD)
    ]
    if not shown:
        return
    yield 'heads(1, "Table of changes")'
    head = "".join(f"{text(name)}," for name in ("No.", "Change", "Where", "By", "Remarks"))
    yield f"{{set text(size: 8.5pt);grid-of((auto, auto, 1.3fr, 1.3fr, 2fr), (), (({head}),), ("
    for file, row in sorted(shown, key=lambda one: one[1].number or 0):
        where = place(row.clause) if len(redline.files) == 1 else f"{file.path}, {place(row.clause)}"
        cells = [mark(row), where, _author(row, authorship), "; ".join(remarks_of(row))]
        yield at("the table of changes", f"change {row.number}")
        yield f'(link(<{anchor(row)}>, "{row.number}"), ' + "".join(f"{text(cell)}," for cell in cells) + "),"
    yield "))}"


def _author(row: Row, authorship: Authorship) -> str:
    author = authorship.of(row)
    return f"{author.name}, contribution {author.contribution}" if author.contribution else author.name


def anchor(row: Row) -> str:
    """The label of a change's place; a moved clause has two."""
    return f"change-{row.number}-from" if row.moved and row.side is Side.OLD else f"change-{row.number}"


@dataclass(slots=True)
class _Writer:
    """Writes the rows of all files."""

    authorship: Authorship
    levels: Levels

    def file(self, file: FileRedline, context: int | None) -> list[str]:
        """The source lines of one file."""
        nest = Nest(sign=_sign)
        nest.out += [at(file.path), f"heads({self.levels.of(1)}, {text(_name(file))})"]
        for shown in fold(file.rows, context):
            if isinstance(shown, int):
                nest.close()
                said = f"… {shown} unchanged {'clause' if shown == 1 else 'clauses'} …"
                nest.out.append(f"centred({small(said)})")
            else:
                self._row(nest, shown)
        nest.close()
        return nest.out

    def _row(self, nest: Nest, row: Row) -> None:
        nest.enter(row.clause)
        if row.clause.kind in ROWS:
            self._table_row(nest, row)
            return
        if row.number is not None:
            nest.out.append(self._note(row))
        nest.out.append(self._block(row))

    def _note(self, row: Row) -> str:
        said = " · ".join([place(row.clause), f"by {_author(row, self.authorship)}", *remarks_of(row)])
        head = text(f"Change {row.number} · {mark(row)}")
        return f"[#note({{strong({head});{text(f' · {said}')}}})<{anchor(row)}>]"

    def _table_row(self, nest: Nest, row: Row) -> None:
        words = _words(row)
        parts = words.row(row)
        note = self._note(row) if row.number is not None else ""
        if row.op is Op.MOD and row.side is not Side.OLD and len(parts) == 1:
            before, after = words.readings(row)
            if len(before) != 1 or len(after) != 1:
                nest.row(row.clause, before, note)
                nest.row(row.clause, after)
                return
        nest.row(row.clause, parts, note)

    def _block(self, row: Row) -> str:
        clause = row.clause
        if clause.kind in LITERAL:
            if clause.kind is Kind.RULE:
                return f"centred({RULE})"
            return f"lines({', '.join(_words(row).lines(row))})"
        wording = _words(row).row(row)[0]
        if wording == "[]":
            wording = EMPTY
        if clause.kind is Kind.HEADING:
            gone = ", listed: false" if row.side is Side.OLD else ""
            block = f"heads({self.levels.of(clause.level + 1)}, {_labelled(clause, wording)}{gone})"
        else:
            block = f"p({_labelled(clause, wording)})"
        return turned(block) if _leftward(clause) else block


def _labelled(clause: Clause, wording: str) -> str:
    if not clause.label or clause.kind in {Kind.KEYWORD, Kind.FOOTNOTE, Kind.ITEM}:
        return wording
    return f"{{{small(clause.label + ' ')};{wording}}}"


def _words(row: Row) -> Words:
    return Words(any(has_leftward(clause.text) for clause in (row.old, row.new) if clause))


def _leftward(clause: Clause) -> bool:
    return not clause.text.isascii() and leftward(visible(tree(clause.kind, clause.text)))


def _sign(clause: Clause) -> str:
    if clause.frames[-1] == "bullet":
        return quoted("•")
    return small(clause.label.split(" ")[-1] or "-")


def _name(file: FileRedline) -> str:
    if file.old_path and file.new_path and file.old_path != file.new_path:
        return f"{file.old_path} → {file.new_path}"
    if file.old_path is None:
        return f"{file.path} (new)"
    return f"{file.path} (removed)" if file.new_path is None else file.path
