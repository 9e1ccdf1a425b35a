"""What somebody brings in a pull request to do harm by being read: none of it is run, followed, loaded or believed.

The table in docs/attacks.md has a row for each of these tests.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

from accord.domain.forge.snapshot import Account, Post, PullRequest, Push
from accord.domain.record.events import Called, Declared, Heard, Received
from tests.acceptance.forge_round import ANA, CHO, VIC, Forge, described, minute, on_a_forge
from tests.acceptance.forge_screens import Stage, stage
from tests.acceptance.world import OPINION, TEXT, accord
from tests.conftest import Repo
from tests.render.forge.living import living

NINE = ("to open schools in the evening", "to open schools until nine")
PAGE = "https://www.itu.int/en/council/Pages/ieg-wtpf-26.aspx"
File = tuple[str, str, str]
"""Mode, path and content."""
UNTIL_NINE: File = ("100644", OPINION, TEXT.replace(*NINE))


def committed(repo: Repo, *files: File, start: str = "main") -> str:
    """A commit with these files in it, however odd they are; no file of it is written to a folder."""
    rows = []
    for mode, path, content in files:
        oid = repo.git("rev-parse", "main") if mode == "160000" else _blob(repo, content)
        rows.append(f"{mode} {oid}\t{path}\0")
    index = repo.path / ".git" / "index-of-somebody"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_INDEX_FILE", str(index))
        repo.git("read-tree", start)
        repo.git("update-index", "-z", "--index-info", stdin="".join(rows))
        tree = repo.git("write-tree")
    index.unlink()
    return repo.git("commit-tree", tree, "-p", start, "-m", "Odd")


def impossible(repo: Repo, name: str) -> str:
    """A commit with a name in it that git itself would not write."""
    told = subprocess.run(
        ["git", "cat-file", "tree", "main^{tree}"], cwd=repo.path, capture_output=True, check=True
    )
    entry = f"100644 {name}\0".encode() + bytes.fromhex(_blob(repo, "evil\n"))
    tree = repo.git("hash-object", "-t", "tree", "--literally", "-w", "--stdin", stdin=entry + told.stdout)
    return repo.git("commit-tree", tree, "-p", "main", "-m", "Impossible")


def _blob(repo: Repo, content: str) -> str:
    return repo.git("hash-object", "-w", "--stdin", stdin=content)


def brings(forge: Forge, head: str, *, text: str | None = None, title: str = "T", who: Account = ANA) -> None:
    """A pull request with this head, whatever it is."""
    number = 7 + len(forge.pulls)
    forge._push(number, head)
    body = Post(id=0, author=who, body=described() if text is None else text, created=minute(0))
    forge.pulls[number] = PullRequest(
        number=number,
        author=who,
        title=title,
        body=body,
        updated=minute(0),
        open=True,
        head=head,
        base="main",
        pushes=(Push(moment=minute(0.1), after=head),),
    )


def returned(s: Stage) -> list[str]:
    """The rules that the received contribution breaks."""
    (one,) = [e for e in s.forge.events(s.folder) if isinstance(e, Received)]
    return [finding.rule for finding in one.form]


# --- files ------------------------------------------------------------------------------------------------

ODD: dict[str, tuple[Callable[[Repo], str], str]] = {
    "a link to a file of the machine": (
        lambda repo: committed(repo, ("120000", "opinions/link.md", "/etc/passwd")),
        "path-symlink",
    ),
    "the text itself as a link": (
        lambda repo: committed(repo, ("120000", OPINION, "../process/experts.yaml")),
        "path-symlink",
    ),
    "another repository": (
        lambda repo: committed(repo, ("160000", "opinions/other.md", "")),
        "path-submodule",
    ),
    "a program": (lambda repo: committed(repo, ("100755", "opinions/run.md", TEXT)), "path-executable"),
    "another case of a name": (
        lambda repo: committed(repo, ("100644", "opinions/Access.md", TEXT)),
        "path-name",
    ),
    "a letter of another script in a name": (
        lambda repo: committed(repo, ("100644", "opinions/\u0430ccess.md", TEXT)),
        "path-name",
    ),
    "a name that turns its direction": (
        lambda repo: committed(repo, ("100644", "opinions/a\u202edm.md", TEXT)),
        "path-name",
    ),
    "three hundred folders": (
        lambda repo: committed(repo, ("100644", f"opinions/{'a/' * 300}x.md", TEXT)),
        "path-name",
    ),
    "twenty million bytes": (
        lambda repo: committed(repo, ("100644", "opinions/big.md", "word " * 4_000_000)),
        "path-size",
    ),
    "three thousand files": (
        lambda repo: committed(repo, *(("100644", f"opinions/o{n}.md", TEXT) for n in range(3000))),
        "path-count",
    ),
    "an anchor before the text": (
        lambda repo: committed(repo, ("100644", OPINION, TEXT.replace("stage: ", "stage: &a "))),
        "yaml-anchor",
    ),
    "a key twice before the text": (
        lambda repo: committed(repo, ("100644", OPINION, TEXT.replace("stage: ", "stage: text\nstage: "))),
        "yaml-duplicate-key",
    ),
    "a result before the text": (
        lambda repo: committed(repo, ("100644", OPINION, TEXT.replace("outline", "agreed"))),
        "schema-value",
    ),
    "the name of an Opinion in another script": (
        lambda repo: committed(repo, ("100644", OPINION, TEXT.replace("id: access", "id: \u0430ccess"))),
        "schema-pattern",
    ),
    "a sign that turns the direction, in the title": (
        lambda repo: committed(repo, ("100644", OPINION, TEXT.replace("title: ", "title: \u202e"))),
        "text-bidi",
    ),
    "a sign that nobody sees, in the name of the Opinion": (
        lambda repo: committed(repo, ("100644", OPINION, TEXT.replace("id: access", "id: acc\u200bess"))),
        "text-hidden",
    ),
    "a hidden tag in the prose": (
        lambda repo: committed(repo, ("100644", OPINION, TEXT.replace("schools", "schools\U000e0041", 1))),
        "text-hidden",
    ),
    "a selector of variants in the prose": (
        lambda repo: committed(repo, ("100644", OPINION, TEXT.replace("schools", "schools\U000e0100", 1))),
        "text-hidden",
    ),
    "a sign of private use": (
        lambda repo: committed(repo, ("100644", OPINION, TEXT.replace("schools", "schools\ue000", 1))),
        "text-unassigned",
    ),
}


@pytest.mark.parametrize("what", ODD)
def test_odd_files_are_received_and_returned(tmp_path: Path, what: str) -> None:
    """Each with its reason on the gate; nothing of them is there as a file, and nothing can be called on."""
    make, rule = ODD[what]
    s = stage(tmp_path)
    s.syncs(0)
    before = sorted(path for path in s.folder.rglob("*") if ".git" not in path.parts)
    brings(s.forge, make(s.forge.round.repo))
    s.forge.comments(s.forge.pulls[7], CHO, "/call until 2024-08-30", at=1)
    s.runs(5)
    assert set(returned(s)) == {rule}
    assert s.gate()[0] == "failure"
    assert s.gate()[1].startswith("Returned for correction: ")
    assert [type(e) for e in s.forge.events(s.folder) if isinstance(e, (Called, Heard))] == [Heard]
    assert sorted(path for path in s.folder.rglob("*") if ".git" not in path.parts) == before
    assert Repo(s.folder).git("status", "--porcelain") == ""
    assert living(s.screen(), html=True, links=(PAGE,)) == []


REFUSED: dict[str, Callable[[Repo], str]] = {
    "a way out": lambda repo: impossible(repo, ".."),
    "the folder of git": lambda repo: impossible(repo, ".git"),
    "the folder of git as old systems write it": lambda repo: impossible(repo, "git~1"),
    "another repository by a program": lambda repo: committed(
        repo,
        ("100644", ".gitmodules", '[submodule "x"]\n\tpath = -x\n\turl = ext::sh -c "touch x"\n'),
        UNTIL_NINE,
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_git_itself_calls_dangerous_never_comes_here(tmp_path: Path, what: str) -> None:
    """It is not even fetched, the run says so, the gate stays shut, and everything else is taken in."""
    s = stage(tmp_path)
    s.syncs(0)
    brings(s.forge, REFUSED[what](s.forge.round.repo))
    brings(s.forge, committed(s.forge.round.repo, UNTIL_NINE))
    done = s.syncs(5)
    assert done.numbers == {8: 1}
    assert any("#7" in one for one in done.left)
    s.runs(6, sync=False)
    assert (s.gate(7)[0], s.gate(8)[0]) == ("pending", "pending")
    assert s.gate(7)[1].startswith("This was not looked at yet")
    assert not [path for path in s.folder.rglob("*") if path.name in {"-x", "git~1"}]


# --- programs ---------------------------------------------------------------------------------------------


def test_no_program_that_a_text_asks_for_is_run(tmp_path: Path) -> None:
    """Attributes that name filters and drivers, hooks, a merge driver: installed here, and asked for by the text."""
    s = stage(tmp_path)
    s.syncs(0)
    canary = tmp_path / "canary"
    program = tmp_path / "program"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >> {canary}\ncat\n', "utf-8")
    program.chmod(0o755)
    asked = "* filter=evil diff=evil merge=evil text eol=crlf\n"
    names = (
        "pyproject.toml",
        "conftest.py",
        "sitecustomize.py",
        "accord/__init__.py",
        ".githooks/post-checkout",
    )
    code = f"open({str(canary)!r}, 'a').write('loaded')\n"
    files: list[File] = [("100644", name, code) for name in names]
    head = committed(s.forge.round.repo, UNTIL_NINE, ("100644", ".gitattributes", asked), *files)
    for folder in (s.folder, tmp_path / "control"):
        if not folder.exists():
            Repo(tmp_path).git("clone", "--quiet", str(s.forge.shared), str(folder))
        repo = Repo(folder)
        for key in ("filter.evil.smudge", "filter.evil.clean", "diff.evil.textconv", "diff.evil.command"):
            repo.git("config", key, str(program))
        repo.git("config", "merge.evil.driver", f"{program} %A %O %B")
        for hook in ("post-checkout", "post-merge", "reference-transaction", "pre-push", "pre-auto-gc"):
            (folder / ".git" / "hooks" / hook).write_bytes(program.read_bytes())
            (folder / ".git" / "hooks" / hook).chmod(0o755)
        (folder / ".git" / "info" / "attributes").write_text(asked, "utf-8")
    brings(s.forge, head)
    s.runs(5)
    for command in (["status", "1"], ["diff", "1"], ["why", "1"], ["check", "1"], ["conflicts"], ["verify"]):
        told = accord(*command, "--repo", str(s.folder), "--now", "2024-08-20T10:06:00Z")
        assert told.code in {0, 1}, told.err
    assert not canary.exists(), canary.read_text("utf-8")
    control = Repo(tmp_path / "control")
    control.git("fetch", "--quiet", "origin", "refs/pull/7/head:refs/heads/theirs")
    control.git("checkout", "--quiet", "theirs")
    started = canary.read_text("utf-8")  # so the traps work: plain git, asked to open it, runs all of them
    assert "reference-transaction" in started
    assert "post-checkout" in started
    assert f"{program} \n" in started


# --- descriptions -----------------------------------------------------------------------------------------

BLOCKS = {
    "a bomb of anchors": ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "yaml-anchor"),
    "a merge": ("<<: {category: member-state}\n", "yaml-merge"),
    "a tag": ("category: !!python/object/apply:os.system [id]\n", "yaml-tag"),
    "a second document": ("category: member-state\n---\ncategory: public\n", "yaml-documents"),
    "ten thousand brackets": ("category: " + "[" * 10_000 + "\n", "yaml-depth"),
    "a key twice": ("category: public\ncategory: member-state\n", "yaml-duplicate-key"),
    "five thousand digits": ("category: " + "9" * 5_000 + "\n", "schema-long"),
}


@pytest.mark.parametrize("what", BLOCKS)
def test_traps_in_a_description_are_received_and_returned(tmp_path: Path, what: str) -> None:
    """At once, as text, without a crash; the contribution can be corrected."""
    block, rule = BLOCKS[what]
    s = stage(tmp_path)
    brings(
        s.forge,
        committed(s.forge.round.repo, UNTIL_NINE),
        text=f"Words.\n\n```yaml contribution\n{block}```\n",
    )
    s.runs(5)
    assert rule in returned(s)
    assert s.gate()[0] == "failure"
    assert living(s.screen(), html=True, links=(PAGE,)) == []


@pytest.mark.parametrize(
    "source",
    ["Arc\u202eadia", "Arc\u200badia", "\u0410rcadia", "Arcadia\U000e0041", "ARCADIA.", "arcad\u0131a"],
)
def test_a_name_that_only_looks_like_an_entity_is_not_that_entity(tmp_path: Path, source: str) -> None:
    """Other letters and signs that nobody sees: a stranger's claim, held until the secretariat confirms it (R9)."""
    s = stage(tmp_path)
    brings(s.forge, committed(s.forge.round.repo, UNTIL_NINE), who=VIC, text=described(source=source))
    s.runs(5)
    assert s.gate()[0] == "pending"
    assert s.gate()[1].startswith("Held for the secretariat: ")
    assert "so that it is a proposal" not in s.screen()
    assert living(s.screen(), html=True, links=(PAGE,)) == []


def test_names_of_branches_and_titles_never_reach_a_program(tmp_path: Path) -> None:
    """Orders to a shell, options of git, line breaks: nothing is run, and nothing of them is shown."""
    s = stage(tmp_path)
    canary = tmp_path / "canary"
    words = f"--upload-pack=touch {canary};$(touch {canary})`touch {canary}`\n::set-output name=x::y\n| touch {canary}"
    head = s.forge.round.rewords(f"$(touch${{IFS}}{canary.name});`id`", NINE)
    brings(
        s.forge,
        head,
        title=words,
        text=f"{words}\n\n{described(title='|-' + chr(10) + '  ' + words.replace(chr(10), ' '))}",
    )
    s.forge.comments(s.forge.pulls[7], Account(id=901, login=words), f"/support {words}", at=1)
    s.forge.comments(s.forge.pulls[7], VIC, f"/for {words} support evidence {words}", at=1)
    s.forge.comments(s.forge.pulls[7], VIC, f"/declare {words}", at=1)
    s.forge.comments(s.forge.pulls[7], CHO, f"/call until {words}", at=1)
    s.runs(5)
    assert not canary.exists()
    assert not list(tmp_path.rglob("canary*"))
    assert [type(e) for e in s.forge.events(s.folder) if isinstance(e, (Called, Declared))] == []
    for said in (s.screen(), *s.answers()):
        assert living(said, html=True, links=(PAGE,)) == []
        assert not any(line.startswith("::") for line in said.splitlines())


# --- what judges ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("process/consensus.yaml", "use: itu", "use: lazy"),
        ("process/experts.yaml", "{account: 3, name: Cho", "{account: 900, name: Vic"),
        ("process/timetable.yaml", "2024-08-26", "2026-08-26"),
        ("schemas/contribution.schema.json", '"category"', '"anything"'),
    ],
)
def test_a_pull_request_is_not_judged_by_what_it_brings(
    tmp_path: Path, path: str, old: str, new: str
) -> None:
    """It changes a text and, with it, the rules, the list of experts, the timetable or a schema (R11)."""
    s = stage(tmp_path)
    text = (s.forge.round.path / path).read_text("utf-8")
    assert old in text
    head = committed(s.forge.round.repo, UNTIL_NINE, ("100644", path, text.replace(old, new)))
    brings(s.forge, head, who=VIC, text=described(source="A visitor", category="public"))
    s.forge.comments(s.forge.pulls[7], VIC, "/call until 2024-08-30", at=1)
    s.forge.comments(s.forge.pulls[7], VIC, "/declare agreed", at=2)
    s.runs(5)
    assert returned(s) in (["path-process"], ["path-outside"])
    assert s.gate()[0] == "failure"
    heard = [e for e in s.forge.events(s.folder) if isinstance(e, Heard)]
    assert [e.by.role for e in heard] == ["guest", "guest"]
    assert [e.why for e in heard] == ["role-missing", "role-missing"]


# --- words that are shown ---------------------------------------------------------------------------------


class Living(HTMLParser):
    """What would load or run in the body of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page.partition("<body")[2])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that loads or runs something, or an attribute that does."""
        if tag in {"script", "style", "iframe", "img", "object", "embed", "form", "link", "base", "meta"}:
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in {"src", "srcset", "style", "action", "formaction"}:
                self.found.append(f"{tag} {name}")
            elif name == "href" and not (value or "").startswith(("#", "https://")):
                self.found.append(f"{tag} {name}={value}")


ALIVE = {
    "a script": "<script>alert(1)</script>",
    "a picture from elsewhere": "![x](https://evil.example/p.png)",
    "a picture as HTML": "<img src=https://evil.example/p.png onerror=alert(1)>",
    "a link that is a program": "[x](javascript:alert(1))",
    "a link that holds a page": "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "words that are hidden": "<!-- /declare agreed -->",
    "a frame": "<iframe src=//evil.example></iframe>",
    "a style": "<style>@import '//evil.example/x.css';</style>",
}


@pytest.mark.parametrize("what", ALIVE)
def test_payloads_in_a_text_are_seen_and_dead(tmp_path: Path, what: str) -> None:
    """In the status comment and, once they stand in the text, in every document that is built of it."""
    s = stage(tmp_path)
    text = TEXT.replace("schools close", f"schools {ALIVE[what]} close")
    brings(s.forge, committed(s.forge.round.repo, ("100644", OPINION, text)))
    s.runs(5)
    body = s.screen()
    assert living(body, html=True, links=(PAGE,)) == []
    seen = ("evil.example", "alert(1", "declare agreed", "base64")
    assert any(word in body for word in seen)
    s.forge.round.repo.commit({OPINION: text}, "By hand")
    out = tmp_path / "built"
    told = accord(
        "build", "main", "-o", str(out), "--repo", str(s.forge.round.path), "--now", "2024-08-20T10:06:00Z"
    )
    assert told.code in {0, 1}, told.err
    pages = [path.read_text("utf-8") for path in out.rglob("*.html")]
    assert any("schools" in page for page in pages)
    assert [Living(page).found for page in pages] == [[]] * len(pages)


# --- too many ---------------------------------------------------------------------------------------------


@dataclass
class Programs:
    """How many programs were started while it is switched on."""

    on: bool = False
    names: list[str] = field(default_factory=list)

    def hook(self, event: str, values: tuple[object, ...]) -> None:
        """Told by Python itself of each program that it starts."""
        if self.on and event == "subprocess.Popen":
            self.names.append(str(values[1]))


PROGRAMS = Programs()


@pytest.fixture(name="programs", scope="session")
def _programs() -> Iterator[Programs]:
    sys.addaudithook(PROGRAMS.hook)
    yield PROGRAMS
    PROGRAMS.on = False


def test_hundreds_of_pull_requests_cost_a_run_so_much_each_and_no_more(
    tmp_path: Path, programs: Programs
) -> None:
    """Somebody opens pull request after pull request: twice as many start at most twice as many programs."""

    def costs(count: int) -> int:
        forge = on_a_forge(tmp_path / str(count))
        forge.syncs(tmp_path / str(count) / "run", 0)
        head = committed(forge.round.repo, UNTIL_NINE)
        for _ in range(count):
            brings(forge, head, who=VIC, text=described(source="A visitor", category="public"))
        programs.on, programs.names = True, []
        forge.syncs(tmp_path / str(count) / "run", 5)
        programs.on = False
        events = forge.events(tmp_path / str(count) / "run")
        assert len([e for e in events if isinstance(e, Received)]) == count
        return len(programs.names)

    few, many = costs(10), costs(20)
    assert 0 < many <= 2 * few
    assert many - few <= 10 * 12


def test_a_branch_without_a_common_history_is_not_put_in_by_a_button(tmp_path: Path) -> None:
    """An orphan that holds the whole text anew: the gate never opens by itself."""
    s = stage(tmp_path)
    s.syncs(0)
    repo = s.forge.round.repo
    tree = repo.git("rev-parse", f"{committed(repo, UNTIL_NINE)}^{{tree}}")
    brings(s.forge, repo.git("commit-tree", tree, "-m", "Anew"))
    s.forge.comments(s.forge.pulls[7], CHO, "/call until 2024-08-30", at=1)
    s.forge.comments(s.forge.pulls[7], CHO, "/declare agreed", at=12 * 24 * 60)
    s.runs(12 * 24 * 60 + 1)
    assert s.gate()[0] == "failure"
    assert "main branch" in s.gate()[1]


def test_a_branch_that_takes_back_what_others_agreed_says_so(tmp_path: Path) -> None:
    """It merged the newest text and left something of it out: seen as what it takes away, not as what it adds."""
    s = stage(tmp_path)
    repo = s.forge.round.repo
    base = repo.git("rev-parse", "main")
    agreed = TEXT.replace("2. that schools close in", "2. that many schools close in")
    newest = repo.commit({OPINION: agreed}, "Agreed meanwhile")
    repo.git("push", "--quiet", str(s.forge.shared), "main")
    mine = committed(repo, UNTIL_NINE, start=base)
    tree = repo.git("rev-parse", f"{mine}^{{tree}}")
    brings(s.forge, repo.git("commit-tree", tree, "-p", mine, "-p", newest, "-m", "Merge the newest text"))
    s.runs(5)
    changes = s.screen().partition("What it changes")[2].partition("What was said")[0]
    assert "until nine" in changes
    assert "<del>many</del>" in changes.replace(" </del>", "</del>")


def test_a_crowd_of_comments_costs_so_much_each_once_and_one_answer(
    tmp_path: Path, programs: Programs
) -> None:
    """Each that is new costs the same few programs, a later look costs none for it, and they share an answer."""

    def costs(count: int) -> tuple[int, int]:
        s = stage(tmp_path / str(count))
        pull = s.forge.opens(ANA, NINE)
        s.runs(0.5)
        for number in range(count):
            s.forge.comments(pull, VIC, "/support", at=1 + number / count)
        spent = []
        for at in (3, 4):
            programs.on, programs.names = True, []
            s.runs(at)
            programs.on = False
            spent.append(len(programs.names))
        assert len(s.answers()) == 1
        return spent[0], spent[1]

    (few, again), (many, once_more) = costs(10), costs(40)
    assert 0 < many - few <= 30 * 2
    assert once_more == again < few
