"""`accord pack`: the papers of a meeting hold everything received, work offline, and come out the same twice."""

from __future__ import annotations

import hashlib
import io
import os
import posixpath
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from accord.application import packing
from accord.application.compiling import compilation_for
from accord.application.drafting import documents_of, draw
from accord.application.meeting_table import table_of
from accord.application.negotiating import agreed_revision, negotiation_of
from accord.cli.wiring import open_desk
from accord.domain.drafts.manifest import manifest_in
from accord.domain.findings import Refused
from accord.render.akn.files import akn_files
from accord.render.meeting.pages import count_lines
from accord.render.meeting.screen import screen_html
from tests.acceptance.rehearsed import Rehearsed, rehearse
from tests.acceptance.test_brackets import bracketed
from tests.acceptance.world import ANA, IN_W1, accord, bare_round, rehearsal
from tests.render.akn_reader import clauses, parsed

BEFORE = "2025-02-10T10:00:00Z"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", name="played")
def _played(tmp_path_factory: pytest.TempPathFactory) -> Rehearsed:
    """The story up to the third draft."""
    return rehearse(tmp_path_factory.mktemp("rehearsal"), "--until", "draft-3")


@dataclass(frozen=True)
class Pack:
    """What was told and what is in the file."""

    data: Mapping[str, Any]
    zipped: bytes
    files: Mapping[str, bytes]


@pytest.fixture(scope="module", name="pack")
def _pack(played: Rehearsed, tmp_path_factory: pytest.TempPathFactory) -> Pack:
    out = tmp_path_factory.mktemp("pack") / "ieg-2.zip"
    told = accord(
        "pack", "IEG-2", "-o", str(out), "--repo", str(played.folder), "--now", BEFORE, "--format", "json"
    )
    assert told.code == 0, told.err
    zipped = out.read_bytes()
    with zipfile.ZipFile(io.BytesIO(zipped)) as package:
        assert package.namelist()[0] == "index.html"
        return Pack(told.data, zipped, {name: package.read(name) for name in package.namelist()})


@pytest.fixture(name="files")
def _files(pack: Pack) -> Mapping[str, bytes]:
    return pack.files


def test_what_is_in_it(files: Mapping[str, bytes]) -> None:
    """Draft, compilation, screen, agenda, alternatives, objections, calendar; and the sums are right."""
    wanted = {
        "index.html", "meeting.html", "agenda.html", "negotiation.html", "conflicts.html", "objections.html",
        "calendar.ics", "SHA256SUMS", "draft-2/report.html", "draft-2/redline.html", "draft-2/manifest.json",
        "compilation-W2/compilation.html", "compilation-W2/compilation.xlsx",
    }  # fmt: skip
    assert wanted <= files.keys()
    lines = files["SHA256SUMS"].decode().splitlines()
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    assert sums == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "SHA256SUMS"
    }


def test_the_draft_is_the_one_that_was_cut(played: Rehearsed, files: Mapping[str, bytes]) -> None:
    """Byte for byte."""
    _, cut = documents_of(open_desk(str(played.folder), BEFORE, ""), "draft-2")
    assert {name: files[f"draft-2/{name}"] for name in cut} == cut


def test_it_works_without_a_network(files: Mapping[str, bytes]) -> None:
    """Every link leads to a file or a place that is there; nothing is loaded; only the screen has a script."""
    pages = {name: data.decode() for name, data in files.items() if name.endswith(".html")}
    for name, page in pages.items():
        assert not re.search(r"<(?:img|iframe|link|object|embed)\b|\ssrc=", page), name
        assert ("<script" in page) is (name == "meeting.html")
        for link in map(unescape, re.findall(r'<a[^>]*\shref="([^"]+)"', page)):
            if re.match(r"[a-z]+:", link):
                continue
            target, _, place = unquote(link).partition("#")
            there = posixpath.normpath(posixpath.join(posixpath.dirname(name), target)) if target else name
            assert there in files, (name, link)
            if place and there.endswith(".html"):
                assert f'id="{place}"' in pages[there], (name, link)


def test_everything_received_is_in_it(played: Rehearsed, pack: Pack) -> None:
    """R24. The numbers of the window, from the record; each on the screen, or named with its reason."""
    data, files = pack.data, pack.files
    revision = agreed_revision(open_desk(str(played.folder), BEFORE, ""))
    received = set(compilation_for(revision, "W2").numbers)
    assert set(data["windows"]["W2"]) == received
    shown, off = set(data["shown"]), set(data["off"])
    assert received <= shown | off
    assert not shown & off
    assert shown - received == set(data["carried"])
    screen, agenda, index = (files[name].decode() for name in ("meeting.html", "agenda.html", "index.html"))
    assert set(map(int, re.findall(r"[Cc]ontribution (\d+)", screen))) >= shown
    for number in off:
        assert f"<tr><td>{number}</td>" in agenda
    assert f"Received for W2 (draft-2): {len(received)}. On the screen: {len(shown & received)} (" in index


def test_a_letter_means_one_thing_in_the_room(played: Rehearsed) -> None:
    """The screen calls a reading as the negotiating text does, wherever that has a letter for it."""
    revision = agreed_revision(open_desk(str(played.folder), BEFORE, ""))
    view = negotiation_of(revision)
    timetable = revision.process.timetable.at(revision.moment)
    table = table_of(revision, timetable.event("ieg-2"), view)
    there = {
        (place.id, number): one.letter
        for place in view.places
        for one in place.alternatives
        for number in one.numbers
        if one.letter
    }
    here = {
        (leaf.id.partition("-")[2], one.input.number): one.letter
        for leaf in table.leaves
        for one in leaf.alternatives
        if len(leaf.alternatives) > 1
    }
    assert here
    assert here == {key: letter for key, letter in there.items() if key in here}


def test_where_contributions_meet_is_named_with_its_section(files: Mapping[str, bytes]) -> None:
    """A number alone would be that of any Opinion."""
    page = unescape(re.sub(r"</?bdi>", "", files["conflicts.html"].decode()))
    headings = re.findall(r"<h2>(.*?)</h2>", page)
    assert len(headings) == 3
    assert headings[0] == "Section 4: Bridging digital divides (invented example text): after 4.3"
    assert "Contributions 20 and 30 are alternatives." in page


def test_what_stands_in_the_way_is_on_the_screen(files: Mapping[str, bytes]) -> None:
    """An objection, what it needs, and a question that asks those who object first (C8)."""
    screen = files["meeting.html"].decode()
    leaf = screen[screen.index('id="whole-opinions-lighthouse-learning"') :].partition("</section>")[0]
    assert "14-o1" in leaf
    assert "an objection of experts nominated by Ostrania (invented) stands. Is it maintained?" in leaf
    assert "14-o1" in files["objections.html"].decode()


# meeting, moment → its windows, and what index.html says of one that is still open
MEETINGS = [
    ("ieg-1", "2024-09-10T10:00:00Z", ["W1"], ""),
    ("ieg-2", "2024-12-10T10:00:00Z", ["W2"], "the window is open until the end of Friday 20 December 2024"),
    ("ieg-2", "2024-12-20T22:59:59Z", ["W2"], "the window is open until the end of Friday 20 December 2024"),
    ("ieg-2", "2024-12-20T23:00:00Z", ["W2"], ""),
    ("ieg-3", BEFORE, ["W3"], "the window is open until the end of Monday 16 June 2025"),
    ("wtpf-26", BEFORE, ["forum"], "the window is open until the end of Tuesday 30 June 2026"),
]


@pytest.mark.parametrize(("meeting", "now", "windows", "so_far"), MEETINGS)
def test_each_meeting_has_its_windows(
    played: Rehearsed, meeting: str, now: str, windows: list[str], so_far: str
) -> None:
    """The ones of the drafts that it discusses; what can still come in is not forgotten."""
    revision = agreed_revision(open_desk(str(played.folder), now, ""))
    timetable = revision.process.timetable.at(revision.moment)
    table = table_of(revision, timetable.event(meeting), negotiation_of(revision))
    assert [one.window for one in table.windows] == windows
    said = " ".join(count_lines(table))
    assert (" so far; " in said) is bool(so_far)
    assert so_far in said


def test_a_bracket_in_the_text_has_a_page(tmp_path: Path) -> None:
    """Nothing was received about the clause; the screen shows it all the same, with what would lift the bracket."""
    round_ = bracketed(tmp_path / "r")
    revision = agreed_revision(open_desk(str(round_.path), "2024-10-07T08:00:00Z", ""))
    timetable = revision.process.timetable.at(revision.moment)
    table = table_of(revision, timetable.event("ieg-1"), negotiation_of(revision))
    leaf, opinion = table.leaves
    assert leaf.label == "invites Member States 1"
    assert [row.clause.text for row in leaf.current] == ["to open schools [in the evening] [until nine];"]
    assert len(leaf.brackets) == 2
    assert "brought by Arcadia (invented), contribution 1" in leaf.brackets[0]
    assert opinion.id == "opinion-access"
    assert [it.number for it in table.off] == [1]
    assert "Bracket in the text [until nine]" in unescape(screen_html(table))


@pytest.mark.parametrize(
    ("meeting", "said"),
    [
        ("ieg-2", "is agreed by the Informal Group of Experts. Only the Forum adopts it."),
        ("wtpf-26", "is adopted by the Forum."),
    ],
)
def test_the_experts_agree_and_the_forum_adopts(played: Rehearsed, meeting: str, said: str) -> None:
    """C9. The words that the chair reads out keep them apart."""
    revision = agreed_revision(open_desk(str(played.folder), BEFORE, ""))
    timetable = revision.process.timetable.at(revision.moment)
    table = table_of(revision, timetable.event(meeting), negotiation_of(revision))
    opinions = [leaf for leaf in table.leaves if leaf.id.startswith("opinion-") and leaf.readings]
    assert len(opinions) == 5
    for leaf in opinions:
        assert leaf.readings[0].answers[0][1].endswith(said)


def test_what_goes_together_is_said_once(tmp_path: Path) -> None:
    """Three that go together in pairs are one sentence. Letters are by number, what is put first is the farthest."""
    round_ = rehearsal(tmp_path / "r")
    said = "to open schools in the evening"
    # changed words of both texts: 3 of 15, 2 of 14, 2 of 12, 2 of 12
    wanted = [
        f"{said} and at night",
        f"at last {said}",
        said.replace("schools", "halls"),
        said.replace("schools", "libraries"),
    ]
    for place, new in enumerate(wanted, start=1):
        round_.rewords(f"w{place}", (said, new))
        round_.does(ANA, IN_W1, "submit", f"w{place}", "--metadata", round_.metadata())
    revision = agreed_revision(open_desk(str(round_.path), "2024-10-01T10:00:00Z", ""))
    timetable = revision.process.timetable.at(revision.moment)
    table = table_of(revision, timetable.event("ieg-1"), negotiation_of(revision))
    leaf = next(one for one in table.leaves if one.alternatives)
    assert [one.input.number for one in leaf.alternatives] == [1, 3, 4, 2]
    letters = {one.input.number: one.letter for one in leaf.alternatives}
    assert letters == {1: "A", 2: "B", 3: "C", 4: "D"}
    together = [line.partition(":")[0] for line in leaf.together]
    assert together == [
        "A, B and C go together",
        "A and D go together",
        "B and D go together",
        "C and D are alternatives",
    ]
    assert [reading.ask.split()[6] for reading in leaf.readings] == ["A,", "C,", "D,", "B,"]


def test_without_a_record_there_is_nothing_to_pack(tmp_path: Path) -> None:
    """It is said, and nothing is written."""
    round_ = bare_round(tmp_path / "r")
    told = accord("pack", "ieg-1", "-o", str(tmp_path / "x.zip"), "--repo", str(round_.path), "--now", BEFORE)
    assert told.code == 2
    assert "no record" in told.err
    assert not (tmp_path / "x.zip").exists()


def test_before_anything_came_in(tmp_path: Path) -> None:
    """A record without a contribution: empty lists, in words, and no draft yet but the text as it reads."""
    round_ = rehearsal(tmp_path / "r")
    out = tmp_path / "x.zip"
    told = accord(
        "pack", "ieg-1", "-o", str(out), "--repo", str(round_.path), "--now", "2024-08-06T10:00:00Z"
    )
    assert told.code == 0, told.err
    with zipfile.ZipFile(out) as package:
        assert "Received for W1 (draft-1): 0 so far" in package.read("index.html").decode()
        assert "No two contributions" in package.read("conflicts.html").decode()
        assert "None stands." in package.read("objections.html").decode()
        assert "draft-1/report.html" in package.namelist()


def test_an_unknown_meeting(played: Rehearsed, tmp_path: Path) -> None:
    """Those that there are, are named, and nothing is written."""
    told = accord(
        "pack", "ieg-9", "-o", str(tmp_path / "x.zip"), "--repo", str(played.folder), "--now", BEFORE
    )
    assert told.code == 2
    assert "ieg-1, ieg-2, ieg-3, ieg-4" in told.err
    assert not list(tmp_path.iterdir())


def test_a_pack_that_lost_something_is_refused(played: Rehearsed, monkeypatch: pytest.MonkeyPatch) -> None:
    """R24. A compilation without its public part, or a table without its leaves, is never handed out."""
    desk = open_desk(str(played.folder), BEFORE, "")

    def without(*_: Any) -> Any:
        made = compilation_for(agreed_revision(desk), "W2")
        return replace(made, parts=made.parts[:1])

    with monkeypatch.context() as patch:
        patch.setattr(packing, "compilation_for", without)
        with pytest.raises(Refused, match="missing 30, 31"):
            packing.pack(desk, "ieg-2")

    def fewer(*given: Any) -> Any:
        table = table_of(*given)
        return replace(table, leaves=table.leaves[1:])

    with monkeypatch.context() as patch:
        patch.setattr(packing, "table_of", fewer)
        with pytest.raises(Refused, match="missing 29, 31"):
            packing.pack(desk, "ieg-2")


def test_the_same_bytes_on_another_machine(played: Rehearsed, pack: Pack, tmp_path: Path) -> None:
    """Another time zone, language, file mask and order of sets."""
    environment = {**os.environ, "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    subprocess.run(
        [sys.executable, "-c", "import os; os.umask(0o77); from accord.cli.main import main; main()",
         "pack", "ieg-2", "-o", str(tmp_path / "two.zip"), "--repo", str(played.folder), "--now", BEFORE],
        env=environment, check=True, capture_output=True, cwd=ROOT,
    )  # fmt: skip
    with zipfile.ZipFile(tmp_path / "two.zip") as other:
        assert [name for name in other.namelist() if other.read(name) != pack.files.get(name)] == []
    assert (tmp_path / "two.zip").read_bytes() == pack.zipped


def test_the_report_and_the_opinions_as_akoma_ntoso(played: Rehearsed) -> None:
    """Valid, each clause with the permanent id that the draft's manifest gives it."""
    desk = open_desk(str(played.folder), "2025-04-02T10:00:00Z", "")
    tag = desk.repository.read_tag("draft-3")
    assert tag is not None
    manifest = manifest_in(tag.message)
    sheet = draw(desk, "draft-3", manifest.commit, manifest.record, "").sheet
    files = akn_files(sheet)
    assert set(files) == {"report.akn.xml", *(f"opinion-{one.name}.akn.xml" for one in sheet.annex)}
    assert len(files) == 6
    found = {id_ for data in files.values() for id_, _ in clauses(parsed(data))}
    kept = {row.id for row in manifest.clauses}
    assert found <= kept
    front = {
        id_
        for document in (*sheet.report, *(one.document for one in sheet.annex))
        for id_, clause in zip(sheet.ids[document.path], document.clauses, strict=True)
        if clause.kind.value == "front"
    }
    assert kept - found == front
