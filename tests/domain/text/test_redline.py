"""What the redline says: ADD, MOD, SUP, moved, structure; and what it does not call a change."""

from __future__ import annotations

from accord.domain.text.clauses import Kind
from accord.domain.text.codec import from_dict, to_dict
from accord.domain.text.markdown import parse_document
from accord.domain.text.redline import Op, Redline, Side, compare
from accord.domain.text.words import SpanOp, spans


def redline(old: str, new: str, path: str = "opinions/x.md") -> Redline:
    return compare([parse_document(path, old)], [parse_document(path, new)])


def shown(found: Redline) -> list[tuple[str, str, str]]:
    """(sort, label, text) of each change."""
    rows = []
    for row in found.changes:
        sort = row.op.value + (f" moved {row.side.value}" if row.moved else "")
        sort += "".join(f" {change.what}" for change in row.structure)
        rows.append((sort, row.clause.label, row.clause.text))
    return rows


LIST = "*considering*\n\n1. that gaps remain\n1. that networks grow\n1. that skills matter\n"


def test_inserting_a_clause_reletters_its_followers_without_marking_them() -> None:
    found = redline(LIST, LIST.replace("1. that networks", "1. that cables break\n1. that networks"))
    assert shown(found) == [("ADD", "considering b)", "that cables break")]
    labels = [(row.old and row.old.label, row.new and row.new.label) for row in found.rows]
    assert labels[-2:] == [("considering b)", "considering c)"), ("considering c)", "considering d)")]


def test_typed_numbers_loose_lists_and_wrapping_are_no_change() -> None:
    new = "*considering*\n\n1. that gaps\n   remain\n\n2. that networks grow\n\n3. that  skills matter\n"
    assert shown(redline(LIST, new)) == []


def test_a_removed_clause_stands_where_it_was() -> None:
    found = redline(LIST, LIST.replace("1. that networks grow\n", ""))
    assert [row.op for row in found.rows] == [Op.SAME, Op.SAME, Op.SUP, Op.SAME]


def test_a_moved_clause_shows_both_places_under_one_number() -> None:
    new = "*considering*\n\n1. that networks grow\n1. that skills matter\n1. that gaps remain\n"
    found = redline(LIST, new)
    assert shown(found) == [
        ("same moved old", "considering a)", "that gaps remain"),
        ("same moved new", "considering c)", "that gaps remain"),
    ]
    assert {row.number for row in found.changes} == {1}


def test_a_clause_moved_and_reworded_is_found() -> None:
    long = "the secretariat keeps a list of the experts that each entity has nominated"
    old = f"# A\n\n{long}\n\n# B\n\nmiddle words stay here\n\n# C\n\nlast words\n"
    new = f"# A\n\n# B\n\nmiddle words stay here\n\n# C\n\nlast words\n\n{long.replace('keeps', 'holds')}\n"
    assert [row[0] for row in shown(redline(old, new, "report/1.md"))] == [
        "MOD moved old under",
        "MOD moved new under",
    ]


def test_a_clause_moves_between_files() -> None:
    long = "a paragraph with enough words to be known again"
    old = [parse_document("report/1.md", f"# A\n\n{long}\n"), parse_document("report/2.md", "# B\n")]
    new = [parse_document("report/1.md", "# A\n"), parse_document("report/2.md", f"# B\n\n{long}\n")]
    found = compare(old, new)
    assert [(row.side, row.moved, row.clause.path) for row in found.changes] == [
        (Side.OLD, True, "report/1.md"),
        (Side.NEW, True, "report/2.md"),
    ]


def test_a_renamed_file_is_the_same_file() -> None:
    found = compare([parse_document("opinions/a.md", LIST)], [parse_document("opinions/b.md", LIST)])
    assert found.changes == ()
    assert [(file.old_path, file.new_path) for file in found.files] == [("opinions/a.md", "opinions/b.md")]


def test_a_changed_verb_is_a_change_of_the_keyword() -> None:
    old = "*invites Member States*\n\n1. to act\n1. to report\n"
    assert shown(redline(old, old.replace("invites", "requests"))) == [
        ("MOD", "requests Member States", "*requests Member States*")
    ]
    assert shown(redline(old.replace("invites Member States", "notes"), old))[0][0] == "MOD"


def test_a_clause_under_another_keyword_is_a_structural_change() -> None:
    old = "*invites Member States*\n\n1. to act\n1. to report\n"
    new = "*invites Member States*\n\n1. to act\n\n*urges Sector Members*\n\n1. to report\n"
    assert shown(redline(old, new)) == [
        ("ADD", "urges Sector Members", "*urges Sector Members*"),
        ("same under", "urges Sector Members", "to report"),
    ]


def test_structure_changes_are_said_as_such() -> None:
    assert shown(redline("# A\n", "## A\n"))[0][0] == "same level"
    assert shown(redline("- a b c\n", "1. a b c\n"))[0][0] == "same lists"
    assert shown(redline("- x\n- a b c\n", "- x\n  - a b c\n"))[0][0] == "same lists"
    assert shown(redline("a b c\n", "- a b c\n"))[0][0] == "same kind lists"
    assert shown(redline("3. a b c\n", "5. a b c\n"))[0][0] == "same start"
    assert shown(redline("|a|\n|-|\n", "|a|\n|:-:|\n"))[0][0] == "same columns"
    assert shown(redline("> a b c\n\n> d e f\n", "> a b c\n>\n> d e f\n"))[0][0] == "same apart"


def test_front_matter_changes_key_by_key() -> None:
    old = "---\nid: x\ntitle: One\nthemes:\n  - a\n---\n"
    assert shown(redline(old, old.replace("One", "Two"))) == [("MOD", "", "title: Two")]


def test_a_table_changes_row_by_row_and_cell_by_cell() -> None:
    old = "| h | i |\n|---|---|\n| Arcadia | agrees |\n| Lyrania | waits |\n"
    found = redline(old, old.replace("waits", "agrees") + "| Example University | asks |\n")
    assert [row[:2] for row in shown(found)] == [("MOD", "Table 1, row 2"), ("ADD", "Table 1, row 3")]
    assert words(Kind.ROW, "| Lyrania | waits |", "| Lyrania | agrees |") == [
        ("keep", "| "), ("keep", "Lyrania"), ("keep", " | "), ("del", "waits"), ("ins", "agrees"), ("keep", " |"),
    ]  # fmt: skip


def words(kind: Kind, old: str, new: str) -> list[tuple[str, str]]:
    return [(span.op.value, span.text) for span in spans(kind, old, new)]


def test_words_change_without_their_neighbours() -> None:
    assert words(Kind.PARAGRAPH, "that the gap remains wide", "that the gap has grown wide") == [
        ("keep", "that the gap "),
        ("del", "remains"),
        ("ins", "has grown"),
        ("keep", " wide"),
    ]


def test_marks_only_are_a_format_change() -> None:
    [before, change, after] = spans(Kind.PARAGRAPH, "the *new* text", "the new text")
    assert (before.op, change.op, after.op) == (SpanOp.KEEP, SpanOp.FORMAT, SpanOp.KEEP)
    assert ("".join(atom.text for atom in change.before), change.text) == ("*new*", "new")
    [link] = spans(Kind.PARAGRAPH, "[a](x)", "[a](y)")
    assert link.op is SpanOp.FORMAT


def test_a_change_inside_emphasis_stays_inside_it() -> None:
    [within] = spans(Kind.PARAGRAPH, "*all of the states*", "*most of the states*")
    assert within.op is SpanOp.WITHIN
    assert [(span.op.value, span.text) for span in within.inside] == [
        ("del", "all"),
        ("ins", "most"),
        ("keep", " of the states"),
    ]


def test_links_code_and_letters_with_marks_are_never_torn() -> None:
    assert words(Kind.PARAGRAPH, "see `a b`", "see `a c`")[1:] == [("del", "`a b`"), ("ins", "`a c`")]
    assert words(Kind.PARAGRAPH, "cafe\u0301 x", "cafe\u0302 x")[0] == ("del", "cafe\u0301")
    assert words(Kind.PARAGRAPH, "漢字", "漢語")[0] == ("keep", "漢")


def test_the_model_survives_json() -> None:
    found = redline(LIST, LIST.replace("gaps remain", "*gaps* stay") + "1. more\n")
    assert from_dict(to_dict(found)) == found
    assert to_dict(found)["version"] == 1
