"""The commands that people write in comments, as data: who may write which, what each takes, and what happens.

`docs/commands.md` shows this table; :mod:`accord.domain.forge.grammar` reads by it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from accord.domain.process.rules import STANDARD_POSITIONS, PositionName
from accord.domain.record.values import Stance

Kind = Literal[
    "position",
    "withdraw",
    "withdraw-objection",
    "met",
    "confirm",
    "cosign",
    "decline",
    "split",
    "call",
    "recall",
    "declare",
    "reopen",
    "set-aside",
    "dispose-objection",
    "ask",
    "admit",
    "waive",
    "dispose",
    "why",
    "recheck",
    "status",
    "help",
]
Why = Literal[
    "command-misspelt",
    "command-unknown",
    "command-not-of-these-rules",
    "command-without-slash",
    "command-not-first",
    "command-in-list",
    "command-in-quotation",
    "command-in-html",
    "command-in-code",
    "command-in-marks",
    "command-asked",
    "condition",
    "statement-missing",
    "reason-missing",
    "clauses-missing",
    "objection-missing",
    "several-objections",
    "withdraw-what",
    "confirm-what",
    "until-missing",
    "until-unreadable",
    "result-unreadable",
    "disposition-unknown",
    "finding-missing",
    "entity-missing",
    "entity-unknown",
    "entry-unknown",
    "evidence-missing",
    "plus-one",
    "minus-one",
    "review-and-words-differ",
]
Takes = Literal["clauses", "objection", "target", "until", "result", "disposition", "finding"]
Who = Literal["expert", "source", "co-signer", "chair", "chair or secretariat", "secretariat", "anybody"]

DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words that differ between forums: the positions of the rules in force, and the entities by id with names."""

    positions: tuple[PositionName, ...] = STANDARD_POSITIONS
    entities: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    _ids: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ids = {_plain(name): id_ for id_, name in self.entities.items()}
        object.__setattr__(self, "_ids", ids | {_plain(id_): id_ for id_ in self.entities})

    def word_for(self, stance: Stance) -> str:
        """The first word of these rules that means a stance, or ""."""
        return next((one.name for one in self.positions if one.means == stance and not one.recuses), "")

    def entity(self, said: str) -> str:
        """The id of the entity that is named by id or by name, or ""."""
        return self._ids.get(_plain(said), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command as it was written. Fields that its kind does not take are empty.

    ``words`` is the line as typed and ``line`` its 1-based number (0 for the button of a review). ``position`` is the
    word of the rules and ``stance`` what it means; ``clauses`` are named as typed, none for all that is touched;
    ``entity`` is set for what the secretariat enters for an entity, with the ``evidence`` it rests on.
    """

    kind: Kind
    line: int
    words: str
    position: str = ""
    stance: Stance | None = None
    clauses: tuple[str, ...] = ()
    objection: str = ""
    target: str = ""
    until: str = ""
    result: str = ""
    disposition: str = ""
    finding: str = ""
    entity: str = ""
    evidence: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a command is written: its verb, what it takes in order, and whether words of reason may or must follow."""

    verb: str
    kind: Kind
    who: Who
    usage: str
    example: str
    does: str
    takes: tuple[Takes, ...] = ()
    reason: Literal["no", "may", "must"] = "no"
    aliases: tuple[str, ...] = ()
    stance: Stance | None = None
    for_entity: bool = False


FORMS: tuple[Form, ...] = (
    Form(
        verb="withdraw",
        kind="withdraw",
        who="source",
        usage="/withdraw",
        example="/withdraw",
        does="The contribution is taken back. Reasons go on the lines below.",
        reason="may",
        for_entity=True,
    ),
    Form(
        verb="withdraw",
        kind="withdraw-objection",
        who="expert",
        usage="/withdraw OBJECTION [REASON]",
        example="/withdraw 12-o1 The new 2.1 answers it.",
        does="An objection of your entity is taken back.",
        takes=("objection",),
        reason="may",
        for_entity=True,
    ),
    Form(
        verb="met",
        kind="met",
        who="expert",
        usage="/met OBJECTION [REASON]",
        example="/met 12-o1",
        does="You confirm that a change of the text met an objection of your entity.",
        takes=("objection",),
        reason="may",
        for_entity=True,
    ),
    Form(
        verb="confirm",
        kind="confirm",
        who="expert",
        usage="/confirm [OBJECTION]",
        example="/confirm 12-o1",
        does="You confirm what was entered for your entity; with an objection, that it still stands.",
        takes=("target",),
    ),
    Form(
        verb="cosign",
        kind="cosign",
        who="co-signer",
        usage="/cosign",
        example="/cosign",
        does="Your entity signs the contribution with its source.",
        reason="may",
        aliases=("co-sign",),
        for_entity=True,
    ),
    Form(
        verb="decline",
        kind="decline",
        who="co-signer",
        usage="/decline",
        example="/decline",
        does="Your entity does not sign, though it was named as a co-signer.",
        reason="may",
        for_entity=True,
    ),
    Form(
        verb="split",
        kind="split",
        who="source",
        usage="/split CLAUSES REASON",
        example="/split 2.1, 2.2 They need more time than the rest.",
        does="The changes of these clauses go on as a contribution of their own.",
        takes=("clauses",),
        reason="must",
    ),
    Form(
        verb="call",
        kind="call",
        who="chair",
        usage="/call until DATE [TIME]",
        example="/call until 2025-02-20",
        does="A call for consensus is opened; a day counts to its end in the zone of the process.",
        takes=("until",),
        reason="may",
    ),
    Form(
        verb="recall",
        kind="recall",
        who="chair",
        usage="/recall REASON",
        example="/recall It was opened on the wrong contribution.",
        does="The newest call is taken back as a mistake.",
        reason="must",
    ),
    Form(
        verb="declare",
        kind="declare",
        who="chair",
        usage="/declare agreed|not agreed|rough [REASON]",
        example="/declare agreed",
        does="The result is declared. `rough` takes a reason, and exists only where the rules allow it.",
        takes=("result",),
        reason="may",
    ),
    Form(
        verb="reopen",
        kind="reopen",
        who="chair",
        usage="/reopen REASON",
        example="/reopen The text of 2.1 changed after it was agreed.",
        does="What was declared is open again and needs a new call.",
        reason="must",
        aliases=("re-open",),
    ),
    Form(
        verb="set-aside",
        kind="set-aside",
        who="chair",
        usage="/set-aside OBJECTION REASON",
        example="/set-aside 12-o1 It is about another text.",
        does="An objection is set aside, where the rules allow it.",
        takes=("objection",),
        reason="must",
        aliases=("setaside",),
    ),
    Form(
        verb="dispose",
        kind="dispose-objection",
        who="chair",
        usage="/dispose OBJECTION REASON",
        example="/dispose 12-o1 Its owner left the process and named no successor.",
        does="An objection that has no owner any more is disposed of.",
        takes=("objection",),
        reason="must",
        aliases=("dispose-objection",),
    ),
    Form(
        verb="ask",
        kind="ask",
        who="chair or secretariat",
        usage="/ask OBJECTION until DATE REASON",
        example="/ask 12-o1 until 2025-02-20 Does it stand after the change of 2.1?",
        does="The experts of an entity are asked by when to say whether an objection stands.",
        takes=("objection", "until"),
        reason="must",
    ),
    Form(
        verb="admit",
        kind="admit",
        who="secretariat",
        usage="/admit REASON",
        example="/admit The posting was two days late.",
        does="A contribution that is held comes in.",
        reason="must",
    ),
    Form(
        verb="waive",
        kind="waive",
        who="secretariat",
        usage="/waive FINDING REASON",
        example="/waive path-outside The figure belongs to this text.",
        does="A finding of form is overruled.",
        takes=("finding",),
        reason="must",
    ),
    Form(
        verb="dispose",
        kind="dispose",
        who="secretariat",
        usage="/dispose DISPOSITION REASON",
        example="/dispose reflected in part 2.1 takes up the first sentence.",
        does="It is said what became of the contribution.",
        takes=("disposition",),
        reason="must",
    ),
    Form(
        verb="why",
        kind="why",
        who="anybody",
        usage="/why",
        example="/why",
        does="You are told what is missing, from whom and by when.",
    ),
    Form(
        verb="recheck",
        kind="recheck",
        who="anybody",
        usage="/recheck",
        example="/recheck",
        does="Everything here is looked at again.",
        aliases=("re-check",),
    ),
    Form(
        verb="status",
        kind="status",
        who="anybody",
        usage="/status",
        example="/status",
        does="You are told where the contribution stands.",
    ),
    Form(
        verb="help",
        kind="help",
        who="anybody",
        usage="/help",
        example="/help",
        does="You are told what you can write.",
    ),
)
FOR_USAGE = "/for ENTITY COMMAND evidence TEXT"
FOR_EXAMPLE = "/for arcadia object on 2.1 It is too wide. evidence letter of 3 February 2025"
FOR_DOES = (
    "What an entity said by letter is entered for it; it is marked unconfirmed until its experts confirm it."
)

_POSITION_USAGE: dict[Stance, tuple[str, str, str]] = {
    "support": ("[REASON]", "", "You support it; add `on 2.1` for some clauses only."),
    "accept": ("[REASON]", "", "You can live with it."),
    "abstain": ("[REASON]", "", "You take no position."),
    "reserve": ("STATEMENT", " We read 2.1 as voluntary.", "You join, with a statement for the record."),
    "object": ("[on CLAUSES] [REASON]", " on 2.1 It goes too far.", "You object; this withholds agreement."),
}


def position_form(position: PositionName) -> Form:
    """How a word of the rules is written as a command."""
    usage, example, does = _POSITION_USAGE[position.means]
    return Form(
        verb=position.name,
        kind="position",
        who="expert",
        usage=f"/{position.name} {usage}",
        example=f"/{position.name}{example}",
        does=does,
        takes=("clauses",),
        reason="must" if position.means == "reserve" else "may",
        stance=position.means,
        for_entity=True,
    )


def verbs(vocabulary: Vocabulary) -> dict[str, tuple[Form, ...]]:
    """Every verb that can be written, with its forms; a word of the rules wins over a command of the same name."""
    return _verbs(vocabulary.positions)


@lru_cache(maxsize=16)
def _verbs(positions: tuple[PositionName, ...]) -> dict[str, tuple[Form, ...]]:
    known: dict[str, tuple[Form, ...]] = {}
    for form in FORMS:
        for verb in (form.verb, *form.aliases):
            known[verb] = (*known.get(verb, ()), form)
    for position in positions:
        known[plain_verb(position.name)] = (position_form(position),)
    return known


def plain_verb(word: str) -> str:
    """A verb as it is known: without capitals, full-width letters, invisible characters and other dashes."""
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKC", DASHES.sub("-", word)).casefold()
        if unicodedata.category(character) != "Cf"
    )
    return plain.replace("_", "-").strip("-")


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
