"""A team as a CP-SAT model: variables, limits, and the goals as linear expressions in whole numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from hansa.engine.consortium.answer import GoalName
from hansa.engine.consortium.candidates import Demand, Rows, Table
from hansa.engine.problem import Limits

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

MUST_WEIGHT, NICE_WEIGHT = 2, 1
MORE_IS_BETTER = frozenset({"coverage", "extras", "evidence"})
UNITS: Mapping[GoalName, float] = {
    "coverage": 1,
    "number": 1,
    "extras": 1,
    "cost": 100,
    "evidence": 10,
    "distance": 1,
    "trust": 1000,
}


@dataclass(slots=True, kw_only=True)
class CoverModel:
    """A team as a CP-SAT model.

    ``full`` demands that everything asked for is covered; otherwise coverage is the first goal.
    ``active`` names the limits in force. ``forbidden``: hub ids that must not all be in the team together.
    """

    table: Table
    demand: Demand
    limits: Limits
    active: frozenset[str]
    full: bool
    forbidden: frozenset[int] = frozenset()
    model: cp_model.CpModel = field(init=False)
    x: list[Any] = field(init=False)
    hints: Rows | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        from ortools.sat.python import cp_model  # heavy: only when a team is asked for

        self.model = cp_model.CpModel()
        self.x = [self.model.new_bool_var("") for _ in range(len(self.table.ids))]
        self._add_limits()
        self._add_country_rules()
        if self.full:
            for want in np.flatnonzero(self.demand.asked > 0):
                self.model.add(self._sum_covering(want) >= int(self.demand.asked[want]))
        if self.forbidden:
            rows = np.flatnonzero(np.isin(self.table.ids, list(self.forbidden)))
            self.model.add(self._sum(rows) <= len(rows) - 1)

    def goal(self, name: GoalName) -> Any:
        """Linear expression of a goal in whole numbers."""
        match name:
            case "coverage":
                return self._coverage()
            case "number":
                return self._sum(np.arange(len(self.x)))
            case "extras":
                return self._extras()
            case "cost":
                return self._weighted(self.table.cost)
            case "evidence":
                return self._evidence()
            case "distance":
                return self._weighted(self.table.distance)
            case "trust":
                return self._weighted(self.table.distrust)

    def span(self, name: GoalName) -> int:
        """Upper bound on the value of a fine goal, any team considered."""
        if name == "evidence":
            return self.extreme(name)
        column = {"distance": self.table.distance, "trust": self.table.distrust}.get(name, self.table.cost)
        most = min(self.limits.max_partners, len(column)) if "max_partners" in self.active else len(column)
        return int(np.sort(column)[len(column) - most :].sum())

    def extreme(self, name: GoalName) -> int:
        """The best value one can imagine: a bound where none was proven."""
        if name not in MORE_IS_BETTER:
            return 0
        weight = np.where(self.demand.must, MUST_WEIGHT, NICE_WEIGHT)
        best = self.table.level.max(axis=0, initial=0)
        return int((weight * np.maximum(best, self.demand.lead)).sum())

    def n_countries(self) -> Any:
        """Number of countries in the team, the lead's included."""
        used, lead_index = self._countries_used()
        return sum(used.values()) + (1 if self.demand.lead_country and lead_index is None else 0)

    def n_unpaid(self) -> Any:
        """Number of partners that may not be paid directly."""
        return self._sum(np.flatnonzero(self.table.unpaid))

    def most_per_country(self) -> Any:
        """Upper bound variable on the hubs of any one country."""
        most = self.model.new_int_var(0, len(self.x) + 1, "")
        for country, rows in self._by_country():
            self.model.add(self._sum(rows) + self._lead_from(country) <= most)
        return most

    def _add_limits(self) -> None:
        if "max_partners" in self.active:
            self.model.add(self._sum(np.arange(len(self.x))) <= self.limits.max_partners)
        if "budget_eur" in self.active and self.limits.budget_eur is not None:
            self.model.add(self._weighted(self.table.cost) <= int(self.limits.budget_eur * 100 + 1e-6))
        if "max_unpaid" in self.active and self.limits.max_unpaid is not None:
            self.model.add(self.n_unpaid() <= self.limits.max_unpaid)
        if "required" in self.active:
            for row in np.flatnonzero(np.isin(self.table.ids, list(self.limits.required))):
                self.model.add(self.x[row] == 1)

    def _add_country_rules(self) -> None:
        if "max_per_country" in self.active and self.limits.max_per_country is not None:
            for country, rows in self._by_country():
                self.model.add(self._sum(rows) + self._lead_from(country) <= self.limits.max_per_country)
        if "min_countries" in self.active and self.limits.min_countries is not None:
            self.model.add(self.n_countries() >= self.limits.min_countries)

    def _by_country(self) -> list[tuple[int, Rows]]:
        return [
            (int(country), np.flatnonzero(self.table.country == country))
            for country in np.unique(self.table.country)
            if country >= 0
        ]

    def _lead_from(self, country: int) -> int:
        return int(self.table.country_names[country] == self.demand.lead_country)

    def _countries_used(self) -> tuple[dict[int, Any], int | None]:
        used: dict[int, Any] = {}
        lead_index = None
        for country, rows in self._by_country():
            if self._lead_from(country):
                lead_index = country
                used[country] = 1
                continue
            used[country] = self.model.new_bool_var("")
            self.model.add(used[country] <= self._sum(rows))
        return used, lead_index

    def _coverage(self) -> Any:
        """Must-haves covered once count far more than the backups asked for."""
        asked = self.demand.asked
        first = int(asked.sum()) + 1
        terms = []
        for want in np.flatnonzero(asked > 0):
            met = self.model.new_bool_var("")
            more = self.model.new_int_var(0, int(asked[want]) - 1, "")
            self.model.add(met + more <= self._sum_covering(want))
            self.model.add(more <= (int(asked[want]) - 1) * met)
            has_lead = bool(self.demand.lead[want])
            terms.append((1 if has_lead else first) * met + more)
        return sum(terms)

    def _extras(self) -> Any:
        terms = []
        for want in np.flatnonzero(~self.demand.must & (self.demand.lead == 0)):
            met = self.model.new_bool_var("")
            self.model.add(met <= self._sum_covering(want))
            terms.append(met)
        return sum(terms)

    def _evidence(self) -> Any:
        terms: list[Any] = []
        brought = 0
        for want in range(self.table.level.shape[1]):
            weight = MUST_WEIGHT if self.demand.must[want] else NICE_WEIGHT
            below = int(self.demand.lead[want])
            brought += weight * below
            column = self.table.level[:, want]
            for step in np.unique(column[column > below]):
                reached = self.model.new_bool_var("")
                self.model.add(reached <= self._sum(np.flatnonzero(column >= step)))
                terms.append(weight * (int(step) - below) * reached)
                below = int(step)
        return sum(terms) + brought

    def _sum_covering(self, want: np.intp) -> Any:
        return self._sum(np.flatnonzero(self.table.level[:, want] > 0))

    def _sum(self, rows: Rows) -> Any:
        from ortools.sat.python import cp_model

        return cp_model.LinearExpr.sum([self.x[row] for row in rows])

    def _weighted(self, column: Rows) -> Any:
        from ortools.sat.python import cp_model

        return cp_model.LinearExpr.weighted_sum(self.x, column.tolist())
