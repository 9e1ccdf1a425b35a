"""Every sentence said to people about where a contribution stands: who, what, by when. No Git words."""

from accord.render.messages.missing import missing_sentence, why_lines
from accord.render.messages.objections import asked_line, chairs_line, ended_how, objection_line
from accord.render.messages.states import (
    clauses_touched,
    next_step,
    opinion_state,
    received_line,
    rough,
    state_words,
    touched_lines,
)
from accord.render.messages.voices import cosigner, cosigners_line, names_of_positions, voice_line
from accord.render.messages.words import Speaking, notice, until

__all__ = [
    "Speaking",
    "asked_line",
    "chairs_line",
    "clauses_touched",
    "cosigner",
    "cosigners_line",
    "ended_how",
    "missing_sentence",
    "names_of_positions",
    "next_step",
    "notice",
    "objection_line",
    "opinion_state",
    "received_line",
    "rough",
    "state_words",
    "touched_lines",
    "until",
    "voice_line",
    "why_lines",
]
