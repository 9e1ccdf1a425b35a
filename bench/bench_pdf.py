"""Our redline as PDF/UA, whole process from two texts, beside WeasyPrint's PDF/UA of our HTML redline, in one run.

WeasyPrint is given the HTML redline ready made; ours also reads and compares the texts. Prints medians of user CPU time
and of wall time, ratios, sizes, and what the checker pdfua finds in each; asserts nothing.
Run: python bench/bench_pdf.py
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import pdfua

sys.path.insert(0, str(Path(__file__).parents[1]))

from accord.domain.text.markdown import parse_document
from accord.domain.text.redline import compare
from accord.render.redline_html import render_html
from bench.long_text import long_pair
from bench.peers import peer, version

DATA = Path(__file__).parents[2] / "shared" / "data" / "redline"
ROUNDS = 3

OURS = """
import sys
from datetime import UTC, datetime
from accord.adapters.typst import Typst
from accord.domain.text.markdown import parse_document
from accord.domain.text.redline import compare
from accord.render.authorship import Author, Authorship
from accord.render.pdf.redline import redline_typst
moment = datetime(2026, 4, 13, tzinfo=UTC)
old, new = (parse_document("text.md", open(path, encoding="utf-8").read()) for path in sys.argv[1:3])
authorship = Authorship(default=Author(name="Arcadia", at=moment))
source = redline_typst(compare([old], [new]), title="Redline", authorship=authorship)
open(sys.argv[3], "wb").write(Typst().pdf(source, moment))
"""


def seconds(command: list[str]) -> tuple[float, float]:
    """User CPU time and wall time of a whole process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    took = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"{command[0]} failed: {done.stderr[-2000:]}")
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, took


def measure(name: str, texts: tuple[str, str], folder: Path) -> None:
    """One pair of texts, both programs in turn."""
    paths = [folder / f"{name}-{side}.md" for side in ("old", "new")]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    old, new = (parse_document("text.md", text) for text in texts)
    page = folder / f"{name}.html"
    page.write_text(render_html(compare([old], [new])), encoding="utf-8")
    made = {label: folder / f"{name}-{at}.pdf" for at, label in enumerate(("accord", "weasyprint"))}
    commands = {
        "accord": [sys.executable, "-c", OURS, *map(str, paths), str(made["accord"])],
        "weasyprint": [
            *(str(peer("weasyprint")), "--pdf-variant", "pdf/ua-1", "--pdf-tags"),
            *(str(page), str(made["weasyprint"])),
        ],
    }
    times: dict[str, list[tuple[float, float]]] = {label: [] for label in commands}
    for _ in range(ROUNDS):
        for label, command in commands.items():
            times[label].append(seconds(command))
    ours = [median(column) for column in zip(*times["accord"], strict=True)]
    for label, found in times.items():
        user, wall = (median(column) for column in zip(*found, strict=True))
        problems = len(pdfua.validate(str(made[label])).findings)
        print(
            f"{name:8} {label:11} user {user:6.2f} s, wall {wall:6.2f} s; ours is {ours[0] / user:5.2f} x (user) and "
            f"{ours[1] / wall:5.2f} x (wall) of it; {made[label].stat().st_size / 1000:6.0f} KB, "
            f"findings of the checker: {problems}"
        )


def main() -> None:
    print(f"weasyprint {version('weasyprint')}, medians of {ROUNDS} rounds")
    texts = {"long": long_pair()}
    if DATA.is_dir():
        for name in ("eip1", "rfc3392"):
            read = [(DATA / f"{name}-{side}.md").read_text(encoding="utf-8") for side in ("old", "new")]
            texts[name] = (read[0], read[1])
    else:
        print("the real pairs are not beside this repository (../shared/data/redline)")
    with tempfile.TemporaryDirectory() as folder:
        for name, both in texts.items():
            measure(name, both, Path(folder))


if __name__ == "__main__":
    main()
