"""`admit`, `dispose`, `correct`, `posted`, `nominate`, `incorporate`, `regularise`: what the secretariat does."""

from __future__ import annotations

import click

from accord.application import incorporating, nominating, objecting, overruling, secretariat, telling
from accord.application.desk import Desk
from accord.application.reports import Report
from accord.cli.options import acting, evidence_of, receipt_of

DISPOSITIONS = ["incorporated", "reflected-in-part", "noted", "not-retained", "carried-over", "superseded"]
_REASON = click.option(
    "--reason", required=True, metavar="TEXT", help="Why; it is shown wherever the result is."
)


@click.command()
@click.argument("number")
@click.option("--version", "revision", type=int, default=None, help="Which version (default: the newest).")
@click.option("--category", default="", metavar="ID", help="The category you confirm for its source.")
@_REASON
@acting
def admit(desk: Desk, number: str, revision: int | None, category: str, reason: str) -> Report:
    """Admit contribution NUMBER (or a late version of it) that is held."""
    return telling.after(desk, secretariat.admit(desk, number, reason, revision=revision, category=category))


@click.command()
@click.argument("what")
@click.argument("disposition", type=click.Choice(DISPOSITIONS), required=False)
@_REASON
@acting
def dispose(desk: Desk, what: str, disposition: str | None, reason: str) -> Report:
    """Say what became of WHAT: a contribution (12), or an objection whose owner left (12-o1, by a chair)."""
    if not what.lstrip("#").isdigit():
        return telling.after(desk, objecting.dispose_objection(desk, what, reason))
    if disposition is None:
        raise click.UsageError(f"Say what became of it: {', '.join(DISPOSITIONS)}.")
    return telling.after(desk, secretariat.dispose(desk, what, disposition, reason))  # type: ignore[arg-type]


@click.command()
@click.argument("what")
@click.argument("finding")
@click.option(
    "--at",
    "place",
    default="",
    metavar="CLAUSE",
    help="Only in this clause: its label, such as “considering b)”, or its line (default: wherever it is found).",
)
@_REASON
@acting
def waive(desk: Desk, what: str, finding: str, place: str, reason: str) -> Report:
    """Overrule FINDING (its rule, such as path-outside) on the newest version of contribution WHAT.

    A finding about how an Opinion is drafted holds as set aside while the clause reads so; WHAT may then also be an
    Opinion as it reads.
    """
    return telling.after(desk, overruling.waive(desk, what, finding, reason, place=place))


@click.command()
@click.argument("number")
@click.option("--version", "revision", type=int, default=None, help="Only this version (default: every one).")
@click.option(
    "--ground", required=True, metavar="TEXT", help="The ground in law or in the rules of the forum."
)
@_REASON
@acting
def redact(desk: Desk, number: str, revision: int | None, ground: str, reason: str) -> Report:
    """Take the text of contribution NUMBER out of reach; what it changed stays known by its digests."""
    return telling.after(desk, overruling.redact(desk, number, ground, reason, revision=revision))


@click.command()
@click.argument("event", type=int)
@click.option("--contested", is_flag=True, help="Mark a declaration as disputed.")
@_REASON
@acting
def correct(desk: Desk, event: int, contested: bool, reason: str) -> Report:
    """Add a note of correction to EVENT (its running number); nothing is removed."""
    return telling.after(desk, secretariat.correct(desk, event, reason, contested=contested))


@click.command()
@click.argument("draft")
@click.option("--at", required=True, metavar="MOMENT", help="When it was posted.")
@click.option("--url", required=True, metavar="ADDRESS", help="Where.")
@click.option("--symbol", default="", metavar="SYMBOL", help="The official document symbol.")
@acting
def posted(desk: Desk, draft: str, at: str, url: str, symbol: str) -> Report:
    """Record the official posting of DRAFT; its window opens by it."""
    desk.may_begin = True
    return telling.after(desk, secretariat.posted(desk, draft, at, url, symbol))


@click.command()
@click.argument("entity")
@click.option("--name", required=True, metavar="NAME", help="The name of the expert.")
@click.option("--category", default="", metavar="ID", help="For an entity that is new on the list.")
@click.option("--entity-name", default="", metavar="NAME", help="For an entity that is new on the list.")
@click.option("--region", default="", metavar="NAME", help="For an entity that is new on the list.")
@click.option("--country", default="", metavar="NAME", help="The country in which the expert is active.")
@click.option("--account", type=int, default=None, help="The numeric account id, if there is one.")
@click.option("--active-in-own-country", is_flag=True, help="The nomination attests it (R13).")
@click.option("--invented", is_flag=True, help="An invented entity, for rehearsals.")
@click.option("--received", default=None, metavar="MOMENT", help="When the registry got the letter.")
@click.option("--evidence", default=None, metavar="FILE", help="The letter, kept by its digest.")
@click.option("--registry", default="", metavar="MARK", help="The registry's own mark for it.")
@click.option("--reason", default="", metavar="TEXT", help="Why a late nomination is taken (R15).")
@acting
def nominate(
    desk: Desk,
    entity: str,
    name: str,
    category: str,
    entity_name: str,
    region: str,
    country: str,
    account: int | None,
    active_in_own_country: bool,
    invented: bool,
    received: str | None,
    evidence: str | None,
    registry: str,
    reason: str,
) -> Report:
    """Enter a nomination by ENTITY that arrived by letter: on the list, and in the record."""
    nomination = nominating.Nomination(
        entity=entity,
        expert=name,
        category=category,
        entity_name=entity_name,
        region=region,
        country=country,
        account=account,
        active=active_in_own_country,
        invented=invented,
        receipt=receipt_of(received, desk),
        evidence=evidence_of(evidence, registry),
        reason=reason,
    )
    desk.may_begin = True
    return telling.after(desk, nominating.nominate(desk, nomination))


@click.command()
@click.argument("number")
@click.option(
    "--source", "sources", multiple=True, metavar="N", help="Report text: written from this (repeatable)."
)
@click.option("--reason", default="", metavar="TEXT", help="Report text: why, for the record.")
@acting
def incorporate(desk: Desk, number: str, sources: tuple[str, ...], reason: str) -> Report:
    """Put contribution NUMBER on the main branch: an agreed text, or Report text as a secretariat act."""
    return telling.after(desk, incorporating.incorporate(desk, number, sources=sources, reason=reason))


@click.command()
@click.argument("commit")
@_REASON
@acting
def regularise(desk: Desk, commit: str, reason: str) -> Report:
    """Take responsibility for a change of the text that COMMIT brought without a declaration (C13)."""
    return telling.after(desk, incorporating.regularise(desk, commit, reason))
