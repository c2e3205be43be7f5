"""Adding hubs, changing what they say about themselves, removing them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from hansa.foundation import activity, tasks
from hansa.foundation.actors import Actor
from hansa.hubs.directory import policies
from hansa.hubs.directory.models import Hub
from hansa.hubs.directory.operations.publishing import next_revision, publish
from hansa.hubs.directory.operations.refusals import CannotAddHub, CannotChangeProfile, CannotRemoveHub
from hansa.hubs.directory.states import HubType, Trust
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

PROFILE_FIELDS = frozenset(
    {
        "name", "other_names", "summary", "description", "description_language", "hub_type", "legal_form", "country",
        "region", "city", "latitude", "longitude", "website", "languages", "sectors", "technologies", "day_rate_eur",
        "free_days_per_month", "is_listed",
    }
)  # fmt: skip
# Set when a hub is added, or by those who assess it; never by the hub itself.
_STANDING_FIELDS = frozenset({"trust", "assessed_on", "is_demo", "source", "source_ref"})

_VOCABULARIES = {
    "languages": Kind.LANGUAGE,
    "sectors": Kind.SECTOR,
    "technologies": Kind.TECHNOLOGY,
    "country": Kind.COUNTRY,
}


@transaction.atomic
def create_hub(*, name: str, by: Actor, at: datetime, **fields: Any) -> Hub:
    """Add a hub to the directory, with a readable address made from its name.

    :param fields: any of ``PROFILE_FIELDS``, and trust, assessed_on, is_demo, source, source_ref
    :raises CannotAddHub: the actor may not, or a value is not in its vocabulary
    """
    _refuse_unknown(fields, PROFILE_FIELDS | _STANDING_FIELDS)
    policies.can_add_hub(by).or_raise(CannotAddHub)
    revision = next_revision()
    values = _clean({"name": name, **fields}, refusal=CannotAddHub)
    hub = Hub.objects.create(slug=free_slug(name), revision=revision, **values)
    publish([hub.pk], revision=revision)
    activity.record("hub.added", actor=by, subject=hub, at=at, hub_ids=[hub.pk], facts={"name": hub.name})
    _ask_to_read(hub)
    return hub


@transaction.atomic
def update_profile(hub: Hub, *, by: Actor, at: datetime, **fields: Any) -> Hub:
    """Change what a hub says about itself; unchanged values write nothing. The first change of its own claims it.

    :raises CannotChangeProfile: the actor may not, or a value is not in its vocabulary
    """
    _refuse_unknown(fields, PROFILE_FIELDS)
    policies.can_edit_profile(by, hub).or_raise(CannotChangeProfile)
    revision = next_revision()
    hub = Hub.objects.select_for_update(no_key=True).get(pk=hub.pk)
    values = _clean(fields, refusal=CannotChangeProfile)
    changed = sorted(field for field, value in values.items() if getattr(hub, field) != value)
    if not changed:
        return hub
    for field in changed:
        setattr(hub, field, values[field])
    hub.save(update_fields=[*changed, "updated_at"])
    claim(hub.pk, by=by)
    publish([hub.pk], revision=revision)
    activity.record("hub.changed", actor=by, subject=hub, at=at, hub_ids=[hub.pk], facts={"fields": changed})
    if "description" in changed or "summary" in changed:
        _ask_to_read(hub)
    return hub


@transaction.atomic
def remove_hub(hub: Hub, *, by: Actor, at: datetime) -> None:
    """Remove a hub and its profile.

    :raises CannotRemoveHub: the actor may not, or the hub has clients, cases or agreements
    """
    policies.can_remove_hub(by, hub).or_raise(CannotRemoveHub)
    next_revision(removes=True)
    activity.record("hub.removed", actor=by, subject=hub, at=at, hub_ids=[hub.pk], facts={"name": hub.name})
    try:
        with transaction.atomic():
            Hub.objects.get(pk=hub.pk).delete()
    except ProtectedError as error:
        raise CannotRemoveHub(_("This hub has clients or cases. Take it off the list instead.")) from error


def claim(hub_id: int, *, by: Actor) -> None:
    """Make an imported profile the hub's own word, from the moment its own people touch it."""
    if by.hub_id == hub_id:
        Hub.objects.filter(pk=hub_id, trust=Trust.IMPORTED).update(trust=Trust.DECLARED)


# Pages of the directory that stand where a hub's would.
_PAGES = frozenset({"compare", "export"})


def slug_of(name: str) -> str:
    """Return the readable address a name asks for; it may be taken."""
    slug = "-".join(taxonomy.normalised(name).replace("+", " plus ").replace("#", " ").split())[:100] or "hub"
    return f"{slug}-hub" if slug in _PAGES else slug


def free_slug(name: str) -> str:
    """Return a readable address nobody has."""
    base = slug_of(name)
    taken = set(Hub.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _ask_to_read(hub: Hub) -> None:
    tasks.defer("directory.read_hub", unique=f"directory.read_hub:{hub.pk}", hub_id=hub.pk)


def _refuse_unknown(fields: dict[str, Any], allowed: frozenset[str]) -> None:
    unknown = sorted(set(fields) - allowed)
    if unknown:
        raise TypeError(f"A hub has no field {unknown[0]!r} that can be set here.")


def _clean(values: dict[str, Any], *, refusal: type[CannotAddHub] | type[CannotChangeProfile]) -> dict[str, Any]:
    """Return the values trimmed and checked against their vocabularies, as far as those are loaded."""
    cleaned = {field: value.strip() if isinstance(value, str) else value for field, value in values.items()}
    if "name" in cleaned and not cleaned["name"]:
        raise refusal(_("A hub needs a name."))
    if any(isinstance(value, str) and "\x00" in value for value in cleaned.values()):
        raise refusal(_("The text contains a character that cannot be stored."))
    for field in ("languages", "sectors", "technologies", "other_names"):
        if field in cleaned:
            cleaned[field] = list(dict.fromkeys(cleaned[field]))
    stranger = next(_strangers(cleaned), None)
    if stranger is not None:
        raise refusal(_("“%(value)s” is not in the list of values.") % {"value": stranger})
    if cleaned.get("day_rate_eur") is not None:
        rate = Decimal(str(cleaned["day_rate_eur"])).quantize(Decimal("0.01"))
        if rate < 0:
            raise refusal(_("A day rate cannot be negative."))
        cleaned["day_rate_eur"] = rate
    return cleaned


def _strangers(values: dict[str, Any]) -> Iterator[str]:
    """Yield values that their vocabulary does not know."""
    for field, kind in _VOCABULARIES.items():
        known, given = taxonomy.vocabulary(kind), values.get(field) or []
        if known:
            yield from (value for value in ([given] if isinstance(given, str) else given) if value not in known)
    if values.get("hub_type") and values["hub_type"] not in HubType.values:
        yield values["hub_type"]
