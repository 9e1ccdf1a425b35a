"""A compilation as files or on a terminal, for whoever asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from accord.application.compiling import compilation_for
from accord.application.desk import Desk
from accord.application.drafting import SUMS, Folder, refuse_foreign, sums
from accord.application.reports import Report
from accord.application.revision import Revision
from accord.render.compilation import FORMS, Columns, compilation_file, file_name
from accord.render.compilation.model import Compilation
from accord.render.compilation.text import compilation_data, compilation_text


def shown(desk: Desk, window: str, form: str, columns: str) -> Report:
    """What stands where, or with ``form`` the whole in it.

    Raises:
        Refused: there is no such window, or no record (exit USAGE).
    """
    made = _compiled(desk, window)
    report = _report(made)
    if form:
        return replace(report, text=compilation_file(made, form, Columns(columns)).decode("utf-8-sig"))
    return replace(
        report, text=f"{report.text}\n\nWrite it with `-o DIR` in all forms, or with `-o FILE.xlsx` in one."
    )


def one(desk: Desk, window: str, form: str, columns: str) -> tuple[Report, bytes]:
    """The compilation in one form, to be written to a file.

    Raises:
        Refused: there is no such window, or no record (exit USAGE).
    """
    made = _compiled(desk, window)
    return _report(made), compilation_file(made, form, Columns(columns))


def folder(desk: Desk, window: str, form: str, columns: str, target: Folder) -> Report:
    """Write it to a folder, in one form or in `all`.

    Raises:
        Refused: there is no such window (exit USAGE); the folder holds something else (exit FINDINGS).
    """
    made = _compiled(desk, window)
    forms = FORMS if form == "all" else (form,)
    files = {file_name(name): compilation_file(made, name, Columns(columns)) for name in forms}
    refuse_foreign(target)
    target.replace({**files, SUMS: sums(files)})
    return written(_report(made), target.name, sorted(files))


def written(report: Report, place: str, files: Sequence[str]) -> Report:
    """Say what was counted, and where it is written."""
    counted = report.data["counted"]
    lines = [*counted, f"{place}: {', '.join(files)}" if len(files) > 1 else f"It is in {place}."]
    return replace(report, text="\n".join(lines), data={**report.data, "output": place, "files": list(files)})


def _compiled(desk: Desk, window: str) -> Compilation:
    chronicle = desk.chronicle()
    if desk.as_known is None:
        desk.see_main(chronicle)
    return compilation_for(Revision(desk, desk.main(), chronicle, desk.now), window)


def _report(made: Compilation) -> Report:
    return Report(text=compilation_text(made), data=compilation_data(made))
