"""What a case would do to the headroom of its client, before anything is signed or recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hansa.collaboration.aid.models import AidSettings
from hansa.collaboration.aid.queries.bases import DE_MINIMIS
from hansa.collaboration.aid.queries.records import agreed_on
from hansa.collaboration.aid.queries.standing import Standing, standing
from hansa.foundation.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """``expected_eur`` is the most that the case can come to: its fees, of which the client pays nothing."""

    client_id: int
    standing: Standing
    expected_eur: Decimal

    @property
    def over_eur(self) -> Decimal:
        return self.standing.exceeded_by(self.expected_eur)


def headroom_ahead(*, ref: str, client_id: int, actor: Actor, on: date) -> Ahead | None:
    """Return how the client of a case stands, for the people of its hub; None where the hub gives no de minimis aid.

    One statement for a hub that gives none, else seven.
    """
    settings = AidSettings.objects.filter(hub_id=actor.hub_id).select_related("hub").first()
    if settings is None or settings.default_basis != DE_MINIMIS or actor.hub_id is None:
        return None
    found = standing(client_id, client_name="", hub_id=actor.hub_id, member_state=settings.hub.country, on=on, case=ref)
    fees, _signed_on = agreed_on(ref, actor=actor)
    expected = Decimal(0) if found.has_case else (fees * settings.national_share / 100).quantize(Decimal("0.01"))
    return Ahead(client_id=client_id, standing=found, expected_eur=expected)
