"""A program that adds to a record until it is done or stopped: ``writer.py DIR NAME COUNT``."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from accord.adapters.git import Git
from accord.adapters.record import GitRecordStore
from accord.application.ports import Appended, Batch, RecordView
from accord.domain.findings import Refused

MOMENT = datetime(2024, 11, 4, 9, 0, tzinfo=UTC)


def receive(store: GitRecordStore, name: str, turn: int) -> Appended:
    """Receive one contribution: it takes the next number, and writes to two streams and a fact."""

    def decide(view: RecordView) -> Batch:
        number = view.next_contribution
        return Batch(
            subject=f"Receive contribution {number} from {name}",
            events=[
                (f"contributions/{number}", {"kind": "received", "from": name, "turn": turn}),
                ("main", {"kind": "counted", "from": name, "turn": turn, "number": number}),
            ],
            facts=[{"from": name, "turn": turn}],
            allocate=True,
        )

    return store.append(decide, MOMENT)


def main(folder: str, name: str, count: str) -> int:
    """Say after each addition which number it got: only then it is promised to be there."""
    with Git.open(folder) as git:
        store = GitRecordStore(git)
        try:
            for turn in range(int(count)):
                sys.stdout.write(f"{receive(store, name, turn).contribution}\n")
                sys.stdout.flush()
        except Refused as refusal:
            sys.stderr.write(f"{refusal.findings[0].rule}: {refusal}\n")
            return int(refusal.exit_code)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
