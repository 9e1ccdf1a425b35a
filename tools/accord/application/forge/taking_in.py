"""Taking in what a forge brought, one thing after the other, as the acts that it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from accord.application.cases import Cases
from accord.application.chronicle import Chronicle
from accord.application.desk import TOOL, Act, Delivery, Desk, Done
from accord.application.forge.index import Index
from accord.application.forge.saying import Saying
from accord.application.receiving import Description, Handed, revise, submit
from accord.domain.agreement.case import Case
from accord.domain.agreement.effect import effect_against
from accord.domain.findings import Exit, Refused
from accord.domain.forge.deliveries import Changed, Delivered, Remark, Screen, Version, Words
from accord.domain.forge.marker import read_marker
from accord.domain.forge.snapshot import GHOST, Account, Form, Topic
from accord.domain.process.addresses import without_addresses
from accord.domain.process.people import ExpertsView
from accord.domain.record.events import Heard, Point, PointSettled, Shown, WordsChanged
from accord.domain.record.values import Actor, Receipt
from accord.render.messages.heard import BY_ACCOUNT

EXCERPT = 500
_BY_ACCOUNT = ("role-missing", "source-only", "expert-missing")
FormText = Callable[[Desk, Form, str], tuple[Description, str | None]]
"""Makes of a filled form the description and the commit of the proposed text (None: it changes none)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """Something that a topic brought."""

    topic: Topic
    what: Delivered


@dataclass(kw_only=True)
class Taking:
    """Takes in what arrived. ``learned`` is the moment of this run, by the server's clock.

    ``first_words`` are the words of each post as it was first written, where they are known. ``discussed`` are the
    topics in which an Opinion is discussed as it reads, by number.
    """

    desk: Desk
    index: Index
    learned: datetime
    form_text: FormText
    first_words: Mapping[str, str] = field(default_factory=dict)
    discussed: Mapping[int, str] = field(default_factory=dict)
    done: list[Done] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def take(self, arrived: Arrived) -> None:
        """Take in one thing, unless the record has it.

        Raises:
            Refused: the disk, git or the record refuse (exit OUTSIDE). What the rules refuse is recorded as heard.
        """
        topic, what = arrived.topic, arrived.what
        number = self.index.number(topic)
        subject = self.discussed.get(topic.number) or ("" if number is None else str(number))
        if isinstance(what, Version):
            if topic.number not in self.discussed:
                self._version(topic, number, what)
        elif not subject:
            return  # nothing was received under it, so nothing is said about anything
        elif isinstance(what, Words):
            Saying(taking=self, subject=subject).take(what)
        elif isinstance(what, Changed):
            self._changed(subject, what)
        elif isinstance(what, Screen):
            self._screen(subject, what)
        else:
            self._remark(subject, what)

    # --- versions -----------------------------------------------------------------------------------------

    def _version(self, topic: Topic, number: int | None, version: Version) -> None:
        desk = self.delivering(version.post, version.receipt, version.account)
        channel = "form" if isinstance(topic, Form) else "pull-request"
        handed = Handed(
            channel=channel,  # type: ignore[arg-type]
            receipt=version.receipt,
            alias=f"gh#{topic.number}",
            public=True,
        )
        head, text = version.head, version.text
        if head is not None and self.desk.repository.resolve(head) is None:
            self.missing.append(f"The text {head[:12]} of #{topic.number} could not be fetched.")
            return
        description = None if text is None else Description(data=text.encode(), name="description")
        if isinstance(topic, Form) and text is not None:
            description, head = self.form_text(desk, topic, text)
        if number is None:
            self.carry(
                lambda: submit(desk, head, description or Description(data=b"", name="description"), handed)
            )
            return
        try:
            self.carry(lambda: revise(desk, str(number), head, description, handed))
        except Refused as refused:
            if refused.exit_code is Exit.OUTSIDE:
                raise
            what = "a new version of the text" if version.text is None else "another description"
            self.heard(str(number), desk, what, refused)

    # --- words --------------------------------------------------------------------------------------------

    def _changed(self, subject: str, changed: Changed) -> None:
        events = [
            one for one in self.index.taken_from(subject, changed.of) if one.seq not in self.index.changed
        ]
        if changed.how == "edited":
            saying = Saying(taking=self, subject=subject)
            events = saying.no_longer_said(events, self.first_words.get(changed.of, ""), changed.text)
        if not events:
            return
        editor = changed.editor.login if changed.editor else ""
        acts = tuple(
            WordsChanged(
                by=TOOL,
                received=changed.receipt,
                recorded=self.learned,
                subject=subject,
                target=event.seq,
                how=changed.how,
                editor=editor,
            )
            for event in events
        )
        desk = self.delivering(changed.post, changed.receipt, GHOST)
        self.carry(
            lambda: desk.carry_out(
                lambda _: Act(summary=f"{named(subject)}: words were {changed.how}", events=acts)
            )
        )

    def _screen(self, subject: str, screen: Screen) -> None:
        marker = read_marker(screen.text)
        if marker is None:
            return
        receipt = Receipt.instant(screen.moment, "server")
        desk = self.delivering(screen.post, receipt, GHOST)

        def decide(chronicle: Chronicle) -> Act:
            cases = Cases(chronicle, screen.moment)
            found = cases.subject(subject)
            effect = found.dossier.effect(cases.world, screen.moment)
            if isinstance(found, Case):
                version = next((one for one in found.revisions if one.number == marker.revision), None)
                if version is None:
                    return Act(summary=f"{named(subject)}: nothing was shown")
                if version.number != found.current.number:
                    effect = effect_against(
                        version.proposal, found.dossier.ground(cases.world, screen.moment)
                    )
            event = Shown(
                by=TOOL,
                received=receipt,
                recorded=self.learned,
                subject=subject,
                revision=marker.revision,
                effect=effect,
                says=marker.says,
            )
            return Act(summary=f"{named(subject)}: version {marker.revision} was shown", events=(event,))

        self.carry(lambda: desk.carry_out(decide))

    def _remark(self, subject: str, remark: Remark) -> None:
        """A thread that a nominated expert began is a point that waits for an answer, until it is settled."""
        thread = remark.thread
        first = thread.posts[0]
        point = self.index.points.get(remark.post)
        if point is None:
            expert = self.view(first.created).expert(first.author.id) if first.author.id is not None else None
            if expert is None or first.author.bot:
                return
            desk = self.delivering(remark.post, Receipt.instant(first.created, "server"), first.author)

            def begin(chronicle: Chronicle) -> Act:
                found = Cases(chronicle, desk.now).subject(subject)
                event = Point(
                    by=Actor(name=expert.name, role="expert", id=expert.account),
                    received=Receipt.instant(desk.now),
                    recorded=desk.now,
                    subject=subject,
                    entity=expert.entity,
                    path=thread.path,
                    line=thread.line,
                    words=excerpt(first.body),
                    revision=found.current.number if isinstance(found, Case) else 1,
                )
                return Act(summary=f"{named(subject)}: a point was raised", events=(event,))

            self.carry(lambda: desk.carry_out(begin))
            point = self.index.points.get(remark.post)
        if point is None or self.index.settled.get(point.seq, False) == thread.resolved:
            return
        count = sum(1 for post in self.index.posts if post.startswith(f"{remark.post}/")) + 1
        seen = Receipt(earliest=first.created, latest=self.learned, clock="first-seen")
        desk = self.delivering(f"{remark.post}/{count}", seen, GHOST)
        event = PointSettled(
            by=TOOL,
            received=seen,
            recorded=self.learned,
            subject=subject,
            target=point.seq,
            settled=thread.resolved,
        )
        said = "was settled" if thread.resolved else "was opened again"
        self.carry(
            lambda: desk.carry_out(
                lambda _: Act(summary=f"{named(subject)}: a point {said}", events=(event,))
            )
        )

    # --- what all of them need ----------------------------------------------------------------------------

    def delivering(self, post: str, receipt: Receipt, account: Account) -> Desk:
        """A desk for something that came at a moment from an account."""
        delivery = Delivery(
            post=post,
            receipt=receipt,
            learned=self.learned,
            account=account.id,
            login=account.login or "ghost",
        )
        return self.desk.delivering(delivery)

    def view(self, moment: datetime) -> ExpertsView:
        """The list of nominated experts as known and as it stood at a moment."""
        return self.desk.chronicle().world().at(moment).experts.at(moment)

    def carry(self, act: Callable[[], Done]) -> Done:
        """Do something, and take up what it recorded."""
        done = act()
        self.index.add(done.events)
        if done.events:
            self.done.append(done)
        return done

    def heard(self, subject: str, desk: Desk, words: str, refused: Refused, why: str = "") -> None:
        """Record that something was said that does not count, for the reason of a refusal."""
        first = refused.findings[0]
        reason = " ".join(one.message for one in refused.findings)
        if desk.delivery is not None:
            reason = reason.replace(f"`{desk.who}`", f"`{desk.delivery.login}`")
        # On a forge nobody says who they are: their account does.
        fix = BY_ACCOUNT if first.rule in _BY_ACCOUNT else first.fix
        self.note(subject, desk, words, why or first.rule, reason, fix)

    def note(self, subject: str, desk: Desk, words: str, why: str, reason: str, fix: str = "") -> None:
        """Record that something was said that does not count (C12)."""
        assert desk.delivery is not None  # noqa: S101 - only what a forge brought is heard
        actor = self._actor(desk)
        event = Heard(
            by=actor,
            received=desk.delivery.receipt,
            recorded=self.learned,
            subject=subject,
            words=excerpt(words),
            why=why,
            reason=without_addresses(reason),
            fix=without_addresses(fix),
        )
        said = f"“{excerpt(words)[:80]}” by {actor.name} is {'a question' if why == 'question' else 'no position'}"
        self.carry(
            lambda: desk.carry_out(lambda _: Act(summary=f"{named(subject)}: {said}", events=(event,)))
        )

    def _actor(self, desk: Desk) -> Actor:
        assert desk.delivery is not None  # noqa: S101 - as above
        account, view = desk.delivery.account, self.view(desk.now)
        if account is not None:
            if (chair := view.chair(account)) is not None:
                return Actor(name=chair.name, role="chair", id=account)
            if (member := view.secretary(account)) is not None:
                return Actor(name=member.name, role="secretariat", id=account)
            if (expert := view.expert(account)) is not None:
                return Actor(name=expert.name, role="expert", id=account)
        return Actor(name=desk.delivery.login, role="guest", id=account)


def in_order(topics: Iterable[tuple[Topic, Iterable[Delivered]]]) -> list[Arrived]:
    """Everything that several topics brought, oldest first, whatever order they were read in."""
    found = [Arrived(topic=topic, what=what) for topic, all_of_it in topics for what in all_of_it]
    return sorted(found, key=lambda one: (one.what.moment, one.topic.number))


def first_words(arrived: Iterable[Arrived]) -> dict[str, str]:
    """Post → its words as they were first written."""
    return {one.what.post: one.what.text for one in arrived if isinstance(one.what, Words) and one.what.first}


def named(subject: str) -> str:
    """A subject as people name it."""
    return f"Contribution {subject}" if subject.isdigit() else f"Opinion {subject.partition('/')[2]}"


def excerpt(words: str) -> str:
    """The beginning of what somebody wrote, on one line and without addresses."""
    plain = without_addresses(" ".join(words.encode("utf-8", "replace").decode().split()))
    return plain if len(plain) <= EXCERPT else plain[: EXCERPT - 1] + "…"
