"""When signing has an order or a last day, or somebody takes a signature back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from collaboration.agreements.agreeing import actor, tick
from factories import NOW, make_member

from hansa.collaboration.agreements import operations
from hansa.collaboration.agreements.operations import CannotAppoint, CannotArrange, CannotSign, CannotWithdraw
from hansa.foundation.activity import Activity


def arrange(cast, agreement, until=None, **steps):
    order = {
        hub.pk: steps.get(name, 1) for name, hub in (("ebro", cast.ebro), ("isar", cast.isar), ("aarhus", cast.aarhus))
    }
    return operations.arrange_signing(agreement, by=actor(cast.lucia), steps=order, until=until, at=tick())


def turn(agreement):
    agreement.request.refresh_from_db()
    return agreement.request.turn_hub_ids


def test_the_turn_follows_the_order(cast, accepted, sign):
    arrange(cast, accepted, isar=1, aarhus=1, ebro=2)
    assert turn(accepted) == sorted([cast.isar.pk, cast.aarhus.pk])
    with pytest.raises(CannotSign, match="First comes: Isar Edge Lab, Aarhus Food Robotics"):
        sign(accepted, cast.lucia)
    for person in (cast.jonas, cast.mette):
        sign(accepted, person)
    assert turn(accepted) == [cast.ebro.pk]
    sign(accepted, cast.lucia)
    accepted.refresh_from_db()
    assert accepted.state == "in-force"


def test_only_the_lead_arranges_and_only_what_can_be(cast, accepted):
    with pytest.raises(CannotArrange, match="Only the lead"):
        operations.arrange_signing(accepted, by=actor(cast.jonas), steps={}, until=None, at=tick())
    with pytest.raises(CannotArrange, match="cannot lie in the past"):
        arrange(cast, accepted, until=NOW.date() - timedelta(days=1))
    with pytest.raises(CannotArrange, match="from 1 to 3"):
        arrange(cast, accepted, isar=4)


def test_after_the_last_day_nobody_signs_until_the_lead_renews(cast, accepted, sign):
    arrange(cast, accepted, until=NOW.date() + timedelta(days=1))
    late = NOW + timedelta(days=3)
    with pytest.raises(CannotSign, match="The last day to sign was"):
        sign(accepted, cast.jonas, at=late)
    assert operations.close_rounds(at=NOW) == 0
    assert operations.close_rounds(at=late) == 1
    assert operations.close_rounds(at=late) == 0
    assert turn(accepted) == [cast.ebro.pk]
    assert Activity.objects.filter(verb="agreement.round_over").count() == 1
    arrange(cast, accepted, until=NOW.date() + timedelta(days=30))
    assert len(turn(accepted)) == 3
    sign(accepted, cast.jonas)


def test_a_signature_is_taken_back_until_the_last_one(cast, accepted, sign):
    sign(accepted, cast.jonas)
    with pytest.raises(CannotWithdraw, match="has not signed"):
        operations.withdraw_signature(accepted, by=actor(cast.mette), at=tick())
    operations.withdraw_signature(accepted, by=actor(cast.jonas), at=tick())
    assert cast.isar.pk in turn(accepted)
    assert Activity.objects.get(verb="agreement.signature_withdrawn").facts["name"] == "Jonas Weber"
    for person in (cast.jonas, cast.mette, cast.lucia):
        sign(accepted, person)
    with pytest.raises(CannotWithdraw, match="until the last party"):
        operations.withdraw_signature(accepted, by=actor(cast.jonas), at=tick())


def test_who_is_to_sign_passes_it_on(cast, accepted):
    other = make_member(cast.isar, "signatory", name="Petra Deputy")
    colleague = make_member(cast.isar, "signatory", name="Third Person")
    operations.appoint_signatory(accepted, by=actor(cast.jonas), user_id=other.pk, at=tick())
    operations.appoint_signatory(accepted, by=actor(other), user_id=colleague.pk, at=tick())
    assert Activity.objects.filter(verb="agreement.signing_passed_on").latest("pk").facts["name"] == "Third Person"
    with pytest.raises(CannotAppoint):
        operations.appoint_signatory(accepted, by=actor(other), user_id=other.pk, at=tick())
