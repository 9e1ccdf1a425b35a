"""`now --rules`: the rules of agreement in sentences, those in force or a preset's."""

from __future__ import annotations

from accord.application.desk import Desk
from accord.application.loading import plain_places
from accord.application.loading_rules import load_rules
from accord.application.present import process_at
from accord.application.reading import PROCESS_FILES
from accord.application.reports import Report
from accord.domain.findings import Exit, Refused
from accord.render.messages import notice
from accord.render.rules_sentences import sentences


def rules(desk: Desk, preset: str = "") -> Report:
    """Every rule that decides when something is agreed, one sentence each, with its number.

    Raises:
        Refused: there is no such preset (exit USAGE); process files that cannot be read (exit FINDINGS).
    """
    process = process_at(desk)
    chosen = process.rules
    if preset:
        raw = desk.process_files(desk.main())["consensus"]
        loaded = load_rules(raw, process.forum, plain_places(PROCESS_FILES["consensus"]), preset)
        if loaded.value is None:
            raise Refused(loaded.findings, Exit.USAGE)
        chosen = loaded.value
    said = sentences(chosen, process.forum)
    lines = [f"Rules of agreement: {chosen.name}", ""]
    lines += [f"  {rule:<4} {sentence}" for rule, sentence in said]
    lines += ["", notice(process.forum) + "."]
    return Report(
        text="\n".join(lines),
        data={
            "rules": chosen.to_json(),
            "digest": chosen.digest,
            "sentences": [{"rule": rule, "sentence": sentence} for rule, sentence in said],
        },
    )
