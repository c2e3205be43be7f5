"""The ranking: every candidate scored in parts, the first ones with their reasons."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from hansa.engine.problem import BadProblem, Floats, LeadCover, Market, Need, Reason, require_fitting
from hansa.engine.ranking.answer import LeftOut, NearCover, Part, Ranked, Ranking
from hansa.engine.ranking.question import APPLIES, KINDS, MODES, PARTS, Kind, Mode, PartName, Rules, Traits, Weights
from hansa.engine.ranking.reasons import change_of, cons_of, pros_of, rule_broken
from hansa.engine.ranking.scale import (
    DELIVERIES_FOR_HALF,
    FREE_DAYS_FOR_ALL,
    KM_FOR_HALF,
    MUST_WEIGHT,
    NICE_WEIGHT,
    UNKNOWN,
)

Doubles: TypeAlias = npt.NDArray[np.float64]


def rank(
    *,
    need: Need,
    market: Market,
    weights: Weights = Weights(),
    lead: LeadCover | None = None,
    mode: Mode = "complementary",
    min_strength: float = 0.3,
    limit: int | None = None,
    traits: Traits = Traits(),
    rules: Rules = Rules(),
) -> Ranking:
    """Rank all candidates of the market for a need, best first; only the first ``limit`` get their reasons.

    Fit: share of the wants covered, each by its strength, a must-have counting twice. A near concept
    (``Traits.near``) counts by its own strength where that is more. ``complementary``: only what is missing beside the
    lead counts (strength beyond what it brings); when nothing is missing, the whole need. ``similar``: only what the
    lead brings counts, up to the strength it has; when it brings nothing, the whole need. The lead's id is left out.
    Track record: 1 - 0.5 ** (joint deliveries / 3). Languages: share of the need's languages spoken, all points if none
    is asked. Nearness: 0.5 ** (km / 500), all points if the need has no place. Capacity: free days of 10. Unknown
    languages, distance, free days or trust get half of the points and say so. Parts that do not apply to a kind are
    left out, and their points go to the others. Equal scores: the lower id first. O(candidates x wants).

    :param traits: kinds, conflicts and what is near; without them all candidates are hubs
    :raises BadProblem: need, market, lead and traits do not fit together, or an option is unknown.
    """
    require_fitting(need=need, market=market, lead=lead)
    traits.require_fitting(len(market.ids), len(need.wants))
    if limit is not None and limit < 0:
        raise BadProblem("rank: limit must be 0 or more")
    if mode not in MODES:
        raise BadProblem(f"rank: mode must be {' or '.join(MODES)}, not {mode!r}")
    if mode == "similar" and lead is None:
        raise BadProblem("rank: mode similar needs a lead to be similar to")
    board = Board(need, market, weights, lead, mode, min_strength, traits, rules)
    shown = board.order if limit is None else board.order[:limit]
    return Ranking(
        ranked=tuple(_ranked(board, int(row), place) for place, row in enumerate(shown, start=1)),
        left_out=tuple(
            LeftOut(id=market.ids[row], kind=board.kind(row), reason=reason) for row, reason in board.left_out.items()
        ),
        n=len(board.order),
    )


class Board:
    """All scores at once: shape (candidates, parts) in the order of ``PARTS``."""

    def __init__(
        self,
        need: Need,
        market: Market,
        weights: Weights,
        lead: LeadCover | None,
        mode: Mode,
        least: float,
        traits: Traits,
        rules: Rules,
    ) -> None:
        self.need, self.market, self.least = need, market, least
        self.traits, self.rules, self.mode = traits, rules, mode
        self.value = np.array([MUST_WEIGHT if want.must_have else NICE_WEIGHT for want in need.wants])
        self._aim(lead)
        self.of = self._of(weights)
        self.speaks = self._speaks()
        self.parts = self._shares() * self.of
        self.score: Doubles = np.round(self.parts.sum(axis=1), 6)
        own = lead.hub_id if lead is not None else None
        self.left_out = self._left_out(own)
        order = np.lexsort((np.asarray(market.ids), -self.score))
        stays = np.ones(len(market.ids), dtype=bool)
        stays[[*self.left_out, *(row for row, pk in enumerate(market.ids) if pk == own)]] = False
        self.order = order[stays[order]]
        self.sorted_scores = -self.score[self.order]  # ascending, for places
        self.covering = market.strength >= np.float32(least)
        self.n_covering = self.covering[self.order].sum(axis=0)
        self.best = market.strength[self.order].max(axis=0) if len(self.order) else np.zeros(len(need.wants))

    def _aim(self, lead: LeadCover | None) -> None:
        """Set what counts: strength above ``present`` up to ``top``, of ``full`` in all."""
        wants = len(self.need.wants)
        brought = np.zeros(wants) if lead is None else np.asarray(lead.strength, dtype=np.float64)
        self.present, self.top = np.zeros(wants), np.ones(wants)
        if self.mode == "similar" and float(self.value @ brought) > 1e-9:
            self.top = brought
        elif self.mode == "complementary" and float(self.value @ (1 - brought)) > 1e-9:
            self.present = brought
        self.full = float(self.value @ (self.top - self.present))

    def _of(self, weights: Weights) -> Doubles:
        kinds = self.traits.kinds
        if kinds is None:
            return np.tile(np.array(weights.of("hub")), (len(self.market.ids), 1))
        table = np.array([weights.of(kind) for kind in KINDS])
        return table[np.array([KINDS.index(kind) for kind in kinds], dtype=np.intp)]

    def _speaks(self) -> Floats:
        asked = self.need.languages
        if not asked:
            return np.ones(len(self.market.ids), dtype=np.float32)
        share = {
            spoken: len(asked & spoken) / len(asked) if spoken else np.nan for spoken in set(self.market.languages)
        }
        return np.array([share[spoken] for spoken in self.market.languages], dtype=np.float32)

    @property
    def asked(self) -> npt.NDArray[np.bool_]:
        """Which wants count in this mode."""
        return self.top > 0

    def counted_of(self, rows: int | slice) -> Floats:
        """The strength that counts for fit: of the wanted concept, or of one that is near."""
        near = self.traits.near
        own: Floats = self.market.strength[rows]
        return own if near is None else np.maximum(own, near.strength[rows])

    def _shares(self) -> Doubles:
        market = self.market
        gain = np.clip(np.minimum(self.counted_of(slice(None)), self.top) - self.present, 0, None)
        fit = gain @ self.value / self.full if self.full else np.ones(len(market.ids))
        track = 1 - 0.5 ** (np.clip(market.joint_deliveries, 0, None) / DELIVERIES_FOR_HALF)
        km = np.clip(np.asarray(market.distance_km, dtype=np.float64), 0, None)
        nearness = 0.5 ** (km / KM_FOR_HALF) if self.traits.has_place else np.ones(len(market.ids))
        capacity = np.clip(market.free_days / FREE_DAYS_FOR_ALL, 0, 1)
        trust = np.clip(market.trust, 0, 1)
        shares = np.stack([fit, track, self.speaks, nearness, capacity, trust], axis=1).astype(np.float64)
        return np.where(np.isnan(shares), UNKNOWN, shares)

    def _left_out(self, own: int | None) -> dict[int, Reason]:
        found = ((row, rule_broken(self, row, "exclude")) for row in self.suspects())
        return {row: reason for row, reason in found if reason is not None and self.market.ids[row] != own}

    def suspects(self) -> list[int]:
        """Rows that a rule may speak against."""
        n, market, home = len(self.market.ids), self.market, self.need.country
        suspect = np.zeros(n, dtype=bool)
        if market.may_be_paid is not None:
            suspect |= ~np.asarray(market.may_be_paid, dtype=bool)
        if not self.rules.pays_abroad and home:
            suspect |= np.array([country not in ("", home) for country in market.countries], dtype=bool)
        if self.traits.conflicts is not None:
            suspect |= np.array([bool(conflict) for conflict in self.traits.conflicts], dtype=bool)
        return [int(row) for row in np.flatnonzero(suspect)]

    def kind(self, row: int) -> Kind:
        return "hub" if self.traits.kinds is None else self.traits.kinds[row]

    def applies(self, row: int, part: PartName) -> bool:
        return part in APPLIES[self.kind(row)]

    def place_of(self, score: float) -> int:
        """Place a candidate would take with this score, behind those that have as much."""
        return int(np.searchsorted(self.sorted_scores, -score, side="right")) + 1

    def labels(self, wants: npt.NDArray[np.intp]) -> tuple[str, ...]:
        return tuple(self.need.wants[want].label for want in wants)

    def near_wants(self, row: int) -> npt.NDArray[np.intp]:
        """Wants the candidate does not cover and has something near for, the nearest first."""
        near = self.traits.near
        if near is None:
            return np.zeros(0, dtype=np.intp)
        strength = near.strength[row]
        adds = (strength > self.market.strength[row]) & (strength > self.present) & self.asked
        wants = np.flatnonzero(adds & ~self.covering[row])
        return wants[np.argsort(-strength[wants], kind="stable")]


def _ranked(board: Board, row: int, place: int) -> Ranked:
    strength = board.market.strength[row]
    covering = np.flatnonzero(board.covering[row])
    covering = covering[np.argsort(-strength[covering], kind="stable")]
    wants, near = board.need.wants, board.traits.near
    return Ranked(
        id=board.market.ids[row],
        kind=board.kind(row),
        place=place,
        score=float(board.score[row]),
        parts=tuple(
            Part(name=name, points=float(points), of=float(of))
            for name, points, of in zip(PARTS, board.parts[row], board.of[row], strict=True)
            if board.applies(row, name)
        ),
        pros=tuple(pros_of(board, row)),
        cons=tuple(cons_of(board, row)),
        covers=tuple((wants[want].id, round(float(strength[want]), 4)) for want in covering),
        lacks=tuple(wants[want].id for want in np.flatnonzero(~board.covering[row])),
        near=tuple(
            NearCover(want_id=wants[want].id, strength=round(float(near.strength[row, want]), 4), path=path)
            for want in board.near_wants(row)
            if near is not None and (path := near.path_of(row, int(want))) is not None
        ),
        change=change_of(board, row, place),
    )
