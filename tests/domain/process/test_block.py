"""The metadata block in a description."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.findings import Finding
from accord.domain.process.block import Block, find_block

BLOCK = "```yaml contribution\ncategory: academia\n```\n"


@pytest.mark.parametrize(
    ("markdown", "line"),
    [
        pytest.param(BLOCK, 2, id="alone"),
        pytest.param("Hello.\n\n" + BLOCK + "\nBye.", 4, id="between-words"),
        pytest.param(BLOCK.replace("\n", "\r\n"), 2, id="line-ends-of-the-browser"),
        pytest.param("~~~~ yaml contribution\ncategory: academia\n~~~~", 2, id="tildes"),
        pytest.param("```` yaml  contribution \ncategory: academia\n`````", 2, id="longer-fence"),
        pytest.param("   ```yaml contribution\ncategory: academia\n  ```", 2, id="indented"),
        pytest.param("```yaml\nx: 1\n```\n" + BLOCK, 5, id="after-another-block"),
    ],
)
def test_the_block_is_found(markdown: str, line: int) -> None:
    """Whatever fence, with the line it begins on."""
    assert find_block(markdown) == Block(text="category: academia\n", first_line=line)


@pytest.mark.parametrize(
    ("markdown", "rule", "line"),
    [
        pytest.param("", "block-missing", 1, id="empty"),
        pytest.param("```yaml\ncategory: academia\n```", "block-missing", 1, id="not-marked"),
        pytest.param("> " + BLOCK.replace("\n", "\n> "), "block-missing", 1, id="quoted-from-somebody"),
        pytest.param("````md\n" + BLOCK + "````\n", "block-missing", 1, id="shown-in-a-block"),
        pytest.param("    " + BLOCK, "block-missing", 1, id="indented-code"),
        pytest.param("x\n" + BLOCK + BLOCK, "block-twice", 5, id="twice"),
        pytest.param("x\n```yaml contribution\ncategory: academia\n", "block-open", 2, id="no-end"),
        pytest.param("```yaml contribution\na\n~~~\n``\n", "block-open", 1, id="wrong-end"),
    ],
)
def test_what_is_no_block_is_told_with_a_fix(markdown: str, rule: str, line: int) -> None:
    """None, two, or one without an end."""
    found = find_block(markdown)
    assert isinstance(found, Finding)
    assert found.place is not None
    assert (found.rule, found.place.line) == (rule, line)
    assert found.fix


@given(st.text(alphabet="`~ yamlcontribution\n>", max_size=80))
@settings(max_examples=300, deadline=None)
def test_any_text_is_answered(markdown: str) -> None:
    """A block or a finding, never a crash."""
    assert isinstance(find_block(markdown), (Block, Finding))
