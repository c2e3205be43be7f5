"""One case of each scenario that is no joint delivery, with what its own addresses name."""

from __future__ import annotations

from datetime import timedelta

from cast import Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from factories import NOW, make_authorisation, make_request
from web.strangers import TITLE, Case

from hansa.collaboration.models import (
    Canvas,
    CanvasText,
    Collaboration,
    Invitation,
    Match,
    Meeting,
    Outcome,
    PartnerRequest,
    Request,
    Requirement,
    UptakeCount,
)
from hansa.hubs.models import EcosystemOrganisation

# The stages at which there is something at all of their own addresses.
OTHERS = (("NS", "confirming"), ("MM", "delivering"))


def make_other_case(cast: Cast, scenario: str, stage: str) -> Case:
    """Return a case of a new service (NS) or of matchmaking (MM) of Ebro and Isar."""
    return _new_service(cast, stage) if scenario == "NS" else _matchmaking(cast, stage)


def _new_service(cast: Cast, stage: str) -> Case:
    request = Request.objects.create(
        title=TITLE, scenario="NS", lead=cast.ebro, text="Count.", state=stage, state_since=NOW, created_at=NOW
    )
    invitation = _say_yes(cast, request)
    text = {"text": "Isar counts.", "author": cast.jonas, "author_hub": cast.isar, "at": NOW}
    canvas = Canvas.objects.create(request=request, revision=1)
    CanvasText.objects.create(canvas=canvas, key="scope", number=1, **text)
    counted = UptakeCount.objects.create(
        request=request,
        hub=cast.isar,
        starts_on=NOW.date(),
        ends_on=NOW.date(),
        n_clients=3,
        source="Counted",
        author=cast.jonas,
        at=NOW,
    )
    if stage != "inviting":
        _start(cast, request)
    names = {"canvas": "content", "uptake": counted.pk, "invitations": invitation.ref, "invitation": invitation.ref}
    return Case(stage, request, {"ref": request.ref} | names)


def _matchmaking(cast: Cast, stage: str) -> Case:
    about = {"client": cast.elsewhere, "contact": cast.mayor, "title": TITLE, "partner_text": "Counts cars."}
    request = make_request(cast.ebro, scenario="MM", state=stage, **about)
    make_authorisation(request)
    PartnerRequest.objects.create(
        request=request,
        kind="solution",
        text="Counts cars.",
        reach="network",
        valid_until=(NOW + timedelta(days=60)).date(),
        reviewer=cast.pau,
        prepared_by=cast.lucia,
        prepared_at=NOW,
        agreed_at=NOW,
        released_at=NOW,
        released_by=cast.pau,
    )
    invitation = _say_yes(cast, request)
    match = Match.objects.create(
        request=request,
        invitation=invitation,
        hub=cast.isar,
        organisation=EcosystemOrganisation.objects.create(hub=cast.isar, name=f"Count {request.pk}", created_at=NOW),
        state="suggested" if stage == "inviting" else "taken",
        profile="It counts.",
        created_at=NOW,
        created_by=cast.jonas,
        suggested_at=NOW,
    )
    names = {"matches": match.ref, "match": match.ref, "invitations": invitation.ref, "invitation": invitation.ref}
    case = Case(stage, request, {"ref": request.ref} | names)
    if stage != "inviting":
        _start(cast, request)
        _bring_together(cast, case, match)
    return case


def _bring_together(cast: Cast, case: Case, match: Match) -> None:
    asked = Requirement.objects.create(match=match, wanted="By night too", hub=cast.ebro)
    made = {"created_by": cast.lucia, "created_at": NOW}
    meeting = Meeting.objects.create(match=match, starts_at=NOW, zone="UTC", minutes=30, hub=cast.ebro, **made)
    file = SimpleUploadedFile("contract.pdf", b"%PDF")
    Outcome.objects.create(
        match=match, kind="contract", hub=cast.ebro, recorded_by=cast.lucia, at=NOW, file=file, file_name="contract.pdf"
    )
    case.objects.update(requirements=asked.pk, meeting=meeting.ref)


def _say_yes(cast: Cast, request: Request) -> Invitation:
    return Invitation.objects.create(request=request, hub=cast.isar, state="accepted", sent_at=NOW)


def _start(cast: Cast, request: Request) -> None:
    Collaboration.objects.create(request=request, starts_on=NOW.date(), party_ids=[cast.ebro.pk, cast.isar.pk])
