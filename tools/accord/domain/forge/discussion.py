"""A place to discuss an Opinion as it reads: an issue that a chair or the secretariat opens with that word.

Contributions bring their own place. An Opinion that is agreed as it reads (C9) has none, so it is given one: its first
line is `/discuss opinion NAME`.
"""

from __future__ import annotations

import re

from accord.domain.process.people import ExpertsView

_FIRST_LINE = re.compile(r"\s*/discuss\s+opinions?[/\s]+`?([a-z0-9][a-z0-9-]{0,63})`?[\s.]*", re.IGNORECASE)


def opinion_discussed(body: str, author: int | None, view: ExpertsView) -> str | None:
    """The subject `opinions/NAME` that an issue is the place for; None for every other issue.

    ``view`` is the list of nominated experts at the moment at which it was opened.
    """
    found = _FIRST_LINE.fullmatch(body.strip().partition("\n")[0])
    if found is None or author is None or not (view.is_chair(author) or view.is_secretariat(author)):
        return None
    return f"opinions/{found[1].casefold()}"
