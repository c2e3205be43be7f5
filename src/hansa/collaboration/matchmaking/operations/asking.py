"""The partner request: prepared, agreed to by the client, released, ended. Source: BP-MM-02."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.matchmaking import policies, queries
from hansa.collaboration.matchmaking.models import Match, PartnerRequest
from hansa.collaboration.matchmaking.operations.log import log
from hansa.collaboration.matchmaking.states import Ending, MatchState, Reach
from hansa.collaboration.partnering import operations as partnering
from hansa.collaboration.partnering import queries as cases
from hansa.collaboration.partnering.policies import WITHHOLDABLE, betrayals
from hansa.collaboration.partnering.states import Anonymity
from hansa.foundation.actors import SYSTEM, Actor
from hansa.foundation.policies import Refusal
from hansa.hubs.directory.states import PartnerKind
from hansa.hubs.people import queries as people
from hansa.hubs.people.states import Role

LONGEST = timedelta(days=366)


class CannotPrepare(Refusal):
    """The partner request cannot be prepared like this."""


class CannotAgree(Refusal):
    """The client's word to the partner request cannot be noted like this."""


class CannotRelease(Refusal):
    """The partner request cannot go to the hubs."""


class CannotEnd(Refusal):
    """The partner request cannot be withdrawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskDraft:
    """What the lead asks: the kind of partner, in which words, of whom, until when, and who releases it."""

    kind: str
    text: str
    reach: str
    valid_until: date
    reviewer_id: int
    countries: tuple[str, ...] = ()
    hub_ids: tuple[int, ...] = ()
    withheld: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@transaction.atomic
def prepare(request: Any, draft: AskDraft, *, by: Actor, at: datetime) -> PartnerRequest:
    """Write down what would be asked. Whatever changes, the client and the reviewer look again.

    :raises CannotPrepare: by a stranger, in another state, words that name the client, or nobody to ask
    """
    row = _locked(request)
    asked = PartnerRequest.objects.filter(request=row).first()
    policies.can_prepare(by, row, asked).or_raise(CannotPrepare)
    _check(row, draft, by=by, at=at)
    asked = asked or PartnerRequest(request=row)
    asked.kind, asked.reach, asked.text = draft.kind, draft.reach, draft.text.strip()
    asked.withheld = sorted(set(draft.withheld) & set(WITHHOLDABLE))
    asked.languages = sorted(set(draft.languages))
    asked.countries = sorted(set(draft.countries)) if draft.reach == Reach.COUNTRIES else []
    asked.hub_ids = sorted(set(draft.hub_ids)) if draft.reach == Reach.HUBS else []
    asked.valid_until, asked.reviewer_id = draft.valid_until, draft.reviewer_id
    asked.prepared_by_id, asked.prepared_at = by.user_id, at
    asked.agreed_at, asked.agreed_by, asked.agreed_evidence = None, "", ""
    asked.released_at = asked.released_by_id = asked.ended_at = None
    asked.hubs_reminded_at = asked.lead_reminded_at = None
    asked.ended_as = ""
    asked.save()
    asks_client = row.contact_id is not None
    partnering.hand_over(row, hubs=[] if asks_client else [row.lead_id], client=asks_client)
    log("partner_request.prepared", request=row, subject=asked, by=by, at=at, to_client=asks_client)
    return asked


def _locked(request: Any) -> Any:
    model = type(request)
    row = model.objects.select_for_update(of=("self",)).get(pk=request.pk)
    return model.objects.select_related("client", "contact", "lead").get(pk=row.pk)


def _check(row: Any, draft: AskDraft, *, by: Actor, at: datetime) -> None:
    if draft.kind not in PartnerKind.values or draft.reach not in Reach.values:
        raise CannotPrepare(_("Choose one of the options."))
    if draft.valid_until <= at.date():
        raise CannotPrepare(_("The request must be valid until a day after today."))
    if draft.valid_until > (at + LONGEST).date():
        raise CannotPrepare(_("A request is valid for one year at most. Choose an earlier day."))
    if found := betrayals(draft.text, cases.secrets_of(row)):
        words = ", ".join(f"“{word}”" for word in found)
        raise CannotPrepare(
            _("The text still tells who the client is or how to reach it: %(words)s.") % {"words": words}
        )
    staff = people.people_of_hub(row.lead_id, [Role.MANAGER, Role.STAFF])
    if draft.reviewer_id not in {person.pk for person in staff}:
        raise CannotPrepare(_("The reviewer must be somebody of your hub."))
    if draft.reviewer_id == by.user_id and len(staff) > 1:
        raise CannotPrepare(_("Somebody else of your hub has to read it before it leaves. Choose another reviewer."))
    reached = queries.hub_ids_reached(
        PartnerRequest(request=row, reach=draft.reach, countries=list(draft.countries), hub_ids=list(draft.hub_ids))
    )
    if not reached:
        raise CannotPrepare(_("This request would reach no hub. Choose hubs or countries, or the whole network."))


@transaction.atomic
def agree(asked: PartnerRequest, consent: partnering.Consent, *, by: Actor, at: datetime) -> PartnerRequest:
    """Note that the client agrees to launch exactly this request, and how much of it may leave its hub.

    :raises CannotAgree: by a stranger, when it is out already, or nothing may leave the hub
    """
    request, row = _both(asked)
    policies.can_agree(by, row).or_raise(CannotAgree)
    if consent.level == Anonymity.A0:
        raise CannotAgree(_("The request can only be launched when something of it may leave your hub."))
    try:
        partnering.authorise(request, consent, by=by, at=at)
    except partnering.CannotAuthorise as no:
        raise CannotAgree(no.reason) from no
    row.agreed_at, row.agreed_by = at, consent.granted_by[:200]
    row.agreed_evidence = consent.evidence[:300]
    row.save(update_fields=["agreed_at", "agreed_by", "agreed_evidence"])
    partnering.hand_over(request, hubs=[request.lead_id])
    log("partner_request.agreed", request=request, subject=row, by=by, at=at, to_client=True)
    return row


def _both(asked: PartnerRequest) -> tuple[Any, PartnerRequest]:
    """Lock the request first, as every writer does, then read what is asked as it is now."""
    request = _locked(asked.request)
    row = PartnerRequest.objects.select_related("reviewer").get(pk=asked.pk)
    row.request = request
    return request, row


@transaction.atomic
def release(asked: PartnerRequest, *, by: Actor, at: datetime) -> PartnerRequest:
    """Send the partner request to every hub it reaches: each gets an invitation to suggest somebody.

    :raises CannotRelease: by anybody but the reviewer, without the client's agreement, or too late
    """
    request, row = _both(asked)
    policies.can_release(by, row, cases.authorisation_of(request), at=at).or_raise(CannotRelease)
    wants = tuple(want.pk for want in cases.active_wants([request.pk])[request.pk])
    proposals = [
        partnering.Proposal(hub_id=hub_id, want_ids=wants, answer_by=row.valid_until)
        for hub_id in queries.hub_ids_reached(row)
    ]
    try:
        partnering.invite(
            request,
            proposals=proposals,
            partner_text=row.text,
            withheld=row.withheld,
            working_languages=row.languages,
            by=by,
            at=at,
        )
    except partnering.CannotInvite as no:
        raise CannotRelease(no.reason) from no
    row.released_at, row.released_by_id = at, by.user_id
    row.save(update_fields=["released_at", "released_by"])
    log("partner_request.released", request=request, subject=row, by=by, at=at, to_client=True, n=len(proposals))
    return row


@transaction.atomic
def withdraw(asked: PartnerRequest, *, by: Actor, at: datetime) -> PartnerRequest:
    """Take the request back from the hubs: nothing is shown any more, and those that read it are asked to delete it.

    :raises CannotEnd: by a stranger, or it is with nobody
    """
    request, row = _both(asked)
    policies.can_end(by, row).or_raise(CannotEnd)
    return _end(request, row, Ending.WITHDRAWN, by=by, at=at)


def expire(asked: PartnerRequest, *, at: datetime) -> None:
    """The same once the last day of its validity has passed. A second call changes nothing."""
    with transaction.atomic():
        request, row = _both(asked)
        if row.ended_at is None and row.released_at is not None and not row.is_open(at):
            _end(request, row, Ending.EXPIRED, by=SYSTEM, at=at)


def _end(request: Any, row: PartnerRequest, ending: Ending, *, by: Actor, at: datetime) -> PartnerRequest:
    """Hubs whose match was taken up stay in the case: with them it goes on."""
    row.ended_at, row.ended_as = at, ending
    row.save(update_fields=["ended_at", "ended_as"])
    waiting = (MatchState.PREPARED, MatchState.SUGGESTED)
    Match.objects.filter(request=request, state__in=waiting).update(state=MatchState.WITHDRAWN, key_digest=None)
    gone = partnering.end_unanswered(request, by=by, at=at)
    partnering.ask_to_delete(request, gone, at=at)
    log(
        "partner_request.ended", request=request, subject=row, by=by, at=at, hub_ids=gone, to_client=True, ending=ending
    )
    return row
