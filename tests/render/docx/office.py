"""LibreOffice as a second opinion: it accepts or rejects all changes itself and says what it then reads."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

ACCEPT, REJECT, NOTHING = "AcceptAllTrackedChanges", "RejectAllTrackedChanges", "Nothing"
# Run by a Python that has LibreOffice's own module, which is seldom the one that runs the tests.
_DRIVER = """
import json, sys, time
import uno
from com.sun.star.beans import PropertyValue

def value(name, what):
    return PropertyValue(name, 0, what, 0)

def paragraphs(text):
    found = text.createEnumeration()
    while found.hasMoreElements():
        one = found.nextElement()
        if one.supportsService("com.sun.star.text.TextTable"):
            for name in one.CellNames:
                for style, label, words in paragraphs(one.getCellByName(name)):
                    yield f"{name} {style}", label, words
        elif one.ParaStyleName == "Part title":
            return  # the table of changes, which is not the text
        elif one.ParaStyleName not in ("Title", "Notice", "Remark", "Gap"):
            yield one.ParaStyleName, one.ListLabelString, one.String

folder, _, *actions = sys.argv[1:]
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
for attempt in range(600):
    try:
        remote = resolver.resolve("uno:pipe,name=PIPE;urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.1)
manager = remote.ServiceManager
desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
kept = desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, (value("Hidden", True),))
dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", remote)
for index, action in enumerate(actions):
    document = desktop.loadComponentFromURL(f"{folder}/{index}.docx", "_blank", 0, (value("Hidden", True),))
    if action != "Nothing":
        dispatcher.executeDispatch(document.getCurrentController().getFrame(), ".uno:" + action, "", 0, ())
    read = list(paragraphs(document.Text))
    notes = document.Footnotes
    for at in range(notes.Count):
        read += paragraphs(notes.getByIndex(at))
    with open(f"{sys.argv[2]}/{index}.json", "w", encoding="utf-8") as stream:
        json.dump(read, stream)
    document.close(True)
try:
    desktop.terminate()
except Exception:
    pass  # it answers no more once it ends
"""


Seen = tuple[str, str, str]
"""Of one paragraph: its style (in a table after the name of its cell), the number that is printed, its words."""


def read(folder: Path, jobs: Sequence[tuple[bytes, str]]) -> list[list[Seen]]:
    """The paragraphs of each text, then those of its footnotes, after what is to be done with it.

    What stands before and after the text (title, remarks, table of changes) is left out.
    """
    office, python = shutil.which("soffice"), _python()
    if office is None or python is None:
        pytest.skip("LibreOffice and its module for Python are not installed")
    for index, (document, _) in enumerate(jobs):
        (folder / f"{index}.docx").write_bytes(_without_comments(document))
    name = f"accord-{folder.name}"
    driver = folder / "driver.py"
    driver.write_text(_DRIVER.replace("PIPE", name), "utf-8")
    running = subprocess.Popen(
        [
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            f"--accept=pipe,name={name};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        subprocess.run(
            [python, str(driver), folder.as_uri(), str(folder), *(action for _, action in jobs)],
            check=True,
            timeout=240,
        )
        running.wait(timeout=60)
    finally:
        running.kill()
    return [
        [tuple(one) for one in json.loads((folder / f"{index}.json").read_text("utf-8"))]
        for index in range(len(jobs))
    ]


def _without_comments(document: bytes) -> bytes:
    """LibreOffice 7.4 without a screen breaks off when it lays out a hidden document with comments in its margin."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = re.sub(rb'<w:comment(RangeStart|RangeEnd|Reference) w:id="\d+"/>', b"", data)
            new.writestr(name, data)
    return target.getvalue()


def _python() -> str | None:
    for python in (sys.executable, "/usr/bin/python3"):
        if (
            Path(python).exists()
            and not subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode
        ):
            return python
    return None
