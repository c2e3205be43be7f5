"""What a party says to a text: seen, accepted, declined; and who signs for it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.agreements import policies
from hansa.collaboration.agreements.models import Agreement, Party
from hansa.collaboration.agreements.operations import rows
from hansa.collaboration.agreements.queries import reading, wording
from hansa.collaboration.agreements.states import MOVES, AgreementState
from hansa.collaboration.partnering import operations as partnering
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal
from hansa.hubs.people import queries as people


class CannotAccept(Refusal):
    """This version cannot be accepted."""


class CannotDecline(Refusal):
    """The agreement cannot be declined."""


class CannotAppoint(Refusal):
    """This person cannot be the one who signs."""


def refuse_other_version(agreement: Agreement, version: int, *, refusal: type[Refusal]) -> None:
    """Refuse an answer to a text that is not the current one."""
    if version != agreement.version_number:
        raise refusal(
            _("The text has changed: version %(n)s is the current one. Read what changed first.")
            % {"n": agreement.version_number}
        )


@transaction.atomic
def mark_seen(agreement: Agreement, *, by: Actor, at: datetime) -> None:
    """Note that somebody of the party opened the current version. A second time changes nothing."""
    party = Party.objects.filter(agreement=agreement, hub_id=by.hub_id)
    if party.filter(seen_version__lt=agreement.version_number).update(
        seen_version=agreement.version_number, seen_at=at
    ):
        rows.record("agreement.seen", agreement=agreement, parties=reading.parties_of(agreement), by=by, at=at)


@transaction.atomic
def accept(agreement: Agreement, *, by: Actor, version: int, at: datetime) -> Agreement:
    """Accept a version for the hub. When every party has, the agreement is ready to sign.

    Accepting twice changes nothing. A hub that declined may change its mind.

    :raises CannotAccept: it is not the current version, or the text is past accepting
    """
    agreement = rows.locked(agreement)
    parties = reading.parties_of(agreement)
    party = reading.party_for(by, parties)
    refuse_other_version(agreement, version, refusal=CannotAccept)
    if party is not None and party.accepted_version == version and party.declined_at is None:
        policies.acts_for(by, party).or_raise(CannotAccept)
        return agreement
    policies.can_accept(by, agreement, party).or_raise(CannotAccept)
    assert party is not None
    party.accepted_version = party.seen_version = version
    party.accepted_at = at
    party.seen_at = party.seen_at or at
    party.accepted_by_id = by.user_id
    party.declined_at, party.decline_note = None, ""
    party.save()
    rows.record("agreement.accepted", agreement=agreement, parties=parties, by=by, at=at, facts={"hub": party.hub.name})
    _open_signing(agreement, parties, by=by, at=at)
    return agreement


def _open_signing(agreement: Agreement, parties: list[Party], *, by: Actor, at: datetime) -> None:
    if policies.waited_for(agreement, parties):
        rows.hand_over(agreement, parties)
        return
    agreement.state = MOVES["ready"].target
    agreement.save(update_fields=["state"])
    waiting = policies.waited_for(agreement, parties)
    partnering.move(agreement.request, "ready", by=by, at=at, turn_hub_ids=waiting)


@transaction.atomic
def decline(agreement: Agreement, *, by: Actor, reason: str, at: datetime) -> Agreement:
    """Say that the hub will not join on this text; the lead has the turn then.

    :raises CannotDecline: without a reason, after signing, or once the agreement is in force
    """
    agreement = rows.locked(agreement)
    parties = reading.parties_of(agreement)
    party = reading.party_for(by, parties)
    policies.can_decline(by, agreement, party).or_raise(CannotDecline)
    assert party is not None
    reason = wording.clean(reason)
    if not reason:
        raise CannotDecline(_("Say in a sentence what keeps your hub from joining."))
    party.declined_at, party.decline_note = at, reason[:500]
    party.accepted_version = 0
    party.save(update_fields=["declined_at", "decline_note", "accepted_version"])
    was_signing = agreement.state == AgreementState.SIGNING
    agreement.state = MOVES["decline"].target
    agreement.save(update_fields=["state"])
    rows.record("agreement.declined", agreement=agreement, parties=parties, by=by, at=at, facts={"hub": party.hub.name})
    waiting = policies.waited_for(agreement, parties)
    if was_signing:
        partnering.move(agreement.request, "revise", by=by, at=at, turn_hub_ids=waiting)
    else:
        partnering.hand_over(agreement.request, hubs=waiting)
    return agreement


@transaction.atomic
def appoint_signatory(agreement: Agreement, *, by: Actor, user_id: int, at: datetime) -> Party:
    """Say which signatory of the hub signs, because the one before left or passes it on.

    :raises CannotAppoint: the person is no signatory of the hub, or the hub has signed
    """
    agreement = rows.locked(agreement)
    parties = reading.parties_of(agreement)
    party = reading.party_for(by, parties)
    policies.can_appoint(by, agreement, party).or_raise(CannotAppoint)
    assert party is not None
    person = next((user for user in people.signatories_of(party.hub_id) if user.pk == user_id), None)
    if person is None:
        raise CannotAppoint(_("This person cannot sign for your hub. Give them the role of signatory first."))
    if party.signatory_id != person.pk:
        is_passed_on = party.signatory_id == by.user_id
        party.signatory = person
        party.save(update_fields=["signatory"])
        facts = {"hub": party.hub.name, "name": str(person)}
        verb = "agreement.signing_passed_on" if is_passed_on else "agreement.signatory_appointed"
        rows.record(verb, agreement=agreement, parties=parties, by=by, at=at, facts=facts)
    return party
