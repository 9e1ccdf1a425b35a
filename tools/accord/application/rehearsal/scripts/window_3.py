"""Window W3: comments on the Third Draft and its possible draft Opinions, the second public consultation."""

from __future__ import annotations

from accord.application.rehearsal.acts import Call, Correct, HandIn, Redact, Scene, Show, Waive
from accord.application.rehearsal.cast import CHAIR, REGISTRY, SECRETARIAT, VICE_CHAIR
from accord.application.rehearsal.edits import Append, Replace, Write
from accord.application.rehearsal.scripts import texts_1, texts_2
from accord.application.rehearsal.scripts.common import (
    DIVIDES,
    DIVIDES_FILE,
    GREEN,
    GREEN_FILE,
    INNOVATION,
    INNOVATION_FILE,
    MENDERS,
    PASSENGERS,
    PUPIL,
    READERS,
    RESILIENCE,
    RESILIENCE_FILE,
    SPACE,
    SPACE_FILE,
    STARGAZERS,
    WATCHERS,
    hand_in,
    say,
)

AMENDMENTS = Scene(
    heading="Window W3: wording for the possible draft Opinions",
    acts=(
        hand_in(
            "2025-04-02T09:00:00Z", "Lev", "radio-amend", "lyrania", RESILIENCE, "Call signs beside the plans",
            "A plan without its call sign is silent.",
            Replace(path=texts_1.RADIO, old="to exchange plans for such radios",
                    new="to exchange plans for such radios, and the call signs they use"),
            opinion="weather-radio",
        ),
        hand_in(
            "2025-04-03T09:00:00Z", "Mara", "asking-a", "marevia", DIVIDES, "Somebody from the neighbourhood",
            "People ask whom they know.",
            Replace(path=texts_1.LIGHTHOUSES, old="needs somebody to ask", new="needs a neighbour to ask"),
            opinion="lighthouse-learning",
        ),
        HandIn(
            at="2025-04-04T14:00:00Z", who=REGISTRY, key="asking-b", source="school-of-lamps", themes=DIVIDES,
            title="Two people to ask", reasons="One of them is always at sea.", opinion="lighthouse-learning",
            becomes="open", letter="R-0058", received="2025-04-04T06:10:00Z",
            edits=(Replace(path=texts_1.LIGHTHOUSES, old="needs somebody to ask", new="needs two people to ask"),),
        ),
        Show(at="2025-04-04T14:05:00Z", who="", question="conflicts"),
        hand_in(
            "2025-04-07T09:00:00Z", "Eve", "repair-amend", "example-university", GREEN, "Repair outside lessons",
            "Saturdays differ from place to place.",
            Replace(path=texts_1.REPAIR, old="on Saturdays", new="outside lessons"), opinion="repair-workshops",
        ),
        hand_in(
            "2025-04-08T09:00:00Z", "Osk", "makers-amend", "ostrania", INNOVATION, "People of all ages",
            "Ages do not enter a room by themselves.",
            Replace(path=texts_2.MAKERS, old="open to all ages", new="open to people of all ages"),
            opinion="young-makers",
        ),
        hand_in(
            "2025-04-09T09:00:00Z", "Lin", "masts-amend", "lanternet", DIVIDES, "Terms may be published",
            "Softer, in the hope that all can join.",
            Replace(path=texts_2.MASTS, old="should be published", new="may be published"), opinion="shared-masts",
        ),
        hand_in(
            "2025-04-10T09:00:00Z", "Mara", "lagoons", "marevia", GREEN, "An Opinion on lagoons",
            "The lagoons are rising.",
            Write(path="opinions/lagoons.md", text=texts_2.MAKERS_TEXT.replace("young-makers", "lagoons")),
            kind="opinion-text", becomes="held", note="W3 takes wording for the Opinions there are, and no new ones.",
        ),
        say("2025-04-14T09:00:00Z", "Gil", "repair-amend", "gullfeather", "object", "Saturday was the point of it."),
        say("2025-04-14T10:00:00Z", "Lea", "makers-amend", "school-of-lamps", "object", "It says less than before."),
        say("2025-04-15T09:00:00Z", "Osk", "shared-masts", "ostrania", "object",
            "Masts belong to those who built them."),
        say("2025-04-15T10:00:00Z", "Uma", "radio-amend", "union-of-islands", "support"),
        say("2025-04-15T11:00:00Z", "Sol", "masts-amend", "stand-in", "abstain"),
    ),
)  # fmt: skip

COMMENTS = Scene(
    heading="Window W3: comments on the Third Draft and the public consultation",
    acts=(
        hand_in(
            "2025-04-22T09:00:00Z", "Abe", "stairs", "arcadia", DIVIDES, "Mind the stairs",
            "A lighthouse has two hundred.",
            Append(path=DIVIDES_FILE, text="A place to learn is of use to those who can reach it: some have stairs."),
        ),
        hand_in(
            "2025-04-23T09:00:00Z", "Zoe", "tides", "zephyria", SPACE, "Timetables and tides",
            "Lessons can move a little.",
            Append(path=SPACE_FILE, text="Where lessons follow the tide, two hours of connection are worth four."),
        ),
        hand_in(
            "2025-04-24T09:00:00Z", "Sky", "promises", "skerry", SPACE, "Promise what can be kept",
            "Rain fades signals.", Replace(path=SPACE_FILE, old="for two hours a day",
                                           new="for about two hours a day"),
        ),
        hand_in(
            "2025-04-25T09:00:00Z", "Uma", "batteries", "union-of-islands", RESILIENCE,
            "Batteries are part of a radio",
            "They are the part that fails.",
            Append(path=RESILIENCE_FILE, text="A radio is as good as its battery, which is checked in autumn."),
        ),
        hand_in(
            "2025-04-28T09:00:00Z", "Tom", "benches", "tinker-and-loom", INNOVATION, "Count the benches",
            "Then one knows where to go.",
            Append(path=INNOVATION_FILE, text="A list of benches that are free would help more than a list of funds."),
            based_on="draft-2", becomes="returned",
        ),
        Waive(
            at="2025-04-28T15:00:00Z", who=SECRETARIAT, key="benches", rule="draft-not-current", becomes="open",
            reason="the sentences are those of the Third Draft; only the name of the draft is old",
            note="A finding of form can be overruled with a reason. An objection never is.",
        ),
        hand_in(
            "2025-04-29T09:00:00Z", "Sol", "thanks-3", "stand-in", SPACE, "The Third Draft is supported as it stands",
            "It has become longer and no less clear.",
        ),
        hand_in(
            "2025-05-05T17:00:00Z", "Pia", "readers-3", READERS, DIVIDES, "Chairs with backs", "Some of us are old.",
            Append(path=DIVIDES_FILE, text="Readers ask for chairs with backs."), kind="public-input",
        ),
        hand_in(
            "2025-05-06T17:00:00Z", "Wim", "watchers-3", WATCHERS, RESILIENCE, "The rota works",
            "We tried it in April.", kind="public-input",
        ),
        hand_in(
            "2025-05-07T17:00:00Z", "Max", "menders-3", MENDERS, GREEN, "Screws that can be turned",
            "Glue cannot be.",
            Append(path=GREEN_FILE, text="What is held by screws is mended more often than what is glued."),
            kind="public-input",
        ),
        hand_in(
            "2025-05-08T17:00:00Z", "Kim", "pupil-3", PUPIL, SPACE, "It was a good year", "We had four hours.",
            kind="public-input",
        ),
        hand_in(
            "2025-05-09T21:00:00Z", "Ida", "dark-3", STARGAZERS, SPACE, "Still bright", "We counted.",
            kind="public-input",
        ),
        hand_in(
            "2025-05-12T09:00:00Z", "Fay", "ferries-3", PASSENGERS, RESILIENCE, "Radios on every ferry",
            "Now there are.", kind="public-input",
        ),
        Redact(
            at="2025-05-12T15:00:00Z", who=SECRETARIAT, key="readers-3", ground="personal data",
            reason="it named an invented reader, with her age",
            note="A text of the public is taken out of reach. That it was, by whom and why stays.",
        ),
        Correct(
            at="2025-05-13T09:00:00Z", who=SECRETARIAT, key="ferries-3",
            reason="the name of the sender was written with one r too few in the letter book",
            note="Nothing in the record is changed; a note is added.",
        ),
        Call(at="2025-06-02T09:00:00Z", who=CHAIR, on="radio-amend", until="2025-06-13"),
        Call(at="2025-06-02T09:05:00Z", who=CHAIR, on="repair-amend", until="2025-06-13"),
        Call(at="2025-06-02T09:10:00Z", who=VICE_CHAIR, on="makers-amend", until="2025-06-13"),
        hand_in(
            "2025-06-16T21:59:59Z", "Ana", "in-time-3", "arcadia", GREEN, "Repair in lighthouses",
            "The keeper has tools.",
        ),
        hand_in(
            "2025-06-16T22:00:00Z", "Ida", "late-3", STARGAZERS, SPACE, "One more night", "It was cloudy before.",
            becomes="held", kind="public-input",
        ),
    ),
)  # fmt: skip
