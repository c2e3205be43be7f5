"""How well records of one organisation are found: precision and recall by hand-made labels and by the publisher's numbers, and time.

Data: CORDIS (c) European Union, CC BY 4.0: names of Horizon 2020 (2017) and of Horizon Europe projects, read from the folder beside the
checkout. ``bench/identity_labels.csv`` holds 480 pairs labelled by one person: drawn at random within strata of likeness (cosine of
character trigrams; pairs that only share a short name), so that each pair stands for a known number of pairs. Rows of odd number
(from 0) were never looked at while the weights were chosen, of the even ones those that were missed. 100 further pairs were drawn from
what the engine merged although the names differ (stratum ``proposed``). H2020 organisations are named by their number, the others by a
hash of name and country; no name is stored. Pairs the person could not decide are left out.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from bench.language import SHARED
from bench.place import say
from hansa.engine.identity import IdentityAnswer, Record, find_duplicates

LABELS = Path(__file__).with_name("identity_labels.csv")
# How many pairs there were in each stratum from which the labelled ones were drawn.
STRATA = {"identical": 1461, "near85": 288, "near70": 739, "near55": 2297, "near40": 6097, "short": 60}
Row = dict[str, str]


def main() -> None:
    """Print the report."""
    if not (SHARED / "data/cordis").exists():
        print("   no CORDIS names beside the checkout: left out")
        return
    older, newer = list(_organisations()), list(_participants())
    begun = time.process_time()
    answer = find_duplicates([*older, *newer])
    say(f"finding duplicates among {len(older) + len(newer):,} records", time.process_time() - begun, 30, "s")
    _by_labels(answer)
    _many([*older, *newer])
    _by_numbers(older)
    _hubs()


def _organisations() -> Iterator[Record]:
    for row in _rows("h2020_2017_organisations.csv.gz"):
        if row["orgId"]:
            yield _record(row["orgId"], row)


def _participants() -> Iterator[Record]:
    seen = set()
    for row in _rows("participants.csv.gz"):
        number = hashlib.sha256(f"{row['name']}|{row['country']}".encode()).hexdigest()[:12]
        if number not in seen:
            seen.add(number)
            yield _record(number, row, website=row["organizationURL"])


def _rows(name: str) -> Iterator[Row]:
    with gzip.open(SHARED / "data/cordis" / name, "rt", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _record(number: str, row: Row, *, website: str = "") -> Record:
    short = str(row["shortName"]).strip("-. ")
    others = (short,) if short else ()
    return Record(
        id=number, name=row["name"], other_names=others, country=row["country"], city=str(row["city"]), website=website
    )


def _by_labels(answer: IdentityAnswer) -> None:
    """Each labelled pair counts for the pairs of its stratum it stands for."""
    with LABELS.open(encoding="utf-8") as file:
        numbered = [(number, row) for number, row in enumerate(csv.DictReader(file)) if row["same"] != "unsure"]
    drawn = Counter(row["stratum"] for _, row in numbered)
    verdicts = {frozenset((pair.left, pair.right)): pair.verdict for pair in answer.pairs}

    def judged(name: str, wanted: set[str], chosen: Callable[[int, Row], bool], *, is_weighted: bool = True) -> None:
        rows = [(number, row) for number, row in numbered if chosen(number, row)]
        _report(
            name,
            [
                (
                    verdicts.get(frozenset((row["left"], row["right"])), "apart") in wanted,
                    row["same"] == "yes",
                    STRATA[row["stratum"]] / drawn[row["stratum"]] if is_weighted else 1.0,
                )
                for _, row in rows
            ],
        )

    judged("by hand, merged", {"merge"}, lambda _, row: row["stratum"] in STRATA)
    judged("by hand, merged, rows never looked at", {"merge"}, lambda n, row: row["stratum"] in STRATA and n % 2 == 1)
    judged("by hand, merged or to review", {"merge", "review"}, lambda _, row: row["stratum"] in STRATA)
    judged(
        "by hand, merged, names that differ, each pair once",
        {"merge"},
        lambda _, row: row["stratum"] in STRATA and row["stratum"] != "identical",
        is_weighted=False,
    )
    judged(
        "proposed merges of names that differ",
        {"merge"},
        lambda _, row: row["stratum"] == "proposed",
        is_weighted=False,
    )


def _report(name: str, rows: Iterable[tuple[bool, bool, float]]) -> None:
    rows = list(rows)
    both = sum(weight for said, same, weight in rows if said and same)
    said_same = sum(weight for said, _, weight in rows if said)
    truly_same = sum(weight for _, same, weight in rows if same)
    print(
        f"   {name}: precision {both / said_same if said_same else 1:.3f} at recall {both / truly_same:.3f}"
        f" ({len(rows)} pairs, {sum(same for _, same, _ in rows)} of one organisation)"
    )


def _many(records: list[Record], size: int = 50_000) -> None:
    """As many records by making up more: two words of a name exchanged for words of another of the same country."""
    draw = random.Random(1)
    by_country: dict[str, list[Record]] = {}
    for record in records:
        by_country.setdefault(record.country, []).append(record)
    made = list(records)
    while len(made) < size:
        record = draw.choice(records)
        words, others = record.name.split(), draw.choice(by_country[record.country]).name.split()
        for _ in range(2):
            words[draw.randrange(len(words))] = draw.choice(others)
        made.append(replace(record, id=f"made {len(made)}", name=" ".join([*words, "x"]), other_names=()))
    begun = time.process_time()
    find_duplicates(made)
    say(f"finding duplicates among {size:,} records", time.process_time() - begun, 60, "s")


def _by_numbers(older: list[Record]) -> None:
    """The publisher's own number (PIC) is in two of the files, names in the later one are newer. The number is hidden."""
    with gzip.open(SHARED / "data/cordis/h2020_semiconductor_organization.json.gz", "rt", encoding="utf-8") as file:
        later = {str(row["organisationID"]): row for row in json.load(file)}
    records = [_record(f"later {number}", row, website=str(row["organizationURL"])) for number, row in later.items()]
    truth = {record.id for record in older} & set(later)
    answer = find_duplicates([*older, *records])
    for name, verdicts in (("merged", {"merge"}), ("merged or to review", {"merge", "review"})):
        across = [
            (pair.left, pair.right.removeprefix("later "))
            for pair in answer.pairs
            if pair.verdict in verdicts and pair.right.startswith("later ") and not pair.left.startswith("later ")
        ]
        right = sum(one == other for one, other in across)
        print(
            f"   by the publisher's number, {name}: precision {right / len(across):.3f} at recall {right / len(truth):.3f}"
            f" ({len(truth)} organisations in both files)"
        )


def _hubs() -> None:
    """The two titles of each hub, one with all its letters, one with those outside ASCII lost."""
    path = SHARED / "data/hubs/dih_sample_214.json.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        hubs = json.load(file)
    records = [
        Record(id=f"{column} {hub['id']}", name=hub[column], country=hub["country_code"], city=hub["city"] or "")
        for column in ("title", "title_as_scraped")
        for hub in hubs
    ]
    answer = find_duplicates(records)
    merged = [(pair.left, pair.right) for pair in answer.pairs if pair.verdict == "merge"]
    across = [(one.split()[1], other.split()[1]) for one, other in merged if one.split()[0] != other.split()[0]]
    right = sum(one == other for one, other in across)
    differ = {str(hub["id"]) for hub in hubs if hub["title"] != hub["title_as_scraped"]}
    found = sum(one == other and one in differ for one, other in across)
    print(
        f"   two titles of {len(hubs)} hubs, merged: precision {right / len(across):.3f} at recall {right / len(hubs):.3f};"
        f" of {len(differ)} that differ {found}"
    )


if __name__ == "__main__":
    main()
