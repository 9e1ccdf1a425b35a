"""The forum as data: categories, classes, themes, kinds, dispositions and the words shown. No forum in code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from accord.domain.process.drafting import Drafting


class InputClass(Enum):
    """How the input of a category is called (R9)."""

    PROPOSAL = "proposal"
    VIEW = "view"


class Sender(Enum):
    """Who may send a kind of contribution."""

    ANYONE = "anyone"
    SECRETARIAT = "secretariat"


class Matter(Enum):
    """What a kind of contribution is about, which decides the rules that apply to it."""

    REPORT = "report"
    OPINIONS = "opinions"
    ANY = "any"


class State(Enum):
    """Where a contribution stands; computed, never stored. Its words for people are in forum.yaml."""

    RECEIVED = "received"
    RETURNED = "returned"
    HELD = "held"
    REFUSED = "refused"
    UNDETERMINED = "undetermined"
    OPEN = "open"
    IN_CALL = "in-call"
    READY = "ready"
    NOT_YET_AGREED = "not-yet-agreed"
    AGREED = "agreed"
    AD_REFERENDUM = "agreed-ad-referendum"
    NOT_AGREED = "not-agreed"
    TO_BE_CONFIRMED = "to-be-confirmed"
    CONTESTED = "contested"
    REOPENED = "reopened"
    ADOPTED = "adopted"
    DISPOSED = "disposed"
    WITHDRAWN = "withdrawn"


class Disposition(Enum):
    """How a contribution ends before the next draft (R25). Its words for people are in forum.yaml."""

    INCORPORATED = "incorporated"
    REFLECTED_IN_PART = "reflected-in-part"
    NOTED = "noted"
    NOT_RETAINED = "not-retained"
    CARRIED_OVER = "carried-over"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A stakeholder category, the class of its input (R9), and whether it nominates experts (R12)."""

    id: str
    label: str
    input_class: InputClass
    nominates: bool
    public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One of the themes the Council set (R1); `secretariat_only` marks those that others may not choose."""

    id: str
    label: str
    secretariat_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of contribution. `public` says whether the public may send it while a public consultation is open."""

    id: str
    label: str
    matter: Matter = Matter.ANY
    sender: Sender = Sender.ANYONE
    public: bool = False
    presents_opinion: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Forum:
    """Everything that another forum would change: names, categories, themes, kinds, words."""

    name: str
    short_name: str
    experts_name: str
    page: str
    notice: str
    categories: tuple[Category, ...]
    themes: tuple[Theme, ...]
    kinds: tuple[Kind, ...]
    regions: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    official_symbol: str = ""
    opinion_readers: tuple[str, ...] = ()
    drafting: Drafting = field(default_factory=Drafting)
    states: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    dispositions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    positions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def category(self, category_id: str) -> Category | None:
        """The category of that id, or None."""
        return next((one for one in self.categories if one.id == category_id), None)

    def kind(self, kind_id: str) -> Kind | None:
        """The kind of that id, or None."""
        return next((one for one in self.kinds if one.id == kind_id), None)

    def theme(self, theme_id: str) -> Theme | None:
        """The theme of that id, or None."""
        return next((one for one in self.themes if one.id == theme_id), None)

    def state_label(self, state: State) -> str:
        """The words shown for a state."""
        return self.states.get(state.value, state.value)

    def disposition_label(self, disposition: str) -> str:
        """The words shown for a disposition, by its id."""
        return self.dispositions.get(disposition, disposition)

    def class_of(self, category_id: str) -> InputClass:
        """The class of a category's input: derived, never typed (R9). KeyError for an unknown category."""
        category = self.category(category_id)
        if category is None:
            raise KeyError(category_id)
        return category.input_class
