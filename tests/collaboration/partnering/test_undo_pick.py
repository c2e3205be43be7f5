"""When the team changed: the page says what changed, and one button takes it back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape

import pytest
from cast import Cast
from collaboration.partnering.casework import acting, allow, invite
from django.test import Client as Browser
from factories import NOW, make_hub

from hansa.collaboration.models import Request
from hansa.collaboration.partnering import operations
from hansa.hubs.models import Hub, User

HTMX = {"HX-Request": "true", "HX-Target": "board"}


@pytest.fixture
def lead(cast: Cast, browse: Callable[[User], Browser]) -> Browser:
    return browse(cast.lucia)


def picked(case: Request) -> set[int]:
    return set(case.picks.values_list("hub_id", flat=True))


def undo_of(page: str) -> str | None:
    found = re.search(r'<button class="btn small" id="undo" name="undo" value="([^"]*)">', page)
    return unescape(found[1]) if found else None


def change(lead: Browser, case: Request, **sent: object) -> str:
    """Change the team without scripts; return the page that follows."""
    answer = lead.post(f"/requests/{case.ref}/shortlist/team/", sent)
    assert answer.status_code == 303
    return lead.get(answer["Location"].split("#")[0]).content.decode()


def test_a_hub_put_in_is_named_and_taken_out_again(lead: Browser, case: Request, cast: Cast) -> None:
    page = change(lead, case, add=cast.isar.pk)
    assert "Into the team: Isar Edge Lab" in page
    undo = undo_of(page)
    # The boxes are on the page as well, and none of them counts.
    page = change(lead, case, undo=undo, shown=[cast.aarhus.pk], hub=[cast.aarhus.pk, cast.isar.pk])
    assert picked(case) == set()
    assert "Out of the team: Isar Edge Lab" in page


def test_what_was_undone_can_be_done_again(lead: Browser, case: Request, cast: Cast) -> None:
    undone = change(lead, case, undo=undo_of(change(lead, case, add=cast.isar.pk)))
    change(lead, case, undo=undo_of(undone))
    assert picked(case) == {cast.isar.pk}


def test_a_hub_taken_out_comes_back(lead: Browser, case: Request, cast: Cast) -> None:
    operations.pick_team(case, add=[cast.isar.pk, cast.aarhus.pk], by=acting(cast.lucia), at=NOW)
    page = change(lead, case, drop=cast.isar.pk)
    assert "Out of the team: Isar Edge Lab" in page
    change(lead, case, undo=undo_of(page))
    assert picked(case) == {cast.isar.pk, cast.aarhus.pk}


def test_another_team_is_changed_back_whole(lead: Browser, case: Request, cast: Cast) -> None:
    operations.pick_team(case, add=[cast.isar.pk, cast.aarhus.pk], by=acting(cast.lucia), at=NOW)
    page = change(lead, case, only=f"{cast.isar.pk},{cast.silent.pk}")
    assert "Into the team: Silent Bay Hub. Out of the team: Aarhus Food Robotics" in page
    change(lead, case, undo=undo_of(page))
    assert picked(case) == {cast.isar.pk, cast.aarhus.pk}


def test_with_scripts_a_toast_says_the_same_and_presses_the_button(lead: Browser, case: Request, cast: Cast) -> None:
    answer = lead.post(f"/requests/{case.ref}/shortlist/team/", {"add": cast.isar.pk}, headers=HTMX)
    toast = json.loads(answer["HX-Trigger"])["toast"]
    assert toast == {"text": "Into the team: Isar Edge Lab", "label": "Undo", "press": "undo"}
    assert undo_of(answer.content.decode()) == f";{cast.isar.pk}"


@pytest.mark.parametrize("sent", [{}, {"drop": "999999"}, {"undo": ";"}, {"undo": "x;y"}])
def test_nothing_changed_leaves_nothing_to_undo(lead: Browser, case: Request, sent: dict[str, str]) -> None:
    assert undo_of(change(lead, case, **sent)) is None
    assert not case.picks.exists()


def test_a_page_loaded_afresh_says_nothing(lead: Browser, case: Request, cast: Cast) -> None:
    change(lead, case, add=cast.isar.pk)
    assert undo_of(lead.get(f"/requests/{case.ref}/shortlist/").content.decode()) is None


def test_an_address_that_is_not_true_any_more_says_nothing(lead: Browser, case: Request, cast: Cast) -> None:
    operations.pick_team(case, add=[cast.aarhus.pk], by=acting(cast.lucia), at=NOW)
    for query in (f"added={cast.isar.pk}", f"dropped={cast.aarhus.pk}", f"dropped={cast.ebro.pk}", "added=x&dropped=,"):
        assert undo_of(lead.get(f"/requests/{case.ref}/shortlist/?{query}").content.decode()) is None


def test_an_address_names_no_hub_outside_the_directory(lead: Browser, case: Request) -> None:
    hidden = make_hub("Hidden Hub")
    Hub.objects.filter(pk=hidden.pk).update(is_listed=False)
    assert "Hidden Hub" not in lead.get(f"/requests/{case.ref}/shortlist/?dropped={hidden.pk}").content.decode()


def test_a_hub_that_was_invited_since_stays(lead: Browser, case: Request, cast: Cast) -> None:
    page = change(lead, case, add=cast.isar.pk)
    allow(case, cast.mayor)
    invite(case, cast.lucia, cast.isar)
    answer = lead.post(f"/requests/{case.ref}/shortlist/team/", {"undo": undo_of(page)})
    assert answer.status_code == 422
    assert "Take the invitation back first." in answer.content.decode()
    assert picked(case) == {cast.isar.pk}


def test_where_the_team_can_no_longer_change_there_is_nothing_to_undo(lead: Browser, case: Request, cast: Cast) -> None:
    change(lead, case, add=cast.isar.pk)
    Request.objects.filter(pk=case.pk).update(state="agreeing")
    page = lead.get(f"/requests/{case.ref}/shortlist/?added={cast.isar.pk}").content.decode()
    assert undo_of(page) is None
