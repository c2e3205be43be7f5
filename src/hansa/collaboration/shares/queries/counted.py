"""The closed cases as the network's figures count them: costs by hub and point, fees, benefits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from hansa.collaboration.agreements import queries as agreements
from hansa.collaboration.delivery import queries as delivery
from hansa.collaboration.scenarios import queries as scenarios
from hansa.collaboration.scenarios.states import Scenario
from hansa.collaboration.shares.models import Expense
from hansa.collaboration.shares.queries.cases import rates_of
from hansa.collaboration.shares.queries.sheets import newest_estimates
from hansa.collaboration.shares.states import HOURS_A_DAY, PointKind

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedCase:
    """One closed case. ``costs`` holds the hubs that entered hours or expenses, each with its euro by point.

    ``incentive_eur`` is what all hubs lack so that none loses.
    """

    request_id: int
    scenario: str
    definition: Scenario
    lead_id: int
    costs: Mapping[int, Mapping[str, Decimal]]
    lead_loses: bool
    incentive_eur: Decimal


def counted_cases() -> list[CountedCase]:
    """Return the closed cases with an agreement; six queries however many."""
    rows = list(delivery.closed_collaborations())
    requests = [row.request_id for row in rows]
    shares = agreements.shares_of(requests)
    rates = rates_of(
        tuple({hub_id for of in shares.values() for hub_id in of} | {pk for row in rows for pk in row.party_ids})
    )
    costs = _costs([row.pk for row in rows], rates)
    benefits = _benefits(requests)
    return [
        _counted(row, shares[row.request_id], rates, costs.get(row.pk, {}), benefits.get(row.request_id, {}))
        for row in rows
        if row.request_id in shares
    ]


def _counted(
    row: Any,
    shares: Mapping[int, tuple[int, Decimal]],
    rates: Mapping[int, Any],
    costs: Mapping[int, Mapping[str, Decimal]],
    benefits: Mapping[int, Decimal],
) -> CountedCase:
    request = row.request
    lacks = {}
    for hub_id, (days, fee) in shares.items():
        if hub_id in costs:
            cost = sum(costs[hub_id].values(), _NOTHING)
        else:
            cost = rates[hub_id].cost(Decimal(days) * HOURS_A_DAY)
        lacks[hub_id] = cost - fee - benefits.get(hub_id, _NOTHING)
    return CountedCase(
        request_id=request.pk,
        scenario=request.scenario,
        definition=scenarios.scenario(request.scenario, request.scenario_version),
        lead_id=request.lead_id,
        costs={hub_id: of for hub_id, of in costs.items() if hub_id in shares},
        lead_loses=lacks.get(request.lead_id, _NOTHING) > 0,
        incentive_eur=sum((lack for lack in lacks.values() if lack > 0), _NOTHING),
    )


def _costs(ids: list[int], rates: Mapping[int, Any]) -> dict[int, dict[int, dict[str, Decimal]]]:
    """Return the euro of each point by collaboration and hub; two queries."""
    found: dict[int, dict[int, dict[str, Decimal]]] = {}
    for pk, hub_id, item, hours in delivery.hours_of_many(ids):
        found.setdefault(pk, {}).setdefault(hub_id, {})[item] = rates[hub_id].cost(hours)
    spent = Expense.objects.filter(collaboration__in=ids).order_by().values_list("collaboration_id", "hub_id", "item")
    for pk, hub_id, item, amount in spent.annotate(sum=Sum("amount_eur")):
        of = found.setdefault(pk, {}).setdefault(hub_id, {})
        of[item] = of.get(item, _NOTHING) + amount
    return found


def _benefits(requests: list[int]) -> dict[int, dict[int, Decimal]]:
    """Return the benefits in money by request and hub; one query."""
    found: dict[int, dict[int, Decimal]] = {}
    rows = newest_estimates(request__in=requests, kind=PointKind.BENEFIT)
    for pk, hub_id, amount in rows.values_list("request_id", "hub_id", "amount_eur"):
        of = found.setdefault(pk, {})
        of[hub_id] = of.get(hub_id, _NOTHING) + (amount or _NOTHING)
    return found
