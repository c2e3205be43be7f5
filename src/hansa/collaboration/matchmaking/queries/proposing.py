"""Words that a form starts from: the anonymous profile of an organisation, the mail to it, what it agrees to show."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from hansa.collaboration.matchmaking.models import Match
from hansa.collaboration.partnering import queries as partnering
from hansa.collaboration.partnering.policies import Secrets, masked
from hansa.hubs.directory.states import ClientType
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind


def profile_proposed(organisation: Any) -> str:
    """Return the organisation's offer with its names in brackets, for its hub to read once more."""
    secrets = Secrets(
        client_name=organisation.name,
        contact_name=organisation.contact_name,
        contact_email=organisation.contact_email,
        website=organisation.website,
        city=organisation.city,
    )
    return masked(organisation.offer, secrets)


def words_to_organisation(match: Match, need: partnering.SharedNeed) -> str:
    """Return what the hub may write to the organisation: what is looked for, in words that every asked hub reads."""
    wants = ", ".join(want.label for want in need.wants)
    if not wants:
        return _(
            "A hub in our network looks for a partner for one of its clients. We thought of you. May we suggest you?"
        )
    return _(
        "A hub in our network looks for a partner for one of its clients, for: %(wants)s. We thought of you. May we suggest you?"
    ) % {"wants": wants}


def shown_if_agreed(match: Match) -> list[tuple[str, str]]:
    """Return what the organisation agrees to show without its name, as term and value; its own page reads it."""
    row = match.organisation
    countries, sectors = taxonomy.vocabulary(Kind.COUNTRY), taxonomy.vocabulary(Kind.SECTOR)
    concepts = taxonomy.entries(concept.pk for concept in row.concepts.all())
    return [
        (_("Kind"), str(ClientType(row.organisation_type).label)),
        (_("Sector"), sectors[row.sector].label if row.sector in sectors else ""),
        (_("Country"), countries[row.country].label if row.country in countries else ""),
        (_("What it can do"), ", ".join(entry.label for entry in concepts.values())),
    ]
