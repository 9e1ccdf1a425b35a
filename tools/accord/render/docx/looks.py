"""How a run of words looks, and its properties in the order that the schema wants."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple


class Look(NamedTuple):
    """``style`` is a character style of :mod:`accord.render.docx.styles`, "" for none.

    ``seen`` is ins or del for words that are shown as added or removed without being a tracked change,
    ``sign`` frames the code of a sign that is not obeyed.
    """

    bold: bool = False
    italic: bool = False
    strike: bool = False
    style: str = ""
    rtl: bool = False
    seen: str = ""
    sign: bool = False


_SEEN = {
    "": "",
    "ins": '<w:color w:val="0B4F17"/><w:u w:val="single"/>',
    "del": '<w:color w:val="8A1520"/>',
}

PLAIN = Look()


@lru_cache(maxsize=500)
def properties(look: Look) -> str:
    """What stands inside ``w:rPr``."""
    return (
        (f'<w:rStyle w:val="{look.style}"/>' if look.style else "")
        + ("<w:b/><w:bCs/>" if look.bold else "")
        + ("<w:i/><w:iCs/>" if look.italic else "")
        + ("<w:strike/>" if look.strike or look.seen == "del" else "")
        + _SEEN[look.seen]
        + ('<w:bdr w:val="single" w:sz="4" w:space="0" w:color="8A1520"/>' if look.sign else "")
        + ("<w:rtl/>" if look.rtl else "")
    )
