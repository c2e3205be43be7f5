"""What every operation of this corner starts from and ends with: locked rows, the log, the turn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model

from hansa.collaboration.agreements import policies
from hansa.collaboration.agreements.models import Agreement, Party
from hansa.collaboration.agreements.queries import reading
from hansa.collaboration.partnering import operations as partnering
from hansa.foundation import activity
from hansa.foundation.actors import Actor


def locked(agreement: Agreement) -> Agreement:
    """Return the agreement as it is now, held with its request until the transaction ends.

    Signing, changing and declining all start here, so that they happen one after the other: nobody signs a text that
    is changing.
    """
    rows = Agreement.objects.select_for_update(of=("self", "request"))
    return rows.select_related("request__lead", "request__client").get(pk=agreement.pk)


def opened(agreement: Agreement, *, by: Actor) -> tuple[Agreement, list[Party], Party | None]:
    """Return the locked agreement with its parties, and the one the person acts for."""
    row = locked(agreement)
    parties = reading.parties_of(row)
    return row, parties, reading.party_for(by, parties)


def tell_open_suggestions(agreement: Agreement, *, n: int) -> None:
    """Keep how many suggestions wait for an answer. The row must be locked."""
    agreement.n_open_suggestions = n
    agreement.save(update_fields=["n_open_suggestions"])


def record(
    verb: str,
    *,
    agreement: Agreement,
    parties: Sequence[Party],
    by: Actor,
    at: datetime,
    facts: dict[str, Any] | None = None,
    subject: Model | None = None,
) -> None:
    """Write one activity row that every party reads, and nobody else."""
    activity.record(
        verb,
        actor=by,
        subject=subject or agreement,
        at=at,
        case_ref=agreement.request.ref,
        facts={"version": agreement.version_number, **(facts or {})},
        hub_ids=[party.hub_id for party in parties],
    )


def hand_over(agreement: Agreement, parties: Sequence[Party]) -> None:
    """Say whose turn it is after something changed within the same state of the request."""
    partnering.hand_over(agreement.request, hubs=policies.waited_for(agreement, parties))
