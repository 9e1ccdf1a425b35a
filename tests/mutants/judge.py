"""Judging mutants: in a fork that has everything loaded, or, for what runs when modules are read, in a fresh one.

The suite is collected and run once, with probes, to learn which tests reach which statement. A mutant is then put into
the running function of a fork, which runs only the tests that reach its statement, quickest first, until one fails.
A fork that runs far longer than the test did before is stopped; that mutant counts as noticed.
"""

from __future__ import annotations

import functools
import gc
import os
import resource
import signal
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FunctionType

import pytest
from _pytest.runner import runtestprotocol

from tests.mutants.changes import Function, MutableSource, Mutant, function_code
from tests.mutants.reach import Finder, Probes, Reached

PACKAGE = "accord.domain"
QUIET = [
    *(
        "-x",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "-p",
        "no:terminal",
        "-o",
        "addopts=--import-mode=importlib",
    ),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
]
_MEMORY = 6 * 2**30
_SURVIVED, _KILLED, _CANNOT_SWAP, _BROKEN = 0, 1, 3, 4
_KILLERS = 6
_PROBLEM = 9


@dataclass
class Reach:
    """What one clean run of the suite showed: tests by statement, how long each took, what ran at import."""

    tests: dict[Reached, list[str]] = field(default_factory=lambda: defaultdict(list))
    seconds: dict[str, float] = field(default_factory=dict)
    at_import: set[Reached] = field(default_factory=set)


class Suite:
    """A pytest plugin that, once everything is collected, runs the suite with probes and then calls `then`."""

    def __init__(self, root: Path, then: Callable[[Suite], None]) -> None:
        self._then = then
        self.probes = Probes(root)
        self.reach = Reach()
        self.items: dict[str, pytest.Item] = {}
        self.failed: list[str] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of the usual loop."""
        self.reach.at_import = self.probes.take()
        for item in session.items:
            self.items[item.nodeid] = item
            forget()
            started = time.process_time()
            good = passes(item)
            reached = self.probes.take()
            if not good:
                # It cannot tell anything about a mutant.
                self.failed.append(item.nodeid)
                continue
            self.reach.seconds[item.nodeid] = time.process_time() - started
            for place in reached:
                self.reach.tests[place].append(item.nodeid)
        self._then(self)
        return True


def passes(item: pytest.Item) -> bool:
    """Run one test with its fixtures."""
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def quickest(tests: Iterable[str], seconds: Mapping[str, float], file: str, patience: float) -> list[str]:
    """The tests of the file's own package first, then the others; the quickest first, as many as patience allows."""
    own = f"tests/domain/{file.partition('/')[0]}/"
    chosen: list[str] = []
    left = patience
    for test in sorted(tests, key=lambda one: (not one.startswith(own), seconds[one])):
        left -= seconds[test]
        if left < 0 and chosen:
            break
        chosen.append(test)
    return chosen


def forget() -> None:
    """Empty the caches of functions, so that each test computes everything itself."""
    for one in _caches():
        one.cache_clear()


@functools.cache
def _caches() -> list[functools._lru_cache_wrapper[object]]:
    return [
        one
        for one in gc.get_objects()
        if isinstance(one, functools._lru_cache_wrapper) and one.__module__.startswith("accord.")
    ]


def hypothesis_without_chance() -> None:
    """The same examples each time, nothing stored, and no search for the smallest one."""
    from hypothesis import HealthCheck, Phase, settings

    settings.register_profile(
        "mutants",
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("mutants")


class Quick:
    """Judges mutants of functions in forks of the process that has collected the suite."""

    def __init__(self, suite: Suite, sources: dict[str, MutableSource], patience: float) -> None:
        self._suite, self._sources, self._patience = suite, sources, patience
        self._killers: dict[Function, list[str]] = defaultdict(list)
        clean = {
            file: compile(source.tree, str(source.path), "exec", dont_inherit=True)
            for file, source in sources.items()
        }
        self._functions = _live_functions(sources)
        for (file, name), functions in self._functions.items():
            for function in functions:
                function.__code__ = function_code(clean[file], name)
        gc.collect()
        gc.freeze()

    def tests(self, mutant: Mutant) -> list[str]:
        """The tests that reach a mutant: those that killed its neighbours first, then the quickest."""
        assert mutant.statement is not None
        assert mutant.function is not None
        reach = self._suite.reach
        found = reach.tests.get((mutant.file, mutant.statement), [])
        first = [one for one in self._killers[mutant.function] if one in found][:_KILLERS]
        return [*first, *quickest(set(found) - set(first), reach.seconds, mutant.file, self._patience)]

    def noticed_by(self, mutant: Mutant, test: str) -> None:
        """Remember what killed a mutant."""
        assert mutant.function is not None
        killers = self._killers[mutant.function]
        if test in killers:
            killers.remove(test)
        killers.insert(0, test)

    def judge(self, mutant: Mutant, tests: list[str], tell: int) -> int:
        """In a fork: put the mutant in and run the tests until one fails; the exit code."""
        assert mutant.function is not None
        code = function_code(self._sources[mutant.file].code(mutant), mutant.function)
        for function in self._functions[mutant.file, mutant.function]:
            try:
                function.__code__ = code
            except ValueError:
                return _CANNOT_SWAP
        forget()
        for number, test in enumerate(tests):
            _limit(self._suite.reach.seconds[test])
            os.pwrite(tell, str(number).rjust(_PROBLEM).encode(), 0)
            if not passes(self._suite.items[test]):
                return _KILLED
        return _SURVIVED


def _live_functions(sources: dict[str, MutableSource]) -> dict[tuple[str, Function], list[FunctionType]]:
    files = {str(one.path): file for file, one in sources.items()}
    found: dict[tuple[str, Function], list[FunctionType]] = defaultdict(list)
    for one in gc.get_objects():
        if type(one) is FunctionType and one.__code__.co_filename in files:
            code = one.__code__
            found[files[code.co_filename], (code.co_qualname, code.co_firstlineno)].append(one)
    return found


def _limit(seconds: float) -> None:
    """Let the kernel stop this fork when a test needs far longer than it did."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, 1 + 6 * seconds)


def fresh(mutant: Mutant, source: MutableSource, tests: list[str], seconds: dict[str, float]) -> int:
    """In a fork that has not read the package yet: read it with the mutant, collect, run; the exit code."""
    code = source.code(mutant)
    Finder(PACKAGE, lambda path: code if path == source.path else None).install()

    class Order:
        def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
            place = {test: number for number, test in enumerate(tests)}
            items[:] = sorted(
                (one for one in items if one.nodeid in place), key=lambda one: place[one.nodeid]
            )

        def pytest_runtest_setup(self, item: pytest.Item) -> None:
            _limit(seconds.get(item.nodeid, 1))

    _limit(20)
    hypothesis_without_chance()
    files = sorted({test.partition("::")[0] for test in tests})
    return _SURVIVED if pytest.main([*QUIET, *files], plugins=[Order()]) in {0, 5} else _KILLED


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutant: `killed`, `survived`, `timeout` or `unreached`, and the test that noticed it."""

    status: str
    test: str = ""


def in_forks(
    jobs: Iterable[tuple[Mutant, list[str]]], work: Callable[[Mutant, list[str], int], int], at_once: int
) -> Iterator[tuple[Mutant, Verdict | None]]:
    """Carry out `work` for each mutant in a fork of its own; None for a mutant that must be judged afresh."""
    waiting = iter(jobs)
    running: dict[int, tuple[Mutant, list[str], int]] = {}
    more = True
    while more or running:
        while more and len(running) < at_once:
            job = next(waiting, None)
            if job is None:
                more = False
                break
            tell = os.memfd_create("test")
            pid = os.fork()
            if pid == 0:
                os._exit(_in_child(work, job, tell))
            running[pid] = (*job, tell)
        if running:
            pid, status = os.wait()
            mutant, tests, tell = running.pop(pid)
            number, problem = (
                os.pread(tell, _PROBLEM, 0).strip(b" \0"),
                os.pread(tell, 999, _PROBLEM).decode(),
            )
            os.close(tell)
            yield mutant, _verdict(mutant, status, tests[int(number)] if number else "", problem)


def _in_child(work: Callable[[Mutant, list[str], int], int], job: tuple[Mutant, list[str]], tell: int) -> int:
    try:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        return work(*job, tell)
    except BaseException as problem:
        os.pwrite(tell, repr(problem).encode(), _PROBLEM)
        return _BROKEN


def _verdict(mutant: Mutant, status: int, test: str, problem: str) -> Verdict | None:
    if os.WIFSIGNALED(status):
        return Verdict("timeout", test)
    code = os.WEXITSTATUS(status)
    if code not in {_SURVIVED, _KILLED, _CANNOT_SWAP}:
        raise RuntimeError(f"{mutant.name} could not be judged after {test or 'no test'}: {problem}")
    if code == _CANNOT_SWAP:
        return None
    return Verdict("survived") if code == _SURVIVED else Verdict("killed", test)


def clean_run(root: Path, suite: list[str], then: Callable[[Suite], None]) -> int:
    """Collect the suite with probes in every module of the package, run it, and call `then`; pytest's exit code."""
    plugin = Suite(root, then)
    Finder(PACKAGE, lambda path: plugin.probes.code(path) if _below(path, root) else None).install()
    hypothesis_without_chance()
    return pytest.main([*QUIET, *suite], plugins=[plugin])


def _below(path: Path, root: Path) -> bool:
    return path.is_relative_to(root)
