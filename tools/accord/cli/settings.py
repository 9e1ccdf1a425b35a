"""`doctor`, `init`: putting a copy of this repository to work for a forum."""

from __future__ import annotations

import re
from datetime import date

import click

from accord.application.desk import Desk
from accord.application.reports import Report
from accord.cli.options import reading
from accord.cli.wiring import open_desk, read_plain_yaml, settings_reader
from accord.domain.forge.blank import Blank, Named, Span

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@click.command()
@click.option(
    "--repository",
    default="",
    envvar="GITHUB_REPOSITORY",
    metavar="OWNER/NAME",
    help="The repository on GitHub (default: the one this copy was fetched from).",
)
@reading
def doctor(desk: Desk, repository: str) -> Report:
    """Check the settings of the repository on GitHub, and say how to change each that is missing."""
    from accord.application import doctor as use_case

    return use_case.doctor(desk, settings_reader(desk.repository.root, repository), read_plain_yaml)


@click.command()
@click.argument("folder", metavar="DIR")
@click.option("--forum", default="", metavar="NAME", help="The full name of the forum.")
@click.option("--short", default="", metavar="SHORT", help="Its short name.")
@click.option("--experts", default="", metavar="NAME", help="What the group of experts is called.")
@click.option("--page", default="", metavar="URL", help="The page with the official documents.")
@click.option(
    "--zone", default="UTC", metavar="ZONE", help="The time zone of deadlines, such as Europe/Zurich."
)
@click.option("--language", "languages", multiple=True, metavar="xx", help="A language (may be repeated).")
@click.option("--preset", default="itu", metavar="PRESET", help="The rules of agreement to begin with.")
@click.option(
    "--proposing",
    multiple=True,
    metavar="ID=LABEL",
    help="A category whose input is a proposal (may be repeated).",
)
@click.option(
    "--viewing", multiple=True, metavar="ID=LABEL", help="A category whose input is a view (may be repeated)."
)
@click.option("--public", multiple=True, metavar="ID=LABEL", help="The category of the public.")
@click.option("--theme", "themes", multiple=True, metavar="ID=LABEL", help="A theme (may be repeated).")
@click.option(
    "--window",
    "windows",
    multiple=True,
    metavar="DAY/DAY",
    help="From the posting of a draft to the end of its window (may be repeated, in order).",
)
@click.option(
    "--meeting",
    "meetings",
    multiple=True,
    metavar="DAY/DAY",
    help="A meeting of the experts (may be repeated).",
)
@click.option(
    "--final",
    default="",
    metavar="DAY",
    help="When the final Report is posted.",
)
@click.option("--held", default="", metavar="DAY/DAY", help="When the forum itself takes place.")
@click.option("--without-opinions", is_flag=True, help="The forum agrees on a Report alone.")
@click.option(
    "--forms", is_flag=True, help="Only write the forms for contributors again, as the process files have it."
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="For people or for programs.",
)
def init(
    folder: str,
    forum: str,
    short: str,
    experts: str,
    page: str,
    zone: str,
    languages: tuple[str, ...],
    preset: str,
    proposing: tuple[str, ...],
    viewing: tuple[str, ...],
    public: tuple[str, ...],
    themes: tuple[str, ...],
    windows: tuple[str, ...],
    meetings: tuple[str, ...],
    final: str,
    held: str,
    without_opinions: bool,
    forms: bool,
    dry_run: bool,
    form: str,
) -> Report:
    """Prepare the fresh copy in DIR for another forum; what you leave out gets an example to replace."""
    from accord.application import starting

    del form
    desk = open_desk(folder, "", "", dry_run=dry_run)
    if forms:
        return starting.forms(desk)
    if not forum.strip() or not short.strip():
        raise click.UsageError("Name the forum: `--forum NAME --short SHORT`.")
    words, presets, drafting = starting.known(desk)
    blank = Blank(
        name=forum,
        short=short,
        moment=desk.now.date(),
        words=words,
        presets=presets,
        drafting=drafting,
        preset=preset,
        experts=experts,
        page=page,
        zone=zone,
        languages=languages or ("en",),
        proposing=_named(proposing),
        viewing=_named(viewing),
        public=_named(public),
        themes=_named(themes),
        windows=tuple(_span(one) for one in windows),
        meetings=tuple(_span(one) for one in meetings),
        final=_span(final).first if final else None,
        held=_span(held) if held else None,
        opinions=not without_opinions,
    )
    return starting.init(desk, blank)


def _named(given: tuple[str, ...]) -> tuple[Named, ...]:
    """Short names with their labels, from ID=LABEL."""
    found = []
    for one in given:
        short, _, label = one.partition("=")
        if not _ID.fullmatch(short) or not label.strip():
            raise click.UsageError(
                f"`{one}`: write it like `member=Member of the Assembly`, a short name in small letters and a label."
            )
        found.append(Named(id=short, label=label.strip()))
    return tuple(found)


def _span(given: str) -> Span:
    """A day, or two with a slash between them."""
    first, _, last = given.partition("/")
    try:
        span = Span(first=date.fromisoformat(first), last=date.fromisoformat(last or first))
    except ValueError as problem:
        raise click.UsageError(f"`{given}`: write days like `2027-02-01/2027-03-15`.") from problem
    if span.last < span.first:
        raise click.UsageError(f"`{given}` ends before it begins.")
    return span
