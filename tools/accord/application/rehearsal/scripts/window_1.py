"""The First Draft and window W1."""

from __future__ import annotations

from accord.application.rehearsal.acts import (
    Begin,
    Call,
    ConfirmEntry,
    CutDraft,
    EndObjection,
    HandIn,
    Incorporate,
    Post,
    Revise,
    Scene,
    Show,
    Speak,
)  # fmt: skip
from accord.application.rehearsal.cast import CHAIR, REGISTRY, SECRETARIAT
from accord.application.rehearsal.edits import Append, Replace, Write
from accord.application.rehearsal.scripts import texts_1 as texts
from accord.application.rehearsal.scripts.common import (
    DIVIDES,
    FORUM,
    GREEN,
    NEXT,
    PREPARATION,
    RESILIENCE,
    SPACE,
)  # fmt: skip

# What a `status` is cut down to where only the positions matter.
_SPOKEN = ("experts nominated by",)

FIRST_DRAFT = Scene(
    heading="The First Draft goes online",
    acts=(
        Begin(at="2024-08-05T06:00:00Z", who=SECRETARIAT),
        CutDraft(at="2024-08-05T07:00:00Z", who=SECRETARIAT, draft="draft-1"),
        Post(at="2024-08-05T08:00:00Z", who=SECRETARIAT, draft="draft-1", posted_at="2024-08-05"),
    ),
)

CONTRIBUTIONS = Scene(
    heading="Window W1: comments on the First Draft and outlines of Opinions come in",
    acts=(
        HandIn(
            at="2024-08-06T09:00:00Z", who="Ana Example", key="lamps", source="arcadia", becomes="open",
            kind="opinion-outline", title="Outline of an Opinion on lighthouses as places to learn", themes=DIVIDES,
            reasons="Connected public buildings stand empty in the evening.",
            edits=(Write(path=texts.LIGHTHOUSES, text=texts.LIGHTHOUSES_OUTLINE),),
        ),
        HandIn(
            at="2024-08-07T08:30:00Z", who="Lin Example", key="languages", source="lanternet", becomes="open",
            title="All languages in the one place", themes=DIVIDES,
            reasons="Most people of our region read another language first.", clauses=("general",),
            edits=(Replace(path=FORUM, old="in one place", new="in one place and in all six languages"),),
        ),
        HandIn(
            at="2024-08-08T10:00:00Z", who="Eve Example", key="aloud", source="example-university", becomes="open",
            title="Read aloud in the one place", themes=DIVIDES,
            reasons="The theme names age; eyes grow old first.",
            edits=(Replace(path=FORUM, old="in one place", new="in one place where it can be read aloud"),),
        ),
        Show(
            at="2024-08-08T10:05:00Z", who="", question="conflicts",
            note="Two wordings for one clause: nobody is asked who was first, they stand side by side as alternatives.",
        ),
        HandIn(
            at="2024-08-09T14:00:00Z", who="Tom Example", key="workshops", source="tinker-and-loom",
            category="asociate", becomes="returned",
            title="Add a sentence on workshops", themes=GREEN, reasons="Repair belongs to the picture.",
            edits=(Append(path=NEXT, text="Workshops in which devices are mended are part of the picture too."),),
            note="A description with a misspelt category is not thrown away: it is returned for correction.",
        ),
        HandIn(
            at="2024-08-12T07:00:00Z", who="Sol Example", key="as-it-stands", source="stand-in", becomes="open",
            title="The First Draft is supported as it stands", themes=RESILIENCE, purpose="information",
            reasons="The plan of work is clear. (An invented statement of a delegation that nobody sent.)",
        ),
        Revise(
            at="2024-08-13T08:00:00Z", who="Tom Example", key="workshops", category="associate", becomes="open",
            note="Corrected within the days allowed, it keeps the time at which it was first received.",
        ),
        HandIn(
            at="2024-08-13T10:00:00Z", who="Uma Example", key="radio", source="union-of-islands", becomes="open",
            kind="opinion-outline", title="Outline of an Opinion on neighbourhood weather radio", themes=RESILIENCE,
            reasons="It was the last network to fall silent.",
            edits=(Write(path=texts.RADIO, text=texts.RADIO_OUTLINE),),
        ),
        HandIn(
            at="2024-08-14T10:00:00Z", who="Pia Example", key="reading-room", becomes="held",
            source="Friends of the Lighthouse Reading Room (invented)",
            title="Ask readers too", themes=DIVIDES, reasons="We are there every evening.",
            edits=(Append(path=FORUM, text="Readers of the lighthouse reading room are heard as well."),),
            note="From the public: heard in the public consultations, and none is open in this window.",
        ),
        HandIn(
            at="2024-08-15T10:00:00Z", who="Lev Example", key="repair", source="lyrania", becomes="open",
            kind="opinion-outline", title="Outline of an Opinion on repair workshops", themes=GREEN,
            reasons="Mending is the cheapest green technology.", cosigners=("marevia",),
            edits=(Write(path=texts.REPAIR, text=texts.REPAIR_OUTLINE),),
        ),
        HandIn(
            at="2024-08-16T12:00:00Z", who="Osk Example", key="editorial", source="ostrania", becomes="open",
            title="Shorten the sentence on the timetable", themes=RESILIENCE, reasons="It reads more easily.",
            edits=(Replace(path=PREPARATION, old="lays down the timetable that guides the preparation",
                           new="gives the timetable of the preparation"),),
        ),
    ),
)  # fmt: skip

POSITIONS = Scene(
    heading="Window W1: what the experts say, and what a changed word does to it",
    acts=(
        Speak(at="2024-08-16T14:00:00Z", who="Ana Example", on="repair", entity="arcadia", stance="support"),
        Speak(at="2024-08-16T14:10:00Z", who="Zoe Example", on="repair", entity="zephyria", stance="accept"),
        Speak(at="2024-08-16T15:00:00Z", who="Lev Example", on="lamps", entity="lyrania", stance="support"),
        Speak(
            at="2024-08-16T15:05:00Z", who="Lev Example", on="lamps", entity="lyrannia", stance="support",
            refused="entity-unknown", note="A name misspelt is not guessed.",
        ),
        Speak(
            at="2024-08-16T15:10:00Z", who="Ana Example", on="lamps", entity="arcadia", stance="support",
            refused="position-of-source", note="Whoever brings a text has said what it thinks by bringing it.",
        ),
        Speak(
            at="2024-08-16T16:00:00Z", who="Sky Example", on="lamps", entity="skerry", stance="object",
            reason="Nothing is said of what happens when the grid is down.", becomes="open",
        ),
        Speak(
            at="2024-08-16T16:30:00Z", who="Eve Example", on="lamps", entity="example-university", stance="reserve",
            reason="We would like it to be measured whether people come back.",
        ),
        Incorporate(
            at="2024-08-19T08:00:00Z", who=SECRETARIAT, key="editorial",
            reason="An improvement of the language on which nobody disagreed.",
            note="Report text is the Secretary-General's: it enters by a recorded act with a reason.",
        ),
        Revise(
            at="2024-08-19T09:00:00Z", who="Lev Example", key="repair",
            note="A proposal is put on the newest text: every position on it stays what it was.",
        ),
        Show(at="2024-08-19T09:05:00Z", who="", question="status", about="repair", lines=_SPOKEN),
        Revise(
            at="2024-08-20T08:00:00Z", who="Lev Example", key="repair", reason="“seven years” becomes “ten years”",
            edits=(Write(path=texts.REPAIR, text=texts.REPAIR_OUTLINE.replace("seven years", "ten years")),),
            note="Then one word changes: what was said about that clause is outdated, and about that clause only.",
        ),
        Show(at="2024-08-20T08:05:00Z", who="", question="status", about="repair", lines=_SPOKEN),
        Speak(at="2024-08-20T10:00:00Z", who="Ana Example", on="repair", entity="arcadia", stance="support"),
        Revise(
            at="2024-08-20T11:00:00Z", who="Ana Example", key="lamps", becomes="open",
            reason="a point on power for the hours in which the grid is down",
            edits=(Write(path=texts.LIGHTHOUSES,
                         text=texts.LIGHTHOUSES_OUTLINE.replace(texts.POWER_BEFORE, texts.POWER_AFTER)),),
            note="The objection to the lighthouses gets an answer in the text.",
        ),
        EndObjection(
            at="2024-08-20T15:00:00Z", who="Sky Example", on="lamps", entity="skerry",
            reason="the new point says what we missed",
            note="Only its owner ends an objection, by an act that names it.",
        ),
        Call(
            at="2024-08-21T08:00:00Z", who=CHAIR, on="lamps", until="2024-08-24", refused="call-too-short",
            note="A call has to last long enough for capitals to answer.",
        ),
        Call(at="2024-08-21T08:05:00Z", who=CHAIR, on="lamps", until="2024-08-30", becomes="in-call"),
        Speak(
            at="2024-08-22T09:00:00Z", who=REGISTRY, on="repair", entity="ostrania", stance="accept",
            letter="R-0017", received="2024-08-21T13:20:00Z",
            note="Some answer by letter. The secretariat enters it with its evidence; it is marked until confirmed.",
        ),
        Show(at="2024-08-22T09:05:00Z", who="", question="status", about="repair", lines=_SPOKEN),
        ConfirmEntry(at="2024-08-23T07:00:00Z", who="Osk Example", on="repair", entity="ostrania"),
        Speak(at="2024-08-23T09:00:00Z", who="Lin Example", on="radio", entity="lanternet", stance="support"),
        Speak(at="2024-08-23T09:30:00Z", who="Zoe Example", on="radio", entity="zephyria", stance="support"),
    ),
)  # fmt: skip

DEADLINE = Scene(
    heading="Window W1 closes",
    acts=(
        HandIn(
            at="2024-08-26T09:00:00Z", who="Sky Example", key="orbits", source="skerry", becomes="open",
            title="Name small operators", themes=SPACE, reasons="They fly more satellites every year.",
            edits=(Append(path=FORUM, text="Small operators of satellites take part on equal terms."),),
        ),
        HandIn(
            at="2024-08-26T21:59:59Z", who="Zoe Example", key="in-time", source="zephyria", becomes="open",
            title="Keep the days of the meetings as they are", themes=SPACE, purpose="information",
            reasons="Ferries to the Zephyria Isles run on these days.",
            note="The last second of the window is inside it ...",
        ),
        HandIn(
            at="2024-08-26T22:00:00Z", who="Mara Example", key="late", source="marevia", becomes="held",
            title="A second thought on skills", themes=DIVIDES, purpose="information",
            reasons="Skills fade without practice.",
            note="... and the next one is late.",
        ),
    ),
)  # fmt: skip
