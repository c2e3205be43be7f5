"""When people arrange signing, sign in a tool of their own or take a signature back, in the browser."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from collaboration.agreements import outside
from collaboration.agreements.agreeing import tick
from collaboration.agreements.test_pages import address, read
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hansa.collaboration.agreements import operations
from hansa.collaboration.agreements.operations import sealing
from hansa.collaboration.models import Party, Signature, SignedUpload


def order(cast, **changes):
    """Return the form of the round: Isar first, then the others."""
    return {f"step_{cast.isar.pk}": 1, f"step_{cast.aarhus.pk}": 2, f"step_{cast.ebro.pk}": 2, "until": "", **changes}


@pytest.fixture
def sent(client, cast, accepted, mailoutbox):
    """What Jonas types to send a file, with a code that was just mailed."""
    client.force_login(cast.jonas)
    client.post(address(accepted, "sign/code/"), {"for": "own-tool"})
    code = re.search(r"\b(\d{6})\b", mailoutbox[-1].body)
    assert code
    said = {"version": 1, "method": "mail-code", "name": "Jonas Weber", "function": "Vorstand"}
    return {**said, "has_read": "on", "answer": code[1]}


def as_file(content):
    return SimpleUploadedFile("signed.pdf", content, content_type="application/pdf")


# Order and last day


def test_lead_sets_order_and_last_day_and_all_read_them(client, cast, accepted):
    client.force_login(cast.lucia)
    page = client.get(address(accepted)).content.decode()
    assert f'name="step_{cast.isar.pk}"' in page
    last = timezone.localdate() + timedelta(days=9)
    assert client.post(address(accepted, "round/"), order(cast, until=last.isoformat())).status_code == 303
    assert f'value="{last}"' in client.get(address(accepted)).content.decode()
    client.force_login(cast.mette)
    page = client.get(address(accepted))
    assert re.search(r"1\. Isar Edge Lab.*Last day", read(page))
    assert "First comes: Isar Edge Lab" in read(page)
    assert f'name="step_{cast.isar.pk}"' not in page.content.decode()


def test_a_round_that_cannot_be_keeps_what_was_typed(client, cast, accepted):
    client.force_login(cast.lucia)
    past = client.post(address(accepted, "round/"), order(cast, until="2020-02-03"))
    assert past.status_code == 422
    assert 'value="2020-02-03"' in past.content.decode()
    assert "cannot lie in the past" in read(past)
    for junk in ({f"step_{cast.isar.pk}": "9"}, {f"step_{cast.isar.pk}": ""}, {"until": "soon"}):
        assert client.post(address(accepted, "round/"), order(cast, **junk)).status_code == 422
    client.force_login(cast.jonas)
    refused = client.post(address(accepted, "round/"), order(cast))
    assert refused.status_code == 422
    assert "Only the lead hub sets the order" in read(refused)
    assert set(Party.objects.values_list("sign_step", flat=True)) == {1}


def test_lead_renews_a_round_that_is_over(client, cast, accepted):
    accepted.sign_until, accepted.round_over_at = timezone.localdate() - timedelta(days=1), timezone.now()
    accepted.save()
    client.force_login(cast.lucia)
    assert "Set a new last day" in read(client.get(address(accepted)))
    new = (timezone.localdate() + timedelta(days=5)).isoformat()
    assert client.post(address(accepted, "round/"), order(cast, until=new)).status_code == 303
    assert "Set a new last day" not in read(client.get(address(accepted)))


# Taking back


def test_who_signed_takes_the_signature_back(client, cast, accepted, sign):
    sign(accepted, cast.jonas)
    client.force_login(cast.mette)
    page = read(client.get(address(accepted)))
    assert "Jonas Weber, Director, Simple electronic signature" in page
    assert "Take my signature back" not in page
    refused = client.post(address(accepted, "sign/back/"))
    assert refused.status_code == 422
    assert "Your hub has not signed." in read(refused)
    client.force_login(cast.jonas)
    assert "Take my signature back" in read(client.get(address(accepted)))
    assert client.post(address(accepted, "sign/back/")).status_code == 303
    assert not Signature.objects.filter(voided_at=None).exists()
    assert "Sign version 1" in read(client.get(address(accepted)))


# Signing elsewhere


def test_a_signatory_signs_in_a_tool_of_their_own(client, cast, accepted, sent, sign):
    """Source: BP-AGR."""
    response = client.get(address(accepted, "to-sign.pdf"))
    copy = b"".join(response.streaming_content)
    assert copy == accepted.versions.get().copy.read()
    signed = outside.signed_by(copy, outside.issue("Jonas Weber"))
    assert client.post(address(accepted, "sign/file/"), {**sent, "file": as_file(signed)}).status_code == 303
    waiting = read(client.get(address(accepted)))
    assert "Wait for the answer. Being checked" in waiting
    assert "Send the signed PDF" not in waiting
    operations.answer_upload(SignedUpload.objects.get().pk, at=timezone.now())
    page = read(client.get(address(accepted)))
    assert "Signed PDF Accepted" in page
    assert "Vorstand, Simple electronic signature" in page


def test_a_refused_file_says_why_to_its_hub_alone(client, cast, accepted, sent):
    client.post(address(accepted, "sign/file/"), {**sent, "file": as_file(b"%PDF-1.7 nothing")})
    upload = operations.answer_upload(SignedUpload.objects.get().pk, at=timezone.now())
    page = read(client.get(address(accepted)))
    assert f"{upload.reason} Refused" in page
    assert "Send the signed PDF" in page
    client.force_login(cast.mette)
    assert upload.reason not in read(client.get(address(accepted)))


def test_a_file_that_is_not_taken_in_keeps_what_was_typed(client, cast, accepted, sent):
    wrong = [
        ({"file": as_file(b"%PDF"), "answer": "000000"}, "This code is not right"),
        ({"file": as_file(b"%PDF"), "has_read": ""}, "Tick this to sign."),
        ({"file": as_file(b"x" * (operations.MOST_BYTES + 1))}, "This file is too large"),
        ({}, "This field is required"),
    ]
    for changes, reason in wrong:
        response = client.post(address(accepted, "sign/file/"), {**sent, **changes})
        assert response.status_code == 422, reason
        assert reason in read(response)
        assert 'value="Vorstand"' in response.content.decode()
    old = client.post(address(accepted, "sign/file/"), {**sent, "version": 7, "file": as_file(b"%PDF")})
    assert old.status_code == 422
    assert "The text has changed" in read(old)
    assert not SignedUpload.objects.exists()


def test_who_does_not_sign_sends_nothing(client, cast, accepted, sent):
    client.force_login(cast.pau)
    assert "Send the signed PDF" not in read(client.get(address(accepted)))
    response = client.post(address(accepted, "sign/file/"), {**sent, "file": as_file(b"%PDF")})
    assert response.status_code == 422
    assert not SignedUpload.objects.exists()


def test_there_is_nothing_to_sign_before_all_accepted(client, cast, agreement):
    client.force_login(cast.jonas)
    assert client.get(address(agreement, "to-sign.pdf")).status_code == 404
    assert "Send the signed PDF" not in read(client.get(address(agreement)))


# Evidence


def test_the_evidence_lies_beside_the_sealed_file(client, cast, in_force):
    client.force_login(cast.jonas)
    assert client.get(address(in_force, "evidence.pdf")).status_code == 404
    made = sealing.seal(in_force.pk, at=tick())
    assert made is not None
    page = read(client.get(address(in_force)))
    assert f"Level reached: {made.get_level_display()}. Its time stamps come from {made.stamped_by}." in page
    assert "Evidence as PDF" not in page
    made = sealing.add_evidence(in_force.pk, at=tick())
    assert "Evidence as PDF" in read(client.get(address(in_force)))
    response = client.get(address(in_force, "evidence.pdf"))
    assert response["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content) == made.evidence.read()
