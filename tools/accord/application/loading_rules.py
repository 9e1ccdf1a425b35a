"""`process/consensus.yaml` → the rules in force: a preset with the recorded changes to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from accord.application.loaded import Loaded
from accord.application.reader import Locate, Problems, Reader
from accord.domain.findings import Finding
from accord.domain.process import rules as r
from accord.domain.process.forum import Forum
from accord.domain.process.suggest import did_you_mean
from accord.domain.record.values import CAUTION, Stance

ANY = "any"
_SHARE = re.compile(r"(?P<more>more than )?(?P<numerator>[0-9]{1,3})/(?P<denominator>[1-9][0-9]{0,2})")


def load_rules(
    raw: Mapping[str, Any], forum: Forum, locate: Locate, preset: str | None = None
) -> Loaded[r.Rules]:
    """The preset in use (or the one asked for) with the recorded changes to it."""
    problems = Problems(locate)
    top = Reader(raw, problems)
    name = preset or top.text("use")
    presets = top.mapping("presets")
    if name not in presets.raw:
        unknown = Finding(
            rule="rules-unknown-preset",
            message=f"There is no preset `{name}`.",
            fix=did_you_mean(name, presets.raw),
            place=locate("/use"),
        )
        return Loaded(value=None, findings=(unknown,))
    fields = dict(presets.mapping(name).raw)
    changes = [] if preset else list(top.mappings("changes"))
    for change in changes:
        fields[change.text("field")] = change.raw.get("value")
    one = Reader(fields, problems, f"/presets/{name}")
    rules = r.Rules(
        name=f"{name}, changed" if changes else name,
        gates=tuple(gated for gated in r.Gated if gated.value in one.texts("gates", required=True)),
        withholding_categories=one.texts("withholding_categories", required=True),
        positions=tuple(_positions(one)) or r.STANDARD_POSITIONS,
        objection_needs_reason=one.flag("objection_needs_reason"),
        minimum_call_days=one.integer("minimum_call_days"),
        call_required=one.flag("call_required"),
        change_in_call=one.enum("change_in_call", r.ChangeInCall),
        escalate_days=one.integer("escalate_days") if one.has("escalate_days") else 0,
        objections_may_lapse=one.flag("objections_may_lapse"),
        lapse_days=one.integer("lapse_days"),
        set_aside_allowed=one.flag("set_aside_allowed"),
        rough_allowed=one.flag("rough_allowed"),
        needs_support=one.integer("needs_support"),
        supporting_positions=_stances(one, "supporting_positions") or ("support", "accept"),
        needs_share=_share(one),
        may_be_silent=one.integer("may_be_silent") if one.raw.get("may_be_silent", ANY) != ANY else None,
        breadth_categories=one.integer("breadth_categories"),
        breadth_entities=one.integer("breadth_entities"),
        correction_days=one.integer("correction_days"),
        new_opinion_cutoff=one.enum("new_opinion_cutoff", r.Cutoff),
        public_outside_consultation=one.enum("public_outside_consultation", r.PublicOutside),
    )
    findings = (*problems.found, *_contradictions(rules, forum, one))
    return Loaded(value=None if findings else rules, findings=findings)


def _positions(one: Reader) -> Iterator[r.PositionName]:
    """C4. What can be said under these rules, in the rules' own words."""
    if not one.has("positions"):
        return
    section = one.mapping("positions")
    for name in section.raw:
        position = section.mapping(name)
        means = position.text("means")
        if means not in CAUTION:
            position.problems.add(
                f"{position.pointer}/means",
                f"`{means}` is no meaning of a position.",
                did_you_mean(means, CAUTION),
            )
            continue
        yield r.PositionName(
            name=name,
            means=means,
            label=position.text("label", ""),
            recuses=position.flag("recuses", False),
        )


def _stances(one: Reader, key: str) -> tuple[Stance, ...]:
    return tuple(text for text in one.texts(key) if text in CAUTION)


def _share(one: Reader) -> r.Share:
    if not one.has("needs_share"):
        return r.Share()
    text = one.text("needs_share")
    match = _SHARE.fullmatch(text)
    share = match and r.Share(
        numerator=int(match["numerator"]), denominator=int(match["denominator"]), more=bool(match["more"])
    )
    if not share or share.numerator > share.denominator:
        message = f"`{text}` is no share of those asked."
        one.problems.add(f"{one.pointer}/needs_share", message, "Write `2/3` or `more than 1/2`.")
        return r.Share()
    return share


def _contradictions(rules: r.Rules, forum: Forum, one: Reader) -> Iterator[Finding]:
    locate = one.problems.locate
    for index, category in enumerate(rules.withholding_categories):
        if forum.category(category) is None:
            yield Finding(
                rule="rules-category",
                message=f"`{category}` is no category of this forum.",
                fix=did_you_mean(category, [c.id for c in forum.categories]),
                place=locate(f"{one.pointer}/withholding_categories/{index}"),
            )
    if rules.objections_may_lapse and rules.lapse_days < 1:
        yield Finding(
            rule="rules-lapse",
            message="Objections may lapse, but after 0 days.",
            fix="Give `lapse_days`.",
            place=locate(f"{one.pointer}/lapse_days"),
        )
    if all(position.means != "object" for position in rules.positions):
        yield Finding(
            rule="rules-no-objection",
            message="No position of these rules means `object`, so nobody could withhold consensus.",
            fix="Give one position `means: object`.",
            place=locate(f"{one.pointer}/positions"),
        )
