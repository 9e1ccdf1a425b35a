"""`submit`, `revise`, `withdraw N`: what comes in, when it counts as received, and what is refused."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

import pytest

from tests.acceptance.world import (
    ANA,
    CHO,
    IN_W1,
    IN_W2,
    LEV,
    OPINION,
    POSTED_2,
    SAM,
    TEXT,
    Round,
    first_window,
    rehearsal,
)

EVENING, NINE = "to open schools in the evening", "to open schools until nine"


def test_a_letter_counts_from_the_registrys_time(tmp_path: Path) -> None:
    """Entered two days after the window closed, received a second before: it is in time, whatever was typed when."""
    round_ = rehearsal(tmp_path / "r")
    round_.rewords("letter-12", (EVENING, NINE))
    letter = round_.letter(text="We ask to open schools until nine.\n")
    told = round_.does(
        SAM, "2024-08-28T10:00:00Z", "submit", "letter-12", "--metadata", round_.metadata(), "--channel", "letter",
        "--received", "2024-08-26T21:59:59Z", "--evidence", letter, "--registry", "L 12",
    )  # fmt: skip
    assert told.data["state"] == "open"
    event = told.data["events"][-1]
    assert event["received"] == {
        "earliest": "2024-08-26T21:59:59Z",
        "latest": "2024-08-26T21:59:59Z",
        "clock": "registry",
    }
    assert event["recorded"] == "2024-08-28T10:00:00Z"
    assert event["evidence"] == {
        "description": "L 12",
        "digest": hashlib.sha256(Path(letter).read_bytes()).hexdigest(),
    }
    assert event["alias"] == "L 12"
    assert "by the registry of the secretariat" in round_.says("2024-08-29T10:00:00Z", "status", "1").out


def test_a_letter_whose_receipt_spans_the_deadline_is_undetermined(tmp_path: Path) -> None:
    """No guess: the secretariat is asked, and admits it with a reason."""
    round_ = rehearsal(tmp_path / "r")
    told = round_.does(
        SAM, "2024-08-28T10:00:00Z", "submit", "--metadata", round_.metadata(), "--channel", "letter",
        "--received", "2024-08-26T12:00:00Z/2024-08-27T12:00:00Z", "--registry", "L 13", code=1,
    )  # fmt: skip
    assert told.data["state"] == "undetermined"
    assert told.rules == ["receipt-undetermined"]
    assert "The secretariat says when it was received" in told.data["findings"][0]["fix"]
    round_.does(SAM, "2024-08-29T10:00:00Z", "admit", "1", "--reason", "The envelope is stamped 26 August.")
    assert round_.state("1", "2024-08-29T11:00:00Z") == "open"


@pytest.mark.parametrize(
    ("who", "options", "rule"),
    [
        (ANA, ["--channel", "letter", "--received", "2024-08-19", "--registry", "L 1"], "registry-only"),
        ("", ["--channel", "letter", "--received", "2024-08-19", "--registry", "L 1"], "registry-only"),
        (SAM, ["--received", "2024-08-19", "--registry", "L 1"], "registry-channel"),
        (SAM, ["--channel", "letter", "--received", "2024-08-19"], "evidence-missing"),
        (SAM, ["--channel", "letter", "--received", "2024-08-21", "--registry", "L 1"], "moment-future"),
        (SAM, ["--channel", "letter", "--received", "2024-08-19/2024-08-18", "--registry", "L 1"], "moment"),
        (SAM, ["--channel", "letter", "--received", "last week", "--registry", "L 1"], "moment"),
        (SAM, ["--channel", "letter", "--received", "2024-02-30", "--registry", "L 1"], "moment"),
        (SAM, ["--channel", "letter", "--evidence", "no-such-letter.txt"], "file-missing"),
    ],
)
def test_nobody_dates_their_own_contribution_back(
    tmp_path: Path, who: str, options: list[str], rule: str
) -> None:
    """Only the secretariat gives a time of receipt, for what its registry got, with evidence, and not in the future."""
    round_ = rehearsal(tmp_path / "r")
    before = round_.refs()
    told = round_.does(who, IN_W1, "submit", "--metadata", round_.metadata(), *options, code=2)
    assert told.rules == [rule]
    assert round_.refs() == before


@pytest.mark.parametrize(
    ("draft", "moment", "state"),
    [
        ("draft-1", "2024-08-26T21:59:59Z", "open"),
        ("draft-1", "2024-08-26T22:00:00Z", "held"),
        ("draft-2", "2024-12-20T22:59:59Z", "open"),
        ("draft-2", "2024-12-20T23:00:00Z", "held"),
    ],
)
def test_a_second_late_is_late(tmp_path: Path, draft: str, moment: str, state: str) -> None:
    """The last second of the day in the process zone is inside; the next one is held, says why, and can be admitted."""
    round_ = rehearsal(tmp_path / "r")
    post_second_draft(round_)
    held = state == "held"
    told = round_.does(ANA, moment, "submit", "--metadata", round_.metadata(based_on=draft), code=int(held))
    assert told.data["state"] == state
    assert told.rules == (["window-late"] if held else [])
    if held:
        round_.does(SAM, moment, "admit", "1", "--reason", "The door was jammed.")
        assert round_.state("1", moment) == "open"


@pytest.mark.parametrize(
    ("corrected", "state", "code"),
    [("2024-09-02T21:59:59Z", "open", 0), ("2024-09-02T22:00:00Z", "held", 1)],
)
@pytest.mark.parametrize("broken", [{"category": "academia"}, {"themes": "[moon-travel]"}, {"title": None}])
def test_returned_for_its_form_and_corrected(
    tmp_path: Path, broken: dict[str, str | None], corrected: str, state: str, code: int
) -> None:
    """With the text unchanged it keeps its time of receipt within the days of correction, and loses it after them."""
    round_ = rehearsal(tmp_path / "r")
    round_.rewords("hours", (EVENING, NINE))
    told = round_.does(
        ANA, "2024-08-26T20:00:00Z", "submit", "hours", "--metadata", round_.metadata(**broken), code=1
    )
    assert told.data["state"] == "returned"
    assert "Its source corrects it" in told.data["next"]
    assert "before 2024-09-02T22:00:00Z" in told.data["next"]
    again = round_.does(ANA, corrected, "revise", "1", "--metadata", round_.metadata(), code=code)
    assert again.data["state"] == state
    text = round_.says("2024-09-03T10:00:00Z", "status", "1").out
    assert ("Received 26 August 2024, 22:00:00" in text) == (state == "open")


def test_corrected_in_time_with_another_text_it_counts_from_then(tmp_path: Path) -> None:
    """The days of correction are for the form, not for a further week of writing."""
    round_ = rehearsal(tmp_path / "r")
    round_.rewords("hours", (EVENING, NINE))
    broken = round_.metadata(category="academia")
    round_.does(ANA, "2024-08-26T20:00:00Z", "submit", "hours", "--metadata", broken, code=1)
    round_.rewords("hours", (NINE, "to open schools until ten"))
    told = round_.does(
        ANA, "2024-08-27T10:00:00Z", "revise", "1", "hours", "--metadata", round_.metadata(), code=1
    )
    assert (told.data["state"], told.rules) == ("held", ["window-late"])


def test_a_file_mode_corrected_in_time_keeps_the_time_of_receipt(tmp_path: Path) -> None:
    """The words were there in time; only the form of the file was mended."""
    round_ = rehearsal(tmp_path / "r")
    round_.rewords("hours", (EVENING, NINE))
    round_.repo.switch("hours")
    round_.repo.git("update-index", "--chmod=+x", OPINION)
    round_.repo.git("commit", "--quiet", "-m", "Executable")
    round_.repo.git("switch", "--quiet", "--force", "main")
    told = round_.does(
        ANA, "2024-08-26T20:00:00Z", "submit", "hours", "--metadata", round_.metadata(), code=1
    )
    assert told.data["state"] == "returned"
    round_.repo.git("switch", "--quiet", "hours")
    round_.repo.git("update-index", "--chmod=-x", OPINION)
    round_.repo.git("commit", "--quiet", "-m", "Plain")
    round_.repo.git("switch", "--quiet", "--force", "main")
    again = round_.does(ANA, "2024-08-27T10:00:00Z", "revise", "1", "hours")
    assert again.data["state"] == "open"


def test_a_late_revision_leaves_the_timely_text_before_the_group(tmp_path: Path) -> None:
    """Positions, calls and the redline are about the version received in time until the late one is admitted."""
    round_ = first_window(tmp_path / "r")
    round_.rewords("hours", (NINE, "to open schools until ten"))
    late, after = "2024-08-27T10:00:00Z", "2024-08-27T11:00:00Z"
    told = round_.does(ANA, late, "revise", "1", "hours", code=1)
    assert told.rules == ["window-late"]
    assert told.data["state"] == "open"
    status = round_.status("1", after)
    assert (status["versions"], status["current_version"]) == (2, 1)
    assert "until nine" in round_.says(after, "diff", "1").out
    assert "until ten" in round_.says(after, "diff", "1", "--version", "2").out
    round_.does(SAM, after, "admit", "1", "--version", "2", "--reason", "A slip of the pen was mended.")
    assert round_.status("1", after)["current_version"] == 2
    assert "until ten" in round_.says(after, "diff", "1").out


def test_drafting_work_of_a_meeting_counts_outside_the_windows(tmp_path: Path) -> None:
    """A5. What a meeting drafts is before the group, if the timetable has the meeting."""
    round_ = first_window(tmp_path / "r")
    round_.rewords("hours", (NINE, "to open schools until ten"))
    moment = "2024-10-08T10:00:00Z"
    wrong = round_.does(CHO, moment, "revise", "1", "hours", "--meeting", "ieg1", code=2)
    assert wrong.rules == ["meeting-unknown"]
    assert wrong.data["findings"][0]["fix"] == "Did you mean `ieg-1`?"
    round_.does(CHO, moment, "revise", "1", "hours", "--meeting", "ieg-1", "--reason", "The group's wording.")
    assert round_.status("1", moment)["current_version"] == 2
    assert "version 2, drafting work of ieg-1" in round_.events("1", moment)


def test_a_strangers_category_is_unverified_until_the_secretariat_confirms_it(tmp_path: Path) -> None:
    """It comes in as a view of the public, outside a consultation held; confirmed it is what it claimed to be."""
    round_ = rehearsal(tmp_path / "r")
    post_second_draft(round_)
    stranger = round_.metadata(source="Nowhere Cable Club", category="sector-member", based_on="draft-2")
    told = round_.does("Nia Example", IN_W2, "submit", "--metadata", stranger)
    assert told.data["state"] == "open"
    assert [(f["rule"], f["severity"]) for f in told.data["findings"]] == [("category-unverified", "warning")]
    assert round_.status("1", IN_W2)["class"] == "view"
    wrong = round_.does(SAM, IN_W2, "admit", "1", "--category", "sector-membr", "--reason", "x", code=2)
    assert wrong.data["findings"][0]["fix"] == "Did you mean `sector-member`?"
    round_.does(
        SAM, IN_W2, "admit", "1", "--category", "sector-member", "--reason", "Seen in the list of members."
    )
    assert round_.status("1", IN_W2)["class"] == "proposal"
    assert round_.status("1", IN_W2)["state"] == "open"


def test_a_statement_without_text_is_a_contribution(tmp_path: Path) -> None:
    """It supports the draft as it stands: open, nothing to agree on, disposed of before the next draft."""
    round_ = rehearsal(tmp_path / "r")
    told = round_.does(ANA, IN_W1, "submit", "--metadata", round_.metadata(title="We support the draft"))
    assert told.data["state"] == "open"
    assert "R25" in told.data["next"]
    assert told.data["events"][-1]["alias"] == "metadata-0.yaml", "no folder of the sender's in the record"
    refused = round_.does(CHO, IN_W1, "call", "1", "--until", "2024-09-30", code=1)
    assert refused.rules == ["call-without-text"]
    assert round_.says(IN_W1, "diff", "1", code=1).out == ""


def test_the_versions_stay_reachable(tmp_path: Path) -> None:
    """Each version's text keeps a name, so that deleting the branch loses nothing."""
    round_ = first_window(tmp_path / "r")
    first = round_.repo.git("rev-parse", "hours")
    second = round_.rewords("hours", (NINE, "to open schools until ten"))
    round_.does(ANA, "2024-08-21T10:00:00Z", "revise", "1", "hours")
    round_.repo.git("branch", "--quiet", "-D", "hours")
    refs = round_.repo.git("for-each-ref", "--format=%(refname) %(objectname)", "refs/contributions")
    assert refs.splitlines() == [
        f"refs/contributions/1/head {second}",
        f"refs/contributions/1/v1 {first}",
        f"refs/contributions/1/v2 {second}",
    ]
    assert "until ten" in round_.says("2024-08-21T11:00:00Z", "diff", "1").out


@pytest.mark.parametrize("date", ["1999-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "@0 +0000"])
def test_the_date_of_a_commit_decides_nothing(tmp_path: Path, date: str) -> None:
    """A branch dated before the deadline or long after it: only the receipt counts."""
    round_ = rehearsal(tmp_path / "r")
    post_second_draft(round_)
    round_.repo.branch("dated")
    (round_.path / OPINION).write_text(TEXT.replace(EVENING, NINE), "utf-8")
    dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    subprocess.run(
        ["git", "commit", "--quiet", "-am", "Dated"], cwd=round_.path, env=os.environ | dates, check=True
    )
    round_.repo.switch("main")
    metadata = round_.metadata(based_on="draft-2")
    timely = round_.does(ANA, "2024-12-20T22:59:59Z", "submit", "dated", "--metadata", metadata)
    late = round_.does(ANA, "2024-12-20T23:00:00Z", "submit", "dated", "--metadata", metadata, code=1)
    assert (timely.data["state"], late.data["state"]) == ("open", "held")
    assert timely.data["events"][-1]["received"]["latest"] == "2024-12-20T22:59:59Z"
    round_.does(CHO, "2024-12-20T22:59:59Z", "call", "1", "--until", "2025-01-10")
    round_.does(CHO, "2025-01-11T10:00:00Z", "declare", "1", "agreed")
    assert round_.state("1", "2025-01-11T11:00:00Z") == "agreed"


def test_a_new_opinion_after_the_preparation(tmp_path: Path) -> None:
    """R10. In the third window it is held for a chair; after the final Report nobody can admit it."""
    round_ = rehearsal(tmp_path / "r")
    post(round_, "draft-3", "2025-03-31T08:00:00Z")
    round_.proposes(
        "moon", {"opinions/moon.md": TEXT.replace("access", "moon", 1).replace("schools", "craters")}
    )
    held = round_.does(
        ANA,
        "2025-04-07T10:00:00Z",
        "submit",
        "moon",
        "--metadata",
        round_.metadata(based_on="draft-3"),
        code=1,
    )
    assert held.data["state"] == "held"
    assert "opinion-after-cutoff" in held.rules
    post(round_, "final", "2026-04-13T08:00:00Z")
    refused = round_.does(
        ANA, "2026-04-20T10:00:00Z", "submit", "moon", "--metadata", round_.metadata(based_on="final"), code=1
    )
    assert refused.data["state"] == "refused"
    assert "opinion-after-final" in refused.rules
    never = round_.does(SAM, "2026-04-20T11:00:00Z", "admit", "2", "--reason", "It is a good one.", code=1)
    assert never.rules == ["admit-refused"]


def test_who_may_revise_and_withdraw(tmp_path: Path) -> None:
    """Its source (any of its experts, or whoever handed it in), or the secretariat for it; nobody else."""
    round_ = first_window(tmp_path / "r")
    round_.rewords("hours", (NINE, "to open schools until ten"))
    for who in (LEV, CHO, "Nobody Inparticular", ""):
        for command in (["revise", "1", "hours"], ["withdraw", "1", "--reason", "Gone."]):
            told = round_.does(who, "2024-08-21T10:00:00Z", *command, code=2)
            assert told.rules == ["source-only"], who
    round_.does(SAM, "2024-08-21T10:00:00Z", "revise", "1", "hours", "--reason", "Sent by letter L 4.")
    round_.does(ANA, "2024-08-22T10:00:00Z", "withdraw", "1", "--reason", "Number 2 says it better.")
    assert round_.state("1", "2024-08-22T11:00:00Z") == "withdrawn"


def test_a_source_that_is_not_on_the_list_keeps_its_own(tmp_path: Path) -> None:
    """It is known by the name under which it handed it in."""
    round_ = rehearsal(tmp_path / "r")
    post_second_draft(round_)
    public = round_.metadata(source="Nowhere Reading Circle", category="stakeholder", based_on="draft-2")
    round_.does("Nia Example", IN_W2, "submit", "--metadata", public)
    assert round_.does(LEV, IN_W2, "withdraw", "1", code=2).rules == ["source-only"]
    round_.does("Nia Example", IN_W2, "withdraw", "1", "--reason", "We thought again.")
    assert round_.state("1", IN_W2) == "withdrawn"


@pytest.mark.parametrize(
    ("who", "command"),
    [
        (ANA, ["revise", "1", "more"]),
        (ANA, ["withdraw", "1"]),
        (LEV, ["position", "1", "support", "--for", "lyrania"]),
        (CHO, ["call", "1", "--until", "2024-09-30"]),
        (CHO, ["declare", "1", "agreed"]),
        (CHO, ["meeting", "outcome", "ieg-1", "1", "agreed"]),
        (CHO, ["recall", "1", "--reason", "x"]),
        (SAM, ["incorporate", "1"]),
        (SAM, ["admit", "1", "--reason", "x"]),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
@pytest.mark.parametrize("over", ["withdrawn", "disposed"])
def test_nothing_is_done_to_what_is_over(tmp_path: Path, who: str, command: list[str], over: str) -> None:
    """Withdrawn or disposed of: it stays to be read; whoever wants more hands in a new one."""
    round_ = first_window(tmp_path / "r")
    round_.rewords("more", (EVENING, "to open all"))
    round_.does(CHO, IN_W1, "call", "1", "--until", "2024-08-30")
    if over == "withdrawn":
        round_.does(ANA, "2024-08-21T10:00:00Z", "withdraw", "1")
    else:
        round_.does(SAM, "2024-08-21T10:00:00Z", "dispose", "1", "noted", "--reason", "Heard.")
    before = round_.refs()
    told = round_.does(who, "2024-10-08T10:00:00Z", *command, code=1)
    assert told.rules == ["contribution-over"]
    assert round_.refs() == before


@pytest.mark.parametrize(
    ("command", "rule", "code", "fix"),
    [
        (["revise", "1", "hours"], "revision-same", 1, "Name a branch with the new wording"),
        (["revise", "1", "hour"], "branch-unknown", 2, "Did you mean `hours`?"),
        (["revise", "7", "hours"], "contribution-unknown", 2, "`accord status` lists them."),
        (["revise", "1", "island"], "history-unrelated", 1, "Start from the main branch"),
        (["submit", "island", "--metadata", "{}"], "history-unrelated", 1, "Start from the main branch"),
        (["submit", "hours", "--metadata", "nothing.yaml"], "file-missing", 2, "Check its name."),
    ],
    ids=lambda value: " ".join(value[:3]) if isinstance(value, list) else "",
)
def test_what_cannot_be_received(tmp_path: Path, command: list[str], rule: str, code: int, fix: str) -> None:
    """Each says why and what to do, and leaves everything as it was."""
    round_ = first_window(tmp_path / "r")
    tree = round_.repo.git("mktree", stdin="")
    round_.repo.git("branch", "island", round_.repo.git("commit-tree", tree, "-m", "An island"))
    before = round_.refs()
    words = [round_.metadata() if word == "{}" else word for word in command]
    told = round_.does(ANA, "2024-08-21T10:00:00Z", *words, code=code)
    assert told.rules == [rule]
    assert fix in told.data["findings"][0]["fix"]
    assert round_.refs() == before


def test_a_file_may_be_added_or_removed(tmp_path: Path) -> None:
    """A whole Opinion is its clauses: each that is added or removed shows."""
    round_ = rehearsal(tmp_path / "r")
    round_.proposes("gone", {OPINION: None})
    told = round_.does(ANA, IN_W1, "submit", "gone", "--metadata", round_.metadata(title="Without it"))
    assert told.data["state"] == "open"
    effect = told.data["events"][-1]["effect"]
    assert len(effect) > 5
    assert all(entry["gets"] is None for entry in effect)


def post_second_draft(round_: Round) -> None:
    """Draft 2 is posted, and W2 opens."""
    post(round_, "draft-2", POSTED_2)


def post(round_: Round, draft: str, moment: str) -> None:
    """A draft is posted officially."""
    round_.does(SAM, moment, "posted", draft, "--at", moment, "--url", f"https://example.org/{draft}")
