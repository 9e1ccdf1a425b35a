"""Which issues are the place of an Opinion."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from accord.domain.forge.discussion import opinion_discussed
from accord.domain.process.people import Chair, ExpertsList, Secretary, Term

NOW = datetime(2025, 1, 6, tzinfo=UTC)
SINCE = Term(first=date(2024, 1, 1))
LIST = ExpertsList(
    zone=UTC,
    chairs=(Chair(name="Cho Example", term=SINCE, account=3),),
    secretariat=(Secretary(name="Sam Example", term=SINCE, account=4),),
)


@pytest.mark.parametrize(
    ("body", "author", "subject"),
    [
        ("/discuss opinion access", 3, "opinions/access"),
        ("/discuss Opinion `access`.\n\nPlease read it.", 4, "opinions/access"),
        ("\n  /discuss opinions/access-at-night", 3, "opinions/access-at-night"),
        ("/discuss opinion access", 900, None),
        ("/discuss opinion access", None, None),
        ("Hello\n/discuss opinion access", 3, None),
        ("/discuss opinion", 3, None),
        ("/discuss opinion two words", 3, None),
        ("/discuss opinion ../main", 3, None),
        ("> /discuss opinion access", 3, None),
        ("", 3, None),
    ],
)
def test_the_place_of_an_opinion(body: str, author: int | None, subject: str | None) -> None:
    """Its first line says so, and a chair or the secretariat opened it."""
    assert opinion_discussed(body, author, LIST.at(NOW)) == subject
