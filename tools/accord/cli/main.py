"""The command line: find the verb, run it, print its report, choose the exit code."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from accord import __version__
from accord.application.reports import Report, finding_data
from accord.cli.verbs import VERBS
from accord.domain.findings import Exit, Finding, Place, Refused
from accord.render.findings import findings_text

INTERRUPTED = 130  # as shells say it: 128 and the number of the signal
EPILOG = "Exit codes: 0 ok, 1 findings, 2 usage, 3 a bug of ours, 4 refused from outside (safe to run again)."


class Verbs(click.Group):
    """A group that imports a verb only when it is called, and suggests the nearest one for a misspelt name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs, in the order in which a round uses them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb's command, or None."""
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"accord.cli.{VERBS[cmd_name][0]}")
        command = getattr(module, cmd_name.replace("-", "_"))
        assert isinstance(command, click.Command)  # noqa: S101 - narrows for the type checker
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As in click, with a suggestion."""
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            import difflib

            close = difflib.get_close_matches(args[0], VERBS, n=1)
            hint = f" Did you mean `{close[0]}`?" if close else " `accord --help` lists the verbs."
            raise click.UsageError(f"There is no verb `{args[0]}`.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of verbs, without importing any of them."""
        with formatter.section("Verbs"):
            formatter.write_dl([(verb, line) for verb, (_, line) in VERBS.items()])


@click.group(cls=Verbs, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="accord %(version)s")
def cli() -> None:
    """Draft a text in the open and agree on it. An unofficial working aid."""


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; everything is printed on the way."""
    as_json = _value_of(arguments, "--format") == "json"
    try:
        report = cli.main(args=list(arguments), prog_name="accord", standalone_mode=False)
        if not isinstance(report, Report):
            return Exit.OK  # `--help` and `--version` printed themselves
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _stopped()
    except click.ClickException as problem:
        if not as_json:
            problem.show(sys.stderr)
            return Exit.USAGE
        report = _usage(problem)
    except Refused as refused:
        report = Report(findings=refused.findings, exit_code=refused.exit_code)
    except OSError as problem:
        report = _outside(problem)
    except Exception:  # a bug is reported, never hidden
        click.echo(_bug(arguments), err=True)
        return Exit.BUG
    try:
        show(report, as_json=as_json)
    except BrokenPipeError:
        _close_quietly()  # whoever read it has seen enough; what was done is done
    except KeyboardInterrupt:
        return _stopped()
    except OSError as problem:
        click.echo(findings_text(_outside(problem).findings), err=True)
        return Exit.OUTSIDE
    return report.code


def show(report: Report, *, as_json: bool) -> None:
    """Print a report: results on stdout, problems on stderr."""
    if as_json:
        import json

        body: dict[str, Any] = {"version": 1, **report.data}
        body["findings"] = [finding_data(finding) for finding in report.findings]
        click.echo(json.dumps(body, ensure_ascii=False, indent=2))
        return
    if report.text:
        click.echo(report.text.rstrip("\n"))
    if report.findings:
        click.echo(findings_text(report.findings), err=True)


def main() -> None:
    """Entry point of the `accord` command."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    sys.exit(run(sys.argv[1:]))


def _usage(problem: click.ClickException) -> Report:
    """A mistake in the command line, for programs."""
    finding = Finding(rule="usage", message=problem.format_message(), fix="`accord VERB --help` says how.")
    return Report(findings=(finding,), exit_code=Exit.USAGE)


def _outside(problem: OSError) -> Report:
    """The system refused to read or write something."""
    name = problem.filename if isinstance(problem.filename, str) else ""
    finding = Finding(
        rule="system-refused",
        message=f"The system refused: {problem.strerror or problem}.",
        fix="Make room or allow it, then run the same command again.",
        place=Place(file=name) if name else None,
    )
    return Report(findings=(finding,), exit_code=Exit.OUTSIDE)


def _stopped() -> int:
    """Somebody pressed Ctrl-C. What was to be recorded is there whole or not at all."""
    click.echo("Stopped. It is safe to run the same command again.", err=True)
    return INTERRUPTED


def _close_quietly() -> None:
    """Let nothing more be said on a closed pipe, not even at the end of the program."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _value_of(arguments: Sequence[str], option: str) -> str:
    for index, argument in enumerate(arguments):
        if argument == option:
            return arguments[index + 1] if index + 1 < len(arguments) else ""
        if argument.startswith(f"{option}="):
            return argument.partition("=")[2]
    return ""


def _bug(arguments: Sequence[str]) -> str:
    import traceback

    return (
        f"{traceback.format_exc()}\n"
        f"This is a bug in accord {__version__}, not a mistake of yours. Nothing was half-written.\n"
        f"Please report the lines above and the command: accord {' '.join(arguments)}"
    )
