"""Near concepts by walking all ways, and a ranking one candidate at a time; for tests only."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from hansa.engine.closeness import Closeness, Edge
from hansa.engine.problem import LeadCover, Market, Need

# Points of each part for each kind, where the weights are 50, 15, 10, 5, 10 and 10.
_ALL = {"fit": 50.0, "track_record": 15.0, "languages": 10.0, "nearness": 5.0, "capacity": 10.0, "trust": 10.0}
_MISSING = {
    "hub": (),
    "expert": (),
    "facility": ("track_record", "languages", "capacity"),
    "case": ("track_record", "languages", "nearness", "capacity"),
    "organisation": ("capacity",),
}


def near_by_walking(wanted: Any, edges: Sequence[Edge[Any]], setting: Closeness) -> dict[Any, float]:
    """Walk every way without a circle; return what the best way to each concept is worth."""
    best: dict[Any, float] = {}
    for concept, worth in _ways(wanted, edges, setting, (wanted,), 1.0):
        if worth >= setting.least and worth > 0:
            best[concept] = max(worth, best.get(concept, 0.0))
    return best


def _ways(
    at: Any, edges: Sequence[Edge[Any]], setting: Closeness, seen: tuple[Any, ...], worth: float
) -> Iterator[tuple[Any, float]]:
    if len(seen) > setting.most_steps:
        return
    for edge in edges:
        for here, there, name in (
            (edge.source, edge.target, {"broader": "broader", "related": "related", "requires": "needs"}[edge.kind]),
            (
                edge.target,
                edge.source,
                {"broader": "narrower", "related": "related", "requires": "needed_by"}[edge.kind],
            ),
        ):
            if here == at and there not in seen:
                onward = worth * float(getattr(setting, name))
                yield there, onward
                yield from _ways(there, edges, setting, (*seen, there), onward)


def scores_by_counting(
    *,
    need: Need,
    market: Market,
    kinds: Sequence[str],
    near: Sequence[Sequence[float]],
    lead: LeadCover | None,
    mode: str,
    has_place: bool,
) -> dict[int, dict[str, float]]:
    """Return the points of each part of each candidate, by id; the weights are the usual ones."""
    found = {}
    for row, pk in enumerate(market.ids):
        parts = {name: points for name, points in _ALL.items() if name not in _MISSING[kinds[row]]}
        whole = sum(parts.values())
        shares = {
            "fit": _fit(need, [float(x) for x in market.strength[row]], near[row], lead, mode),
            "track_record": 1 - 0.5 ** (int(market.joint_deliveries[row]) / 3),
            "languages": _languages(need, market.languages[row]),
            "nearness": _half_if_unknown(0.5 ** (float(market.distance_km[row]) / 500)) if has_place else 1.0,
            "capacity": min(1.0, _half_if_unknown(float(market.free_days[row]) / 10)),
            "trust": _half_if_unknown(float(market.trust[row])),
        }
        found[pk] = {name: 100 * points / whole * shares[name] for name, points in parts.items()}
    return found


def _fit(need: Need, strength: list[float], near: Sequence[float], lead: LeadCover | None, mode: str) -> float:
    brought = [0.0] * len(strength) if lead is None else [float(x) for x in lead.strength]
    got = possible = 0.0
    lacks_something = any(x < 1 for x in brought)
    brings_something = any(brought)
    for want, own, by_near, lead_has in zip(need.wants, strength, near, brought, strict=True):
        counts, weight = max(own, float(by_near)), 2 if want.must_have else 1
        if mode == "similar" and brings_something:
            got, possible = got + weight * min(counts, lead_has), possible + weight * lead_has
        elif mode == "complementary" and lacks_something:
            got, possible = got + weight * max(0.0, counts - lead_has), possible + weight * (1 - lead_has)
        else:
            got, possible = got + weight * counts, possible + weight
    return got / possible if possible else 1.0


def _languages(need: Need, spoken: frozenset[str]) -> float:
    if not need.languages:
        return 1.0
    return len(need.languages & spoken) / len(need.languages) if spoken else 0.5


def _half_if_unknown(share: float) -> float:
    return 0.5 if math.isnan(share) else share
