"""When official ESCO files are loaded."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path
from typing import Any

import pytest
from factories import NOW, make_concept
from shared import shared_path

from hansa.hubs.models import Concept, Relation, Scheme, Term
from hansa.hubs.taxonomy import operations, queries
from hansa.hubs.taxonomy.operations import CannotLoad, LoadReport
from hansa.hubs.taxonomy.states import Kind

pytestmark = pytest.mark.django_db

SKILL = "http://data.europa.eu/esco/skill/"
SKILLS = "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,scopeNote,definition,inScheme,description\n"
COLLECTION = "conceptType,conceptUri,preferredLabel,status,skillType,reuseLevel,altLabels,description,broaderConceptUri,broaderConceptPT\n"


def skill(code: str, label: str, other: str = "", description: str = "") -> str:
    return f'KnowledgeSkillCompetence,{SKILL}{code},knowledge,cross-sector,{label},"{other}",,released,,,,,"{description}"\n'


def file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def load(*paths: Path, edition: str | None = "1.2.0", **given: Any) -> list[LoadReport]:
    return operations.load_esco(paths, at=NOW, edition=edition, **given)


def test_stores_labels_alternatives_and_definition(tmp_path: Path):
    text = SKILLS + skill("a", "sensors", "probes\ndetectors", "Things that feel.") + skill("b", "robots")
    [report] = load(file(tmp_path, "skills_en.csv", text))
    assert (report.version, report.merged.added, report.refused) == ("1.2.0", 2, ())
    row = Concept.objects.get(notation="a")
    assert (row.kind, row.labels, row.facts["skill_type"]) == (Kind.SKILL, {"en": "sensors"}, "knowledge")
    assert sorted(row.terms.values_list("wording", "text")) == [
        ("alternative", "detectors"),
        ("alternative", "probes"),
        ("definition", "Things that feel."),
    ]


def test_the_same_files_again_write_nothing(tmp_path: Path):
    path = file(tmp_path, "skills_en.csv", SKILLS + skill("a", "sensors"))
    load(path)
    assert [report.is_unchanged for report in load(path)] == [True]


def test_languages_add_up(tmp_path: Path):
    load(file(tmp_path, "skills_en.csv", SKILLS + skill("a", "sensors", "probes")))
    load(file(tmp_path, "skills_fr.csv", SKILLS + skill("a", "capteurs", "détecteurs")))
    labels = tmp_path / "labels.tsv.gz"
    with gzip.open(labels, "wt", encoding="utf-8") as out:
        out.write(f"lang\turi\tpref_label\nde\t{SKILL}a\tSensoren\nfr\t{SKILL}a\tderived label\nxx1\t{SKILL}a\tbad\n")
    [report] = load(labels)
    assert Concept.objects.get(notation="a").labels == {"en": "sensors", "fr": "capteurs", "de": "Sensoren"}
    assert sorted(Term.objects.values_list("language", "text")) == [("en", "probes"), ("fr", "détecteurs")]
    assert [line.split(": ", 1)[1] for line in report.refused] == ["language 'xx1' is not a two-letter code"]


def test_labels_alone_need_no_version_and_bring_concepts_of_versions_gone_by(tmp_path: Path):
    load(file(tmp_path, "skills_en.csv", SKILLS + skill("a", "sensors")))
    path = file(
        tmp_path, "labels.tsv", f"lang\turi\tpref_label\nsv\t{SKILL}a\tsensorer\nen\t{SKILL}gone\tsteam engines\n"
    )
    load(path, edition=None)
    assert Concept.objects.get(notation="a").labels == {"en": "sensors", "sv": "sensorer"}
    assert Concept.objects.get(notation="gone").retired_in == "1.2"


def test_an_older_version_never_overwrites_a_newer_one(tmp_path: Path):
    load(file(tmp_path, "skills_en.csv", SKILLS + skill("a", "new name") + skill("b", "robots")), edition="1.2.0")
    older = file(tmp_path, "skills_en.csv", SKILLS + skill("a", "old name") + skill("gone", "steam engines"))
    load(older, edition="1.1.1")
    assert Concept.objects.get(notation="a").labels == {"en": "new name"}
    assert Concept.objects.get(notation="b").retired_in == ""
    assert Concept.objects.get(notation="gone").retired_in == "1.2"
    assert [each.notation for each in queries.search_concepts("steam", kinds=[Kind.SKILL])] == []


def test_a_newer_complete_list_retires_what_it_no_longer_names(tmp_path: Path):
    codes = [f"s{n}" for n in range(10)]
    load(file(tmp_path, "skills_en.csv", SKILLS + "".join(skill(code, code) for code in codes)), edition="1.2.0")
    newer = file(tmp_path, "skills_en.csv", SKILLS + "".join(skill(code, code) for code in codes[1:]))
    assert load(newer, edition="1.3.0")[0].merged.retired == 1
    assert Concept.objects.get(notation="s0").retired_in == "1.3.0"
    cut_off = file(tmp_path, "skills_en.csv", SKILLS + skill("s1", "s1"))
    with pytest.raises(CannotLoad, match="cut off"):
        load(cut_off, edition="1.4.0")


def test_replaced_concepts_lead_to_those_of_today(tmp_path: Path):
    load(file(tmp_path, "skills_en.csv", SKILLS + skill("old", "old") + skill("new", "new")))
    load(file(tmp_path, "replacements.csv", f"conceptUri,replacedByUri\n{SKILL}old,{SKILL}new\n"))
    old = Concept.objects.get(notation="old")
    assert queries.current(queries.entries([old.pk])[old.pk]).notation == "new"
    assert old.labels == {"en": "old"}


def test_collections_and_relations_refine_what_is_there(tmp_path: Path):
    skills = file(tmp_path, "skills_en.csv", SKILLS + skill("a", "sensors") + skill("b", "robots"))
    member = f"KnowledgeSkillCompetence,{SKILL}a,sensors,released,knowledge,cross-sector,,,,\n"
    digital = file(tmp_path, "digitalSkillsCollection_en.csv", COLLECTION + member)
    related = file(
        tmp_path,
        "skillSkillRelations.csv",
        "originalSkillUri,originalSkillType,relationType,relatedSkillType,relatedSkillUri\n"
        f"{SKILL}a,knowledge,optional,knowledge,{SKILL}b\n{SKILL}a,knowledge,maybe,knowledge,{SKILL}b\n",
    )
    reports = load(related, digital, skills)
    assert Concept.objects.get(notation="a").facts["in_digital"] is True
    assert list(Relation.objects.values_list("source__notation", "link", "target__notation")) == [
        ("a", "optional", "b")
    ]
    assert "neither essential nor optional" in reports[-1].refused[0]


def test_lines_that_cannot_be_read_are_named(tmp_path: Path):
    text = SKILLS + skill("a", "sensors") + skill("b", " ") + "KnowledgeSkillCompetence,not a uri,,,x,,,,,,,,\n"
    [report] = load(file(tmp_path, "skills_en.csv", text))
    assert report.merged.added == 1
    assert [line.rsplit(", ", 1)[1] for line in report.refused] == [
        "line 3: no label in column preferredLabel",
        "line 4: no URI in column conceptUri",
    ]


def broken(folder: Path, what: str) -> Path:
    if what == "absent":
        return folder / "absent.csv"
    path = folder / {"zip": "x.zip", "pdf": "x.pdf"}.get(what, f"{what}_en.csv")
    content = {
        "wrong columns": b"name,colour\nx,red\n",
        "latin": (SKILLS + skill("a", "détecteurs")).encode("latin-1"),
        "empty": b"",
        "zip": b"PK\x03\x04 broken",
        "pdf": b"%PDF-1.7",
        "truncated": gzip.compress((SKILLS + skill("a", "x" * 5000)).encode())[:-20],
    }[what]
    path = path.with_suffix(".csv.gz") if what == "truncated" else path
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("absent", "does not exist"),
        ("wrong columns", "name, colour. Known are: skills"),
        ("latin", "not UTF-8"),
        ("empty", "is empty"),
        ("zip", "not a ZIP file"),
        ("pdf", "is not a .csv"),
        ("truncated", "cannot be read"),
    ],
)
def test_a_wrong_file_is_refused_with_what_is_wrong(tmp_path: Path, what: str, said: str):
    with pytest.raises(CannotLoad) as no:
        load(broken(tmp_path, what), language="en")
    assert said in no.value.reason
    assert not Scheme.objects.exists()


def test_version_and_language_are_asked_for_where_no_name_tells(tmp_path: Path):
    path = file(tmp_path, "mine.csv", SKILLS + skill("a", "sensors"))
    with pytest.raises(CannotLoad, match="which version"):
        load(path, edition=None)
    with pytest.raises(CannotLoad, match="which language"):
        load(path)
    assert load(path, language="en")[0].merged.added == 1


def test_one_wrong_file_of_several_changes_nothing(tmp_path: Path):
    good = file(tmp_path, "skills_en.csv", SKILLS + skill("a", "sensors"))
    with pytest.raises(CannotLoad):
        load(good, file(tmp_path, "other_en.csv", "name\nx\n"))
    assert not Concept.objects.exists()


def test_files_inside_a_zip_are_loaded_with_the_version_in_its_name(tmp_path: Path):
    path = tmp_path / "esco_v1.2.1_classification_de.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("skills_de.csv", SKILLS + skill("a", "Sensoren"))
        archive.writestr("readme.pdf", "x")
    [report] = load(path, edition=None)
    assert (report.version, Concept.objects.get().labels) == ("1.2.1", {"de": "Sensoren"})


def test_the_official_french_files_and_the_lists_of_labels(tmp_path: Path):
    folder = shared_path("data/esco/fr_v1.1.1")
    uris = [SKILL + "000f1d3d-220f-4789-9c0a-cc742521fb02"]
    make_concept(Kind.SKILL, "000f1d3d-220f-4789-9c0a-cc742521fb02", "Haskell", uri=uris[0])
    reports = load(folder / "skillGroups_fr.csv.gz", folder / "digitalSkillsCollection_fr.csv.gz", edition=None)
    assert [(report.version, report.merged.read) for report in reports] == [("1.1.1", 640), ("1.1.1", 1201)]
    assert Concept.objects.get(uri=uris[0]).labels == {"en": "Haskell", "fr": "Haskell"}
    assert not any(report.refused for report in reports)
