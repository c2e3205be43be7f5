"""Meeting an error page."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from hansa.foundation.actors import VISITOR
from hansa.web.views import errors

pytestmark = pytest.mark.django_db


def _request() -> HttpRequest:
    request = RequestFactory().get("/somewhere/")
    request.actor = VISITOR
    request._messages = []
    return request


@pytest.mark.parametrize(
    ("view", "status", "says"),
    [
        (errors.bad_request, 400, "We could not read that"),
        (errors.not_signed_or_stale, 403, "This form has expired"),
        (errors.forbidden, 403, "Your role does not allow this"),
        (errors.not_found, 404, "This page does not exist, or is not yours to see"),
        (errors.too_many, 429, "Too many tries in a short time"),
    ],
)
def test_says_what_happened_what_to_do_and_a_reference(view, status: int, says: str) -> None:
    answer = view(_request())
    html = answer.content.decode()
    assert answer.status_code == status
    assert f'<h1 tabindex="-1">{says}</h1>' in html
    assert "What you can do" in html
    assert re.search(r"Reference [2-9A-Z]{7}\. Name it", html)


def test_forbidden_repeats_the_reason() -> None:
    html = errors.forbidden(_request(), PermissionDenied("Only <managers> invite.")).content.decode()
    assert "Only &lt;managers&gt; invite." in html


def test_the_reference_stands_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    html = errors.not_found(_request()).content.decode()
    reference = re.search(r"Reference (\w{7})", html)[1]
    assert f"reference {reference}" in caplog.text


def test_no_page_tells_where_nothing_is(client: Client) -> None:
    assert client.get("/no/such/page/").status_code == 404
    assert client.get("/de/no/such/page/").status_code == 404


def _breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret detail")


urlpatterns = [path("breaks/", _breaks)]
handler500 = errors.broken


@pytest.mark.urls("web.test_errors")
def test_our_own_error_shows_no_detail(client: Client) -> None:
    client.raise_request_exception = False
    answer = client.get("/breaks/")
    html = answer.content.decode()
    assert answer.status_code == 500
    assert "Something broke on our side" in html
    assert "secret detail" not in html
    assert re.search(r"Reference [2-9A-Z]{7}", html)
