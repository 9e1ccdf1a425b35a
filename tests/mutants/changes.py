"""Every small change of a source file that a test should notice: the mutants.

What is changed: comparisons, conditions, `and`/`or`, `not`, arithmetic, numbers, True and False, names and keys
(string literals without a space), results, calls of which nothing is kept, `raise`, loops left early, bounds of
slices, cases of a `match`, handlers of errors, named arguments, and calls with a twin (`min`/`max`, `any`/`all`,
`sorted`, `startswith`).

What is not: types, docstrings, imports, decorators, `__all__`, and messages. A message is an f-string, a string literal
that contains a space, and whatever is given to `message` or `fix`: the words people read are checked by the tests of
`render/`, of the adapters and of the commands, not here.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

Function = tuple[str, int]
Statement = tuple[int, int]
_Change = tuple[str, ast.AST]

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.BitXor: ast.BitOr,
    ast.LShift: ast.RShift, ast.RShift: ast.LShift,
}  # fmt: skip
_FUNCTIONS = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list", "reversed": "list"}
_METHODS = {
    "startswith": "endswith", "endswith": "startswith", "lstrip": "rstrip", "rstrip": "lstrip",
    "removeprefix": "removesuffix", "removesuffix": "removeprefix", "find": "rfind", "rfind": "find",
    "partition": "rpartition", "rpartition": "partition", "union": "intersection", "intersection": "union",
    "issubset": "issuperset", "issuperset": "issubset", "fullmatch": "match", "match": "search",
}  # fmt: skip
_DROPPED_METHODS = {"strip", "lower", "upper", "casefold", "title", "capitalize", "rstrip", "lstrip", "copy"}
_TYPES_ONLY = {"cast", "TypeVar", "NewType", "ParamSpec"}
_MESSAGES = {"message", "fix"}
_SHORT = 70


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change. `file` is below the root of the mutated folder; `where` is the function, "" for the module itself.

    `function` is the outermost function changed (name and first line) and `statement` the innermost statement
    (line and column) in it; both are None for what runs when the module is read.
    """

    file: str
    where: str
    line: int
    source: str
    change: str
    function: Function | None
    statement: Statement | None

    @property
    def name(self) -> str:
        """What a person and the list of explained survivors call it: no line number, so that it lasts."""
        return f"{self.file} {self.where or 'module'}: {self.source}: {self.change}"


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a node hangs in the tree."""

    parent: ast.AST
    field: str
    index: int | None

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


@dataclass(frozen=True, slots=True)
class _Site:
    slot: _Slot
    old: ast.AST
    new: ast.AST


class MutableSource:
    """One source file and all its mutants."""

    def __init__(self, path: Path, file: str) -> None:
        self.path, self.file = path, file
        text = path.read_text(encoding="utf-8")
        self.tree = ast.parse(text)
        self._lines = text.splitlines()
        self._sites: dict[Mutant, _Site] = {}
        self._seen: Counter[str] = Counter()
        self._walk_all(self.tree, "", None, None)

    @property
    def mutants(self) -> list[Mutant]:
        """All mutants, in the order of the source."""
        return list(self._sites)

    def code(self, mutant: Mutant) -> CodeType:
        """The compiled module with this one change."""
        site = self._sites[mutant]
        site.slot.put(site.new)
        try:
            return compile(self.tree, str(self.path), "exec", dont_inherit=True)
        finally:
            site.slot.put(site.old)

    def _walk_all(
        self, node: ast.AST, where: str, function: Function | None, statement: Statement | None
    ) -> None:
        for field, value in ast.iter_fields(node):
            if _untouched(node, field):
                continue
            # What a function is given by default, and its decorators, run when the module is read.
            inside = function
            if isinstance(node, ast.FunctionDef) and field == "body" and function is None:
                first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
                inside = (where, first)
            children = value if isinstance(value, list) else [value]
            for index, child in enumerate(children):
                if isinstance(child, ast.AST):
                    slot = _Slot(node, field, index if isinstance(value, list) else None)
                    self._walk(child, slot, where, inside, statement)

    def _walk(
        self, node: ast.AST, slot: _Slot, where: str, function: Function | None, statement: Statement | None
    ) -> None:
        if _is_words(node):
            return
        if isinstance(node, ast.stmt) and function is not None:
            statement = (node.lineno, node.col_offset)
        for change, new in _changes_of(node, slot.parent):
            self._add(node, slot, change, new, where, function, statement)
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            where = f"{where}.{node.name}" if where else node.name
        self._walk_all(node, where, function, statement)

    def _add(
        self, node: ast.AST, slot: _Slot, change: str, new: ast.AST, where: str,
        function: Function | None, statement: Statement | None,
    ) -> None:  # fmt: skip
        line = _line(node, slot.parent)
        ast.copy_location(new, node if hasattr(node, "lineno") else slot.parent)
        ast.fix_missing_locations(new)
        source = self._lines[line - 1].strip()
        key = f"{where} {source} {change}"
        self._seen[key] += 1
        again = f" ({self._seen[key]})" if self._seen[key] > 1 else ""
        mutant = Mutant(self.file, where, line, source, change + again, function, statement)
        self._sites[mutant] = _Site(slot, node, new)


def function_code(module: CodeType, function: Function) -> CodeType:
    """The code of one function in a compiled module. Raises LookupError when it is not there."""
    waiting = [module]
    while waiting:
        code = waiting.pop()
        if (code.co_qualname, code.co_firstlineno) == function:
            return code
        waiting += [one for one in code.co_consts if isinstance(one, CodeType)]
    raise LookupError(function)


def _line(node: ast.AST, parent: ast.AST) -> int:
    line = getattr(node, "lineno", None) or getattr(parent, "lineno", None)
    if line is None and isinstance(node, ast.match_case):
        line = node.pattern.lineno
    if line is None and isinstance(node, ast.comprehension):
        line = node.target.lineno
    return line or 1


def _untouched(node: ast.AST, field: str) -> bool:
    """Whether a part of a node is not code that a test could notice."""
    if field in {"annotation", "returns", "decorator_list", "keywords"} and not isinstance(node, ast.Call):
        return True
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        return True
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _TYPES_ONLY


def _is_words(node: ast.AST) -> bool:
    """Messages, docstrings, imports and `__all__`."""
    if isinstance(node, ast.JoinedStr | ast.Import | ast.ImportFrom):
        return True
    if isinstance(node, ast.keyword) and node.arg in _MESSAGES:
        return True
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id in {*_MESSAGES, "__all__"}
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value


def _changes_of(node: ast.AST, parent: ast.AST) -> Iterator[_Change]:
    for kind, changes in _CHANGES.items():
        if isinstance(node, kind):
            yield from changes(node, parent)
    if isinstance(node, ast.expr) and _is_condition(node, parent) and not isinstance(node, ast.Constant):
        yield f"condition {_show(node)} becomes `True`", ast.Constant(value=True)
        yield f"condition {_show(node)} becomes `False`", ast.Constant(value=False)


def _is_condition(node: ast.expr, parent: ast.AST) -> bool:
    if isinstance(parent, ast.If | ast.IfExp | ast.match_case):
        return node is (parent.guard if isinstance(parent, ast.match_case) else parent.test)
    return isinstance(parent, ast.comprehension) and node in parent.ifs


def _compare(node: ast.Compare, _: ast.AST) -> Iterator[_Change]:
    for index, operator in enumerate(node.ops):
        new = copy.copy(node)
        new.ops = [*node.ops[:index], _COMPARISONS[type(operator)](), *node.ops[index + 1 :]]
        yield f"{_show(node)} becomes {_show(new)}", new


def _bool_op(node: ast.BoolOp, _: ast.AST) -> Iterator[_Change]:
    for index, value in enumerate(node.values):
        rest = [*node.values[:index], *node.values[index + 1 :]]
        new = ast.BoolOp(op=node.op, values=rest) if rest[1:] else rest[0]
        yield f"{_show(node)} without {_show(value)}", copy.copy(new)


def _unary(node: ast.UnaryOp, _: ast.AST) -> Iterator[_Change]:
    yield f"{_show(node)} becomes {_show(node.operand)}", copy.copy(node.operand)


def _binary(node: ast.BinOp | ast.AugAssign, _: ast.AST) -> Iterator[_Change]:
    if type(node.op) in _ARITHMETIC:
        new = copy.copy(node)
        new.op = _ARITHMETIC[type(node.op)]()
        yield f"{_show(node)} becomes {_show(new)}", new


def _constant(node: ast.Constant, _: ast.AST) -> Iterator[_Change]:
    value = node.value
    if isinstance(value, bool):
        yield f"`{value}` becomes `{not value}`", ast.Constant(value=not value)
    elif isinstance(value, int | float):
        yield f"`{value}` becomes `{value + 1}`", ast.Constant(value=value + 1)
    elif isinstance(value, str):
        yield f"{_show(node)} becomes another text", ast.Constant(value="XX" + value)


def _call(node: ast.Call, _: ast.AST) -> Iterator[_Change]:
    for index, keyword in enumerate(node.keywords):
        if keyword.arg is not None and keyword.arg not in _MESSAGES:
            new = copy.copy(node)
            new.keywords = [*node.keywords[:index], *node.keywords[index + 1 :]]
            yield f"{_show(node.func)} without `{keyword.arg}=`", new
    function = node.func
    if isinstance(function, ast.Name) and function.id in _FUNCTIONS:
        new = copy.copy(node)
        new.func = ast.Name(id=_FUNCTIONS[function.id], ctx=ast.Load())
        if new.func.id == "list":
            new.keywords = []
        yield f"`{function.id}` becomes `{new.func.id}`", new
    if isinstance(function, ast.Attribute):
        if function.attr in _METHODS:
            new = copy.copy(node)
            twin = _METHODS[function.attr]
            new.func = ast.Attribute(value=function.value, attr=twin, ctx=ast.Load())
            yield f"`{function.attr}` becomes `{twin}`", new
        if function.attr in _DROPPED_METHODS:
            yield f"{_show(node)} becomes {_show(function.value)}", copy.copy(function.value)
        if function.attr == "get" and node.args[1:]:
            new = copy.copy(node)
            new.args = node.args[:1]
            yield f"{_show(node)} becomes {_show(new)}", new


def _return(node: ast.Return, _: ast.AST) -> Iterator[_Change]:
    if node.value is not None and not (isinstance(node.value, ast.Constant) and node.value.value is None):
        yield "the result becomes `None`", ast.Return(value=ast.Constant(value=None))


def _lambda(node: ast.Lambda, _: ast.AST) -> Iterator[_Change]:
    yield f"{_show(node)} gives `None`", ast.Lambda(args=node.args, body=ast.Constant(value=None))


def _expression(node: ast.Expr, _: ast.AST) -> Iterator[_Change]:
    yield f"{_show(node)} is left out", ast.Pass()


def _raise(_: ast.Raise, __: ast.AST) -> Iterator[_Change]:
    yield "nothing is raised", ast.Pass()


def _augmented(node: ast.AugAssign, parent: ast.AST) -> Iterator[_Change]:
    yield from _binary(node, parent)
    yield f"{_show(node)} is left out", ast.Pass()


def _break(_: ast.Break, __: ast.AST) -> Iterator[_Change]:
    yield "`break` becomes `continue`", ast.Continue()


def _continue(_: ast.Continue, __: ast.AST) -> Iterator[_Change]:
    yield "`continue` becomes `break`", ast.Break()


def _slice(node: ast.Slice, _: ast.AST) -> Iterator[_Change]:
    for bound in ("lower", "upper"):
        if (value := getattr(node, bound)) is not None:
            new = copy.copy(node)
            setattr(new, bound, None)
            yield f"slice without the {bound} bound {_show(value)}", new


def _match(node: ast.Match, _: ast.AST) -> Iterator[_Change]:
    for index, case in enumerate(node.cases if node.cases[1:] else []):
        new = copy.copy(node)
        new.cases = [*node.cases[:index], *node.cases[index + 1 :]]
        yield f"without the case {_show(case.pattern)}", new


def _handler(node: ast.ExceptHandler, _: ast.AST) -> Iterator[_Change]:
    new = copy.copy(node)
    new.type = ast.Tuple(elts=[], ctx=ast.Load())
    yield "nothing is caught", new


_CHANGES: dict[type[ast.AST], Callable[..., Iterator[_Change]]] = {
    ast.Compare: _compare,
    ast.BoolOp: _bool_op,
    ast.UnaryOp: _unary,
    ast.BinOp: _binary,
    ast.Constant: _constant,
    ast.Call: _call,
    ast.Return: _return,
    ast.Lambda: _lambda,
    ast.Expr: _expression,
    ast.Raise: _raise,
    ast.AugAssign: _augmented,
    ast.Break: _break,
    ast.Continue: _continue,
    ast.Slice: _slice,
    ast.Match: _match,
    ast.ExceptHandler: _handler,
}


def _show(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return f"`{text if len(text) <= _SHORT else text[: _SHORT - 3] + '...'}`"
