"""A team that said yes, and how its people draft and sign, for the tests of agreements."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from cast import Cast
from factories import NOW, make_concept, make_request

from hansa.collaboration.agreements import operations, queries
from hansa.collaboration.models import Agreement, Invitation, Request, Want
from hansa.foundation.actors import Actor
from hansa.hubs.models import Hub, User
from hansa.hubs.people.queries import actor_of

_minutes = itertools.count(120)


def tick() -> datetime:
    """Return a new instant, later than every one before."""
    return NOW + timedelta(minutes=next(_minutes))


def actor(user: User) -> Actor:
    """Return the person as the operations see them."""
    return actor_of(user=User.objects.get(pk=user.pk))


def make_case(cast: Cast, *partners: Hub) -> Request:
    """Return a request of Ebro whose partners said yes."""
    request = make_request(
        cast.ebro,
        cast.elsewhere,
        state="inviting",
        title="Predict failures at the waterworks of Elsewhere",
        budget_eur=Decimal(17_000),
    )
    labels = ["feasibility study", "edge deployment", "hygienic design"]
    concepts = [make_concept("activity", f"TBI-{request.pk}.{n}", label) for n, label in enumerate(labels)]
    wants = [
        Want.objects.create(request=request, concept=concept, state="accepted", position=position)
        for position, concept in enumerate(concepts)
    ]
    for position, hub in enumerate(partners or (cast.isar, cast.aarhus)):
        invitation = Invitation.objects.create(
            request=request,
            hub=hub,
            state="accepted",
            sent_at=NOW + timedelta(minutes=position),
            effort_days=18 - position,
            fee_eur=Decimal("7900.50") - min(position, 5) * 1000,
        )
        invitation.wants.add(wants[1 + position % 2])
    return request


def terms_for(case: Request, **values: Any) -> queries.Terms:
    """Return the proposed terms with some values changed."""
    proposed = queries.proposed_terms(case, on=NOW.date())
    return replace(proposed, values={**proposed.values, **values})


def draft(cast: Cast, case: Request, **values: Any) -> Agreement:
    return operations.draft(case, by=actor(cast.lucia), terms=terms_for(case, **values), at=tick())


def signing_call(agreement: Agreement, user: User, mailbox: list[Any]) -> dict[str, Any]:
    """Return all that ``sign`` needs, with the code that was just mailed."""
    agreement.refresh_from_db()
    version = agreement.versions.get(number=agreement.version_number)
    at = tick()
    operations.send_code(agreement, by=actor(user), at=at)
    code = re.search(r"\b(\d{6})\b", mailbox[-1].body)
    assert code
    return {
        "by": actor(user),
        "version": version.number,
        "shown_sha256": version.sha256,
        "name": user.name,
        "function": "Director",
        "method": "mail-code",
        "answer": code[1],
        "at": at,
    }
