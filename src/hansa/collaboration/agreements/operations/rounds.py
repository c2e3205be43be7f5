"""The round of signing: in which order, until when, and taking a signature back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.agreements import policies
from hansa.collaboration.agreements.models import Agreement, Party, Signature, SignedUpload
from hansa.collaboration.agreements.operations import rows
from hansa.collaboration.agreements.queries import reading
from hansa.collaboration.agreements.states import AgreementState, UploadState
from hansa.foundation.actors import SYSTEM, Actor
from hansa.foundation.policies import Refusal


class CannotArrange(Refusal):
    """The round of signing cannot be arranged like this."""


class CannotWithdraw(Refusal):
    """The signature cannot be taken back."""


@transaction.atomic
def arrange_signing(
    agreement: Agreement, *, by: Actor, steps: Mapping[int, int], until: date | None, at: datetime
) -> Agreement:
    """Set in which order the parties sign and the last day to sign. A new day opens a round that was over.

    :param steps: by hub id: parties with the same number sign in any order, lower numbers first
    :raises CannotArrange: not the lead, steps for other hubs than the parties, or a day in the past
    """
    agreement = rows.locked(agreement)
    parties = reading.parties_of(agreement)
    policies.can_arrange(by, agreement, reading.party_for(by, parties)).or_raise(CannotArrange)
    if set(steps) != {party.hub_id for party in parties} or not all(
        0 < step <= len(parties) for step in steps.values()
    ):
        raise CannotArrange(_("Give every party a place in the order, from 1 to %(n)s.") % {"n": len(parties)})
    if until is not None and until < timezone.localdate(at):
        raise CannotArrange(_("The last day to sign cannot lie in the past."))
    for party in parties:
        party.sign_step = steps[party.hub_id]
    Party.objects.bulk_update(parties, ["sign_step"])
    agreement.sign_until, agreement.round_over_at = until, None
    agreement.save(update_fields=["sign_until", "round_over_at"])
    facts = {"until": until.isoformat() if until else ""}
    rows.record("agreement.round_arranged", agreement=agreement, parties=parties, by=by, at=at, facts=facts)
    rows.hand_over(agreement, parties)
    return agreement


def close_rounds(*, at: datetime) -> int:
    """Say of every round whose last day has passed that it is over, and hand the turn to the lead. Returns how many."""
    late = Agreement.objects.filter(
        state=AgreementState.SIGNING, sign_until__lt=timezone.localdate(at), round_over_at=None
    )
    return sum(_close(agreement, at=at) for agreement in late)


@transaction.atomic
def _close(agreement: Agreement, *, at: datetime) -> bool:
    agreement = rows.locked(agreement)
    is_late = agreement.sign_until is not None and agreement.sign_until < timezone.localdate(at)
    if agreement.state != AgreementState.SIGNING or agreement.round_over_at is not None or not is_late:
        return False
    agreement.round_over_at = at
    agreement.save(update_fields=["round_over_at"])
    parties = reading.parties_of(agreement)
    rows.record("agreement.round_over", agreement=agreement, parties=parties, by=SYSTEM, at=at)
    rows.hand_over(agreement, parties)
    return True


@transaction.atomic
def withdraw_signature(agreement: Agreement, *, by: Actor, at: datetime) -> Signature:
    """Take one's signature back before the last party signs. The text stays accepted; the hub can sign again.

    :raises CannotWithdraw: the agreement is in force, or somebody else signed
    """
    agreement = rows.locked(agreement)
    parties = reading.parties_of(agreement)
    party = reading.party_for(by, parties)
    policies.can_withdraw(by, agreement, party).or_raise(CannotWithdraw)
    assert party is not None
    assert party.valid is not None
    signature, party.valid = party.valid, None
    signature.voided_at, signature.void_reason = at, f"{signature.name} took it back."
    signature.save(update_fields=["voided_at", "void_reason"])
    SignedUpload.objects.filter(signature=signature).update(state=UploadState.WITHDRAWN)
    facts = {"hub": party.hub.name, "name": signature.name}
    rows.record(
        "agreement.signature_withdrawn",
        agreement=agreement,
        parties=parties,
        by=by,
        at=at,
        facts=facts,
        subject=signature,
    )
    rows.hand_over(agreement, parties)
    return signature
