"""Every object of the story, at every stage, and every address that names one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from cast import Cast, acting
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver
from factories import NOW, make_authorisation, make_concept, make_request

from hansa.collaboration.agreements import operations as agreements
from hansa.collaboration.agreements import queries as agreed
from hansa.collaboration.agreements.operations.sealing import add_evidence, seal
from hansa.collaboration.delivery import operations as delivery
from hansa.collaboration.models import (
    Booking,
    ClauseSuggestion,
    Collaboration,
    Deliverable,
    Expense,
    Incident,
    Investment,
    Invitation,
    InvitationNote,
    Milestone,
    Request,
    ScenarioVersion,
    ScopeChange,
    Secondment,
    StepEntry,
    Story,
    TimeEntry,
    Want,
)
from hansa.collaboration.scenarios.queries import contents
from hansa.web.demo.operations.signing import signs_with_an_app

STAGES = ("need", "shortlist", "inviting", "agreeing", "signing", "delivering", "confirming", "closed")
TITLE = "Count the cars of Elsewhere"


@dataclass(frozen=True)
class Case:
    """One case with what its addresses name, by the name of the parameter (and the beginning of the route)."""

    stage: str
    request: Request
    objects: dict[str, Any] = field(default_factory=dict)


def make_case(cast: Cast, stage: str, **fields: Any) -> Case:
    """Take a case of Ebro and Isar for Elsewhere to this stage. ``fields`` are other ones of the request."""
    reach = STAGES.index(stage)
    state = stage if reach < 2 else "inviting"
    about = {"client": cast.elsewhere, "contact": cast.mayor, "title": TITLE, "partner_text": "Count cars."} | fields
    request = make_request(cast.ebro, state=state, **about)
    make_authorisation(request)
    entry = _follow_with_a_step(cast, request)
    concept = make_concept("activity", f"TBI-{request.pk}", f"Count cars {request.pk}")
    want = Want.objects.create(request=request, concept=concept, state="accepted")
    case = Case(stage, request, {"ref": request.ref, "wants": want.pk, "step": "check", "handed-in": entry.pk})
    if reach >= 2:
        _invite(cast, case, want, is_answered=reach > 2)
    if reach >= 3:
        _agree(cast, case, is_accepted=reach > 3, is_signed=reach > 4)
    if reach >= 5:
        _deliver(cast, case, reach)
    return case


def _follow_with_a_step(cast: Cast, request: Request) -> StepEntry:
    """Let the case follow a scenario with one step beside the product's own, in which the lead handed in a file."""
    step = {
        "key": "check",
        "state": "need",
        "turn": "lead",
        "kind": "document",
        "documents": ["Check"],
        "optional": True,
    }
    step |= {"names": {"hub": "Check", "later": "Check"}, "does": "It is checked.", "usual_days": 1, "moves": []}
    content = deepcopy(contents()["JD"])
    content["steps"].append(step)
    for key, state in (("checked", "published"), ("drafted", "draft")):
        content["scenario"] |= {"id": key, "base": "JD", "version": "1"}
        about = {"base": "JD", "title": key, "content": deepcopy(content), "state": state, "created_at": NOW}
        ScenarioVersion.objects.get_or_create(key=key, version="1", defaults=about | {"published_at": NOW})
    request.scenario, request.scenario_version = "checked", "1"
    request.save(update_fields=["scenario", "scenario_version"])
    file = SimpleUploadedFile("check.pdf", b"%PDF")
    return StepEntry.objects.create(
        request=request, key="check", hub=cast.ebro, file=file, file_name="check.pdf", author=cast.lucia, at=NOW
    )


def _invite(cast: Cast, case: Case, want: Want, *, is_answered: bool) -> None:
    state = "accepted" if is_answered else "sent"
    invitation = Invitation.objects.create(
        request=case.request, hub=cast.isar, state=state, sent_at=NOW, effort_days=9, fee_eur=4000
    )
    invitation.wants.add(want)
    InvitationNote.objects.create(invitation=invitation, hub=cast.isar, author=cast.jonas, text="How many?", at=NOW)
    case.objects.update(invitations=invitation.ref, invitation=invitation.ref)


def _agree(cast: Cast, case: Case, *, is_accepted: bool, is_signed: bool) -> None:
    terms = agreed.proposed_terms(case.request, on=NOW.date())
    agreement = agreements.draft(case.request, by=acting(cast.lucia), terms=terms, at=NOW)
    version = agreed.version_of(agreement)
    case.objects.update(key=version.clauses[0]["key"], number=version.number)
    suggestion = ClauseSuggestion.objects.create(
        agreement=agreement,
        clause=version.clauses[0]["key"],
        base_version=1,
        words="Other words.",
        why="So.",
        hub=cast.isar,
        author=cast.jonas,
        at=NOW,
        state="withdrawn",
    )
    case.objects["suggestions"] = suggestion.pk
    if is_accepted:
        agreements.accept(agreement, by=acting(cast.jonas), version=version.number, at=NOW)
    for user in (cast.jonas, cast.lucia) if is_signed else ():
        with signs_with_an_app(user, at=NOW) as code:
            agreements.sign(
                agreement,
                by=acting(user),
                version=version.number,
                shown_sha256=version.sha256,
                name=user.name,
                function="Director",
                method="totp",
                answer=code,
                at=NOW,
            )
    if is_signed:
        seal(agreement.pk, at=NOW)
    # One stage is enough for a file that takes long to make.
    if case.stage == STAGES[-1]:
        add_evidence(agreement.pk, at=NOW)


def _deliver(cast: Cast, case: Case, reach: int) -> None:
    collaboration = delivery.open_collaboration(case.request.pk, at=NOW)
    lucia, later = acting(cast.lucia), NOW + timedelta(days=1)
    file = SimpleUploadedFile("counts.csv", b"car,1\n")
    document = delivery.add_document(collaboration, upload=file, for_client=True, by=lucia, at=later)
    task = delivery.add_task(
        collaboration,
        title="Mount it",
        hub_id=cast.isar.pk,
        owner_id=cast.jonas.pk,
        due_on=later.date(),
        by=lucia,
        at=later,
    )
    kpi = collaboration.kpis.filter(is_computed=False).first() or collaboration.kpis.first()
    for typed in collaboration.kpis.filter(is_computed=False):
        delivery.record_measurement(typed, value=Decimal(1), measured_on=NOW.date(), note="Counted", by=lucia, at=later)
    expense = Expense.objects.create(
        collaboration=collaboration,
        hub=cast.ebro,
        item="JD-D1-C3",
        amount_eur=9,
        on=NOW.date(),
        at=later,
        file=SimpleUploadedFile("bill.pdf", b"%PDF"),
        file_name="bill.pdf",
    )
    case.objects.update(
        expenses=expense.pk, tasks=task.pk, files=document.pk, kpis=kpi.pk, **_on_the_way(cast, collaboration)
    )
    if reach >= 6:
        delivery.report(collaboration, by=lucia, at=later)
    if reach >= 7:
        delivery.confirm(collaboration, by=acting(case.request.contact), note="", at=later)
        delivery.close(collaboration, by=lucia, lesson="Ask first.", at=later)


def _on_the_way(cast: Cast, collaboration: Collaboration) -> dict[str, Any]:
    """Return what the pages of a delivery name, by the word that stands before its number."""
    of = {"collaboration": collaboration}
    stone = Milestone.objects.create(
        **of, name="Half way", due_on=NOW.date(), criterion="It counts.", decider=cast.ebro
    )
    made = {"hub": cast.ebro, "by": cast.lucia, "at": NOW}
    starts, ends = NOW + timedelta(days=3), NOW + timedelta(days=4)
    booking = Booking.objects.create(
        **of,
        **made,
        owner=cast.isar,
        facility_name="Bench",
        starts_at=starts,
        ends_at=ends,
        time_zone="UTC",
        purpose="Try",
    )
    stay = Secondment.objects.create(
        **of, person=cast.jonas, sender=cast.isar, receiver=cast.ebro, starts_on=NOW.date(), ends_on=ends.date(),
        place="Zaragoza", at=NOW,
    )  # fmt: skip
    entry = TimeEntry.objects.create(
        **of,
        hub=cast.ebro,
        person=cast.lucia,
        on=NOW.date(),
        hours=2,
        cost_item="JD-D1-C3",
        entered_by=cast.lucia,
        at=NOW,
    )
    change = ScopeChange.objects.create(**of, **made, title="More", what="One car more.")
    incident = Incident.objects.create(**of, **made, happened_on=NOW.date(), what="Rain", effect="A day")
    invested = Investment.objects.create(**of, **made, amount_eur=5, kind="own", on=NOW.date(), evidence="Order")
    part = Deliverable.objects.create(**of, hub=cast.ebro, name="Report")
    told = {"challenge": "Cars.", "solution": "Counts.", "result": "Counted.", "changed_at": NOW}
    Story.objects.create(**of, slug=f"cars-{collaboration.pk}", title=TITLE, **told)
    return {
        "milestones": stone.pk, "facilities": booking.pk, "experts": stay.pk, "hours": entry.pk, "changes": change.pk,
        "incidents": incident.pk, "investments": invested.pk, "deliverables": part.pk, "moment": "T0",
    }  # fmt: skip


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver: its whole name, its route, and the names of its parameters."""

    name: str
    route: str

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"<(?:\w+:)?(\w+)>", self.route)

    def filled(self, objects: Mapping[str, Any]) -> str | None:
        """Return the path with real objects in it, or None when one of them is not there.

        What stands before a parameter says whose it is: ``wants/<int:pk>`` is a want, ``<slug:ref>`` alone a case.
        """
        path = ""
        for piece in re.split(r"(<[^>]+>)", self.route):
            if not piece.startswith("<"):
                path += piece
                continue
            name = piece.strip("<>").split(":")[-1]
            before = path.rstrip("/").split("/")[-1]
            value = objects.get(before, objects.get(name)) if name in {"pk", "ref", "section"} else objects.get(name)
            if value is None:
                return None
            path += str(value)
        return f"/{path}"


def every_address() -> Iterator[Address]:
    yield from _walk(get_resolver(), "", "")


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        # Regular expressions are allauth's, whose groups are written in another way; none of them names an object.
        route = prefix + str(getattr(entry.pattern, "_route", entry.pattern))
        if isinstance(entry, URLPattern):
            yield Address(namespace + (entry.name or route), route)
        else:
            yield from _walk(entry, route, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
