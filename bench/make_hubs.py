"""Makes up hubs by the thousand: the same ones for the same seed, marked with the source ``bench``.

python -m bench.make_hubs 20000 [SEED]      into the database that the settings name
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from typing import Any

SOURCE = "bench"
_PLACES = {
    "AT": ("Graz", "Linz"), "BE": ("Gent", "Liège"), "BG": ("Plovdiv", "Varna"), "CY": ("Nicosia", "Paphos"),
    "CZ": ("Brno", "Ostrava"), "DE": ("Bremen", "Jena"), "DK": ("Odense", "Aalborg"), "EE": ("Tartu", "Narva"),
    "EL": ("Patras", "Volos"), "ES": ("Bilbao", "Vigo"), "FI": ("Oulu", "Turku"), "FR": ("Nantes", "Lille"),
    "HR": ("Split", "Osijek"), "HU": ("Pécs", "Győr"), "IE": ("Cork", "Limerick"), "IT": ("Torino", "Bari"),
    "LT": ("Kaunas", "Klaipėda"), "LU": ("Luxembourg", "Esch"), "LV": ("Liepāja", "Jelgava"), "MT": ("Valletta", "Gozo"),
    "NL": ("Delft", "Breda"), "PL": ("Łódź", "Gdynia"), "PT": ("Braga", "Faro"), "RO": ("Iași", "Brașov"),
    "SE": ("Umeå", "Lund"), "SI": ("Maribor", "Koper"), "SK": ("Žilina", "Košice"),
}  # fmt: skip
_FIRST = (
    "Blue",
    "North",
    "Delta",
    "Open",
    "Green",
    "River",
    "Alpine",
    "Coastal",
    "Smart",
    "Nordic",
    "Granite",
    "Amber",
)
_SECOND = ("Robotics", "Data", "Food", "Energy", "Health", "Mobility", "Photonics", "Materials", "Water", "Textile")
_THIRD = ("Hub", "Lab", "Gate", "Centre", "Factory", "Bridge", "Campus", "Test Bed")
_SENTENCES = (
    "We try digital technology with small companies before they invest.",
    "Our engineers bring sensors and models onto machines that already run.",
    "We train operators and managers in their own language.",
    "Public bodies ask us how to buy and use artificial intelligence.",
    "We look for funding, partners and first customers.",
    "A shared test bed is open to every company of the region.",
)


def make_hubs(n: int, *, seed: int) -> None:
    """Add ``n`` made-up hubs with offers, competences, sectors and technologies, in bulk."""
    from django.db import connection, transaction

    from hansa.hubs.directory.operations import next_revision, publish
    from hansa.hubs.models import Hub

    dice = random.Random(seed)
    concepts = _concepts()
    with transaction.atomic():
        revision = next_revision()
        last = Hub.objects.filter(source=SOURCE).count()
        numbers = range(last + 1, last + n + 1)
        hubs = [_hub(number, dice, concepts) for number in numbers]
        with connection.cursor() as cursor:
            _copy(cursor, "hubs_hub", _HUB_COLUMNS, ([*hub, revision] for hub in hubs))
            refs = [str(number) for number in numbers]
            cursor.execute(
                "SELECT id FROM hubs_hub WHERE source = %s AND source_ref = ANY(%s) ORDER BY id", [SOURCE, refs]
            )
            ids = [row[0] for row in cursor.fetchall()]
            _copy(cursor, "hubs_serviceoffer", _OFFER_COLUMNS, _offers(ids, dice, concepts["activity"]))
            _copy(cursor, "hubs_competence", _COMPETENCE_COLUMNS, _competences(ids, dice, concepts["skill"]))
        for start in range(0, len(ids), 2000):
            publish(ids[start : start + 2000], revision=revision)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE hubs_hub, hubs_serviceoffer, hubs_competence")


def _concepts() -> dict[str, list[Any]]:
    from hansa.hubs.taxonomy.models import Concept

    found: dict[str, list[Any]] = {}
    for kind, field in (
        ("activity", "pk"),
        ("technology", "notation"),
        ("sector", "notation"),
        ("country", "notation"),
    ):
        found[kind] = list(
            Concept.objects.filter(kind=kind, retired_in="").order_by("notation").values_list(field, flat=True)
        )
    core = Concept.objects.filter(kind="skill", is_core=True, retired_in="").order_by("notation")
    found["skill"] = list(core.values_list("pk", flat=True))
    found["centre"] = [dict(Concept.objects.filter(kind="country").values_list("notation", "facts"))]
    return found


_HUB_COLUMNS = (
    "slug", "name", "other_names", "sort_key", "summary", "description", "description_language", "hub_type", "legal_form",
    "country", "region", "city", "latitude", "longitude", "website", "languages", "sectors", "technologies",
    "day_rate_eur", "free_days_per_month", "trust", "assessed_on", "source", "source_ref", "source_digest",
    "source_notes", "read_digest", "joint_deliveries", "latest_reply_days", "reply_days", "is_demo", "is_listed",
    "created_at", "updated_at", "revision",
)  # fmt: skip
_OFFER_COLUMNS = (
    "hub_id", "activity_id", "title", "description", "trl_from", "trl_to", "languages", "price_note", "capacity_note",
    "evidence",
)  # fmt: skip
_COMPETENCE_COLUMNS = ("hub_id", "skill_id", "level", "reach", "evidence")
_DAY = "2026-11-24T09:00:00+00:00"


def _hub(number: int, dice: random.Random, concepts: dict[str, list[Any]]) -> list[Any]:
    country = dice.choice([code for code in _PLACES if code in concepts["country"]] or ["DE"])
    city = dice.choice(_PLACES[country])
    name = f"{dice.choice(_FIRST)} {dice.choice(_SECOND)} {dice.choice(_THIRD)} {city} {number}"
    facts = concepts["centre"][0].get(country, {})
    languages = list(dict.fromkeys([*facts.get("languages", [])[:1], "en"]))
    middle = facts.get("centre")
    at = (middle["lat"] + dice.uniform(-1.2, 1.2), middle["lon"] + dice.uniform(-1.5, 1.5)) if middle else (None, None)
    trust = dice.choices(("assessed", "declared", "imported"), (2, 5, 3))[0]
    description = " ".join(dice.sample(_SENTENCES, 4))
    joint = dice.choice((0, 0, 0, 1, 2, 5))
    return [
        f"bench-{number}", name, [], b"", dice.choice(_SENTENCES), description, "en",
        dice.choice(("edih", "seal", "dih")), "association", country, "", city, *at, "", languages,
        dice.sample(concepts["sector"], 3), dice.sample(concepts["technology"], dice.randint(1, 5)),
        dice.choice((None, 420, 560, 640, 780, 900)), dice.choice((None, 4, 8, 12)), trust,
        "2026-09-20" if trust == "assessed" else None, SOURCE, str(number), "", "{}", "bench", joint, [],
        float(dice.randint(1, 9)) if joint else None, False, True, _DAY, _DAY,
    ]  # fmt: skip


def _offers(ids: Sequence[int], dice: random.Random, activities: Sequence[int]) -> Iterator[list[Any]]:
    for hub_id in ids:
        for activity in dice.sample(activities, dice.randint(2, 8)):
            evidence = "Six projects since 2024" if dice.random() < 0.5 else ""
            yield [hub_id, activity, "What we do here", "", 3, 6, [], "", "", evidence]


def _competences(ids: Sequence[int], dice: random.Random, skills: Sequence[int]) -> Iterator[list[Any]]:
    for hub_id in ids:
        for skill in dice.sample(skills, min(len(skills), dice.randint(3, 9))):
            yield [hub_id, skill, dice.randint(1, 3), dice.choice(("in-house", "network")), ""]


def _copy(cursor: Any, table: str, columns: Sequence[str], rows: Iterator[list[Any]]) -> None:
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def main() -> None:
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hansa.web.settings")
    import django

    django.setup()
    n, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20261124
    make_hubs(n, seed=seed)
    print(f"{n} hubs made up with seed {seed}.")


if __name__ == "__main__":
    main()
