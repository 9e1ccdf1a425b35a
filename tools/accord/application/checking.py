"""`check`: files and contributions against schemas and rules, every problem at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from accord.application.chronicle import drafts_at
from accord.application.desk import Desk
from accord.application.form import front_matter
from accord.application.loading import load_contribution, plain_places
from accord.application.reading import PROCESS_FILES
from accord.application.reports import Report
from accord.application.texts import is_text
from accord.domain.findings import Finding, Place, Refused, Severity, errors
from accord.domain.process.addresses import address_findings
from accord.domain.process.forum import Forum
from accord.domain.process.moments import Interval


def check_contribution(desk: Desk, number: str) -> Report:
    """What the rules say of a contribution that was received."""
    from accord.application.cases import Cases
    from accord.application.linting import lint_findings
    from accord.application.telling import door_findings

    cases = Cases(desk.chronicle(), desk.now)
    case = cases.contribution(number)
    found = [*door_findings(case), *lint_findings(desk, cases, case)]
    return _report([f"contribution {case.number}"], found)


def check_files(desk: Desk, files: Sequence[tuple[str, bytes]]) -> Report:
    """What the schemas and rules say of files, each by what it is: process file, text, or description."""
    found: list[Finding] = []
    process = {name: data for name, data in files if name in PROCESS_FILES.values()}
    if process:
        found += _process(desk, process)
    forum = _forum(desk, files)
    for name, data in files:
        if name in process:
            continue
        found += _text(desk, name, data, forum) if is_text(name) else _description(desk, name, data)
    found += _references(desk, files)
    return _report([name for name, _ in files], found)


def check_all(desk: Desk, files: Sequence[tuple[str, bytes]]) -> Report:
    """Every process file and text here, and every contribution that is not over."""
    report = check_files(desk, files)
    found = list(report.findings)
    names = [name for name, _ in files]
    if desk.store.exists():
        from accord.application.cases import Cases
        from accord.application.linting import lint_findings
        from accord.application.telling import door_findings

        cases = Cases(desk.chronicle(), desk.now)
        for case in cases.all():
            if not case.ended:
                names.append(f"contribution {case.number}")
                found += [*door_findings(case), *lint_findings(desk, cases, case)]
    return _report(names, found)


def _process(desk: Desk, given: dict[str, bytes]) -> list[Finding]:
    """Process files are checked with each other."""
    try:
        desk.reader.process_files(_with_the_rest(desk, given))
    except Refused as refused:
        return list(refused.findings)
    return []


def _with_the_rest(desk: Desk, given: Mapping[str, bytes]) -> dict[str, bytes]:
    """The process files among those given; the others are taken from the main branch."""
    files = {path: given[path] for path in PROCESS_FILES.values() if path in given}
    missing = [path for path in PROCESS_FILES.values() if path not in files]
    if missing:
        main = desk.main()
        blobs = desk.repository.read([f"{main}:{path}" for path in missing])
        files |= {name.partition(":")[2]: data for name, data in blobs.items()}
    return files


def _references(desk: Desk, files: Sequence[tuple[str, bytes]]) -> list[Finding]:
    """References of the given texts; a part of the Report is read with the rest of it as the main branch has it."""
    given = {name: data for name, data in files if is_text(name)}
    if not given:
        return []
    from accord.domain.text.markdown import parse_document
    from accord.domain.text.references import check_references

    texts: dict[str, str] = {}
    if any(name.startswith("report/") for name in given):
        texts = {p: t for p, t in desk.texts.sources(desk.main()).items() if p.startswith("report/")}
    for name, data in given.items():
        # What is no UTF-8 is said by the check of the file itself.
        texts[name] = data.decode("utf-8", "replace")
    found = check_references([parse_document(path, texts[path]) for path in sorted(texts)])
    return [finding for finding in found if finding.place is not None and finding.place.file in given]


def _forum(desk: Desk, files: Sequence[tuple[str, bytes]]) -> Forum | None:
    """The forum that given Opinions are checked by: as it is given with them, or else as the main branch has it.

    None where there are no Opinions to check, or where its file is wrong, which is said where that is checked.
    """
    if not any(is_text(name) and name.startswith("opinions/") for name, _ in files):
        return None
    from accord.application.loading import load_forum

    try:
        values = desk.reader.process_files(_with_the_rest(desk, dict(files)))
    except Refused:
        return None
    return load_forum(values["forum"], plain_places(PROCESS_FILES["forum"])).value


def _text(desk: Desk, name: str, data: bytes, forum: Forum | None) -> list[Finding]:
    from accord.domain.process.opinion_themes import opinion_themes
    from accord.domain.process.paths import Entry, check_entry

    found = list(check_entry(Entry(path=name, size=len(data), data=data)))
    if errors(found):
        return found
    text = data.decode("utf-8")
    front = front_matter(text)
    if name.startswith("opinions/"):
        read = desk.reader.front_matter("opinion", front or "", name)
        found += read.findings
        if forum is not None:
            found += opinion_themes(read.value or {}, forum, name)
            found += _drafting(desk, name, text, forum)
    elif front is not None:
        found += desk.reader.front_matter("cover", front, name).findings
    return found


def _drafting(desk: Desk, name: str, text: str, forum: Forum) -> tuple[Finding, ...]:
    """How an Opinion is drafted; what the secretariat set aside is known where there is a record."""
    from accord.application.cases import Cases
    from accord.application.linting import flaws_of, shown_with_acts

    flaws = flaws_of(desk, name, text, forum)
    if flaws and desk.store.exists():
        return shown_with_acts(Cases(desk.chronicle(), desk.now), flaws)
    return tuple(flaw.finding() for flaw in flaws)


def _description(desk: Desk, name: str, data: bytes) -> list[Finding]:
    """The metadata of a contribution: its form, and what the door would say at this moment."""
    read = desk.reader.metadata(data, name)
    found = list(read.findings)
    if read.value is None:
        return found
    found += address_findings(read.value, name)
    loaded = load_contribution(read.value, plain_places(name))
    found += loaded.findings
    if loaded.value is None:
        return found
    door = _door(desk, name, read.value)
    return found + [_placed(one, read.place) for one in door]


def _placed(finding: Finding, place: Callable[[str], Place] | None) -> Finding:
    """A finding about a field, at the line of the file that has it."""
    if place is None or finding.place is None or not finding.place.path:
        return finding
    return replace(finding, place=place(f"/{finding.place.path.lstrip('/')}"))


def _door(desk: Desk, name: str, metadata: dict[str, object]) -> Iterator[Finding]:
    from accord.application.present import process_at
    from accord.domain.process.admission import admit
    from accord.domain.process.door import Circumstances

    contribution = load_contribution(metadata, plain_places(name)).value
    if contribution is None:
        return
    process = process_at(desk)
    chronicle = desk.chronicle() if desk.store.exists() else None
    # Without a record every draft of the timetable is taken to exist: nothing is known here to the contrary.
    drafts = drafts_at(chronicle.process(), desk.now) if chronicle else process.timetable.drafts
    known = Circumstances(
        timetable=process.timetable,
        experts=process.experts,
        forum=process.forum,
        rules=process.rules,
        posted=chronicle.posted(desk.now) if chronicle else {},
        drafts=drafts,
        file=name,
    )
    admission = admit(contribution, Interval.at(desk.now), known)
    for finding in admission.findings:
        late = finding.rule.startswith(
            ("window-", "public-", "opinion-", "draft-not-current", "draft-missing")
        )
        # The time of checking is not the time of receipt: what depends on it is said, and stops nothing.
        severity = Severity.WARNING if late else finding.severity
        yield Finding(
            rule=finding.rule,
            message=finding.message,
            fix=finding.fix,
            place=finding.place,
            severity=severity,
        )


def _report(names: Sequence[str], found: Sequence[Finding]) -> Report:
    bad = len(errors(found))
    warnings = sum(finding.severity is Severity.WARNING for finding in found)
    what = names[0] if len(names) == 1 else f"{len(names)} things checked"
    text = f"{what}: {bad} problem{'s' if bad > 1 else ''} to mend" if bad else f"{what}: in order"
    if warnings:
        text += f", {warnings} to look at"
    return Report(
        text=text + ".",
        data={"checked": list(names), "errors": bad, "warnings": warnings},
        findings=tuple(found),
    )
