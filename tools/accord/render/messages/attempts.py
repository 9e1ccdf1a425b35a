"""What is said, once, to somebody whose words were not taken as a command: which, why, and what to write instead."""

from __future__ import annotations

from collections.abc import Mapping

from accord.domain.forge.grammar import Why
from accord.domain.process.suggest import shorten

BECAUSE: Mapping[Why, str] = {
    "command-misspelt": "there is no command of that spelling",
    "command-unknown": "there is no such command",
    "command-not-of-these-rules": "the rules in force here do not have this word",
    "command-without-slash": "a command begins with a slash",
    "command-not-first": "a command stands at the beginning of a line of its own",
    "command-in-list": "it stands in a list, a heading, a table or a footnote, and not at the beginning of a line",
    "command-in-quotation": "it is shown as part of a quotation; leave an empty line above it",
    "command-in-html": "it stands inside HTML; leave an empty line above it",
    "command-in-code": "it is shown as code; write it without spaces or marks before it",
    "command-in-marks": "there are quotation marks, asterisks or other signs before the slash",
    "command-asked": "it ends with a question mark, so that it reads as a question",
    "condition": "it comes with a condition, and a position has none; object or reserve on the clauses that you mean, "
    "or support the others by name",
    "statement-missing": "the statement for the record is missing",
    "reason-missing": "the reason is missing",
    "clauses-missing": "it does not say which clauses",
    "objection-missing": "it does not say which objection; each has a number such as 12-o1",
    "several-objections": "it names more than one objection; write a line for each",
    "withdraw-what": "it does not say clearly what is taken back; an objection is named by its number, and "
    "`/withdraw` alone on its line takes back the whole contribution",
    "confirm-what": "it does not say clearly what is confirmed; an objection is named by its number, and `/confirm` "
    "alone confirms what was entered for your entity",
    "until-missing": "it does not say until when",
    "until-unreadable": "the date cannot be read; a day is written like 2025-02-20, and an hour like 17:00 in the zone "
    "of the process or 17:00Z",
    "result-unreadable": "the result cannot be read; it is `agreed`, `not agreed` or `rough`",
    "disposition-unknown": "it does not say what became of the contribution: incorporated, reflected in part, noted, "
    "not retained, carried over or superseded",
    "finding-missing": "it does not say which finding",
    "entity-missing": "it does not say for which entity",
    "entity-unknown": "this entity is not on the list of nominated experts",
    "entry-unknown": "it does not say what is entered for the entity",
    "evidence-missing": "it does not say on what the entry rests; `evidence` and the letter or mail go at its end",
    "plus-one": "a sign is no position",
    "minus-one": "a sign is no position",
    "review-and-words-differ": "the words of the review say something else, and the words count",
}
_POSSIBLE = "It may be an objection: it is kept as one until you confirm it or take it back."


def attempt_said(why: Why, words: str, suggestion: str = "", *, objection: bool = False) -> str:
    """One ignored attempt: the words, why they did not count, and what to write; ``words`` are a stranger's and are
    still to be escaped by whoever shows them.
    """
    sentence = f"“{shorten(words)}” did not count: {BECAUSE[why]}."
    if suggestion:
        sentence += f" Write: `{suggestion}`"
        sentence += "" if suggestion.endswith((".", "?")) else "."
    return f"{sentence} {_POSSIBLE}" if objection else sentence
