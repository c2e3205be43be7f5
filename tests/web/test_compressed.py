"""Sending pages compressed."""

from __future__ import annotations

import gzip

import pytest
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

from hansa.web.middleware import compressed

PAGE = "<p>Ebro Data Hub</p>" * 200


def _sent(response: HttpResponse, accepts: str = "gzip, deflate, br") -> HttpResponse:
    return compressed(lambda request: response)(RequestFactory().get("/", HTTP_ACCEPT_ENCODING=accepts))


@pytest.mark.django_db
def test_a_real_page_arrives_whole(client: Client) -> None:
    plain = client.get("/accessibility/")
    packed = client.get("/accessibility/", HTTP_ACCEPT_ENCODING="gzip")
    assert packed["Content-Encoding"] == "gzip"
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content) / 2
    text = gzip.decompress(packed.content).decode()
    assert text.startswith("<!doctype html>")
    assert text.rstrip().endswith("</html>")
    assert "Accept-Encoding" in plain["Vary"]


def test_text_is_packed() -> None:
    response = _sent(HttpResponse(PAGE))
    assert gzip.decompress(response.content).decode() == PAGE


@pytest.mark.parametrize("accepts", ["", "br", "identity"])
def test_other_browsers_get_it_plain(accepts: str) -> None:
    response = _sent(HttpResponse(PAGE), accepts)
    assert response.content.decode() == PAGE
    assert response["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse("short"),
        HttpResponse(b"%PDF" * 1000, content_type="application/pdf"),
        HttpResponse(b"x" * 5000, content_type="text/html", headers={"Content-Encoding": "br"}),
    ],
)
def test_what_would_not_gain_is_left_alone(response: HttpResponse) -> None:
    before = (response.content, response.get("Content-Encoding"))
    assert (_sent(response).content, response.get("Content-Encoding")) == before


@pytest.mark.parametrize("kind", [StreamingHttpResponse, FileResponse])
def test_streams_stay_streams(kind: type) -> None:
    import io

    response = _sent(kind(io.BytesIO(PAGE.encode()), content_type="text/html"))
    assert b"".join(response.streaming_content).decode() == PAGE
