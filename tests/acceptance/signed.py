"""A round in which Ana, the chair and the secretariat have keys on the list, and Lev has none."""

from __future__ import annotations

import atexit
import shutil
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from tests.acceptance.world import (
    ANA,
    CHO,
    EXPERTS,
    LEV,
    OPINION,
    REPORT,
    SAM,
    TEXT,
    Round,
    Told,
    bare_round,
    begin,
)
from tests.conftest import Repo
from tests.keys import KeyPair, new_key, signing_with

LIST = "process/experts.yaml"
CUT_1 = "2024-08-05T07:00:00Z"
NOW = "2024-09-03T10:00:00Z"


@dataclass(slots=True)
class SignedRound(Round):
    """A round in which everybody who has a key acts with it; ``keys`` by the name of the person."""

    keys: dict[str, KeyPair] = field(default_factory=dict)

    def does(self, who: str, now: str, *arguments: str, code: int = 0) -> Told:
        """A writing verb, signed with the key of who acts."""
        return self.does_with(self.keys.get(who), who, now, *arguments, code=code)

    def does_with(self, key: KeyPair | None, who: str, now: str, *arguments: str, code: int = 0) -> Told:
        """A writing verb of one person, on a machine that has this key."""
        with signing_with(key):
            return Round.does(self, who, now, *arguments, code=code)

    def lists(self, text: str) -> str:
        """The list of nominated experts reads like this from now on; the commit."""
        return self.repo.commit({LIST: text}, "List of nominated experts")

    def list(self) -> str:
        """How it reads."""
        return (self.path / LIST).read_text(encoding="utf-8")


def with_key(text: str, person: str, public: str, *, until: str = "") -> str:
    """A list of nominated experts in which the (one) entry of a person has a key, and the key has an end."""
    (line,) = [line for line in text.splitlines() if f"name: {person}" in line]
    days = 'from: "2024-07-01"' + (f', until: "{until}"' if until else "")
    kept = line.partition(", keys:")[0].rstrip("}")
    return text.replace(line, f'{kept}, keys: [{{key: "{public}", {days}}}]}}')


def signed_round(folder: Path) -> SignedRound:
    """The first draft is cut; contribution 1 went from Ana to the text, and number 2, by Lev, is open."""
    prepared, keys = _prepared()
    shutil.copytree(prepared, folder, symlinks=True)
    return SignedRound(Repo(folder), keys=dict(keys))


@cache
def _prepared() -> tuple[Path, dict[str, KeyPair]]:
    place = Path(mkdtemp(prefix="accord-signed-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    keys = {name: new_key(place, name.partition(" ")[0].lower()) for name in (ANA, CHO, SAM)}
    bare = bare_round(place / "text")
    round_ = SignedRound(bare.repo, keys=keys)
    round_.repo.git("rm", "--quiet", OPINION)
    round_.lists(_listed(keys))
    begin(round_, CUT_1)
    round_.does(SAM, CUT_1, "cut", "draft-1")
    shutil.rmtree(round_.path / "build")
    round_.does(
        SAM, "2024-08-05T08:00:00Z", "posted", "draft-1", "--at", "2024-08-05T08:00:00Z",
        "--url", "https://example.org/draft-1",
    )  # fmt: skip
    round_.proposes("outline", {OPINION: TEXT})
    round_.does(
        ANA, "2024-08-06T10:00:00Z", "submit", "outline", "--metadata",
        round_.metadata(kind="opinion-outline"),
    )  # fmt: skip
    round_.does(
        LEV, "2024-08-07T10:00:00Z", "position", "1", "object", "--for", "lyrania", "--reason", "too late"
    )
    round_.does(LEV, "2024-08-08T10:00:00Z", "withdraw", "1-o1", "--reason", "explained")
    round_.does(CHO, "2024-08-09T10:00:00Z", "call", "1", "--until", "2024-08-30")
    round_.proposes(
        "steps", {REPORT: f"{(round_.path / REPORT).read_text(encoding='utf-8')}\nOne more step.\n"}
    )
    round_.does(
        LEV, "2024-08-20T10:00:00Z", "submit", "steps", "--metadata", round_.metadata(source="Lyrania")
    )
    round_.does(CHO, "2024-09-01T10:00:00Z", "declare", "1", "agreed")
    round_.does(SAM, "2024-09-02T10:00:00Z", "incorporate", "1")
    return round_.path, keys


def _listed(keys: dict[str, KeyPair]) -> str:
    text = EXPERTS
    for name, key in keys.items():
        text = with_key(text, name, key.public)
    return text
