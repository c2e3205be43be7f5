"""Asking hubs to join: send, take back, answer, ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.partnering import policies
from hansa.collaboration.partnering.models import (
    ClientAuthorisation,
    Invitation,
    InvitationNote,
    Request,
    TeamPick,
    Want,
)
from hansa.collaboration.partnering.operations.case import CannotMove, hand_over, locked, move, record
from hansa.collaboration.partnering.operations.disclosures import record_disclosures
from hansa.collaboration.partnering.operations.notes import clean_note, said_just_now
from hansa.collaboration.partnering.queries.consent import authorisation_of
from hansa.collaboration.partnering.queries.standing import secrets_of, would_read
from hansa.collaboration.partnering.states import DeclineReason, InvitationState, RequestState, WantState
from hansa.engine import language
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal
from hansa.hubs.directory import operations as directory
from hansa.hubs.directory import queries as hubs

LIVE = (InvitationState.SENT, InvitationState.ACCEPTED)
MAX_SHARED_TEXT = 10_000


class CannotInvite(Refusal):
    """The hubs cannot be asked like this."""


class CannotTakeBack(Refusal):
    """The invitation was answered, or is not this person's to take back."""


class CannotAnswer(Refusal):
    """The invitation cannot be answered now, or not by this person."""


class CannotAsk(Refusal):
    """The thread is closed, the text empty, or it gives the client away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What one hub is asked for, and what it gets."""

    hub_id: int
    want_ids: tuple[int, ...]
    effort_days: int | None = None
    fee_eur: Decimal | None = None
    answer_by: date | None = None
    message: str = ""


@transaction.atomic
def invite(
    request: Request,
    *,
    proposals: Sequence[Proposal],
    partner_text: str,
    withheld: Iterable[str] = (),
    working_languages: Iterable[str] = (),
    by: Actor,
    at: datetime,
) -> list[Invitation]:
    """Ask hubs to join, and note what each of them reads. Hubs that are asked already are left as they are.

    Returns the new invitations; an empty list when all of them were sent before, by a double click for instance.

    :raises CannotInvite: by a stranger, in another state, without the client's agreement, or when the text names the
        client, its people or how to reach them
    """
    row = Request.objects.select_related("client", "contact", "lead").get(pk=locked(request).pk)
    authorisation = authorisation_of(row)
    policies.can_invite(by, row, authorisation, at=at).or_raise(CannotInvite)
    asked = set(Invitation.objects.filter(request=row, state__in=LIVE).values_list("hub_id", flat=True))
    new = [proposal for proposal in proposals if proposal.hub_id not in asked]
    if not proposals:
        raise CannotInvite(_("Choose at least one hub to invite."))
    if not new:
        return []
    _check_words(row, partner_text, new)
    _check_hubs(row, new, authorisation, at=at)
    wants = _known_wants(row, new)
    row.partner_text = partner_text.strip()
    row.partner_language = language.detect(row.partner_text) or ""
    row.withheld = sorted(set(withheld) & set(policies.WITHHOLDABLE))
    row.working_languages = sorted(set(working_languages))
    row.save(update_fields=["partner_text", "partner_language", "withheld", "working_languages"])
    invitations = [_create(row, proposal, wants, by=by, at=at) for proposal in new]
    record_disclosures(row, [proposal.hub_id for proposal in new], at=at)
    _wait_for_answers(row, "invite", by=by, at=at)
    request.state, request.partner_text = row.state, row.partner_text
    return invitations


def _create(row: Request, proposal: Proposal, wants: dict[int, Want], *, by: Actor, at: datetime) -> Invitation:
    invitation = Invitation.objects.create(
        request=row,
        hub_id=proposal.hub_id,
        message=proposal.message.strip(),
        effort_days=proposal.effort_days,
        fee_eur=proposal.fee_eur,
        answer_by=proposal.answer_by,
        sent_at=at,
        sent_by_id=by.user_id,
    )
    invitation.wants.set([wants[pk] for pk in proposal.want_ids])
    TeamPick.objects.get_or_create(request=row, hub_id=proposal.hub_id)
    facts = {"hub_id": proposal.hub_id, "invitation": invitation.ref}
    record("invitation.sent", row, by=by, at=at, facts=facts, partners=[proposal.hub_id], subject=invitation)
    return invitation


def _check_words(row: Request, partner_text: str, proposals: list[Proposal]) -> None:
    texts = [partner_text, *(proposal.message for proposal in proposals)]
    for text in texts:
        if len(text) > MAX_SHARED_TEXT:
            facts = {"limit": MAX_SHARED_TEXT, "n": len(text)}
            raise CannotInvite(_("At most %(limit)s characters fit here. Your text has %(n)s.") % facts)
    refuse_betrayal(row, texts, CannotInvite)


def refuse_betrayal(row: Request, texts: Iterable[str], refusal: type[Refusal]) -> None:
    """Refuse words that name the client. The gate lets no name through before everybody has signed.

    :raises Refusal: of the given type, naming the words
    """
    secrets = secrets_of(row)
    found = [words for text in texts for words in policies.betrayals(text, secrets)]
    if found:
        words = ", ".join(f"“{word}”" for word in dict.fromkeys(found))
        raise refusal(_("The text still tells who the client is or how to reach it: %(words)s.") % {"words": words})


def _check_hubs(
    row: Request, proposals: list[Proposal], authorisation: ClientAuthorisation | None, *, at: datetime
) -> None:
    ids = [proposal.hub_id for proposal in proposals]
    if row.lead_id in ids:
        raise CannotInvite(_("Your own hub is in the team anyway."))
    if len(ids) != len(set(ids)) or len(hubs.listed_ids(ids)) < len(ids):
        raise CannotInvite(_("One of these hubs is no longer in the directory."))
    for verdict in would_read(row, authorisation, ids, at=at).values():
        verdict.or_raise(CannotInvite)


def _known_wants(row: Request, proposals: list[Proposal]) -> dict[int, Want]:
    wants = {want.pk: want for want in Want.objects.filter(request=row).exclude(state=WantState.REJECTED)}
    for proposal in proposals:
        # Who looks for an investor may ask for nothing that a vocabulary knows.
        if not proposal.want_ids and not policies.finds_match(row):
            raise CannotInvite(_("Say for each hub what it is asked for."))
        if not set(proposal.want_ids) <= set(wants):
            raise CannotInvite(_("The need changed meanwhile. Look at what each hub is asked for."))
    return wants


def _wait_for_answers(row: Request, move_name: str, *, by: Actor, at: datetime) -> None:
    hubs_to_act = _turn(row)
    try:
        move(row, move_name, by=by, at=at, turn_hub_ids=hubs_to_act)
    except CannotMove as no:
        raise CannotInvite(no.reason) from no


def _turn(row: Request) -> list[int]:
    """Those who have not answered, the lead when a question waits for it, and the lead when all have answered.

    An idea of the lead itself is then shaped by all who said yes. Who suggested a match waits for the lead.
    """
    invitations = list(Invitation.objects.filter(request=row, state__in=LIVE))
    sent = [invitation for invitation in invitations if invitation.state == InvitationState.SENT]
    waiting = [invitation.hub_id for invitation in sent if invitation.suggested_at is None]
    last = {}
    for note in InvitationNote.objects.filter(invitation__in=invitations).order_by("at", "pk"):
        last[note.invitation_id] = note.hub_id
    is_asked = any(hub_id != row.lead_id for hub_id in last.values()) or len(waiting) < len(sent)
    if not waiting and row.client_id is None:
        return [row.lead_id, *(invitation.hub_id for invitation in invitations)]
    return [*waiting, row.lead_id] if is_asked or not waiting else waiting


def hand_over_answers(row: Request) -> None:
    """Say whose turn it is while invitations are open."""
    if row.state == RequestState.INVITING:
        hand_over(row, hubs=_turn(row))


def _locked_invitation(invitation: Invitation) -> tuple[Request, Invitation]:
    """Lock the request first, as every writer does, then read the invitation as it is now."""
    request = locked(invitation.request)
    row = Invitation.objects.select_related("hub").get(pk=invitation.pk)
    row.request = request
    return request, row


@transaction.atomic
def take_back(invitation: Invitation, *, by: Actor, at: datetime) -> Invitation:
    """Take an invitation back before it is answered. The hub no longer sees the text, and is told.

    :raises CannotTakeBack: once it was answered, or by a stranger
    """
    request, row = _locked_invitation(invitation)
    policies.can_take_back(by, row).or_raise(CannotTakeBack)
    return _end(request, row, by=by, at=at)


@transaction.atomic
def take_back_unanswered(request: Request, *, by: Actor, at: datetime) -> None:
    """Take back every invitation that waits, since the team goes on without them. The hubs are told.

    :raises CannotTakeBack: by a stranger
    """
    for row in Invitation.objects.filter(request=request, state=InvitationState.SENT).select_related("hub"):
        take_back(row, by=by, at=at)


@transaction.atomic
def let_go(invitation: Invitation, *, by: Actor, at: datetime) -> Invitation:
    """Do without a hub that said yes, before the agreement is drafted. The hub is told.

    :raises CannotTakeBack: when it did not say yes, when an agreement is drafted, or by a stranger
    """
    request, row = _locked_invitation(invitation)
    policies.can_let_go(by, row).or_raise(CannotTakeBack)
    return _end(request, row, by=by, at=at)


def _end(request: Request, row: Invitation, *, by: Actor, at: datetime) -> Invitation:
    facts = {"hub_id": row.hub_id, "invitation": row.ref, "was": row.state}
    row.state = InvitationState.WITHDRAWN
    row.save(update_fields=["state"])
    TeamPick.objects.filter(request=request, hub_id=row.hub_id).delete()
    record("invitation.withdrawn", request, by=by, at=at, facts=facts, partners=[row.hub_id], subject=row)
    hand_over_answers(request)
    return row


@transaction.atomic
def answer(
    invitation: Invitation,
    *,
    is_yes: bool,
    reason: str = "",
    note: str = "",
    by: Actor,
    at: datetime,
) -> Invitation:
    """Say yes or not now. When the last hub has answered it is the lead's turn.

    :param reason: one of ``DeclineReason``, or empty; only for a no
    :raises CannotAnswer: answered or taken back already, another state, another hub, or the client withdrew
    """
    request, row = _locked_invitation(invitation)
    policies.can_answer(by, row, authorisation_of(request), at=at).or_raise(CannotAnswer)
    if is_yes and policies.finds_match(request):
        raise CannotAnswer(_("Suggest somebody of your ecosystem: that is how your hub says yes here."))
    if reason and reason not in DeclineReason.values:
        raise CannotAnswer(_("Choose one of the reasons."))
    row.state = InvitationState.ACCEPTED if is_yes else InvitationState.DECLINED
    row.answered_at, row.answered_by_id = at, by.user_id
    if not is_yes:
        row.decline_reason, row.decline_note = reason, note.strip()[:500]
    row.save(update_fields=["state", "answered_at", "answered_by", "decline_reason", "decline_note"])
    verb = "invitation.accepted" if is_yes else "invitation.declined"
    facts = {"hub_id": row.hub_id, "invitation": row.ref} | ({} if is_yes else {"reason": reason})
    record(verb, request, by=by, at=at, facts=facts, partners=[row.hub_id], subject=row)
    if not is_yes:
        TeamPick.objects.filter(request=request, hub_id=row.hub_id).delete()
    hand_over_answers(request)
    directory.record_reply(row.hub_id, days=(at - row.sent_at).total_seconds() / 86400)
    return row


@transaction.atomic
def ask(invitation: Invitation, *, text: str, by: Actor, at: datetime) -> InvitationNote:
    """Write in the thread between lead and invited hub. The other side is told. Twice at once is once.

    :raises CannotAsk: by anybody else, when the invitation is over, without words, or naming the client
    """
    request, row = _locked_invitation(invitation)
    policies.can_ask(by, row).or_raise(CannotAsk)
    text = clean_note(text, CannotAsk)
    is_lead = by.hub_id == request.lead_id
    if is_lead:
        full = Request.objects.select_related("client", "contact").get(pk=request.pk)
        hub = policies.Recipient(hub_id=row.hub_id, is_asked=True, has_agreed=row.state == InvitationState.ACCEPTED)
        if not policies.may_disclose(full, authorisation_of(full), to=hub, field="client_name", at=at):
            refuse_betrayal(full, [text], CannotAsk)
    if (said := said_just_now(row.notes, text=text, by=by, at=at)) is not None:
        return said
    assert by.hub_id is not None
    note = InvitationNote.objects.create(invitation=row, hub_id=by.hub_id, author_id=by.user_id, text=text, at=at)
    facts = {"hub_id": row.hub_id, "invitation": row.ref, "by_lead": is_lead}
    record("invitation.asked", request, by=by, at=at, facts=facts, partners=[row.hub_id], subject=row)
    hand_over_answers(request)
    return note


@transaction.atomic
def back_to_shortlist(request: Request, *, by: Actor, at: datetime) -> Request:
    """Go back to the shortlist from open invitations, to look for other hubs. Invitations sent stay open.

    :raises CannotInvite: by a stranger, or in another state
    """
    row = locked(request)
    policies.can_pick(by, row).or_raise(CannotInvite)
    try:
        moved = move(row, "reshuffle", by=by, at=at, turn_hub_ids=[row.lead_id])
    except CannotMove as no:
        raise CannotInvite(no.reason) from no
    request.state = moved.state
    return moved
