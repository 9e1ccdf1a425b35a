"""The page around every HTML document: no script, nothing loaded from elsewhere, readable by ear and on paper."""

from __future__ import annotations

from html import escape
from typing import Protocol

from accord.render.document_sheet import REHEARSAL

STYLE = """
:root { color-scheme: light; }
body { font: 1.05rem/1.55 Georgia, serif; max-width: 46rem; margin: 0 auto; padding: 1rem;
  color: #1a1a1a; background: #fff; }
header, nav, footer, .status, .number, table, .notice { font-family: system-ui, sans-serif; }
a { color: #1b4f8f; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; }
.notice { border: 2px solid #7a5b00; background: #fff8e1; padding: .4rem .8rem; font-size: .9rem; }
.rehearsal { border-color: #8a1520; background: #fdeced; }
.cover { border-bottom: 1px solid #999; padding-bottom: 1rem; }
.cover dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; }
.cover dt { font-weight: bold; }
.cover dd { margin: 0; }
.number { color: #444; font-size: .92em; }
a.place { text-decoration: none; }
a.place:hover, a.place:focus { text-decoration: underline; }
.keyword { font-style: italic; margin-top: 1.2rem; }
ol.signed { list-style: none; padding-left: 1.6rem; }
ol.signed > li > p, ul > li > p { margin: .3rem 0; }
.status { font-size: .9rem; border-left: 4px solid #34557f; background: #eef3fa; padding: .3rem .7rem; }
.brackets { border-left: 4px double #8a1520; padding-left: 1rem; }
.bracket { font-weight: bold; font-size: 1.4rem; }
table { border-collapse: collapse; width: 100%; font-size: .88rem; margin: 1rem 0; }
caption { text-align: left; padding: .3rem 0; }
th, td { border: 1px solid #888; padding: .3rem .5rem; vertical-align: top; text-align: left; }
thead th { background: #eee; }
pre { white-space: pre-wrap; background: #f6f6f6; padding: .5rem; }
.wide { max-width: 70rem; }
@media print {
  @page { margin: 2cm; }
  body { max-width: none; font-size: 11pt; }
  .skip { display: none; }
  h1, h2, h3, caption, .keyword { break-after: avoid; }
  .annex, .opinion { break-before: page; }
  tr { break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
}
"""


class Noticed(Protocol):
    """What a page says of itself: that it is unofficial, where the official place is, whether all of it is invented."""

    @property
    def notice(self) -> str: ...

    @property
    def page(self) -> str: ...

    @property
    def rehearsal(self) -> bool: ...


def page(sheet: Noticed, *, title: str, body: str, style: str = "", wide: bool = False) -> str:
    """A whole page with its notice at the top (R6); ``body`` is HTML, everything else is escaped."""
    kind = ' class="wide"' if wide else ""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{escape(title)}</title>
<style>{STYLE}{style}</style>
</head>
<body{kind}>
<a class="skip" href="#text">To the text</a>
{notices(sheet)}
<main id="text">
{body}
</main>
<footer><p class="notice">{_notice(sheet)}</p></footer>
</body>
</html>
"""


def notices(sheet: Noticed) -> str:
    """What stands on top of every page."""
    lines = [f'<p class="notice">{_notice(sheet)}</p>']
    if sheet.rehearsal:
        lines.append(f'<p class="notice rehearsal"><strong>{escape(REHEARSAL)}</strong></p>')
    return "\n".join(lines)


def _notice(sheet: Noticed) -> str:
    address = escape(sheet.page)
    return f'{escape(sheet.notice)} <a href="{address}" rel="noreferrer">{address}</a>'
