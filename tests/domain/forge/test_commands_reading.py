"""What is read in a comment: tables of commands, of attempts, and of words that are nobody's command."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.forge.commands import Read, read_words
from accord.domain.forge.grammar import FOR_EXAMPLE, FORMS, Command, Vocabulary, Why, position_form, verbs
from accord.domain.forge.own_words import own_lines
from accord.domain.forge.parsing import NoCommand, read_command
from accord.domain.process.rules import STANDARD_POSITIONS, PositionName

WORDS = Vocabulary(entities={"arcadia": "Arcadia", "example-university": "Example University"})
BALLOT = Vocabulary(
    positions=(
        PositionName(name="yes", means="support"),
        PositionName(name="no-objection", means="accept"),
        PositionName(name="discuss", means="object"),
        PositionName(name="recuse", means="abstain", recuses=True),
    )
)
EXAMPLES = tuple(dict.fromkeys([*(form.example for form in FORMS), FOR_EXAMPLE])) + tuple(
    position_form(one).example for one in STANDARD_POSITIONS
)


def read(body: str, vocabulary: Vocabulary = WORDS) -> Read:
    return read_words(body, vocabulary=vocabulary)


def said(command: Command) -> dict[str, Any]:
    """The fields of a command that say something, without where it stood."""
    fields = (name for name in Command.__slots__ if name not in ("line", "words"))
    return {name: value for name in fields if (value := getattr(command, name)) not in ("", (), None)}


def position(word: str, **more: Any) -> dict[str, Any]:
    return {"kind": "position", "position": word, "stance": word, **more}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("/support", position("support")),
        ("/support\n\nOn Tuesday, Ben wrote:\n> /object", position("support")),
        ("/accept Fine.", position("accept", reason="Fine.")),
        ("/abstain", position("abstain")),
        ("/reserve We read 2.1 as voluntary.", position("reserve", reason="We read 2.1 as voluntary.")),
        ("/reserve 2.1 is voluntary.", position("reserve", reason="2.1 is voluntary.")),
        ("/reserve on 2.1: it is voluntary", position("reserve", clauses=("2.1",), reason="it is voluntary")),
        ("/reserve\n\nOne\ntwo.\n\nThree.", position("reserve", reason="One\ntwo.\n\nThree.")),
        ("/object", position("object")),
        ("/object 2.1 too wide", position("object", clauses=("2.1",), reason="too wide")),
        ("/object to 2.1 and 2.3: too wide", position("object", clauses=("2.1", "2.3"), reason="too wide")),
        ("/object on clauses c-7wf2tq, 3", position("object", clauses=("c-7wf2tq", "3"))),
        ("/object on considering b)", position("object", clauses=("considering b)",))),
        ("/object on opinion-1 invites 2", position("object", clauses=("opinion-1 invites 2",))),
        ("/object on opinion-1: invites 2", position("object", clauses=("opinion-1: invites 2",))),
        ("/object on `2.1` — too wide", position("object", clauses=("2.1",), reason="too wide")),
        ("/object 3 reasons follow", position("object", reason="3 reasons follow")),
        ("/object on 3 grounds", position("object", reason="on 3 grounds")),
        ("/object on principle", position("object", reason="on principle")),
        ("/object on 2.1 and the annex", position("object", reason="on 2.1 and the annex")),
        ("/object 2.15% is too much", position("object", reason="2.15% is too much")),
        ("/object on 2.1-2.3", position("object", reason="on 2.1-2.3")),
        ("/object 2.1 to 2.3", position("object", reason="2.1 to 2.3")),
        ("/support on 2.1 but not 2.2", position("support", clauses=("2.1",), reason="but not 2.2")),
        ("/withdraw", {"kind": "withdraw"}),
        ("/withdraw\n\nIt came too early.", {"kind": "withdraw", "reason": "It came too early."}),
        ("/withdraw 12-o1", {"kind": "withdraw-objection", "objection": "12-o1"}),
        ("/withdraw my objection 12-o1", {"kind": "withdraw-objection", "objection": "12-o1"}),
        (
            "/withdraw #12\u2011O1, thanks",
            {"kind": "withdraw-objection", "objection": "12-o1", "reason": "thanks"},
        ),
        ("/withdraw opinion-1-o2", {"kind": "withdraw-objection", "objection": "opinion-1-o2"}),
        ("/met 12-o1.", {"kind": "met", "objection": "12-o1"}),
        ("/confirm", {"kind": "confirm"}),
        ("/confirm 12-O1", {"kind": "confirm", "target": "12-o1"}),
        ("/confirm our objection 12-o1 stands", {"kind": "confirm", "target": "12-o1"}),
        ("/confirm opinion-1", {"kind": "confirm", "target": "opinion-1"}),
        ("/confirm #12", {"kind": "confirm", "target": "12"}),
        ("/cosign", {"kind": "cosign"}),
        ("/co-sign With pleasure.", {"kind": "cosign", "reason": "With pleasure."}),
        ("/decline", {"kind": "decline"}),
        ("/split 2.1, 2.2 later", {"kind": "split", "clauses": ("2.1", "2.2"), "reason": "later"}),
        ("/split 3 and 4: later", {"kind": "split", "clauses": ("3", "4"), "reason": "later"}),
        ("/call until 2025-02-20", {"kind": "call", "until": "2025-02-20"}),
        ("/call 2025-02-20.", {"kind": "call", "until": "2025-02-20"}),
        ("/call until 2025\u201102\u201120 17:00", {"kind": "call", "until": "2025-02-20T17:00"}),
        ("/call until 2025-02-20 at 17:00 UTC", {"kind": "call", "until": "2025-02-20T17:00Z"}),
        ("/call until 2025-02-20T17:00:00+01:00", {"kind": "call", "until": "2025-02-20T17:00:00+01:00"}),
        ("/recall It was a mistake.", {"kind": "recall", "reason": "It was a mistake."}),
        ("/declare agreed", {"kind": "declare", "result": "agreed"}),
        ("/declare Agreed, with thanks", {"kind": "declare", "result": "agreed", "reason": "with thanks"}),
        ("/declare not-agreed", {"kind": "declare", "result": "not agreed"}),
        (
            "/declare not yet agreed: no time",
            {"kind": "declare", "result": "not agreed", "reason": "no time"},
        ),
        ("/declare rough x", {"kind": "declare", "result": "rough", "reason": "x"}),
        ("/declare agreed --rough\nx", {"kind": "declare", "result": "rough", "reason": "x"}),
        ("/reopen x", {"kind": "reopen", "reason": "x"}),
        ("/set-aside 12-o1 x", {"kind": "set-aside", "objection": "12-o1", "reason": "x"}),
        ("/set aside 12-o1 x", {"kind": "set-aside", "objection": "12-o1", "reason": "x"}),
        ("/Set\u2013Aside 12-o1 x", {"kind": "set-aside", "objection": "12-o1", "reason": "x"}),
        ("/dispose 12-o1 x", {"kind": "dispose-objection", "objection": "12-o1", "reason": "x"}),
        (
            "/dispose reflected in part x",
            {"kind": "dispose", "disposition": "reflected-in-part", "reason": "x"},
        ),
        ("/dispose noted: x", {"kind": "dispose", "disposition": "noted", "reason": "x"}),
        (
            "/ask 12-o1 until 2025-02-20 Does it stand?",
            {"kind": "ask", "objection": "12-o1", "until": "2025-02-20", "reason": "Does it stand?"},
        ),
        ("/admit x", {"kind": "admit", "reason": "x"}),
        ("/waive path-outside x", {"kind": "waive", "finding": "path-outside", "reason": "x"}),
        ("/why?", {"kind": "why"}),
        ("/recheck please", {"kind": "recheck"}),
        ("/status", {"kind": "status"}),
        ("/help", {"kind": "help"}),
        (
            "/for arcadia object on 2.1 There is no evidence of use. evidence letter of 3 March",
            position(
                "object",
                clauses=("2.1",),
                reason="There is no evidence of use.",
                entity="arcadia",
                evidence="letter of 3 March",
            ),
        ),
        (
            "/for Example University /support evidence “mail 5”",
            position("support", entity="example-university", evidence="mail 5"),
        ),
        (
            "/for arcadia reserve\nWe read it as voluntary.\nEvidence: letter 4",
            position("reserve", reason="We read it as voluntary.", entity="arcadia", evidence="letter 4"),
        ),
        (
            "/for arcadia withdraw 12-o1 evidence letter 6",
            {"kind": "withdraw-objection", "objection": "12-o1", "entity": "arcadia", "evidence": "letter 6"},
        ),
        (
            "/for arcadia cosign evidence letter 7",
            {"kind": "cosign", "entity": "arcadia", "evidence": "letter 7"},
        ),
    ],
)
def test_a_command_and_all_it_says(body: str, expected: dict[str, Any]) -> None:
    """One line of the table: as written → every field."""
    found = read(body)
    (command,) = found.commands
    assert said(command) == expected
    assert (command.line, command.words) == (1, body.partition("\n")[0])
    assert not found.attempts


SPELLINGS = [
    "/SUPPORT",
    "/Support.",
    "/support!",
    "  /support",
    "\u200b/support",
    "\ufeff/support",
    "\u00a0/support",
    "/\u200bsupport",
    "\uff0fsupport",
    "\u2215support",
    "/\uff53\uff55\uff50\uff50\uff4f\uff52\uff54",
    "/sup\u00adport",
    "Dear all,\n/support",
    "Hello\n/support",
    "/support\n---\nAna",
    "<details>\n<summary>more</summary>\n\n/support\n\n</details>",
    "[a]: https://example.org\n/support",
    "> earlier words\n\n/support",
    "On Tuesday, Ben wrote:\n> earlier words\n\n/support",
    "~~/object~~ on second thoughts:\n/support",
]


@pytest.mark.parametrize("body", SPELLINGS)
def test_spellings_that_are_taken(body: str) -> None:
    """What a phone or a mail program makes of it, and where it may stand."""
    found = read(body)
    assert [one.position for one in found.commands] == ["support"]
    assert not found.attempts


ATTEMPTS: list[tuple[str, Why, bool, str]] = [
    ("/suport", "command-misspelt", False, "/support"),
    ("/objct 2.1", "command-misspelt", True, "/object"),
    ("/objekt", "command-misspelt", True, "/object"),
    ("/\u041ebject", "command-misspelt", True, "/object"),
    ("/ object", "command-misspelt", True, "/object"),
    ("//object", "command-misspelt", True, "/object"),
    ("/object-2.1", "command-misspelt", True, "/object"),
    ("/object2", "command-misspelt", True, "/object"),
    ("\\support", "command-misspelt", False, "/support"),
    ("/recal x", "command-misspelt", False, "/recall"),
    ("/approve", "command-unknown", False, "/support"),
    ("/lgtm", "command-unknown", False, "/support"),
    ("/shrug", "command-unknown", False, ""),
    ("/oppose", "command-unknown", True, "/object"),
    ("/block", "command-unknown", True, "/object"),
    ("/veto", "command-unknown", True, "/object"),
    ("/hold", "command-unknown", True, "/object"),
    ("/resolve 12-o1", "command-unknown", False, "/met"),
    ("object", "command-without-slash", True, "/object"),
    ("Object to 2.1", "command-without-slash", True, "/object"),
    ("Objection: too wide", "command-without-slash", True, "/object"),
    ("support.", "command-without-slash", False, "/support"),
    ("LGTM", "command-without-slash", False, "/support"),
    (
        "Whoever agrees with all of the changes that stand here may\n/support the text.",
        "command-not-first",
        False,
        "/support",
    ),
    ("Thanks! /object", "command-not-first", True, "/object"),
    ("@arcadia-bot /support", "command-not-first", False, "/support"),
    ("`code` /object", "command-not-first", True, "/object"),
    ("- /object", "command-in-list", True, "/object"),
    ("# /support", "command-in-list", False, "/support"),
    ("| a |\n| --- |\n| /object |", "command-in-list", True, "/object"),
    ("> earlier words\n/object", "command-in-quotation", True, "/object"),
    ("Ben wrote it.\n\n-----Original Message-----\n/object", "command-in-quotation", True, "/object"),
    ("From: Ben\nSent: Tuesday\n\n/support", "command-in-quotation", False, "/support"),
    ("On Tuesday, Ben wrote:\n/support", "command-in-quotation", False, "/support"),
    ("<p>\n/object\n</p>", "command-in-html", True, "/object"),
    ("<!-- x --> /object", "command-in-html", True, "/object"),
    ("`/object`", "command-in-code", True, "/object"),
    ("    /object", "command-in-code", True, "/object"),
    ("**/object**", "command-in-marks", True, "/object"),
    ("“/support”", "command-in-marks", False, "/support"),
    ("/object?", "command-asked", True, "/object"),
    ("/declare?", "command-asked", False, "/declare"),
    ("/support if 2.1 goes", "condition", False, "/support"),
    ("/support this text if 2.1 goes", "condition", False, "/support"),
    ("/accept, but not 2.1", "condition", False, "/accept"),
    ("/accept on 2.1, provided that 2.2 goes", "condition", False, "/accept"),
    ("/declare agreed subject to 2.1", "condition", False, "/declare"),
    ("/reserve", "statement-missing", False, "/reserve STATEMENT"),
    ("/recall", "reason-missing", False, "/recall REASON"),
    ("/set-aside 12-o1", "reason-missing", False, "/set-aside OBJECTION REASON"),
    ("/declare rough", "reason-missing", False, "/declare rough REASON"),
    ("/split the annex", "clauses-missing", False, "/split"),
    ("/met", "objection-missing", False, "/met"),
    ("/ask Arcadia until 2025-02-20 x", "objection-missing", False, "/ask"),
    ("/met 12-o1 and 12-o2", "several-objections", False, "/met"),
    ("/withdraw 12-o1, 12-o2", "several-objections", False, "/withdraw OBJECTION"),
    ("/confirm 12-o1 12-o2", "several-objections", False, "/confirm"),
    ("/withdraw my objection", "withdraw-what", False, "/withdraw OBJECTION"),
    ("/withdraw\n\nIt was 12-o1.", "withdraw-what", False, "/withdraw OBJECTION"),
    ("/confirm all of it", "confirm-what", False, "/confirm"),
    ("/confirm that we object", "confirm-what", True, "/confirm"),
    ("/call", "until-missing", False, "/call until DATE"),
    ("/ask 12-o1 x", "until-missing", False, "/ask OBJECTION until DATE REASON"),
    ("/call until Friday", "until-unreadable", False, "/call until DATE"),
    ("/call until the 2025-02-20", "until-unreadable", False, "/call until 2025-02-20"),
    ("/call until 20 February 2025", "until-unreadable", False, "/call until 2025-02-20"),
    ("/call until February 20th, 2025", "until-unreadable", False, "/call until 2025-02-20"),
    ("/call until 31 February 2025", "until-unreadable", False, "/call until DATE"),
    ("/call until 2025-02-30", "until-unreadable", False, "/call until DATE"),
    ("/call until 2025-02-20 25:00", "until-unreadable", False, "/call until DATE"),
    ("/call until 2025-02-20 17:00 CET", "until-unreadable", False, "/call until 2025-02-20"),
    ("/call until 2025-02-20 noon", "until-unreadable", False, "/call until 2025-02-20"),
    ("/declare", "result-unreadable", False, "/declare"),
    ("/declare adopted", "result-unreadable", False, "/declare"),
    ("/dispose", "disposition-unknown", False, "/dispose DISPOSITION"),
    ("/dispose withdrawn x", "disposition-unknown", False, "/dispose DISPOSITION"),
    ("/waive", "finding-missing", False, "/waive"),
    ("/for", "entity-missing", False, "/for"),
    ("/for lyrania object evidence x", "entity-unknown", True, "/for"),
    ("/for arcadia approve evidence x", "entry-unknown", False, "/for"),
    ("/for arcadia object on 2.1", "evidence-missing", True, "/for"),
    ("+1", "plus-one", False, "/support"),
    ("+1 from me", "plus-one", False, "/support"),
    ("\U0001f44d\U0001f3fd", "plus-one", False, "/support"),
    ("-1", "minus-one", True, "/object"),
    ("\U0001f44e", "minus-one", True, "/object"),
]


@pytest.mark.parametrize(("body", "why", "objection", "suggestion"), ATTEMPTS)
def test_what_looks_like_a_command_and_is_none(body: str, why: Why, objection: bool, suggestion: str) -> None:
    """It is told once, with the reason and what to write; what may be an objection says so."""
    found = read(body)
    assert not found.commands
    (attempt,) = found.attempts
    assert (attempt.why, attempt.objection) == (why, objection)
    assert attempt.suggestion.startswith(suggestion)
    assert bool(attempt.suggestion) == bool(suggestion)
    assert attempt.words in body


def test_every_reason_to_ignore_is_in_the_table() -> None:
    """Except the two that depend on the rules in force and on a review."""
    shown = {why for _, why, _, _ in ATTEMPTS}
    assert set(get_args(Why)) - shown == {"command-not-of-these-rules", "review-and-words-differ"}


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Thank you.",
        "> /object",
        "> We object.\n> /support",
        "- > /object",
        "```\n/object\n```",
        "~~~ text\n/object\n\nWe object.\n~~~",
        "<!-- /object -->",
        "<!--\n/object\n\nWe object.\n-->",
        "text <!-- We\n/object\n--> text",
        "~~/object~~",
        "~~We object.~~",
        "Write `/object on 2.1` to object to a clause.",
        "You write /support or /object on a line of its own.",
        "One line of `code\n/object\n` here",
        "<blockquote>\n\n/object\n\nWe object.\n\n</blockquote>",
        "<pre>\n/object\n</pre>",
        "> </blockquote>/object",
        "On Tuesday, Ben wrote:\n> /object",
        "/usr/bin/object",
        "/object.md is a file",
        "and/or",
        "We do not\nobject to 2.1.",
        "The text has all of our\nsupport.",
        "Object storage is a service.",
        "Dial +1 555.",
        "It grew by +1.5 points.",
        "-1.5 degrees",
        "Why?",
        "Status",
        "-----Original Message-----\nWe object.",
    ],
)
def test_words_that_are_neither(body: str) -> None:
    """Quoted, code, hidden, struck out, mentioned, or something else."""
    assert read(body) == Read()


def test_a_comment_may_hold_several_and_each_keeps_its_own_reason() -> None:
    """Words before the first belong to none; quotations between are left out."""
    found = read(
        "Hello.\n\n/support on 2.1\n\nGood.\n\n> /object\n\n/object on 2.2\nToo wide,\nand late.\n\n- one\n\n/why"
    )
    assert [(one.position or one.kind, one.line, one.reason) for one in found.commands] == [
        ("support", 3, "Good."),
        ("object", 9, "Too wide,\nand late.\n\none"),
        ("why", 15, ""),
    ]
    assert not found.attempts


def test_a_second_command_on_one_line_is_told() -> None:
    """The first is taken; a second that objects is not lost."""
    found = read("/support /object 2.1")
    assert [one.position for one in found.commands] == ["support"]
    assert [(one.why, one.objection) for one in found.attempts] == [("command-not-first", True)]


def test_words_below_an_attempt_are_not_the_reason_of_the_command_above() -> None:
    """They may well belong to what was misspelt."""
    found = read("/support\n\n/objct\n\nToo wide.")
    assert [one.reason for one in found.commands] == [""]
    assert [one.why for one in found.attempts] == ["command-misspelt"]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("Thanks.\n\nWe cannot accept\nthis text. Sorry.", "We cannot accept this text."),
        ("/support\n\nBut we object to 2.2.", "But we object to 2.2."),
        ("We /object to this", "We object to this"),
        ("- we object to 2.1", "we object to 2.1"),
        ("> quoted\nWe object.", "We object."),
        ("Arcadia objects to 2.1.", "Arcadia objects to 2.1."),
        ("/why\n\nWe object.", "We object."),
        ("/suport\n\nWe object.", "We object."),
        ("/object\n\nWe object to it.", ""),
        ("/object on 2.1\n\n/support on 2.2\n\nWe object.", ""),
        ("/reserve We cannot accept 2.1 as binding.", ""),
        ("/declare not agreed\n\nArcadia objects to 2.1.", ""),
        ("/withdraw 12-o1 Our objection is met.", ""),
        ("/for arcadia reserve We cannot accept it. evidence letter", ""),
    ],
)
def test_prose_that_objects(body: str, sentence: str) -> None:
    """In the author's own words, where no command of the same comment says it already."""
    assert read(body).prose_objection == sentence
    assert read(body).may_object == bool(sentence)


def test_other_rules_have_other_words() -> None:
    """The words of a ballot are taken; the usual ones are told, an objection as a possible one."""
    assert [(one.position, one.stance) for one in read("/discuss on 2.1 x", BALLOT).commands] == [
        ("discuss", "object")
    ]
    assert [one.stance for one in read("/no-objection", BALLOT).commands] == ["accept"]
    (attempt,) = read("/object", BALLOT).attempts
    assert (attempt.why, attempt.objection) == ("command-not-of-these-rules", True)
    assert attempt.suggestion.startswith("/discuss")
    (attempt,) = read("/support", BALLOT).attempts
    assert (attempt.why, attempt.objection) == ("command-not-of-these-rules", False)
    assert attempt.suggestion.startswith("/yes")
    (attempt,) = read("/discus", BALLOT).attempts
    assert (attempt.why, attempt.objection) == ("command-misspelt", True)


def test_a_word_of_the_rules_wins_over_a_command_of_that_name() -> None:
    """A position can always be said."""
    odd = Vocabulary(positions=(PositionName(name="help", means="object"),))
    assert [one.stance for one in read("/help", odd).commands] == ["object"]


# --- laws -------------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "/",
        "/object",
        "/support",
        "object",
        "we",
        ">",
        "-",
        "`",
        "```",
        "~~",
        "<!--",
        "-->",
        "<pre>",
        "<blockquote>",
        "</blockquote>",
        "*",
        "2.1",
        "c-7wf2tq",
        "12-o1",
        "until",
        "2025-02-20",
        "/for",
        "arcadia",
        "evidence",
        "#",
        "|",
        "\u200b",
        "\uff0f",
        "[^1]:",
        "+1",
        "-1",
        "wrote:",
        " ",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "    ",
        "\t",
        "\r",
        "\xa0",
        "\x00",
        "On x wrote:",
    ]
)
BODIES = st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=200)


@given(BODIES)
@settings(max_examples=400, deadline=None)
def test_any_text_is_read(body: str) -> None:
    """Never a crash; lines are in order and are lines of the text."""
    found = read(body)
    count = len(body.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    lines = [*(one.line for one in found.commands), *(one.line for one in found.attempts)]
    assert all(1 <= line <= count for line in lines)
    assert [one.line for one in found.attempts] == sorted(one.line for one in found.attempts)
    assert read(body) == found


@given(BODIES)
@settings(max_examples=200, deadline=None)
def test_quoting_every_line_leaves_nothing(body: str) -> None:
    """What is quoted is nobody's word here."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert read("\n".join(f"> {line}" for line in lines)) == Read()


@given(BODIES)
@settings(max_examples=200, deadline=None)
def test_a_fence_leaves_nothing(body: str) -> None:
    """What is shown as code is nobody's word."""
    assert read(f"{'`' * 99}\n{body}\n{'`' * 99}") == Read()


@given(st.lists(st.sampled_from(EXAMPLES), min_size=1, max_size=5))
@settings(max_examples=100, deadline=None)
def test_the_lines_of_commands_read_again_are_the_same_commands(lines: list[str]) -> None:
    """Reading is idempotent: what a command keeps of its line says all that the line said."""
    first = read("\n\n".join(lines)).commands
    assert len(first) == len(lines)
    again = read("\n\n".join(one.words for one in first)).commands
    assert list(map(said, again)) == list(map(said, first))


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(sorted(verbs(WORDS))))
@settings(max_examples=300, deadline=None)
def test_whatever_follows_a_verb_is_a_command_or_says_what_is_missing(
    rest: str, more: str, verb: str
) -> None:
    """No other outcome, and a suggestion with each."""
    missing: Why | None = None
    suggestion = "/"
    try:
        kind = read_command(verb, rest, more, WORDS).kind
    except NoCommand as problem:
        kind, missing, suggestion = None, problem.why, problem.suggestion
    assert (kind is None) == (missing in get_args(Why))
    assert suggestion.startswith("/")


@given(BODIES)
@settings(max_examples=100, deadline=None)
def test_own_lines_stand_in_order(body: str) -> None:
    """No line is read before one above it."""
    numbers = [line.number for line in own_lines(body)]
    assert numbers == sorted(numbers)
