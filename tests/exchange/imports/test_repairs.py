"""When a record of another catalogue is brought into shape."""

from __future__ import annotations

from typing import Any

import pytest

from hansa.exchange.imports.operations.repairs import Refused, Repaired, Repairer


def repaired(**record: Any) -> Repaired:
    return Repairer().repaired({"name": "Hub", "country_code": "ES", "description": "We help.", **record})


def kinds(row: Repaired) -> set[str]:
    return {kind for kind, _text in row.remarks}


@pytest.mark.parametrize(
    ("given", "country", "said"),
    [
        ({"country_code": "EL"}, "GR", {"country_code"}),
        ({"country_code": "UK"}, "GB", {"country_code"}),
        ({"country_code": "xk"}, "XK", set()),
        ({"country_code": "", "country": "Spain"}, "ES", set()),
        ({"country_code": "", "country": "de"}, "DE", set()),
        ({"country_code": "DE", "country": "Spain"}, "DE", {"country_conflict"}),
        ({"country_code": "ZZ", "country": "Spain"}, "ES", {"country_unknown"}),
        ({"country_code": "", "country": "Atlantis"}, "", {"country_unknown"}),
        ({"country_code": "", "country": ""}, "", {"country_unknown"}),
    ],
)
def test_country(given: dict[str, str], country: str, said: set[str]):
    row = repaired(**given)
    assert (row.country, kinds(row)) == (country, said)


@pytest.mark.parametrize(
    ("given", "kept", "said"),
    [
        ("https://hub.example", "https://hub.example", set()),
        ("hub.example/x", "https://hub.example/x", {"website"}),
        ("javascript:alert(1)", "", {"website_unusable"}),
        ("ftp://hub.example", "", {"website_unusable"}),
        ("n/a", "", {"website_unusable"}),
        ("http://[broken", "", {"website_unusable"}),
    ],
)
def test_website(given: str, kept: str, said: set[str]):
    row = repaired(website=given)
    assert (row.hub.values["website"], kinds(row)) == (kept, said)
    assert ("website" in row.hub.notes) == (not kept)


def test_sectors_are_translated_and_strange_ones_kept_aside():
    row = repaired(sectors=["Agriculture and food", "energy", "Castles"], sectors_noise=["City of X: Programme"])
    assert row.hub.values["sectors"] == ["food", "energy"]
    assert row.hub.notes == {"sectors_unknown": ["Castles"], "sectors_noise": ["City of X: Programme"]}
    assert kinds(row) == {"sector_mapped", "sector_unknown"}


def test_lists_in_one_cell_are_taken_apart():
    row = repaired(languages="English; German|Klingon", technologies="robotics")
    assert row.hub.values["languages"] == ["en", "de"]
    assert row.hub.values["technologies"] == ["robotics"]
    assert kinds(row) == {"language_unknown"}


def test_a_second_name_is_kept_and_dropped_letters_are_noted():
    row = repaired(name="Zentrum Böblingen", other_names="Zentrum Bblingen", country_code="DE")
    assert row.hub.values["other_names"] == ["Zentrum Bblingen"]
    assert kinds(row) == {"other_name", "letters_dropped"}
    assert "letters_dropped" not in kinds(repaired(name="Zentrum Böblingen", other_names="ZB"))
    assert repaired(name="A | B; C", other_names="A | B;  C").hub.values["other_names"] == []


@pytest.mark.parametrize(
    ("given", "kept", "said"),
    [
        ("We  help.\u00a0\r\n\n\n\nAll.", "We help.\n\nAll.", {"whitespace"}),
        ("<p>We <b>help</b> you.</p><ul><li>Now</li></ul>", "We help you.", {"markup", "whitespace"}),
        ("R&amp;D", "R&D", set()),
        ("MÃ¼nchen", "München", {"mojibake"}),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6", set()),
        ("", "", {"no_description"}),
        ("x" * 100_050, "x" * 100_000, {"too_long"}),
        ("עברית و العربية 😀", "עברית و العربية 😀", set()),
    ],
)
def test_descriptions(given: str, kept: str, said: set[str]):
    row = repaired(description=given)
    text = row.hub.values["description"]
    assert (text if len(kept) > 20 or "<" in kept else text[: len(kept)]) == kept
    assert kinds(row) >= said


def test_the_summary_is_the_first_sentences_unless_there_is_one():
    long = "We are a hub. " + "We help companies and towns to try out what is new. " * 10
    row = repaired(description=long)
    assert row.hub.values["summary"].startswith("We are a hub. We help")
    assert len(row.hub.values["summary"]) <= 300
    assert row.hub.values["summary"].endswith(".")
    assert repaired(description=long, summary="In short").hub.values["summary"] == "In short"
    assert repaired(description="word " * 500).hub.values["summary"].endswith("word…")


@pytest.mark.parametrize(
    ("latitude", "longitude", "point"),
    [
        ("48,1", "11.5", (48.1, 11.5)),
        (48.1, 11.5, (48.1, 11.5)),
        (0, 0, (None, None)),
        ("north", "east", (None, None)),
        (200, 0.1, (None, None)),
        (48.1, None, (None, None)),
    ],
)
def test_points(latitude: Any, longitude: Any, point: tuple[float | None, float | None]):
    values = repaired(latitude=latitude, longitude=longitude).hub.values
    assert (values["latitude"], values["longitude"]) == point


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"name": ""}, "no name"),
        ({"name": " \u00a0 "}, "no name"),
        ({"name": "A\x00B"}, "NUL"),
        ({"name": "Hub", "description": "a\x00b"}, "NUL"),
        ("text", "not a record"),
        (None, "not a record"),
    ],
)
def test_what_cannot_be_a_hub_is_refused(record: Any, said: str):
    with pytest.raises(Refused, match=said):
        Repairer().repaired(record)


def test_the_id_at_the_source_is_kept_or_made_from_name_and_country():
    assert repaired(ref=1248).hub.ref == "1248"
    assert repaired(name="Łódź  Hub").hub.ref == "lodz hub/ES"


def test_the_digest_changes_with_anything_that_is_kept():
    digests = {repaired(**more).hub.digest for more in ({}, {"city": "X"}, {"sectors_noise": ["y"]}, {"name": "Z"})}
    assert len(digests) == 4
    assert repaired().hub.digest == repaired(colour="red").hub.digest
