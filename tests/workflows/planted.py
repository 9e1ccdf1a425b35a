"""Bad workflows: a good one with one mistake each, and the check that has to see it."""

from __future__ import annotations

# Clean by every check of `checks.py`, by zizmor and by actionlint.
GOOD = """\
name: Good

on:
  schedule:
    - cron: "7 * * * *"

permissions: {}

jobs:
  work:
    name: Work
    if: >-
      github.ref == 'refs/heads/main'
      && (!github.event.repository.fork || vars.ACCORD_REPOSITORY == github.repository)
    concurrency:
      group: good
      cancel-in-progress: false
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    environment:
      name: record
      deployment: false
    permissions:
      contents: write # the reason
    steps:
      - name: Fetch
        uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          ref: main
          persist-credentials: false
      - name: Do it
        run: .ci/reconcile
        env:
          KEY: ${{ secrets.ACCORD_APP_PRIVATE_KEY }}
"""

_CRON = 'schedule:\n    - cron: "7 * * * *"'
_ON = f"on:\n  {_CRON}"

# (what somebody does, the check that sees it, what is replaced, by what)
PLANTED = [
    ("runs a fork's pull request with rights", "dangerous_triggers", _CRON, "pull_request_target:"),
    ("gives rights to a job that runs what a fork brings", "dangerous_triggers", _CRON, "pull_request:"),
    ("fetches the head of a pull request", "dangerous_triggers", "ref: main", "ref: ${{ github.head_ref }}"),
    (
        "fetches by the commit of the doorbell",
        "dangerous_triggers",
        "ref: main",
        "ref: ${{ github.event.workflow_run.head_sha }}",
    ),
    ("fetches whatever the event names", "dangerous_triggers", "          ref: main\n", ""),
    (
        "fetches the fork's repository",
        "dangerous_triggers",
        "ref: main",
        "ref: main\n          repository: ${{ github.event.workflow_run.head_repository.full_name }}",
    ),
    (
        "leaves the token for whoever comes next",
        "dangerous_triggers",
        "persist-credentials: false",
        "fetch-depth: 1",
    ),
    (
        "switches the guard of the checkout off",
        "dangerous_triggers",
        "ref: main",
        "ref: main\n          allow-unsafe-pr-checkout: true",
    ),
    (
        "puts a title into a command",
        "injections",
        "run: .ci/reconcile",
        'run: echo "${{ github.event.issue.title }}"',
    ),
    ("puts any expression into a command", "injections", "run: .ci/reconcile", "run: echo ${{ github.sha }}"),
    (
        "puts a script into an input",
        "injections",
        "ref: main",
        "ref: main\n          script: return context.payload.comment.body",
    ),
    ("writes a program into the workflow", "commands", "run: .ci/reconcile", "run: make && ./deploy.sh"),
    ("gives rights to all jobs", "permissions", "permissions: {}", "permissions:\n  contents: write # all"),
    ("says nothing at the top", "permissions", "permissions: {}\n\n", ""),
    (
        "gives every right",
        "permissions",
        "permissions:\n      contents: write # the reason",
        "permissions: write-all",
    ),
    ("gives a right without a reason", "permissions", "contents: write # the reason", "contents: write"),
    (
        "pins by a tag",
        "pins",
        "@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
        "@v7.0.1",
    ),
    ("pins by a shortened commit", "pins", "@3d3c42e5aac5ba805825da76410c181273ba90b1", "@3d3c42e"),
    ("names the wrong version beside the commit", "pins", "# v7.0.1", "# v7.0.2"),
    (
        "uses an action of somebody",
        "pins",
        "actions/checkout@",
        "mallory/checkout@",
    ),
    (
        "hides the action in quotation marks",
        "pins",
        "uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
        'uses: "mallory/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1"',
    ),
    (
        "gives a secret outside an environment",
        "secrets",
        "    environment:\n      name: record\n      deployment: false\n",
        "",
    ),
    ("gives all secrets", "secrets", "secrets.ACCORD_APP_PRIVATE_KEY", "toJSON(secrets)"),
    (
        "takes files of another run",
        "stores",
        "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
        "actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1",
    ),
    (
        "keeps a cache",
        "stores",
        "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
        "actions/cache@0057852bfaa89a56745cba8c7296529d2fc39830 # v4.3.0",
    ),
    ("keeps a cache by an input", "stores", "ref: main", "ref: main\n          cache: pip"),
    (
        "works in every copy",
        "guards",
        "\n      && (!github.event.repository.fork || vars.ACCORD_REPOSITORY == github.repository)",
        "",
    ),
    ("works from every branch", "guards", "github.ref == 'refs/heads/main'\n      && ", ""),
    ("answers programs", "guards", _CRON, "issue_comment:"),
    ("has no end", "limits", "    timeout-minutes: 5\n", ""),
    ("runs on whatever is new", "limits", "runs-on: ubuntu-24.04", "runs-on: ubuntu-latest"),
    (
        "runs twice at once",
        "limits",
        "    concurrency:\n      group: good\n      cancel-in-progress: false\n",
        "",
    ),
    ("queues before it knows whether it runs", "limits", "jobs:\n", "concurrency: good\n\njobs:\n"),
    (
        "shrugs its failures off",
        "limits",
        "      - name: Do it\n",
        "      - name: Do it\n        continue-on-error: true\n",
    ),
    ("has a job with the name of the gate", "gate", "name: Work", "name: accord/contribution"),
    ("has a job whose name is computed", "gate", "name: Work", "name: ${{ github.workflow }}"),
    ("rings with rights", "doorbell", _ON, "on: pull_request_review"),
]

# Bad workflows that only the programs of others see, and which of them: what our own checks do not know.
FOR_OTHERS = [
    ("misspells an event", "actionlint", _CRON, "pull_requests:"),
    ("misspells a key", "actionlint", "timeout-minutes", "timeout-minute"),
    ("asks for a right that does not exist", "actionlint", "contents: write", "content: write"),
    (
        "reads an output of no step",
        "actionlint",
        "${{ secrets.ACCORD_APP_PRIVATE_KEY }}",
        "${{ steps.no.outputs.x }}",
    ),
    (
        "listens to a finished run",
        "dangerous-triggers",
        _CRON,
        "workflow_run:\n    workflows: [X]\n    types: [completed]",
    ),
    ("pins by a tag", "unpinned-uses", "@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "@v7.0.1"),
    (
        "gives every right",
        "excessive-permissions",
        "permissions:\n      contents: write # the reason",
        "permissions: write-all",
    ),
    (
        "puts a title into a command",
        "template-injection",
        "run: .ci/reconcile",
        'run: echo "${{ github.event.issue.title }}"',
    ),
    ("leaves the token for whoever comes next", "artipacked", "persist-credentials: false", "fetch-depth: 1"),
]


def planted(old: str, new: str) -> str:
    """The good workflow with one mistake."""
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)
