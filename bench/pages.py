"""Processor time of a page (application and database) over a bare Django view, and SQL statements per page."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlsplit

from bench import place
from bench.place import say

SIZES = (214, 20_000)
ROUNDS, PER_ROUND = 5, 40
MARK, SQL_MARK = 2.5, 8


def main() -> None:
    var = place.prepare("pages")
    from django.utils import timezone

    from hansa.web.demo import operations as demo

    demo.ensure(at=timezone.now())
    for size in SIZES:
        _fill(size)
        paths, cookies = _story()
        _measure(var, size, paths, cookies)


def _fill(size: int) -> None:
    """Bring the directory to ``size`` hubs, demo hubs included."""
    from bench.make_hubs import make_hubs
    from hansa.hubs.models import Hub

    missing = size - Hub.objects.count()
    if missing > 0:
        make_hubs(missing, seed=20261124)


def _story() -> tuple[dict[str, str], dict[str, str]]:
    """Return the pages measured, and a signed-in lead's cookies."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from hansa.collaboration.models import Request
    from hansa.hubs.models import User
    from hansa.web.sessions import SessionStore

    user = User.objects.get(email="lead@demo.example")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    refs = {state: Request.objects.filter(lead__memberships__user=user, state=state).first() for state in ("need", "shortlist", "delivering")}  # fmt: skip
    paths = {
        "list": "/hubs/",
        "profile": "/hubs/isar-edge-lab/",
        "need": f"/requests/{refs['need'].ref}/",
        "shortlist": f"/requests/{refs['shortlist'].ref}/shortlist/",
        "case": f"/requests/{refs['delivering'].ref}/delivery/",
    }
    return paths, {settings.SESSION_COOKIE_NAME: session.session_key or ""}


def _measure(var: Path, size: int, paths: Mapping[str, str], cookies: Mapping[str, str]) -> None:
    print(f"  {size} hubs")
    statements = _statements(paths)
    with (
        place.server("bench.floor:application", settings="bench.floor_settings") as (floor, floor_pid),
        place.server("hansa.web.wsgi:application") as (site, site_pid),
    ):
        database = place.database_pid(var)
        spent: dict[str, float] = dict.fromkeys(["floor", *paths], 0.0)
        targets = {"floor": (floor, "/", floor_pid)} | {name: (site, path, site_pid) for name, path in paths.items()}
        for address, path, _pid in targets.values():
            _fetch(address, path, cookies, times=10)
        for _ in range(ROUNDS):
            for name, (address, path, pid) in targets.items():
                spent[name] += _cost(address, path, pid, database, cookies)
    per_request = {name: 1000 * seconds / ROUNDS / PER_ROUND for name, seconds in spent.items()}
    print(f"  floor: {per_request['floor']:.2f} ms of processor time")
    for name in paths:
        say(f"{name}, {size} hubs: over the floor", per_request[name] / per_request["floor"], MARK, "x", more=f"{per_request[name]:.2f} ms")  # fmt: skip
        say(f"{name}, {size} hubs: SQL statements", statements[name], SQL_MARK, "")


def _cost(address: str, path: str, pid: int, database: int, cookies: Mapping[str, str]) -> float:
    before = place.cpu_seconds(place.family(pid)) + place.cpu_seconds(place.family(database))
    _fetch(address, path, cookies, times=PER_ROUND)
    return place.cpu_seconds(place.family(pid)) + place.cpu_seconds(place.family(database)) - before


def _fetch(address: str, path: str, cookies: Mapping[str, str], *, times: int) -> None:
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    kept = dict(cookies)
    for _ in range(times):
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in kept.items()), "Host": "localhost"}
        connection.request("GET", path, headers=sent)
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise SystemExit(f"{path} answered {response.status}")
        # As a browser does.
        for header in response.headers.get_all("Set-Cookie", ()):
            kept |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    connection.close()


def _statements(paths: Mapping[str, str]) -> dict[str, int]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from hansa.hubs.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email="lead@demo.example"))
    counts = {}
    for name, path in paths.items():
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(path)
        counts[name] = len(queries)
    return counts
