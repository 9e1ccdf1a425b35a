"""`accord diff OLD NEW -o FILE.docx` as a whole process, beside pandoc twice and python-redlines, in one run.

The others make a Word document of each text (pandoc) and compare the two (python-redlines, whose engine is Docxodus).
Required: at most an eighth of their time, wall time side by side. Prints medians of user CPU time and of wall time,
ratios and sizes; asserts nothing.
Run: python bench/bench_docx.py
"""

from __future__ import annotations

import os
import resource
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
ROUNDS = 3
MOST = 1 / 8

FIND_PANDOC = "import pypandoc; print(pypandoc.get_pandoc_path())"
REDLINE = """
import sys
from python_redlines import DocxodusEngine
found = DocxodusEngine().run_redline("Arcadia", sys.argv[1], sys.argv[2], detect_moves=True)
open(sys.argv[3], "wb").write(found[0])
"""

Took = tuple[float, float]
"""User CPU time and wall time in seconds."""


def seconds(commands: list[list[str]], folder: Path) -> Took:
    """The time of whole processes, one after another."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    start = time.perf_counter()
    for command in commands:
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=folder, env=environment, check=False
        )
        if done.returncode:
            raise SystemExit(f"{command[0]} failed: {done.stderr[-2000:]}")
    took = time.perf_counter() - start
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, took


def measure(name: str, texts: tuple[str, str], folder: Path, pandoc: str) -> None:
    """One pair of texts, both ways in turn."""
    old, new = (str(folder / f"{name}-{side}.md") for side in ("old", "new"))
    for path, text in zip((old, new), texts, strict=True):
        Path(path).write_text(text, encoding="utf-8")
    made = {"accord": folder / f"{name}-accord.docx", "pandoc + redlines": folder / f"{name}-peers.docx"}
    ours, theirs = made
    commands = {
        ours: [[ACCORD, "diff", old, new, "-o", str(made[ours])]],
        theirs: [
            [pandoc, "-f", "gfm", old, "-o", f"{old}.docx"],
            [pandoc, "-f", "gfm", new, "-o", f"{new}.docx"],
            [str(peer("python")), "-c", REDLINE, f"{old}.docx", f"{new}.docx", str(made[theirs])],
        ],
    }
    times: dict[str, list[Took]] = {label: [] for label in commands}
    for turn in range(ROUNDS + 1):
        for label, command in commands.items():
            took = seconds(command, folder)
            if turn:  # the first one fills the caches of the disk, and unpacks the engine
                times[label].append(took)
    medians = {label: [median(one) for one in zip(*found, strict=True)] for label, found in times.items()}
    sizes = " → ".join(f"{len(text.encode()) / 1000:.0f} KB" for text in texts)
    print(f"{name}: {sizes}" + (f", {CHANGES} changes" if name == "long" else ""))
    for label, (user, wall) in medians.items():
        print(
            f"  {label:18} user {user:6.2f} s, wall {wall:6.2f} s; ours is {medians[ours][0] / user:5.2f} x (user) and "
            f"{medians[ours][1] / wall:5.2f} x (wall) of it; {made[label].stat().st_size / 1000:5.0f} KB"
        )
    ratio = medians[ours][1] / medians[theirs][1]
    print(f"  target: at most {MOST:.3f} x: {'met' if ratio <= MOST else 'MISSED'} ({ratio:.3f} x)")


def main() -> None:
    """Measure each pair."""
    found = subprocess.run(
        [str(peer("python")), "-c", FIND_PANDOC], capture_output=True, text=True, check=True
    )
    print(
        f"pypandoc-binary {version('pypandoc-binary')} twice and python-redlines {version('python-redlines')}, "
        f"medians of {ROUNDS} rounds"
    )
    texts: dict[str, tuple[str, str]] = {}
    if DATA.is_dir():
        for name in ("eip1", "rfc3392"):
            old, new = ((DATA / f"{name}-{side}.md").read_text(encoding="utf-8") for side in ("old", "new"))
            texts[name] = (old, new)
    else:
        print("the real pairs are not beside this repository (../shared/data/redline): the long text only")
    texts["long"] = long_pair()
    with tempfile.TemporaryDirectory() as folder:
        for name, pair in texts.items():
            measure(name, pair, Path(folder), found.stdout.strip())


if __name__ == "__main__":
    main()
