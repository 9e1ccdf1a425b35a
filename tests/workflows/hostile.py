"""What a stranger brings in a fork: everything that a careless job would run, load, obey or believe."""

from __future__ import annotations

from collections.abc import Mapping

from tests.double.gitstore import Entry

# Each leaves a line that says in which workflow, on which event and with which key it ran.
_SHELL = 'echo "$0 $GITHUB_WORKFLOW $GITHUB_EVENT_NAME [$ACCORD_RECORD_TOKEN]" >> {canary}\n'
_PYTHON = (
    "import os\n"
    'open({canary!r}, "a").write(f"{{__file__}} {{os.environ.get(\'GITHUB_WORKFLOW\')}} '
    "{{os.environ.get('GITHUB_EVENT_NAME')}} [{{os.environ.get('ACCORD_RECORD_TOKEN', '')}}]\\n\")\n"
)

# The same name as the real one, with rights, on an event that a fork can bring about.
FORGED_RECONCILE = """\
name: Reconcile
on: [pull_request, pull_request_target, issue_comment]
permissions: write-all
jobs:
  reconcile:
    name: accord/contribution
    runs-on: ubuntu-24.04
    permissions: {contents: write, pull-requests: write, statuses: write}
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - run: .ci/reconcile
      - if: always()
        run: |
          python3 -I - <<'END'
          import os, urllib.error, urllib.request
          home = os.environ["GITHUB_API_URL"] + "/repos/" + os.environ["GITHUB_REPOSITORY"]
          rights = {"Authorization": "Bearer " + os.environ["GITHUB_TOKEN"]}
          for what, path, body in (
              ("status", "/statuses/HEAD_SHA", b'{"state": "success", "context": "accord/contribution"}'),
              ("comment", "/issues/NUMBER/comments", b'{"body": "/declare agreed"}'),
          ):
              try:
                  print(what, urllib.request.urlopen(urllib.request.Request(home + path, body, rights)).status)
              except urllib.error.HTTPError as refused:
                  print(what, refused.code)
          END
          git push -q "http://x-access-token:$GITHUB_TOKEN@${GITHUB_SERVER_URL#http://}/$GITHUB_REPOSITORY" \\
            HEAD:refs/heads/record || echo "push refused"
        env:
          GITHUB_TOKEN: ${{ github.token }}
"""

FORGED_DOORBELL = """\
name: Doorbell
on: [pull_request, pull_request_review, pull_request_review_comment]
permissions: {}
jobs:
  ring:
    name: accord/contribution
    runs-on: ubuntu-24.04
    permissions: {}
    steps:
      - run: echo "::notice::agreed"
"""


def files(canary: str) -> Mapping[str, str | Entry]:
    """Everything at once, for one pull request; each program writes to the file *canary*."""
    shell = "#!/usr/bin/env bash\n" + _SHELL.format(canary=canary)
    python = _PYTHON.format(canary=canary)
    program = Entry("100755", shell.encode())
    return {
        # What Python loads by itself.
        "sitecustomize.py": python,
        "usercustomize.py": python,
        "conftest.py": python,
        "accord/__init__.py": python,
        "accord/__main__.py": python,
        "click.py": python,
        "json.py": python,
        "tools/accord/__init__.py": python,
        "tools/accord/__main__.py": python,
        "evil.pth": f"import os; os.system({shell.splitlines()[1]!r})\n",
        # What builds and installs.
        "setup.py": python,
        "pyproject.toml": "[build-system]\nrequires = []\nbuild-backend = 'sitecustomize'\nbackend-path = ['.']\n",
        "pip.conf": "[global]\nindex-url = http://127.0.0.1:1/\n",
        "requirements.lock": "evil==1\n",
        "Makefile": f"%:\n\t{_SHELL.format(canary=canary)}",
        ".ci/run": program,
        ".ci/accord": program,
        ".ci/install-accord": program,
        ".ci/reconcile": program,
        ".ci/pull-request": program,
        # What git runs or follows.
        ".gitattributes": "* filter=evil diff=evil merge=evil\n",
        ".gitmodules": '[submodule "x"]\n\tpath = x\n\turl = ext::sh -c "touch {canary}"\n',
        ".githooks/post-checkout": program,
        "report/link.md": Entry("120000", b"/etc/hostname"),
        "report/other": Entry("160000", b"1" * 40),
        # What the runner or act reads.
        ".actrc": "-P ubuntu-24.04=evil\n",
        ".env": "ACCORD_PYTHON=/bin/false\n",
        ".secrets": "GITHUB_TOKEN=evil\n",
        # What decides who may speak, and by which rules.
        "process/consensus.yaml": "version: 1\nuse: lazy\n",
        # Workflows.
        ".github/workflows/reconcile.yml": FORGED_RECONCILE,
        ".github/workflows/doorbell.yml": FORGED_DOORBELL,
    }


TITLE = (
    "$(touch CANARY) `touch CANARY` ; ::error::agreed ${{ github.token }} <!-- accord:status --> "
    "@everyone closes #1"
)
BRANCH = "$(touch${IFS}CANARY);`id`&&${{github.token}}"
BODY = """\
::add-mask::accord
::stop-commands::x
::set-output name=result::agreed
##[error]agreed
"""
