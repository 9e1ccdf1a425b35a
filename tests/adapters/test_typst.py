"""Typst: what cannot be set is refused with the sign, the place and the way out; same source, same bytes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typst

from accord.adapters.typst import Typst
from accord.domain.findings import Exit, Refused
from accord.domain.text.markdown import parse_document
from accord.domain.text.redline import compare
from accord.render.authorship import Author, Authorship
from accord.render.pdf.redline import redline_typst
from tests.render.pdf.reader import Pdf, blocks, side_of

MOMENT = datetime(2026, 4, 13, 12, tzinfo=UTC)
AUTHORS = Authorship(default=Author(name="Arcadia", at=MOMENT, contribution=12))


def source(old: str, new: str, path: str = "report/01.md") -> str:
    redline = compare([parse_document(path, old)], [parse_document(path, new)])
    return redline_typst(redline, title="Redline", authorship=AUTHORS)


def refused(text: str) -> Refused:
    with pytest.raises(Refused) as caught:
        Typst().pdf(text, MOMENT)
    return caught.value


def test_a_sign_without_a_font_is_named_with_its_place_and_the_way_out() -> None:
    error = refused(
        source("# Why\n\nThe word 통신 stands here.\n", "# Why\n\nThe word 통신 stands here, so.\n")
    )
    assert error.exit_code is Exit.FINDINGS
    first = error.findings[0]
    assert first.message == (
        "no font for the PDF has the sign “신” (U+C2E0 HANGUL SYLLABLE SIN), in “1 The word 통신 stands here, so.”"
    )
    assert str(first.place) == "report/01.md: 1"
    assert "Latin, Greek, Cyrillic, Arabic or Chinese" in first.fix


def test_all_signs_without_a_font_are_named_at_once_at_every_place() -> None:
    error = refused(source("", "# Why 통\n\nFirst 👩\u200d🚀.\n\n- *an 통 item*\n\n```\n통\n```\n"))
    named = {
        (one.message[len("no font for the PDF has the sign “") :][0], str(one.place))
        for one in error.findings
    }
    assert named == {
        ("통", "the table of changes: change 4"),  # it stands under that heading
        ("통", "report/01.md: 1"),
        ("👩", "report/01.md: 1"),
        ("🚀", "report/01.md: 1"),
        ("통", "report/01.md: 1(1)"),
        ("통", "report/01.md"),
    }


def test_a_sign_after_a_link_is_found_where_it_stands() -> None:
    """The address of the link is no text, and hides nothing that comes after it."""
    error = refused(source("", "Thanks to [them](https://example.org/a#b)! 👩\n"))
    assert "“👩”" in error.findings[0].message
    assert str(error.findings[0].place) == "report/01.md"


def test_a_rule_of_pdf_ua_is_named_at_its_place() -> None:
    broken = source("", "a\n").removesuffix("}\n") + '//@ report/01.md\t3.2\nheading(level: 5, "deep")\n}\n'
    error = refused(broken)
    assert [(one.rule, str(one.place)) for one in error.findings] == [
        ("pdf-for-everyone", "report/01.md: 3.2")
    ]
    assert "skipped from heading level 1 to 5" in error.findings[0].message


def test_what_else_goes_wrong_is_a_mistake_of_the_program() -> None:
    with pytest.raises(typst.TypstError, match="unclosed delimiter"):
        Typst().pdf("#let x = (", MOMENT)


@pytest.mark.parametrize(
    "text",
    [
        '"); panic("no") //',
        "\\",
        '\\"); panic() #panic()',
        "#panic()",
        "$x$ @ref <label> _a_ *b* `c` // no",
        "\u2028//@ forged\tplace",
        "= no heading",
    ],
)
def test_nothing_that_somebody_wrote_is_code(text: str) -> None:
    pdf = Pdf(Typst().pdf(source("", f"```\n{text}\n```\n"), MOMENT))
    (block,) = blocks(pdf)
    read = side_of(block, "new")
    assert read
    said = "\n".join("".join(sign for sign, _ in line) for line in read.parts)
    assert said == text.rstrip("\n").replace("\u2028", "U+2028").replace("\t", "    ")


def test_blocks_in_blocks_in_blocks_are_drawn_however_deep_they_are() -> None:
    deep = "".join(f"{'  ' * depth}- level {depth}\n" for depth in range(45)) + "\n" + "> " * 45 + "quoted\n"
    pdf = Pdf(Typst().pdf(source("", deep), MOMENT))
    said = "".join(pdf.root.text.split())
    assert "level44" in said
    assert "quoted" in said


# ruff: noqa: RUF001 - letters of the six languages
SAMPLES = {
    "Cyrillic": ("Союз сообщает о планах.", "Союз ясно сообщает о планах."),
    "Greek": ("Η Ένωση ανακοινώνει σχέδια.", "Η Ένωση ανακοινώνει νέα σχέδια."),
    "Arabic": (
        "يعقد الاتحاد (ITU) دورة، في 2026: «جنيف».",
        "يعقد الاتحاد (ITU) دورة جديدة، في 2027: «جنيف».",
    ),
    "Persian": ("می\u200cخواهم", "نمی\u200cخواهم"),
    "Chinese": ("国际电信联盟将于二〇二六年召开论坛。", "国际电信联盟将于二〇二七年召开**世界**论坛。"),
    "Latin": ("Łódź, São Tomé, Þingvellir, Ňa Đông, Fiji.", "Łódź, São Tomé, Þingvellir, Ňa Đông, Kiribati."),
    "Arabic in a line of Latin": ("the word العربية, العربية (x).", "the word العربية، العربية (y)."),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_scripts_of_the_six_languages_read_back_in_reading_order(name: str) -> None:
    old, new = SAMPLES[name]
    (block,) = blocks(Pdf(Typst().pdf(source(old, new), MOMENT)))
    for side, text in (("old", old), ("new", new)):
        read = side_of(block, side)
        assert read
        assert "".join(sign for sign, _ in read.parts[0]) == text.replace("**", "")


def test_the_language_of_words_in_another_script_is_said() -> None:
    pdf = Pdf(Typst().pdf(source("", "Русский, ελληνικά, 中文, العربية.\n"), MOMENT))
    raw = b"".join(page.Contents.read_bytes() for page in pdf.file.pages)
    for language in ("ru", "el", "zh", "ar"):
        assert f"/Lang({language})".encode() in raw


PROGRAM = """
import hashlib, sys
from accord.adapters.typst import Typst
from tests.adapters.test_typst import MOMENT, SAMPLES, source
text = source(*("\\n\\n".join(side) for side in zip(*SAMPLES.values())))
print(hashlib.sha256(Typst().pdf(text, MOMENT)).hexdigest())
"""


def test_the_same_source_gives_the_same_bytes_in_any_surroundings(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    text = source(*("\n\n".join(side) for side in zip(*SAMPLES.values(), strict=True)))
    here = hashlib.sha256(Typst().pdf(text, MOMENT)).hexdigest()
    for zone, seed, locale in (("Asia/Tokyo", "1", "C"), ("America/New_York", "2", "C.UTF-8")):
        surroundings = {"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": locale, "SOURCE_DATE_EPOCH": seed}
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            cwd=tmp_path,
            env={**os.environ, **surroundings, "PYTHONPATH": str(root), "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == here


def test_another_moment_is_another_date_in_the_document() -> None:
    text = source("", "a\n")
    assert Typst().pdf(text, MOMENT) == Typst().pdf(text, MOMENT)
    assert Typst().pdf(text, MOMENT) != Typst().pdf(text, MOMENT.replace(year=2027))
