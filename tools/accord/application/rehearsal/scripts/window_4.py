"""Window W4: comments on the Fourth Draft and the text of the draft Opinions."""

from __future__ import annotations

from accord.application.rehearsal.acts import Call, Declare, Dispose, Incorporate, Scene, Withdraw
from accord.application.rehearsal.cast import CHAIR, SECRETARIAT
from accord.application.rehearsal.edits import Append, Replace
from accord.application.rehearsal.scripts import texts_1, texts_2
from accord.application.rehearsal.scripts.common import (
    DIVIDES,
    DIVIDES_FILE,
    GREEN,
    GREEN_FILE,
    INNOVATION,
    INNOVATION_FILE,
    READERS,
    RESILIENCE,
    SPACE,
    hand_in,
    say,
)

COMMENTS = Scene(
    heading="Window W4: the last comments",
    acts=(
        hand_in(
            "2025-11-05T09:00:00Z", "Zoe", "radio-last", "zephyria", RESILIENCE, "Rules that are followed",
            "Short is not enough.",
            Replace(path=texts_1.RADIO, old="are best when they are short and easy to find",
                    new="are followed when they are short and easy to find"),
            opinion="weather-radio",
        ),
        hand_in(
            "2025-11-06T09:00:00Z", "Lin", "masts-last", "lanternet", DIVIDES, "Masts that are offered",
            "A last attempt to bring everybody along.",
            Replace(path=texts_2.MASTS, old="masts can be shared where the hill allows it",
                    new="masts can be shared where their owners offer it"),
            opinion="shared-masts",
        ),
        hand_in(
            "2025-11-07T09:00:00Z", "Sky", "lamps-last", "skerry", DIVIDES, "Machines to ask", "Some answer well.",
            Replace(path=texts_1.LIGHTHOUSES, old="needs a neighbour to ask",
                    new="needs a neighbour or a machine to ask"),
            opinion="lighthouse-learning",
        ),
        hand_in(
            "2025-11-10T09:00:00Z", "Lev", "mended", "lyrania", GREEN, "Count what was mended", "Then it is seen.",
            Append(path=GREEN_FILE, text="Workshops that count what they mend are visited more often."),
        ),
        hand_in(
            "2025-11-11T09:00:00Z", "Ana", "keepers", "arcadia", DIVIDES, "Name the keepers", "They hold the key.",
            Append(path=DIVIDES_FILE, text="The keeper of the building is the first person to ask."),
        ),
        hand_in(
            "2025-11-12T09:00:00Z", "Eve", "beginnings", "example-university", INNOVATION, "Say how it begins",
            "It begins with a drawing.",
            Replace(path=INNOVATION_FILE, old="have an idea and no workshop", new="have a drawing and no workshop"),
        ),
        hand_in(
            "2025-11-13T09:00:00Z", "Sol", "thanks-4", "stand-in", RESILIENCE,
            "The Fourth Draft is supported as it stands", "It can go to the Forum.",
        ),
        hand_in(
            "2025-11-14T09:00:00Z", "Uma", "union-4", "union-of-islands", RESILIENCE, "We are content",
            "Every island was asked.",
        ),
        hand_in(
            "2025-11-17T09:00:00Z", "Tom", "loom-4", "tinker-and-loom", GREEN, "Thanks for the screws",
            "They will be turned.",
        ),
        hand_in(
            "2025-11-18T17:00:00Z", "Pia", "readers-4", READERS, DIVIDES, "The chairs have come", "They have backs.",
            becomes="held", note="No public consultation is open on the Fourth Draft.",
        ),
        hand_in(
            "2025-11-19T09:00:00Z", "Osk", "benches-4", "ostrania", INNOVATION, "Leave the benches out",
            "As said before.", Replace(path=INNOVATION_FILE, old="\n\nA list of free benches is a first step.",
                                       new=""),
        ),
        say("2025-11-20T09:00:00Z", "Lev", "radio-last", "lyrania", "support"),
        say("2025-11-20T10:00:00Z", "Osk", "masts-last", "ostrania", "object",
            "An offer is not a matter for an Opinion."),
        hand_in(
            "2025-12-19T22:59:59Z", "Mara", "in-time-4", "marevia", SPACE, "Good night", "The last word, in time.",
        ),
    ),
)  # fmt: skip

CALLS = Scene(
    heading="After W4: what is agreed goes in, what nobody needs goes out",
    acts=(
        Call(at="2025-12-22T09:00:00Z", who=CHAIR, on="radio-last", until="2026-01-09"),
        Call(at="2025-12-22T09:05:00Z", who=CHAIR, on="masts-last", until="2026-01-09"),
        Withdraw(at="2026-01-05T09:00:00Z", who="Sky Example", key="lamps-last",
                 reason="the machine was asked and declined"),
        Declare(at="2026-01-12T09:00:00Z", who=CHAIR, on="radio-last", becomes="agreed"),
        Declare(
            at="2026-01-12T09:05:00Z", who=CHAIR, on="masts-last", agreed=False, becomes="not-agreed",
            reason="an objection stands",
        ),
        Incorporate(at="2026-01-13T09:00:00Z", who=SECRETARIAT, key="radio-last", becomes="disposed"),
        Incorporate(
            at="2026-01-13T09:10:00Z", who=SECRETARIAT, key="masts-last", refused="incorporate-not-agreed",
            note="What is not agreed does not enter an Opinion, whoever would like it to.",
        ),
        Dispose(
            at="2026-01-14T09:00:00Z", who=SECRETARIAT, keys=("masts-last",), disposition="not-retained",
            reason="not agreed: an objection stands",
        ),
        Dispose(
            at="2026-01-14T09:05:00Z", who=SECRETARIAT, keys=("readers-4",), disposition="noted",
            reason="no public consultation was open; the readers were thanked",
        ),
    ),
)  # fmt: skip
