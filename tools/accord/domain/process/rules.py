"""The rules of agreement as data: what consensus gates, who may withhold it, and what a preset allows."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from enum import Enum

from accord.domain.canonical import fact_digest


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
class Rules:
    """One resolved set of rules. Days are whole days; 0 for a count means that none is asked for.

    `withholding_categories` names the categories whose entities may withhold consensus (C2);
    `needs_support` is how many entities must have said `support` or `accept`: with 0, silence is agreement;
    `breadth_categories` and `breadth_entities` are of how many categories and entities that support must come (C8).
    """

    name: str
    gates: tuple[Gated, ...]
    withholding_categories: tuple[str, ...]
    blocking_positions: tuple[str, ...]
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

    @property
    def silence_is_agreement(self) -> bool:
        """Whether a text can be ready without anybody having spoken for it."""
        return self.needs_support == 0

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
