"""When somebody tries an address: it exists for those it concerns, and for nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
from cast import Cast
from django.test import Client as Browser
from django.urls import URLPattern, reverse
from django.utils import timezone
from factories import make_client, make_contact, make_member, make_request

from hansa.collaboration.models import Invitation, Request
from hansa.collaboration.partnering import urls
from hansa.hubs.models import User

Browse = Callable[[User | None], Browser]

# What anybody may open, and what each role has a list of.
PUBLIC = {"need", "need_result", "need_who", "need_hub", "need_check", "need_sent"}
LISTS = {"list", "export", "invitations"}
# What the client of a request reaches too.
CLIENTS = {"request", "history", "understood", "tell", "cancel", "sharing", "withdraw"}
# Reached by the client's page, but refused by the operation: the page says why.
REFUSED = {"ask_client"}


def walked(
    patterns: Sequence[Any], before: str = "", values: frozenset[str] = frozenset()
) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Return name, route and the names of what it holds of every address."""
    for entry in patterns:
        route, held = before + str(entry.pattern), values | entry.pattern.converters.keys()
        if isinstance(entry, URLPattern):
            yield str(entry.name), route, held
        else:
            yield from walked(entry.url_patterns, route, held)


ROUTES = {name: (route, held) for name, route, held in walked(urls.urlpatterns)}


def routes(prefix: str) -> list[str]:
    return [name for name, (route, _held) in ROUTES.items() if route.startswith(prefix)]


def address(name: str, case: Request, invitation: Invitation) -> str:
    route, held = ROUTES[name]
    values = {
        "ref": invitation.ref if route.startswith("invitations/") else case.ref,
        "pk": case.wants.get(concept__notation="edge-ai").pk,
        "invitation": invitation.ref,
        "kind": "csv",
    }
    return reverse(f"partnering:{name}", kwargs={key: values[key] for key in held})


def statuses(browser: Browser, path: str) -> set[int]:
    return {browser.get(path).status_code, browser.post(path, {"text": "x", "reason": "x"}).status_code} - {405}


def strangers(cast: Cast) -> dict[str, User]:
    return {
        "a hub that must see nothing": cast.stranger,
        "a steward": cast.steward,
        "an assessor": cast.assessor,
        "an observer": cast.observer,
        "another client of the same hub": make_contact(make_client(cast.ebro)),
        "a signatory of the lead who does not work on cases": make_member(cast.ebro, "signatory"),
        "somebody without any role": User.objects.create_user(email="nobody@example.org"),
    }


@pytest.fixture
def snapshot(case: Request) -> Callable[[], tuple[object, ...]]:
    """What must not change by trying."""

    def taken() -> tuple[object, ...]:
        row = Request.objects.get(pk=case.pk)
        return (
            row.state,
            row.limits,
            row.understood_at,
            list(row.notes.values_list("text")),
            list(row.wants.values_list("state", "must_have")),
            list(row.picks.values_list("hub_id")),
            list(row.invitations.values_list("state")),
            list(row.authorisations.values_list("level", "withdrawn_at")),
        )

    return taken


@pytest.mark.parametrize("name", [*routes("requests/<slug"), *routes("invitations/<slug")])
def test_strangers_find_nothing(
    name: str, invited: list[Invitation], case: Request, cast: Cast, browse: Browse, snapshot: Callable[[], object]
) -> None:
    before = snapshot()
    for who, user in strangers(cast).items():
        assert statuses(browse(user), address(name, case, invited[0])) == {404}, who
    assert snapshot() == before


@pytest.mark.parametrize("name", [*routes("requests/"), *routes("invitations/"), *routes("network/")])
def test_visitors_are_sent_to_sign_in(
    name: str, invited: list[Invitation], case: Request, browse: Browse, snapshot: Callable[[], object]
) -> None:
    before = snapshot()
    browser = browse(None)
    path = address(name, case, invited[0])
    for answer in (browser.get(path), browser.post(path)):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/")
    assert snapshot() == before


@pytest.mark.parametrize("name", [*routes("requests/<slug")])
def test_an_invited_hub_reaches_its_invitation_only(
    name: str, invited: list[Invitation], case: Request, cast: Cast, browse: Browse, snapshot: Callable[[], object]
) -> None:
    before = snapshot()
    assert statuses(browse(cast.jonas), address(name, case, invited[0])) == {404}
    assert snapshot() == before


@pytest.mark.parametrize("name", [*routes("invitations/<slug")])
def test_one_invited_hub_does_not_see_the_invitation_of_another(
    name: str, invited: list[Invitation], case: Request, cast: Cast, browse: Browse
) -> None:
    assert statuses(browse(cast.jonas), address(name, case, invited[1])) == {404}


@pytest.mark.parametrize("name", [*routes("requests/<slug"), *routes("invitations/<slug")])
def test_the_client_sees_its_request_but_not_the_leads_work(
    name: str, invited: list[Invitation], case: Request, cast: Cast, browse: Browse
) -> None:
    found = statuses(browse(cast.mayor), address(name, case, invited[0]))
    if name in CLIENTS:
        assert 404 not in found
    elif name in REFUSED:
        assert found == {422}
    else:
        assert found == {404}


def test_the_client_reads_nothing_about_who_was_invited(
    invited: list[Invitation], case: Request, cast: Cast, browse: Browse
) -> None:
    browser = browse(cast.mayor)
    pages = [browser.get(address(name, case, invited[0])).content.decode() for name in ["request", "history"]]
    for hub in (cast.isar, cast.aarhus):
        assert not any(hub.name in page for page in pages)


def test_the_steward_sees_where_cases_stand_and_nothing_about_clients(
    invited: list[Invitation], case: Request, cast: Cast, browse: Browse
) -> None:
    """Source: BP-ACC-05."""
    page = browse(cast.steward).get("/network/cases/").content.decode()
    assert case.ref in page
    assert cast.ebro.name in page
    for secret in (case.title, cast.elsewhere.name, cast.mayor.name, cast.isar.name):
        assert secret not in page


def test_what_takes_twice_its_usual_time_is_stuck_and_stands_first(cast: Cast, browse: Browse) -> None:
    """Source: BP-ACC-05."""
    days_by_state = {"signing": 5, "need": 3, "delivering": 100}
    for state, days in days_by_state.items():
        make_request(cast.ebro, state=state, state_since=timezone.now() - timedelta(days=days))
    lines = browse(cast.steward).get("/network/cases/").context["cases"]
    assert [(line.days, line.is_stuck) for line in lines] == [(5, True), (3, False), (100, False)]


@pytest.mark.parametrize("who", ["lucia", "jonas", "mayor", "assessor", "observer"])
def test_the_overview_is_the_stewards(who: str, cast: Cast, browse: Browse) -> None:
    assert browse(getattr(cast, who)).get("/network/cases/").status_code == 404


@pytest.mark.parametrize("path", ["/requests/", "/requests/export/csv/", "/invitations/"])
def test_lists_hold_only_what_concerns_the_reader(
    path: str, invited: list[Invitation], case: Request, cast: Cast, browse: Browse
) -> None:
    for user in strangers(cast).values():
        answer = browse(user).get(path)
        assert answer.status_code == 200
        for secret in (case.title, case.ref, invited[0].ref, cast.elsewhere.name):
            assert secret not in answer.content.decode()


@pytest.mark.parametrize("who", ["mayor", "steward", "assessor"])
def test_only_hubs_type_in_needs(who: str, cast: Cast, browse: Browse) -> None:
    assert statuses(browse(getattr(cast, who)), "/requests/new/") == {404}


def test_the_partner_reads_neither_name_nor_title(
    invited: list[Invitation], case: Request, cast: Cast, browse: Browse
) -> None:
    browser = browse(cast.jonas)
    for path in ("/invitations/", f"/invitations/{invited[0].ref}/"):
        page = browser.get(path).content.decode()
        assert "Our lines stop twice a month" in page
        for secret in (case.title, case.text, cast.elsewhere.name, cast.mayor.name, cast.mayor.email, cast.aarhus.name):
            assert secret not in page


def test_after_withdrawal_the_partner_reads_nothing_more(
    invited: list[Invitation], case: Request, cast: Cast, browse: Browse
) -> None:
    browse(cast.mayor).post(address("withdraw", case, invited[0]))
    browser = browse(cast.jonas)
    page = browser.get(f"/invitations/{invited[0].ref}/").content.decode()
    assert "not shown any more" in page
    for gone in ("Our lines stop", "Edge AI", "Public organisation"):
        assert gone not in page
    assert "Our lines stop" not in browser.get("/invitations/").content.decode()
