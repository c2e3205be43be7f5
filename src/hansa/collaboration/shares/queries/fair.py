"""The agreed split of the fees beside the fair ones, from what the reader may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from hansa.collaboration.shares import policies
from hansa.collaboration.shares.queries.cases import ShareCase, Signed, signed
from hansa.collaboration.shares.queries.sheets import Sheet, releases_of, sheets_of
from hansa.collaboration.shares.states import COUNTED, HOURS_A_DAY
from hansa.engine.explain import say
from hansa.engine.problem import Reason
from hansa.engine.shares import METHODS, Member, ShareProblem, Split, fair_shares, weigh_split
from hansa.engine.verify import check_split

Basis = Literal["actual", "estimate", "agreement"]
BASES = {
    "actual": _("hours and expenses"),
    "estimate": _("estimate"),
    "agreement": _("agreed days at the day rate"),
}
METHOD_NAMES = {
    "effort": _("By effort"),
    "cost": _("By cost"),
    "needs": _("By need"),
    "contribution": _("Shapley value"),
}
# The same numbers give the same draw to every reader.
_SEED = 1


class WrongSplit(Exception):
    """The independent check found a fault in an answer of the engine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HubLine:
    """One hub of the team: what it does, costs and gets. ``benefit_eur`` is 0 where none is stated or shown."""

    id: int
    name: str
    is_mine: bool
    effort_days: int
    hours: Decimal
    cost_eur: Decimal
    basis: Basis
    rate_is_stated: bool
    benefit_eur: Decimal
    fee_eur: Decimal
    net_eur: Decimal
    incentive_eur: Decimal

    @property
    def net(self) -> Signed:
        return signed(self.net_eur)

    @property
    def basis_words(self) -> str:
        return str(BASES[self.basis])


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitLine:
    """One split: its fees by hub in the order of the team, and what it means in sentences."""

    method: str
    name: str
    fees: tuple[tuple[int, Decimal], ...]
    incentive_eur: Decimal
    least_incentive_eur: Decimal
    how: tuple[str, ...]
    means: tuple[str, ...]
    is_payable: bool
    is_agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FairPage:
    """Everything on the page of the fair share. ``supports`` says in words what the blueprint asks for."""

    fees_eur: Decimal
    hubs: tuple[HubLine, ...]
    agreed: SplitLine
    methods: tuple[SplitLine, ...]
    supports: tuple[str, ...]
    coordination_eur: Decimal | None


def fair_page(case: ShareCase) -> FairPage | None:
    """Return the page, or None before an agreement is drafted; four queries.

    Each hub's cost is what the reader may see of it, so two readers may see different splits.
    """
    if case.terms is None:
        return None
    sheets = sheets_of(case.request, case.collaboration, case.rates)
    visible = _visible(case, sheets, releases_of(case.request))
    known = {share.hub_id: _known(case, share, visible.get(share.hub_id)) for share in case.terms.parties}
    problem = ShareProblem(
        fees_eur=sum((share.fee_eur for share in case.terms.parties), Decimal(0)),
        members=tuple(
            Member(
                id=str(share.hub_id),
                cost_eur=known[share.hub_id][0],
                effort=Decimal(share.effort_days),
                benefit_eur=known[share.hub_id][2],
            )
            for share in case.terms.parties
        ),
        lead=str(case.request.lead_id),
    )
    agreed = weigh_split(problem, fees={str(share.hub_id): share.fee_eur for share in case.terms.parties})
    splits = [fair_shares(problem, method=method, seed=_SEED) for method in METHODS]
    for split in (agreed, *splits):
        if faults := check_split(problem, split):
            raise WrongSplit("; ".join(faults))
    return FairPage(
        fees_eur=problem.fees_eur,
        hubs=_hub_lines(case, known, agreed, sheets),
        agreed=_line(case, agreed, agreed),
        methods=tuple(_line(case, split, agreed) for split in splits),
        supports=tuple(pgettext("content", one.what) for one in case.scenario.enhancements if one.kind == "incentive"),
        coordination_eur=_coordination(case, visible.get(case.request.lead_id)),
    )


def _visible(case: ShareCase, sheets: Mapping[int, Sheet], releases: frozenset[int]) -> dict[int, Sheet]:
    lead = case.request.lead_id
    return {
        hub_id: sheet
        for hub_id, sheet in sheets.items()
        if policies.sees_money(viewer=case.hub_id, of=hub_id, lead=lead, releases=releases)
    }


def _known(case: ShareCase, share: Any, sheet: Sheet | None) -> tuple[Decimal, Basis, Decimal]:
    """Return the cost of a hub with what it rests on, and its benefits in money, as far as the reader sees them."""
    benefit = (sheet.benefit_eur if sheet else None) or Decimal(0)
    if sheet is not None and sheet.actual_eur is not None and case.request.state in COUNTED:
        return sheet.actual_eur, "actual", benefit
    if sheet is not None and sheet.estimated_eur is not None:
        return sheet.estimated_eur, "estimate", benefit
    hours = Decimal(share.effort_days) * HOURS_A_DAY
    return case.rates[share.hub_id].cost(hours), "agreement", benefit


def _hub_lines(
    case: ShareCase, known: Mapping[int, Any], agreed: Split, sheets: Mapping[int, Sheet]
) -> tuple[HubLine, ...]:
    assert case.terms is not None
    return tuple(
        HubLine(
            id=share.hub_id,
            name=case.name_of(share.hub_id),
            is_mine=share.hub_id == case.hub_id,
            effort_days=share.effort_days,
            hours=sum(sheets[share.hub_id].hours.values(), Decimal(0)),
            cost_eur=known[share.hub_id][0],
            basis=known[share.hub_id][1],
            rate_is_stated=case.rates[share.hub_id].is_stated,
            benefit_eur=known[share.hub_id][2],
            fee_eur=share.fee_eur,
            net_eur=weighed.net_eur,
            incentive_eur=weighed.incentive_eur,
        )
        for share, weighed in zip(case.terms.parties, agreed.shares, strict=True)
    )


def _line(case: ShareCase, split: Split, agreed: Split) -> SplitLine:
    fees = tuple((int(share.id), share.fee_eur) for share in split.shares)
    return SplitLine(
        method=split.method,
        name=str(METHOD_NAMES.get(split.method, _("As agreed"))),
        fees=fees,
        incentive_eur=split.incentive_eur,
        least_incentive_eur=split.least_incentive_eur,
        how=tuple(_say(case, reason) for reason in split.reasons),
        means=tuple(_say(case, reason) for share in split.shares for reason in share.reasons),
        is_payable=min(split.fees.values()) >= 0,
        is_agreed=split.fees == agreed.fees,
    )


def _coordination(case: ShareCase, sheet: Sheet | None) -> Decimal | None:
    """What the lead spends on the costs that the blueprint wants supported, as far as the reader sees it."""
    if sheet is None:
        return None
    items = {item for one in case.scenario.enhancements if one.kind == "incentive" for item in one.answers}
    uses_actual = case.request.state in COUNTED and sheet.actual_eur is not None
    costs = [sheet.actual_cost(item) if uses_actual else sheet.estimated_cost(item) for item in items]
    amounts = [amount for amount in costs if amount is not None]
    return sum(amounts, Decimal(0)) if amounts else None


def _say(case: ShareCase, reason: Reason) -> str:
    def show(name: str, value: Any) -> str | None:
        if name == "hub":
            return case.name_of(int(value))
        return (
            number_format(round(value, 2), 0 if value == int(value) else 2, force_grouping=True)
            if name == "eur"
            else None
        )

    return say(reason, translate=gettext, translate_plural=ngettext, show=show)
