"""Random stories written into a real record: every kind of act that bears on a decision, right and wrong ones.

What happens is drawn from a seed. Nobody hands in a text: a version is what the record says of it, so that the
decisions can be compared however strange the story is.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from accord.application.cases import Cases, OpinionCase
from accord.application.chronicle import MAIN, Chronicle, stream_of
from accord.application.ports import Batch, RecordView
from accord.application.seen import FactCache
from accord.cli.wiring import open_desk
from accord.domain.agreement.case import Case
from accord.domain.agreement.effect import AgreedClause
from accord.domain.agreement.objections import objections
from accord.domain.agreement.split import only_about
from accord.domain.process.moments import parse_instant
from accord.domain.record import events as e
from accord.domain.record.codec import event_to_json
from accord.domain.record.values import (
    Actor,
    Disposition,
    Effect,
    Entry,
    Evidence,
    FormFinding,
    Receipt,
    Said,
)
from tests.acceptance.world import CHO, EXPERTS, METADATA, POSTED_1, SAM, TEXT, Round, bare_round, begin

CHAIR = Actor(name=CHO, role="chair", id=3)
SECRETARIAT = Actor(name=SAM, role="secretariat", id=4)
TOOL = Actor(name="accord", role="tool")
LETTER = Evidence(description="An invented letter.")
START = parse_instant("2024-08-20T08:00:00Z")
END = "2025-02-01T00:00:00Z"

# Borduria leaves and names one successor, Syldavia two, Osterlich nobody.
# Rules that ask for a little of everything, so that every word can be the one that decides.
MIXED = """\
  mixed:
    gates: [opinions]
    withholding_categories: [member-state, sector-member, associate, academia]
    positions:
      support: {means: support}
      accept: {means: accept}
      abstain: {means: abstain}
      recuse: {means: abstain, recuses: true}
      reserve: {means: reserve}
      discuss: {means: object}
    objection_needs_reason: false
    minimum_call_days: 2
    call_required: false
    change_in_call: hold
    objections_may_lapse: true
    lapse_days: 3
    set_aside_allowed: true
    rough_allowed: true
    needs_support: 1
    supporting_positions: [support]
    needs_share: more than 1/4
    may_be_silent: 4
    breadth_categories: 2
    breadth_entities: 1
    correction_days: 7
    new_opinion_cutoff: strict
    public_outside_consultation: hold
"""

_LEAVES = (
    ("borduria", "member-state", "2024-08-28", "successor: lyrania, "),
    ("syldavia", "member-state", "2024-09-02", "successor: [lyrania, example-telecom], "),
    ("osterlich", "associate", "2024-09-07", ""),
)
LEAVING = "".join(
    f'  - {{id: {id_}, name: {id_.title()}, category: {category}, from: "2024-06-20", until: "{until}", '
    f"{successor}region: Europe, invented: true}}\n"
    for id_, category, until, successor in _LEAVES
)
ACCOUNTS = {
    "arcadia": (1, "Ana"),
    "lyrania": (2, "Lev"),
    "example-university": (5, "Mia"),
    "example-telecom": (6, "Sol"),
    "borduria": (7, "Bo"),
    "syldavia": (8, "Sy"),
    "osterlich": (9, "Os"),
}
EXPERTS_OF_LEAVING = "".join(
    f"  - {{account: {ACCOUNTS[id_][0]}, name: {ACCOUNTS[id_][1]} Example, entity: {id_}, "
    'active_in_own_country: true, nominated: "2024-07-01", country: Invented, from: "2024-07-01", '
    f'until: "{until}"}}\n'
    for id_, _, until, _ in _LEAVES
)
ENTITIES = tuple(ACCOUNTS)
OPINIONS = ("access", "boats", "masts")


class Told(Chronicle):
    """The record with everything told so far that is not in it yet."""

    def numbers(self) -> range:
        """The numbers of all contributions, those not yet written included."""
        return range(1, 1 + sum(isinstance(event, e.Received) for event in self.everything()))


class Teller:
    """Tells one record: a clock that runs, and acts drawn by chance."""

    def __init__(self, round_: Round, seed: int, presets: tuple[str, ...]) -> None:
        self.round = round_
        self.chance = random.Random(seed)
        self.presets = presets
        self.now = START
        desk = open_desk(str(round_.path), POSTED_1, "")
        self.told = Told(desk.chronicle().view, FactCache())
        self.clauses: list[AgreedClause] = list(self.told.world().seen[0].agreed.clauses)
        self.added = 0

    # --- how an event comes about ---

    def stamp(self, subject: str, *, by: Actor, late: bool = False) -> dict[str, Any]:
        received = Receipt.instant(self.now)
        if late:
            latest = self.now - timedelta(hours=self.chance.choice((0, 1, 30, 200)))
            earliest = latest - timedelta(hours=self.chance.choice((0, 0, 2, 40)))
            received = Receipt(earliest=max(earliest, START), latest=max(latest, START), clock="registry")
        return {"by": by, "received": received, "recorded": self.now, "subject": subject}

    def add(self, event: e.Event) -> e.Event:
        event = replace(event, seq=self.told.next_seq)
        self.told.add(event)
        return event

    def expert(self, entity: str) -> Actor:
        account, name = ACCOUNTS.get(entity, (99, "No"))
        return Actor(name=f"{name} Example", role="expert", id=account)

    def case(self, subject: str) -> Case | OpinionCase:
        return Cases(self.told, self.now).subject(subject)

    def effect(self, subject: str) -> Effect:
        """What the text would become now."""
        found = self.case(subject)
        return found.dossier.effect(self.told.world(), self.now)

    def of(self, subject: str, *kinds: type[e.Event]) -> list[Any]:
        return [event for event in self.told.events(subject) if isinstance(event, kinds)]

    # --- texts ---

    def proposal(self, amends: int | None = None) -> Effect:
        """One to three changes of clauses; one may be new, and one of what an amended contribution added."""
        chosen = self.chance.sample(self.clauses, self.chance.randint(1, 3))
        out = [
            Entry(id=c.id, path=c.path, had=c.digest, gets=self.reads(), container=c.container, form=c.form)
            for c in chosen
        ]
        if self.chance.random() < 0.3:
            c = chosen[0]
            self.added += 1
            new = f"new{self.added}"
            out.append(
                Entry(
                    id=new,
                    path=c.path,
                    had=None,
                    gets=self.reads(),
                    container=c.container,
                    after=c.id,
                    form=c.form,
                )
            )
        if amends is not None:
            for entry in self.of(str(amends), e.Received)[-1].effect[:2]:
                if entry.id not in {one.id for one in out} and entry.gets:
                    out.append(replace(entry, had=entry.gets, gets=self.reads(), after=None))
        return tuple(out)

    def reads(self) -> str | None:
        words = self.chance.choice(("a", "b", "c", None))
        return None if words is None else f"1:{ord(words):032x}"

    # --- acts ---

    def hand_in(self) -> None:
        """A contribution, that may build on others, name co-signers, or have something wrong with its form."""
        number = len(self.told.numbers()) + 1
        source = self.chance.choice(ENTITIES)
        metadata: dict[str, Any] = {**METADATA, "themes": ["digital-divides"], "source": source}
        metadata["category"] = {"example-university": "academia", "example-telecom": "sector-member",
                                "osterlich": "associate"}.get(source, "member-state")  # fmt: skip
        if self.chance.random() < 0.6:
            metadata["cosigners"] = self.chance.sample([one for one in ENTITIES if one != source], 2)
        amends = self.chance.randint(1, number - 1) if number > 1 and self.chance.random() < 0.25 else None
        if amends:
            metadata["amends"] = amends
        if number > 1 and self.chance.random() < 0.1:
            metadata["requires"] = [self.chance.randint(1, number - 1)]
        wrong = self.chance.random() < 0.25
        form = (FormFinding(rule="lint-x", message="Something is wrong."),) if wrong else ()
        effect = () if self.chance.random() < 0.1 else self.proposal(amends)
        by = replace(self.expert(source), role="source")
        self.add(
            e.Received(
                **self.stamp(str(number), by=by), channel="local", alias=f"b{number}", metadata=metadata,
                head=None, base=None, effect=effect, form=form,
            )
        )  # fmt: skip

    def revise(self, subject: str) -> None:
        if not subject.isdigit():
            return
        known = self.of(subject, e.Received, e.Revised)
        form = (
            (FormFinding(rule="lint-x", message="Something is wrong."),) if self.chance.random() < 0.2 else ()
        )
        effect = known[0].effect if self.chance.random() < 0.3 else self.proposal()
        self.add(
            e.Revised(
                **self.stamp(subject, by=known[0].by), revision=len(known) + 1,
                metadata=None if form else known[0].metadata, head=None, base=None, effect=effect, form=form,
                meeting="ieg-1",
            )
        )  # fmt: skip

    def position(self, subject: str) -> None:
        entity = self.chance.choice((*ENTITIES, *ENTITIES, "nowhere"))
        rules = self.told.world().at(self.now).rules
        word = self.chance.choice(rules.positions)
        if word.means == "object" and self.chance.random() < 0.5:
            word = self.chance.choice(rules.positions)
        effect = self.effect(subject)
        if self.chance.random() < 0.2 and len(effect) > 1:
            effect = effect[:1]
        if self.chance.random() < 0.15 and subject.isdigit():
            effect = self.of(subject, e.Received, e.Revised)[0].effect
        objects = word.means == "object"
        secretariat = self.chance.random() < 0.25
        by = SECRETARIAT if secretariat else self.expert(entity)
        read = objects and not secretariat and self.chance.random() < 0.1
        self.add(
            e.Position(
                **self.stamp(subject, by=TOOL if read else by, late=secretariat), entity=entity, stance=word.means,
                effect=effect, reason=self.chance.choice(("", "because")),
                said="" if word.name == word.means else word.name,
                objection=f"{subject.partition('/')[2] or subject}-o{self.told.next_seq}" if objects else "",
                evidence=LETTER if secretariat else None, words="I do not like it" if read else "",
                meeting="ieg-1" if secretariat and self.chance.random() < 0.2 else "",
            )
        )  # fmt: skip

    def cosign(self, subject: str) -> None:
        entity = self.chance.choice(ENTITIES)
        named = (self.of(subject, e.Received) or [None])[0]
        if named and named.metadata.get("cosigners"):
            entity = self.chance.choice(named.metadata["cosigners"])
        secretariat = self.chance.random() < 0.3
        by = SECRETARIAT if secretariat else self.expert(entity)
        self.add(
            e.Cosigned(
                **self.stamp(subject, by=by, late=secretariat), entity=entity, accepted=self.chance.random() < 0.8,
                effect=self.effect(subject), evidence=LETTER if secretariat else None,
            )
        )  # fmt: skip

    def confirm(self, subject: str) -> None:
        about = self.of(subject, e.Position, e.Cosigned, e.ObjectionEnded)
        entered = [one for one in about if one.by.role == "secretariat"]
        if about:
            target = self.chance.choice(entered or about)
            entity = getattr(target, "entity", None) or self.owner(subject, target.objection)
            self.add(
                e.Confirmed(**self.stamp(subject, by=self.expert(entity)), target=target.seq, entity=entity)
            )

    def owner(self, subject: str, objection: str) -> str:
        raised = next((one for one in self.of(subject, e.Position) if one.objection == objection), None)
        owner = raised.entity if raised else "lyrania"
        heirs = self.told.world().heirs(owner, self.now)
        return self.chance.choice(heirs) if heirs else owner

    def objection(self, subject: str) -> str:
        raised = objections(self.case(subject).dossier, self.told.world(), self.now)
        return self.chance.choice(raised).id if raised else ""

    def end(self, subject: str) -> None:
        objection = self.objection(subject)
        if not objection:
            return
        owner = self.owner(subject, objection)
        own, other = self.expert(owner), self.expert("example-university")
        who = self.chance.choice((own, own, other, SECRETARIAT, CHAIR))
        how: Any = self.chance.choice(("disposed", "set-aside") if who is CHAIR else ("withdrawn", "met"))
        meeting = "ieg-1" if who is SECRETARIAT and self.chance.random() < 0.5 else ""
        self.add(
            e.ObjectionEnded(
                **self.stamp(subject, by=who), objection=objection, how=how, meeting=meeting,
                reason=self.chance.choice(("", "as said")),
            )
        )  # fmt: skip

    def ask(self, subject: str) -> None:
        objection = self.objection(subject)
        if objection:
            until = self.now + timedelta(days=self.chance.choice((2, 3, 4, 14)))
            self.add(
                e.Asked(**self.stamp(subject, by=CHAIR), objection=objection, until=until, reason="silent")
            )

    def call(self, subject: str) -> None:
        rules = self.told.world().at(self.now).rules
        until = self.now + timedelta(days=rules.minimum_call_days + self.chance.choice((0, 1)))
        self.add(
            e.Called(
                **self.stamp(subject, by=CHAIR), until=until, effect=self.effect(subject), rules=rules.digest
            )
        )

    def recall(self, subject: str) -> None:
        calls = self.of(subject, e.Called, e.Declared, e.Outcome)
        if calls:
            call = self.chance.choice(calls).seq
            self.add(e.Recalled(**self.stamp(subject, by=CHAIR), call=call, reason="a mistake"))

    def reopen(self, subject: str) -> None:
        declared = self.of(subject, e.Declared, e.Outcome)
        if declared:
            self.add(
                e.Reopened(**self.stamp(subject, by=CHAIR), declared=declared[-1].seq, reason="read wrongly")
            )

    def declare(self, subject: str) -> None:
        calls = self.of(subject, e.Called, e.Outcome)
        until = max((call.until or call.recorded for call in calls), default=None)
        if (until is None or until > self.now) and self.chance.random() < 0.8:
            return
        rough = self.chance.random() < 0.25
        by = CHAIR if self.chance.random() < 0.97 else replace(self.expert("lyrania"), role="chair")
        effect = self.effect(subject)
        self.add(
            e.Declared(
                **self.stamp(subject, by=by), result="not agreed" if self.chance.random() < 0.1 else "agreed",
                effect=effect, seen="", basis=calls[-1].seq if calls else 0,
                reason=self.chance.choice(("", "as heard")) if rough else "", rough=rough,
            )
        )  # fmt: skip

    def outcome(self, subject: str) -> None:
        usual = ("agreed", "agreed", "agreed", "agreed ad referendum", "not agreed")
        result: Any = self.chance.choice(
            usual if subject.isdigit() else (*usual, "adopted", "adopted", "adopted")
        )
        if self.chance.random() < 0.02:
            result = "adopted"
        ad_referendum = result == "agreed ad referendum"
        speak = self.chance.sample(ENTITIES, 2)
        some = [Said(entity=one, text=self.chance.choice(("", "for the record"))) for one in speak]
        self.add(
            e.Outcome(
                **self.stamp(subject, by=CHAIR), meeting="wtpf-26" if result == "adopted" else "ieg-1", item="2",
                result=result, effect=self.effect(subject), statements=tuple(some[: self.chance.choice((0, 0, 1, 2))]),
                objections=tuple(some[: int(self.chance.random() < 0.1)]),
                until=self.now + timedelta(days=10) if ad_referendum else None,
            )
        )  # fmt: skip

    def split(self, subject: str) -> None:
        case = self.case(subject)
        if not isinstance(case, Case) or len(case.current.proposal) < 2 or case.incorporated:
            return
        current = case.current
        if not current.counts or current is not case.newest:
            return
        moved = {entry.id for entry in current.proposal[:1]}
        part = tuple(entry for entry in current.proposal if entry.id in moved)
        rest = tuple(entry for entry in current.proposal if entry.id not in moved)
        into = len(self.told.numbers()) + 1
        raised = [
            (one.id, tuple(entry for entry in one.clauses if entry in current.proposal))
            for one in objections(case.dossier, self.told.world(), self.now)
            if one.ended is None
        ]
        by = case.received.by
        metadata = {**(current.metadata or {}), "title": "A part"}
        stamp = {**self.stamp(str(into), by=by), "received": current.own_receipt}
        self.add(
            e.Received(**stamp, channel="local", alias="part", metadata=metadata, head=None, base=None, effect=part,
                       split_from=case.number)
        )  # fmt: skip
        self.add(
            e.Split(
                **self.stamp(subject, by=by),
                into=into,
                clauses=tuple(moved),
                objections=only_about(raised, moved),
            )
        )
        self.add(
            e.Revised(**self.stamp(subject, by=by), revision=current.number + 1, metadata=current.metadata, head=None,
                      base=None, effect=rest)
        )  # fmt: skip

    def incorporate(self, subject: str) -> None:
        case = self.case(subject)
        if isinstance(case, Case) and case.incorporated is None:
            effect = self.effect(subject)
            ids = {one.id: f"there-{one.id}" for one in effect if one.had is None}
            self.add(
                e.Incorporated(**self.stamp(subject, by=SECRETARIAT), commit="0" * 40, parent="1" * 40, mode="agreed",
                               effect=effect, ids=ids)
            )  # fmt: skip

    def admit(self, subject: str) -> None:
        known = self.of(subject, e.Received, e.Revised)
        if known and known[-1].form:
            number = len(known)
            act = self.stamp(subject, by=SECRETARIAT)
            if self.chance.random() < 0.5:
                self.add(e.Admitted(**act, revision=number, reason="as asked"))
            else:
                self.add(e.Waived(**act, revision=number, rule="lint-x", reason="as asked"))

    def contest(self, subject: str) -> None:
        decided = self.of(subject, e.Declared, e.Outcome)
        if decided:
            target = decided[-1].seq
            self.add(
                e.Corrected(**self.stamp(subject, by=SECRETARIAT), target=target, reason="no", contested=True)
            )

    def dispose(self, subject: str) -> None:
        disposition: Disposition = self.chance.choice(("noted", "carried-over"))
        if subject.isdigit():
            self.add(e.Disposed(**self.stamp(subject, by=SECRETARIAT), disposition=disposition, reason="so"))

    def see(self, _: str) -> None:
        """Another state of the text: a clause reads differently, or other rules are in force."""
        last = self.told.main_seen()[-1]
        agreed, consensus = self.told.fact(last.agreed), self.told.fact(last.consensus)
        if self.chance.random() < 0.3:
            consensus = {**consensus, "use": self.chance.choice(self.presets)}
        else:
            rows = [list(row) for row in agreed["clauses"]]
            row = self.chance.choice(rows)
            row[2] = f"1:{ord(self.chance.choice('abx')):032x}"
            agreed = {**agreed, "clauses": rows}
        self.add(
            replace(
                last, recorded=self.now, received=Receipt.instant(self.now, "first-seen"),
                agreed=self.told.add_fact(agreed), consensus=self.told.add_fact(consensus),
            )
        )  # fmt: skip

    def tell(self, contributions: int, acts: int) -> None:
        """Hand everything in, then let things happen."""
        for _ in range(contributions):
            self.hand_in()
            self.now += timedelta(minutes=self.chance.choice((0, 5, 60)))
        happens: list[tuple[int, Callable[[str], None]]] = [
            (9, self.position), (5, self.call), (5, self.declare), (3, self.outcome), (6, self.end), (3, self.confirm),
            (2, self.cosign), (3, self.ask), (1, self.revise), (1, self.recall), (1, self.reopen), (2, self.split),
            (1, self.incorporate), (4, self.admit), (1, self.contest), (1, self.see),
        ]  # fmt: skip
        weights = [weight for weight, _ in happens]
        for _ in range(acts):
            subjects = [*map(str, self.told.numbers()), *(f"opinions/{one}" for one in OPINIONS)]
            ((_, act),) = self.chance.choices(happens, weights)
            subject = self.chance.choice(subjects)
            act(subject)
            if act in (self.end, self.split, self.admit, self.confirm) and self.chance.random() < 0.5:
                self.outcome(subject)
            self.now += timedelta(hours=self.chance.choice((0, 0, 1, 3, 12)))

    def write(self) -> None:
        """Into the record, with one commit for each contribution and what follows it."""
        store = open_desk(str(self.round.path), POSTED_1, "").store
        batches: list[list[e.Event]] = [[]]
        for event in self.told.pending:
            if isinstance(event, e.Received):
                batches.append([])
            batches[-1].append(event)
        facts = self.told.pending_facts
        for events in batches:
            pairs = [(stream(event), event_to_json(event)) for event in events]
            allocate = bool(events) and isinstance(events[0], e.Received)

            def batch(
                _: RecordView, pairs: Any = pairs, allocate: bool = allocate, facts: Any = facts
            ) -> Batch:
                return Batch(subject="A story", events=pairs, facts=facts, allocate=allocate)

            if events:
                store.append(batch, events[-1].recorded)
                facts = ()


def stream(event: e.Event) -> str:
    """Where an event belongs."""
    return MAIN if isinstance(event, e.MainSeen) else stream_of(event.subject)


def story(folder: Path, seed: int, *presets: str, contributions: int = 12, acts: int = 260) -> Round:
    """A record in which these rules are in force, the first from the beginning."""
    round_ = bare_round(folder)
    rules = round_.repo.path / "process" / "consensus.yaml"
    text = rules.read_text("utf-8").replace("use: itu", f"use: {presets[0]}") + MIXED
    experts = EXPERTS.replace("experts:\n", f"{LEAVING}experts:\n")
    experts = experts.replace("chairs:\n", f"{EXPERTS_OF_LEAVING}chairs:\n")
    files = {f"opinions/{one}.md": TEXT.replace("id: access", f"id: {one}").replace("Access in", f"{one.title()} in")
             for one in OPINIONS}  # fmt: skip
    round_.repo.commit({"process/consensus.yaml": text, "process/experts.yaml": experts, **files})
    begin(round_, POSTED_1)
    round_.does(
        SAM, POSTED_1, "posted", "draft-1", "--at", "2024-08-05", "--url", "https://example.org/draft-1"
    )
    teller = Teller(round_, seed, presets)
    teller.tell(contributions, acts)
    teller.write()
    return round_
