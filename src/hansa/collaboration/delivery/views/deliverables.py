"""The deliverables as the plan lists them, with what the reader may do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from hansa.collaboration.delivery import forms, policies, queries

PILLS = {"open": "", "handed": "warn", "accepted": "good", "sent_back": "bad"}


def deliverable_lines(request: HttpRequest, frame: queries.Frame, form: Any, *, of: str, pk: int) -> list[dict]:
    """Return the deliverables with the forms that the reader may send; ``form`` was refused, for the part ``of`` it."""
    row = frame.collaboration
    shown = files(request, frame) if policies.can_work(request.actor, row) else []
    may_accept = bool(policies.can_accept(request.actor, row))
    lines = []
    for item in queries.deliverables_of(row):
        newest = list(item.handovers.all())[-1:]
        hand = answers = None
        if item.state in {"open", "sent_back"} and policies.can_change_work_of(request.actor, row, hub_id=item.hub_id):
            hand = form if (of, pk) == ("hand", item.pk) else handover_form(shown, item.pk)
        if item.state == "handed" and may_accept:
            first = {"number": newest[0].number}
            answers = form if (of, pk) == ("answer", item.pk) else answer_form(item.pk, initial=first)
        lines.append({"item": item, "tone": PILLS[item.state], "hand": hand, "answer": answers})
    return lines


def files(request: HttpRequest, frame: queries.Frame) -> list[tuple[int, str]]:
    found = queries.documents_of(frame.collaboration, actor=request.actor)
    return [(file.pk, file.name) for file in found if file.for_client]


def handover_form(choices: Any, pk: int, *args: Any) -> forms.HandoverForm:
    return forms.HandoverForm(*args, files=choices, auto_id=f"id_hand{pk}_%s")


def answer_form(pk: int, *args: Any, **kwargs: Any) -> forms.AnswerForm:
    return forms.AnswerForm(*args, auto_id=f"id_answer{pk}_%s", **kwargs)


def deliverable_form(frame: queries.Frame, *args: Any, **kwargs: Any) -> forms.DeliverableForm:
    return forms.DeliverableForm(*args, hubs=frame.hubs, auto_id="id_deliverable_%s", **kwargs)
