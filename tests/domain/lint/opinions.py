"""Reading Opinions for the tests of the lint, by the forum that this repository ships."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from accord.domain.lint.check import lint
from accord.domain.lint.flaw import Flaw
from tests.domain.process.worlds import PROCESS

SAMPLES = Path(__file__).parent / "samples"
DRAFTING = PROCESS.forum.drafting
READERS = PROCESS.forum.opinion_readers
PATH = "opinions/x.md"

CLEAN = """\
---
id: masts
title: Sharing masts among community networks
themes: [resilience]
stage: text
language: en
---

The Seventh Example Forum (Port Arcadia, 2026),

*recalling*

Resolution 2 (Rev. Bucharest, 2022),

*considering*

1. that three masts stand on the same hill of invented Lyrania;
2. that low Earth orbit (LEO) satellites pass over that hill;
3. that a mast needs:
   1. ground to stand on;
   2. somebody who looks after it,

*is of the view*

1. that masts can be shared where the hill allows it, as said in considering c);
2. that the terms of sharing should be published,

*invites Member States and Sector Members*

1. to consider offering space on their masts;
2. to share what LEO satellites cost.
"""


def front_of(text: str) -> dict[str, Any]:
    """The front matter, read."""
    found = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    return dict(YAML(typ="safe", pure=True).load(found[1])) if found else {}


def linted(text: str, path: str = PATH) -> tuple[Flaw, ...]:
    """What the lint finds by the shipped forum."""
    return lint(text, path, front_of(text), DRAFTING, READERS)


def listed(flaws: tuple[Flaw, ...]) -> str:
    """Findings as a page that a person reads."""
    out = []
    for one in flaws:
        place = f"{one.line}:{one.column}" if one.line else "whole"
        label = f" {one.label}" if one.label else ""
        out.append(f"{place}{label}\n  {one.rule}: {one.message}\n  {one.fix}\n")
    return "\n".join(out)
