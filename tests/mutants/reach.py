"""Which test reaches which statement, and how the code of a module is replaced while it is read."""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

from tests.mutants.changes import Statement

Reached = tuple[str, Statement]
_PROBE = "__reached__"


class Loader(SourceFileLoader):
    """Reads a module from its source with the code that `make` gives for it; leaves no compiled file behind."""

    def __init__(self, fullname: str, path: str, make: Callable[[Path], CodeType | None]) -> None:
        super().__init__(fullname, path)
        self._make = make

    def get_code(self, fullname: str) -> CodeType | None:
        """The replaced code, or the usual one."""
        return self._make(Path(self.path)) or super().get_code(fullname)


class Finder(MetaPathFinder):
    """Finds the modules of one package and has them read by `Loader`."""

    def __init__(self, package: str, make: Callable[[Path], CodeType | None]) -> None:
        self._package, self._make = package, make

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The usual place, with another loader."""
        if not f"{fullname}.".startswith(f"{self._package}."):
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.origin is not None:
            spec.loader = Loader(fullname, spec.origin, self._make)
        return spec

    def install(self) -> None:
        """Ask this finder before all others."""
        sys.meta_path.insert(0, self)


class Probes:
    """Notes every statement of a function that is run, by file and place."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._places: list[Reached] = []
        self._hits: set[int] = set()
        setattr(builtins, _PROBE, self._hits.add)

    def code(self, path: Path) -> CodeType:
        """A module with a probe before each statement."""
        tree = ast.parse(path.read_text(encoding="utf-8"))
        file = path.relative_to(self._root).as_posix()
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                self._into(node, file)
        ast.fix_missing_locations(tree)
        return compile(tree, str(path), "exec", dont_inherit=True)

    def take(self) -> set[Reached]:
        """What was reached since the last time."""
        found = {self._places[number] for number in self._hits}
        self._hits.clear()
        return found

    def _into(self, node: ast.AST, file: str) -> None:
        for field, value in ast.iter_fields(node):
            if not isinstance(value, list):
                continue
            body: list[ast.AST] = []
            for child in value:
                if isinstance(child, ast.stmt):
                    body.append(self._probe(child, file))
                # Functions inside this one are visited by themselves.
                if not isinstance(child, ast.FunctionDef) and isinstance(child, ast.AST):
                    self._into(child, file)
                body.append(child)
            if field in {"body", "orelse", "finalbody", "handlers", "cases"}:
                setattr(node, field, body)

    def _probe(self, statement: ast.stmt, file: str) -> ast.stmt:
        self._places.append((file, (statement.lineno, statement.col_offset)))
        call = ast.Call(
            func=ast.Name(id=_PROBE, ctx=ast.Load()),
            args=[ast.Constant(value=len(self._places) - 1)],
            keywords=[],
        )
        return ast.copy_location(ast.Expr(value=call), statement)
