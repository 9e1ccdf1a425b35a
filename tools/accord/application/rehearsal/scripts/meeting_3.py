"""From window W3 over the third meeting to the Fourth Draft."""

from __future__ import annotations

from accord.application.rehearsal.acts import (
    ChangeMain,
    CutDraft,
    Declare,
    Dispose,
    DisposeObjection,
    EndObjection,
    HandIn,
    Incorporate,
    Post,
    PutInMeeting,
    Revise,
    Scene,
    Speak,
)
from accord.application.rehearsal.cast import CHAIR, REGISTRY, SECRETARIAT, VICE_CHAIR
from accord.application.rehearsal.edits import Append, Replace, Write
from accord.application.rehearsal.scripts import texts_2
from accord.application.rehearsal.scripts.common import (
    COVER,
    DIVIDES_FILE,
    EXPERTS,
    INNOVATION_FILE,
    PREPARATION,
    RESILIENCE_FILE,
    SPACE_FILE,
    TIMETABLE,
    fixed_days,
)


def _leaves(entity: str, expert: str, until: str, successor: str = "") -> tuple[Replace, ...]:
    """Entries that end: nothing is taken off the list."""
    follows = f"\n    successor: {successor}" if successor else ""
    return (
        Replace(
            path=EXPERTS, old=f"  - id: {entity}\n", new=f'  - id: {entity}\n    until: "{until}"{follows}\n'
        ),
        Replace(path=EXPERTS, old=f"  - name: {expert}\n", new=f'  - name: {expert}\n    until: "{until}"\n'),
    )


LEAVING = Scene(
    heading="Between W3 and the third meeting: two entities leave, calls end",
    acts=(
        Declare(at="2025-06-17T09:00:00Z", who=CHAIR, on="radio-amend", becomes="agreed"),
        Declare(at="2025-06-17T09:05:00Z", who=CHAIR, on="repair-amend", refused="not-ready"),
        Incorporate(at="2025-06-18T09:00:00Z", who=SECRETARIAT, key="radio-amend", becomes="disposed"),
        ChangeMain(
            at="2025-06-30T09:00:00Z", who=SECRETARIAT, what="the third meeting is on 16-17 September 2025",
            edits=(Append(path=TIMETABLE, near=True, text=fixed_days("2025-06-30", "ieg-3", "2025-09-16",
            "2025-09-17")),),
        ),
        ChangeMain(
            at="2025-06-30T10:00:00Z", who=SECRETARIAT,
            what="Gullfeather Devices (invented) leaves, Tinker and Loom Workshops (invented) succeeds it",
            edits=_leaves("gullfeather", "Gil Example", "2025-06-30", "tinker-and-loom"),
        ),
        EndObjection(
            at="2025-07-07T09:00:00Z", who="Tom Example", on="repair-amend", entity="gullfeather",
            reason="Saturday lies outside lessons", note="An objection passes to the successor, who may withdraw it.",
        ),
        Declare(at="2025-07-08T09:00:00Z", who=CHAIR, on="repair-amend", becomes="agreed"),
        Incorporate(at="2025-07-09T09:00:00Z", who=SECRETARIAT, key="repair-amend", becomes="disposed"),
        CutDraft(at="2025-07-10T09:00:00Z", who=SECRETARIAT, draft="draft-4", refused="R19"),
        ChangeMain(
            at="2025-08-29T10:00:00Z", who=SECRETARIAT,
            what="Lyrania School of Lamps (invented) leaves, nobody succeeds it",
            edits=_leaves("school-of-lamps", "Lea Example", "2025-08-31"),
        ),
        DisposeObjection(
            at="2025-08-30T09:00:00Z", who=VICE_CHAIR, on="makers-amend", refused="objection-owned",
            reason="it leaves tomorrow", note="As long as somebody owns an objection nobody overrules it ...",
        ),
        DisposeObjection(
            at="2025-09-02T09:00:00Z", who=VICE_CHAIR, on="makers-amend",
            reason="its owner has left; the drafting group looked at it and kept the wording",
            note="... and when nobody owns it any more a chair disposes of it, with a reason.",
        ),
        Declare(at="2025-09-03T09:00:00Z", who=VICE_CHAIR, on="makers-amend", becomes="agreed"),
        Incorporate(at="2025-09-04T09:00:00Z", who=SECRETARIAT, key="makers-amend", becomes="disposed"),
        Dispose(
            at="2025-09-05T09:00:00Z", who=SECRETARIAT, keys=("lagoons",), disposition="not-retained",
            reason="a new Opinion after the end of W2; the chairs did not consent",
        ),
        Dispose(
            at="2025-09-05T09:05:00Z", who=SECRETARIAT, keys=("late-3",), disposition="noted",
            reason="it came after the end of the consultation; the meeting was told of it",
        ),
    ),
)  # fmt: skip

MEETING = Scene(
    heading="The third meeting of the experts (ieg-3)",
    acts=(
        PutInMeeting(
            at="2025-09-16T08:00:00Z", who=CHAIR, on="asking-a", meeting="ieg-3", item="4", result="agreed",
            statements=(("skerry", "In some places the neighbour is a machine."),), becomes="agreed",
        ),
        PutInMeeting(
            at="2025-09-16T08:30:00Z", who=CHAIR, on="asking-b", meeting="ieg-3", item="4", result="not agreed",
            becomes="not-agreed", reason="the meeting preferred the other wording",
        ),
        PutInMeeting(
            at="2025-09-16T09:00:00Z", who=CHAIR, on="masts-amend", meeting="ieg-3", item="5", result="agreed",
            becomes="agreed",
        ),
        Revise(
            at="2025-09-16T14:00:00Z", who="Zoe Example", key="schools", meeting="ieg-3",
            reason="“should have a connection during lessons” becomes “benefits from a connection during lessons”",
            edits=(Write(path=texts_2.SCHOOLS, text=texts_2.SCHOOLS_TEXT.replace(
                "every island school should have a connection during lessons",
                "every island school benefits from a connection during lessons")),),
            note="The Opinion that the second meeting did not agree on comes back, reworded.",
        ),
        EndObjection(
            at="2025-09-17T08:00:00Z", who="Sky Example", on="schools", entity="skerry", said_in="ieg-2", met=True,
            reason="nothing is promised any more",
        ),
        PutInMeeting(
            at="2025-09-17T08:30:00Z", who=CHAIR, on="schools", meeting="ieg-3", item="6", result="agreed",
            becomes="agreed",
        ),
        Incorporate(at="2025-09-18T09:00:00Z", who=SECRETARIAT, key="asking-a", becomes="disposed"),
        Incorporate(at="2025-09-18T09:05:00Z", who=SECRETARIAT, key="masts-amend", becomes="disposed"),
        Incorporate(at="2025-09-18T09:10:00Z", who=SECRETARIAT, key="schools", becomes="disposed"),
        Dispose(
            at="2025-09-19T09:00:00Z", who=SECRETARIAT, keys=("asking-b",), disposition="not-retained",
            reason="the third meeting agreed on the wording of contribution {asking-a}",
        ),
    ),
)  # fmt: skip

FOURTH_DRAFT = Scene(
    heading="The secretariat writes the Fourth Draft",
    acts=(
        Incorporate(
            at="2025-10-06T09:00:00Z", who=SECRETARIAT, key="menders-3",
            reason="From the public consultation; the third meeting welcomed it.",
        ),
        Incorporate(
            at="2025-10-06T09:05:00Z", who=SECRETARIAT, key="promises", reason="It is more exact; nobody disagreed.",
        ),
        HandIn(
            at="2025-10-13T09:00:00Z", who=SECRETARIAT, key="text-4", source="Secretariat", becomes="open",
            kind="secretariat-text", title="Text of the Fourth Draft", themes=("cross-cutting",),
            reasons="The Report takes in what was received in W3 and discussed at the third meeting.",
            sources=("stairs", "tides", "batteries", "benches", "readers-3", "dark-3", "ieg-3"),
            edits=(
                Replace(path=COVER, old="title: Third Draft", new="title: Fourth Draft"),
                Replace(path=COVER, old="draft: draft-3", new="draft: draft-4"),
                Replace(path=COVER, old="date: 2025-03-31", new="date: 2025-11-03"),
                Replace(path=PREPARATION, old="Third meeting of the experts (September 2025,",
                        new="Third meeting of the experts (16-17 September 2025,"),
                Append(path=DIVIDES_FILE, text="Stairs, and chairs without backs, keep some people away."),
                Append(path=SPACE_FILE, text="Lessons can follow the tide, and satellites can be made darker."),
                Append(path=RESILIENCE_FILE, text="A radio is as good as its battery."),
                Append(path=INNOVATION_FILE, text="A list of free benches is a first step."),
            ),
        ),
        Speak(
            at="2025-10-14T09:00:00Z", who="Osk Example", on="text-4", entity="ostrania", stance="object",
            reason="Benches are no matter for this Report.",
        ),
        Incorporate(
            at="2025-10-15T09:00:00Z", who=SECRETARIAT, key="text-4", sources=("stairs", "tides", "ieg-3"),
            reason="Report text written from what was received and from the discussion at the third meeting.",
            note="The Report is the Secretary-General's: an objection to it stays visible and does not block it.",
        ),
        Dispose(
            at="2025-10-16T09:00:00Z", who=SECRETARIAT, disposition="reflected-in-part",
            keys=("stairs", "tides", "batteries", "benches", "readers-3", "dark-3"),
            reason="taken into the sentences of contribution {text-4}",
        ),
        Dispose(
            at="2025-10-16T09:10:00Z", who=SECRETARIAT, disposition="noted",
            keys=("thanks-3", "watchers-3", "pupil-3", "ferries-3", "in-time-3"),
            reason="read with attention; nothing in the text depends on it",
        ),
        CutDraft(at="2025-11-03T07:00:00Z", who=SECRETARIAT, draft="draft-4"),
        Post(at="2025-11-03T08:00:00Z", who=REGISTRY, draft="draft-4", posted_at="2025-11-03"),
    ),
)  # fmt: skip
