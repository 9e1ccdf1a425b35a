"""How the page of a compilation looks: wide on a screen, landscape on paper, with its head repeated."""

from __future__ import annotations

STYLE = """
body.wide { max-width: 110rem; font: .92rem/1.45 system-ui, sans-serif; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; }
dt { font-weight: bold; }
dd { margin: 0; }
nav ul { padding-left: 1.2rem; }
nav li { margin: .2rem 0; }
.legend, .remark, .element { color: #555; font-size: .85em; font-weight: normal; }
table { table-layout: fixed; font-size: .9rem; margin: .5rem 0 1.5rem; overflow-wrap: break-word; }
table.itu, table.iso { border-collapse: separate; border-spacing: 0; border-top: 1px solid #888;
  border-left: 1px solid #888; }
table.itu th, table.itu td, table.iso th, table.iso td { border-width: 0 1px 1px 0; }
td p { margin: 0 0 .35rem; }
thead th { position: sticky; top: 0; z-index: 1; }
.clause th { background: #e6edf5; font-size: 1rem; scroll-margin-top: 2.5rem; }
td.as-above { color: #555; font-size: .85em; }
.no { font-weight: bold; scroll-margin-top: 5rem; }
tr:has(> td > .no:target), tr[id]:target { outline: 3px solid #7a5b00; outline-offset: -3px; }
h2, h3, tr[id] { scroll-margin-top: 2.5rem; }
.symbol { font-weight: bold; letter-spacing: .03em; }
.keyword { font-style: italic; }
.itu1 { width: 20%; } .itu2 { width: 26%; } .itu3 { width: 15%; } .itu4 { width: 15%; } .itu5 { width: 12%; }
.iso1 { width: 11%; } .iso2 { width: 4.5%; } .iso3 { width: 10%; } .iso4 { width: 8%; } .iso5 { width: 4%; }
.iso6 { width: 21%; } .iso7 { width: 24%; }
.index { table-layout: auto; }
ins { text-decoration: underline; text-decoration-thickness: 2px; background: #dff3e0; color: #0b4f17; }
del { text-decoration: line-through; background: #fbe3e4; color: #8a1520; }
ins a, del a, ins .remark, del .remark { color: inherit; }
.sign { border: 1px solid #8a1520; font-size: .75rem; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 60rem) {
  table.itu, table.iso { display: block; overflow-x: auto; }
  .itu > colgroup > col, .iso > colgroup > col { min-width: 8rem; }
}
@media print {
  @page { size: A4 landscape; margin: 1.2cm; }
  body.wide { font-size: 8.5pt; }
  table { font-size: 8pt; }
  thead { display: table-header-group; }
  thead th { position: static; }
  .clause { break-after: avoid; }
  nav { break-after: page; }
}
"""
