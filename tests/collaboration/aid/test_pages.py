"""When the pages of services and aid are looked at."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from browser import COLOURS, axe_violations, too_wide
from cast import acting
from factories import NOW, make_client, make_collaboration

from hansa.collaboration.aid import operations
from hansa.collaboration.aid.queries import ahead
from hansa.collaboration.models import Collaboration, Request, ServiceRecord


@pytest.fixture
def page(client):
    def of(user, path, data=None):
        client.force_login(user)
        return client.get(path) if data is None else client.post(path, data)

    return of


FORM = {
    "category": "TBI",
    "description": "Test",
    "starts_on": "2026-10-01",
    "ends_on": "2026-10-02",
    "status": "finalised",
    "price_eur": "2.000,00",
    "invoiced_eur": "500",
    "granted_on": "2026-10-01",
}


def test_what_was_typed_is_kept_with_a_sentence(cast, frigo, page):
    for change, words in (
        ({"ends_on": "2026-02-30"}, "There is no such day"),
        ({"ends_on": "2026-09-01"}, "ends before it starts"),
        ({"price_eur": "500 USD"}, "Amounts are in euro"),
        ({"invoiced_eur": "-5"}, "zero or more"),
        ({"price_eur": ""}, "choose a line of the price list"),
    ):
        answer = page(cast.pau, "/services/record/", FORM | {"client_id": frigo.pk} | change)
        text = answer.content.decode()
        assert (answer.status_code, words in text, "Test</textarea>" in text) == (422, True, True), change
    assert page(cast.pau, "/services/record/", FORM | {"client_id": frigo.pk}).status_code == 303
    assert ServiceRecord.objects.get().price_eur == 2000


def test_a_price_comes_from_the_list(cast, frigo, set_up, page):
    item = operations.put_price(
        None, name="Test", category="TBI", price_eur=Decimal(900), legal_basis="", by=acting(cast.lucia), at=NOW
    )
    page(cast.pau, "/services/record/", FORM | {"client_id": frigo.pk, "price_eur": "", "price_item": item.pk})
    assert ServiceRecord.objects.get().price_eur == 900
    assert "€\xa0900" in page(cast.observer, f"/hubs/{cast.ebro.slug}/prices/").content.decode()


def test_for_others_the_pages_do_not_exist(cast, record, party, page):
    """Source: BP-JD-12."""
    row = record()
    for path in (f"/services/{row.pk}/", f"/services/{row.pk}/certificate/", f"/aid/{party.client_id}/"):
        assert page(cast.lucia, path).status_code in {200, 404}
        for user in (cast.jonas, cast.steward, cast.observer, cast.mayor):
            assert page(user, path).status_code == 404, (path, user)
    assert page(cast.mayor, "/services/").status_code == 404
    assert page(cast.mayor, "/services/kpi-sheet/").status_code == 404


def test_the_network_reads_sums_of_five_hubs_and_clients_or_none(cast, record, page):
    record()
    text = page(cast.steward, "/services/").content.decode()
    assert ("Held back" in text, "Frigo" in text) == (True, False)


@pytest.mark.parametrize("path", ["/services/", "/services/register/"])
def test_lists_take_as_many_statements_for_thirty_rows_as_for_one(
    cast, record, client, path, django_assert_num_queries
):
    row = record()
    client.force_login(cast.pau)
    client.get(path)
    for n in (0, 29):
        ServiceRecord.objects.bulk_create(
            [
                ServiceRecord(
                    **{f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname != "id"}
                )
                for _ in range(n)
            ]
        )
        with django_assert_num_queries(6 if path == "/services/" else 3):
            assert client.get(path).status_code == 200


def test_the_lead_alone_reads_the_headroom_beside_its_case(cast, frigo, set_up, party, page):
    case = make_collaboration(cast.ebro, cast.isar, client=frigo)
    path = f"/requests/{case.request.ref}/delivery/"
    assert "of €\xa0300,000" in page(cast.pau, path).content.decode()
    assert "headroom" not in page(cast.jonas, path).content.decode()


def test_warns_before_anything_is_recorded(cast, frigo, set_up, party, page, monkeypatch):
    ref = make_collaboration(cast.ebro, client=frigo).request.ref
    monkeypatch.setattr(ahead, "agreed_on", lambda ref, actor: (Decimal(4000), None))
    operations.declare_aid(
        party,
        beneficiary="",
        authority="City",
        member_state="ES",
        granted_on=date(2026, 5, 1),
        amount_eur=Decimal(299_000),
        by=acting(cast.lucia),
        at=NOW,
    )
    text = page(cast.lucia, f"/requests/{ref}/delivery/").content.decode()
    assert "This case could exceed the ceiling by €\xa01,000" in text
    assert Request.objects.get(ref=ref).state == "delivering"
    assert Collaboration.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_pages_hold_in_a_browser(cast, record, draft, declared, open_page, live_server, client, settings):
    row = record(description="Very long words " * 12)
    record(client_id=make_client(cast.ebro, "Ελληνική Εταιρεία Ψηφιακών Δοκιμών και Καινοτομίας ΑΕ").pk)
    client.force_login(cast.lucia)
    cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
    paths = ("/services/", f"/services/{row.pk}/", f"/services/{row.pk}/change/", f"/aid/{row.client_id}/")
    paths = (*paths, "/services/register/", "/services/settings/", "/services/kpi-sheet/import/")
    window = open_page(paths[0], cookies=cookies)
    for path in paths:
        window.goto(f"{live_server.url}{path}")
        window.set_viewport_size({"width": 390, "height": 844})
        assert too_wide(window) == [], path
        assert axe_violations(window) == [], path
        window.emulate_media(color_scheme="dark")
        assert axe_violations(window, only=COLOURS) == [], path
        window.emulate_media(color_scheme="light")
