"""Changing the own profile, part by part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hansa.foundation.pages import form_page, reads, writes
from hansa.foundation.policies import Refusal
from hansa.hubs.directory import forms, operations, policies
from hansa.hubs.directory.queries import own as own_queries
from hansa.hubs.directory.states import Reach
from hansa.hubs.directory.views.own import SECTIONS, done, load_own, load_profile
from hansa.hubs.directory.views.profile import LEVELS, trl_of

_MAX_WORDS = 120


@form_page
def basics(request: HttpRequest) -> HttpResponse:
    """Change name, texts, place, languages, technologies, sectors, price and capacity."""
    hub = load_own(request)
    form = forms.BasicsForm(request.POST) if request.method == "POST" else forms.BasicsForm.of(hub)
    if form.is_valid():
        try:
            operations.update_profile(hub, by=request.actor, at=timezone.now(), **form.cleaned_data)
        except Refusal as no:
            form.add_error(None, no.reason)
        else:
            return done(request, _("The profile was saved."), "directory:own")
    context = {"form": form, "can_edit": policies.can_edit_profile(request.actor, hub)}
    return render(request, "hubs/directory/own_basics.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """How the entries of one section are shown and changed. ``line`` gives title and note of an entry."""

    form: Callable[..., Any]
    entries: Callable[[Any], Any]
    line: Callable[[Any], tuple[str, str]]
    add: Any
    empty: Any
    initial: Callable[[Any], dict[str, Any]] = dict


def _offer_line(offer: Any) -> tuple[str, str]:
    return offer["activity"].label, " · ".join(
        part for part in (offer["title"], trl_of(offer), offer["evidence"]) if part
    )


def _facility_initial(part: Any) -> dict[str, Any]:
    return {**part, "infrastructure": part["infrastructure"].notation if part["infrastructure"] else ""}


PARTS = {
    "services": Part(
        form=forms.OfferForm,
        entries=lambda shown: shown.offers,
        line=_offer_line,
        add=gettext_lazy("Add a service"),
        empty=gettext_lazy("Say what you offer, and hubs and clients find you by it."),
        initial=lambda offer: {**offer, "activity_code": offer["activity"].notation},
    ),
    "facilities": Part(
        form=forms.FacilityForm,
        entries=lambda shown: shown.facilities,
        line=lambda part: (part["name"], part["access_note"]),
        add=gettext_lazy("Add a facility"),
        empty=gettext_lazy("Laboratories, test beds, computers and platforms that others can use."),
        initial=_facility_initial,
    ),
    "use-cases": Part(
        form=forms.UseCaseForm,
        entries=lambda shown: shown.use_cases,
        line=lambda part: (part["title"], str(part["year"] or "")),
        add=gettext_lazy("Add an example"),
        empty=gettext_lazy("Work you are proud of. It shows what you can do better than any list."),
    ),
    "contacts": Part(
        form=forms.ContactForm,
        entries=lambda shown: shown.contacts,
        line=lambda part: (part["name"], ", ".join(one for one in (part["function"], part["email"]) if one)),
        add=gettext_lazy("Add a person"),
        empty=gettext_lazy("Whom others can ask. They need no account."),
    ),
}


def _part(section: str) -> Part:
    if section not in PARTS:
        raise Http404
    return PARTS[section]


def _find(part: Part, shown: Any, part_id: int) -> Any:
    for entry in part.entries(shown):
        if entry["id"] == part_id:
            return entry
    raise Http404


@reads
def entries(request: HttpRequest, section: str) -> HttpResponse:
    """List what stands in a section."""
    part, shown = _part(section), load_profile(request)
    rows = [(entry["id"], *part.line(entry)) for entry in part.entries(shown)]
    context = _frame(request, section, shown.hub) | {"rows": rows, "part": part}
    return render(request, "hubs/directory/own_entries.html", context)


def _frame(request: HttpRequest, section: str, hub: Any) -> dict[str, Any]:
    return {
        "hub": hub,
        "section": section,
        "title": SECTIONS[section][0],
        "can_edit": policies.can_edit_profile(request.actor, hub),
    }


@form_page
def add_entry(request: HttpRequest, section: str) -> HttpResponse:
    """Add an entry to a section."""
    return _entry_page(request, section, _part(section), load_own(request), None, {})


@form_page
def entry(request: HttpRequest, section: str, part_id: int) -> HttpResponse:
    """Change an entry of a section."""
    part, shown = _part(section), load_profile(request)
    return _entry_page(request, section, part, shown.hub, part_id, part.initial(_find(part, shown, part_id)))


def _entry_page(
    request: HttpRequest, section: str, part: Part, hub: Any, part_id: int | None, initial: dict[str, Any]
) -> HttpResponse:
    more = {"languages": hub.languages} if section == "services" else {}
    form: Any = part.form(request.POST, **more) if request.method == "POST" else part.form(initial=initial, **more)
    if form.is_valid():
        try:
            _save(form, section, hub, part_id, request)
        except Refusal as no:
            form.add_error(None, no.reason)
        else:
            return done(request, _("Saved."), "directory:entries", section)
    title = (
        part.line(initial)[0]
        if section != "services" and initial
        else part.add
        if part_id is None
        else _("Change the service")
    )
    context = _frame(request, section, hub) | {"form": form, "part_id": part_id, "heading": title, "part": part}
    return render(request, "hubs/directory/own_entry.html", context, status=422 if form.errors else 200)


def _save(form: Any, section: str, hub: Any, part_id: int | None, request: HttpRequest) -> None:
    """Do the one operation that this form ends in."""
    who = {"by": request.actor, "at": timezone.now()}
    if section != "services":
        operations.save_part(hub, draft=form.draft(), part_id=part_id, **who)
    elif part_id is None:
        operations.add_offer(hub, **form.cleaned_data, **who)
    else:
        offer = own_queries.offer_of(hub.pk, part_id)
        if offer is None:
            raise Http404
        operations.change_offer(offer, **form.cleaned_data, **who)


@writes
def remove_entry(request: HttpRequest, section: str, part_id: int) -> HttpResponse:
    """Remove an entry; removing it twice does no harm, and those of other hubs do not exist."""
    part, hub = (None if section == "competences" else _part(section)), load_own(request)
    if own_queries.is_of_another_hub(section, part_id, hub_id=hub.pk):
        raise Http404
    who = {"by": request.actor, "at": timezone.now()}
    try:
        if section == "services":
            offer = own_queries.offer_of(hub.pk, part_id)
            if offer is not None:
                operations.remove_offer(offer, **who)
        else:
            kind = operations.CompetenceDraft if part is None else part.form.draft_class  # type: ignore[attr-defined]
            operations.remove_part(hub, kind=kind, part_id=part_id, **who)
    except Refusal as no:
        context = _frame(request, section, hub) | {"reason": no.reason, "rows": [], "part": part, "back": True}
        return render(request, "hubs/directory/own_refused.html", context, status=422)
    if part is None:
        return done(request, _("Removed."), "directory:competences")
    return done(request, _("Removed."), "directory:entries", section)


@reads
def competences(request: HttpRequest) -> HttpResponse:
    """List the hub's competences, and find further ones by their words in any language."""
    return _competences_page(request, load_profile(request))


def _competences_page(request: HttpRequest, shown: Any, *, reason: str = "") -> HttpResponse:
    words = " ".join(request.GET.get("q", "").split())[:_MAX_WORDS]
    have = {part["skill"].id for part in shown.competences}
    found = own_queries.competences_like(words, language=get_language() or "en")
    context = _frame(request, "competences", shown.hub) | {
        "rows": [
            {**part, "level_name": LEVELS.get(part["level"], ""), "reach_name": Reach(part["reach"]).label}
            for part in shown.competences
        ],
        "words": words,
        "found": [(entry, entry.id in have) for entry in found],
        "reason": reason,
    }
    partial = "#found" if request.htmx and request.htmx.target == "found" else ""
    template = f"hubs/directory/own_competences.html{partial}"
    return render(request, template, context, status=422 if reason else 200)


@writes
def add_competence(request: HttpRequest) -> HttpResponse:
    """Add a competence that was found; its level and evidence come next."""
    hub = load_own(request)
    given = request.POST.get("skill", "")
    skill_id = int(given) if given.isdecimal() and len(given) < 18 else 0
    try:
        part = operations.save_part(
            hub, draft=operations.CompetenceDraft(skill_id=skill_id), by=request.actor, at=timezone.now()
        )
    except Refusal as no:
        return _competences_page(request, load_profile(request), reason=no.reason)
    return done(request, _("Added. Say how well you do it, and what shows it."), "directory:competence", part.pk)


@form_page
def competence(request: HttpRequest, part_id: int) -> HttpResponse:
    """Change level, reach and evidence of a competence."""
    shown = load_profile(request)
    part = next((part for part in shown.competences if part["id"] == part_id), None)
    if part is None:
        raise Http404
    form = forms.CompetenceForm(request.POST) if request.method == "POST" else forms.CompetenceForm(initial=part)
    if form.is_valid():
        draft = form.draft(part["skill"].id)
        try:
            operations.save_part(shown.hub, draft=draft, part_id=part_id, by=request.actor, at=timezone.now())
        except Refusal as no:
            form.add_error(None, no.reason)
        else:
            return done(request, _("Saved."), "directory:competences")
    context = _frame(request, "competences", shown.hub) | {
        "form": form, "part_id": part_id, "heading": part["skill"].label
    }  # fmt: skip
    return render(request, "hubs/directory/own_entry.html", context, status=422 if form.errors else 200)
