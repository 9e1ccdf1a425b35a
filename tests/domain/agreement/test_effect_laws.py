"""Laws of the effect (C5) on real texts: what counts outdates its own clause, what doesn't count outdates nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from accord.domain.record.values import Entry
from accord.domain.text.clauses import Clause
from tests.domain.agreement.real_texts import (
    FORMATS,
    NEW,
    Effects,
    Text,
    effect,
    on_long_texts,
    on_real_texts,
    outdated,
    real,
    rewordable,
    reworded,
    siblings,
    text_of,
    without_children,
    written,
)

laws = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


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
