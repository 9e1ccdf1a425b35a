"""Window W2: the texts of the draft Opinions, comments on the Second Draft, the first public consultation."""

from __future__ import annotations

from accord.application.rehearsal.acts import (
    Admit,
    Ask,
    Call,
    ConfirmEntry,
    Cosign,
    Declare,
    EndObjection,
    HandIn,
    Incorporate,
    Nominate,
    Recall,
    Revise,
    Scene,
    Show,
    Speak,
    SplitOff,
    StillStands,
    Take,
    Withdraw,
)  # fmt: skip
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
)  # fmt: skip

OPINIONS = Scene(
    heading="Window W2: texts of draft Opinions come in",
    acts=(
        hand_in(
            "2024-11-06T09:00:00Z", "Ana", "lamps-text", "arcadia", DIVIDES, "Text of the Opinion on lighthouses",
            "The outline was agreed; here is the text.", Write(path=texts_1.LIGHTHOUSES,
            text=texts_2.LIGHTHOUSES_TEXT),
            kind="opinion-text",
        ),
        hand_in(
            "2024-11-07T09:00:00Z", "Uma", "radio-text", "union-of-islands", RESILIENCE,
            "Text of the Opinion on weather radio", "Two paths, as the first meeting agreed.",
            Write(path=texts_1.RADIO, text=texts_2.RADIO_TEXT), kind="opinion-text", cosigners=("zephyria",),
        ),
        Cosign(
            at="2024-11-07T14:00:00Z", who="Zoe Example", key="radio-text", entity="zephyria",
            note="Who is named as a co-signer has said nothing yet: it signs itself.",
        ),
        hand_in(
            "2024-11-08T09:00:00Z", "Lev", "repair-text", "lyrania", GREEN, "Text of the Opinion on repair workshops",
            "The years are those of the first meeting.", Write(path=texts_1.REPAIR, text=texts_2.REPAIR_TEXT),
            kind="opinion-text",
        ),
        hand_in(
            "2024-11-11T09:00:00Z", "Zoe", "schools", "zephyria", SPACE, "An Opinion on island schools",
            "Two hours a day are not a school day.", Write(path=texts_2.SCHOOLS, text=texts_2.SCHOOLS_TEXT),
            kind="opinion-text",
        ),
        hand_in(
            "2024-11-12T09:00:00Z", "Eve", "makers", "example-university", INNOVATION, "An Opinion on maker rooms",
            "Ideas need a bench.", Write(path=texts_2.MAKERS, text=texts_2.MAKERS_TEXT), kind="opinion-text",
        ),
        Nominate(
            at="2024-11-12T10:00:00Z", who=REGISTRY, entity="arcadia", name="Abe Example", country="Arcadia",
            account=9000051, letter="R-0031", received="2024-11-11T08:30:00Z",
            reason="The first expert shares the work from this round on.",
            note="A nomination by letter, after the deadline: allowed with a reason.",
        ),
        hand_in(
            "2024-11-13T09:00:00Z", "Lin", "masts", "lanternet", DIVIDES, "An Opinion on sharing masts",
            "One hill, three masts.", Write(path=texts_2.MASTS, text=texts_2.MASTS_TEXT), kind="opinion-text",
        ),
    ),
)  # fmt: skip

COMMENTS = Scene(
    heading="Window W2: comments on the Second Draft and the public consultation",
    acts=(
        hand_in(
            "2024-11-14T09:00:00Z", "Mara", "skills", "marevia", DIVIDES, "Skills fade without practice",
            "Brought again, in time.",
            Append(path=DIVIDES_FILE, text="Skills fade without practice: a second course half a year later keeps "
                   "most of them."),
        ),
        HandIn(
            at="2024-11-14T15:00:00Z", who=REGISTRY, key="oil-lamps", source="school-of-lamps", themes=DIVIDES,
            title="Teach by the light there is", reasons="Sent by letter, for want of an account.", becomes="open",
            letter="R-0033", received="2024-11-13T07:45:00Z",
            edits=(Replace(path=DIVIDES_FILE, old="open in the evening", new="open and lit in the evening"),),
            note="A letter counts from the moment at which the registry got it, however late it is entered.",
        ),
        hand_in(
            "2024-11-15T09:00:00Z", "Gil", "firmware", "gullfeather", GREEN, "Programs age faster than screws",
            "A device without new programs is not used any more.",
            Append(path=GREEN_FILE, text="A device also ages when its programs are no longer renewed."),
        ),
        hand_in(
            "2024-11-15T11:00:00Z", "Osk", "sirens", "ostrania", RESILIENCE, "Name who tests the sirens",
            "An untested siren is a pole.",
            Append(path=RESILIENCE_FILE, text="Sirens are tested on the first Monday of the month, and everybody "
                   "knows it."),
        ),
        hand_in(
            "2024-11-18T09:00:00Z", "Sky", "ground", "skerry", SPACE, "One ground station for many schools",
            "It is the dearest part.",
            Append(path=SPACE_FILE, text="One ground station can serve the schools of a whole archipelago."),
        ),
        hand_in(
            "2024-11-18T10:00:00Z", "Tom", "prizes", "tinker-and-loom", INNOVATION, "Keep the prizes too",
            "They make people try.",
            Append(path=INNOVATION_FILE, text="Prizes make people try, even where they do not help a firm."),
        ),
        hand_in(
            "2024-11-18T14:00:00Z", "Lev", "skills-sooner", "lyrania", DIVIDES, "Within half a year",
            "Half a year later most of it is gone.",
            Replace(path=DIVIDES_FILE, old="a second course half a year later keeps",
                    new="a second course within half a year keeps"),
            amends="skills", note="A change of what another has proposed.",
        ),
        Take(at="2024-11-18T16:00:00Z", who="Mara Example", key="skills", amendment="skills-sooner"),
        hand_in(
            "2024-11-18T17:00:00Z", "Eve", "used-longer", "example-university", GREEN, "What is used longer",
            "Two thoughts in one.",
            Append(path=GREEN_FILE, text="What is mended where it is used is used longer."),
            Append(path=INNOVATION_FILE, text="A tool that is lent ten times is bought once."),
        ),
        Speak(
            at="2024-11-18T18:00:00Z", who="Osk Example", on="used-longer", entity="ostrania", stance="object",
            file=INNOVATION_FILE, reason="Who makes tools would rather sell ten.",
        ),
        SplitOff(
            at="2024-11-18T19:00:00Z", who="Eve Example", key="used-longer", into="lent-tools",
            file=INNOVATION_FILE, title="Tools that are lent", reason="one of the two thoughts needs more talk",
            note="The objection is about one of the two sentences alone: it goes with it.",
        ),
        EndObjection(
            at="2024-11-18T20:00:00Z", who="Osk Example", on="used-longer", entity="ostrania",
            reason="ten borrowers, said Eve, are ten who learn what to buy",
        ),
        hand_in(
            "2024-11-19T09:00:00Z", "Sol", "thanks", "stand-in", RESILIENCE,
            "The Second Draft is supported as it stands",
            "It is short and clear.",
        ),
        hand_in(
            "2024-11-20T17:00:00Z", "Pia", "readers", READERS, DIVIDES, "Readers ask for longer evenings",
            "We are there until ten.",
            Append(path=DIVIDES_FILE, text="Readers of one reading room ask that it stay open until ten."),
            kind="public-input", note="A public consultation is open on this draft: what was held in W1 may come now.",
        ),
        hand_in(
            "2024-11-21T17:00:00Z", "Wim", "watchers", WATCHERS, RESILIENCE, "We would run a weather radio",
            "Nine of us, with a rota.", kind="public-input",
        ),
        hand_in(
            "2024-11-22T17:00:00Z", "Max", "menders", MENDERS, GREEN, "Say what a spare part may cost",
            "At more than a third of the price nobody mends.",
            Replace(path=GREEN_FILE, old="hard to find after the third year",
                    new="hard to find, and dear, after the third year"),
            kind="public-input",
        ),
        hand_in(
            "2024-11-23T17:00:00Z", "Kim", "pupil", PUPIL, SPACE, "Lessons are in the morning",
            "The tide is not.", kind="public-input",
        ),
        hand_in(
            "2024-11-24T22:30:00Z", "Ida", "dark", STARGAZERS, SPACE, "Satellites are seen at night",
            "Please say so once.",
            Append(path=SPACE_FILE, text="People who watch the sky ask that satellites be dark."),
            kind="public-input",
        ),
        hand_in(
            "2024-11-25T09:00:00Z", "Fay", "ferries", PASSENGERS, RESILIENCE, "Ferries are public places too",
            "There is a radio on every bridge.",
        ),
        hand_in(
            "2024-11-25T10:00:00Z", "Jo", "library", READERS, DIVIDES, "An Opinion on libraries",
            "We wrote one ourselves.",
            Write(path="opinions/libraries.md",
                  text=texts_2.LIGHTHOUSES_TEXT.replace("lighthouse-learning", "libraries")),
            kind="opinion-text", becomes="held",
            note="The public is heard, but drafts of Opinions come from the members.",
        ),
        HandIn(
            at="2024-11-26T09:00:00Z", who="Kit Example", key="kite", source="Copper Kite Networks (invented)",
            category="sector-member", themes=RESILIENCE, title="Kites carry aerials", becomes="open",
            reasons="After a storm there is wind left.",
            note="A stranger says to be a Sector Member: heard as one of the public until the secretariat confirms it.",
        ),
        Admit(
            at="2024-11-27T09:00:00Z", who=SECRETARIAT, key="kite", category="sector-member",
            reason="its membership was found in the (invented) register",
        ),
        hand_in(
            "2024-12-20T22:59:59Z", "Lea", "last-word", "school-of-lamps", INNOVATION, "A last word on tools",
            "Sent from the lamp room at five to midnight.",
        ),
        hand_in(
            "2024-12-20T23:00:00Z", "Mara", "night-ferries", "marevia", RESILIENCE, "An Opinion on night ferries",
            "It came to us late.", Write(path="opinions/night-ferries.md", text=texts_2.RADIO_TEXT.replace(
            "weather-radio", "night-ferries")), kind="opinion-text", becomes="held",
            note="A new Opinion after the end of W2 is late, and needs a chair's consent besides.",
        ),
    ),
)  # fmt: skip

POSITIONS = Scene(
    heading="Window W2: positions and calls",
    acts=(
        Call(at="2024-11-26T10:00:00Z", who=CHAIR, on="readers", until="2024-12-06"),
        Recall(
            at="2024-11-26T10:10:00Z", who=CHAIR, on="readers", reason="meant was the text on repair workshops",
            note="A call opened by mistake is taken back.",
        ),
        Call(at="2024-11-26T10:15:00Z", who=CHAIR, on="repair-text", until="2024-12-06", becomes="in-call"),
        Call(at="2024-11-26T10:20:00Z", who=CHAIR, on="lamps-text", until="2024-12-06", becomes="in-call"),
        Call(at="2024-11-26T10:25:00Z", who=VICE_CHAIR, on="makers", until="2024-12-09", becomes="in-call"),
        Call(at="2024-11-26T10:30:00Z", who=VICE_CHAIR, on="masts", until="2024-12-09", becomes="in-call"),
        say("2024-11-27T10:00:00Z", "Ana", "repair-text", "arcadia", "support"),
        say("2024-11-27T10:05:00Z", "Abe", "masts", "arcadia", "accept"),
        say("2024-11-27T11:00:00Z", "Zoe", "makers", "zephyria", "support"),
        say("2024-11-28T10:00:00Z", "Sky", "masts", "skerry", "abstain"),
        say("2024-11-28T11:00:00Z", "Uma", "makers", "union-of-islands", "accept"),
        Speak(
            at="2024-11-28T12:00:00Z", who="Kit Example", on="masts", entity="Copper Kite Networks (invented)",
            stance="object", refused="entity-unknown", note="Who is not on the list is heard in contributions.",
        ),
        Speak(
            at="2024-11-29T09:00:00Z", who=REGISTRY, on="repair-text", entity="school-of-lamps", stance="support",
            refused="evidence-missing", note="What the secretariat enters for others rests on evidence.",
        ),
        Speak(
            at="2024-11-29T09:05:00Z", who=REGISTRY, on="repair-text", entity="school-of-lamps", stance="support",
            letter="R-0041", received="2024-11-28T14:00:00Z",
        ),
        say("2024-12-02T09:00:00Z", "Osk", "lamps-text", "ostrania", "object",
            "Evening hours are for the owners of a building to decide."),
        Declare(at="2024-12-09T09:00:00Z", who=CHAIR, on="lamps-text", refused="not-ready"),
        Show(at="2024-12-09T09:01:00Z", who="", question="why", about="lamps-text"),
        Declare(at="2024-12-09T09:05:00Z", who=CHAIR, on="repair-text", becomes="agreed"),
        ConfirmEntry(at="2024-12-09T12:00:00Z", who="Lea Example", on="repair-text", entity="school-of-lamps"),
        Declare(at="2024-12-10T09:00:00Z", who=VICE_CHAIR, on="makers", becomes="agreed"),
        Declare(at="2024-12-10T09:05:00Z", who=VICE_CHAIR, on="masts", becomes="agreed"),
        Revise(
            at="2024-12-11T09:00:00Z", who="Tom Example", key="prizes", reason="“try” becomes “start”",
            edits=(Append(path=INNOVATION_FILE,
                          text="Prizes make people start, even where they do not help a firm."),),
        ),
        Withdraw(at="2024-12-12T09:00:00Z", who="Tom Example", key="prizes", reason="nobody needed it"),
        Ask(
            at="2024-12-12T10:00:00Z", who=CHAIR, on="lamps-text", until="2025-01-10",
            reason="nothing was heard since the call", note="A stuck objection: its owner is asked, not overruled.",
        ),
        StillStands(at="2024-12-13T09:00:00Z", who="Osk Example", on="lamps-text", entity="ostrania"),
        Incorporate(at="2024-12-16T09:00:00Z", who=SECRETARIAT, key="repair-text", becomes="disposed"),
        Incorporate(at="2024-12-16T09:05:00Z", who=SECRETARIAT, key="makers", becomes="disposed"),
        Incorporate(at="2024-12-16T09:10:00Z", who=SECRETARIAT, key="masts", becomes="disposed"),
    ),
)  # fmt: skip
