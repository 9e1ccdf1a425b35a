"""The redline as a page or a fragment: readable without colour, by ear, on paper, and without a script.

A page may hold two views of the same changes: both texts in one, and side by side. The end of its address chooses: to
``#side-by-side``, or to any place in it, the second view answers, to everything else the first. The view that is not
shown is not read out and not printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from accord.domain.text.redline import FileRedline, Redline
from accord.render.authorship import Authorship
from accord.render.redline_blocks import Blocks
from accord.render.redline_columns import Columns
from accord.render.redline_contents import bar, contents
from accord.render.redline_notes import COLUMNS, INLINE, Notes, View
from accord.render.redline_style import STYLE
from accord.render.redline_words import counts

__all__ = ["STYLE", "VIEWS", "render_html"]

VIEWS = {"both": (INLINE, COLUMNS), INLINE.id: (INLINE,), COLUMNS.id: (COLUMNS,)}
"""What a page can hold, by the name people choose it with."""


def render_html(
    redline: Redline,
    *,
    title: str = "Redline",
    context: int | None = None,
    fragment: bool = False,
    view: str = "both",
    authorship: Authorship | None = None,
) -> str:
    """A standalone page, or with ``fragment`` what stands inside its ``main``.

    ``context`` folds unchanged text farther than so many clauses from a change; None shows the whole text. ``view`` is
    one of :data:`VIEWS`. ``authorship`` says at each change whose it is.
    """
    views = VIEWS[view]
    body = "\n".join(_body(redline, title, context, views, authorship))
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
<main>
{body}
</main>
</body>
</html>
"""


def _body(
    redline: Redline, title: str, context: int | None, views: tuple[View, ...], authorship: Authorship | None
) -> Iterator[str]:
    kind = "both" if len(views) > 1 else "columns-only" if views[0] is COLUMNS else "inline-only"
    yield f'<div class="redline {kind}">'
    yield f"<h1>{escape(title)}</h1>"
    yield f'<p class="counts">{escape(counts(redline))} Added words are underlined, removed words struck through.</p>'
    yield from bar(redline, views)
    yield from contents(redline, views, authorship)
    for view in views:
        other = next((one for one in views if one is not view), None)
        notes = Notes(redline, view, authorship=authorship, other=other)
        yield f'<div class="{"inline" if view is INLINE else "columns"}-view" id="{view.id}">'
        for file in redline.files:
            yield f'<section data-path="{escape(file.path)}" aria-label="{escape(file.path)}">'
            yield f"<h2>{escape(_name(file))}</h2>"
            if view is INLINE:
                yield from Blocks(notes).file(file, context)
            else:
                yield from Columns(redline, notes).file(file, context)
            yield "</section>"
        yield "</div>"
    yield "</div>"


def _name(file: FileRedline) -> str:
    if file.old_path and file.new_path and file.old_path != file.new_path:
        return f"{file.old_path} → {file.new_path}"
    if file.old_path is None:
        return f"{file.path} (new)"
    return f"{file.path} (removed)" if file.new_path is None else file.path
