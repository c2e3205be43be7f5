"""Which risks an agreement covers and what closes a gap, recomputed as when a clause is switched."""

from __future__ import annotations

import time

from bench import place
from bench.place import say

MARK_MS = 50.0
TIMES = 20


def main() -> None:
    place.prepare("pages")
    from hansa.collaboration.agreements.queries import covering
    from hansa.collaboration.agreements.queries.shelf import instrument
    from hansa.collaboration.scenarios.queries import scenarios

    for scenario in scenarios().values():
        of = instrument(scenario.instrument)
        values = of.prefilled({})
        covering.composition(of, scenario, of.fixed, values)
        for words, keys in (("nothing left out", of.default_keys), ("all left out that can be", tuple(of.fixed))):
            start = time.process_time()
            for _ in range(TIMES):
                covering.composition(of, scenario, keys, values)
            say(f"coverage {scenario.id}, {words}", (time.process_time() - start) / TIMES * 1000, MARK_MS, "ms")
