"""The rules of agreement as data: what consensus gates, who may withhold it, and what a preset allows."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from enum import Enum
from fractions import Fraction
from math import ceil, floor

from accord.domain.canonical import fact_digest
from accord.domain.record.values import Stance


class ChangeInCall(Enum):
    """What happens when the text changes during or after a call (C7)."""

    RESTART = "restart"
    REFUSE = "refuse"
    HOLD = "hold"


class Cutoff(Enum):
    """Until when a new Opinion may be presented without a chair's consent (A6)."""

    STRICT = "strict"
    MEETING = "meeting"
    FINAL = "final"


class PublicOutside(Enum):
    """What happens to the public's input outside a public consultation (A8)."""

    HOLD = "hold"
    ADMIT = "admit"


class Gated(Enum):
    """What consensus can gate (C1)."""

    OPINIONS = "opinions"
    REPORT = "report"


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionName:
    """A word that can be said under these rules, and what it means (C4).

    One that ``recuses`` is no longer among those that the rules ask.
    """

    name: str
    means: Stance
    label: str = ""
    recuses: bool = False


STANDARD_POSITIONS: tuple[PositionName, ...] = (
    PositionName(name="support", means="support"),
    PositionName(name="accept", means="accept"),
    PositionName(name="abstain", means="abstain"),
    PositionName(name="reserve", means="reserve"),
    PositionName(name="object", means="object"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of those that the rules ask, as in "2/3" (at least) or "more than 1/2"."""

    numerator: int = 0
    denominator: int = 1
    more: bool = False

    def of(self, asked: int) -> int:
        """How many of ``asked`` entities that comes to."""
        part = asked * Fraction(self.numerator, self.denominator)
        if not asked or not part:
            return 0
        return floor(part) + 1 if self.more else ceil(part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """One resolved set of rules. Days are whole days; 0 for a count means that none is asked for.

    `withholding_categories` names the categories whose entities may withhold consensus (C2);
    `positions` are the words that can be said (C4);
    `needs_support` is how many entities must have said one of `supporting_positions`: with 0, silence is agreement;
    `needs_share` is the share of those asked that must have said `support` or `accept`, and `may_be_silent` how many
    of them may have said nothing (None for any number), those that recused themselves left out of both;
    `breadth_categories` and `breadth_entities` are of how many categories and entities the support must come (C8);
    `escalate_days` after it was raised an objection that still stands goes to the chairs (0 for never).
    """

    name: str
    gates: tuple[Gated, ...]
    withholding_categories: tuple[str, ...]
    objection_needs_reason: bool
    minimum_call_days: int
    call_required: bool
    change_in_call: ChangeInCall
    objections_may_lapse: bool
    lapse_days: int
    set_aside_allowed: bool
    rough_allowed: bool
    needs_support: int
    breadth_categories: int
    breadth_entities: int
    correction_days: int
    new_opinion_cutoff: Cutoff
    public_outside_consultation: PublicOutside
    positions: tuple[PositionName, ...] = STANDARD_POSITIONS
    supporting_positions: tuple[Stance, ...] = ("support", "accept")
    needs_share: Share = Share()
    may_be_silent: int | None = None
    escalate_days: int = 0

    def position(self, name: str) -> PositionName | None:
        """The position of that name, or None."""
        return next((one for one in self.positions if one.name == name), None)

    def gates_opinions(self) -> bool:
        return Gated.OPINIONS in self.gates

    def gates_report(self) -> bool:
        return Gated.REPORT in self.gates

    def may_withhold(self, category: str) -> bool:
        """Whether entities of a category may withhold consensus (C2)."""
        return category in self.withholding_categories

    def to_json(self) -> dict[str, object]:
        """The rules as plain JSON values, in a stable order."""
        plain: dict[str, object] = {}
        for name, value in asdict(self).items():
            if isinstance(value, tuple):
                plain[name] = [one.value if isinstance(one, Enum) else one for one in value]
            else:
                plain[name] = value.value if isinstance(value, Enum) else value
        return plain

    @property
    def digest(self) -> str:
        """`sha256:` and 64 hexadecimal digits over the canonical JSON of the rules (C7)."""
        return "sha256:" + fact_digest(self.to_json())


FIELDS: tuple[str, ...] = tuple(field.name for field in fields(Rules) if field.name != "name")
