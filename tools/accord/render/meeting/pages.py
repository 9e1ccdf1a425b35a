"""The pages of a meeting's pack beside its screen: contents with counts, agenda, alternatives, open objections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from accord.render.alternatives import Meeting, without_parts
from accord.render.compilation.model import Input
from accord.render.document_page import page
from accord.render.meeting.distance import ORDER
from accord.render.meeting.model import Counted, Leaf, Objected, Table
from accord.render.meeting.pieces import listed, paragraphs, said, source

_STYLE = """
ul.objections { padding-left: 1.2rem; }
th { text-align: left; }
td p { margin: .1rem 0; }
.agenda { table-layout: fixed; overflow-wrap: anywhere; }
.agenda .c1 { width: 6%; } .agenda .c2 { width: 11%; } .agenda .c3 { width: 4%; } .agenda .c4 { width: 24%; }
.agenda .c5 { width: 18%; } .agenda .c6 { width: 14%; } .agenda .c7 { width: 23%; }
.letter { font-weight: bold; font-size: 1.2em; }
.merged { border-left: 4px solid #34557f; padding-left: .6rem; }
"""


def index_html(table: Table, files: Sequence[tuple[str, str]]) -> str:
    """The first page: what was received and where it is, and every file with what it is good for."""
    links = "".join(
        f'<li><a href="{escape(name)}">{escape(name)}</a>: {said(what)}</li>' for name, what in files
    )
    body = f"""<h1>{said(table.title)}, {said(table.days)}</h1>
<p>The papers of the meeting in one folder. Nothing in it is loaded from elsewhere; it works without a network.</p>
<p>As of {escape(table.as_of)}.</p>
<h2>What was received</h2>
{"".join(f"<p>{escape(line)}</p>" for line in count_lines(table))}
<h2>What is in the folder</h2>
<ul>{links}</ul>"""
    return page(table, title=f"{table.title}: papers", body=body, style=_STYLE)


def count_lines(table: Table) -> Iterator[str]:
    """Where each contribution of the windows is, in numbers that add up."""
    shown = set(table.shown)
    for one in table.windows:
        yield _count(one, shown)
    if table.carried:
        yield (
            f"Carried over from earlier windows and still before the group, also on the screen: "
            f"{len(table.carried)} ({_numbers(table.carried)})."
        )


def _count(one: Counted, shown: set[int]) -> str:
    here = [number for number in one.numbers if number in shown]
    off = [number for number in one.numbers if number not in shown]
    so_far = f" so far; the window is open until {one.closes}" if one.still_open else ""
    return (
        f"Received for {one.window} ({one.draft}): {len(one.numbers)}{so_far}. On the screen: {len(here)}"
        f"{_listed(here)}. No longer, or not yet, before the group, each with its reason: {len(off)}{_listed(off)}."
    )


def _listed(numbers: Sequence[int]) -> str:
    return f" ({_numbers(numbers)})" if numbers else ""


def _numbers(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


def agenda_html(table: Table) -> str:
    """The places in the order of the text, and at each the alternatives in the order in which they are put."""
    rows = "".join(_agenda_rows(table))
    columns = "".join(f'<col class="c{place}">' for place in range(1, 8))
    names = ("Page", "Place", "", "Proposal", "From", "How far from the text", "What it needs")
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    body = f"""<h1>{said(table.title)}: order of the texts</h1>
<p>{escape(ORDER)}</p>
<table class="agenda"><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
<h2 id="off">No longer, or not yet, before the group</h2>
{_off(table.off)}"""
    return page(table, title=f"{table.title}: order of the texts", body=body, style=_STYLE, wide=True)


def _agenda_rows(table: Table) -> Iterator[str]:
    section = ""
    for place, leaf in enumerate(table.leaves, start=2):
        if leaf.section != section:
            section = leaf.section
            yield f'<tr><th scope="rowgroup" colspan="7">{said(section)}</th></tr>'
        yield from _leaf_rows(leaf, place)


def _leaf_rows(leaf: Leaf, place: int) -> Iterator[str]:
    several = len(leaf.alternatives) > 1
    rows = [
        f'<td class="letter">{one.letter if several else ""}</td>{_proposed(one.symbol, one.input)}'
        f"<td>{escape(one.far)}</td><td>{said(one.needs)}{_full(one.objections)}</td>"
        for one in leaf.alternatives
    ]
    rows += [f"<td></td>{_proposed('comment', it)}<td></td><td></td>" for it in leaf.said]
    if not rows:
        brackets = listed(leaf.brackets, "brackets")
        rows = [f'<td></td><td colspan="3"></td><td>{said(leaf.state)}{_full(leaf.open)}{brackets}</td>']
    first = (
        f'<td rowspan="{len(rows)}"><a href="meeting.html#{escape(leaf.id)}">{place}</a></td>'
        f'<th scope="row" rowspan="{len(rows)}">{said(leaf.label)}</th>'
    )
    for row in rows:
        yield f"<tr>{first}{row}</tr>"
        first = ""


def _proposed(symbol: str, it: Input) -> str:
    what = f"{escape(symbol)}, contribution {it.number}: {said(it.title)}"
    return f"<td>{what}</td><td>{source(it)}</td>"


def _full(objections: Sequence[Objected]) -> str:
    return listed([one.full for one in objections], "objections")


def _off(inputs: Sequence[Input]) -> str:
    if not inputs:
        return "<p>None.</p>"
    rows = "".join(
        f"<tr><td>{it.number}</td><td>{said(it.title)}</td><td>{source(it)}</td>"
        f"<td><strong>{said(it.disposition)}</strong>{paragraphs(it.reason)}</td></tr>"
        for it in inputs
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("No.", "Title", "Source", "What became of it"))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def conflicts_html(table: Table) -> str:
    """Where contributions meet: how the clause reads, what each makes of it, what goes together."""
    blocks = []
    inputs = table.inputs
    sections = {leaf.id.partition("-")[2]: leaf.section for leaf in table.leaves}
    for (clause, label), group in groupby(table.meetings, key=lambda one: (one.clause, one.label)):
        meetings = list(group)
        now = meetings[0].current
        readings: dict[int, str | None] = {}
        for one in meetings:
            readings.update(zip(one.numbers, one.proposed, strict=True))
        rows = [f'<tr><th scope="row">as it reads</th><td>{paragraphs(now)}</td></tr>'] if now else []
        rows += [
            f'<tr><th scope="row">contribution {number}, {source(inputs[number])}</th>'
            f"<td>{paragraphs(text) if text else '<p>(deleted)</p>'}</td></tr>"
            for number, text in sorted(readings.items())
        ]
        results = "".join(_result(one) for one in without_parts(meetings))
        where = f"{sections[clause]}: {label}" if clause in sections else label
        blocks.append(f"<h2>{said(where)}</h2><table><tbody>{''.join(rows)}</tbody></table>{results}")
    body = "".join(blocks) or "<p>No two contributions before the group touch the same clause.</p>"
    title = f"{table.title}: where contributions meet"
    return page(table, title=title, body=f"<h1>{said(title)}</h1>{body}", style=_STYLE)


def _result(one: Meeting) -> str:
    named = ", ".join(str(number) for number in one.numbers[:-1]) + f" and {one.numbers[-1]}"
    if not one.compatible:
        return f"<p>Contributions {named} are alternatives.</p>"
    together = paragraphs(one.merged or "(deleted)")
    return f'<p>Contributions {named} are compatible; together:</p><div class="merged">{together}</div>'


def objections_html(table: Table) -> str:
    """Every objection that stands on what is before the meeting, with the place that it is about."""
    parts = []
    for leaf in table.leaves:
        lines = [one.full for one in leaf.open]
        for alternative in leaf.alternatives:
            number = alternative.input.number
            lines += [f"Contribution {number}: {one.full}" for one in alternative.objections]
        if lines:
            link = f'<a href="meeting.html#{escape(leaf.id)}">{said(leaf.section)}: {said(leaf.label)}</a>'
            parts.append(f"<h2>{link}</h2>{listed(lines, 'objections')}")
    body = "".join(parts) or "<p>None stands.</p>"
    title = f"{table.title}: open objections"
    return page(table, title=title, body=f"<h1>{said(title)}</h1>{body}", style=_STYLE)
