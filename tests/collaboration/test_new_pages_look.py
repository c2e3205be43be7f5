"""When pages of matchmaking, of a new service and of costs are looked at: wide and light, then a phone in the dark."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from browser import COLOURS, axe_violations, too_wide
from cast import Cast, acting, make_cast
from collaboration.agreements.agreeing import draft, make_case
from collaboration.shares.sheets import expect, show_sums
from conftest import DESKTOP, PHONE
from django.conf import settings
from django.test import Client
from django.utils import timezone
from factories import NOW, make_authorisation, make_collaboration, make_concept, make_request

from hansa.collaboration.codesign import operations as codesign
from hansa.collaboration.matchmaking.models import (
    LogEntry,
    Match,
    MatchAuthorisation,
    Meeting,
    Outcome,
    PartnerRequest,
    Requirement,
)
from hansa.collaboration.matchmaking.operations import digest_of
from hansa.collaboration.models import Collaboration, DeletionAsk, Invitation, Request
from hansa.hubs.models import EcosystemOrganisation, User
from hansa.hubs.taxonomy import queries as taxonomy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TURN = "document.documentElement.dir = 'rtl'"


def _ask(request: Request, cast: Cast, **fields: Any) -> PartnerRequest:
    return PartnerRequest.objects.create(
        request=request, kind="solution", text="A city looks for computer vision.", reach="network",
        valid_until=timezone.localdate() + timedelta(days=20), reviewer=cast.pau, prepared_by=cast.lucia,
        prepared_at=NOW, **fields,
    )  # fmt: skip


def _match(asked: PartnerRequest, cast: Cast, name: str, **fields: Any) -> Match:
    organisation = EcosystemOrganisation.objects.create(
        hub=cast.isar, name=name, partner_kinds=["solution"], country="DE", city="Augsburg", sector="traffic",
        offer="Counts cars at crossings with computer vision.", contact_name="Anna Blick",
        contact_email="anna@kreuzblick.example", created_at=NOW,
    )  # fmt: skip
    match = Match.objects.create(
        request=asked.request, invitation=asked.request.invitations.get(hub=cast.isar), hub=cast.isar,
        organisation=organisation, profile="A firm that counts cars. Eleven cities use it.", created_at=NOW,
        created_by=cast.jonas, asked_at=NOW, **fields,
    )  # fmt: skip
    if match.state != "prepared":
        MatchAuthorisation.objects.create(
            match=match, level="A3", granted_by="Anna Blick", evidence="Mail", text_version="1", granted_at=NOW,
            in_register=True,
        )  # fmt: skip
    return match


def _asking(cast: Cast, state: str, **fields: Any) -> PartnerRequest:
    request = make_request(cast.ebro, cast.elsewhere, scenario="MM", state=state, partner_text="A city looks.")
    if not fields:
        return _ask(request, cast)
    make_authorisation(request)
    Invitation.objects.create(request=request, hub=cast.isar, state="sent", sent_at=NOW)
    return _ask(request, cast, **fields)


def _bring_together(cast: Cast, asked: PartnerRequest) -> None:
    """Take a match up, sign, meet, and reach an agreement that the client confirmed."""
    request = asked.request
    match = _match(asked, cast, "Kreuzblick GmbH", state="taken", suggested_at=NOW, decided_at=NOW)
    request.invitations.update(state="accepted")
    Collaboration.objects.create(
        request=request, starts_on=NOW.date(), party_ids=[cast.ebro.pk, cast.isar.pk], confirmed_at=NOW
    )
    for wanted, fit in (("Runs on the cameras that hang there", "partly"), ("Verkehrszählung" * 6, "open")):
        Requirement.objects.create(match=match, wanted=wanted, offered="From 720p on", fit=fit, hub=cast.ebro)
    Meeting.objects.create(
        match=match, starts_at=timezone.now() + timedelta(days=9), zone="Europe/Madrid", minutes=60,
        link="https://meet.example/" + "elsewhere-" * 9, points=["The crossings"], hub=cast.ebro, created_by=cast.lucia,
        created_at=NOW,
    )  # fmt: skip
    LogEntry.objects.create(
        match=match, kind="language", text="We interpret.", hub=cast.ebro, author=cast.lucia, at=NOW
    )
    Outcome.objects.create(
        match=match, kind="pilot", amount_eur=48000, summary="Traffic is counted.", hub=cast.ebro,
        link="https://example.org/letter", recorded_by=cast.lucia, at=NOW,
    )  # fmt: skip


def _matchmaking(cast: Cast) -> list[tuple[User | None, str]]:
    new = make_request(cast.ebro, cast.elsewhere, scenario="MM", state="need")
    drafted = _asking(cast, "need")
    out = {"agreed_at": NOW, "agreed_by": "Maria Mayor", "released_at": NOW, "released_by": cast.pau}
    asked, met = _asking(cast, "inviting", **out), _asking(cast, "confirming", **out)
    waiting = _match(asked, cast, "Kreuzblick AG", key_digest=digest_of("key"))
    _match(asked, cast, "Crossings SL", state="suggested", suggested_at=NOW)
    _bring_together(cast, met)
    DeletionAsk.objects.create(request=asked.request, hub=cast.isar, asked_at=NOW)
    invitation = asked.request.invitations.get()
    return [
        (cast.lucia, f"/requests/{new.ref}/partner-request/"),
        *((person, f"/requests/{drafted.request.ref}/partner-request/") for person in (cast.lucia, cast.mayor)),
        (cast.lucia, f"/requests/{asked.request.ref}/answers/"),
        *((person, f"/requests/{met.request.ref}/together/") for person in (cast.lucia, cast.mayor)),
        (cast.jonas, f"/invitations/{invitation.ref}/someone/"),
        (cast.jonas, f"/matches/{waiting.ref}/"),
        (None, "/agreed/key/"),
        (cast.lucia, "/agreements-reached/"),
        *((cast.jonas, path) for path in ("/deletions/", "/invitations/", "/ecosystem/")),
        (cast.jonas, f"/ecosystem/{waiting.organisation_id}/"),
    ]


def _new_service(cast: Cast) -> list[tuple[User | None, str]]:
    made = [
        make_request(cast.ebro, scenario="NS", state=state, audience="sme", title="AI maturity tool")
        for state in ("inviting", "confirming")
    ]
    Request.objects.filter(scenario="NS").update(client=None)
    for request in made:
        for hub in (cast.isar, cast.aarhus):
            Invitation.objects.create(request=request, hub=hub, state="accepted", sent_at=NOW)
    writing, launching = Request.objects.filter(scenario="NS").order_by("pk")
    for person, seen in ((cast.lucia, "A guided test"), (cast.jonas, "Two hours of questions")):
        typed = {("scope", None): codesign.Typed(text=seen, seen="")}
        codesign.write(writing, typed, by=acting(person), at=NOW)
    version = codesign.Version(activity_code="TBI-2.1", title="KI-Check", languages=("de",), price_note="900 EUR")
    codesign.launch(launching, version, by=acting(cast.jonas), at=NOW)
    day = NOW.date()
    codesign.count_uptake(
        launching, starts_on=day, ends_on=day, n_clients=12, source="List", by=acting(cast.jonas), at=NOW
    )
    canvas = f"/requests/{writing.ref}/canvas/"
    return [
        (cast.lucia, "/services/new/"),
        (cast.jonas, canvas),
        (cast.jonas, f"{canvas}content/history/"),
        (cast.jonas, f"/requests/{launching.ref}/launch/"),
    ]


def _costs(cast: Cast) -> list[tuple[User | None, str]]:
    agreement = draft(cast, make_case(cast))
    for person in (cast.lucia, cast.jonas):
        expect(agreement.request, person, C1={"hours": 40}, C3={"hours": 8, "amount_eur": 1200})
        show_sums(agreement.request, person)
    make_collaboration(cast.ebro, cast.isar, client=cast.elsewhere)
    costs = f"/requests/{agreement.request.ref}/costs/"
    return [(cast.jonas, costs), (cast.jonas, f"{costs}fair/"), (cast.steward, "/network/costs/")]


@pytest.mark.parametrize("pages", [_matchmaking, _new_service, _costs])
def test_every_page_can_be_read_and_none_scrolls_sideways(pages, open_page, live_server):
    taxonomy.forget()
    make_concept("client-type", "sme", "Small or medium-sized company")
    make_concept("activity", "TBI-2.1", "AI maturity assessment")
    windows: dict[User | None, Any] = {}
    faults = []
    for user, path in pages(make_cast()):
        if user not in windows:
            windows[user] = open_page("/accessibility/", cookies=_cookies(user))
        page = windows[user]
        assert page.goto(f"{live_server.url}{path}").status == 200, path
        _turn(page, DESKTOP, "light")
        found = [*axe_violations(page), *too_wide(page)]
        _turn(page, PHONE, "dark")
        found += [*axe_violations(page, only=COLOURS), *too_wide(page)]
        page.evaluate(TURN)
        faults += [f"{path} {fault}" for fault in (*found, *too_wide(page))]
    assert faults == []


def _cookies(user: User | None) -> dict[str, str]:
    client = Client()
    if user is None:
        return {}
    client.force_login(user)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def _turn(page: Any, size: tuple[int, int], theme: str) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.mark.parametrize(("who", "is_linked"), [("lucia", True), ("mayor", False)])
def test_collaborations_lead_people_of_hubs_to_the_register(cast, client, who, is_linked):
    client.force_login(getattr(cast, who))
    assert ('href="/agreements-reached/"' in client.get("/collaborations/").content.decode()) is is_linked


def test_invitations_lead_to_what_waits_to_be_deleted_until_it_is_done(cast, client):
    case = make_request(cast.ebro, cast.elsewhere)
    DeletionAsk.objects.create(request=case, hub=cast.isar, asked_at=NOW)
    client.force_login(cast.jonas)
    assert 'href="/deletions/"' in client.get("/invitations/").content.decode()
    DeletionAsk.objects.update(deleted_at=NOW)
    assert 'href="/deletions/"' not in client.get("/invitations/").content.decode()
