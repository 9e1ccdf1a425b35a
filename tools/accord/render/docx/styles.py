"""The styles: a sober document such as the ITU's, whose looks are all here and nowhere in the text."""

from __future__ import annotations

from accord.render.docx.xml import DECLARATION, ROOT

_FONTS = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="SimSun" w:cs="Arial"/>'
_MONO = '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:eastAsia="SimSun" w:cs="Courier New"/>'
_BLUE = "1B4F8F"
_HANGING = ' w:hanging="794"'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _paragraph(
    name: str,
    *,
    title: str = "",
    based: str = "Normal",
    following: str = "",
    spacing: str = "",
    properties: str = "",
    after: str = "",
    runs: str = "",
) -> str:
    """A paragraph style. ``properties`` stand before the spacing, ``after`` after it."""
    default = ' w:default="1"' if name == "Normal" else ""
    base = f'<w:basedOn w:val="{based}"/>' if name != "Normal" else ""
    follow = f'<w:next w:val="{following}"/>' if following else ""
    space = f"<w:spacing {spacing}/>" if spacing else ""
    inner = f"<w:pPr>{properties}{space}{after}</w:pPr>" + (f"<w:rPr>{runs}</w:rPr>" if runs else "")
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{name}"><w:name w:val="{title or name}"/>{base}{follow}'
        f"<w:qFormat/>{inner}</w:style>"
    )


def _character(name: str, runs: str, title: str = "") -> str:
    return (
        f'<w:style w:type="character" w:styleId="{name}"><w:name w:val="{title or name}"/>'
        f"<w:rPr>{runs}</w:rPr></w:style>"
    )


def _headings() -> str:
    looks = {1: 26, 2: 24, 3: 24, 4: 22, 5: 22, 6: 22}
    return "".join(
        _paragraph(
            f"Heading{level}",
            title=f"heading {level}",
            following="Normal",
            properties="<w:keepNext/><w:keepLines/>",
            spacing=f'w:before="{320 if level == 1 else 240}" w:after="60"',
            # The text of a numbered heading starts where the text of numbered paragraphs does.
            after=f'<w:ind w:left="794" w:hanging="794"/><w:outlineLvl w:val="{level - 1}"/>'
            if level == 1
            else f'<w:outlineLvl w:val="{level - 1}"/>',
            runs=f"<w:b/><w:bCs/>{'<w:i/><w:iCs/>' if level in {3, 5} else ''}{_size(size)}",
        )
        for level, size in looks.items()
    )


def _border(side: str, colour: str = "888888", size: int = 4, space: int = 1) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


def _text_styles() -> str:
    tab = '<w:tabs><w:tab w:val="left" w:pos="794"/></w:tabs>'
    tight = 'w:before="60" w:after="60" w:line="240" w:lineRule="auto"'
    code = '<w:shd w:val="clear" w:color="auto" w:fill="F4F4F4"/>'
    return "".join(
        [
            _paragraph("Normal", title="Normal", properties=tab),
            _paragraph(
                "Title",
                following="Normal",
                spacing='w:before="360" w:after="120"',
                after='<w:jc w:val="center"/>',
                runs=f"<w:b/><w:bCs/>{_size(36)}",
            ),
            _paragraph(
                "Subtitle",
                spacing='w:before="0" w:after="240"',
                after='<w:jc w:val="center"/>',
                runs=_size(26),
            ),
            _headings(),
            _paragraph("Forum", spacing=tight, runs=_size(28)),
            _paragraph(
                "Source",
                spacing='w:before="480" w:after="0"',
                after='<w:jc w:val="center"/>',
                runs=f"<w:b/><w:bCs/>{_size(26)}",
            ),
            _paragraph(
                "PartTitle",
                title="Part title",
                following="Normal",
                properties="<w:keepNext/><w:keepLines/>",
                spacing='w:before="240" w:after="120"',
                after='<w:jc w:val="center"/><w:outlineLvl w:val="0"/>',
                runs=f"<w:b/><w:bCs/>{_size(30)}",
            ),
            _paragraph(
                "OpinionTitle",
                title="Opinion title",
                following="Normal",
                properties="<w:keepNext/><w:keepLines/>",
                spacing='w:before="480" w:after="120"',
                after='<w:jc w:val="center"/><w:outlineLvl w:val="1"/>',
                runs=f"<w:b/><w:bCs/>{_size(28)}",
            ),
            _paragraph(
                "Keyword",
                following="Normal",
                properties="<w:keepNext/>",
                spacing='w:before="240" w:after="60"',
                after='<w:ind w:left="794"/>',
                runs="<w:i/><w:iCs/>",
            ),
            *(
                _paragraph(
                    f"Enumlev{level}",
                    title=f"enumlev{level}",
                    spacing='w:before="60" w:after="60"',
                    after=f'<w:ind w:left="{397 + 397 * level}" w:hanging="{794 if level == 1 else 397}"/>',
                )
                for level in (1, 2, 3)
            ),
            _paragraph(
                "Quote",
                properties=f"<w:pBdr>{_border('left', '34557F', 18, 8)}</w:pBdr>",
                after='<w:ind w:left="567" w:right="567"/>',
            ),
            _paragraph("Code", properties=code, spacing=tight, runs=f"{_MONO}<w:noProof/>{_size(19)}"),
            _paragraph("RawHtml", title="Raw HTML", based="Code"),
            _paragraph("FrontMatter", title="Front matter", based="Code"),
            _paragraph(
                "Rule",
                properties=f"<w:pBdr>{_border('bottom')}</w:pBdr>",
                spacing='w:before="0" w:after="120"',
            ),
            _paragraph(
                "Caption",
                title="caption",
                following="Normal",
                properties="<w:keepNext/>",
                spacing='w:before="240" w:after="80"',
                runs=f"<w:b/><w:bCs/>{_size(21)}",
            ),
            _paragraph("TableText", title="Table text", spacing='w:before="40" w:after="40"', runs=_size(20)),
            _paragraph(
                "TableHead",
                title="Table head",
                based="TableText",
                properties="<w:keepNext/>",
                runs="<w:b/><w:bCs/>",
            ),
            _paragraph(
                "Gap", spacing='w:before="0" w:after="0" w:line="120" w:lineRule="exact"', runs=_size(8)
            ),
            _paragraph(
                "Status",
                properties=f"<w:keepNext/><w:pBdr>{_border('left', '34557F', 24, 6)}</w:pBdr>"
                '<w:shd w:val="clear" w:color="auto" w:fill="EEF3FA"/>',
                spacing=tight,
                after='<w:ind w:left="170"/>',
                runs=_size(20),
            ),
            _paragraph("Remark", spacing=tight, runs=_size(20)),
            _paragraph("Bracket", properties="<w:keepNext/>", runs=f"<w:b/><w:bCs/>{_size(28)}"),
            _paragraph(
                "Notice",
                properties="<w:keepLines/><w:pBdr>"
                + "".join(_border(side, "7A5B00", 8, 4) for side in ("top", "left", "bottom", "right"))
                + '</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="FFF8E1"/>',
                spacing='w:before="160" w:after="160"',
                after='<w:ind w:left="113" w:right="113"/>',
                runs=_size(20),
            ),
            _paragraph(
                "FileName",
                title="File name",
                spacing='w:before="360" w:after="60"',
                runs='<w:color w:val="666666"/>' + _size(18),
            ),
            *(
                _paragraph(
                    f"TOC{level}",
                    title=f"toc {level}",
                    properties='<w:tabs><w:tab w:val="left" w:pos="794"/>'
                    '<w:tab w:val="right" w:leader="dot" w:pos="9638"/></w:tabs>',
                    spacing='w:before="60" w:after="0"',
                    after=f'<w:ind w:left="794" w:right="567"{_HANGING if level == 1 else ""}/>',
                )
                for level in (1, 2)
            ),
            _paragraph(
                "ContentsTitle",
                title="Contents title",
                properties="<w:keepNext/>",
                spacing='w:before="480" w:after="120"',
                runs=f"<w:b/><w:bCs/>{_size(26)}",
            ),
            _paragraph(
                "FootnoteText",
                title="footnote text",
                properties='<w:tabs><w:tab w:val="left" w:pos="284"/></w:tabs>',
                spacing='w:before="0" w:after="40"',
                after='<w:ind w:left="284" w:hanging="284"/>',
                runs=_size(19),
            ),
            _paragraph(
                "CommentText", title="annotation text", spacing='w:before="0" w:after="0"', runs=_size(20)
            ),
            _paragraph("Header", title="header", spacing='w:before="0" w:after="0"', runs=_size(18)),
            _paragraph("Footer", title="footer", spacing='w:before="0" w:after="0"', runs=_size(16)),
        ]
    )


def _character_styles() -> str:
    small = '<w:color w:val="666666"/>'
    return "".join(
        [
            _character("InlineCode", f"{_MONO}<w:noProof/>", "Inline code"),
            _character("InlineHtml", f'{_MONO}<w:noProof/><w:color w:val="7A5B00"/>', "Inline HTML"),
            _character("Picture", f"<w:i/><w:iCs/>{small}"),
            _character("Target", f"<w:noProof/>{small}{_size(18)}"),
            _character("LinkText", f'<w:color w:val="{_BLUE}"/>', "Link text"),
            _character("Hyperlink", f'<w:color w:val="{_BLUE}"/><w:u w:val="single"/>'),
            _character("FootnoteReference", '<w:vertAlign w:val="superscript"/>', "footnote reference"),
            _character("CommentReference", _size(16), "annotation reference"),
            _character("Small", f"{small}{_size(18)}"),
        ]
    )


_TABLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid"/><w:basedOn w:val="TableNormal"/>'
    "<w:tblPr><w:tblBorders>"
    + "".join(_border(side, space=0) for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    + '</w:tblBorders></w:tblPr><w:tblStylePr w:type="firstRow"><w:tcPr>'
    '<w:shd w:val="clear" w:color="auto" w:fill="E4EAF2"/></w:tcPr></w:tblStylePr></w:style>'
    '<w:style w:type="table" w:styleId="Cover"><w:name w:val="Cover"/><w:basedOn w:val="TableNormal"/>'
    "<w:tblPr><w:tblBorders>"
    + "".join(_border(side, "BBBBBB", 4, 0) for side in ("top", "bottom", "insideH"))
    + "</w:tblBorders></w:tblPr></w:style>"
    '<w:style w:type="table" w:styleId="Head"><w:name w:val="Head"/><w:basedOn w:val="TableNormal"/>'
    "<w:tblPr><w:tblBorders>" + _border("bottom", "1A1A1A", 8, 0) + "</w:tblBorders></w:tblPr></w:style>"
)


def styles(language: str) -> str:
    """``styles.xml``; ``language`` is the tag of the text's language."""
    return (
        f"{DECLARATION}<w:styles {ROOT}><w:docDefaults><w:rPrDefault><w:rPr>{_FONTS}{_size(23)}"
        f'<w:lang w:val="{language}" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:before="120" w:after="60" w:line="259" w:lineRule="auto"/></w:pPr>'
        f"</w:pPrDefault></w:docDefaults>{_text_styles()}{_character_styles()}{_TABLES}</w:styles>"
    )
