"""How the redline looks: on a screen, on a telephone and on paper. Nothing is said by colour alone."""

from __future__ import annotations

# The address after "#" chooses the view, without a script: all that stands in the second view has an id of "side...".
STYLE = """
:root { color-scheme: light; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a;
  background: #fff; overflow-wrap: break-word; }
body:has(.columns-only), body:has(.both [id^="side"]:target) { max-width: 90rem; }
.both .columns-view, .both .when-side { display: none; }
.both:has([id^="side"]:target) .columns-view { display: block; }
.both:has([id^="side"]:target) .when-side { display: inline; }
.both:has([id^="side"]:target) .inline-view, .both:has([id^="side"]:target) .when-inline { display: none; }
ins { text-decoration: underline; text-decoration-thickness: 2px; background: #dff3e0; color: #0b4f17; }
del { text-decoration: line-through; background: #fbe3e4; color: #8a1520; }
ins a, del a { color: inherit; }
.redline a { color: #1b4f8f; }
.redline ins a { color: #0b4f17; }
.redline del a { color: #8a1520; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.bar { position: sticky; top: 0; z-index: 1; background: #fff; border-bottom: 1px solid #767676; padding: .3rem 0;
  font: .85rem/1.4 system-ui, sans-serif; }
.bar > * { margin-right: 1rem; }
[id^="change"], [id^="side"] { scroll-margin-top: 4rem; }
.change { display: block; font: .85rem/1.4 system-ui, sans-serif; border-left: 4px solid #34557f; background: #eef3fa;
  padding: .1rem .5rem; margin-top: .8rem; color: #1a1a1a; text-align: start; }
.change:target { outline: 3px solid #7a5b00; }
.steps { display: inline-block; margin-left: 1rem; color: #444; }
.contents table { font-size: .9rem; }
.label, .remark, .fold { color: #555; font-size: .85rem; font-weight: normal; font-style: normal; }
ins .remark, del .remark { color: inherit; }
.sign { border: 1px solid #8a1520; font-size: .75rem; }
p.fold { text-align: center; }
.redline ul.list, .redline ol.list { list-style: none; padding-left: 1.5rem; }
.redline table { border-collapse: collapse; margin: .5rem 0; width: auto; }
.redline th, .redline td { border: 1px solid #999; padding: .2rem .5rem; vertical-align: top; text-align: start; }
.redline pre { white-space: pre-wrap; background: #f6f6f6; padding: .5rem; margin: .3rem 0; }
.redline code.raw { background: #f6f0dd; color: #1a1a1a; }
.redline p.keyword { font-style: italic; }
.redline table.columns { width: 100%; table-layout: fixed; }
.redline .columns > thead th { background: #eee; position: sticky; top: 2rem; }
.redline .columns > tbody > tr > td { border-top: 0; border-bottom: 0; padding: .1rem .7rem; }
.redline .columns > tbody > tr:last-child > td { border-bottom: 1px solid #999; }
.redline .at > td { border-bottom: 0; }
.at .change { margin-top: 0; }
.redline .columns > tbody > .at > td { padding: .4rem 0 0; }
.redline .columns > tbody > .fold > td { text-align: center; padding: .4rem; }
.columns p, .columns h3, .columns h4, .columns h5, .columns h6 { margin: .3rem 0; }
.columns h3, .columns h4, .columns h5, .columns h6, .was-heading { font-size: 1.05rem; font-weight: bold; }
.redline .columns > tbody > tr > .none { background: repeating-linear-gradient(45deg, #fff 0 6px, #ececec 6px 7px); }
.redline .columns > tbody > tr > .moved { border-left: 4px double #34557f; }
.redline .columns > tbody > tr > .in1 { padding-left: 1.7rem; }
.redline .columns > tbody > tr > .in2 { padding-left: 2.7rem; }
.redline .columns > tbody > tr > .in3 { padding-left: 3.7rem; }
.redline .columns > tbody > tr > .in4 { padding-left: 4.7rem; }
.redline .columns > tbody > tr > .in5 { padding-left: 5.7rem; }
.redline .columns > tbody > tr > .in6 { padding-left: 6.7rem; }
.quote > :last-child { border-left: 3px solid #767676; padding-left: .7rem; }
.redline table.row { width: 100%; table-layout: fixed; margin: 0; }
@media screen and (max-width: 40rem) {
  body { margin-top: .5rem; }
  .redline th, .redline td { padding: .2rem .3rem; }
  .redline td, .inline-view th, .row th { overflow-wrap: anywhere; }
  .contents table { font-size: .75rem; }
  .steps { margin-left: 0; }
  .redline .columns, .redline .columns > tbody, .redline .columns > tbody > tr,
  .redline .columns > tbody > tr > td { display: block; }
  .redline .columns > thead, .columns .same > .old, .columns .none { display: none; }
  .columns > tbody > tr:not(.same) > .old::before { content: "old: "; font-size: .75rem; }
  .columns > tbody > tr:not(.same) > .new::before { content: "new: "; font-size: .75rem; }
  .redline .columns > tbody > tr > td { border: 0; }
}
@media print {
  @page { margin: 1.5cm; }
  @page landscape { size: landscape; margin: 1.5cm; }
  .redline { padding-right: 2px; }
  body, body:has(.both [id^="side"]:target) { max-width: none; margin: 0; padding: 0; font-size: 10pt; }
  .redline .contents table { font-size: 8pt; line-height: 1.25; width: 100%; }
  .redline .contents th, .redline .contents td { padding: 1pt 4pt; }
  .columns-view { page: landscape; }
  .bar, .steps { display: none; }
  .bar, .redline .columns > thead th { position: static; }
  .change, .at, h1, h2, h3, h4, h5, h6 { break-after: avoid; }
  .change, .redline tr, .redline p { break-inside: avoid; }
  thead { display: table-header-group; }
  ins, del, .change { background: none; }
  .redline a { color: inherit; text-decoration: none; }
  .wording ins a[href]::after, .wording del a[href]::after { content: " <" attr(href) ">"; }
  .wording .format a[href]::after { content: none; }
}
"""
