"""Bad input: a place, a rule, a way out, the right exit code; nothing changed, and never a traceback."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.world import (
    ANA,
    CHO,
    EXPERTS,
    IN_W1,
    LEV,
    OPINION,
    SAM,
    TEXT,
    Round,
    Told,
    accord,
    bare_round,
    first_window,
    rehearsal,
)

EVENING, NINE = "to open schools in the evening", "to open schools until nine"


def program(
    *arguments: str, cwd: Path, env: dict[str, str] | None = None, **options: Any
) -> subprocess.Popen[str]:
    """`accord` as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "accord", *arguments], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, env=os.environ | (env or {}), **options,
    )  # fmt: skip


def whole(told: Told) -> None:
    """Every finding says what is wrong and what to do."""
    assert told.data["findings"]
    assert all(f["rule"] and f["message"] and f["fix"] for f in told.data["findings"]), told.out


# --- the repository and the record --------------------------------------------------------------------------

EVERY = [
    ["now"], ["check"], ["status"], ["why", "1"], ["conflicts"], ["diff", "main", "main"],
    ["position", "1", "support", "--for", "lyrania"], ["call", "1", "--until", "2024-09-30"],
    ["incorporate", "1"], ["correct", "1", "--reason", "x"],
]  # fmt: skip


@pytest.mark.parametrize("command", EVERY, ids=lambda words: words[0])
def test_no_repository(tmp_path: Path, command: list[str]) -> None:
    """Says so, and where to go."""
    told = accord(*command, "--repo", str(tmp_path), "--format", "json")
    assert (told.code, told.rules) == (2, ["repository-missing"])
    whole(told)
    nowhere = accord(*command, "--repo", str(tmp_path / "nowhere"), "--format", "json")
    assert nowhere.code == 2
    whole(nowhere)


@pytest.mark.parametrize("command", EVERY[2:5] + EVERY[6:], ids=lambda words: words[0])
def test_no_record_yet(tmp_path: Path, command: list[str]) -> None:
    """What needs one says how it begins; what needs none answers."""
    round_ = bare_round(tmp_path / "r")
    before = round_.refs()
    told = accord(*command, "--repo", str(round_.path), "--format", "json")
    assert (told.code, told.rules) == (2, ["record-missing"])
    assert "accord submit" in told.data["findings"][0]["fix"]
    for free in (["now"], ["check"], ["diff", "main", "main"], ["status", "--experts"]):
        assert accord(*free, "--repo", str(round_.path)).code == 0
    assert round_.refs() == before


def test_a_repository_without_a_text(tmp_path: Path) -> None:
    """A folder under Git that is not one of ours."""
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(tmp_path / "r")], check=True)
    for command in (["now"], ["status"], ["submit", "--metadata", __file__]):
        told = accord(*command, "--repo", str(tmp_path / "r"), "--format", "json")
        assert told.code in {1, 2}
        whole(told)


def tamper(round_: Round, name: str, change: Callable[[str], str]) -> None:
    """Change a file on the branch of the record."""
    round_.repo.switch("record")
    file = round_.path / name
    file.write_text(change(file.read_text("utf-8")), "utf-8")
    round_.repo.git("commit", "--quiet", "-am", "Tampered")
    round_.repo.switch("main")


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("head.json", lambda text: text.replace('"format":1', '"format":2'), "newer"),
        ("head.json", lambda text: text[:20], "head.json"),
        ("head.json", lambda text: "[]", "head.json"),
        ("process/00/0000.jsonl", lambda text: text.replace("}\n", "\n", 1), "process/00/0000.jsonl"),
        ("process/00/0000.jsonl", lambda text: text.replace('"posted"', '"postponed"'), "postponed"),
        ("contributions/00/00/01/0000.jsonl", lambda text: text.replace('"seq":', '"sek":'), "contributions/00/00/01"),
        ("main/00/0000.jsonl", lambda text: "", "main"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", [["status"], ["status", "1"], ["position", "1", "support", "--for", "lyrania"]],
                         ids=lambda words: " ".join(words[:2]))  # fmt: skip
def test_a_damaged_or_newer_record(
    tmp_path: Path, name: str, change: Callable[[str], str], words: str, command: list[str]
) -> None:
    """Not a guess on half of it: the place, and what to do. A newer version is told from a damaged one."""
    round_ = first_window(tmp_path / "r")
    tamper(round_, name, change)
    before = round_.refs()
    who = ["--as", LEV] if command[0] == "position" else []
    told = accord(*command, *who, "--repo", str(round_.path), "--now", IN_W1, "--format", "json")
    assert told.code == (4 if words == "newer" else 1), told.out
    whole(told)
    assert any(f["place"] and f["place"]["file"] for f in told.data["findings"])
    assert words in told.out
    assert round_.refs() == before


# --- names ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["stauts"], "Did you mean `status`?"),
        (["frobnicate"], "`accord --help` lists the verbs."),
        (["status", "7"], "There is no contribution 7. They run from 1 to 1."),
        (["status", "99999999999999999999999999"], "They run from 1 to 1."),
        (["status", "acess"], "Did you mean `access`?"),
        (["diff", "main", "ours"], "Did you mean `hours`?"),
        (["diff", "draft-1", "draft-2"], "There is no branch or version `draft-1` here."),
        (["position", "1", "support", "--for", "Lyranja", "--as", LEV], "Did you mean `lyrania`?"),
        (["position", "1", "support", "--for", "lyranja", "--as", LEV], "Did you mean `lyrania`?"),
        (
            ["posted", "draft-22", "--at", "2024-08-05", "--url", "https://example.org", "--as", SAM],
            "`draft-2`?",
        ),
        (["position", "1", "supprt", "--for", "lyrania", "--as", LEV], "Did you mean `support`?"),
        (["submit", "ours", "--metadata", "METADATA", "--as", ANA], "Did you mean `hours`?"),
        (["check", "no-such-file.yaml"], "There is no file no-such-file.yaml."),
        (["now", "--now", "32 Brumaire"], "is not a moment"),
        (["now", "--repo"], "requires an argument"),
    ],
    ids=lambda value: " ".join(value[:3]) if isinstance(value, list) else "",
)
def test_a_name_that_nobody_knows(tmp_path: Path, command: list[str], words: str) -> None:
    """A mistake of the command line: exit 2, the nearest name, nothing changed."""
    round_ = first_window(tmp_path / "r")
    before = round_.refs()
    metadata = round_.metadata()
    given = [metadata if word == "METADATA" else word for word in command]
    extra = (
        []
        if "--now" in given or "--repo" in given or given[0] in {"stauts", "frobnicate"}
        else ["--now", IN_W1]
    )
    where = [] if "--repo" in given else ["--repo", str(round_.path)]
    told = accord(*given, *extra, *where)
    assert told.code == 2
    assert words in told.err
    assert told.out == ""
    assert round_.refs() == before


# --- descriptions -----------------------------------------------------------------------------------------------

SPARSE = 100 * 1024 * 1024


def sparse(path: Path) -> Path:
    """A file of 100 MB that takes no room and must not be read."""
    with path.open("wb") as stream:
        stream.truncate(SPARSE)
    return path


BROKEN: dict[str, tuple[bytes, str]] = {
    "no YAML": (b"title: [unclosed\nsource: {\n", "yaml-"),
    "a list": (b"- a\n- b\n", ""),
    "a word": (b"hello\n", ""),
    "nothing": (b"", ""),
    "a long number": (b"title: " + b"9" * 5000 + b"\n", ""),
    "many brackets": (b"title: " + b"[" * 10_000 + b"]" * 10_000 + b"\n", "yaml-"),
    "many unclosed brackets": (b"[" * 10_000, "yaml-"),
    "an anchor": (b"title: &a x\nsource: *a\n", "yaml-"),
    "a tag": (b"title: !!python/object/apply:os.system [ls]\n", "yaml-"),
    "the same key twice": (b"title: a\ntitle: b\n", "yaml-"),
    "no UTF-8": (b"title: caf\xe9\n", "yaml-"),
    "a zero byte": (b"title: a\x00b\n", "yaml-"),
    "a tab": (b"title:\n\t- a\n", "yaml-"),
    "two documents": (b"title: a\n---\ntitle: b\n", "yaml-"),
}


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize("suffix", [".yaml", ".md"])
def test_a_description_that_is_none(tmp_path: Path, kind: str, suffix: str) -> None:
    """`check` names it with its place; `submit` receives nothing it cannot read, or returns what it can."""
    round_ = rehearsal(tmp_path / "r")
    data, rule = BROKEN[kind]
    if suffix == ".md":
        data = b"# A contribution\n\n```yaml contribution\n" + data + b"\n```\n"
    file = tmp_path / f"description{suffix}"
    file.write_bytes(data)
    begun = time.monotonic()
    told = accord("check", str(file), "--repo", str(round_.path), "--now", IN_W1, "--format", "json")
    assert (told.code, bool(told.rules)) == (1, True)
    whole(told)
    assert any(one.startswith((rule, "description-", "text-")) for one in told.rules), told.rules
    assert all(
        f["place"] and f["place"]["file"].endswith(f"description{suffix}") for f in told.data["findings"]
    )
    before = round_.refs()
    handed = accord(
        "submit",
        "--metadata",
        str(file),
        "--repo",
        str(round_.path),
        "--now",
        IN_W1,
        "--as",
        ANA,
        "--format",
        "json",
    )
    assert handed.code == 1
    if handed.data.get("number"):
        assert handed.data["state"] == "returned", "readable, but not what the schema asks for"
        assert handed.data["events"][-1]["metadata"] is None
    else:
        assert round_.refs() == before
    assert len(handed.out) < 20_000, "a message quotes a little of what is wrong, not all of it"
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    "command",
    [
        ["check", "FILE"],
        ["submit", "--metadata", "FILE"],
        ["revise", "1", "--metadata", "FILE"],
        ["diff", "FILE", "FILE"],
    ],
    ids=lambda words: words[0],
)
def test_a_file_of_100_megabytes_is_not_read(tmp_path: Path, command: list[str]) -> None:
    """Its size is looked at before a byte of it: at once, with the limit in the message."""
    round_ = first_window(tmp_path / "r")
    file = sparse(tmp_path / "big.yaml")
    before = round_.refs()
    begun = time.monotonic()
    told = accord(
        *[str(file) if word == "FILE" else word for word in command],
        "--repo", str(round_.path), "--now", IN_W1, "--format", "json",
    )  # fmt: skip
    assert time.monotonic() - begun < 2
    assert (told.code, told.rules) == (1, ["file-size"])
    assert f"{SPARSE:,}" in told.data["findings"][0]["message"]
    assert told.data["findings"][0]["place"]["file"] == str(file)
    assert round_.refs() == before


@pytest.mark.parametrize("what", ["a folder", "a pipe", "a link to nowhere"])
def test_a_file_that_cannot_be_read(tmp_path: Path, what: str) -> None:
    """It is no plain file, or it is somebody else's; nothing hangs."""
    round_ = rehearsal(tmp_path / "r")
    file = tmp_path / "it.yaml"
    if what == "a folder":
        file.mkdir()
    elif what == "a pipe":
        os.mkfifo(file)
    else:
        file.symlink_to(tmp_path / "nowhere.yaml")
    told = accord("check", str(file), "--repo", str(round_.path), "--format", "json")
    assert (told.code, told.rules) == (2, ["file-missing"])
    whole(told)


@pytest.mark.parametrize("field", ["source", "title", "reasons", "cosigners"])
def test_an_address_in_a_description(tmp_path: Path, field: str) -> None:
    """Nobody's e-mail address comes into the record: it is named with its place, and nothing of it is kept."""
    round_ = rehearsal(tmp_path / "r")
    address = "ana" + "@" + "example.org"
    words = f"Write to {address} today"
    metadata = round_.metadata(**{field: f"[{words}]" if field == "cosigners" else words})
    checked = accord("check", metadata, "--repo", str(round_.path), "--now", IN_W1, "--format", "json")
    assert checked.code == 1
    whole(checked)
    assert field in checked.data["findings"][0]["place"]["path"]
    handed = round_.does(ANA, IN_W1, "submit", "--metadata", metadata, code=1)
    assert field in handed.out
    kept = round_.repo.git("log", "-p", "--all", "--format=%B")
    assert address not in kept
    assert str(tmp_path) not in kept, "no folder of the sender's either"


@pytest.mark.parametrize(
    "command",
    [
        ["position", "1", "object", "--for", "lyrania", "--as", LEV, "--reason", "ADDRESS"],
        ["dispose", "1", "noted", "--as", SAM, "--reason", "ADDRESS"],
        ["submit", "--metadata", "METADATA", "--as", "ADDRESS"],
        ["submit", "--metadata", "METADATA", "--as", SAM, "--channel", "letter", "--registry", "ADDRESS"],
    ],
    ids=lambda words: words[-2],
)
def test_an_address_anywhere_else(tmp_path: Path, command: list[str]) -> None:
    """In a reason, a name or a mark: refused with its place, nothing recorded."""
    round_ = first_window(tmp_path / "r")
    before = round_.refs()
    given = {"ADDRESS": "ask ana" + "@" + "example.org", "METADATA": round_.metadata()}
    told = accord(
        *[given.get(word, word) for word in command],
        "--repo",
        str(round_.path),
        "--now",
        IN_W1,
        "--format",
        "json",
    )
    assert (told.code, set(told.rules)) == (2, {"record-address"})
    whole(told)
    assert round_.refs() == before


# --- texts ------------------------------------------------------------------------------------------------------


def odd(round_: Round, kind: str) -> None:
    """A branch `odd` with something on it that does not come in."""
    repo = round_.repo
    repo.branch("odd")
    blob = repo.git("hash-object", "-w", "--stdin", stdin=TEXT)
    match kind:
        case "symlink":
            repo.git("update-index", "--add", "--cacheinfo", f"120000,{blob},opinions/link.md")
        case "submodule":
            repo.git(
                "update-index",
                "--add",
                "--cacheinfo",
                f"160000,{repo.git('rev-parse', 'HEAD')},opinions/other.md",
            )
        case "executable":
            repo.git("update-index", "--add", "--cacheinfo", f"100755,{blob},opinions/run.md")
        case "odd name":
            repo.git("update-index", "--add", "--cacheinfo", f"100644,{blob},opinions/what ever?.md")
        case "a name with a line break":
            repo.git("update-index", "--add", "--cacheinfo", f"100644,{blob},opinions/a\nb.md")
        case "outside":
            repo.git("update-index", "--add", "--cacheinfo", f"100644,{blob},notes.txt")
        case "process files":
            repo.git("update-index", "--add", "--cacheinfo", f"100644,{blob},process/experts.yaml")
        case "huge":
            big = repo.git("hash-object", "-w", "--stdin", stdin="word " * 2_000_000)
            repo.git("update-index", "--add", "--cacheinfo", f"100644,{big},opinions/big.md")
        case "bidi":
            text = repo.git(
                "hash-object", "-w", "--stdin", stdin=TEXT.replace("schools close", "schools \u202eclose")
            )
            repo.git("update-index", "--cacheinfo", f"100644,{text},{OPINION}")
        case "no UTF-8":
            text = repo.git(
                "hash-object", "-w", "--stdin", stdin=TEXT.encode().replace(b"schools", b"caf\xe9s", 1)
            )
            repo.git("update-index", "--cacheinfo", f"100644,{text},{OPINION}")
        case "binary":
            text = repo.git("hash-object", "-w", "--stdin", stdin=b"\x89PNG\r\n\x00\x01\x02")
            repo.git("update-index", "--cacheinfo", f"100644,{text},{OPINION}")
        case _:
            raise AssertionError(kind)
    repo.git("commit", "--quiet", "-m", "Odd")
    repo.git("switch", "--quiet", "--force", "main")


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("symlink", "path-symlink"),
        ("submodule", "path-submodule"),
        ("executable", "path-executable"),
        ("odd name", "path-name"),
        ("a name with a line break", "path-name"),
        ("outside", "path-outside"),
        ("process files", "path-process"),
        ("huge", "path-size"),
        ("bidi", "text-bidi"),
        ("no UTF-8", "text-encoding"),
        ("binary", "text-"),
    ],
)
def test_a_text_that_does_not_come_in_is_received_and_returned(tmp_path: Path, kind: str, rule: str) -> None:
    """With its place and its fix; the time of receipt is kept, and nothing of it is before the group."""
    round_ = rehearsal(tmp_path / "r")
    odd(round_, kind)
    told = round_.does(ANA, IN_W1, "submit", "odd", "--metadata", round_.metadata(), code=1)
    assert told.data["state"] == "returned"
    errors = [finding for finding in told.data["findings"] if finding["severity"] == "error"]
    assert errors[0]["rule"].startswith(rule)
    assert errors[0]["place"]["file"]
    assert errors[0]["fix"]
    assert "Its source corrects it" in told.data["next"]
    for command in (["status", "1"], ["check", "1"], ["why", "1"], ["conflicts"], ["status"]):
        assert round_.says(IN_W1, *command, code=None).code in {0, 1}
    assert round_.says(IN_W1, "diff", "1", code=None).code in {0, 1}
    assert round_.does(CHO, IN_W1, "call", "1", "--until", "2024-08-30", code=1).rules == [
        "contribution-not-open"
    ]


def test_a_text_on_main_that_is_no_utf8(tmp_path: Path) -> None:
    """Somebody put it there by hand: the file and the line, and the record stays as it was."""
    round_ = first_window(tmp_path / "r")
    round_.repo.commit({OPINION: TEXT.encode().replace(b"schools", b"caf\xe9s", 1)}, "By hand")
    before = round_.refs()
    told = round_.does(LEV, IN_W1, "position", "1", "support", "--for", "lyrania", code=1)
    assert told.rules == ["text-encoding"]
    assert (told.data["findings"][0]["place"]["file"], told.data["findings"][0]["place"]["line"]) == (
        OPINION,
        14,
    )
    assert round_.refs() == before


# --- process files ----------------------------------------------------------------------------------------------


def timetable(round_: Round, *changes: tuple[str, str]) -> str:
    """The timetable with other words, each there once."""
    text = (round_.path / "process/timetable.yaml").read_text("utf-8")
    for old, new in changes:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    return text


PROCESS: dict[str, tuple[str, Callable[[Round], str | bytes]]] = {
    "an entity twice": (
        "process/experts.yaml",
        lambda r: EXPERTS.replace("experts:\n", EXPERTS.splitlines()[2] + "\nexperts:\n", 1),
    ),
    "an expert twice": (
        "process/experts.yaml",
        lambda r: EXPERTS.replace("chairs:\n", EXPERTS.splitlines()[7] + "\nchairs:\n", 1),
    ),
    "an expert of nobody": (
        "process/experts.yaml",
        lambda r: EXPERTS.replace("entity: lyrania", "entity: lyranja"),
    ),
    "a reversed window": (
        "process/timetable.yaml",
        lambda r: timetable(r, ("opens: draft-2\n    closes: dl-2", "opens: dl-2\n    closes: draft-2")),
    ),
    "an overlapping window": (
        "process/timetable.yaml",
        lambda r: timetable(r, ('date: "2024-08-26"', 'date: "2024-11-10"')),
    ),
    "a deadline before its draft": (
        "process/timetable.yaml",
        lambda r: timetable(r, ('date: "2024-12-20"', 'date: "2024-10-20"')),
    ),
    "a day of no calendar": (
        "process/timetable.yaml",
        lambda r: timetable(r, ('date: "2024-08-26"', 'date: "2024-08-32"')),
    ),
    "an unknown zone": (
        "process/timetable.yaml",
        lambda r: timetable(r, ("Europe/Zurich", "Europe/Atlantis")),
    ),
    "no YAML": ("process/forum.yaml", lambda r: "version: [1\n"),
    "no UTF-8": ("process/forum.yaml", lambda r: b"name: caf\xe9\n"),
    "a newer version": (
        "process/consensus.yaml",
        lambda r: (
            (r.path / "process/consensus.yaml").read_text("utf-8").replace("version: 1", "version: 9", 1)
        ),
    ),
    "an unknown preset": (
        "process/consensus.yaml",
        lambda r: (r.path / "process/consensus.yaml").read_text("utf-8").replace("use: itu", "use: it", 1),
    ),
}


@pytest.mark.parametrize("kind", PROCESS)
def test_a_process_file_that_breaks_its_rules(tmp_path: Path, kind: str) -> None:
    """`check` names every problem with its line before it is on main; on main every act is refused."""
    round_ = first_window(tmp_path / "r")
    name, content = PROCESS[kind]
    round_.repo.write({name: content(round_)})
    told = accord("check", "--repo", str(round_.path), "--now", IN_W1, "--format", "json")
    assert told.code == 1
    whole(told)
    assert all(f["place"]["file"] == name and f["place"]["line"] for f in told.data["findings"])
    one = accord(
        "check", str(round_.path / name), "--repo", str(round_.path), "--now", IN_W1, "--format", "json"
    )
    assert one.rules == told.rules
    round_.repo.git("commit", "--quiet", "-am", "Broken")
    before = round_.refs()
    refused = round_.does(LEV, "2024-08-21T10:00:00Z", "position", "1", "support", "--for", "lyrania", code=1)
    assert refused.rules == [
        rule for rule, f in zip(told.rules, told.data["findings"], strict=True) if f["severity"] == "error"
    ]
    assert round_.refs() == before
    assert round_.says("2024-08-21T10:00:00Z", "status").code == 0, "what was recorded is still told"


# --- the machine ------------------------------------------------------------------------------------------------


def test_a_full_disk(tmp_path: Path) -> None:
    """Refused from outside in plain words; record, tags and files as they were; then the same command works."""
    round_ = first_window(tmp_path / "r")
    round_.repo.git("tag", "-a", "draft-1", "-m", "First Draft")
    before = round_.refs()

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (16, 16))

    command = ("position", "1", "support", "--for", "lyrania", "--as", LEV, "--now", "2024-08-21T10:00:00Z")
    process = program(*command, cwd=round_.path, preexec_fn=limit)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (4, "")
    assert "Traceback" not in err
    assert "→" in err
    assert round_.refs() == before
    round_.repo.git("fsck", "--strict")
    assert accord(*command, "--repo", str(round_.path)).code == 0


def test_a_killed_program_leaves_everything_whole(tmp_path: Path) -> None:
    """Killed at any moment: received whole with its number, or not at all; tags and files untouched."""
    round_ = rehearsal(tmp_path / "r")
    round_.repo.git("tag", "-a", "draft-1", "-m", "First Draft")
    tag = round_.repo.git("rev-parse", "draft-1")
    round_.rewords("hours", (EVENING, NINE))
    metadata = round_.metadata()
    chance = random.Random(2024)
    for _ in range(6):
        process = program(
            "submit",
            "hours",
            "--metadata",
            metadata,
            "--as",
            ANA,
            "--now",
            IN_W1,
            cwd=round_.path,
            start_new_session=True,
        )
        time.sleep(chance.uniform(0.15, 0.45))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=60)
        for lock in (round_.path / ".git").rglob("*.lock"):
            lock.unlink()  # as the message of Git advises
        status = accord("status", "--repo", str(round_.path), "--now", IN_W1, "--format", "json")
        assert status.code == 0
        numbers = [one["number"] for one in status.data["contributions"]]
        assert numbers == list(range(1, len(numbers) + 1))
        assert all(one["state"] == "open" for one in status.data["contributions"])
        heads = round_.repo.git("for-each-ref", "--format=%(refname)", "refs/contributions")
        assert heads.count("/head") == len(numbers)
    assert round_.repo.git("rev-parse", "draft-1") == tag
    assert round_.repo.git("status", "--porcelain") == ""
    round_.repo.git("fsck", "--strict")
    done = round_.does(ANA, IN_W1, "submit", "hours", "--metadata", metadata)
    assert done.data["number"] == len(numbers) + 1


def test_ctrl_c(tmp_path: Path) -> None:
    """While Git is at work: stopped, in a word, with the exit code of shells."""
    round_ = rehearsal(tmp_path / "r")
    slow = tmp_path / "bin"
    slow.mkdir()
    (slow / "git").write_text("#!/bin/sh\nsleep 20\n", "utf-8")
    (slow / "git").chmod(0o755)
    path = f"{slow}:{os.environ['PATH']}"
    process = program("status", cwd=round_.path, env={"PATH": path}, start_new_session=True)
    time.sleep(0.7)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out) == (130, "")
    assert err.strip() == "Stopped. It is safe to run the same command again."


def test_a_reader_that_goes_away(tmp_path: Path) -> None:
    """`accord status | head -1` is no error, and says nothing more."""
    round_ = first_window(tmp_path / "r")
    read, write = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "accord", "status", "--now", IN_W1],
        cwd=round_.path,
        stdout=write,
        stderr=subprocess.PIPE,
    )
    os.close(write)
    os.close(read)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    """The answer does not fit on a full device: refused from outside, said in a sentence."""
    round_ = first_window(tmp_path / "r")
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "accord", "status", "--now", IN_W1], cwd=round_.path, stdout=full,
            stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 4
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_redline_that_cannot_be_saved(tmp_path: Path) -> None:
    """A folder that is not there; the message names the file."""
    round_ = first_window(tmp_path / "r")
    where = str(tmp_path / "nowhere" / "redline.html")
    told = round_.says(IN_W1, "diff", "1", "-o", where, code=4)
    assert where in told.err


def test_a_bug_is_reported_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 3, with everything needed to report it; this is the only place where a traceback is shown."""
    from accord.cli.main import run

    def broken(*_: Any) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr("accord.application.calendar.now", broken)
    assert run(["now", "--repo", str(bare_round(tmp_path / "r").path)]) == 3
    err = capsys.readouterr().err
    assert "ZeroDivisionError: planted" in err
    assert "This is a bug in accord" in err
    assert "accord now --repo" in err
