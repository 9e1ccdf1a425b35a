"""Raw mappings → domain values, with all problems at once.

The mappings are those that passed their schema (from YAML) or that a record keeps as JSON; both give the same values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from accord.application.loaded import Loaded, checked
from accord.application.loading_people import load_experts
from accord.application.loading_rules import load_rules
from accord.application.reader import Locate, Problems, Reader
from accord.domain.findings import Finding, Place, errors
from accord.domain.process import forum as f
from accord.domain.process import people as p
from accord.domain.process import rules as r
from accord.domain.process import timetable as t
from accord.domain.process.contribution import Contribution, Purpose
from accord.domain.process.days import Days
from accord.domain.process.drafting import Drafting, Prescriptive
from accord.domain.process.suggest import did_you_mean
from accord.domain.process.timetable_check import timetable_findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """The four process files of one state of the agreed text."""

    timetable: t.Timetable
    experts: p.ExpertsList
    forum: f.Forum
    rules: r.Rules


def plain_places(file: str) -> Locate:
    """Places for a mapping without lines: the file and the JSON pointer."""
    return lambda pointer: Place(file=file, path=pointer)


def load_process(
    timetable: Mapping[str, Any],
    experts: Mapping[str, Any],
    forum: Mapping[str, Any],
    consensus: Mapping[str, Any],
    locate: Callable[[str], Locate] = lambda name: plain_places(f"process/{name}.yaml"),
) -> Loaded[Process]:
    """The whole process, cross-checked; `locate` gives the places of a file by its short name."""
    loaded_forum = load_forum(forum, locate("forum"))
    loaded_timetable = load_timetable(timetable, locate("timetable"))
    findings = [*loaded_forum.findings, *loaded_timetable.findings]
    if loaded_forum.value is None:
        return Loaded(value=None, findings=tuple(findings))
    rules = load_rules(consensus, loaded_forum.value, locate("consensus"))
    findings += rules.findings
    if loaded_timetable.value is None:
        return Loaded(value=None, findings=tuple(findings))
    people = load_experts(experts, loaded_timetable.value, loaded_forum.value, locate("experts"))
    findings += [
        *people.findings,
        *_admitted_kinds(loaded_timetable.value, loaded_forum.value, locate("timetable")),
    ]
    if people.value is None or rules.value is None or errors(findings):
        return Loaded(value=None, findings=tuple(findings))
    process = Process(
        timetable=loaded_timetable.value, experts=people.value, forum=loaded_forum.value, rules=rules.value
    )
    return Loaded(value=process, findings=tuple(findings))


def load_timetable(raw: Mapping[str, Any], locate: Locate) -> Loaded[t.Timetable]:
    """`process/timetable.yaml`."""
    problems = Problems(locate)
    top = Reader(raw, problems)
    try:
        zone = ZoneInfo(top.text("zone"))
    except (KeyError, ValueError, OSError):
        problems.add("/zone", "There is no such time zone.", "Write a name such as `Europe/Zurich`.")
        zone = ZoneInfo("UTC")
    timetable = t.Timetable(
        title=top.text("title", ""),
        basis=top.text("basis"),
        page=top.text("page", ""),
        zone=zone,
        events=tuple(_event(one) for one in top.mappings("events")),
        windows=tuple(
            t.Window(
                id=one.text("id"),
                opens=one.text("opens"),
                closes=one.text("closes"),
                public=one.flag("public", False),
                admits=_admits(one),
            )
            for one in top.mappings("windows")
        ),
        amendments=tuple(
            t.Amendment(
                adopted=one.beginning("adopted", zone),
                basis=one.text("basis"),
                changes=tuple(_change(change) for change in one.mappings("changes")),
            )
            for one in top.mappings("amendments")
        ),
    )
    if problems.found:
        return Loaded(value=None, findings=tuple(problems.found))
    return checked(timetable, timetable_findings(timetable), locate)


def _event(one: Reader) -> t.Event:
    contains = one.mapping("contains") if one.has("contains") else None
    return t.Event(
        id=one.text("id"),
        kind=one.enum("kind", t.EventKind),
        planned=one.days("date"),
        label=one.text("label"),
        basis=one.text("basis"),
        text=one.texts("text"),
        table=one.flag("table", True),
        during=one.text("during", ""),
        virtual=one.flag("virtual", False),
        public=one.flag("public", False),
        contains=t.Contents(
            report=contains.enum("report", t.ReportForm), opinions=contains.enum("opinions", t.OpinionsForm)
        )
        if contains
        else None,
        after=one.texts("after"),
        closes=one.texts("closes"),
        discusses=one.texts("discusses"),
        fixing=_fixing(one),
    )


def _fixing(one: Reader) -> t.Fixing | None:
    if not one.has("fixed"):
        return None
    fixed = one.mapping("fixed")
    first, last = fixed.day("start"), fixed.day("end")
    if last < first:
        one.problems.add(f"{fixed.pointer}/end", "It ends before it starts.", "Correct `start` or `end`.")
    text = first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
    return t.Fixing(days=Days(text=text, first=first, last=last, fixed=True), source=fixed.text("source"))


def _admits(one: Reader) -> tuple[t.Admits, ...]:
    return tuple(
        t.Admits(kind=entry.text("kind"), classes=entry.texts("classes", required=True))
        for entry in one.mappings("admits")
    )


def _change(one: Reader) -> t.EventChange | t.WindowChange:
    public = one.flag("public") if one.has("public") else None
    if one.has("window"):
        admits = _admits(one) if one.has("admits") else None
        return t.WindowChange(window=one.text("window"), admits=admits, public=public)
    return t.EventChange(
        event=one.text("event"),
        planned=one.days("date") if one.has("date") else None,
        fixing=_fixing(one),
        basis=one.text("basis") if one.has("basis") else None,
        text=one.texts("text") if one.has("text") else None,
        public=public,
    )


def load_forum(raw: Mapping[str, Any], locate: Locate) -> Loaded[f.Forum]:
    """`process/forum.yaml`."""
    problems = Problems(locate)
    top = Reader(raw, problems)
    forum = f.Forum(
        name=top.text("name"),
        short_name=top.text("short_name"),
        experts_name=top.text("experts_name"),
        page=top.text("page"),
        notice=top.text("notice"),
        categories=tuple(
            f.Category(
                id=one.text("id"),
                label=one.text("label"),
                input_class=one.enum("class", f.InputClass),
                nominates=one.flag("nominates"),
                public=one.flag("public", False),
            )
            for one in top.mappings("categories")
        ),
        themes=tuple(
            f.Theme(
                id=one.text("id"),
                label=one.text("label"),
                secretariat_only=one.flag("secretariat_only", False),
            )
            for one in top.mappings("themes")
        ),
        kinds=tuple(
            f.Kind(
                id=one.text("id"),
                label=one.text("label"),
                matter=one.enum("matter", f.Matter, f.Matter.ANY),
                sender=one.enum("sender", f.Sender, f.Sender.ANYONE),
                public=one.flag("public", False),
                presents_opinion=one.flag("presents_opinion", False),
            )
            for one in top.mappings("kinds")
        ),
        regions=top.texts("regions"),
        languages=top.texts("languages"),
        official_symbol=top.text("official_symbol", ""),
        opinion_readers=top.texts("opinion_readers"),
        drafting=_drafting(top.mapping("drafting")) if top.has("drafting") else Drafting(),
        states=_words(top, "states"),
        dispositions=_words(top, "dispositions"),
        positions=_words(top, "positions"),
        words=_words(top, "words"),
    )
    findings = list(problems.found)
    for group, ids in (
        ("categories", [c.id for c in forum.categories]),
        ("themes", [theme.id for theme in forum.themes]),
        ("kinds", [kind.id for kind in forum.kinds]),
    ):
        for index, one in enumerate(ids):
            if one in ids[:index]:
                message = f"`{one}` stands twice among the {group}."
                findings.append(
                    _finding("forum-duplicate", message, "Remove one.", locate(f"/{group}/{index}/id"))
                )
    return Loaded(value=None if findings else forum, findings=tuple(findings))


def _drafting(one: Reader) -> Drafting:
    found = one.mappings("prescriptive") if one.has("prescriptive") else ()
    return Drafting(
        prescriptive=tuple(
            Prescriptive(
                words=entry.texts("words", required=True),
                instead=entry.text("instead"),
                even_negated=entry.flag("even_negated", False),
            )
            for entry in found
        ),
        preambular=one.texts("preambular"),
        operative=one.texts("operative"),
        addressing=one.texts("addressing"),
        instruments=one.texts("instruments"),
        citations=one.texts("citations"),
        acronyms=one.texts("acronyms"),
    )


def _words(top: Reader, key: str) -> Mapping[str, str]:
    section = top.mapping(key)
    return MappingProxyType({name: section.text(name) for name in section.raw})


def load_contribution(raw: Mapping[str, Any], locate: Locate) -> Loaded[Contribution]:
    """A contribution's metadata."""
    problems = Problems(locate)
    one = Reader(raw, problems)
    contribution = Contribution(
        category=one.text("category", ""),
        source=one.text("source").strip(),
        kind=one.text("kind"),
        based_on=one.text("based_on"),
        themes=one.texts("themes", required=True),
        title=" ".join(one.text("title").split()),
        reasons=one.text("reasons").strip(),
        language=one.text("language"),
        purpose=one.enum("for", Purpose),
        cosigners=one.texts("cosigners"),
        clauses=one.texts("clauses"),
        opinion=one.text("opinion") if one.has("opinion") else None,
        sources=_numbers_and_names(one, "sources"),
        requires=tuple(n for n in _numbers_and_names(one, "requires") if isinstance(n, int)),
        amends=one.integer("amends") if one.has("amends") else None,
    )
    if problems.found:
        return Loaded(value=None, findings=tuple(problems.found))
    return Loaded(value=contribution)


def _numbers_and_names(one: Reader, key: str) -> tuple[int | str, ...]:
    value = one.raw.get(key)
    if value is None:
        return ()
    if isinstance(value, list) and all(isinstance(n, (int, str)) and not isinstance(n, bool) for n in value):
        return tuple(value)
    one.problems.add(f"{one.pointer}/{key}", f"`{key}` must be a list of numbers.", "Write it like `[3, 7]`.")
    return ()


def _admitted_kinds(timetable: t.Timetable, forum: f.Forum, locate: Locate) -> list[Finding]:
    return [
        _finding(
            "timetable-unknown-kind",
            f"Window {window.id} admits `{admits.kind}`, which is no kind of this forum.",
            did_you_mean(admits.kind, [kind.id for kind in forum.kinds]),
            locate(f"/windows/{index}/admits/{position}/kind"),
        )
        for index, window in enumerate(timetable.windows)
        for position, admits in enumerate(window.admits)
        if forum.kind(admits.kind) is None
    ]


def _finding(rule: str, message: str, fix: str, place: Place) -> Finding:
    return Finding(rule=rule, message=message, fix=fix, place=place)
