"""When a need is written in one of eight languages: its language and what it asks for are read, quickly.

Source: BP-JD-02.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from factories import NOW

from hansa.collaboration.partnering.queries import read_need
from hansa.hubs.taxonomy import operations as vocabularies
from hansa.hubs.taxonomy import queries as taxonomy

pytestmark = [pytest.mark.model, pytest.mark.django_db]

LINES = {
    "en": "Our packaging lines stop twice a month and we only notice when a bearing breaks. "
    "We want sensors and predictive maintenance that warn us a week ahead.",
    "de": "Unsere Verpackungslinien stehen zweimal im Monat still, und wir merken es erst, wenn ein Lager bricht. "
    "Wir wollen Sensoren und vorausschauende Wartung, die uns eine Woche vorher warnt.",
    "fr": "Nos lignes d'emballage s'arrêtent deux fois par mois et nous ne le remarquons que lorsqu'un roulement casse. "
    "Nous voulons des capteurs et une maintenance prédictive qui nous avertisse une semaine à l'avance.",
    "es": "Nuestras líneas de envasado se paran dos veces al mes y solo nos enteramos cuando se rompe un rodamiento. "
    "Queremos sensores y mantenimiento predictivo que nos avise con una semana de antelación.",
    "it": "Le nostre linee di confezionamento si fermano due volte al mese e ce ne accorgiamo solo quando si rompe un "
    "cuscinetto. Vogliamo sensori e manutenzione predittiva che ci avvisi con una settimana di anticipo.",
    "pl": "Nasze linie pakujące stają dwa razy w miesiącu i dowiadujemy się o tym dopiero, gdy pęknie łożysko. "
    "Chcemy czujników i konserwacji predykcyjnej, która ostrzeże nas tydzień wcześniej.",
    "el": "Οι γραμμές συσκευασίας μας σταματούν δύο φορές τον μήνα και το καταλαβαίνουμε μόνο όταν σπάσει ένα ρουλεμάν. "
    "Θέλουμε αισθητήρες και προγνωστική συντήρηση που να μας προειδοποιεί μια εβδομάδα πριν.",
    "hu": "A csomagolósoraink havonta kétszer leállnak, és csak akkor vesszük észre, amikor eltörik egy csapágy. "
    "Érzékelőket és prediktív karbantartást szeretnénk, amely egy héttel előre figyelmeztet.",
}
SAFETY = {
    "en": "We want to know whether our customer data is safe from attacks and train our staff in cyber security.",
    "de": "Wir möchten wissen, ob unsere Kundendaten vor Angriffen sicher sind, und unsere Leute in Cybersicherheit "
    "schulen.",
    "fr": "Nous voulons savoir si les données de nos clients sont à l'abri des attaques et former notre personnel à la "
    "cybersécurité.",
    "es": "Queremos saber si los datos de nuestros clientes están a salvo de ataques y formar a nuestro personal en "
    "ciberseguridad.",
    "it": "Vogliamo sapere se i dati dei nostri clienti sono al sicuro dagli attacchi e formare il personale sulla "
    "sicurezza informatica.",
    "pl": "Chcemy wiedzieć, czy dane naszych klientów są bezpieczne przed atakami, i przeszkolić pracowników z "
    "cyberbezpieczeństwa.",
    "el": "Θέλουμε να ξέρουμε αν τα δεδομένα των πελατών μας είναι ασφαλή από επιθέσεις και να εκπαιδεύσουμε το "
    "προσωπικό μας στην κυβερνοασφάλεια.",
    "hu": "Szeretnénk tudni, hogy ügyfeleink adatai biztonságban vannak-e a támadásoktól, és kiberbiztonsági képzést "
    "adni a munkatársainknak.",
}
MAINTENANCE = {"predictive maintenance", "maintain sensor equipment", "sensors"}


@pytest.fixture(scope="module", autouse=True)
def vocabulary(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The vocabularies that come with Hansa, for these tests alone."""
    with django_db_blocker.unblock(), transaction.atomic():
        vocabularies.ensure(at=NOW)
        vocabularies.encode()
        yield
        transaction.set_rollback(True)
    taxonomy.forget()


def labels(text: str, outcome: str = "") -> list[str]:
    reading = read_need(text, outcome)
    known = taxonomy.entries(want.concept_id for want in reading.wants)
    return [known[want.concept_id].label_in("en") for want in reading.wants]


@pytest.mark.parametrize("language", LINES)
def test_the_language_is_told(language: str) -> None:
    assert read_need(LINES[language]).language == language


@pytest.mark.parametrize("language", LINES)
def test_maintenance_of_machines_is_found(language: str) -> None:
    assert MAINTENANCE & set(labels(LINES[language]))


@pytest.mark.parametrize("language", SAFETY)
def test_cyber_security_is_found_first(language: str) -> None:
    assert labels(SAFETY[language])[0] == "Cybersecurity"


@pytest.mark.parametrize("language", SAFETY)
def test_each_finding_carries_words_of_the_text(language: str) -> None:
    for want in read_need(SAFETY[language]).wants:
        assert want.words
        assert want.words in SAFETY[language]
        assert want.words in want.sentence


def test_languages_can_be_mixed() -> None:
    assert "Cybersecurity" in labels(f"{LINES['el']}\n{SAFETY['de']}")


def test_the_good_result_is_read_too() -> None:
    assert "Cybersecurity" in labels("Our lines stop.", SAFETY["en"])


@pytest.mark.parametrize("text", ["", "   ", "Hello", "????", "🏭💥", "1234 5678", "<b></b>", "a" * 10_000])
def test_nothing_is_made_up(text: str) -> None:
    assert read_need(text).wants == ()


def test_it_is_not_too_much_to_look_through() -> None:
    assert len(read_need("\n".join([*LINES.values(), *SAFETY.values()])).wants) <= 10


@pytest.mark.parametrize("text", [LINES["hu"], SAFETY["el"]])
def test_reading_takes_less_than_a_third_of_a_second(text: str) -> None:
    read_need(text)
    started = time.process_time()
    read_need(text + " ")
    assert time.process_time() - started < 0.3
