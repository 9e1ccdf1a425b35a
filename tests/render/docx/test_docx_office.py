"""LibreOffice accepts or rejects all changes itself, and then reads what it reads in the text without changes."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from accord.domain.text.clauses import Document
from accord.domain.text.markdown import parse_document
from accord.domain.text.redline import compare
from accord.render.docx.redline import redline_docx
from tests.render.docx.office import ACCEPT, NOTHING, REJECT, Seen, read
from tests.render.docx.test_docx_contract import ARCADIA, MOMENT, PAIRS

OLD = """# Bridges

The Forum was told[^1] that **bridges** between regions last.

*invites Member States*

1. to build them together
2. to keep them in good order

    - in every season
    - at their own cost

3. to say what they learned

## What it costs

Nobody knew what a bridge costs before this paragraph was written down for all to read in one place.

These are all of them.

| State | Bridges | Year |
| --- | --- | --- |
| Arcadia | 12 | 2019 |
| Lyrania | 7 | 2021 |
| Example Islands | 1 | 2024 |

> Lands that are joined are seldom at war.

This paragraph is dropped, together with its note[^2].

```
bridge --build
```

[^1]: By Example University.
[^2]: It said nothing.
"""
NEW = """# Bridges and ferries

The Forum was told[^1] that *bridges* between regions last longer[^3].

Nobody knew what a bridge costs before this paragraph was written down for all to read in one place.

*invites Member States*

1. to build them together
2. to pay for them together

    - at their own cost
    - by a fund

3. to keep them in good shape
4. to say what they learned

## What they cost

These are all of them.

| State | Bridges | Year |
| --- | --- | --- |
| Arcadia | 14 | 2019 |
| Example Islands | 1 | 2024 |
| Example Coast | 3 | 2025 |

> Lands that are joined are seldom at war.

### What ferries cost

```
bridge --build --paint
```

[^1]: By Example University and others.
[^3]: See [the study](https://example.org/study).
"""

BEFORE_A_TABLE = (
    "Kept.\n\nDropped.\n\n| State |\n| --- |\n| Arcadia |\n",
    "Kept.\n\n| State |\n| --- |\n| Arcadia |\n",
)


@dataclass(frozen=True)
class Resolved:
    """What LibreOffice reads of a redline with all accepted or rejected, and of the text of that side on its own."""

    found: list[Seen]
    wanted: list[Seen]


Judged = dict[tuple[str, str], Resolved]


def _document(old: list[Document], new: list[Document]) -> bytes:
    return redline_docx(compare(old, new), title="Changes", authorship=ARCADIA, moment=MOMENT)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """All pairs in one run of LibreOffice, for starting it takes longer than all it does."""
    texts = {"sample": (OLD, NEW), "before a table": BEFORE_A_TABLE}
    if PAIRS.is_dir():
        for name in ("eip1", "rfc3392"):
            old, new = ((PAIRS / f"{name}-{side}.md").read_text(encoding="utf-8") for side in ("old", "new"))
            texts[name] = (old, new)
    jobs: list[tuple[bytes, str]] = []
    for pair in texts.values():
        before, after = ([parse_document("text.md", text)] for text in pair)
        redline = _document(before, after)
        jobs += [(redline, ACCEPT), (_document(after, after), NOTHING)]
        jobs += [(redline, REJECT), (_document(before, before), NOTHING)]
    seen = iter(read(tmp_path_factory.mktemp("office"), jobs))
    keys = [(name, action) for name in texts for action in (ACCEPT, REJECT)]
    return {key: Resolved(found=next(seen), wanted=next(seen)) for key in keys}


def _of(judged: Judged, name: str, action: str) -> Resolved:
    if (name, action) not in judged:
        pytest.skip("the real texts are not beside this repository (../shared/data/redline)")
    return judged[name, action]


def test_libreoffice_sees_changes_at_all(judged: Judged) -> None:
    accepted, rejected = (_of(judged, "sample", action).found for action in (ACCEPT, REJECT))
    assert ("A4 Table text", "", "Example Coast") in accepted
    assert ("A4 Table text", "", "Example Islands") in rejected
    assert accepted != rejected


@pytest.mark.parametrize(
    ("name", "action"),
    [("sample", ACCEPT), ("sample", REJECT), ("eip1", ACCEPT), ("eip1", REJECT), ("rfc3392", ACCEPT)],
)
def test_libreoffice_reads_the_same_words_styles_and_numbers(judged: Judged, name: str, action: str) -> None:
    resolved = _of(judged, name, action)
    assert len(resolved.wanted) > 15
    assert resolved.found == resolved.wanted


def test_libreoffice_reads_the_same_words_and_styles_where_it_does_not_restore_lists(judged: Judged) -> None:
    """In this pair 47 clauses change their level, and with it the list that numbers them.

    LibreOffice 7.4 gives a paragraph back its old style when such a change is rejected, but not its old list; so
    the numbers it prints afterwards are not compared here. The reader of our own (word.py) does compare them.
    """
    resolved = _of(judged, "rfc3392", REJECT)
    assert [(style, words) for style, _, words in resolved.found] == [
        (style, words) for style, _, words in resolved.wanted
    ]


def test_libreoffice_leaves_an_empty_paragraph_only_before_a_table(judged: Judged) -> None:
    """LibreOffice 7.4 cannot take away the end of a paragraph that stands just before a table: an empty one stays."""
    resolved = _of(judged, "before a table", ACCEPT)
    empty = ("Standard", "", "")
    assert resolved.wanted == [
        ("Standard", "", "Kept."),
        ("A1 Table head", "", "State"),
        ("A2 Table text", "", "Arcadia"),
    ]
    assert resolved.found in (resolved.wanted, [resolved.wanted[0], empty, *resolved.wanted[1:]])
    back = _of(judged, "before a table", REJECT)
    assert back.found == back.wanted
