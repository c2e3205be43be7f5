"""A team as a CP-SAT model: variables, limits, and the goals as linear expressions in whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from hansa.engine.consortium.answer import GoalName
from hansa.engine.consortium.candidates import LEAD, Apart, Demand, Rows, Table
from hansa.engine.consortium.leading import led_terms
from hansa.engine.problem import Limits

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

MUST_WEIGHT, NICE_WEIGHT = 2, 1
MORE_IS_BETTER = frozenset({"coverage", "extras", "evidence", "together"})
UNITS: Mapping[GoalName, float] = {
    "coverage": 1,
    "number": 1,
    "extras": 1,
    "cost": 100,
    "evidence": 10,
    "distance": 1,
    "trust": 1000,
    "together": 1,
    "load": 1,
}


@dataclass(slots=True, kw_only=True)
class CoverModel:
    """A team as a CP-SAT model.

    ``full`` demands that everything asked for is covered; otherwise coverage is the first goal.
    ``active`` names the limits in force. ``apart``: sets of hubs that must not be together. ``led``:
    see ``led_terms``. ``require_time`` raises when no time is left to go on.
    """

    table: Table
    demand: Demand
    limits: Limits
    active: frozenset[str]
    full: bool
    apart: tuple[Apart, ...] = ()
    require_time: Callable[[], None] = lambda: None
    model: cp_model.CpModel = field(init=False)
    x: list[Any] = field(init=False)
    led: Mapping[int, list[Any]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        from ortools.sat.python import cp_model  # heavy: only when a team is asked for

        self.model = cp_model.CpModel()
        self.x = [self.model.new_bool_var("") for _ in range(len(self.table.ids))]
        self._add_limits()
        self._add_country_rules()
        if "capacity" in self.active:
            self.led = led_terms(
                self.model, self.x, table=self.table, demand=self.demand, require_time=self.require_time
            )
        if self.full:
            for want in np.flatnonzero(self.demand.asked > 0):
                self.require_time()
                self.model.add(self._sum_covering(want) >= int(self.demand.asked[want]))
            for terms in self.led.values():
                self.model.add(sum(terms) >= 1)
        for apart in self.apart:
            rows = np.flatnonzero(np.isin(self.table.ids, list(apart.hub_ids)))
            self.model.add(self._sum(rows) <= apart.most)

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
            case "together":
                return self._together()
            case "load":
                raise ValueError("the load is bounded by the room of the hubs, not reached by the model")

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
        """Must-haves covered and led once count far more than the backups asked for."""
        asked = self.demand.asked
        first = int(asked.sum()) + 1
        terms = []
        for want in sorted({*np.flatnonzero(asked > 0).tolist(), *self.led}):
            met, holders = self.model.new_bool_var(""), self._sum_covering(want)
            by_lead_alone = bool(self.demand.lead[want]) and want not in self.led
            self.model.add(met <= (sum(self.led[want]) if want in self.led else holders))
            # Where the lead covers it but somebody else may have to lead it, backups count beside being led.
            apart = bool(self.demand.lead[want]) and want in self.led
            backups = int(asked[want]) - (not apart)
            more = self.model.new_int_var(0, max(0, backups), "")
            self.model.add(more <= holders if apart else met + more <= holders)
            if not apart:
                self.model.add(more <= backups * met)
            terms += [(1 if by_lead_alone else first) * met, more]
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

    def _together(self) -> Any:
        terms = []
        for left, right in self.table.couples().tolist():
            if LEAD in (left, right):
                terms.append(self.x[max(left, right)])
                continue
            both = self.model.new_bool_var("")
            self.model.add_implication(both, self.x[left])
            self.model.add_implication(both, self.x[right])
            terms.append(both)
        return sum(terms)

    def _sum_covering(self, want: int | np.intp) -> Any:
        return self._sum(np.flatnonzero(self.table.level[:, want] > 0))

    def _sum(self, rows: Rows) -> Any:
        from ortools.sat.python import cp_model

        return cp_model.LinearExpr.sum([self.x[row] for row in rows])

    def _weighted(self, column: Rows) -> Any:
        from ortools.sat.python import cp_model

        return cp_model.LinearExpr.weighted_sum(self.x, column.tolist())
