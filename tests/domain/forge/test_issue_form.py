"""What a filled form says, whatever its author does to it later; everything that is wrong with it, at once."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.domain.forge.issue_form import (
    ASKS,
    LABELS,
    NOT_FILLED,
    PUBLIC,
    Ask,
    Filled,
    FormRead,
    Sheet,
    is_form,
    read_form,
)
from tests.domain.forge.filling import FILLED, filled

SHEET = Sheet(
    choices={
        "category": {
            "Member State": "member-state",
            "Town, village or street": "town",
            "Stakeholder": "stakeholder",
        },
        "kind": {"Comment on the draft": "comment", "Text of a possible draft Opinion": "opinion-text"},
        "based_on": {"draft-1": "draft-1", "draft-2": "draft-2"},
        "themes": {
            "Bridging digital divides": "digital-divides",
            "Ships, and harbours": "ships",
            "Resilience": "resilience",
        },
        "ask": ASKS,
        "for": {
            "For action: a change or a decision is asked for": "action",
            "For information": "information",
        },
        "language": {"English (en)": "en", "French (fr)": "fr"},
    }
)
WHOLE = Filled(
    category="member-state", source="Arcadia", title="Opening hours of schools", kind="comment", based_on="draft-1",
    themes=("digital-divides",), ask=Ask.CHANGE, passage="invites Member States 1",
    wording="to open schools until nine;", reasons="Skills are needed.", purpose="action", language="en",
)  # fmt: skip


def read(body: str, title: str = "") -> FormRead:
    """The form as read with the choices above."""
    return read_form(body, SHEET, title=title)


def rules(found: FormRead) -> list[tuple[str, str]]:
    """Rule and field of each finding."""
    return [(one.rule, one.place.path if one.place else "") for one in found.findings]


def test_a_form_as_the_forge_writes_it() -> None:
    """Every field is read, and nothing is wrong."""
    found = read(filled())
    assert found.findings == ()
    assert found.filled == WHOLE


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\n\n".join(reversed([f"### {one}" for one in text.split("### ")[1:]])),
        lambda text: f"Dear secretariat,\n\nplease find below what we propose.\n\n{text}\n\n",
        lambda text: text.replace("\n\n", "\n"),
        lambda text: text.replace("### ", "  ###   ").replace("\n\n", " ##\n\n", 1),
        lambda text: text.replace("### Category", "### category:").replace("### Reasons", "### **Reasons**"),
        lambda text: text.replace("Member State\n", "member-state\n").replace("English (en)", "en"),
        lambda text: text.replace("Member State\n", "  MEMBER  STATE \n"),
        lambda text: text.replace("- [x]", "- [X]"),
        lambda text: text.replace("to open schools until nine;", "```\nto open schools until nine;\n```"),
        lambda text: text.replace("### Co-signers\n\n_No response_", "### Co-signers\n\n"),
        lambda text: text.replace("\n\n### Co-signers\n\n_No response_", ""),
        lambda text: text.replace("Change this passage", NOT_FILLED),
    ],
    ids=[
        "other line breaks", "another order", "words above it", "no empty lines", "other spaces",
        "labels in other letters", "the short names", "other capitals", "another tick", "the wording in a fence",
        "an empty field", "an empty field gone", "nothing chosen, but new wording",
    ],
)  # fmt: skip
def test_the_same_form_typed_otherwise_says_the_same(change: object) -> None:
    """Its author may move, wrap and retype what is around the answers."""
    body = change(filled())  # type: ignore[operator]
    assert body != filled()
    assert read(body) == FormRead(filled=WHOLE)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"category": ""}, [("form-empty", "Category")]),
        ({"category": None}, [("form-missing", "Category")]),
        ({"category": "Member Sate"}, [("form-choice", "Category")]),
        ({"category": "Member State, Stakeholder"}, [("form-choice", "Category")]),
        ({"source": ""}, [("form-empty", "Who you speak for")]),
        ({"title": ""}, [("form-empty", "Title of the contribution")]),
        ({"kind": "None"}, [("form-empty", "Kind of contribution")]),
        ({"kind": "Text by the secretariat"}, [("form-choice", "Kind of contribution")]),
        ({"based_on": "draft-9"}, [("form-choice", "Draft you have read")]),
        ({"themes": ""}, [("form-empty", "Themes")]),
        ({"themes": "Bridging digital divides, Whales, Sharks"}, [("form-choice", "Themes")] * 2),
        ({"ask": "Burn it"}, [("form-choice", "What you ask for")]),
        ({"passage": ""}, [("form-empty", "Passage")]),
        ({"wording": ""}, [("form-empty", "Proposed wording")]),
        ({"ask": "Add text after this passage", "wording": ""}, [("form-empty", "Proposed wording")]),
        ({"ask": "Propose a new draft Opinion", "wording": "", "passage": ""}, [("form-empty", "Proposed wording")]),
        ({"ask": "Delete this passage"}, [("form-wording", "Proposed wording")]),
        ({"ask": "Delete this passage", "wording": ""}, []),
        ({"ask": "Comment only, without a change of the text"}, [("form-wording", "Proposed wording")]),
        ({"ask": "Comment only, without a change of the text", "wording": "", "passage": ""}, []),
        ({"ask": "", "wording": "", "passage": ""}, []),
        ({"reasons": ""}, [("form-empty", "Reasons")]),
        ({"for": ""}, [("form-empty", "For action or for information")]),
        ({"language": "Elvish"}, [("form-choice", "Language you write in")]),
        ({"public": f"- [ ] {PUBLIC}"}, [("form-public", "Before you send it")]),
        ({"public": ""}, [("form-public", "Before you send it")]),
        ({"public": None}, [("form-public", "Before you send it")]),
        (
            {"category": "", "source": None, "language": "?", "wording": ""},
            [
                ("form-empty", "Category"), ("form-missing", "Who you speak for"), ("form-empty", "Proposed wording"),
                ("form-choice", "Language you write in"),
            ],
        ),
    ],
)  # fmt: skip
def test_everything_that_is_wrong_is_said_at_once(
    changes: dict[str, str | None], expected: list[tuple[str, str]]
) -> None:
    """By the label of the field, in the order of the form, each with what to write."""
    found = read(filled(**changes))
    assert rules(found) == expected
    assert all(one.fix for one in found.findings)


def test_the_fix_says_what_to_write() -> None:
    """The nearest choice, or all of them; the line that is missing; the label that was typed instead."""
    near, far = read(filled(category="Member Sate")), read(filled(language="Elvish"))
    assert near.findings[0].fix == "Did you mean Member State?"
    assert far.findings[0].fix == "Choose one of: English (en); French (fr)."
    gone = read(filled(source=None))
    assert "`### Who you speak for`" in gone.findings[0].fix
    misspelt = read(filled().replace("### Who you speak for", "### Who you speek for"))
    assert misspelt.findings[0].fix.startswith("In place of `### Who you speek for` write")


def test_headings_in_the_wording_are_wording() -> None:
    """Only the labels of the form begin a field, and none inside a fence does."""
    wording = "### Skills\n\nWords.\n\n```\n### Reasons\n```\n\nMore words."
    found = read(filled(wording=wording))
    assert (found.filled.wording, found.findings) == (wording, ())


def test_a_fence_without_an_end_swallows_no_field() -> None:
    """Three backticks forgotten in the wording leave the reasons where they are."""
    found = read(filled(wording="```\nto open schools;"))
    assert found.filled.reasons == "Skills are needed."
    assert found.findings == ()


def test_a_field_that_is_there_twice_is_said() -> None:
    """The second one does not silently win."""
    found = read(filled() + "\n\n### Category\n\nStakeholder\n")
    assert rules(found) == [("form-twice", "Category")]
    assert found.filled.category == "member-state"


@pytest.mark.parametrize(
    ("written", "themes"),
    [
        ("Bridging digital divides, Resilience", ("digital-divides", "resilience")),
        ("Ships, and harbours, Resilience", ("ships", "resilience")),
        ("Resilience,Ships, and harbours", ("resilience", "ships")),
        ("- Resilience\n- Ships, and harbours", ("resilience", "ships")),
        ("- [x] Resilience", ("resilience",)),
        ("resilience; digital-divides; resilience", ("resilience", "digital-divides")),
    ],
)
def test_several_choices(written: str, themes: tuple[str, ...]) -> None:
    """As the forge writes them, with commas, even where a label has a comma of its own; or one a line."""
    found = read(filled(themes=written))
    assert (found.filled.themes, found.findings) == (themes, ())


def test_a_label_with_a_comma_is_one_choice() -> None:
    """In a field with one choice the whole line is the choice."""
    assert read(filled(category="Town, village or street")).filled.category == "town"


@pytest.mark.parametrize(
    "written",
    ["Lyrania, Example University", "Lyrania\nExample University", "- Lyrania\n- Example University;"],
)
def test_cosigners_by_line_or_comma(written: str) -> None:
    """Both ways in which people list names."""
    assert read(filled(cosigners=written)).filled.cosigners == ("Lyrania", "Example University")


def test_the_title_may_come_from_elsewhere() -> None:
    """Where the form has none, that of the issue or the subject of the mail is taken."""
    assert read(filled(title=None), "Opening hours").filled.title == "Opening hours"
    assert read(filled(), "Something else").filled.title == FILLED["title"]


def test_what_is_a_form() -> None:
    """Several fields make one; a letter with one heading does not."""
    assert is_form(filled())
    assert is_form(filled(category=None, source=None))
    assert not is_form("### Reasons\n\nbecause")
    assert not is_form("")


@given(st.text(max_size=400), st.sampled_from(list(LABELS)))
def test_any_text_in_any_field_is_read(text: str, name: str) -> None:
    """Nothing that people write makes the reader fail; what does not fit is a finding with a place."""
    found = read(filled(**{name: text}))
    assert all(one.place is not None and one.fix for one in found.findings)


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    """Also where there is no form at all."""
    assert read(text).findings


@pytest.mark.parametrize(
    "text",
    [
        "### " + " " * 60_000,
        "### a" + " #" * 30_000,
        "```x\n" * 16_000,
        "".join("`" * length + "x\n" for length in range(340, 3, -1)) + "```x\n" * 500,
        "a," * 30_000,
        "### Category\n" * 5_000,
        "- [ ] " * 10_000,
    ],
    ids=["spaces", "closing signs", "fences", "shorter fences", "choices", "labels", "boxes"],
)
@pytest.mark.parametrize("name", ["themes", "wording", "public"])
def test_what_would_take_for_ever_does_not(text: str, name: str) -> None:
    """As much as a forge takes, made to be slow: it is read as fast as anything of its length."""
    found = read(filled(**{name: text}))
    assert len(found.findings) < 60


def test_nothing_is_said_in_the_words_of_programs() -> None:
    """No Git and no YAML in what people are told."""
    said = " ".join(one.fix + one.message for one in read("### Category\n\nx\n").findings).casefold()
    assert said
    assert not re.search(r"\b(yaml|git|branch|commit|json|regex|markdown)\b", said)
