"""`diff`: the redline of two revisions, drafts or files, or of a contribution; from the one change model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from accord.application.reports import Report
from accord.application.texts import decode
from accord.domain.findings import refuse
from accord.domain.text.clauses import Document
from accord.domain.text.markdown import parse_document
from accord.domain.text.redline import Redline, compare
from accord.render.authorship import Authorship

if TYPE_CHECKING:
    from accord.application.desk import Desk
    from accord.application.ports import Typesetter

FORMATS = ("text", "markdown", "html", "json", "docx", "pdf")
FILES = frozenset({"docx", "pdf"})
"""Forms that are no text: they go to a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A redline and what it is called; ``moment`` and ``authorship`` None where nobody can say.

    ``notice`` and ``page`` stand on a document of the forum; "" for two files that are compared.
    """

    title: str
    redline: Redline
    moment: datetime | None = None
    authorship: Authorship | None = None
    notice: str = ""
    page: str = ""


def of_contribution(desk: Desk, number: str, revision: int | None = None) -> Comparison:
    """The change a contribution proposes, against the text it was written on: the files that it touches.

    Raises:
        Refused: no such contribution or version, or it changes no text.
    """
    from accord.application.attributing import author_of
    from accord.application.cases import Cases
    from accord.application.refusals import refuse_redacted
    from accord.application.revision import Revision
    from accord.application.sheets import speaking_of

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
    words = speaking_of(Revision(desk, found.base, cases.chronicle, desk.now))
    return Comparison(
        title=f"Contribution {case.number}, version {found.number}: {case.title}",
        redline=_touched(compare(desk.texts.documents(found.base), desk.texts.documents(found.head))),
        moment=found.receipt.earliest,
        authorship=Authorship(default=author_of(case, words, found)),
        notice=words.forum.notice,
        page=words.forum.page,
    )


def _touched(redline: Redline) -> Redline:
    """Without the files that read the same."""
    return Redline(files=tuple(file for file in redline.files if any(row.changed for row in file.rows)))


def of_revisions(desk: Desk, old: str, new: str) -> Comparison:
    """The change between two revisions or drafts.

    Raises:
        Refused: one is unknown (exit USAGE).
    """
    from accord.application.attributing import authorship_of
    from accord.application.proposing import known_commit
    from accord.application.revision import Revision
    from accord.application.sheets import speaking_of
    from accord.domain.text.numbering import number

    before, after = known_commit(desk, old), known_commit(desk, new)
    redline = compare(number(desk.texts.documents(before)), number(desk.texts.documents(after)))
    moment = desk.repository.first_parent(None, after)[-1].moment
    title = f"{old} → {new}"
    if not desk.store.exists():
        return Comparison(title=title, redline=redline, moment=moment)
    revision = Revision(desk, after, desk.chronicle(), desk.now)
    words = speaking_of(revision)
    return Comparison(
        title=title,
        redline=redline,
        moment=moment,
        authorship=authorship_of(revision, before, redline, words) if _on_main(desk, before, after) else None,
        notice=words.forum.notice,
        page=words.forum.page,
    )


def _on_main(desk: Desk, *commits: str) -> bool:
    """Whether all are states of the agreed text, whose changes came in by recorded acts."""
    main = desk.main()
    return all(desk.repository.is_ancestor(commit, main) for commit in commits)


def of_files(old: tuple[str, bytes], new: tuple[str, bytes]) -> Comparison:
    """The change between two files, given as name and bytes; both are read as one document."""
    name = new[0]
    redline = compare([_document(name, old[1])], [_document(name, new[1])])
    return Comparison(title=f"{old[0]} → {name}", redline=redline)


def rendered(made: Comparison, form: str, *, colour: bool, context: int | None, view: str) -> Report:
    """The redline in one of :data:`FORMATS` that is text; ``context`` and ``view`` as for the page."""
    title, redline = made.title, made.redline
    if context is not None:
        redline = _touched(redline)  # files that read the same are left out when only changes are shown
    if form == "json":
        return Report(data={"title": title, "redline": redline_data(redline)})
    if form == "html":
        from accord.render.redline_html import render_html

        page = render_html(redline, title=title, context=context, view=view, authorship=made.authorship)
        return Report(text=page)
    if form == "markdown":
        from accord.render.redline_markdown import render_markdown

        return Report(text=render_markdown(redline, context=context, authorship=made.authorship))
    from accord.render.redline_text import render_text

    if not redline.changes:
        return Report(text=f"{title}\nNo clause reads differently.")
    body = render_text(redline, colour=colour, context=context, authorship=made.authorship)
    return Report(text=f"{title}\n{body}")


def document(made: Comparison, form: str, typesetter: Typesetter, moment: datetime) -> bytes:
    """The redline as a document of one of the forms in :data:`FILES`, whole and dated ``moment``.

    Raises:
        Refused: a sign that no font of the PDF has, with its place (exit FINDINGS).
    """
    from accord.render.authorship import Author

    authorship = made.authorship or Authorship(default=Author(name="Accord", at=moment))
    if form == "docx":
        from accord.render.docx.redline import redline_docx

        return redline_docx(
            made.redline,
            title=made.title,
            authorship=authorship,
            notice=made.notice,
            page=made.page,
            moment=moment,
        )
    from accord.render.pdf.redline import redline_typst

    source = redline_typst(
        made.redline, title=made.title, authorship=authorship, notice=made.notice, page=made.page
    )
    return typesetter.pdf(source, moment)


def redline_data(redline: Redline) -> object:
    """The change model as JSON values."""
    import json

    from accord.render.redline_json import render_json

    return json.loads(render_json(redline))


def _document(name: str, data: bytes) -> Document:
    return parse_document(name, decode(name, data))
