"""`command`: an act typed into a form of the forge, with the rights and the record of the account that sent it.

The words of a comment are carried out as there. Acts that no comment has (a posting, the outcome of a meeting, a text
put in its place) are the verbs of that name, with their own options.
"""

from __future__ import annotations

import os
import shlex

import click

from accord.application.desk import Desk
from accord.application.reports import Report
from accord.cli.options import acting_for_all, at_this_desk
from accord.cli.wiring import open_remote
from accord.domain.findings import Exit, refuse
from accord.domain.forge.snapshot import Account

# Act → the command line it is: S is what the form calls contribution, 1 the next word of the details, * all that are
# left, ~ the same as one text.
VERBS: dict[str, tuple[str, ...]] = {
    "incorporate": ("incorporate", "S", "*"),
    "regularise": ("regularise", "S", "--reason", "~"),
    "redact": ("redact", "S", "*"),
    "correct": ("correct", "S", "--reason", "~"),
    "contested": ("correct", "S", "--contested", "--reason", "~"),
    "confirm-category": ("admit", "S", "--category", "1", "--reason", "~"),
    "posted": ("posted", "S", "*"),
    "adopt": ("adopt", "S", "*"),
    "nominate": ("nominate", "S", "*"),
    "meeting": ("meeting", "outcome", "1", "S", "*"),
}
# What a form must not say: which files of the machine are read, who acts, when, and where.
_NOT_HERE = ("--repo", "--now", "--as", "--as-account", "--evidence", "--metadata", "--dry-run", "--format")


@click.command()
@click.argument("subject")
@click.argument("text")
@click.option(
    "--as-account", "account", type=int, required=True, metavar="ID", help="The account that sent the form."
)
@acting_for_all
def command(desk: Desk, subject: str, text: str, account: int) -> Report:
    """Carry out TEXT, a command like `/call until 2025-02-20`, on contribution SUBJECT, for an account.

    This is what the form *Act of the chair or the secretariat* on GitHub calls.
    """
    from accord.application.forge.by_form import act_by_form, act_by_verb

    run = os.environ.get("GITHUB_RUN_ID", "")
    post = f"run/{run}" if run else f"typed/{desk.now:%Y%m%dT%H%M%SZ}-{account}"
    who = Account(id=account, login=os.environ.get("GITHUB_ACTOR", str(account)))
    verb = text.strip().removeprefix("/").partition(" ")[0]
    if verb not in VERBS:
        return act_by_form(desk, open_remote(desk), subject, text, who, post)
    arguments = _arguments(verb, subject, text)

    def act(at_desk: Desk) -> Report:
        from accord.cli.main import cli

        with at_this_desk(at_desk):
            report = cli.main(args=arguments, prog_name="accord", standalone_mode=False)
        assert isinstance(report, Report)  # noqa: S101 - every verb gives one
        return report

    return act_by_verb(desk, open_remote(desk), act, who, post)


def _arguments(verb: str, subject: str, text: str) -> list[str]:
    try:
        words = shlex.split(text.strip())[1:]
    except ValueError as problem:
        raise refuse(
            "command-quotes",
            f"The details cannot be read: {problem}.",
            fix='Put words that belong together in quotation marks: --reason "It is now 1.3".',
            exit_code=Exit.USAGE,
        ) from problem
    named = [word.partition("=")[0] for word in words]
    refused = next((word for word in named if word in _NOT_HERE), "")
    if refused:
        raise refuse(
            "command-option",
            f"`{refused}` cannot be said in a form.",
            fix="Leave it out. What a letter said is named by the registry's mark: `--registry MARK`.",
            exit_code=Exit.USAGE,
        )
    out: list[str] = []
    for place in VERBS[verb]:
        if place == "S":
            out.append(subject)
        elif place == "1":
            out += words[:1]
            words = words[1:]
        elif place == "*":
            out += words
        elif place == "~":
            out.append(" ".join(words))
        else:
            out.append(place)
    return out
