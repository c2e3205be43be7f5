import pytest
from cast import make_cast
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from factories import make_member

from hansa.foundation.actors import VISITOR
from hansa.hubs.people.models import Membership
from hansa.hubs.people.queries import actor_of, organisations_of

pytestmark = pytest.mark.django_db


def test_acts_for_first_hub_with_the_roles_there(django_assert_num_queries):
    cast = make_cast()
    Membership.objects.create(user=cast.lucia, hub=cast.isar, role="staff")
    with django_assert_num_queries(1):
        actor = actor_of(user=cast.lucia)
        organisations = organisations_of(cast.lucia)
    assert (actor.hub_id, actor.hub_roles) == (cast.ebro.pk, {"manager", "signatory"})
    assert [(o.name, o.roles) for o in organisations] == [
        ("Ebro Data Hub", {"manager", "signatory"}),
        ("Isar Edge Lab", {"staff"}),
    ]


def test_acts_for_chosen_hub_only_when_belonging_to_it():
    cast = make_cast()
    Membership.objects.create(user=cast.lucia, hub=cast.isar, role="staff")
    assert actor_of(user=cast.lucia, hub_id=cast.isar.pk).hub_roles == {"staff"}
    assert actor_of(user=cast.lucia, hub_id=cast.silent.pk).hub_id == cast.ebro.pk


def test_ended_membership_gives_nothing():
    cast = make_cast()
    Membership.objects.filter(user=cast.pau).update(ended_at=timezone.now())
    actor = actor_of(user=cast.pau, hub_id=cast.ebro.pk)
    assert (actor.hub_id, actor.hub_roles) == (None, frozenset())
    assert organisations_of(cast.pau) == []


def test_client_contacts_and_network_people_have_no_hub():
    cast = make_cast()
    mayor = actor_of(user=cast.mayor)
    assert (mayor.hub_id, mayor.client_ids) == (None, {cast.elsewhere.pk})
    assert actor_of(user=cast.steward).network_roles == {"steward"}
    assert organisations_of(cast.mayor) == []


def test_visitors_and_closed_accounts_are_visitors():
    cast = make_cast()
    closed = make_member(cast.ebro, "manager", is_active=False)
    assert actor_of(user=AnonymousUser()) is VISITOR
    assert actor_of(user=closed) is VISITOR
    assert organisations_of(AnonymousUser()) == []
