"""Looking through the list of hubs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from factories import NOW, make_concept, make_hub
from shelf import Shelf, names_in, text_of

from hansa.foundation.actors import SYSTEM
from hansa.hubs.directory import operations
from hansa.hubs.models import Hub

pytestmark = pytest.mark.django_db
ALL = ["Aarhus Food Robotics", "Ebro Data Hub", "Isar Edge Lab", "Silent Bay Hub"]


def shown(browser: Browser, query: str = "", **options: str) -> list[str]:
    return names_in(browser.get(f"/hubs/{query}", **options).content.decode())


def test_is_open_to_everybody(shelf: Shelf, browse: Callable) -> None:
    page = browse().get("/hubs/")
    assert page.status_code == 200
    assert "4 hubs in 4 countries." in text_of(page)


def test_puts_checked_hubs_first_for_visitors(shelf: Shelf, browse: Callable) -> None:
    assert shown(browse())[0] == "Aarhus Food Robotics"


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?cc=DE", ["Isar Edge Lab"]),
        ("?cc=DE&cc=DK&sort=name", ["Aarhus Food Robotics", "Isar Edge Lab"]),
        ("?tech=robotics", ["Isar Edge Lab"]),
        ("?sector=food", ["Isar Edge Lab"]),
        ("?fn=TBI&sort=name", ["Aarhus Food Robotics", "Isar Edge Lab"]),
        ("?activity=SKT-1.1", ["Ebro Data Hub"]),
        ("?lang=da", ["Aarhus Food Robotics"]),
        ("?trust=assessed", ["Aarhus Food Robotics"]),
        ("?type=edih", []),
        ("?cc=DE&tech=robotics&lang=da", []),
        ("?sort=rate&fn=TBI", ["Aarhus Food Robotics", "Isar Edge Lab"]),
        ("?sort=joint", ["Aarhus Food Robotics", "Ebro Data Hub", "Isar Edge Lab", "Silent Bay Hub"]),
        ("?sort=country", ["Aarhus Food Robotics", "Isar Edge Lab", "Silent Bay Hub", "Ebro Data Hub"]),
    ],
)
def test_filters_and_sorts(shelf: Shelf, browse: Callable, query: str, names: list[str]) -> None:
    """Source: BP-DIR-02, BP-DIR-08."""
    assert shown(browse(), query) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("isar", ["Isar Edge Lab"]),
        ("ISÁR", ["Isar Edge Lab"]),
        ("robot+cells", ["Aarhus Food Robotics"]),
        ("predictive+maintenance", ["Isar Edge Lab"]),
        ("Robotik", ["Isar Edge Lab"]),
        ("hubs+in+Germany", ["Isar Edge Lab"]),
        ("zzzz", []),
    ],
)
def test_searches_names_texts_and_what_hubs_can_do(shelf: Shelf, browse: Callable, text: str, names: list[str]) -> None:
    """Source: BP-DIR-02."""
    assert shown(browse(), f"?q={text}") == names


def test_says_how_it_read_the_words_and_lets_them_be_taken_away(shelf: Shelf, browse: Callable) -> None:
    browser = browse()
    page = browser.get("/hubs/?q=predictive+maintenance+in+Germany")
    assert "We read this as" in text_of(page)
    assert "Country: Germany" in text_of(page)
    html = page.content.decode()
    start = html.index("Country: Germany")
    address = html[html.rindex('href="', 0, start) + 6 : start].split('"')[0].replace("&amp;", "&")
    assert "Country: Germany" not in text_of(browser.get(address))


def test_keeps_the_counts_of_a_menu_choosable(shelf: Shelf, browse: Callable) -> None:
    """Source: BP-DIR-02."""
    html = browse().get("/hubs/?cc=DE").content.decode()
    menu = html[html.index('id="m-cc"') : html.index('id="m-lang"')]
    assert menu.count('class="item"') == 4
    assert '<span class="meta end">1</span>' in menu


def test_names_what_costs_most_when_nothing_is_found(shelf: Shelf, browse: Callable) -> None:
    page = browse().get("/hubs/?lang=da&cc=DE")
    assert "“Country: Germany” costs most: without it there is 1 hub." in text_of(page)
    assert "Without “Language: Danish”: 1 hub" in text_of(page)


def test_shows_what_each_part_finds_alone_when_one_is_not_enough(shelf: Shelf, browse: Callable) -> None:
    words = text_of(browse().get("/hubs/?cc=DK&lang=de&sector=food&activity=SKT-1.1"))
    assert "Leaving out one part is not enough." in words
    assert "Only “Country: Denmark”: 1 hub" in words


def test_leaves_out_what_means_nothing_with_a_chip_to_drop_it(shelf: Shelf, browse: Callable) -> None:
    page = browse().get("/hubs/?cc=XX&colour=red&sort=beauty&page=abc")
    assert sorted(names_in(page.content.decode())) == ALL
    assert "Country: XX (unknown)" in text_of(page)


@pytest.mark.parametrize("page", ["abc", "99999", "-3", "0", "1e9", "9" * 40, "²"])
def test_never_fails_on_a_page_that_is_not_there(shelf: Shelf, browse: Callable, page: str) -> None:
    assert len(shown(browse(), f"?page={page}")) == 4


def test_cuts_a_text_of_100_000_characters_and_says_so(shelf: Shelf, browse: Callable) -> None:
    page = browse().get("/hubs/", {"q": "robot " * 20_000})
    assert page.status_code == 200
    assert "The text was too long. Its first 400 characters were searched for." in text_of(page)
    assert "robot " * 80 not in page.content.decode().split("<main")[1]


def test_bounds_a_thousand_values(shelf: Shelf, browse: Callable) -> None:
    page = browse().get("/hubs/", {"cc": [f"A{n}" for n in range(700)], "hub": ["x" * 500] * 200})
    assert page.status_code == 200
    assert len(page.content.decode().split("<main")[1]) < 60_000
    assert browse().get("/hubs/", {"cc": [f"A{n}" for n in range(1001)]}).status_code == 400


@pytest.mark.parametrize(
    "text",
    ["'", '"', "\\", "&", "!", "a:*", "a & b", "()", "<b>", "%", "🤖", "ανακυκλωση", "\u202eabc", "-", "a" * 399],
)
def test_takes_any_characters(shelf: Shelf, browse: Callable, text: str) -> None:
    page = browse().get("/hubs/", {"q": text})
    assert page.status_code == 200
    assert "<b>" not in page.content.decode().split('id="results"')[1].split("chips")[0]


def test_escapes_names_and_shows_long_ones_in_any_script(shelf: Shelf, browse: Callable) -> None:
    long = "Ευρωπαϊκός Κόμβος Ψηφιακής Καινοτομίας Θεσσαλονίκης i Żółkiewskie Centrum Łączności"
    for name in ("<script>alert(1)</script> & Co", long):
        operations.create_hub(name=name, by=SYSTEM, at=NOW)
    page = browse().get("/hubs/?sort=name")
    assert long in names_in(page.content.decode())
    assert "<script>alert" not in page.content.decode()
    assert shown(browse(), "?q=θεσσαλονικης") == [long]


def test_shows_a_hub_that_says_nothing_about_itself(browse: Callable, words: object) -> None:
    hub = operations.create_hub(name="Nameless", by=SYSTEM, at=NOW)
    page = browse().get("/hubs/")
    assert names_in(page.content.decode()) == ["Nameless"]
    assert "1 hub lies outside the map or names no country." in text_of(page)
    assert browse().get(f"/hubs/{hub.slug}/").status_code == 200


def test_says_where_it_only_guesses_a_place(shelf: Shelf, browse: Callable) -> None:
    """Source: BP-DIR-03."""
    make_concept("country", "FI", "Finland", facts={"centre": {"lat": 62.0, "lon": 26.0}})
    from hansa.hubs.taxonomy import queries as taxonomy

    taxonomy.forget()
    operations.create_hub(name="Nowhere Lab", country="FI", by=SYSTEM, at=NOW)
    html = browse().get("/hubs/?cc=FI")
    assert "1 hub does not say where it is and stands in the middle of its country." in text_of(html)
    assert "<title>Nowhere Lab</title>" in html.content.decode()


def test_gathers_many_hubs_at_one_place_into_one_mark(shelf: Shelf, browse: Callable) -> None:
    for _number in range(6):
        make_hub(country="DE", latitude=50.1, longitude=8.7)
    html = browse().get("/hubs/?cc=DE").content.decode()
    assert '<text y="5">6</text>' in html


def test_pages_by_twenty_and_keeps_the_search_in_the_address(shelf: Shelf, browse: Callable) -> None:
    for number in range(45):
        make_hub(f"Many {number:02}", country="DE")
    browser = browse()
    first = browser.get("/hubs/?cc=DE&sort=name")
    assert len(names_in(first.content.decode())) == 20
    assert 'href="/hubs/?cc=DE&amp;sort=name&amp;page=2"' in first.content.decode()
    assert shown(browser, "?cc=DE&sort=name&page=3") == [f"Many {n:02}" for n in range(39, 45)]
    assert shown(browser, "?cc=DE&sort=name&page=77") == shown(browser, "?cc=DE&sort=name&page=3")


def test_tells_people_of_hubs_what_they_lack(shelf: Shelf, browse: Callable) -> None:
    page = browse(shelf.people.lucia).get("/hubs/")
    assert "Covers 1 of the 1 activity you do not have" in text_of(page)
    assert names_in(page.content.decode())[0] == "Isar Edge Lab"
    assert "Your hub" in text_of(page)
    assert "you do not have" not in text_of(browse().get("/hubs/"))
    assert "you do not have" not in text_of(browse(shelf.people.mayor).get("/hubs/"))


def test_counts_only_what_a_hub_says_itself(shelf: Shelf, browse: Callable) -> None:
    words = text_of(browse(shelf.people.lucia).get("/hubs/?cc=DK"))
    assert "Covers" not in words
    assert "Read in its text" in text_of(browse().get("/hubs/?activity=TBI-2.2"))


def test_keeps_ticked_hubs_through_the_address(shelf: Shelf, browse: Callable) -> None:
    people = shelf.people
    html = browse().get(f"/hubs/?cc=DE&hub={people.isar.slug}&hub={people.aarhus.slug}&hub=nobody").content.decode()
    assert html.count(" checked") == 3  # Germany, Isar's card, and Aarhus, which this search leaves out
    assert "2 hubs selected" in html


def test_shows_a_change_at_once(shelf: Shelf, browse: Callable) -> None:
    browser = browse()
    assert "Isar Edge Lab" in shown(browser)
    operations.update_profile(shelf.people.isar, name="Isar Two", by=SYSTEM, at=NOW + timedelta(hours=1))
    assert "Isar Two" in shown(browser)
    Hub.objects.filter(pk=shelf.people.silent.pk).update(is_listed=False, revision=operations.next_revision())
    assert "Silent Bay Hub" not in shown(browser)


def test_answers_a_fragment_with_what_changed(shelf: Shelf, browse: Callable) -> None:
    headers = {"HX-Request": "true", "HX-Target": "results", "HX-Current-URL": "http://testserver/hubs/"}
    answer = browse().get("/hubs/?cc=DE", headers=headers)
    html = answer.content.decode()
    assert answer.headers["HX-Push-Url"] == "/hubs/?cc=DE"
    assert html.lstrip().startswith('<div id="results">')
    assert names_in(html) == ["Isar Edge Lab"]
    # The menu in use stays as it is, with a new number; the others come along.
    assert 'id="m-cc" hx-swap-oob' not in html
    assert 'id="m-cc-n" hx-swap-oob="true"><span class="count">1</span>' in html
    assert 'id="m-lang" hx-swap-oob="true"' in html
    assert 'id="tiles" hx-swap-oob="innerHTML"' in html


def test_shows_the_same_hubs_as_fragment_and_as_page(shelf: Shelf, browse: Callable) -> None:
    for query in ("", "?cc=DE", "?q=robot", "?fn=TBI&sort=rate"):
        headers = {"HX-Request": "true", "HX-Target": "results"}
        assert shown(browse(), query, headers=headers) == shown(browse(), query)


def test_speaks_the_readers_language(shelf: Shelf, browse: Callable) -> None:
    assert browse().get("/de/hubs/").status_code == 200
    assert 'href="/de/hubs/' in browse().get("/de/hubs/").content.decode()


def test_needs_few_statements_for_any_number_of_hubs(shelf: Shelf, browse: Callable) -> None:
    def statements(query: str) -> int:
        browser = browse(shelf.people.lucia)
        browser.get("/hubs/")
        with CaptureQueriesContext(connection) as seen:
            browser.get(f"/hubs/{query}")
        return len(seen)

    few = {query: statements(query) for query in ("", "?cc=DE&sort=rate", "?q=robot+cells+1")}
    for _number in range(30):
        make_hub(country="DE")
    many = {query: statements(query) for query in ("", "?cc=ES&sort=rate", "?q=robot+cells+2")}
    assert max(*few.values(), *many.values()) <= 8
    assert list(few.values())[:2] == list(many.values())[:2]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_only_reads(shelf: Shelf, browse: Callable, method: str) -> None:
    for path in ("/hubs/", "/hubs/compare/", f"/hubs/{shelf.people.isar.slug}/"):
        assert getattr(browse(), method)(path).status_code == 405


def test_hands_out_the_list_with_its_filters(shelf: Shelf, browse: Callable) -> None:
    """Source: BP-DIR-10."""
    html = browse().get("/hubs/?cc=DE&sort=name").content.decode()
    for kind in ("xlsx", "csv", "json"):
        assert f'href="/hubs/export/{kind}/?cc=DE&amp;sort=name"' in html
    answer = browse().get("/hubs/export/json/?cc=DE&sort=name").json()
    assert [hub["name"] for hub in answer["hubs"]] == ["Isar Edge Lab"]
    assert answer["filters"] == [{"name": "Country", "value": "Germany"}]
    assert browse().get("/hubs/export/exe/").status_code == 404


def test_marks_invented_hubs_beside_real_ones(browse: Callable) -> None:
    make_hub("Real Hub", city="Lyon")
    make_hub("Invented Hub", city="Ghent", is_demo=True)
    page = text_of(browse().get("/hubs/"))
    assert page.count("· Example") == 1
    assert "Ghent" in page.split("· Example")[0][-60:]
