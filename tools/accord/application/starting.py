"""`init`: prepare a fresh copy for another forum. Data and texts are written anew; no program is changed."""

from __future__ import annotations

from typing import Any

from accord.application.desk import Desk
from accord.application.loading import Process, load_process
from accord.application.present import process_at
from accord.application.reading import PROCESS_FILES
from accord.application.reports import Report
from accord.application.texts import FOLDERS, MAIN
from accord.domain.findings import Exit, Refused, refuse
from accord.domain.forge.blank import Blank
from accord.domain.forge.blank_forum import TIMETABLE, files, left_to_do, timetable_page
from accord.domain.process.suggest import did_you_mean

AUTHOR = "Accord"
FORM = ".github/ISSUE_TEMPLATE/contribution.yml"
DESCRIPTION = ".github/pull_request_template.md"
FIRST_FORUM = "tests/first-forum/"
_KEPT = (FORM, DESCRIPTION, "README.md", "CONTRIBUTING.md")


def known(desk: Desk) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """The words, the presets and the lists of how Opinions are drafted that the copy has, to begin with.

    Raises:
        Refused: it is no copy of this repository (exit USAGE), or its process files cannot be read (FINDINGS).
    """
    values = desk.process_files(desk.main())
    words = {name: values["forum"][name] for name in ("states", "dispositions", "positions")}
    return words, dict(values["consensus"]["presets"]), dict(values["forum"].get("drafting", {}))


def init(desk: Desk, blank: Blank) -> Report:
    """Write the files of the forum to the main branch, all in one change.

    Raises:
        Refused: the copy has a record, drafts or changes of its own, or something that was said of the forum cannot
            be (exit USAGE). Nothing is changed then.
    """
    _refuse_used(desk)
    if blank.preset not in blank.presets:
        raise refuse(
            "rules-unknown-preset",
            f"There is no preset `{blank.preset}`.",
            fix=did_you_mean(blank.preset, blank.presets),
            exit_code=Exit.USAGE,
        )
    main = desk.main()
    wanted: dict[str, bytes | None] = {
        one.path: None for one in desk.repository.tree(main, FOLDERS) if one.kind == "blob"
    }
    wanted |= {path: text.encode() for path, text in files(blank).items()}
    wanted |= _made_from(desk, wanted)
    wanted |= _first_forum(desk, main)
    changed = _different(desk, main, wanted)
    left = left_to_do(blank)
    lines = [
        f"{'Would prepare' if desk.dry_run else 'Prepared'} this copy for {blank.name}.",
        "",
        *(f"  {'removed' if data is None else 'written'}  {path}" for path, data in sorted(changed.items())),
        "",
        "Left for you to fill in:",
        *(f"  {number}. {sentence}" for number, sentence in enumerate(left, 1)),
    ]
    data = {
        "forum": blank.short,
        "written": sorted(path for path, content in changed.items() if content is not None),
        "removed": sorted(path for path, content in changed.items() if content is None),
        "left": list(left),
    }
    if changed and not desk.dry_run:
        message = f"A beginning for {blank.name}\n\nProcess files, first pages and forms, to be filled in.\n"
        commit = desk.repository.write_commit(changed, [main], message, desk.now, AUTHOR)
        desk.repository.advance_branch(MAIN.removeprefix("refs/heads/"), commit, main)
    return Report(text="\n".join(lines), data=data)


def _refuse_used(desk: Desk) -> None:
    if desk.store.exists():
        raise refuse(
            "record-exists",
            "This copy has a record: things were received and decided here, and its rules cannot begin anew.",
            fix="Begin with a fresh copy: docs/setting-up.md says how to make one without the branch `record`.",
            exit_code=Exit.USAGE,
        )
    drafts = [*desk.repository.tags("draft-*"), *desk.repository.tags("final*")]
    if drafts:
        raise refuse(
            "drafts-exist",
            f"This copy has drafts of another forum: {', '.join(drafts[:5])}.",
            fix="Begin with a fresh copy: docs/setting-up.md says how to make one without the tags.",
            exit_code=Exit.USAGE,
        )
    if not desk.repository.work_tree_clean():
        raise refuse(
            "work-tree-changed",
            "There are changes in this copy that are not committed; they could be lost.",
            fix="Commit them or undo them, then run this again.",
            exit_code=Exit.USAGE,
        )


def forms(desk: Desk) -> Report:
    """Write the forms for contributors again, from the process files of the main branch; nothing else is changed.

    Raises:
        Refused: the process files cannot be read (exit FINDINGS).
    """
    main = desk.main()
    process = process_at(desk)
    changed = _different(desk, main, dict(_forms(process)))
    if not changed:
        return Report(text="The forms are as the process files have them.", data={"written": []})
    if not desk.dry_run:
        commit = desk.repository.write_commit(
            changed, [main], "The forms follow the process files\n", desk.now, AUTHOR
        )
        desk.repository.advance_branch(MAIN.removeprefix("refs/heads/"), commit, main)
    lines = [f"  {'would be written' if desk.dry_run else 'written'}  {path}" for path in sorted(changed)]
    return Report(text="\n".join(lines), data={"written": sorted(changed)})


def outdated_forms(desk: Desk, process: Process) -> tuple[str, ...]:
    """The forms on the main branch that are not as the process files have them."""
    return tuple(sorted(_different(desk, desk.main(), dict(_forms(process)))))


def _forms(process: Process) -> dict[str, bytes]:
    from accord.render.forge.description_template import description_template_text
    from accord.render.forge.issue_form import issue_form_text

    drafts = process.timetable.drafts
    return {
        FORM: issue_form_text(process.forum, drafts).encode(),
        DESCRIPTION: description_template_text(process.forum, drafts).encode(),
    }


def _made_from(desk: Desk, wanted: dict[str, bytes | None]) -> dict[str, bytes]:
    """The table of the Report and the forms of GitHub, from process files that are checked as those of any forum."""
    from accord.render.timetable_table import render_table

    given = {
        path: data for path, data in wanted.items() if path in PROCESS_FILES.values() and data is not None
    }
    try:
        values = desk.reader.process_files(given)
    except Refused as refused:
        raise Refused(refused.findings, Exit.USAGE) from refused
    process = load_process(values["timetable"], values["experts"], values["forum"], values["consensus"]).value
    assert process is not None  # noqa: S101 - read a moment ago
    return {TIMETABLE: timetable_page(render_table(process.timetable)).encode(), **_forms(process)}


def _first_forum(desk: Desk, main: str) -> dict[str, bytes]:
    """What the tests of the programs are about, kept where they find it (.ci/test); once, from the first forum."""
    if desk.repository.tree(main, [FIRST_FORUM]):
        return {}
    found = [one.path for one in desk.repository.tree(main, [*FOLDERS, *PROCESS_FILES.values(), *_KEPT])]
    blobs = desk.repository.read([f"{main}:{path}" for path in found])
    return {FIRST_FORUM + path: blobs[f"{main}:{path}"] for path in found}


def _different(desk: Desk, main: str, wanted: dict[str, bytes | None]) -> dict[str, bytes | None]:
    """What would change; a copy that was prepared alike is left as it is."""
    there = desk.repository.read([f"{main}:{path}" for path in wanted])
    return {path: data for path, data in wanted.items() if there.get(f"{main}:{path}") != data}
