"""Putting hubs side by side. Source: BP-DIR-07."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import NOW, make_hub
from shelf import Shelf, text_of

from hansa.foundation.actors import SYSTEM
from hansa.hubs.directory import operations
from hansa.hubs.models import Hub

pytestmark = pytest.mark.django_db


def query(*hubs: Hub) -> str:
    return "?" + "&".join(f"hub={hub.slug}" for hub in hubs)


def test_shows_what_differs_in_words(shelf: Shelf, browse: Callable) -> None:
    page = browse().get("/hubs/compare/" + query(shelf.people.isar, shelf.people.aarhus))
    words = text_of(page)
    assert "Price of a day, EUR differs 700 500 lowest" in words
    assert "Technology concept differs Yes 22 pilots Read in its text We build prototypes." in words
    assert "Joint deliveries differs 0 3 most" in words
    assert "Type European Digital" not in words
    assert 'class="differs"' in page.content.decode()


def test_can_leave_out_what_is_the_same(shelf: Shelf, browse: Callable) -> None:
    path = "/hubs/compare/" + query(shelf.people.isar, shelf.people.aarhus)
    assert "Type Digital Innovation Hub" in text_of(browse().get(path))
    assert "Type Digital Innovation Hub" not in text_of(browse().get(path + "&only=differences"))


def test_keeps_the_order_asked_for_and_counts_each_hub_once(shelf: Shelf, browse: Callable) -> None:
    aarhus, isar = shelf.people.aarhus, shelf.people.isar
    html = browse().get("/hubs/compare/" + query(isar, aarhus, isar)).content.decode()
    assert html.index(f"/hubs/{isar.slug}/") < html.index(f"/hubs/{aarhus.slug}/")
    assert html.count('<th scope="col">') == 2


def test_says_which_hubs_are_too_many_or_gone(shelf: Shelf, browse: Callable) -> None:
    hubs = [make_hub(f"Extra {n}") for n in range(5)]
    words = text_of(browse().get("/hubs/compare/" + query(*hubs) + "&hub=nobody"))
    assert "Four hubs fit side by side. Left out: Extra 4" in words
    assert "1 hub of this address is not in the directory any more." in words


@pytest.mark.parametrize("given", ["", "?hub=", "?hub=nobody", "?hub=" + "x" * 5000, "?hub=%F0%9F%A4%96&only=x"])
def test_asks_for_hubs_when_there_are_too_few(shelf: Shelf, browse: Callable, given: str) -> None:
    page = browse().get("/hubs/compare/" + given)
    assert page.status_code == 200
    assert "Choose two to four hubs" in text_of(page)


def test_shows_a_change_at_once(shelf: Shelf, browse: Callable) -> None:
    path = "/hubs/compare/" + query(shelf.people.isar, shelf.people.aarhus)
    browse().get(path)
    operations.update_profile(shelf.people.isar, day_rate_eur=450, by=SYSTEM, at=NOW)
    assert "450 lowest" in text_of(browse().get(path))


def test_needs_few_statements(shelf: Shelf, browse: Callable) -> None:
    people = shelf.people
    browser = browse(people.lucia)
    browser.get("/hubs/")
    with CaptureQueriesContext(connection) as seen:
        browser.get("/hubs/compare/" + query(people.isar, people.aarhus, people.ebro, people.silent))
    assert len(seen) <= 8


def test_is_handed_out_as_a_table(shelf: Shelf, browse: Callable) -> None:
    """Source: BP-DIR-10."""
    operations.update_profile(shelf.people.isar, name="=HYPERLINK(1)", by=SYSTEM, at=NOW)
    answer = browse().get("/hubs/compare/csv/" + query(shelf.people.isar, shelf.people.aarhus))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["", "", "'=HYPERLINK(1)", "Aarhus Food Robotics", "Differs"]
    assert ["At a glance", "Price of a day, EUR", "700", "500", "Yes"] in rows
    assert browse().get("/hubs/compare/csv/?hub=nobody").status_code == 404
