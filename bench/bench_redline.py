"""Our redline of two real pairs, whole process, beside `git diff --word-diff` and difflib's HtmlDiff, in one run.

Prints medians and ratios; asserts nothing. Run: python bench/bench_redline.py
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

DATA = Path(__file__).parents[2] / "shared" / "data" / "redline"
ROUNDS = 5

OURS = """
import sys
from accord.domain.text.markdown import parse_document
from accord.domain.text.redline import compare
from accord.render.redline_html import render_html
old, new = (parse_document("text.md", open(path, encoding="utf-8").read()) for path in sys.argv[1:3])
sys.stdout.write(render_html(compare([old], [new])))
"""

DIFFLIB = """
import difflib, sys
old, new = (open(path, encoding="utf-8").read().splitlines() for path in sys.argv[1:3])
sys.stdout.write(difflib.HtmlDiff(wrapcolumn=80).make_file(old, new))
"""


def seconds(command: list[str]) -> float:
    """How long the command takes as a whole process."""
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    took = time.perf_counter() - start
    differs = 1 if command[0] == "git" else 0
    if done.returncode != differs or not done.stdout:
        raise SystemExit(f"{command[0]} failed: {done.stderr.decode(errors='replace')}")
    return took


def main() -> None:
    if not DATA.is_dir():
        print(
            "bench_redline: the real pairs are not beside this repository (../shared/data/redline); nothing measured"
        )
        return
    for name in ("eip1", "rfc3392"):
        paths = [str(DATA / f"{name}-{state}.md") for state in ("old", "new")]
        commands = {
            "accord compare + HTML": [sys.executable, "-c", OURS, *paths],
            "git diff --word-diff": ["git", "diff", "--no-index", "--word-diff", *paths],
            "difflib.HtmlDiff": [sys.executable, "-c", DIFFLIB, *paths],
        }
        times: dict[str, list[float]] = {label: [] for label in commands}
        for _ in range(ROUNDS):
            for label, command in commands.items():
                times[label].append(seconds(command))
        ours = median(times["accord compare + HTML"])
        for label, found in times.items():
            print(
                f"{name:8} {label:22} {median(found) * 1000:7.1f} ms   ours is {ours / median(found):6.2f} x of it"
            )


if __name__ == "__main__":
    main()
