"""Everything a list of hubs shows outside of Hansa, in the reader's words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from django.db.models import Model

from hansa.hubs.directory.models import Competence, Hub, ServiceOffer, Suggestion
from hansa.hubs.directory.states import HubType, SuggestionState, Trust
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedHub:
    """One hub as it leaves Hansa. ``derived`` was read in the hub's own text and is not confirmed by it."""

    name: str
    other_names: tuple[str, ...]
    hub_type: str
    trust: str
    country: str
    country_code: str
    region: str
    city: str
    website: str
    languages: tuple[str, ...]
    sectors: tuple[str, ...]
    technologies: tuple[str, ...]
    services: tuple[str, ...]
    made_together: tuple[str, ...]
    competences: tuple[str, ...]
    derived: tuple[str, ...]
    joint_deliveries: int
    reply_days: float | None
    day_rate_eur: Decimal | None
    free_days_per_month: int | None
    summary: str
    slug: str
    is_demo: bool


EXPORTED_FIELDS = tuple(field.name for field in fields(ExportedHub))


def exported_hubs(hub_ids: Sequence[int]) -> list[ExportedHub]:
    """Return these hubs in their order, without those that are not listed; four statements, however many.

    Labels are in the reader's language. ``made_together`` are the titles of services developed with other hubs.
    """
    rows = {hub.pk: hub for hub in Hub.objects.filter(pk__in=hub_ids, is_listed=True).defer("search", "description")}
    offers = list(
        ServiceOffer.objects.filter(hub_id__in=list(rows)).values_list("hub_id", "activity_id", "made_in", "title")
    )
    services = _labels_of([(hub_id, activity_id) for hub_id, activity_id, _made_in, _title in offers])
    competences = _labels(Competence, "skill_id", rows)
    derived = _labels(Suggestion, "concept_id", rows, state=SuggestionState.OPEN)
    made: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for hub_id, _activity, made_in, title in offers:
        made[hub_id] += (title,) if made_in else ()
    return [
        _exported(rows[pk], services[pk], made[pk], competences[pk], derived[pk])
        for pk in dict.fromkeys(hub_ids)
        if pk in rows
    ]


def _labels(model: type[Model], field: str, hub_ids: Iterable[int], **only: object) -> dict[int, tuple[str, ...]]:
    """Return the labels of the concepts that rows of a table name, per hub, in alphabetical order."""
    return _labels_of(
        list(model._default_manager.filter(hub_id__in=list(hub_ids), **only).values_list("hub_id", field))
    )


def _labels_of(pairs: list[tuple[int, int]]) -> dict[int, tuple[str, ...]]:
    known = taxonomy.entries({concept_id for _hub_id, concept_id in pairs})
    labels = {pk: entry.label for pk, entry in known.items()}
    found: dict[int, set[str]] = defaultdict(set)
    for hub_id, concept_id in pairs:
        if concept_id in labels:
            found[hub_id].add(labels[concept_id])
    return defaultdict(tuple, {hub_id: tuple(sorted(names, key=str.casefold)) for hub_id, names in found.items()})


def _exported(
    hub: Hub, services: tuple[str, ...], made: tuple[str, ...], competences: tuple[str, ...], derived: tuple[str, ...]
) -> ExportedHub:
    return ExportedHub(
        name=hub.name,
        other_names=tuple(hub.other_names),
        hub_type=str(HubType(hub.hub_type).label),
        trust=str(Trust(hub.trust).label),
        country=_one(Kind.COUNTRY, hub.country),
        country_code=hub.country,
        region=hub.region,
        city=hub.city,
        website=hub.website,
        languages=_some(Kind.LANGUAGE, hub.languages),
        sectors=_some(Kind.SECTOR, hub.sectors),
        technologies=_some(Kind.TECHNOLOGY, hub.technologies),
        services=services,
        made_together=made,
        competences=competences,
        derived=derived,
        joint_deliveries=hub.joint_deliveries,
        reply_days=hub.reply_days,
        day_rate_eur=hub.day_rate_eur,
        free_days_per_month=hub.free_days_per_month,
        summary=hub.summary,
        slug=hub.slug,
        is_demo=hub.is_demo,
    )


def _one(kind: str, notation: str) -> str:
    entry = taxonomy.vocabulary(kind).get(notation)
    return entry.label if entry else notation


def _some(kind: str, notations: Iterable[str]) -> tuple[str, ...]:
    return tuple(_one(kind, notation) for notation in notations)
