"""The own profile as its editors see it: how far each part is, and single parts to change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hansa.hubs.directory.models import (
    Competence,
    ContactPerson,
    Facility,
    Hub,
    ServiceOffer,
    Suggestion,
    UseCase,
)
from hansa.hubs.directory.queries.profile import Profile
from hansa.hubs.directory.states import SuggestionState
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

NOT_STARTED, IN_PROGRESS, DONE = "not-started", "in-progress", "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the profile: how far it is, and what is there or missing, in words."""

    key: str
    state: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """Something read in the hub's text. ``percent`` is how sure Hansa is of it."""

    id: int
    concept: taxonomy.Entry
    sentence: str
    percent: int
    state: str


def own_hub(hub_id: int) -> Hub | None:
    """Return the hub a person acts for, listed or not; one query."""
    return Hub.objects.filter(pk=hub_id).defer("search").first()


def joint_offers(made_in: str) -> list[ServiceOffer]:
    """Return the versions of a service that hubs made together in this case, in the order they were launched; one query."""
    return list(ServiceOffer.objects.filter(made_in=made_in).exclude(made_in="").select_related("hub").order_by("pk"))


def offer_of(hub_id: int, offer_id: int) -> ServiceOffer | None:
    """Return a service of this hub; one query."""
    return ServiceOffer.objects.filter(hub_id=hub_id, pk=offer_id).select_related("hub").first()


_PARTS: dict[str, type[Model]] = {
    "services": ServiceOffer,
    "competences": Competence,
    "facilities": Facility,
    "use-cases": UseCase,
    "contacts": ContactPerson,
}


def is_of_another_hub(section: str, part_id: int, *, hub_id: int) -> bool:
    """Whether an entry is there, but in the profile of another hub; one query."""
    rows = _PARTS[section]._default_manager.filter(pk=part_id)
    return rows.exclude(hub_id=hub_id).exists()


def suggestion_of(hub_id: int, suggestion_id: int) -> Suggestion | None:
    """Return a suggestion of this hub; one query."""
    return Suggestion.objects.filter(hub_id=hub_id, pk=suggestion_id).select_related("hub").first()


def suggestions_of(hub_id: int) -> list[Suggested]:
    """Return what was read in the hub's text and not confirmed yet, the surest first, then what was dismissed."""
    rows = Suggestion.objects.filter(hub_id=hub_id).exclude(state=SuggestionState.CONFIRMED)
    found = list(rows.order_by("-state", "-confidence", "pk").values_list("pk", "concept_id", "sentence", "confidence", "state"))  # fmt: skip
    known = taxonomy.entries(concept_id for _pk, concept_id, *_rest in found)
    return [
        Suggested(
            id=pk, concept=known[concept_id], sentence=sentence, percent=round(100 * confidence), state=state
        )
        for pk, concept_id, sentence, confidence, state in found
        if concept_id in known
    ]  # fmt: skip


def competences_like(words: str, *, language: str) -> list[taxonomy.Entry]:
    """Return competences with these words, then those that mean the same in other words or languages: two queries."""
    return taxonomy.search_concepts(words, kinds=[Kind.SKILL], language=language, meaning=True) if words else []


def sections(profile: Profile) -> list[Section]:
    """Return the parts of a profile in the order of their weight for matching; no query."""
    return [
        _basics(profile.hub),
        _with_evidence("services", profile.offers, _services),
        _with_evidence("competences", profile.competences, _competences),
        _listed("facilities", profile.facilities, _facilities),
        _listed("use-cases", profile.use_cases, _use_cases),
        _contacts(profile.contacts),
    ]


def _basics(hub: Hub) -> Section:
    wanted = {
        _("summary"): hub.summary,
        _("description"): hub.description,
        _("country"): hub.country,
        _("city"): hub.city,
        _("website"): hub.website,
        _("languages"): hub.languages,
        _("technologies"): hub.technologies,
        _("sectors"): hub.sectors,
        _("price of a day"): hub.day_rate_eur is not None,
        _("free days"): hub.free_days_per_month is not None,
    }
    missing = [name for name, value in wanted.items() if not value]
    if not missing:
        return Section(key="basics", state=DONE, note=_("Everything is filled in."))
    state = NOT_STARTED if len(missing) == len(wanted) else IN_PROGRESS
    return Section(key="basics", state=state, note=_("Missing: %(names)s") % {"names": ", ".join(missing)})


def _with_evidence(key: str, parts: Sequence[Any], words: Any) -> Section:
    """Judge a part whose entries count more with evidence."""
    if not parts:
        return Section(key=key, state=NOT_STARTED, note=_("Hubs are found by what stands here."))
    bare = sum(not part["evidence"] for part in parts)
    note = words(len(parts))
    if bare:
        note = f"{note}, " + ngettext("%(n)s without evidence", "%(n)s without evidence", bare) % {"n": bare}
    return Section(key=key, state=IN_PROGRESS if bare else DONE, note=note)


def _listed(key: str, parts: Sequence[Any], words: Any) -> Section:
    if not parts:
        return Section(key=key, state=NOT_STARTED, note=_("Optional"))
    return Section(key=key, state=DONE, note=words(len(parts)))


def _contacts(parts: Sequence[Any]) -> Section:
    if not parts:
        return Section(key="contacts", state=NOT_STARTED, note=_("Nobody to ask stands on your profile."))
    note = ngettext("%(n)s person", "%(n)s people", len(parts)) % {"n": len(parts)}
    if any(part["email"] for part in parts):
        return Section(key="contacts", state=DONE, note=note)
    return Section(key="contacts", state=IN_PROGRESS, note=f"{note}, {_('without mail address')}")


def _services(n: int) -> str:
    return ngettext("%(n)s service", "%(n)s services", n) % {"n": n}


def _competences(n: int) -> str:
    return ngettext("%(n)s competence", "%(n)s competences", n) % {"n": n}


def _facilities(n: int) -> str:
    return ngettext("%(n)s facility", "%(n)s facilities", n) % {"n": n}


def _use_cases(n: int) -> str:
    return ngettext("%(n)s example", "%(n)s examples", n) % {"n": n}
