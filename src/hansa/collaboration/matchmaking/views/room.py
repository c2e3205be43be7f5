"""Bringing both sides together: names, requirements, meetings, notes, outcome, the client's word, closing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.delivery import operations as delivery
from hansa.collaboration.delivery import policies as delivery_policies
from hansa.collaboration.matchmaking import forms, operations, policies, queries
from hansa.collaboration.matchmaking.views.calendar import calendar_file
from hansa.collaboration.matchmaking.views.frame import see
from hansa.collaboration.partnering import queries as partnering
from hansa.foundation.pages import reads, writes
from hansa.foundation.policies import Refusal


def _load(request: HttpRequest, ref: str) -> queries.Together:
    found = queries.together(request.actor, ref, at=timezone.now())
    if found is None:
        raise Http404
    return found


@reads
def room(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, _load(request, ref))


def _page(
    request: HttpRequest, found: queries.Together, *, status: int = 200, reason: str = "", match: str = "", **bound: Any
) -> HttpResponse:
    """Render the page, with the form that was sent and refused in the place of an empty one.

    :param match: the match whose form it is
    """
    actor, row = request.actor, found.collaboration
    pairs = []
    for pair in found.pairs:
        sent = bound if pair.match.ref == match else {}
        pairs.append(
            {
                "pair": pair,
                "may": policies.can_facilitate(actor, pair.match),
                "may_record": policies.can_record_outcome(actor, pair.match),
                "requirement_form": sent.get("requirement_form") or forms.RequirementForm(auto_id=_ids(pair, "r")),
                "meeting_form": sent.get("meeting_form") or forms.MeetingForm(
                    auto_id=_ids(pair, "m"), initial={"zone": timezone.get_current_timezone_name()}),
                "note_form": sent.get("note_form") or forms.NoteForm(auto_id=_ids(pair, "n")),
                "outcome_form": sent.get("outcome_form") or _outcome_form(pair),
                "sent": next(iter(sent), ""),
            }
        )  # fmt: skip
    gave = found.feedback_given
    context = {
        "room": found,
        "crumbs": _crumbs(found),
        "pairs": pairs,
        "fits": forms.SettleForm.base_fields["fit"].choices,  # type: ignore[attr-defined]
        "may_report": delivery_policies.can_report(actor, row) if found.audience == "hub" else None,
        "may_confirm": delivery_policies.can_confirm(actor, row),
        "may_close": delivery_policies.can_close(actor, row),
        "may_say": delivery_policies.can_give_feedback(actor, row) if not gave else None,
        "confirm_form": bound.get("confirm_form") or forms.ConfirmForm(),
        "objection_form": bound.get("objection_form") or forms.ObjectionForm(),
        "feedback_form": bound.get("feedback_form") or forms.FeedbackForm(),
        "closing_form": bound.get("closing_form") or forms.ClosingForm(),
        "reason": reason,
    }
    return render(request, "collaboration/matchmaking/room.html", context, status=status)


def _ids(pair: queries.Pair, letter: str) -> str:
    return f"id_{letter}{pair.match.pk}_%s"


def _outcome_form(pair: queries.Pair) -> forms.OutcomeForm:
    names = ("kind", "amount_eur", "summary", "reason", "link")
    first = {name: getattr(pair.outcome, name) for name in names} if pair.outcome else {}
    return forms.OutcomeForm(auto_id=_ids(pair, "o"), initial=first)


def _crumbs(found: queries.Together) -> list[tuple[str, str]]:
    if found.audience == "partner":
        return [(_("Collaborations"), partnering.address("delivery:list"))]
    requests = _("Requests") if found.audience == "hub" else _("My requests")
    case_url = partnering.address("partnering:request", found.request.ref)
    return [(requests, partnering.address("partnering:list")), (found.title, case_url)]


def _pair_of(found: queries.Together, ref: str) -> queries.Pair:
    pair = next((pair for pair in found.pairs if pair.match.ref == ref), None)
    if pair is None:
        raise Http404
    return pair


def _act(
    request: HttpRequest,
    ref: str,
    run: Callable[[queries.Together], Any],
    done: str,
    *,
    match: str = "",
    anchor: str = "",
    **form: Any,
) -> HttpResponse:
    found = _load(request, ref)
    if match:
        _pair_of(found, match)
    [(name, sent)] = form.items() or [("", None)]
    if sent is not None and not sent.is_valid():
        return _page(request, found, status=422, match=match, **form)
    try:
        run(found)
    except Refusal as no:
        found = _load(request, ref)
        if sent is None:
            return _page(request, found, status=422, reason=no.reason)
        sent.add_error(None, no.reason)
        return _page(request, found, status=422, match=match, **{name: sent})
    messages.success(request, done)
    return see("matchmaking:room", ref, anchor=anchor)


@writes
def add_requirement(request: HttpRequest, ref: str, match: str) -> HttpResponse:
    pair = _pair_of(_load(request, ref), match)
    form = forms.RequirementForm(request.POST, auto_id=_ids(pair, "r"))
    return _act(
        request,
        ref,
        lambda found: operations.add_requirement(pair.match, by=request.actor, at=timezone.now(), **form.cleaned_data),
        _("Line added."),
        match=match,
        anchor=f"requirements-{match}",
        requirement_form=form,
    )


@writes
def settle(request: HttpRequest, ref: str, match: str, pk: int) -> HttpResponse:
    pair = _pair_of(_load(request, ref), match)
    line = next((line for line in pair.requirements if line.pk == pk), None)
    if line is None:
        raise Http404
    form = forms.SettleForm(request.POST)
    if not form.is_valid():
        return _page(request, _load(request, ref), status=422, reason=_("Say how it fits, in at most 500 characters."))
    return _act(
        request,
        ref,
        lambda found: operations.settle(line, by=request.actor, at=timezone.now(), **form.cleaned_data),
        _("Noted."),
        anchor=f"requirements-{match}",
        no_form=None,
    )


@writes
def arrange(request: HttpRequest, ref: str, match: str) -> HttpResponse:
    pair = _pair_of(_load(request, ref), match)
    form = forms.MeetingForm(request.POST, auto_id=_ids(pair, "m"))
    return _act(
        request,
        ref,
        lambda found: operations.arrange(pair.match, form.draft(), by=request.actor, at=timezone.now()),
        _("The meeting is arranged."),
        match=match,
        anchor=f"meetings-{match}",
        meeting_form=form,
    )


def _meeting(pair: queries.Pair, ref: str) -> Any:
    found = next((meeting for meeting in pair.meetings if meeting.ref == ref), None)
    if found is None:
        raise Http404
    return found


@reads
def calendar(request: HttpRequest, ref: str, match: str, meeting: str) -> HttpResponse:
    """The meeting as a file for a calendar: no more than the page shows to this reader."""
    found = _load(request, ref)
    return calendar_file(_meeting(_pair_of(found, match), meeting), title=found.title)


@writes
def call_off(request: HttpRequest, ref: str, match: str, meeting: str) -> HttpResponse:
    row = _meeting(_pair_of(_load(request, ref), match), meeting)
    return _act(
        request,
        ref,
        lambda found: operations.call_off(row, by=request.actor, at=timezone.now()),
        _("The meeting is called off."),
        anchor=f"meetings-{match}",
        no_form=None,
    )


@writes
def note(request: HttpRequest, ref: str, match: str) -> HttpResponse:
    pair = _pair_of(_load(request, ref), match)
    form = forms.NoteForm(request.POST, auto_id=_ids(pair, "n"))
    return _act(
        request,
        ref,
        lambda found: operations.note(pair.match, by=request.actor, at=timezone.now(), **form.cleaned_data),
        _("Noted."),
        match=match,
        anchor=f"log-{match}",
        note_form=form,
    )


@writes
def outcome(request: HttpRequest, ref: str, match: str) -> HttpResponse:
    pair = _pair_of(_load(request, ref), match)
    form = forms.OutcomeForm(request.POST, request.FILES, auto_id=_ids(pair, "o"))
    return _act(
        request,
        ref,
        lambda found: operations.record_outcome(pair.match, form.draft(), by=request.actor, at=timezone.now()),
        _("The outcome is noted. The client confirms it."),
        match=match,
        anchor=f"outcome-{match}",
        outcome_form=form,
    )


@reads
def outcome_file(request: HttpRequest, ref: str, match: str) -> FileResponse:
    """Send the file as a download: nothing a user uploads is shown as a page of ours."""
    found = _pair_of(_load(request, ref), match).outcome
    if found is None or not found.file:
        raise Http404
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.file_name)
    response["Content-Type"] = "application/octet-stream"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@writes
def hand_over(request: HttpRequest, ref: str) -> HttpResponse:
    return _act(
        request,
        ref,
        lambda found: operations.hand_over(found.request, by=request.actor, at=timezone.now()),
        _("The client is asked to confirm what came of it."),
        no_form=None,
    )


@writes
def confirm(request: HttpRequest, ref: str) -> HttpResponse:
    form = forms.ConfirmForm(request.POST)
    return _act(
        request,
        ref,
        lambda found: operations.confirm(found.collaboration, by=request.actor, at=timezone.now(), **form.cleaned_data),
        _("Thank you. Your hub knows that you confirmed the outcome."),
        confirm_form=form,
    )


@writes
def object_to(request: HttpRequest, ref: str) -> HttpResponse:
    form = forms.ObjectionForm(request.POST)
    return _act(
        request,
        ref,
        lambda found: delivery.object_to(found.collaboration, by=request.actor, at=timezone.now(), **form.cleaned_data),
        _("Your hub has your words and goes on working."),
        objection_form=form,
    )


@writes
def feedback(request: HttpRequest, ref: str) -> HttpResponse:
    form = forms.FeedbackForm(request.POST)
    return _act(
        request,
        ref,
        lambda found: delivery.give_feedback(
            found.collaboration, by=request.actor, at=timezone.now(), **form.cleaned_data
        ),
        _("Thank you for your feedback."),
        feedback_form=form,
    )


@writes
def close(request: HttpRequest, ref: str) -> HttpResponse:
    form = forms.ClosingForm(request.POST)
    return _act(
        request,
        ref,
        lambda found: delivery.close(found.collaboration, by=request.actor, at=timezone.now(), **form.cleaned_data),
        _("The case is closed. What was reached stands in the register."),
        closing_form=form,
    )
