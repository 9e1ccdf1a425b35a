"""Running `git` so that a stranger's machine cannot change what it answers."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from accord.domain.findings import Exit, Refused, refuse

# What may come in from the caller's environment. Inside a hook Git sets GIT_DIR, GIT_INDEX_FILE and others, which
# would turn every command to another repository.
KEPT = frozenset({"GIT_EXEC_PATH", "GIT_CONFIG_GLOBAL", "GIT_CEILING_DIRECTORIES"})

SET = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_LITERAL_PATHSPECS": "1",  # a file may be named `*.md`
    "GIT_NO_REPLACE_OBJECTS": "1",  # a replaced object is not what the record refers to
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
    "LANGUAGE": "C",
}

# Settings of the user that would run programs, add output, or take another path through the code.
SETTINGS = {
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    "core.quotePath": "false",
    "core.filesRefLockTimeout": "5000",
    "core.packedRefsTimeout": "5000",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "i18n.logOutputEncoding": "UTF-8",
    "log.follow": "false",
    "log.showSignature": "false",
    "trailer.separators": ":",
}

# A receipt is only issued for what survives a power cut.
DURABLE = {"core.fsync": "committed", "core.fsyncMethod": "batch"}
HASTY = {"core.fsync": "none"}

DEFAULT_TIMEOUT = 120.0


def environment(*, durable: bool, also: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment every git process gets, with further settings of git in it."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_") or key in KEPT}
    chosen = SETTINGS | (DURABLE if durable else HASTY) | dict(also or {})
    settings = {"GIT_CONFIG_COUNT": str(len(chosen))}
    for index, (key, value) in enumerate(chosen.items()):
        settings |= {f"GIT_CONFIG_KEY_{index}": key, f"GIT_CONFIG_VALUE_{index}": value}
    return kept | SET | settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a git process said: exit status, standard output, standard error as text."""

    status: int
    out: bytes
    err: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """`git` in one folder.

    ``timeout`` in seconds, for each process. ``durable``: what is written reaches the disk before git answers.
    ``settings`` of git that hold for this command alone; they never show in the list of processes.
    """

    folder: str
    timeout: float = DEFAULT_TIMEOUT
    durable: bool = True
    settings: Mapping[str, str] = field(default_factory=dict, repr=False)

    def run(self, *args: str, stdin: bytes = b"", ok: Sequence[int] = (0,)) -> Answer:
        """Run one git process.

        Raises:
            Refused: exit OUTSIDE, with what git said in plain words, if its status is none of *ok*.
        """
        answer = self.attempt(*args, stdin=stdin)
        if answer.status not in ok:
            raise failure(args[0], answer.err, self.folder)
        return answer

    def attempt(self, *args: str, stdin: bytes = b"") -> Answer:
        """Run one git process, whatever its status."""
        process = self.start(*args, stderr=subprocess.PIPE)
        try:
            out, err = process.communicate(stdin, timeout=self.timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise refuse(
                "git-timeout",
                f"Git did not answer within {self.timeout:.0f} seconds (`git {args[0]}`).",
                fix="Look whether the disk or another program holds it up, then run the same command again.",
                exit_code=Exit.OUTSIDE,
            ) from None
        except BaseException:
            process.kill()
            process.communicate()
            raise
        text = err.decode("utf-8", "replace")
        if process.returncode < 0:  # it had no chance to say anything
            text += f"\nit was ended by {signal.Signals(-process.returncode).name}"
        return Answer(status=process.returncode, out=out, err=text)

    def start(self, *args: str, stderr: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        """Start a git process whose pipes the caller looks after."""
        try:
            return subprocess.Popen(
                ["git", "--no-pager", *args],  # noqa: S607 - the user's own git, found as their shell finds it
                cwd=self.folder,
                env=environment(durable=self.durable, also=self.settings),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
            )
        except FileNotFoundError:
            if os.path.isdir(self.folder):  # noqa: PTH112 - a plain string all through this module
                message, fix = "The program `git` was not found.", "Install Git 2.36 or newer."
            else:
                message, fix = f"The folder {self.folder} does not exist.", "Check the path."
            raise refuse("git-missing", message, fix=fix, exit_code=Exit.OUTSIDE) from None
        except OSError as problem:
            raise refuse(
                "git-start",
                f"Git could not be started: {problem.strerror}.",
                fix="Free memory or disk space, then run the same command again.",
                exit_code=Exit.OUTSIDE,
            ) from problem


# What git says (in English, LC_ALL=C) and what a person needs to hear.
FULL = ("disk-full", "The disk is full, or takes no file of this size.", "Free some space")
FORBIDDEN = ("no-permission", "The repository's files may not be written.", "Get write access to the folder")
LOCKED = (
    "repository-locked",
    "Another program is writing to this repository, or one was killed while it did.",
    "Wait for it to end; if none is running, remove the lock file named here",
)
DAMAGED = (
    "repository-damaged",
    "The repository is damaged: it lost something it refers to.",
    "Look with `git fsck`; fetch what is missing from another copy",
)
PLAIN = (
    ("is corrupt", DAMAGED),
    ("unable to unpack", DAMAGED),
    ("unable to read tree", DAMAGED),
    ("bad object", DAMAGED),
    ("bad tree object", DAMAGED),
    ("Could not read", DAMAGED),
    ("No space left on device", FULL),
    ("Disk quota exceeded", FULL),
    ("File too large", FULL),
    ("SIGXFSZ", FULL),
    ("Permission denied", FORBIDDEN),
    ("insufficient permission", FORBIDDEN),
    ("Read-only file system", FORBIDDEN),
    (".lock': File exists", LOCKED),
)


def failure(verb: str, err: str, folder: str) -> Refused:
    """The refusal for a git process that failed: known causes in plain words, then what git said."""
    said = " ".join(
        line.strip() for line in err.splitlines() if line.strip() and not line.startswith("hint:")
    )
    said = said.removeprefix("fatal: ").removeprefix("error: ") or "it gave no reason"
    for mark, (rule, message, fix) in PLAIN:
        if mark in err:
            return refuse(
                rule,
                f"{message} Nothing was changed. (Git said: {said})",
                fix=f"{fix}, then run the same command again.",
                exit_code=Exit.OUTSIDE,
            )
    return refuse(
        "git-failed",
        f"Git could not do `{verb}` in {folder}: {said}",
        fix="Look at the reason given; nothing was changed, and the command can be run again.",
        exit_code=Exit.OUTSIDE,
    )
