"""The partner request: the lead prepares it, the client agrees, a reviewer releases it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.matchmaking import forms, operations, policies, queries
from hansa.collaboration.matchmaking.views.frame import frame, load, load_led, see
from hansa.collaboration.partnering import operations as partnering_operations
from hansa.collaboration.partnering import policies as partnering_policies
from hansa.collaboration.partnering import queries as partnering
from hansa.collaboration.partnering.states import Anonymity
from hansa.collaboration.scenarios import queries as scenarios
from hansa.foundation.pages import form_page, writes
from hansa.foundation.policies import Refusal
from hansa.hubs.directory import queries as directory
from hansa.hubs.people import queries as people
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

_USUAL = timedelta(days=28)


@form_page
def ask(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what is asked; the lead prepares it here."""
    case = load(request, ref)
    asked = queries.partner_request_of(case)
    if request.method != "POST":
        return _page(request, case, asked)
    load_led(request, ref)
    form = _ask_form(request, case, asked, request.POST)
    if form.is_valid():
        try:
            operations.prepare(case, form.draft(case.working_languages), by=request.actor, at=timezone.now())
        except Refusal as no:
            form.add_error(None, no.reason)
        else:
            messages.success(request, _("Saved. The client has to agree before it can leave your hub."))
            return see("matchmaking:ask", ref)
    return _page(request, case, asked, status=422, ask_form=form)


def _page(
    request: HttpRequest, case: Any, asked: Any, *, status: int = 200, reason: str = "", **bound: Any
) -> HttpResponse:
    now, actor = timezone.now(), request.actor
    held = partnering.authorisation_of(case)
    is_lead = bool(partnering_policies.leads(actor, case))
    may_prepare = policies.can_prepare(actor, case, asked)
    shown = _shown(case, asked, held)
    context = frame(request, case, tab="ask") | {
        "asked": asked,
        "reason": reason,
        "shown": shown,
        "may_prepare": may_prepare,
        "kind": asked.get_kind_display() if asked else "",
        "reach": _reach_in_words(asked) if asked else "",
        "n_reached": len(case.invitation_rows),
        "is_changing": may_prepare and (asked is None or "ask_form" in bound or "change" in request.GET),
    }
    if is_lead and may_prepare:
        context["ask_form"] = bound.get("ask_form") or _ask_form(request, case, asked)
    if asked is not None:
        is_client = not is_lead
        level = held.level if held and held.level != Anonymity.A0 else Anonymity.A2
        context |= {
            "may_agree": policies.can_agree(actor, asked),
            "agree_form": bound.get("agree_form") or forms.AgreeForm(for_client=is_client, initial={"level": level}),
            "may_release": policies.can_release(actor, asked, held, at=now),
            "may_end": policies.can_end(actor, asked),
        }
    return render(request, "collaboration/matchmaking/ask.html", context, status=status)


def _shown(case: Any, asked: Any, held: Any) -> partnering.SharedNeed:
    """What the hubs read; before the client agreed, what they would read if it does."""
    now = timezone.now()
    if asked is None:
        return partnering.preview(case, held, at=now)
    if asked.phase == "draft" and not partnering_policies.lets_out(case, held, at=now):
        held = partnering.if_agreed(case, Anonymity.A2)
    return partnering.preview(case, held, at=now, partner_text=asked.text, withheld=asked.withheld)


def _ask_form(request: HttpRequest, case: Any, asked: Any, data: Any = None) -> forms.AskForm:
    listed = directory.catalogue().rows
    reachable = set(directory.reachable_ids())
    staff = people.people_of_hub(case.lead_id, ["manager", "staff"])
    actor = request.actor
    others = [person for person in staff if person.pk != actor.user_id] or staff
    known = taxonomy.vocabulary(Kind.COUNTRY)
    codes = {row.country for row in listed if row.id in reachable and row.country in known}
    options = {
        "hubs": [(row.id, row.name) for row in listed if row.id != case.lead_id and row.id in reachable],
        "countries": sorted(((code, known[code].label) for code in codes), key=lambda pair: pair[1]),
        "people": [(person.pk, person.name or person.email) for person in others],
        "withholdable": [(name, partnering.FIELD_NAMES[name]) for name in partnering_policies.WITHHOLDABLE],
    }
    if data is not None:
        return forms.AskForm(data, **options)
    if asked is not None:
        names = ("kind", "text", "withheld", "reach", "hub_ids", "countries", "valid_until", "reviewer_id")
        return forms.AskForm(initial={name: getattr(asked, name) for name in names}, **options)
    text = partnering_policies.masked(case.text, partnering.secrets_of(case))
    first = {"text": text, "valid_until": timezone.localdate() + _USUAL, "reach": "network"}
    return forms.AskForm(initial=first, **options)


def _reach_in_words(asked: Any) -> str:
    if asked.reach == "hubs":
        return ", ".join(sorted(hub.name for hub in directory.hub_names(asked.hub_ids)))
    if asked.reach == "countries":
        known = taxonomy.vocabulary(Kind.COUNTRY)
        return ", ".join(sorted(known[code].label if code in known else code for code in asked.countries))
    return _("The whole network")


def _act(request: HttpRequest, ref: str, run: Callable[[Any], Any], done: str, form: Any = None) -> HttpResponse:
    case = load(request, ref)
    asked = queries.partner_request_of(case)
    if asked is None:
        raise Http404
    if form is not None and not form.is_valid():
        return _page(request, case, asked, status=422, agree_form=form)
    try:
        run(asked)
    except Refusal as no:
        if form is not None:
            form.add_error(None, no.reason)
        case = load(request, ref)
        bound = {"agree_form": form} if form is not None else {"reason": no.reason}
        return _page(request, case, queries.partner_request_of(case), status=422, **bound)
    messages.success(request, done)
    return see("matchmaking:ask", ref)


@writes
def agree(request: HttpRequest, ref: str) -> HttpResponse:
    """The client agrees to the launch, or the lead notes that it did."""
    case = load(request, ref)
    is_client = not partnering_policies.leads(request.actor, case)
    form = forms.AgreeForm(request.POST, for_client=is_client)

    def run(asked: Any) -> None:
        given = form.cleaned_data
        consent = partnering_operations.Consent(
            level=Anonymity(given["level"]),
            granted_by=request.actor.name if is_client else given["granted_by"],
            capacity=given.get("capacity", ""),
            evidence=_("Chosen on the request's page.") if is_client else given["evidence"],
        )
        operations.agree(asked, consent, by=request.actor, at=timezone.now())

    return _act(request, ref, run, _("Noted. The reviewer can release the request now."), form)


@writes
def release(request: HttpRequest, ref: str) -> HttpResponse:
    return _act(
        request,
        ref,
        lambda asked: operations.release(asked, by=request.actor, at=timezone.now()),
        _("The request is with the hubs."),
    )


@writes
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    return _act(
        request,
        ref,
        lambda asked: operations.withdraw(asked, by=request.actor, at=timezone.now()),
        _("Withdrawn. The hubs see nothing any more, and are asked to delete what they kept."),
    )


@writes
def follow(request: HttpRequest, ref: str) -> HttpResponse:
    """Let the case look for a partner of the client, or for hubs again."""
    case = partnering.full_request(request.actor, ref)
    if case is None or not partnering_policies.leads(request.actor, case):
        raise Http404
    key = "JD" if request.POST.get("scenario") == "JD" else "MM"
    version = scenarios.scenario(key).version
    try:
        partnering_operations.follow(case, key=key, version=version, by=request.actor, at=timezone.now())
    except Refusal as no:
        messages.error(request, no.reason)
    else:
        words = (
            _("This request looks for a partner of the client now.")
            if key == "MM"
            else _("This request looks for hubs that help now.")
        )
        messages.success(request, words)
    return see("partnering:request", ref)
