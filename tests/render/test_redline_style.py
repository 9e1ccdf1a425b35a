"""What can be said of the page's look without looking: enough contrast, nothing by colour alone."""

from __future__ import annotations

import re

import pytest

from accord.render.redline_style import STYLE

TEXT, PAPER = "#1a1a1a", "#fff"
ENOUGH = 4.5
"""WCAG 2.2, success criterion 1.4.3 (AA), for text of usual size."""


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * sign for sign in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def rules() -> dict[str, tuple[str | None, str | None]]:
    """Selector: (colour of the text, colour behind it)."""
    found = {}
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", STYLE.partition("@media")[0]):
        colour = re.search(r"(?<![-\w])color: (#\w+)", body)
        behind = re.search(r"background: (#\w+)", body)
        found[selector.strip()] = (colour and colour[1], behind and behind[1])
    return found


INSIDE = {
    ".steps": [".change"],
    ".redline a": [".change", ".redline .columns > thead th"],
    ".redline ins a": ["ins"],
    ".redline del a": ["del"],
    ".label, .remark, .fold": [".redline pre"],
}
"""What stands inside what has a background of its own."""


@pytest.mark.parametrize(("selector", "colours"), [item for item in rules().items() if any(item[1])])
def test_text_can_be_read_on_what_is_behind_it(selector: str, colours: tuple[str | None, str | None]) -> None:
    colour, behind = colours
    assert contrast(colour or TEXT, behind or PAPER) >= ENOUGH
    for outer in INSIDE.get(selector, []):
        assert contrast(colour or TEXT, rules()[outer][1] or PAPER) >= ENOUGH, outer


def test_the_measure_of_contrast_is_right() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_added_and_removed_differ_by_more_than_colour() -> None:
    assert re.search(r"\nins \{ text-decoration: underline;", STYLE)
    assert re.search(r"\ndel \{ text-decoration: line-through;", STYLE)
