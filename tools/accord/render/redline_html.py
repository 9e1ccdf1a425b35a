"""The redline as a page or a fragment: readable without colour, by ear, on paper, and without a script."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from accord.domain.text.redline import FileRedline, Redline, Side
from accord.render.redline_blocks import Blocks, anchor
from accord.render.redline_words import counts, mark, place, remarks

STYLE = """
:root { color-scheme: light; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }
ins { text-decoration: underline; text-decoration-thickness: 2px; background: #dff3e0; color: #0b4f17; }
del { text-decoration: line-through; background: #fbe3e4; color: #8a1520; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.change { display: block; font-size: .85rem; font-weight: normal; font-style: normal; border-left: 4px solid #34557f;
  background: #eef3fa; padding: .1rem .5rem; margin-top: .8rem; color: #1a1a1a; }
.label, .remark, .fold { color: #555; font-size: .85rem; font-weight: normal; font-style: normal; }
.sign { border: 1px solid #8a1520; font-size: .75rem; }
.fold { text-align: center; }
ul.list, ol.list { list-style: none; padding-left: 1.5rem; }
table { border-collapse: collapse; margin: .5rem 0; }
th, td { border: 1px solid #999; padding: .2rem .5rem; vertical-align: top; text-align: start; }
pre { white-space: pre-wrap; background: #f6f6f6; padding: .5rem; }
code.raw { background: #f6f0dd; }
p.keyword { font-style: italic; }
a.skip:focus { position: static; }
@media print {
  body { max-width: none; margin: 0; }
  .steps, .skip { display: none; }
  .change { break-after: avoid; }
  ins, del, .change { background: none; }
  ins a[href]::after, del a[href]::after { content: " <" attr(href) ">"; }
}
"""


def render_html(
    redline: Redline, *, title: str = "Redline", context: int | None = None, fragment: bool = False
) -> str:
    """A standalone page, or with ``fragment`` what stands inside its ``main``.

    ``context`` folds unchanged text farther than so many clauses from a change; None shows the whole text.
    """
    body = "\n".join(_body(redline, title, context))
    if fragment:
        return body + "\n"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{escape(title)}</title>
<style>{STYLE}</style>
</head>
<body>
<main class="redline">
{body}
</main>
</body>
</html>
"""


def _body(redline: Redline, title: str, context: int | None) -> Iterator[str]:
    last = max((row.number or 0 for row in redline.changes), default=0)
    yield f"<h1>{escape(title)}</h1>"
    yield f'<p class="counts">{escape(counts(redline))} Added words are underlined, removed words struck through.</p>'
    if last:
        yield from _contents(redline)
    for file in redline.files:
        yield f'<section data-path="{escape(file.path)}" aria-label="{escape(file.path)}">'
        yield f"<h2>{escape(_name(file))}</h2>"
        yield from Blocks(last).file(file, context)
        yield "</section>"


def _contents(redline: Redline) -> Iterator[str]:
    """The table of changes."""
    yield '<details class="contents" open><summary>Table of changes</summary>'
    yield "<table><thead><tr><th>No.</th><th>Change</th><th>Where</th><th>Remarks</th></tr></thead><tbody>"
    for file in redline.files:
        for row in file.rows:
            if row.number is None or (row.moved and row.side is Side.OLD):
                continue
            where = place(row.clause) if len(redline.files) == 1 else f"{file.path}, {place(row.clause)}"
            cells = [mark(row), where, "; ".join(remarks(row))]
            rest = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
            yield f'<tr><td><a href="#{anchor(row)}">{row.number}</a></td>{rest}</tr>'
    yield "</tbody></table></details>"


def _name(file: FileRedline) -> str:
    if file.old_path and file.new_path and file.old_path != file.new_path:
        return f"{file.old_path} → {file.new_path}"
    if file.old_path is None:
        return f"{file.path} (new)"
    return f"{file.path} (removed)" if file.new_path is None else file.path
