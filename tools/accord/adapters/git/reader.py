"""Reading objects through one `git cat-file --batch` that lives as long as the repository is open."""

from __future__ import annotations

import os
import select
import subprocess
import threading
import time
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accord.adapters.git.command import Command, failure
from accord.domain.findings import Exit, refuse

# A pipe holds 64 KiB: this much can be asked before anything is read, without either side waiting for the other.
ASKED_AT_ONCE = 32 * 1024
CHUNK = 1 << 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An object: its name, its kind (``blob``, ``tree``, ``commit``, ``tag``) and its bytes."""

    oid: str
    kind: str
    body: bytes


class ObjectReader:
    """Answers names (object names, ``rev:path``, ``rev^{commit}``) with objects. Safe to share between threads."""

    def __init__(self, command: Command) -> None:
        self._command = command
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._buffer = bytearray()
        self._end: weakref.finalize[[subprocess.Popen[bytes]], ObjectReader] | None = None

    def close(self) -> None:
        """End the process, if there is one. The next request starts another."""
        with self._lock:
            self._stop()

    def find(self, names: Sequence[str]) -> list[Found | None]:
        """One answer for each name, in order; ``None`` for what does not exist or is not unique."""
        with self._lock:
            try:
                return list(self._find(names))
            except BaseException:
                self._stop()  # answers that nobody read would be taken for the next ones
                raise

    def _find(self, names: Sequence[str]) -> Iterator[Found | None]:
        waiting: list[bytes | None] = []
        size = 0
        for name in names:
            line = name.encode("utf-8", "surrogateescape")
            # One name a line: a name with a line break can't be asked for, and an empty one has no answer.
            waiting.append(line if line.strip() and b"\n" not in line and b"\0" not in line else None)
            size += len(line) + 1
            if size > ASKED_AT_ONCE:
                yield from self._ask(waiting)
                waiting, size = [], 0
        yield from self._ask(waiting)

    def _ask(self, lines: Sequence[bytes | None]) -> Iterator[Found | None]:
        asked = b"".join(line + b"\n" for line in lines if line is not None)
        if asked:
            self._send(asked)
        for line in lines:
            yield None if line is None else self._answer(line)

    def _send(self, asked: bytes) -> None:
        if self._process is None or self._process.poll() is not None:
            self._stop()
            self._process = self._command.start("cat-file", "--batch")
            self._end = weakref.finalize(self, _end, self._process)
        assert self._process.stdin  # noqa: S101 - narrows for the type checker
        try:
            self._process.stdin.write(asked)
            self._process.stdin.flush()
        except BrokenPipeError:
            raise self._broken(asked.split(b"\n", 1)[0]) from None

    def _answer(self, line: bytes) -> Found | None:
        header = self._until_newline(line)
        if header.endswith((b" missing", b" ambiguous")):
            return None
        oid, kind, size = header.decode("ascii").split(" ")
        body = self._exactly(int(size) + 1, line)
        return Found(oid=oid, kind=kind, body=bytes(body[:-1]))

    def _until_newline(self, line: bytes) -> bytes:
        while (end := self._buffer.find(b"\n")) < 0:
            self._fill(line)
        header = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        return header

    def _exactly(self, size: int, line: bytes) -> bytearray:
        while len(self._buffer) < size:
            self._fill(line)
        body = self._buffer[:size]
        del self._buffer[:size]
        return body

    def _fill(self, line: bytes) -> None:
        assert self._process  # noqa: S101
        assert self._process.stdout  # noqa: S101
        pipe = self._process.stdout.fileno()
        deadline = time.monotonic() + self._command.timeout
        waiting = select.poll()
        waiting.register(pipe, select.POLLIN)
        if not waiting.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise refuse(
                "git-timeout",
                f"Git did not hand out an object within {self._command.timeout:.0f} seconds.",
                fix="Look whether the disk or another program holds it up, then run the same command again.",
                exit_code=Exit.OUTSIDE,
            )
        chunk = os.read(pipe, CHUNK)
        if not chunk:
            raise self._broken(line)
        self._buffer += chunk

    def _broken(self, line: bytes) -> Exception:
        # The long-lived process tells nobody why it died; a short one asked for the same object does.
        name = line.decode("utf-8", "surrogateescape")
        answer = self._command.attempt("cat-file", "--batch", stdin=line + b"\n")
        return failure("cat-file", answer.err or f"reading {name} stopped", self._command.folder)

    def _stop(self) -> None:
        if self._end is not None:
            self._end()
        self._process, self._end = None, None
        self._buffer.clear()


def _end(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:
                continue  # what was not yet sent to a dead process is lost, and nobody waits for it
    try:
        process.wait(timeout=2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
