"""From window W2 over the second meeting to the Third Draft."""

from __future__ import annotations

from accord.application.rehearsal.acts import (
    ChangeMain,
    CutDraft,
    Dispose,
    EndObjection,
    HandIn,
    Incorporate,
    Post,
    PutInMeeting,
    Regularise,
    Revise,
    Scene,
)  # fmt: skip
from accord.application.rehearsal.cast import CHAIR, REGISTRY, SECRETARIAT
from accord.application.rehearsal.edits import Append, Replace, Write
from accord.application.rehearsal.scripts import texts_1, texts_2
from accord.application.rehearsal.scripts.common import (
    COVER,
    DIVIDES_FILE,
    PREPARATION,
    RESILIENCE_FILE,
    SPACE_FILE,
    TIMETABLE,
    fixed_days,
)  # fmt: skip

DATES = Scene(
    heading="The days of the second meeting are fixed",
    acts=(
        CutDraft(
            at="2025-01-10T09:00:00Z", who=SECRETARIAT, draft="draft-3", refused="R19",
            note="As long as the days of a meeting are not fixed nobody can say that it is over.",
        ),
        ChangeMain(
            at="2025-01-13T09:00:00Z", who=SECRETARIAT, what="the second meeting is on 11-12 February 2025",
            edits=(Replace(path=TIMETABLE, old="amendments: []", new="amendments:\n"
                   + fixed_days("2025-01-13", "ieg-2", "2025-02-11", "2025-02-12")),),
        ),
        Dispose(
            at="2025-01-14T09:00:00Z", who=SECRETARIAT, keys=("night-ferries",), disposition="not-retained",
            reason="a new Opinion after the end of W2; the chairs did not consent",
        ),
        Dispose(
            at="2025-01-14T09:10:00Z", who=SECRETARIAT, keys=("library",), disposition="noted",
            reason="Opinions are presented by members; the thought is sent to the drafting group on lighthouses",
        ),
    ),
)  # fmt: skip

MEETING = Scene(
    heading="The second meeting of the experts (ieg-2)",
    acts=(
        PutInMeeting(
            at="2025-02-11T09:00:00Z", who=CHAIR, on="radio-text", meeting="ieg-2", item="5", until="2025-02-28",
            result="agreed ad referendum", becomes="agreed-ad-referendum",
        ),
        PutInMeeting(
            at="2025-02-11T10:00:00Z", who=CHAIR, on="schools", meeting="ieg-2", item="6", result="not agreed",
            objections=(("skerry", "A connection during all lessons cannot be promised by anybody."),),
            becomes="not-agreed",
        ),
        PutInMeeting(
            at="2025-02-11T11:00:00Z", who=CHAIR, on="lamps-text", meeting="ieg-2", item="7",
            result="to drafting group",
        ),
        PutInMeeting(
            at="2025-02-11T11:30:00Z", who=CHAIR, on="lamps-text", meeting="ieg-2", item="7", result="agreed",
            refused="not-ready", note="The chair asks whether anybody still objects. Somebody does.",
        ),
        Revise(
            at="2025-02-11T16:00:00Z", who="Abe Example", key="lamps-text", meeting="ieg-2",
            reason="“together with those who own them” is added",
            edits=(Write(path=texts_1.LIGHTHOUSES, text=texts_2.LIGHTHOUSES_TEXT.replace(
                "to consider opening connected public buildings in the evening",
                "to consider, together with those who own them, opening connected public buildings in the evening")),),
        ),
        EndObjection(
            at="2025-02-12T09:00:00Z", who=REGISTRY, on="lamps-text", entity="ostrania", meeting="ieg-2", met=True,
            reason="the owners are named now",
        ),
        PutInMeeting(
            at="2025-02-12T09:30:00Z", who=CHAIR, on="lamps-text", meeting="ieg-2", item="7", result="agreed",
            becomes="agreed",
        ),
        Incorporate(at="2025-02-13T09:00:00Z", who=SECRETARIAT, key="lamps-text", becomes="disposed"),
        Incorporate(
            at="2025-02-14T09:00:00Z", who=SECRETARIAT, key="radio-text", refused="incorporate-not-agreed",
            note="Agreed ad referendum is not yet agreed: capitals may object until the end of the month.",
        ),
        Incorporate(at="2025-03-03T09:00:00Z", who=SECRETARIAT, key="radio-text", becomes="disposed"),
    ),
)  # fmt: skip

_ROW_OLD = "Second meeting of the experts (February 2025, during the CWG cluster)"
_ROW_NEW = "Second meeting of the experts (11-12 February 2025, during the CWG cluster)"

THIRD_DRAFT = Scene(
    heading="The secretariat writes the Third Draft",
    acts=(
        Incorporate(
            at="2025-03-04T09:00:00Z", who=SECRETARIAT, key="skills",
            reason="The second meeting welcomed the sentence.",
        ),
        Incorporate(
            at="2025-03-04T09:05:00Z", who=SECRETARIAT, key="firmware",
            reason="The second meeting welcomed the sentence.",
        ),
        Incorporate(
            at="2025-03-04T09:10:00Z", who=SECRETARIAT, key="menders",
            reason="From the public consultation; nobody disagreed.",
        ),
        Incorporate(
            at="2025-03-04T09:15:00Z", who=SECRETARIAT, key="oil-lamps",
            reason="From a letter; nobody disagreed.",
        ),
        ChangeMain(
            at="2025-03-06T16:00:00Z", who="Pat Example", what="“two would do” becomes “two or three would do”",
            edits=(Replace(path=RESILIENCE_FILE, old="two would do", new="two or three would do"),),
            note="A helpful person changes a sentence on the main branch, without a word to anybody ...",
        ),
        HandIn(
            at="2025-03-10T09:00:00Z", who=SECRETARIAT, key="text-3", source="Secretariat", becomes="open",
            kind="secretariat-text", title="Text of the Third Draft", themes=("cross-cutting",),
            reasons="The Report takes in what was received in W2 and discussed at the second meeting.",
            sources=("sirens", "ground", "orbits", "watchers", "dark", "ieg-2"),
            edits=(
                Replace(path=COVER, old="title: Second Draft", new="title: Third Draft"),
                Replace(path=COVER, old="draft: draft-2", new="draft: draft-3"),
                Replace(path=COVER, old="date: 2024-11-04", new="date: 2025-03-31"),
                Replace(path=PREPARATION, old=_ROW_OLD, new=_ROW_NEW),
                Append(path=RESILIENCE_FILE,
                       text="Sirens that are tested every month are trusted; so are neighbours who "
                       "offered, in the public consultation, to run a radio by rota."),
                Append(path=SPACE_FILE, text="Small operators, schools that share a ground station and people who "
                       "watch the sky each have a stake in how satellites are placed."),
                Append(path=DIVIDES_FILE, text="Who reads in the evening asks for longer hours; who owns the building "
                       "has to agree."),
            ),
        ),
        Incorporate(
            at="2025-03-11T09:00:00Z", who=SECRETARIAT, key="text-3", sources=("sirens", "ground", "ieg-2"),
            reason="Report text written from what was received and from the discussion at the second meeting.",
        ),
        Dispose(
            at="2025-03-12T09:00:00Z", who=SECRETARIAT, keys=("sirens", "ground", "orbits", "watchers", "dark",
            "readers", "used-longer"),
            disposition="reflected-in-part", reason="taken into the sentences of contribution {text-3}",
        ),
        Dispose(
            at="2025-03-12T09:10:00Z", who=SECRETARIAT, keys=("thanks", "pupil", "ferries", "kite", "last-word",
            "lent-tools"),
            disposition="noted", reason="read with attention; nothing in the text depends on it",
        ),
        Dispose(
            at="2025-03-12T09:20:00Z", who=SECRETARIAT, keys=("skills-sooner",), disposition="superseded",
            reason="its words came in with contribution {skills}, which took them",
        ),
        CutDraft(
            at="2025-03-13T09:00:00Z", who=SECRETARIAT, draft="draft-3", refused="C13",
            note="... and the tool finds it: no draft is cut while nobody answers for a change.",
        ),
        Regularise(
            at="2025-03-13T10:00:00Z", who=SECRETARIAT,
            reason="the sentence is right; who made it was told how to propose the next one",
        ),
        Dispose(
            at="2025-03-13T10:30:00Z", who=SECRETARIAT, keys=("schools",), disposition="carried-over",
            reason="the second meeting did not agree; its source rewords it in the next window",
        ),
        CutDraft(at="2025-03-31T07:00:00Z", who=SECRETARIAT, draft="draft-3"),
        Post(at="2025-03-31T08:00:00Z", who=SECRETARIAT, draft="draft-3", posted_at="2025-03-31"),
    ),
)  # fmt: skip
