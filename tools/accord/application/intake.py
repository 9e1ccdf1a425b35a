"""What comes in without Git: a filled form (in the browser, in a mail, in a file) becomes the same as a branch.

From the form and the agreed text come a description, as anybody would write it, and the files as they would read. They
are handed in as a branch is; only the channel differs.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from accord.application.cases import Cases
from accord.application.chairing import speaking
from accord.application.receiving import Description
from accord.application.reports import Report
from accord.domain.findings import Finding, Place, errors, refuse
from accord.domain.forge.issue_form import LABELS, Ask, Filled, Sheet, form_finding, is_form, read_form
from accord.domain.forge.passage import Passage, locate
from accord.domain.forge.placing import put
from accord.domain.process.addresses import without_addresses
from accord.domain.process.block import INFO, Block, find_block
from accord.domain.record.values import Evidence
from accord.domain.text.clauses import Document, Kind
from accord.domain.text.numbering import number
from accord.render.forge.receipt import receipt_said

if TYPE_CHECKING:
    from accord.application.chronicle import Chronicle
    from accord.application.desk import Desk, Done
    from accord.domain.forge.snapshot import Form
    from accord.domain.process.forum import Forum

AUTHOR = "Accord"
MESSAGE = "A contribution by form\n"
GENERAL = "general"
_WHOLE = frozenset(
    {"general", "all", "everything", "the whole text", "the whole draft", "the report", "whole report"}
)
MOST_PASSAGES = 20
_LONGEST_LABEL = 64
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
_FIELDS = {
    **LABELS,
    "clauses": LABELS["passage"],
    "opinion": LABELS["passage"],
}

_ANSWERED = re.compile(r"\A(?:(?:re|aw|fw|fwd|wg|tr|rv|rép)\s*:\s*)+", re.IGNORECASE)
_FOR_A_CHANGE = frozenset(LABELS[one] for one in ("ask", "passage", "wording"))
_FOR_AN_OPINION = _FOR_A_CHANGE | {LABELS[one] for one in ("title", "kind", "themes", "language")}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormContribution:
    """A filled form as a contribution: metadata (None: it cannot be read), what is wrong, the files as they would read.

    ``base`` is the commit of the text it was written on: that of the draft it names, if its passage is there.
    """

    metadata: Mapping[str, object] | None
    findings: tuple[Finding, ...]
    files: Mapping[str, bytes]
    base: str
    name: str = "form"

    @property
    def description(self) -> Description:
        """The same as a description with its block, as it goes with a branch."""
        data = b"" if self.metadata is None else described(self.metadata).encode()
        return Description(data=data, name=self.name, problems=self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """The agreed text at one commit."""

    commit: str
    documents: Sequence[Document]
    sources: Mapping[str, str]


@dataclass(slots=True, kw_only=True)
class _Change:
    """What the form makes of the text."""

    base: str
    files: dict[str, bytes] = field(default_factory=dict)
    clauses: list[str] = field(default_factory=list)
    opinion: str = ""
    findings: list[Finding] = field(default_factory=list)


def form_contribution(
    desk: Desk, chronicle: Chronicle, body: str, name: str = "form", *, title: str = ""
) -> FormContribution:
    """Read a filled form against the text of the draft that it names, as it was known at the desk's moment.

    ``title`` is used where the form has none. Nothing is written.

    Raises:
        Refused: the text of the main branch cannot be read (exit FINDINGS).
    """
    body = body.encode("utf-8", "replace").decode()
    desk.see_main(chronicle)
    state = chronicle.world().at(desk.now)
    forum = state.forum
    sheet = Sheet.of(forum, state.timetable.drafts)
    read = read_form(body, sheet, title=title, file=name)
    texts = [_text(desk, commit) for commit in _grounds(desk, read.filled.based_on, state.commit)]
    # A wrong field beside the text does not keep the text from being received: it stays the one of that moment.
    wrong_at = {one.place.path for one in errors(read.findings) if one.place}
    needed = _FOR_AN_OPINION if read.filled.ask is Ask.OPINION else _FOR_A_CHANGE
    change = _Change(base=texts[0].commit)
    if not wrong_at & needed:
        change = _changed(read.filled, texts, forum, name)
    findings = [*read.findings, *change.findings]
    metadata: Mapping[str, object] | None = None
    if not errors(read.findings):
        metadata, wrong = _checked(desk, _metadata(read.filled, change), name)
        findings += wrong
    return FormContribution(
        metadata=metadata, findings=tuple(findings), files=change.files, base=change.base, name=name
    )


def commit_form(desk: Desk, form: FormContribution) -> str | None:
    """Keep the text that a form proposes; None where it changes none. The same form at the same moment is the same."""
    if not form.files:
        return None
    return desk.repository.write_commit(dict(form.files), [form.base], MESSAGE, desk.now, AUTHOR)


def form_text(desk: Desk, form: Form, text: str) -> tuple[Description, str | None]:
    """What the doorway of a forge needs of a form: its description and the commit of its text (None: it changes none).

    A later version of a form that no longer changes the text stands on the text as it was, so that the earlier
    change does not stay.
    """
    made = form_contribution(desk, desk.chronicle(), text, title=form.title)
    head = commit_form(desk, made)
    later = desk.delivery is not None and desk.delivery.post != f"form/{form.number}"
    return made.description, made.base if head is None and later else head


def described(metadata: Mapping[str, object]) -> str:
    """A description that holds this metadata in its block; strings are quoted as JSON, which YAML reads alike."""
    lines = "".join(f"{key}: {_quoted(value)}\n" for key, value in metadata.items())
    return f"````{INFO}\n{lines}````\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A letter that came by e-mail: its words, what stands on it, the names of what came with it, and its SHA-256.

    ``dated`` is what its sender's machine wrote: for display, never for a verdict. No address is among the fields.
    """

    subject: str
    dated: datetime | None
    text: str
    attachments: tuple[str, ...]
    digest: str

    @property
    def title(self) -> str:
        """Its subject without the marks of an answer, for a form that has no title."""
        return _ANSWERED.sub("", self.subject)

    def evidence(self, registry: str = "") -> Evidence:
        """What an entry rests on: the registry's mark, the subject, the date on it, and the digest of the file."""
        subject = f" “{self.subject}”" if self.subject else ""
        dated = f", dated {self.dated:%Y-%m-%d}" if self.dated else ""
        mark = f"{without_addresses(registry)}: " if registry else ""
        return Evidence(description=f"{mark}e-mail{subject}{dated}", digest=self.digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What words that came by mail or in a file hand in: a description, and the commit of the text if there is one.

    ``ground`` is the commit that a form was read against.
    """

    description: Description
    head: str | None = None
    ground: str | None = None


def read_words(desk: Desk, body: str, name: str, *, title: str = "", form: bool = False) -> Read:
    """A description out of words: a filled form, or words with the block (see :func:`find_block`).

    ``form`` says that it has to be a form.

    Raises:
        Refused: it is neither (exit FINDINGS), or nothing of the form can be read.
    """
    if is_form(body):
        made = form_contribution(desk, desk.chronicle(), body, name, title=title)
        return Read(description=made.description, head=commit_form(desk, made), ground=made.base)
    if not form and isinstance(find_block(body, name), Block):
        return Read(description=Description(data=body.encode(), name=name))
    raise refuse(
        "form-none",
        "These words are neither a filled form nor do they hold a description.",
        fix=f"Fill in the form of `docs/intake.md`, or give the description with `--metadata FILE`: "
        f"its block begins with ```` ```{INFO} ````.",
        place=Place(file=name),
    )


# --- the text ---------------------------------------------------------------------------------------------------


def _grounds(desk: Desk, draft: str, main: str) -> list[str]:
    """The commits on which a form can be written: the draft that it names, and the newest text known then."""
    tag = desk.repository.read_tag(draft) if draft else None
    if tag is None or tag.target == main or not desk.repository.is_ancestor(tag.target, main):
        return [main]
    return [tag.target, main]


def _text(desk: Desk, commit: str) -> _Text:
    documents = number(desk.texts.documents(commit))
    return _Text(commit=commit, documents=documents, sources=desk.texts.sources(commit))


def _changed(it: Filled, texts: Sequence[_Text], forum: Forum, name: str) -> _Change:
    if it.ask is Ask.OPINION:
        return _new_opinion(it, texts[-1], forum, name)
    if it.ask is Ask.COMMENT:
        return _about(it, texts, name)
    change = _Change(base=texts[0].commit)
    found = locate(it.passage, texts[0].documents, file=name)
    text = texts[0]
    if isinstance(found, Finding) and len(texts) > 1:
        # It may be in what was agreed since the draft, such as an Opinion.
        later = locate(it.passage, texts[1].documents, file=name)
        if isinstance(later, Passage):
            found, text = later, texts[1]
    if isinstance(found, Finding):
        change.findings.append(found)
        return change
    change.base = text.commit
    _names(change, found)
    problem = _whole_part(found, it.ask, name)
    made = problem or put(found, text.sources[found.path], it.ask, it.wording, file=name)
    if isinstance(made, Finding):
        change.findings.append(made)
    else:
        change.files[found.path] = made.encode()
    return change


def _names(change: _Change, found: Passage) -> None:
    if found.label and len(found.label) <= _LONGEST_LABEL and found.label not in change.clauses:
        change.clauses.append(found.label)
    if found.path.startswith("opinions/"):
        change.opinion = found.path.removeprefix("opinions/").removesuffix(".md")


def _whole_part(found: Passage, ask: Ask, name: str) -> Finding | None:
    """A number that names a whole section or part: a form is about one passage of it."""
    clause = found.clause
    if not found.by_number or clause.kind not in {Kind.HEADING, Kind.KEYWORD}:
        return None
    if clause.kind is Kind.KEYWORD and ask is Ask.ADD:
        return None
    below = [
        one.label for one in found.document.clauses[found.index + 1 :] if one.label.startswith(clause.label)
    ]
    inside = ", ".join(f"`{one}`" for one in below[:12])
    return form_finding(
        "form-passage-part",
        LABELS["passage"],
        f"`{found.name}` is a whole part with several passages.",
        f"Name one of them: {inside}; or paste the words of its heading."
        if inside
        else "Paste the words of it.",
        name,
    )


def _about(it: Filled, texts: Sequence[_Text], name: str) -> _Change:
    """A comment names the passages it is about, or none."""
    change = _Change(base=texts[0].commit)
    opinions = set()
    named = [given for given in re.split(r"[\n;]", it.passage) if given.strip()]
    if len(named) > MOST_PASSAGES:
        change.findings.append(
            form_finding(
                "form-passage-many",
                LABELS["passage"],
                f"{len(named)} passages are named; at most {MOST_PASSAGES} are looked for.",
                f"Name those that matter most, or write `{GENERAL}`.",
                name,
            )
        )
    for given in named[:MOST_PASSAGES]:
        if given.strip().casefold().strip(".") in _WHOLE:
            change.clauses.append(GENERAL)
            continue
        tried = [locate(given, text.documents, file=name) for text in texts]
        found = next((one for one in tried if isinstance(one, Passage)), tried[0])
        if isinstance(found, Finding):
            change.findings.append(found)
            continue
        _names(change, found)
        opinions.add(change.opinion)
    if len(opinions) > 1:
        change.opinion = ""
    return change


def _new_opinion(it: Filled, text: _Text, forum: Forum, name: str) -> _Change:
    """A new Opinion: a file of its own, with what the form says of it at its head."""
    change = _Change(base=text.commit)
    kind = forum.kind(it.kind)
    if kind is None or not kind.presents_opinion:
        kinds = "; ".join(one.label for one in forum.kinds if one.presents_opinion)
        change.findings.append(
            form_finding(
                "form-opinion-kind",
                LABELS["kind"],
                "A new draft Opinion is asked for, and the kind of this contribution is another one.",
                f"Choose one of: {kinds}." if kinds else "This forum has no Opinions.",
                name,
            )
        )
        return change
    short = _short_name(it.title)
    path = f"opinions/{short}.md"
    if path in text.sources:
        change.findings.append(
            form_finding(
                "form-opinion-exists",
                LABELS["title"],
                f"There is an Opinion of this name already: `{short}`.",
                "Give it another title, or ask for a change of the one that is there.",
                name,
            )
        )
        return change
    stage = "outline" if "outline" in kind.id else "text"
    front = {
        "id": short,
        "title": it.title,
        "themes": list(it.themes),
        "stage": stage,
        "language": it.language,
    }
    head = "".join(f"{key}: {_quoted(value)}\n" for key, value in front.items())
    change.files[path] = f"---\n{head}---\n\n{it.wording.strip()}\n".encode()
    change.opinion = short
    return change


def _short_name(title: str) -> str:
    """A short name for a title, that stays while the title does."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    short = ""
    for word in words:
        if len(short) + len(word) > 40:
            break
        short = f"{short}-{word}".strip("-")
    if short:
        return short
    # A title in another script has no letters for a name; its sum stays while it does.
    return f"opinion-{sum((index + 1) * ord(one) for index, one in enumerate(title)) % 1_000_000}"


# --- the description --------------------------------------------------------------------------------------------


def _metadata(it: Filled, change: _Change) -> dict[str, object]:
    """The fields of a description, those left out that say nothing."""
    fields: dict[str, object] = {
        "category": it.category,
        "source": it.source,
        "kind": it.kind,
        "based_on": it.based_on,
        "clauses": list(change.clauses),
        "opinion": change.opinion,
        "themes": list(it.themes),
        "title": it.title,
        "reasons": it.reasons,
        "cosigners": list(it.cosigners),
        "language": it.language,
        "for": it.purpose,
    }
    return {key: value for key, value in fields.items() if value}


def _checked(
    desk: Desk, metadata: dict[str, object], name: str
) -> tuple[Mapping[str, object] | None, list[Finding]]:
    """The metadata as a description with a block would be read, each finding at the label of its field."""
    read = desk.reader.metadata(described(metadata).encode(), name)
    return read.value, [_labelled(one, name) for one in read.findings]


def _labelled(finding: Finding, name: str) -> Finding:
    path = finding.place.path.strip("/").partition("/")[0] if finding.place else ""
    return replace(finding, place=Place(file=name, path=_FIELDS.get(path, path)))


def _quoted(value: object) -> str:
    """A value as YAML reads it, on one line."""
    written = json.dumps(value, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


# --- the receipt ------------------------------------------------------------------------------------------------


def receipt(desk: Desk, done: Done, report: Report, mail: Mail | None) -> Report:
    """The report of what was handed in, with the receipt for its sender and what of the mail was not read."""
    subject = next((event.subject for event in done.events if event.subject), "")
    cases = Cases(done.foreseen or desk.chronicle(), desk.now)
    case = cases.contribution(subject)
    said = receipt_said(case, speaking(cases))
    lines = [report.text, "", "For its sender:", *(f"  {one}" for one in said)]
    if mail is not None and mail.attachments:
        names = ", ".join(mail.attachments)
        lines += [
            "",
            f"With the mail came {names}: kept with it, not read. Look whether they belong to the contribution.",
        ]
    return replace(report, text="\n".join(lines), data={**report.data, "receipt": list(said)})
