"""The mutants themselves: what is changed, what is left alone, and that docs/mutants.md speaks of code that exists."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutants.changes import MutableSource, function_code
from tests.mutants.report import Result, explained, line_of, show

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = ROOT / "tools/accord/domain"
PAGE = ROOT / "docs/mutants.md"


def source_of(tmp_path: Path, text: str) -> MutableSource:
    """A source file with these lines."""
    file = tmp_path / "shop.py"
    file.write_text(text, encoding="utf-8")
    return MutableSource(file, "shop.py")


@pytest.mark.parametrize(
    ("line", "changes"),
    [
        ("return a < b", ["`a < b` becomes `a <= b`", "the result becomes `None`"]),
        ("return a and b", ["`a and b` without `a`", "`a and b` without `b`", "the result becomes `None`"]),
        ("return not a", ["`not a` becomes `a`", "the result becomes `None`"]),
        ("a += 1", ["`1` becomes `2`", "`a += 1` is left out", "`a += 1` becomes `a -= 1`"]),
        ("b(a)", ["`b(a)` is left out"]),
        ("raise ValueError('no such thing')", ["nothing is raised"]),
        ("return [x for x in b if x]", [
            "condition `x` becomes `False`", "condition `x` becomes `True`", "the result becomes `None`",
        ]),
        ("return sorted(b, key=a)", [
            "`sorted` becomes `list`", "`sorted` without `key=`", "the result becomes `None`",
        ]),
        ("return a[1:]", ["`1` becomes `2`", "slice without the lower bound `1`", "the result becomes `None`"]),
        ("return {'kind': a}", ["`'kind'` becomes another text", "the result becomes `None`"]),
        ("b = f'{a} or nothing'", []),
        ("'''What it does.'''", []),
        ("b: tuple[int, str]", []),
        ("message = 'late' if a < b else 'early'", []),
        ("return Finding(rule='r', fix=str(a))", [
            "`'r'` becomes another text", "`Finding` without `rule=`", "the result becomes `None`",
        ]),
    ],
)  # fmt: skip
def test_what_is_changed(tmp_path: Path, line: str, changes: list[str]) -> None:
    """Each kind of line with all its mutants; messages, docstrings and types have none."""
    source = source_of(tmp_path, f"def price(a, b):\n    {line}\n")
    assert sorted(mutant.change for mutant in source.mutants) == sorted(changes)


def test_a_mutant_is_the_code_with_one_change(tmp_path: Path) -> None:
    """The changed function can be taken out of the module, and the source is as before."""
    source = source_of(tmp_path, "class Shop:\n    def price(self, a):\n        return a + 1\n")
    plus = next(mutant for mutant in source.mutants if "a - 1" in mutant.change)
    assert (plus.where, plus.function, plus.statement) == ("Shop.price", ("Shop.price", 2), (3, 8))

    def price(_: object, __: int) -> int:
        return 0

    assert plus.function is not None
    price.__code__ = function_code(source.code(plus), plus.function)
    assert price(None, 5) == 4
    untouched: dict[str, type] = {}
    exec(compile(source.tree, "shop.py", "exec"), untouched)  # noqa: S102
    assert untouched["Shop"]().price(5) == 6


def test_a_survivor_needs_a_line_on_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Explained survivors are fine; an unexplained one, or an explanation of what is noticed, is a finding."""
    source = source_of(tmp_path, "def price(a):\n    return a + 1\n")
    mutants = {mutant.name: mutant for mutant in source.mutants}
    seen = {name: Result("killed", "a test") for name in mutants}
    page = tmp_path / "mutants.md"
    page.write_text("", encoding="utf-8")
    assert show(mutants, seen, page) == 0
    name, survivor = next(iter(mutants.items()))
    seen[name] = Result("survived")
    assert show(mutants, seen, page) == 1
    assert line_of(survivor) in capsys.readouterr().out
    page.write_text(f"### shop.py\n\nNobody sees it.\n\n{line_of(survivor)}\n", encoding="utf-8")
    assert show(mutants, seen, page) == 0
    seen[name] = Result("killed", "a test")
    assert show(mutants, seen, page) == 1


def test_what_is_explained_exists() -> None:
    """Each line of the page names a change of a line that is in the source today."""
    lines = explained(PAGE.read_text(encoding="utf-8"))
    gone = []
    for file, survivors in lines.items():
        possible = {line_of(mutant) for mutant in MutableSource(DOMAIN / file, file).mutants}
        gone += [f"{file} {line}" for line in survivors if line not in possible]
    assert lines
    assert not gone, "no longer in the source; run `make mutants`:\n" + "\n".join(gone)
