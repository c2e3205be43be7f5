"""When somebody guesses the address of an agreement."""

from __future__ import annotations

import pytest
from collaboration.agreements.agreeing import tick
from factories import make_member

from hansa.collaboration.agreements.operations import sealing
from hansa.collaboration.agreements.urls import urlpatterns
from hansa.collaboration.models import Invitation, Signature

FILLED = {"ref": "", "key": "insurance", "number": "1"}


def addresses(ref: str) -> list[str]:
    """Return every route to an agreement, filled in for one; the library of clauses is open to all hubs."""
    found = []
    for pattern in urlpatterns:
        route = str(pattern.pattern)
        if not route.startswith("requests/"):
            continue
        for converter, name in (("slug", "ref"), ("slug", "key"), ("int", "number")):
            route = route.replace(f"<{converter}:{name}>", FILLED[name] or ref)
        assert "<" not in route
        found.append(f"/{route}")
    return found


@pytest.mark.parametrize("person", ["stranger", "mayor", "steward", "assessor", "observer"])
def test_nothing_is_there_for_whoever_is_no_party(client, cast, in_force, person):
    """Source: BP-AGR."""
    sealing.seal(in_force.pk, at=tick())
    client.force_login(getattr(cast, person))
    for address in addresses(in_force.request.ref):
        assert client.get(address).status_code in {404, 405}, address
        assert client.post(address, {"version": 1}).status_code in {404, 405}, address
    assert Signature.objects.count() == 3


def test_routes_that_say_405_say_nothing_else(client, cast, in_force):
    client.force_login(cast.stranger)
    for address in addresses(in_force.request.ref):
        if client.get(address).status_code == 405:
            assert client.post(address).status_code == 404, address


def test_a_hub_that_declined_its_invitation_sees_nothing(client, cast, agreement):
    Invitation.objects.create(request=agreement.request, hub=cast.silent, state="declined", sent_at=tick())
    client.force_login(cast.stranger)
    assert client.get(f"/requests/{agreement.request.ref}/agreement/").status_code == 404


def test_somebody_who_left_the_hub_sees_nothing(client, cast, agreement):
    left = make_member(cast.isar, "staff", name="Lena Left")
    client.force_login(left)
    assert client.get(f"/requests/{agreement.request.ref}/agreement/").status_code == 200
    left.memberships.update(ended_at=tick())
    assert client.get(f"/requests/{agreement.request.ref}/agreement/").status_code == 404


def test_visitors_are_asked_to_sign_in(client, agreement):
    for address in addresses(agreement.request.ref):
        response = client.get(address)
        assert response.status_code in {302, 405}, address
        assert response.status_code == 405 or "sign-in" in response["Location"] or "login" in response["Location"]


def test_an_address_of_no_case_is_not_found(client, cast, agreement):
    client.force_login(cast.lucia)
    for address in addresses("222222222222"):
        assert client.get(address).status_code in {404, 405}, address
