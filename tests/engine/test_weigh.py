"""When the words beside a want say whether it is a must-have."""

from __future__ import annotations

import pytest

from hansa.engine.language import LANGUAGES, Weighing, weigh
from hansa.engine.language.weighing.cues import CUES


def weighed(text: str, about: str, language: str | None = "en") -> tuple[bool, str] | None:
    start = text.index(about)
    found = weigh(text, start=start, end=start + len(about), language=language)
    if found is not None:
        assert text[found.start : found.end] == found.words
    return (found.must_have, found.words) if found else None


# language, text, the want that is a must-have, the one that is a nice-to-have, words that decide
PAIRS = [
    ("en", "The robot must sort pears, and ideally it also packs them.", "sort pears", "packs them", "must", "ideally"),
    ("de", "Die Prüfung der Daten ist unbedingt nötig, eine Schulung wäre schön.", "Prüfung der Daten", "Schulung", "unbedingt", "wäre schön"),
    ("fr", "Le contrôle est indispensable ; si possible, une formation pour l'équipe.", "contrôle", "formation", "indispensable", "si possible"),
    ("es", "Es imprescindible medir la humedad; a ser posible, con sensores baratos.", "medir la humedad", "sensores baratos", "imprescindible", "a ser posible"),
    ("it", "La verifica è obbligatoria, un corso sarebbe gradito.", "verifica", "un corso", "obbligatoria", "sarebbe gradito"),
    ("pt", "A certificação é obrigatória, mas seria bom ter um curso.", "certificação", "um curso", "obrigatória", "seria bom"),
    ("nl", "De koppeling is noodzakelijk, en liefst ook een cursus.", "koppeling", "een cursus", "noodzakelijk", "liefst"),
    ("pl", "System musi liczyć skrzynki, a mile widziane jest szkolenie.", "liczyć skrzynki", "szkolenie", "musi", "mile widziane"),
    ("cs", "Kamera musí počítat bedny, školení je výhodou.", "počítat bedny", "školení", "musí", "výhodou"),
    ("sk", "Kamera musí počítať debny, školenie je výhodou.", "počítať debny", "školenie", "musí", "výhodou"),
    ("sl", "Kamera mora šteti zaboje, tečaj je zaželen.", "šteti zaboje", "tečaj", "mora", "zaželen"),
    ("hr", "Kamera mora brojati sanduke, ali tečaj je poželjan.", "brojati sanduke", "tečaj", "mora", "poželjan"),
    ("hu", "A kamerának mindenképpen számolnia kell a ládákat, de jó lenne egy tanfolyam is.", "számolnia kell a ládákat", "tanfolyam", "mindenképpen", "jó lenne"),
    ("ro", "Camera trebuie să numere lăzile, iar un curs ar fi util.", "numere lăzile", "un curs", "trebuie", "ar fi util"),
    ("bg", "Камерата трябва да брои щайгите, а курс е желателен, но не задължителен.", "брои щайгите", None, "трябва", None),
    ("bg", "По възможност искаме и курс.", None, "курс", None, "По възможност"),
    ("el", "Η κάμερα πρέπει να μετρά τα κιβώτια, και ιδανικά θέλουμε σεμινάριο.", "μετρά τα κιβώτια", "σεμινάριο", "πρέπει", "ιδανικά"),
    ("da", "Kameraet skal tælle kasser, og helst også sortere dem.", "tælle kasser", "sortere dem", "skal", "helst"),
    ("sv", "Kameran måste räkna lådor, och helst även sortera dem.", "räkna lådor", "sortera dem", "måste", "helst"),
    ("no", "Kameraet må telle kasser, og helst også sortere dem.", "telle kasser", "sortere dem", "må", "helst"),
    ("is", "Myndavélin verður að telja kassa, og helst flokka þá.", "telja kassa", "flokka þá", "verður að", "helst"),
    ("fi", "Kameran täytyy laskea laatikot, ja mieluiten myös lajitella ne.", "laskea laatikot", "lajitella ne", "täytyy", "mieluiten"),
    ("et", "Kaamera peab kaste loendama, ja võimalusel ka sorteerima.", "kaste loendama", "sorteerima", "peab", "võimalusel"),
    ("lv", "Kamerai obligāti jāskaita kastes, un vēlams arī kurss.", "jāskaita kastes", "kurss", "obligāti", "vēlams"),
    ("lt", "Kamera privalo skaičiuoti dėžes, pageidautina ir kursai.", "skaičiuoti dėžes", "kursai", "privalo", "pageidautina"),
    ("mt", "Il-kamera trid taħdem; il-verifika hija obbligatorja, jekk possibbli taħriġ ukoll.", "il-verifika", "taħriġ", "obbligatorja", "jekk possibbli"),
    ("ga", "Caithfidh an ceamara boscaí a chomhaireamh, más féidir oiliúint freisin.", "boscaí a chomhaireamh", "oiliúint", "Caithfidh", "más féidir"),
    ("tr", "Kamera mutlaka kasaları saymalı, mümkünse eğitim de istiyoruz.", "kasaları saymalı", "eğitim", "mutlaka", "mümkünse"),
    ("uk", "Камера повинна рахувати ящики, а навчання бажане.", "рахувати ящики", "навчання", "повинна", "бажане"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "must", "nice", "must_words", "nice_words"), PAIRS)
def test_tells_both_apart_in_one_sentence(language, text, must, nice, must_words, nice_words):
    assert must is None or weighed(text, must, language) == (True, must_words)
    assert nice is None or weighed(text, nice, language) == (False, nice_words)


def test_knows_every_language_of_the_network():
    assert set(CUES) == set(LANGUAGES)
    assert {pair[0] for pair in PAIRS} == set(LANGUAGES)


@pytest.mark.parametrize(
    ("text", "about", "said"),
    [
        ("A dashboard would be nice.", "dashboard", (False, "would be nice")),
        ("Sensors, cameras and a dashboard would be nice.", "Sensors", (False, "would be nice")),
        ("We look for a forecast, a dashboard would be nice.", "forecast", None),
        ("We look for a forecast and, if possible, a dashboard.", "forecast", None),
        ("We look for a forecast and, if possible, a dashboard.", "dashboard", (False, "if possible")),
        ("We look for a dashboard, if possible.", "dashboard", (False, "if possible")),
        ("If possible, we also train our staff.", "train our staff", (False, "If possible")),
        ("The system must count, sort and weigh the boxes.", "weigh the boxes", (True, "must")),
        ("It must count boxes; training comes later.", "training", None),
        ("It must count boxes but we also think about training.", "training", None),
        ("A camera (optional) and a robot (mandatory).", "camera", (False, "optional")),
        ("A camera (optional) and a robot (mandatory).", "robot", (True, "mandatory")),
        ("Nice to have: a camera, a lamp.", "lamp", (False, "Nice to have")),
        ("Ideally the tool must not need the internet.", "the internet", (True, "must not")),
    ],
)
def test_a_cue_governs_its_clause_and_the_list_it_opens(text, about, said):
    assert weighed(text, about) == said


@pytest.mark.parametrize(
    ("language", "text", "about", "said"),
    [
        ("en", "Training is not essential.", "Training", (False, "not essential")),
        ("en", "Training is not strictly required.", "Training", False),
        ("en", "The data must not leave the house.", "data", (True, "must not")),
        ("en", "Encryption is not optional.", "Encryption", (True, "not optional")),
        ("en", "Encryption is never just nice to have.", "Encryption", (True, "never just nice to have")),
        ("en", "You need not train us.", "train us", (False, "need not")),
        ("de", "Eine Schulung ist nicht zwingend.", "Schulung", (False, "nicht zwingend")),
        ("de", "Die Daten dürfen nicht das Haus verlassen.", "Daten", (True, "dürfen nicht")),
        ("de", "Die Anlage muss nicht neu sein.", "Anlage", (False, "muss nicht")),
        ("de", "Wir haben kein Labor, idealerweise gäbe es eines in der Nähe.", "Labor", None),
        ("fr", "Une formation n'est pas indispensable.", "formation", (False, "pas indispensable")),
        ("es", "La formación no es necesaria.", "formación", (False, "no es necesaria")),
        ("pl", "Szkolenie nie jest konieczne.", "Szkolenie", (False, "nie jest konieczne")),
        ("hu", "A tanfolyam nem kötelező.", "tanfolyam", (False, "nem kötelező")),
        ("sv", "Utbildning är inte nödvändigt.", "Utbildning", (False, "inte nödvändigt")),
        ("bg", "Курсът не е задължителен.", "Курсът", (False, "не е задължителен")),
    ],
)
def test_a_no_turns_a_cue_round(language, text, about, said):
    found = weighed(text, about, language)
    assert found == said or (found and found[0] is said)


@pytest.mark.parametrize(
    ("language", "text", "about"),
    [
        ("en", "We need a forecast of our sales.", "forecast"),
        ("en", "Our mustard plant wants to save water.", "save water"),
        ("en", "It is an ideal place for tests.", "tests"),
        ("de", "Wir hätten gern ein System, das Lagerschäden vorhersagt.", "Lagerschäden"),
        ("de", "Wir möchten möglichst schnell anfangen.", "anfangen"),
        ("nl", "Wij willen graag een chatbot.", "chatbot"),
        ("fr", "Nous voudrions compter les voitures.", "compter les voitures"),
        ("et", "Meil on must kass ja me otsime andureid.", "andureid"),
    ],
)
def test_plain_asking_says_nothing(language, text, about):
    assert weighed(text, about, language) is None


def test_a_cue_in_another_sentence_says_nothing():
    text = "We want to count cars. Ideally somebody trains us. The cameras are there."
    assert weighed(text, "count cars") is None
    assert weighed(text, "cameras") is None
    assert weighed(text, "trains us") == (False, "Ideally")


def test_a_heading_weighs_the_lines_below_it():
    text = "We make cheese.\nMust have:\n- sensors in the cellar\n- a forecast\nNice to have:\n- training\n\nThank you for the help"
    assert weighed(text, "sensors") == weighed(text, "a forecast") == (True, "Must have")
    assert weighed(text, "training") == (False, "Nice to have")
    assert weighed(text, "cheese") is weighed(text, "help") is None


def test_words_of_both_kinds_say_nothing_together():
    text = "The robot must sort pears, ideally it packs them."
    assert weighed(text, text) is None


def test_without_a_language_all_of_them_count():
    assert weighed("Idealerweise auch eine Schulung.", "Schulung", None) == (False, "Idealerweise")
    assert weighed("Idealerweise auch eine Schulung.", "Schulung", "xx") == (False, "Idealerweise")
    assert weighed("IDEALNIE BYŁOBY SZKOLENIE.", "SZKOLENIE", None) == (False, "IDEALNIE")


@pytest.mark.parametrize(
    ("text", "start", "end"), [("", 0, 0), ("...", 0, 3), ("must", 10, 12), ("\ud800 must \x00", 0, 3)]
)
def test_is_not_thrown_by_odd_input(text, start, end):
    assert weigh(text, start=start, end=end, language="en") in {
        None,
        Weighing(must_have=True, words="must", start=2, end=6),
    }


def test_a_long_text_takes_no_longer_than_its_sentence():
    text = "We must count cars. " * 5000
    assert weigh(text, start=8, end=18, language=None).words == "must"
