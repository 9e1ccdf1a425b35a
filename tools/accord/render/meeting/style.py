"""How the screen looks: large and black on white in the room, all leaves on paper. Nothing is said by colour alone."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { font: 1.1rem/1.45 system-ui, sans-serif; margin: 0; color: #000; background: #fff; overflow-wrap: break-word; }
a { color: #0b3d91; }
p { margin: .35em 0; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.strip { padding: .35rem 1.2rem; background: #000; color: #fff; font-size: .85rem; display: flex; flex-wrap: wrap;
  gap: 0 2rem; justify-content: space-between; }
.strip a { color: #fff; }
.rehearsal { background: #8a1520; }
section.leaf { padding: .8rem 1.2rem 1.5rem; border-bottom: 6px double #000; }
h1, h2 { font-size: 1.5em; line-height: 1.2; margin: .1em 0 .4em; }
h1:focus, h2:focus { outline: none; }
h1:focus-visible, h2:focus-visible { outline: 3px solid #0b3d91; outline-offset: 4px; }
h3 { font-size: .8em; text-transform: uppercase; letter-spacing: .06em; margin: .8em 0 .2em; color: #333; }
.where { font-size: .8em; color: #333; margin: 0; }
.current-text { border-left: .35em solid #000; padding-left: .8em; }
.before { color: #444; font-size: .8em; border-left: .35em solid #999; padding-left: .8em; }
.alternatives { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24em), 1fr)); gap: .8em; }
.alternative { border: 3px solid #000; padding: .5em .8em; }
.alternative header { display: flex; gap: .7em; align-items: baseline; flex-wrap: wrap; }
.letter { font-size: 1.9em; font-weight: bold; line-height: 1; }
.symbol { border: 2px solid #000; padding: 0 .3em; font-size: .8em; font-weight: bold; }
.from { font-weight: bold; }
.small, .remark, .number { font-size: .75em; color: #333; }
.number { font-size: .9em; }
.keyword { font-style: italic; }
ins { text-decoration: underline; text-decoration-thickness: .12em; text-underline-offset: .15em; font-weight: bold;
  color: #0b4f17; }
del { text-decoration: line-through; text-decoration-thickness: .1em; color: #8a1520; }
.objections li::before { content: "Objection: "; font-weight: bold; }
.reservations li::before { content: "Statement: "; font-weight: bold; }
ul.objections, ul.reservations { list-style: none; padding: .3em .6em; margin: .5em 0 0; font-size: .75em; }
ul.objections { border-left: .5em solid #8a1520; background: #fdeced; }
ul.reservations { border-left: .5em solid #7a5b00; background: #fff8e1; }
.reading { border: 3px solid #0b3d91; padding: .4em .8em; margin-top: .8em; break-inside: avoid; }
.reading h3 { margin-top: .1em; }
.question + .question { border-top: 1px solid #0b3d91; margin-top: .4em; padding-top: .3em; }
.reading p { margin: .2em 0; }
.reading .if { font-size: .75em; color: #333; }
.steps { font-size: .8em; margin-top: 1em; display: flex; gap: 2em; }
.contents ol { padding-left: 2.6em; }
.contents li { margin: .15em 0; }
table { border-collapse: collapse; font-size: .85em; }
th, td { border: 1px solid #555; padding: .2em .5em; text-align: left; vertical-align: top; }
#told { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media screen {
  .paged section.leaf { display: none; border: 0; scroll-margin-top: 100vh; font-size: clamp(1.1rem, 1.7vw, 2.6rem); }
  .paged section.leaf.current { display: block; }
  .paged section.dense { font-size: clamp(1.05rem, 1.4vw, 2.1rem); }
  .paged section.long { font-size: clamp(1rem, 1.25vw, 1.9rem); }
  .paged section.leaf.contents { font-size: clamp(1rem, 1.25vw, 1.8rem); }
}
@media print {
  @page { size: A4 landscape; margin: 1.2cm; }
  body { font-size: 11pt; }
  .strip { background: none; color: #000; border-bottom: 1px solid #000; padding: 0; }
  .strip a { color: #000; }
  section.leaf { padding: .3cm 0; border: 0; break-before: page; }
  section.leaf.contents { break-before: auto; }
  .steps { display: none; }
  .alternative { break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
}
"""
