"""When a signatory signs."""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from collaboration.agreements.agreeing import actor, signing_call, tick
from django.db.models import Q
from factories import make_member
from procrastinate.contrib.django.models import ProcrastinateJob

from hansa.collaboration.agreements import operations
from hansa.collaboration.agreements.operations import CannotSign, NewWording
from hansa.collaboration.models import Signature
from hansa.foundation.activity import Activity
from hansa.hubs.models import Membership

REWORD = NewWording(clause="insurance", words="None.")


def jobs(agreement):
    """Return the background work that waits for this agreement or its case."""
    about = Q(args__agreement_id=agreement.pk) | Q(args__request_id=agreement.request_id)
    return set(ProcrastinateJob.objects.filter(about).values_list("task_name", flat=True))


def test_writes_name_function_time_text_and_second_factor(cast, accepted, sign):
    """Source: BP-AGR."""
    at = tick()
    signature = sign(accepted, cast.jonas, name="  Jonas \n Weber ", function="Geschäftsführer", at=at)
    signature.refresh_from_db()
    assert (signature.name, signature.function, signature.method) == ("Jonas Weber", "Geschäftsführer", "mail-code")
    assert (signature.signed_at, signature.version.number) == (at, 1)
    assert signature.sha256 == accepted.versions.get().sha256
    assert signature.statement.startswith("I have read version 1 of this agreement")
    assert Activity.objects.get(verb="agreement.signed").facts["hub"] == "Isar Edge Lab"


def test_leaves_the_turn_with_those_who_have_not_signed(cast, accepted, sign):
    sign(accepted, cast.jonas)
    accepted.request.refresh_from_db()
    assert accepted.request.turn_hub_ids == sorted([cast.ebro.pk, cast.aarhus.pk])


def test_brings_agreement_into_force_when_last_party_signs(cast, in_force):
    assert (in_force.state, in_force.request.state) == ("in-force", "delivering")
    assert in_force.in_force_at == Signature.objects.latest("signed_at").signed_at
    assert Activity.objects.filter(verb="agreement.in_force").count() == 1
    assert jobs(in_force) == {"agreements.seal", "delivery.open"}


def test_asks_for_no_seal_before_the_last_party(cast, accepted, sign):
    sign(accepted, cast.jonas)
    sign(accepted, cast.mette)
    accepted.refresh_from_db()
    assert accepted.state == "signing"
    assert jobs(accepted) == set()


def test_second_click_gets_the_first_signature(cast, accepted, mailoutbox):
    call = signing_call(accepted, cast.jonas, mailoutbox)
    first = operations.sign(accepted, **call)
    second = operations.sign(accepted, **call)
    assert second == first
    assert Signature.objects.count() == 1
    assert Activity.objects.filter(verb="agreement.signed").count() == 1


def test_second_click_on_the_last_signature_gets_it_too(cast, accepted, sign, mailoutbox):
    sign(accepted, cast.lucia)
    sign(accepted, cast.jonas)
    call = signing_call(accepted, cast.mette, mailoutbox)
    assert operations.sign(accepted, **call) == operations.sign(accepted, **call)


@pytest.mark.parametrize("person", ["stranger", "mayor", "steward"])
def test_refuses_whoever_is_no_party(cast, accepted, person):
    version = accepted.versions.get()
    with pytest.raises(CannotSign, match="party to the agreement"):
        operations.sign(
            accepted,
            by=actor(getattr(cast, person)),
            version=1,
            shown_sha256=version.sha256,
            name="X",
            function="Y",
            method="mail-code",
            answer="123456",
            at=tick(),
        )
    assert not Signature.objects.exists()


def test_refuses_people_without_the_role(cast, accepted, sign):
    manager = make_member(cast.isar, "manager", name="Ida Manager")
    with pytest.raises(CannotSign, match="Only a signatory of your hub can sign"):
        sign(accepted, manager)
    with pytest.raises(CannotSign, match="Only a signatory"):
        sign(accepted, cast.pau)


def test_refuses_a_signatory_who_left(cast, accepted, mailoutbox):
    call = signing_call(accepted, cast.jonas, mailoutbox)
    Membership.objects.filter(user=cast.jonas).update(ended_at=tick())
    with pytest.raises(CannotSign, match="party to the agreement"):
        operations.sign(accepted, **{**call, "by": actor(cast.jonas)})


def test_refuses_before_everybody_accepted(cast, agreement, sign):
    operations.accept(agreement, by=actor(cast.jonas), version=1, at=tick())
    with pytest.raises(CannotSign, match="every party has accepted"):
        sign(agreement, cast.jonas)


def test_refuses_a_wrong_code_and_keeps_it_counted(cast, accepted, sign):
    with pytest.raises(CannotSign, match="not right"):
        sign(accepted, cast.jonas, answer="wrong")
    assert not Signature.objects.exists()
    from hansa.hubs.people.models import SigningCode

    assert SigningCode.objects.get(user=cast.jonas).n_tries == 1


def test_refuses_a_code_mailed_for_an_earlier_version(cast, accepted, mailoutbox):
    old = signing_call(accepted, cast.jonas, mailoutbox)
    operations.revise(accepted, by=actor(cast.lucia), base_version=1, change=REWORD, note="why", at=tick())
    for person in (cast.jonas, cast.mette):
        operations.accept(accepted, by=actor(person), version=2, at=tick())
    current = accepted.versions.get(number=2)
    with pytest.raises(CannotSign, match="Ask for a code first"):
        operations.sign(accepted, **{**old, "version": 2, "shown_sha256": current.sha256})


def test_refuses_a_version_that_is_not_current(cast, accepted, mailoutbox):
    call = signing_call(accepted, cast.jonas, mailoutbox)
    operations.revise(accepted, by=actor(cast.lucia), base_version=1, change=REWORD, note="why", at=tick())
    with pytest.raises(CannotSign, match="version 2 is the current one"):
        operations.sign(accepted, **call)


def test_refuses_a_text_other_than_the_one_shown(cast, accepted, sign):
    for shown in ("0" * 64, "", "ü"):
        with pytest.raises(CannotSign, match="not the current one"):
            sign(accepted, cast.jonas, shown_sha256=shown)
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"name": " "}, "Type your name"),
        ({"function": ""}, "Type your name"),
        ({"name": "x" * 201}, "at most 200"),
        ({"name": "Jonas \u202e rebeW"}, "hidden character"),
        ({"name": "Jonas 🤖"}, "cannot be printed"),
    ],
)
def test_refuses_names_that_cannot_be_printed(cast, accepted, sign, changes, reason):
    with pytest.raises(CannotSign, match=reason):
        sign(accepted, cast.jonas, **changes)


def test_takes_a_code_from_an_authenticator_app(cast, accepted):
    secret = generate_totp_secret()
    TOTP.activate(cast.jonas, secret)
    version, at = accepted.versions.get(), tick()
    signature = operations.sign(
        accepted,
        by=actor(cast.jonas),
        version=1,
        shown_sha256=version.sha256,
        name="Jonas Weber",
        function="Director",
        method="totp",
        answer=format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30)),
        at=at,
    )
    assert signature.method == "totp"


def test_refuses_once_in_force(cast, in_force, sign):
    other = make_member(cast.isar, "signatory", name="Other Signatory")
    with pytest.raises(CannotSign):
        sign(in_force, other)


def test_refuses_in_a_cancelled_case(cast, accepted, sign):
    accepted.request.state = "cancelled"
    accepted.request.save()
    with pytest.raises(CannotSign, match="cancelled"):
        sign(accepted, cast.jonas)


def test_signatures_stay_when_the_hub_has_two_signatories_and_one_left_unappointed(cast, accepted, sign):
    sign(accepted, cast.jonas)
    party = accepted.parties.get(hub=cast.isar)
    assert party.signatory == cast.jonas
