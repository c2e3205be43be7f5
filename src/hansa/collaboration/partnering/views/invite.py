"""Inviting: what the hubs will read, what each is asked for, who has answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hansa.collaboration.partnering import forms, operations, policies, queries
from hansa.collaboration.partnering.states import Anonymity
from hansa.collaboration.partnering.views.answers import go, see
from hansa.collaboration.partnering.views.cases import frame, load_led
from hansa.foundation.pages import form_page, writes
from hansa.foundation.policies import Refusal
from hansa.hubs.directory import queries as hubs

DAYS_TO_ANSWER = 7


def _forms(request: HttpRequest, case: Any, given: Any) -> tuple[Any, list[dict[str, Any]]]:
    """Return the form for all hubs, and one form per hub that is picked and not asked yet."""
    today = timezone.localdate()
    held = queries.authorisation_of(case)
    asked_already = queries.live_invitations(case)
    new_ids = [hub_id for hub_id in case.pick_ids if hub_id not in asked_already]
    wants = [(want.pk, want.label) for want in queries.wants_on(case) if want.is_wanted]
    rows = []
    for hub in queries.contributions(case, new_ids) if new_ids else []:
        initial = {"wants": hub.want_ids, "answer_by": today + timedelta(days=DAYS_TO_ANSWER)}
        form = forms.HubProposalForm(
            given, prefix=f"hub-{hub.hub_id}", wants=wants, today=today, hub_name=hub.name, initial=initial
        )
        rows.append({"hub": hub, "form": form})
    needs_text = case.client is None or (held is not None and held.level != Anonymity.A1)
    shared = forms.InviteForm(
        given,
        withholdable=_withholdable(case),
        needs_text=needs_text,
        initial={
            "partner_text": case.partner_text or policies.masked(_whole_text(case), queries.secrets_of(case)),
            "working_languages": case.working_languages,
            "withheld": case.withheld,
        },
    )
    return shared, rows


def _withholdable(case: Any) -> list[tuple[str, str]]:
    if case.client is None:
        return []
    return [(name, capfirst(str(queries.FIELD_NAMES[name]))) for name in policies.WITHHOLDABLE]


def _whole_text(case: Any) -> str:
    """The client's words, or the lead's own, one after the other, as a first proposal of what the hubs read."""
    if case.client is None:
        existing = _("What exists already: %(text)s") % {"text": case.existing} if case.existing else ""
        return "\n\n".join(part for part in (case.text, existing) if part)
    timing = _("By when: %(timing)s") % {"timing": case.timing.strip()} if case.timing.strip() else ""
    return "\n\n".join(part for part in (case.text.strip(), case.outcome.strip(), timing) if part)


def _page(
    request: HttpRequest, case: Any, shared: Any, rows: list[dict[str, Any]], *, status: int = 200, reason: str = ""
) -> HttpResponse:
    now = timezone.now()
    held = queries.authorisation_of(case)
    crowd = queries.crowd_of(case) if rows else None
    sent = queries.sent_invitations(case)
    asked = {row["hub"].hub_id for row in rows} | {line.hub_id for line in sent}
    context = frame(request, case, tab="invite") | {
        "shared": shared,
        "rows": rows,
        "reason": reason,
        "may_invite": policies.can_invite(request.actor, case, held, at=now),
        "sent": sent,
        "empty_ids": asked - set(hubs.with_people().filter(pk__in=asked)),
        "draft_url": queries.draft_page(case),
        "canvas_url": "" if case.client else queries.address("codesign:canvas", ref=case.ref),
        "has_client": case.client is not None,
        "shown": queries.preview(case, held, at=now),
        "consent": held,
        "crowd": crowd,
        "is_telling": crowd is not None and crowd < queries.CROWD,
        "send_words": ngettext("Send %(n)s invitation", "Send %(n)s invitations", len(rows)) % {"n": len(rows)},
    }
    return render(request, "collaboration/partnering/invite.html", context, status=status)


@form_page
def invite(request: HttpRequest, ref: str) -> HttpResponse:
    """Review what leaves the hub, then send; below it, who was asked and what they said."""
    case = load_led(request, ref)
    if policies.finds_match(case):
        return go(queries.page_of_state(case))
    if request.method != "POST":
        return _page(request, case, *_forms(request, case, None))
    shared, rows = _forms(request, case, request.POST)
    if not rows:
        # A second click on Send: the first has done it.
        messages.info(request, _("These hubs are invited already."))
        return see("partnering:invite", ref)
    is_good = all([shared.is_valid(), *(row["form"].is_valid() for row in rows)])
    reason = "" if is_good else _("Look at the fields marked below. Nothing was sent.")
    if is_good:
        try:
            sent = _send(request, case, shared.cleaned_data, rows)
        except Refusal as no:
            reason = no.reason
        else:
            words = ngettext("%(n)s hub is invited.", "%(n)s hubs are invited.", len(sent)) % {"n": len(sent)}
            messages.success(request, words)
            return see("partnering:invite", ref)
    return _page(request, case, shared, rows, status=422, reason=reason)


def _send(request: HttpRequest, case: Any, given: dict[str, Any], rows: list[dict[str, Any]]) -> list[Any]:
    proposals = []
    for row in rows:
        asked = row["form"].cleaned_data
        if asked["is_asked"]:
            proposals.append(
                operations.Proposal(
                    hub_id=row["hub"].hub_id,
                    want_ids=tuple(asked["wants"]),
                    effort_days=asked["effort_days"],
                    fee_eur=asked["fee_eur"],
                    answer_by=asked["answer_by"],
                    message=asked["message"],
                )
            )
    return operations.invite(
        case,
        proposals=proposals,
        partner_text=given.get("partner_text", ""),
        withheld=given["withheld"],
        working_languages=given["working_languages"],
        by=request.actor,
        at=timezone.now(),
    )


@writes
def more(request: HttpRequest, ref: str) -> HttpResponse:
    """Go back to the shortlist to look for further hubs."""
    case = load_led(request, ref)
    try:
        operations.back_to_shortlist(case, by=request.actor, at=timezone.now())
    except Refusal as no:
        messages.error(request, no.reason)
        return see("partnering:invite", ref)
    return see("partnering:shortlist", ref)


def _end(request: HttpRequest, ref: str, invitation: str, end: Any, done: str) -> HttpResponse:
    case = load_led(request, ref)
    row = get_object_or_404(queries.invitations_visible_to(request.actor), ref=invitation, request__ref=ref)
    if row.request_id != case.pk:
        raise Http404
    try:
        end(row, by=request.actor, at=timezone.now())
    except Refusal as no:
        messages.error(request, no.reason)
    else:
        messages.success(request, done)
    return see("partnering:invite", ref)


@writes
def take_back(request: HttpRequest, ref: str, invitation: str) -> HttpResponse:
    return _end(request, ref, invitation, operations.take_back, _("Taken back. The hub no longer sees the request."))


@writes
def let_go(request: HttpRequest, ref: str, invitation: str) -> HttpResponse:
    return _end(request, ref, invitation, operations.let_go, _("The hub is told that you do without it."))
