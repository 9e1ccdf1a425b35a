"""Laws of the effect (C5) on real texts: what counts outdates its own clause, what doesn't count outdates nothing.

The texts are the Report's and the Opinion template of this project, and two governance texts that lie beside it. A change
is made on the clauses of a text and written as Markdown again, so that it says exactly what it means to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from accord.domain.agreement.effect import Agreed, effect_against
from accord.domain.agreement.proposal import agreed_clauses, proposal
from accord.domain.record.values import Entry
from accord.domain.text.canonical import canonical, chunks
from accord.domain.text.clauses import Clause, Document, Kind
from accord.domain.text.identity import Identified, carry
from accord.domain.text.markdown import parse_document

ROOT = Path(__file__).resolve().parents[3]
BESIDE = ROOT.parent / "shared" / "data" / "redline"
OWN = {
    "forum": "report/01-the-forum.md",
    "process": "report/02-preparatory-process.md",
    "opinion": "opinions/_template.md",
}
_ABSENT = pytest.mark.skipif(
    not BESIDE.is_dir(), reason="the real texts are not beside this repository (../shared/data/redline)"
)
LONG = [
    "opinion",
    *(pytest.param(name, marks=_ABSENT) for name in ("eip1-old", "eip1-new", "rfc3392-old", "rfc3392-new")),
]
"""Those with clauses enough, under several headings or keywords, that two of them can have nothing to do with each other."""
TEXTS = [
    *OWN,
    *(pytest.param(name, marks=_ABSENT) for name in ("eip1-old", "eip1-new", "rfc3392-old", "rfc3392-new")),
]
on_long_texts = pytest.mark.parametrize("name", LONG)
on_real_texts = pytest.mark.parametrize("name", TEXTS)
laws = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)

Effects = Mapping[str, Entry]
PROSE = (Kind.PARAGRAPH, Kind.ITEM)
NEW = "An invented sentence about lighthouses of Lyrania and the boats of Arcadia;"


@dataclass(frozen=True)
class Text:
    """A text with its clauses as the agreed text has them."""

    path: str
    source: str
    clauses: tuple[Clause, ...]
    known: tuple[Identified, ...]

    @property
    def agreed(self) -> Agreed:
        return Agreed(clauses=agreed_clauses(self.known))

    def id(self, index: int) -> str:
        return self.known[index].id


@cache
def real(name: str) -> Text:
    path = OWN.get(name, "report/04-text.md")
    source = (ROOT / path if name in OWN else BESIDE / f"{name}.md").read_text(encoding="utf-8")
    return text_of(path, source)


def text_of(path: str, source: str, base: Text | None = None) -> Text:
    document = parse_document(path, source)
    before = base.known if base else ()
    known = carry(before, [document], ever_given={one.id for one in before})
    return Text(path=path, source=source, clauses=document.clauses, known=known)


def written(text: Text, clauses: Sequence[Clause]) -> str:
    return canonical(Document(path=text.path, front=None, clauses=tuple(clauses)))


def effect(base: Text, source: str, agreed: Agreed | None = None) -> Effects:
    """The effect of a head on the text it was written on, or on a newer state of it."""
    head = text_of(base.path, source, base)
    found = effect_against(proposal(base.known, head.known), agreed or base.agreed)
    return {entry.id: entry for entry in found}


def outdated(before: Effects, after: Effects) -> set[str]:
    """The clauses on which a position given before is outdated afterwards."""
    return {id_ for id_, entry in before.items() if after.get(id_) != entry}


# --- Changes ---------------------------------------------------------------------------------------------------------

_WORD = re.compile(r"(?<= )[A-Za-z]{3,}(?= )")


def rewordable(text: Text) -> list[int]:
    """Clauses of prose with several words between spaces, so that one of them can be another."""
    return [
        index
        for index, clause in enumerate(text.clauses)
        if clause.kind in (*PROSE, Kind.ROW, Kind.FOOTNOTE) and len(_WORD.findall(clause.text)) >= 3
    ]


def reworded(clause: Clause, nth: int, word: str = "lighthouse") -> Clause:
    words = list(_WORD.finditer(clause.text))
    found = words[nth % len(words)]
    return replace(clause, text=clause.text[: found.start()] + word + clause.text[found.end() :])


def without_children(text: Text) -> list[int]:
    """Clauses of prose that end where they end: nothing hangs below them, and they begin no list."""
    return [
        index
        for index, clause in enumerate(text.clauses)
        if clause.kind in PROSE
        and not (clause.apart or clause.detail)
        and clause.text
        and _frames(text, index - 1)[: len(clause.frames)] == clause.frames
        and (
            _frames(text, index + 1)[: len(clause.frames)] != clause.frames
            or (len(_frames(text, index + 1)) == len(clause.frames) and _kind(text, index + 1) is clause.kind)
            or not clause.frames
        )
    ]


def _frames(text: Text, index: int) -> tuple[str, ...]:
    return text.clauses[index].frames if 0 <= index < len(text.clauses) else ()


def _kind(text: Text, index: int) -> Kind | None:
    return text.clauses[index].kind if 0 <= index < len(text.clauses) else None


def siblings(text: Text) -> list[int]:
    """Each clause after which another of its kind follows in the same list or under the same heading."""
    alone = set(without_children(text))
    return [
        index
        for index in alone
        if index + 1 in alone
        and text.clauses[index].kind is text.clauses[index + 1].kind
        and text.clauses[index].container == text.clauses[index + 1].container
        and text.clauses[index].text != text.clauses[index + 1].text
    ]


# --- Format ----------------------------------------------------------------------------------------------------------


def by_chunk(change: Callable[[Clause, str, str], str]) -> Callable[[Text, Sequence[Clause]], str]:
    """A text with the wording of each clause of prose spelt otherwise: from clause, wording and what lines begin with."""

    def spelt(text: Text, clauses: Sequence[Clause]) -> str:
        lines: list[str] = []
        for clause, chunk in zip(clauses, chunks(clauses), strict=True):
            body = chunk.body(chunk.text)
            if clause.kind in (*PROSE, Kind.FOOTNOTE):
                body = change(clause, body, chunk.rest)
            lines += [*chunk.gap, *f"{chunk.head}{body}{chunk.tail}".split("\n")]
        return "\n".join(lines) + "\n"

    return spelt


def _wrapped(every: int, end: str = "") -> Callable[[Clause, str, str], str]:
    def change(_clause: Clause, body: str, rest: str) -> str:
        count = 0

        def at(found: re.Match[str]) -> str:
            nonlocal count
            count += 1
            return f"{end}\n{rest}" if count % every == 0 else found[0]

        return re.sub(r"(?<=[\w,;.])(?<!\\) (?=[A-Za-z])", at, body)

    return change


_SMART = str.maketrans({"\u2019": "'", "\u201c": '"', "\u201d": '"'})


def _straight(_clause: Clause, body: str, _rest: str) -> str:
    return re.sub(
        r"(?<=\w)\u2019(?=\w)|(?<=\s)\u201c(?=\w)|(?<=\w)\u201d", lambda m: m[0].translate(_SMART), body
    )


def _typographic(_clause: Clause, body: str, _rest: str) -> str:
    if "`" in body or "](" in body or "<" in body:
        return body
    body = re.sub(r"(?<=\w)'(?=\w)", "\u2019", body)
    body = re.sub(r'(?<=\s)"(?=\w)', "\u201c", body)
    return re.sub(r'(?<=\w)"', "\u201d", body)


def _emphasised(_clause: Clause, body: str, _rest: str) -> str:
    if any(sign in body for sign in "`_<\\"):
        return body
    body = re.sub(r"(?<![\w*])\*\*(\w[^*\n]*\w)\*\*(?![\w*])", r"__\1__", body)
    return re.sub(r"(?<![\w*])\*(\w[^*\n]*\w)\*(?![\w*])", r"_\1_", body)


def _by_source(change: Callable[[str], str]) -> Callable[[Text, Sequence[Clause]], str]:
    return lambda text, clauses: change(written(text, clauses))


def _outside_code(source: str, change: Callable[[str], str]) -> str:
    lines, inside = [], False
    for line in source.split("\n"):
        fence = line.lstrip().startswith("```")
        lines.append(line if inside or fence or line.strip() in ("---", "___") else change(line))
        inside ^= fence
    return "\n".join(lines)


def _other_marker(line: str) -> str:
    line = re.sub(r"^((?:[ >]|\d\. )*)- ", r"\1+ ", line)
    return re.sub(r"^( *)(\d+)\. ", r"\1\2) ", line)


FORMATS: dict[str, Callable[[Text, Sequence[Clause]], str]] = {
    "wrapped": by_chunk(_wrapped(5)),
    "wrapped at every word": by_chunk(_wrapped(1)),
    "lines that end in spaces": by_chunk(_wrapped(7, end="  ")),
    "no-break spaces": by_chunk(lambda _c, body, _r: re.sub(r"(?<=\d) (?=\w)", "\u00a0", body)),
    "straight quotes": by_chunk(_straight),
    "typographic quotes": by_chunk(_typographic),
    "emphasis with underscores": by_chunk(_emphasised),
    "another list marker": _by_source(lambda source: _outside_code(source, _other_marker)),
    "spaces at the end of lines": _by_source(
        lambda source: _outside_code(source, lambda l: l + " " if l else l)
    ),
    "line breaks of Windows": _by_source(lambda source: source.replace("\n", "\r\n")),
    "no line break at the end": _by_source(lambda source: source.rstrip("\n")),
    "more empty lines": _by_source(lambda source: re.sub(r"\n\n(?=[A-Z#])", "\n\n\n\n", source)),
}


@pytest.mark.parametrize("form", FORMATS)
@on_real_texts
def test_format_alone_is_no_effect(name: str, form: str) -> None:
    """C5. White space, wrapping, the spelling of markup and typographic quotes don't count, in any clause of a text."""
    text = real(name)
    assert effect(text, FORMATS[form](text, text.clauses)) == {}


@on_real_texts
@laws
@given(data=st.data())
def test_format_changes_no_entry_of_an_effect(name: str, data: st.DataObject) -> None:
    """C5. A contribution written anew in another format keeps every position on it."""
    text = real(name)
    clauses = changed(text, data)
    before = effect(text, written(text, clauses))
    form = FORMATS[data.draw(st.sampled_from(sorted(FORMATS)))]
    assert unnamed(effect(text, form(text, clauses))) == unnamed(before)
    assert before


def unnamed(found: Effects) -> list[Entry]:
    """The entries with additions by number: which id an addition gets at first says nothing about it."""
    names = {id_: f"new-{n}" for n, id_ in enumerate(i for i, entry in found.items() if entry.had is None)}
    return [
        replace(entry, id=names.get(entry.id, entry.id), after=names.get(entry.after or "", entry.after))
        for entry in found.values()
    ]


def changed(text: Text, data: st.DataObject) -> list[Clause]:
    """The clauses of a text after one to three changes: reworded, inserted, deleted."""
    clauses: list[Clause] = list(text.clauses)
    places = sorted(
        data.draw(st.sets(st.sampled_from(without_children(text)), min_size=1, max_size=3)), reverse=True
    )
    for at in places:
        match data.draw(st.sampled_from(["reword", "insert", "delete"])):
            case "reword" if at in rewordable(text):
                clauses[at] = reworded(clauses[at], data.draw(st.integers(0, 20)))
            case "delete":
                del clauses[at]
            case _:
                clauses.insert(at + 1, replace(clauses[at], text=f"{NEW[:-1]} {at};"))
    return clauses


# --- Words -----------------------------------------------------------------------------------------------------------


@on_real_texts
@laws
@given(data=st.data())
def test_a_word_changes_exactly_its_clause(name: str, data: st.DataObject) -> None:
    """C5. One word of one clause: one entry, whose digests differ, and nothing is placed anew."""
    text = real(name)
    at = data.draw(st.sampled_from(rewordable(text)))
    clauses = list(text.clauses)
    clauses[at] = reworded(clauses[at], data.draw(st.integers(0, 20)))
    found = effect(text, written(text, clauses))
    assert set(found) == {text.id(at)}
    assert found[text.id(at)].had != found[text.id(at)].gets
    assert found[text.id(at)].after is None


@on_real_texts
@laws
@given(data=st.data())
def test_another_word_in_a_later_version_outdates_exactly_its_clause(name: str, data: st.DataObject) -> None:
    """C5. Of several touched clauses only the one that reads differently in the later version is outdated."""
    text = real(name)
    wanted = rewordable(text)
    places = sorted(data.draw(st.sets(st.sampled_from(wanted), min_size=2, max_size=4)))
    at = data.draw(st.sampled_from(places))
    clauses = list(text.clauses)
    for place in places:
        clauses[place] = reworded(clauses[place], place)
    first = effect(text, written(text, clauses))
    clauses[at] = reworded(clauses[at], at + 1, "boat")
    second = effect(text, written(text, clauses))
    assert set(first) == set(second) == {text.id(place) for place in places}
    assert outdated(first, second) == {text.id(at)}


# --- Places ----------------------------------------------------------------------------------------------------------


@on_real_texts
@laws
@given(data=st.data())
def test_a_deletion_is_one_entry(name: str, data: st.DataObject) -> None:
    text = real(name)
    at = data.draw(st.sampled_from(without_children(text)))
    found = effect(text, written(text, [*text.clauses[:at], *text.clauses[at + 1 :]]))
    (entry,) = found.values()
    twins = [i for i, clause in enumerate(text.clauses) if clause.text == text.clauses[at].text]
    assert entry.id in {text.id(twin) for twin in twins}
    assert (entry.gets, entry.after) == (None, None)


@on_real_texts
@laws
@given(data=st.data())
def test_an_insertion_is_one_entry_that_names_its_predecessor(name: str, data: st.DataObject) -> None:
    text = real(name)
    at = data.draw(st.sampled_from(without_children(text)))
    clauses = [*text.clauses[: at + 1], replace(text.clauses[at], text=NEW), *text.clauses[at + 1 :]]
    (entry,) = effect(text, written(text, clauses)).values()
    assert (entry.had, entry.after) == (None, text.id(at))


@on_real_texts
@laws
@given(data=st.data())
def test_two_clauses_that_change_places_are_one_move(name: str, data: st.DataObject) -> None:
    """C5. Its words are the same, its predecessor is another; the clauses around it are not touched."""
    text = real(name)
    pairs = siblings(text)
    assume(pairs)
    at = data.draw(st.sampled_from(sorted(pairs)))
    one, two = text.clauses[at], text.clauses[at + 1]
    clauses = [*text.clauses[:at], two, one, *text.clauses[at + 2 :]]
    (entry,) = effect(text, written(text, clauses)).values()
    assert entry.id in (text.id(at), text.id(at + 1))
    assert entry.had == entry.gets
    assert entry.after in (text.id(at - 1) if at else "", text.id(at + 1))


@on_real_texts
@laws
@given(data=st.data())
def test_a_move_away_is_one_entry(name: str, data: st.DataObject) -> None:
    """C5. From one place to another of the same kind: one entry, its words the same, with its new predecessor."""
    text = real(name)
    places = without_children(text)
    taken = data.draw(st.sampled_from(places))
    put = data.draw(st.sampled_from(places))
    clause = text.clauses[taken]
    assume(abs(taken - put) > 1 and text.clauses[put].kind is clause.kind)
    assume(text.clauses[put].frames == clause.frames)
    assume(sum(one.text == clause.text for one in text.clauses) == 1)
    clauses = list(text.clauses)
    clauses.insert(put + 1, clause)
    del clauses[taken + (put < taken)]
    (entry,) = effect(text, written(text, clauses)).values()
    assert (entry.id, entry.had == entry.gets, entry.after) == (text.id(taken), True, text.id(put))


# --- The agreed text moves on ----------------------------------------------------------------------------------------


def apart(text: Text, data: st.DataObject) -> tuple[int, int]:
    """Two clauses of which neither is the other's neighbour."""
    places = sorted(set(without_children(text)) & set(rewordable(text)))
    one = data.draw(st.sampled_from(places))
    far = [place for place in places if abs(one - place) > 2]
    assume(far)
    return one, data.draw(st.sampled_from(far))


def edit(clauses: list[Clause], at: int, how: str, mark: str) -> None:
    match how:
        case "reword":
            clauses[at] = reworded(clauses[at], at, mark)
        case "delete":
            del clauses[at]
        case _:
            clauses.insert(at + 1, replace(clauses[at], text=f"{NEW[:-1]} and the {mark};"))


HOW = st.sampled_from(["reword", "delete", "insert"])


@on_long_texts
@laws
@given(data=st.data(), ours=HOW, theirs=HOW)
def test_an_unrelated_change_of_the_agreed_text_keeps_the_effect(
    name: str, data: st.DataObject, ours: str, theirs: str
) -> None:
    """C5. However old the copy: left as it is, or written anew on the newer text, every entry is the same."""
    text = real(name)
    mine, other = apart(text, data)
    clauses = list(text.clauses)
    edit(clauses, mine, ours, "boat")
    head = written(text, clauses)
    main = list(text.clauses)
    edit(main, other, theirs, "tower")
    newer = text_of(text.path, written(text, main), text)
    both = list(text.clauses)
    for at, how, mark in sorted([(mine, ours, "boat"), (other, theirs, "tower")], reverse=True):
        edit(both, at, how, mark)
    before = effect(text, head)
    assert effect(text, head, newer.agreed) == before, "not rebased"
    assert effect(newer, written(text, both)) == before, "rebased"
    assert len(before) == 1


@on_long_texts
@laws
@given(data=st.data())
def test_a_change_below_a_touched_clause_changes_what_that_one_had(name: str, data: st.DataObject) -> None:
    """C5. The agreed text reads differently in one of two touched clauses: that one's `had`, and nothing else."""
    text = real(name)
    one, two = apart(text, data)
    clauses = list(text.clauses)
    for at in (one, two):
        clauses[at] = reworded(clauses[at], at, "boat")
    head = written(text, clauses)
    main = list(text.clauses)
    main[one] = reworded(main[one], one, "tower")
    newer = text_of(text.path, written(text, main), text)
    before = effect(text, head)
    after = effect(text, head, newer.agreed)
    assert outdated(before, after) == {text.id(one)}
    assert after[text.id(one)] == replace(before[text.id(one)], had=newer.agreed.by_id[text.id(one)].digest)
    assert effect(newer, head) == after, "written anew on the newer text"


@on_long_texts
@laws
@given(data=st.data())
def test_a_touched_clause_that_is_moved_meanwhile_is_another_change(name: str, data: st.DataObject) -> None:
    """C5. The agreed text puts it under another heading or keyword: what was said was about another place."""
    text = real(name)
    places = sorted(set(without_children(text)) & set(rewordable(text)))
    taken = data.draw(st.sampled_from(places))
    clause = text.clauses[taken]
    put = data.draw(st.sampled_from(without_children(text)))
    assume(text.clauses[put].container != clause.container and text.clauses[put].frames == clause.frames)
    assume(text.clauses[put].kind is clause.kind)
    clauses = list(text.clauses)
    clauses[taken] = reworded(clause, 0, "boat")
    main = list(text.clauses)
    main.insert(put + 1, clause)
    del main[taken + (put < taken)]
    newer = text_of(text.path, written(text, main), text)
    before = effect(text, written(text, clauses))
    after = effect(text, written(text, clauses), newer.agreed)
    assert outdated(before, after) == {text.id(taken)}
    assert after[text.id(taken)].container == newer.agreed.by_id[text.id(taken)].container
