"""`now`, `check`, `status`, `why`: questions; nothing is written."""

from __future__ import annotations

from pathlib import Path

import click

from accord.application.desk import Desk
from accord.application.reports import Report
from accord.cli.options import asking, read_file, write_file
from accord.domain.findings import Exit, refuse

IN_FORCE = "in force"
_TEXT_LIMIT = 2 * 1024 * 1024


@click.command()
@click.option(
    "--rules",
    is_flag=False,
    flag_value=IN_FORCE,
    default=None,
    metavar="[PRESET]",
    help="The rules of agreement in sentences: those in force, or a preset's.",
)
@click.option("--ics", default=None, metavar="FILE", help="Write the timetable as a calendar file instead.")
@asking
def now(desk: Desk, rules: str | None, ics: str | None) -> Report:
    """What is open, for whom, until when, and what comes next."""
    from accord.application import calendar, explaining

    if rules is not None and ics is not None:
        raise click.UsageError("Give --rules or --ics, not both.")
    if ics is not None:
        write_file(ics, calendar.calendar_of(desk))
        return Report(
            text=f"The calendar is in {ics}. Any calendar program opens or subscribes to it.",
            data={"file": ics},
        )
    return calendar.now(desk) if rules is None else explaining.rules(desk, "" if rules == IN_FORCE else rules)


@click.command()
@click.argument("what", nargs=-1)
@asking
def check(desk: Desk, what: tuple[str, ...]) -> Report:
    """Check WHAT: numbers of contributions, or files (descriptions, texts, process files); without it everything."""
    from accord.application import checking

    root = Path(desk.repository.root)
    if not what:
        names = sorted(
            str(path.relative_to(root))
            for folder, pattern in (("process", "*.yaml"), ("report", "*.md"), ("opinions", "*.md"))
            for path in (root / folder).glob(pattern)
            if not path.name.startswith("_")
        )
        return checking.check_all(desk, [(name, read_file(str(root / name), _TEXT_LIMIT)) for name in names])
    numbers = [one for one in what if one.lstrip("#").isdigit()]
    if numbers:
        if len(what) > 1:
            raise click.UsageError("Check one contribution at a time, or files.")
        return checking.check_contribution(desk, numbers[0])
    return checking.check_files(desk, [(_name(one, root), read_file(one, _TEXT_LIMIT)) for one in what])


@click.command()
@click.argument("subject", required=False)
@click.option("--experts", is_flag=True, help="The list of nominated experts and its balance instead.")
@asking
def status(desk: Desk, subject: str | None, experts: bool) -> Report:
    """The table of contributions; with SUBJECT (a number, or an Opinion) all about that one."""
    from accord.application import asking as questions
    from accord.application import experts_shown, overview

    if experts:
        if subject is not None:
            raise click.UsageError("Give a SUBJECT or --experts, not both.")
        return experts_shown.experts(desk)
    return overview.status(desk) if subject is None else questions.status_of(desk, subject)


@click.command()
@click.argument("subject")
@asking
def why(desk: Desk, subject: str) -> Report:
    """What SUBJECT still needs, in sentences with rule numbers."""
    from accord.application import asking as questions

    return questions.why(desk, subject)


def _name(given: str, root: Path) -> str:
    """A file's path in the repository where it lies there, else as given."""
    path = Path(given)
    if not path.exists():
        raise refuse(
            "file-missing", f"There is no file {given}.", fix="Check its name.", exit_code=Exit.USAGE
        )
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return given
