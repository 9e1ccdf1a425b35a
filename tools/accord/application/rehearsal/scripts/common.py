"""What every script names: files of the Report, themes."""

from __future__ import annotations

from accord.application.rehearsal.acts import HandIn, Speak
from accord.application.rehearsal.edits import Edit
from accord.domain.record.values import Stance

COVER = "report/00-cover.md"
FORUM = "report/01-the-forum.md"
PREPARATION = "report/02-preparatory-process.md"
NEXT = "report/03-next-steps.md"

TIMETABLE = "process/timetable.yaml"
EXPERTS = "process/experts.yaml"

DIVIDES, GREEN, SPACE = ("digital-divides",), ("green-transformation",), ("space-connectivity",)
RESILIENCE, INNOVATION = ("resilience",), ("innovation-ecosystems",)

DIVIDES_FILE = "report/04-digital-divides.md"
GREEN_FILE = "report/05-green-transformation.md"
RESILIENCE_FILE = "report/06-resilience.md"
SPACE_FILE = "report/07-space-connectivity.md"
INNOVATION_FILE = "report/08-innovation.md"

READERS = "Friends of the Lighthouse Reading Room (invented)"
WATCHERS = "Weather Watchers of Port Arcadia (invented)"
MENDERS = "Harbour Menders (invented)"
PUPIL = "A pupil of the Zephyria Isles (invented)"
STARGAZERS = "Night Sky Circle (invented)"
PASSENGERS = "Ferry Passengers of Marevia (invented)"


def hand_in(
    at: str, who: str, key: str, source: str, theme: tuple[str, ...], title: str, reasons: str, *edits: Edit,
    kind: str = "comment", becomes: str = "open", opinion: str = "", note: str = "", amends: str = "",
    cosigners: tuple[str, ...] = (), based_on: str = "",
) -> HandIn:  # fmt: skip
    """A contribution in few words."""
    return HandIn(
        at=at, who=f"{who} Example", key=key, source=source, themes=theme, title=title, reasons=reasons,
        edits=edits, kind=kind, becomes=becomes, opinion=opinion, note=note, amends=amends, cosigners=cosigners,
        based_on=based_on,
        purpose="action" if edits else "information",
    )  # fmt: skip


def say(at: str, who: str, on: str, entity: str, stance: Stance, reason: str = "") -> Speak:
    """A position in few words."""
    return Speak(at=at, who=f"{who} Example", on=on, entity=entity, stance=stance, reason=reason)


def fixed_days(adopted: str, event: str, start: str, end: str) -> str:
    """An amendment of the timetable that fixes the days of a meeting."""
    source = "invented calendar of the cluster"
    return (
        f'  - adopted: "{adopted}"\n'
        f"    basis: invented note of the secretariat\n"
        f"    changes:\n"
        f"      - event: {event}\n"
        f'        fixed: {{start: "{start}", end: "{end}", source: "{source}"}}'
    )
