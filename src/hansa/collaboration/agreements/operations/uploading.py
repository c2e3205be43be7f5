"""A text of ours that a signatory signed in a tool of their own: sent back, checked in the worker, counted or refused."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.agreements.models import Agreement, Party, SignedUpload, Version
from hansa.collaboration.agreements.operations import rows, signing
from hansa.collaboration.agreements.operations.answering import refuse_other_version
from hansa.collaboration.agreements.operations.signing import CannotSign
from hansa.collaboration.agreements.queries import reading, wording
from hansa.collaboration.agreements.states import SignatureLevel, SignMethod, UploadState
from hansa.foundation.actors import SYSTEM, Actor
from hansa.foundation.tasks import defer
from hansa.hubs.people.queries import actor_of

if TYPE_CHECKING:
    from hansa.collaboration.agreements.queries.validation import FileReport, Signed

# What signing adds is small; a visible signature may hold a picture.
MOST_BYTES = 5_000_000


def send_signed_file(
    agreement: Agreement,
    *,
    by: Actor,
    version: int,
    name: str,
    function: str,
    method: str,
    answer: str,
    file: bytes,
    at: datetime,
) -> SignedUpload:
    """Take a signed file in and have it checked in the background. It counts when the check says so.

    :param answer: what proves by ``method`` who sends it; a certificate alone says little about that
    :raises CannotSign: the person may not sign now, is not proved, or sent a file that is being checked already
    """
    name, function = wording.clean(name), wording.clean(function)
    with transaction.atomic():
        agreement = rows.locked(agreement)
        parties = reading.parties_of(agreement)
        party = reading.party_for(by, parties)
        refuse_other_version(agreement, version, refusal=CannotSign)
        signing.may_sign(by, agreement, party, parties, at=at).or_raise(CannotSign)
        assert party is not None
        current = reading.version_of(agreement)
        assert current is not None
        signing.refuse_bad_name(name, function)
        signing.refuse_unprintable(agreement, current, party, name=name, function=function, at=at)
        if len(file) > MOST_BYTES:
            raise CannotSign(_("This file is too large for a signed agreement."))
        if SignedUpload.objects.filter(party=party, state=UploadState.WAITING).exists():
            raise CannotSign(_("A file of your hub is being checked. Wait for the answer."))
        proof = signing.prove(agreement, by=by, method=method, answer=answer, at=at)
        if proof:
            return _take_in(party, current, by=by, said=(name, function, method), file=file, at=at)
    # Raised outside the transaction: the wrong answer must stay counted.
    raise CannotSign(proof.reason)


def _take_in(
    party: Party, version: Version, *, by: Actor, said: tuple[str, str, str], file: bytes, at: datetime
) -> SignedUpload:
    upload = SignedUpload(
        party=party,
        version=version,
        signer_id=by.user_id,
        signer_name=said[0],
        function=said[1],
        method=said[2],
        sha256=hashlib.sha256(file).hexdigest(),
        sent_at=at,
    )
    upload.file.save(f"signed-{upload.sha256[:16]}.pdf", ContentFile(file), save=True)
    defer("agreements.check_upload", upload_id=upload.pk, unique=f"agreements.check_upload.{upload.pk}")
    return upload


def answer_upload(upload_id: int, *, at: datetime) -> SignedUpload:
    """Check a signed file and count it as the signature of its party, or refuse it with the reason.

    The check runs outside of any lock: it takes its time, and others sign meanwhile. A second run changes nothing.
    """
    # Only the worker needs the library that checks.
    from hansa.collaboration.agreements.operations.stamping import trust
    from hansa.collaboration.agreements.queries.validation import check_file

    upload = SignedUpload.objects.select_related("party__agreement", "version").get(pk=upload_id)
    with upload.file.open("rb") as stored:
        content = stored.read()
    report = check_file(content, trust=trust(), copy_of=reading.copy_of)
    with transaction.atomic():
        agreement = rows.locked(upload.party.agreement)
        upload = SignedUpload.objects.select_related("signer", "version").get(pk=upload_id)
        if upload.state == UploadState.WAITING:
            try:
                _count(upload, agreement, report, at=at)
            except CannotSign as no:
                _refuse(upload, agreement, reason=no.reason, at=at)
    return upload


def _count(upload: SignedUpload, agreement: Agreement, report: FileReport, *, at: datetime) -> None:
    parties = reading.parties_of(agreement)
    party = next(party for party in parties if party.pk == upload.party_id)
    by = actor_of(user=upload.signer, hub_id=party.hub_id)
    refuse_other_version(agreement, upload.version.number, refusal=CannotSign)
    signing.may_sign(by, agreement, party, parties, at=upload.sent_at).or_raise(CannotSign)
    signed = _new_signature(report, upload.version)
    upload.state, upload.answered_at = UploadState.ACCEPTED, at
    upload.signature_sha256 = signed.sha256
    upload.found = {
        "by": signed.by,
        "issuer": signed.issuer,
        "issuer_is_known": signed.is_known,
        "signed_at": signed.at.isoformat() if signed.at else "",
        "time_stamp_by": signed.stamped_by,
        "pades": signed.level,
        "calls_itself_qualified": signed.says_qualified,
    }
    upload.save()
    level = SignatureLevel.ADVANCED if signed.is_known else SignatureLevel.SIMPLE
    signing.write(
        agreement,
        parties,
        party,
        upload.version,
        by=by,
        said=(upload.signer_name, upload.function, SignMethod.UPLOAD),
        level=level,
        upload=upload,
        at=upload.sent_at,
        counted_at=at,
    )


def _new_signature(report: FileReport, version: Version) -> Signed:
    """Return the signature that counts: the last one that has not counted for somebody else.

    :raises CannotSign: there is none, or the file does not hold
    """
    if report.flaws:
        raise CannotSign(" ".join(report.flaws))
    if report.kind != "signed" or report.sha256 != version.sha256:
        raise CannotSign(_("This is another text than the one to sign. Download the file again and sign that one."))
    counted = set(
        SignedUpload.objects.filter(
            signature_sha256__in=[signed.sha256 for signed in report.signatures], state=UploadState.ACCEPTED
        ).values_list("signature_sha256", flat=True)
    )
    new = [signed for signed in report.signatures if signed.sha256 not in counted]
    if not new:
        raise CannotSign(_("Every signature in this file counts for another party already. Add your own."))
    return new[-1]


def _refuse(upload: SignedUpload, agreement: Agreement, *, reason: str, at: datetime) -> None:
    upload.state, upload.reason, upload.answered_at = UploadState.REFUSED, reason, at
    upload.save()
    rows.record(
        "agreement.upload_refused",
        agreement=agreement,
        parties=reading.parties_of(agreement),
        by=SYSTEM,
        at=at,
        facts={"name": upload.signer_name},
        subject=upload,
    )
