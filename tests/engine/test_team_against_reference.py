"""When the solver is held against brute force, and against itself under changes that must not matter."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hansa.engine.consortium import DEFAULT_GOALS, best_team
from hansa.engine.problem import LeadCover, Limits, Market, Need, Want
from hansa.engine.reference import best_team_by_trying
from hansa.engine.verify import check_team

GOALS = (
    DEFAULT_GOALS,
    ("coverage", "number", "cost", "distance", "trust"),
    ("coverage", "cost", "number"),
    ("coverage", "evidence", "number", "trust"),
    ("coverage", "extras", "distance"),
    ("coverage",),
)
SCALE = {"coverage": -1, "number": 1, "extras": -1, "cost": 100, "evidence": -10, "distance": 1, "trust": 1000}
NAN = float("nan")


@st.composite
def problems(draw, most_hubs: int = 8):
    n, w = draw(st.integers(1, most_hubs)), draw(st.integers(1, 5))
    strengths = st.sampled_from([0, 0, 0, 0.2, 0.3, 0.35, 0.4, 0.8, 1])
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
    )
    must = draw(st.lists(st.booleans(), min_size=w, max_size=w))
    need = Need(wants=tuple(draw(wants(f"w{i}", must_have)) for i, must_have in enumerate(must)))
    lead = None
    if draw(st.booleans()):
        own = np.array(draw(st.lists(strengths, min_size=w, max_size=w)), np.float32)
        lead = LeadCover(
            strength=own, hub_id=draw(st.sampled_from([None, ids[0]])), country=draw(st.sampled_from(["", "DE"]))
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
        max_partners=draw(st.integers(0, 4)),
        max_per_country=draw(st.sampled_from([None, None, 1, 2])),
        min_countries=draw(st.sampled_from([None, None, 2, 3])),
        budget_eur=draw(st.sampled_from([None, None, 200, 400, 600])),
        backups=draw(st.sampled_from([1, 1, 2])),
        max_unpaid=draw(st.sampled_from([None, None, 0, 1])),
        languages=draw(st.sampled_from([frozenset(), frozenset({"en"}), frozenset({"en", "fr"})])),
        required=required,
        excluded=draw(st.sampled_from([frozenset(), frozenset(ids[-1:])])) - required,
    )


def solve(problem):
    need, market, limits, lead, goals = problem
    return best_team(need=need, market=market, limits=limits, lead=lead, goals=goals)


def key(goals):
    return tuple(round(SCALE[name] * value) for name, value in goals)


@settings(max_examples=150, deadline=None)
@given(problem=problems())
def test_solver_and_brute_force_agree(problem):
    need, market, limits, lead, goals = problem
    answer = solve(problem)
    expected = best_team_by_trying(need=need, market=market, limits=limits, lead=lead, goals=goals)
    if answer.status == "nothing_to_cover":
        return
    assert (answer.status == "infeasible") == (expected is None)
    if expected is not None:
        assert key((goal.name, goal.value) for goal in answer.goals) == expected[0]


@settings(max_examples=80, deadline=None)
@given(problem=problems())
def test_next_best_and_brute_force_agree(problem):
    need, market, limits, lead, goals = problem
    answer = solve(problem)
    if answer.status != "optimal":
        return
    asked = {want.id for want in need.wants if want.must_have} or {want.id for want in need.wants}
    if lead is not None:
        asked -= {
            want.id
            for want, own in zip(need.wants, lead.strength, strict=True)
            if limits.backups_for(want) == 1 and own >= np.float32(limits.least_for(want))
        }
    own = lead.hub_id if lead is not None else None
    essential = frozenset(
        member.hub_id
        for member in answer.members
        if member.hub_id not in limits.required - {own} and asked & {want for want, _ in member.covers}
    )
    expected = None
    if essential:
        expected = best_team_by_trying(
            need=need, market=market, limits=limits, lead=lead, goals=goals, not_all_of=essential
        )
    assert (answer.next_best is None) == (expected is None)
    if answer.next_best is not None and expected is not None:
        assert key((name, answer.next_best.values[name]) for name in goals) == expected[0]


@settings(max_examples=150, deadline=None)
@given(problem=problems(most_hubs=14))
def test_the_independent_check_finds_nothing(problem):
    need, market, limits, lead, _ = problem
    assert check_team(need=need, market=market, limits=limits, lead=lead, answer=solve(problem)) == ()


def rows_of(market: Market, rows: list[int]) -> Market:
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
    )


@settings(max_examples=80, deadline=None)
@given(problem=problems(), seed=st.integers(0, 99))
def test_the_order_of_hubs_changes_nothing(problem, seed):
    need, market, limits, lead, goals = problem
    rows = np.random.default_rng(seed).permutation(len(market.ids)).tolist()
    assert solve((need, rows_of(market, rows), limits, lead, goals)) == solve(problem)


@settings(max_examples=80, deadline=None)
@given(problem=problems())
def test_names_of_hubs_change_no_value(problem):
    need, market, limits, lead, goals = problem
    renamed = replace(market, names=tuple(f"other {hub}" for hub in market.ids))
    before, after = solve(problem), solve((need, renamed, limits, lead, goals))
    assert (before.status, before.hub_ids, before.goals) == (after.status, after.hub_ids, after.goals)


@settings(max_examples=80, deadline=None)
@given(problem=problems())
def test_without_a_hub_that_is_not_in_the_team_the_team_stays_as_good(problem):
    need, market, limits, lead, goals = problem
    answer = solve(problem)
    spare = [row for row, hub in enumerate(market.ids) if hub not in answer.hub_ids and hub not in limits.required]
    if answer.status != "optimal" or not spare:
        return
    rows = [row for row in range(len(market.ids)) if row != spare[0]]
    smaller = rows_of(market, rows)
    wanted = sum(1 for gap in answer.gaps)
    after = solve((need, smaller, limits, lead, goals))
    if after.status == "optimal" and len(after.gaps) == wanted:
        assert key((g.name, g.value) for g in after.goals) <= key((g.name, g.value) for g in answer.goals)


@settings(max_examples=80, deadline=None)
@given(problem=problems())
def test_another_hub_never_makes_it_worse(problem):
    need, market, limits, lead, goals = problem
    limits = replace(limits, backups=1)
    need = replace(need, wants=tuple(replace(want, backups=None) for want in need.wants))
    if len(market.ids) < 2 or market.ids[-1] in limits.required:
        return
    fewer = rows_of(market, list(range(len(market.ids) - 1)))
    before = solve((need, fewer, limits, lead, goals))
    after = solve((need, market, limits, lead, goals))
    if before.status == "optimal" and len(after.gaps) == len(before.gaps):
        assert after.status == "optimal"
        assert key((g.name, g.value) for g in after.goals) <= key((g.name, g.value) for g in before.goals)


@settings(max_examples=60, deadline=None)
@given(problem=problems())
def test_a_wider_limit_never_makes_it_worse(problem):
    need, market, limits, lead, goals = problem
    before = solve(problem)
    wider = replace(
        limits, max_partners=limits.max_partners + 1, budget_eur=None, max_per_country=None, max_unpaid=None
    )
    after = solve((need, market, wider, lead, goals))
    if before.status == "optimal":
        assert after.status == "optimal"
        assert key((g.name, g.value) for g in after.goals) <= key((g.name, g.value) for g in before.goals)
