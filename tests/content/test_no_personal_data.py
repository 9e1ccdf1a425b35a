"""No e-mail address and no telephone number stands anywhere in the tree."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b", re.IGNORECASE)
# An international number: a plus sign, then eight to fifteen digits, possibly in groups.
TELEPHONE = re.compile(r"(?<![\w+])\+\d(?:[ ./()-]{0,2}\d){7,14}(?!\w)")
# Names that the standards set aside for examples lead to nobody; Git needs some address in a scratch repository.
RESERVED = re.compile(
    r"@(?:[\w-]+\.)*(?:invalid|example|test|localhost|example\.(?:com|org|net))$", re.IGNORECASE
)
# Names of key algorithms that OpenSSH writes like addresses.
ALGORITHM = re.compile(r"^(?:sk-)?(?:ssh|ecdsa|rsa)[\w-]*@openssh\.com$")
# These are made by others and checked by digest; the licence is a fixed text.
MADE_ELSEWHERE = {"requirements.lock", "LICENSE"}


def found(text: str) -> list[str]:
    """Every address or number in a text that could lead to a person."""
    addresses = [hit for hit in ADDRESS.findall(text) if not (RESERVED.search(hit) or ALGORITHM.match(hit))]
    return addresses + TELEPHONE.findall(text)


def own_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    paths = [ROOT / name for name in listed.split("\0") if name and name not in MADE_ELSEWHERE]
    return [path for path in paths if path.is_file() and not path.is_symlink()]


def test_the_detector_knows_addresses_and_numbers() -> None:
    """What it must find, written so that this file itself stays clean."""
    at, plus = "@", "+"
    assert found(f"write to jane.doe{at}arcadia.gov today") == [f"jane.doe{at}arcadia.gov"]
    assert found(f"call {plus}41 22 555 01 02 now") == [f"{plus}41 22 555 01 02"]
    assert found(f"call {plus}41225550102") == [f"{plus}41225550102"]


def test_the_detector_leaves_times_references_and_reserved_names_alone() -> None:
    """What looks alike and leads to nobody."""
    assert found("2024-12-20T23:59:59+01:00 and CL-24/44, S24-WTPF26PREP-R-0003") == []
    assert found("@pytest.mark.parametrize and name@arcadia.invalid") == []
    assert found("sk-ssh-ed25519@openssh.com") == []


def test_no_file_holds_an_address_or_a_telephone_number() -> None:
    """Git cannot forget, so nothing personal may come in."""
    hits = {}
    for path in own_files():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:  # deliberately broken examples
            text = path.read_bytes().decode("latin-1")
        if problems := found(text):
            hits[str(path.relative_to(ROOT))] = problems
    assert hits == {}
