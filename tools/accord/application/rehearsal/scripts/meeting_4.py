"""The fourth meeting, the Opinions as they read, the final Report, and what comes after it."""

from __future__ import annotations

from accord.application.rehearsal.acts import (
    Adopt,
    Call,
    ChangeMain,
    CutDraft,
    Declare,
    Dispose,
    HandIn,
    Incorporate,
    Post,
    PutInMeeting,
    Scene,
    Show,
)
from accord.application.rehearsal.cast import CHAIR, REGISTRY, SECRETARIAT, VICE_CHAIR
from accord.application.rehearsal.edits import Append, Replace, Write
from accord.application.rehearsal.scripts import texts_2
from accord.application.rehearsal.scripts.common import (
    COVER,
    DIVIDES_FILE,
    GREEN,
    GREEN_FILE,
    INNOVATION_FILE,
    PREPARATION,
    RESILIENCE,
    TIMETABLE,
    fixed_days,
    hand_in,
    say,
)

MEETING = Scene(
    heading="The fourth meeting of the experts, online (ieg-4)",
    acts=(
        ChangeMain(
            at="2026-01-15T09:00:00Z", who=SECRETARIAT, what="the fourth meeting is on 10-11 February 2026",
            edits=(Append(path=TIMETABLE, near=True, text=fixed_days("2026-01-15", "ieg-4", "2026-02-10",
            "2026-02-11")),),
        ),
        PutInMeeting(
            at="2026-02-10T09:00:00Z", who=CHAIR, on="weather-radio", meeting="ieg-4", item="3", result="agreed",
            statements=(("marevia", "We will read it by the light of a lamp."),), becomes="agreed",
        ),
        PutInMeeting(
            at="2026-02-10T10:00:00Z", who=CHAIR, on="shared-masts", meeting="ieg-4", item="4", result="agreed",
            refused="not-ready", note="One Opinion is not agreed on: an objection stands, and nobody overrules it.",
        ),
        PutInMeeting(
            at="2026-02-11T09:00:00Z", who=CHAIR, on="shared-masts", meeting="ieg-4", item="4",
            result="transmitted in brackets",
            reason="no consensus; the Forum may look at it",
            note="It does not stop the rest. The meeting finds that it goes to the Forum in square brackets.",
        ),
    ),
)  # fmt: skip

OPINIONS = Scene(
    heading="Calls on the draft Opinions as they read",
    acts=(
        Call(at="2026-02-12T09:00:00Z", who=CHAIR, on="lighthouse-learning", until="2026-02-27", becomes="in call"),
        Call(at="2026-02-12T09:05:00Z", who=CHAIR, on="repair-workshops", until="2026-02-27", becomes="in call"),
        Call(at="2026-02-12T09:10:00Z", who=VICE_CHAIR, on="young-makers", until="2026-02-27", becomes="in call"),
        Call(at="2026-02-12T09:15:00Z", who=CHAIR, on="island-schools", until="2026-02-27", becomes="in call"),
        say("2026-02-13T09:00:00Z", "Lev", "lighthouse-learning", "lyrania", "support"),
        say("2026-02-13T09:10:00Z", "Eve", "lighthouse-learning", "example-university", "reserve",
            "It should be counted who comes back."),
        say("2026-02-13T09:20:00Z", "Sky", "island-schools", "skerry", "accept"),
        CutDraft(
            at="2026-02-20T09:00:00Z", who=SECRETARIAT, draft="final", refused="R23",
            note="The final Report waits for every Opinion that it shows as agreed.",
        ),
        Declare(at="2026-03-02T09:00:00Z", who=CHAIR, on="lighthouse-learning", becomes="agreed"),
        Declare(at="2026-03-02T09:05:00Z", who=CHAIR, on="repair-workshops", becomes="agreed"),
        Declare(at="2026-03-02T09:10:00Z", who=VICE_CHAIR, on="young-makers", becomes="agreed"),
        Declare(at="2026-03-02T09:15:00Z", who=CHAIR, on="island-schools", becomes="agreed"),
    ),
)  # fmt: skip

FINAL_REPORT = Scene(
    heading="The final Report",
    acts=(
        HandIn(
            at="2026-03-09T09:00:00Z", who=SECRETARIAT, key="text-5", source="Secretariat", becomes="open",
            kind="secretariat-text", title="Text of the final Report", themes=("cross-cutting",),
            reasons="The Report takes in what was received in W4 and discussed at the fourth meeting.",
            sources=("mended", "keepers", "beginnings", "benches-4", "ieg-4"),
            edits=(
                Replace(path=COVER, old="title: Fourth Draft of the Report", new="title: Report"),
                Replace(path=COVER, old="draft: draft-4", new="draft: final"),
                Replace(path=COVER, old="date: 2025-11-03", new="date: 2026-04-13"),
                Replace(path=PREPARATION, old="Fourth meeting of the experts (February 2026,",
                        new="Fourth meeting of the experts (10-11 February 2026,"),
                Append(path=GREEN_FILE, text="Workshops that count what they mend are visited more often."),
                Append(path=DIVIDES_FILE, text="The keeper of the building is often the first person to ask."),
                Replace(path=INNOVATION_FILE, old="have an idea and no workshop",
                        new="have an idea, or a drawing of it, and no workshop"),
            ),
        ),
        Incorporate(
            at="2026-03-10T09:00:00Z", who=SECRETARIAT, key="text-5",
            sources=("mended", "keepers", "beginnings", "ieg-4"),
            reason="Report text written from what was received and from the discussion at the fourth meeting.",
        ),
        Dispose(
            at="2026-03-11T09:00:00Z", who=SECRETARIAT, disposition="reflected-in-part",
            keys=("keepers", "beginnings"), reason="taken into the sentences of contribution {text-5}",
        ),
        Dispose(
            at="2026-03-11T09:05:00Z", who=SECRETARIAT, disposition="superseded", keys=("mended",),
            reason="its sentence stands in the Report by contribution {text-5}",
        ),
        Dispose(
            at="2026-03-11T09:10:00Z", who=SECRETARIAT, disposition="not-retained", keys=("benches-4",),
            reason="the fourth meeting kept the sentence",
        ),
        Dispose(
            at="2026-03-11T09:15:00Z", who=SECRETARIAT, disposition="noted",
            keys=("thanks-4", "union-4", "loom-4", "in-time-4"), reason="read with attention",
        ),
        CutDraft(at="2026-04-13T07:00:00Z", who=SECRETARIAT, draft="final"),
        Post(at="2026-04-13T08:00:00Z", who=REGISTRY, draft="final", posted_at="2026-04-13"),
    ),
)  # fmt: skip

FORUM = Scene(
    heading="After the final Report",
    acts=(
        hand_in(
            "2026-04-20T09:00:00Z", "Mara", "too-late", "marevia", RESILIENCE, "An Opinion on night ferries, again",
            "They still run.",
            Write(path="opinions/night-ferries.md", text=texts_2.MASTS_TEXT.replace("shared-masts", "night-ferries")),
            kind="opinion-text", becomes="refused",
            note="A new Opinion after the final Report: nobody can let it in.",
        ),
        hand_in(
            "2026-04-21T09:00:00Z", "Lev", "to-forum", "lyrania", GREEN, "Lyrania looks forward to the Forum",
            "There will be a workshop.", becomes="undetermined",
            note="As long as the days of the Forum are not fixed nobody can say when its window closes.",
        ),
        ChangeMain(
            at="2026-05-04T09:00:00Z", who=SECRETARIAT, what="the Forum is on 15-19 June 2026",
            edits=(Append(path=TIMETABLE, near=True, text=fixed_days("2026-05-04", "wtpf-26", "2026-06-15",
            "2026-06-19")),),
        ),
        hand_in(
            "2026-05-05T09:00:00Z", "Zoe", "to-forum-2", "zephyria", GREEN, "The Zephyria Isles will come by ferry",
            "There is a radio on it.",
        ),
        Show(at="2026-05-05T09:05:00Z", who="", question="why", about="shared-masts"),
        Adopt(
            at="2026-05-20T09:00:00Z", who=CHAIR, on="weather-radio", meeting="wtpf-26", item="4",
            refused="meeting-ahead", note="The experts agree; only the Forum adopts, and it has not begun.",
        ),
        Adopt(
            at="2026-06-18T09:00:00Z", who=CHAIR, on="weather-radio", meeting="wtpf-26", item="4", becomes="adopted",
            statements=(("marevia", "Our lamps will be lit."),),
        ),
        *(
            Adopt(at=f"2026-06-18T09:{minute}:00Z", who=CHAIR, on=opinion, meeting="wtpf-26", item="4",
                  becomes="adopted")
            for minute, opinion in (("10", "lighthouse-learning"), ("20", "repair-workshops"),
                                    ("30", "young-makers"), ("40", "island-schools"))
        ),
        Adopt(
            at="2026-06-18T10:00:00Z", who=CHAIR, on="shared-masts", meeting="wtpf-26", item="5",
            refused="not-ready", note="What came in brackets is not adopted while somebody objects to it.",
        ),
    ),
)  # fmt: skip
