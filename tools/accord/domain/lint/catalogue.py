"""Every rule of the lint: what it asks for, and on what it rests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from accord.domain.findings import Severity

DEFAULT = "this tool's default"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the sentence that says it, its basis, how much a finding weighs, and whether outlines are held to it.

    ``basis`` is a rule of the process (R4), an ambiguity (A10), or :data:`DEFAULT`.
    """

    id: str
    asks: str
    basis: str = DEFAULT
    severity: Severity = Severity.WARNING
    outlines: bool = False


_RULES = (
    Rule(
        "wording-prescriptive",
        "The operative part uses no word of a prescriptive outcome, except in a quotation, a title, after what an "
        "instrument says, or (most words) in a negation.",
        "R4",
        outlines=True,
    ),
    Rule(
        "wording-addressee",
        "A verb such as *invites* addresses the readers that Opinions of the forum are for.",
        "R5",
        outlines=True,
    ),
    Rule("structure-points", "An outline gives its points as a list.", "A10", outlines=True),
    Rule("structure-title", "A title carries no number and ends without a sign.", outlines=True),
    Rule("structure-opening", "Before the first keyword stands `The NAME (PLACE, YEAR),`."),
    Rule("structure-preamble", "A text has a preamble.", "A10"),
    Rule("structure-operative", "A text has an operative part.", "A10"),
    Rule("structure-order", "The keywords of the preamble come before those of the operative part."),
    Rule("keyword-unknown", "A keyword is spelled as the forum spells it.", outlines=True),
    Rule(
        "keyword-form",
        "A keyword is a participle or adjective in the preamble, a verb in the present tense in the operative part.",
        outlines=True,
    ),
    Rule("keyword-empty", "Under each keyword stands a clause.", outlines=True),
    Rule("keyword-repeated", "A keyword does not come twice in a row.", outlines=True),
    Rule("keyword-plain", "A keyword that stands alone on its line is in italics."),
    Rule(
        "clause-ending",
        "A clause ends with `;` or `,`, the last before the operative part with `,`, the last of all with `.`, and one "
        "that introduces sub-clauses with `:`.",
    ),
    Rule(
        "clause-beginning",
        "A clause goes on from its keyword, so *that*, *to* and the like are written small.",
    ),
    Rule("clause-lettered", "Letters and numbers of clauses are computed, so none is typed."),
    Rule(
        "reference-form",
        "An instrument is cited in full where it comes first, with place and year as part of its number; a document as "
        "`Document 42(Add.12)`.",
        outlines=True,
    ),
    Rule(
        "acronym-undefined",
        "An acronym that the forum does not name as known is spelled out once in the text.",
        outlines=True,
    ),
    Rule(
        "operative-verb",
        "A change of an operative verb is shown apart.",
        severity=Severity.NOTE,
        outlines=True,
    ),
    Rule(
        "lint-language",
        "The words of an Opinion in another language than English are not looked at.",
        severity=Severity.NOTE,
        outlines=True,
    ),
)

CATALOGUE: Mapping[str, Rule] = MappingProxyType({rule.id: rule for rule in _RULES})
