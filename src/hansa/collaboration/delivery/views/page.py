"""The list of collaborations and the delivery page."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms as django_forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.html import format_html
from django.utils.translation import gettext as _

from hansa.collaboration.delivery import forms, policies, queries
from hansa.foundation.actors import Actor
from hansa.foundation.pages import reads

PAGE_SIZE = 20


@reads
def collaborations(request: HttpRequest) -> HttpResponse:
    """List what is being delivered, what waits for its client, and what is closed."""
    rows = queries.collaborations_visible_to(request.actor).order_by("closed_at", "-starts_on")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "lines": queries.lines_of(list(page.object_list), actor=request.actor, at=timezone.now()),
        "number": page.number,
        "n_pages": page.paginator.num_pages,
        "total": page.paginator.count,
        "requests_url": reverse("partnering:list"),
    }
    return render(request, "collaboration/delivery/list.html", context)


@reads
def room(request: HttpRequest, ref: str) -> HttpResponse:
    """Show tasks, files, results, and what is needed to close."""
    return show(request, load(request, ref))


def load(request: HttpRequest, ref: str) -> Any:
    """Return the collaboration, or 404 when it does not exist for this reader."""
    return get_object_or_404(queries.collaborations_visible_to(request.actor), request__ref=ref)


def crumbs(actor: Actor) -> list[tuple[str, str]]:
    """Return the way: hubs have a list of collaborations, clients of requests."""
    if actor.hub_id is None:
        return [(_("My requests"), reverse("partnering:list"))]
    return [(_("Collaborations"), reverse("delivery:list"))]


def show(request: HttpRequest, collaboration: Any, *, status: int = 200, **bound: django_forms.Form) -> HttpResponse:
    """Render the page, with the forms that were sent and refused in the place of empty ones."""
    actor, now = request.actor, timezone.now()
    room = queries.room(collaboration, actor=actor, at=now)
    works_here = bool(policies.works_for_a_party(actor, collaboration))
    context = {
        "room": room,
        "collaboration": collaboration,
        "case": collaboration.request,
        "crumbs": crumbs(actor),
        "works_here": works_here,
        "lead": _lead(room),
        "facts": _facts(collaboration, room),
        "tasks": _task_rows(room, actor, now.date()),
        "tasks_title": _("Tasks, %(done)s of %(all)s done") % {"done": room.n_done, "all": len(room.tasks)},
        "kpis": [_bullet(kpi) for kpi in room.kpis],
        "typed_kpis": _result_forms(room, bound, now),
        "files": [_file(document, collaboration.request.ref) for document in room.documents],
        "removable": [row for row in room.documents if policies.can_remove_document(actor, row)] if works_here else [],
        "gave_feedback": any(said.author_id == actor.user_id for said in room.feedback),
        "report_url": reverse("delivery:report", args=[collaboration.request.ref]),
        "refused": next((form for form in bound.values() if form.errors), None),
        "may": _verdicts(actor, collaboration),
        **_blank_forms(room, actor.hub_id),
        **bound,
    }
    return render(request, "collaboration/delivery/room.html", context, status=status)


def _verdicts(actor: Any, collaboration: Any) -> dict[str, Any]:
    return {
        "work": policies.can_work(actor, collaboration),
        "report": policies.can_report(actor, collaboration),
        "confirm": policies.can_confirm(actor, collaboration),
        "feedback": policies.can_give_feedback(actor, collaboration),
        "close": policies.can_close(actor, collaboration),
    }


def _blank_forms(room: queries.Room, hub_id: int | None) -> dict[str, django_forms.Form]:
    first = {"due_on": room.default_due_on, "hub_id": hub_id}
    return {
        "task_form": forms.TaskForm(hubs=room.hubs, people=room.people, initial=first),
        "document_form": forms.DocumentForm(),
        "confirm_form": forms.ConfirmForm(),
        "objection_form": forms.ObjectionForm(),
        "feedback_form": forms.FeedbackForm(),
        "closing_form": forms.ClosingForm(),
    }


def _lead(room: queries.Room) -> str:
    names = {"hubs": len(room.hubs), "lead": room.hubs[0].name if room.hubs else ""}
    if room.client_name:
        return _("%(hubs)s hubs for %(client)s. %(lead)s leads.") % {**names, "client": room.client_name}
    return _("%(hubs)s hubs. %(lead)s leads.") % names


def _facts(collaboration: Any, room: queries.Room) -> list[tuple[str, Any]]:
    ref = collaboration.request.ref
    agreement = "" if room.audience == "client" else reverse("agreements:agreement", args=[ref])
    link = format_html('<a href="{}">{}</a>', agreement, _("Read it")) if agreement else ""
    return [
        (_("Starts"), _day(collaboration.starts_on)),
        (_("Ends"), _day(collaboration.ends_on)),
        (_("Agreement"), link),
    ]


def _task_rows(room: queries.Room, actor: Any, today: Any) -> list[dict[str, Any]]:
    return [
        {
            "task": task,
            "is_late": task.due_on < today,
            "due": _("Due %(day)s") % {"day": _day(task.due_on)},
            "may_change": policies.can_change_task(actor, task),
        }
        for task in room.tasks
    ]


def _day(moment: date | datetime | None) -> str:
    if moment is None:
        return ""
    return date_format(timezone.localtime(moment) if isinstance(moment, datetime) else moment, "j M Y")


def _exact(value: Decimal | None) -> Decimal | None:
    """Return a number without the zeros that the database adds."""
    return None if value is None else value.normalize() if value % 1 else value.quantize(Decimal(1))


def _number(value: Decimal | None) -> str:
    return "" if value is None else localize(_exact(value))


def _bullet(kpi: queries.KpiOutcome) -> dict[str, Any]:
    return {
        "name": kpi.name,
        "text": _number(kpi.value),
        "number": _exact(kpi.value),
        "unit": kpi.unit,
        "target": _exact(kpi.target),
        "note": _("Target %(target)s") % {"target": _number(kpi.target)},
        "lower_is_better": kpi.better == "lower",
    }


def _result_forms(room: queries.Room, bound: dict[str, django_forms.Form], now: Any) -> list[dict[str, Any]]:
    """One form per KPI that people measure; ids differ so that every field has its own label."""
    rows = []
    for kpi in room.kpis:
        if kpi.is_computed:
            continue
        sent = bound.get(f"result_form_{kpi.id}")
        form = sent or forms.ResultForm(initial={"measured_on": now.date()}, auto_id=f"id_kpi{kpi.id}_%s")
        rows.append({"id": kpi.id, "name": kpi.name, "form": form, "is_open": sent is not None})
    return rows


def _file(document: Any, ref: str) -> dict[str, Any]:
    return {
        "name": document.name,
        "href": reverse("delivery:document", args=[ref, document.pk]),
        "size": filesizeformat(document.size),
        "by": document.hub.name,
        "when": _day(document.added_at),
        "note": _("The client sees it") if document.for_client else "",
    }
