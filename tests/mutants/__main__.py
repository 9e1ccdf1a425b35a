"""`python -m tests.mutants [PATH ...]`: change the domain in every small way and see whether its tests notice.

`--again` judges only what survived last time, and what is new. Exit code 1 when a survivor is not explained in
docs/mutants.md, or when something is explained there that the tests do notice.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import importlib
import json
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from tests.mutants import judge, report
from tests.mutants.changes import MutableSource, Mutant
from tests.mutants.report import Result

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = ROOT / "tools/accord/domain"
SUITE = ["tests/domain"]
RESULTS = ROOT / "build/mutants.json"
# Read once by the parent, so that a fork which reads the package anew need not read these again.
LIBRARIES = (
    "hypothesis",
    "jsonschema",
    "ruamel.yaml",
    "markdown_it",
    "mdit_py_plugins",
    "rapidfuzz",
    "edtf",
    "pytest",
)


def main() -> int:
    """Judge what is asked for, and report on everything known."""
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument(
        "paths", nargs="*", type=Path, help="files or folders of the domain; all of it if left out"
    )
    parser.add_argument("--again", action="store_true", help="only what survived last time, and what is new")
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1, help="how many to judge at once")
    parser.add_argument(
        "--patience", type=float, default=3.0, help="seconds of tests that each one gets at most"
    )
    parser.add_argument(
        "--every", type=int, default=1, help="judge only one in so many: a sample of a large package"
    )
    asked = parser.parse_args()
    sources = read_sources(asked.paths)
    everything = {mutant.name: mutant for source in sources.values() for mutant in source.mutants}
    results = report.load(RESULTS)
    wanted = [
        mutant
        for name, mutant in everything.items()
        if int(hashlib.sha256(name.encode()).hexdigest(), 16) % asked.every == 0
        and not (asked.again and name in results and results[name].noticed)
    ]
    if wanted:
        results |= run(sources, wanted, asked.at_once, asked.patience)
        report.save(RESULTS, results)
    known = {name: results[name] for name in everything if name in results}
    return report.show(everything, known, ROOT / "docs/mutants.md")


def read_sources(paths: Iterable[Path]) -> dict[str, MutableSource]:
    """The files asked for, by their place in the domain."""
    chosen = [path.resolve() for path in paths] or [DOMAIN]
    files = sorted({file for one in chosen for file in ([one] if one.is_file() else one.rglob("*.py"))})
    return {
        name: MutableSource(file, name) for file in files for name in [file.relative_to(DOMAIN).as_posix()]
    }


def run(
    sources: dict[str, MutableSource], wanted: list[Mutant], at_once: int, patience: float
) -> dict[str, Result]:
    """Judge mutants: first in forks with everything loaded, then what remains in fresh ones."""
    for library in LIBRARIES:
        importlib.import_module(library)
    handed = RESULTS.with_suffix(".part.json")
    pid = os.fork()
    if pid == 0:
        os._exit(_quick_part(sources, wanted, at_once, patience, handed))
    if os.waitpid(pid, 0)[1] != 0:
        raise SystemExit("the tests could not be collected, so that nothing can be judged: run `make test`")
    part = json.loads(handed.read_text(encoding="utf-8"))
    handed.unlink()
    results = {name: Result(**one) for name, one in part["results"].items()}
    names = {mutant.name: mutant for mutant in wanted}
    again = [names[name] for name in part["afresh"]]
    jobs = [(one, _tests_of_file(one.file, part["tests"], part["seconds"], patience)) for one in again]
    gc.disable()
    gc.freeze()

    def work(mutant: Mutant, tests: list[str], _: int) -> int:
        return judge.fresh(mutant, sources[mutant.file], tests, part["seconds"])

    progress = Progress(len(jobs), "afresh")
    for mutant, verdict in judge.in_forks(jobs, work, at_once):
        assert verdict is not None
        # What no test reaches by itself may still have been noticed while everything was read.
        before = results.get(mutant.name)
        if verdict.status != "survived" or before is None:
            results[mutant.name] = Result(status=verdict.status, test=verdict.test)
        progress.one(verdict.status == "survived")
    return results


def _quick_part(
    sources: dict[str, MutableSource], wanted: list[Mutant], at_once: int, patience: float, handed: Path
) -> int:
    def then(suite: judge.Suite) -> None:
        if failed := suite.failed:
            _say("\n  ".join(["Set aside, since they fail without any change:", *failed]))
        reach = suite.reach
        quick = judge.Quick(suite, read_sources([]) | sources, patience)
        gc.disable()
        results: dict[str, Result] = {}
        afresh = [one.name for one in wanted if one.statement is None]
        inside = [one for one in wanted if one.statement is not None]
        progress = Progress(len(inside), "judged")
        jobs = ((one, tests) for one in inside if (tests := quick.tests(one)))
        for mutant, verdict in judge.in_forks(jobs, quick.judge, at_once):
            if verdict is None:
                afresh.append(mutant.name)
                continue
            results[mutant.name] = Result(status=verdict.status, test=verdict.test)
            if verdict.status == "killed":
                quick.noticed_by(mutant, verdict.test)
            if progress.one(verdict.status == "survived"):
                # What is known is not lost when somebody stops the run.
                report.save(RESULTS, report.load(RESULTS) | results)
        for one in inside:
            results.setdefault(one.name, Result(status="unreached"))
            at_import = (one.file, one.statement) in reach.at_import
            if at_import and not results[one.name].noticed:
                afresh.append(one.name)
        by_file: dict[str, list[str]] = {}
        for (file, _), names in reach.tests.items():
            by_file[file] = sorted({*by_file.get(file, []), *names})
        handed.parent.mkdir(parents=True, exist_ok=True)
        handed.write_text(
            json.dumps(
                {
                    "results": {name: one.to_json() for name, one in results.items()},
                    "afresh": list(dict.fromkeys(afresh)),
                    "tests": by_file,
                    "seconds": reach.seconds,
                }
            ),
            encoding="utf-8",
        )

    judge.clean_run(DOMAIN, SUITE, then)
    return 0 if handed.exists() else 1


def _tests_of_file(
    file: str, tests: dict[str, list[str]], seconds: dict[str, float], patience: float
) -> list[str]:
    """The tests whose file imports it, then those of its package, and those that reach a file that imports it."""
    module = "accord.domain." + file.removesuffix(".py").replace("/", ".")
    importing = f"from {module} import"
    files = [file]
    files += [
        other.relative_to(DOMAIN).as_posix()
        for other in sorted(DOMAIN.rglob("*.py"))
        if importing in other.read_text(encoding="utf-8")
    ]
    found = {test for one in files for test in tests.get(one, [])}
    paths = {test.partition("::")[0] for test in seconds}
    own = {path for path in paths if importing in (ROOT / path).read_text(encoding="utf-8")}
    first = [test for test in seconds if test.partition("::")[0] in own]
    package = f"tests/domain/{file.partition('/')[0]}/"
    found |= {test for test in seconds if test.startswith(package)}
    rest = found.difference(first) or (set(seconds) if not first else set())
    return [one for part in (first, rest) for one in judge.quickest(part, seconds, file, patience)]


class Progress:
    """A line on standard error every few seconds."""

    def __init__(self, total: int, what: str) -> None:
        self._total, self._what, self._done, self._survived = total, what, 0, 0
        self._started = self._said = time.monotonic()

    def one(self, survived: bool) -> bool:
        """One more is judged; whether it was said."""
        self._done += 1
        self._survived += survived
        now = time.monotonic()
        if now - self._said > 5 or self._done == self._total:
            self._said = now
            speed = self._done / max(now - self._started, 0.1)
            _say(
                f"{self._done} of {self._total} {self._what}, {self._survived} survived, {speed:.1f} a second"
            )
            return True
        return False


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
