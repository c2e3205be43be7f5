"""A client as an undertaking: headroom for its hub; lists and declaration for the client itself and its hub."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.aid import forms, operations, policies, queries
from hansa.collaboration.aid.views.certificates import pdf
from hansa.collaboration.aid.views.listing import crumb
from hansa.foundation.pages import reads, run_form, writes
from hansa.hubs.directory import queries as directory
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind


@reads
def own(request: HttpRequest) -> HttpResponse:
    """Go to the page of the client one speaks for; whoever speaks for several chooses."""
    ids = sorted(request.actor.client_ids)
    if not ids:
        raise Http404
    if len(ids) == 1:
        return redirect("aid:client", pk=ids[0])
    parties = [party for pk in ids if (party := queries.declarant(pk, actor=request.actor))]
    return render(request, "collaboration/aid/own.html", {"parties": parties})


def load(request: HttpRequest, pk: int) -> queries.Declarant:
    found = queries.declarant(pk, actor=request.actor)
    if found is None:
        raise Http404
    return found


@reads
def client(request: HttpRequest, pk: int) -> HttpResponse:
    return show(request, load(request, pk))


def _countries(party: queries.Declarant) -> list[tuple[str, str]]:
    """Return the Member States to choose from, the hub's own first."""
    basis = queries.legal_bases()[queries.DE_MINIMIS]
    known = taxonomy.vocabulary(Kind.COUNTRY)
    rest = sorted(
        ((code, known[code].label if code in known else code) for code in basis.countries - {party.member_state}),
        key=lambda pair: pair[1],
    )
    return [(party.member_state, party.member_state_name), *rest]


def _others(party: queries.Declarant, *, is_hub: bool) -> list[tuple[int, str]]:
    """Return the hub's other clients, which the hub alone may choose from."""
    if not is_hub:
        return []
    return [(row.pk, row.name) for row in directory.clients_of(party.hub_id) if row.pk != party.client_id]


def _certificates(request: HttpRequest, party: queries.Declarant) -> list[Any]:
    return list(queries.certificates_of_clients(request.actor).filter(record__client_id=party.client_id))


def show(request: HttpRequest, party: queries.Declarant, *, status: int = 200, **refused: Any) -> HttpResponse:
    """Render the page, with the forms that were sent and refused in the place of empty ones."""
    is_hub = bool(policies.can_change(request.actor, party.hub_id))
    today = timezone.localdate()
    standing = None
    if is_hub:
        standing = queries.standing(
            party.client_id,
            client_name=party.name,
            hub_id=party.hub_id,
            member_state=party.member_state,
            on=today,
        )
    facts = queries.undertaking_of(party.client_id)
    initial = {name: getattr(facts, name) for name in forms.FactsForm.base_fields}
    person = {"name": request.actor.name, "function": getattr(request.user, "job_title", "")}
    context = {
        "crumbs": [crumb()] if is_hub else [],
        "party": party,
        "is_hub": is_hub,
        "standing": standing,
        "linked": queries.linked_to(party.client_id),
        "declared": queries.declared_by(party.client_id),
        "declarations": queries.declarations_of(party.client_id),
        "certificates": [] if is_hub else _certificates(request, party),
        "facts_form": forms.FactsForm(initial=initial),
        "link_form": forms.LinkForm(clients=_others(party, is_hub=is_hub)),
        "aid_form": forms.DeclaredAidForm(countries=_countries(party)),
        "declare_form": forms.DeclareForm(initial={} if is_hub else person),
        "refused": next(iter(refused.values()), None),
    } | refused
    return render(request, "collaboration/aid/client.html", context, status=status)


def _act(
    request: HttpRequest,
    party: queries.Declarant,
    form: django_forms.Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    form_name: str,
    done: str,
    anchor: str,
) -> HttpResponse:
    return run_form(
        request,
        form,
        act,
        done=done,
        to=f"{reverse('aid:client', args=[party.client_id])}#{anchor}",
        again=lambda refused: show(request, party, status=422, **{form_name: refused}),
    )


@writes
def describe(request: HttpRequest, pk: int) -> HttpResponse:
    party = load(request, pk)
    return _act(
        request,
        party,
        forms.FactsForm(request.POST),
        lambda data: operations.describe(party, by=request.actor, at=timezone.now(), **data),
        form_name="facts_form",
        done=_("Saved."),
        anchor="facts",
    )


@writes
def link(request: HttpRequest, pk: int) -> HttpResponse:
    party = load(request, pk)
    is_hub = bool(policies.can_change(request.actor, party.hub_id))
    return _act(
        request,
        party,
        forms.LinkForm(request.POST, clients=_others(party, is_hub=is_hub)),
        lambda data: operations.link(party, by=request.actor, at=timezone.now(), **{"other_id": None, **data}),
        form_name="link_form",
        done=_("Added."),
        anchor="linked",
    )


@writes
def unlink(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    party = load(request, pk)
    return _act(
        request,
        party,
        django_forms.Form(request.POST),
        lambda data: operations.unlink(party, line, by=request.actor, at=timezone.now()),
        form_name="plain_form",
        done=_("Removed."),
        anchor="linked",
    )


@writes
def declare_aid(request: HttpRequest, pk: int) -> HttpResponse:
    party = load(request, pk)
    return _act(
        request,
        party,
        forms.DeclaredAidForm(request.POST, countries=_countries(party)),
        lambda data: operations.declare_aid(party, by=request.actor, at=timezone.now(), **data),
        form_name="aid_form",
        done=_("Added."),
        anchor="declared",
    )


@writes
def withdraw_aid(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    party = load(request, pk)
    return _act(
        request,
        party,
        django_forms.Form(request.POST),
        lambda data: operations.withdraw_aid(party, line, by=request.actor, at=timezone.now()),
        form_name="plain_form",
        done=_("Removed."),
        anchor="declared",
    )


@writes
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    party = load(request, pk)
    return _act(
        request,
        party,
        forms.DeclareForm(request.POST),
        lambda data: operations.declare(
            party, name=data["name"], function=data["function"], by=request.actor, at=timezone.now()
        ),
        form_name="declare_form",
        done=_("Declaration recorded. The PDF is below."),
        anchor="declarations",
    )


@reads
def declaration(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """One declaration as PDF."""
    party = load(request, pk)
    found = next((row for row in queries.declarations_of(party.client_id) if row.pk == line), None)
    if found is None:
        raise Http404
    return pdf(queries.declaration_pdf(found), name=f"hansa_declaration-{line}_{found.at:%Y-%m-%d}_en.pdf")
