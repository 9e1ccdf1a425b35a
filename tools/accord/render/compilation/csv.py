"""`compilation.csv`: one table with a row a contribution and clause, for any spreadsheet."""

from __future__ import annotations

import csv
import io

from accord.render.compilation.columns import COLUMNS, Cell, Columns, cells
from accord.render.compilation.model import Compilation
from accord.render.compilation.runs import plain

# What a spreadsheet may take for the beginning of a formula, also in full width.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def compilation_csv(made: Compilation, columns: Columns) -> bytes:
    """UTF-8 with the mark that Excel looks for, quoted as RFC 4180 says; a redline is ``[-old-]{+new+}``."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(["Part", *(column.head for column in COLUMNS[columns])])
    for part in made.parts:
        for section, group, entry in part.rows:
            writer.writerow([part.title, *map(_cell, cells(section, group, entry, columns))])
    return target.getvalue().encode("utf-8-sig", "replace")


def _cell(cell: Cell) -> str:
    text = plain(cell)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
