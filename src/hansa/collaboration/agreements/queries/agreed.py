"""What a signed agreement says, for the corners above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hansa.collaboration.agreements.models import Agreement, Party
from hansa.collaboration.agreements.queries.shelf import instrument_of
from hansa.collaboration.agreements.queries.templates import KpiTemplate
from hansa.collaboration.agreements.queries.terms import PartyTerms, Terms, terms_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """The hubs of the agreement (lead first) with their parts of the work, the days it runs, the KPIs in its text."""

    hub_ids: tuple[int, ...]
    parts: Mapping[int, str]
    starts_on: date | None
    ends_on: date | None
    kpis: tuple[KpiTemplate, ...]


def agreed(request_id: int) -> Agreed:
    """Return what the parties of this request agreed on.

    :raises Agreement.DoesNotExist: nothing was drafted
    """
    terms = terms_of(Agreement.objects.get(request_id=request_id))
    return Agreed(
        hub_ids=tuple(share.hub_id for share in terms.parties),
        parts={share.hub_id: share.part for share in terms.parties},
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        kpis=terms.kpis,
    )


def values_agreed(request_id: int) -> Mapping[str, Any]:
    """Return what was chosen in the clauses of this request's agreement, by parameter; one query. Empty without one."""
    terms = Agreement.objects.filter(request_id=request_id).values_list("terms", flat=True).first()
    return terms["values"] if terms else {}


def version_number_of(request_id: int) -> int | None:
    """Return the number of the current version of this request's agreement, None without one; one query."""
    return Agreement.objects.filter(request_id=request_id).values_list("version_number", flat=True).first()


def shares_of(request_ids: list[int]) -> dict[int, dict[int, tuple[int, Decimal]]]:
    """Return the agreed days and fee of each hub by request; one query. For figures that name no case."""
    found: dict[int, dict[int, tuple[int, Decimal]]] = {}
    rows = Party.objects.filter(agreement__request__in=request_ids)
    for pk, hub_id, days, fee in rows.values_list("agreement__request_id", "hub_id", "effort_days", "fee_eur"):
        found.setdefault(pk, {})[hub_id] = (days, fee)
    return found


def exit_shares(request_id: int) -> dict[int, Decimal]:
    """Return which share of the costs that nobody pays each hub bears when the work stops early, in percent.

    Empty where each bears its own; at most three queries.
    """
    values = values_agreed(request_id)
    if values.get("exit_cost_split") == "shares":
        return {int(hub_id): Decimal(share) for hub_id, share in values["exit_cost_shares"].items()}
    if values.get("exit_cost_split") != "effort":
        return {}
    days = {share.hub_id: share.effort_days for share in terms_of(Agreement.objects.get(request_id=request_id)).parties}
    total = sum(days.values())
    return {hub_id: round(Decimal(100 * n) / total, 1) for hub_id, n in days.items()} if total else {}


def terms_of(agreement: Agreement, *, parties: list[Party] | None = None) -> Terms:
    """Return the terms of the current version; one query unless the parties are given."""
    rows = agreement.parties.all() if parties is None else parties
    shares = tuple(
        PartyTerms(hub_id=row.hub_id, part=row.tasks_note, effort_days=row.effort_days, fee_eur=row.fee_eur)
        for row in rows
    )
    return terms_from(agreement.terms, of=instrument_of(agreement), parties=shares)
