"""Raw mappings → domain values, with all problems at once.

The mappings are those that passed their schema (from YAML) or that a record keeps as JSON; both give the same values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from accord.application.reader import Locate, Problems, Reader
from accord.domain.findings import Finding, Place, Severity
from accord.domain.process import forum as f
from accord.domain.process import people as p
from accord.domain.process import rules as r
from accord.domain.process import timetable as t
from accord.domain.process.contribution import Contribution, Purpose
from accord.domain.process.days import Days
from accord.domain.process.people_check import experts_findings
from accord.domain.process.suggest import did_you_mean
from accord.domain.process.timetable_check import timetable_findings

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded(Generic[T]):
    """A value, None if anything stops it, and every problem (warnings come with a value)."""

    value: T | None
    findings: tuple[Finding, ...] = ()


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
    if people.value is None or rules.value is None or _stops(findings):
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
    return _checked(timetable, timetable_findings(timetable), locate)


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


def load_experts(
    raw: Mapping[str, Any], timetable: t.Timetable, forum: f.Forum, locate: Locate
) -> Loaded[p.ExpertsList]:
    """`process/experts.yaml`, checked against the timetable (R15) and the forum (R12)."""
    problems = Problems(locate)
    top = Reader(raw, problems)
    experts = p.ExpertsList(
        zone=timetable.zone,
        entities=tuple(
            p.Entity(
                id=one.text("id"),
                name=one.text("name"),
                category=one.text("category"),
                term=_term(one),
                country=one.text("country", ""),
                region=one.text("region", ""),
                successor=one.text("successor") if one.has("successor") else None,
                invented=one.flag("invented", False),
            )
            for one in top.mappings("entities")
        ),
        experts=tuple(
            p.Expert(
                name=one.text("name"),
                entity=one.text("entity"),
                term=_term(one),
                account=_account(one),
                login=one.text("login", ""),
                country=one.text("country", ""),
                active_in_own_country=one.flag("active_in_own_country", False),
                gender=one.text("gender", ""),
                capacity=one.enum("capacity", p.Capacity, p.Capacity.ENTITY),
                nominated=one.optional_day("nominated"),
                late_reason=one.text("late_reason", ""),
                key=one.text("key", ""),
            )
            for one in top.mappings("experts")
        ),
        chairs=tuple(
            p.Chair(
                name=one.text("name"),
                term=_term(one),
                account=_account(one),
                login=one.text("login", ""),
                entity=one.text("entity") if one.has("entity") else None,
                key=one.text("key", ""),
            )
            for one in top.mappings("chairs")
        ),
        secretariat=tuple(
            p.Secretary(
                name=one.text("name"),
                term=_term(one),
                account=_account(one),
                login=one.text("login", ""),
                key=one.text("key", ""),
            )
            for one in top.mappings("secretariat")
        ),
    )
    if problems.found:
        return Loaded(value=None, findings=tuple(problems.found))
    close = timetable.nominations_close()
    return _checked(experts, experts_findings(experts, forum, nominations_close=close), locate)


def _term(one: Reader) -> p.Term:
    return p.Term(first=one.day("from"), last=one.optional_day("until"))


def _account(one: Reader) -> int | None:
    return one.integer("account") if one.has("account") else None


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


def _words(top: Reader, key: str) -> Mapping[str, str]:
    section = top.mapping(key)
    return MappingProxyType({name: section.text(name) for name in section.raw})


def load_rules(
    raw: Mapping[str, Any], forum: f.Forum, locate: Locate, preset: str | None = None
) -> Loaded[r.Rules]:
    """`process/consensus.yaml`: the preset in use (or the one asked for) with the recorded changes to it."""
    problems = Problems(locate)
    top = Reader(raw, problems)
    name = preset or top.text("use")
    presets = top.mapping("presets")
    if name not in presets.raw:
        fix = did_you_mean(name, presets.raw)
        return Loaded(
            value=None,
            findings=(
                _finding("rules-unknown-preset", f"There is no preset `{name}`.", fix, locate("/use")),
            ),
        )
    fields = dict(presets.mapping(name).raw)
    changes = [] if preset else list(top.mappings("changes"))
    for change in changes:
        fields[change.text("field")] = change.raw.get("value")
    pointer = f"/presets/{name}"
    one = Reader(fields, problems, pointer)
    rules = r.Rules(
        name=f"{name}, changed" if changes else name,
        gates=tuple(gated for gated in r.Gated if gated.value in one.texts("gates", required=True)),
        withholding_categories=one.texts("withholding_categories", required=True),
        blocking_positions=one.texts("blocking_positions", required=True),
        objection_needs_reason=one.flag("objection_needs_reason"),
        minimum_call_days=one.integer("minimum_call_days"),
        call_required=one.flag("call_required"),
        change_in_call=one.enum("change_in_call", r.ChangeInCall),
        objections_may_lapse=one.flag("objections_may_lapse"),
        lapse_days=one.integer("lapse_days"),
        set_aside_allowed=one.flag("set_aside_allowed"),
        rough_allowed=one.flag("rough_allowed"),
        needs_support=one.integer("needs_support"),
        breadth_categories=one.integer("breadth_categories"),
        breadth_entities=one.integer("breadth_entities"),
        correction_days=one.integer("correction_days"),
        new_opinion_cutoff=one.enum("new_opinion_cutoff", r.Cutoff),
        public_outside_consultation=one.enum("public_outside_consultation", r.PublicOutside),
    )
    findings = list(problems.found)
    for index, category in enumerate(rules.withholding_categories):
        if forum.category(category) is None:
            message = f"`{category}` is no category of this forum."
            fix = did_you_mean(category, [c.id for c in forum.categories])
            findings.append(
                _finding("rules-category", message, fix, locate(f"{pointer}/withholding_categories/{index}"))
            )
    if rules.objections_may_lapse and rules.lapse_days < 1:
        findings.append(
            _finding(
                "rules-lapse",
                "Objections may lapse, but after 0 days.",
                "Give `lapse_days`.",
                locate(f"{pointer}/lapse_days"),
            )
        )
    return Loaded(value=None if findings else rules, findings=tuple(findings))


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


def _checked(value: T, findings: list[Finding], locate: Locate) -> Loaded[T]:
    placed = tuple(replace(one, place=locate(one.place.path)) if one.place else one for one in findings)
    return Loaded(value=None if _stops(placed) else value, findings=placed)


def _stops(findings: list[Finding] | tuple[Finding, ...]) -> bool:
    return any(one.severity is Severity.ERROR for one in findings)


def _finding(rule: str, message: str, fix: str, place: Place) -> Finding:
    return Finding(rule=rule, message=message, fix=fix, place=place)
