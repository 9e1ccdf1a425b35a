"""What the tool wants a forge to show of each contribution, from the record, the texts and the moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from accord.application import conflicts
from accord.application.bringing import refuse_older
from accord.application.cases import Cases, OpinionCase
from accord.application.chairing import speaking
from accord.application.chronicle import Chronicle
from accord.application.desk import Desk
from accord.application.forge.belonging import BRANCH, discussion
from accord.application.forge.index import Index
from accord.application.forge.sharing import MAIN
from accord.application.linting import lint_findings
from accord.application.refusals import refuse_unmet
from accord.application.signing import unsigned
from accord.application.telling import door_findings, opinion_lines, opinion_state
from accord.application.texts import FOLDERS
from accord.domain.agreement.case import Case
from accord.domain.agreement.effect import touches_opinions
from accord.domain.canonical import fact_digest
from accord.domain.findings import Finding, Refused
from accord.domain.forge.marker import Marker
from accord.domain.forge.plan import CONTEXT, Answer, Gate, Screen, Wanted, answered_posts
from accord.domain.forge.points import open_points
from accord.domain.forge.snapshot import Form, PullRequest, Topic
from accord.domain.process.block import Block, find_block
from accord.domain.process.windows import window_at
from accord.domain.record.events import Event, Heard
from accord.domain.record.values import Effect
from accord.domain.text.clauses import Document
from accord.domain.text.numbering import number as numbered
from accord.domain.text.redline import compare
from accord.render.acts import unsigned_line
from accord.render.alternatives import Meeting
from accord.render.forge.answers import QUESTION, answers
from accord.render.forge.available import Usable, usable, usable_on_opinion
from accord.render.forge.changes import change_blocks
from accord.render.forge.drift import NOTES
from accord.render.forge.labels import labels, opinion_label
from accord.render.forge.notices import notices
from accord.render.forge.opinion import OpinionPage, opinion_content
from accord.render.forge.said import Said, tail
from accord.render.forge.status_line import gate, no_contribution, not_read
from accord.render.forge.sticky import Page, content

PROCESS = ("process/", "schemas/")


@dataclass(kw_only=True)
class Wanting:
    """Works out what is wanted, at one state of the record and one moment.

    ``account`` is the tool's on the forge; ``guarded`` says that nobody else can write the record. ``everything``
    tells that most contributions will be asked for, so that where they meet is worked out once for all.
    """

    desk: Desk
    account: int
    guarded: bool = False
    everything: bool = False

    def __post_init__(self) -> None:
        self.trouble: tuple[Finding, ...] = ()
        chronicle = self._newest()
        self.marked = (chronicle.view.head.events, chronicle.view.commit)
        everything = chronicle.everything()
        # The clock of this machine may lag behind the server's, whose words are here already.
        self.now = max(self.desk.now, everything[-1].recorded)
        self.cases = Cases(chronicle, self.now)
        self.words = speaking(self.cases)
        self.index = Index.of(everything)
        self._open: dict[int, Case] = {}

    def _newest(self) -> Chronicle:
        """The record, with what main reads by now, whether or not anything was entered since.

        If main has process files that cannot be read, what was in force before them stays in force, and no gate opens.
        """
        chronicle = self.desk.chronicle()
        last = chronicle.main_seen()[-1].commit
        self.desk.main_ref = _newest_main(self.desk, last)
        try:
            self.desk.see_main(chronicle)
        except Refused as refused:
            self.trouble = refused.findings
            self.desk.main_ref = last
            return self.desk.chronicle()
        return chronicle

    def of(self, topic: Topic) -> Wanted:
        """What should be shown of a topic."""
        number = self.index.number(topic)
        if number is None:
            subject = discussion(topic, self.cases.world) if isinstance(topic, Form) else ""
            return self._opinion(topic, subject) if subject else self._no_contribution(topic)
        case = self.case(number)
        pull = topic if isinstance(topic, PullRequest) else None
        found = self._gate(pull) if pull else None
        text = content(self.page(case, gate=self._told(case, found), form=pull is None))
        return Wanted(
            number=topic.number,
            commit=pull.head if pull else None,
            labels=labels(case, self.words.forum),
            gate=found,
            screen=self._screen(text, case.current.number, self.says(case)),
            answers=self._answers(topic, case.dossier.events),
        )

    def _opinion(self, topic: Topic, subject: str) -> Wanted:
        """What should be shown where an Opinion is discussed as it reads."""
        found = self.cases.opinion(subject)
        text = opinion_content(self.opinion_page(found))
        return Wanted(
            number=topic.number,
            labels=frozenset({opinion_label(found.verdict)}),
            screen=self._screen(text, 1, _digest(text)),
            answers=self._answers(topic, found.dossier.events),
        )

    def says(self, case: Case) -> str:
        """A short name of everything that the comment of a contribution says, without looking at the forge or the text:
        the two commits stand for the redline.
        """
        gate = self._gate_of(case, case.newest.head) if case.newest.head else None
        version = case.current
        redline = [f"{version.base} {version.head} {version.redacted is not None}"]
        return _digest(content(self.page(case, gate=self._told(case, gate), redline=(redline, ""))))

    def _screen(self, text: str, revision: int, says: str) -> Screen:
        events, record = self.marked
        return Screen(
            marker=Marker(revision=revision, events=events, record=record, says=says),
            content=text,
            tail=tail(record, events, self.now, self.words),
            notes=NOTES,
        )

    def _answers(self, topic: Topic, events: Iterable[Event]) -> tuple[Answer, ...]:
        """To everything that was tried and not answered yet."""
        answered = answered_posts(topic, self.account)
        known = tuple(events)
        heard = (one for one in known if isinstance(one, Heard) and one.post and one.post not in answered)
        view = self.cases.world.at(self.now).experts.at(self.now)
        accounts: dict[str, list[str]] = {}
        for expert in view.experts:
            if expert.login and expert.account is not None:
                accounts.setdefault(expert.entity, []).append(expert.login)
        return (*answers(heard, self.words), *notices(known, self.words, accounts, answered))

    def _told(self, case: Case, found: Gate | None) -> str:
        """What the gate says, unless it only repeats where the contribution stands."""
        plain = gate(case, case.newest.head or "", self.words, hindrance="", by_secretariat=False)
        obvious = found is None or (found == plain and found.state != "success")
        return "" if obvious or found is None else found.description

    def page(
        self,
        case: Case,
        *,
        gate: str = "",
        form: bool = False,
        redline: tuple[list[str], str] | None = None,
    ) -> Page:
        """Everything that the status comment of a contribution says; ``redline`` where it is known already."""
        state = self.cases.world.at(self.now)
        changes, unshown = redline or self._redline(case)
        return Page(
            case=case,
            said=self._said(
                case,
                name=str(case.number),
                about=f"version {case.current.number}",
                over=case.ended,
                usable=usable(case, state.rules),
                form=form,
            ),
            now=self.now,
            current=window_at(state.timetable.at(self.now), self.now, self.cases.chronicle.posted(self.now)),
            door=door_findings(case),
            drafting=lint_findings(self.desk, self.cases, case),
            changes=changes,
            unshown=unshown,
            meetings=self._meetings(case),
            topics=self.topics,
            gate=gate,
        )

    def opinion_page(self, found: OpinionCase) -> OpinionPage:
        """Everything that the status comment of an Opinion as it reads says."""
        state = self.cases.world.at(self.now)
        document = next(one for one in self.desk.texts.documents(state.commit) if one.path == found.path)
        step = opinion_lines(found, self.words)[1:]
        return OpinionPage(
            title=self._title(document),
            state=opinion_state(found, self.words),
            next=" ".join(step).removeprefix("Next: "),
            clauses=numbered([document])[0].clauses,
            said=self._said(
                found,
                name=found.subject.partition("/")[2],
                about="the Opinion",
                over=False,
                usable=usable_on_opinion(found.verdict, state.rules),
                form=True,
            ),
        )

    def _title(self, document: Document) -> str:
        """The title in the front matter of an Opinion; an empty text where that cannot be read."""
        read = self.desk.reader.front_matter("opinion", document.front or "", document.path)
        return str(read.value.get("title", "")) if isinstance(read.value, Mapping) else ""

    def _said(
        self,
        found: Case | OpinionCase,
        *,
        name: str,
        about: str,
        over: bool,
        usable: Sequence[Usable],
        form: bool,
    ) -> Said:
        events = found.dossier.events
        heard = [one for one in events if isinstance(one, Heard) and one.why != QUESTION]
        return Said(
            words=self.words,
            verdict=found.verdict,
            name=name,
            about=about,
            text=_fingerprint(found.verdict.readiness.effect) if found.verdict else "",
            over=over,
            heard=sorted(heard, key=lambda one: (one.received.latest, one.seq)),
            points=() if over else open_points(events),
            usable=usable,
            not_signed=unsigned_line(unsigned(self.cases.world, events)),
            guarded=self.guarded,
            rehearsal=self.cases.chronicle.view.head.rehearsal,
            form=form,
        )

    def case(self, number: int) -> Case:
        """One contribution, opened once."""
        if number not in self._open:
            self._open[number] = self.cases.contribution(number)
        return self._open[number]

    @cached_property
    def topics(self) -> dict[int, int]:
        """The number on the forge of each contribution that came from there."""
        return {number: int(post.partition("/")[2]) for post, number in self.index.numbers.items()}

    # --- the gate -----------------------------------------------------------------------------------------

    def _gate(self, pull: PullRequest) -> Gate | None:
        """What the gate says of the newest head; None where there is none to say it.

        A status belongs to a commit, so that several contributions with one and the same text have one: it is open if
        that text is agreed in any of them, else the first that is not over decides. An open gate is looked after on a
        closed pull request, too: the next one may bring the same commit.
        """
        if pull.merged or pull.base != BRANCH or not (pull.open or _shows_open_gate(pull)):
            return None
        own = self.index.number(pull)
        same = [number for number, heads in self.index.heads.items() if heads[-1:] == [pull.head]]
        numbers = sorted({int(number) for number in same} | ({own} if own is not None else set()))
        going = [number for number in numbers if not self.case(number).ended] or numbers
        found = [self._gate_of(self.case(number), pull.head) for number in going]
        return next((one for one in found if one.state == "success"), found[0])

    def _gate_of(self, case: Case, head: str) -> Gate:
        agreed = case.verdict is not None and case.verdict.agreed
        by_secretariat = not agreed and self._ungated_text_of_secretariat(case)
        waits = case.newest.head == head and not case.ended and case.incorporated is None
        hindrance = self._hindrance(case, head) if waits and (agreed or by_secretariat) else ""
        return gate(case, head, self.words, hindrance=hindrance, by_secretariat=by_secretariat)

    def _ungated_text_of_secretariat(self, case: Case) -> bool:
        """C1. A text that the secretariat wrote itself, admitted, and that consensus does not gate."""
        version = case.current
        kind = self.words.forum.kind(version.contribution.kind) if version.contribution else None
        if (
            kind is None
            or kind.sender.value != "secretariat"
            or version.role != "secretariat"
            or not case.verdict
        ):
            return False
        rules = self.cases.world.at(self.now).rules
        effect = case.verdict.readiness.effect
        gated = rules.gates_report() or (rules.gates_opinions() and touches_opinions(effect))
        return bool(effect) and not gated

    def _hindrance(self, case: Case, head: str) -> str:
        """Why a text that may come in cannot come in just as it stands here (C13); "" if it can."""
        if self.trouble:
            return "The main branch has files of the process that cannot be read: the secretariat mends them first."
        try:
            refuse_unmet(case)
            refuse_older(self.desk, self.cases, case)
        except Refused as refused:
            return refused.findings[0].message
        repository, main = self.desk.repository, self.desk.main()
        base = repository.merge_base(main, head)
        if base is None:
            return "It has no history in common with the agreed text, so that only the secretariat can put it in."
        theirs = {change.path for change in repository.changed(base, head)}
        if theirs & {change.path for change in repository.changed(base, main)}:
            return (
                "The same file changed since it was written: the secretariat puts it in clause by clause "
                f"(accord incorporate {case.number})."
            )
        return ""

    def _no_contribution(self, topic: Topic) -> Wanted:
        """A pull request that changes no text has a status of its own, and nothing else."""
        if (
            isinstance(topic, Form)
            or not isinstance(topic, PullRequest)
            or not topic.open
            or topic.base != BRANCH
        ):
            return Wanted(number=topic.number)
        head = self.desk.repository.resolve(topic.head)
        base = self.desk.repository.merge_base(self.desk.main(), head) if head else None
        if head is None or base is None:
            return Wanted(number=topic.number, commit=topic.head, gate=not_read())
        paths = [change.path for change in self.desk.repository.changed(base, head)]
        waits = any(path.startswith(FOLDERS) for path in paths) or isinstance(
            find_block(topic.body.body), Block
        )
        said = (
            not_read() if waits else no_contribution(process=any(path.startswith(PROCESS) for path in paths))
        )
        return Wanted(number=topic.number, commit=topic.head, gate=said)

    # --- the text -----------------------------------------------------------------------------------------

    def _redline(self, case: Case) -> tuple[list[str], str]:
        """The blocks of the redline, or why there are none."""
        version = case.current
        if version.redacted is not None:
            return [], f"Its text was taken out of reach: {version.redacted.ground}."
        if version.head is None or version.base is None:
            return [], "It changes no text."
        if not version.proposal and any(finding.severity == "error" for finding in version.form):
            return [], "Its files break the rules of form, so its text is not read."
        try:
            texts = self.desk.texts
            blocks = change_blocks(compare(texts.documents(version.base), texts.documents(version.head)))
        except Refused as refused:
            return [], refused.findings[0].message
        return blocks, "It changes no clause of the text."

    def _meetings(self, case: Case) -> list[Meeting]:
        if not self.everything:
            return conflicts.meetings_of(self.desk, self.cases, case)
        return [one for one in self._every_meeting if case.number in one.numbers]

    @cached_property
    def _every_meeting(self) -> list[Meeting]:
        known = self.cases.all()
        self._open |= {case.number: case for case in known}
        return conflicts.every_meeting(self.desk, self.cases, known)


def _newest_main(desk: Desk, last: str) -> str:
    """The name of main that goes on from the last state seen: the shared one, else the one here, else that state."""
    for ref in (MAIN, desk.main_ref):
        tip = desk.repository.resolve(ref)
        if tip and desk.repository.resolve(last) and (tip == last or desk.repository.is_ancestor(last, tip)):
            return ref
    return last


def _digest(text: str) -> str:
    return fact_digest(text)[:12]


def _shows_open_gate(pull: PullRequest) -> bool:
    return any(one.context == CONTEXT and one.state == "success" for one in pull.statuses)


def _fingerprint(effect: Effect) -> str:
    """A short name of exactly what a contribution would make of the text."""
    rows = [[e.id, e.path, e.had, e.gets, e.container, e.after, e.form, e.lead] for e in effect]
    return fact_digest(rows)[:8] if rows else ""
