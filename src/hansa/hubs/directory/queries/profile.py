"""A hub's profile with all its parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from hansa.hubs.directory.models import Competence, ContactPerson, Facility, Hub, ServiceOffer, Suggestion, UseCase
from hansa.hubs.directory.states import SuggestionState
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

Part = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionOffers:
    """The services of a hub under one function. Each is a mapping of the offer's fields, with its ``activity``.

    ``function`` is nothing and ``number`` 0 for activities of a function that is not in the vocabulary.
    """

    function: taxonomy.Entry | None
    number: int
    offers: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A hub and its parts as mappings; ``activity``, ``skill``, ``concept``, ``infrastructure`` are entries.

    ``derived`` was read in the hub's own text, most certain first, and is not confirmed by the hub.
    """

    hub: Hub
    region: taxonomy.Entry | None
    functions: tuple[FunctionOffers, ...]
    competences: tuple[Part, ...]
    derived: tuple[Part, ...]
    facilities: tuple[Part, ...]
    use_cases: tuple[Part, ...]
    contacts: tuple[Part, ...]

    @property
    def offers(self) -> list[Part]:
        return [offer for group in self.functions for offer in group.offers]


def profile(hub_id: int) -> Profile | None:
    """Return a hub, listed or not, with everything its page shows: at most three statements."""
    return next(iter(profiles([hub_id])), None)


def profiles(hub_ids: Sequence[int]) -> list[Profile]:
    """Return these hubs in their order with all their parts: at most three statements."""
    hubs = {hub.pk: hub for hub in _with_parts(Hub.objects.filter(pk__in=hub_ids))}
    known = taxonomy.entries({pk for hub in hubs.values() for pk in _concepts_of(hub)})
    regions = taxonomy.entries_of(Kind.REGION, {hub.region for hub in hubs.values() if hub.region})
    return [_profile(hubs[pk], known, regions) for pk in dict.fromkeys(hub_ids) if pk in hubs]


def _parts(rows: QuerySet, *fields: str, **more: str) -> ArraySubquery:
    named = {field: F(field) for field in fields} | {name: F(path) for name, path in more.items()}
    return ArraySubquery(rows.filter(hub_id=OuterRef("pk")).values(part=JSONObject(**named)))


def _with_parts(hubs: QuerySet[Hub]) -> QuerySet[Hub]:
    return hubs.defer("search").annotate(
        the_offers=_parts(
            ServiceOffer.objects.order_by("pk"),
            "id", "title", "description", "trl_from", "trl_to", "languages", "price_note", "capacity_note", "evidence",
            "made_with", activity="activity_id",
        ),
        the_competences=_parts(
            Competence.objects.order_by("-level", "pk"), "id", "level", "reach", "evidence", skill="skill_id"
        ),
        the_suggestions=_parts(
            Suggestion.objects.filter(state=SuggestionState.OPEN).order_by("-confidence", "pk"),
            "id", "sentence", "words", "confidence", concept="concept_id",
        ),
        the_facilities=_parts(
            Facility.objects.order_by("pk"), "id", "name", "description", "access_note",
            infrastructure="infrastructure_id",
        ),
        the_use_cases=_parts(
            UseCase.objects.order_by(F("year").desc(nulls_last=True), "pk"),
            "id", "title", "summary", "sector", "year", "link",
        ),
        the_contacts=_parts(ContactPerson.objects.order_by("pk"), "id", "name", "function", "email", "languages"),
    )  # fmt: skip


def _concepts_of(hub: Any) -> Collection[int]:
    ids = {offer["activity"] for offer in hub.the_offers} | {part["skill"] for part in hub.the_competences}
    ids |= {part["concept"] for part in hub.the_suggestions}
    return ids | {part["infrastructure"] for part in hub.the_facilities if part["infrastructure"]}


def _profile(hub: Any, known: Mapping[int, taxonomy.Entry], regions: Mapping[str, taxonomy.Entry]) -> Profile:
    return Profile(
        hub=hub,
        region=regions.get(hub.region),
        functions=tuple(_by_function(_named(hub.the_offers, "activity", known))),
        competences=tuple(_named(hub.the_competences, "skill", known)),
        derived=tuple(_named(hub.the_suggestions, "concept", known)),
        facilities=tuple({**part, "infrastructure": known.get(part["infrastructure"])} for part in hub.the_facilities),
        use_cases=tuple(hub.the_use_cases),
        contacts=tuple(hub.the_contacts),
    )


def _named(parts: list[dict[str, Any]], field: str, known: Mapping[int, taxonomy.Entry]) -> list[Part]:
    return [{**part, field: known[part[field]]} for part in parts if part[field] in known]


def _by_function(offers: list[Part]) -> list[FunctionOffers]:
    functions = taxonomy.vocabulary(Kind.FUNCTION)
    order = {code: place for place, code in enumerate(taxonomy.vocabulary(Kind.ACTIVITY))}
    grouped: dict[str, list[Part]] = defaultdict(list)
    for offer in sorted(offers, key=lambda offer: order.get(offer["activity"].notation, len(order))):
        grouped[offer["activity"].notation.split("-", 1)[0]].append(offer)
    found = [
        FunctionOffers(function=entry, number=number, offers=tuple(grouped.pop(code)))
        for number, (code, entry) in enumerate(functions.items(), start=1)
        if code in grouped
    ]
    return found + [FunctionOffers(function=None, number=0, offers=tuple(rest)) for rest in grouped.values()]
