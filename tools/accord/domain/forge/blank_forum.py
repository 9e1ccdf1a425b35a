"""The files of a fresh copy for another forum: process files and the first pages of its Report. Data only, no code.

Everything here is a beginning that a secretariat changes in the files; what has to be changed is marked there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from accord.domain.forge.blank import Blank, comment, filled, flow, scalar
from accord.domain.forge.blank_timetable import timetable

NOTICE = "Unofficial working aid. The official documents are on the page of the forum."
TIMETABLE = "report/02-timetable.md"
_FIELD_COMMENTS = {
    "gates": "what consensus gates (C1)",
    "withholding_categories": "who may withhold consensus (C2)",
    "objection_needs_reason": "C4",
    "change_in_call": "C7",
    "escalate_days": "C6: an objection that still stands then goes to the chairs",
    "objections_may_lapse": "C6",
    "set_aside_allowed": "C6",
    "rough_allowed": "C9",
    "breadth_categories": "C8",
    "correction_days": "a contribution returned for its form keeps its receipt time this long",
    "public_outside_consultation": "A8",
}


def files(blank: Blank) -> dict[str, str]:
    """Every file that is written for the forum, by path; the forms of GitHub are written from these."""
    whole = filled(blank)
    found = {
        "process/forum.yaml": "\n".join(_forum(whole)) + "\n",
        "process/timetable.yaml": "\n".join(timetable(whole)) + "\n",
        "process/experts.yaml": "\n".join(_experts(whole)) + "\n",
        "process/consensus.yaml": "\n".join(_consensus(whole)) + "\n",
        "report/00-cover.md": _cover(whole),
        "report/01-about.md": _about(whole),
        "report/03-next-steps.md": _next_steps(),
    }
    if whole.opinions:
        found["opinions/_template.md"] = _template(whole)
    return found


def left_to_do(blank: Blank) -> tuple[str, ...]:
    """What the secretariat still has to fill in, a sentence each, in the order in which it is best done."""
    whole = filled(blank)
    words = {
        "windows": "process/timetable.yaml: all dates are examples; put in your own, and the decision they rest on.",
        "page": "process/forum.yaml: `page` is an example; name the page with the official documents.",
        "proposing": "process/forum.yaml: the categories are examples; name who takes part.",
        "themes": "process/forum.yaml: the theme is an example; name yours.",
        "experts": "process/forum.yaml: `experts_name` is made up from the short name; check it.",
    }
    found = [sentence for place, sentence in words.items() if place in whole.invented]
    if "windows" not in whole.invented:
        found.insert(0, "process/timetable.yaml: name the decision that each date rests on (`basis`).")
        if whole.final is None:
            found.insert(
                1, "process/timetable.yaml: there is no posting `final` yet; add it when its day is known."
            )
    return (
        *found,
        f"process/consensus.yaml: the rules are the preset `{whole.preset}`; read them with `accord now --rules`.",
        "process/experts.yaml: name the chairs, the secretariat and the experts, with the numbers of their accounts.",
        "report/: the pages hold one sentence each; write the first draft.",
        *(("opinions/_template.md: an example to copy for each draft Opinion.",) if whole.opinions else ()),
        "README.md, CONTRIBUTING.md, docs/: they speak of the first forum; say what is different in yours.",
        ".github/CODEOWNERS: name the teams of your organization.",
        "The settings on GitHub: docs/setting-up.md, then `accord doctor`.",
    )


# --- process/forum.yaml -------------------------------------------------------------------------------------


def _forum(it: Blank) -> Iterator[str]:
    yield "# What makes this forum different from another: names, categories, themes, kinds and the words shown."
    yield "version: 1"
    yield f"name: {scalar(it.name)}"
    yield f"short_name: {scalar(it.short)}"
    yield f"experts_name: {scalar(it.experts)}"
    yield f"page: {scalar(it.page)}"
    yield f"notice: {scalar(NOTICE)}"
    yield ""
    yield "# The input of some is called a proposal, that of others a view; the class follows from the category."
    yield "# Those that nominate have experts on the list; the public does not."
    yield "categories:"
    for kind, named in (("proposal", it.proposing), ("view", it.viewing)):
        for one in named:
            yield f"  - {{id: {one.id}, label: {scalar(one.label)}, class: {kind}, nominates: true}}"
    for one in it.public:
        yield f"  - {{id: {one.id}, label: {scalar(one.label)}, class: view, nominates: false, public: true}}"
    yield ""
    yield "classes:"
    yield "  - {id: proposal, label: proposal}"
    yield "  - {id: view, label: view}"
    yield ""
    yield "# `secretariat_only: true` keeps a theme to the secretariat."
    yield "themes:"
    for one in it.themes:
        yield f"  - {{id: {one.id}, label: {scalar(one.label)}}}"
    yield ""
    yield "# `public` opens a kind to the public while a window is open to it."
    yield "kinds:"
    matter = "any" if it.opinions else "report"
    yield f"  - {{id: comment, label: Comment on the draft, matter: {matter}, public: true}}"
    if it.opinions:
        yield (
            "  - {id: opinion-outline, label: Outline of a possible draft Opinion, matter: opinions, "
            "presents_opinion: true}"
        )
        yield (
            "  - {id: opinion-text, label: Text of a possible draft Opinion, matter: opinions, presents_opinion: true}"
        )
    yield f"  - {{id: public-input, label: Input to the public consultation, matter: {matter}, public: true}}"
    yield f"  - {{id: secretariat-text, label: Text by the secretariat, matter: {matter}, sender: secretariat}}"
    yield ""
    yield "# Regions by which the list of experts is counted; none if it is not."
    yield "regions: []"
    yield f"languages: {flow(it.languages)}"
    yield ""
    if it.opinions:
        yield "# Whom an Opinion is for; another addressee is pointed out. None: anybody."
        yield "opinion_readers: []"
        yield ""
        yield from _drafting(it)
    yield "# Words shown for what the tool computes."
    for section in ("states", "dispositions", "positions"):
        yield f"{section}:"
        for name, label in it.words[section].items():
            yield f"  {name}: {scalar(label)}"
    yield "words:"
    yield "  experts-list: list of nominated experts"
    yield "  blocked: not yet agreed"
    yield "  conflict: alternatives"
    yield f"  agreed: {scalar('agreed by the ' + it.experts)}"
    yield f"  adopted: {scalar('adopted by ' + it.short)}"


def _drafting(it: Blank) -> Iterator[str]:
    """The lists that the copy has; what another forum cites and which acronyms it knows are its own."""
    if not it.drafting:
        return
    yield from comment(
        "How draft Opinions are worded; `accord check` points out what reads otherwise, and it stops nothing. What a "
        "list does not name is not looked for. Every rule: docs/lint.md."
    )
    yield "drafting:"
    yield "  prescriptive:"
    for entry in it.drafting.get("prescriptive", ()):
        negated = ", even_negated: true" if entry.get("even_negated") else ""
        yield f"    - {{words: {flow(entry['words'])}, instead: {scalar(entry['instead'])}{negated}}}"
    for name in ("preambular", "operative", "addressing", "instruments"):
        yield f"  {name}:"
        yield from (f"    - {scalar(one)}" for one in it.drafting.get(name, ()))
    yield "  # The full form of what is cited often, as Resolution 1 (Port Arcadia, 2026); acronyms all know."
    yield "  citations: []"
    yield f"  acronyms: {flow(['UN'])}"
    yield ""


# --- process/experts.yaml, process/consensus.yaml -----------------------------------------------------------


def _experts(it: Blank) -> Iterator[str]:
    category = (it.proposing + it.viewing)[0].id
    since = it.windows[0].first - timedelta(days=30)
    yield from comment(
        "The list of nominated experts, the chairs and the secretariat. The secretariat keeps it, by changes anybody "
        "can read. Every entry is dated: it holds from the first instant of `from` to the end of `until`. Never delete "
        "or rewrite one; end it with `until` and add another. No e-mail addresses and no telephone numbers."
    )
    yield "#"
    yield "# `account` is the number of the account on GitHub (gh api users/LOGIN --jq .id). With invented content:"
    yield "#"
    yield "#   entities:"
    yield f'#     - {{id: arcadia, name: Arcadia, category: {category}, from: "{since}", invented: true}}'
    yield "#   experts:"
    yield "#     - {account: 1000001, name: Ana Example, entity: arcadia, country: Arcadia,"
    yield f'#        active_in_own_country: true, nominated: "{since}", from: "{since}"}}'
    yield "#   chairs:"
    yield f'#     - {{account: 1000002, name: Ben Example, entity: arcadia, from: "{since}"}}'
    yield "#   secretariat:"
    yield f'#     - {{account: 1000003, name: Cleo Example, from: "{since}"}}'
    yield "version: 1"
    yield "entities: []"
    yield "experts: []"
    yield "chairs: []"
    yield "secretariat: []"


def _consensus(it: Blank) -> Iterator[str]:
    yield from comment(
        "The rules of agreement. `use` names the preset in force; `changes` overrides single fields of it, each with a "
        "reason. The numbers are defaults of the tool; `accord now --rules` says them in sentences."
    )
    yield "version: 1"
    yield f"use: {it.preset}"
    yield 'basis: "to be named: the decision on how this forum agrees"'
    yield "changes: []"
    yield '#  - {field: minimum_call_days, value: 14, reason: "agreed at the first meeting"}'
    yield ""
    yield "presets:"
    nominating = [one.id for one in (*it.proposing, *it.viewing)]
    for name, preset in it.presets.items():
        yield f"  {name}:"
        for key, value in preset.items():
            if key == "gates" and not it.opinions:
                value = ["report"]
            if key == "withholding_categories":
                value = [*nominating, *(one.id for one in it.public)] if name == "lazy" else nominating
            note = f"  # {_FIELD_COMMENTS[key]}" if key in _FIELD_COMMENTS else ""
            yield f"    {key}: {flow(value)}{note}"


# --- report/, opinions/ -------------------------------------------------------------------------------------


def _cover(it: Blank) -> str:
    return f"""\
---
title: {scalar("Draft Report of " + it.name)}
draft: draft-1
date: {it.windows[0].first.isoformat()}
original_language: {it.languages[0]}
notice: {scalar(NOTICE)}
---
"""


def _about(it: Blank) -> str:
    return f"""\
# {_text(it.name)}

What this Report is for, and who asked for it, is said here.
"""


def _next_steps() -> str:
    return """\
# Next steps

The next draft takes account of the contributions that are received and of what the experts discuss.
"""


def _template(it: Blank) -> str:
    return f"""\
---
# A template, not an Opinion: files that begin with `_` are left out. Copy it to opinions/NAME.md and rewrite all of it.
id: example-lighthouses
title: Lighthouses of Arcadia as meeting places
themes: [{it.themes[0].id}]
stage: text
language: {it.languages[0]}
---

The Example Forum (Port Arcadia, {it.moment.year}),

*considering*

1. that the lighthouses of Arcadia stand in every coastal village;
2. that people come to a place they know,

*is of the view*

that public buildings can serve as places to meet.
"""


def _text(words: str) -> str:
    """Words as they are in Markdown."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", words)


def timetable_page(table: str) -> str:
    """The page with the table of the timetable, which has to say what the timetable says."""
    return f"""\
# How the Report is prepared

The table sets out when each draft is posted, and until when contributions to it are received.

{table}"""
