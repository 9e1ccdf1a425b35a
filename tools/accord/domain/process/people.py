"""The list of nominated experts: dated entries, and the list as it stood at a moment (R12, R13, R14)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import Enum
from typing import TypeVar

from accord.domain.process.moments import day_start, deadline


class Capacity(Enum):
    """In what capacity an expert takes part (A12): both the entity and this are kept."""

    ENTITY = "entity"
    PERSONAL = "personal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """The days an entry holds: from the first instant of `first` through the whole of `last`, or open-ended."""

    first: date
    last: date | None = None

    def holds(self, moment: datetime, zone: tzinfo) -> bool:
        """Whether the entry holds at a moment; days are those of the process zone."""
        return day_start(self.first, zone) <= moment and (
            self.last is None or moment < deadline(self.last, zone)
        )

    def overlaps(self, other: Term) -> bool:
        """Whether both hold on some day."""
        return (other.last is None or self.first <= other.last) and (
            self.last is None or other.first <= self.last
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """An SSH public key (``ssh-ed25519 AAAA...``) and the days it holds; it holds only while its entry does."""

    public: str
    term: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A nominating entity: it has one voice (C3), a category, and passes its objections to `successors` (C2)."""

    id: str
    name: str
    category: str
    term: Term
    country: str = ""
    region: str = ""
    successors: tuple[str, ...] = ()
    invented: bool = False

    @property
    def shown(self) -> str:
        """Its name as people see it: an invented entity says so, wherever it appears."""
        marked = not self.invented or self.name.endswith("(invented)")
        return self.name if marked else f"{self.name} (invented)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expert:
    """A nominated expert. `account` is the numeric account id, absent for those without an account."""

    name: str
    entity: str
    term: Term
    account: int | None = None
    login: str = ""
    country: str = ""
    active_in_own_country: bool = False
    gender: str = ""
    capacity: Capacity = Capacity.ENTITY
    nominated: date | None = None
    late_reason: str = ""
    keys: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chair:
    """Somebody who may declare consensus; `entity` is said wherever it is also the source (C9)."""

    name: str
    term: Term
    account: int | None = None
    login: str = ""
    entity: str | None = None
    keys: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Secretary:
    """A member of the secretariat, who cuts drafts and speaks for those without an account (R28, C14)."""

    name: str
    term: Term
    account: int | None = None
    login: str = ""
    keys: tuple[Key, ...] = ()


Dated = TypeVar("Dated", Entity, Expert, Chair, Secretary)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertsList:
    """Every entry there ever was; :meth:`at` gives the list as it stood at a moment."""

    zone: tzinfo
    entities: tuple[Entity, ...] = ()
    experts: tuple[Expert, ...] = ()
    chairs: tuple[Chair, ...] = ()
    secretariat: tuple[Secretary, ...] = ()

    def heirs(self, entity_id: str, moment: datetime) -> tuple[str, ...]:
        """Who speaks for an entity at a moment: itself while it is on the list, else its named successors.

        C2. Successor after successor is followed; an entity that split has several. Empty when nobody is left.
        """
        view = self.at(moment)
        out: list[str] = []
        waiting, asked = [entity_id], {entity_id}
        while waiting:
            one = waiting.pop(0)
            if view.entity(one) is not None:
                out.append(one)
                continue
            entries = [entity for entity in self.entities if entity.id == one]
            named = next((entity.successors for entity in reversed(entries) if entity.successors), ())
            waiting += [name for name in named if name not in asked]
            asked.update(named)
        return tuple(out)

    def at(self, moment: datetime) -> ExpertsView:
        """Only the entries that hold at a moment."""
        return ExpertsView(
            entities=self._holding(self.entities, moment),
            experts=self._holding(self.experts, moment),
            chairs=self._holding(self.chairs, moment),
            secretariat=self._holding(self.secretariat, moment),
        )

    def _holding(self, entries: Sequence[Dated], moment: datetime) -> tuple[Dated, ...]:
        return tuple(entry for entry in entries if entry.term.holds(moment, self.zone))

    def known_entities(self) -> tuple[str, ...]:
        """Ids of all entities there ever were, for suggestions."""
        return tuple(dict.fromkeys(entity.id for entity in self.entities))


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertsView:
    """The list of nominated experts at one moment."""

    entities: tuple[Entity, ...] = ()
    experts: tuple[Expert, ...] = ()
    chairs: tuple[Chair, ...] = ()
    secretariat: tuple[Secretary, ...] = ()

    def entity(self, entity_id: str) -> Entity | None:
        """The entity of that id, or None if the list doesn't have it now."""
        return next((entity for entity in self.entities if entity.id == entity_id), None)

    def expert(self, account: int) -> Expert | None:
        """The expert with that account, or None."""
        return next((expert for expert in self.experts if expert.account == account), None)

    def entity_of(self, account: int) -> Entity | None:
        """The entity that nominated the expert with that account, or None for anybody else."""
        expert = self.expert(account)
        return self.entity(expert.entity) if expert else None

    def experts_of(self, entity_id: str) -> tuple[Expert, ...]:
        """The experts nominated by an entity."""
        return tuple(expert for expert in self.experts if expert.entity == entity_id)

    def category(self, entity_id: str) -> str | None:
        """The category of an entity, or None for a stranger."""
        entity = self.entity(entity_id)
        return entity.category if entity else None

    def chair(self, account: int) -> Chair | None:
        """The chair with that account, or None."""
        return next((chair for chair in self.chairs if chair.account == account), None)

    def secretary(self, account: int) -> Secretary | None:
        """The member of the secretariat with that account, or None."""
        return next((one for one in self.secretariat if one.account == account), None)

    def is_chair(self, account: int) -> bool:
        return self.chair(account) is not None

    def is_secretariat(self, account: int) -> bool:
        return self.secretary(account) is not None

    def balance(self) -> Balance:
        """Counts of experts, for people to judge whether the group is balanced: no threshold is given (R14, A13)."""
        entities = {entity.id: entity for entity in self.entities}
        homes = [entities.get(expert.entity) for expert in self.experts]
        return Balance(
            experts=len(self.experts),
            by_region=_counts(home.region if home else "" for home in homes),
            by_category=_counts(home.category if home else "" for home in homes),
            by_gender=_counts(expert.gender for expert in self.experts),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """How many experts there are, by region, category and gender; `not stated` where nothing is given."""

    experts: int
    by_region: tuple[tuple[str, int], ...]
    by_category: tuple[tuple[str, int], ...]
    by_gender: tuple[tuple[str, int], ...]


def _counts(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counted = Counter(value or "not stated" for value in values)
    return tuple(sorted(counted.items(), key=lambda item: (item[0] == "not stated", item[0])))
