"""What a document says about itself: addresses of this tool only, never an official one that nobody gave (R6)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from accord.domain.process.moments import format_instant
from accord.render.akn.xml import Element, element, spelled
from accord.render.document_sheet import REHEARSAL, Sheet

# FRBRlanguage takes the codes of ISO 639-2.
_LANGUAGES = {
    "Arabic": "ara",
    "Chinese": "zho",
    "English": "eng",
    "French": "fra",
    "Russian": "rus",
    "Spanish": "spa",
}
_UNDETERMINED = "und"
_OUTSIDE = re.compile(r"[^a-z0-9]+")
_TOOL = "#accord"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What one document is: its kind (`report` or `opinion`), its short name, its title and how far it is in words."""

    kind: str
    name: str
    title: str
    status: str
    number: str = ""
    sources: tuple[int, ...] = ()


def meta(sheet: Sheet, work: Work) -> Element:
    """Identification, life cycle, workflow and whom it refers to."""
    day = format_instant(sheet.moment)[:10]
    made = element("meta")
    made.children.append(_identification(sheet, work, day))
    if sheet.symbol:
        made.add("publication", date=day, name=work.kind, showAs=sheet.label or "-", number=sheet.symbol)
    lifecycle = made.add("lifecycle", source=_TOOL)
    lifecycle.add(
        "eventRef", eId="event-draft", date=day, source="#work", type="generation", refersTo="#draft"
    )
    workflow = made.add("workflow", source=_TOOL)
    workflow.add("step", eId="step-draft", date=day, by="#forum", refersTo="#draft", outcome="#status")
    made.children.append(_references(sheet, work))
    return made


def preface(sheet: Sheet, work: Work) -> Element:
    """What stands on top: type, number and title, what draft it is of, and that it is unofficial (R6)."""
    made = element("preface", eId="preface")
    opinion = work.kind == "opinion"
    words = "Draft Opinion" if opinion else "Report"
    kind = element("p", element("docType", words))
    if work.number:
        kind.children += [" ", element("docNumber", work.number)]
    elif sheet.symbol:
        kind.children += [" ", element("docNumber", *spelled(sheet.symbol))]
    made.children.append(kind)
    made.add("p", element("docTitle", *spelled(work.title)))
    if not opinion and sheet.subtitle:
        made.add("p", *spelled(sheet.subtitle), class_="subtitle")
    made.add("p", element("docStatus", *spelled(work.status)))
    if opinion:
        made.add("p", *spelled(f"{sheet.label}, {sheet.forum}"), class_="draft")
    made.add("p", *spelled(f"{sheet.notice} {sheet.page}"), class_="notice")
    if sheet.rehearsal:
        made.add("p", REHEARSAL, class_="notice")
    return made


def _identification(sheet: Sheet, work: Work, day: str) -> Element:
    address = _address(sheet, work)
    language = _LANGUAGES.get(sheet.original, _UNDETERMINED)
    version = f"{address}/{language}@{_slug(sheet.name)}"
    made = element("identification", source=_TOOL)
    first = _level(made, "FRBRWork", address, day, "#forum")
    first.add("FRBRcountry", value="int")
    first.add("FRBRsubtype", value="draftOpinion" if work.kind == "opinion" else "draftReport")
    first.add("FRBRname", value=work.name)
    first.add("FRBRauthoritative", value="false")
    second = _level(made, "FRBRExpression", version, day, "#forum")
    second.add("FRBRversionNumber", value=sheet.name or "-")
    second.add("FRBRauthoritative", value="false")
    second.add("FRBRlanguage", language=language)
    third = _level(made, "FRBRManifestation", f"{version}/main.xml", day, _TOOL)
    third.add("FRBRformat", value="application/akn+xml")
    return made


def _level(above: Element, name: str, address: str, day: str, author: str) -> Element:
    made = above.add(name)
    made.add("FRBRthis", value=address)
    made.add("FRBRuri", value=address)
    made.add("FRBRdate", date=day, name="draft")
    made.add("FRBRauthor", href=author)
    return made


def _references(sheet: Sheet, work: Work) -> Element:
    base = f"/accord/{_slug(sheet.forum)}"
    made = element("references", source=_TOOL)
    made.add("TLCOrganization", eId="accord", href="/accord", showAs="Accord, an unofficial working aid")
    made.add("TLCOrganization", eId="forum", href=base, showAs=sheet.forum or "-")
    address = _address(sheet, work)
    made.add("TLCReference", eId="work", href=address, name="work", showAs=work.title or "-")
    made.add("TLCConcept", eId="draft", href=f"{base}/{_slug(sheet.name)}", showAs=sheet.label or "-")
    made.add("TLCConcept", eId="status", href="/accord/status", showAs=work.status or "-")
    titles = {entry.number: entry for entry in sheet.contributions}
    for number in work.sources:
        entry = titles.get(number)
        shown = f"Contribution {number}" + (f" of {entry.source}: {entry.title}" if entry else "")
        made.add(
            "TLCReference",
            eId=f"contribution-{number}",
            href=f"{base}/contribution/{number}",
            name="contribution",
            showAs=shown,
        )
    return made


def _address(sheet: Sheet, work: Work) -> str:
    """The address of the work, whatever draft it is in."""
    parts = [_slug(sheet.forum), *([work.kind] if work.number else []), _slug(work.name)]
    return f"/accord/{'/'.join(parts)}"


def _slug(text: str) -> str:
    return _OUTSIDE.sub("-", text.lower()).strip("-") or "text"
