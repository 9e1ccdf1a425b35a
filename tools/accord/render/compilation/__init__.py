"""The compilation of contributions to a window, in the forms that people negotiate from."""

from accord.render.compilation.columns import Columns
from accord.render.compilation.files import FORMS, compilation_file, compilation_files, file_name

__all__ = ["FORMS", "Columns", "compilation_file", "compilation_files", "file_name"]
