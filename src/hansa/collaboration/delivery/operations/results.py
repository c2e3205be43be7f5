"""KPIs: worked out from the log, or measured with evidence and then worked out from the log."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.delivery import policies
from hansa.collaboration.delivery.models import Document, Kpi, KpiResult
from hansa.collaboration.delivery.operations.log import locked, log
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal

_MOST = Decimal("9999999999.99")


class CannotRecordMeasurement(Refusal):
    """A measurement cannot be recorded."""


@transaction.atomic
def record_measurement(
    kpi: Kpi,
    *,
    value: Decimal,
    measured_on: date,
    note: str,
    by: Actor,
    at: datetime,
    document_id: int | None = None,
) -> KpiResult:
    """Record what was measured outside of Hansa, with the file or the note that shows it. The newest counts."""
    collaboration = locked(kpi.collaboration)
    policies.can_work(by, collaboration).or_raise(CannotRecordMeasurement)
    if kpi.is_computed:
        raise CannotRecordMeasurement(_("This number is counted from what happened. It cannot be typed."))
    if not value.is_finite() or abs(value) > _MOST:
        raise CannotRecordMeasurement(_("Write a number such as 4.5 or 60 000."))
    if measured_on > at.date():
        raise CannotRecordMeasurement(_("The day of measuring lies in the future. Enter a day up to today."))
    document = _evidence(kpi, document_id)
    if document is None and not note.strip():
        raise CannotRecordMeasurement(_("Say how it was measured, or choose the file that shows it."))
    result = KpiResult.objects.create(
        kpi=kpi,
        value=value,
        measured_on=measured_on,
        note=note.strip(),
        document=document,
        hub_id=by.hub_id,
        reported_by_id=by.user_id,
        at=at,
    )
    facts = {"kpi": kpi.key, "value": value, "measured_on": measured_on, "sha256": document.sha256 if document else ""}
    log("measurement.recorded", by=by, subject=result, collaboration=collaboration, at=at, **facts)
    return result


def _evidence(kpi: Kpi, document_id: int | None) -> Document | None:
    if document_id is None:
        return None
    document = Document.objects.filter(pk=document_id, collaboration_id=kpi.collaboration_id).first()
    if document is None:
        raise CannotRecordMeasurement(_("This file was removed meanwhile. Choose another one."))
    return document
