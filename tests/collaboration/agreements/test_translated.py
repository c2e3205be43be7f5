"""When a party reads the agreement in another language than it was drafted in."""

from __future__ import annotations

import re

import pytest
from collaboration.agreements.agreeing import actor, terms_for, tick
from collaboration.agreements.test_pages import filled, read
from django.utils import translation
from factories import NOW

from hansa.collaboration.agreements import operations, queries
from hansa.collaboration.agreements.forms import TermsForm
from hansa.collaboration.agreements.operations import NewWording
from hansa.collaboration.models import Version


@pytest.fixture
def page(client, cast, agreement):
    """Return the agreement as Jonas gets it in a language, as HTML."""
    client.force_login(cast.jonas)

    def in_language(language: str, path: str = "") -> str:
        return client.get(f"/{language}/requests/{agreement.request.ref}/agreement/{path}")

    return in_language


def test_titles_explanations_and_risks_are_translated_and_the_text_is_not(page):
    words = read(page("de"))
    assert "Vereinbarung zur gemeinsamen Durchführung" in words
    assert "In einfachen Worten. Der Kunde hat es nur mit dem federführenden Hub zu tun;" in words
    assert "Begegnet einem Risiko: Ein Partner erfüllt den Qualitätsstandard des federführenden Hubs nicht" in words
    assert "Das Wettbewerbsrecht (Artikel 101" in words
    assert "7.1 The Lead answers to the Client for the whole Service." in words


def test_the_title_in_the_text_stands_below_its_translation(page):
    """Clauses name each other by their titles, so a reader must find those of the text."""
    assert re.search(r'<h3>7\. Haftung</h3><p class="meta" lang="en">Liability</p>', page("de").content.decode())
    assert "Liability</p>" not in page("en").content.decode()


@pytest.mark.parametrize("path", ["", "versions/1/"])
def test_the_page_says_which_language_binds(page, path):
    assert "Sprache des Textes: Englisch. Nur er bindet" in read(page("de", path))
    assert "Langue du texte" in read(page("fr", path))
    assert "Language of the text" not in read(page("en", path))


@pytest.mark.parametrize("path", ["terms/", "clauses/insurance/"])
def test_who_changes_it_learns_in_which_language_to_write(page, path):
    assert "Idioma del texto: inglés." in read(page("es", path))
    assert "Language of the text" not in read(page("en", path))


def test_no_label_of_the_terms_is_left_in_english(pseudo_locale, cast, case):
    start = terms_for(case)
    with translation.override(pseudo_locale):
        form = TermsForm(
            None,
            instrument=queries.instrument("jd-agreement"),
            start=start,
            hubs=[],
            earliest=NOW.date(),
            kpis=start.kpis,
        )
        words = [str(bound.label) for bound in form] + [str(bound.help_text) for bound in form if bound.help_text]
        words += [str(label) for bound in form for _value, label in getattr(bound.field, "choices", ())]
        words += [group.title for group in form.groups] + [group.caution for group in form.groups if group.caution]
    assert not [text for text in words if not text.startswith("[")]


def test_what_is_stored_does_not_depend_on_the_language_of_who_changed_it(client, cast, agreement):
    client.force_login(cast.jonas)
    address = f"/de/requests/{agreement.request.ref}/agreement/terms/"
    sent = filled(client.get(address))
    sent |= {"base_version": "1", "note": "Kürzer.", "non_compete_months": "7"}
    assert client.post(address, sent).status_code == 303
    first, second = Version.objects.order_by("number")
    assert [clause["title"] for clause in second.clauses] == [clause["title"] for clause in first.clauses]
    assert [clause["plain_words"] for clause in second.clauses] == [clause["plain_words"] for clause in first.clauses]
    assert second.text.replace("version 2", "version 1").replace("7 months", "12 months") == first.text


def test_clauses_with_own_words_are_named_in_the_readers_language(page, cast, agreement):
    change = NewWording(clause="insurance", words="Nobody needs insurance.")
    operations.revise(agreement, by=actor(cast.jonas), base_version=1, change=change, note="Too dear.", at=tick())
    assert "erreichen neue Werte sie nicht: Versicherung." in read(page("de", "terms/"))
