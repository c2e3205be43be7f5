"""When a lead waits for the answers of hubs, among them one that has nobody here yet. Source: BP-ACC-05."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cast import Cast, acting
from collaboration.partnering.casework import allow, invite
from django.test import Client as Browser
from factories import NOW, make_hub, make_member

from hansa.collaboration.models import Request
from hansa.collaboration.partnering import operations
from hansa.hubs.models import Hub, User

NOBODY = "Nobody of this hub is here yet"


@pytest.fixture
def empty() -> Hub:
    return make_hub("Imported Hub")


def test_the_lead_is_told_before_and_after_sending(
    case: Request, cast: Cast, empty: Hub, browse: Callable[[User], Browser]
) -> None:
    allow(case, cast.mayor)
    lead, path = browse(cast.lucia), f"/requests/{case.ref}/invite/"
    operations.pick_team(case, add=[cast.isar.pk], by=acting(cast.lucia), at=NOW)
    assert NOBODY not in lead.get(path).content.decode()
    operations.pick_team(case, add=[empty.pk], by=acting(cast.lucia), at=NOW)
    assert lead.get(path).content.decode().count(NOBODY) == 1
    invite(case, cast.lucia, empty)
    assert "is asked to bring somebody in" in lead.get(path).content.decode()


def test_every_page_of_the_case_leads_to_the_invitations(
    case: Request, cast: Cast, empty: Hub, browse: Callable[[User], Browser]
) -> None:
    allow(case, cast.mayor)
    invite(case, cast.lucia, empty)
    lead, onward = browse(cast.lucia), "See the invitations"
    for part in ("", "sharing/", "history/"):
        assert onward in lead.get(f"/requests/{case.ref}/{part}").content.decode()
    assert onward not in lead.get(f"/requests/{case.ref}/invite/").content.decode()
    assert onward not in browse(cast.mayor).get(f"/requests/{case.ref}/").content.decode()


def test_the_steward_finds_the_hub_until_somebody_is_there(
    case: Request, cast: Cast, empty: Hub, browse: Callable[[User], Browser]
) -> None:
    allow(case, cast.mayor)
    invite(case, cast.lucia, empty, cast.isar)
    steward = browse(cast.steward)
    page = steward.get("/network/cases/").content.decode()
    assert f'href="/hubs/{empty.slug}/people/"' in page
    assert cast.isar.name not in page
    make_member(empty, "manager")
    assert empty.name not in steward.get("/network/cases/").content.decode()
