"""What every page of a matchmaking case shows on top, and how its acts answer."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hansa.collaboration.partnering import policies as partnering_policies
from hansa.collaboration.partnering import queries as partnering
from hansa.foundation.fragments import fragment


def see(name: str, *args: Any, anchor: str = "") -> HttpResponse:
    """Go and look: after an act, the browser shows a page that can be loaded again."""
    answer = HttpResponseRedirect(reverse(name, args=args) + (f"#{anchor}" if anchor else ""))
    answer.status_code = 303
    return answer


def load(request: HttpRequest, ref: str) -> Any:
    """Return the case with all that its pages need, or 404 for whoever may not see it."""
    case = partnering.full_request(request.actor, ref)  # type: ignore[attr-defined]
    if case is None or not partnering_policies.finds_match(case):
        raise Http404
    return case


def load_led(request: HttpRequest, ref: str) -> Any:
    """The same for the pages of the lead hub."""
    case = load(request, ref)
    if not partnering_policies.leads(request.actor, case):  # type: ignore[attr-defined]
        raise Http404
    return case


def frame(request: HttpRequest, case: Any, *, tab: str, actions: str = "") -> dict[str, Any]:
    """Whose turn, how far, and the way between the pages of the case."""
    actor = request.actor  # type: ignore[attr-defined]
    is_lead = bool(partnering_policies.leads(actor, case))
    audience: partnering.Audience = "hub" if is_lead else "client"
    lead = _("For %(client)s, received %(day)s") if is_lead else _("Sent to %(hub)s on %(day)s")
    facts = {"client": case.client.name, "hub": case.lead.name, "day": date_format(case.created_at, "j M Y")}
    names = {row["hub"]: row["name"] for row in case.invitation_rows}
    turn = partnering.whose_turn(case, actor, names=names)
    return {
        "case": case,
        "is_lead": is_lead,
        "top": fragment(
            "collaboration/matchmaking/case_top.html",
            crumbs=((_("Requests") if is_lead else _("My requests"), partnering.address("partnering:list")),),
            title=case.title,
            lead=lead % facts,
            actions=actions,
            onward=partnering.onward(case, audience=audience, current=tab),
            steps=tuple(partnering.progress(case, audience=audience)),
            turn=turn.sentence,
            is_mine=turn.is_mine,
            tabs=tuple(partnering.tabs_of(case, audience=audience, current=tab)),
        ),
    }
