"""Each rule, sentence by sentence: which words are found, and which must not be."""

from __future__ import annotations

import pytest

from accord.domain.lint.check import lint
from accord.domain.process.drafting import Drafting
from tests.domain.lint.opinions import CLEAN, DRAFTING, PATH, READERS, front_of, linted


def found(text: str, rule: str) -> list[str]:
    """The words that a rule is about, in reading order."""
    return [flaw.words for flaw in linted(text) if flaw.rule == rule]


def operative(clause: str) -> str:
    """An Opinion with this clause in its operative part."""
    return CLEAN.replace("that the terms of sharing should be published,", f"{clause},")


def preambular(clause: str) -> str:
    """An Opinion with this clause in its preamble."""
    return CLEAN.replace("that three masts stand on the same hill of invented Lyrania;", f"{clause};")


PRESCRIBED = [
    ("that operators shall plan", ["shall"]),
    ("that operators MUST plan", ["MUST"]),
    ("that operators Shall plan", ["Shall"]),
    ("that operators *must* plan", ["must"]),
    ("that operators are\n   required to plan", ["required to"]),
    ("that it is mandatory to plan and prohibited to wait", ["mandatory", "prohibited"]),
    ("that rules obliging operators to plan are good", ["obliging"]),
    ("that nothing shall be built", ["shall"]),
    ("that no operator must pay", ["must"]),
    ("that the Council requires a plan", ["requires"]),
    # Not the Opinion's own words, or no prescription.
    ('that "operators shall plan" is an old rule', []),
    ("that \u201coperators must plan\u201d is an old rule", []),
    ("that \u00aboperators must plan\u00bb is an old rule", []),
    ("that 'operators must plan' is an old rule", []),
    ("that `must` is a word", []),
    ("that [this page](https://example.org/must) helps", []),
    ("that the Charter on What Must Be Done helps", []),
    ("that the Declaration That Nobody Shall Wait helps", []),
    ("that Resolution 71 (Rev. Guadalajara, 2010) requires a plan", []),
    ("that Resolution 71 (Rev. Guadalajara, 2010), which requires a plan, helps", []),
    ("that this does not require anything and requires nothing", ["requires"]),
    ("that nothing in it requires a plan", []),
    ("that nobody is thereby not required to plan", []),
    ("that masts stand without prohibiting anything", []),
    ("that mustard is sold by the marshall as decided", []),
    ("that a must-carry list exists", []),
]


@pytest.mark.parametrize(("clause", "words"), PRESCRIBED)
def test_prescriptive_words(clause: str, words: list[str]) -> None:
    """R4. In the operative part, in every form the forum lists."""
    assert found(operative(clause), "wording-prescriptive") == words
    assert found(preambular(clause), "wording-prescriptive") == []


@pytest.mark.parametrize("word", [word for entry in DRAFTING.prescriptive for word in entry.words])
def test_each_word_of_the_forum_is_pointed_out_with_what_to_say_instead(word: str) -> None:
    """R4. The list is the forum's; the cure names the other words."""
    (flaw,) = (
        one for one in linted(operative(f"that all {word} plan")) if one.rule == "wording-prescriptive"
    )
    entry = next(one for one in DRAFTING.prescriptive if word in one.words)
    assert flaw.words == word
    assert f"`{word}`" in flaw.message
    assert entry.instead in flaw.fix


def test_quotations_headings_notes_and_titles_may_say_what_they_like() -> None:
    """Only what the Opinion itself says in its operative part."""
    text = (
        operative("that all plan[^a]:\n\n   > operators must plan")
        + "\n[^a]: they must\n\n## They must\n\nThey must.\n"
    )
    text = text.replace("title: Sharing", "title: What must be shared by sharing")
    assert found(text, "wording-prescriptive") == []


ADDRESSED = [
    ("invites Member States", []),
    ("invites the member states", []),
    ("invites all Member States, Sector Members and relevant ITU meetings", []),
    ("invites Member States, as appropriate, and Sector Members within their competence", []),
    ("urges the lighthouses", ["lighthouses"]),
    ("further invites the lighthouses", ["lighthouses"]),
    ("requests Member States, lighthouses, and harbours", ["lighthouses", "harbours"]),
    ("calls upon lighthouses and Member States", ["lighthouses"]),
    ("instructs the Director", ["Director"]),
    ("invites the Secretary-General", ["Secretary-General"]),
    ("notes the lighthouses", []),
    ("is of the view", []),
    ("welcomes all stakeholders", []),
]


@pytest.mark.parametrize(("keyword", "names"), ADDRESSED)
def test_addressees(keyword: str, names: list[str]) -> None:
    """R5. Whom the keyword addresses, one by one."""
    text = CLEAN.replace("invites Member States and Sector Members", keyword)
    assert found(text, "wording-addressee") == names


def test_addressees_in_the_clauses() -> None:
    """R5. Where the keyword names nobody, its clauses may."""
    text = CLEAN.replace("invites Member States and Sector Members", "invites")
    text = text.replace("1. to consider", "1. the lighthouses to consider").replace(
        "2. to share", "2. Member States to share"
    )
    assert found(text, "wording-addressee") == ["lighthouses"]


def test_without_readers_nobody_is_another_one() -> None:
    """R5 is the forum's data, and so is everything else."""
    text = operative("that the IOT shall plan").replace("invites Member States", "invites lighthouses")
    rules = {flaw.rule for flaw in lint(text, PATH, front_of(text), DRAFTING, ())}
    assert rules == {"wording-prescriptive", "acronym-undefined"}
    assert lint(text, PATH, front_of(text), Drafting(), ()) == ()


KEYWORDS = [
    ("considring", "keyword-unknown", "considering"),
    ("recognising", "keyword-unknown", "recognizing"),
    ("bearing in mnd", "keyword-unknown", "bearing in mind"),
    ("consider", "keyword-form", "considering"),
    ("considered", "keyword-form", "considering"),
    ("to consider", "keyword-form", ""),
    ("the hill", "keyword-form", ""),
    ("considering further", "", ""),
    ("further considering", "", ""),
    ("deeply concerned", "", ""),
    ("noting with appreciation", "", ""),
    ("guiding", "", ""),
    ("conscious", "", ""),
    ("aware of the hill", "", ""),
]


@pytest.mark.parametrize(("keyword", "rule", "meant"), KEYWORDS)
def test_keywords_of_the_preamble(keyword: str, rule: str, meant: str) -> None:
    """Misspelt, of another form, or in order."""
    text = CLEAN.replace("*considering*", f"*{keyword}*").replace(", as said in considering c)", "")
    flaws = linted(text)
    assert [one.rule for one in flaws] == ([rule] if rule else [])
    assert not flaws or f"`{meant}`" in flaws[0].fix.replace("*", "") or not meant


OPERATIVE = [
    ("invtes Member States", "keyword-unknown", "invites Member States"),
    ("invite Member States", "keyword-form", "invites"),
    ("callls upon Member States", "keyword-unknown", "calls upon Member States"),
    ("thanks Member States", "", ""),
    ("urges Member States", "", ""),
    ("inviting Member States", "structure-order", ""),
]


@pytest.mark.parametrize(("keyword", "rule", "meant"), OPERATIVE)
def test_keywords_of_the_operative_part(keyword: str, rule: str, meant: str) -> None:
    """A verb in the present tense."""
    flaws = linted(CLEAN.replace("*invites Member States and Sector Members*", f"*{keyword}*"))
    assert [one.rule for one in flaws] == ([rule] if rule else [])
    assert not flaws or f"`{meant}`" in flaws[0].fix.replace("*", "") or not meant


ENDINGS = [
    ("Lyrania;", "Lyrania,", []),
    ("Lyrania;", "Lyrania; and", []),
    ("Lyrania;", "Lyrania;[^a]", []),
    ("Lyrania;", "Lyrania;]", []),
    ("Lyrania;", "*Lyrania;*", []),
    ("Lyrania;", "Lyrania", [";"]),
    ("Lyrania;", "Lyrania.", [";"]),
    ("Lyrania;", "Lyrania:", [";"]),
    ("needs:", "needs", [":"]),
    ("needs:", "needs;", [":"]),
    ("needs:", "needs,", []),
    ("after it,", "after it;", [","]),
    ("after it,", "after it.", [","]),
    ("2022),", "2022);", []),
    ("2022),", "2022)", [";"]),
    ("published,", "published;", []),
    ("published,", "published.", [";"]),
    ("satellites cost.", "satellites cost;", ["."]),
    ("satellites cost.", "satellites cost", ["."]),
    ("satellites cost.", 'satellites "cost".', []),
    ("satellites cost.", 'satellites "cost."', []),
]


@pytest.mark.parametrize(("old", "new", "wanted"), ENDINGS)
def test_how_clauses_end(old: str, new: str, wanted: list[str]) -> None:
    """The cure names the sign that the place asks for."""
    assert CLEAN.count(old) == 1
    text = CLEAN.replace(old, new) + ("\n[^a]: A note.\n" if "[^a]" in new else "")
    flaws = linted(text)
    assert {one.rule for one in flaws} <= {"clause-ending"}
    assert [
        sign for one in flaws for sign in ";,.:" if f"Write `{sign}`" in one.fix or f"Add `{sign}`" in one.fix
    ] == wanted


BEGINNINGS = [
    ("That three masts stand", ["That"]),
    ("that The three masts stand", ["The"]),
    ("To look at masts", ["To"]),
    ("[That three masts stand]", ["That"]),
    ("Lyrania has three masts", []),
    ("Resolution 2 (Rev. Bucharest, 2022)", []),
    ("that Arcadia has three masts", []),
    ("the three masts", []),
    ("\u201cThat\u201d is a word", ["That"]),
    ("Thatched masts", []),
]


@pytest.mark.parametrize(("clause", "words"), BEGINNINGS)
def test_how_clauses_begin(clause: str, words: list[str]) -> None:
    """A clause goes on from its keyword; a name keeps its capital."""
    assert found(preambular(clause), "clause-beginning") == words


LETTERS = [
    ("a) that masts stand", ["a)"]),
    ("(b) that masts stand", ["(b)"]),
    ("iv) that masts stand", ["iv)"]),
    ("1.1. that masts stand", ["1.1."]),
    ("that masts stand; b) that they fall", ["b)"]),
    ("that masts stand: (i) here", ["(i)"]),
    ("that 5.2 GHz is used", []),
    ("5.2 GHz", []),
    ("that masts stand as said in considering b) and c)", []),
    ("a mast", []),
    ('that "masts stand; b) they fall"', []),
]


@pytest.mark.parametrize(("clause", "words"), LETTERS)
def test_typed_letters(clause: str, words: list[str]) -> None:
    """Letters and numbers are computed; a reference to one is no letter."""
    assert found(preambular(clause), "clause-lettered") == words


CITED = [
    ("Resolution No. 2", "Resolution 2 (Rev. Bucharest, 2022)"),
    ("Res. 2 (Rev. Bucharest, 2022)", "Resolution 2 (Rev. Bucharest, 2022)"),
    ("Resolution 2 (Rev Bucharest, 2022)", "Resolution 2 (Rev. Bucharest, 2022)"),
    ("Resolution 2 (Rev. Bucharest 2022)", "Resolution 2 (Rev. Bucharest, 2022)"),
    ("Resolution 2 (Bucharest, 2022)", "Resolution 2 (Rev. Bucharest, 2022)"),
    ("Resolution 2 [Rev. Bucharest, 2022]", "Resolution 2 (Rev. Bucharest, 2022)"),
    ("Resolution 2 (rev. Bucharest, 2022)", "Resolution 2 (Rev. Bucharest, 2022)"),
    ("Decision 641", "Decision 641 (C24)"),
    ("Decision 641 (C-24)", "Decision 641 (C24)"),
    ("Decision 641 (Council 2024)", "Decision 641 (C24)"),
    ("Decision 641 (C2024)", "Decision 641 (C24)"),
    ("Dec. 641 (C24)", "Decision 641 (C24)"),
    ("Resolution 71 (Guadalajara 2010)", "Resolution 71 (Guadalajara, 2010)"),
    ("Resolution 71", "Resolution 71 (Rev. PLACE, YEAR)"),
    ("Resolution 71 (2010)", "Resolution 71 (Rev. PLACE, YEAR)"),
    ("Resolution\n   N\u00b0 2", "Resolution 2 (Rev. Bucharest, 2022)"),
    ("Doc. 42", "Document 42"),
    ("Document No. 42", "Document 42"),
    ("Document 42 Add. 12", "Document 42(Add.12)"),
    ("Document 42 (Add.12)", "Document 42(Add.12)"),
    ("DT/1 Rev. 4", "DT/1(Rev.4)"),
    ("WTPF-13/16 (Rev.1)", "WTPF-13/16(Rev.1)"),
    # In order.
    ("Resolution 2 (Rev. Bucharest, 2022)", ""),
    ("Resolution 2 (Rev. Dubai, 2018)", ""),
    ("Resolution 130 (Guadalajara, 2010)", ""),
    ("Decision 641 (C24)", ""),
    ("Resolution 646 (Rev.WRC-19)", ""),
    ("Resolution 2", ""),
    ("Annex 2 of Decision 641 (C24)", ""),
    ("resolution 70/125 of the General Assembly", ""),
    ("Resolution 71 of the Conference (Port Arcadia, 2010)", ""),
    ("Dec. 12 and Dec 2024", ""),
    ("Recommendation ITU-T Y.1234", ""),
    ("Document 42(Add.12)", ""),
    ("DT/1(Rev.4)", ""),
    ('"Resolution No. 2"', ""),
    ("`Res. 2`", ""),
]


@pytest.mark.parametrize(("said", "right"), CITED)
def test_citations(said: str, right: str) -> None:
    """The cure is the right form where it can be told; Resolution 2 was cited in full before."""
    flaws = [one for one in linted(preambular(f"what {said} says")) if one.rule == "reference-form"]
    assert [f"`{right}`" in one.fix for one in flaws] == ([True] if right else [])


ACRONYMS = [
    ("that the IOT grows", ["IOT"]),
    ("that the IOT grows, and the IOT too", ["IOT"]),
    ("that IOTs grow", ["IOT"]),
    ("that R&D grows, as does AR&D", ["AR&D"]),
    ("that the Internet of Things (IOT) grows", []),
    ("that the IOT (Internet of Things) grows", []),
    ("that the Internet of Things (hereinafter \u201cIOT\u201d) grows", []),
    ("that ITU and ICTs grow at WTPF-26, ITU-D and the IEG-WTPF-26", []),
    ("that CL-24/44 and DT/1 were sent", []),
    ("that chapter IV grows", []),
    ('that "IOT" grows', []),
    ("that `IOT` grows", []),
    ("THAT MASTS GROW TALL", []),
    ("that masts do NOT grow", []),
    ("that LEO satellites grow", []),
]


@pytest.mark.parametrize(("clause", "words"), ACRONYMS)
def test_acronyms(clause: str, words: list[str]) -> None:
    """Spelled out once anywhere in the text is enough."""
    assert found(preambular(clause), "acronym-undefined") == words


OPENINGS = [
    ("The Seventh Example Forum (Port Arcadia, 2026),", True),
    ("The Seventh Example\nForum (Port Arcadia, 2026),", True),
    ("The Seventh Example Forum (Port Arcadia, 2026)", False),
    ("The Seventh Example Forum (Port Arcadia),", False),
    ("The Seventh Example Forum,", False),
    ("Seventh Example Forum (Port Arcadia, 2026),", False),
    ("", False),
]


@pytest.mark.parametrize(("line", "right"), OPENINGS)
def test_the_opening_formula(line: str, right: bool) -> None:
    """Who speaks, where and when."""
    text = CLEAN.replace("The Seventh Example Forum (Port Arcadia, 2026),", line)
    assert [one.rule for one in linted(text)] == ([] if right else ["structure-opening"])


@pytest.mark.parametrize(
    ("text", "stage", "rules"),
    [
        ("Why.\n\n- one point\n", "outline", []),
        ("Why.\n\n1. one point\n", "outline", []),
        ("Why.\n", "outline", ["structure-points"]),
        ("*noting*\n\na;\n\n*is of the view*\n\nb.\n", "text", ["structure-opening"]),
        ("*noting*\n\na.\n", "text", ["structure-operative", "structure-opening"]),
        ("*is of the view*\n\na.\n", "text", ["structure-preamble", "structure-opening"]),
        ("*is of the view*\n\nb,\n\n*noting*\n\na.\n", "text", ["structure-opening", "structure-order"]),
        ("Words.\n", "text", ["structure-preamble", "structure-operative"]),
        ("noting\n\na;\n\ninvites Member States\n\nb.\n", "text", ["keyword-plain", "keyword-plain"]),
    ],
)
def test_the_structure_of_each_stage(text: str, stage: str, rules: list[str]) -> None:
    """A10: an outline has points, a text has a preamble and an operative part, in this order."""
    text = text.replace("a;", "a,") if "*is of the view*\n\nb.\n" in text else text
    assert [one.rule for one in lint(text, PATH, {"stage": stage}, DRAFTING, READERS)] == rules


def test_an_outline_is_excused_from_what_only_a_text_needs() -> None:
    """Its points are no clauses yet; words, names and citations are looked at all the same."""
    text = "---\nid: a\nstage: outline\n---\nWhy\n\n- That masts stand.\n- a) Res. 2\n- the IOT\n\n*welcomes*\n\nyes\n"
    assert [one.rule for one in linted(text)] == ["reference-form", "acronym-undefined"]


@pytest.mark.parametrize(
    ("title", "right"),
    [("Masts", True), ("Opinion 3: masts", False), ("Masts.", False), ("Opinions on masts", True)],
)
def test_titles(title: str, right: bool) -> None:
    """The number of an Opinion is computed, and a title is no sentence."""
    text = CLEAN.replace("title: Sharing masts among community networks", f'title: "{title}"')
    assert [one.rule for one in linted(text)] == ([] if right else ["structure-title"])


def test_words_in_another_language_are_not_looked_at() -> None:
    """A note says so; typed letters are found in every language."""
    text = preambular("a) que operators must plan").replace("language: en", "language: es")
    assert [(one.rule, one.severity.value) for one in linted(text)] == [
        ("lint-language", "note"),
        ("clause-lettered", "warning"),
    ]


def test_the_place_is_that_of_the_words() -> None:
    """Line and column in the file, with the printed label, over wrapped lines and after quotations."""
    text = CLEAN.replace("2. that the terms of", '2. that "the\n   must" of terms\n   shall and the terms of')
    (flaw,) = linted(text)
    line = text.splitlines()[(flaw.line or 0) - 1]
    assert (flaw.words, flaw.label, line[(flaw.column or 0) - 1 :][:5]) == (
        "shall",
        "is of the view 2",
        "shall",
    )
    assert str(flaw.finding().place) == f"{PATH}:{flaw.line}:{flaw.column}: is of the view 2"
