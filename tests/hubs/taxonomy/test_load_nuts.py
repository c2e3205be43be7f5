"""When regions are loaded."""

from __future__ import annotations

from pathlib import Path

import pytest
from factories import NOW, make_concept
from shared import shared_path

from hansa.hubs.models import Concept
from hansa.hubs.taxonomy import operations, queries
from hansa.hubs.taxonomy.operations import CannotLoad
from hansa.hubs.taxonomy.states import Kind

pytestmark = pytest.mark.django_db


def load(path: Path, **given: str) -> operations.LoadReport:
    [report] = operations.load_nuts([path], at=NOW, **given)
    return report


def test_the_regions_of_2021():
    make_concept(Kind.COUNTRY, "GR", "Greece", facts={"eurostat": "EL"})
    report = load(shared_path("data/geo/nuts_2021_codes_names_points.csv.gz"))
    assert (report.version, report.merged.added, report.refused) == ("2021", 2010, ())
    athens = queries.entry_of(Kind.REGION, "EL30")
    assert athens.facts["country"] == "GR"
    assert 37 < athens.facts["centre"]["lat"] < 39
    assert 23 < athens.facts["centre"]["lon"] < 25
    assert Concept.objects.get(kind=Kind.REGION, notation="EL30").broader.notation == "EL3"
    assert queries.search_concepts("zarago", kinds=[Kind.REGION])[0].notation == "ES243"


def test_the_official_columns_without_points(tmp_path: Path):
    path = tmp_path / "NUTS_AT_2024.csv"
    path.write_text("CNTR_CODE,NUTS_ID,NAME_LATN,NUTS_NAME\nEL,EL3,Attiki,Αττική\nEL,EL3,again,x\nEL,,x,x\n", "utf-8")
    report = load(path)
    assert (report.version, report.merged.added) == ("2024", 1)
    assert [line.rsplit(": ", 1)[1] for line in report.refused] == [
        "the code comes twice",
        "no code and name of a region",
    ]
    assert queries.search_concepts("αττικ", kinds=[Kind.REGION])


def test_a_file_of_something_else_is_refused(tmp_path: Path):
    path = tmp_path / "regions_2024.csv"
    path.write_text("id;colour\n1;red\n", "utf-8")
    with pytest.raises(CannotLoad, match="id, colour"):
        load(path)


def test_the_edition_is_asked_for_where_no_name_tells(tmp_path: Path):
    path = tmp_path / "regions.csv"
    path.write_text("nuts_id,nuts_name\nES2,Noreste\n", "utf-8")
    with pytest.raises(CannotLoad, match="which edition"):
        load(path)
    assert load(path, edition="2024").merged.added == 1
