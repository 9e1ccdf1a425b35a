"""`accord cut final` of the rehearsal: seconds and peak memory as a whole process; then how fast each verb starts.

Run: python bench/bench_cut.py. Prints medians; asserts nothing.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROUNDS, STARTS = 3, 5
SECRETARIAT, MOMENT = "Sam Example", "2026-04-13T07:00:00Z"
ACCORD = [sys.executable, "-m", "accord"]


def main() -> None:
    """Play the rehearsal once, take its last draft back, and cut it again a few times."""
    with tempfile.TemporaryDirectory(prefix="bench-cut-") as scratch:
        folder = Path(scratch) / "rehearsal"
        subprocess.run([*ACCORD, "rehearse", str(folder)], check=True, capture_output=True)
        before = cut_of(folder)
        times, peaks = [], []
        for turn in range(ROUNDS):
            copy = Path(scratch) / f"copy-{turn}"
            shutil.copytree(folder, copy)
            git(copy, "update-ref", "refs/heads/record", before)
            git(copy, "checkout", "--quiet", "-B", "main", "final")
            git(copy, "tag", "-d", "final")
            seconds, peak, out = cut(copy)
            times.append(seconds)
            peaks.append(peak)
        files = sum(1 for _ in out.iterdir())
        size = sum(file.stat().st_size for file in out.iterdir()) / 1024 / 1024
        print(
            f"accord cut final: {median(times):.2f} s, peak {max(peaks):.0f} MB, {files} files of {size:.1f} MB"
        )
    starts()


def cut_of(folder: Path) -> str:
    """The commit of the record before the last draft was judged and cut."""
    lines = git(folder, "log", "--first-parent", "--format=%H %s", "record").splitlines()
    at = next(index for index, line in enumerate(lines) if line.endswith("The gates of final are met"))
    return lines[at + 1].split()[0]


def cut(folder: Path) -> tuple[float, float, Path]:
    """Seconds and peak memory in MB of cutting the last draft, and the folder of its documents."""
    out = folder / "cut-again"
    command = [
        *ACCORD,
        "cut",
        "final",
        "--repo",
        str(folder),
        "-o",
        str(out),
        "--as",
        SECRETARIAT,
        "--now",
        MOMENT,
    ]
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = process.stdout.read() if process.stdout else b""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(said.decode(errors="replace"))
    return time.perf_counter() - begun, usage.ru_maxrss / 1024, out


def starts() -> None:
    """How long each verb takes to say what it does, as a whole process; bare Python beside it."""
    listed = subprocess.run([*ACCORD, "--help"], check=True, capture_output=True, text=True).stdout
    verbs = re.findall(r"^  ([a-z-]+) ", listed.partition("Verbs:")[2].partition("\n\n")[0], re.MULTILINE)
    rows = {"(bare Python)": [sys.executable, "-c", "pass"]}
    rows |= {verb: [*ACCORD, verb, "--help"] for verb in verbs}
    times: dict[str, list[float]] = {name: [] for name in rows}
    for _ in range(STARTS):
        for name, command in rows.items():
            begun = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            times[name].append(time.perf_counter() - begun)
    print("whole-process start, median ms:")
    for name, taken in sorted(times.items(), key=lambda item: median(item[1])):
        print(f"  {name:<16} {median(taken) * 1000:6.0f}")


def git(folder: Path, *words: str) -> str:
    """What git says."""
    return subprocess.run(
        ["git", "-C", str(folder), *words], check=True, capture_output=True, text=True
    ).stdout.strip()


if __name__ == "__main__":
    main()
