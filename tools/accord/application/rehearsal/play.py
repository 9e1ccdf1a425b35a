"""Play the scripts on a scratch copy, telling each act and its answer as it happens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from accord.application.desk import Desk
from accord.application.present import process_at
from accord.application.reading import PROCESS_FILES
from accord.application.rehearsal.acts import HandIn, Revise, Speak
from accord.application.rehearsal.cast import SECRETARIAT, experts_list
from accord.application.rehearsal.scripts import ROUNDS
from accord.application.rehearsal.sentences import Sentences, show_time
from accord.application.rehearsal.stage import Played, Stage
from accord.application.texts import MAIN
from accord.domain.findings import refuse
from accord.domain.process.moments import parse_instant
from accord.render.findings import findings_text

COPIED = ("report/", "opinions/", "process/", "schemas/", "docs/", ".gitignore", "requirements.lock")
FOUNDED = "2024-06-14T08:00:00Z"
LISTED = "2024-07-15T08:00:00Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the story: ``kind`` is heading, note, act, answer or refusal."""

    kind: str
    text: str


def texts_to_copy(source: Desk) -> Mapping[str, bytes]:
    """The texts and process files as they are committed in a repository, by path.

    Raises:
        Refused: it has none (exit FINDINGS).
    """
    rev = next((one for one in ("HEAD", MAIN) if _has_process(source, one)), None)
    if rev is None:
        raise refuse(
            "rehearsal-source",
            "There are no texts and process files here to rehearse with.",
            fix="Run it in a copy of this repository, or name one with `--repo DIR`.",
        )
    entries = [entry for entry in source.repository.tree(rev, COPIED) if entry.kind == "blob"]
    blobs = source.repository.read([entry.oid for entry in entries])
    return {entry.path: blobs[entry.oid] for entry in entries}


def found_copy(desk: Desk, files: Mapping[str, bytes]) -> None:
    """Found the scratch copy: the files as they are, then the invented list of nominated experts."""
    write = desk.repository.write_commit
    what = "Texts and process files, copied for a rehearsal"
    first = write(dict(files), [], what, parse_instant(FOUNDED), SECRETARIAT)
    second = write(
        {PROCESS_FILES["experts"]: experts_list().encode()},
        [first],
        "An invented list of nominated experts",
        parse_instant(LISTED),
        SECRETARIAT,
    )
    desk.repository.create_ref(MAIN, second)


def play(stage: Stage, until: str, tell: Callable[[Line], None]) -> list[Played]:
    """Play every round up to a draft.

    Raises:
        OutOfScript: the tool did something else than the scripts say.
    """
    scenes = [scene for draft, round_ in ROUNDS.items() if _within(draft, until) for scene in round_]
    process = process_at(stage.desk)
    entities = process.experts.entities
    sentences = Sentences(
        {entity.id: entity.shown for entity in entities},
        {entity.id: process.forum.category(entity.category).label for entity in entities},  # type: ignore[union-attr]
        stage.numbers,
        process.timetable.zone,
    )
    played = []
    for index, scene in enumerate(scenes, 1):
        tell(Line(kind="heading", text=f"[{index}/{len(scenes)}] {scene.heading}"))
        for act in scene.acts:
            if act.note:
                tell(Line(kind="note", text=act.note))
            one = stage.play(act)
            # What is handed in has its number only now, so the sentence comes after the act.
            tell(Line(kind="act", text=f"{show_time(act)}  {sentences.of(act)}"))
            for line in answer(one):
                tell(line)
            played.append(one)
    return played


def answer(one: Played) -> list[Line]:
    """What the tool answered, without what it repeats under every answer."""
    if one.refused:
        return [Line(kind="refusal", text=text) for text in findings_text(one.report.findings).splitlines()]
    lines = [line for line in one.report.text.splitlines() if line.strip() and not _repeats(line, one)]
    lines += findings_text(one.report.findings).splitlines()
    return [Line(kind="answer", text=line) for line in lines]


def _repeats(line: str, one: Played) -> bool:
    if line.startswith("Received ") and not isinstance(one.act, (HandIn, Revise)):
        return True
    # What stops a contribution at the door stands in the findings, with what to do.
    said_below = bool(one.report.findings) or isinstance(one.act, Speak)
    return (line.startswith("Next: ") and said_below) or line.startswith("Unofficial working aid")


def _within(draft: str, until: str) -> bool:
    order = list(ROUNDS)
    return order.index(draft) <= order.index(until)


def _has_process(source: Desk, rev: str) -> bool:
    return source.repository.read_one(f"{rev}:{PROCESS_FILES['timetable']}") is not None
