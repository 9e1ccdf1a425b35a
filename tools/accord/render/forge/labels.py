"""Labels by which a list of contributions can be filtered; they say what is computed, and are never read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accord.domain.agreement.case import Case
    from accord.domain.agreement.verdict import Verdict
    from accord.domain.process.forum import Forum

LONGEST = 50


def labels(case: Case, forum: Forum) -> frozenset[str]:
    """The labels a contribution should have, all of managed prefixes; made of the keys of forum.yaml."""
    admission = case.current.admission or case.newest.admission
    metadata = case.current.metadata or case.newest.metadata or {}
    kind = str(metadata.get("kind", ""))
    found = {"state": case.state.value, "kind": kind if forum.kind(kind) else ""}
    if admission is not None:
        found["category"] = admission.category
        found["class"] = admission.input_class.value if admission.input_class else ""
        found["window"] = admission.window
    return frozenset(_label(prefix, value) for prefix, value in found.items() if value)


def opinion_label(verdict: Verdict) -> str:
    """The label of the place in which an Opinion is discussed as it reads."""
    return _label("state", "contested" if verdict.contested else verdict.standing.value)


def _label(prefix: str, value: str) -> str:
    """One label: short, without what a list of labels could be torn at."""
    key = "-".join("".join(sign if sign.isalnum() or sign in "-._" else " " for sign in value).split())
    return f"{prefix}:{key}"[:LONGEST]
