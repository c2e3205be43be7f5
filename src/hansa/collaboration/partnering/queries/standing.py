"""What would be read if the client agreed, what its own lead reads, and what the register may name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hansa.collaboration.partnering.models import ClientAuthorisation, Request
from hansa.collaboration.partnering.policies import (
    REGISTER_NAME,
    Recipient,
    Secrets,
    fields_at,
    may_disclose,
    purpose_of,
)
from hansa.collaboration.partnering.queries.consent import SharedNeed, authorisation_of, shared_rows, wants_on
from hansa.collaboration.partnering.states import Anonymity
from hansa.foundation.policies import Verdict
from hansa.hubs.directory import queries as hubs


def if_agreed(request: Request, level: Anonymity) -> ClientAuthorisation:
    """Return what the client would have agreed to at this level, for a preview; it is stored nowhere."""
    return ClientAuthorisation(
        request=request, level=level, field_scope=fields_at(level), purposes=[purpose_of(request)]
    )


def whole_need(request: Request) -> SharedNeed:
    """Return a request of ``full_request`` as its own lead reads it: everything that is asked for."""
    return SharedNeed(
        title=request.title,
        wants=shared_rows(wants_on(request)),
        languages=tuple(request.working_languages),
    )


def register_name(request: Request, hub_id: int | None, *, at: datetime) -> str:
    """Return the client's name as the register of agreements reached may show it to this hub; empty if it may not.

    What stands there is the same for every hub, its own included.
    """
    held = authorisation_of(request)
    if held is None or not held.in_register or request.client is None:
        return ""
    to = Recipient(hub_id=hub_id)
    return request.client.name if may_disclose(request, held, to=to, field=REGISTER_NAME, at=at) else ""


def secrets_of(request: Request) -> Secrets:
    """What gives this client away. ``request.client`` and ``request.contact`` should be loaded."""
    contact, client = request.contact, request.client
    if client is None:
        return Secrets()
    return Secrets(
        client_name=client.name,
        contact_name=contact.name if contact else "",
        contact_email=contact.email if contact else "",
        website=client.website,
        city=client.city,
    )


def fields_shown(shared: SharedNeed) -> list[str]:
    """Name what a hub reads, for the record of disclosures."""
    return [
        name for name in SharedNeed.__dataclass_fields__ if name not in {"title", "refusal"} and getattr(shared, name)
    ]


def would_read(
    request: Request, authorisation: ClientAuthorisation | None, hub_ids: Iterable[int], *, at: datetime
) -> dict[int, Verdict]:
    """Whether each hub may read what is asked for, if it were invited now; at most one query."""
    ids = list(hub_ids)
    countries = {hub.id: hub.country for hub in hubs.hub_names(ids)}
    return {
        hub_id: may_disclose(
            request,
            authorisation,
            to=Recipient(hub_id=hub_id, country=countries.get(hub_id, ""), is_asked=True),
            field="wants",
            at=at,
        )
        for hub_id in ids
    }
