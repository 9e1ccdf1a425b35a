"""How the PDF documents look: the Typst definitions that stand before every document's text."""

from __future__ import annotations

from accord.render.pdf.literal import quoted, text

ADDED, REMOVED, APPARATUS = "#0b4f17", "#8a1520", "luma(85)"
"""Colours of added words (underlined), of removed words (struck through) and of everything that is not the text."""

EMPTY, RULE = 'small("(empty)")', 'small("*  *  *")'
"""What stands for a clause without words, and for a rule: apparatus, so that neither is lost nor taken for text."""

_PICTURES = {
    "opened-add": ("[added:", "M4 1V8M0.5 4.5H7.5", "0 0 9 9", ADDED),
    "closed-add": ("end of added]", "M1 1H4V5", "0 0 5 9", ADDED),
    "opened-del": ("[removed:", "M0.5 4.5H7.5", "0 0 9 9", REMOVED),
    "closed-del": ("end of removed]", "M1 1H4V5", "0 0 5 9", REMOVED),
}

_DEFINITIONS = r"""
#set page(paper: "a4", margin: (x: 2.4cm, top: 2.5cm, bottom: 2.3cm))
#set text(font: ("Noto Sans", "Amiri"), size: 10pt, hyphenate: false, lang: "en", overhang: false)
#set par(leading: 0.62em, spacing: 0.95em, justify: false)
#set list(marker: none)
#set table(stroke: 0.5pt + luma(120), inset: (x: 5pt, y: 4pt))
#set figure(gap: 0.5em)
#set footnote.entry(separator: line(length: 25%, stroke: 0.5pt + luma(120)))
#set figure.caption(position: top)
#show figure: set block(breakable: true)
#show figure: set align(start)
#show figure.caption: it => block(width: 100%, sticky: true, it.body)
#show title: set text(size: 18pt)
#show title: set par(leading: 0.45em)
#show heading: set block(above: 1.5em, below: 0.8em, sticky: true)
#show heading.where(level: 1): set text(size: 14pt)
#show heading.where(level: 2): set text(size: 12pt)
#show heading.where(level: 3): set text(size: 11pt)
#show heading.where(level: 4): set text(size: 10pt)
#show link: set text(fill: rgb("#1b4f8f"))
#show table.cell.where(y: 0): set text(weight: "bold")
#show strong: t => { show regex("\p{Han}+"): set text(stroke: 0.03em); t }
#let mono = ("DejaVu Sans Mono", "Noto Sans", "Amiri")
#let z = h(0.001pt)
#let arabic(dir, ..more) = t => text(lang: "ar", dir: dir, font: ("Amiri", "Noto Sans"), ..more, t)
#let ar = arabic(ltr, size: 1.12em)
#let gap = arabic(ltr, size: 1.11em)
#let odd(t) = text(size: 1.001em, t)
#let zh(t) = text(lang: "zh", font: "Noto Sans SC", t)
#let ru(t) = text(lang: "ru", t)
#let el(t) = text(lang: "el", t)
#let small(t) = text(fill: luma(85), size: 0.85em, weight: "regular", style: "normal", t)
#let sign(t) = box(stroke: 0.4pt, inset: (x: 1pt), outset: (y: 1.5pt), text(size: 0.75em, t))
#let code(t) = { show raw: it => text(font: mono, size: 1.08em, t); raw("x") }
#let html(t) = text(font: mono, size: 0.85em, fill: rgb("#5a4500"), t)
#let leftward = (
  arabic(rtl, size: 1.12em), arabic(rtl, size: 1.11em), t => code(text(dir: ltr, t)), t => html(text(dir: ltr, t)))
#let s(t) = highlight(fill: luma(40), top-edge: 0.32em, bottom-edge: 0.28em, extent: 0pt, t)
#let ended = "↵"
#let green = rgb("INS")
#let red = rgb("DEL")
#let ins(t) = {
  opened-add; underline(stroke: 1.1pt + green, offset: 2.2pt, evade: false, text(fill: green, t)); closed-add
}
#let del(t) = { opened-del; strike(stroke: 0.9pt + red, text(fill: red, t)); closed-del }
#let p(t) = par(t)
#let numbered(n, t) = block(inset: (left: 3em), par({ box(width: 0pt, move(dx: -3em, box(width: 3em, n))); t }))
#let centred(t) = align(center, par(t))
#let frame(t, stroke: luma(120), fill: none) = block(
  width: 100%, inset: (x: 8pt, y: 6pt), stroke: 0.8pt + stroke, fill: fill, par(t))
#let lines(..all) = {
  show raw.where(block: true): it => block(
    width: 100%, fill: luma(245), inset: (x: 6pt, y: 5pt),
    { set par(spacing: 0.5em, leading: 0.5em); set text(font: mono, size: 8pt); all.pos().map(l => par(l)).join() })
  raw(block: true, "x")
}
#let it(sign, body) = (sign, body)
#let items(indent: 0.4em, ..all) = {
  let signs = all.pos().map(one => one.at(0))
  enum(tight: false, spacing: 0.7em, indent: indent, body-indent: 0.6em, numbering: n => signs.at(n - 1),
    ..all.pos().enumerate().map(((i, one)) => enum.item(i + 1, one.at(1))))
}
#let quoted(body) = quote(block: true, body)
#let heads(level, t, listed: true) = heading(level: level, outlined: listed, t)
#let keyword(t) = block(above: 1.4em, sticky: true, par(t))
#let rule = align(center, line(length: 30%, stroke: 0.5pt))
#let status(t) = block(
  width: 100%, fill: rgb("#eef3fa"), stroke: (left: 2.5pt + rgb("#34557f")), inset: (x: 6pt, y: 4pt),
  par(text(size: 9pt, t)))
#let bracketed(t) = block(
  width: 100%, stroke: (left: 1pt + red), inset: (left: 9pt),
  { par(text(size: 15pt, weight: "bold", "[")); t; par(text(size: 15pt, weight: "bold", "]")) })
#let masthead(forum, facts) = {
  grid(columns: (1fr, auto), column-gutter: 2em, align: (start + bottom, end + bottom),
    par(text(size: 13pt, weight: "bold", forum)), facts.map(t => par(t)).join())
  v(-0.4em)
  line(length: 100%, stroke: 1.2pt)
}
#let cover-title(label, name, subtitle) = {
  v(2.2cm)
  par(text(size: 13pt, fill: luma(60), label))
  title(name)
  if subtitle != [] { par(text(size: 12pt, subtitle)) }
  v(1cm)
}
#let link-shown(t) = text(fill: rgb("#1b4f8f"), t)
#let pairs(..all) = {
  set terms(separator: none, hanging-indent: 10.5em, spacing: 0.75em, tight: false)
  terms(..all.pos().map(((name, value)) => terms.item(
    box(width: 10.5em, text(weight: "regular", fill: luma(60), name)), value)))
  v(0.6cm)
}
#let contents = {
  show outline.entry.where(level: 1): set block(above: 0.9em)
  outline(title: "Contents", depth: 2, indent: 1.2em)
}
#let note(t) = block(
  width: 100%, fill: rgb("#eef3fa"), stroke: (left: 2.5pt + rgb("#34557f")), inset: (x: 6pt, y: 3pt),
  above: 1.3em, below: 0.6em, sticky: true,
  par(text(fill: luma(85), size: 8pt, weight: "regular", style: "normal", t)))
#let grid-of(widths, aligns, head, rows, again: true) = {
  let columns = widths.len()
  let wide(cells, ..more) = cells.slice(0, -1) + (
    table.cell(colspan: columns - cells.len() + 1, cells.last()),)
  let ways = (l: left, c: center, r: right)
  table(
    columns: widths,
    align: (x, y) => ways.at(aligns.at(x, default: "-"), default: start) + top,
    table.header(repeat: again, ..head.map(wide).flatten()),
    ..rows.map(wide).flatten())
}
#let captioned(caption, body) = figure(kind: table, supplement: none, numbering: none, caption: caption, body)
"""


def opening(*, title: str, header: str, footer: str, language: str = "en") -> str:
    """Everything before the text: the document's title and language, header, footer and definitions.

    ``header`` and ``footer`` are plain words; the footer also says which page of how many it is.
    """
    pictures = "\n".join(_picture(name, *drawn) for name, drawn in _PICTURES.items())
    definitions = _DEFINITIONS.replace("INS", ADDED).replace("DEL", REMOVED)
    return f"""#set document(title: {quoted(title)})
{pictures}
{definitions}
#set text(lang: {quoted(language)})
#let running(t) = text(size: 7.5pt, fill: luma(85), lang: "en", t)
#set page(
  header: running({text(header)}),
  footer: running(grid(columns: (1fr, auto), column-gutter: 1em, {text(footer)},
    context {{ "Page "; counter(page).display(); " of "; counter(page).final().map(str).join() }})))
"""


def _picture(name: str, spoken: str, path: str, box: str, colour: str) -> str:
    """A small mark with words for whoever hears the text: where a change begins and ends, without colour."""
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">'
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.6"/></svg>'
    )
    return (
        f'#let {name} = box(image(bytes({quoted(drawing)}), format: "svg", height: 0.5em, alt: {quoted(spoken)}), '
        "baseline: -0.38em)"
    )
