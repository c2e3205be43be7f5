"""Investment that the work triggered: record, take back. Source: BP-KPI-02."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.delivery import policies
from hansa.collaboration.delivery.models import Collaboration, Investment
from hansa.collaboration.delivery.operations.log import locked, log
from hansa.collaboration.delivery.states import InvestmentKind
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal

MOST_EUR = Decimal(1_000_000_000)


class CannotRecordInvestment(Refusal):
    """An investment cannot be recorded or taken back."""


@transaction.atomic
def record_investment(
    collaboration: Collaboration,
    *,
    amount_eur: Decimal,
    kind: str,
    on: date,
    evidence: str,
    by: Actor,
    at: datetime,
) -> Investment:
    """Record money that the client spent or got because of the work, with what shows it. The client may do it too."""
    collaboration = locked(collaboration)
    policies.can_report_change(by, collaboration).or_raise(CannotRecordInvestment)
    if not amount_eur.is_finite() or not 0 < amount_eur <= MOST_EUR:
        raise CannotRecordInvestment(_("Enter an amount of more than 0 EUR."))
    if kind not in InvestmentKind.values:
        raise CannotRecordInvestment(_("Choose where the money comes from."))
    if on > at.date():
        raise CannotRecordInvestment(_("The day lies in the future. Record it once it was decided."))
    if on < collaboration.request.created_at.date():
        raise CannotRecordInvestment(_("The day lies before the case began, so the work did not trigger it."))
    if not evidence.strip():
        raise CannotRecordInvestment(_("Say what shows it, such as an order, a contract or a letter."))
    investment = Investment.objects.create(
        collaboration=collaboration,
        amount_eur=amount_eur,
        kind=kind,
        on=on,
        evidence=evidence.strip(),
        hub_id=by.hub_id,
        by_id=by.user_id,
        at=at,
    )
    facts = {"amount_eur": amount_eur, "kind": kind, "on": on}
    log("investment.recorded", by=by, subject=investment, collaboration=collaboration, at=at, to_client=True, **facts)
    return investment


@transaction.atomic
def remove_investment(investment: Investment, *, by: Actor, at: datetime) -> None:
    """Take an investment back that was recorded by mistake; the log keeps both."""
    collaboration = locked(investment.collaboration)
    policies.can_report_change(by, collaboration).or_raise(CannotRecordInvestment)
    if by.hub_id != investment.hub_id:
        raise CannotRecordInvestment(_("Only who recorded it can take it back."))
    log("investment.removed", by=by, subject=investment, collaboration=collaboration, at=at, to_client=True)
    investment.delete()
