"""When the parties read, change and sign in the browser."""

from __future__ import annotations

import pytest
from collaboration.agreements.conftest import tick


def page(client, user, ref, path="", **query):
    client.force_login(user)
    return client.get(f"/requests/{ref}/agreement/{path}", query)


def test_show(client, cast, agreement):
    r = page(client, cast.jonas, agreement.request.ref)
    assert r.status_code == 200
    open("/tmp/spike/page.html","w").write(r.content.decode())
    r = page(client, cast.lucia, agreement.request.ref, "terms/")
    assert r.status_code == 200
    open("/tmp/spike/terms.html","w").write(r.content.decode())
    r = page(client, cast.lucia, agreement.request.ref, "clauses/insurance/")
    assert r.status_code == 200
    r = page(client, cast.lucia, agreement.request.ref, "versions/1/")
    assert r.status_code == 200
    r = page(client, cast.lucia, agreement.request.ref, "draft.pdf")
    assert r.status_code == 200

def test_new(client, cast, case):
    r = page(client, cast.lucia, case.ref, "new/")
    assert r.status_code == 200

def test_sign(client, cast, accepted):
    r = page(client, cast.jonas, accepted.request.ref)
    assert r.status_code == 200
    assert "Sign version 1" in r.content.decode()
