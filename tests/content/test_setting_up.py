"""The page on setting up names every setting that the doctor looks at, and no other."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from accord.cli.settings import init
from accord.domain.forge.settings import examine
from tests.domain.forge.test_settings import BAD, GOOD

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/setting-up.md").read_text("utf-8")
OF_THE_COPY = {"workflow-files", "record-born", "people-named", "process-files", "issue-form"}


def test_every_check_is_on_the_page_and_the_other_way_round() -> None:
    """By its name, in brackets after the setting."""
    checked = {one.key for settings in (GOOD, BAD) for one in examine(settings)} | OF_THE_COPY
    named = {
        name
        for group in re.findall(r"\((`[a-z-]+`(?:, `[a-z-]+`)*)\)", PAGE)
        for name in re.findall(r"`([a-z-]+)`", group)
    }
    assert named - {"record-writer"} == checked - {"record-writer"}
    assert PAGE.count("record-writer") > 1


def test_the_example_of_init_is_one() -> None:
    """What a reader copies is understood."""
    (command,) = re.findall(r"accord init \. ((?:.*\\\n)+.*)", PAGE)
    words = shlex.split(command.replace("\\\n", " "))
    context = init.make_context("init", [".", *words])
    assert context.params["short"] == "LWA"
    assert len(context.params["windows"]) == 2
