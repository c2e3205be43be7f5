"""I know someone: a hub suggests an organisation of its ecosystem; the lead takes it up or not. Source: BP-MM-03."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from hansa.collaboration.matchmaking import policies, queries
from hansa.collaboration.matchmaking.models import Match, PartnerRequest
from hansa.collaboration.matchmaking.operations.disclosing import (
    ask_lead_to_delete,
    locked_match,
    record_match_disclosure,
    store_authorisation,
)
from hansa.collaboration.matchmaking.operations.log import log
from hansa.collaboration.matchmaking.states import MatchState
from hansa.collaboration.partnering import operations as partnering
from hansa.collaboration.partnering import queries as cases
from hansa.collaboration.partnering.operations import Consent
from hansa.collaboration.partnering.policies import Secrets, betrayals
from hansa.collaboration.partnering.states import Anonymity
from hansa.foundation.actors import VISITOR, Actor
from hansa.foundation.policies import Refusal
from hansa.foundation.tasks import defer
from hansa.hubs.directory import queries as directory
from hansa.hubs.directory.states import Showing
from hansa.hubs.people import operations as people

MOST_WORDS = 4_000


class CannotSuggest(Refusal):
    """The organisation cannot be suggested like this."""


class CannotDecide(Refusal):
    """The suggestion cannot be taken up, declined or taken back."""


class CannotAnswerKey(Refusal):
    """The organisation cannot answer on this page any more."""


@transaction.atomic
def choose(invitation: Any, organisation_id: int, *, profile: str, by: Actor, at: datetime) -> Match:
    """Keep an organisation of the own ecosystem in mind for a partner request. Nothing of it leaves the hub yet.

    :param profile: what the lead would read of it, without names
    :raises CannotSuggest: the request is over, another hub's, it is suggested already or does not wish it
    """
    row = _locked_invitation(invitation)
    asked = PartnerRequest.objects.filter(request_id=row.request_id).first()
    if asked is not None:
        asked.request = row.request
    policies.can_suggest(by, row, asked, cases.authorisation_of(row.request), at=at).or_raise(CannotSuggest)
    organisation = directory.organisation_of(by.hub_id, organisation_id)
    if organisation is None:
        raise CannotSuggest(_("This organisation is no longer in your ecosystem."))
    if organisation.showing == Showing.NEVER:
        raise CannotSuggest(_("This organisation does not wish to be suggested."))
    _check_profile(profile, organisation)
    try:
        with transaction.atomic():
            match = Match.objects.create(
                request=row.request,
                invitation=row,
                hub_id=row.hub_id,
                organisation=organisation,
                profile=profile.strip(),
                created_at=at,
                created_by_id=by.user_id,
            )
    except IntegrityError as error:
        raise CannotSuggest(_("Your hub suggests this organisation already.")) from error
    log("match.prepared", request=row.request, subject=match, by=by, at=at, hub_ids=[row.hub_id])
    return match


def _locked_invitation(invitation: Any) -> Any:
    model, requests = type(invitation), type(invitation.request)
    request = (
        requests.objects.select_for_update(of=("self",)).select_related("lead", "client").get(pk=invitation.request_id)
    )
    row = model.objects.select_related("hub").get(pk=invitation.pk)
    row.request = request
    return row


def _check_profile(profile: str, organisation: Any) -> None:
    if len(profile) > MOST_WORDS:
        raise CannotSuggest(
            _("At most %(limit)s characters fit here. Your text has %(n)s.") % {"limit": MOST_WORDS, "n": len(profile)}
        )
    secret = Secrets(
        client_name=organisation.name,
        contact_name=organisation.contact_name,
        contact_email=organisation.contact_email,
        website=organisation.website,
    )
    if found := betrayals(profile, secret):
        words = ", ".join(f"“{word}”" for word in found)
        raise CannotSuggest(
            _("The text still tells who the organisation is or how to reach it: %(words)s.") % {"words": words}
        )


@transaction.atomic
def ask_organisation(match: Match, *, words: str, by: Actor, at: datetime) -> Match:
    """Mail the organisation's contact person a link to a page where it agrees or not. A link sent before no longer works.

    :param words: what the hub writes to it
    :raises CannotSuggest: by another hub, after the answer, or without an address
    """
    request, row = locked_match(match)
    _require_prepared(row, by)
    if not row.organisation.contact_email:
        raise CannotSuggest(_("No mail address of this organisation is known. Note what it told you instead."))
    if not words.strip():
        raise CannotSuggest(_("Write a few words, so that the organisation knows what it is about."))
    row.asked_words, row.asked_at, row.key_digest = words.strip()[:MOST_WORDS], at, None
    row.save(update_fields=["asked_words", "asked_at", "key_digest"])
    defer("matchmaking.mail_organisation", match_id=row.pk)
    log("match.asked", request=request, subject=row, by=by, at=at, hub_ids=[row.hub_id])
    return row


def _require_prepared(row: Match, by: Actor) -> None:
    policies.owns(by, row).or_raise(CannotSuggest)
    if row.state != MatchState.PREPARED:
        raise CannotSuggest(_("This organisation has answered already."))


def mail_organisation(match: Match) -> None:
    """Send the mail. Sent again, it brings another key, and the earlier one no longer works."""
    organisation = match.organisation
    if match.state != MatchState.PREPARED or not organisation.contact_email:
        return
    key = secrets.token_urlsafe(24)
    Match.objects.filter(pk=match.pk).update(key_digest=digest_of(key))
    people.send_mail(
        "collaboration/matchmaking/mail/organisation",
        to=people.Addressee(name=organisation.contact_name or organisation.name, email=organisation.contact_email),
        hub=match.hub.name,
        words=match.asked_words,
        url=f"{settings.SITE_URL}{reverse('matchmaking:key', args=[key])}",
    )


def digest_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def answer_by_key(match: Match, *, agrees: bool, level: str, name: str, at: datetime) -> Match:
    """Take the organisation's own word from the page of its key. If it agrees, it is suggested at once.

    :raises CannotAnswerKey: it answered before, or the request is over
    """
    request, row = locked_match(match)
    if row.state != MatchState.PREPARED or row.key_digest is None:
        raise CannotAnswerKey(_("This was answered already, or is no longer asked."))
    if not agrees:
        row.state, row.key_digest, row.decided_at = MatchState.REFUSED, None, at
        row.save(update_fields=["state", "key_digest", "decided_at"])
        log("match.refused", request=request, subject=row, by=VISITOR, at=at, hub_ids=[row.hub_id], owner=row.hub_id)
        return row
    if not name.strip():
        raise CannotAnswerKey(_("Say who you are, so that your hub knows who agreed."))
    consent = Consent(
        level=Anonymity(level), granted_by=name.strip(), evidence=_("Chosen on the page of the link in its mail.")
    )
    store_authorisation(row, consent, at=at)
    log("match.authorised", request=request, subject=row, by=VISITOR, at=at, hub_ids=[row.hub_id], level=level)
    if not _is_open(row, at=at):
        raise CannotAnswerKey(_("The request has ended meanwhile. Nothing about your organisation was shown."))
    return _suggest(request, row, by=VISITOR, at=at)


def _is_open(row: Match, *, at: datetime) -> bool:
    asked = PartnerRequest.objects.filter(request_id=row.request_id).first()
    return asked is not None and asked.is_open(at) and row.request.state == "inviting"


@transaction.atomic
def suggest(match: Match, *, consent: Consent | None, by: Actor, at: datetime) -> Match:
    """Answer the lead with an anonymous profile of the match.

    :param consent: what the organisation agreed to; may be left out where it lets itself be described without its name
    :raises CannotSuggest: before the organisation agreed, by another hub, or when the request is over
    """
    request, row = locked_match(match)
    _require_prepared(row, by)
    if not _is_open(row, at=at):
        raise CannotSuggest(_("This request no longer waits for answers."))
    if consent is None and queries.authorisation_of_match(row) is None:
        if row.organisation.showing != Showing.ANONYMOUS:
            raise CannotSuggest(_("The organisation has to agree first: it wishes to be asked each time."))
        consent = Consent(
            level=Anonymity.A2, granted_by=by.hub_name or by.name,
            evidence=_("The organisation lets our hub describe it without its name."),
        )  # fmt: skip
    if consent is not None:
        if not consent.granted_by.strip() or not consent.evidence.strip():
            raise CannotSuggest(_("Say who agreed and how you know, such as a mail of a certain date."))
        if consent.level == Anonymity.A0:
            raise CannotSuggest(_("With “Nothing” it cannot be suggested."))
        store_authorisation(row, consent, at=at)
    return _suggest(request, row, by=by, at=at)


def _suggest(request: Any, row: Match, *, by: Actor, at: datetime) -> Match:
    row.state, row.suggested_at, row.key_digest = MatchState.SUGGESTED, at, None
    row.save(update_fields=["state", "suggested_at", "key_digest"])
    record_match_disclosure(row, at=at)
    if row.invitation.state == "sent":
        partnering.suggestion_waits(row.invitation, since=row.invitation.suggested_at or at)
    log("match.suggested", request=request, subject=row, by=by, at=at, hub_ids=[row.hub_id])
    return row


@transaction.atomic
def take_back(match: Match, *, by: Actor, at: datetime) -> None:
    """Take a suggestion back before the lead decided; what the lead read of it is to be deleted.

    :raises CannotDecide: by another hub, or after the decision
    """
    request, row = locked_match(match)
    policies.can_take_back(by, row).or_raise(CannotDecide)
    was_shown = row.state == MatchState.SUGGESTED
    row.state, row.key_digest = MatchState.WITHDRAWN, None
    row.save(update_fields=["state", "key_digest"])
    _no_longer_waits(row)
    if was_shown:
        ask_lead_to_delete(row, at=at)
    log("match.withdrawn", request=request, subject=row, by=by, at=at, hub_ids=[row.hub_id])


def _no_longer_waits(row: Match) -> None:
    waiting = Match.objects.filter(invitation=row.invitation, state=MatchState.SUGGESTED)
    if row.invitation.state == "sent" and not waiting.exists():
        partnering.suggestion_waits(row.invitation, since=None)


@transaction.atomic
def take_up(match: Match, *, by: Actor, at: datetime) -> Match:
    """Take a suggestion up: its hub is in the team, and signs the agreement before anybody is named.

    :raises CannotDecide: by another hub, decided already, or the organisation no longer agrees
    """
    request, row = locked_match(match)
    if row.state == MatchState.TAKEN:
        return row
    policies.can_decide(by, row).or_raise(CannotDecide)
    if not queries.shared_match(row, request.lead_id, at=at).is_open:
        raise CannotDecide(_("The organisation no longer agrees to be suggested."))
    _decide(row, MatchState.TAKEN, by=by, at=at)
    try:
        partnering.accept_match(row.invitation, by=by, at=at)
    except partnering.CannotAnswer as no:
        raise CannotDecide(no.reason) from no
    log(
        "match.taken",
        request=request,
        subject=row,
        by=by,
        at=at,
        hub_ids=[row.hub_id],
        hub_id=row.hub_id,
        invitation=row.invitation.ref,
    )
    return row


@transaction.atomic
def decline(match: Match, *, reason: str, by: Actor, at: datetime) -> Match:
    """Say that a suggestion is not taken up, and why. Its hub may suggest somebody else.

    :raises CannotDecide: without a reason, by another hub, or decided already
    """
    request, row = locked_match(match)
    policies.can_decide(by, row).or_raise(CannotDecide)
    if not reason.strip():
        raise CannotDecide(_("Say why, so that the hub can look for somebody who fits better."))
    row.decline_reason = reason.strip()[:500]
    _decide(row, MatchState.DECLINED, by=by, at=at)
    _no_longer_waits(row)
    log(
        "match.declined",
        request=request,
        subject=row,
        by=by,
        at=at,
        hub_ids=[row.hub_id],
        hub_id=row.hub_id,
        invitation=row.invitation.ref,
    )
    return row


def _decide(row: Match, state: MatchState, *, by: Actor, at: datetime) -> None:
    row.state, row.decided_at, row.decided_by_id = state, at, by.user_id
    row.save(update_fields=["state", "decided_at", "decided_by", "decline_reason"])
