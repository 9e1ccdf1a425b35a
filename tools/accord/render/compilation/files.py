"""A compilation as files: the same compilation gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from accord.render.compilation.columns import Columns
from accord.render.compilation.csv import compilation_csv
from accord.render.compilation.docx import compilation_docx
from accord.render.compilation.html import compilation_html
from accord.render.compilation.markdown import compilation_markdown
from accord.render.compilation.model import Compilation
from accord.render.compilation.xlsx import compilation_xlsx

_FORMS: Mapping[str, tuple[str, Callable[[Compilation, Columns], bytes]]] = {
    "xlsx": ("xlsx", compilation_xlsx),
    "docx": ("docx", compilation_docx),
    "html": ("html", lambda made, columns: compilation_html(made, columns).encode("utf-8", "replace")),
    "csv": ("csv", compilation_csv),
    "markdown": ("md", lambda made, columns: compilation_markdown(made, columns).encode("utf-8", "replace")),
}
FORMS = tuple(_FORMS)
NAME = "compilation"


def compilation_file(made: Compilation, form: str, columns: Columns = Columns.ITU) -> bytes:
    """One file, in one of :data:`FORMS`."""
    return _FORMS[form][1](made, columns)


def compilation_files(made: Compilation, columns: Columns = Columns.ITU) -> dict[str, bytes]:
    """Every form, by file name."""
    return {file_name(form): compilation_file(made, form, columns) for form in FORMS}


def file_name(form: str) -> str:
    """The name of the file in a form."""
    return f"{NAME}.{_FORMS[form][0]}"
