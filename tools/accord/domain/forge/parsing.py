"""One line that begins as a command, read by the grammar: what it says, or what it misses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date
from typing import Any, get_args

from accord.domain.forge.grammar import (
    DASHES,
    FOR_USAGE,
    Command,
    Form,
    Takes,
    Vocabulary,
    Why,
    plain_verb,
    verbs,
)
from accord.domain.forge.own_words import SLASHES
from accord.domain.process.moments import parse_until
from accord.domain.record.values import Disposition

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
_AND_MORE = re.compile(
    r"\s*(?:&|\+|(?:and|et|y|or|plus|as well as)\b|[-\u2013\u2014]\s*\d|(?:to|through)\s+\d)", re.IGNORECASE
)
_OBJECTION_WORDS = r"(?:(?:my|our|the|their)\s+)?(?:objections?\s+)?(?:nos?\.\s*)?"
_OBJECTION = re.compile(_OBJECTION_WORDS + r"[`#(]*((?:[\w./-]+-)?o\d+)[`)]*(?![\w-])[.,;:!]*", re.IGNORECASE)
_ANOTHER = re.compile(rf"\s*(?:(?:[,;&+]|and\b)\s*)?{_OBJECTION.pattern}", re.IGNORECASE)
_TARGET = re.compile(
    _OBJECTION_WORDS + r"[`#(]*((?:[\w./-]+-)?o\d+|\d+|opinions?[/-][\w-]+)[`)]*(?![\w-])[.,;:!]*",
    re.IGNORECASE,
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


QUESTIONS = frozenset({"why", "recheck", "status", "help"})
_DISPOSITIONS: tuple[str, ...] = tuple(one for one in get_args(Disposition) if one != "withdrawn")


class NoCommand(Exception):
    """A line that begins as a command and is none: the rule it misses, and what could be written instead."""

    def __init__(self, why: Why, suggestion: str) -> None:
        super().__init__(why)
        self.why: Why = why
        self.suggestion = suggestion


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
    verb = plain_verb(found[0])
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
    if rest.strip(_MARKS) == "?" and form.kind not in QUESTIONS:
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
    if _OBJECTION.match(DASHES.sub("-", rest.strip())):
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
    more = _AND_MORE.match(rest, end)
    if not found or (more and form.stance == "object"):
        # An objection to something that cannot be made out is one to the whole.
        return (), rest
    return tuple(dict.fromkeys(found)), rest[end:]


def _clause(rest: str, at: int, *, named: bool) -> re.Match[str] | None:
    found = _CLAUSE_ID.match(rest, at) or _CLAUSE_NUMBER.match(rest, at)
    return found or (_CLAUSE_NAMED.match(rest, at) if named else None)


def _objection(rest: str, form: Form) -> tuple[str, str]:
    found = _OBJECTION.match(DASHES.sub("-", rest))
    if not found:
        raise NoCommand("objection-missing", form.usage)
    if _ANOTHER.match(DASHES.sub("-", rest), found.end()):
        raise NoCommand("several-objections", form.usage)
    return found[1].lower(), rest[found.end() :]


def _target(rest: str, form: Form) -> tuple[str, str]:
    found = _TARGET.match(DASHES.sub("-", rest))
    if found:
        if _ANOTHER.match(DASHES.sub("-", rest), found.end()):
            raise NoCommand("several-objections", form.usage)
        return found[1].lower() if _OBJECTION.fullmatch(found[1]) else found[1], rest[found.end() :]
    if rest:
        raise NoCommand("confirm-what", form.usage)
    return "", rest


def _until(rest: str, form: Form) -> tuple[str, str]:
    rest = DASHES.sub("-", rest.lstrip(", "))
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
    """What to write for a day among other words, or in words itself, such as `20 February 2025`."""
    usage = form.usage.replace("DATE [TIME]", "DATE")
    plain = _DATE.search(rest)
    if plain:
        return usage.replace("DATE", plain[1])
    found = _DAY_WRITTEN.match(rest)
    month = (found[2] or found[3]).lower()[:3] if found else ""
    if not found or month not in _MONTHS:
        return form.usage
    try:
        day = date(int(found[5]), _MONTHS.index(month) + 1, int(found[1] or found[4]))
    except ValueError:
        return form.usage
    return usage.replace("DATE", day.isoformat())


def _result(rest: str, form: Form) -> tuple[str, str]:
    found = _RESULT.match(DASHES.sub("-", rest))
    if not found:
        raise NoCommand("result-unreadable", form.usage)
    said = found[1].lower()
    result = "rough" if "rough" in said else "not agreed" if said.startswith("not") else "agreed"
    return result, rest[found.end() :]


def _disposition(rest: str, form: Form) -> tuple[str, str]:
    plain = re.sub(r"[\s-]+", "-", DASHES.sub("-", rest)).lower()
    for disposition in _DISPOSITIONS:
        if re.match(rf"{disposition}(?!\w)", plain):
            words = disposition.split("-")
            found = re.match(r"[\s\W]+".join(words), rest, re.IGNORECASE)
            if found:
                return disposition, rest[found.end() :]
    raise NoCommand("disposition-unknown", form.usage)


def _finding(rest: str, form: Form) -> tuple[str, str]:
    found = _FINDING.match(DASHES.sub("-", rest))
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
    return plain_verb(word.strip(SLASHES + _QUOTES + _MARKS))


def _joined(rest: str, more: str) -> str:
    return "\n\n".join(part for part in (rest, more.strip()) if part)


def _seen(text: str) -> str:
    """A line from its first visible character; other kinds of space become plain ones."""
    start = 0
    while start < len(text) and (text[start].isspace() or unicodedata.category(text[start]) == "Cf"):
        start += 1
    return text[start:].replace("\u00a0", " ").replace("\u202f", " ")
