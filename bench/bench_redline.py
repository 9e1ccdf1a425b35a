"""`accord diff OLD NEW --as html` as a whole process, beside iddiff, `git diff --word-diff` and difflib, in one run.

On two real pairs and on a long invented text with 300 changes. Required: on the long text at most a third of iddiff's
time (side by side), on the real pairs no more than it. Prints medians and ratios; asserts nothing.
Run: python bench/bench_redline.py
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.long_text import CHANGES, long_pair
from bench.peers import peer, version

DATA = Path(__file__).parents[2] / "shared" / "data" / "redline"
ACCORD = str(Path(sys.executable).parent / "accord")
ROUNDS = 9
MOST = {"long": 1 / 3}
OURS, IDDIFF = "accord diff --as html", f"iddiff {version('iddiff')} -c 8"

DIFFLIB = """
import difflib, sys
old, new = (open(path, encoding="utf-8").read().splitlines() for path in sys.argv[1:3])
sys.stdout.write(difflib.HtmlDiff(wrapcolumn=80).make_file(old, new, context=True))
"""

# Unbuffered output would cost iddiff, which writes sign by sign, four times what it needs.
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if name not in {"PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}
}


def seconds(command: list[str], output: Path) -> float:
    """How long the command takes as a whole process, its output going to a file."""
    with output.open("wb") as stream:
        start = time.perf_counter()
        done = subprocess.run(
            command, stdout=stream, stderr=subprocess.PIPE, env=ENVIRONMENT, cwd=output.parent, check=False
        )
        took = time.perf_counter() - start
    if done.returncode != (1 if command[0] == "git" else 0) or not output.stat().st_size:
        raise SystemExit(f"{command[0]} failed: {done.stderr.decode(errors='replace')}")
    return took


def pairs(folder: Path) -> dict[str, tuple[str, str]]:
    """The texts to compare: old and new."""
    found: dict[str, tuple[str, str]] = {}
    if DATA.is_dir():
        for name in ("eip1", "rfc3392"):
            found[name] = (str(DATA / f"{name}-old.md"), str(DATA / f"{name}-new.md"))
    else:
        print("the real pairs are not beside this repository (../shared/data/redline): the long text only")
    paths = (folder / "long-old.md", folder / "long-new.md")
    for path, text in zip(paths, long_pair(), strict=True):
        path.write_text(text, encoding="utf-8")
    found["long"] = (str(paths[0]), str(paths[1]))
    return found


def main() -> None:
    """Measure each pair, all programs in turn."""
    iddiff = str(peer("iddiff"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for text, paths in pairs(folder).items():
            commands = {
                OURS: [ACCORD, "diff", *paths, "--as", "html", "-o", str(folder / "redline.html")],
                IDDIFF: [iddiff, "-c", "8", *paths],
                "git diff --word-diff": ["git", "diff", "--no-index", "--word-diff", *paths],
                "difflib.HtmlDiff": [sys.executable, "-c", DIFFLIB, *paths],
            }
            times: dict[str, list[float]] = {label: [] for label in commands}
            for turn in range(ROUNDS + 1):
                for label, command in commands.items():
                    took = seconds(command, folder / "output")
                    if turn:  # the first one fills the caches of the disk
                        times[label].append(took)
            report(text, paths, {label: median(found) for label, found in times.items()})


def report(text: str, paths: tuple[str, str], times: dict[str, float]) -> None:
    """Medians, ratios and the verdict for one pair."""
    sizes = " → ".join(f"{Path(path).stat().st_size / 1000:.0f} KB" for path in paths)
    print(f"{text}: {sizes}" + (f", {CHANGES} changes" if text == "long" else ""))
    for label, took in times.items():
        print(f"  {label:22} {took * 1000:8.1f} ms   ours is {times[OURS] / took:6.2f} x of it")
    ratio, most = times[OURS] / times[IDDIFF], MOST.get(text, 1.0)
    print(f"  target: at most {most:.2f} x of iddiff: {'met' if ratio <= most else 'MISSED'} ({ratio:.2f} x)")


if __name__ == "__main__":
    main()
