"""Made-up questions about teams, small enough for brute force and wide enough to reach every rule."""

from itertools import combinations

import numpy as np
from hypothesis import strategies as st

from hansa.engine.consortium import DEFAULT_GOALS, best_team
from hansa.engine.problem import LeadCover, Limits, Market, Need, Want

GOALS = (
    DEFAULT_GOALS,
    ("coverage", "number", "cost", "distance", "trust"),
    ("coverage", "cost", "number"),
    ("coverage", "evidence", "number", "trust"),
    ("coverage", "extras", "distance"),
    ("coverage", "number", "together", "cost", "load"),
    ("coverage", "together", "number", "trust"),
    ("coverage", "cost", "together", "evidence"),
    ("coverage", "load", "together", "cost"),
    ("coverage", "number", "load", "cost"),
    (*DEFAULT_GOALS, "together", "load"),
    ("coverage",),
)
SCALE = {
    "coverage": -1,
    "number": 1,
    "extras": -1,
    "cost": 100,
    "evidence": -10,
    "distance": 1,
    "trust": 1000,
    "together": -1,
    "load": 1,
}
NAN = float("nan")


@st.composite
def problems(draw, most_hubs: int = 8):
    n, w = draw(st.integers(1, most_hubs)), draw(st.integers(1, 5))
    strengths = st.sampled_from([0, 0, 0.2, 0.3, 0.35, 0.4, 0.8, 0.8, 1, 1])
    ids = draw(st.lists(st.integers(1, 60), min_size=n, max_size=n, unique=True))

    def column(values):
        return np.array(draw(st.lists(st.sampled_from(values), min_size=n, max_size=n)), dtype=np.float32)

    market = Market(
        ids=tuple(ids),
        names=tuple(f"Hub {hub}" for hub in ids),
        countries=tuple(draw(st.lists(st.sampled_from(["DE", "FR", "ES", ""]), min_size=n, max_size=n))),
        languages=tuple(
            frozenset(spoken.split())
            for spoken in draw(st.lists(st.sampled_from(["en", "de fr", ""]), min_size=n, max_size=n))
        ),
        strength=np.array(draw(st.lists(strengths, min_size=n * w, max_size=n * w)), np.float32).reshape(n, w),
        cost_eur=column([100, 100.5, 200, 300]),
        distance_km=column([NAN, 0, 100, 200]),
        trust=column([NAN, 0, 0.5, 1]),
        free_days=np.full(n, NAN, np.float32),
        joint_deliveries=np.zeros(n, np.int32),
        may_be_paid=draw(st.sampled_from([None, np.arange(n) % 2 == 0, np.arange(n) % 3 > 0, np.zeros(n, np.bool_)])),
        capacity=draw(st.sampled_from([None, None, np.ones(n, np.int32), np.arange(n, dtype=np.int32) % 3])),
        worked_together=frozenset(tuple(sorted(pair)) for pair in combinations(ids, 2) if draw(st.integers(0, 4)) == 0),
    )
    must = draw(st.lists(st.booleans(), min_size=w, max_size=w))
    need = Need(wants=tuple(draw(wants(f"w{i}", must_have)) for i, must_have in enumerate(must)))
    lead = None
    if draw(st.booleans()):
        own = np.array(draw(st.lists(strengths, min_size=w, max_size=w)), np.float32)
        lead = LeadCover(
            strength=own,
            hub_id=draw(st.sampled_from([None, ids[0]])),
            country=draw(st.sampled_from(["", "DE"])),
            capacity=draw(st.sampled_from([None, None, 0, 1])),
        )
    return need, market, draw(limits_for(ids)), lead, draw(st.sampled_from(GOALS))


@st.composite
def wants(draw, name, must_have):
    return Want(
        id=name,
        label=f"want {name}",
        must_have=must_have,
        min_strength=draw(st.sampled_from([None, None, None, 0.2, 0.5, 1])),
        backups=draw(st.sampled_from([None, None, None, 1, 2, 3])),
    )


@st.composite
def limits_for(draw, ids):
    required = frozenset(ids[:1]) if draw(st.integers(0, 4)) == 0 else frozenset()
    return Limits(
        max_partners=draw(st.sampled_from([4, 4, 3, 3, 2, 1, 0])),
        max_per_country=draw(st.sampled_from([None, None, None, 1, 2])),
        min_countries=draw(st.sampled_from([None, None, None, None, 2, 3])),
        budget_eur=draw(st.sampled_from([None, None, None, 150, 250, 400])),
        backups=draw(st.sampled_from([1, 1, 2])),
        max_led=draw(st.sampled_from([None, None, None, 1, 2])),
        max_unpaid=draw(st.sampled_from([None, None, None, 0, 1])),
        languages=draw(st.sampled_from([frozenset(), frozenset(), frozenset({"en"}), frozenset({"en", "fr"})])),
        required=required,
        excluded=draw(st.sampled_from([frozenset(), frozenset(ids[-1:])])) - required,
    )


def solve(problem):
    need, market, limits, lead, goals = problem
    return best_team(need=need, market=market, limits=limits, lead=lead, goals=goals)


def key(goals):
    return tuple(round(SCALE[name] * value) for name, value in goals)


def rows_of(market: Market, rows: list[int]) -> Market:
    """The market with only some of its hubs, in this order."""
    kept = {market.ids[row] for row in rows}
    return Market(
        ids=tuple(market.ids[row] for row in rows),
        names=tuple(market.names[row] for row in rows),
        countries=tuple(market.countries[row] for row in rows),
        languages=tuple(market.languages[row] for row in rows),
        strength=market.strength[rows],
        cost_eur=market.cost_eur[rows],
        distance_km=market.distance_km[rows],
        trust=market.trust[rows],
        free_days=market.free_days[rows],
        joint_deliveries=market.joint_deliveries[rows],
        may_be_paid=None if market.may_be_paid is None else market.may_be_paid[rows],
        capacity=None if market.capacity is None else market.capacity[rows],
        worked_together=frozenset(pair for pair in market.worked_together if kept.issuperset(pair)),
    )
