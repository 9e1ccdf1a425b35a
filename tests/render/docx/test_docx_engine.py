"""Docxodus, an engine that compares Word documents: it accepts our changes itself, and finds nothing left to change.

It offers no "accept" of its own, but reads every document that it is given with all tracked changes accepted, and
then compares. For the old text the redline is made the other way round; rejecting is judged by LibreOffice and word.py.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree
from python_redlines import DocxodusEngine

from accord.domain.text.clauses import Document
from accord.domain.text.markdown import parse_document
from accord.domain.text.redline import compare
from accord.render.docx.redline import redline_docx
from tests.render.docx.test_docx_contract import ARCADIA, MOMENT, PAIRS
from tests.render.docx.test_docx_office import NEW, OLD
from tests.render.docx.word import W

WORDS = ("ins", "del", "moveFrom", "moveTo")
LOOKS = ("rPrChange", "pPrChange")
_AROUND = {"Title", "Notice", "Remark", "Gap"}
_COMMENTS = (
    rb'<w:comment(RangeStart|RangeEnd) w:id="\d+"/>|'
    rb'<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="\d+"/></w:r>'
)

Judge = Callable[[bytes, bytes], "Verdict"]


class Verdict:
    """What the engine marked in its own redline of two documents."""

    def __init__(self, made: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(made)) as package:
            text, notes = (
                etree.fromstring(package.read(f"word/{name}.xml")) for name in ("document", "footnotes")
            )
        # A note whose sign was deleted goes with it in Word; the engine keeps what is empty of it.
        shown = {one.get(f"{W}id") for one in text.iter(f"{W}footnoteReference")}
        roots = [text, *(one for one in notes.iter(f"{W}footnote") if one.get(f"{W}id") in shown)]
        self.words = [one for root in roots for name in WORDS for one in root.iter(f"{W}{name}")]
        self.looks = [
            one for root in roots for name in LOOKS for one in root.iter(f"{W}{name}") if _differs(one)
        ]


def _differs(change: Any) -> bool:
    """The engine also marks properties that are the same but for the name of a list."""
    before, after = (_properties(one) for one in (change[0], change.getparent()))
    return before != after


def _properties(element: Any) -> list[str]:
    return [
        re.sub(r'<w:numId w:val="\d+" ?/>| xmlns:\w+="[^"]*"', "", etree.tostring(one).decode())
        for one in element
        if one.tag not in {f"{W}{name}" for name in ("rPr", *LOOKS)}
    ]


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    engine = DocxodusEngine(str(tmp_path_factory.mktemp("engine")))

    def judged(old: bytes, new: bytes) -> Verdict:
        return Verdict(engine.run_redline("Judge", old, new, detect_moves=True)[0])

    return judged


def _word(old: list[Document], new: list[Document]) -> bytes:
    """The redline without what stands around the text, and without comments on changes."""
    made = redline_docx(compare(old, new), title="Changes", authorship=ARCADIA, moment=MOMENT)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as package, zipfile.ZipFile(target, "w") as cut:
        for name in package.namelist():
            data = package.read(name)
            cut.writestr(name, _text_alone(data) if name == "word/document.xml" else data)
    return target.getvalue()


def _text_alone(document: bytes) -> bytes:
    root = etree.fromstring(document)
    after = False
    for block in list(root[0]):
        style = block.find(f"{W}pPr/{W}pStyle")
        name = "" if style is None else style.get(f"{W}val")
        after = after or name == "PartTitle"
        if block.tag != f"{W}sectPr" and (after or name in _AROUND):
            root[0].remove(block)
    return re.sub(_COMMENTS, b"", etree.tostring(root))


def _pair(name: str) -> list[list[Document]]:
    if name == "sample":
        texts = [OLD, NEW]
    elif PAIRS.is_dir():
        texts = [(PAIRS / f"{name}-{side}.md").read_text(encoding="utf-8") for side in ("old", "new")]
    else:
        pytest.skip("the real texts are not beside this repository (../shared/data/redline)")
    return [[parse_document("text.md", text)] for text in texts]


@pytest.mark.parametrize("name", ["sample", "eip1", "rfc3392"])
def test_the_engine_finds_nothing_to_change_between_our_redline_and_the_text_it_leads_to(
    judge: Judge, name: str
) -> None:
    old, new = _pair(name)
    for first, second in ((old, new), (new, old)):
        redline, plain = _word(first, second), _word(second, second)
        for verdict in (judge(redline, plain), judge(plain, redline)):
            assert [etree.tostring(one) for one in verdict.words] == []
            assert [etree.tostring(one.getparent()) for one in verdict.looks] == []


@pytest.mark.parametrize("name", ["sample", "rfc3392"])
def test_the_engine_finds_changes_between_our_redline_and_the_text_it_comes_from(
    judge: Judge, name: str
) -> None:
    old, new = _pair(name)
    verdict = judge(_word(old, old), _word(old, new))
    assert {one.get(f"{W}author") for one in verdict.words} == {"Judge"}
    assert len(verdict.words) > 20
    assert verdict.looks
