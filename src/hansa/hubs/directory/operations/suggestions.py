"""What was read in a hub's text becomes its own word, or goes away: the hub decides."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.foundation import activity
from hansa.foundation.actors import Actor
from hansa.hubs.directory import policies
from hansa.hubs.directory.models import Competence, Hub, ServiceOffer, Suggestion
from hansa.hubs.directory.operations.profile import claim
from hansa.hubs.directory.operations.publishing import next_revision, publish
from hansa.hubs.directory.operations.refusals import CannotDecide
from hansa.hubs.directory.states import SuggestionState
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind


@transaction.atomic
def confirm_suggestion(suggestion: Suggestion, *, by: Actor, at: datetime) -> Suggestion:
    """Make a suggestion the hub's own word: an offer, a competence, a technology or a sector.

    Confirming twice changes nothing more.

    :raises CannotDecide: the actor may not, or it was dismissed meanwhile
    """
    policies.can_edit_profile(by, suggestion.hub).or_raise(CannotDecide)
    revision = next_revision()
    suggestion = _locked(suggestion)
    if suggestion.state == SuggestionState.CONFIRMED:
        return suggestion
    if suggestion.state == SuggestionState.DISMISSED:
        raise CannotDecide(_("This suggestion was dismissed meanwhile. Bring it back first."))
    _confirm([suggestion], hub=suggestion.hub, by=by, at=at, revision=revision)
    return suggestion


@transaction.atomic
def confirm_all(hub: Hub, *, by: Actor, at: datetime, min_confidence: float = 0.0) -> int:
    """Confirm every open suggestion of a hub that is at least this sure. Return how many.

    :raises CannotDecide: the actor may not
    """
    policies.can_edit_profile(by, hub).or_raise(CannotDecide)
    revision = next_revision()
    hub = Hub.objects.select_for_update(no_key=True).get(pk=hub.pk)
    opened = list(
        Suggestion.objects.select_for_update(no_key=True)
        .filter(hub_id=hub.pk, state=SuggestionState.OPEN, confidence__gte=min_confidence)
        .order_by("pk")
    )
    if opened:
        _confirm(opened, hub=hub, by=by, at=at, revision=revision)
    return len(opened)


@transaction.atomic
def dismiss_suggestion(suggestion: Suggestion, *, by: Actor, at: datetime) -> Suggestion:
    """Say that a suggestion is wrong; it is not made again from the same text. Dismissing twice changes nothing more.

    :raises CannotDecide: the actor may not, or it was confirmed meanwhile
    """
    policies.can_edit_profile(by, suggestion.hub).or_raise(CannotDecide)
    revision = next_revision()
    suggestion = _locked(suggestion)
    if suggestion.state == SuggestionState.DISMISSED:
        return suggestion
    if suggestion.state == SuggestionState.CONFIRMED:
        raise CannotDecide(_("This suggestion was confirmed meanwhile. Remove it from the profile instead."))
    _decide([suggestion], SuggestionState.DISMISSED, at=at)
    _finish("suggestion.dismissed", [suggestion], hub=suggestion.hub, by=by, at=at, revision=revision)
    return suggestion


@transaction.atomic
def reopen_suggestion(suggestion: Suggestion, *, by: Actor, at: datetime) -> Suggestion:
    """Bring a dismissed suggestion back.

    :raises CannotDecide: the actor may not, or it was confirmed meanwhile
    """
    policies.can_edit_profile(by, suggestion.hub).or_raise(CannotDecide)
    revision = next_revision()
    suggestion = _locked(suggestion)
    if suggestion.state == SuggestionState.CONFIRMED:
        raise CannotDecide(_("This suggestion was confirmed meanwhile. Remove it from the profile instead."))
    if suggestion.state == SuggestionState.DISMISSED:
        _decide([suggestion], SuggestionState.OPEN, at=None)
        _finish("suggestion.reopened", [suggestion], hub=suggestion.hub, by=by, at=at, revision=revision)
    return suggestion


def _locked(suggestion: Suggestion) -> Suggestion:
    row = (
        Suggestion.objects.select_for_update(no_key=True, of=("self",))
        .select_related("hub")
        .filter(pk=suggestion.pk)
        .first()
    )
    if row is None:
        raise CannotDecide(_("This suggestion is gone: the text it came from was changed."))
    return row


def _confirm(suggestions: list[Suggestion], *, hub: Hub, by: Actor, at: datetime, revision: int) -> None:
    kinds = {pk: entry.kind for pk, entry in taxonomy.entries(row.concept_id for row in suggestions).items()}
    chosen: dict[str, list[int]] = {}
    for row in suggestions:
        chosen.setdefault(kinds[row.concept_id], []).append(row.concept_id)
    _add_offers(hub, chosen.get(Kind.ACTIVITY, []))
    Competence.objects.bulk_create(
        [Competence(hub_id=hub.pk, skill_id=pk) for pk in chosen.get(Kind.SKILL, [])], ignore_conflicts=True
    )
    _add_words(hub, "technologies", chosen.get(Kind.TECHNOLOGY, []))
    _add_words(hub, "sectors", chosen.get(Kind.SECTOR, []))
    _decide(suggestions, SuggestionState.CONFIRMED, at=at)
    _finish("suggestion.confirmed", suggestions, hub=hub, by=by, at=at, revision=revision)


def _add_offers(hub: Hub, activity_ids: list[int]) -> None:
    if not activity_ids:
        return
    present = set(
        ServiceOffer.objects.filter(hub_id=hub.pk, activity_id__in=activity_ids).values_list("activity_id", flat=True)
    )
    ServiceOffer.objects.bulk_create(
        [ServiceOffer(hub_id=hub.pk, activity_id=pk) for pk in activity_ids if pk not in present]
    )


def _add_words(hub: Hub, field: str, concept_ids: list[int]) -> None:
    if not concept_ids:
        return
    notations = [entry.notation for entry in taxonomy.entries(concept_ids).values()]
    words = list(dict.fromkeys([*getattr(hub, field), *notations]))
    setattr(hub, field, words)
    Hub.objects.filter(pk=hub.pk).update(**{field: words})


def _decide(suggestions: list[Suggestion], state: SuggestionState, *, at: datetime | None) -> None:
    for row in suggestions:
        row.state, row.decided_at = state, at
    Suggestion.objects.filter(pk__in=[row.pk for row in suggestions]).update(state=state, decided_at=at)


def _finish(verb: str, suggestions: list[Suggestion], *, hub: Hub, by: Actor, at: datetime, revision: int) -> None:
    claim(hub.pk, by=by)
    publish([hub.pk], revision=revision)
    facts = {"concepts": [row.concept_id for row in suggestions]}
    activity.record(verb, actor=by, subject=hub, at=at, hub_ids=[hub.pk], facts=facts)
