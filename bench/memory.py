"""Resident memory: a web worker with the model in use, and the idle database."""

from __future__ import annotations

import time

from bench import place
from bench.place import say

WEB_MARK_MB, DATABASE_MARK_MB = 350.0, 60.0


def main() -> None:
    var = place.prepare("pages")
    from django.utils import timezone

    from bench.pages import _fetch, _story
    from hansa.web.demo import operations as demo

    demo.ensure(at=timezone.now())
    paths, cookies = _story()
    with place.server("hansa.web.wsgi:application") as (address, pid):
        # The shortlist loads the solver; the need form's reading loads the model.
        for path in paths.values():
            _fetch(address, path, cookies, times=5)
        _read_a_need(address)
        say("web server and its worker", place.memory_mb(place.family(pid)), WEB_MARK_MB, "MB")
    from django.db import connection

    database = place.database_pid(var)
    connection.close()
    time.sleep(3)
    say("database, nobody connected", place.memory_mb(place.family(database)), DATABASE_MARK_MB, "MB")


def _read_a_need(address: str) -> None:
    """State a need on the public form, so that the worker reads it."""
    import http.cookiejar
    import re
    import urllib.parse
    import urllib.request

    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    opener.addheaders = [("Host", "localhost")]
    answers = [
        ("/need/", {"text": "Our lines stop twice a month because bearings fail. We want a week's warning."}),
        ("/need/result/", {"outcome": "Half the stops", "timing": "By spring", "budget_eur": ""}),
        (
            "/need/who/",
            {
                "organisation": "Bench Ltd",
                "client_type": "sme",
                "country": "ES",
                "name": "B",
                "email": "b@bench.example",
            },
        ),
    ]
    for path, fields in answers:
        page = opener.open(address + path).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        fields["csrfmiddlewaretoken"] = token[1] if token else ""
        opener.open(address + path, urllib.parse.urlencode(fields).encode())
