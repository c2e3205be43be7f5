"""When the pages of working together are looked at: in a wide light window, and in a dark one of a phone."""

from __future__ import annotations

from typing import Any

import pytest
from browser import COLOURS, axe_violations, too_wide
from cast import Cast, acting, make_cast
from conftest import DESKTOP, PHONE
from django.conf import settings
from django.test import Client
from factories import NOW
from web.belongings import others_objects
from web.strangers import Case, make_case

from hansa.collaboration.delivery import operations as delivery
from hansa.collaboration.models import ClauseSuggestion, Invitation
from hansa.hubs.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _suggest(cast: Cast, case: Case) -> None:
    """Let the partner suggest other words for the clause of the case, and wait for the answer."""
    agreement = case.request.agreement
    ClauseSuggestion.objects.create(
        agreement=agreement, clause=case.objects["key"], base_version=1, words="Other words of the partner.",
        why="Our insurer asks for it.", hub=cast.isar, author=cast.jonas, at=NOW,
    )  # fmt: skip


def _tell(cast: Cast, case: Case) -> str:
    """Publish the story of the closed case and return its address."""
    told = {"challenge": "Nobody knew.", "solution": "We counted.", "result": "All know.", "numbers": "9 cars."}
    story = delivery.write_story(
        case.request.collaboration, by=acting(cast.lucia), at=NOW, title="Cars of Elsewhere", **told
    )
    story = delivery.ask_for_approval(story, by=acting(cast.lucia), at=NOW)
    mayor = acting(cast.mayor)
    delivery.answer_story(
        story, approves=True, names_client=True, reason="", seen_at=story.changed_at, by=mayor, at=NOW
    )
    story.refresh_from_db()
    return f"/stories/{delivery.publish_story(story, by=acting(cast.lucia), at=NOW).slug}/"


def _pages(cast: Cast) -> list[tuple[User | None, str]]:
    others_objects(cast)
    asked, agreeing, delivering, closed = (
        make_case(cast, stage) for stage in ("inviting", "agreeing", "delivering", "closed")
    )
    Invitation.objects.filter(request=asked.request).update(state="accepted")
    _suggest(cast, agreeing)
    story = _tell(cast, closed)
    key = agreeing.objects["key"]
    draft = "/scenarios/drafted/1/"
    agreement = f"/requests/{agreeing.request.ref}/agreement/"
    room = f"/requests/{delivering.request.ref}/delivery/"
    changes = ("", "head/", "stages/need/", "steps/new/", "steps/check/", "roles/lead/")
    return [
        (cast.lucia, "/scenarios/"),
        (cast.lucia, "/scenarios/checked/"),
        (cast.lucia, "/scenarios/checked/how-it-goes/"),
        *((cast.steward, draft + change) for change in changes),
        (cast.lucia, f"/requests/{delivering.request.ref}/steps/"),
        (cast.lucia, f"/requests/{asked.request.ref}/agreement/new/"),
        *((cast.lucia, agreement + part) for part in ("terms/", "risks/", "talk/", f"talk/{key}/")),
        (cast.lucia, "/agreements/library/"),
        (cast.lucia, "/agreements/library/jd-agreement/"),
        *(
            (cast.lucia, room + part)
            for part in ("plan/", "hours/", "changes/", "facilities/", "experts/", "change/", "closing/")
        ),
        (cast.mayor, f"/requests/{closed.request.ref}/delivery/closing/"),
        (None, "/stories/"),
        (None, story),
    ]


@pytest.fixture
def opened(open_page: Any, live_server: Any) -> Any:
    """Return a function that opens an address as a person, in the same window as the last one of that person."""
    windows: dict[User | None, Any] = {}

    def page_of(user: User | None, path: str) -> Any:
        if user not in windows:
            client, cookies = Client(), {}
            if user is not None:
                client.force_login(user)
                cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
            windows[user] = open_page("/accessibility/", cookies=cookies)
        assert windows[user].goto(f"{live_server.url}{path}").status == 200, path
        return windows[user]

    return page_of


def _faults(page: Any) -> list[str]:
    """Return what is wrong in a wide light window, then in a dark one of a phone, then from right to left."""
    _turn(page, DESKTOP, "light")
    found = [f"wide: {fault}" for fault in (*axe_violations(page), *too_wide(page))]
    _turn(page, PHONE, "dark")
    found += [f"phone: {fault}" for fault in (*axe_violations(page, only=COLOURS), *too_wide(page))]
    page.evaluate("document.documentElement.dir = 'rtl'")
    return found + [f"mirrored: {fault}" for fault in too_wide(page)]


def _turn(page: Any, size: tuple[int, int], theme: str) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")


def test_every_page_can_be_read_and_none_scrolls_sideways(opened):
    found = {path: _faults(opened(user, path)) for user, path in _pages(make_cast())}
    assert {path: faults for path, faults in found.items() if faults} == {}
