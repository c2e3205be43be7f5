"""The shortlist: every hub scored in parts, the first ones with their reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from hansa.engine.problem import BadProblem, Floats, LeadCover, Market, Need, Reason, Weights, require_fitting

PartName = Literal["fit", "track_record", "languages", "capacity", "trust"]
Doubles: TypeAlias = npt.NDArray[np.float64]

MUST_WEIGHT, NICE_WEIGHT = 2.0, 1.0
DELIVERIES_FOR_HALF = 3  # 3 joint deliveries give half of the points, 6 three quarters, and so on
FREE_DAYS_FOR_ALL = 10.0  # a month with 10 free days or more gives all points
UNKNOWN = 0.5  # share of the points an unknown value gets
EVIDENCE = 0.8  # strength of "the hub says so and shows evidence"
DERIVED = 0.4  # strength up to which a cover rests on the hub's own text alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a score: ``points`` of at most ``of``."""

    name: PartName
    points: float
    of: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A hub on the shortlist. ``score`` is the sum of the points of ``parts``, 0..100.

    ``covers`` holds (want id, strength 0..1) of what the hub covers of the need, strongest first; ``lacks`` the want
    ids it does not. ``pros`` and ``cons`` come most telling first. ``change`` says what would change its place.
    """

    hub_id: int
    place: int
    score: float
    parts: tuple[Part, ...]
    pros: tuple[Reason, ...]
    cons: tuple[Reason, ...]
    covers: tuple[tuple[str, float], ...]
    lacks: tuple[str, ...]
    change: Reason


def rank(
    *,
    need: Need,
    market: Market,
    weights: Weights,
    complement_of: LeadCover | None = None,
    min_strength: float = 0.3,
    limit: int | None = None,
) -> tuple[Ranked, ...]:
    """Rank all hubs of the market for a need, best first; only the first ``limit`` get their reasons.

    Fit: share of the wants covered, each by its strength, a must-have counting twice. With ``complement_of`` only
    what is missing beside it counts (strength beyond what it brings); a hub of its id is left out. When nothing is
    missing, fit counts the whole need. Track record: 1 - 0.5 ** (joint deliveries / 3). Languages: share of the
    need's languages the hub speaks, all points if none is asked. Capacity: free days of 10. Unknown languages, free
    days or trust get half of the points and say so. Equal scores: the lower hub id first. O(hubs x wants).

    :raises BadProblem: need, market and lead do not fit together.
    """
    require_fitting(need=need, market=market, lead=complement_of)
    if limit is not None and limit < 0:
        raise BadProblem("rank: limit must be 0 or more")
    board = _Board(need, market, weights, complement_of, min_strength)
    shown = board.order if limit is None else board.order[:limit]
    return tuple(_ranked(board, int(hub), place) for place, hub in enumerate(shown, start=1))


class _Board:
    """All scores at once: shape (hubs, 5) in the order of ``Weights``."""

    def __init__(self, need: Need, market: Market, weights: Weights, lead: LeadCover | None, least: float) -> None:
        self.need, self.market, self.least = need, market, least
        self.value = np.array([MUST_WEIGHT if want.must_have else NICE_WEIGHT for want in need.wants])
        present = np.zeros(len(need.wants)) if lead is None else np.asarray(lead.strength, dtype=np.float64)
        missing = float(self.value @ (1 - present))
        self.present = present if missing > 1e-9 else np.zeros_like(present)
        self.full = float(self.value @ (1 - self.present))
        self.of = np.array([weights.fit, weights.track_record, weights.languages, weights.capacity, weights.trust])
        self.speaks = self._speaks()
        self.parts = self._shares() * self.of
        self.score: Doubles = np.round(self.parts.sum(axis=1), 6)
        order = np.lexsort((np.asarray(market.ids), -self.score))
        if lead is not None and lead.hub_id is not None:
            order = order[np.asarray(market.ids)[order] != lead.hub_id]
        self.order = order
        self.sorted_scores = -self.score[order]  # ascending, for places
        self.covering = market.strength >= np.float32(least)
        self.n_covering = self.covering[order].sum(axis=0)
        self.best = market.strength[order].max(axis=0) if len(order) else np.zeros(len(need.wants))

    def _speaks(self) -> Floats:
        asked = self.need.languages
        if not asked:
            return np.ones(len(self.market.ids), dtype=np.float32)
        share = {
            spoken: len(asked & spoken) / len(asked) if spoken else np.nan for spoken in set(self.market.languages)
        }
        return np.array([share[spoken] for spoken in self.market.languages], dtype=np.float32)

    def _shares(self) -> Doubles:
        market = self.market
        gain = np.clip(market.strength - self.present, 0, None)
        fit = gain @ self.value / self.full if self.full else np.ones(len(market.ids))
        track = 1 - 0.5 ** (np.clip(market.joint_deliveries, 0, None) / DELIVERIES_FOR_HALF)
        capacity = np.clip(market.free_days / FREE_DAYS_FOR_ALL, 0, 1)
        trust = np.clip(market.trust, 0, 1)
        shares = np.stack([fit, track, self.speaks, capacity, trust], axis=1).astype(np.float64)
        return np.where(np.isnan(shares), UNKNOWN, shares)

    def place_of(self, score: float) -> int:
        """Place a hub would take with this score, behind those that have as much."""
        return int(np.searchsorted(self.sorted_scores, -score, side="right")) + 1

    def labels(self, wants: npt.NDArray[np.intp]) -> tuple[str, ...]:
        return tuple(self.need.wants[want].label for want in wants)


def _ranked(board: _Board, hub: int, place: int) -> Ranked:
    strength = board.market.strength[hub]
    covering = np.flatnonzero(board.covering[hub])
    covering = covering[np.argsort(-strength[covering], kind="stable")]
    lacking = np.flatnonzero(~board.covering[hub])
    wants = board.need.wants
    names: tuple[PartName, ...] = ("fit", "track_record", "languages", "capacity", "trust")
    return Ranked(
        hub_id=board.market.ids[hub],
        place=place,
        score=float(board.score[hub]),
        parts=tuple(
            Part(name=name, points=float(points), of=float(of))
            for name, points, of in zip(names, board.parts[hub], board.of, strict=True)
        ),
        pros=tuple(_pros(board, hub)),
        cons=tuple(_cons(board, hub)),
        covers=tuple((wants[want].id, round(float(strength[want]), 4)) for want in covering),
        lacks=tuple(wants[want].id for want in lacking),
        change=_change(board, hub, place),
    )


def _pros(board: _Board, hub: int) -> Iterator[Reason]:
    strength, covering = board.market.strength[hub], board.covering[hub]
    needed = covering & (strength > board.present)
    must = board.value == MUST_WEIGHT
    only = np.flatnonzero(needed & (board.n_covering == 1))
    if len(only) and len(board.order) > 1:
        yield Reason("only_match", facts={"wants": board.labels(only), "hubs": len(board.order)})
    musts = np.flatnonzero(needed & must)
    if len(musts):
        n_must = int((must & (board.present < board.least)).sum()) or int(must.sum())
        facts = {"n": len(musts), "of": max(n_must, len(musts)), "wants": board.labels(musts)}
        yield Reason("covers_musts", facts=facts)
    yield from _standing(board, hub)
    nice = np.flatnonzero(needed & ~must)
    if len(nice):
        yield Reason("covers_nice", facts={"n": len(nice), "wants": board.labels(nice)})
    checked = np.flatnonzero(needed & (strength >= 1))
    if len(checked):
        yield Reason("checked_by_others", facts={"wants": board.labels(checked)})
    best = np.flatnonzero(needed & (strength >= board.best) & (board.n_covering > 1) & (strength > DERIVED))
    if len(best) and len(best) < len(strength):
        yield Reason("strongest_on", facts={"wants": board.labels(best)})


def _standing(board: _Board, hub: int) -> Iterator[Reason]:
    """What speaks for the hub besides the need itself."""
    market = board.market
    if (n := int(market.joint_deliveries[hub])) > 0:
        yield Reason("joint_deliveries", facts={"n": n})
    shared = tuple(sorted(board.need.languages & market.languages[hub]))
    missing = tuple(sorted(board.need.languages - market.languages[hub]))
    if shared and not missing:
        yield Reason("speaks_all", facts={"languages": shared})
    elif shared:
        yield Reason("speaks_some", facts={"languages": shared, "missing": missing})
    if market.free_days[hub] >= FREE_DAYS_FOR_ALL / 2:
        yield Reason("free_days", facts={"n": int(market.free_days[hub])})
    if market.trust[hub] >= 0.7:
        yield Reason("high_trust", facts={"points": float(board.parts[hub, 4]), "of": float(board.of[4])})


def _cons(board: _Board, hub: int) -> Iterator[Reason]:
    strength, covering = board.market.strength[hub], board.covering[hub]
    must = board.value == MUST_WEIGHT
    wanted = strength > board.present
    lacking = np.flatnonzero(must & ~covering & (board.present < board.least))
    if not (covering & wanted).any():
        yield Reason("covers_nothing_missing", good=False)
    elif len(lacking):
        yield Reason("lacks_musts", facts={"n": len(lacking), "wants": board.labels(lacking)}, good=False)
    weak = np.flatnonzero(covering & wanted & (strength <= np.float32(DERIVED)))
    if len(weak):
        yield Reason("weak_evidence", facts={"wants": board.labels(weak)}, good=False)
    yield from _doubts(board, hub)


def _doubts(board: _Board, hub: int) -> Iterator[Reason]:
    """What speaks against the hub, or is not known, besides the need itself."""
    market = board.market

    def half(part: int) -> dict[str, object]:
        return {"points": float(board.parts[hub, part]), "of": float(board.of[part])}

    if board.need.languages and not market.languages[hub]:
        yield Reason("languages_unknown", facts=half(2), good=False)
    elif board.need.languages and not board.need.languages & market.languages[hub]:
        yield Reason("speaks_none", facts={"missing": tuple(sorted(board.need.languages))}, good=False)
    if market.joint_deliveries[hub] <= 0:
        yield Reason("no_joint_deliveries", good=False)
    free = market.free_days[hub]
    if np.isnan(free):
        yield Reason("capacity_unknown", facts=half(3), good=False)
    elif free < 1:
        yield Reason("no_free_days", good=False)
    elif free < FREE_DAYS_FOR_ALL / 2:
        yield Reason("few_free_days", facts={"n": int(free)}, good=False)
    if np.isnan(market.trust[hub]):
        yield Reason("trust_unknown", facts=half(4), good=False)
    elif market.trust[hub] < 0.4:
        yield Reason("low_trust", facts=half(4), good=False)


def _change(board: _Board, hub: int, place: int) -> Reason:
    """Name the one step that lifts the hub most; for the first hub, how far ahead it is."""
    if place == 1:
        return _lead_of_first(board, hub)
    strength, score = board.market.strength[hub], float(board.score[hub])
    before = np.maximum(strength, board.present)
    lift = np.clip(EVIDENCE - before, 0, None) * board.value / (board.full or 1) * board.of[0]
    steps: list[tuple[float, str, dict[str, object]]] = []
    if len(lift) and lift.max() > 0.05:
        want = int(lift.argmax())
        steps.append((float(lift[want]), "evidence_would_lift", {"want": board.need.wants[want].label}))
    if np.isnan(board.speaks[hub]):
        steps.append((float(board.of[2] * (1 - UNKNOWN)), "languages_would_lift", {}))
    if np.isnan(board.market.free_days[hub]):
        steps.append((float(board.of[3] * (1 - UNKNOWN)), "capacity_would_lift", {}))
    if not steps:
        return Reason("nothing_would_lift")
    points, code, facts = max(steps, key=lambda step: step[0])
    reached = min(place, board.place_of(round(score + points, 6)))
    if code == "evidence_would_lift" and reached == place:
        code = "evidence_would_add"
    return Reason(code, facts={**facts, "points": round(points, 1), "place": reached})


def _lead_of_first(board: _Board, hub: int) -> Reason:
    if len(board.order) == 1:
        return Reason("stands_alone")
    second = int(board.order[1])
    ahead = float(board.score[hub] - board.score[second])
    name = board.market.names[second]
    if ahead < 0.05:
        return Reason("shares_first_place", facts={"hub": name})
    return Reason("leads_by", facts={"points": round(ahead, 1), "hub": name})
