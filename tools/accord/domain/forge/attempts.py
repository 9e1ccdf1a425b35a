"""What looks like a command and is none: why, what to write instead, and whether an objection may be meant (C6, C12).

Whoever tried is answered once. What may be an objection is never lost over a slip of the fingers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import get_args

from accord.domain.forge.grammar import FOR_USAGE, Vocabulary, Why, verbs
from accord.domain.forge.own_words import CODE, SLASHES, Line, Where
from accord.domain.forge.parsing import head, is_known
from accord.domain.record.values import Stance

_MEANT: Mapping[str, Stance] = {
    **dict.fromkeys(
        ("approve", "approved", "lgtm", "ack", "agree", "agreed", "support", "supported", "supports", "endorse", "yes",
         "+1", "appuyer", "soutenir", "apoyar", "apoyo"),
        "support",
    ),
    **dict.fromkeys(("accept", "accepted", "ok", "okay", "fine", "no-objection", "no-objections"), "accept"),
    **dict.fromkeys(("abstain", "abstained", "abstention", "neutral", "recuse", "0"), "abstain"),
    **dict.fromkeys(("reserve", "reserved", "reservation", "statement"), "reserve"),
    **dict.fromkeys(
        ("object", "objection", "objects", "objected", "objecting", "oppose", "opposed", "opposition", "block",
         "blocked", "blocking", "veto", "reject", "rejected", "refuse", "disagree", "against", "nack", "nak", "no",
         "deny", "decline-text", "hold", "discuss", "concern", "disapprove", "-1", "objecter", "opposer", "objetar",
         "objeto", "oponer", "rechazar"),
        "object",
    ),
}  # fmt: skip
_ALSO: Mapping[str, str] = {
    "close": "withdraw", "retract": "withdraw", "cancel": "withdraw", "sign": "cosign", "explain": "why",
    "retest": "recheck", "rerun": "recheck", "refresh": "recheck", "commands": "help", "resolve": "met",
    "resolved": "met",
}  # fmt: skip
_BARE = frozenset(
    {"support", "accept", "abstain", "reserve", "object", "withdraw", "cosign", "lgtm", "approve", "approved", "agreed",
     "objection", "oppose", "veto", "nack", "nak", "disagree"}
)  # fmt: skip
_LONGEST = 24
_AHEAD = 80  # characters after a slash that are looked at: more than any verb has
_WORD = re.compile(r"[^\W_][\w-]*")
_BARE_LINE = re.compile(r"([^\W\d_][\w-]*)[\s.!,;:]*")
_BARE_OBJECT = re.compile(
    r"(object|objection|oppose|opposed|veto|disagree)\b\s*(?:$|[:,.!\u2013\u2014-]|(?:on|to|against|sur|sobre|because)\b"
    r"|c-[a-z2-7]{6}\b|\d+\.\d)",
    re.IGNORECASE,
)
_PLUS = re.compile(r"(?<![\w+.])\+1(?![\w.,%]*\d|\w|%| ?\d)")
_MINUS = re.compile(r"[-\u2013\u2212]1(?![\w.,%]*\d|\w|%| ?\d)")
_THUMBS: Mapping[str, Why] = {"\U0001f44d": "plus-one", "\U0001f44e": "minus-one"}
_OTHER_SLASH = re.compile(r"(?:[/\uff0f]{2,}|\\{1,2}|[|!])\s*(?=[^\W\d_])|[/\uff0f]\s+(?=[^\W\d_])")
_JOINED = re.compile(rf"[{SLASHES}]([^\W\d_]+)[-/_.:=#]?\d")
_AFTER = re.compile(
    r"(?:^@[\w./-]+|[.!?\u2026)\ufffc]|^[^\w/]*)[\s\"'*_\u201c\u2018\u00ab]*(?=[/\uff0f][^\W\d_])"
)
_SLASHED = re.compile(rf"(?<![\w/.])[{SLASHES}][^\W\d_][\w-]*")
_PLACES: Mapping[Where, Why] = {
    Where.ASIDE: "command-in-list",
    Where.QUOTATION: "command-in-quotation",
    Where.MAIL: "command-in-quotation",
    Where.HTML: "command-in-html",
    Where.CODE: "command-in-code",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Words that were ignored: why, as a rule key; what to write instead ("" if nothing); whether they may be an
    objection, which then withholds readiness until its author confirms or takes it back (C6).
    """

    line: int
    words: str
    why: Why
    suggestion: str = ""
    objection: bool = False


def attempt_in(line: Line, vocabulary: Vocabulary) -> Attempt | None:
    """The attempt in a line that holds no command, or None: what people only mention is none."""
    if line.where is not Where.PLAIN or line.goes_on:
        return _elsewhere(line, vocabulary)
    return _slashed(line, vocabulary) or _displaced(line, vocabulary) or _without_slash(line, vocabulary)


def failed(line: Line, verb: str, why: Why, suggestion: str, vocabulary: Vocabulary) -> Attempt:
    """The attempt in a line that began as a command and was none."""
    objection = _objects(verb, vocabulary)
    if verb in ("for", "confirm"):
        objection = any(_says_object(word.casefold(), vocabulary) for word in _WORD.findall(line.prose)[1:])
    return Attempt(line=line.number, words=line.typed, why=why, suggestion=suggestion, objection=objection)


def second_on_a_line(line: Line, vocabulary: Vocabulary) -> Attempt | None:
    """A further command in a line that began with one: each stands on a line of its own."""
    for found in islice(_SLASHED.finditer(line.prose), 1, None):
        begun = head(line.prose[found.start() : found.start() + _AHEAD])
        if begun and (is_known(begun[0], vocabulary) or _objects(begun[0], vocabulary)):
            return _attempt(line, begun[0], "command-not-first", vocabulary)
    return None


def _slashed(line: Line, vocabulary: Vocabulary) -> Attempt | None:
    """A slash at the beginning with a word that is no command of these rules."""
    begun = head(line.prose)
    if begun is None:
        return None
    verb = begun[0]
    if verb in get_args(Stance):
        return _attempt(line, verb, "command-not-of-these-rules", vocabulary)
    misspelt = verb not in _MEANT and _nearest(verb, vocabulary)
    return _attempt(line, verb, "command-misspelt" if misspelt else "command-unknown", vocabulary)


def _displaced(line: Line, vocabulary: Vocabulary) -> Attempt | None:
    """A command behind other words or marks, or with something else for its slash."""
    prose = line.prose
    other = _OTHER_SLASH.match(prose)
    joined = _JOINED.match(prose)
    if other or joined:
        begun = (joined[1].casefold(), "") if joined else head("/" + prose[other.end() :]) if other else None
        return (
            _attempt(line, begun[0], "command-misspelt", vocabulary)
            if begun and _means(begun[0], vocabulary)
            else None
        )
    for found in _AFTER.finditer(prose):
        begun = head(prose[found.end() : found.end() + _AHEAD])
        if begun and _means(begun[0], vocabulary):
            marks = found.start() == 0 and not _WORD.search(found[0]) and CODE not in found[0]
            return _attempt(line, begun[0], "command-in-marks" if marks else "command-not-first", vocabulary)
    return None


def _without_slash(line: Line, vocabulary: Vocabulary) -> Attempt | None:
    """A line that is nothing but a word of the rules, `+1`, `-1`, or a thumb."""
    prose = line.prose.strip("*_ \t")
    if not line.begins:
        return None
    if (objecting := _BARE_OBJECT.match(prose)) and (":" in prose or not prose.endswith("?")):
        return _attempt(line, objecting[1].casefold(), "command-without-slash", vocabulary)
    bare = _BARE_LINE.fullmatch(prose)
    if bare:
        word = bare[1].casefold()
        names = {one.name.casefold() for one in vocabulary.positions if len(one.name) > len("yes")}
        if word in _BARE | names:
            return _attempt(line, word, "command-without-slash", vocabulary)
    for thumb, why in _THUMBS.items():
        if prose.startswith(thumb) and not _WORD.search(prose):
            return _attempt(line, "-1" if why == "minus-one" else "+1", why, vocabulary)
    if _MINUS.match(prose):
        return _attempt(line, "-1", "minus-one", vocabulary)
    if _PLUS.search(prose):
        return _attempt(line, "+1", "plus-one", vocabulary)
    return None


def _elsewhere(line: Line, vocabulary: Vocabulary) -> Attempt | None:
    """A command where none can stand: in a list, under an answered mail, inside markup."""
    begun = head(line.prose)
    if begun is None or not _means(begun[0], vocabulary):
        return None
    return _attempt(line, begun[0], _PLACES.get(line.where, "command-not-first"), vocabulary)


def _attempt(line: Line, verb: str, why: Why, vocabulary: Vocabulary) -> Attempt:
    return Attempt(
        line=line.number,
        words=line.typed,
        why=why,
        suggestion=_suggestion(verb, vocabulary),
        objection=_objects(verb, vocabulary),
    )


def _suggestion(verb: str, vocabulary: Vocabulary) -> str:
    """The usage of the command that was probably meant, or ""."""
    known = verbs(vocabulary)
    if verb in known:
        return known[verb][0].usage
    stance = _MEANT.get(verb)
    word = (
        (vocabulary.word_for(stance) if stance else "") or _ALSO.get(verb, "") or _nearest(verb, vocabulary)
    )
    if word in _MEANT and word not in known:
        word = vocabulary.word_for(_MEANT[word])
    if word == "for":
        return FOR_USAGE
    forms = known.get(word.casefold())
    return forms[0].usage if forms else ""


def _objects(verb: str, vocabulary: Vocabulary) -> bool:
    """Whether a word, well spelt or not, may be meant as an objection."""
    for position in vocabulary.positions:
        if position.name.casefold() == verb:
            return position.means == "object"
    if is_known(verb, vocabulary):
        return False
    if verb in _MEANT:
        return _MEANT[verb] == "object"
    nearest = _nearest(verb, vocabulary)
    meant = next((one.means for one in vocabulary.positions if one.name.casefold() == nearest), None)
    return (meant or _MEANT.get(nearest)) == "object"


def _says_object(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word, as it is spelt, is one of objection."""
    return _MEANT.get(word) == "object" or any(
        one.means == "object" and one.name.casefold() == word for one in vocabulary.positions
    )


def _means(verb: str, vocabulary: Vocabulary) -> bool:
    """Whether a word is a command, or would be one but for a slip."""
    return is_known(verb, vocabulary) or verb in _MEANT or _objects(verb, vocabulary)


def _nearest(verb: str, vocabulary: Vocabulary) -> str:
    """The known word that is spelt most like another, words of objection first; "" if none comes near."""
    if not 3 <= len(verb) <= _LONGEST:
        return ""
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extractOne

    objecting = [word for word, stance in _MEANT.items() if stance == "object" and len(word) > len("hold")]
    known = ["for", *(one.casefold() for one in verbs(vocabulary))]
    rest = [word for word in _MEANT if len(word) > len("hold")]
    for words, cutoff in ((known, 85), (objecting, 75), (known, 75), (rest, 80)):
        if close := extractOne(verb, words, scorer=ratio, score_cutoff=cutoff):
            return str(close[0])
    return ""


def slash_free(prose: str) -> str:
    """Prose in which a command that is only mentioned reads as its word."""
    return _SLASHED.sub(lambda found: found[0].lstrip(SLASHES), prose)
