"""`accord compile`: every contribution of a window stands in it once it was received, and no other; wherever it is."""

from __future__ import annotations

import csv
import io
import os
import shutil
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from accord.cli.wiring import open_desk
from accord.domain.findings import Exit, Refused
from tests.acceptance.rehearsed import Rehearsed, rehearse
from tests.acceptance.world import (
    ANA,
    IN_W1,
    IN_W2,
    LEV,
    OPINION,
    SAM,
    TEXT,
    Round,
    accord,
    rehearsal,
    scratch,
)
from tests.conftest import Repo

GOLDEN = Path(__file__).parent / "golden_compilation"
AFTER_W1 = "2024-08-28T10:00:00Z"
EVENING = "to open schools in the evening"


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Rehearsed:
    """A rehearsal up to the third draft, played once: W1 and W2 are over."""
    return rehearse(tmp_path_factory.mktemp("compiled"), "--until", "draft-3")


def compiled(folder: Path, window: str, now: str) -> list[dict[str, object]]:
    """The rows of a compilation."""
    told = accord("compile", window, "--repo", str(folder), "--now", now, "--format", "json")
    assert told.code == 0, told.err
    rows = told.data["rows"]
    assert isinstance(rows, list)
    assert {row["contribution"] for row in rows} == {one["number"] for one in told.data["contributions"]}
    return rows


def numbers(rows: list[dict[str, object]]) -> set[int]:
    """The contributions that have a row."""
    return {int(str(row["contribution"])) for row in rows}


MOMENTS = [
    "2024-08-04T00:00:00Z",
    "2024-08-15T12:00:00Z",
    "2024-08-26T21:59:59Z",
    "2024-08-26T22:00:00Z",
    "2024-10-08T12:00:00Z",
    "2024-11-18T10:00:00Z",
    "2024-11-18T15:30:00Z",
    "2024-12-01T00:00:00Z",
    "2025-01-10T00:00:00Z",
    "2025-03-31T08:00:00Z",
]


@pytest.mark.parametrize("moment", MOMENTS)
def test_at_any_moment_each_contribution_received_stands_in_one_compilation(
    played: Rehearsed, moment: str
) -> None:
    """The windows share out what the record has by then: nothing is lost, nothing is there twice."""
    from accord.application.cases import Cases

    desk = open_desk(str(played.folder), moment, "")
    known = {case.number for case in Cases(desk.chronicle(), desk.now).all()}

    found = {w: numbers(compiled(played.folder, w, moment)) for w in ("W1", "W2", "W3", "W4", "forum")}

    assert set().union(*found.values()) == known
    assert sum(map(len, found.values())) == len(known)


def test_the_head_counts_what_the_parts_hold(played: Rehearsed) -> None:
    """26 of W2: each in one part, the public apart, and what never came before the group is counted too."""
    told = accord("compile", "W2", "--repo", str(played.folder), "--now", MOMENTS[-1], "--format", "json")

    assert told.data["counted"] == [
        "26 contributions received in W2: 10 proposals, 9 views, 7 from the public consultation.",
        "Of these: 2 held for the secretariat, 1 withdrawn.",
        "Beside them: 1 text by the secretariat.",
    ]
    by_part: dict[str, set[int]] = {}
    for row in told.data["rows"]:
        by_part.setdefault(row["part"], set()).add(row["contribution"])
    assert {part: len(found) for part, found in by_part.items()} == {
        "membership": 19,
        "public": 7,
        "secretariat": 1,
    }
    assert by_part["public"] == {30, 31, 32, 33, 34, 35, 36}


@pytest.mark.parametrize(
    ("name", "options"),
    [("W1.md", ("--as", "markdown")), ("W1-iso.csv", ("--as", "csv", "--columns", "iso"))],
)
def test_the_compilation_of_the_first_window_reads_so(
    played: Rehearsed, name: str, options: tuple[str, ...]
) -> None:
    """As people read it; ``ACCORD_WRITE_GOLDEN=1`` writes it again."""
    told = accord("compile", "W1", *options, "--repo", str(played.folder), "--now", "2024-10-08T12:00:00Z")

    if os.environ.get("ACCORD_WRITE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        (GOLDEN / name).write_text(told.out, encoding="utf-8", newline="")
    assert told.code == 0
    assert told.out == (GOLDEN / name).read_bytes().decode("utf-8")


def test_every_form_holds_every_contribution_and_is_the_same_to_the_byte(
    played: Rehearsed, tmp_path: Path
) -> None:
    """Written twice, in another zone: one folder like the other; a workbook of strings that agrees with the table."""
    here = ["compile", "W2", "--repo", str(played.folder), "--now", MOMENTS[-1], "-o"]
    assert accord(*here, str(tmp_path / "a")).code == 0
    zone = os.environ.get("TZ")
    os.environ["TZ"] = "Pacific/Auckland"
    try:
        assert accord(*here, str(tmp_path / "b")).code == 0
    finally:
        os.environ.pop("TZ")
        if zone is not None:
            os.environ["TZ"] = zone
    files = {one.name: one.read_bytes() for one in (tmp_path / "a").iterdir()}
    assert files == {one.name: one.read_bytes() for one in (tmp_path / "b").iterdir()}
    assert sorted(files) == [
        "SHA256SUMS",
        *(f"compilation.{ending}" for ending in ("csv", "docx", "html", "md", "xlsx")),
    ]

    table = list(csv.reader(io.StringIO(files["compilation.csv"].decode("utf-8-sig"), newline="")))
    wanted = {int(row[6]) for row in table[1:]}
    assert wanted == set(range(14, 41))
    book = openpyxl.load_workbook(io.BytesIO(files["compilation.xlsx"]))
    assert book.sheetnames == [
        "About",
        "Index",
        "Contributions",
        "Public consultation",
        "Texts by the secretariat",
    ]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(cell.value is None for cell in cells if cell.data_type == "n")
    for name in book.sheetnames[2:]:
        sheet = book[name]
        assert sheet.freeze_panes == "C2"
        assert sheet.print_title_rows == "$1:$1"
    rows = [row for name in book.sheetnames[2:] for row in book[name].iter_rows(min_row=2, values_only=True)]
    assert {int(str(row[5])) for row in rows} == wanted
    for ending in ("html", "md"):
        text = files[f"compilation.{ending}"].decode("utf-8")
        assert all(f"contribution-{n}" in text or f"**{n}. " in text for n in wanted)


def test_it_can_be_asked_in_other_words(played: Rehearsed, tmp_path: Path) -> None:
    """A file by its ending, a small letter; refused: an unknown window, a form for no terminal, a folder of others."""
    here = ["--repo", str(played.folder), "--now", MOMENTS[-1]]
    target = tmp_path / "table.csv"

    assert accord("compile", "w2", "-o", str(target), *here).code == 0
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    assert accord("compile", "W2", "-o", str(target), "--as", "html", *here).code == 2
    assert accord("compile", "W2", "--as", "docx", *here).code == 2
    unknown = accord("compile", "W9", *here)
    assert unknown.code == 2
    assert "Its windows are: W1, W2, W3, W4, forum." in unknown.err
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    assert accord("compile", "W2", "-o", str(tmp_path / "mine"), *here).code == 1
    one = accord("compile", "W2", "-o", str(tmp_path / "one"), "--as", "xlsx", *here)
    assert one.code == 0
    assert {file.name for file in (tmp_path / "one").iterdir()} == {"SHA256SUMS", "compilation.xlsx"}
    future = accord("compile", "W4", *here)
    assert "W4 has not begun." in future.out
    assert "Carried over from earlier windows, and in their compilations: 17." in future.out


@cache
def _gathered() -> Path:
    """A window in which contributions of every fate came in."""
    folder = scratch()
    round_ = rehearsal(folder)

    def sends(who: str, branch: str, now: str = IN_W1, code: int = 0, **changes: str | None) -> None:
        words = [branch] if branch else []
        round_.does(who, now, "submit", *words, "--metadata", round_.metadata(**changes), code=code)

    round_.rewords("hours", (EVENING, "to open schools until nine"))
    sends(ANA, "hours", title="Until nine")  # 1
    round_.rewords("commas", ("lighthouses have power", "lighthouses, have power"))
    sends(LEV, "commas", title="A comma", source="Lyrania")  # 2
    round_.rewords(
        "added", ("to share what they learn from it.", "to share what they learn from it;\n3. to rest.")
    )
    sends(ANA, "added", title="A day of rest")  # 3
    round_.rewords("gone", ("2. that schools close in the afternoon;\n3. ", "2. "))
    sends(LEV, "gone", title="Schools close when they close", source="Lyrania")  # 4
    sends(ANA, "", title="On hours", clauses="['access: invites Member States 1']", opinion="access")  # 5
    sends(ANA, "", title="We support the Opinion as it stands", opinion="access", reasons="Good.")  # 6
    sends(ANA, "", title="On everything", clauses="[general]")  # 7
    round_.rewords("secret", ("that people learn", "that Ana Example of 1 Example Street learns"))
    sends(ANA, "secret", title="A person")  # 8
    round_.does(SAM, IN_W1, "redact", "8", "--ground", "personal data", "--reason", "Asked by its author.")
    round_.proposes("outside", {"notes.txt": "for ourselves", OPINION: TEXT.replace("share", "split")})
    sends(ANA, "outside", code=1, title="Outside")  # 9
    sends(ANA, "", title="Taken back")  # 10
    round_.does(ANA, IN_W1, "withdraw", "10", "--reason", "Overtaken.")
    sends(ANA, "", now=AFTER_W1, code=1, title="Late")  # 11
    round_.does(SAM, AFTER_W1, "admit", "11", "--reason", "The post was slow.")
    sends(ANA, "", title="Names what is not there", clauses="['9.9']", code=0)  # 12
    sends(LEV, "", title="A view", source="Example University", category="academia")  # 13
    sends(ANA, "", code=1, title="A description without reasons", reasons=None)  # 14
    return folder


@pytest.fixture(name="gathered")
def _copy(tmp_path: Path) -> Round:
    """A copy of it."""
    shutil.copytree(_gathered(), tmp_path / "r", symlinks=True)
    return Round(Repo(tmp_path / "r"))


def test_each_stands_where_it_belongs(gathered: Round) -> None:
    """Under its clause, after the one it follows, or under the whole; also what cannot be shown."""
    rows = compiled(gathered.path, "W1", AFTER_W1)
    where = {(row["contribution"], row["place"], row["symbol"], row["type"]) for row in rows}

    assert where == {
        (1, "invites Member States 1", "MOD", "te"),
        (2, "considering a)", "(MOD)", "ed"),
        (3, "invites Member States 2", "(MOD)", "ed"),
        (3, "After invites Member States 2", "ADD", "te"),
        (4, "considering b)", "SUP", "te"),
        (5, "invites Member States 1", "OTHER", "te"),
        (6, "The Opinion as a whole", "NOC", "ge"),
        (7, "The draft as a whole", "OTHER", "ge"),
        (8, "considering c)", "MOD", "te"),
        (9, "invites Member States 2", "MOD", "te"),
        (10, "The draft as a whole", "OTHER", "ge"),
        (11, "The draft as a whole", "OTHER", "ge"),
        (12, "The draft as a whole", "OTHER", "ge"),
        (13, "The draft as a whole", "OTHER", "ge"),
        (14, "The draft as a whole", "OTHER", "ge"),
    }
    places = list(dict.fromkeys(str(row["place"]) for row in rows))
    assert places == [
        "The draft as a whole",
        "The Opinion as a whole",
        "considering a)",
        "considering b)",
        "considering c)",
        "invites Member States 1",
        "invites Member States 2",
        "After invites Member States 2",
    ]


def test_what_became_of_each_is_said_and_a_redacted_text_is_not(gathered: Round) -> None:
    """Held, returned, withdrawn, admitted, redacted: each says so in the table."""
    told = gathered.says(AFTER_W1, "compile", "W1", "--as", "markdown")

    for said in (
        "Its text was taken out of reach (personal data).",
        "Admitted: The post was slow.",
        "withdrawn: Overtaken.",
        "It names 9.9, which this draft does not have.",
        "returned for correction: Next: Its source corrects it:",
    ):
        assert said in told.out, said
    assert "1 Example Street" not in told.out
    assert (
        "14 contributions received in W1: 12 proposals, 1 view, 1 whose class could not be derived."
        in told.out
    )
    assert "Of these: 2 returned for correction, 1 withdrawn, 1 taken out of reach." in told.out


def test_a_compilation_that_lost_one_is_not_written(gathered: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    """The count is checked against the record, not against itself."""
    from accord.application.compiling import compilation_for
    from accord.application.compiling_places import Ground
    from accord.application.revision import Revision

    desk = open_desk(str(gathered.path), AFTER_W1, "")
    revision = Revision(desk, desk.main(), desk.chronicle(), desk.now)
    whole = Ground.places
    monkeypatch.setattr(Ground, "places", lambda self, case: () if case.number == 7 else whole(self, case))

    with pytest.raises(Refused) as refused:
        compilation_for(revision, "W1")

    assert refused.value.exit_code is Exit.BUG
    assert "missing 7" in refused.value.findings[0].message


def test_one_returned_and_handed_in_again_keeps_its_window(gathered: Round) -> None:
    """A later version is the same contribution: it is shown as it reads now, once, where it came in."""
    gathered.rewords("hours", ("to open schools until nine", "to open schools until ten"))
    gathered.does(ANA, AFTER_W1, "revise", "1", "hours", code=1)

    assert {row["symbol"] for row in compiled(gathered.path, "W1", AFTER_W1) if row["contribution"] == 1} == {
        "MOD"
    }
    assert 1 not in numbers(compiled(gathered.path, "W2", IN_W2))
