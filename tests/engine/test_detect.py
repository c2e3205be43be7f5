"""When the language of a text is asked for."""

import pytest

from engine.needs import TOPICS
from hansa.engine.language import LANGUAGES, detect

OTHERS = {
    "bg": "Искаме да предвиждаме повредите на нашите машини.",
    "cs": "Chceme předvídat poruchy našich strojů.",
    "da": "Vi vil gerne forudsige fejl på vores maskiner.",
    "et": "Soovime ennustada oma masinate rikkeid.",
    "fi": "Haluamme ennustaa koneidemme vikoja.",
    "ga": "Ba mhaith linn teipeanna ár meaisíní a thuar roimh ré.",
    "hr": "Želimo predvidjeti kvarove naših strojeva.",
    "is": "Við viljum spá fyrir um bilanir í vélunum okkar.",
    "lt": "Norime prognozuoti mūsų įrenginių gedimus.",
    "lv": "Mēs vēlamies prognozēt mūsu iekārtu bojājumus.",
    "mt": "Irridu nbassru l-ħsarat tal-magni tagħna.",
    "nl": "Wij willen storingen van onze machines voorspellen.",
    "no": "Vi ønsker å forutsi feil på maskinene våre.",
    "pt": "Queremos prever falhas nas nossas máquinas.",
    "ro": "Vrem să prezicem defecțiunile utilajelor noastre.",
    "sk": "Chceme predvídať poruchy našich strojov a zariadení.",
    "sl": "Radi bi napovedovali okvare naših strojev.",
    "sv": "Vi vill förutsäga fel på våra maskiner.",
    "tr": "Makinelerimizin arızalarını önceden tahmin etmek istiyoruz.",
    "uk": "Ми хочемо прогнозувати поломки наших машин.",
}


@pytest.mark.parametrize(("code", "text"), sorted(OTHERS.items()))
def test_tells_the_language(code, text):
    assert detect(text) == code


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_tells_the_language_of_every_need(topic):
    assert {code: detect(text) for code, text in topic.texts.items()} == {code: code for code in topic.texts}


def test_knows_every_language_it_names():
    assert set(OTHERS) | set(TOPICS[0].texts) == set(LANGUAGES)


@pytest.mark.parametrize(
    "text",
    ["", "   ", "AI", "1234 5678", "💡💡💡💡", "مرحبا كيف حالك", "会社の機械", "https://example.org/a/b", "\x00\ud800"],
)
def test_says_nothing_when_unsure(text):
    assert detect(text) is None


def test_is_not_led_astray_by_addresses_marks_and_dropped_letters():
    assert detect("<b>Wir suchen Hilfe</b> https://www.example.com/english/page info@example.com") == "de"
    assert detect("Wir helfen kleinen Betrieben fr eine knstliche Intelligenz") == "de"


def test_reads_a_long_text_only_as_far_as_needed():
    assert detect("Nous cherchons une formation pour nos salariés. " * 4000) == "fr"
