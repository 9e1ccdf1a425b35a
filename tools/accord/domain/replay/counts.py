"""What a reader can count by hand in an archive, and what the rules would have answered, with the histories behind it.

"Standing" means: each person's last review that says something, given by the end of the history. A comment never takes
the place of a review, and a review given after the merge counts nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from accord.domain.replay.engine import Fate, Outcome, Replayed
from accord.domain.replay.trace import APPROVED, ASKED


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One number, and the histories it counts (each as often as ``of`` says)."""

    key: str
    number: int
    behind: tuple[Replayed, ...]


_Of = Callable[[Replayed], int]


def counts(found: Sequence[Replayed]) -> tuple[Count, ...]:
    """Every count over some replayed histories, in the order in which they are shown."""
    out = []
    for key, of in COUNTS.items():
        numbers = [of(one) for one in found]
        behind = tuple(one for one, number in zip(found, numbers, strict=True) if number)
        out.append(Count(key=key, number=sum(numbers), behind=behind))
    return tuple(out)


def _merged(one: Replayed) -> bool:
    return one.fate is Fate.MERGED


def _at_merge(of: _Of) -> _Of:
    return lambda one: of(one) if _merged(one) else 0


def _reviews(state: str) -> _Of:
    return lambda one: sum(review.state == state for review in one.trace.reviews)


def _answered(fate: Fate, outcome: Outcome) -> _Of:
    return lambda one: one.fate is fate and one.outcome is outcome


def _none_on_head(one: Replayed) -> bool:
    return bool(one.approvals) and len(one.stale) == len(one.approvals)


COUNTS: Mapping[str, _Of] = {
    "histories": lambda _: 1,
    "merged": _merged,
    "closed_without_a_merge": lambda one: one.fate is Fate.CLOSED,
    "still_open": lambda one: one.fate is Fate.OPEN,
    "approvals_given": _reviews(APPROVED),
    "requests_for_changes_given": _reviews(ASKED),
    "approvals_standing_at_merge": _at_merge(lambda one: len(one.approvals)),
    "approvals_on_an_older_commit": _at_merge(lambda one: len(one.stale)),
    "merges_with_an_approval": _at_merge(lambda one: bool(one.approvals)),
    "merges_approved_but_not_on_the_merged_head": _at_merge(_none_on_head),
    "merges_without_any_approval": _at_merge(lambda one: not one.approvals),
    "merges_with_an_objection_its_owner_never_withdrew": _at_merge(lambda one: bool(one.objecting)),
    "merges_with_an_objection_not_withdrawn_by_name": _at_merge(
        lambda one: any(review.state == ASKED for review in one.given)
    ),
    "merges_with_a_dismissed_review": _at_merge(lambda one: bool(one.dismissed)),
    "merges_whose_last_commit_is_not_recorded": _at_merge(lambda one: not one.trace.head),
    "approvals_whose_commit_is_not_recorded": _at_merge(
        lambda one: sum(not review.commit for review in one.approvals)
    ),
    "reviews_begun_before_the_end_and_touched_after": lambda one: len(one.astride),
    "reviews_after_the_end": lambda one: len(one.late),
    "merged_and_ready_by_the_rules": _answered(Fate.MERGED, Outcome.READY),
    "merged_but_not_ready_by_the_rules": _answered(Fate.MERGED, Outcome.NOT_READY),
    "merged_but_undetermined": _answered(Fate.MERGED, Outcome.UNDETERMINED),
    "closed_but_ready_by_the_rules": _answered(Fate.CLOSED, Outcome.READY),
    "closed_and_not_ready_by_the_rules": _answered(Fate.CLOSED, Outcome.NOT_READY),
    "closed_but_undetermined": _answered(Fate.CLOSED, Outcome.UNDETERMINED),
}
