"""Changes of an operative verb in a redline, flagged apart: whole sessions are spent on them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from accord.domain.findings import Severity
from accord.domain.lint.flaw import Flaw
from accord.domain.lint.keywords import keyword_head
from accord.domain.process.drafting import Drafting
from accord.domain.text.clauses import Clause, Kind, digest
from accord.domain.text.numbering import is_operative
from accord.domain.text.redline import FileRedline, Redline, Row

VERB = "operative-verb"

_MODAL = re.compile(
    r"\b(?:can|could|may|might|must|ought|shall|should|will|would)\b(?:\s+not\b)?", re.IGNORECASE
)
_DO = re.compile(r"[\[*_\s]*to\s+(?P<verb>[a-z]+)\b")
_CLAUSES = frozenset({Kind.PARAGRAPH, Kind.ITEM})
_FIX = "Nothing is to be mended; look at it apart, since the force of an Opinion is in its verbs."


def verb_changes(redline: Redline, drafting: Drafting) -> tuple[Flaw, ...]:
    """A note for each operative verb that reads differently: the verb of a keyword (`invites` → `urges`), what a
    clause asks to do (`to consider` → `to ensure`), and its `can`, `should` or `will`.
    """
    found: list[Flaw] = []
    for file in redline.files:
        if (file.path or "").startswith("opinions/"):
            found += _keywords(file, drafting)
            found += (flaw for row in file.rows for flaw in _clause(row))
    return tuple(sorted(found, key=lambda one: (one.path, one.line or 0)))


def _keywords(file: FileRedline, drafting: Drafting) -> Iterator[Flaw]:
    gone: list[Clause] = []
    for old, new in _keyword_pairs(file):
        if new is None:
            gone += [old] if old else []
            continue
        before = old or next((one for one in gone if _whom(one, drafting) == _whom(new, drafting)), None)
        if before is None:
            continue
        gone = [one for one in gone if one is not before]
        was, now = _verb(before, drafting), _verb(new, drafting)
        if was.casefold() != now.casefold() and (is_operative(was) or is_operative(now)):
            yield _note(new, "The operative verb changes", was, now)


def _keyword_pairs(file: FileRedline) -> list[tuple[Clause | None, Clause | None]]:
    """The keywords that changed, with what each was; those that are gone come first."""
    pairs = [
        (row.old, row.new)
        for row in file.rows
        if row.changed and not row.moved and row.clause.kind is Kind.KEYWORD
    ]
    return sorted(pairs, key=lambda pair: pair[1] is not None)


def _name(clause: Clause) -> str:
    return clause.text[1:-1].rstrip(",: ")


def _verb(clause: Clause, drafting: Drafting) -> str:
    head, rest = keyword_head(_name(clause), _operative(drafting))
    return head or (rest.split() or [""])[0]


def _whom(clause: Clause, drafting: Drafting) -> str:
    head, rest = keyword_head(_name(clause), _operative(drafting))
    return (rest if head else rest.partition(" ")[2]).casefold()


def _operative(drafting: Drafting) -> Sequence[str]:
    prescriptive = (word for entry in drafting.prescriptive for word in entry.words)
    return (*drafting.operative, *drafting.addressing, *prescriptive)


def _clause(row: Row) -> Iterator[Flaw]:
    old, new = row.old, row.new
    if old is None or new is None or not row.spans or new.kind not in _CLAUSES or not _in_operative(new):
        return
    was, now = _DO.match(old.text), _DO.match(new.text)
    if was and now and was["verb"] != now["verb"]:
        yield _note(new, "What the clause asks to do changes", f"to {was['verb']}", f"to {now['verb']}")
    before, after = _modals(old.text), _modals(new.text)
    if len(before) == len(after):
        for one, other in zip(before, after, strict=True):
            if one != other:
                yield _note(new, "The force of the clause changes", one, other)


def _in_operative(clause: Clause) -> bool:
    keywords = [name for name in clause.container if name.startswith("keyword:")]
    return bool(keywords) and is_operative(keywords[-1].removeprefix("keyword:"))


def _modals(text: str) -> list[str]:
    return [" ".join(found[0].casefold().split()) for found in _MODAL.finditer(text)]


def _note(clause: Clause, what: str, was: str, now: str) -> Flaw:
    return Flaw(
        rule=VERB,
        path=clause.path,
        message=f"{what}: `{was}` becomes `{now}`.",
        fix=_FIX,
        digest=digest(clause),
        line=clause.lines[0] + 1,
        label=clause.label,
        words=f"{was} -> {now}",
        severity=Severity.NOTE,
    )
