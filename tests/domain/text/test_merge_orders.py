"""Two to four changes of one text: every order gives the same bytes, and what fits in pairs fits together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.text.markdown import parse_document
from accord.domain.text.merge import MergeResult, Version, merge_versions
from tests.domain.text.drafts import blocks, edited, written

BASE = """\
---
title: Gaps
themes: [skills]
---

The Forum,

*considering*

1. that the gap between regions
   remains wide, as [the list][1] shows
2. that networks grow every year
3. that skills matter

*invites Member States*

*  to share what they learn
*  to open schools, in particular
   in the evening

   and at weekends

| Entity  | Word   |
|---------|--------|
| Arcadia | agrees |
| Lyrania | waits  |


Done.

[1]: https://example.org/list
"""

CHANGES: dict[str, tuple[tuple[str, str], ...]] = {
    "a word": (("the gap", "the gulf"),),
    "another word of the same clause": (("remains wide", "stays wide"),),
    "brackets around words": (("networks grow", "networks [grow"), ("every year", "every] year")),
    "an opening bracket": (("gap between", "gap \\[between"),),
    "a closing bracket": (("as [the", "as\\] [the"),),
    "the same word in the same way": (("the gap", "the gulf"),),
    "a clause only typed in another way": (("gap between regions\n   remains", "gap between\n   regions remains"),),
    "a clause taken away": (("3. that skills matter\n", ""),),
    "a clause added at the end of a list": (("matter\n", "matter\n4. that cables break\n"),),
    "the same clause added": (("matter\n", "matter\n4. that cables break\n"),),
    "another clause added there": (("matter\n", "matter\n4. that storms come\n"),),
    "a clause added at the top of a list": (("1. that the gap", "1. that x\n1. that the gap"),),
    "a clause with a child taken away": (
        ("*  to open schools, in particular\n   in the evening\n\n   and at weekends\n", ""),
    ),
    "a child added": (("   and at weekends\n", "   and at weekends\n\n   and on holidays\n"),),
    "a child made an item": (("\n   and at weekends\n", "*  and at weekends\n"),),
    "a clause moved": (("3. that skills matter\n", ""), ("1. that the gap", "1. that skills matter\n1. that the gap")),
    "a row added": (("| Lyrania", "| Example | asks |\n| Lyrania"),),
    "a cell": (("waits", "agrees"),),
    "the line after the table taken away": (("\nDone.\n", ""),),
    "a line at the end": (("Done.\n", "Done.\n\nAnd done.\n"),),
    "the link defined elsewhere": (("[1]: https://example.org/list\n", ""), ("[the list][1]", "[the list](https://example.org/list)")),
    "a link to another place": (("example.org/list", "example.org/table"),),
    "a keyword": (("*invites", "*requests"),),
    "the title": (("title: Gaps", "title: The gaps"),),
    "another title": (("title: Gaps", "title: Gulfs"),),
}  # fmt: skip


def version(text: str) -> Version:
    """A text with its clauses."""
    return Version(document=parse_document("opinions/x.md", text), text=text)


def proposed(name: str) -> Version:
    """The base with one of the changes."""
    text = BASE
    for old, new in CHANGES[name]:
        assert text.count(old) == 1, (name, old)
        text = text.replace(old, new)
    return version(text)


VERSIONS = {name: proposed(name) for name in CHANGES}


def merge(base: Version, versions: Sequence[Version]) -> MergeResult:
    """All of them put together; the result reads as every order of the sides says."""
    results = [merge_versions(base, order) for order in permutations(versions)]
    assert len({result.text for result in results}) == 1
    whys = {tuple((one.why, one.index) for one in result.conflicts) for result in results}
    assert len(whys) == 1
    return results[0]


PAIRS = {pair: merge(version(BASE), [VERSIONS[name] for name in pair]) for pair in combinations(CHANGES, 2)}


@pytest.mark.parametrize("size", [3, 4])
def test_what_fits_in_pairs_fits_together(size: int) -> None:
    """Sets of three and of four of the changes above; the same bytes whichever comes first."""
    base = version(BASE)
    for names in list(combinations(CHANGES, size))[:: 3 if size == 3 else 23]:
        fits = all(PAIRS[pair].text is not None for pair in combinations(names, 2))
        versions = [VERSIONS[name] for name in names]
        result = merge_versions(base, versions)
        assert (result.text is not None) == fits, names
        assert merge_versions(base, versions[::-1]).text == result.text, names


def test_which_pairs_are_alternatives() -> None:
    """For people to read: every other pair is compatible."""
    alternatives = [f"{one} + {other}" for (one, other), result in PAIRS.items() if result.text is None]
    assert alternatives == EXPECTED


EXPECTED = [
    "a word + an opening bracket",
    "an opening bracket + the same word in the same way",
    "a closing bracket + a link to another place",
    "a clause taken away + a clause moved",
    "a clause added at the end of a list + another clause added there",
    "the same clause added + another clause added there",
    "a clause added at the top of a list + a clause moved",
    "a clause with a child taken away + a child added",
    "a clause with a child taken away + a child made an item",
    "the title + another title",
]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_changes_of_any_text(data: st.DataObject) -> None:
    """Structured texts with every punishing sign: the same bytes in every order, and no surprise in a larger set."""
    base = data.draw(blocks)
    texts = [written(data.draw(edited(base))) for _ in range(data.draw(st.integers(2, 4)))]
    start, versions = version(written(base)), [version(text) for text in texts]
    result = merge(start, versions)
    fits = all(merge_versions(start, pair).text is not None for pair in combinations(versions, 2))
    assert (result.text is not None) == fits
    if result.text is not None:
        again = merge_versions(start, [*versions, *versions])
        assert again.text == result.text, "the same change counts once"
