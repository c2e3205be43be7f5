"""When somebody gets or loses a role of the network, which the operator does by a command. Source: BP-ACC-01."""

from __future__ import annotations

from io import StringIO
from urllib.parse import urlsplit

import pytest
from accounts import signed_in_as
from cast import Cast, make_cast
from django.core.management import call_command

from hansa.foundation.models import Activity
from hansa.hubs.people import operations
from hansa.hubs.people.models import Membership, User
from hansa.hubs.people.queries import actor_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def role(*words: str) -> str:
    out = StringIO()
    call_command("role", *words, stdout=out)
    return out.getvalue()


def test_first_steward_signs_in_by_the_printed_address(client):
    told = role("give", "steward", "Nora@Example.org", "--name", "Nora Nilsson")
    client.post(urlsplit(told.splitlines()[1]).path)
    nora = User.objects.get(email="nora@example.org")
    assert signed_in_as(client) == str(nora.pk)
    assert actor_of(user=nora).is_steward
    assert "nora@example.org  Nora Nilsson  steward" in role("list")


def test_role_given_twice_is_held_once(cast):
    for _time in range(2):
        role("give", "assessor", cast.lucia.email)
    assert Membership.objects.filter(user=cast.lucia, role="assessor").count() == 1
    assert Activity.objects.filter(verb="network.appointed").count() == 1


@pytest.mark.parametrize("words", [("steward", "nobody@example.org"), ("steward", "no-address")])
def test_newcomer_needs_name_and_address(words):
    with pytest.raises(operations.CannotAppoint):
        role("give", *words)
    assert not User.objects.exists()


def test_closed_account_gets_no_role(cast):
    User.objects.filter(pk=cast.pau.pk).update(is_active=False)
    with pytest.raises(operations.CannotAppoint, match="closed"):
        role("give", "steward", cast.pau.email)


def test_role_that_ended_is_over_and_stays_on_file(cast):
    role("end", "assessor", cast.assessor.email)
    assert not actor_of(user=cast.assessor).network_roles
    assert Membership.objects.get(user=cast.assessor).ended_at is not None
    with pytest.raises(operations.CannotDismiss, match="has this role"):
        role("end", "assessor", cast.assessor.email)


def test_only_steward_stays(cast):
    with pytest.raises(operations.CannotDismiss, match="only steward"):
        role("end", "steward", cast.steward.email)
    role("give", "steward", cast.lucia.email)
    role("end", "steward", cast.steward.email)
    assert not actor_of(user=cast.steward).is_steward
