"""When hubs are imported from a file. Source: BP-PRO-01."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import NOW, make_hub, make_member, make_network_person
from shared import shared_path

from hansa.exchange.imports.operations import CannotReadFile, ImportReport, import_hubs
from hansa.foundation import tasks
from hansa.foundation.actors import SYSTEM, VISITOR, Actor
from hansa.foundation.models import Activity
from hansa.hubs.directory import operations as directory
from hansa.hubs.models import Hub
from hansa.hubs.people.queries import actor_of

pytestmark = pytest.mark.django_db

JsonFile = Callable[..., Path]


def record(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "title": f"Hub {number}",
        "country_code": "ES",
        "description": f"We help companies in place {number}.",
        **more,
    }


def run(path: Path, by: Actor = SYSTEM, **given: Any) -> ImportReport:
    return import_hubs(path, by=by, at=NOW, **given)


def numbers(report: ImportReport) -> tuple[int, int, int, int, int]:
    return (report.n_read, report.n_added, report.n_changed, report.n_unchanged, len(report.refused))


def test_hubs_come_in_marked_as_imported(json_file: JsonFile):
    report = run(json_file(record(1, city="Zaragoza", sectors=["energy"])), source="jrc")
    assert numbers(report) == (1, 1, 0, 0, 0)
    hub = Hub.objects.get()
    assert (hub.name, hub.slug, hub.source, hub.source_ref) == ("Hub 1", "hub-1", "jrc", "1")
    assert (hub.trust, hub.country, hub.city, hub.sectors) == ("imported", "ES", "Zaragoza", ["energy"])
    assert hub.description_language == "en"
    assert "'zaragoza'" in hub.search
    assert hub.sort_key


def test_a_second_unchanged_run_writes_nothing(json_file: JsonFile):
    path = json_file(*(record(n) for n in range(30)))
    run(path)
    with CaptureQueriesContext(connection) as asked:
        report = run(path)
    assert numbers(report) == (30, 0, 0, 30, 0)
    words = {query["sql"].split(" ", 1)[0] for query in asked}
    assert words <= {"SELECT", "DECLARE", "SAVEPOINT", "RELEASE"}
    assert Activity.objects.count() == 1


def test_only_what_changed_is_written_and_read_again(json_file: JsonFile):
    run(json_file(record(1), record(2)))
    Hub.objects.update(read_digest="read")
    report = run(json_file(record(1, city="Huesca"), record(2, description="We build robots now.")))
    assert numbers(report) == (2, 0, 2, 0, 0)
    assert dict(Hub.objects.values_list("source_ref", "read_digest")) == {"1": "read", "2": ""}
    assert Hub.objects.get(source_ref="1").city == "Huesca"


@pytest.mark.parametrize("n", [500, 1500])
def test_the_work_grows_with_the_file_and_no_faster(json_file: JsonFile, n: int):
    path = json_file(*(record(number) for number in range(n)))
    with CaptureQueriesContext(connection) as asked:
        run(path)
    # A fixed number to begin and end with, and one for each part of 500 rows.
    assert len(asked) <= 24 + 16 * (n // 500)


def test_rows_that_cannot_be_hubs_are_named_and_the_others_come_in(json_file: JsonFile):
    report = run(json_file(record(1), record(2, title=""), "text", record(3, description="a\x00b"), record(4)))
    assert numbers(report) == (5, 2, 0, 0, 3)
    assert [line.row for line in report.refused] == [2, 3, 4]


def test_a_row_that_comes_twice_comes_in_once(json_file: JsonFile):
    report = run(json_file(record(1), record(1), record(1, city="Elsewhere")))
    assert numbers(report) == (3, 1, 0, 0, 2)
    assert [line.text for line in report.refused] == ["the same as row 1", "has the id of row 1"]


def test_possible_duplicates_are_told_and_not_merged(json_file: JsonFile):
    make_hub("Ebro  Data-Hub", country="ES")
    report = run(
        json_file(
            record(1, title="Ébro data hub"),
            record(2, title="Isar Lab", country_code="DE"),
            record(3, title="ISAR lab", country_code="DE"),
            record(4, title="Isar Lab", country_code="ES"),
            record(5, title="New name", title_as_scraped="Isar Lab", country_code="DE"),
        )
    )
    assert report.n_added == 5
    assert [(line.row, line.text.partition(" (")[0]) for line in report.duplicates] == [
        (1, "possible duplicate of “Ebro  Data-Hub”"),
        (3, "possible duplicate of row 2"),
        (5, "possible duplicate of row 2"),
    ]
    assert all("Same country: " in line.text for line in report.duplicates)


def test_a_name_in_another_form_is_a_possible_duplicate(json_file: JsonFile):
    make_hub("Fundación Instituto Tecnológico de Galicia", country="ES", city="A Coruña", website="https://www.itg.es/")
    report = run(
        json_file(
            record(1, title="ITG - Instituto Tecnologico de Galicia", city="A Coruna", website="http://itg.es/en"),
            record(2, title="Instituto Tecnologico de Aragon", city="Zaragoza", website="https://www.ita.es"),
        )
    )
    assert [line.row for line in report.duplicates] == [1]
    assert "%" in report.duplicates[0].text
    assert "itg.es" in report.duplicates[0].text


def test_addresses_stay_apart(json_file: JsonFile):
    make_hub("Hub", slug="hub")
    run(json_file(*(record(n, title="Hub") for n in range(3))))
    slugs = list(Hub.objects.values_list("slug", flat=True))
    assert len(set(slugs)) == 4
    assert all(slug.startswith("hub") for slug in slugs)


def test_a_profile_its_hub_looks_after_is_left_as_it_is(json_file: JsonFile):
    run(json_file(record(1), record(2)))
    hub = Hub.objects.get(source_ref="1")
    manager = actor_of(user=make_member(hub, "manager"))
    directory.update_profile(hub, by=manager, at=NOW, city="Our own city")
    newer = json_file(record(1, city="Another city"), record(2))
    report = run(newer)
    assert (report.n_kept, report.kept, report.n_unchanged) == (1, ["Hub 1"], 1)
    hub.refresh_from_db()
    assert hub.city == "Our own city"
    assert hub.source_notes["newer"]["city"] == "Another city"
    assert run(newer).n_unchanged == 2


def test_hubs_that_left_the_file_are_counted_and_kept(json_file: JsonFile):
    run(json_file(record(1), record(2)))
    report = run(json_file(record(1)))
    assert (report.n_gone, Hub.objects.count()) == (1, 2)


def test_the_same_ids_of_two_sources_are_two_hubs(json_file: JsonFile):
    run(json_file(record(1)), source="a")
    assert run(json_file(record(1)), source="b").n_added == 1
    assert len(run(json_file(record(1)), source="b").duplicates) == 1


def test_only_stewards_import(json_file: JsonFile):
    path = json_file(record(1))
    steward, stranger = make_network_person("steward"), make_member(make_hub(), "manager")
    for actor in (VISITOR, actor_of(user=stranger)):
        with pytest.raises(directory.CannotImport):
            run(path, by=actor)
    assert run(path, by=actor_of(user=steward)).n_added == 1


def test_reading_starts_in_the_background_once(json_file: JsonFile, monkeypatch: pytest.MonkeyPatch):
    started: list[str] = []
    monkeypatch.setattr(tasks, "defer", lambda name, **given: started.append(name))
    path = json_file(record(1))
    for _run in range(2):
        run(path)
    assert [name for name in started if name.startswith("directory")] == ["directory.read_unread"]


def test_the_log_gets_one_line(json_file: JsonFile):
    run(json_file(record(1), record(2, title="")), source="jrc")
    [line] = Activity.objects.all()
    assert (line.verb, line.facts) == ("hubs.imported", {"source": "jrc", "added": 1, "changed": 0, "refused": 1})


def test_a_wrong_file_changes_nothing(tmp_path: Path):
    path = tmp_path / "hubs.json"
    path.write_text("[1,", "utf-8")
    with pytest.raises(CannotReadFile):
        run(path)
    assert not Hub.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_imports_of_one_file_at_once_bring_each_hub_once(json_file: JsonFile):
    path = json_file(*(record(n) for n in range(40)))
    start = Barrier(3)

    def bring() -> int:
        start.wait()
        try:
            return run(path).n_added
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        added = [future.result() for future in [pool.submit(bring) for _time in range(3)]]
    assert sum(added) == Hub.objects.count() == 40


def test_the_214_real_hubs():
    path = shared_path("data/hubs/dih_sample_214.json.gz")
    report = run(path)
    assert numbers(report) == (214, 214, 0, 0, 0)
    by_kind = report.as_dict()["repairs_by_kind"]
    assert by_kind["other_name"] == 12
    assert by_kind["no_description"] == 22
    assert by_kind["country_code"] == 12
    assert by_kind["letters_dropped"] >= 12
    assert Hub.objects.exclude(other_names=[]).count() == 12
    assert numbers(run(path)) == (214, 0, 0, 214, 0)
