"""The sheet of a hub: what it expected of each point of its role, and what it really spent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet, Sum

from hansa.collaboration.delivery import queries as delivery
from hansa.collaboration.shares.models import Estimate, Expense, Release
from hansa.collaboration.shares.queries.cases import Rate
from hansa.collaboration.shares.states import PointKind

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimated:
    """The newest estimate of one point, with who entered it and when."""

    item: str
    kind: str
    hours: Decimal | None
    amount_eur: Decimal | None
    score: int | None
    likelihood: int | None
    by: str
    at: datetime

    @property
    def is_empty(self) -> bool:
        return (self.hours, self.amount_eur, self.score, self.likelihood) == (None,) * 4

    @property
    def expected_eur(self) -> Decimal | None:
        """What a risk costs on average: likelihood times damage."""
        if self.likelihood is None or self.amount_eur is None:
            return None
        return (self.amount_eur * self.likelihood / 100).quantize(Decimal("0.01"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one hub estimated and spent on a case. ``estimates`` holds what was not taken back, by the id of the point."""

    hub_id: int
    rate: Rate
    estimates: Mapping[str, Estimated] = field(default_factory=dict)
    hours: Mapping[str, Decimal] = field(default_factory=dict)
    spent: Mapping[str, Decimal] = field(default_factory=dict)

    def estimated_cost(self, item: str) -> Decimal | None:
        found = self.estimates.get(item)
        if found is None:
            return None
        return self.rate.cost(found.hours or _NOTHING) + (found.amount_eur or _NOTHING)

    def actual_cost(self, item: str) -> Decimal | None:
        if item not in self.hours and item not in self.spent:
            return None
        return self.rate.cost(self.hours.get(item, _NOTHING)) + self.spent.get(item, _NOTHING)

    @property
    def estimated_eur(self) -> Decimal | None:
        """All costs estimated; None where none is."""
        return _sum(self.estimated_cost(item) for item, one in self.estimates.items() if one.kind == PointKind.COST)

    @property
    def actual_eur(self) -> Decimal | None:
        """All costs so far; None where nothing was entered."""
        return _sum(self.actual_cost(item) for item in {*self.hours, *self.spent})

    @property
    def benefit_eur(self) -> Decimal | None:
        """The benefits stated in money; None where none is."""
        return _sum(one.amount_eur for one in self.estimates.values() if one.kind == PointKind.BENEFIT)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, _NOTHING) if known else None


def newest_estimates(**of: Any) -> QuerySet[Estimate]:
    """Return the estimates that count of these cases and hubs, one of each point."""
    rows = Estimate.objects.filter(**of)
    return rows.order_by("request_id", "hub_id", "item", "-at", "-pk").distinct("request_id", "hub_id", "item")


def sheets_of(request: Any, collaboration: Any, rates: Mapping[int, Rate]) -> dict[int, Sheet]:
    """Return the sheets of all hubs of a case; three queries. Whoever asks picks what the reader may see."""
    estimates: dict[int, dict[str, Estimated]] = {}
    for row in newest_estimates(request_id=request.pk).select_related("entered_by"):
        one = Estimated(
            item=row.item,
            kind=row.kind,
            hours=row.hours,
            amount_eur=row.amount_eur,
            score=row.score,
            likelihood=row.likelihood,
            by=row.entered_by.name if row.entered_by else "",
            at=row.at,
        )
        if not one.is_empty:
            estimates.setdefault(row.hub_id, {})[row.item] = one
    worked = delivery.hours_by_hub(collaboration) if collaboration is not None else {}
    spent = spent_by_hub(collaboration) if collaboration is not None else {}
    return {
        hub_id: Sheet(
            hub_id=hub_id,
            rate=rate,
            estimates=estimates.get(hub_id, {}),
            hours=worked[hub_id].by_cost if hub_id in worked else {},
            spent=spent.get(hub_id, {}),
        )
        for hub_id, rate in rates.items()
    }


def spent_by_hub(collaboration: Any) -> dict[int, dict[str, Decimal]]:
    """Return the expenses of a case by hub and cost; one query."""
    rows = Expense.objects.filter(collaboration=collaboration).order_by("hub_id", "item")
    found: dict[int, dict[str, Decimal]] = {}
    for hub_id, item, amount in rows.values_list("hub_id", "item").annotate(sum=Sum("amount_eur")):
        found.setdefault(hub_id, {})[item] = amount
    return found


def expenses_of(collaboration: Any, hub_id: int) -> list[Expense]:
    """Return the expenses of one hub, latest first; one query. They are for that hub alone."""
    return list(Expense.objects.filter(collaboration=collaboration, hub_id=hub_id).select_related("entered_by"))


def expense_of(ref: str, hub_id: int | None, pk: int) -> Expense | None:
    """Return an expense of this hub in this case, or None."""
    rows = Expense.objects.filter(pk=pk, hub_id=hub_id, collaboration__request__ref=ref)
    return rows.select_related("collaboration__request").first()


def changes_of(request: Any, hub_id: int, *, limit: int = 50) -> list[Estimate]:
    """Return what a hub estimated and changed, latest first; one query."""
    rows = Estimate.objects.filter(request=request, hub_id=hub_id).select_related("entered_by")
    return list(rows.annotate(name=F("entered_by__name"))[:limit])


def releases_of(request: Any) -> frozenset[int]:
    """Return the hubs that show their sums; one query."""
    return frozenset(Release.objects.filter(request=request, shows_money=True).values_list("hub_id", flat=True))
