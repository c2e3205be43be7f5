"""A signed agreement becomes a collaboration with tasks and KPIs."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from hansa.collaboration.delivery import queries
from hansa.collaboration.delivery.models import Collaboration, Kpi, KpiResult, Task
from hansa.collaboration.delivery.operations.log import log
from hansa.collaboration.partnering import queries as partnering
from hansa.foundation.actors import SYSTEM

_DEFAULT_WEEKS = 10


@transaction.atomic
def open_collaboration(request_id: int, *, at: datetime) -> Collaboration:
    """Set up tasks and KPIs from the service templates of the functions wanted. A second call changes nothing."""
    agreed = queries.agreed_terms(request_id)
    collaboration, is_new = Collaboration.objects.get_or_create(
        request_id=request_id,
        defaults={
            "starts_on": at.date(),
            "ends_on": at.date() + timedelta(weeks=agreed.duration_weeks or _DEFAULT_WEEKS),
            "party_ids": [party.hub_id for party in agreed.parties],
        },
    )
    if not is_new:
        return collaboration
    functions = partnering.functions_wanted(request_id)
    template = queries.service_templates()
    _plan_tasks(collaboration, template, functions)
    _set_kpis(collaboration, template, functions, at=at)
    log("collaboration.started", by=SYSTEM, subject=collaboration, collaboration=collaboration, at=at, to_client=True)
    return collaboration
