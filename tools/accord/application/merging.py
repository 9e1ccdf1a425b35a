"""The text that contributions give together: their changes on a state of the main branch, all at once.

What main reads after a set of contributions is a function of the set. So putting one in looks back to where those that
came in beside it began, and puts all of them on that text together: whichever came first, the bytes are the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from accord.application.chronicle import Chronicle
from accord.application.desk import Desk
from accord.application.texts import FOLDERS, parsed
from accord.application.versions import TextVersion, incorporated, version_at, versions
from accord.domain.findings import Finding, Place, Refused
from accord.domain.record.events import Incorporated
from accord.domain.text.clauses import Clause

if TYPE_CHECKING:
    from accord.domain.text.merge import Version

Files = Mapping[str, str]
Changed = Mapping[str, str | None]
"""Files that read differently, by path; None: removed."""

AS_IT_READS = 0
"""Stands for the agreed text where contributions are named by number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The text of a contribution: its number, the commit it was written on, and the proposed one.

    ``since``: for an amendment, the commit by which what it amends came to main; it stands beside what came after.
    """

    number: int
    base: str
    head: str
    since: str = ""

    @property
    def written_on(self) -> str:
        """The commit of main that has the text it was written on, if it is there."""
        return self.since or self.base


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A place where people must choose; ``index``: the clause of the file, None for the whole file.

    ``wanted``: what each wants there, by number of the contribution (``AS_IT_READS``: the agreed text).
    """

    path: str
    why: str
    index: int | None
    wanted: Mapping[int, tuple[Clause, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A contribution that reached main: the state before it, and the commits from then on to the next step."""

    before: str
    commits: AbstractSet[str]
    change: Change


def steps(desk: Desk, chronicle: Chronicle, main: str) -> list[Step]:
    """The contributions that came into the text one after another just before ``main``, newest first.

    Anything else that changed the texts ends the row; commits that changed none are passed over.
    """
    acts = {e.commit: e for e in chronicle.everything() if isinstance(e, Incorporated)}
    if not acts:
        return []
    touching = {info.oid for info in desk.repository.first_parent(None, main, FOLDERS)}
    row: list[Step] = []
    passed: set[str] = set()
    for info in reversed(desk.repository.first_parent(None, main)):
        passed.add(info.oid)
        if info.oid not in touching:
            continue
        put = dict(info.trailers).get("Version", "")
        change = _put(chronicle, acts[info.oid], put) if info.oid in acts else None
        if change is None or len(info.parents) != 1:
            break
        row.append(Step(before=info.parents[0], commits=frozenset(passed), change=change))
        passed = set()
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """A state of the text, and the contributions that came into it since: together they are the text as it reads."""

    start: str
    inside: tuple[Change, ...] = ()


def beginning(desk: Desk, row: Sequence[Step], main: str, bases: AbstractSet[str]) -> Beginning:
    """Where those began that came in beside changes written on ``bases``: none of them was written on their text."""
    known, count = set(bases), 0
    while count < len(row) and not known & row[count].commits:
        known.add(row[count].change.written_on)
        count += 1
    if not count:
        return Beginning(start=main)
    found = Beginning(start=row[count - 1].before, inside=tuple(step.change for step in row[:count]))
    sources = desk.texts.sources
    files, clashes = together(desk, found.start, found.inside)
    # An older version of this tool may have put them together in another way; then the text as it reads counts.
    same = not clashes and _reads_the_same(files, _difference(sources(found.start), sources(main)))
    return found if same else Beginning(start=main)


def put_in(desk: Desk, chronicle: Chronicle, main: str, change: Change) -> Changed:
    """The files of ``main`` that read differently once a contribution is in the text.

    Raises:
        Refused: both sides changed the same words (exit FINDINGS), with each place.
    """
    begun = beginning(desk, steps(desk, chronicle, main), main, {change.written_on})
    files, clashes = together(desk, begun.start, [*begun.inside, change])
    if clashes:
        raise Refused(clash_finding(one) for one in clashes)
    return _difference(desk.texts.sources(main), _with(desk.texts.sources(begun.start), files))


def together(desk: Desk, start: str, changes: Sequence[Change]) -> tuple[Changed, list[Clash]]:
    """What several contributions give on a state of the text, and where they clash."""
    begun = desk.texts.sources(start)
    wanted: dict[str, dict[int, str | None]] = {}
    clashes: list[Clash] = []
    for change in changes:
        files, found = carried(desk, start, change)
        clashes += found
        for path, text in files.items():
            wanted.setdefault(path, {})[change.number] = text
    files_together: dict[str, str | None] = {}
    for path, texts in sorted(wanted.items()):
        result = _one_file(path, begun.get(path), texts)
        if isinstance(result, list):
            clashes += result
        else:
            files_together[path] = result[0]
    return files_together, clashes


def carried(desk: Desk, start: str, change: Change) -> tuple[Changed, list[Clash]]:
    """A contribution as it would read had it been written on another state of the text."""
    base, head = desk.texts.sources(change.base), desk.texts.sources(change.head)
    begun = desk.texts.sources(start)
    files: dict[str, str | None] = {}
    clashes: list[Clash] = []
    for path in sorted({*base, *head}):
        before, after, now = base.get(path), head.get(path), begun.get(path)
        if after in (before, now):
            continue
        result: tuple[str | None] | list[Clash] = (after,)
        if now != before:
            result = _one_file(path, before, {AS_IT_READS: now, change.number: after})
        if isinstance(result, list):
            clashes += result
        elif result[0] != now:
            files[path] = result[0]
    return files, clashes


def version(path: str, text: str) -> Version:
    """A text with its clauses, made once for each text."""
    return _version(path, text)


def clash_finding(clash: Clash, as_it_reads: str = "the text reads") -> Finding:
    """A clash in words, with its place and what mends it; ``as_it_reads`` says whose the text is."""
    readings = [
        f"{as_it_reads if number == AS_IT_READS else f'contribution {number} proposes'} {_words(clauses)}"
        for number, clauses in clash.wanted.items()
    ]
    return Finding(
        rule="text-conflict",
        message=f"{clash.why[:1].upper()}{clash.why[1:]}{': ' if readings else ''}{', '.join(readings)}.",
        fix="Its source hands in a version written on the newest text; the group agrees on that.",
        place=Place(file=clash.path),
    )


def _one_file(
    path: str, base: str | None, texts: Mapping[int, str | None]
) -> tuple[str | None] | list[Clash]:
    """One file with all changes (None: removed), or the clashes."""
    distinct = {text for text in texts.values() if text != base}
    if len(distinct) < 2:
        return (distinct.pop() if distinct else base,)
    given = {number: text for number, text in texts.items() if text is not None}
    if base is None or len(given) < len(texts):
        why = "one adds or removes the whole file, the other changes it"
        return [Clash(path=path, why=why, index=None, wanted=dict.fromkeys(sorted(texts), ()))]
    from accord.domain.text.merge import merge_versions

    numbers = list(given)
    result = merge_versions(version(path, base), [version(path, given[number]) for number in numbers])
    if result.text is not None:
        return (result.text,)
    return [
        Clash(
            path=path,
            why=one.why,
            index=one.index,
            wanted={number: one.wanted[side] for side, number in enumerate(numbers) if side in one.wanted},
        )
        for one in result.conflicts
    ]


@lru_cache(maxsize=2048)
def _version(path: str, text: str) -> Version:
    from accord.domain.text.merge import Version

    return Version(document=parsed(path, text), text=text)


def change_of(chronicle: Chronicle, version: TextVersion) -> Change | None:
    """The text of a version, as a change; None if it has none."""
    event, amends = version.event, version.amends
    if event.head is None or event.base is None:
        return None
    there = incorporated(chronicle, amends) if amends is not None else None
    on_it = there is not None and version_at(chronicle, amends or 0, event.base) is not None
    since = there.commit if there is not None and on_it else ""
    return Change(number=version.number, base=event.base, head=event.head, since=since)


def _put(chronicle: Chronicle, act: Incorporated, revision: str) -> Change | None:
    """The text of a contribution in the version that was put in."""
    for version in versions(chronicle, int(act.subject)):
        if str(version.revision) == revision:
            return change_of(chronicle, version)
    return None


def _difference(before: Files, after: Files) -> Changed:
    return {path: after.get(path) for path in {*before, *after} if before.get(path) != after.get(path)}


def _with(files: Files, changed: Changed) -> Files:
    return {path: text for path, text in {**files, **changed}.items() if text is not None}


def _reads_the_same(one: Changed, other: Changed) -> bool:
    """Do the same files read the same, clause by clause, however they are typed?"""
    return one.keys() == other.keys() and all(
        text == other[path]
        or (
            text is not None
            and (typed := other[path]) is not None
            and parsed(path, text).clauses == parsed(path, typed).clauses
        )
        for path, text in one.items()
    )


def _words(clauses: Sequence[Clause]) -> str:
    return "“" + " ".join(clause.text for clause in clauses) + "”" if clauses else "nothing there"
