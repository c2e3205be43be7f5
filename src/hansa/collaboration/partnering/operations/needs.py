"""A need comes in: typed by a client on the public form, or by a hub for its client. Source: BP-JD."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from hansa.collaboration.partnering import policies
from hansa.collaboration.partnering.models import Request, Want
from hansa.collaboration.partnering.operations.case import record
from hansa.collaboration.partnering.operations.consent import Consent, store
from hansa.collaboration.partnering.queries.reading import NeedReading, read_need, title_of
from hansa.collaboration.partnering.states import Anonymity
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal
from hansa.hubs.directory import operations as directory
from hansa.hubs.directory import queries as hubs
from hansa.hubs.people import operations as people
from hansa.hubs.people.states import LinkPurpose

MAX_TEXT = 10_000


class CannotState(Refusal):
    """The need cannot be taken like this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedWords:
    """The client's own words. ``budget_eur`` is what the client can spend, if it said so."""

    text: str
    outcome: str = ""
    timing: str = ""
    budget_eur: Decimal | None = None
    working_languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who states a need on the public form. ``language`` is that of the page they read."""

    organisation: directory.ClientDraft
    name: str
    email: str
    language: str = ""


@transaction.atomic
def state_need(
    *,
    lead_id: int,
    client_id: int,
    contact_id: int | None,
    words: NeedWords,
    consent: Consent | None,
    by: Actor,
    at: datetime,
    key: str | None = None,
    is_demo: bool = False,
) -> Request:
    """Make a request of a need: store the words as they are, read them, suggest what they ask for.

    The lead's people are told, and the contact may say whether it was understood.

    :param consent: what the client agreed to; without it nothing leaves the lead hub
    :param key: the filled-in form's key; a second call with it returns the first request
    :raises CannotState: without words, or with more than 10,000 characters
    """
    _check(words)
    try:
        # Of two clicks on Send the second waits here for the first, and then finds its request.
        with transaction.atomic():
            request = _create(lead_id, client_id, contact_id, words, by=by, at=at, key=key, is_demo=is_demo)
    except IntegrityError:
        earlier = request_of_key(key)
        if earlier is None:
            raise
        return earlier
    n_wants = add_wants(request, read_need(words.text, words.outcome))
    if consent is not None and consent.level != Anonymity.A0:
        authorisation = store(request, consent, at=at)
        record("authorisation.granted", request, by=by, at=at, facts={"level": authorisation.level, "before": None})
    record("request.stated", request, by=by, at=at, facts={"n_wants": n_wants}, to_client=True)
    return request


@transaction.atomic
def receive_need(
    *, hub_id: int, sender: Sender, words: NeedWords, consent: Consent | None, at: datetime, key: str, ip: str = ""
) -> Request:
    """Take a need from the public form: client, contact and request, and mail the contact a link to sign in.

    :raises CannotState: the hub no longer takes needs, the words do not fit, or too many came from one address
    """
    earlier = request_of_key(key)
    if earlier is not None:
        return earlier
    _check(words)
    hub = hubs.hub_by_id(hub_id)
    if hub is None or not hubs.takes_needs(hub_id):
        raise CannotState(_("This hub takes no needs at the moment. Choose another hub."))
    client = directory.ensure_client(
        hub_id=hub_id, draft=sender.organisation, contact_email=sender.email, is_demo=hub.is_demo
    )
    # ensure_client holds the hub's row: of two clicks the second waited there, and looks again.
    if (earlier := request_of_key(key)) is not None:
        return earlier
    contact = people.ensure_client_contact(
        client=client, name=sender.name, email=sender.email, language=sender.language, at=at
    )
    by = Actor(user_id=contact.pk, name=contact.name, email=contact.email, client_ids=frozenset({client.pk}))
    request = state_need(
        lead_id=hub_id,
        client_id=client.pk,
        contact_id=contact.pk,
        words=words,
        consent=consent,
        by=by,
        at=at,
        key=key,
        is_demo=hub.is_demo,
    )
    _tell_it_arrived(request, hub_name=hub.name, email=contact.email, at=at, ip=ip)
    return request


def _tell_it_arrived(request: Request, *, hub_name: str, email: str, at: datetime, ip: str) -> None:
    try:
        people.send_sign_in_link(
            email=email,
            next_path=reverse("partnering:request", args=[request.ref]),
            at=at,
            purpose=LinkPurpose.NEED,
            ip=ip,
            facts={"hub": hub_name, "title": request.title},
        )
    except people.CannotSendLink as no:
        # Also what stops a flood of made-up needs.
        raise CannotState(no.reason) from no


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientChoice:
    """For whom a hub types a need: one of its clients, or a new one with its contact (either may be left out)."""

    client_id: int | None = None
    draft: directory.ClientDraft | None = None
    contact_name: str = ""
    contact_email: str = ""


@transaction.atomic
def state_need_for_client(
    *, choice: ClientChoice, words: NeedWords, consent: Consent | None, by: Actor, at: datetime, key: str | None = None
) -> Request:
    """Take a need that a hub types for its client.

    :raises CannotState: by somebody who does not work for a hub, for a client of another hub, or without evidence
        of what the client agreed to
    """
    policies.can_state_for_client(by).or_raise(CannotState)
    _check(words)
    if consent is not None and consent.level != Anonymity.A0 and not (consent.evidence and consent.granted_by):
        raise CannotState(_("Say who agreed and how you know, such as a mail of a certain date."))
    earlier = request_of_key(key)
    if earlier is not None:
        return earlier
    assert by.hub_id is not None
    client = _chosen_client(choice, by.hub_id)
    contact_id = None
    if choice.contact_email:
        contact = people.ensure_client_contact(
            client=client, name=choice.contact_name, email=choice.contact_email, at=at, by=by
        )
        contact_id = contact.pk
    else:
        contact_id = next(iter(hubs.contact_ids_of(client.pk)), None)
    return state_need(
        lead_id=by.hub_id,
        client_id=client.pk,
        contact_id=contact_id,
        words=words,
        consent=consent,
        by=by,
        at=at,
        key=key,
        is_demo=client.is_demo,
    )


def request_of_key(key: str | None) -> Request | None:
    """The request that a filled-in form has become already."""
    return Request.objects.filter(submission_key=key).first() if key else None


def _check(words: NeedWords) -> None:
    if not words.text.strip():
        raise CannotState(_("Say what you want to solve."))
    for text in (words.text, words.outcome, words.timing):
        if len(text) > MAX_TEXT:
            facts = {"limit": MAX_TEXT, "n": len(text)}
            raise CannotState(_("At most %(limit)s characters fit here. Your text has %(n)s.") % facts)


def _chosen_client(choice: ClientChoice, hub_id: int) -> Any:
    if choice.client_id is not None:
        client = hubs.client_of_hub(hub_id, choice.client_id)
        if client is None:
            raise CannotState(_("Choose one of your own clients."))
        return client
    if choice.draft is None:
        raise CannotState(_("Choose a client or name a new one."))
    return directory.ensure_client(hub_id=hub_id, draft=choice.draft, contact_email=choice.contact_email)


def _create(
    lead_id: int,
    client_id: int,
    contact_id: int | None,
    words: NeedWords,
    *,
    by: Actor,
    at: datetime,
    key: str | None,
    is_demo: bool,
) -> Request:
    return Request.objects.create(
        title=title_of(words.text),
        lead_id=lead_id,
        client_id=client_id,
        contact_id=contact_id,
        text=words.text,
        outcome=words.outcome,
        timing=words.timing,
        budget_eur=words.budget_eur,
        working_languages=list(words.working_languages),
        state_since=at,
        turn_hub_ids=[lead_id],
        turn_client=contact_id is not None,
        created_by_id=by.user_id,
        created_at=at,
        submission_key=key,
        is_demo=is_demo,
    )


def add_wants(request: Request, reading: NeedReading) -> int:
    """Store what was read, best first; every finding is a suggestion until somebody decides."""
    request.language = reading.language
    request.save(update_fields=["language"])
    Want.objects.bulk_create(
        Want(
            request=request,
            concept_id=found.concept_id,
            words=found.words[:500],
            sentence=found.sentence,
            confidence=found.confidence,
            must_have=found.must_have,
            weight_words=found.weight_words[:100],
            position=n,
        )
        for n, found in enumerate(reading.wants, start=1)
    )
    return len(reading.wants)
