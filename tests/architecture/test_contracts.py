"""The layers and the purity of the core are checked by a tool, and the tool is seen to bite."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PLANTED = [
    (
        "domain/agreement/verdict.py",
        "import subprocess",
        "Domain, render and application touch nothing outside",
    ),
    ("domain/findings.py", "from accord.application import desk", "Layers point downward"),
    ("render/messages/states.py", "import os", "Domain, render and application touch nothing outside"),
    ("application/desk.py", "import accord.adapters.git", "Layers point downward"),
    ("application/cases.py", "import jsonschema", "Domain, render and application touch nothing outside"),
    ("adapters/record/store.py", "import accord.cli.main", "Layers point downward"),
    ("adapters/yaml.py", "import subprocess", "Only the adapters of git and ssh-keygen run programs"),
    ("cli/ask.py", "import subprocess", "Only the adapters of git and ssh-keygen run programs"),
    ("cli/ask.py", "import accord.adapters.git", "Only the wiring names adapters"),
]


@pytest.fixture(name="copy")
def _copy(tmp_path: Path) -> Path:
    """The source and its configuration, to plant a violation in."""
    shutil.copytree(
        ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def linted(root: Path) -> subprocess.CompletedProcess[str]:
    """Run the checker on a copy, on that copy's source and nothing else."""
    # -S keeps the installed project off the path, so that the copy is what is read.
    code = (
        "import sys; sys.path[:0] = ['tools', *sys.argv.pop().split(':')]; "
        "from importlinter.cli import lint_imports_command; lint_imports_command(['--no-cache'])"
    )
    packages = ":".join(path for path in sys.path if path.endswith("site-packages"))
    return subprocess.run(
        [sys.executable, "-S", "-c", code, packages], cwd=root, capture_output=True, text=True, check=False
    )


def test_the_source_keeps_its_contracts(copy: Path) -> None:
    """Every contract of pyproject.toml holds as the source stands."""
    result = linted(copy)
    assert result.returncode == 0, result.stdout
    assert "0 broken" in result.stdout


@pytest.mark.parametrize(("module", "line", "contract"), PLANTED, ids=[f"{m}: {i}" for m, i, _ in PLANTED])
def test_a_planted_violation_breaks_the_right_contract(
    copy: Path, module: str, line: str, contract: str
) -> None:
    """Each kind of wrong import is found and named."""
    path = copy / "tools" / "accord" / module
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("from __future__ import annotations\n", f"from __future__ import annotations\n{line}\n")
    )

    result = linted(copy)

    assert result.returncode == 1, result.stdout
    assert f"{contract} BROKEN" in result.stdout


def test_the_contracts_name_every_module_they_are_about() -> None:
    """A new module of the command line or of the adapters cannot be forgotten."""
    contracts = {
        one["name"]: set(one.get("source_modules", ()))
        for one in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
            "contracts"
        ]
    }
    source = ROOT / "tools" / "accord"
    verbs = {f"accord.cli.{path.stem}" for path in (source / "cli").glob("*.py")}
    adapters = {f"accord.adapters.{path.stem}" for path in (source / "adapters").glob("*.py")}

    assert contracts["Only the wiring names adapters"] == verbs - {"accord.cli.__init__", "accord.cli.wiring"}
    runners = {"accord.adapters.__init__", "accord.adapters.ssh"}
    assert contracts["Only the adapters of git and ssh-keygen run programs"] >= adapters - runners
