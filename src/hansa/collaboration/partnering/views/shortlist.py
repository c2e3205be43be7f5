"""Who covers what, the team, the proposed team and the candidates."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.partnering import forms, operations, policies, queries
from hansa.collaboration.partnering.views.answers import see
from hansa.collaboration.partnering.views.cases import frame, load_led
from hansa.foundation.pages import reads, writes
from hansa.foundation.policies import Refusal


def _page(request: HttpRequest, case: Any, *, status: int = 200, reason: str = "", form: Any = None) -> HttpResponse:
    invited = queries.live_invitations(case)
    page = queries.shortlist_page(case, case.pick_ids, invited)
    choices = dict([*page.left_out, *((row["id"], row["name"]) for row in page.candidates)])
    context = frame(request, case, tab="shortlist") | {
        "board": page,
        "reason": reason,
        "may_pick": policies.can_pick(request.actor, case),
        "limits_form": form or forms.LimitsForm(initial=case.limits, hubs=list(choices.items())),
        "n_limits": len(case.limits),
        "consent": queries.authorisation_of(case),
        "held": policies.is_in_force(queries.authorisation_of(case), at=timezone.now()),
    }
    partial = "#board" if request.htmx and request.htmx.target == "board" else ""
    return render(request, f"collaboration/partnering/shortlist.html{partial}", context, status=status)


@reads
def shortlist(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, load_led(request, ref))


def _ids(given: QueryDict, name: str) -> set[int]:
    return {int(value) for value in given.getlist(name) if value.isdecimal() and len(value) < 19}


@writes
def team(request: HttpRequest, ref: str) -> HttpResponse:
    """Change the team: the ticked hubs among those shown, or one more, or one less, or the proposed team.

    ``shown`` lists the hubs whose boxes were on the page, ``hub`` those ticked; hubs not shown stay as they are.
    """
    case = load_led(request, ref)
    given = request.POST
    shown, ticked = _ids(given, "shown"), _ids(given, "hub")
    # A box that cannot be unticked sends nothing; the operation keeps invited hubs anyway.
    fixed = set(queries.live_invitations(case))
    add = (ticked | _ids(given, "add")) - {case.lead_id}
    drop = ((shown - ticked - fixed) | _ids(given, "drop")) - _ids(given, "add")
    if "only" in given:
        add = _ids(given, "only")
        drop = set(case.pick_ids) - add - fixed
    try:
        operations.pick_team(case, add=add, drop=drop, by=request.actor, at=timezone.now())
    except Refusal as no:
        return _page(request, load_led(request, ref), status=422, reason=no.reason)
    if request.htmx:
        return _page(request, load_led(request, ref))
    return see("partnering:shortlist", ref, anchor="team")


@writes
def limits(request: HttpRequest, ref: str) -> HttpResponse:
    """Store the limits of the team search, or leave one more hub out."""
    case = load_led(request, ref)
    if left_out := _ids(request.POST, "leave_out"):
        values = {**case.limits, "excluded": sorted({*case.limits.get("excluded", []), *left_out})}
    else:
        known = [(hub_id, "") for hub_id in {*_ids(request.POST, "excluded")}]
        form = forms.LimitsForm(request.POST, hubs=known)
        if not form.is_valid():
            return _page(request, case, status=422, form=form)
        values = form.limits()
    try:
        operations.set_limits(case, values, by=request.actor, at=timezone.now())
    except Refusal as no:
        return _page(request, load_led(request, ref), status=422, reason=no.reason)
    messages.success(request, _("The team is computed with these limits."))
    return see("partnering:shortlist", ref)
