"""Processor time from a need typed to a team shown, warm."""

from __future__ import annotations

import time

from bench import place
from bench.place import say

MARKS = {214: 0.3, 20_000: 0.5}
NEEDS = (
    "Our packaging lines stop twice a month and we only find out when the bearing screams. We want a week's warning, and our operators must learn to use it.",
    "Wir wollen den Verkehr an zwölf Kreuzungen mit Kameras zählen, ohne Gesichter aufzunehmen, und brauchen Hilfe bei der Ausschreibung.",
    "Cerchiamo finanziamenti per un robot che sposti le forme di pane, e qualcuno che verifichi la sicurezza informatica della rete di produzione.",
)


def main() -> None:
    place.prepare("pages")
    from django.utils import timezone

    from bench.pages import SIZES, _fill
    from hansa.web.demo import operations as demo

    demo.ensure(at=timezone.now())
    for size in SIZES:
        _fill(size)
        _team("Warm up: a chat assistant for our town hall.")
        times = []
        for need in NEEDS:
            start = time.process_time()
            _team(need)
            times.append(time.process_time() - start)
        say(f"need to team, {size} hubs, dearest of {len(NEEDS)}", max(times), MARKS[size], "s")


def _team(text: str) -> None:
    """Do what the need page and the shortlist do: read the text, put it to the directory, find and check the team."""
    from hansa.collaboration.partnering import queries as partnering

    partnering.match(text)
    partnering.team_for(partnering.wants_from(partnering.read_need(text)), limits={})
