"""What cooperation costs over all cases, without any case or hub to be seen in it. Source: BP-REC-R3.1.

Only closed cases count. A pair of case and hub counts with every cost of its role, 0 where it spent nothing, so all costs of
a role rest on the same pairs, and no figure of one cost can be told from another's by who is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from statistics import quantiles
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hansa.collaboration.shares.queries.cases import role_in, words_of
from hansa.collaboration.shares.queries.counted import CountedCase, counted_cases
from hansa.engine.shares import LEAST, Cell, shown

# So many figures that count stay of an amount: enough for a policy, too few to find a bill again.
_DIGITS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class CostFigure:
    """One cost of a role over all its cases, in euro. ``quarter`` is what a quarter of the pairs stays below."""

    id: str
    words: str
    quarter: Decimal
    median: Decimal
    three_quarters: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleFigures:
    """The costs of one role in one scenario; none where they are held back."""

    scenario: str
    role: str
    is_shown: bool
    n_cases: int
    n_hubs: int
    costs: tuple[CostFigure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFigures:
    """How leads fare in one scenario, or in all where ``key`` is empty. Each figure is None where it is held back."""

    key: str
    scenario: str
    is_shown: bool
    n_cases: int
    n_hubs: int
    losing_per_cent: int | None
    incentive_median: Decimal | None
    incentive_sum: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkCosts:
    roles: tuple[RoleFigures, ...]
    leads: tuple[LeadFigures, ...]

    @property
    def is_anything_shown(self) -> bool:
        return any(row.is_shown for row in (*self.roles, *self.leads))


def network_costs() -> NetworkCosts:
    """Return the figures of all closed cases; the same few queries for any number of them."""
    cases = counted_cases()
    keys = sorted({case.scenario for case in cases})
    # Costs and what becomes of leads are about the same pairs, so they are held back together.
    cells = [Cell(key="all", pairs=_pairs(cases, "lead"))]
    for key in keys:
        cells += [
            Cell(key=(key, role), pairs=_pairs([case for case in cases if case.scenario == key], role))
            for role in ("lead", "partner")
        ]
    kept = shown(cells)
    known = {cell.key: cell for cell in cells}
    roles = [
        _role_figures(
            key, role, [case for case in cases if case.scenario == key], known[key, role], (key, role) in kept
        )
        for key in keys
        for role in ("lead", "partner")
    ]
    leads = [
        _lead_figures(key, [case for case in cases if case.scenario == key], known[key, "lead"], (key, "lead") in kept)
        for key in keys
    ]
    leads.append(_lead_figures("", cases, known["all"], "all" in kept))
    return NetworkCosts(roles=tuple(roles), leads=tuple(_without_giving_away(leads, cases)))


def _pairs(cases: Iterable[CountedCase], role: str) -> frozenset[tuple[Any, Any]]:
    return frozenset(
        (case.request_id, hub_id) for case in cases for hub_id in case.costs if _is(role, hub_id, case)
    )  # fmt: skip


def _is(role: str, hub_id: int, case: CountedCase) -> bool:
    return (hub_id == case.lead_id) == (role == "lead")


def _size(cell: Cell) -> tuple[int, int]:
    return len({case for case, _hub in cell.pairs}), len({hub for _case, hub in cell.pairs})


def _role_figures(key: str, role: str, cases: Sequence[CountedCase], cell: Cell, is_shown: bool) -> RoleFigures:
    scenario = cases[0].definition
    n_cases, n_hubs = _size(cell) if is_shown else (0, 0)
    sheets = [case.costs[hub_id] for case in cases for hub_id in case.costs if _is(role, hub_id, case)]
    points = role_in(scenario, is_lead=role == "lead").costs if is_shown else ()
    return RoleFigures(
        scenario=pgettext("content", scenario.short),
        role=_("Lead") if role == "lead" else _("Partner"),
        is_shown=is_shown,
        n_cases=n_cases,
        n_hubs=n_hubs,
        costs=tuple(
            _cost_figure(point, [sheet.get(point.id, Decimal(0)) for sheet in sheets]) for point in points
        ),
    )  # fmt: skip


def _cost_figure(point: Any, amounts: list[Decimal]) -> CostFigure:
    low, middle, high = quantiles(amounts, n=4, method="inclusive")
    return CostFigure(
        id=point.id, words=words_of(point), quarter=_rough(low), median=_rough(middle), three_quarters=_rough(high)
    )


def _rough(amount: Decimal) -> Decimal:
    """Round an amount to two figures that count, such as 1,234 to 1,200."""
    if not amount:
        return Decimal(0)
    last = Decimal(1).scaleb(amount.adjusted() + 1 - _DIGITS)
    return amount.quantize(max(last, Decimal(1)), ROUND_HALF_UP).quantize(Decimal(1))


def _lead_figures(key: str, cases: Sequence[CountedCase], cell: Cell, is_shown: bool) -> LeadFigures:
    name = pgettext("content", cases[0].definition.short) if key else _("All scenarios")
    n_cases, n_hubs = _size(cell) if is_shown else (0, 0)
    counted = [case for case in cases if case.lead_id in case.costs] if is_shown else []
    incentives = [case.incentive_eur for case in counted]
    return LeadFigures(
        key=key,
        scenario=name,
        is_shown=is_shown,
        n_cases=n_cases,
        n_hubs=n_hubs,
        losing_per_cent=_share(counted),
        incentive_median=_rough(quantiles(incentives, n=2, method="inclusive")[0]) if incentives else None,
        incentive_sum=_rough(sum(incentives, Decimal(0))) if incentives else None,
    )


def _share(cases: Sequence[CountedCase]) -> int | None:
    """Return in which per cent the lead loses; None where fewer than five do or do not: that would be about these few."""
    if not cases or not _is_about_many(cases):
        return None
    return round(100 * sum(case.lead_loses for case in cases) / len(cases))


def _is_about_many(cases: Sequence[CountedCase]) -> bool:
    """Whether nobody loses or at least five do, and the same for those that do not."""
    yes = sum(case.lead_loses for case in cases)
    return all(n == 0 or n >= LEAST for n in (yes, len(cases) - yes))


def _without_giving_away(leads: Sequence[LeadFigures], cases: Sequence[CountedCase]) -> list[LeadFigures]:
    """Hold back the share of all where less the shares that are shown it would be about few."""
    *each, whole = leads
    told = {row.key for row in each if row.losing_per_cent is not None}
    rest = [case for case in cases if case.scenario not in told and case.lead_id in case.costs]
    if not _is_about_many(rest):
        whole = replace(whole, losing_per_cent=None)
    return [*each, whole]


def cost_table(found: NetworkCosts) -> tuple[list[str], list[list[Any]]]:
    """Return heads and rows of the figures for a file, with the definition of each; what is held back says so."""
    heads = [_("Scenario"), _("Role"), _("Figure"), _("A quarter stays below"), _("Median"), _("A quarter lies above"), _("In all"), _("Cases"), _("Hubs"), _("Definition")]  # fmt: skip
    held = _("held back")
    rows: list[list[Any]] = []
    for role in found.roles:
        if not role.is_shown:
            rows.append([role.scenario, role.role, held, *[""] * 6, definitions()["held"]])
        rows += [
            [role.scenario, role.role, f"{one.id} {one.words}", one.quarter, one.median, one.three_quarters, "", role.n_cases, role.n_hubs, definitions()["cost"]]
            for one in role.costs
        ]  # fmt: skip
    for lead in found.leads:
        if not lead.is_shown:
            rows.append([lead.scenario, _("Lead"), held, *[""] * 6, definitions()["held"]])
            continue
        share = held if lead.losing_per_cent is None else lead.losing_per_cent
        rows.append([lead.scenario, _("Lead"), _("Cases in which the lead loses, per cent"), "", "", "", share, lead.n_cases, lead.n_hubs, definitions()["loses"]])  # fmt: skip
        rows.append([lead.scenario, _("All roles"), _("Incentive needed, EUR"), "", lead.incentive_median, "", lead.incentive_sum, lead.n_cases, lead.n_hubs, definitions()["incentive"]])  # fmt: skip
    return heads, rows


def definitions() -> dict[str, str]:
    """Return what each kind of figure means, in the reader's language."""
    return {
        "cost": _("Euro of a hub per closed case: hours entered at its day rate, plus expenses; 0 where it spent nothing on this cost. Hubs that entered hours or expenses count. Rounded to two figures."),
        "loses": _("Closed cases in which the lead's fee and its benefits in money are less than its cost, in per cent of those in which the lead entered hours or expenses."),
        "incentive": _("What the hubs of a case lack so that none is worse off than by staying away: cost less fee less benefits in money, where above 0. Hubs that entered no hours count with the days agreed. Median per case and sum, rounded."),
        "held": _("Fewer than %(n)s cases or hubs stand behind the figure, or it could be worked out from others.") % {"n": LEAST},
    }  # fmt: skip
