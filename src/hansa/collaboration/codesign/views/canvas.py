"""The canvas: read it, write a section, decide between words, comment, agree."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.codesign import forms, operations, policies, queries
from hansa.collaboration.codesign.states import Section
from hansa.collaboration.codesign.views.page import frame, load, see
from hansa.collaboration.partnering import queries as partnering
from hansa.collaboration.partnering.states import RequestState
from hansa.foundation.pages import reads, writes
from hansa.foundation.policies import Refusal

_GROUPED = {Section.PARTS.value, Section.PILOTS.value}


def _page(
    request: HttpRequest,
    case: Any,
    *,
    status: int = 200,
    reason: str = "",
    bound: dict[str, Any] | None = None,
    comments: dict[str, Any] | None = None,
) -> HttpResponse:
    actor, page = request.actor, queries.canvas_page(case)  # type: ignore[attr-defined]
    team = [hub.id for hub in page.hubs]
    may_write = policies.can_write(actor, case, team)
    sections = []
    for section in page.sections:
        form = (bound or {}).get(section.key) or forms.SectionForm(lines=section.fields, auto_id=f"{section.key}_%s")
        sections.append(
            {
                "line": section,
                "form": form,
                "groups": _groups(section, form),
                "comment": (comments or {}).get(section.key) or forms.CommentForm(auto_id=f"{section.key}_comment_%s"),
                "is_open": section.key in (comments or {}),
            }
        )
    context = frame(request, case, tab="canvas", names={hub.id: hub.name for hub in page.hubs}) | {
        "canvas": page,
        "sections": sections,
        "may_write": may_write,
        "may_approve": policies.can_approve(actor, case, team, missing=page.missing),
        "has_approved": any(hub.id == actor.hub_id and hub.approved_at for hub in page.hubs),
        "draft_url": _draft_url(case, page, actor),
        "reason": reason,
    }
    return render(request, "collaboration/codesign/canvas.html", context, status=status)


def _draft_url(case: Any, page: Any, actor: Any) -> str:
    is_ready = page.is_agreed and actor.hub_id == case.lead_id and case.state == RequestState.INVITING
    return partnering.address("agreements:new", case.ref) if is_ready else ""


def _groups(section: Any, form: Any) -> list[dict[str, Any]]:
    """Return the fields of a section, those of one hub together."""
    groups: list[dict[str, Any]] = []
    for line in section.fields:
        if not groups or groups[-1]["hub_id"] != line.hub_id:
            groups.append({"hub_id": line.hub_id, "hub_name": line.hub_name, "fields": []})
        groups[-1]["fields"].append({"line": line, "field": form[line.name], "seen": form[f"seen-{line.name}"]})
    return groups


@reads
def show(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, load(request, ref))


def _section(page: Any, key: str) -> Any:
    for section in page.sections:
        if section.key == key:
            return section
    raise Http404


@writes
def write(request: HttpRequest, ref: str, section: str) -> HttpResponse:
    """Save one section. A form that saves by itself gets 204, or 205 where the page must be loaded again."""
    case = load(request, ref)
    line = _section(queries.canvas_page(case), section)
    is_auto = request.headers.get("X-Autosave") == "yes"
    typed = {
        (field.field.key, field.hub_id): operations.Typed(
            text=request.POST[field.name], seen=request.POST.get(f"seen-{field.name}", "")
        )
        for field in line.fields
        if field.name in request.POST
    }
    try:
        written = operations.write(case, typed, by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
    except operations.CannotWriteCanvas as no:
        if is_auto:
            return HttpResponse(status=422)
        if no.place is None:
            return _page(request, case, status=422, reason=no.reason)
        form = forms.SectionForm(request.POST, lines=line.fields, auto_id=f"{section}_%s")
        form.errors.clear()
        form.add_error(queries.field_name(*no.place), no.reason)
        return _page(request, case, status=422, bound={section: form}, reason=_("One value does not fit. Look below."))
    if is_auto:
        return HttpResponse(status=205 if written.is_over else 204)
    if written.is_over:
        messages.warning(request, _("Saved. Somebody else changed the same words meanwhile: choose which stay."))
    elif written.n_changed:
        messages.success(request, _("Saved."))
    return see("codesign:canvas", ref, section)


@writes
def settle(request: HttpRequest, ref: str, section: str) -> HttpResponse:
    """Keep the words that stand, or put back those before them."""
    case = load(request, ref)
    line = _section(queries.canvas_page(case), section)
    place = next(((f.field.key, f.hub_id) for f in line.fields if f.name == request.POST.get("field")), None)
    if place is None:
        raise Http404
    keep_mine = request.POST.get("keep") != "theirs"
    try:
        operations.settle(case, place, keep_mine=keep_mine, by=request.actor, at=timezone.now())  # type: ignore[attr-defined]
    except Refusal as no:
        return _page(request, case, status=422, reason=no.reason)
    return see("codesign:canvas", ref, section)


@writes
def comment(request: HttpRequest, ref: str, section: str) -> HttpResponse:
    case = load(request, ref)
    form = forms.CommentForm(request.POST, auto_id=f"{section}_comment_%s")
    if form.is_valid():
        try:
            operations.comment(case, section=section, by=request.actor, at=timezone.now(), **form.cleaned_data)  # type: ignore[attr-defined]
        except Refusal as no:
            form.add_error(None, no.reason)
        else:
            return see("codesign:canvas", ref, section)
    return _page(request, case, status=422, comments={section: form})


@reads
def history(request: HttpRequest, ref: str, section: str) -> HttpResponse:
    """Show every text that the fields of a section had."""
    case = load(request, ref)
    if section not in Section.values:
        raise Http404
    context = {
        "case": case,
        "section": Section(section).label,
        "texts": queries.history_of(case, section),
        "crumbs": [(case.title, reverse("codesign:canvas", args=[ref]))],
        "back_url": f"{reverse('codesign:canvas', args=[ref])}#{section}",
    }
    return render(request, "collaboration/codesign/history.html", context)


@writes
def approve(request: HttpRequest, ref: str) -> HttpResponse:
    case = load(request, ref)
    revision = request.POST.get("revision", "")
    try:
        operations.approve(
            case,
            revision=int(revision) if revision.isdecimal() and len(revision) < 9 else -1,
            by=request.actor,  # type: ignore[attr-defined]
            at=timezone.now(),
        )
    except Refusal as no:
        return _page(request, case, status=422, reason=no.reason)
    messages.success(request, _("Your hub agrees to the canvas as it stands. A later change takes that back."))
    return see("codesign:canvas", ref)
