"""Signing: one person, one version, one text, proved with a second factor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from hansa.collaboration.agreements import policies
from hansa.collaboration.agreements.models import Agreement, Party, Signature, SignedUpload, Version
from hansa.collaboration.agreements.operations import rows
from hansa.collaboration.agreements.operations.answering import refuse_other_version
from hansa.collaboration.agreements.queries import evidence, reading, typesetting, wording
from hansa.collaboration.agreements.states import MOVES, SignatureLevel
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
    may_sign(by, agreement, party, parties, at=at).or_raise(CannotSign)
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
        policies.acts_for(by, party).or_raise(CannotSign)
        refuse_other_version(agreement, version, refusal=CannotSign)
        may_sign(by, agreement, party, parties, at=at).or_raise(CannotSign)
        current = _as_shown(agreement, shown_sha256)
        refuse_bad_name(name, function)
        assert party is not None
        refuse_unprintable(agreement, current, party, name=name, function=function, at=at)
        proof = prove(agreement, by=by, method=method, answer=answer, at=at)
        if proof:
            said = (name, function, method)
            return write(agreement, parties, party, current, by=by, said=said, at=at)
    # Raised outside the transaction: the wrong answer must stay counted.
    raise CannotSign(proof.reason)


def _given_by(by: Actor, party: Party, version: int) -> Signature | None:
    given = party.valid
    return given if given and given.signer_id == by.user_id and given.version.number == version else None


def may_sign(
    by: Actor, agreement: Agreement, party: Party | None, parties: Sequence[Party], *, at: datetime
) -> Verdict:
    """Whether the person may sign for the party at this time, here or elsewhere."""
    is_there = party is not None and party.signatory_is_there
    today = timezone.localdate(at)
    return policies.can_sign(by, agreement, party, parties=parties, on=today, signatory_is_there=is_there)


def _as_shown(agreement: Agreement, shown_sha256: str) -> Version:
    current = reading.version_of(agreement)
    assert current is not None
    if not constant_time_compare(current.sha256, shown_sha256):
        raise CannotSign(_("The text on your page is not the current one. Load the page again and read it."))
    return current


def refuse_bad_name(name: str, function: str) -> None:
    """Refuse names that are missing, too long or not made of letters."""
    if not name or not function:
        raise CannotSign(_("Type your name and your function."))
    if len(name) > 200 or len(function) > 200:
        raise CannotSign(_("Name and function have at most 200 characters each."))
    if problem := wording.problem_in(name + function):
        raise CannotSign(problem)


def refuse_unprintable(
    agreement: Agreement, version: Version, party: Party, *, name: str, function: str, at: datetime
) -> None:
    """Refuse names that could not be printed into the sealed file."""
    sample = evidence.signature_sample(agreement, version, name=name, function=function, hub=party.hub.name)
    try:
        typesetting.as_pdf(sample, at=at)
    except typesetting.CannotPrint as no:
        raise CannotSign(str(no)) from no


def prove(agreement: Agreement, *, by: Actor, method: str, answer: str, at: datetime) -> Verdict:
    """Say whether the second factor proves the person, for signing the current version."""
    user = get_user_model().objects.get(pk=by.user_id)
    purpose = purpose_of(agreement, version=agreement.version_number)
    return people.check_second_factor(user=user, method=method, answer=answer, at=at, purpose=purpose)


def write(
    agreement: Agreement,
    parties: Sequence[Party],
    party: Party,
    version: Version,
    *,
    by: Actor,
    said: tuple[str, str, str],
    at: datetime,
    level: SignatureLevel = SignatureLevel.SIMPLE,
    upload: SignedUpload | None = None,
    counted_at: datetime | None = None,
) -> Signature:
    """Write a signature down that was found good, and hand the turn on or bring the agreement into force.

    :param said: name, function and method
    :param upload: the file that carries it, checked; it was ``counted_at`` a later time than it came in
    """
    name, function, method = said
    signature = Signature.objects.create(
        party=party,
        version=version,
        signer_id=by.user_id,
        name=name,
        function=function,
        sha256=version.sha256,
        method=method,
        level=level,
        upload=upload,
        statement=evidence.statement(version.number),
        signed_at=at,
    )
    if party.signatory_id != by.user_id:
        Party.objects.filter(pk=party.pk).update(signatory_id=by.user_id)
    facts = {"hub": party.hub.name, "name": name, "level": level}
    at = counted_at or at
    rows.record("agreement.signed", agreement=agreement, parties=parties, by=by, at=at, facts=facts, subject=signature)
    _bind_or_hand_over(agreement, by=by, at=at)
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
