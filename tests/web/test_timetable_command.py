"""When ``hansa timetable`` is called with a file."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

FORMATS = Path(__file__).parents[2] / "docs" / "formats"
EVENT, CHANGES = FORMATS / "timetable.example.json", FORMATS / "timetable-changes.example.json"


def run(*words):
    out = StringIO()
    call_command("timetable", *map(str, words), stdout=out)
    return json.loads(out.getvalue())


def test_the_example_gives_a_proven_timetable_with_reasons():
    answer = run(EVENT)
    assert answer["proven"]
    assert answer["value"] == answer["bound"] == 16.5
    assert {"participants", "slot", "place", "start", "end", "weight"} <= set(answer["meetings"][0])
    halifax = next(meeting for meeting in answer["meetings"] if "halifax" in meeting["participants"])
    assert halifax["local_start"]["halifax"] == "2027-03-02T10:00:00-04:00"
    assert {row["from"] + " " + row["to"] for row in answer["reasons"]} >= {"halifax brno", "delft halifax"}
    assert all(row["sentence"].endswith(".") for row in answer["reasons"])


def test_the_example_is_repaired():
    answer = run(EVENT, "--repair", CHANGES)
    assert answer["proven"]
    assert [meeting["participants"] for meeting in answer["moved"]] == [["tagus", "oulu"]]
    assert answer["moved_others"] == answer["lost"] == []


def test_what_it_writes_can_be_repaired(tmp_path):
    changes = tmp_path / "changes.json"
    changes.write_text(json.dumps({"meetings": run(EVENT)["meetings"], "changes": []}))
    assert run(EVENT, "--repair", changes)["moved_others"] == []


def broken(tmp_path, change):
    document = json.loads(EVENT.read_text())
    change(document)
    path = tmp_path / "event.json"
    path.write_text(json.dumps(document))
    return path


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d["wishes"][3].update(weight=float("nan")), r"wishes\[3\]: Wish.weight of tagus to oulu"),
        (lambda d: d["wishes"][3].update(weight="much"), r"wishes\[3\].weight must be a number"),
        (lambda d: d["wishes"][3].update(wieght=1), r"wishes\[3\] has no 'wieght'"),
        (lambda d: d["slots"][0].pop("end"), r"slots\[0\].end is missing"),
        (lambda d: d["slots"][0].update(end="noon"), r"slots\[0\].end must be a time"),
        (lambda d: d["slots"][0].update(start="2027-03-02T09:00"), r"slots\[0\]: Slot tue-1: start and end need"),
        (lambda d: d["participants"].append({"id": "isar"}), "Event.participants must not hold isar twice"),
        (lambda d: d["participants"][0].update(hours=["nine"]), r"participants\[0\].hours must be two times"),
        (lambda d: d["participants"][0].update(attends=["by mail"]), r"participants\[0\]: Participant.attends"),
        (lambda d: d["places"][0].update(capacity=1.5), r"places\[0\].capacity must be a whole number"),
        (lambda d: d["fixed"][0].update(participants=["brno"]), r"fixed\[0\].participants must name two"),
        (lambda d: d["fixed"][0].update(slot="tue-9"), "FixedMeeting.slot_id of brno and delft names 'tue-9'"),
        (lambda d: d.update(wishes={}), "wishes must be a list"),
    ],
)
def test_a_wrong_file_is_refused_with_the_field(tmp_path, change, said):
    with pytest.raises(CommandError, match=said):
        run(broken(tmp_path, change))


@pytest.mark.parametrize("content", ["", "{", "[1]", '"x"', "null"])
def test_what_is_no_event_is_refused(tmp_path, content):
    path = tmp_path / "event.json"
    path.write_text(content)
    with pytest.raises(CommandError):
        run(path)


@pytest.mark.parametrize("name", ["timetable", "timetable-changes"])
def test_the_example_fits_the_names_of_its_schema(name):
    schema = json.loads((FORMATS / f"{name}.schema.json").read_text())
    example = json.loads((FORMATS / f"{name}.example.json").read_text())
    assert misfits(schema, example, name) == []


def misfits(schema, value, path):
    """Names that the schema does not know or that it misses, and values outside its lists."""
    if isinstance(value, dict) and "properties" in schema:
        found = [f"{path}.{key}" for key in value if key not in schema["properties"]]
        found += [f"{path} lacks {key}" for key in schema.get("required", ()) if key not in value]
        known = [key for key in value if key in schema["properties"]]
        return found + [
            fault for key in known for fault in misfits(schema["properties"][key], value[key], f"{path}.{key}")
        ]
    if isinstance(value, list):
        return [fault for k, row in enumerate(value) for fault in misfits(schema.get("items", {}), row, f"{path}[{k}]")]
    return [f"{path} is {value!r}"] if "enum" in schema and value not in schema["enum"] else []
