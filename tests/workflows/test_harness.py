"""The workflows run: they start, fetch the main branch, install Accord, and give a stranger nothing.

Here nothing answers behind the programming interface; what Accord then does is told elsewhere.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from accord.domain.forge.issue_form import LABELS
from tests.workflows.bare import BareForge, bare_forge, from_fork, payload
from tests.workflows.files import workflow
from tests.workflows.harness import Actions, Run
from tests.workflows.triggers import Event


@pytest.fixture(name="forge")
def _forge(tmp_path: Path) -> BareForge:
    return bare_forge(tmp_path / "forge")


@pytest.fixture(name="actions")
def _actions(forge: BareForge, tmp_path: Path) -> Actions:
    return Actions(forge, tmp_path, environment={"ACCORD_PYTHON": sys.executable})


def by_name(runs: list[Run]) -> dict[str, Run]:
    return {run.workflow: run for run in runs}


HOSTILE_BELL = """\
name: Doorbell
on: [pull_request, pull_request_review]
permissions: write-all
jobs:
  ring:
    name: accord/contribution
    runs-on: ubuntu-24.04
    permissions: {contents: write, pull-requests: write, statuses: write}
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - run: |
          echo "key [$KEY]"
          git config --get-regexp extraheader | cut -c1-20
          cat conftest.py
        env:
          KEY: ${{ secrets.ACCORD_APP_PRIVATE_KEY }}
"""


def test_a_doorbell_from_a_fork_rings_and_does_nothing(forge: BareForge, actions: Actions) -> None:
    """It runs without rights, and Reconcile runs after it, on the main branch."""
    pull = from_fork(forge, {"report/01-introduction.md": "Another text.\n"})
    runs = by_name(actions.deliver(Event("pull_request_review", payload("submitted", pull_request=pull))))
    assert list(runs) == ["Doorbell", "Reconcile"]
    bell = runs["Doorbell"]
    assert (bell.result, bell.job.lines, bell.job.permissions) == ("success", (), {})
    assert runs["Reconcile"].event.runs_as == "refs/heads/main"


def test_reconcile_runs_this_accord_from_the_main_branch(forge: BareForge, actions: Actions) -> None:
    """It fetches, installs and starts; with nobody behind the interface it says so and is red or waits."""
    (run,) = actions.deliver(Event("schedule", {"schedule": "7,27,47 * * * *"}))
    assert "accord 0." in run.job.text
    assert "Looked at" in run.job.summary
    assert "**accord sync**" in run.job.summary
    assert forge.tokens == [
        {
            "contents": "write",
            "pull-requests": "write",
            "issues": "write",
            "statuses": "write",
            "checks": "read",
        }
    ]


def test_a_doorbell_that_a_fork_rewrote_gets_nothing(forge: BareForge, actions: Actions) -> None:
    """Its own file runs, as on GitHub, with a token that reads, no secret, and no say in what follows."""
    actions.secrets = {"ACCORD_APP_PRIVATE_KEY": "an-invented-key-that-is-long-enough"}
    pull = from_fork(
        forge, {".github/workflows/doorbell.yml": HOSTILE_BELL, "conftest.py": "stolen = True\n"}
    )
    runs = by_name(actions.deliver(Event("pull_request_review", payload("submitted", pull_request=pull))))
    bell = runs["Doorbell"]
    assert bell.result == "success"
    assert "key []" in bell.text
    assert "stolen = True" in bell.text  # so its own files were there
    assert set(bell.job.permissions.values()) == {"read"}
    assert "an-invented-key" not in bell.job.log
    assert runs["Reconcile"].event.payload["workflow_run"]["pull_requests"] == []
    assert "stolen" not in runs["Reconcile"].job.log


def test_a_copy_of_the_repository_does_nothing(actions: Actions) -> None:
    """A fork of the forum's repository neither writes nor spends; where it says that it is one, it works."""
    actions.fork = True
    (run,) = actions.deliver(Event("schedule", {"schedule": "7,27,47 * * * *"}))
    assert run.result == "skipped"
    actions.variables = {"ACCORD_REPOSITORY": "arcadia-forum/drafts"}
    (run,) = actions.deliver(Event("schedule", {"schedule": "7,27,47 * * * *"}))
    assert run.result != "skipped"
    actions.variables = {"ACCORD_REPOSITORY": "somebody/else"}
    (run,) = actions.deliver(Event("schedule", {"schedule": "7,27,47 * * * *"}))
    assert run.result == "skipped"


def test_a_program_that_comments_is_not_answered(actions: Actions) -> None:
    """Two programs could talk for ever."""
    comment = payload("created", issue={"number": 7, "pull_request": {}}, comment={"body": "Hello"})
    (run,) = actions.deliver(
        Event("issue_comment", {**comment, "sender": {"login": "a", "id": 9, "type": "Bot"}})
    )
    assert run.result == "skipped"
    (run,) = actions.deliver(Event("issue_comment", comment))
    assert run.result != "skipped"


@pytest.mark.parametrize(
    ("issue", "looks"),
    [
        ({"body": "When is the meeting?", "labels": [{"name": "question"}]}, False),
        ({"body": "When is the meeting?", "labels": []}, False),
        ({"body": None, "labels": []}, False),
        ({"body": "Please see above.", "labels": [{"name": "contribution"}]}, True),
        ({"body": f"### {LABELS['category']}\n\nAcademia", "labels": []}, True),  # nobody has made the label
        ({"body": "/discuss opinions/access\nAs it reads.", "labels": []}, True),
        ({"body": "Let us /discuss it.", "labels": []}, False),
    ],
)
def test_only_forms_and_places_of_discussion_are_looked_at(
    actions: Actions, tmp_path: Path, issue: dict[str, Any], looks: bool
) -> None:
    """Any other issue is left alone at once."""
    actions.environment = echo(tmp_path)
    (run,) = actions.deliver(Event("issues", payload("opened", issue={"number": 3, **issue})))
    assert run.result == ("success" if looks else "skipped")


def test_a_number_is_a_number(actions: Actions, tmp_path: Path) -> None:
    """The form by hand takes digits and nothing else; `test_scripts.py` has more of what is no number."""
    actions.environment = echo(tmp_path)
    inputs = {"pr": "7; touch pwned", "dry_run": "false"}
    (run,) = actions.deliver(
        Event("workflow_dispatch", {"workflow": ".github/workflows/reconcile.yml", "inputs": inputs})
    )
    assert run.result == "failure"
    assert run.job.errors == (
        "This is no number of a contribution: write digits only, or leave the field empty.",
    )
    assert "asked:" not in run.job.text


def act(**inputs: str) -> Event:
    return Event(
        "workflow_dispatch",
        {
            "workflow": ".github/workflows/acts.yml",
            "inputs": {"contribution": "12", "act": "call", "dry_run": "false", **inputs},
        },
        actor="cho-example",
        actor_id=3,
    )


ECHO = """\
#!/usr/bin/env python3
import sys
if "--version" in sys.argv: print("accord 0.0")
else: print("asked:", *map(repr, sys.argv[4:])); print("::error::said by a stranger"); sys.exit(CODE)
"""


def echo(folder: Path, code: int = 0) -> dict[str, str]:
    """In the place of Accord, a program that says what it was asked, prints an order, and ends with *code*."""
    file = folder / f"echo-{code}"
    file.write_text(ECHO.replace("CODE", str(code)), "utf-8")
    file.chmod(0o755)
    return {"ACCORD_PYTHON": str(file)}


def test_an_act_is_entered_for_the_account_that_filled_in_the_form(actions: Actions, tmp_path: Path) -> None:
    """By its number, which cannot be typed; what was typed arrives as it was, in one piece."""
    actions.environment = echo(tmp_path)
    (run,) = actions.deliver(act(details='until 2025-02-03 "$(id)" `id` ${{ github.token }}'))
    assert run.result == "success"
    said = '/call until 2025-02-03 "$(id)" `id` ${{ github.token }}'
    assert f"asked: 'command' '--as-account' '3' '--' '12' {said!r}" in run.job.text


def test_a_dry_run_of_an_act_says_so(actions: Actions, tmp_path: Path) -> None:
    """The box of the form reaches the command."""
    actions.environment = echo(tmp_path)
    (run,) = actions.deliver(act(details="", dry_run="true"))
    assert "asked: 'command' '--dry-run' '--as-account' '3' '--' '12' '/call'" in run.job.text


def test_an_old_entry_is_not_entered_again(actions: Actions, tmp_path: Path) -> None:
    """Who runs an old run again would act in the name of the first person."""
    actions.environment = echo(tmp_path)
    again = act(details="")
    (run,) = actions.deliver(Event(again.name, again.payload, actor_id=3, attempt=2))
    assert run.result == "failure"
    assert "open the form" in run.job.errors[0]
    assert "asked:" not in run.job.text


def test_a_second_line_in_the_form_is_refused(actions: Actions, tmp_path: Path) -> None:
    """A second line would be a second command, or an order in the log."""
    actions.environment = echo(tmp_path)
    (run,) = actions.deliver(act(details="agreed\n/declare 13 agreed"))
    assert run.result == "failure"
    assert "asked:" not in run.job.text


def test_what_people_wrote_gives_no_orders(actions: Actions, tmp_path: Path) -> None:
    """A line that looks like an order is shown, and obeyed by nobody."""
    actions.environment = echo(tmp_path)
    (run,) = actions.deliver(act(details=""))
    assert run.job.errors == ()
    assert "    ::error::said by a stranger" in run.job.summary


@pytest.mark.parametrize(
    ("event", "code", "result"),
    [
        ("schedule", 0, "success"),
        ("schedule", 1, "failure"),
        ("schedule", 3, "failure"),
        ("schedule", 4, "success"),
        ("issue_comment", 4, "success"),
        ("workflow_dispatch", 4, "failure"),
    ],
)
def test_when_a_run_is_red(actions: Actions, tmp_path: Path, event: str, code: int, result: str) -> None:
    """A refusal from outside is no failure, unless a person waits for it."""
    actions.environment = echo(tmp_path, code)
    events = {
        "schedule": Event("schedule", {"schedule": "7,27,47 * * * *"}),
        "issue_comment": Event("issue_comment", payload("created", issue={"number": 7, "pull_request": {}})),
        "workflow_dispatch": Event(
            "workflow_dispatch",
            {"workflow": ".github/workflows/reconcile.yml", "inputs": {"pr": "", "dry_run": "false"}},
        ),
    }
    (run,) = actions.deliver(events[event])
    assert run.result == result
    assert ("asked: 'reconcile'" in run.job.text) == (code == 0)
    waits = "Nothing is lost: the next run goes on." in run.job.summary
    assert waits == bool(run.job.warnings) == (code == 4 and result == "success")


@pytest.mark.parametrize(
    ("event", "asked"),
    [
        (Event("schedule", {"schedule": "7,27,47 * * * *"}), ["'sync'", "'reconcile'"]),
        (Event("schedule", {"schedule": "13 2 * * *"}), ["'sync' '--full'", "'reconcile' '--full'"]),
        (
            Event(
                "workflow_dispatch",
                {"workflow": ".github/workflows/reconcile.yml", "inputs": {"pr": "12", "dry_run": "true"}},
            ),
            ["'sync' '--pr' '12' '--dry-run'", "'reconcile' '--pr' '12' '--dry-run'"],
        ),
        (
            Event(
                "issues", payload("edited", issue={"number": 3, "labels": [{"name": "contribution"}]})
            ),
            ["'sync' '--issue' '3'", "'reconcile' '--issue' '3'"],
        ),
        (
            Event("issue_comment", payload("deleted", issue={"number": 3, "pull_request": {}})),
            ["'sync'", "'reconcile'"],
        ),
    ],
    ids=["every twenty minutes", "at night", "by hand", "a form", "a comment"],
)  # fmt: skip
def test_what_each_event_asks_for(actions: Actions, tmp_path: Path, event: Event, asked: list[str]) -> None:
    """First read, then answer; an event narrows it only where nobody could forge the number."""
    actions.environment = echo(tmp_path)
    (run,) = actions.deliver(event)
    assert [line for line in run.job.lines if line.startswith("asked:")] == [
        f"asked: {line}" for line in asked
    ]


def test_an_app_writes_the_record_where_there_is_one(actions: Actions, tmp_path: Path) -> None:
    """Its key is asked for only then, only for the record, and shown nowhere."""
    environment = echo(tmp_path)
    file = Path(environment["ACCORD_PYTHON"])
    tells = 'import os\nif "sync" in sys.argv: print(len(os.environ["ACCORD_RECORD_TOKEN"]))\n'
    file.write_text(file.read_text("utf-8").replace("import sys\n", "import sys\n" + tells), "utf-8")
    actions.environment = environment
    (without,) = actions.deliver(Event("schedule", {"schedule": "7,27,47 * * * *"}))
    key = "an-invented-key-that-is-long-enough"
    actions.secrets, actions.variables = (
        {"ACCORD_APP_PRIVATE_KEY": key},
        {"ACCORD_APP_CLIENT_ID": "Iv1.invented"},
    )
    (with_app,) = actions.deliver(Event("schedule", {"schedule": "7,27,47 * * * *"}))
    assert (without.result, with_app.result) == ("success", "success")
    assert "0" in without.job.lines
    assert str(len(key)) in with_app.job.lines
    assert key not in with_app.job.log


def test_a_change_of_the_text_is_checked_in_a_minute(
    forge: BareForge, actions: Actions, tmp_path: Path
) -> None:
    """Only the text: the checks of the text. Anything else: everything."""
    actions.environment = echo(tmp_path)
    opened = payload(
        "opened", pull_request=from_fork(forge, {"report/01-introduction.md": "Another text.\n"})
    )
    checks = by_name(actions.deliver(Event("pull_request", opened), chain=False))["Checks"]
    assert checks.jobs["change"].result == "success"
    assert "asked: 'check'" in checks.text
    everything = "#!/usr/bin/env bash\nset -euo pipefail\necho everything\n"
    opened = payload(
        "opened",
        pull_request=from_fork(
            forge, {"opinions/a.md": "Another.\n", "tools/a.py": "\n", ".ci/run": everything}
        ),
    )
    checks = by_name(actions.deliver(Event("pull_request", opened), chain=False))["Checks"]
    assert "everything" in checks.text
    assert "asked:" not in checks.text


def test_a_release_has_the_name_of_a_draft(actions: Actions, tmp_path: Path) -> None:
    """Nothing else becomes a tag; without it no page is published either."""
    actions.environment = echo(tmp_path)
    payload_ = {"workflow": ".github/workflows/release.yml", "inputs": {"draft": "draft-2; id"}}
    (run,) = actions.deliver(Event("workflow_dispatch", payload_))
    assert {name: job.result for name, job in run.jobs.items()} == {"release": "failure", "pages": "skipped"}
    assert "asked:" not in run.text


def test_a_release_attests_before_it_publishes(actions: Actions, tmp_path: Path) -> None:
    """Prepare, attest, publish, and then the pages, all in one run."""
    environment = echo(tmp_path)
    file = Path(environment["ACCORD_PYTHON"])
    makes = (
        'import os\nif "--prepare" in sys.argv: os.makedirs("build/release"); open("build/release/a.md", "w").close()\n'
        'if "build" in sys.argv: os.makedirs("build/pages"); open("build/pages/a.html", "w").close()\n'
    )
    file.write_text(file.read_text("utf-8").replace("import sys\n", "import sys\n" + makes), "utf-8")
    actions.environment = environment
    (run,) = actions.deliver(
        Event(
            "workflow_dispatch", {"workflow": ".github/workflows/release.yml", "inputs": {"draft": "draft-2"}}
        )
    )
    assert {name: job.result for name, job in run.jobs.items()} == {
        "release": "success",
        "pages/build": "success",
        "pages/deploy": "success",
    }
    told = [
        line.split("  ")[-1]
        for line in run.text.splitlines()
        if line.startswith(("asked", "attested", "page"))
    ]
    assert told == [
        "asked: 'sync'",
        "asked: 'release' '--prepare' '--assets-dir' 'build/release' '--as-account' '1' '--' 'draft-2'",
        "build/release/a.md",
        "asked: 'release' '--publish' '--assets-dir' 'build/release' '--as-account' '1' '--' 'draft-2'",
        "asked: 'build' 'main' '-o' 'build/pages'",
        "page build/pages/a.html",
        "pages published",
    ]


def test_the_harness_says_when_a_job_fails_or_does_not_run(actions: Actions) -> None:
    """A job that fails is a failure, what needs it is skipped, and a false condition is no success."""
    text = """\
    name: X
    on: push
    permissions: {}
    jobs:
      a: {runs-on: ubuntu-24.04, permissions: {}, steps: [{run: "echo no; exit 1"}]}
      b: {runs-on: ubuntu-24.04, permissions: {}, needs: a, steps: [{run: "true"}]}
      c: {runs-on: ubuntu-24.04, permissions: {}, if: "false", steps: [{run: "true"}]}
      d: {runs-on: ubuntu-24.04, permissions: {contents: read}, steps: [{run: 'echo "$HOME" && env'}]}
    """
    run = actions.run(workflow("x.yml", "\n".join(line[4:] for line in text.splitlines())), Event("push"))
    assert {name: job.result for name, job in run.jobs.items()} == {
        "a": "failure",
        "b": "skipped",
        "c": "skipped",
        "d": "success",
    }
    assert run.result == "failure"
    # Nothing of this machine reaches a job.
    names = {line.partition("=")[0] for line in run.jobs["d"].lines if "=" in line}
    assert not [
        n for n in names if not n.startswith(("GITHUB_", "RUNNER_", "ACT", "ACCORD_PYTHON", "SHA_REF"))
    ] or (
        names - {n for n in names if n.startswith(("GITHUB_", "RUNNER_", "ACT", "SHA_REF"))}
        <= {"PATH", "HOME", "LANG", "CI", "PWD", "SHLVL", "_", "ACCORD_PYTHON", "ImageOS"}
    )


def test_the_checkout_stand_in_refuses_a_fork_with_rights(forge: BareForge, actions: Actions) -> None:
    """As the real one does since v7, so that a mistake would be seen here too."""
    pull = from_fork(forge, {"conftest.py": "stolen = True\n"})
    run = Run("Doorbell", Event("pull_request_review", payload("submitted", pull_request=pull)), {})
    text = (
        "name: X\non: workflow_run\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    permissions: {}\n"
        "    steps:\n      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1\n"
        "        with: {ref: '${{ github.event.workflow_run.head_sha }}'}\n"
    )
    job = actions.run(workflow("x.yml", text), actions.completed(run)).job
    assert job.errors == ("Refusing to check out fork pull request code",)
