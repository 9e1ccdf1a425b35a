"""A contribution without Git: by the form or by mail it becomes the same as by a branch; only the channel differs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from accord.adapters.git import Git
from accord.adapters.git.remote import GitRemote
from accord.adapters.process_files import read_process
from accord.application.cases import Cases
from accord.application.chairing import speaking
from accord.application.desk import Delivery
from accord.application.forge.syncing import Doorway, Synchronised, sync
from accord.application.intake import commit_form, form_contribution, form_text
from accord.application.reading import PROCESS_FILES
from accord.cli.wiring import open_desk
from accord.domain.forge.issue_form import Ask, Sheet, read_form
from accord.domain.forge.snapshot import Account, Form, Post, Wording
from accord.domain.process.moments import parse_instant
from accord.domain.record.codec import event_to_json
from accord.domain.record.events import Received
from accord.domain.record.values import Receipt
from accord.render.forge.receipt import receipt_said
from tests.acceptance.forge_round import Forge, on_a_forge
from tests.acceptance.world import ANA, IN_W1, IN_W2, OPINION, REPORT, ROOT, SAM, Round, rehearsal
from tests.conftest import Repo
from tests.domain.forge.filling import filled

LATER = "2024-08-22T10:00:00Z"
CHANGED = ("to open schools in the evening;", "to open schools until nine;")
CLOSE = "that schools close in the afternoon;"
DETAILS = {"clauses": '["access: invites Member States 1"]', "opinion": "access", "cosigners": "[Lyrania]"}
SENDER = "ana" + "@" + "arcadia.example"


@pytest.fixture
def round_(tmp_path: Path) -> Round:
    """The first window is open, nothing was received yet."""
    return rehearsal(tmp_path / "round")


def a_mail(
    text: str, subject: str = "A letter", attached: Mapping[str, bytes] = MappingProxyType({})
) -> bytes:
    """A mail."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f"Ana Example <{SENDER}>"
    mail["Subject"] = subject
    mail["Date"] = "Fri, 02 Aug 2024 10:00:00 +0200"
    mail.set_content(text)
    for name, data in attached.items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def saved(round_: Round, name: str, data: bytes | str) -> str:
    """A file beside the repository."""
    file = round_.path.parent / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(file)


def received(round_: Round, number: int = 1) -> Received:
    """How the record has a contribution."""
    chronicle = open_desk(str(round_.path), "", "").chronicle()
    return next(one for one in chronicle.events(str(number)) if isinstance(one, Received))


def plain(event: Received) -> dict[str, Any]:
    """An event without what tells one way in from another."""
    value = event_to_json(event)
    for name in ("channel", "alias", "evidence", "seq", "recorded", "received", "head", "by"):
        value.pop(name, None)
    return value


def by_branch(round_: Round) -> None:
    """Arcadia's expert hands in a branch."""
    round_.rewords("hours", CHANGED)
    round_.does(ANA, IN_W1, "submit", "hours", "--metadata", round_.metadata(**DETAILS))


def by_form(round_: Round) -> None:
    """They fill in the form."""
    round_.does(ANA, IN_W1, "submit", "--form", saved(round_, "form.md", filled(cosigners="Lyrania")))


def by_mail(round_: Round) -> None:
    """They send the form by mail, and the secretariat enters it."""
    file = saved(round_, "letter.eml", a_mail(f"Dear all,\n\n{filled(cosigners='Lyrania')}\n\nAna\n"))
    round_.does(SAM, IN_W1, "submit", "--evidence", file, "--received", IN_W1, "--registry", "REG-7")


def by_mail_with_a_branch(round_: Round) -> None:
    """They send the description by mail; the secretariat made the change of the text."""
    round_.rewords("hours", CHANGED)
    with_block = f"```yaml contribution\n{Path(round_.metadata(**DETAILS)).read_text('utf-8')}```\n"
    file = saved(round_, "letter.eml", a_mail(f"Please:\n\n{with_block}"))
    round_.does(SAM, IN_W1, "submit", "hours", "--evidence", file, "--received", IN_W1)


def test_by_branch_form_and_mail_it_is_the_same(tmp_path: Path) -> None:
    """The same metadata, effect, form and status; it differs in the channel, its name and the evidence."""
    told = {}
    for way in (by_branch, by_form, by_mail, by_mail_with_a_branch):
        round_ = rehearsal(tmp_path / way.__name__)
        way(round_)
        status = round_.status("1", LATER)
        told[way.__name__] = (plain(received(round_)), {**status, "channel": "", "alias": "", "what": ""})
        assert round_.repo.git("show", f"refs/contributions/1/head:{OPINION}").count("until nine") == 1
        assert received(round_).channel == {"by_branch": "local", "by_form": "form"}.get(
            way.__name__, "email"
        )
    first = told["by_branch"]
    assert first[0]["effect"]
    assert first[0]["metadata"]["cosigners"] == ["Lyrania"]
    for way_name, other in told.items():
        assert other[0] == first[0], way_name
        assert {k: v for k, v in other[1].items() if not _clockwork(k)} == {
            k: v for k, v in first[1].items() if not _clockwork(k)
        }, way_name


def _clockwork(key: str) -> bool:
    return key in {"received", "events", "text", "receipt"}


def test_the_registrys_time_counts_and_never_the_date_of_the_mail(round_: Round) -> None:
    """A mail dated before the window is received when the registry got it, with the digest of the file."""
    data = a_mail(filled(), subject=f"Hours ({SENDER})", attached={"proposal.docx": b"PK"})
    file = saved(round_, "letter.eml", data)
    told = round_.does(SAM, LATER, "submit", "--evidence", file, "--received", IN_W1, "--registry", "REG-7")
    event = received(round_)
    assert event.received == Receipt.instant(parse_instant(IN_W1), "registry")
    assert event.evidence is not None
    assert event.evidence.digest == sha256(data).hexdigest()
    assert event.evidence.description == "REG-7: e-mail “Hours ((address))”, dated 2024-08-02"
    assert (event.channel, event.alias) == ("email", "REG-7")
    assert (event.metadata or {})["title"] == "Opening hours of schools"
    assert "contribution 1" in told.data["receipt"][0]
    everything = round_.repo.git("log", "-p", "--all")
    assert SENDER not in everything
    assert "proposal.docx" not in everything


def test_what_came_with_the_mail_is_named_to_whoever_enters_it(round_: Round) -> None:
    """Because it is not read."""
    file = saved(round_, "letter.eml", a_mail(filled(), attached={"proposal.docx": b"PK"}))
    told = round_.says(IN_W1, "submit", "--evidence", file, "--as", SAM)
    assert "proposal.docx: kept with it, not read" in told.out
    assert "For its sender:" in told.out


def test_a_mail_without_form_or_block_needs_a_description(round_: Round) -> None:
    """Nothing is guessed from prose; with a description the mail is the evidence."""
    file = saved(round_, "letter.eml", a_mail("We think that schools should be open longer.\n"))
    before = round_.refs()
    told = round_.does(SAM, IN_W1, "submit", "--evidence", file, code=1)
    assert told.rules == ["form-none"]
    assert round_.refs() == before
    round_.does(SAM, IN_W1, "submit", "--evidence", file, "--metadata", round_.metadata())
    assert received(round_).channel == "email"


def test_an_address_in_the_form_is_refused_before_anything_is_kept(round_: Round) -> None:
    """Nobody's address comes into the record, from a mail either."""
    before = round_.refs()
    file = saved(round_, "letter.eml", a_mail(filled(reasons=f"Write to {SENDER}.")))
    told = round_.does(SAM, IN_W1, "submit", "--evidence", file, code=1)
    assert told.rules == ["description-address"]
    assert round_.refs() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--metadata FILE, or a filled form with --form FILE"),
        (("--form", "FORM", "--metadata", "META"), "--metadata FILE, or a filled form with --form FILE"),
        (("main", "--form", "FORM"), "The form has a text of its own"),
    ],
)
def test_one_description_and_one_text(round_: Round, arguments: tuple[str, ...], said: str) -> None:
    """A form is both, so it goes with neither a branch nor a description."""
    names = {"FORM": saved(round_, "form.md", filled()), "META": round_.metadata()}
    told = round_.says(IN_W1, "submit", *(names.get(one, one) for one in arguments), "--as", SAM, code=2)
    assert said in told.err


# --- what a form does with the text ---------------------------------------------------------------------------


def proposed(round_: Round, number: int = 1) -> str:
    """What changes in the text: the lines that go and come."""
    lines = round_.repo.git("diff", "-U0", "main", f"refs/contributions/{number}/head").split("\n")
    return "\n".join(one for one in lines if one[:1] in "+-" and not one.startswith(("+++", "---")))


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ({}, f"-1. {CHANGED[0]}\n+1. {CHANGED[1]}"),
        ({"passage": "to open schools in the"}, f"-1. {CHANGED[0]}\n+1. {CHANGED[1]}"),
        ({"passage": "considering b)", "wording": "that schools close;"}, f"-2. {CLOSE}\n+2. that schools close;"),
        ({"ask": "Add text after this passage"}, "+2. to open schools until nine;"),
        ({"ask": "Delete this passage", "wording": "", "passage": "considering b)"}, f"-2. {CLOSE}"),
    ],
    ids=["by number", "by words", "another", "added", "deleted"],
)  # fmt: skip
def test_only_the_passage_changes(round_: Round, changes: dict[str, str], lines: str) -> None:
    """One clause, one line."""
    round_.does(ANA, IN_W1, "submit", "--form", saved(round_, "form.md", filled(**changes)))
    assert proposed(round_) == lines
    assert len(received(round_).effect) == 1


def test_the_report_by_its_number(round_: Round) -> None:
    """A paragraph of the Report, in the file where it stands, named as it is printed."""
    old = round_.repo.git("show", f"main:{REPORT}").split("\n")[-1]
    form = filled(
        passage="3",
        wording="Nothing comes next.",
        themes="Space connectivity, Resilience of telecommunication/ICTs",
    )
    round_.does(ANA, IN_W1, "submit", "--form", saved(round_, "form.md", form))
    assert proposed(round_) == f"-{old}\n+Nothing comes next."
    metadata = received(round_).metadata or {}
    assert (metadata["clauses"], metadata["themes"]) == (["3"], ["space-connectivity", "resilience"])
    assert "opinion" not in metadata


def test_a_new_opinion(round_: Round) -> None:
    """Its text is a file of its own, with what the form says of it at its head."""
    wording = (
        "The Seventh Forum,\n\n*considering*\n\n1. that ships sail;\n\n*invites Member States*\n\nto sail."
    )
    form = filled(
        ask="Propose a new draft Opinion", kind="Outline of a possible draft Opinion", passage="", wording=wording,
        title="Ships: at night",
    )  # fmt: skip
    round_.does(ANA, IN_W1, "submit", "--form", saved(round_, "form.md", form))
    text = round_.repo.git("show", "refs/contributions/1/head:opinions/ships-at-night.md")
    assert text.endswith(wording)
    assert 'title: "Ships: at night"' in text
    assert round_.state("1", LATER) == "open"
    assert (received(round_).metadata or {})["opinion"] == "ships-at-night"
    told = round_.does(
        ANA,
        LATER,
        "submit",
        "--form",
        saved(round_, "form.md", form.replace("Ships: at night", "Access")),
        code=1,
    )
    assert "form-opinion-exists" in str(told.data)


def test_a_comment_changes_no_text_and_names_what_it_is_about(round_: Round) -> None:
    """Several passages, or the whole."""
    comment = {"ask": "Comment only, without a change of the text", "wording": ""}
    form = filled(passage="considering b)\n3", **comment)
    round_.does(ANA, IN_W1, "submit", "--form", saved(round_, "form.md", form))
    event = received(round_)
    assert (event.head, event.effect) == (None, ())
    assert (event.metadata or {})["clauses"] == ["access: considering b)", "3"]
    round_.does(
        ANA, IN_W1, "submit", "--form", saved(round_, "form.md", filled(passage="General", **comment))
    )
    assert (received(round_, 2).metadata or {})["clauses"] == ["general"]


@pytest.mark.parametrize(
    ("changes", "rules", "text"),
    [
        ({"passage": "considering z)"}, ["form-passage-unknown"], False),
        ({"passage": "that"}, ["form-passage-several"], False),
        ({"passage": "considering", "wording": "x y z"}, ["form-passage-part"], False),
        ({"passage": "2"}, ["form-passage-part"], False),
        ({"passage": "1.1", "wording": "```\nwords"}, ["form-spills"], False),
        ({"wording": ""}, ["form-empty"], False),
        ({"category": ""}, ["form-empty"], True),
        ({"language": "Elvish", "public": ""}, ["form-choice", "form-public"], True),
    ],
)
def test_a_form_with_a_problem_is_received_and_comes_back(
    round_: Round, changes: dict[str, str], rules: list[str], text: bool
) -> None:
    """It keeps its time; each problem names its field; a problem beside the text leaves the text received."""
    told = round_.does(ANA, IN_W1, "submit", "--form", saved(round_, "form.md", filled(**changes)), code=1)
    event = received(round_)
    assert [one.rule for one in event.form if one.severity == "error"] == rules
    assert (event.head is not None) is text
    assert round_.state("1", LATER) == "returned"
    assert any("returned for correction" in one for one in told.data["receipt"])


def test_corrected_beside_the_text_it_keeps_its_time(round_: Round) -> None:
    """The text of a form with a missing answer was received, so the corrected one is received when the first was."""
    round_.does(ANA, IN_W1, "submit", "--form", saved(round_, "form.md", filled(category="")), code=1)
    desk = open_desk(str(round_.path), IN_W2, ANA)
    desk.now = parse_instant("2024-08-27T10:00:00Z")  # the window closed with the 26th
    made = form_contribution(desk, desk.chronicle(), filled())
    file = saved(round_, "corrected.md", made.description.data)
    round_.does(ANA, "2024-08-27T10:00:00Z", "revise", "1", "--metadata", file)
    assert round_.state("1", "2024-08-28T10:00:00Z") == "open"


# --- against which text -----------------------------------------------------------------------------------------


def test_numbers_are_those_of_the_draft_that_was_read(round_: Round) -> None:
    """The text moved on since the draft: `considering b)` is still the passage that had this letter there."""
    round_.repo.git("tag", "draft-1")
    text = round_.repo.git("show", f"main:{OPINION}") + "\n"
    grown = text.replace("1. that lighthouses", "1. that ships sail;\n2. that lighthouses")
    round_.repo.commit({OPINION: grown}, "More is considered")
    form = filled(passage="considering b)", wording="that schools close;")
    round_.does(ANA, IN_W1, "submit", "--form", saved(round_, "form.md", form))
    assert received(round_).base == round_.repo.git("rev-parse", "draft-1")
    (entry,) = received(round_).effect
    assert entry.had is not None
    assert (
        proposed_on(round_, "draft-1") == "-2. that schools close in the afternoon;\n+2. that schools close;"
    )


def test_what_came_into_the_text_since_the_draft_can_be_named(round_: Round) -> None:
    """A passage that the draft does not have is looked for in the newest text."""
    round_.repo.git("tag", "draft-1")
    text = round_.repo.git("show", f"main:{OPINION}") + "\n"
    round_.repo.commit(
        {OPINION: text.replace("evening,\n", "evening;\n4. that ships sail,\n")}, "More is considered"
    )
    form = filled(passage="considering d)", wording="that ships sail at night,")
    round_.does(ANA, IN_W1, "submit", "--form", saved(round_, "form.md", form))
    assert proposed(round_) == "-4. that ships sail,\n+4. that ships sail at night,"


def proposed_on(round_: Round, base: str) -> str:
    """The same as :func:`proposed` against another text."""
    lines = round_.repo.git("diff", "-U0", base, "refs/contributions/1/head").split("\n")
    return "\n".join(one for one in lines if one[:1] in "+-" and not one.startswith(("+++", "---")))


# --- as a forge brings it ---------------------------------------------------------------------------------------


def topic(body: str, title: str = "Contribution") -> Form:
    """An issue opened with the form."""
    who = Account(id=1, login="ana")
    post = Post(id=0, author=who, body=body, created=parse_instant(IN_W1))
    return Form(number=12, author=who, title=title, body=post, updated=post.created, open=True)


def test_the_same_form_read_again_is_the_same_commit(round_: Round) -> None:
    """Whenever the tool looks, at what a later main, a form of that moment makes the same text."""
    desk = open_desk(str(round_.path), LATER, ANA)
    moment = parse_instant(IN_W1)
    delivery = Delivery(
        post="form/12",
        receipt=Receipt.instant(moment, "server"),
        learned=parse_instant(LATER),
        account=1,
        login="ana",
    )
    first = form_text(desk.delivering(delivery), topic(filled()), filled())
    round_.repo.commit({REPORT: "# Next steps\n\nOther words.\n"}, "Something else")
    again = form_text(open_desk(str(round_.path), IN_W2, "").delivering(delivery), topic(filled()), filled())
    assert first[1] is not None
    assert first == again
    assert round_.repo.git("log", "-1", "--format=%an %aI %s", first[1]) == (
        "Accord 2024-08-20T10:00:00+00:00 A contribution by form"
    )


def test_a_form_that_no_longer_changes_the_text_takes_the_change_back(round_: Round) -> None:
    """After an edit to a comment the earlier wording does not stay."""
    desk = open_desk(str(round_.path), LATER, ANA)
    comment = filled(ask="Comment only, without a change of the text", wording="")
    moment = parse_instant(LATER)
    for post, expected in (("form/12", None), ("description/12@x", round_.repo.git("rev-parse", "main"))):
        delivery = Delivery(
            post=post, receipt=Receipt.instant(moment, "server"), learned=moment, account=1, login="ana"
        )
        assert form_text(desk.delivering(delivery), topic(comment), comment)[1] == expected


def test_nothing_is_written_by_reading(round_: Round) -> None:
    """A form is read without a trace; only keeping it writes, and no branch moves."""
    before = round_.refs()
    desk = open_desk(str(round_.path), IN_W1, ANA)
    made = form_contribution(desk, desk.chronicle(), filled())
    assert set(made.files) == {OPINION}
    assert made.findings == ()
    assert commit_form(desk, made) == commit_form(desk, made)
    assert round_.refs() == before


def test_a_dry_run_says_what_would_be(round_: Round) -> None:
    """And records nothing."""
    before = round_.refs()
    told = round_.says(
        IN_W1, "submit", "--form", saved(round_, "form.md", filled()), "--as", ANA, "--dry-run"
    )
    assert "Would be recorded: Contribution 1 received" in told.out
    assert round_.refs() == before


def forms_on_a_forge(folder: Path) -> Forge:
    """A forge on which Arcadia's expert filled in the form as issue 12."""
    forge = on_a_forge(folder)
    forge.forms[12] = replace(topic(filled()), updated=parse_instant(IN_W1))
    return forge


def look(forge: Forge, folder: Path, now: str) -> Synchronised:
    """One run of the doorway in a copy of the shared repository."""
    if not folder.exists():
        Repo(forge.shared).git("clone", "--quiet", str(forge.shared), str(folder))
    forge.now = parse_instant(now)
    desk = open_desk(str(folder), now, "")
    git = desk.repository
    assert isinstance(git, Git)
    return sync(desk, Doorway(reader=forge, remote=GitRemote(git), form_text=form_text))


def edited(form: Form, body: str, moment: str) -> Form:
    """Its author corrects the form."""
    at = parse_instant(moment)
    history = (*form.body.wordings, Wording(moment=at, editor=form.author, text=body))
    return replace(
        form, body=replace(form.body, body=body, edited=at, editor=form.author, history=history), updated=at
    )


def test_an_issue_becomes_a_contribution_and_its_edit_a_later_version(tmp_path: Path) -> None:
    """By the account that opened it, at the server's time, under the number of the issue."""
    forge = forms_on_a_forge(tmp_path)
    copy = tmp_path / "copy"
    assert look(forge, copy, LATER).numbers == {12: 1}
    seen = Round(Repo(copy))
    event = received(seen)
    assert (event.channel, event.alias, event.post, event.by.id) == ("form", "gh#12", "form/12", 1)
    assert event.received == Receipt.instant(parse_instant(IN_W1), "server")
    assert seen.state("1", LATER) == "open"
    branch = rehearsal(tmp_path / "branch")
    branch.rewords("hours", CHANGED)
    branch.does(
        ANA,
        IN_W1,
        "submit",
        "hours",
        "--metadata",
        branch.metadata(clauses=DETAILS["clauses"], opinion="access"),
    )
    other = received(branch)
    assert (event.metadata, event.form, [one.gets for one in event.effect]) == (
        other.metadata,
        other.form,
        [one.gets for one in other.effect],
    )
    forge.forms[12] = edited(
        forge.forms[12], filled(wording="to open schools until ten;"), "2024-08-22T11:00:00Z"
    )
    look(forge, copy, "2024-08-22T12:00:00Z")
    assert "until ten" in proposed(seen)
    gone = filled(ask="Comment only, without a change of the text", wording="")
    forge.forms[12] = edited(forge.forms[12], gone, "2024-08-22T13:00:00Z")
    look(forge, copy, "2024-08-22T14:00:00Z")
    assert proposed(seen) == ""
    assert look(forge, copy, "2024-08-22T15:00:00Z").recorded == []


def test_a_form_whose_passage_cannot_be_found_is_answered_and_mended(tmp_path: Path) -> None:
    """It is received, returned with the field's name, and open once its author has edited it."""
    forge = forms_on_a_forge(tmp_path)
    copy = tmp_path / "copy"
    forge.forms[12] = replace(topic(filled(passage="considering q)")), updated=parse_instant(IN_W1))
    look(forge, copy, LATER)
    seen = Round(Repo(copy))
    status = seen.says(LATER, "status", "1").out
    assert "considering q)" in status
    assert seen.state("1", LATER) == "returned"
    forge.forms[12] = edited(forge.forms[12], filled(passage="considering b)"), "2024-08-22T11:00:00Z")
    look(forge, copy, "2024-08-22T12:00:00Z")
    assert seen.state("1", "2024-08-22T12:00:00Z") == "open"


@pytest.mark.parametrize(
    "body",
    [
        "### Category\n\nMember State\n\n### Passage\n\n### Reasons\n\nBecause.",
        filled(reasons=f"Write to {SENDER}"),
        filled(title="a\0b", category="\0"),
        filled(wording=">" * 400),
        filled(passage="\n".join(f"whatever {number}" for number in range(3000)), ask="", wording=""),
    ],
    ids=["three fields", "an address", "no text", "too deep", "thousands of passages"],
)
def test_an_issue_with_the_label_and_anything_in_it_is_returned(tmp_path: Path, body: str) -> None:
    """Whatever people make of the form, it is received, and says what is missing."""
    forge = on_a_forge(tmp_path)
    forge.forms[12] = replace(topic(body, title=f"Hours {SENDER}"), updated=parse_instant(IN_W1))
    look(forge, tmp_path / "copy", LATER)
    seen = Round(Repo(tmp_path / "copy"))
    assert seen.state("1", LATER) == "returned"
    assert "@" not in str(event_to_json(received(seen)))


def test_an_edit_after_the_deadline_that_only_mends_the_form_keeps_the_time(tmp_path: Path) -> None:
    """The text was received in time; new words for it at that hour are late."""
    forge = forms_on_a_forge(tmp_path)
    copy = tmp_path / "copy"
    forge.forms[12] = replace(topic(filled(category="")), updated=parse_instant(IN_W1))
    look(forge, copy, LATER)
    seen = Round(Repo(copy))
    assert seen.state("1", LATER) == "returned"
    forge.forms[12] = edited(
        forge.forms[12], filled(), "2024-08-27T10:00:00Z"
    )  # the window closed with the 26th
    look(forge, copy, "2024-08-27T11:00:00Z")
    assert seen.state("1", "2024-08-27T11:00:00Z") == "open"
    forge.forms[12] = edited(forge.forms[12], filled(wording="to burn them;"), "2024-08-27T12:00:00Z")
    look(forge, copy, "2024-08-27T13:00:00Z")
    redline = seen.says("2024-08-27T13:00:00Z", "diff", "1").out
    assert "until nine" in redline
    assert "burn" not in redline


def test_a_corrected_form_is_a_later_version(round_: Round) -> None:
    """Also where the secretariat enters it; without wording the earlier change is taken back."""
    round_.does(SAM, IN_W1, "submit", "--form", saved(round_, "form.md", filled()), "--registry", "REG-7")
    file = saved(round_, "corrected.md", filled(wording="to open schools until ten;"))
    round_.does(SAM, LATER, "revise", "1", "--form", file)
    assert "until ten" in proposed(round_)
    comment = filled(ask="Comment only, without a change of the text", wording="")
    round_.does(SAM, LATER, "revise", "1", "--form", saved(round_, "comment.md", comment))
    assert proposed(round_) == ""
    round_.does(SAM, LATER, "revise", "1", "--form", file, "--take", "2", code=2)


def test_the_example_in_the_documents_is_a_form_without_a_problem() -> None:
    """What the secretariat copies from the page is read."""
    page = (ROOT / "docs/intake.md").read_text("utf-8")
    (example,) = [
        one for one in re.findall(r"^```text\n(.*?)^```", page, re.DOTALL | re.MULTILINE) if "###" in one
    ]
    files = {path: (ROOT / path).read_bytes() for path in PROCESS_FILES.values()}
    process = read_process(files).value
    assert process is not None
    read = read_form(example, Sheet.of(process.forum, process.timetable.drafts))
    assert read.findings == ()
    assert (read.filled.ask, read.filled.cosigners) == (Ask.CHANGE, ("Lyrania",))


def test_the_subject_of_a_mail_is_the_title_of_a_form_without_one(round_: Round) -> None:
    """Without the marks that answering adds."""
    file = saved(round_, "letter.eml", a_mail(filled(title=None), subject="Re: AW: Schools until nine"))
    round_.does(SAM, IN_W1, "submit", "--evidence", file)
    assert (received(round_).metadata or {})["title"] == "Schools until nine"


def test_the_receipt_says_number_next_step_and_how_to_correct(tmp_path: Path) -> None:
    """For a form on the forge: edit it there. For what the secretariat entered: write to it. No words of programs."""
    forge = forms_on_a_forge(tmp_path)
    look(forge, tmp_path / "copy", LATER)
    desk = open_desk(str(tmp_path / "copy"), LATER, "")
    cases = Cases(desk.chronicle(), desk.now)
    said = receipt_said(cases.contribution("1"), speaking(cases))
    assert said[0] == "Thank you. This is contribution 1 to WTPF-26: “Opening hours of schools”."
    assert "by the server" in said[1]
    assert (
        said[2] == "What comes next: A chair opens a call for consensus, or puts the text in a meeting (C7)."
    )
    assert said[3].startswith("To correct it, edit the form above")
    assert not re.search(r"\b(git|branch|commit|pull request|yaml|metadata)\b", " ".join(said), re.IGNORECASE)
    local = rehearsal(tmp_path / "local")
    told = local.does(SAM, IN_W1, "submit", "--form", saved(local, "form.md", filled()))
    assert "To correct it, write to the secretariat and name this number." in told.data["receipt"]
    local.does(ANA, LATER, "withdraw", "1")
    over = Cases(open_desk(str(local.path), LATER, "").chronicle(), parse_instant(LATER))
    assert not any("To correct it" in one for one in receipt_said(over.contribution("1"), speaking(over)))
