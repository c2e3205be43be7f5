"""When a list of hubs is taken out as a file. Source: BP-DIR-10."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from factories import NOW, make_concept, make_hub
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from hansa.exchange.exports import queries
from hansa.hubs.models import Competence, Hub, Scheme, ServiceOffer, Suggestion
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forgetful() -> Iterator[None]:
    taxonomy.forget()
    yield
    taxonomy.forget()


@pytest.fixture
def hub() -> Hub:
    pilot = make_concept(Kind.ACTIVITY, "TBI-2.2", labels={"en": "Technology concept", "de": "Technologiekonzept"})
    vision, sensing = make_concept(Kind.SKILL, "s1", "computer vision"), make_concept(Kind.SKILL, "s2", "sensors")
    make_concept(Kind.COUNTRY, "ES", labels={"en": "Spain", "de": "Spanien"})
    Scheme.objects.filter(code="test-skill").update(attribution="This service uses the ESCO classification.")
    made = make_hub("=cmd|'/c calc'!A1", summary="@SUM(A1)", day_rate_eur=650, description="Secret words")
    ServiceOffer.objects.create(hub=made, activity=pilot)
    Competence.objects.create(hub=made, skill=vision)
    Suggestion.objects.create(hub=made, concept=sensing, sentence="s", words="w", confidence=0.9)
    Suggestion.objects.create(hub=made, concept=pilot, sentence="s", words="w", confidence=0.9, state="dismissed")
    return made


def taken(*hubs: Hub, kind: str, **given: Any) -> queries.ExportedFile:
    given.setdefault("filters", [("Country", "Spain")])
    return queries.hub_list([hub.pk for hub in hubs], kind=kind, at=NOW, language="en", **given)


def test_csv_is_safe_to_open_and_keeps_stated_and_derived_apart(hub: Hub):
    file = taken(hub, kind="csv")
    assert file.name == "hansa_hubs_2026-11-24_en.csv"
    assert file.content.startswith(b"\xef\xbb\xbf")
    [row] = csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")))
    assert row["Name"] == "'=cmd|'/c calc'!A1"
    assert row["Summary"] == "'@SUM(A1)"
    assert (row["Services"], row["Competences"], row["Read in its text"]) == (
        "Technology concept",
        "computer vision",
        "sensors",
    )
    assert row["Country"] == "Spain"


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_becomes_a_formula(begin: str):
    assert queries.safe_cell(f"{begin}1+1") == f"'{begin}1+1"
    assert queries.safe_cell(-5) == -5


def test_excel_says_what_was_asked_when_and_what_columns_mean(hub: Hub):
    book = load_workbook(io.BytesIO(taken(hub, kind="xlsx").content))
    hubs, about = book.worksheets
    head, first = list(hubs.iter_rows(values_only=True))
    row = dict(zip(head, first, strict=True))
    assert (row["Name"], row["Day rate, EUR"]) == ("'=cmd|'/c calc'!A1", 650)
    assert all(cell.data_type != "f" for line in hubs.iter_rows() for cell in line)
    notes = [tuple(line) for line in about.iter_rows(values_only=True)]
    assert ("Filter", "Country: Spain") in notes
    assert ("Date", "2026-11-24 09:00 UTC") in notes
    assert ("Source", "This service uses the ESCO classification.") in notes
    assert any(name == "Read in its text" and "not confirmed" in meaning for name, meaning in notes if name)


def test_json_holds_the_same(hub: Hub):
    whole = json.loads(taken(hub, kind="json").content)
    assert whole["filters"] == [{"name": "Country", "value": "Spain"}]
    assert whole["hubs"][0]["derived"] == ["sensors"]
    assert whole["hubs"][0]["day_rate_eur"] == 650.0
    assert whole["hubs"][0]["address"].endswith(f"/hubs/{hub.slug}/")
    assert "Secret words" not in json.dumps(whole)


def test_labels_are_in_the_readers_language(hub: Hub):
    with translation.override("de"):
        whole = json.loads(taken(hub, kind="json").content)
    assert (whole["hubs"][0]["services"], whole["hubs"][0]["country"]) == (["Technologiekonzept"], "Spanien")


@pytest.mark.parametrize("n", [1, 30])
def test_work_does_not_grow_with_the_number_of_hubs(
    hub: Hub, n: int, django_assert_num_queries: DjangoAssertNumQueries
):
    hubs = [hub, *(make_hub() for _number in range(n - 1))]
    taken(hub, kind="csv")
    with django_assert_num_queries(5):
        taken(*hubs, kind="csv")


def test_a_long_list_is_cut_and_says_so(hub: Hub, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(queries.lists.MOST_HUBS, "xlsx", 1)
    about = load_workbook(io.BytesIO(taken(hub, make_hub(), kind="xlsx").content)).worksheets[1]
    assert next(line[1].value for line in about.iter_rows() if line[0].value == "Hubs").startswith("1, the first of 2.")


def test_unlisted_hubs_and_control_characters_stay_out(hub: Hub):
    hidden, odd = make_hub("Hidden", is_listed=False), make_hub("Bell\x07 hub")
    hubs = load_workbook(io.BytesIO(taken(hub, hidden, odd, kind="xlsx").content)).worksheets[0]
    assert [line[0] for line in hubs.iter_rows(values_only=True)][1:] == ["'=cmd|'/c calc'!A1", "Bell hub"]


def test_anybody_gets_what_the_page_finds_and_no_other_kind(hub: Hub, client: Client):
    make_hub("Isar Edge Lab", country="DE")
    make_concept(Kind.COUNTRY, "DE", "Germany")
    taxonomy.forget()
    answer = client.get("/hubs/export/json/?cc=DE")
    assert answer["Content-Disposition"].startswith('attachment; filename="hansa_hubs_')
    whole = json.loads(answer.content)
    assert [each["name"] for each in whole["hubs"]] == ["Isar Edge Lab"]
    assert whole["filters"] == [{"name": "Country", "value": "Germany"}]
    assert client.get("/hubs/export/exe/").status_code == 404
    assert client.post("/hubs/export/json/").status_code in {403, 405}
