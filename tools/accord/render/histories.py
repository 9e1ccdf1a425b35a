"""Recorded histories in words: what stood in the way, what really happened, and what each count counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from accord.domain.agreement.readiness import Missing
from accord.domain.replay.counts import Count
from accord.domain.replay.engine import Fate, Outcome, Reading, Replayed
from accord.domain.replay.trace import APPROVED, ASKED, Review

_IN_THE_WAY: Mapping[str, str] = {
    "no-call": "there was no call",
    "call-runs": "the call still ran",
    "call-void": "the text changed in the call",
    "text-changed": "the text was not the one called on",
    "objection": "an objection by {who} stood",
    "objection-orphaned": "an objection without an owner stood",
    "support": "too little support on the last text ({detail} needed)",
    "share": "too few of those who took part spoke for the last text ({detail} needed)",
    "silent": "too many of those who took part said nothing about the last text ({detail})",
    "breadth-categories": "support from too few categories ({detail} needed)",
    "breadth-entities": "support from too few ({detail} needed)",
    "head-unknown": "the archive does not name the last commit",
    "dismissed": "the archive does not say what a dismissed review by {who} had said",
}

_WENT: Mapping[tuple[Fate, Outcome], str] = {
    (Fate.MERGED, Outcome.READY): "nothing stood in the way",
    (Fate.MERGED, Outcome.NOT_READY): "the rules would have waited",
    (Fate.MERGED, Outcome.UNDETERMINED): "whether the rules would have waited cannot be told",
    (Fate.CLOSED, Outcome.READY): "the rules would have found it ready, nothing stood in the way",
    (Fate.CLOSED, Outcome.NOT_READY): "the rules would not have found it ready either",
    (Fate.CLOSED, Outcome.UNDETERMINED): "whether the rules would have found it ready cannot be told",
    (Fate.OPEN, Outcome.READY): "nothing stands in the way",
    (Fate.OPEN, Outcome.NOT_READY): "not ready by the rules",
    (Fate.OPEN, Outcome.UNDETERMINED): "whether it is ready cannot be told",
}

READINGS: Mapping[Reading, str] = {
    Reading.NAMED: "A request for changes ends only by an act that names it: approving later does not end it (C6).",
    Reading.REPLACED: "An approval takes back its owner's earlier requests for changes, as hosting services show it.",
}

_ALWAYS: Mapping[str, str] = {
    "histories": "histories read",
    "merged": "merged",
    "closed_without_a_merge": "closed without a merge",
    "approvals_given": "approvals given, in all of them",
    "requests_for_changes_given": "requests for changes given, in all of them",
    "approvals_standing_at_merge": "approvals standing at merge: a person's last review by then, and it approves",
    "approvals_on_an_older_commit": "of these on an older commit: given on another commit than the one merged",
    "merges_with_an_approval": "merges with an approval standing",
    "merges_approved_but_not_on_the_merged_head": "of these with none on the merged head: all on an older commit",
    "merges_without_any_approval": "merges without any approval standing",
    "merges_with_an_objection_its_owner_never_withdrew": (
        "merges with an objection its owner never withdrew: somebody's last review by then asks for changes"
    ),
    "merges_with_an_objection_not_withdrawn_by_name": (
        "merges with an objection not withdrawn by name: somebody asked for changes, even if they approved later (C6)"
    ),
    "merged_and_ready_by_the_rules": "merged, and ready by the rules",
    "merged_but_not_ready_by_the_rules": "merged, and not ready by the rules",
    "closed_but_ready_by_the_rules": "closed without a merge, though ready by the rules",
    "closed_and_not_ready_by_the_rules": "closed without a merge, and not ready by the rules",
}
_WHERE_ANY: Mapping[str, str] = {
    "still_open": "still open",
    "merges_with_a_dismissed_review": "merges with a dismissed review as somebody's last: what it had said is lost",
    "merges_whose_last_commit_is_not_recorded": (
        "merges whose last commit the archive does not name: their approvals count as on no older commit"
    ),
    "approvals_whose_commit_is_not_recorded": (
        "approvals standing at merge whose commit is gone: they count as on an older commit"
    ),
    "reviews_begun_before_the_end_and_touched_after": (
        "reviews begun before the end and last touched after it: counted above, but as support not relied on (C10)"
    ),
    "reviews_after_the_end": "reviews given after the end: they count nowhere above but in what was given",
    "merged_but_undetermined": "merged, and the archive leaves open whether it was ready",
    "closed_but_undetermined": "closed without a merge, and the archive leaves open whether it was ready",
}
DEFINITIONS: Mapping[str, str] = {**_ALWAYS, **_WHERE_ANY}

LEFT_OUT: Mapping[str, str] = {
    "comments-only": "reviews that only comment",
    "never-submitted": "reviews never handed in",
    "by-its-author": "reviews by the author of the pull request, who holds no position (C3)",
    "issues": "issues, which propose no text",
    "repeated": "histories that stand here again, word for word",
    "contradictory": "histories that stand here more than once, and differently",
    "malformed": "histories that could not be read",
}

_BEHIND: Mapping[str, Callable[[Replayed], Sequence[Review]]] = {
    "approvals_standing_at_merge": lambda one: one.approvals,
    "approvals_on_an_older_commit": lambda one: one.stale,
    "merges_approved_but_not_on_the_merged_head": lambda one: one.stale,
    "merges_with_an_objection_its_owner_never_withdrew": lambda one: one.objecting,
    "merges_with_an_objection_not_withdrawn_by_name": (
        lambda one: [review for review in one.given if review.state == ASKED]
    ),
    "merges_with_a_dismissed_review": lambda one: one.dismissed,
    "approvals_whose_commit_is_not_recorded": lambda one: [r for r in one.approvals if not r.commit],
    "reviews_begun_before_the_end_and_touched_after": lambda one: one.astride,
    "reviews_after_the_end": lambda one: one.late,
}

_SAID = {APPROVED: "approved", ASKED: "asked for changes"}


def history_line(one: Replayed) -> str:
    """One history on one line: how it went, what the rules find, and what stood in the way."""
    mark = "≠" if one.differs else "?" if one.outcome is Outcome.UNDETERMINED else "="
    return f"{mark} #{one.trace.number:<5} {difference(one)}"


def difference(one: Replayed) -> str:
    """What really happened, what the rules would have answered, and why."""
    reasons = in_the_way(one)
    why = f": {', '.join(reasons)}" if reasons else ""
    stale = f" ({len(one.stale)} of {len(one.approvals)} approvals on an older commit)" if one.stale else ""
    when = f" on {one.end:%Y-%m-%d}" if one.fate is not Fate.OPEN else ""
    return f"{one.fate.value}{when}{stale}; {_WENT[one.fate, one.outcome]}{why}"


def in_the_way(one: Replayed) -> tuple[str, ...]:
    """What stood in the way of a history, each thing once, with all whose it was."""
    by_what: dict[str, list[Missing]] = {}
    for missing in one.missing:
        by_what.setdefault(missing.what, []).append(missing)
    return tuple(_reason(what, same) for what, same in by_what.items())


def count_lines(counts: Iterable[Count], *, behind: bool) -> Iterator[str]:
    """Each count with what it counts; with ``behind`` the histories it comes from, for a reader who recounts."""
    for count in counts:
        if count.number or count.key in _ALWAYS:
            yield f"{count.number:>6}  {DEFINITIONS[count.key]}"
            if behind:
                yield from _behind(count)


def left_out_lines(left_out: Mapping[str, int]) -> Iterator[str]:
    """What was not read, and why."""
    for key, words in LEFT_OUT.items():
        if left_out.get(key):
            yield f"{left_out[key]:>6}  {words}"


def _behind(count: Count) -> Iterator[str]:
    reviews = _BEHIND.get(count.key)
    if reviews is None:
        # Nobody needs all of them listed to count them.
        if count.key != "histories" and count.behind:
            yield "        " + " ".join(f"#{one.trace.number}" for one in count.behind)
        return
    for one in count.behind:
        said = ", ".join(_said(review) for review in reviews(one))
        yield f"        #{one.trace.number} at {one.trace.head or '(not recorded)'}: {said}"


def _said(review: Review) -> str:
    said = _SAID.get(review.state, "was dismissed")
    return f"{review.who} {said} on {review.commit or '(not recorded)'} {review.at:%Y-%m-%d %H:%M:%S}"


def _reason(what: str, same: Sequence[Missing]) -> str:
    people = " and by ".join(dict.fromkeys(missing.who for missing in same))
    words = _IN_THE_WAY.get(what, what.replace("-", " "))
    return words.format(who=people, detail=same[0].detail)
