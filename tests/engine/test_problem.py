"""When a problem is stated."""

from dataclasses import replace

import numpy as np
import pytest

from engine.markets import lead_of, market_of, need_of
from hansa.engine.problem import (
    BadProblem,
    Concept,
    LeadCover,
    Limits,
    Need,
    Reason,
    Want,
    require_fitting,
)

NEED = need_of("ab")
MARKET = market_of(NEED, (1, "a"), (2, "b"))


@pytest.mark.parametrize(
    ("build", "field"),
    [
        (lambda: Want(id="", label="x"), "Want.id"),
        (lambda: Need(wants=(Want(id="a", label="a"), Want(id="a", label="b"))), "Need.wants"),
        (lambda: replace(MARKET, ids=(1, 1)), "Market.ids"),
        (lambda: replace(MARKET, names=("only one",)), "Market.names"),
        (lambda: replace(MARKET, strength=np.ones(2, np.float32)), "Market.strength"),
        (lambda: replace(MARKET, strength=np.full((2, 2), 1.2, np.float32)), "Market.strength"),
        (lambda: replace(MARKET, strength=np.full((2, 2), np.nan, np.float32)), "Market.strength"),
        (lambda: replace(MARKET, cost_eur=np.array([-1, 1], np.float32)), "Market.cost_eur"),
        (lambda: replace(MARKET, cost_eur=np.array([np.nan, 1], np.float32)), "Market.cost_eur"),
        (lambda: replace(MARKET, cost_eur=np.array([np.inf, 1], np.float32)), "Market.cost_eur"),
        (lambda: LeadCover(strength=np.ones((1, 2), np.float32)), "LeadCover.strength"),
        (lambda: LeadCover(strength=np.array([2.0], np.float32)), "LeadCover.strength"),
        (lambda: Limits(max_partners=-1), "Limits.max_partners"),
        (lambda: Limits(backups=0), "Limits.backups"),
        (lambda: Limits(min_strength=0), "Limits.min_strength"),
        (lambda: Limits(max_per_country=0), "Limits.max_per_country"),
        (lambda: Limits(min_countries=0), "Limits.min_countries"),
        (lambda: replace(MARKET, may_be_paid=np.ones(3, bool)), "Market.may_be_paid"),
        (lambda: Limits(max_unpaid=-1), "Limits.max_unpaid"),
        (lambda: Limits(max_led=0), "Limits.max_led"),
        (lambda: replace(MARKET, capacity=np.ones(3, np.int32)), "Market.capacity must have 2 entries"),
        (lambda: replace(MARKET, capacity=np.array([-1, 1], np.int32)), "Market.capacity must hold whole numbers"),
        (lambda: replace(MARKET, capacity=np.array([np.nan, 1])), "Market.capacity must hold whole numbers"),
        (lambda: replace(MARKET, worked_together=frozenset({(2, 1)})), "Market.worked_together must hold pairs"),
        (lambda: replace(MARKET, worked_together=frozenset({(1, 1)})), "Market.worked_together must hold pairs"),
        (
            lambda: require_fitting(need=NEED, market=replace(MARKET, worked_together=frozenset({(1, 3)}))),
            "Market.worked_together names hub 3",
        ),
        (lambda: LeadCover(strength=np.ones(2, np.float32), capacity=-1), "LeadCover.capacity"),
        (lambda: Limits(budget_eur=-5), "Limits.budget_eur"),
        (lambda: Limits(budget_eur=float("nan")), "Limits.budget_eur"),
        (lambda: Limits(budget_eur=float("inf")), "Limits.budget_eur"),
        (lambda: Want(id="a", label="a", backups=0), "Want.backups"),
        (lambda: Want(id="a", label="a", min_strength=1.5), "Want.min_strength"),
        (lambda: Limits(required=frozenset({1}), excluded=frozenset({1})), "Limits.required"),
        (lambda: Concept(id="", kind="skill", labels={"en": ("x",)}), "Concept.id"),
        (lambda: Concept(id="x", kind="skill", labels={"en": ()}), "Concept.labels"),
        (lambda: require_fitting(need=need_of("abc"), market=MARKET), "Market.strength"),
        (lambda: require_fitting(need=NEED, market=MARKET, lead=lead_of(need_of("a"), "a")), "LeadCover.strength"),
    ],
)
def test_names_the_field_that_makes_no_sense(build, field):
    with pytest.raises(BadProblem, match=field):
        build()


def test_takes_a_reason_by_its_code():
    assert Reason("team_cost", facts={"eur": 5}) == Reason("team_cost", facts={"eur": 5}, good=True)
