"""Showing a page: the frame of each role, and what it costs."""

from __future__ import annotations

import re
from typing import Any

import pytest
from cast import make_cast
from django.http import HttpRequest
from django.middleware.csrf import _does_token_match
from django.test import Client
from factories import NOW, make_collaboration, make_request

from hansa.foundation.actors import VISITOR, Actor
from hansa.hubs.models import Membership
from hansa.web import frame, navigation
from hansa.web.tokens import masked

pytestmark = pytest.mark.django_db


def _links(html: str, label: str) -> list[tuple[str, str]]:
    """Return address and words of the links of a named navigation."""
    part = html.split(f'aria-label="{label}"')[1].split("</nav>")[0]
    found = re.findall(r'<a[^>]*href="([^"]+)"[^>]*>(.*?)</a>', part, re.S)
    return [(href, re.sub(r"<svg.*?</svg>|<[^>]+>", "", words).strip()) for href, words in found]


def _page_of(client: Client, user: Any = None, path: str = "/help/") -> str:
    if user is not None:
        client.force_login(user)
    return client.get(path).content.decode()


def test_visitors_see_the_public_frame(client: Client) -> None:
    html = _page_of(client)
    assert _links(html, "Main") == [
        ("/hubs/", "Find a hub"),
        ("/need/", "Tell us what you need"),
        ("/help/", "Help and contact"),
    ]
    assert 'href="/sign-in/"' in html
    assert '<a class="link" href="/stories/">Stories</a>' in html
    assert 'class="phone"' not in html
    assert '<link rel="alternate" hreflang="de" href="' in html


def test_hub_staff_see_their_places(client: Client) -> None:
    html = _page_of(client, make_cast().lucia)
    assert _links(html, "Main") == [
        ("/today/", "Today"),
        ("/hubs/", "Find partners"),
        ("/requests/", "Requests"),
        ("/collaborations/", "Collaborations"),
        ("/scenarios/", "Scenarios"),
        ("/profile/", "Profile"),
        ("/services/", "Services and aid"),
        ("/results/", "Results"),
        ("/help/", "Help and contact"),
    ]
    assert [words for _, words in _links(html, "Phone bar")] == ["Today", "Find", "Requests", "Work"]
    assert "Ebro Data Hub" in html
    assert "Hub manager" in html
    assert "hreflang" not in html


@pytest.mark.parametrize(
    ("who", "first"),
    [("mayor", "My requests"), ("steward", "Stuck cases"), ("assessor", "Directory"), ("observer", "Directory")],
)
def test_every_other_role_starts_at_its_own_place(client: Client, who: str, first: str) -> None:
    html = _page_of(client, getattr(make_cast(), who))
    assert _links(html, "Main")[0][1] == first
    assert _links(html, "Main")[-1] == ("/help/", "Help and contact")


def test_no_role_has_more_than_eight_places() -> None:
    for places in navigation.PLACES.values():
        assert len(places) <= 8


def test_marks_the_place_the_page_belongs_to(client: Client) -> None:
    html = _page_of(client)
    assert re.findall(r'<a href="(/[^"]*)" aria-current="page">', html) == ["/help/"]


def test_place_is_the_one_where_the_breadcrumbs_start(client: Client) -> None:
    cast = make_cast()
    ref = make_collaboration(cast.ebro, cast.isar, client=cast.elsewhere).request.ref
    invitation = make_request(cast.ebro, cast.elsewhere, state="inviting").invitations.create(
        hub=cast.isar, sent_at=NOW
    )
    pages = {
        ("jonas", f"/requests/{ref}/delivery/"): "/collaborations/",
        ("lucia", f"/de/requests/{ref}/delivery/"): "/de/requests/",
        ("mayor", f"/requests/{ref}/delivery/"): "/requests/",
        ("jonas", "/invitations/"): "/requests/",
        ("jonas", f"/invitations/{invitation.ref}/"): "/requests/",
        ("lucia", f"/requests/{ref}/"): "/requests/",
    }
    marked = {}
    for who, path in pages:
        html = _page_of(client, getattr(cast, who), path)
        frame_html = html.split("<main")[0] + html.split("</main>")[1]
        marked[who, path] = set(re.findall(r'href="(/[^"]*)"[^>]* aria-current="page"', frame_html))
    assert marked == {page: {place} for page, place in pages.items()}


def test_speaks_the_language_of_the_address(client: Client) -> None:
    html = _page_of(client, path="/de/help/")
    assert '<html lang="de" dir="ltr">' in html
    assert ("/de/hubs/") in [href for href, _ in _links(html, html.split('<nav aria-label="')[1].split('"')[0])]


def test_runs_from_right_to_left_in_the_pseudo_language(client: Client, pseudo_locale: str) -> None:
    assert '<html lang="en-x-pseudo" dir="rtl">' in _page_of(client, path="/qps/help/")


def test_escapes_what_people_call_themselves(client: Client) -> None:
    lucia = make_cast().lucia
    lucia.name = '<script>alert("1")</script>'
    lucia.save()
    html = _page_of(client, lucia)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_never_mixes_what_two_people_see(client: Client) -> None:
    cast = make_cast()
    first = _page_of(client, cast.lucia)
    second = _page_of(Client(), cast.jonas)
    third = _page_of(Client())
    assert "Lucía Ferrer" in first
    assert "Jonas Weber" not in first
    assert "Jonas Weber" in second
    assert "Ebro Data Hub" not in second
    assert "Ferrer" not in third
    assert "Weber" not in third


def test_offers_to_change_the_organisation_only_to_people_with_several(client: Client) -> None:
    cast = make_cast()
    assert "Change organisation" not in _page_of(client, cast.lucia)
    Membership.objects.create(user=cast.lucia, hub=cast.isar, role="staff")
    html = _page_of(client, cast.lucia)
    assert "Change organisation" in html
    assert f'action="/act-for/{cast.isar.pk}/"' in html


def test_follows_the_theme_of_the_account_until_another_is_chosen(client: Client) -> None:
    lucia = make_cast().lucia
    lucia.theme = "dark"
    lucia.save()
    assert 'data-theme="dark"' in _page_of(client, lucia)
    client.post("/settings/display/", {"theme": "light"})
    assert 'data-theme="light"' in _page_of(client, lucia)


def test_costs_one_query_for_people_and_none_for_visitors(client: Client, django_assert_num_queries: Any) -> None:
    client.force_login(make_cast().lucia)
    client.get("/help/")
    with django_assert_num_queries(1):
        client.get("/help/")
    with django_assert_num_queries(0):
        Client().get("/help/")


def test_shows_how_much_waits(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "BADGE_SOURCES", [lambda request, actor: {"requests": 2, "today": 0}])
    html = _page_of(client, make_cast().lucia)
    assert html.count('<span class="count">2</span>') == 2
    assert '<span class="count">0</span>' not in html


def test_asks_no_badges_for_visitors(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(request: HttpRequest, actor: Actor) -> dict[str, int]:
        raise AssertionError

    monkeypatch.setattr(navigation, "BADGE_SOURCES", [fail])
    assert navigation.badges(HttpRequest(), VISITOR) == {}


def test_token_of_the_frame_is_accepted() -> None:
    client = Client(enforce_csrf_checks=True)
    html = client.get("/help/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', html)[1]
    assert client.post("/settings/display/", {"theme": "dark"}).status_code == 403
    assert client.post("/settings/display/", {"theme": "dark", "csrfmiddlewaretoken": token}).status_code == 303
    # The second page knows the cookie, and masks by itself.
    html = client.get("/help/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', html)[1]
    assert client.post("/settings/display/", {"theme": "dark", "csrfmiddlewaretoken": token}).status_code == 303


def test_token_is_masked_anew_each_time() -> None:
    secret = "aZ9" * 10 + "bc"
    tokens = {masked(secret) for _ in range(50)}
    assert len(tokens) == 50
    assert all(_does_token_match(token, secret) for token in tokens)


def test_slots_stay_empty_without_content() -> None:
    before, after = frame.frame("hub", "en", "", "", {})
    assert "\ue000" not in before + after
    assert "\ue001" not in before + after
