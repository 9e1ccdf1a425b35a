"""One zip of several files: the same files give the same bytes, on any machine and at any time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

# The first moment a zip can hold; readers show no date for it.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_FILE = 0o100644 << 16


def archive(files: Mapping[str, bytes], *, first: str = "") -> bytes:
    """A zip of ``files`` by name, sorted; ``first`` names a file that its readers expect at the beginning."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name in sorted(files, key=lambda name: (name != first, name)):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX  # else it would tell which system it was made on
            entry.external_attr = _FILE
            package.writestr(entry, files[name])
    return target.getvalue()
