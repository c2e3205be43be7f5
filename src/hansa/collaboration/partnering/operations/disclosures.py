"""The record of what was shown to whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hansa.collaboration.partnering.models import ClientAuthorisation, Disclosure, Request
from hansa.collaboration.partnering.queries.consent import disclosed_each
from hansa.collaboration.partnering.queries.standing import fields_shown


def record_disclosures(request: Request, hub_ids: Iterable[int], *, at: datetime) -> None:
    """Write what each hub reads from now on, as the gate says."""
    authorisation = ClientAuthorisation.objects.filter(request=request, withdrawn_at=None).first()
    if authorisation is None:
        return
    rows = []
    for hub_id in hub_ids:
        shared = disclosed_each([request], hub_id, at=at)[request.pk]
        if shared.is_open:
            shown = fields_shown(shared)
            rows.append(Disclosure(request=request, hub_id=hub_id, authorisation=authorisation, fields=shown, at=at))
    Disclosure.objects.bulk_create(rows)
