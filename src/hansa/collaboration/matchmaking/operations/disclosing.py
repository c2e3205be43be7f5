"""What an organisation agreed to, and the record of what of it was shown. Source: BP-MM-05, BP-AUTH-05."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hansa.collaboration.matchmaking import policies, queries
from hansa.collaboration.matchmaking.models import Match, MatchAuthorisation, MatchDisclosure
from hansa.collaboration.matchmaking.operations.log import log
from hansa.collaboration.partnering import operations as partnering
from hansa.collaboration.partnering.operations import Consent
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal

# The wording that organisations agree to; raise it when it changes.
AGREED_TEXT_VERSION = "2026-11"


class CannotAuthoriseMatch(Refusal):
    """What the organisation agreed to cannot be noted like this."""


def locked_match(match: Match) -> tuple[Any, Match]:
    """Lock the request of a match first, as every writer does, then read the match as it is now."""
    model = type(match.request)
    request = model.objects.select_for_update(of=("self",)).select_related("lead").get(pk=match.request_id)
    row = Match.objects.select_related("organisation", "invitation", "hub").get(pk=match.pk)
    row.request = row.invitation.request = request
    return request, row


def store_authorisation(match: Match, consent: Consent, *, at: datetime) -> MatchAuthorisation:
    """Write what the organisation agrees to from now on; it takes the place of what it agreed to before."""
    MatchAuthorisation.objects.filter(match=match, withdrawn_at=None).update(withdrawn_at=at)
    return MatchAuthorisation.objects.create(
        match=match,
        level=consent.level,
        granted_by=consent.granted_by[:200],
        granted_in_capacity=consent.capacity[:200],
        evidence=consent.evidence[:300],
        text_version=AGREED_TEXT_VERSION,
        language=get_language() or "en",
        granted_at=at,
        expires_at=consent.expires_at,
        in_register=consent.in_register,
    )


@transaction.atomic
def authorise_match(match: Match, consent: Consent, *, by: Actor, at: datetime) -> MatchAuthorisation:
    """Note what the organisation agrees to, with the evidence, and what the lead reads of it from now on.

    :raises CannotAuthoriseMatch: by another hub, or without saying who agreed and how that is known
    """
    request, row = locked_match(match)
    policies.can_authorise_match(by, row).or_raise(CannotAuthoriseMatch)
    if not consent.granted_by.strip() or not consent.evidence.strip():
        raise CannotAuthoriseMatch(_("Say who agreed and how you know, such as a mail of a certain date."))
    authorisation = store_authorisation(row, consent, at=at)
    log("match.authorised", request=request, subject=row, by=by, at=at, hub_ids=[row.hub_id], level=str(consent.level))
    record_match_disclosure(row, at=at)
    return authorisation


@transaction.atomic
def withdraw_match_authorisation(match: Match, *, by: Actor, at: datetime) -> None:
    """End what the organisation agreed to: nothing more of it is shown, and the lead is asked to delete what it read.

    :raises CannotAuthoriseMatch: by another hub, or when nothing is in force
    """
    request, row = locked_match(match)
    policies.owns(by, row).or_raise(CannotAuthoriseMatch)
    if not MatchAuthorisation.objects.filter(match=row, withdrawn_at=None).update(withdrawn_at=at):
        raise CannotAuthoriseMatch(_("No agreement is in force."))
    ask_lead_to_delete(row, at=at)
    log("match.unauthorised", request=request, subject=row, by=by, at=at, hub_ids=[row.hub_id])


def ask_lead_to_delete(match: Match, *, at: datetime) -> None:
    """Ask the lead to delete what it read of a match, if it read anything."""
    if MatchDisclosure.objects.filter(match=match).exists():
        partnering.ask_to_delete(match.request, [match.request.lead_id], at=at, about="match")


def record_match_disclosure(match: Match, *, at: datetime) -> None:
    """Write what the lead reads of a suggested match from now on, as the gate says; nothing twice."""
    if match.suggested_at is None:
        return
    match.__dict__.pop("held_rows", None)
    held = queries.authorisation_of_match(match)
    lead_id = match.request.lead_id
    shared = queries.shared_match(match, lead_id, at=at)
    if held is None or not shared.is_open:
        return
    fields = queries.fields_of_match_shown(shared)
    last = MatchDisclosure.objects.filter(match=match, hub_id=lead_id).order_by("-at", "-pk").first()
    if last is None or (last.fields, last.authorisation_id) != (fields, held.pk):
        MatchDisclosure.objects.create(match=match, hub_id=lead_id, authorisation=held, fields=fields, at=at)


@transaction.atomic
def show_names(request_id: int, *, at: datetime) -> None:
    """Write what the lead reads of each match now that every hub has signed. A second call writes nothing."""
    for match in Match.objects.filter(request_id=request_id, state="taken").order_by("pk"):
        _request, row = locked_match(match)
        record_match_disclosure(row, at=at)
