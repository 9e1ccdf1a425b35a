"""What every format of the negotiating view says about a place, in the same words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

from accord.domain.process.moments import show_day
from accord.domain.text.clauses import ROWS, Clause, Kind
from accord.render.document_sheet import sign
from accord.render.negotiation.model import (
    Alternative,
    NegotiatedFile,
    Negotiation,
    Place,
    Proposer,
    TypedBracket,
)
from accord.render.redline_words import UNSEEN

TITLE = "Negotiating text"
_AS_IT_READS = (
    "[Words in brackets] are the text as it reads where somebody proposes something else, or brackets that stand in "
    "the text itself."
)
_PROPOSED = (
    "[Arcadia: words] are words that Arcadia proposes there, and no part of the text. Several proposals for one "
    "place are alternatives with letters: [A, Arcadia: ...] [B, Lyrania: ...]."
)
_MARKS = (
    "ADD is new text, MOD other words, SUP asks that the clause go, NOC that it stay as it reads. The order, proposals "
    "before views and then by number, says nothing of their weight."
)
HOW_TO_READ = (
    "Words without brackets are not in question: that is how the text reads.",
    _AS_IT_READS,
    _PROPOSED,
    _MARKS,
)


def lead(alternative: Alternative) -> str:
    """Whose words they are, with the letter of the alternative: `A, Arcadia`."""
    sources = ", ".join(alternative.sources)
    return f"{alternative.letter}, {sources}" if alternative.letter else sources


def asked(alternative: Alternative) -> str:
    """What it asks for, and who: `A: MOD proposed by Arcadia`."""
    letter = f"{alternative.letter}: " if alternative.letter else ""
    what = {
        "SUP": "SUP (the clause goes)",
        "structure": "another level or list (the words stay)",
        "moved": f"moved (to stand {alternative.to})",
        "moved + MOD": f"moved (to stand {alternative.to}) and MOD",
    }.get(alternative.mark, alternative.mark)
    return f"{letter}{what} proposed by {', '.join(alternative.sources)}"


def behind(one: Proposer) -> Iterator[str]:
    """Sentences on a contribution: what it is, how it stands, what it needs; then what bears on it."""
    sort = ", ".join(
        filter(None, (one.input_class if one.input_class != "not derived" else "", one.category))
    )
    yield f"Contribution {one.number}{f' ({sort})' if sort else ''}, “{one.title}”: {one.said}. {one.needs}"
    if one.reasons:
        yield f"Reasons: “{' '.join(one.reasons.split())}”"
    if one.amends is not None:
        yield f"It amends contribution {one.amends}, and stands or falls with it."
    if one.older:
        yield "It was written on a text that read differently here."
    if not one.fits:
        yield "It no longer fits the text as it reads: its source hands in a version written on the newest text."
    yield from (f"Objection {objection}." for objection in one.objections)
    if one.outdated:
        yield f"Said on another reading, and outdated here: experts nominated by {', '.join(one.outdated)}."


def about(place: Place, view: Negotiation) -> Iterator[str]:
    """Sentences on a place beside its alternatives: who goes together, who insists, brackets in the text."""
    for one in place.together:
        yield f"Contributions {listed(one.numbers)} can go in together; it then reads: “{one.text}”"
    for insisting in place.insisting:
        yield f"NOC asked for by {insisting.who}: {insisting.words}"
    for bracket in place.brackets:
        yield f"{typed(bracket)}, {age(bracket, view)}. {bracket.lift}"


def typed(bracket: TypedBracket) -> str:
    """A bracket of the text and who brought it."""
    until = f" (closes in {bracket.until})" if bracket.until else ""
    alone = "" if bracket.paired else ", which has no partner"
    return f"Bracket in the text {bracket.text}{until}{alone}, brought by {bracket.owner}"


def age(bracket: TypedBracket, view: Negotiation) -> str:
    """Since when it has been in the text."""
    return age_words(bracket.since, bracket.draft, view.moment, view.zone)


def age_words(since: datetime | None, draft: str, moment: datetime, zone: tzinfo) -> str:
    """Since when something has been in the text, for how many days, and which draft first had it."""
    if since is None:
        return "since when is not known"
    first = f"first in {draft}" if draft else "in no draft yet"
    return f"here since {show_day(since.astimezone(zone).date())}, {counted((moment - since).days, 'day')}, {first}"


def shown(text: str) -> str:
    """What somebody wrote, on one line; a sign that nobody sees or that turns the line around shows by its code."""
    return UNSEEN.sub(lambda found: f"(U+{ord(found[0]):04X})", " ".join(text.split()))


def printed(clause: Clause, keyword: str, *, opinion: bool) -> str:
    """The number, letter or dash before a clause; "" for none."""
    if clause.kind in (Kind.KEYWORD, Kind.FRONT, Kind.CAPTION) or clause.kind in ROWS:
        return ""
    if clause.kind is Kind.FOOTNOTE:
        notes = [frame.removeprefix("note:") for frame in clause.frames if frame.startswith("note:")]
        return f"Note {notes[-1]}:" if notes else ""
    if clause.kind is Kind.ITEM and clause.frames and clause.frames[-1] == "bullet":
        return "\u2013"
    number = sign(clause.label, keyword) if opinion else clause.label
    return number.split(" ")[-1] if clause.kind is Kind.ITEM else number


def shows(file: NegotiatedFile) -> Iterator[Place]:
    """The places of a file that are printed: its title stands above, the front matter only where it is in question."""
    titled = file.opinion
    for place in file.places:
        clause = place.clause
        if not place.open and clause is not None:
            if clause.kind is Kind.FRONT:
                continue
            if clause.kind is Kind.HEADING and clause.level == 1 and not titled:
                titled = True
                continue
        yield place


def counted(number: int, what: str) -> str:
    """`1 day`, `3 days`."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def listed(numbers: Sequence[int]) -> str:
    """`1`, `1 and 2`, `1, 2 and 3`."""
    names = [str(number) for number in numbers]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def summary(view: Negotiation) -> str:
    """How much is open."""
    places = view.open
    if not places:
        return "Nothing is in question: no proposal for the text is open, and no bracket stands in it."
    alternatives = sum(len(place.alternatives) for place in places)
    brackets = sum(len(place.brackets) for place in places)
    files = sum(any(place.open for place in file.places) for file in view.files)
    return (
        f"{counted(len(places), 'place')} in {counted(files, 'text')} in question: "
        f"{counted(alternatives, 'proposed reading')}, {counted(brackets, 'bracket')} in the text itself."
    )


def entry(place: Place) -> str:
    """A place in the contents: what is in question there."""
    said = []
    for alternative in place.alternatives:
        letter = f"{alternative.letter}: " if alternative.letter else ""
        number = "contribution" if len(alternative.numbers) == 1 else "contributions"
        said.append(f"{letter}{alternative.mark}, {number} {listed(alternative.numbers)}")
    if place.brackets:
        said.append(f"{counted(len(place.brackets), 'bracket')} in the text")
    return "; ".join(said)
