"""Which clause of the old text is which clause of the new one."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from accord.domain.text.clauses import Clause, Kind

SIMILAR = 45.0
"""Least likeness (0-100) of two clauses in one gap for them to be one clause, changed."""

MOVED = 80.0
"""Least likeness of a clause that was taken from one place and put in another."""

MOVED_WORDS = 6
"""A moved clause that also changed must be at least this long: short ones resemble each other by chance."""

_CELLS = 40_000
_FAMILIES = {
    Kind.HEADING: "heading",
    Kind.KEYWORD: "keyword",
    Kind.PARAGRAPH: "prose",
    Kind.ITEM: "prose",
    Kind.CAPTION: "prose",
    Kind.FOOTNOTE: "prose",
    Kind.HEADER: "row",
    Kind.ROW: "row",
    Kind.CODE: "code",
    Kind.HTML: "html",
    Kind.RULE: "rule",
    Kind.FRONT: "front",
}
_PROSE = {"heading", "keyword", "prose"}


class Pair(NamedTuple):
    """Clause ``old`` became clause ``new`` (indexes; None when it was added or removed), perhaps elsewhere."""

    old: int | None
    new: int | None
    moved: bool = False


def family(clause: Clause) -> str:
    """Clauses of one family may become one another."""
    return _FAMILIES[clause.kind]


def align(old: Sequence[Clause], new: Sequence[Clause]) -> tuple[Pair, ...]:
    """Pair the clauses of two texts: equal ones, then similar ones between them, then moved ones.

    Every index of either side occurs exactly once. Swapping the arguments mirrors the pairs, because the work is always
    done on the two texts in one order.
    """
    return align_files([(old, new)])


def align_files(files: Sequence[tuple[Sequence[Clause], Sequence[Clause]]]) -> tuple[Pair, ...]:
    """The same over several files; the indexes count on from file to file. Between files a clause can only move."""
    old = [clause for before, _ in files for clause in before]
    new = [clause for _, after in files for clause in after]
    if _comes_after(old, new):
        mirrored = _align(new, old, [(after, before) for before, after in files])
        return _sorted(Pair(pair.new, pair.old, pair.moved) for pair in mirrored)
    return _sorted(_align(old, new, files))


def _comes_after(old: Sequence[Clause], new: Sequence[Clause]) -> bool:
    """Which of two texts is taken first is told by the first clause that differs, else by the length."""
    for mine, yours in zip(old, new, strict=False):
        if mine.text != yours.text or mine.kind is not yours.kind:
            return (mine.text, mine.kind.value) > (yours.text, yours.kind.value)
    return len(old) > len(new)


def _sorted(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """In the order of the new text; what was removed comes first."""

    def key(pair: Pair) -> tuple[int, int]:
        return (-1 if pair.new is None else pair.new, -1 if pair.old is None else pair.old)

    return tuple(sorted(pairs, key=key))


def _align(
    old: Sequence[Clause],
    new: Sequence[Clause],
    files: Sequence[tuple[Sequence[Clause], Sequence[Clause]]],
) -> list[Pair]:
    chain: list[tuple[int, int]] = []
    old_file: list[int] = []
    new_file: list[int] = []
    for serial, (before, after) in enumerate(files):
        a, b = len(old_file), len(new_file)
        chain += sorted((a + i, b + j) for i, j in _in_place(before, after))
        old_file += [serial] * len(before)
        new_file += [serial] * len(after)
    old_left = sorted(set(range(len(old))) - {a for a, _ in chain})
    new_left = sorted(set(range(len(new))) - {b for _, b in chain})
    moves: list[tuple[int, int]] = []
    for a, b in sorted(_moves(old, new, old_left, new_left)):
        at = bisect_left(chain, (a, b))
        in_order = (not at or chain[at - 1][1] < b) and (at == len(chain) or chain[at][1] > b)
        if in_order and old_file[a] == new_file[b]:
            chain.insert(at, (a, b))
        else:
            moves.append((a, b))
    pairs = [Pair(a, b) for a, b in chain] + [Pair(a, b, moved=True) for a, b in moves]
    old_done = {pair.old for pair in pairs}
    new_done = {pair.new for pair in pairs}
    pairs += [Pair(a, None) for a in range(len(old)) if a not in old_done]
    pairs += [Pair(None, b) for b in range(len(new)) if b not in new_done]
    return pairs


def _in_place(old: Sequence[Clause], new: Sequence[Clause]) -> Iterator[tuple[int, int]]:
    """Pairs that keep the order of both texts."""
    from rapidfuzz.distance import Indel

    numbers: dict[tuple[str, str], int] = {}

    def numbered(clauses: Sequence[Clause]) -> list[int]:
        keys = [("prose" if family(clause) in _PROSE else family(clause), clause.text) for clause in clauses]
        return [numbers.setdefault(key, len(numbers)) for key in keys]

    last_a = last_b = 0
    blocks = [
        (o.src_start, o.dest_start, o.src_end - o.src_start)
        for o in Indel.opcodes(numbered(old), numbered(new))
        if o.tag == "equal"
    ]
    for a, b, size in [*blocks, (len(old), len(new), 0)]:
        if a > last_a and b > last_b:
            yield from _similar(old, new, range(last_a, a), range(last_b, b))
        for step in range(size):
            yield a + step, b + step
        last_a, last_b = a + size, b + size


def likeness(old: Clause, new: Clause, least: float) -> float:
    """How alike two clauses are, 0-100; 0 when they cannot be one clause or are less alike than ``least``."""
    if family(old) != family(new):
        return 0.0
    if old.kind is Kind.FRONT:
        same = old.text.partition(":")[0] == new.text.partition(":")[0]
        return 90.0 if same else 0.0
    from rapidfuzz.fuzz import ratio

    if old.kind is Kind.KEYWORD:
        return max(SIMILAR + 1, float(ratio(old.text, new.text)))
    return float(ratio(old.text, new.text, score_cutoff=least))


def _similar(
    old: Sequence[Clause], new: Sequence[Clause], rows: range, columns: range
) -> Iterator[tuple[int, int]]:
    """The best order-keeping pairing of one gap; in a very large gap only clauses near the diagonal meet."""
    height, width = len(rows), len(columns)
    band = max(1, _CELLS // (height + width)) if height * width > _CELLS else width + height
    taken: set[tuple[int, int]] = set()
    edges: list[tuple[int, int]] = []
    for i in range(height):
        middle = i * width // height
        edges.append((max(0, middle - band), min(width, middle + band + 1)))
    totals = [0.0] * (width + 1)
    choices: list[bytearray] = []
    for i in range(height):
        choice = bytearray(width + 1)
        row = [0.0] * (width + 1)
        low, high = edges[i]
        for j in range(width):
            score = 0.0
            if low <= j < high:
                score = likeness(old[rows[i]], new[columns[j]], SIMILAR)
            paired = totals[j] + score - SIMILAR + 1 if score >= SIMILAR else -1.0
            if paired > totals[j + 1] and paired > row[j]:
                row[j + 1], choice[j + 1] = paired, 1
            elif totals[j + 1] >= row[j]:
                row[j + 1], choice[j + 1] = totals[j + 1], 2
            else:
                row[j + 1], choice[j + 1] = row[j], 3
        totals = row
        choices.append(choice)
    i, j = height, width
    while i and j:
        step = choices[i - 1][j]
        if step == 1:
            taken.add((rows[i - 1], columns[j - 1]))
            i, j = i - 1, j - 1
        elif step == 2:
            i -= 1
        else:
            j -= 1
    yield from sorted(taken)


def _moves(
    old: Sequence[Clause], new: Sequence[Clause], old_left: Sequence[int], new_left: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Left-over clauses of the old text that stand elsewhere in the new one."""
    gone, come = set(old_left), set(new_left)
    old_at, new_at = _places(old, old_left), _places(new, new_left)
    for key, places in old_at.items():
        if len(places) == 1 and len(new_at.get(key, ())) == 1:
            yield places[0], new_at[key][0]
            gone.discard(places[0])
            come.discard(new_at[key][0])
    scored = sorted(
        (-likeness(old[a], new[b], MOVED), a, b) for a, b in _candidates(old, new, sorted(gone), sorted(come))
    )
    for score, a, b in scored:
        if -score >= MOVED and a in gone and b in come:
            gone.discard(a)
            come.discard(b)
            yield a, b


def _places(clauses: Sequence[Clause], left: Sequence[int]) -> dict[tuple[str, str], list[int]]:
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index in left:
        if any(sign.isalnum() for sign in clauses[index].text):
            places[family(clauses[index]), clauses[index].text].append(index)
    return places


def _candidates(
    old: Sequence[Clause], new: Sequence[Clause], gone: Sequence[int], come: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Pairs long enough and with words enough in common to be worth comparing."""
    words = {b: set(new[b].text.split()) for b in come}
    holding: dict[str, list[int]] = defaultdict(list)
    for b in come:
        if len(words[b]) >= MOVED_WORDS // 2 and len(new[b].text.split()) >= MOVED_WORDS:
            for word in sorted(words[b]):
                holding[word].append(b)
    for a in gone:
        mine = set(old[a].text.split())
        if len(old[a].text.split()) < MOVED_WORDS:
            continue
        shared = Counter(b for word in sorted(mine) for b in holding.get(word, ()))
        for b, count in shared.items():
            if count * 2 >= min(len(mine), len(words[b])) and family(old[a]) == family(new[b]):
                yield a, b
