"""When a signatory signs in a tool of their own and sends the file back."""

from __future__ import annotations

import pytest
from collaboration.agreements import outside
from collaboration.agreements.agreeing import actor, signing_call, tick

from hansa.collaboration.agreements import operations
from hansa.collaboration.agreements.operations import CannotSign, sealing
from hansa.collaboration.agreements.operations.stamping import trust
from hansa.collaboration.agreements.queries import reading
from hansa.collaboration.agreements.queries.validation import check_file
from hansa.collaboration.models import Signature, SignedUpload


@pytest.fixture
def send(mailoutbox):
    """Send a file as a person, with a code by mail, and have it checked."""

    def by_mail(agreement, user, file, **changes):
        call = signing_call(agreement, user, mailoutbox)
        del call["shown_sha256"]
        upload = operations.send_signed_file(agreement, **{**call, "file": file, **changes})
        return operations.answer_upload(upload.pk, at=tick())

    return by_mail


@pytest.fixture
def copy(accepted):
    return accepted.versions.get().copy.read()


@pytest.fixture
def jonas(settings):
    """The certificate of Jonas, whose issuer the operator trusts."""
    root = outside.authority()
    settings.TRUST_DIR.mkdir(parents=True)
    (settings.TRUST_DIR / "root.pem").write_bytes(root.pem)
    return outside.issue(
        "Jonas Weber", root, statements=bytes.fromhex("300a300806060404008e460101".replace("0404", "04"))
    )


def test_it_counts_as_advanced_when_the_issuer_is_known(cast, accepted, copy, jonas, send):
    """Source: BP-AGR."""
    upload = send(accepted, cast.jonas, outside.signed_by(copy, jonas))
    assert (upload.state, upload.reason) == ("accepted", "")
    signature = Signature.objects.get(voided_at=None)
    assert (signature.level, signature.method, signature.second_factor) == ("advanced", "upload", "mail-code")
    assert upload.found["issuer"] == "Trusted signatures"
    accepted.request.refresh_from_db()
    assert accepted.request.turn_hub_ids == sorted([cast.ebro.pk, cast.aarhus.pk])


def test_it_counts_as_simple_when_nobody_knows_the_issuer(cast, accepted, copy, send):
    upload = send(accepted, cast.jonas, outside.signed_by(copy, outside.issue("Jonas Weber")))
    assert upload.state == "accepted"
    assert upload.found["issuer_is_known"] is False
    assert Signature.objects.get().level == "simple"


def test_the_sealed_file_carries_it_along(cast, accepted, copy, jonas, send, sign):
    signed = outside.signed_by(copy, jonas)
    for person in (cast.lucia, cast.mette):
        sign(accepted, person)
    upload = send(accepted, cast.jonas, signed)
    made = sealing.seal(accepted.pk, at=tick())
    assert made is not None
    content = made.file.read()
    assert check_file(content, trust=trust()).is_valid
    from io import BytesIO

    from pypdf import PdfReader

    assert PdfReader(BytesIO(content)).attachments[upload.name][0] == signed


def test_another_file_is_refused_and_nothing_is_lost(cast, accepted, copy, jonas, send):
    upload = send(accepted, cast.jonas, outside.signed_by(copy, jonas)[:-500])
    assert upload.state == "refused"
    assert upload.reason
    assert upload.file.read()
    assert not Signature.objects.exists()
    assert send(accepted, cast.jonas, outside.signed_by(copy, jonas)).state == "accepted"


def test_a_signature_counts_for_one_party(cast, accepted, copy, jonas, send):
    signed = outside.signed_by(copy, jonas)
    send(accepted, cast.jonas, signed)
    upload = send(accepted, cast.mette, signed)
    assert "counts for another party" in upload.reason
    both = outside.signed_by(signed, outside.issue("Mette Holm"), field="Signature2")
    assert send(accepted, cast.mette, both).state == "accepted"
    assert Signature.objects.count() == 2


def test_it_is_refused_when_the_text_changed_meanwhile(cast, accepted, copy, jonas, mailoutbox):
    call = signing_call(accepted, cast.jonas, mailoutbox)
    del call["shown_sha256"]
    upload = operations.send_signed_file(accepted, **call, file=outside.signed_by(copy, jonas))
    words = operations.NewWording(clause="insurance", words="None.")
    operations.revise(accepted, by=actor(cast.mette), base_version=1, change=words, note="why", at=tick())
    assert "The text has changed" in operations.answer_upload(upload.pk, at=tick()).reason


def test_it_needs_the_second_factor(cast, accepted, copy, jonas, send):
    with pytest.raises(CannotSign):
        send(accepted, cast.jonas, outside.signed_by(copy, jonas), answer="000000")
    assert not SignedUpload.objects.exists()


def test_the_file_to_sign_is_known_by_its_text(accepted, copy):
    assert reading.copy_of(accepted.versions.get().sha256) == copy
    assert reading.copy_of("0" * 64) is None
