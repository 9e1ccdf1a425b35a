"""The commands that people write in comments: who may write which, what each takes, and how one is read.

A command is a slash and a verb at the beginning of a line. `FORMS` is the whole grammar; `docs/commands.md` shows it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal, get_args

from accord.domain.forge.own_words import SLASHES
from accord.domain.process.moments import parse_until
from accord.domain.process.rules import STANDARD_POSITIONS, PositionName
from accord.domain.record.values import Disposition, Stance

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

_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_VERB = re.compile(r"[^\W_][\w\u00ad\u200b-\u200d\u2010-\u2015\u2060\ufeff-]*")
_PATH = re.compile(r"[./\\:@=#]\w|/")
_MARKS = " \t.,;:!\u2026"
_CLAUSE_WORDS = re.compile(
    r"(?:(?:on|to|against|about|sur|sobre)\s+)?(?:(?:the\s+)?(?:clauses?|paragraphs?|paras?\.?|sections?|nos?\.|\u00a7+)\s*)?",
    re.IGNORECASE,
)
_CLAUSE_ID = re.compile(r"`?(c-[a-z2-7]{6})`?(?![\w-])", re.IGNORECASE)
_CLAUSE_NUMBER = re.compile(r"`?(\d+(?:\.\d+)+(?:\s?[a-z]\))?)`?\.?(?![\w.%])", re.IGNORECASE)
_CLAUSE_NAMED = re.compile(
    r"`?((?:[a-z][\w-]*\s*:\s*|opinions?[- ]\w+\s+)?(?:[a-z]{3,}(?:ing|s|ous)(?:\s+further)?\s+)?"
    r"(?:[a-z]{1,2}\)(?:\s?[ivx]+\))?|\d+(?:\.\d+)*(?:\s?[a-z]\))?"
    r"(?=`?\s*(?:$|[,;:&+.\u2013\u2014-]|(?:and|et|y|because|as|since|for)\b))))`?(?!\w)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:[,;&+]|(?:and|et|y|or)\b)\s*(?:and\s+|et\s+|y\s+)?", re.IGNORECASE)
_LOOSE_AND = re.compile(r"\s*(?:&|\+|(?:and|et|y|or|plus|as well as)\b)", re.IGNORECASE)
_OBJECTION = re.compile(r"[`#(]*((?:[\w./-]+-)?o\d+)[`)]*(?![\w-])[.,;:!]*", re.IGNORECASE)
_TARGET = re.compile(
    r"[`#(]*((?:[\w./-]+-)?o\d+|\d+|opinions?[/-][\w-]+)[`)]*(?![\w-])[.,;:!]*", re.IGNORECASE
)
_UNTIL = re.compile(r"(?:until|till|by|to|jusqu['\u2019]au|hasta)\s*:?\s*", re.IGNORECASE)
_DATE = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:(?:T|,?\s+(?:at\s+)?)(\d\d:\d\d(?::\d\d)?)(?:\s?(Z|UTC|[+-]\d\d:\d\d))?)?(?![\w:+-])",
    re.IGNORECASE,
)
_ZONE_OR_HOUR = re.compile(
    r"[\s,(]*(?:at\s+)?(?:[A-Z]{2,5}\b|\d|(?:noon|midnight|midday|geneva|central|local|am|pm|end of)\b)"
)
_DAY_WRITTEN = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})|([a-z]{3,9})\s+(\d{1,2})(?:st|nd|rd|th)?),?\s+(\d{4})",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_RESULT = re.compile(
    r"(rough(?:\s+consensus)?|agreed\s+(?:--)?rough(?:ly)?|not[\s-](?:yet[\s-])?agreed|agreed)\b",
    re.IGNORECASE,
)
_FINDING = re.compile(r"`?([a-z][a-z0-9]*(?:-[a-z0-9]+)*)`?(?![\w])[.,;:]*", re.IGNORECASE)
_CONDITION = re.compile(
    r"(?:[\w'.]+ ){0,3}(?:if|unless)\b|(?:only|once|pending|subject to|provided|ad referendum)\b"
    r"|.*\b(?:provided that|on condition|only if|as long as|subject to)\b",
    re.IGNORECASE,
)
_EXCEPT = re.compile(r"(?:but|except|excluding|not|without)\b", re.IGNORECASE)
_EVIDENCE = re.compile(r"(?<![\w-])evidence\s*(?:is\b|:)?\s+", re.IGNORECASE)
_EVIDENCE_LINE = re.compile(r"^evidence\b\s*:?\s*", re.IGNORECASE | re.MULTILINE)
_TAKES_BACK = re.compile(r"\b(?:objections?|positions?|support)\b|-o\d+\b", re.IGNORECASE)
_QUOTES = "\"'`\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb"


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

_QUESTIONS = frozenset({"why", "recheck", "status", "help"})
_DISPOSITIONS: tuple[str, ...] = tuple(one for one in get_args(Disposition) if one != "withdrawn")
_POSITION_USAGE: dict[Stance, tuple[str, str, str]] = {
    "support": ("[REASON]", "", "You support it; add `on 2.1` for some clauses only."),
    "accept": ("[REASON]", "", "You can live with it."),
    "abstain": ("[REASON]", "", "You take no position."),
    "reserve": ("STATEMENT", " We read 2.1 as voluntary.", "You join, with a statement for the record."),
    "object": ("[on CLAUSES] [REASON]", " on 2.1 It goes too far.", "You object; this withholds agreement."),
}


class NoCommand(Exception):
    """A line that begins as a command and is none: the rule it misses, and what could be written instead."""

    def __init__(self, why: Why, suggestion: str) -> None:
        super().__init__(why)
        self.why: Why = why
        self.suggestion = suggestion


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
        known[_verb(position.name)] = (position_form(position),)
    return known


def head(text: str) -> tuple[str, str] | None:
    """The verb and the rest of a line that begins with a slash and a word; None for anything else, paths included.

    Invisible characters before the slash, other spellings of the slash and of dashes, capitals and full-width
    letters don't matter.
    """
    text = _seen(text)
    if text[:1] not in SLASHES or not text:
        return None
    found = _VERB.match(text[1:].lstrip("\u200b\u200c\u200d\u2060\ufeff\u00ad"))
    if not found:
        return None
    rest = text[1:].lstrip("\u200b\u200c\u200d\u2060\ufeff\u00ad")[found.end() :]
    if _PATH.match(rest):
        return None
    verb = _verb(found[0])
    if verb == "set" and (aside := re.match(r"\s+aside\b", rest, re.IGNORECASE)):
        return "set-aside", rest[aside.end() :]
    return verb, rest


def read_command(verb: str, rest: str, more: str, vocabulary: Vocabulary) -> Command:
    """The command of a known ``verb`` with the rest of its line, and ``more``: the words below it up to the next.

    Raises:
        NoCommand: something it needs is missing or cannot be read; the rule key says what.
    """
    if verb == "for":
        return _for_entity(rest, more, vocabulary)
    forms = verbs(vocabulary)[verb]
    form = _chosen(forms, rest, more)
    if rest.strip(_MARKS) == "?" and form.kind not in _QUESTIONS:
        raise NoCommand("command-asked", form.usage)
    return _read(form, rest, more)


def is_known(verb: str, vocabulary: Vocabulary) -> bool:
    """Whether there is a command of that verb."""
    return verb == "for" or verb in verbs(vocabulary)


def _chosen(forms: tuple[Form, ...], rest: str, more: str) -> Form:
    """Which of the forms of one verb is meant: the one that names an objection where one is named."""
    if len(forms) == 1:
        return forms[0]
    with_objection = next(one for one in forms if "objection" in one.takes)
    if _OBJECTION.match(_DASHES.sub("-", rest.strip())):
        return with_objection
    other = next(one for one in forms if one is not with_objection)
    if other.kind == "withdraw" and (rest.strip(_MARKS) or _TAKES_BACK.search(more)):
        # Taking back a contribution is never read out of words that may mean an objection.
        raise NoCommand("withdraw-what", with_objection.usage)
    return other


def _read(form: Form, rest: str, more: str) -> Command:
    values: dict[str, Any] = {"position": form.verb, "stance": form.stance} if form.stance else {}
    rest = rest.lstrip(_MARKS).rstrip()
    for what in form.takes:
        value, rest = _TAKE[what](rest, form)
        values[what] = value
    _refuse_condition(form, values, rest)
    reason = _joined(rest.lstrip(_MARKS + "-\u2013\u2014").rstrip(), more)
    if form.reason == "must" and not reason:
        raise NoCommand("statement-missing" if form.stance == "reserve" else "reason-missing", form.usage)
    if values.get("result") == "rough" and not reason:
        raise NoCommand("reason-missing", "/declare rough REASON")
    if form.reason != "no":
        values["reason"] = reason
    return Command(kind=form.kind, line=0, words="", **values)


def _refuse_condition(form: Form, values: dict[str, Any], rest: str) -> None:
    """A position has no condition: what is agreed to "if" or "but" is not agreed to."""
    agrees = form.stance in ("support", "accept") or values.get("result") == "agreed"
    said = rest.lstrip(_MARKS + "-\u2013\u2014(")
    if agrees and (_CONDITION.match(said) or (not values.get("clauses") and _EXCEPT.match(said))):
        raise NoCommand("condition", form.usage)


def _clauses(rest: str, form: Form) -> tuple[tuple[str, ...], str]:
    words = _CLAUSE_WORDS.match(rest)
    said_so = bool(words and words[0].strip()) or form.kind == "split"
    if form.stance == "reserve" and not said_so:
        return (), rest
    at = words.end() if words else 0
    found: list[str] = []
    end = 0
    while (clause := _clause(rest, at, named=said_so)) is not None:
        found.append(" ".join(clause[1].split()))
        end = clause.end()
        following = _AND.match(rest, end)
        if not following:
            break
        at = following.end()
    if form.kind == "split" and not found:
        raise NoCommand("clauses-missing", form.usage)
    loose = _LOOSE_AND.match(rest, end)
    if not found or (loose and form.stance == "object"):
        # An objection to something that cannot be made out is one to the whole.
        return (), rest
    return tuple(dict.fromkeys(found)), rest[end:]


def _clause(rest: str, at: int, *, named: bool) -> re.Match[str] | None:
    found = _CLAUSE_ID.match(rest, at) or _CLAUSE_NUMBER.match(rest, at)
    return found or (_CLAUSE_NAMED.match(rest, at) if named else None)


def _objection(rest: str, form: Form) -> tuple[str, str]:
    found = _OBJECTION.match(_DASHES.sub("-", rest))
    if not found:
        raise NoCommand("objection-missing", form.usage)
    return found[1].lower(), rest[found.end() :]


def _target(rest: str, form: Form) -> tuple[str, str]:
    found = _TARGET.match(_DASHES.sub("-", rest))
    if found:
        return found[1].lower() if _OBJECTION.fullmatch(found[1]) else found[1], rest[found.end() :]
    if rest:
        raise NoCommand("confirm-what", form.usage)
    return "", rest


def _until(rest: str, form: Form) -> tuple[str, str]:
    rest = _DASHES.sub("-", rest.lstrip(", "))
    word = _UNTIL.match(rest)
    rest = rest[word.end() :] if word else rest
    found = _DATE.match(rest)
    if not found:
        if not word:
            raise NoCommand("until-missing", form.usage)
        raise NoCommand("until-unreadable", _day_written(rest, form))
    day, clock, zone = found.groups()
    text = day if clock is None else f"{day}T{clock}"
    if zone:
        text += "Z" if zone.upper() in ("Z", "UTC") else zone
    rest = rest[found.end() :]
    if not zone and _ZONE_OR_HOUR.match(rest):
        raise NoCommand("until-unreadable", form.usage.replace("DATE [TIME]", "DATE").replace("DATE", day))
    try:
        parse_until(text, UTC)
    except (ValueError, OverflowError):
        raise NoCommand("until-unreadable", form.usage) from None
    return text, rest


def _day_written(rest: str, form: Form) -> str:
    """What to write for a day in words, such as `20 February 2025`."""
    found = _DAY_WRITTEN.match(rest)
    month = (found[2] or found[3]).lower()[:3] if found else ""
    if found and month in _MONTHS:
        try:
            day = date(int(found[5]), _MONTHS.index(month) + 1, int(found[1] or found[4]))
        except ValueError:
            return form.usage
        return form.usage.replace("DATE [TIME]", "DATE").replace("DATE", day.isoformat())
    return form.usage


def _result(rest: str, form: Form) -> tuple[str, str]:
    found = _RESULT.match(_DASHES.sub("-", rest))
    if not found:
        raise NoCommand("result-unreadable", form.usage)
    said = found[1].lower()
    result = "rough" if "rough" in said else "not agreed" if said.startswith("not") else "agreed"
    return result, rest[found.end() :]


def _disposition(rest: str, form: Form) -> tuple[str, str]:
    plain = re.sub(r"[\s-]+", "-", _DASHES.sub("-", rest)).lower()
    for disposition in _DISPOSITIONS:
        if re.match(rf"{disposition}(?!\w)", plain):
            words = disposition.split("-")
            found = re.match(r"[\s\W]+".join(words), rest, re.IGNORECASE)
            if found:
                return disposition, rest[found.end() :]
    raise NoCommand("disposition-unknown", form.usage)


def _finding(rest: str, form: Form) -> tuple[str, str]:
    found = _FINDING.match(_DASHES.sub("-", rest))
    if not found:
        raise NoCommand("finding-missing", form.usage)
    return found[1].lower(), rest[found.end() :]


_TAKE: Mapping[Takes, Any] = {
    "clauses": _clauses,
    "objection": _objection,
    "target": _target,
    "until": _until,
    "result": _result,
    "disposition": _disposition,
    "finding": _finding,
}


def _for_entity(rest: str, more: str, vocabulary: Vocabulary) -> Command:
    """What the secretariat enters for an entity: a command in a command, and what it rests on."""
    rest, more, evidence = _evidence(rest.strip(), more)
    known = {verb: forms for verb, forms in verbs(vocabulary).items() if forms[0].for_entity}
    said, verb, after = _entity_and_verb(rest, known, vocabulary)
    if not said:
        raise NoCommand("entity-missing", FOR_USAGE)
    if not verb:
        raise NoCommand("entry-unknown", FOR_USAGE)
    entity = vocabulary.entity(said)
    if not entity:
        raise NoCommand("entity-unknown", FOR_USAGE)
    if not evidence:
        raise NoCommand("evidence-missing", FOR_USAGE)
    form = _chosen(known[verb], after, more)
    return replace(_read(form, after, more), entity=entity, evidence=evidence)


def _evidence(rest: str, more: str) -> tuple[str, str, str]:
    """The rest of the line and the lines below without the evidence, and the evidence."""
    below = _EVIDENCE_LINE.search(more)
    inline = list(_EVIDENCE.finditer(rest))
    if inline:
        last = inline[-1]
        return rest[: last.start()].rstrip(" ,;("), more, rest[last.end() :].strip(_QUOTES + " ")
    if below:
        return rest, more[: below.start()].strip(), more[below.end() :].strip(_QUOTES + " \n")
    return rest, more, ""


def _entity_and_verb(
    rest: str, known: Mapping[str, tuple[Form, ...]], vocabulary: Vocabulary
) -> tuple[str, str, str]:
    """The entity as said, the verb after it, and what follows; a known name of several words is taken whole."""
    words = rest.split()
    for count in range(min(len(words), 12), 0, -1):
        said = " ".join(words[:count]).strip(_QUOTES + _MARKS)
        if vocabulary.entity(said):
            verb, after = _inner_verb(words[count:], known)
            return said, verb, after
    for index, word in enumerate(words):
        if _inner_word(word) in known:
            return " ".join(words[:index]), _inner_word(word), " ".join(words[index + 1 :])
    return " ".join(words[:1]), "", ""


def _inner_verb(words: list[str], known: Mapping[str, tuple[Form, ...]]) -> tuple[str, str]:
    if words and _inner_word(words[0]) in known:
        return _inner_word(words[0]), " ".join(words[1:])
    return "", ""


def _inner_word(word: str) -> str:
    return _verb(word.strip(SLASHES + _QUOTES + _MARKS))


def _joined(rest: str, more: str) -> str:
    return "\n\n".join(part for part in (rest, more.strip()) if part)


def _verb(word: str) -> str:
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKC", _DASHES.sub("-", word)).casefold()
        if unicodedata.category(character) != "Cf"
    )
    return plain.replace("_", "-").strip("-")


def _seen(text: str) -> str:
    """A line from its first visible character; other kinds of space become plain ones."""
    start = 0
    while start < len(text) and (text[start].isspace() or unicodedata.category(text[start]) == "Cf"):
        start += 1
    return text[start:].replace("\u00a0", " ").replace("\u202f", " ")


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
