"""The parts of the delivery page, each drawn once for the same content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.forms import Form
from django.utils.safestring import SafeString, mark_safe

from hansa.collaboration.delivery import forms, policies, queries
from hansa.collaboration.delivery.views.frame import tabs
from hansa.collaboration.delivery.views.lines import Bullet, FileRow
from hansa.collaboration.partnering import queries as partnering
from hansa.foundation.actors import Actor
from hansa.foundation.fragments import Blank, drawn, fragment

_PARTS = "collaboration/delivery/room_parts.html"
Refused = Mapping[str, Form]
Crumbs = Iterable[tuple[str, str]]


def parts(
    room: queries.Room, actor: Actor, *, crumbs: Crumbs, here: str, today: date, refused: Refused
) -> dict[str, SafeString]:
    """Return the parts of the page: ``top asks work team files said``.

    :param refused: the forms that were sent and refused, by name
    """
    url = partnering.address("delivery:room", room.collaboration.request.ref)
    may_add = bool(policies.can_work(actor, room.collaboration))
    mine = _changeable(room, actor)
    work = [_results(room, actor, url=url, may_add=may_add, today=today, refused=refused)]
    if room.works_here:
        work.insert(0, _tasks(room, actor, url=url, mine=mine, may_add=may_add, today=today, refused=refused))
    return {
        "top": _top(room, crumbs, here),
        "asks": _joined(_asks(room, actor, url, refused)),
        "work": _joined(work),
        "team": _team(room),
        "files": _files(room, url=url, mine=mine, may_add=may_add, refused=refused),
        "said": _said(room),
    }


def _joined(html: list[SafeString]) -> SafeString:
    return mark_safe("".join(html))


def _changeable(room: queries.Room, actor: Actor) -> frozenset[int]:
    """Return the hubs whose tasks and files the reader may change."""
    row = room.collaboration
    return frozenset(pk for pk in row.party_ids if policies.can_change_work_of(actor, row, hub_id=pk))


def _top(room: queries.Room, crumbs: Crumbs, here: str) -> SafeString:
    return fragment(
        f"{_PARTS}#top",
        crumbs=tuple(crumbs),
        here=here,
        title=room.title,
        n_hubs=len(room.hubs),
        lead=room.hubs[0].name if room.hubs else "",
        client=room.client_name,
        steps=room.steps,
        turn=room.turn.sentence,
        is_mine=room.turn.is_mine,
        tabs=tabs(room.collaboration.request.ref, here="room", works_here=room.works_here),
    )


def _asks(room: queries.Room, actor: Actor, url: str, refused: Refused) -> list[SafeString]:
    """Return what the reader is asked for now: most of the time nothing."""
    row, asks = room.collaboration, []
    if row.confirmation_note and not row.confirmed_at and row.request.state == "delivering":
        asks.append(fragment(f"{_PARTS}#sent_back", note=row.confirmation_note, is_mine=room.turn.is_mine))
    if policies.can_confirm(actor, row):
        asks.append(
            drawn(
                f"{_PARTS}#confirm",
                refused.get("confirm_form") or refused.get("objection_form"),
                room_url=url,
                lead=row.request.lead.name,
                is_objection="objection_form" in refused,
                confirm=Blank(forms.ConfirmForm),
                objection=Blank(forms.ObjectionForm),
            )
        )
    if policies.can_close(actor, row, n_offering=room.n_offering):
        blank = Blank(forms.ClosingForm)
        asks.append(
            drawn(
                f"{_PARTS}#close",
                refused.get("closing_form"),
                room_url=url,
                blank=blank,
                has_client=bool(row.request.client_id),
            )
        )
    gave_feedback = any(said.author_id == actor.user_id for said in room.said)
    if policies.can_give_feedback(actor, row) and not gave_feedback:
        blank = Blank(forms.FeedbackForm)
        asks.append(drawn(f"{_PARTS}#feedback", refused.get("feedback_form"), room_url=url, blank=blank))
    return asks


def _tasks(
    room: queries.Room,
    actor: Actor,
    *,
    url: str,
    mine: frozenset[int],
    may_add: bool,
    today: date,
    refused: Refused,
) -> SafeString:
    first = (("due_on", room.default_due_on), ("hub_id", actor.hub_id))
    return drawn(
        f"{_PARTS}#tasks",
        refused.get("task_form"),
        room_url=url,
        tasks=room.tasks,
        n_done=sum(task.is_done for task in room.tasks),
        mine=mine,
        may_add=may_add,
        today=today,
        blank=Blank(forms.TaskForm, (("hubs", room.hubs), ("people", room.people)), first),
    )


def _results(room: queries.Room, actor: Actor, *, url: str, may_add: bool, today: date, refused: Refused) -> SafeString:
    row = room.collaboration
    typed = [kpi for kpi in room.kpis if may_add and not kpi.is_computed]
    sent = next((kpi.id for kpi in typed if f"result_form_{kpi.id}" in refused), None)
    first = (("measured_on", today),)
    files = tuple((file.id, file.name) for file in room.files)
    is_reporting = room.audience == "hub" and row.request.state == "delivering"
    return drawn(
        f"{_PARTS}#results",
        refused.get(f"result_form_{sent}"),
        room_url=url,
        kpis=tuple(Bullet(kpi) for kpi in room.kpis),
        may_add=may_add,
        # Ids differ so that every field has its own label.
        typed=tuple(
            (Bullet(kpi), Blank(forms.MeasurementForm, (("auto_id", f"id_kpi{kpi.id}_%s"), ("files", files)), first))
            for kpi in typed
        ),
        sent=sent,
        has_client=row.request.client_id is not None,
        may_report=policies.can_report(actor, row) if is_reporting else None,
        n_open=sum(not task.is_done for task in room.tasks) if is_reporting else 0,
    )


def _team(room: queries.Room) -> SafeString:
    row = room.collaboration
    return fragment(
        f"{_PARTS}#team",
        hubs=room.hubs,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        agreement_url="" if room.audience == "client" else partnering.address("agreements:agreement", row.request.ref),
    )


def _files(room: queries.Room, *, url: str, mine: frozenset[int], may_add: bool, refused: Refused) -> SafeString:
    return drawn(
        f"{_PARTS}#files",
        refused.get("document_form"),
        room_url=url,
        files=tuple(FileRow(file, f"{url}files/{file.id}/", file.hub_id in mine) for file in room.files),
        may_remove=any(file.hub_id in mine for file in room.files),
        may_add=may_add,
        has_client=room.collaboration.request.client_id is not None,
        blank=Blank(forms.DocumentForm),
    )


def _said(room: queries.Room) -> SafeString:
    row = room.collaboration
    return fragment(
        f"{_PARTS}#said",
        said=room.said,
        confirmed_at=row.confirmed_at,
        confirmation_note=row.confirmation_note if row.confirmed_at else "",
        lessons=room.lessons,
    )
