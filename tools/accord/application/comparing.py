"""`diff`: the redline of two revisions, drafts or files, or of a contribution; from the one change model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accord.application.reports import Report
from accord.application.texts import decode
from accord.domain.findings import refuse
from accord.domain.text.clauses import Document
from accord.domain.text.markdown import parse_document
from accord.domain.text.redline import Redline, compare

if TYPE_CHECKING:
    from accord.application.desk import Desk

FORMATS = ("text", "markdown", "html", "json")


def of_contribution(desk: Desk, number: str, revision: int | None = None) -> tuple[str, Redline]:
    """The change a contribution proposes, against the text it was written on.

    Raises:
        Refused: no such contribution or version, or it changes no text.
    """
    from accord.application.cases import Cases
    from accord.application.refusals import refuse_redacted

    cases = Cases(desk.chronicle(), desk.now)
    case = cases.contribution(number)
    found = case.current
    if revision is not None:
        chosen = [one for one in case.revisions if one.number == revision]
        if not chosen:
            raise refuse(
                "revision-unknown",
                f"Contribution {case.number} has no version {revision}.",
                fix=f"Its versions run from 1 to {case.newest.number}.",
            )
        found = chosen[0]
    refuse_redacted(case, found)
    if found.head is None or found.base is None:
        raise refuse(
            "diff-no-text",
            f"Contribution {case.number} changes no text.",
            fix=f"`accord status {case.number}` shows what it says.",
        )
    if not found.proposal and any(finding.severity == "error" for finding in found.form):
        raise refuse(
            "diff-returned",
            f"The files of contribution {case.number}, version {found.number} break the rules of form, so its text "
            "is not read.",
            fix=f"`accord check {case.number}` names what its source mends.",
        )
    title = f"Contribution {case.number}, version {found.number}: {case.title}"
    return title, compare(desk.texts.documents(found.base), desk.texts.documents(found.head))


def of_revisions(desk: Desk, old: str, new: str) -> tuple[str, Redline]:
    """The change between two revisions or drafts.

    Raises:
        Refused: one is unknown (exit USAGE).
    """
    from accord.application.proposing import known_commit

    before, after = known_commit(desk, old), known_commit(desk, new)
    return f"{old} → {new}", compare(desk.texts.documents(before), desk.texts.documents(after))


def of_files(old: tuple[str, bytes], new: tuple[str, bytes]) -> tuple[str, Redline]:
    """The change between two files, given as name and bytes; both are read as one document."""
    name = new[0]
    return f"{old[0]} → {name}", compare([_document(name, old[1])], [_document(name, new[1])])


def rendered(title: str, redline: Redline, form: str, *, colour: bool, context: int | None) -> Report:
    """The redline in one of :data:`FORMATS`."""
    if context is not None:
        # Files that read the same are left out when only changes are shown.
        touched = (file for file in redline.files if any(row.changed for row in file.rows))
        redline = Redline(files=tuple(touched))
    if form == "json":
        return Report(data={"title": title, "redline": redline_data(redline)})
    if form == "html":
        from accord.render.redline_html import render_html

        return Report(text=render_html(redline, title=title, context=context))
    if form == "markdown":
        from accord.render.redline_markdown import render_markdown

        return Report(text=render_markdown(redline, context=context))
    from accord.render.redline_text import render_text

    if not redline.changes:
        return Report(text=f"{title}\nNo clause reads differently.")
    body = render_text(redline, colour=colour, context=context)
    return Report(text=f"{title}\n{body}")


def redline_data(redline: Redline) -> object:
    """The change model as JSON values."""
    import json

    from accord.render.redline_json import render_json

    return json.loads(render_json(redline))


def _document(name: str, data: bytes) -> Document:
    return parse_document(name, decode(name, data))
