"""Characters at the edges of what is allowed in a text: each range from both sides, each place to the column."""

from __future__ import annotations

import pytest

from accord.domain.process.characters import check_characters, check_text

BIDI, HIDDEN, CONTROL, UNASSIGNED, BINARY = (
    "text-bidi", "text-hidden", "text-control", "text-unassigned", "text-binary",
)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        (0x00, BINARY), (0x01, CONTROL), (0x08, CONTROL), (0x09, None), (0x0B, CONTROL), (0x0D, CONTROL),
        (0x1F, CONTROL), (0x20, None), (0x7E, None), (0x7F, CONTROL), (0x80, CONTROL), (0x9F, CONTROL), (0xA0, None),
        # What turns the direction of reading: single marks, the embeddings and overrides, the isolates.
        (0x061C, BIDI), (0x200E, BIDI), (0x200F, BIDI), (0x2010, None),
        (0x2029, HIDDEN), (0x202A, BIDI), (0x202E, BIDI), (0x202F, None), (0x2065, UNASSIGNED), (0x2066, BIDI),
        (0x2069, BIDI), (0x206A, HIDDEN),
        # What shows as nothing although Unicode calls it a letter, a mark or a space.
        (0x00AD, HIDDEN), (0x034F, HIDDEN), (0x115E, None), (0x115F, HIDDEN), (0x1160, HIDDEN), (0x1161, None),
        (0x17B3, None), (0x17B4, HIDDEN), (0x17B5, HIDDEN), (0x17B6, None), (0x200B, HIDDEN), (0x2027, None),
        (0x2028, HIDDEN), (0x27FF, None), (0x2800, HIDDEN), (0x2801, None), (0x3164, HIDDEN), (0xFEFF, HIDDEN),
        (0xFF9F, None), (0xFFA0, HIDDEN),
        # Variation selectors.
        (0xFE00, HIDDEN), (0xFE0F, HIDDEN), (0xFE10, None), (0xE00FF, UNASSIGNED), (0xE0100, HIDDEN),
        (0xE01EF, HIDDEN), (0xE01F0, UNASSIGNED),
        # What means nothing to everybody: private use, halves of pairs, nothing at all.
        (0xE000, UNASSIGNED), (0xD800, UNASSIGNED), (0x0378, UNASSIGNED), (0x10FFFF, UNASSIGNED),
    ],
    ids=lambda value: f"U+{value:04X}" if isinstance(value, int) else str(value),
)  # fmt: skip
def test_each_character_is_judged(code: int, rule: str | None) -> None:
    """The last one allowed and the first one refused of every range."""
    found = [one.rule for one in check_text(f"a{chr(code)}b", "report/01-a.md")]
    assert found == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"\xff", 1, 1),
        (b"ab\xff", 1, 3),
        (b"first\nab\xff\n", 2, 3),
        (b"\n\xff", 2, 1),
        (b"\n\n\n\xff", 4, 1),
        ("äöü".encode() + b"\xff", 1, 4),
        (b"one\ntwo\nthree\xff four\n\xff", 3, 6),
    ],
)
def test_where_a_file_is_no_utf_8(data: bytes, line: int, column: int) -> None:
    """Line and column of the first such byte, counted from 1 and in characters; nothing else is said."""
    (only,) = check_characters(data, "report/01-a.md")
    assert only.rule == "text-encoding"
    assert only.place is not None
    assert (only.place.file, only.place.line, only.place.column) == ("report/01-a.md", line, column)


def test_a_byte_order_mark_is_said_once_and_shifts_no_column() -> None:
    """It stands at 1:1; what comes after it is counted as a person sees it."""
    found = list(check_characters("\ufeffa\u200bb\n".encode(), "report/01-a.md"))
    assert [(one.rule, one.place and (one.place.line, one.place.column)) for one in found] == [
        ("text-mark", (1, 1)),
        ("text-hidden", (1, 2)),
    ]


def test_lines_end_the_same_on_every_system() -> None:
    """Windows line ends count as one; each finding has its own line and column."""
    found = list(check_text("good\r\nb\u200bd\r\n\u200b\n", "f"))
    assert [(one.place.line, one.place.column) for one in found if one.place] == [(2, 2), (3, 1)]
