"""The profile of the hub one acts for: how far it is, and what Hansa read in its text."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hansa.foundation.pages import reads, writes
from hansa.foundation.policies import Refusal
from hansa.hubs.directory import forms, operations, policies
from hansa.hubs.directory.queries import own as own_queries
from hansa.hubs.directory.queries.profile import Profile
from hansa.hubs.directory.queries.profile import profile as profile_of
from hansa.hubs.directory.states import SuggestionState
from hansa.hubs.taxonomy.states import Kind

SECTIONS = {
    "basics": (gettext_lazy("The basics"), "building-2"),
    "services": (gettext_lazy("Services"), "shapes"),
    "competences": (gettext_lazy("Competences"), "graduation-cap"),
    "facilities": (gettext_lazy("Facilities"), "flask-conical"),
    "use-cases": (gettext_lazy("Past work"), "handshake"),
    "contacts": (gettext_lazy("People to ask"), "users"),
}
_STATES = {
    own_queries.NOT_STARTED: (gettext_lazy("Not started"), "", "circle-dashed"),
    own_queries.IN_PROGRESS: (gettext_lazy("In progress"), "brand", "pencil"),
    own_queries.DONE: (gettext_lazy("Done"), "good", "check"),
}
_KINDS = {
    Kind.ACTIVITY: gettext_lazy("Services"),
    Kind.SKILL: gettext_lazy("Competences"),
    Kind.TECHNOLOGY: gettext_lazy("Technologies"),
    Kind.SECTOR: gettext_lazy("Sectors"),
}


def load_own(request: HttpRequest) -> Any:
    """Return the hub the person acts for; people without one have no such page."""
    hub_id = request.actor.hub_id
    hub = own_queries.own_hub(hub_id) if hub_id is not None else None
    if hub is None:
        raise Http404
    return hub


def load_profile(request: HttpRequest) -> Profile:
    hub_id = request.actor.hub_id
    found = profile_of(hub_id) if hub_id is not None else None
    if found is None:
        raise Http404
    return found


def done(request: HttpRequest, message: str, to: str, *args: Any) -> HttpResponse:
    """Answer a successful act: say so, and go on to a page."""
    messages.success(request, message)
    answer = redirect(to, *args)
    answer.status_code = 303
    return answer


@reads
def own(request: HttpRequest) -> HttpResponse:
    """Show the parts of the own profile as a list of tasks."""
    shown = load_profile(request)
    rows = [
        {"key": section.key, "name": SECTIONS[section.key][0], "icon": SECTIONS[section.key][1], "note": section.note,
         "state": _STATES[section.state]}
        for section in own_queries.sections(shown)
    ]  # fmt: skip
    context = {
        "hub": shown.hub,
        "sections": rows,
        "n_done": sum(section.state == own_queries.DONE for section in own_queries.sections(shown)),
        "n_suggested": len(shown.derived),
        "examples": shown.derived[:3],
        "can_edit": policies.can_edit_profile(request.actor, shown.hub),
        "works_here": policies.can_keep_ecosystem(request.actor),
    }
    return render(request, "hubs/directory/own.html", context)


@reads
def suggestions(request: HttpRequest) -> HttpResponse:
    """Show what was read in the hub's text, to confirm or dismiss."""
    return _suggestions_page(request, load_own(request))


def _suggestions_page(request: HttpRequest, hub: Any, *, reason: str = "") -> HttpResponse:
    found = own_queries.suggestions_of(hub.pk)
    opened = [one for one in found if one.state == SuggestionState.OPEN]
    grouped = [
        (label, [one for one in opened if one.concept.kind == kind or (kind == Kind.SKILL and _is_group(one))])
        for kind, label in _KINDS.items()
    ]
    context = {
        "hub": hub,
        "groups": [(label, members) for label, members in grouped if members],
        "n_open": len(opened),
        "dismissed": [one for one in found if one.state == SuggestionState.DISMISSED],
        "sure": [(least, n) for least in (90, 75, 50) if (n := sum(one.percent >= least for one in opened))],
        "can_edit": policies.can_edit_profile(request.actor, hub),
        "reason": reason,
    }
    partial = "#answer" if request.htmx and request.htmx.target == "suggestions" else ""
    template = f"hubs/directory/own_suggestions.html{partial}"
    return render(request, template, context, status=422 if reason else 200)


def _is_group(one: own_queries.Suggested) -> bool:
    return one.concept.kind == Kind.SKILL_GROUP


_DECISIONS = {
    "confirm": operations.confirm_suggestion,
    "dismiss": operations.dismiss_suggestion,
    "reopen": operations.reopen_suggestion,
}


@writes
def decide(request: HttpRequest, suggestion_id: int, decision: str) -> HttpResponse:
    """Confirm or dismiss one suggestion, or bring a dismissed one back."""
    hub = load_own(request)
    suggestion = own_queries.suggestion_of(hub.pk, suggestion_id)
    if suggestion is None or decision not in _DECISIONS:
        raise Http404
    try:
        _DECISIONS[decision](suggestion, by=request.actor, at=timezone.now())
    except Refusal as no:
        return _suggestions_page(request, hub, reason=no.reason)
    if request.htmx:
        return _suggestions_page(request, hub)
    words = {"confirm": _("Confirmed."), "dismiss": _("Dismissed."), "reopen": _("Brought back.")}
    return done(request, words[decision], "directory:suggestions")


@writes
def confirm_all(request: HttpRequest) -> HttpResponse:
    """Confirm every suggestion that Hansa is sure enough of."""
    hub = load_own(request)
    form = forms.ConfirmForm(request.POST)
    if not form.is_valid():
        return _suggestions_page(request, hub, reason=_("Choose how sure Hansa must be."))
    # Half a percent less: what is shown as 90% may be 89.6%.
    least = (form.cleaned_data["at_least"] - 0.5) / 100
    try:
        n = operations.confirm_all(hub, by=request.actor, at=timezone.now(), min_confidence=least)
    except Refusal as no:
        return _suggestions_page(request, hub, reason=no.reason)
    words = ngettext("%(n)s suggestion was confirmed.", "%(n)s suggestions were confirmed.", n) % {"n": n}
    return done(request, words, "directory:suggestions")
