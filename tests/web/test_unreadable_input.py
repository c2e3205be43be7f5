"""Sending bytes that are no text."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from hansa.web.middleware import refuse_unreadable_input

pytestmark = pytest.mark.django_db


@pytest.fixture
def reached() -> list:
    return []


@pytest.fixture
def door(reached: list):
    """Return the middleware before a view that notes what reached it."""
    from django.http import HttpResponse

    def view(request):
        reached.append((dict(request.POST.lists()), dict(request.FILES.lists()), request.path))
        return HttpResponse("in")

    return refuse_unreadable_input(view)


@pytest.mark.parametrize("address", ["/help/?q=%00", "/help/?%00=a", "/help/%00", "/help/?q=%ff%fe", "/help/?q=a%C3"])
def test_refuses_it_in_an_address(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    text = answer.content.decode()
    assert "We could not read that" in text
    assert "Nothing was changed." in text
    assert "Reference" in text


@pytest.mark.parametrize("address", ["/%c3%28/", "/h%C3%A9lp/", "/50%25/", "/%CE%B1/?q=%CE%B1"])
def test_finds_nothing_behind_strange_paths(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_says_so_in_the_language_of_the_address(client: Client) -> None:
    answer = client.get("/de/help/?q=%00")
    assert answer.status_code == 400
    assert '<html lang="de">' in answer.content.decode()


@pytest.mark.parametrize("body", [b"need=%00", b"need=a%ff", b"need=\xff", b"need=%E2%28%A1"])
def test_refuses_it_in_a_form(door, reached: list, body: bytes) -> None:
    answer = door(RequestFactory().post("/need/", body, content_type="application/x-www-form-urlencoded"))
    assert answer.status_code == 400
    assert reached == []


@pytest.mark.parametrize("text", ["", "Ünïcode ñ ß", "Ελληνικά", "שלום", "🙂", "a+b = c & d%", "x" * 100_000])
def test_lets_every_written_language_in(door, reached: list, text: str) -> None:
    answer = door(RequestFactory().post("/need/", {"need": text}))
    assert answer.status_code == 200
    from urllib.parse import urlencode

    answer = door(
        RequestFactory().post("/need/", urlencode({"need": text}), content_type="application/x-www-form-urlencoded")
    )
    assert answer.status_code == 200
    assert [fields["need"] for fields, _, _ in reached] == [[text], [text]]


def test_refuses_nul_in_a_field_of_an_upload(door, reached: list) -> None:
    answer = door(RequestFactory().post("/files/", {"note": "a\0b", "file": SimpleUploadedFile("a.pdf", b"%PDF")}))
    assert answer.status_code == 400
    assert reached == []


def test_lets_any_bytes_in_as_a_file(door, reached: list) -> None:
    content = bytes(range(256)) * 4
    answer = door(RequestFactory().post("/files/", {"note": "mine", "file": SimpleUploadedFile("é.bin", content)}))
    assert answer.status_code == 200
    (fields, files, _) = reached[0]
    assert fields == {"note": ["mine"]}
    assert files["file"][0].read() == content


@pytest.mark.parametrize(("body", "status"), [('{"a": "b"}', 200), ('{"a": "\\u0000"}', 400), ("\xff", 400)])
def test_judges_json(door, body: str, status: int) -> None:
    raw = body.encode("latin-1") if body == "\xff" else body.encode()
    assert door(RequestFactory().post("/api/", raw, content_type="application/json")).status_code == status


def test_keeps_json_with_a_written_backslash(door) -> None:
    body = json.dumps({"path": "C:\\users"})
    assert door(RequestFactory().post("/api/", body, content_type="application/json")).status_code == 200
