"""The vocabulary of a script: each act is a value that says who does what, when, and what should come of it.

``at`` is an instant. A subject is the key of a contribution (its ``key`` in :class:`HandIn`), or the name of an
Opinion. Texts may name contributions by key in braces: ``{lamps}`` becomes the number it was given.
"""

from __future__ import annotations

from dataclasses import dataclass

from accord.application.rehearsal.edits import Edit
from accord.domain.record.values import Disposition, MeetingResult, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What every act has.

    ``refused`` names the rule by which the tool must refuse it; ``becomes`` the state in which it must leave its
    subject. ``note`` is said before it, in one sentence. A rehearsal in which something else happens is a bug.
    """

    at: str
    who: str
    refused: str = ""
    becomes: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn(Act):
    """Hand in a contribution. ``source`` is the id of an entity, or the name of somebody of the public.

    Without ``edits`` it is a statement. ``category`` is written as given; empty means that of the source.
    ``letter`` is the registry's mark of the letter it came by, ``received`` when the registry got that. ``amends``
    is the contribution (by key) whose text it proposes to change.
    """

    key: str
    source: str
    title: str
    reasons: str
    themes: tuple[str, ...]
    kind: str = "comment"
    category: str = ""
    based_on: str = ""
    edits: tuple[Edit, ...] = ()
    opinion: str = ""
    clauses: tuple[str, ...] = ()
    cosigners: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    amends: str = ""
    purpose: str = "action"
    letter: str = ""
    received: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revise(Act):
    """Hand in a later version. ``edits`` replace those of the version before; without them it is only re-based.

    ``category`` corrects the description and leaves the text as it was.
    """

    key: str
    edits: tuple[Edit, ...] = ()
    category: str = ""
    meeting: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speak(Act):
    """Give a position for an entity; with ``letter`` the secretariat enters what the letter says.

    ``file`` names the one file of the contribution that it is about.
    """

    on: str
    entity: str
    stance: Stance
    reason: str = ""
    letter: str = ""
    received: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosign(Act):
    """An entity signs a contribution with its source."""

    key: str
    entity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Take(Act):
    """The source takes an amendment of its contribution into its own text."""

    key: str
    amendment: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitOff(Act):
    """The source splits what a contribution changes in one file off to a contribution of its own, ``into``."""

    key: str
    into: str
    file: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask(Act):
    """A chair asks the owner of the n-th objection to a subject whether it still stands."""

    on: str
    until: str
    reason: str
    nth: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class StillStands(Act):
    """The owner of the n-th objection to a subject says that it stands."""

    on: str
    entity: str
    nth: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmEntry(Act):
    """An expert confirms what the secretariat entered."""

    on: str
    entity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndObjection(Act):
    """End the n-th objection to a subject, or the one an entity raised in a meeting (``said_in``)."""

    on: str
    entity: str
    nth: int = 1
    said_in: str = ""
    met: bool = False
    meeting: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposeObjection(Act):
    """A chair disposes of the n-th objection to a subject, whose owner has left."""

    on: str
    nth: int = 1
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Act):
    """Open a call for consensus."""

    on: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall(Act):
    """Take back the newest call."""

    on: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Declare(Act):
    """Declare the result of a call."""

    on: str
    agreed: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PutInMeeting(Act):
    """Record what a meeting found; objections and statements are pairs of entity and words."""

    on: str
    meeting: str
    result: MeetingResult
    item: str
    objections: tuple[tuple[str, str], ...] = ()
    statements: tuple[tuple[str, str], ...] = ()
    until: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopt(Act):
    """The Forum adopts an Opinion as it reads; statements are pairs of entity and words."""

    on: str
    meeting: str
    item: str
    statements: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw(Act):
    """The source takes its contribution back."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Admit(Act):
    """The secretariat admits what is held."""

    key: str
    reason: str
    category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waive(Act):
    """The secretariat overrules one finding of form."""

    key: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Redact(Act):
    """The secretariat takes the text of a contribution out of reach."""

    key: str
    ground: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispose(Act):
    """The secretariat says what became of contributions."""

    keys: tuple[str, ...]
    disposition: Disposition
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct(Act):
    """The secretariat adds a note to the newest event about a contribution."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incorporate(Act):
    """The secretariat puts a text on the main branch."""

    key: str
    sources: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeMain(Act):
    """Somebody changes the main branch by hand: process files, or (what the tool will find) a text."""

    what: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Regularise(Act):
    """The secretariat answers for the newest change by hand."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Nominate(Act):
    """A nomination arrives by letter."""

    entity: str
    name: str
    country: str
    account: int
    letter: str
    received: str
    entity_name: str = ""
    category: str = ""
    region: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begin(Act):
    """The record begins, as that of a rehearsal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CutDraft(Act):
    """The secretariat cuts a draft."""

    draft: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Post(Act):
    """The secretariat records the official posting of a draft."""

    draft: str
    posted_at: str
    symbol: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Show(Act):
    """Ask a question and show the answer: `status`, `why` or `conflicts`; ``lines`` keeps only part of it."""

    question: str
    about: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A part of the process: a heading, and its acts in order of time."""

    heading: str
    acts: tuple[Act, ...]
