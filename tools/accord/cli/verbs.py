"""The verbs and where each is found, so that a verb loads only what it needs."""

from __future__ import annotations

# verb → (module in accord.cli, one line of help); the order is the order of `accord --help`.
VERBS: dict[str, tuple[str, str]] = {
    "now": ("ask", "what is open, for whom, until when, and what comes next"),
    "check": ("ask", "contributions, texts and process files against schemas and rules"),
    "status": ("ask", "the table of contributions; for one: positions, what it needs, its redline"),
    "why": ("ask", "what is missing, in sentences with rule numbers"),
    "diff": ("compare", "clause redline of two revisions, drafts or files, or of a contribution"),
    "conflicts": ("compare", "open contributions that touch the same clauses"),
    "submit": ("contribute", "receive a branch (or a statement without text) as a contribution"),
    "revise": ("contribute", "a later version of a contribution"),
    "withdraw": ("contribute", "take back a contribution or an objection"),
    "position": ("contribute", "enter a position of an entity"),
    "confirm": ("contribute", "confirm what the secretariat entered for your entity"),
    "call": ("chair", "open a call for consensus"),
    "recall": ("chair", "take back a call opened by mistake"),
    "declare": ("chair", "declare the result of a call"),
    "meeting": ("chair", "record the outcome of putting a text in a meeting"),
    "admit": ("secretariat", "admit a held contribution or late version, with a reason"),
    "dispose": ("secretariat", "say what became of a contribution, or of an objection without an owner"),
    "correct": ("secretariat", "add a note of correction to an event"),
    "posted": ("secretariat", "record the official posting of a draft"),
    "nominate": ("secretariat", "enter a nomination received by letter"),
    "incorporate": ("secretariat", "put an agreed text, or Report text, on the main branch"),
    "regularise": ("secretariat", "take responsibility for a change nobody declared"),
    "build": ("drafts", "the documents of any revision"),
    "cut": ("drafts", "gates, documents, manifest, tag"),
    "provenance": ("drafts", "where a clause came from, step by step"),
    "verify": ("drafts", "recompute every decision and compare drafts with their manifests"),
    "replay": ("laboratory", "run recorded histories through the rules"),
    "rehearse": ("rehearsal", "play the process on a scratch copy with invented entities"),
}
