"""What happened in a case, from the activity log, in words for the lead or for the client."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from hansa.collaboration.partnering.models import Request
from hansa.foundation.activity import Activity
from hansa.hubs.directory import queries as hubs
from hansa.hubs.taxonomy import queries as taxonomy

# Each verb with its icon and words; %(hub)s is the hub the row is about, %(want)s what was asked for. Verbs of the
# corners that follow are here too, because the history of a case is one list. ``request.moved`` is for statistics.
_WORDS: dict[str, tuple[str, Any]] = {
    "request.stated": ("message-square-text", _("The need came in")),
    "request.understood": ("circle-check", _("The client confirmed that it was understood")),
    "request.asked": ("message-circle-question-mark", _("The lead asked the client")),
    "request.answered": ("message-circle", _("The client wrote")),
    "request.renamed": ("pencil", _("The title changed")),
    "request.cancelled": ("circle-x", _("The request was cancelled")),
    "want.accepted": ("check", _("“%(want)s” was confirmed")),
    "want.rejected": ("x", _("“%(want)s” was taken out of the need")),
    "want.added": ("plus", _("“%(want)s” was added to the need")),
    "want.weighed": ("scale", _("“%(want)s” became a nice-to-have")),
    "team.picked": ("users", _("The team changed")),
    "team.limited": ("sliders-horizontal", _("The limits of the team changed")),
    "authorisation.granted": ("shield-check", _("What may be shown to other hubs was agreed")),
    "authorisation.withdrawn": ("shield-off", _("The agreement to show something was withdrawn")),
    "invitation.sent": ("send", _("%(hub)s was invited")),
    "invitation.accepted": ("circle-check", _("%(hub)s is interested")),
    "invitation.declined": ("circle-x", _("%(hub)s said not now")),
    "invitation.withdrawn": ("undo-2", _("The invitation of %(hub)s was taken back")),
    "invitation.asked": ("message-circle", _("A message about the invitation of %(hub)s")),
    "deletion.confirmed": ("trash-2", _("%(hub)s deleted what it read")),
    "partner_request.prepared": ("pencil", _("The partner request was prepared")),
    "partner_request.agreed": ("user-check", _("The client agreed to the partner request")),
    "partner_request.released": ("send", _("The partner request went to the hubs")),
    "partner_request.reminded": ("bell", _("%(hub)s was reminded of the partner request")),
    "partner_request.expiring": ("hourglass", _("The partner request is valid for a few more days")),
    "partner_request.ended": ("undo-2", _("The partner request ended")),
    "match.suggested": ("users", _("A hub suggested somebody")),
    "match.withdrawn": ("undo-2", _("A suggestion was taken back")),
    "match.taken": ("circle-check", _("The suggestion of %(hub)s was taken up")),
    "match.declined": ("circle-x", _("The suggestion of %(hub)s was not taken up")),
    "match.authorised": ("shield-check", _("What may be shown of a match was agreed")),
    "match.unauthorised": ("shield-off", _("A match no longer agrees to be shown")),
    "requirement.added": ("list-plus", _("A requirement was written down")),
    "requirement.settled": ("list-checks", _("It was said how a requirement fits")),
    "meeting.arranged": ("calendar-plus", _("A meeting was arranged")),
    "meeting.noted": ("calendar-plus", _("A meeting was arranged")),
    "meeting.cancelled": ("calendar-x", _("A meeting was called off")),
    "facilitation.noted": ("notebook-pen", _("A note about bringing both sides together")),
    "outcome.recorded": ("flag", _("It was written down what came of a match")),
    "agreement.drafted": ("file-text", _("The agreement was drafted")),
    "agreement.revised": ("file-pen", _("The text of the agreement changed")),
    "agreement.accepted": ("check", _("A party accepted the text")),
    "agreement.declined": ("circle-x", _("A party declined the agreement")),
    "agreement.signed": ("signature", _("A party signed")),
    "agreement.signature_withdrawn": ("undo-2", _("A party took its signature back")),
    "agreement.round_over": ("calendar-x", _("The last day to sign has passed")),
    "agreement.in_force": ("handshake", _("The agreement is in force")),
    "agreement.sealed": ("lock", _("The agreement was sealed")),
    "clause.suggested": ("message-square", _("Other words were suggested for a clause")),
    "clause.taken_up": ("check", _("A suggestion for a clause was taken up")),
    "clause.kept": ("circle-x", _("A suggestion for a clause was not taken up")),
    "signature.voided": ("file-x", _("A signature no longer counts, because the text changed")),
    "collaboration.started": ("play", _("Delivery started")),
    "task.added": ("list-plus", _("A task was added")),
    "task.done": ("list-checks", _("A task was done")),
    "document.added": ("file-plus", _("A file was added")),
    "measurement.recorded": ("chart-column", _("A result was measured")),
    "milestone.set": ("flag", _("A milestone was set")),
    "milestone.decided": ("flag", _("A milestone was decided")),
    "deliverable.handed_over": ("file-plus", _("A deliverable was handed over")),
    "deliverable.accepted": ("circle-check", _("A deliverable was accepted")),
    "deliverable.sent_back": ("undo-2", _("A deliverable was sent back")),
    "change.proposed": ("pencil", _("A change of scope was proposed")),
    "change.agreed": ("handshake", _("A change of scope was agreed")),
    "change.refused": ("circle-x", _("A change of scope was refused")),
    "incident.reported": ("circle-alert", _("An incident was reported")),
    "booking.made": ("calendar", _("A facility was booked")),
    "booking.cancelled": ("calendar", _("A booking was cancelled")),
    "secondment.agreed": ("users", _("An expert goes to another hub")),
    "maturity.recorded": ("chart-column", _("The digital maturity was checked")),
    "investment.recorded": ("chart-column", _("An investment was recorded")),
    "lesson.written": ("message-square-text", _("A lesson was written down")),
    "story.asked": ("send", _("A story went to the client")),
    "story.approved": ("circle-check", _("A story was approved")),
    "story.published": ("star", _("A story was published")),
    "results.reported": ("flag", _("The results were handed to the client")),
    "results.confirmed": ("circle-check", _("The client confirmed the results")),
    "results.disputed": ("circle-alert", _("The client sent the results back")),
    "feedback.given": ("star", _("Feedback was given")),
    "request.followed": ("workflow", _("The case follows another scenario")),
    "step.answered": ("list-checks", _("A step was answered: %(name)s")),
    "step.done": ("circle-check", _("A step is done: %(name)s")),
    "step.taken_back": ("undo-2", _("An answer to a step was taken back: %(name)s")),
    "collaboration.closed": ("archive", _("The case was closed")),
}
_MUST = _("“%(want)s” became a must-have")
_ADDED, _DROPPED = _("Into the team: %(hubs)s"), _("Out of the team: %(hubs)s")
# What the client reads of its own case besides the rows that are addressed to it: never who was invited.
_FOR_CLIENT = ("request.answered", "request.understood")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened."""

    text: str
    when: datetime
    icon: str
    by: str


def history_of(request: Request, *, is_lead: bool, page: int, size: int) -> dict[str, Any]:
    """Return ``events``, ``page_number``, ``n_pages`` and ``total``; newest first. Four queries at any length."""
    rows = Activity.objects.filter(case_ref=request.ref, verb__in=_WORDS).order_by("-at", "-pk")
    if not is_lead:
        rows = rows.filter(client_ids__contains=[request.client_id]) | rows.filter(verb__in=_FOR_CLIENT)
    shown = Paginator(rows, size).get_page(page)
    activities = list(shown.object_list)
    names = {hub.id: hub.name for hub in hubs.hub_names({pk for row in activities for pk in _hubs_of(row)})}
    wants = taxonomy.entries(row.facts["concept_id"] for row in activities if "concept_id" in row.facts)
    labels = {pk: entry.label for pk, entry in wants.items()}
    return {
        "events": [_event(row, names, labels) for row in activities],
        "page_number": shown.number,
        "n_pages": shown.paginator.num_pages,
        "total": shown.paginator.count,
    }


def _hubs_of(row: Activity) -> list[int]:
    one = [row.facts["hub_id"]] if "hub_id" in row.facts else []
    return [*one, *row.facts.get("added", ()), *row.facts.get("dropped", ())]


def _event(row: Activity, names: dict[int, str], labels: dict[int, str]) -> Event:
    icon, words = _WORDS[row.verb]
    facts = {
        "hub": names.get(row.facts.get("hub_id", 0), ""),
        "name": row.facts.get("name", ""),
        "want": labels.get(row.facts.get("concept_id", 0), "…"),
    }
    if row.verb == "want.weighed" and row.facts.get("must_have"):
        words = _MUST
    text = str(words) % facts
    if row.verb == "team.picked":
        text = _said(names, row.facts.get("added", ()), row.facts.get("dropped", ())) or text
    return Event(text=text, when=row.at, icon=icon, by=row.actor_name)


def team_change(added: Sequence[int], dropped: Sequence[int]) -> str:
    """Say which hubs came into a team and which left it; empty for none. At most one query.

    Hubs that are not in the directory are left out.
    """
    if not added and not dropped:
        return ""
    listed = hubs.catalogue()
    names = {pk: listed.rows[listed.by_id[pk]].name for pk in (*added, *dropped) if pk in listed.by_id}
    return _said(names, added, dropped)


def _said(names: Mapping[int, str], added: Iterable[int], dropped: Iterable[int]) -> str:
    parts = []
    for words, ids in ((_ADDED, added), (_DROPPED, dropped)):
        if known := [names[pk] for pk in ids if pk in names]:
            parts.append(str(words) % {"hubs": ", ".join(known)})
    return ". ".join(parts)
