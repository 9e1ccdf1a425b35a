"""A Word document as bytes: all parts of the package, dated with a moment that is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from accord.render.archive import archive
from accord.render.docx.book import LANDSCAPE, PORTRAIT, Book, section_properties
from accord.render.docx.styles import styles
from accord.render.docx.xml import DECLARATION, RELATIONS, ROOT, clean

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = ("styles", "numbering", "settings", "fontTable", "footnotes", "comments")
_EDGES = ("headerUpright", "headerAcross", "footerUpright", "footerAcross")
_LETTER = 100
"""The width of a letter in the header, rather too wide than too narrow, in twentieths of a point."""
_FALLBACKS = {
    "Calibri": ("Carlito", "swiss"),
    "Arial": ("Liberation Sans", "swiss"),
    "SimSun": ("Noto Sans CJK SC", "auto"),
    "Consolas": ("Liberation Mono", "modern"),
    "Courier New": ("Liberation Mono", "modern"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is said on every page and in the document's properties.

    ``symbol`` and ``short`` stand left in the header, ``label`` right, ``notice`` in the footer.
    ``moment`` dates the document.
    """

    title: str
    moment: datetime
    symbol: str = ""
    label: str = ""
    short: str = ""
    notice: str = ""


def package(book: Book, facts: Facts) -> bytes:
    """The document; the same book and facts give the same bytes."""
    body = "".join(book.blocks) + section_properties(landscape=book.landscape)
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations(
            [
                ("document", f"{RELATIONS}/officeDocument", "word/document.xml"),
                ("core", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                ("app", f"{RELATIONS}/extended-properties", "docProps/app.xml"),
            ]
        ),
        "docProps/core.xml": _core(book, facts),
        "docProps/app.xml": (
            f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
            'extended-properties"><Application>Accord</Application></Properties>'
        ),
        "word/document.xml": f"{DECLARATION}<w:document {ROOT}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _document_relations(book),
        "word/styles.xml": styles(book.language),
        "word/numbering.xml": book.lists.part(),
        "word/settings.xml": _settings(book),
        "word/fontTable.xml": _fonts(),
        "word/footnotes.xml": _footnotes(book),
        "word/comments.xml": f"{DECLARATION}<w:comments {ROOT}>{''.join(book.comments)}</w:comments>",
    }
    if links := _link_relations(book):
        # Links inside footnotes are looked up beside the footnotes.
        parts["word/_rels/footnotes.xml.rels"] = _relations(links, outside=True)
    for name in _EDGES:
        width = LANDSCAPE if name.endswith("Across") else PORTRAIT
        parts[f"word/{name}.xml"] = (
            _header(facts, width) if name.startswith("header") else _footer(facts, width)
        )
    return archive({name: text.encode("utf-8") for name, text in parts.items()}, first="[Content_Types].xml")


def _types() -> str:
    overrides = {"/word/document.xml": f"{_MAIN}.document.main+xml"}
    overrides |= {f"/word/{name}.xml": f"{_MAIN}.{name}+xml" for name in _PARTS}
    overrides |= {f"/word/{name}.xml": f"{_MAIN}.{name[:6]}+xml" for name in _EDGES}
    overrides["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    overrides["/docProps/app.xml"] = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    listed = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items()
    )
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _relations(found: list[tuple[str, str, str]], *, outside: bool = False) -> str:
    return (
        f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(_relation(name, kind, target, outside=outside) for name, kind, target in found)
        + "</Relationships>"
    )


def _relation(name: str, kind: str, target: str, *, outside: bool = False) -> str:
    mode = ' TargetMode="External"' if outside or kind.endswith("/hyperlink") else ""
    return f'<Relationship Id="{name}" Type="{kind}" Target="{clean(target)}"{mode}/>'


def _document_relations(book: Book) -> str:
    own = [(name, f"{RELATIONS}/{name}", f"{name}.xml") for name in _PARTS]
    edges = [(name, f"{RELATIONS}/{name[:6]}", f"{name}.xml") for name in _EDGES]
    return _relations([*own, *edges, *_link_relations(book)])


def _link_relations(book: Book) -> list[tuple[str, str, str]]:
    return [(name, f"{RELATIONS}/hyperlink", target) for target, name in book.links.items()]


def _core(book: Book, facts: Facts) -> str:
    moment = facts.moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{clean(facts.title)}</dc:title><dc:identifier>{clean(facts.symbol)}</dc:identifier>"
        f"<dc:language>{book.language}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
    )


def _settings(book: Book) -> str:
    return (
        f'{DECLARATION}<w:settings {ROOT}><w:zoom w:percent="100"/><w:defaultTabStop w:val="397"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="{book.language}" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:settings>'
    )


def _fonts() -> str:
    listed = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:family w:val="{family}"/></w:font>'
        for name, (other, family) in _FALLBACKS.items()
    )
    return f"{DECLARATION}<w:fonts {ROOT}>{listed}</w:fonts>"


def _footnotes(book: Book) -> str:
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr>'
        f"<w:r><w:{element}/></w:r></w:p></w:footnote>"
        for kind, number, element in (
            ("separator", -1, "separator"),
            ("continuationSeparator", 0, "continuationSeparator"),
        )
    )
    return f"{DECLARATION}<w:footnotes {ROOT}>{lines}{''.join(book.notes)}</w:footnotes>"


def _header(facts: Facts, width: int) -> str:
    left = " · ".join(part for part in (facts.symbol, facts.short) if part)
    room = width // _LETTER - len(facts.label)
    if len(left) > room:
        left = left[: max(0, room - 1)].rstrip() + "…"
    return (
        f'{DECLARATION}<w:hdr {ROOT}><w:p><w:pPr><w:pStyle w:val="Header"/><w:pBdr>'
        '<w:bottom w:val="single" w:sz="4" w:space="4" w:color="888888"/></w:pBdr>'
        f'<w:tabs><w:tab w:val="clear" w:pos="794"/><w:tab w:val="right" w:pos="{width}"/></w:tabs></w:pPr>'
        f"{_said(left)}<w:r><w:tab/></w:r>{_said(facts.label)}</w:p></w:hdr>"
    )


def _footer(facts: Facts, width: int) -> str:
    return (
        f'{DECLARATION}<w:ftr {ROOT}><w:p><w:pPr><w:pStyle w:val="Footer"/>'
        f'<w:tabs><w:tab w:val="clear" w:pos="794"/><w:tab w:val="right" w:pos="{width}"/></w:tabs></w:pPr>'
        f"{_said(facts.notice)}<w:r><w:tab/></w:r>{_said('Page ')}{_field('PAGE')}{_said(' of ')}"
        f"{_field('NUMPAGES')}</w:p></w:ftr>"
    )


def _said(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{clean(text)}</w:t></w:r>' if text else ""


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
