"""The parts of a profile: offers, competences, facilities, use cases, contact people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.foundation import activity
from hansa.foundation.actors import Actor
from hansa.hubs.directory import policies
from hansa.hubs.directory.models import Competence, ContactPerson, Facility, Hub, ServiceOffer, UseCase
from hansa.hubs.directory.operations.profile import claim
from hansa.hubs.directory.operations.publishing import next_revision, publish
from hansa.hubs.directory.operations.refusals import CannotChangeProfile
from hansa.hubs.directory.states import Reach
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

OFFER_FIELDS = frozenset(
    {"title", "description", "trl_from", "trl_to", "languages", "price_note", "capacity_note", "evidence"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetenceDraft:
    """A competence as the hub states it. ``level``: 1 basic, 2 experienced, 3 expert."""

    skill_id: int
    level: int = 2
    reach: str = Reach.IN_HOUSE
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityDraft:
    """A facility; ``infrastructure`` is a notation of that vocabulary or empty."""

    name: str
    infrastructure: str = ""
    description: str = ""
    access_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCaseDraft:
    title: str
    summary: str = ""
    sector: str = ""
    year: int | None = None
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDraft:
    name: str
    function: str = ""
    email: str = ""
    languages: list[str] = field(default_factory=list)


Draft: TypeAlias = CompetenceDraft | FacilityDraft | UseCaseDraft | ContactDraft


@transaction.atomic
def add_offer(hub: Hub, *, activity_code: str, by: Actor, at: datetime, **fields: Any) -> ServiceOffer:
    """Add a service under an activity of the classification (``TBI-1.1``).

    :param fields: any of ``OFFER_FIELDS``
    :raises CannotChangeProfile: the actor may not, no such activity, or the TRL range is wrong
    """
    revision = begin(hub, by=by)
    entry = _activity(activity_code)
    offer = ServiceOffer(hub_id=hub.pk, activity_id=entry.id, **_clean_offer(fields))
    offer.save()
    finish("offer.added", hub, revision=revision, by=by, at=at, facts={"activity": entry.notation})
    return offer


@transaction.atomic
def add_joint_offer(
    hub: Hub, *, made_in: str, made_with: Sequence[int], activity_code: str, by: Actor, at: datetime, **fields: Any
) -> ServiceOffer:
    """Add the hub's own version of a service that these hubs made together, as their case tells.

    :param made_in: the case; a hub has one version of its service
    :raises CannotChangeProfile: as for ``add_offer``
    """
    offer = add_offer(hub, activity_code=activity_code, by=by, at=at, **fields)
    offer.made_in, offer.made_with, offer.made_at = made_in, [pk for pk in made_with if pk != hub.pk], at
    offer.save(update_fields=["made_in", "made_with", "made_at"])
    publish([hub.pk], revision=next_revision())
    return offer


@transaction.atomic
def change_offer(
    offer: ServiceOffer, *, by: Actor, at: datetime, activity_code: str | None = None, **fields: Any
) -> ServiceOffer:
    """Change a service.

    :raises CannotChangeProfile: as for ``add_offer``
    """
    revision = begin(offer.hub, by=by)
    offer = ServiceOffer.objects.select_for_update(no_key=True, of=("self",)).select_related("hub").get(pk=offer.pk)
    if activity_code is not None:
        offer.activity_id = _activity(activity_code).id
    for name, value in _clean_offer(fields, trl=(offer.trl_from, offer.trl_to)).items():
        setattr(offer, name, value)
    offer.save()
    finish("offer.changed", offer.hub, revision=revision, by=by, at=at, facts={"offer": offer.pk})
    return offer


@transaction.atomic
def remove_offer(offer: ServiceOffer, *, by: Actor, at: datetime) -> None:
    """Remove a service; one that is gone already stays gone.

    :raises CannotChangeProfile: the actor may not
    """
    hub, pk = offer.hub, offer.pk
    revision = begin(hub, by=by)
    ServiceOffer.objects.filter(pk=pk).delete()
    finish("offer.removed", hub, revision=revision, by=by, at=at, facts={"offer": pk})


@transaction.atomic
def set_competences(hub: Hub, *, competences: Sequence[CompetenceDraft], by: Actor, at: datetime) -> None:
    """Replace the competences of a hub; what stays the same is not written.

    :raises CannotChangeProfile: the actor may not, or a concept is not a competence
    """
    revision = begin(hub, by=by)
    wanted = {draft.skill_id: draft for draft in competences}
    known = taxonomy.entries(wanted)
    if any(pk not in known or known[pk].kind not in {Kind.SKILL, Kind.SKILL_GROUP} for pk in wanted):
        raise CannotChangeProfile(_("This competence does not exist. Choose one from the list."))
    if any(draft.level not in {1, 2, 3} for draft in competences):
        raise CannotChangeProfile(_("Choose basic, experienced or expert."))
    present = {row.skill_id: row for row in Competence.objects.select_for_update(no_key=True).filter(hub_id=hub.pk)}
    Competence.objects.filter(hub_id=hub.pk, skill_id__in=set(present) - set(wanted)).delete()
    fresh = [Competence(hub_id=hub.pk, **asdict(draft)) for pk, draft in wanted.items() if pk not in present]
    Competence.objects.bulk_create(fresh)
    changed = [present[pk] for pk, draft in wanted.items() if pk in present and _take(present[pk], asdict(draft))]
    Competence.objects.bulk_update(changed, ["level", "reach", "evidence"])
    facts = {"n": len(wanted), "added": len(fresh), "changed": len(changed), "removed": len(set(present) - set(wanted))}
    finish("competences.set", hub, revision=revision, by=by, at=at, facts=facts)


@transaction.atomic
def set_facilities(hub: Hub, *, facilities: Sequence[FacilityDraft], by: Actor, at: datetime) -> None:
    """Replace the facilities of a hub. :raises CannotChangeProfile: the actor may not, or unknown infrastructure"""
    revision = begin(hub, by=by)
    known = taxonomy.vocabulary(Kind.INFRASTRUCTURE)
    rows = []
    for draft in facilities:
        if draft.infrastructure and draft.infrastructure not in known:
            raise CannotChangeProfile(_("“%(value)s” is not in the list of values.") % {"value": draft.infrastructure})
        values = asdict(draft)
        code = values.pop("infrastructure")
        rows.append(Facility(hub_id=hub.pk, infrastructure_id=known[code].id if code else None, **values))
    _replace(Facility, hub, rows)
    finish("facilities.set", hub, revision=revision, by=by, at=at, facts={"n": len(rows)})


@transaction.atomic
def set_use_cases(hub: Hub, *, use_cases: Sequence[UseCaseDraft], by: Actor, at: datetime) -> None:
    """Replace the examples of past work. :raises CannotChangeProfile: the actor may not"""
    revision = begin(hub, by=by)
    _replace(UseCase, hub, [UseCase(hub_id=hub.pk, **asdict(draft)) for draft in use_cases])
    finish("use_cases.set", hub, revision=revision, by=by, at=at, facts={"n": len(use_cases)})


@transaction.atomic
def set_contacts(hub: Hub, *, contacts: Sequence[ContactDraft], by: Actor, at: datetime) -> None:
    """Replace the people to ask. :raises CannotChangeProfile: the actor may not"""
    revision = begin(hub, by=by)
    _replace(ContactPerson, hub, [ContactPerson(hub_id=hub.pk, **asdict(draft)) for draft in contacts])
    finish("contacts.set", hub, revision=revision, by=by, at=at, facts={"n": len(contacts)})


def begin(hub: Hub, *, by: Actor) -> int:
    policies.can_edit_profile(by, hub).or_raise(CannotChangeProfile)
    return next_revision()


def finish(verb: str, hub: Hub, *, revision: int, by: Actor, at: datetime, facts: dict[str, Any]) -> None:
    claim(hub.pk, by=by)
    publish([hub.pk], revision=revision)
    activity.record(verb, actor=by, subject=hub, at=at, hub_ids=[hub.pk], facts=facts)


def _activity(code: str) -> taxonomy.Entry:
    entry = taxonomy.entry_of(Kind.ACTIVITY, code)
    if entry is None:
        raise CannotChangeProfile(_("This activity does not exist. Choose one from the list."))
    return entry


def _clean_offer(fields: dict[str, Any], *, trl: tuple[int | None, int | None] = (None, None)) -> dict[str, Any]:
    unknown = sorted(set(fields) - OFFER_FIELDS)
    if unknown:
        raise TypeError(f"A service has no field {unknown[0]!r}.")
    first, last = fields.get("trl_from", trl[0]), fields.get("trl_to", trl[1])
    if any(level is not None and not 1 <= level <= 9 for level in (first, last)):
        raise CannotChangeProfile(_("Technology readiness levels go from 1 to 9."))
    if first is not None and last is not None and first > last:
        raise CannotChangeProfile(_("The first readiness level is higher than the last."))
    return {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}


def _take(row: Competence, values: dict[str, Any]) -> bool:
    changed = any(getattr(row, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(row, name, value)
    return changed


def _replace(model: Any, hub: Hub, rows: list[Any]) -> None:
    model.objects.filter(hub_id=hub.pk).delete()
    model.objects.bulk_create(rows)
