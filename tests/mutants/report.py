"""What was found, kept between runs and compared with the survivors that docs/mutants.md explains."""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.mutants.changes import Mutant


@dataclass(frozen=True, slots=True)
class Result:
    """`killed` and `timeout` are noticed; `survived` and `unreached` (by no test) are not."""

    status: str
    test: str = ""

    @property
    def noticed(self) -> bool:
        """Whether a test failed or never ended."""
        return self.status in {"killed", "timeout"}

    def to_json(self) -> dict[str, str]:
        """For a file."""
        return asdict(self)


def load(path: Path) -> dict[str, Result]:
    """The results of earlier runs, by the name of the mutant."""
    if not path.exists():
        return {}
    return {name: Result(**one) for name, one in json.loads(path.read_text(encoding="utf-8")).items()}


def save(path: Path, results: Mapping[str, Result]) -> None:
    """Keep results for the next run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    plain = {name: one.to_json() for name, one in sorted(results.items())}
    path.write_text(json.dumps(plain, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def line_of(mutant: Mutant) -> str:
    """The line of docs/mutants.md that a survivor has, below the heading of its file."""
    ticks = "``" if "`" in mutant.source else "`"
    pad = " " if ticks == "``" else ""
    return f"- {mutant.where or 'module'}: {ticks}{pad}{mutant.source}{pad}{ticks}: {mutant.change}"


def explained(page: str) -> dict[str, list[str]]:
    """The lines of explained survivors on a page, by file: all list items below `### file`."""
    found: dict[str, list[str]] = defaultdict(list)
    file = ""
    for line in page.splitlines():
        if line.startswith("#"):
            file = line.removeprefix("### ") if line.startswith("### ") else ""
        elif file and line.startswith("- "):
            found[file].append(line)
    return found


def show(mutants: Mapping[str, Mutant], results: Mapping[str, Result], page: Path) -> int:
    """Print the table by package and what is not explained; 1 if there is any of it, else 0."""
    lines = explained(page.read_text(encoding="utf-8")) if page.exists() else {}
    survivors = [mutants[name] for name, one in results.items() if not one.noticed]
    open_ones = [one for one in survivors if line_of(one) not in lines.get(one.file, [])]
    surviving = {(one.file, line_of(one)) for one in survivors}
    judged_files = {mutants[name].file for name in results}
    stale = [
        (file, line)
        for file, all_lines in lines.items()
        for line in all_lines
        if file in judged_files and (file, line) not in surviving
    ]
    said = [table(mutants, results)]
    for file in dict.fromkeys(one.file for one in open_ones):
        said.append(f"\n### {file}")
        for one in open_ones:
            if one.file == file:
                mark = "" if results[one.name].status == "survived" else "   [no test reaches it]"
                said.append(f"{line_of(one)}   [{one.line}]{mark}")
    for file, line in stale:
        said.append(f"\n{file}: explained in {page.name}, but noticed or no longer there:\n{line}")
    sys.stdout.write("\n".join(said) + "\n")
    return 1 if open_ones or stale else 0


def table(mutants: Mapping[str, Mutant], results: Mapping[str, Result]) -> str:
    """Mutants, noticed and surviving, by package, as a Markdown table."""
    total: Counter[str] = Counter()
    noticed: Counter[str] = Counter()
    for name, one in results.items():
        file = mutants[name].file
        package = file.partition("/")[0] if "/" in file else "(the rest)"
        total[package] += 1
        noticed[package] += one.noticed
    rows = [(package, total[package], noticed[package]) for package in sorted(total)]
    rows.append(("all", total.total(), noticed.total()))
    lines = ["| package | mutants | noticed | survived | score |", "| --- | ---: | ---: | ---: | ---: |"]
    for package, count, seen in rows:
        score = f"{100 * seen / count:.1f} %" if count else "-"
        lines.append(f"| {package} | {count} | {seen} | {count - seen} | {score} |")
    return "\n".join(lines)
