"""Documents of any revision: what they show, what they never do, and where they may be written."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from accord.adapters.folder import DocumentFolder
from accord.domain.findings import Exit, Refused
from tests.acceptance.rounds import CUT_2, OUTLINE_TITLE, REASON, second
from tests.acceptance.world import CHO, OPINION, REPORT, SAM, Round, accord, bare_round

NOW = "2024-11-20T10:00:00Z"
PAGES = ("report.html", "contributions.html", "redline.html")


def built(round_: Round, ref: str, out: Path, now: str = NOW) -> dict[str, str]:
    """The documents of a revision, by name; those that are no text with a sign for each byte that is none."""
    told = accord("build", ref, "-o", str(out), "--repo", str(round_.path), "--now", now)
    assert told.code == 0, told.err
    assert "report.html" in told.out
    return {file.name: file.read_bytes().decode("utf-8", "surrogateescape") for file in out.iterdir()}


EVERYTHING = """\
# More

A *first* paragraph[^n] with <b onclick='x()'>raw</b> words & [a link](https://example.org).

- one
  - two

    more of two
- three

> quoted
>
> 1. inside

```sh
a < b
```

<div onload=x()>
raw
</div>

---

## Lower

An evil [link](javascript:alert(1)).

| a | b |
| :-- | --: |
| x | `y` |

[^n]: The note.
"""


class Page(HTMLParser):
    """What a browser would do with a page: elements open, what they load and run, ids and links."""

    VOID = frozenset({"meta", "br", "hr", "link", "img"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.levels: list[int] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note it."""
        self.tags.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        for name, value in attrs:
            assert not name.startswith("on"), f"{tag} {name}"
            if name == "id":
                self.ids.append(value or "")
            elif name == "href":
                self.links.append(value or "")
            elif name in ("src", "srcset", "data", "poster", "action"):
                self.loads.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        """Each closes what was opened last."""
        assert self.open.pop() == tag, tag


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The documents of the second draft."""
    folder = tmp_path_factory.mktemp("draft")
    return built(second(folder / "r"), "draft-2", folder / "out")


def test_the_report_has_cover_contents_numbers_table_and_annex(draft: dict[str, str]) -> None:
    """Numbers and letters are computed, in both formats alike."""
    for name in ("report.md", "report.html"):
        text = draft[name]
        assert "Second Draft" in text
        assert "Contents" in text
        assert "Timetable for the elaboration" in text
        assert "Table 1:" in text
        assert "Annex: draft Opinions" in text
        assert "Draft Opinion 1: Access in the evening" in text
        assert "Bridging digital divides" in text
        assert "agreed by the Informal Group of Experts" in text
        assert "From contribution 1." in text
    md, html = draft["report.md"], draft["report.html"]
    assert "\n**2.1** One report, and only one" in md
    assert re.search(r'<span class="number">2\.1</span></a> One report, and only one', html)
    assert "&emsp;**b)** that schools close in the afternoon;" in md
    assert re.search(r'<span class="number">b\)</span></a> that schools close', html)
    assert "&emsp;**2** to share what they learn from it." in md
    assert '<p id="' in html
    assert '<p class="keyword">' in html or re.search(r'<p id="c-\w{6}" class="keyword">', html)
    assert re.search(r"<table><caption[^>]*><b>Table 1:</b> Timetable", html)
    assert html.count("<tbody>") == html.count("</tbody>") == 1


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_whole_and_keeps_to_itself(draft: dict[str, str], page: str) -> None:
    """Well nested, a language, one main part, headings in order, no script, nothing loaded, every inner link lands."""
    seen = Page(draft[page])
    assert seen.open == []
    assert seen.loads == []
    assert not {"script", "iframe", "img", "link", "object", "form"} & set(seen.tags)
    assert '<html lang="en">' in draft[page]
    assert seen.tags.count("main") == 1
    assert seen.levels[0] == 1
    assert seen.levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in zip(seen.levels, seen.levels[1:], strict=False))
    assert len(seen.ids) == len(set(seen.ids))
    inner = {link[1:] for link in seen.links if link.startswith("#")}
    assert inner <= set(seen.ids)
    assert all(link.startswith(("#", "https://")) for link in seen.links)


def test_every_document_says_that_it_is_unofficial_and_a_rehearsal(draft: dict[str, str]) -> None:
    """R6. With the official place."""
    for name, text in draft.items():
        if name.endswith((".md", ".html")):
            assert "Unofficial working aid" in text, name
            assert "https://www.itu.int/en/council/Pages/ieg-wtpf-26.aspx" in text, name
            assert "Rehearsal: every entity, person and position in it is invented." in text, name


def test_what_contributors_write_is_never_markup(draft: dict[str, str]) -> None:
    """Titles, reasons and words of objections are shown as they were typed."""
    html, md = draft["contributions.html"], draft["contributions.md"]
    assert OUTLINE_TITLE not in html
    assert "Outline on access &lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "asked for by the meeting &amp; noted &lt;b&gt;so&lt;/b&gt;" in html
    assert "too &lt;late&gt;" in html
    rendered = MarkdownIt("commonmark").render(md)
    assert "<script>" not in rendered
    assert "<b>" not in rendered
    assert "noted &lt;b&gt;so&lt;/b&gt;" in rendered
    assert REASON not in md


def test_the_list_of_contributions(draft: dict[str, str]) -> None:
    """Everything the secretariat is asked: number, source, category, class, kind, receipt, answer, what was said."""
    text = draft["contributions.html"]
    for said in (
        "Arcadia (invented)",
        "Member State (proposal)",
        "Outline of a possible draft Opinion",
        "Received 6 August 2024, 12:00:00 (Europe/Zurich; 2024-08-06T10:00:00Z)",
        "incorporated",
        "experts nominated by Lyrania (invented) join with a statement: “costs &amp; means”",
        "1-o1: experts nominated by Lyrania (invented), raised 7 August 2024",
        "withdrawn by Lev Example (expert)",
        "Who contributed to which section",
        "Draft Opinion: Access in the evening: Member State (1)",
        "The Report as a whole: Member State (2)",
        "never the entity&#x27;s own",
    ):
        assert said in text, said
    assert draft["contributions.md"].count("\n## 1\\. ") == 1


def test_the_redline_to_the_draft_before(draft: dict[str, str]) -> None:
    """In both formats, under its own title."""
    for name in ("redline.md", "redline.html"):
        assert "Second Draft: what changed since draft-1" in draft[name]
        assert "that schools close in the afternoon" in draft[name]
    assert "<ins " in draft["redline.html"]


def test_a_revision_that_is_no_draft_says_so(tmp_path: Path) -> None:
    """And is compared with the newest draft it stands on."""
    round_ = second(tmp_path / "r")
    text = round_.repo.git("show", f"main:{REPORT}") + "\n"
    round_.repo.commit({REPORT: text.replace("Later versions", "Later drafts")})
    files = built(round_, "main", tmp_path / "out")
    assert "not a draft" in files["report.md"]
    assert "what changed since draft-2" in files["redline.md"]
    assert "1 change: 1 MOD." in files["redline.md"]
    assert "manifest.json" not in files


def test_documents_without_a_record(tmp_path: Path) -> None:
    """A fresh copy can be read as documents before anything was received."""
    files = built(bare_round(tmp_path / "r"), "HEAD", tmp_path / "out")
    assert set(files) == {
        "SHA256SUMS", "calendar.ics", "contributions.html", "contributions.md", "opinion-access.akn.xml",
        "report.akn.xml", "report.docx", "report.html", "report.md", "report.pdf",
    }  # fmt: skip
    assert "No contribution has been received." in files["contributions.md"]
    assert "Rehearsal" not in files["report.md"]
    assert Page(files["report.html"]).open == []


def test_the_same_revision_gives_the_same_bytes(tmp_path: Path) -> None:
    """Twice into two folders."""
    round_ = second(tmp_path / "r")
    assert built(round_, "HEAD", tmp_path / "one") == built(round_, "HEAD", tmp_path / "two")


def test_every_construct_of_the_text_comes_through(tmp_path: Path) -> None:
    """Nested lists, quotations, code, footnotes, rules and raw HTML; none of it breaks the page or runs."""
    round_ = bare_round(tmp_path / "r")
    round_.repo.commit({"report/04-more.md": EVERYTHING})
    files = built(round_, "HEAD", tmp_path / "out")
    page = Page(files["report.html"])
    assert page.open == []
    assert not any(link.startswith("javascript") for link in page.links)
    html = files["report.html"]
    assert "&lt;b onclick=" in html
    assert "<blockquote>" in html
    assert "<pre>" in html
    rendered = MarkdownIt("commonmark").enable("table").render(files["report.md"])
    assert "<b onclick" not in rendered
    assert "<div onload" not in rendered
    assert "**4.1**" in files["report.md"]


def test_an_opinion_transmitted_in_brackets_and_one_left_out(tmp_path: Path) -> None:
    """By outcome of a meeting; the cover says so, the one stands in brackets, the other is not there."""
    round_ = second(tmp_path / "r")
    text = round_.repo.git("show", f"main:{OPINION}") + "\n"
    other = text.replace("id: access", "id: other").replace("Access in the evening", "Another matter")
    commit = round_.repo.commit({"opinions/other.md": other})
    round_.does(SAM, NOW, "regularise", commit, "--reason", "an example")
    round_.does(
        CHO, "2025-02-11T10:00:00Z", "meeting", "outcome", "ieg-2", "access", "transmitted in brackets"
    )
    round_.does(CHO, "2025-02-11T11:00:00Z", "meeting", "outcome", "ieg-2", "other", "left out")
    files = built(round_, "main", tmp_path / "out", now="2025-02-12T10:00:00Z")
    for name in ("report.md", "report.html"):
        assert (
            "Transmitted in square brackets, without agreement (ieg-2): Access in the evening." in files[name]
        )
        assert "Left out of the annex (ieg-2): Another matter." in files[name]
        assert "Draft Opinion 2" not in files[name]
    assert "**\\[**" in files["report.md"]
    assert '<p class="bracket" aria-label="opening square bracket">[</p>' in files["report.html"]
    changed = text.replace("people learn", "many learn")
    round_.repo.commit({OPINION: changed})
    later = built(round_, "main", tmp_path / "later", now="2025-02-13T10:00:00Z")
    assert "Transmitted in square brackets" not in later["report.md"], "it was about another wording"


def test_a_folder_of_somebody_else_is_never_overwritten(tmp_path: Path) -> None:
    """Only a folder that this tool wrote, and nobody changed since, is replaced."""
    round_ = second(tmp_path / "r")
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("precious", encoding="utf-8")

    def refused(rule: str, name: str) -> None:
        told = accord("build", "main", "-o", str(out), "--repo", str(round_.path), "--now", NOW)
        assert told.code == 1
        assert rule in told.err
        assert name in told.err

    refused("folder-foreign", "mine.txt")
    assert (out / "mine.txt").read_text("utf-8") == "precious"
    (out / "mine.txt").unlink()
    built(round_, "main", out)
    built(round_, "main", out)
    (out / "report.md").write_text("my notes", encoding="utf-8")
    refused("folder-changed", "report.md")
    assert (out / "report.md").read_text("utf-8") == "my notes"


def test_an_unknown_revision_writes_nothing(tmp_path: Path) -> None:
    """A mistake of usage."""
    round_ = second(tmp_path / "r")
    told = accord("build", "draft-9", "-o", str(tmp_path / "out"), "--repo", str(round_.path), "--now", NOW)
    assert told.code == 2
    assert "There is no revision `draft-9` here." in told.err
    assert not (tmp_path / "out").exists()


def test_a_folder_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fills up in the middle leaves what was there; nothing half-made stays."""
    folder = DocumentFolder(tmp_path / "out")
    folder.replace({"a": b"one", "b": b"two"})
    real = Path.open

    def full(self: Path, *args: object, **more: object) -> object:
        if self.name == "b":
            raise OSError(28, "No space left on device")
        return real(self, *args, **more)  # type: ignore[call-overload]

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", full)
        with pytest.raises(Refused, match="No space left") as refused:
            folder.replace({"a": b"three", "b": b"four"})
    assert refused.value.exit_code is Exit.OUTSIDE
    assert folder.read() == {"a": b"one", "b": b"two"}
    assert [file.name for file in tmp_path.iterdir()] == ["out"]
    folder.replace({"c": b"five"})
    assert folder.read() == {"c": b"five"}


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    """It is left alone."""
    round_ = second(tmp_path / "r")
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    told = accord("build", "main", "-o", str(tmp_path / "out"), "--repo", str(round_.path), "--now", CUT_2)
    assert told.code == 2
    assert (tmp_path / "out").read_text("utf-8") == "a file"
