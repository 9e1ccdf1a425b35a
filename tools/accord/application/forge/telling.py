"""What a run of `sync` says it did."""

from __future__ import annotations

from collections.abc import Mapping

from accord.application.forge.syncing import Synchronised, problems
from accord.application.reports import Report


def synchronised(done: Synchronised, spent: Mapping[str, int], *, dry_run: bool) -> Report:
    """The report: how much was read, what was recorded, what could not be taken in, what it cost at the forge."""
    read = len(done.topics)
    what = "pull request or form" if read == 1 else "pull requests and forms"
    lines = [f"Read {read} {what} with something new."]
    if not done.recorded:
        lines.append("Everything was in the record already.")
    else:
        would = "Would be recorded" if dry_run else "Recorded"
        lines.append(f"{would}:")
        lines += [f"  {one}" for one in done.recorded]
    if spent:
        lines.append(f"Asked the forge {spent['requests']} times, for {spent['points']} points.")
    return Report(
        text="\n".join(lines),
        data={
            "read": read,
            "recorded": list(done.recorded),
            "contributions": {str(topic): number for topic, number in sorted(done.numbers.items())},
            "spent": dict(spent),
            "dry_run": dry_run,
        },
        findings=problems(done),
        exit_code=None,
    )
