"""The screen of a meeting: the order of alternatives, what is read out, and a page that turns by keys in a browser."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from accord.render.meeting.distance import Reach, distance
from accord.render.meeting.pages import agenda_html, conflicts_html, index_html, objections_html
from accord.render.meeting.reading import heard, put
from accord.render.meeting.screen import screen_html
from accord.render.meeting.script import SCRIPT, script_hash
from tests.render.meetings import OLD, WORDS, given, rows, table

# what is proposed, how far it reaches, words changed, words of both texts
DISTANCES = [
    ("# Why\n", Reach.GONE, 5, 5),
    (OLD + "\nAnd in the morning somebody comes.\n", Reach.NEW, 6, 6),
    (OLD.replace("oil all night", "little"), Reach.WORDS, 4, 8),
    (OLD.replace("oil", "*oil*"), Reach.FORM, 0, 10),
    (OLD.replace("night", "day"), Reach.WORDS, 2, 10),
    (OLD.replace("night.", "night!"), Reach.FORM, 0, 10),
    (OLD + "\nA.\n", Reach.NEW, 1, 1),
]


@pytest.mark.parametrize(("new", "reach", "changed", "words"), DISTANCES)
def test_how_far_a_proposal_is(new: str, reach: Reach, changed: int, words: int) -> None:
    """Reckoned from words, and said with the numbers it was reckoned from."""
    found = distance(rows(new))
    assert (found.reach, found.changed, found.words) == (reach, changed, words)


def test_the_farthest_comes_first() -> None:
    """Away, new text (the longer first), the larger part of the words, and what changes no word last."""
    order = [text for text, *_ in sorted(DISTANCES, key=lambda row: distance(rows(row[0])).key)]
    assert order[:5] == [DISTANCES[0][0], DISTANCES[1][0], DISTANCES[6][0], DISTANCES[2][0], DISTANCES[4][0]]
    assert set(order[5:]) == {DISTANCES[3][0], DISTANCES[5][0]}
    assert distance(rows(DISTANCES[4][0])).said == "changes 2 of 10 words (removed and added, of both texts)"


# opposed by, gated → how the question begins, and every way the room may answer
QUESTIONS = [
    ((), True, "Is there any objection to alternative A", ["If nobody speaks up", "If somebody objects"]),
    (("Lyrania",), True, "To alternative A", ["If it is maintained", "If it is withdrawn"]),
    ((), False, "Does anybody wish to speak on alternative A", ["If nobody speaks up"]),
]


@pytest.mark.parametrize(("opposed", "gated", "begins", "answers"), QUESTIONS)
def test_what_the_chair_reads_out(
    opposed: tuple[str, ...], gated: bool, begins: str, answers: list[str]
) -> None:
    """In the forum's words; nothing is called agreed while an objection is maintained (C8), nor is the Report (C1)."""
    found = put("alternative A", WORDS, opposed) if gated else heard("alternative A")
    assert found.ask.startswith(begins)
    assert [when for when, _ in found.answers] == answers
    agreed = {when for when, words in found.answers if "is agreed by the Example Group" in words}
    assert agreed == ({"If it is withdrawn"} if opposed else {"If nobody speaks up"} if gated else set())


class _Reader(HTMLParser):
    """What a page is made of: ids, links, and whatever would load or run something."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if tag == "a" else []
        self.loaded += [
            name for name in values if name in {"src", "srcset", "data", "action"} or name[:2] == "on"
        ]
        assert tag not in {"img", "iframe", "link", "object", "form", "base"}, tag


def read(page: str) -> _Reader:
    """A page, read."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader


def test_a_page_for_each_place() -> None:
    """Each has its address; each link leads to one; contents first."""
    page = screen_html(table())
    found = read(page)
    leaves = re.findall(r'<section class="leaf[^"]*" id="([^"]+)"', page)
    assert leaves == ["contents", "whole-draft", "clause-c-1", "opinion-lamps"]
    assert len(set(found.ids)) == len(found.ids)
    assert {link[1:] for link in found.links if link.startswith("#")} == set(leaves)
    assert [link for link in found.links if not link.startswith("#")] == ["https://example.org"]
    for said in (
        "Unofficial working aid.",
        "Rehearsal:",
        "4-o1, experts nominated by Lyrania",
        "Statement: ",
    ):
        assert said in page


def test_only_its_own_script_may_run() -> None:
    """The policy names the one script by its hash; nothing is loaded."""
    page = screen_html(table())
    assert f"script-src '{script_hash(SCRIPT)}'" in page
    assert page.count("<script>") == 1
    assert f"<script>{SCRIPT}</script>" in page
    assert not read(page).loaded


HOSTILE = st.text(
    alphabet=st.sampled_from(list("ab <>&\"'=/\\{}`\n\u202e\u2066\x00:;#%漢")), min_size=1, max_size=40
)


@settings(max_examples=60, deadline=None)
@drawn(HOSTILE, HOSTILE)
def test_nothing_that_was_written_becomes_a_tag(title: str, words: str) -> None:
    """The tags of every page are the same whatever contributors write; signs that steer a reader are shown."""
    for draw in (screen_html, agenda_html, objections_html, conflicts_html, lambda one: index_html(one, [])):
        tags = [tag for tag in read(draw(table(title, words))).tags if tag != "p"]
        assert tags == [tag for tag in read(draw(table())).tags if tag != "p"]
        assert not {"\u202e", "\u2066", "\x00"} & set(draw(table(title, words)))


def test_the_counts_add_up() -> None:
    """R24. What is on the screen and what is not make up what was received; an open window says so far."""
    page = unescape(index_html(table(), [("meeting.html", "the screen")]))
    assert "Received for W2 (draft-2): 4. On the screen: 3 (4, 5, 7)." in page
    assert "each with its reason: 1 (6)" in page
    still = table(windows=(replace(table().windows[0], still_open=True),))
    assert "4 so far; the window is open until the end of Friday" in index_html(still, [])


def test_what_is_off_the_table_says_why() -> None:
    """It is listed beside the agenda."""
    page = agenda_html(table(off=(given(6, "Gone", disposition="withdrawn", reason="nobody needed it"),)))
    assert "nobody needed it" in page
    assert page.index("Gone") > page.index("No longer, or not yet, before the group")


# --- in a browser -------------------------------------------------------------------------------------------------

BROWSER = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=4000")
HARNESS = """
<script>
(function () {
  var log = [];
  function state(name) {
    var shown = Array.prototype.filter.call(document.querySelectorAll("section.leaf"), function (leaf) {
      return getComputedStyle(leaf).display !== "none";
    });
    log.push([name, shown.map(function (leaf) { return leaf.id; }).join(" "), window.location.hash,
      document.activeElement.id, document.getElementById("told").textContent]);
  }
  var steps = %s;
  function next(place) {
    if (place === steps.length) {
      var out = document.createElement("pre");
      out.id = "log";
      out.textContent = JSON.stringify(log);
      document.body.appendChild(out);
      return;
    }
    var step = steps[place];
    if (step.key) {
      document.dispatchEvent(new KeyboardEvent("keydown", Object.assign({ bubbles: true }, step)));
    } else if (step.hash) {
      window.location.hash = step.hash;
    } else if (step.click) {
      document.querySelector(step.click).click();
    }
    setTimeout(function () { state(step.name); next(place + 1); }, 20);
  }
  window.addEventListener("load", function () { state("load"); next(0); });
}());
</script>
"""


def browsed(folder: Path, steps: list[dict[str, object]], address: str = "") -> list[list[str]]:
    """What a browser shows after each step: leaves that are seen, the address, where the focus is, what is told."""
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", screen_html(table()))
    page = page.replace("</body>", HARNESS % json.dumps(steps) + "</body>")
    (folder / "page.html").write_text(page, "utf-8")
    dom = dumped(folder / "page.html", address)
    found = re.search(r'<pre id="log">(.*?)</pre>', dom, re.DOTALL)
    assert found, dom[-2000:]
    return list(json.loads(unescape(found[1])))


def dumped(path: Path, address: str = "") -> str:
    """The page as the browser has it in the end."""
    profile = f"--user-data-dir={path.parent / 'profile'}"
    result = subprocess.run(
        [*BROWSER, profile, "--dump-dom", f"file://{path}{address}"],
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout


def key(name: str, **more: object) -> dict[str, object]:
    """A key pressed."""
    return {"name": name, "key": name, **more}


def test_keys_turn_the_pages(tmp_path: Path) -> None:
    """Arrows, Page Up and Down as remote controls send them, Home, End, a number and Enter; never past the ends."""
    pages = ["contents", "whole-draft", "clause-c-1", "opinion-lamps"]
    # key, page it leads to
    steps = [
        ("ArrowLeft", 0), ("ArrowRight", 1), ("PageDown", 2), ("ArrowRight", 3), ("ArrowRight", 3), ("PageUp", 2),
        ("Home", 0), ("End", 3), ("2", 3), ("Enter", 1), ("9", 1), ("9", 1), ("Enter", 3), ("Enter", 3), ("1", 3),
        ("ArrowLeft", 2), ("Enter", 2), ("x", 2),
    ]  # fmt: skip
    log = browsed(tmp_path, [key(name) for name, _ in steps])
    assert log[0][:2] == ["load", "contents"]
    for (name, place), (seen, shown, hash_, focus, told) in zip(steps, log[1:], strict=True):
        assert (seen, shown) == (name, pages[place])
        if hash_:
            assert hash_ == f"#{pages[place]}"
            assert focus == f"h-{pages[place]}"
        if not name.isdigit():
            assert told.startswith((f"Page {place + 1} of 4", "Page 1, then"))
    assert log[9][4] == "Page 2, then Enter"


def test_a_key_with_a_modifier_is_left_to_the_browser(tmp_path: Path) -> None:
    """Alt and left goes back, as everywhere."""
    steps = [
        key("ArrowRight"),
        key("ArrowRight", altKey=True),
        key("End", ctrlKey=True),
        key("ArrowRight", metaKey=True),
    ]
    assert [row[1] for row in browsed(tmp_path, steps)] == ["contents", *["whole-draft"] * 4]


def test_links_and_addresses_turn_them_too(tmp_path: Path) -> None:
    """The links between the pages, an address somebody sends, one that leads nowhere."""
    steps: list[dict[str, object]] = [
        {"name": "link", "click": '#contents a[href="#opinion-lamps"]'},
        {"name": "address", "hash": "#clause-c-1"},
        {"name": "nowhere", "hash": "#gone"},
        {"name": "bad", "hash": "#%E0%A4%A"},
        {"name": "on", "click": 'section.current a[rel="next"]'},
    ]
    log = browsed(tmp_path, steps, "#whole-draft")
    wanted = ["whole-draft", "opinion-lamps", "clause-c-1", "clause-c-1", "clause-c-1", "opinion-lamps"]
    assert [row[1] for row in log] == wanted
    assert log[1][4] == "Page 4 of 4: Draft Opinion 1 as it reads"


def test_the_policy_lets_the_script_run(tmp_path: Path) -> None:
    """The page as it is written, in a browser that obeys its policy; and without a script everything is there."""
    page = screen_html(table())
    (tmp_path / "page.html").write_text(page, "utf-8")
    assert re.search(r'<body[^>]* class="paged"', dumped(tmp_path / "page.html", "#clause-c-1"))
    assert "paged" not in page[page.index("<body") : page.index("<script>")]


def test_on_paper_every_page_is_there(tmp_path: Path) -> None:
    """Whatever page the screen shows, all of them are printed, each on paper of its own."""
    (tmp_path / "page.html").write_text(screen_html(table()), "utf-8")
    out = tmp_path / "page.pdf"
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    subprocess.run(
        [*BROWSER, profile, f"--print-to-pdf={out}", f"file://{tmp_path}/page.html#clause-c-1"],
        capture_output=True, check=True,
    )  # fmt: skip
    text = subprocess.run(
        ["pdftotext", "-layout", str(out), "-"], capture_output=True, text=True, check=True
    ).stdout
    sheets = text.rstrip("\f\n").split("\f")
    assert len(sheets) == 4
    for sheet, said in zip(
        sheets, ("Second meeting", "The draft as a whole", "To read out", "Draft Opinion 1"), strict=True
    ):
        assert said.casefold() in sheet.casefold()
