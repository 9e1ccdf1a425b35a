"""What a set of rules of agreement means, in sentences for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from accord.domain.process.forum import Forum
from accord.domain.process.rules import ChangeInCall, Rules, Share

Sentence = tuple[str, str]


def sentences(rules: Rules, forum: Forum) -> list[Sentence]:
    """Every sentence with the number of its rule, in the order of the numbers."""
    return [
        *_gated(rules),
        *_who(rules, forum),
        *_words(rules, forum),
        *_objections(rules),
        *_call(rules),
        *_ready(rules),
        *_declared(rules),
    ]


def _gated(rules: Rules) -> Iterator[Sentence]:
    match rules.gates_opinions(), rules.gates_report():
        case True, True:
            yield "C1", "Opinions and the Report need consensus."
        case True, False:
            yield (
                "C1",
                "Opinions need consensus. Objections to the Report are tracked and shown, and do not block it.",
            )
        case False, True:
            yield (
                "C1",
                "The Report needs consensus. Objections to Opinions are tracked and shown, and do not block them.",
            )
        case _:
            yield "C1", "Nothing needs consensus: positions are tracked and shown."


def _who(rules: Rules, forum: Forum) -> Iterator[Sentence]:
    found = (forum.category(one) for one in rules.withholding_categories)
    names = [category.label for category in found if category is not None]
    listed = f"entities listed for the {forum.experts_name}, of these categories: {_listed(names)}"
    yield "C2", f"Consensus can be withheld by {listed}."
    yield "C2", "Everybody else is heard and shown."
    yield (
        "C3",
        "An entity has one voice. The source, and a co-signer before it has confirmed, hold no position.",
    )


def _words(rules: Rules, forum: Forum) -> Iterator[Sentence]:
    labels = [one.label or forum.positions.get(one.name, one.name) for one in rules.positions]
    yield "C4", f"What can be said: {_listed(labels)}."
    withholding = [
        one.label or forum.positions.get(one.name, one.name)
        for one in rules.positions
        if one.means == "object"
    ]
    recusing = [one.label or one.name for one in rules.positions if one.recuses]
    reason = " with a reason" if rules.objection_needs_reason else ", with or without a reason,"
    yield "C4", f"One “{' or '.join(withholding)}”{reason} withholds consensus."
    if recusing:
        yield "C4", f"Who says “{' or '.join(recusing)}” is not counted among those asked."
    yield (
        "C5",
        "A position holds for the clauses it was given on while they read the same, and for no other wording.",
    )


def _objections(rules: Rules) -> Iterator[Sentence]:
    ways = ["its owner withdraws it", "its owner confirms that a change met it"]
    if rules.objections_may_lapse:
        ways.append(f"its owner does not answer a recorded request within {_days(rules.lapse_days)}")
    if rules.set_aside_allowed:
        ways.append("a chair sets it aside with a reason")
    yield "C6", f"An objection ends only when {_listed(ways, 'or')}."
    if not rules.objections_may_lapse and not rules.set_aside_allowed:
        yield "C6", "Nobody overrules it, and it never lapses."
    if rules.escalate_days:
        yield (
            "C6",
            f"One that still stands after {_days(rules.escalate_days)} goes to the chairs, with its dates.",
        )


def _call(rules: Rules) -> Iterator[Sentence]:
    if not rules.call_required:
        yield "C7", "No call is needed."
        return
    yield (
        "C7",
        f"A chair opens a call. It lasts {_days(rules.minimum_call_days)} or longer, to the end of a day.",
    )
    yield (
        "C7",
        {
            ChangeInCall.RESTART: "When the text changes during the call, the clock starts again in full.",
            ChangeInCall.REFUSE: "No change of the text is taken during the call.",
            ChangeInCall.HOLD: "When the text changes during the call, the clock runs on, and nothing is ready "
            "until the text reads as it did.",
        }[rules.change_in_call],
    )


def _ready(rules: Rules) -> Iterator[Sentence]:
    if rules.needs_support:
        positive = [
            one.label or one.name for one in rules.positions if one.means in rules.supporting_positions
        ]
        yield (
            "C8",
            f"{_entities(rules.needs_support)} must have said “{' or '.join(positive)}” of the text as it reads.",
        )
    if rules.needs_share != Share():
        share = f"{rules.needs_share.numerator} in {rules.needs_share.denominator}"
        least = f"more than {share}" if rules.needs_share.more else f"at least {share}"
        yield "C8", f"Of all that may withhold consensus, {least} must be for the text as it reads."
    if rules.may_be_silent is not None:
        yield (
            "C8",
            f"Of all that may withhold consensus, at most {rules.may_be_silent} may have said nothing.",
        )
    if rules.breadth_categories:
        yield "C8", f"Support must come from {rules.breadth_categories} categories or more."
    if rules.breadth_entities:
        yield "C8", f"Support must come from {_entities(rules.breadth_entities)} or more."
    if rules.needs_support == 0 and rules.needs_share == Share() and rules.may_be_silent is None:
        yield "C8", "Silence is agreement: no words of support are asked for."
    yield "C8", "What is missing, outdated or undetermined is never ready."


def _declared(rules: Rules) -> Iterator[Sentence]:
    yield "C9", "The tool finds readiness; a chair declares the result."
    if rules.rough_allowed:
        yield (
            "C9",
            "A chair may declare rough consensus in spite of objections, with a reason that is shown with the result.",
        )
    else:
        yield "C9", "A result is declared only when nothing is missing."


def _days(count: int) -> str:
    return f"{count} day{'s' if count != 1 else ''}"


def _entities(count: int) -> str:
    return f"{count} entit{'ies' if count != 1 else 'y'}"


def _listed(names: Sequence[str], last: str = "and") -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"
