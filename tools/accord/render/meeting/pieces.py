"""Words of clauses and of people as HTML, as every page of a meeting shows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from accord.domain.text.clauses import ROWS, Kind
from accord.domain.text.redline import Row
from accord.render.compilation.model import Input, Line
from accord.render.compilation.runs import harmless
from accord.render.redline_inline import words


def said(text: str) -> str:
    """What somebody wrote, as one run: escaped, direction and control signs made visible."""
    return f"<bdi>{escape(harmless(text))}</bdi>"


def paragraphs(text: str) -> str:
    """What somebody wrote, in paragraphs."""
    lines = [line for line in harmless(text).split("\n") if line.strip()]
    return "".join(f'<p dir="auto">{escape(line)}</p>' for line in lines)


def wording(row: Row, lead: str = "", remarks: Iterable[str] = ()) -> str:
    """One clause, with what changes in it marked."""
    clause = row.clause
    cells = words(row)
    text = " | ".join(cells) if clause.kind in ROWS else "".join(cells)
    if clause.kind is Kind.CODE:
        text = f"<code>{text}</code>"
    number = f'<span class="number">{escape(lead)}</span> ' if lead else ""
    notes = "".join(f' <span class="remark">({escape(harmless(one))})</span>' for one in remarks)
    kind = ' class="keyword"' if clause.kind is Kind.KEYWORD else ""
    return f'<p dir="auto"{kind}>{number}{text}{notes}</p>'


def proposal(lines: Sequence[Line]) -> str:
    """A whole proposal."""
    return "".join(wording(line.row, line.lead, line.remarks) for line in lines)


def listed(items: Sequence[str], kind: str) -> str:
    """A list of sentences; nothing where there are none."""
    if not items:
        return ""
    return f'<ul class="{kind}">' + "".join(f"<li>{said(one)}</li>" for one in items) + "</ul>"


def source(it: Input) -> str:
    """Who a contribution is from."""
    cosigners = f", with {', '.join(it.cosigners)}" if it.cosigners else ""
    return said(f"{it.source}{cosigners}")
