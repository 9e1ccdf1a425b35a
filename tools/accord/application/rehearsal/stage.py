"""The stage: carries out each act of a script by the use cases the command line calls, and checks what came of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from accord.application import (
    asking,
    calling,
    confirming,
    conflicts,
    cosigning,
    declaring,
    experts_shown,
    objecting,
    overruling,
    overview,
    putting,
    secretariat,
    speaking,
    splitting,
    taking,
    telling,
)
from accord.application import receiving as door
from accord.application.cases import Cases
from accord.application.desk import Desk, Done
from accord.application.incorporating import incorporate, regularise
from accord.application.nominating import Nomination, nominate
from accord.application.present import process_at
from accord.application.proposing import CONTRIBUTIONS
from accord.application.receiving import Description, Handed
from accord.application.rehearsal import acts
from accord.application.rehearsal.descriptions import description
from accord.application.rehearsal.edits import Edit, apply
from accord.application.reports import Report
from accord.application.texts import MAIN
from accord.domain.agreement.case import Case
from accord.domain.agreement.objections import meeting_objection_id
from accord.domain.findings import Refused
from accord.domain.process.moments import parse_instant
from accord.domain.record.values import Evidence, Receipt, Said

ADDRESS = "https://example.org/{draft}"


class OutOfScript(AssertionError):
    """The tool did something else than the script says: a bug of the script or of the tool."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """An act and what the tool answered; ``refused`` when it said no, as the script expects."""

    act: acts.Act
    report: Report
    refused: bool = False
    number: int | None = None


@dataclass(kw_only=True)
class Stage:
    """The desk, and what the script needs to know of what was played so far.

    ``cut`` cuts a draft; ``numbers`` gives contributions by key; ``draft`` is the newest draft.
    """

    desk: Desk
    cut: Callable[[Desk, str], Report]
    numbers: dict[str, int] = field(default_factory=dict)
    handed: dict[str, acts.HandIn] = field(default_factory=dict)
    edits: dict[str, tuple[Edit, ...]] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    draft: str = "draft-1"
    by_hand: str = ""

    def play(self, act: acts.Act) -> Played:
        """Carry an act out.

        Raises:
            OutOfScript: the tool refused or accepted against the script, or left another state.
        """
        self.desk.now, self.desk.who = parse_instant(act.at), act.who
        try:
            report = self._do(act)
        except Refused as refused:
            rules = [finding.rule for finding in refused.findings]
            if not act.refused or act.refused not in rules:
                raise OutOfScript(f"{act!r} was refused: {refused}") from refused
            return Played(act=act, report=Report(findings=refused.findings), refused=True)
        if act.refused:
            raise OutOfScript(f"{act!r} was not refused: {report.text}")
        if act.becomes:
            self._check_state(act, report)
        number = self.numbers.get(act.key) if isinstance(act, acts.HandIn) else None
        return Played(act=act, report=report, number=number)

    def subject(self, name: str) -> str:
        """A contribution's number by its key; the name of an Opinion as it is."""
        return str(self.numbers.get(name, name))

    def said(self, text: str) -> str:
        """A text with the numbers of the contributions it names by key."""
        return text.format(**self.numbers)

    def _do(self, act: acts.Act) -> Report:
        desk, subject, said = self.desk, self.subject, self.said
        match act:
            case acts.Begin():
                desk.open_record(rehearsal=True)
                return Report(text="The record begins. It says that this is a rehearsal.")
            case acts.HandIn():
                return self._hand_in(act)
            case acts.Revise():
                return self._revise(act)
            case acts.Speak():
                word = speaking.Word(
                    entity=act.entity,
                    said=act.stance,
                    receipt=self._receipt(act.received),
                    reason=said(act.reason),
                    evidence=_letter(act.letter),
                    clauses=self._clauses(act.on, act.file) if act.file else (),
                )
                done = speaking.position(desk, subject(act.on), word)
            case acts.Cosign():
                signature = cosigning.Signature(entity=act.entity, receipt=Receipt.instant(desk.now))
                done = cosigning.cosign(desk, subject(act.key), signature)
            case acts.Take():
                done = taking.take(desk, subject(act.key), subject(act.amendment), act.reason)
            case acts.SplitOff():
                clauses = self._clauses(act.key, act.file)
                done = splitting.split(desk, subject(act.key), clauses, reason=act.reason, title=act.title)
                self.numbers[act.into] = done.number or 0
            case acts.Ask():
                done = objecting.ask(desk, f"{subject(act.on)}-o{act.nth}", act.until, act.reason)
            case acts.StillStands():
                done = confirming.confirm(desk, f"{subject(act.on)}-o{act.nth}", act.entity)
            case acts.ConfirmEntry():
                done = confirming.confirm(desk, subject(act.on), act.entity)
            case acts.EndObjection():
                key = subject(act.on)
                named = meeting_objection_id(key, act.said_in, act.entity)
                objection = named if act.said_in else f"{key}-o{act.nth}"
                done = objecting.end_objection(
                    desk, objection, met=act.met, reason=act.reason, meeting=act.meeting
                )
            case acts.DisposeObjection():
                done = objecting.dispose_objection(desk, f"{subject(act.on)}-o{act.nth}", act.reason)
            case acts.Call():
                done = calling.call(desk, subject(act.on), act.until)
            case acts.Recall():
                done = calling.recall(desk, subject(act.on), act.reason)
            case acts.Declare():
                done = declaring.declare(desk, subject(act.on), agreed=act.agreed, reason=act.reason)
            case acts.PutInMeeting():
                done = putting.meeting_outcome(desk, subject(act.on), _spoken(act))
            case acts.Adopt():
                done = putting.adopt(desk, subject(act.on), _spoken(act))
            case acts.Waive():
                done = overruling.waive(desk, subject(act.key), act.rule, act.reason)
            case acts.Redact():
                done = overruling.redact(desk, subject(act.key), act.ground, act.reason)
            case acts.Withdraw():
                done = door.withdraw(desk, subject(act.key), act.reason)
            case acts.Admit():
                done = secretariat.admit(desk, subject(act.key), act.reason, category=act.category)
            case acts.Dispose():
                return self._dispose(act)
            case acts.Correct():
                newest = desk.chronicle().events(subject(act.key))[-1].seq
                done = secretariat.correct(desk, newest, said(act.reason))
            case acts.Incorporate():
                sources = tuple(subject(one) for one in act.sources)
                done = incorporate(desk, subject(act.key), sources=sources, reason=said(act.reason))
            case acts.ChangeMain():
                return self._change_main(act)
            case acts.Regularise():
                done = regularise(desk, self.by_hand, act.reason)
            case acts.Nominate():
                done = nominate(desk, self._nomination(act))
            case acts.CutDraft():
                report = self.cut(desk, act.draft)
                self.draft = act.draft
                return report
            case acts.Post():
                address = ADDRESS.format(draft=act.draft)
                done = secretariat.posted(desk, act.draft, act.posted_at, address, act.symbol)
            case acts.Show():
                return self._show(act)
            case _:
                raise OutOfScript(f"nobody knows how to do {act!r}")
        return telling.after(desk, done)

    def _hand_in(self, act: acts.HandIn) -> Report:
        done = self._received(act)
        self.numbers[act.key] = done.number or 0
        self.handed[act.key], self.edits[act.key], self.versions[act.key] = act, act.edits, 1
        return telling.after(self.desk, done)

    def _received(self, act: acts.HandIn) -> Done:
        amended = f"{CONTRIBUTIONS}/{self.numbers[act.amends]}/head" if act.amends else None
        branch = self._branch(act.key, act.title, act.edits, amended) if act.edits else None
        channel = "letter" if act.letter else "local"
        handed = Handed(
            channel=channel,  # type: ignore[arg-type]
            receipt=self._receipt(act.received),
            alias=act.letter or branch or f"{act.key}.yaml",
            evidence=_letter(act.letter),
        )
        return door.submit(self.desk, branch, self._description(act, act.category), handed)

    def _revise(self, act: acts.Revise) -> Report:
        if act.category:
            described = self._description(self.handed[act.key], act.category)
            branch = None
        else:
            described = None
            edits = act.edits or self.edits[act.key]
            self.edits[act.key] = edits
            self.versions[act.key] += 1
            name = f"{act.key}-{self.versions[act.key]}"
            branch = self._branch(name, self.handed[act.key].title, edits)
        handed = Handed(channel="local", receipt=Receipt.instant(self.desk.now))
        number = self.subject(act.key)
        done = door.revise(
            self.desk, number, branch, described, handed, meeting=act.meeting, reason=act.reason
        )
        return telling.after(self.desk, done)

    def _branch(self, name: str, title: str, edits: tuple[Edit, ...], on: str | None = None) -> str:
        """A branch with the changed text (of main, or of what it amends), as its source would make it; its name."""
        commit = self._commit(edits, title, on)
        if not self.desk.repository.create_ref(f"refs/heads/{name}", commit):
            raise OutOfScript(f"there are two texts named {name}")
        return name

    def _commit(self, edits: tuple[Edit, ...], message: str, on: str | None = None) -> str:
        base = self.desk.repository.resolve(on) if on else self.desk.main()
        assert base is not None  # noqa: S101 - what is amended was handed in

        def read(path: str) -> str:
            return (self.desk.repository.read_one(f"{base}:{path}") or b"").decode("utf-8")

        files = dict(apply(edits, read))
        return self.desk.repository.write_commit(files, [base], message, self.desk.now, self.desk.who)

    def _clauses(self, key: str, file: str) -> tuple[str, ...]:
        """The clauses of one file that a contribution changes."""
        case = Cases(self.desk.chronicle(), self.desk.now).contribution(self.subject(key))
        return tuple(entry.id for entry in case.current.proposal if entry.path == file)

    def _description(self, act: acts.HandIn, category: str) -> Description:
        entity = next((e for e in process_at(self.desk).experts.entities if e.id == act.source), None)
        theirs = category or (entity.category if entity else "stakeholder")
        written = "" if act.kind == "secretariat-text" else theirs
        source = entity.name if entity else act.source
        text = description(act, written, act.based_on or self.draft, source, self.numbers)
        return Description(data=text.encode(), name=f"{act.key}.yaml")

    def _dispose(self, act: acts.Dispose) -> Report:
        for key in act.keys:
            secretariat.dispose(self.desk, self.subject(key), act.disposition, self.said(act.reason))
        numbers = ", ".join(self.subject(key) for key in act.keys)
        word = process_at(self.desk).forum.disposition_label(act.disposition)
        plural = "s" if len(act.keys) > 1 else ""
        return Report(text=f"Contribution{plural} {numbers}: {word}.")

    def _change_main(self, act: acts.ChangeMain) -> Report:
        main = self.desk.main()
        self.by_hand = self._commit(act.edits, act.what)
        self.desk.repository.advance_branch(MAIN.removeprefix("refs/heads/"), self.by_hand, main)
        return Report(text=f"The main text is now {self.by_hand[:12]}.")

    def _nomination(self, act: acts.Nominate) -> Nomination:
        return Nomination(
            entity=act.entity,
            expert=act.name,
            receipt=self._receipt(act.received),
            evidence=_letter(act.letter),
            category=act.category,
            entity_name=act.entity_name,
            region=act.region,
            country=act.country,
            account=act.account,
            active=True,
            invented=True,
            reason=act.reason,
        )

    def _show(self, act: acts.Show) -> Report:
        match act.question:
            case "conflicts":
                report = conflicts.conflicts(self.desk)
            case "why":
                report = asking.why(self.desk, self.subject(act.about))
            case "experts":
                report = experts_shown.experts(self.desk)
            case _ if act.about:
                report = asking.status_of(self.desk, self.subject(act.about))
            case _:
                report = overview.status(self.desk)
        wanted = [line for line in report.text.splitlines() if any(part in line for part in act.lines)]
        return Report(text="\n".join(wanted)) if act.lines else Report(text=report.text)

    def _receipt(self, received: str) -> Receipt:
        if not received:
            return Receipt.instant(self.desk.now)
        return Receipt.instant(parse_instant(received), "registry")

    def _check_state(self, act: acts.Act, report: Report) -> None:
        key = str(getattr(act, "key", "") or getattr(act, "on", ""))
        found = Cases(self.desk.chronicle(), self.desk.now).subject(self.subject(key))
        state = found.state.value if isinstance(found, Case) else found.verdict.standing.value
        if state != act.becomes:
            raise OutOfScript(f"{act!r} left {key} {state}:\n{report.text}\n{report.findings}")


def _spoken(act: acts.PutInMeeting | acts.Adopt) -> putting.Spoken:
    statements = tuple(Said(entity=entity, text=text) for entity, text in act.statements)
    if isinstance(act, acts.Adopt):
        return putting.Spoken(meeting=act.meeting, item=act.item, result="adopted", statements=statements)
    return putting.Spoken(
        meeting=act.meeting,
        item=act.item,
        result=act.result,
        objections=tuple(Said(entity=entity, text=text) for entity, text in act.objections),
        statements=statements,
        until=act.until,
        reason=act.reason,
    )


def _letter(mark: str) -> Evidence | None:
    """An invented letter: what it says is its mark, so its digest is the same at every rehearsal."""
    if not mark:
        return None
    return Evidence(description=mark, digest=hashlib.sha256(f"Letter {mark} (invented)".encode()).hexdigest())
