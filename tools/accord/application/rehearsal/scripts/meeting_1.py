"""From window W1 over the first meeting to the Second Draft."""

from __future__ import annotations

from accord.application.rehearsal.acts import (
    Call,
    CutDraft,
    Declare,
    Dispose,
    EndObjection,
    HandIn,
    Incorporate,
    Post,
    PutInMeeting,
    Revise,
    Scene,
    Show,
)  # fmt: skip
from accord.application.rehearsal.cast import CHAIR, REGISTRY, SECRETARIAT, VICE_CHAIR
from accord.application.rehearsal.edits import Append, Replace, Write
from accord.application.rehearsal.scripts import texts_1 as texts
from accord.application.rehearsal.scripts.common import COVER, FORUM, NEXT

SECTIONS = (
    Write(path="report/04-digital-divides.md", text=texts.DIVIDES),
    Write(path="report/05-green-transformation.md", text=texts.GREEN),
    Write(path="report/06-resilience.md", text=texts.RESILIENCE),
    Write(path="report/07-space-connectivity.md", text=texts.SPACE),
    Write(path="report/08-innovation.md", text=texts.INNOVATION),
)

BETWEEN = Scene(
    heading="Before the first meeting: calls run and end",
    acts=(
        Declare(
            at="2024-08-29T09:00:00Z", who=CHAIR, on="lamps", refused="not-ready",
            note="People declare, but not before its time.",
        ),
        Call(at="2024-08-29T09:05:00Z", who=VICE_CHAIR, on="radio", until="2024-09-05"),
        Declare(at="2024-09-02T09:00:00Z", who=CHAIR, on="lamps", becomes="agreed"),
        Incorporate(at="2024-09-03T09:00:00Z", who=SECRETARIAT, key="lamps", becomes="disposed"),
        Declare(at="2024-09-06T09:00:00Z", who=VICE_CHAIR, on="radio", becomes="agreed"),
        Dispose(
            at="2024-09-09T09:00:00Z", who=SECRETARIAT, keys=("late",), disposition="noted",
            reason="it came a second after the end of the window; its source may bring it again in the next one",
        ),
        Dispose(
            at="2024-09-09T09:10:00Z", who=SECRETARIAT, keys=("reading-room",), disposition="noted",
            reason="the public is invited to the consultations on drafts 2 and 3",
        ),
    ),
)  # fmt: skip

MEETING = Scene(
    heading="The first meeting of the experts (ieg-1)",
    acts=(
        PutInMeeting(
            at="2024-10-07T09:00:00Z", who=CHAIR, on="repair", meeting="ieg-1", item="4", result="to drafting group",
            objections=(("ostrania", "Ten years is too long for small makers."),), becomes="open",
        ),
        Revise(
            at="2024-10-07T15:00:00Z", who="Lev Example", key="repair", meeting="ieg-1",
            reason="“for ten years” becomes “for as long as a device is sold, and seven years more”",
            edits=(Write(path=texts.REPAIR, text=texts.REPAIR_OUTLINE.replace(
                "for seven years", "for as long as a device is sold, and seven years more")),),
            note="No window is open, but the drafting work of a meeting counts when it is linked to it.",
        ),
        EndObjection(
            at="2024-10-08T08:00:00Z", who=SECRETARIAT, on="repair", entity="ostrania", said_in="ieg-1", met=True,
            meeting="ieg-1", reason="the years now begin with the last sale",
        ),
        PutInMeeting(
            at="2024-10-08T08:30:00Z", who=CHAIR, on="repair", meeting="ieg-1", item="4", result="agreed",
            statements=(("tinker-and-loom", "Small workshops will need help to keep the plans."),), becomes="agreed",
        ),
        Revise(
            at="2024-10-08T10:00:00Z", who="Uma Example", key="radio", meeting="ieg-1", becomes="reopened",
            reason="“on more than one path” becomes “on at least two paths”",
            edits=(Write(path=texts.RADIO, text=texts.RADIO_OUTLINE.replace(
                "more than one path", "at least two paths")),),
            note="A text that was agreed reads differently: it is open again, and the call runs again in full.",
        ),
        Show(at="2024-10-08T10:05:00Z", who="", question="why", about="radio"),
        Incorporate(at="2024-10-09T09:00:00Z", who=SECRETARIAT, key="repair", becomes="disposed"),
        CutDraft(
            at="2024-10-10T09:00:00Z", who=SECRETARIAT, draft="draft-2", refused="R25",
            note="The secretariat tries to cut the next draft. Every gate that is not met is named.",
        ),
        Declare(at="2024-10-17T09:00:00Z", who=VICE_CHAIR, on="radio", becomes="agreed"),
        Incorporate(at="2024-10-18T09:00:00Z", who=SECRETARIAT, key="radio", becomes="disposed"),
    ),
)  # fmt: skip

SECOND_DRAFT = Scene(
    heading="The secretariat writes the Second Draft",
    acts=(
        HandIn(
            at="2024-10-21T09:00:00Z", who=SECRETARIAT, key="text-2", source="Secretariat", becomes="open",
            kind="secretariat-text", title="Text of the Second Draft", themes=("cross-cutting",),
            reasons="The Report takes in what was received in W1 and discussed at the first meeting.",
            sources=("languages", "aloud", "workshops", "orbits", "ieg-1"),
            edits=(
                Write(path=COVER, text=texts.COVER_2),
                Replace(path=FORUM, old="in one place", new="in one place, in six languages and to be read aloud"),
                Append(path=NEXT, text="Workshops in which devices are mended are part of the picture too."),
                *SECTIONS,
            ),
        ),
        Incorporate(
            at="2024-10-22T09:00:00Z", who=SECRETARIAT, key="text-2",
            sources=("languages", "aloud", "workshops", "ieg-1"),
            reason="Report text written from what was received and from the discussion at the first meeting.",
        ),
        Dispose(
            at="2024-10-22T10:00:00Z", who=SECRETARIAT, keys=("languages", "aloud"), disposition="reflected-in-part",
            reason="the sentence now says both, in words that join the two proposals",
        ),
        Dispose(
            at="2024-10-22T10:10:00Z", who=SECRETARIAT, keys=("workshops",), disposition="superseded",
            reason="the sentence stands in the Second Draft by contribution {text-2}",
        ),
        Dispose(
            at="2024-10-22T10:20:00Z", who=SECRETARIAT, keys=("as-it-stands", "in-time"), disposition="noted",
            reason="statements on which nothing in the text depends",
        ),
        Dispose(
            at="2024-10-22T10:30:00Z", who=SECRETARIAT, keys=("orbits",), disposition="carried-over",
            reason="to be taken up with the section on space connectivity in the next draft",
        ),
        CutDraft(at="2024-11-04T07:00:00Z", who=SECRETARIAT, draft="draft-2"),
        Post(at="2024-11-04T08:00:00Z", who=REGISTRY, draft="draft-2", posted_at="2024-11-04"),
    ),
)  # fmt: skip
