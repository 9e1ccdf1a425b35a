"""What every script names: files of the Report, themes."""

from __future__ import annotations

COVER = "report/00-cover.md"
FORUM = "report/01-the-forum.md"
PREPARATION = "report/02-preparatory-process.md"
NEXT = "report/03-next-steps.md"

DIVIDES, GREEN, SPACE = ("digital-divides",), ("green-transformation",), ("space-connectivity",)
RESILIENCE, INNOVATION = ("resilience",), ("innovation-ecosystems",)
