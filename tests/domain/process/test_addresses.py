"""E-mail addresses are found anywhere in plain values, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from accord.domain.process.addresses import address_findings, fields_with_address, without_addresses

AT = "@"


@pytest.mark.parametrize(
    "text",
    [
        f"ana{AT}example.org",
        f"write to <ana.b-c+d{AT}mail.example.org>, please",
        f"(ana{AT}example.org)",
        f"“ana{AT}example.travel”",
        f"mailto:ana{AT}example.org.",
        f"ána{AT}exámple.org",
    ],
)
def test_an_address_is_found_and_taken_out(text: str) -> None:
    """Whatever stands around it; what is left names nobody."""
    assert list(fields_with_address({"a": [{"b": text}]})) == ["/a/0/b"]
    left = without_addresses(text)
    assert AT not in left
    assert "(address)" in left
    (finding,) = address_findings({"reasons": text}, "description.yaml")
    assert (finding.rule, finding.place and finding.place.path) == ("description-address", "/reasons")


@pytest.mark.parametrize(
    "text", ["at 9 @ the school", "@arcadia", f"a{AT}b", "3@1.5", "https://example.org/a?b=c", ""]
)
def test_what_is_no_address(text: str) -> None:
    """A sign alone, a name of an account, a price, a link."""
    assert list(fields_with_address([text, 1, None, True])) == []
    assert without_addresses(text) == text
