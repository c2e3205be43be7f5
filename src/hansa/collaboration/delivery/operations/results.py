"""Measured values against the KPIs agreed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.delivery import policies
from hansa.collaboration.delivery.models import Collaboration, Kpi, KpiResult
from hansa.collaboration.delivery.operations.log import locked, log
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal


class CannotLogResult(Refusal):
    """A result cannot be logged."""


@transaction.atomic
def log_result(kpi: Kpi, *, value: Decimal, measured_on: date, note: str, by: Actor, at: datetime) -> KpiResult:
    """Add a measured value. Earlier values stay; the newest counts."""
    collaboration = locked(kpi.collaboration)
    policies.can_work(by, collaboration).or_raise(CannotLogResult)
    if kpi.is_computed:
        raise CannotLogResult(_("This number is counted from what happened. It cannot be typed."))
    if measured_on > at.date():
        raise CannotLogResult(_("The day of measuring lies in the future. Enter a day up to today."))
    result = KpiResult.objects.create(
        kpi=kpi, value=value, measured_on=measured_on, note=note, hub_id=by.hub_id, reported_by_id=by.user_id, at=at
    )
    log("result.logged", by=by, subject=result, collaboration=collaboration, at=at, kpi=kpi.name, value=value)
    return result


def count_kpi(collaboration: Collaboration, key: str, value: Decimal, *, at: datetime) -> None:
    """Store a value the platform counted itself, for a KPI of this key if it was agreed."""
    kpi = collaboration.kpis.filter(key=key, is_computed=True).first()
    if kpi is not None:
        KpiResult.objects.create(
            kpi=kpi, value=round(value, 2), measured_on=at.date(), hub_id=collaboration.request.lead_id, at=at
        )
