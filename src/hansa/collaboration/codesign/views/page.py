"""What every page of a new service shows: where it stands, whose turn it is, the way between its pages."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from hansa.collaboration.codesign import queries
from hansa.collaboration.partnering import queries as partnering


class See(HttpResponseRedirect):
    """Go and look: after an act, the browser shows a page that can be loaded again."""

    status_code = 303


def see(page: str, ref: str, anchor: str = "") -> See:
    return See(reverse(page, args=[ref]) + (f"#{anchor}" if anchor else ""))


def load(request: HttpRequest, ref: str) -> Any:
    """Return the case, or 404 for whoever may not see it, and for cases with a client."""
    case = queries.services_visible_to(request.actor).filter(ref=ref).first()  # type: ignore[attr-defined]
    if case is None:
        raise Http404
    return case


def frame(request: HttpRequest, case: Any, *, tab: str, names: dict[int, str]) -> dict[str, Any]:
    """Return the top of a page; no queries.

    :param names: the hubs of the team by id
    """
    actor = request.actor  # type: ignore[attr-defined]
    is_lead = actor.hub_id == case.lead_id
    audience: partnering.Audience = "hub" if is_lead else "partner"
    home = (_("Requests"), reverse("partnering:list")) if is_lead else (_("Collaborations"), reverse("delivery:list"))
    return {
        "case": case,
        "is_lead": is_lead,
        "crumbs": [home],
        "lead": _("A new service, led by %(hub)s") % {"hub": case.lead.name},
        "steps": partnering.progress(case, audience=audience),
        "turn": partnering.whose_turn(case, actor, names=names),
        "tabs": partnering.tabs_of(case, audience=audience, current=tab),
    }
