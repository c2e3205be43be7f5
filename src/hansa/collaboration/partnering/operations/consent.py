"""The client's agreement: granted, changed, withdrawn; and the record of what was shown to whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hansa.collaboration.partnering import policies
from hansa.collaboration.partnering.models import (
    ClientAuthorisation,
    DeletionAsk,
    Disclosure,
    Invitation,
    Request,
)
from hansa.collaboration.partnering.operations.case import locked, record
from hansa.collaboration.partnering.operations.disclosures import record_disclosures
from hansa.collaboration.partnering.states import Anonymity, Audience, InvitationState, Purpose
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal

# The wording of the consent sentences people agree to; raise it when they change.
CONSENT_TEXT_VERSION = "2026-11"


class CannotConfirmDeleted(Refusal):
    """Somebody else than the reader says that it was deleted."""


class CannotAuthorise(Refusal):
    """The client's agreement cannot be recorded like this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What a client agreed to, who said so, in which capacity, and how we know.

    ``without`` are fields that the level would show and the client leaves out. Without ``purposes`` it is what the
    request is for. ``audience_names`` are ids of hubs or codes of countries, as the audience says.
    """

    level: Anonymity
    granted_by: str
    capacity: str = ""
    evidence: str
    expires_at: datetime | None = None
    without: tuple[str, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    audience: Audience = Audience.INVITED
    audience_names: tuple[str, ...] = ()
    in_register: bool = False


def store(request: Request, consent: Consent, *, at: datetime) -> ClientAuthorisation:
    """Write a new agreement in force. The caller has ended the earlier one."""
    return ClientAuthorisation.objects.create(
        request=request,
        level=consent.level,
        field_scope=policies.fields_at(consent.level, without=consent.without),
        purposes=sorted(set(consent.purposes) or {policies.purpose_of(request)}),
        audience=consent.audience,
        audience_names=list(consent.audience_names),
        granted_by=consent.granted_by[:200],
        granted_in_capacity=consent.capacity[:200],
        evidence=consent.evidence[:300],
        text_version=CONSENT_TEXT_VERSION,
        language=get_language() or "en",
        granted_at=at,
        expires_at=consent.expires_at,
        in_register=consent.in_register,
    )


@transaction.atomic
def authorise(request: Request, consent: Consent, *, by: Actor, at: datetime) -> ClientAuthorisation:
    """Record what the client agrees to from now on; it takes the place of what it agreed to before.

    :raises CannotAuthorise: by a stranger, on a closed request, or by the hub without evidence
    """
    row = locked(request)
    policies.can_authorise(by, row).or_raise(CannotAuthorise)
    if not consent.evidence.strip() or not consent.granted_by.strip():
        raise CannotAuthorise(_("Say who agreed and how you know, such as a mail of a certain date."))
    before = ClientAuthorisation.objects.filter(request=row, withdrawn_at=None).first()
    if before is not None:
        before.withdrawn_at = at
        before.save(update_fields=["withdrawn_at"])
    authorisation = store(row, consent, at=at)
    facts = {"level": consent.level, "before": before.level if before else None}
    partners = _live_partners(row)
    record("authorisation.granted", row, by=by, at=at, facts=facts, partners=partners, to_client=True)
    record_disclosures(row, partners, at=at)
    return authorisation


@transaction.atomic
def withdraw_authorisation(request: Request, *, by: Actor, at: datetime) -> None:
    """End the client's agreement: from now on nothing is shown, and hubs that read it are asked to delete it.

    :raises CannotAuthorise: by a stranger, or when nothing is in force
    """
    row = locked(request)
    policies.can_withdraw_authorisation(by, row).or_raise(CannotAuthorise)
    ended = ClientAuthorisation.objects.filter(request=row, withdrawn_at=None).update(withdrawn_at=at)
    if not ended:
        raise CannotAuthorise(_("No agreement is in force."))
    readers = readers_to_ask(row)
    ask_to_delete(row, readers, at=at)
    record("authorisation.withdrawn", row, by=by, at=at, partners=readers, to_client=True)


def readers_to_ask(request: Request) -> list[int]:
    """Return the hubs that were shown anything of the request."""
    return sorted(set(Disclosure.objects.filter(request=request).values_list("hub_id", flat=True)))


def ask_to_delete(request: Request, hub_ids: Iterable[int], *, at: datetime, about: str = "client") -> None:
    """Ask hubs to delete what they read. Who is asked already is not asked twice."""
    rows = [DeletionAsk(request=request, hub_id=hub_id, about=about, asked_at=at) for hub_id in hub_ids]
    DeletionAsk.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def confirm_deleted(ask: DeletionAsk, *, by: Actor, at: datetime) -> None:
    """Say that the hub deleted what it read. A second time changes nothing.

    :raises CannotConfirmDeleted: by anybody else
    """
    row = DeletionAsk.objects.select_for_update(of=("self",)).select_related("request").get(pk=ask.pk)
    if not by.works_for_hub or by.hub_id != row.hub_id:
        raise CannotConfirmDeleted(_("Only people of the hub that read it can say this."))
    if row.deleted_at is not None:
        return
    row.deleted_at, row.deleted_by_id = at, by.user_id
    row.save(update_fields=["deleted_at", "deleted_by"])
    record(
        "deletion.confirmed",
        row.request,
        by=by,
        at=at,
        facts={"hub_id": row.hub_id},
        partners=[row.hub_id],
        subject=row,
    )


def _live_partners(row: Request) -> list[int]:
    live = (InvitationState.SENT, InvitationState.ACCEPTED)
    return list(Invitation.objects.filter(request=row, state__in=live).values_list("hub_id", flat=True))
