"""A folder for documents, replaced as a whole: what is there is always complete."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from accord.domain.findings import Exit, refuse


class DocumentFolder:
    """Implements the port `Folder`. Files are made in a folder beside it and come to their place by one rename."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def name(self) -> str:
        """The path as given."""
        return str(self._path)

    def read(self) -> dict[str, bytes] | None:
        """The files in it; None if it is not there.

        Raises:
            Refused: something of that name is no folder (exit USAGE), or the disk refuses (exit OUTSIDE).
        """
        if not self._path.exists():
            return None
        if not self._path.is_dir():
            raise refuse(
                "folder-foreign",
                f"{self._path} is a file, not a folder.",
                fix="Name another folder with `-o DIR`.",
                exit_code=Exit.USAGE,
            )
        try:
            found = sorted(self._path.iterdir())
            return {one.name: one.read_bytes() if one.is_file() else b"" for one in found}
        except OSError as problem:
            raise _refused(self._path, problem) from problem

    def replace(self, files: Mapping[str, bytes]) -> None:
        """Put exactly these files there.

        Raises:
            Refused: the disk refuses (exit OUTSIDE); what was there is left as it was.
        """
        target = Path(os.path.abspath(self._path))  # noqa: PTH100 - `resolve` would follow a link
        fresh, old = (target.with_name(f".{target.name}.{end}") for end in ("part", "old"))
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            for leftover in (fresh, old):
                shutil.rmtree(leftover, ignore_errors=True)
            fresh.mkdir()
            for name, data in files.items():
                with (fresh / name).open("wb") as stream:
                    stream.write(data)
                    stream.flush()
                    os.fsync(stream.fileno())
            if target.exists():
                target.rename(old)
            fresh.rename(target)
        except OSError as problem:
            if old.exists() and not target.exists():
                old.rename(target)
            shutil.rmtree(fresh, ignore_errors=True)
            raise _refused(target, problem) from problem
        shutil.rmtree(old, ignore_errors=True)


def _refused(path: Path, problem: OSError) -> Exception:
    return refuse(
        "folder-refused",
        f"The folder {path} cannot be written: {problem.strerror or problem}.",
        fix="Free some space or choose another folder, then run the same command again.",
        exit_code=Exit.OUTSIDE,
    )
