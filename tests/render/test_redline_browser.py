"""The redline page in a real browser: one view at a time, nothing loaded, nothing lost on paper or on a telephone."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from accord.domain.text.markdown import parse_document
from accord.domain.text.redline import compare
from accord.render.redline_html import render_html
from accord.render.redline_words import mark
from tests.render.test_redline_opinion import NEW, OLD, WHOSE

LONG = "word" * 40
TABLE = f"\n| {' | '.join(f'heading {n}' for n in range(9))} |\n|{'---|' * 9}\n| {' | '.join(['some words'] * 9)} |\n"
BEFORE = f"{OLD}\n{LONG}\n\n```\n{LONG} old\n```\n{TABLE}"
AFTER = f"{NEW}\n{LONG}\n\n```\n{LONG} new\n```\n{TABLE.replace('some', 'other')}"
REDLINE = compare(
    [parse_document("opinions/bridging-gaps.md", BEFORE)],
    [parse_document("opinions/bridging-gaps.md", AFTER)],
)
PLACES = [
    "",
    "#inline",
    "#change-3",
    "#no-such-place",
    "#side-by-side",
    "#side-3",
    "#side-2-from",
    "#side-table",
]


def browse(folder: Path, *options: str) -> str:
    """What the browser prints."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    done = subprocess.run(
        [
            *(program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"),
            *(f"--user-data-dir={folder / 'profile'}", "--disable-background-networking", *options),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


# The browser's own window has a least width, a frame has none.
FRAME = """<!doctype html><pre id="measured"></pre><iframe width="WIDTH" height="900" src="page.html"></iframe>
<script>
window.onmessage = event => { document.getElementById("measured").textContent = event.data; };
</script>
"""
MEASURE = """
<script>
window.onload = () => {
  const shown = name => getComputedStyle(document.querySelector(name)).display !== "none";
  const seen = element => element.getClientRects().length > 0;
  const found = {};
  const measure = () => ({
    views: [".inline-view", ".columns-view"].filter(shown),
    room: window.innerWidth,
    wide: document.documentElement.scrollWidth > window.innerWidth,
    links: [...document.querySelectorAll("a[href]")].filter(seen).map(link => link.getAttribute("href")),
    read: [...document.querySelectorAll(".change")].filter(seen).map(note => note.id),
    headings: [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(seen).map(one => one.innerText),
  });
  const places = PLACES;
  const next = index => {
    if (index === places.length) {
      parent.postMessage(JSON.stringify(found), "*");
      return;
    }
    location.hash = places[index];
    setTimeout(() => { found[places[index]] = measure(); next(index + 1); }, 0);
  };
  next(0);
};
</script>
"""


@pytest.fixture(name="measured", scope="module", params=[1200, 360], ids=["desk", "narrow"])
def _measured(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the browser shows at each of :data:`PLACES`, asked by a script that only this copy of the page has."""
    folder = tmp_path_factory.mktemp("browser")
    page = render_html(REDLINE, authorship=WHOSE)
    page = re.sub(r"<meta http-equiv[^>]*>", "", page)
    page = page.replace("</body>", MEASURE.replace("PLACES", json.dumps(PLACES)) + "</body>")
    (folder / "page.html").write_text(page, encoding="utf-8")
    (folder / "frame.html").write_text(FRAME.replace("WIDTH", str(request.param)), encoding="utf-8")
    dom = browse(
        folder,
        "--window-size=1400,1000",
        "--virtual-time-budget=5000",
        "--dump-dom",
        f"file://{folder}/frame.html",
    )
    text = re.search(r'<pre id="measured">(.*?)</pre>', dom, re.DOTALL)
    assert text
    found = dict(json.loads(unescape(text[1])))
    assert {seen["room"] for seen in found.values()} == {request.param}
    return found


def test_exactly_one_view_is_shown_and_every_link_stays_in_it(measured: dict[str, Any]) -> None:
    assert list(measured) == PLACES
    for place, seen in measured.items():
        side = place.startswith("#side")
        assert seen["views"] == [".columns-view" if side else ".inline-view"], place
        assert seen["links"][0].endswith("-1")  # the first key press leads to the first change
        prefix, other = ("side", "change") if side else ("change", "side")
        assert len(seen["read"]) == len(REDLINE.changes)
        assert all(name.startswith(prefix) for name in seen["read"])
        # Only the links that say so lead to the other view: one in the bar, one at each change.
        elsewhere = [
            link
            for link in seen["links"]
            if link.startswith((f"#{other}", "#inline" if side else "#side-by"))
        ]
        assert len(elsewhere) == 1 + len(REDLINE.changes)


def test_each_heading_is_heard_once(measured: dict[str, Any]) -> None:
    for seen in measured.values():
        assert [one for one in seen["headings"] if "Annex" in one] == ["Annex"]


def test_no_page_is_wider_than_the_window(measured: dict[str, Any]) -> None:
    assert {place for place, seen in measured.items() if seen["wide"]} == set()


@pytest.mark.parametrize("place", ["", "#side-by-side"])
def test_paper_shows_every_change_once_in_the_chosen_view(tmp_path: Path, place: str) -> None:
    (tmp_path / "page.html").write_text(render_html(REDLINE, authorship=WHOSE), encoding="utf-8")
    browse(tmp_path, f"--print-to-pdf={tmp_path / 'page.pdf'}", f"file://{tmp_path}/page.html{place}")
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    words = " ".join(text.split())
    for row in REDLINE.changes:
        noted = rf"\b{row.number} {re.escape(mark(row))} {re.escape(row.clause.label)}"
        rest = words.partition("opinions/bridging-gaps.md")[2]
        assert len(re.findall(noted, rest)) == 1, noted
    assert ("Old text" in words) == bool(place)
    assert "the gaps" in words
    assert "https://example.org/b" in words
    assert words.count("https://example.org/b") == 1
    for unseen in ("previous change", "first change", "show side by side"):
        assert unseen not in words


HOSTILE = """
![p](ADDRESS/picture.png) <img src="ADDRESS/img.png"> <script src="ADDRESS/s.js"></script>

<link rel="stylesheet" href="ADDRESS/style.css"><iframe src="ADDRESS/frame"></iframe>

<style>body { background: url(ADDRESS/back.png) }</style>

[x](ADDRESS/link "t") <video src="ADDRESS/v.mp4" autoplay></video>
"""


@contextmanager
def served(pages: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    """A web server for ``pages`` and the list of what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = pages.get(self.path, "").encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()


def test_the_page_asks_nobody_for_anything(tmp_path: Path) -> None:
    pages: dict[str, str] = {}
    with served(pages) as (address, asked):
        text = HOSTILE.replace("ADDRESS", address)
        document = parse_document("opinions/x.md", text)
        redline = compare([parse_document("opinions/x.md", text.replace("body", "html"))], [document])
        pages["/page"] = render_html(redline)
        pages["/open"] = f'<img src="{address}/seen.png">'  # the same browser does ask where a page wants it
        for path in ("/page#side-by-side", "/open"):
            browse(tmp_path, "--dump-dom", address + path)
    assert [path for path in asked if path != "/favicon.ico"] == ["/page", "/open", "/seen.png"]
