"""`report.pdf`: the Report as a document of the Forum, with its cover, contents and the annex of draft Opinions."""

from __future__ import annotations

from collections.abc import Iterator

from accord.domain.drafts.facts import Showing
from accord.render.document_sheet import REHEARSAL, AnnexEntry, Sheet
from accord.render.pdf.body import Body
from accord.render.pdf.literal import at, text
from accord.render.pdf.nest import Levels
from accord.render.pdf.style import opening
from accord.render.pdf.words import small

_LANGUAGES = {
    "arabic": "ar",
    "chinese": "zh",
    "english": "en",
    "french": "fr",
    "russian": "ru",
    "spanish": "es",
}


def report_typst(sheet: Sheet) -> str:
    """The Typst source of the whole document."""
    language = _LANGUAGES.get(sheet.original.lower(), sheet.original.lower())
    header = " · ".join(part for part in (sheet.symbol, sheet.forum, sheet.label) if part)
    footer = f"{REHEARSAL} {sheet.notice}" if sheet.rehearsal else sheet.notice
    head = opening(
        title=f"{sheet.label}: {sheet.title}",
        header=header,
        footer=footer,
        language=language if language in _LANGUAGES.values() else "en",
    )
    body = Body(levels=Levels())
    source = [head, "#{", at("the cover"), *_cover(sheet), "pagebreak()"]
    source += ["contents", *_report(sheet, body), *_annex(sheet, body), "}", ""]
    return "\n".join(source)


def _cover(sheet: Sheet) -> Iterator[str]:
    facts = [text(fact) for fact in (sheet.symbol, sheet.date) if fact]
    if sheet.original:
        facts.append(text(f"Original: {sheet.original}"))
    yield f"masthead({text(sheet.forum)}, ({''.join(f'{fact},' for fact in facts)}))"
    yield f"cover-title({text(sheet.label)}, {text(sheet.title)}, {text(sheet.subtitle)})"
    pairs = [(name, value) for name, value in _pairs(sheet) if value]
    yield f"pairs({''.join(f'({text(name)}, {text(value)}),' for name, value in pairs)})"
    for remark in sheet.remarks:
        yield f"p({text(remark)})"
    address = f'" ";link-shown({text(sheet.page)})' if sheet.page else "[]"
    yield f'frame({{{text(sheet.notice)};{address}}}, stroke: rgb("#7a5b00"), fill: rgb("#fff8e1"))'
    if sheet.rehearsal:
        yield f'frame(strong({text(REHEARSAL)}), stroke: rgb("#8a1520"), fill: rgb("#fdeced"))'


def _pairs(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """What the cover states; a pair that says again what stands above is left out."""
    said = {"Document symbol": sheet.symbol, "Original": sheet.original}
    for name, value in (("Source", sheet.source), ("Action required", sheet.action)):
        said[name] = value
        yield name, value
    for name, value in sheet.cover:
        if not said.get(name):
            yield name, value


def _report(sheet: Sheet, body: Body) -> Iterator[str]:
    yield "pagebreak(weak: true)"
    for document in sheet.report:
        yield from body.document(document, heading=1)


def _annex(sheet: Sheet, body: Body) -> Iterator[str]:
    if not sheet.annex and not sheet.left_out:
        return
    yield at("the annex")
    yield "pagebreak(weak: true)"
    yield f"heads({body.levels.of(1)}, {text('Annex: draft Opinions')})"
    for one in sheet.left_out:
        yield f"p({small(f'Left out ({one.meeting}): {one.title}')})"
    for number, entry in enumerate(sheet.annex):
        if number:
            yield "pagebreak(weak: true)"
        yield from _opinion(entry, body)


def _opinion(entry: AnnexEntry, body: Body) -> Iterator[str]:
    yield at(entry.document.path)
    yield f"heads({body.levels.of(2)}, {text(f'Draft Opinion {entry.number}: {entry.title}')})"
    themes = ", ".join(entry.themes)
    yield f"status({text(f'Theme: {themes}. {entry.status}')})"
    blocks = body.document(entry.document, heading=3, opinion=True)
    if entry.showing is Showing.IN_BRACKETS:
        yield "bracketed({[]"
        yield from blocks
        yield "})"
    else:
        yield from blocks
