"""When a text is read for what it is about."""

from dataclasses import replace
from functools import cache

import pytest

from engine.needs import ETHICS, FUNDING, IRRELEVANT, MAINTENANCE, PLATFORM, SECURITY, TOPICS, TRAFFIC, TRAINING
from engine.vocabulary import concepts, index
from hansa.engine.language import ConceptIndex, HashingEncoder
from hansa.engine.problem import Concept

pytestmark = pytest.mark.model

LANGUAGES = tuple(MAINTENANCE.texts)


@cache
def findings_of(text):
    return index().find(text)


def by_kind(findings):
    kinds = {"activity": [], "skill": [], "technology": []}
    for found in findings:
        kinds[found.kind].append(found.concept_id)
    return kinds


def hits(topic, language):
    """Kinds of a topic whose expected concepts are among the findings, and those it has."""
    found = by_kind(findings_of(topic.texts[language]))
    expected = {"activity": topic.activities, "skill": topic.skills, "technology": topic.technologies}
    asked = {kind for kind, ids in expected.items() if ids}
    return {kind for kind in asked if expected[kind] & set(found[kind])}, asked


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_understands_an_english_need_whole(topic):
    found, asked = hits(topic, "en")
    assert found == asked


@pytest.mark.parametrize("language", LANGUAGES)
def test_understands_needs_in_eight_languages(language):
    counts = [(len(found), len(asked)) for found, asked in (hits(topic, language) for topic in TOPICS)]
    assert sum(asked for _, asked in counts) == 20
    assert sum(found for found, _ in counts) >= 16
    assert min(found for found, _ in counts) >= 1


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_understands_each_topic_in_most_languages(topic):
    whole = sum(found == asked for found, asked in (hits(topic, language) for language in LANGUAGES))
    assert whole >= 4


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        (TRAINING.texts["en"], "SKT-1.3"),
        (FUNDING.texts["de"], "SFI-3.2"),
        (ETHICS.texts["pl"], "TBI-4.3"),
        (PLATFORM.texts["el"], "TBI-5.2"),
        (SECURITY.texts["hu"], "cybersecurity"),
        (TRAFFIC.texts["it"], "sensors-vision"),
    ],
)
def test_puts_the_point_of_a_need_among_the_first_two(text, concept):
    findings = findings_of(text)
    kind = next(found.kind for found in findings if found.concept_id == concept)
    assert concept in by_kind(findings)[kind][:2]


@pytest.mark.parametrize("text", [*IRRELEVANT, "", " \n ", "...", "12345", "💡💡", "qwertz", "lorem"])
def test_finds_nothing_in_what_is_about_nothing(text):
    assert index().find(text) == ()


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_shows_the_words_that_carried_each_finding(topic):
    for text in topic.texts.values():
        for found in findings_of(text):
            assert text[found.start : found.end] == found.words != ""
            assert found.words in found.sentence
            assert found.sentence in text
            assert 0.1 <= found.confidence <= 1


def test_shows_the_clause_and_not_the_whole_need():
    text = SECURITY.texts["en"]
    words = {found.concept_id: found.words for found in index().find(text)}
    assert words["perform ICT security testing"] == "We need somebody to test our network for weak points"


def test_tells_words_from_meaning():
    findings = {
        found.concept_id: found for found in index().find("We run Machine-Learning on data of our bakery ovens.")
    }
    assert findings["machine learning"].evidence == "words"
    assert findings["machine learning"].words == "Machine-Learning"
    predicted = {found.concept_id: found for found in index().find(MAINTENANCE.texts["en"])}
    assert predicted["predictive maintenance"].evidence == "meaning"


def test_best_first_and_no_more_than_asked_for():
    findings = index().find(TRAINING.texts["en"], limit_per_kind={"skill": 3, "technology": 1})
    assert [found.confidence for found in findings] == sorted((found.confidence for found in findings), reverse=True)
    assert {kind: len(ids) for kind, ids in by_kind(findings).items()} == {"activity": 0, "skill": 3, "technology": 1}
    assert index().find(TRAINING.texts["en"], limit_per_kind={}) == ()
    assert index().find(TRAINING.texts["en"], limit_per_kind={"skill": 0}) == ()
    assert index().find(TRAINING.texts["en"], limit_per_kind={"planet": 5}) == ()


def test_says_the_same_twice():
    assert index().find(PLATFORM.texts["es"]) == index().find(PLATFORM.texts["es"])


def test_reads_two_languages_in_one_text():
    found = by_kind(index().find(f"{FUNDING.texts['de']} {SECURITY.texts['fr']}"))
    assert "robotics" in found["technology"]
    assert "cybersecurity" in found["technology"]
    assert "SFI-3.2" in found["activity"]


@pytest.mark.parametrize(
    "dress",
    [
        lambda text: f"<p><b>{text}</b></p><script>alert('x')</script>",
        lambda text: text.replace(" ", "\x00 "),
        lambda text: f"\ud800{text}\udfff",
        lambda text: f"💡 {text} 🤖🤖🤖",
        lambda text: f"\u202e{text}\u202c",
        lambda text: text.replace(" ", " \n\t "),
        lambda text: text.upper(),
    ],
)
def test_is_not_thrown_by_odd_input(dress):
    text = dress(SECURITY.texts["en"])
    findings = index().find(text)
    assert "cybersecurity" in by_kind(findings)["technology"]
    assert all(text[found.start : found.end] == found.words for found in findings)


def test_knows_labels_whose_letters_were_lost():
    found = by_kind(index().find("Wir helfen Betrieben fr die Einfhrung der Knstlichen Intelligenz und der Cloud."))
    assert "artificial-intelligence" in found["technology"]


def test_finds_what_a_long_text_says_once_by_name():
    filler = "Our association holds a meeting every spring and thanks all of its members for their patience. "
    text = filler * 300 + "We also offer additive manufacturing and rapid prototyping. " + filler * 300
    found = by_kind(index().find(text))
    assert "additive-manufacturing" in found["technology"]


class Counting:
    """An encoder that counts the characters it reads."""

    def __init__(self):
        self._inner = HashingEncoder()
        self.model_id = self._inner.model_id
        self.characters = 0

    def encode(self, texts, kind="passage"):
        self.characters += sum(len(text) for text in texts)
        return self._inner.encode(texts, kind)


@pytest.fixture(scope="module")
def counted():
    encoder = Counting()
    return encoder, ConceptIndex(concepts(), encoder)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_reads_a_need_hardly_more_than_once(counted, topic):
    encoder, index = counted
    for text in topic.texts.values():
        encoder.characters = 0
        index.find(text)
        assert encoder.characters <= len(text) + index.part_characters_of_short_text


@pytest.mark.parametrize("length", [2_000, 8_000, 24_000, 100_000])
def test_reads_a_text_of_any_length_within_bounds(counted, length):
    encoder, index = counted
    sentence = "Number {} of our hubs trains staff, tests sensors in a laboratory and helps firms to find money. "
    encoder.characters = 0
    index.find("".join(sentence.format(number) for number in range(length // 90))[:length])
    assert encoder.characters <= index.most_characters + index.part_characters


def test_reads_short_sentences_at_most_twice(counted):
    encoder, index = counted
    text = "We make cheese. It spoils in summer. Nobody knows why. Could sensors tell us? We have no money."
    encoder.characters = 0
    index.find(text)
    assert encoder.characters <= 2 * len(text) + index.part_characters_of_short_text


WELDING = Concept(id="welding", kind="skill", labels={"en": ("welding techniques",)})
NEAR = Concept(id="weld", kind="skill", labels={"en": ("techniques of welding",)})
OTHER = Concept(id="cooking", kind="skill", labels={"en": ("cook pastry products",)})
TEXT = "We would like to learn how to join two pieces of steel by melting them together, by hand and by machine."


def test_says_near_synonyms_once():
    found = ConceptIndex([WELDING, NEAR, OTHER], HashingEncoder()).find("We teach techniques of welding to everybody.")
    assert [finding.concept_id for finding in found] == ["weld"]


def test_a_concept_seldom_meant_needs_more_evidence():
    encoder = index()._space._encoder
    often = {found.concept_id: found.confidence for found in ConceptIndex([WELDING, OTHER], encoder).find(TEXT)}
    seldom = ConceptIndex([replace(WELDING, prior=-1.5), OTHER], encoder).find(TEXT)
    assert often["welding"] > {found.concept_id: found.confidence for found in seldom}.get("welding", 0)


def test_an_index_of_nothing_finds_nothing():
    assert ConceptIndex([], HashingEncoder()).find(TEXT) == ()


def test_the_fallback_still_finds_what_is_named():
    plain = ConceptIndex(concepts(), HashingEncoder())
    found = by_kind(plain.find("We look for machine learning, additive manufacturing and a feasibility study."))
    assert "machine learning" in found["skill"]
    assert "additive-manufacturing" in found["technology"]
    assert "TBI-1.1" in found["activity"]
