"""An independent check of rankings. Shares no code with them, runs in production on every answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from hansa.engine.problem import LeadCover, Market, Need
from hansa.engine.ranking.answer import Ranked, Ranking
from hansa.engine.ranking.question import Rules, Traits, Weights

SLACK = 1e-4  # strengths are single precision
_PARTS = ("fit", "track_record", "languages", "nearness", "capacity", "trust")
_LEFT_OUT_OF = {
    "facility": {"track_record", "languages", "capacity"},
    "case": {"track_record", "languages", "nearness", "capacity"},
    "organisation": {"capacity"},
}


def check_ranking(
    *,
    need: Need,
    market: Market,
    answer: Ranking,
    weights: Weights = Weights(),
    lead: LeadCover | None = None,
    mode: str = "complementary",
    min_strength: float = 0.3,
    traits: Traits = Traits(),
    rules: Rules = Rules(),
) -> tuple[str, ...]:
    """Return what is wrong with a ranking, in sentences; empty means that nothing was found. Never raises.

    Recomputes each shown score part by part from the inputs, what is covered, lacking and near, who is left out, and
    that nobody unshown has more points than somebody shown.
    """
    try:
        facts = _Facts(need, market, weights, lead, mode, traits, rules)
        return tuple(_problems(facts, answer, min_strength))
    except Exception as error:  # the check itself must never stop a page
        return (f"the check failed: {type(error).__name__}: {error}",)


class _Facts:
    """The inputs, and the points of any candidate counted anew."""

    def __init__(
        self,
        need: Need,
        market: Market,
        weights: Weights,
        lead: LeadCover | None,
        mode: str,
        traits: Traits,
        rules: Rules,
    ) -> None:
        self.need, self.market, self.weights = need, market, weights
        self.traits, self.rules = traits, rules
        self.own = lead.hub_id if lead is not None else None
        self.row = {pk: row for row, pk in enumerate(market.ids)}
        brought = [0.0] * len(need.wants) if lead is None else [float(s) for s in lead.strength]
        double = [2.0 if want.must_have else 1.0 for want in need.wants]
        # For each want: from which strength on it counts, up to which, and how much.
        if mode == "similar" and sum(brought) > 1e-9:
            self.spans = [(0.0, has, weight) for has, weight in zip(brought, double, strict=True)]
        elif mode == "complementary" and sum(1 - has for has in brought) > 1e-9:
            self.spans = [(has, 1.0, weight) for has, weight in zip(brought, double, strict=True)]
        else:
            self.spans = [(0.0, 1.0, weight) for weight in double]
        self.whole = sum((top - low) * weight for low, top, weight in self.spans)

    @property
    def has_rules(self) -> bool:
        """Whether any rule can keep anybody out."""
        facts = (self.market.may_be_paid, self.traits.conflicts)
        return any(known is not None for known in facts) or not self.rules.pays_abroad

    def kind(self, row: int) -> str:
        return "hub" if self.traits.kinds is None else self.traits.kinds[row]

    def near(self, row: int, want: int) -> float:
        return 0.0 if self.traits.near is None else float(self.traits.near.strength[row, want])

    def shares(self) -> dict[str, np.ndarray]:
        """The share of each part that each candidate gets, 0..1; part by part, want by want."""
        market, n = self.market, len(self.market.ids)
        fit = np.zeros(n)
        for want, (low, top, weight) in enumerate(self.spans):
            held = market.strength[:, want].astype(np.float64)
            if self.traits.near is not None:
                held = np.fmax(held, self.traits.near.strength[:, want])
            fit += weight * np.fmax(0.0, np.fmin(held, top) - low)
        return {
            "fit": fit / self.whole if self.whole else np.ones(n),
            "track_record": 1 - np.exp2(np.minimum(0, -market.joint_deliveries) / 3),
            "languages": np.array([self._spoken(spoken) for spoken in market.languages]),
            "nearness": _half(np.exp2(np.minimum(0, -market.distance_km.astype(np.float64)) / 500))
            if self.traits.has_place
            else np.ones(n),
            "capacity": _half(np.minimum(1, np.maximum(0, market.free_days.astype(np.float64) / 10))),
            "trust": _half(np.minimum(1, np.maximum(0, market.trust.astype(np.float64)))),
        }

    def _spoken(self, spoken: frozenset[str]) -> float:
        asked = self.need.languages
        if not asked:
            return 1.0
        return sum(language in spoken for language in asked) / len(asked) if spoken else 0.5

    def possible(self, kind: str) -> dict[str, float]:
        """The points that the parts have which apply to a kind."""
        applying = [name for name in _PARTS if name not in _LEFT_OUT_OF.get(kind, set())]
        whole = sum(float(getattr(self.weights, name)) for name in applying)
        return {name: 100 * getattr(self.weights, name) / whole if whole else 0.0 for name in applying}

    def totals(self, shares: dict[str, np.ndarray]) -> np.ndarray:
        """The scores of all candidates."""
        total = np.zeros(len(self.market.ids))
        kinds = np.array([self.kind(row) for row in range(len(total))])
        for kind in set(kinds.tolist()):
            of = self.possible(kind)
            rows = kinds == kind
            total[rows] = sum(points * shares[name][rows] for name, points in of.items())
        return total

    def is_out(self, row: int) -> bool:
        """Whether a rule keeps the candidate out."""
        rules, market, home = self.rules, self.market, self.need.country
        conflict = self.traits.conflicts[row] if self.traits.conflicts is not None else ""
        unpaid = (market.may_be_paid is not None and not market.may_be_paid[row]) or (
            not rules.pays_abroad and bool(home) and market.countries[row] not in ("", home)
        )
        return (
            (conflict == "listed" and rules.listed == "exclude")
            or (conflict == "competitor" and rules.competitor == "exclude")
            or (unpaid and rules.payment == "exclude")
        )


def _half(shares: np.ndarray) -> np.ndarray:
    """What is unknown counts half."""
    return np.where(np.isnan(shares), 0.5, shares)


def _problems(facts: _Facts, answer: Ranking, least: float) -> Iterator[str]:
    ids = [row.id for row in answer.ranked]
    unknown = [pk for pk in ids if pk not in facts.row]
    if unknown or len(set(ids)) < len(ids):
        yield f"{unknown[0]} is not in the market" if unknown else "one is ranked twice"
        return
    out = {pk for pk, row in facts.row.items() if pk != facts.own and facts.is_out(row)} if facts.has_rules else set()
    if {left.id for left in answer.left_out} != out:
        yield f"left out are {sorted(out)}, the answer says {sorted(left.id for left in answer.left_out)}"
    shares = facts.shares()
    totals = facts.totals(shares).tolist()
    scores = {pk: totals[row] for pk, row in facts.row.items() if pk != facts.own and pk not in out}
    if answer.n != len(scores):
        yield f"{len(scores)} are ranked, the answer says {answer.n}"
    for place, ranked in enumerate(answer.ranked, start=1):
        if ranked.id not in scores:
            yield f"{ranked.id} must not be ranked"
            continue
        row = facts.row[ranked.id]
        yield from _of_one(facts, ranked, place, {name: float(share[row]) for name, share in shares.items()})
        yield from _of_wants(facts, ranked, row, least)
    yield from _order(scores, ids)


def _of_one(facts: _Facts, ranked: Ranked, place: int, shares: dict[str, float]) -> Iterator[str]:
    kind = facts.kind(facts.row[ranked.id])
    of = facts.possible(kind)
    if ranked.kind != kind or ranked.place != place:
        yield f"{ranked.id} is of kind {kind} at place {place}, the answer says otherwise"
    if [part.name for part in ranked.parts] != list(of):
        yield f"the parts of {ranked.id} are {', '.join(of)}, the answer says otherwise"
        return
    for part in ranked.parts:
        most = of[part.name]
        points = most * shares[part.name]
        if abs(part.points - points) > SLACK or abs(part.of - most) > SLACK:
            yield (
                f"{part.name} of {ranked.id} is {points:.4f} of {most:.4f}, "
                f"the answer says {part.points:.4f} of {part.of:.4f}"
            )
    if abs(ranked.score - sum(points * shares[name] for name, points in of.items())) > SLACK:
        yield f"the score of {ranked.id} is not the sum of its parts"


def _of_wants(facts: _Facts, ranked: Ranked, row: int, least: float) -> Iterator[str]:
    wants = [want.id for want in facts.need.wants]
    strength = facts.market.strength[row].tolist()
    covers = {want for want, held in zip(wants, strength, strict=True) if held >= np.float32(least)}
    if {want for want, _held in ranked.covers} != covers:
        yield f"{ranked.id} covers {sorted(covers)}, the answer says otherwise"
    if set(ranked.lacks) != set(wants) - covers:
        yield f"{ranked.id} lacks {sorted(set(wants) - covers)}, the answer says otherwise"
    column = {want: number for number, want in enumerate(wants)}
    for near in ranked.near:
        counted = facts.near(row, column[near.want_id])
        if near.want_id in covers or abs(counted - near.strength) > SLACK:
            yield f"{near.want_id} is near for {ranked.id} with {counted:.4f}, the answer says {near.strength:.4f}"


def _order(scores: dict[int, float], ids: Sequence[int]) -> Iterator[str]:
    for before, after in pairwise(ids):
        if before in scores and after in scores and scores[before] < scores[after] - SLACK:
            yield f"{before} stands before {after}, which has more points"
    if ids and ids[-1] in scores:
        shown = set(ids)
        better = [pk for pk, score in scores.items() if pk not in shown and score > scores[ids[-1]] + SLACK]
        if better:
            yield f"{better[0]} has more points than {ids[-1]} and is not shown"
