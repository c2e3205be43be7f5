"""One part of a profile at a time: a competence, a facility, an example of past work, a person to ask."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.foundation.actors import Actor
from hansa.hubs.directory.models import Competence, ContactPerson, Facility, Hub, UseCase
from hansa.hubs.directory.operations.parts import (
    CompetenceDraft,
    ContactDraft,
    Draft,
    FacilityDraft,
    UseCaseDraft,
    begin,
    finish,
)
from hansa.hubs.directory.operations.refusals import CannotChangeProfile
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

# More of one kind than anybody reads; it also keeps a page from growing without end.
MOST_PARTS = 200

_MODELS: dict[type, tuple[type, str]] = {
    CompetenceDraft: (Competence, "competence"),
    FacilityDraft: (Facility, "facility"),
    UseCaseDraft: (UseCase, "use_case"),
    ContactDraft: (ContactPerson, "contact"),
}


@transaction.atomic
def save_part(hub: Hub, *, draft: Draft, by: Actor, at: datetime, part_id: int | None = None) -> Any:
    """Add a part to a hub's profile, or change the one of this id. A competence it has already is changed.

    :raises CannotChangeProfile: the actor may not, the part is gone, a value is unknown, or there are too many
    """
    revision = begin(hub, by=by)
    model, noun = _MODELS[type(draft)]
    values = _values(draft)
    # Others write after us: ``begin`` holds the directory until the end.
    rows = model._default_manager.filter(hub_id=hub.pk)  # type: ignore[attr-defined]
    if part_id is None and isinstance(draft, CompetenceDraft):
        part_id = rows.filter(skill_id=draft.skill_id).values_list("pk", flat=True).first()
    if part_id is None:
        if rows.count() >= MOST_PARTS:
            raise CannotChangeProfile(_("This list is full. Remove an entry first."))
        part = model(hub_id=hub.pk, **values)
    else:
        part = rows.filter(pk=part_id).first()
        if part is None:
            raise CannotChangeProfile(_("This entry was removed meanwhile."))
        for name, value in values.items():
            setattr(part, name, value)
    part.save()
    verb = f"{noun}.added" if part_id is None else f"{noun}.changed"
    finish(verb, hub, revision=revision, by=by, at=at, facts={"part": part.pk})
    return part


@transaction.atomic
def remove_part(hub: Hub, *, kind: type, part_id: int, by: Actor, at: datetime) -> None:
    """Remove a part; one that is gone already stays gone.

    :param kind: the draft's class, such as ``FacilityDraft``
    :raises CannotChangeProfile: the actor may not
    """
    revision = begin(hub, by=by)
    model, noun = _MODELS[kind]
    n_deleted, _by_model = model._default_manager.filter(hub_id=hub.pk, pk=part_id).delete()  # type: ignore[attr-defined]
    if n_deleted:
        finish(f"{noun}.removed", hub, revision=revision, by=by, at=at, facts={"part": part_id})


def _values(draft: Draft) -> dict[str, Any]:
    values = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(draft).items()}
    if isinstance(draft, CompetenceDraft):
        entry = taxonomy.entry(draft.skill_id)
        if entry is None or entry.kind not in {Kind.SKILL, Kind.SKILL_GROUP}:
            raise CannotChangeProfile(_("This competence does not exist. Choose one from the list."))
        if draft.level not in {1, 2, 3}:
            raise CannotChangeProfile(_("Choose basic, experienced or expert."))
    if isinstance(draft, FacilityDraft):
        code = values.pop("infrastructure")
        known = taxonomy.vocabulary(Kind.INFRASTRUCTURE)
        if code and code not in known:
            raise CannotChangeProfile(_("“%(value)s” is not in the list of values.") % {"value": code})
        values["infrastructure_id"] = known[code].id if code else None
    return values
