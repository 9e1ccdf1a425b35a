"""`meeting.html`: one place of the text a page, for the screen in the room, for paper, and for those who listen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from accord.domain.text.clauses import Kind
from accord.domain.text.redline import Row
from accord.render.compilation.model import Input
from accord.render.document_sheet import REHEARSAL
from accord.render.meeting.distance import ORDER
from accord.render.meeting.model import Alternative, Leaf, Reading, Table
from accord.render.meeting.pieces import listed, paragraphs, proposal, said, source, wording
from accord.render.meeting.script import SCRIPT, script_hash
from accord.render.meeting.style import STYLE
from accord.render.negotiation.words import printed

# Signs of text above which a leaf is set smaller, so that most of them fit a screen in the room.
_DENSE, _LONG = 450, 1100
_ROOM = 170  # what an alternative takes beside its text
_CLAUSE = 30  # and a clause, which begins a line
FIRST = "contents"


def screen_html(table: Table) -> str:
    """The whole page; the same table gives the same text."""
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src '{script_hash(SCRIPT)}'"
    title = f"{table.title}, {table.days}"
    body = "\n".join(_leaves(table))
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{escape(title)}</title>
<style>{STYLE}</style>
</head>
<body data-title="{escape(title)}">
{_strip(table)}
<div id="told" role="status" aria-live="polite"></div>
<main>
{body}
</main>
<script>{SCRIPT}</script>
</body>
</html>
"""


def _strip(table: Table) -> str:
    page = escape(table.page)
    notice = f'{said(table.notice)} <a href="{page}" rel="noreferrer">{page}</a>'
    lines = [f'<div class="strip"><span>{notice}</span><span>As of {escape(table.as_of)}</span></div>']
    if table.rehearsal:
        lines.append(f'<div class="strip rehearsal"><strong>{escape(REHEARSAL)}</strong></div>')
    return "\n".join(lines)


def _leaves(table: Table) -> Iterator[str]:
    names = [FIRST, *(escape(leaf.id) for leaf in table.leaves)]
    yield _contents(table, names)
    for place, leaf in enumerate(table.leaves, start=1):
        yield _leaf(leaf, place + 1, names)


def _contents(table: Table, names: list[str]) -> str:
    items = []
    section = ""
    for place, leaf in enumerate(table.leaves, start=2):
        if leaf.section != section:
            section = leaf.section
        what = f" ({len(leaf.alternatives)} proposed)" if leaf.alternatives else ""
        items.append(
            f'<li value="{place}"><a href="#{escape(leaf.id)}">{said(section)}: {said(leaf.label)}</a>{what}</li>'
        )
    keys = (
        "Arrow keys or Page Up and Page Down turn the pages, Home and End go to the first and the last one; "
        "a number and Enter goes to that page."
    )
    return f"""<section class="leaf contents" id="{FIRST}" aria-labelledby="h-{FIRST}">
<h1 id="h-{FIRST}" tabindex="-1">{said(table.title)}, {said(table.days)}</h1>
<p>{said(table.forum)}. On {said(table.draft)}.</p>
<ol>{"".join(items)}</ol>
<p class="small">{escape(keys)} {escape(ORDER)}</p>
{_steps(names, 1)}
</section>"""


def _leaf(leaf: Leaf, place: int, names: list[str]) -> str:
    name = escape(leaf.id)
    length = _length(leaf)
    kind = "leaf long" if length > _LONG else "leaf dense" if length > _DENSE else "leaf"
    element = f' <span class="small">{said(leaf.element)}</span>' if leaf.element else ""
    parts = [
        f'<section class="{kind}" id="{name}" aria-labelledby="h-{name}">',
        f'<p class="where">{said(leaf.section)} · page {place} of {len(names)}</p>',
        f'<h2 id="h-{name}" tabindex="-1">{said(leaf.label)}{element}</h2>',
    ]
    if leaf.state:
        parts.append(f"<p>{said(leaf.state)}</p>")
    parts.append(listed([one.short for one in leaf.open], "objections"))
    if leaf.current:
        parts.append(f'<h3>As it reads</h3><div class="current-text">{_text(leaf.current)}</div>')
    if leaf.before is not None:
        parts.append(
            f'<h3>It would come after</h3><div class="before">{wording(leaf.before, leaf.before.clause.label)}</div>'
        )
    if leaf.alternatives:
        several = "Alternatives" if len(leaf.alternatives) > 1 else "Proposal"
        by_letter = sorted(leaf.alternatives, key=lambda one: (len(one.letter), one.letter))
        shown = "".join(_alternative(one, len(by_letter)) for one in by_letter)
        parts.append(f'<h3>{several}</h3><div class="alternatives">{shown}</div>')
    parts.append(listed([*leaf.together, *leaf.brackets], "together"))
    if leaf.said:
        parts.append("<h3>Said without a text</h3>")
    parts += [_comment(it) for it in leaf.said]
    if leaf.readings:
        readings = "".join(_reading(one) for one in leaf.readings)
        parts.append(f'<div class="reading"><h3>To read out</h3>{readings}</div>')
    parts += [_steps(names, place), "</section>"]
    return "\n".join(part for part in parts if part)


def _comment(it: Input) -> str:
    return (
        f'<div><p><span class="from">{source(it)}</span> <span class="small">contribution {it.number}</span>: '
        f'{said(it.title)}</p><div class="small">{paragraphs(it.reasons)}</div></div>'
    )


def _text(rows: Sequence[Row]) -> str:
    """One clause; or a draft Opinion, each clause with its number or letter."""
    if len(rows) == 1:
        return wording(rows[0])
    out, keyword = [], ""
    for row in rows:
        clause = row.clause
        keyword = clause.label if clause.kind is Kind.KEYWORD else keyword
        out.append(wording(row, printed(clause, keyword, opinion=True)))
    return "".join(out)


def _alternative(one: Alternative, count: int) -> str:
    it = one.input
    letter = f'<span class="letter">{one.letter}</span> ' if count > 1 else ""
    remarks = "".join(f'<p class="remark">{said(remark)}</p>' for remark in one.remarks)
    about = ", ".join(filter(None, (it.category, it.input_class)))
    return f"""<article class="alternative" aria-label="{escape(_name(one, count))}">
<header>{letter}<span class="symbol">{escape(one.symbol)}</span> <span class="from">{source(it)}</span></header>
<p class="small">Contribution {it.number}: {said(it.title)} ({said(about)}); {escape(one.far)}</p>
{proposal(one.lines)}{remarks}
<p class="small"><strong>{said(it.disposition)}</strong>. {said(one.needs)}</p>
{listed([each.short for each in one.objections], "objections")}{listed(one.reservations, "reservations")}
</article>"""


def _name(one: Alternative, count: int) -> str:
    return f"Alternative {one.letter}" if count > 1 else "Proposal"


def _reading(one: Reading) -> str:
    answers = "".join(
        f'<p><span class="if">{escape(when)}:</span> {said(words)}</p>' for when, words in one.answers
    )
    return f'<div class="question"><p>{said(one.ask)}</p>{answers}</div>'


def _steps(names: list[str], place: int) -> str:
    """Links that turn the pages where no key does."""
    links = []
    if place > 1:
        links.append(f'<a href="#{names[place - 2]}" rel="prev">Page before</a>')
    if place > 1:
        links.append(f'<a href="#{names[0]}">Contents</a>')
    if place < len(names):
        links.append(f'<a href="#{names[place]}" rel="next">Next page</a>')
    return f'<nav class="steps" aria-label="Pages">{" ".join(links)}</nav>'


def _length(leaf: Leaf) -> int:
    rows = [*leaf.current, *(line.row for one in leaf.alternatives for line in one.lines)]
    text = sum(len(row.clause.text) for row in rows) + _ROOM * len(leaf.alternatives) + _CLAUSE * len(rows)
    return text + sum(len(it.reasons) + len(it.title) for it in leaf.said)
