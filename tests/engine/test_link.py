"""When terms and sentences are linked to the concepts of a large vocabulary."""

from __future__ import annotations

import pytest

from hansa.engine.language import HashingEncoder, Linker, Query, load_encoder, texts_to_link, without_languages
from hansa.engine.language.linking.grams import GramIndex
from hansa.engine.language.linking.pieces import as_written, pieces
from hansa.engine.problem import Concept

LABELS = {
    "bees": {"en": ("keep bees", "beekeeping", "apiculture"), "de": ("Bienen halten",), "sv": ("hålla bin",)},
    "welding": {"en": ("operate welding robots", "robotic welding"), "de": ("Schweißroboter bedienen",)},
    "data": {"en": ("protect personal data", "data protection"), "de": ("personenbezogene Daten schützen",)},
    "teaching": {"en": ("teach mathematics",), "de": ("Mathematik unterrichten",), "sv": ("undervisa i matematik",)},
    "boats": {"en": ("repair boats", "mend ships"), "sv": ("reparera båtar",)},
    "german": {"de": ("Angebote nach VOB prüfen",)},
}
CONCEPTS = [Concept(id=name, kind="skill", labels=labels) for name, labels in LABELS.items()]


def linked(linker: Linker, text: str, language: str = "", top: int = 3) -> list[str]:
    [links] = linker.link([Query(text, language)], top=top)
    return [link.concept.id for link in links]


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker(CONCEPTS, load_encoder())


@pytest.fixture(scope="module")
def plain() -> Linker:
    return Linker(CONCEPTS, HashingEncoder())


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "language", "concept"),
    [
        ("méhészet", "hu", "bees"),
        ("enseignement des mathématiques", "fr", "teaching"),
        ("riparazione di imbarcazioni", "it", "boats"),
        ("захист персональних даних", "uk", "data"),
        ("Schweissroboter", "de", "welding"),
        ("apiculture", "en", "bees"),
    ],
)
def test_finds_a_term_also_in_languages_without_labels(linker: Linker, text: str, language: str, concept: str):
    assert linked(linker, text, language)[0] == concept


@pytest.mark.model
def test_names_the_words_of_a_sentence_that_carried_the_decision(linker: Linker):
    text = (
        "Our school looks for somebody to teach mathematics to adults, and the harbour for a person who can mend ships."
    )
    [links] = linker.link([Query(text, "en")], top=2)
    assert [(link.concept.id, text[link.start : link.end]) for link in sorted(links, key=lambda link: link.start)] == [
        ("teaching", "teach mathematics"),
        ("boats", "mend ships"),
    ]


@pytest.mark.parametrize(
    ("text", "concept"), [("keep bees", "bees"), ("Undervisa i matematik", "teaching"), ("reparera batar", "boats")]
)
def test_finds_what_is_spelt_alike_without_the_model(plain: Linker, text: str, concept: str):
    assert linked(plain, text)[0] == concept


def test_scores_lie_between_0_and_1_best_first(plain: Linker):
    [links] = plain.link([Query("robots that weld")], top=6)
    scores = [link.score for link in links]
    assert len(scores) == 6
    assert scores == sorted(scores, reverse=True)
    assert 0 <= scores[-1] <= scores[0] <= 1


@pytest.mark.parametrize("text", ["", "   ", "\n", "?!", "☃", "\x00"])
def test_links_nothing_to_a_text_without_words(plain: Linker, text: str):
    assert linked(plain, text) == []


@pytest.mark.parametrize("text", ["\ud800 bees", "bees\x00", "b" * 3000, "bees. " * 500])
def test_takes_any_text(plain: Linker, text: str):
    assert len(linked(plain, text)) == 3


def test_a_text_is_linked_alike_whatever_stands_beside_it(plain: Linker):
    texts = [Query("mend ships"), Query(""), Query("Daten schützen. Bienen halten, und Boote."), Query("robots")]
    together = list(plain.link(texts * 20, top=4))
    assert together[:4] == [next(iter(plain.link([text], top=4))) for text in texts]
    assert together[4:8] == together[:4]


def test_the_order_of_the_concepts_does_not_matter(plain: Linker):
    turned = Linker(CONCEPTS[::-1], HashingEncoder())
    for text in ("mend ships", "schützen", "xyz"):
        assert linked(turned, text, top=6) == linked(plain, text, top=6)


def test_a_hidden_language_is_nowhere():
    left = without_languages(CONCEPTS, {"de"})
    assert [concept.id for concept in left] == ["bees", "welding", "data", "teaching", "boats"]
    assert not any("de" in concept.labels for concept in left)
    assert not {label for concept in CONCEPTS for label in concept.labels.get("de", ())} & set(texts_to_link(left))


def test_with_english_hidden_definitions_are_hidden_too():
    concept = Concept(id="x", kind="skill", labels={"en": ("sails",), "de": ("Segel",)}, definition="Cloth on boats.")
    assert without_languages([concept], {"en"}) == [Concept(id="x", kind="skill", labels={"de": ("Segel",)})]


def test_no_concepts_give_no_links():
    assert linked(Linker([], HashingEncoder()), "bees") == []


def test_labels_that_say_it_in_other_words_are_taken_together():
    assert "keep bees; beekeeping; apiculture" in texts_to_link(CONCEPTS)


@pytest.mark.parametrize(
    ("text", "language", "written"),
    [
        ("Rapportering", "nl", "rapportering"),
        ("Hopfenbau", "de", "Hopfenbau"),
        ("SQL och databaser", "sv", "SQL och databaser"),
        ("GeoGebra", "fr", "GeoGebra"),
        ("", "fr", ""),
    ],
)
def test_terms_are_written_as_labels_are(text: str, language: str, written: str):
    assert as_written(text, language) == written


def test_a_term_is_one_piece_and_a_sentence_several():
    assert pieces("  repair of boats, wood ") == [(2, 23)]
    text = "We repair boats of wood in our own yard, and we teach mathematics to the apprentices."
    assert [text[start:end] for start, end in pieces(text)] == [
        text,
        "We repair boats of wood in our own yard",
        "We repair boats of wood",
        "of wood in our own",
        "our own yard",
        "and we teach mathematics to the apprentices.",
        "and we teach mathematics to",
        "mathematics to the apprentices.",
    ]


def test_spelling_is_compared_without_accents_and_capitals():
    near = GramIndex(["hålla bin", "repair boats", "AI"]).nearness(["Halla Bin", "boat repairs", "xq", ""])
    assert near.shape == (4, 3)
    assert near[0, 0] == pytest.approx(1)
    assert near[1].argmax() == 1
    assert near[2:].max() == 0
