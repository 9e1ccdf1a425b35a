"""The tools that the benches measure us against, in an environment of their own: build/peers.

What is installed is pinned with hashes in peers.lock. It is written again by
``uv pip compile --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11 FILE`` from a
file that names iddiff, weasyprint, pypandoc-binary and python-redlines[docxodus], each with its version.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

LOCK = Path(__file__).with_name("peers.lock")
HOME = Path(__file__).parents[1] / "build" / "peers"


def peer(name: str) -> Path:
    """A program of the peers' environment (``iddiff``, ``weasyprint``...) or its ``python``; installed when needed."""
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    stamp = HOME / ".ready"
    if not stamp.is_file() or stamp.read_text("utf-8") != wanted:
        venv.EnvBuilder(clear=True, with_pip=True).create(HOME)
        pip = [str(HOME / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install", "-q"]
        subprocess.run([*pip, "--require-hashes", "--no-deps", "-r", str(LOCK)], check=True)
        stamp.write_text(wanted, "utf-8")
    program = HOME / "bin" / name
    if not program.exists():
        raise SystemExit(f"{name} is not among the peers of {LOCK.name}")
    return program


def version(package: str) -> str:
    """The version that peers.lock pins."""
    for line in LOCK.read_text("utf-8").splitlines():
        found, _, rest = line.partition("==")
        if found == package:
            return rest.split()[0]
    raise SystemExit(f"{package} is not in {LOCK.name}")


if __name__ == "__main__":
    sys.stdout.write(f"{peer('python')}\n")
