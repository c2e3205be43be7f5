"""What of a match a hub may read: the only thing that pages, mails and exports of another hub ever see of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hansa.collaboration.matchmaking.models import Match, MatchAuthorisation
from hansa.collaboration.partnering.policies import MATCH_FIELDS, REGISTER_NAME, Recipient, may_disclose
from hansa.hubs.directory.states import ClientType
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedMatch:
    """A match as one hub may read it now. What it may not read is empty; ``refusal`` says why all of it is."""

    title: str
    refusal: str = ""
    organisation_type: str = ""
    sector: str = ""
    country: str = ""
    country_code: str = ""
    offers: tuple[tuple[int, str], ...] = ()
    languages: tuple[str, ...] = ()
    profile: str = ""
    name: str = ""
    person: str = ""
    person_email: str = ""

    @property
    def is_open(self) -> bool:
        return not self.refusal


def authorisation_of_match(match: Match) -> MatchAuthorisation | None:
    """The organisation's agreement that was not withdrawn, expired or not; one query, none where it was read with it."""
    held = match.__dict__.get("held_rows")
    if held is not None:
        return held[0] if held else None
    return MatchAuthorisation.objects.filter(match=match, withdrawn_at=None).first()


def shared_match(match: Match, hub_id: int | None, *, at: datetime) -> SharedMatch:
    """Return what the hub may read of the match now. ``match.organisation`` with its concepts should be loaded."""
    held = authorisation_of_match(match)
    to = Recipient(hub_id=hub_id)
    verdicts = {field: may_disclose(match, held, to=to, field=field, at=at) for field in MATCH_FIELDS}
    if not verdicts["organisation_type"]:
        return SharedMatch(title=_("A match that is no longer shown"), refusal=verdicts["organisation_type"].reason)
    shown = {field for field, verdict in verdicts.items() if verdict}
    about = _about(match, shown)
    return SharedMatch(title=about.get("name") or _title(about), **about)


def _about(match: Match, shown: set[str]) -> dict[str, Any]:
    row = match.organisation
    countries = taxonomy.vocabulary(Kind.COUNTRY)
    sectors = taxonomy.vocabulary(Kind.SECTOR)
    told: dict[str, Any] = {}
    if "organisation_type" in shown:
        told["organisation_type"] = str(ClientType(row.organisation_type).label)
    if "sector" in shown and row.sector in sectors:
        told["sector"] = sectors[row.sector].label
    if "country" in shown and row.country in countries:
        told |= {"country": countries[row.country].label, "country_code": row.country}
    if "offers" in shown:
        concepts = taxonomy.entries(concept.pk for concept in row.concepts.all())
        told["offers"] = tuple((pk, entry.label) for pk, entry in concepts.items())
    if "languages" in shown:
        told["languages"] = tuple(row.languages)
    if "profile" in shown:
        told["profile"] = match.profile
    if "name" in shown:
        told["name"] = row.name
    if "person" in shown:
        told |= {"person": row.contact_name, "person_email": row.contact_email}
    return told


def _title(about: dict[str, Any]) -> str:
    what = about["organisation_type"]
    return f"{what}, {about['country']}" if about.get("country") else what


_BESIDE = frozenset({"title", "refusal", "country_code", "person_email"})


MATCH_FIELD_NAMES = {
    "organisation_type": gettext_lazy("kind of organisation"),
    "sector": gettext_lazy("sector"),
    "country": gettext_lazy("country"),
    "offers": gettext_lazy("what it can do"),
    "languages": gettext_lazy("languages"),
    "profile": gettext_lazy("the description"),
    "name": gettext_lazy("name of the organisation"),
    "person": gettext_lazy("contact person"),
}


def fields_of_match_shown(shared: SharedMatch) -> list[str]:
    """Name what a hub reads, for the record of disclosures."""
    return [name for name in SharedMatch.__dataclass_fields__ if name not in _BESIDE and getattr(shared, name)]


def register_name_of_match(match: Match, hub_id: int | None, *, at: datetime) -> str:
    """Return the match's name as the register may show it to this hub; empty if it may not. The same for every hub."""
    held = authorisation_of_match(match)
    if held is None or not held.in_register:
        return ""
    is_shown = may_disclose(match, held, to=Recipient(hub_id=hub_id), field=REGISTER_NAME, at=at)
    return match.organisation.name if is_shown else ""
