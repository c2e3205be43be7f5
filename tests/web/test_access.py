"""When a visitor, or a stranger, tries every address there is. Source: BP-ACC-02."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from cast import make_cast
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

pytestmark = pytest.mark.django_db

# What a visitor may open. A new public page has to be written here, on purpose.
PUBLIC = {
    "home",
    "help",
    "accessibility",
    "palette",
    "demo",
    "directory:list",
    "directory:compare",
    "directory:profile",
    "directory:profile_json",
    "exports:comparison",
    "exports:hubs",
    "gallery",
    "set_display",
    "set_language",
    "partnering:need",
    "partnering:need_result",
    "partnering:need_who",
    "partnering:need_hub",
    "partnering:need_check",
    "partnering:need_sent",
    "people:sign-in",
    "people:sign-in-sent",
    "people:forgotten",
    "people:link",
    "people:new-link",
    "aid:prices",
    "delivery:stories",
    "delivery:story",
    # Whose key is in their mail says for an organisation what may be shown of it.
    "matchmaking:key",
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
}
# Steps of signing in: they send a visitor who has not taken the step before back to the start.
STEPS = {"mfa_authenticate", "mfa_login_webauthn"}

_DUMMY = {"int": "1", "slug": "x-1", "uuid": "00000000-0000-4000-8000-000000000000", "path": "x", "str": "x"}


def every_address() -> Iterator[tuple[str, str]]:
    """Return name and path of every pattern, parameters filled with dummies."""
    yield from _walk(get_resolver(), "", "")


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        route = prefix + _filled(entry)
        if isinstance(entry, URLPattern):
            yield namespace + (entry.name or route), "/" + route
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, route, inner)


def _filled(entry: URLPattern | URLResolver) -> str:
    pattern = str(entry.pattern)
    if hasattr(entry.pattern, "_route"):
        return re.sub(r"<(?:(\w+):)?\w+>", lambda match: _DUMMY[match[1] or "str"], pattern)
    return re.sub(r"\(\?P<\w+>[^)]*\)", "x", pattern.strip("^$")).replace("\\", "")


def test_the_walk_finds_the_pages():
    found = dict(every_address())
    assert {"home", "people:people", "people:member", "account_login", "mfa_index"} <= set(found)
    assert found["people:member"] == "/profile/people/1/"


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_visitor_is_sent_to_sign_in_from_everything_not_listed(method):
    entrance = reverse("people:sign-in")
    for name, path in every_address():
        if name in PUBLIC | STEPS:
            continue
        answer = getattr(Client(), method)(path)
        leads_in = answer.status_code == 302 and answer["Location"].startswith(f"{entrance}?next=")
        assert leads_in or answer.status_code == 404, f"{method} {path} ({name}) answers {answer.status_code}"


@pytest.mark.parametrize("method", ["get", "post"])
def test_listed_pages_answer_a_visitor_without_failing(method):
    names = dict(every_address())
    assert set(names) >= PUBLIC
    for name in PUBLIC:
        answer = getattr(Client(), method)(names[name])
        assert answer.status_code in {200, 302, 303, 400, 404, 405, 410, 422}, (name, answer.status_code)


@pytest.mark.parametrize("method", ["get", "post"])
def test_steps_of_signing_in_send_back_who_skipped_the_first(method):
    names = dict(every_address())
    for name in STEPS:
        answer = getattr(Client(), method)(names[name])
        assert (answer.status_code, answer["Location"]) == (302, reverse("account_login")), name


def test_visitor_comes_back_to_the_page_an_act_was_started_from():
    start = "http://testserver/requests/7/?step=2"
    posted = Client().post("/profile/people/invite/", {}, headers={"referer": start})
    assert posted["Location"] == "/sign-in/?next=/requests/7/%3Fstep%3D2"
    foreign = Client().post("/profile/people/invite/", {}, headers={"referer": "https://evil.example/requests/7/"})
    assert foreign["Location"] == "/sign-in/?next=/"


def test_fragment_moves_the_whole_page():
    headers = {"hx-request": "true", "hx-current-url": "http://testserver/profile/people/"}
    answer = Client().get("/account/", headers=headers)
    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/sign-in/?next=/profile/people/")
    assert answer.content == b""


def test_pages_behind_the_door_exist_in_other_languages_too():
    assert Client().get("/de/account/")["Location"].startswith("/de/sign-in/?next=/de/account/")


def test_forms_cannot_be_posted_from_another_site():
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_cast().lucia)
    for name, path in every_address():
        status = strict.post(path).status_code
        assert status in {403, 404, 405}, f"{path} ({name}) answers {status} to a forged form"
