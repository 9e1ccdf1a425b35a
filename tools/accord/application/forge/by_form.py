"""An act typed into a form of the forge: the words of a command, for one account, with the same rights and record."""

from __future__ import annotations

from collections.abc import Callable

from accord.application import telling
from accord.application.desk import Delivery, Desk
from accord.application.forge.index import Index
from accord.application.forge.obeying import About, obey, vocabulary
from accord.application.forge.sharing import begin_again, bring_up, share, stand_on_main
from accord.application.forge.syncing import TRIES
from accord.application.ports import Remote
from accord.application.reports import Report
from accord.domain.findings import Exit, Finding, Refused, refuse
from accord.domain.forge.commands import read_words
from accord.domain.forge.grammar import Command
from accord.domain.forge.parsing import QUESTIONS
from accord.domain.forge.snapshot import Account
from accord.domain.record.values import Receipt
from accord.render.messages.attempts import attempt_said


def act_by_form(desk: Desk, remote: Remote, subject: str, text: str, account: Account, post: str) -> Report:
    """Carry out one command and share the record. What the rules refuse is recorded nowhere, and said at once.

    Raises:
        Refused: no command, or not one alone (USAGE); whatever its verb refuses; the shared copy (OUTSIDE).
    """
    start = bring_up(desk, remote)
    for _ in range(TRIES):
        command = _one_command(desk, text)
        at_desk = _delivering(desk, account, post)
        if at_desk is None:
            return Report(text="This entry is in the record already.")
        done = obey(at_desk, subject, command, About())
        if desk.dry_run or share(desk, remote):
            return telling.after(at_desk, done)
        begin_again(desk, remote, start)
        start = desk.repository.resolve("refs/heads/record") or ""
    raise refuse(
        "record-busy",
        f"Others kept writing to the shared record; gave up after {TRIES} tries. Nothing was entered.",
        fix="Send the form again.",
        exit_code=Exit.OUTSIDE,
    )


def act_by_verb(
    desk: Desk, remote: Remote, act: Callable[[Desk], Report], account: Account, post: str
) -> Report:
    """Carry out a verb for an account, and share the record and, where the act moved it, the main branch.

    Raises:
        Refused: whatever the verb refuses; the shared copy, or somebody else wrote meanwhile (OUTSIDE): nothing is
            shared then.
    """
    bring_up(desk, remote)
    stand_on_main(desk)
    at_desk = _delivering(desk, account, post)
    if at_desk is None:
        return Report(text="This entry is in the record already.")
    report = act(at_desk)
    if desk.dry_run or share(desk, remote):
        return report
    raise refuse(
        "record-busy",
        "Somebody wrote to the shared copy at the same moment. Nothing of this act is shared.",
        fix="Send the form again.",
        exit_code=Exit.OUTSIDE,
    )


def _delivering(desk: Desk, account: Account, post: str) -> Desk | None:
    """The desk for an act sent now by an account; None if the record has it already."""
    if post in Index.of(desk.chronicle().everything()).posts:
        return None
    receipt = Receipt.instant(desk.now, "server")
    return desk.delivering(
        Delivery(post=post, receipt=receipt, learned=desk.now, account=account.id, login=account.login)
    )


def _one_command(desk: Desk, text: str) -> Command:
    read = read_words(text, vocabulary=vocabulary(desk.chronicle().world().at(desk.now)))
    if len(read.commands) == 1 and not read.attempts:
        command = read.commands[0]
        if command.kind in QUESTIONS:
            raise refuse(
                "command-question",
                "This asks something, and a form enters something.",
                fix="`accord status` and `accord why` answer here; in a comment you are answered below it.",
                exit_code=Exit.USAGE,
            )
        return command
    if read.attempts:
        raise Refused(
            (
                Finding(rule=one.why, message=attempt_said(one.why, one.words), fix=one.suggestion)
                for one in read.attempts
            ),
            Exit.USAGE,
        )
    raise refuse(
        "command-missing",
        "This is no command." if not read.commands else "This is more than one command.",
        fix="Write one, like `/call until 2025-02-20`; docs/commands.md lists them.",
        exit_code=Exit.USAGE,
    )
