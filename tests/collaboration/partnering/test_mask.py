"""When a text is about to leave the hub: who the client is stands in brackets, and what is left is found.

Source: BP-AUTH-02.
"""

import pytest

from hansa.collaboration.partnering.policies import Secrets, betrayals, masked, names_client

FRIGO = Secrets(
    client_name="Frigo Montaña S.L.",
    contact_name="Ana López García",
    contact_email="ana@frigo.example",
    website="https://www.frigo-montana.example/",
    city="Teruel",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Frigo Montaña S.L. has three lines.", "[the client] has three lines."),
        ("At FRIGO MONTANA we pack.", "At [the client] we pack."),
        ("Call Ana López García or Mrs García.", "Call [contact person] or Mrs [contact person]."),
        ("Write to ana@frigo.example now.", "Write to [mail address] now."),
        ("See https://www.frigo-montana.example/linea?x=1.", "See [website]."),
        ("Ring +34 976 12 34 56 today.", "Ring [phone number] today."),
        ("Ring 0976 123 456 78.", "Ring [phone number]."),
        ("Llamen al 948 555 012.", "Llamen al [phone number]."),
        ("Our plant in Teruel stops.", "Our plant in [place] stops."),
        ("", ""),
    ],
)
def test_names_and_addresses_are_bracketed(text: str, expected: str) -> None:
    assert masked(text, FRIGO) == expected


@pytest.mark.parametrize(
    ("name", "city", "text", "expected"),
    [
        ("Mleczarnia Łowicka Sp. z o.o.", "Łowicz", "Mleczarnię pod Łowiczem widać.", "Mleczarnię pod [place] widać."),
        ("Mleczarnia Łowicka", "Łowicz", "Pracuję w Mleczarni Łowickiej.", "Pracuję w [the client]."),
        ("Nadwiślańska Huta", "Warszawa", "Zakład w Warszawie stoi.", "Zakład w [place] stoi."),
        ("Cívis Pék", "Debrecen", "Debrecenben sütünk.", "[place] sütünk."),
    ],
)
def test_bent_names_are_bracketed_too(name: str, city: str, text: str, expected: str) -> None:
    assert masked(text, Secrets(client_name=name, city=city)) == expected


@pytest.mark.parametrize(
    "name",
    ["Mleczarnia Nowa Sp. z o.o.", "Mleczarnia Nowa, s. r. o.", "Mleczarnia Nowa GmbH & Co. KG", "SIA Mleczarnia Nowa"],
)
def test_name_is_found_without_its_legal_form(name: str) -> None:
    secrets = Secrets(client_name=name)
    assert betrayals("We are Mleczarnia Nowa.", secrets) == ["Mleczarnia Nowa"]
    assert masked("We are Mleczarnia Nowa.", secrets) == "We are [the client]."


@pytest.mark.parametrize(
    ("name", "text", "is_named"),
    [
        ("Mleczarnia Nowa Sp. z o.o.", "for Mleczarnia Nowa", True),
        ("Mleczarnia Nowa Sp. z o.o.", "dla Mleczarni Nowej", True),
        ("Frigo AG", "the Frigo line", True),
        ("Service GmbH", "a service of the Parties", False),
        ("Service GmbH", "a SERVICE GMBH of the Parties", True),
        ("", "for anybody", False),
    ],
)
def test_long_text_names_the_client_in_full_or_without_its_legal_form(name: str, text: str, is_named: bool) -> None:
    assert names_client(text, name) is is_named


def test_bent_name_of_two_words_is_found_and_a_word_like_a_short_name_is_not() -> None:
    assert betrayals("W Mleczarni Łowickiej.", Secrets(client_name="Mleczarnia Łowicka")) == ["Mleczarni Łowickiej"]
    assert betrayals("Die Steine fallen.", Secrets(contact_name="Eva Stein")) == []


@pytest.mark.parametrize(
    "text",
    [
        "We can spend 14 000 000 EUR.",
        "The sector sold 948.555.012 boxes.",
        "Since 12.03.2026 the line stops 24 times a year.",
        "From 2025 to 2027, 84 people, 3.5 % scrap.",
        "Article 123 456 of the list.",
        "The frigo is cold and the mountain is high.",
    ],
)
def test_amounts_dates_and_other_words_stay(text: str) -> None:
    assert masked(text, FRIGO) == text


def test_nothing_is_hidden_that_is_not_known() -> None:
    assert masked("Our lines stop.", Secrets()) == "Our lines stop."


def test_other_scripts_are_masked_too() -> None:
    greek = Secrets(client_name="Δήμος Αλλού", contact_name="Μαρία Παπαδοπούλου")
    assert masked("Ο ΔΉΜΟΣ ΑΛΛΟΎ ρωτά την Παπαδοπούλου.", greek) == "Ο [the client] ρωτά την [contact person]."


def test_what_is_left_is_found() -> None:
    assert betrayals("Frigo Montaña and ana@frigo.example", FRIGO) == ["ana@frigo.example", "Frigo Montaña"]


def test_the_place_alone_gives_nobody_away() -> None:
    assert betrayals("A plant in Teruel", FRIGO) == []


def test_a_masked_text_gives_nobody_away() -> None:
    text = "Frigo Montaña, Ana López García, +34 976 12 34 56, ana@frigo.example, www.frigo-montana.example, Teruel"
    assert betrayals(masked(text, FRIGO), FRIGO) == []
