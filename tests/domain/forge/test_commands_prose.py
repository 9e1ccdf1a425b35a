"""Which sentences of prose read as an objection (C6): a table."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.forge.prose import prose_objection

NAMES = ("arcadia", "Arcadia", "Example University")

OBJECTIONS = (
    "I object.",
    "I object!",
    "We object to 2.1.",
    "We must object to this wording.",
    "We strongly object to the deletion of the second sentence.",
    "We, after careful consideration and with regret, object to 2.1.",
    "I therefore formally object on behalf of my administration.",
    "I have to object here.",
    "I want to object to 2.1.",
    "**We object** to 2.1.",
    "My administration objects to the new 2.1.",
    "Our delegation objects.",
    "The delegation of Arcadia objects to this text.",
    "Arcadia objects to 2.1.",
    "Example University cannot accept this.",
    "Objection from Arcadia.",
    "There is an objection from Arcadia to clause 3.",
    "We can't accept this.",
    "We can\u2019t accept this wording.",
    "We cannot accept the text as drafted.",
    "I am not able to support 2.1.",
    "We are not in a position to join consensus.",
    "We will not agree to this.",
    "We do not agree with the proposal.",
    "We do not support the deletion.",
    "My government is unable to accept the last sentence.",
    "This wording is unacceptable.",
    "2.1 is not acceptable to us.",
    "We find the new paragraph unacceptable.",
    "We are opposed to this.",
    "I am strongly opposed.",
    "We oppose the deletion of 3.2.",
    "We reject this text.",
    "I veto this.",
    "I must block this.",
    "We are against the second sentence.",
    "We disagree with the wording of 2.1.",
    "This is a red line for us.",
    "Objection.",
    "Objection: the text goes too far.",
    "Object to 2.1, see above.",
    "We maintain our objection.",
    "Our objection still stands.",
    "Please record a formal objection.",
    "We support 2.1, but we object to 2.2.",
    "We have no objection to 2.1 but cannot accept 2.2, and we object to it.",
    "Thank you for the new text. We object to it all the same.",
    "We object to 2.1, can it be removed?",
    "We object unless 2.1 is deleted.",
    "The objection of Arcadia is not met.",
    "Je m'oppose à ce texte.",
    "Nous nous opposons au paragraphe 2.1.",
    "Mon administration s\u2019oppose à cette formulation.",
    "Nous ne pouvons pas accepter ce texte.",
    "Nous ne sommes pas en mesure d\u2019accepter cette proposition.",
    "Ce texte est inacceptable.",
    "Nous formulons une objection.",
    "Me opongo a este texto.",
    "Nos oponemos al párrafo 2.1.",
    "No podemos aceptar este texto.",
    "Mi administración se opone a esta propuesta.",
    "Presentamos una objeción.",
    "Nuestra delegación rechaza el párrafo 2.1.",
)
NONE = (
    "",
    "No objection.",
    "No objections from Arcadia.",
    "We have no objection.",
    "We have no strong objection to this.",
    "We don't object.",
    "We do not object to 2.1.",
    "I will not object.",
    "My administration does not object to the new text.",
    "We no longer object.",
    "Agreed without objection.",
    "We withdraw our objection.",
    "Arcadia has withdrawn its objection.",
    "The objection from Arcadia was met by the new 2.1.",
    "Our objection has been resolved.",
    "With this change our objection is met.",
    "Does anybody object?",
    "Do we object to this?",
    "Why do you object to 2.1?",
    "If we object, what happens?",
    "Tell me whether we object in such a case.",
    "We would object if clause 3 came back.",
    "We might object to the next draft.",
    "We would have objected to the first draft.",
    "Nobody objects.",
    "Objection?",
    "Neither we nor Arcadia object.",
    "They object to everything.",
    "Some members object to the theme.",
    "I could not agree more.",
    "We cannot agree enough with this.",
    "I disagree with Ben about lunch.",
    "We support the object of this Opinion.",
    "The object of this Opinion is clear.",
    "The objective of our project is clear.",
    "We note the objective.",
    "Object storage is a service.",
    "An objection period of seven days applies.",
    "The draft says “we object to all of it”, which is odd.",
    'The draft says "we cannot accept this".',
    "We are not opposed to 2.1.",
    "We can accept this.",
    "We can live with the text.",
    "We reserve our position.",
    "We keep our right to object.",
    "I cannot see the second page.",
    "We cannot attend the meeting.",
    "We did not receive the text.",
    "I support this.",
    "The last objection was dropped.",
    "Nous n'avons pas d'objection.",
    "Aucune objection de notre part.",
    "Nous ne nous opposons pas à ce texte.",
    "Nous retirons notre objection.",
    "L'objectif de ce texte est clair.",
    "Sin objeciones.",
    "No tenemos ninguna objeción.",
    "No nos oponemos a este texto.",
    "Retiramos nuestra objeción.",
    "El objeto de este texto es claro.",
    "Si nos oponemos, ¿qué pasa?",
)


@pytest.mark.parametrize("sentence", OBJECTIONS)
def test_a_sentence_that_objects(sentence: str) -> None:
    """It is found, between other sentences too, and given back as it was written."""
    found = prose_objection(sentence, NAMES)
    assert found
    assert found in sentence
    assert prose_objection(f"Thank you. {sentence}\n\nBest regards", NAMES) == found


@pytest.mark.parametrize("sentence", NONE)
def test_a_sentence_that_does_not_object(sentence: str) -> None:
    """Denied, asked, supposed, past, quoted, somebody else's, or about something else."""
    assert prose_objection(sentence, NAMES) == ""


def test_an_entity_counts_only_where_it_is_known() -> None:
    """A name that is on no list says nothing."""
    assert prose_objection("Arcadia objects.") == ""
    assert prose_objection("Arcadia objects.", ["Arcadia"]) == "Arcadia objects."


@given(st.text(max_size=400), st.lists(st.text(max_size=10), max_size=3))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read(text: str, names: list[str]) -> None:
    """Never a crash, and never words that are not in the text."""
    found = prose_objection(text, names)
    assert "".join(found.split()) in "".join(text.split())
