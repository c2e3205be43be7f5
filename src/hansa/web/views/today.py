"""Today: what needs the reader, first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from hansa.collaboration.delivery import queries as delivery
from hansa.collaboration.partnering import queries as partnering
from hansa.collaboration.partnering.states import RequestState
from hansa.collaboration.steps import queries as steps
from hansa.foundation.pages import reads, writes
from hansa.pulse.notices import operations as notices_operations
from hansa.pulse.notices import queries as notices
from hansa.web.components.words import ago, due, since
from hansa.web.navigation import in_language

# At most this many things stand on the page; the rest is a number.
_CAP = 7
_N_NOTICES = 6
_N_WORK = 6

_S = RequestState
# By role and state: what to do, its icon and tone, the verb on the button, the page.
_ASKS: dict[tuple[str, str], tuple[Any, str, str, Any, str]] = {
    ("lead", _S.NEED): (gettext_lazy("Check the need: %(title)s"), "clipboard-list", "f1", gettext_lazy("Check"), "/requests/{ref}/"),
    ("lead", _S.SHORTLIST): (gettext_lazy("Pick partners: %(title)s"), "users", "f1", gettext_lazy("See shortlist"), "/requests/{ref}/shortlist/"),
    ("lead", _S.INVITING): (gettext_lazy("The hubs answered: %(title)s"), "handshake", "f3", gettext_lazy("Go on"), "/requests/{ref}/invite/"),
    ("lead", _S.AGREEING): (gettext_lazy("Read the agreement: %(title)s"), "file-text", "f4", gettext_lazy("Read"), "/requests/{ref}/agreement/"),
    ("lead", _S.SIGNING): (gettext_lazy("Sign the agreement: %(title)s"), "signature", "f4", gettext_lazy("Sign"), "/requests/{ref}/agreement/"),
    ("lead", _S.DELIVERING): (gettext_lazy("Deliver: %(title)s"), "package-check", "f3", gettext_lazy("See the work"), "/requests/{ref}/delivery/"),
    ("lead", _S.CONFIRMING): (gettext_lazy("Close the case: %(title)s"), "archive", "f3", gettext_lazy("Close"), "/requests/{ref}/delivery/"),
    ("partner", _S.INVITING): (gettext_lazy("%(lead)s invites your hub"), "mail-open", "f2", gettext_lazy("Answer"), "/invitations/{invitation}/"),
    ("partner", _S.AGREEING): (gettext_lazy("Read the agreement with %(lead)s"), "file-text", "f4", gettext_lazy("Read"), "/requests/{ref}/agreement/"),
    ("partner", _S.SIGNING): (gettext_lazy("Sign the agreement with %(lead)s"), "signature", "f4", gettext_lazy("Sign"), "/requests/{ref}/agreement/"),
    ("partner", _S.DELIVERING): (gettext_lazy("Deliver with %(lead)s"), "package-check", "f3", gettext_lazy("See the work"), "/requests/{ref}/delivery/"),
    ("client", _S.CONFIRMING): (gettext_lazy("Confirm the results: %(title)s"), "circle-check", "f3", gettext_lazy("Look"), "/requests/{ref}/delivery/"),
}  # fmt: skip
_CLIENT_ASK = (
    gettext_lazy("Answer your hub: %(title)s"),
    "message-square",
    "f1",
    gettext_lazy("Answer"),
    "/requests/{ref}/",
)


@reads
def today(request: HttpRequest) -> HttpResponse:
    """Show what waits for the reader, their tasks of the week, and what happened."""
    actor, now = request.actor, timezone.now()  # type: ignore[attr-defined]
    if actor.is_steward and actor.hub_id is None:
        return HttpResponseRedirect(reverse("partnering:network"))
    waiting = partnering.waiting_for(actor)
    tasks = delivery.tasks_due(actor, until=now.date() + timedelta(days=7))
    asks = [*(_step(row, now) for row in steps.waiting_for(actor, at=now)), *(_ask(row, now) for row in waiting)]
    told = list(notices.notices_of(actor)[:_N_NOTICES])
    context = {
        "greeting": _greeting(actor.name, now),
        "lead": _count(len(asks)),
        "asks": asks[:_CAP],
        "n_more": max(0, len(asks) - _CAP),
        "tasks": [
            {"title": row.shown_title, "href": reverse("delivery:room", args=[row.collaboration.request.ref]), "due": due(row.due_on, now)}
            for row in tasks
        ],
        "work": [_work(row) for row in partnering.requests_visible_to(actor).open().order_by("-state_since")[:_N_WORK]],
        "told": [
            {"text": row.subject, "href": row.path, "when": ago(row.created_at, now), "is_new": row.seen_at is None} for row in told
        ],
        "n_new": sum(row.seen_at is None for row in told),
        "is_client": actor.hub_id is None,
        "need_url": reverse("partnering:need"),
        "new_url": reverse("partnering:new"),
        "hubs_url": reverse("directory:list"),
        "requests_url": reverse("partnering:list"),
        "seen_url": reverse("mark_seen"),
    }  # fmt: skip
    return render(request, "today.html", context)


# The same where the case is the idea of a new service, as far as it differs.
_IDEA_ASKS: dict[tuple[str, str], tuple[Any, str, str, Any, str]] = {
    ("lead", _S.NEED): (gettext_lazy("Check what was read: %(title)s"), "lightbulb", "f1", gettext_lazy("Check"), "/requests/{ref}/"),
    ("lead", _S.INVITING): (gettext_lazy("Write the canvas: %(title)s"), "pencil", "f3", gettext_lazy("Write"), "/requests/{ref}/canvas/"),
    ("lead", _S.DELIVERING): (gettext_lazy("Develop: %(title)s"), "package-check", "f3", gettext_lazy("See the work"), "/requests/{ref}/delivery/"),
    ("lead", _S.CONFIRMING): (gettext_lazy("Launch: %(title)s"), "rocket", "f3", gettext_lazy("Launch"), "/requests/{ref}/launch/"),
    ("partner", _S.DELIVERING): (gettext_lazy("Develop with %(lead)s"), "package-check", "f3", gettext_lazy("See the work"), "/requests/{ref}/delivery/"),
    ("partner", _S.CONFIRMING): (gettext_lazy("Launch your version of the service with %(lead)s"), "rocket", "f3", gettext_lazy("Launch"), "/requests/{ref}/launch/"),
}  # fmt: skip
_CANVAS_ASK = (
    gettext_lazy("Write the canvas with %(lead)s"),
    "pencil",
    "f3",
    gettext_lazy("Write"),
    "/requests/{ref}/canvas/",
)


def _asked(row: partnering.Waiting) -> tuple[Any, str, str, Any, str]:
    place = (row.role, row.state)
    if row.is_idea and place == ("partner", _S.INVITING) and not row.invitation_ref:
        return _CANVAS_ASK
    return (_IDEA_ASKS.get(place) if row.is_idea else None) or _ASKS.get(place, _CLIENT_ASK)


def _ask(row: partnering.Waiting, now: datetime) -> dict[str, Any]:
    title, icon, tone, verb, path = _asked(row)
    if not row.is_idea and row.role == "partner" and row.state == RequestState.INVITING and not row.invitation_ref:
        path = "/invitations/"
    href = in_language(path.format(ref=row.ref, invitation=row.invitation_ref), get_language())
    return {
        "title": str(title) % {"title": row.title, "lead": row.lead},
        "href": href,
        "why": _("Waiting %(since)s") % {"since": since(row.since, now)},
        "icon": icon,
        "tone": tone,
        "actions": [{"label": str(verb), "href": href}],
    }


def _step(row: steps.WaitingStep, now: datetime) -> dict[str, Any]:
    href = reverse("steps:page", args=[row.ref])
    why = due(row.due_on, now) if row.due_on else _("Waiting %(since)s") % {"since": since(row.since, now)}
    return {
        "title": _("%(step)s: %(case)s") % {"step": row.name, "case": row.title or row.lead},
        "href": href,
        "why": why,
        "icon": "list-checks",
        "tone": "f3",
        "actions": [{"label": _("Answer"), "href": href}],
    }


def _work(row: Any) -> dict[str, Any]:
    steps = partnering.progress(row)
    return {
        "title": row.title,
        "href": reverse("partnering:request", args=[row.ref]),
        "state": row.get_state_display(),
        "n_done": sum(step.state == "done" for step in steps) + 1,
        "n_steps": len(steps),
    }


def _greeting(name: str, now: datetime) -> str:
    first = name.split()[0] if name.split() else ""
    hour = timezone.localtime(now).hour
    if hour < 12:
        return _("Good morning, %(name)s") % {"name": first}
    return (_("Good afternoon, %(name)s") if hour < 18 else _("Good evening, %(name)s")) % {"name": first}


def _count(n_asks: int) -> str:
    if not n_asks:
        return _("Nothing waits for you.")
    return ngettext("%(n)s thing needs you.", "%(n)s things need you.", n_asks) % {"n": n_asks}


@writes
def mark_seen(request: HttpRequest) -> HttpResponse:
    """Mark all updates as seen."""
    notices_operations.mark_seen(by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
    response = HttpResponseRedirect(reverse("today"))
    response.status_code = 303
    return response
