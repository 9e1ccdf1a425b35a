"""Where the block of a description begins and ends, in every way a fence can be written."""

from __future__ import annotations

import pytest

from accord.domain.findings import Finding
from accord.domain.process.block import Block, find_block

KIND = "kind: comment\n"


@pytest.mark.parametrize(
    ("description", "text", "line"),
    [
        pytest.param("```yaml contribution\nkind: comment\n```", KIND, 2, id="plain"),
        pytest.param("words\n\n```yaml contribution\nkind: comment\n```\nwords", KIND, 4, id="after words"),
        pytest.param(
            "```yaml contribution\r\nkind: comment\r\n```\r\n", KIND, 2, id="lines of one old system"
        ),
        pytest.param("```yaml contribution\rkind: comment\r```\r", KIND, 2, id="lines of another"),
        pytest.param("~~~ yaml   contribution\nkind: comment\n~~~", KIND, 2, id="tildes"),
        pytest.param(
            "~~~yaml contribution\nkind: comment\n```\n~~~", KIND + "```\n", 2, id="ends with its own mark"
        ),
        pytest.param(
            "````yaml contribution\nkind: comment\n```\n````", KIND + "```\n", 2, id="and one as long"
        ),
        pytest.param(
            "```yaml contribution\nkind: comment\n`````  ", KIND, 2, id="or longer, with spaces after it"
        ),
        pytest.param(
            "```yaml contribution\nkind: comment\n``` x\n```", KIND + "``` x\n", 2, id="an end says nothing"
        ),
        pytest.param(
            "   ```yaml contribution\nkind: comment\n  ```", KIND, 2, id="moved in by three at most"
        ),
        pytest.param("```yaml contribution\n```", "", 2, id="empty"),
        pytest.param("```\n```\n```yaml contribution\nkind: comment\n```", KIND, 4, id="after other code"),
        pytest.param(
            "```a ` b\n```yaml contribution\nkind: comment\n```", KIND, 3, id="inline code opens nothing"
        ),
        pytest.param(
            "~~~a ` b\n~~~\n```yaml contribution\nkind: comment\n```", KIND, 4, id="tildes may have one"
        ),
    ],
)
def test_the_block_is_found(description: str, text: str, line: int) -> None:
    """Its text with ordinary line ends, and the line on which it begins."""
    assert find_block(description) == Block(text=text, first_line=line)


@pytest.mark.parametrize(
    ("description", "rule", "line"),
    [
        pytest.param("", "block-missing", 1, id="nothing"),
        pytest.param("yaml contribution", "block-missing", 1, id="no fence"),
        pytest.param("    ```yaml contribution\n    ```", "block-missing", 1, id="moved in too far"),
        pytest.param("> ```yaml contribution\n> ```", "block-missing", 1, id="quoted"),
        pytest.param("```yaml contributions\n```", "block-missing", 1, id="another word"),
        pytest.param("~~~\n```yaml contribution\n```\n~~~", "block-missing", 1, id="shown inside other code"),
        pytest.param("```\nno end", "block-missing", 1, id="other code without an end"),
        pytest.param("a\n```yaml contribution\nb", "block-open", 2, id="no end"),
        pytest.param("a\n```yaml contribution\n``\n~~~", "block-open", 2, id="no end as long"),
        pytest.param("```yaml contribution\n```\n\n```yaml contribution\n```", "block-twice", 4, id="two"),
    ],
)
def test_why_there_is_no_block(description: str, rule: str, line: int) -> None:
    """At the line to look at, in the first column, of the description."""
    found = find_block(description)
    assert isinstance(found, Finding)
    assert found.place is not None
    assert (found.rule, found.place.file, found.place.line, found.place.column) == (
        rule,
        "description",
        line,
        1,
    )
