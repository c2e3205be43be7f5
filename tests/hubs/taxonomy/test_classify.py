"""When texts are classified from the shell."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from factories import make_concept
from formats import FOLDER, faults, schema

from hansa.hubs.models import Vector
from hansa.hubs.taxonomy.states import Kind

pytestmark = pytest.mark.django_db

EXAMPLE = FOLDER / "classify-text.example.jsonl"
SKILLS = {
    "bees": {"en": "keep bees", "de": "Bienen halten"},
    "robots": {"en": "operate welding robots", "de": "Schweißroboter bedienen", "fr": "utiliser des robots"},
    "data": {"en": "protect personal data", "fr": "protéger les données personnelles"},
}


@pytest.fixture(autouse=True)
def _without_the_model(settings: Any, db: None) -> None:
    """Spelling decides here; what the model adds is tested with the engine."""
    settings.LANGUAGE_MODEL = False
    for name, labels in SKILLS.items():
        make_concept(Kind.SKILL, name, labels["en"], labels=labels, uri=f"urn:{name}")


def run(path: Path, *more: str) -> list[dict[str, Any]]:
    out = io.StringIO()
    call_command("classify", "--file", str(path), *more, stdout=out, stderr=io.StringIO())
    return [json.loads(line) for line in out.getvalue().splitlines()]


def write(path: Path, *lines: Any) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return path


def best(answer: dict[str, Any]) -> tuple[str, str]:
    return answer["concepts"][0]["uri"], answer["concepts"][0]["label"]


@pytest.mark.parametrize("scheme", ["esco-skills", "activities"])
def test_the_example_runs_and_fits_its_schemas(scheme: str):
    make_concept(Kind.ACTIVITY, "a1", "Keeping of bees")
    asked = [json.loads(line) for line in EXAMPLE.read_text(encoding="utf-8").splitlines()]
    told = run(EXAMPLE, "--scheme", scheme)
    assert [fault for text in asked for fault in faults(text, schema("classify-text.schema.json"))] == []
    assert [fault for answer in told for fault in faults(answer, schema("classify-answer.schema.json"))] == []
    assert [answer["id"] for answer in told] == [text["id"] for text in asked]
    assert all(answer["concepts"] for answer in told)


def test_labels_are_those_of_the_text_s_language_else_english(tmp_path: Path):
    path = write(
        tmp_path / "t.jsonl",
        {"id": 1, "lang": "de", "text": "Bienen"},
        {"id": 2, "lang": "de", "text": "personal data"},
        {"id": 3, "text": "keep bees"},
    )
    assert [best(answer) for answer in run(path)] == [
        ("urn:bees", "Bienen halten"),
        ("urn:data", "protect personal data"),
        ("urn:bees", "keep bees"),
    ]


def test_a_hidden_language_is_neither_matched_nor_shown(tmp_path: Path):
    path = write(tmp_path / "t.jsonl", {"id": 1, "lang": "de", "text": "Schweißroboter"})
    [seen], [hidden] = run(path, "--top", "1"), run(path, "--top", "1", "--hide-language", "de")
    assert best(seen) == ("urn:robots", "Schweißroboter bedienen")
    assert best(hidden)[1] in {labels["en"] for labels in SKILLS.values()}
    assert hidden["concepts"][0]["score"] < seen["concepts"][0]["score"]


def test_names_the_words_that_carried_the_decision(tmp_path: Path):
    text = "We would like to learn how to keep bees on the roof, and somebody has to protect personal data."
    [answer] = run(write(tmp_path / "t.jsonl", {"id": 1, "lang": "en", "text": text}), "--top", "2")
    matched = {one["uri"]: one["matched"] for one in answer["concepts"]}
    assert matched == {"urn:bees": "keep bees", "urn:data": "protect personal data"}


def test_vectors_of_labels_are_kept_and_those_of_texts_are_not(tmp_path: Path):
    path = write(tmp_path / "t.jsonl", {"id": 1, "text": "a text of somebody"})
    run(path)
    kept = Vector.objects.count()
    run(write(path, {"id": 1, "text": "another text"}))
    assert 0 < kept == Vector.objects.count()


def test_retired_concepts_count_until_another_stands_for_them(tmp_path: Path):
    successor = make_concept(Kind.SKILL, "new", "send letters", uri="urn:new")
    make_concept(Kind.SKILL, "fax", "operate telefax", uri="urn:fax", retired_in="1.2")
    make_concept(Kind.SKILL, "old", "post letters", uri="urn:old", retired_in="1.2", replaced_by=successor)
    path = write(tmp_path / "t.jsonl", {"id": 1, "text": "telefax"}, {"id": 2, "text": "post letters"})
    assert [best(answer)[0] for answer in run(path)] == ["urn:fax", "urn:new"]


def test_an_empty_text_has_no_concepts_and_packed_files_are_read(tmp_path: Path):
    path = tmp_path / "t.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"id": "a", "text": ""}\n\n{"id": "b", "text": "bees", "lang": null}\n'))
    assert [(answer["id"], len(answer["concepts"])) for answer in run(path, "--top", "2")] == [("a", 0), ("b", 2)]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "line 2 is no JSON"),
        ("[]", "line 2 must be an object"),
        ('{"text": "bees"}', "line 2: id must be a text or a whole number"),
        ('{"id": true, "text": "bees"}', "line 2: id must be a text or a whole number"),
        ('{"id": "b"}', "line 2: text must be a text"),
        ('{"id": "b", "text": 7}', "line 2: text must be a text"),
        ('{"id": "b", "text": "bees", "lang": "german"}', "line 2: lang must be a two-letter code"),
        ('{"id": "b", "text": "bees", "language": "de"}', "line 2: language is not known"),
        ('{"id": "a", "text": "bees"}', "line 2: id 'a' is there twice"),
        ('{"id": "b", "text": "' + "b" * 100_001 + '"}', "line 2: text must have at most 100,000 characters"),
    ],
)
def test_a_wrong_line_is_refused_with_its_place_and_field(tmp_path: Path, line: str, complaint: str):
    with pytest.raises(CommandError, match=complaint):
        run(write(tmp_path / "t.jsonl", {"id": "a", "text": "bees"}, line))


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        (["--top", "0"], "--top must lie between 1 and 1,000"),
        (["--hide-language", "german"], "--hide-language must be a two-letter code"),
        (["--scheme", "activities"], "The vocabulary has no labels"),
    ],
)
def test_a_wrong_option_is_refused_by_name(more: list[str], complaint: str):
    with pytest.raises(CommandError, match=complaint):
        run(EXAMPLE, *more)


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        run(tmp_path / "none.jsonl")
