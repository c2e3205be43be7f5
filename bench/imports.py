"""Import of hubs: time per hub at growing sizes, and what a second, unchanged run writes."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path

from bench import place
from bench.place import say

SIZES = (2_500, 5_000, 10_000, 20_000)
MARK = 1.3  # the dearest size per hub over the cheapest


def main() -> None:
    var = place.prepare("imports")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from hansa.exchange.imports import operations as imports
    from hansa.foundation.actors import SYSTEM
    from hansa.hubs.models import Hub

    per_hub = {}
    for size in SIZES:
        Hub.objects.all().delete()
        file = _file(var, size)
        start = time.process_time()
        report = imports.import_hubs(file, source="bench", by=SYSTEM, at=timezone.now())
        per_hub[size] = 1000 * (time.process_time() - start) / size
        print(f"  {size} hubs: {per_hub[size]:.2f} ms of processor time per hub, {report.n_added} added")
    say("dearest size per hub over the cheapest", max(per_hub.values()) / min(per_hub.values()), MARK, "x")
    with CaptureQueriesContext(connection) as queries:
        imports.import_hubs(file, source="bench", by=SYSTEM, at=timezone.now())
    writes = [
        row["sql"] for row in queries if row["sql"].lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE", "COPY"))
    ]
    say("statements that write in a second, unchanged run", len(writes), 0, "")


def _file(var: Path, size: int) -> Path:
    """Write made-up hubs of the shape of the catalogue scrape; seed 20261124."""
    chance = random.Random(20261124)
    words = [
        "data",
        "robots",
        "sensors",
        "factories",
        "courses",
        "funding",
        "tests",
        "networks",
        "farms",
        "ports",
        "clinics",
        "schools",
    ]
    hubs = [
        {
            "id": str(number),
            "title": f"Bench Hub {number}",
            "description": " ".join(chance.choices(words, k=60)) + ".",
            "country_code": chance.choice(["DE", "FR", "ES", "IT", "EL", "PL"]),
            "city": "Somewhere",
            "website": f"https://hub{number}.example/",
            "sectors": ["Education"],
        }
        for number in range(size)
    ]
    path = var / "bench-hubs.json"
    path.write_text(json.dumps(hubs), encoding="utf-8")
    return path
