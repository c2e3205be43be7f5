"""When a party says seen, accepted or declined, or says who signs. Source: BP-AGR-09."""

from __future__ import annotations

import pytest
from collaboration.agreements.agreeing import actor, tick
from factories import make_member

from hansa.collaboration.agreements import operations
from hansa.collaboration.agreements.operations import CannotAccept, CannotAppoint, CannotDecline, CannotSign, NewWording
from hansa.collaboration.agreements.policies import state_of
from hansa.collaboration.agreements.queries.reading import parties_of
from hansa.foundation.activity import Activity
from hansa.hubs.models import Membership


def states(agreement):
    agreement.refresh_from_db()
    return [str(state_of(party, agreement)) for party in parties_of(agreement)]


def verbs():
    return list(Activity.objects.filter(verb__startswith="agreement").order_by("pk").values_list("verb", flat=True))


def test_seen_is_noted_once_per_version(cast, agreement):
    for _ in range(2):
        operations.mark_seen(agreement, by=actor(cast.jonas), at=tick())
    assert states(agreement) == ["accepted", "seen", "not-seen"]
    assert verbs() == ["agreement.drafted", "agreement.seen"]


def test_nobody_else_is_noted_as_having_seen(cast, agreement):
    operations.mark_seen(agreement, by=actor(cast.stranger), at=tick())
    operations.mark_seen(agreement, by=actor(cast.mayor), at=tick())
    assert states(agreement) == ["accepted", "not-seen", "not-seen"]


def test_accepting_passes_the_turn_on(cast, agreement):
    operations.accept(agreement, by=actor(cast.jonas), version=1, at=tick())
    assert states(agreement) == ["accepted", "accepted", "not-seen"]
    assert agreement.request.turn_hub_ids == [cast.aarhus.pk]


def test_signing_opens_when_the_last_party_accepts(cast, accepted):
    accepted.request.refresh_from_db()
    assert (accepted.state, accepted.request.state) == ("signing", "signing")
    assert accepted.request.turn_hub_ids == sorted([cast.ebro.pk, cast.isar.pk, cast.aarhus.pk])


def test_accepting_twice_changes_nothing(cast, accepted):
    before = verbs()
    operations.accept(accepted, by=actor(cast.jonas), version=1, at=tick())
    assert verbs() == before


def test_an_older_version_cannot_be_accepted(cast, agreement):
    change = NewWording(clause="insurance", words="None.")
    operations.revise(agreement, by=actor(cast.jonas), base_version=1, change=change, note="why", at=tick())
    with pytest.raises(CannotAccept, match="version 2 is the current one"):
        operations.accept(agreement, by=actor(cast.mette), version=1, at=tick())


@pytest.mark.parametrize("person", ["stranger", "mayor", "steward"])
def test_only_parties_accept_or_decline(cast, agreement, person):
    by = actor(getattr(cast, person))
    with pytest.raises(CannotAccept):
        operations.accept(agreement, by=by, version=1, at=tick())
    with pytest.raises(CannotDecline):
        operations.decline(agreement, by=by, reason="no", at=tick())


def test_declining_gives_the_lead_the_turn(cast, agreement):
    operations.decline(agreement, by=actor(cast.jonas), reason="No capacity in spring.", at=tick())
    assert states(agreement) == ["accepted", "declined", "not-seen"]
    assert agreement.request.turn_hub_ids == [cast.ebro.pk]
    assert agreement.parties.get(hub=cast.isar).decline_note == "No capacity in spring."


def test_declining_needs_a_reason(cast, agreement):
    with pytest.raises(CannotDecline, match="what keeps your hub"):
        operations.decline(agreement, by=actor(cast.jonas), reason=" ", at=tick())


def test_declining_closes_signing_again(cast, accepted):
    operations.decline(accepted, by=actor(cast.jonas), reason="Board said no.", at=tick())
    assert states(accepted) == ["accepted", "declined", "accepted"]
    assert (accepted.state, accepted.request.state) == ("reading", "agreeing")


def test_a_hub_that_declined_may_change_its_mind(cast, accepted):
    operations.decline(accepted, by=actor(cast.jonas), reason="Board said no.", at=tick())
    operations.accept(accepted, by=actor(cast.jonas), version=1, at=tick())
    assert states(accepted) == ["accepted", "accepted", "accepted"]
    assert (accepted.state, accepted.request.state) == ("signing", "signing")


def test_a_new_text_asks_the_hub_that_declined_again(cast, agreement):
    operations.decline(agreement, by=actor(cast.jonas), reason="No.", at=tick())
    change = NewWording(clause="insurance", words="None.")
    operations.revise(agreement, by=actor(cast.lucia), base_version=1, change=change, note="why", at=tick())
    assert states(agreement) == ["accepted", "not-seen", "not-seen"]


def test_a_hub_that_signed_cannot_decline(cast, accepted, sign):
    sign(accepted, cast.jonas)
    with pytest.raises(CannotDecline, match="has signed"):
        operations.decline(accepted, by=actor(cast.jonas), reason="Too late.", at=tick())


def test_nobody_declines_once_in_force(cast, in_force):
    with pytest.raises(CannotDecline, match="in force"):
        operations.decline(in_force, by=actor(cast.jonas), reason="Too late.", at=tick())


def test_a_signatory_who_left_is_replaced_by_the_manager(cast, accepted, sign):
    manager = make_member(cast.isar, "manager", name="Ida Manager")
    new = make_member(cast.isar, "signatory", name="Nils New")
    Membership.objects.filter(user=cast.jonas).update(ended_at=tick())
    party = next(p for p in parties_of(accepted) if p.hub_id == cast.isar.pk)
    assert party.signatory_is_there is False
    operations.appoint_signatory(accepted, by=actor(manager), user_id=new.pk, at=tick())
    assert sign(accepted, new).name == "Nils New"


def test_a_signature_stays_when_its_signatory_leaves(cast, accepted, sign):
    sign(accepted, cast.jonas)
    Membership.objects.filter(user=cast.jonas).update(ended_at=tick())
    assert states(accepted) == ["accepted", "signed", "accepted"]
    manager = make_member(cast.isar, "manager", name="Ida Manager")
    with pytest.raises(CannotAppoint, match="has signed"):
        operations.appoint_signatory(accepted, by=actor(manager), user_id=manager.pk, at=tick())


def test_only_a_signatory_of_the_hub_can_be_appointed(cast, agreement):
    staff = make_member(cast.isar, "staff", name="Sven Staff")
    for user in (staff, cast.mette, cast.mayor):
        with pytest.raises(CannotAppoint, match="cannot sign for your hub"):
            operations.appoint_signatory(agreement, by=actor(cast.jonas), user_id=user.pk, at=tick())


def test_only_a_manager_appoints(cast, agreement):
    with pytest.raises(CannotAppoint, match="Only a manager"):
        operations.appoint_signatory(agreement, by=actor(cast.pau), user_id=cast.lucia.pk, at=tick())


def test_another_signatory_cannot_sign_past_the_one_appointed(cast, accepted, sign):
    second = make_member(cast.isar, "signatory", name="Second Signatory")
    with pytest.raises(CannotSign, match="Jonas Weber signs for your hub"):
        sign(accepted, second)
    operations.appoint_signatory(accepted, by=actor(cast.jonas), user_id=second.pk, at=tick())
    assert sign(accepted, second).signer == second
