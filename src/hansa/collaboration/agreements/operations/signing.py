"""Signing: one person, one version, one text, proved with a second factor."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from hansa.collaboration.agreements import policies
from hansa.collaboration.agreements.models import Agreement, Party, Signature, Version
from hansa.collaboration.agreements.operations import rows
from hansa.collaboration.agreements.operations.answering import refuse_other_version
from hansa.collaboration.agreements.queries import evidence, reading, typesetting, wording
from hansa.collaboration.agreements.states import MOVES
from hansa.collaboration.partnering import operations as partnering
from hansa.foundation.actors import Actor
from hansa.foundation.policies import Refusal, Verdict
from hansa.foundation.tasks import defer
from hansa.hubs.people import operations as people


class CannotSign(Refusal):
    """The signature was not taken."""


def purpose_of(agreement: Agreement, *, version: int) -> str:
    """Return what a mailed code is for: a code for one version does not sign another."""
    return _("signing version %(n)s of the agreement for case %(ref)s") % {"n": version, "ref": agreement.request.ref}


def send_code(agreement: Agreement, *, by: Actor, at: datetime) -> None:
    """Mail the signatory the code that signs the current version.

    :raises CannotSign: the person may not sign now, or the mail cannot be sent
    """
    parties = reading.parties_of(agreement)
    party = reading.party_for(by, parties)
    _may_sign(by, agreement, party).or_raise(CannotSign)
    user = get_user_model().objects.get(pk=by.user_id)
    try:
        people.send_signing_code(user=user, purpose=purpose_of(agreement, version=agreement.version_number), at=at)
    except people.CannotSendCode as no:
        raise CannotSign(no.reason) from no


def sign(
    agreement: Agreement,
    *,
    by: Actor,
    version: int,
    shown_sha256: str,
    name: str,
    function: str,
    method: str,
    answer: str,
    at: datetime,
) -> Signature:
    """Sign a version for the hub. When the last party signs, the agreement is in force, and is sealed in the background.

    The same person signing the same version again gets the first signature back.

    :param shown_sha256: fingerprint of the text the person had before them
    :param answer: what proves the person by ``method``: digits, or the browser's answer for a passkey
    :raises CannotSign: not the current text, not everybody accepted, not a signatory, or not proved
    """
    name, function = wording.clean(name), wording.clean(function)
    with transaction.atomic():
        agreement = rows.locked(agreement)
        parties = reading.parties_of(agreement)
        party = reading.party_for(by, parties)
        if party is not None and (given := _given_by(by, party, version)):
            return given
        current = _checked(agreement, party, by=by, version=version, shown_sha256=shown_sha256)
        _refuse_bad_name(name, function)
        assert party is not None
        _refuse_unprintable(agreement, current, party, name=name, function=function, at=at)
        proof = _prove(agreement, by=by, method=method, answer=answer, at=at)
        if proof:
            signature = _write(party, current, by=by, name=name, function=function, method=method, at=at)
            rows.record(
                "agreement.signed",
                agreement=agreement,
                parties=parties,
                by=by,
                at=at,
                facts={"hub": party.hub.name, "name": name},
                subject=signature,
            )
            _bind_or_hand_over(agreement, by=by, at=at)
            return signature
    # Raised outside the transaction: the wrong answer must stay counted.
    raise CannotSign(proof.reason)


def _given_by(by: Actor, party: Party, version: int) -> Signature | None:
    given = party.valid
    return given if given and given.signer_id == by.user_id and given.version.number == version else None


def _may_sign(by: Actor, agreement: Agreement, party: Party | None) -> Verdict:
    is_there = party is not None and party.signatory_is_there
    return policies.can_sign(by, agreement, party, signatory_is_there=is_there)


def _checked(agreement: Agreement, party: Party | None, *, by: Actor, version: int, shown_sha256: str) -> Version:
    policies.acts_for(by, party).or_raise(CannotSign)
    refuse_other_version(agreement, version, refusal=CannotSign)
    _may_sign(by, agreement, party).or_raise(CannotSign)
    current = reading.version_of(agreement)
    assert current is not None
    if not constant_time_compare(current.sha256, shown_sha256):
        raise CannotSign(_("The text on your page is not the current one. Load the page again and read it."))
    return current


def _refuse_bad_name(name: str, function: str) -> None:
    if not name or not function:
        raise CannotSign(_("Type your name and your function."))
    if len(name) > 200 or len(function) > 200:
        raise CannotSign(_("Name and function have at most 200 characters each."))
    if problem := wording.problem_in(name + function):
        raise CannotSign(problem)


def _refuse_unprintable(
    agreement: Agreement, version: Version, party: Party, *, name: str, function: str, at: datetime
) -> None:
    sample = evidence.signature_sample(agreement, version, name=name, function=function, hub=party.hub.name)
    try:
        typesetting.as_pdf(sample, at=at)
    except typesetting.CannotPrint as no:
        raise CannotSign(str(no)) from no


def _prove(agreement: Agreement, *, by: Actor, method: str, answer: str, at: datetime) -> Verdict:
    user = get_user_model().objects.get(pk=by.user_id)
    purpose = purpose_of(agreement, version=agreement.version_number)
    return people.check_second_factor(user=user, method=method, answer=answer, at=at, purpose=purpose)


def _write(
    party: Party, version: Version, *, by: Actor, name: str, function: str, method: str, at: datetime
) -> Signature:
    signature = Signature.objects.create(
        party=party,
        version=version,
        signer_id=by.user_id,
        name=name,
        function=function,
        sha256=version.sha256,
        method=method,
        statement=evidence.statement(version.number),
        signed_at=at,
    )
    if party.signatory_id != by.user_id:
        Party.objects.filter(pk=party.pk).update(signatory_id=by.user_id)
    return signature


def _bind_or_hand_over(agreement: Agreement, *, by: Actor, at: datetime) -> None:
    parties = reading.parties_of(agreement)
    if policies.waited_for(agreement, parties):
        rows.hand_over(agreement, parties)
        return
    agreement.state = MOVES["bind"].target
    agreement.in_force_at = at
    agreement.save(update_fields=["state", "in_force_at"])
    partnering.move(agreement.request, "start", by=by, at=at, turn_hub_ids=[party.hub_id for party in parties])
    rows.record("agreement.in_force", agreement=agreement, parties=parties, by=by, at=at)
    defer("agreements.seal", agreement_id=agreement.pk, unique=f"agreements.seal.{agreement.pk}")
    defer("delivery.open", request_id=agreement.request_id, unique=f"delivery.open.{agreement.request_id}")
