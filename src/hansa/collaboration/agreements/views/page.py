"""The one page on which every party reads the agreement, and the short answers to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hansa.collaboration.agreements import forms, operations, policies, queries
from hansa.collaboration.agreements.queries import covering, evidence, reading
from hansa.collaboration.agreements.queries.clauses import Text
from hansa.collaboration.agreements.queries.page import Page, page_of
from hansa.collaboration.agreements.states import AgreementState
from hansa.collaboration.agreements.views import parts
from hansa.collaboration.agreements.views.answers import see
from hansa.collaboration.partnering import queries as partnering
from hansa.foundation.pages import reads, writes
from hansa.foundation.policies import Refusal
from hansa.hubs.people import queries as people

MOST_VERSIONS = 100_000


def load(request: HttpRequest, ref: str) -> Any:
    """Return the agreement, or 404 for whoever is no party to it."""
    return get_object_or_404(queries.agreements_visible_to(request.actor), request__ref=ref)


def frame(request: HttpRequest, agreement: Any) -> dict[str, Any]:
    """What every page of an agreement shows. Only the lead reads the title: it may speak of the client."""
    case = agreement.request
    is_lead = request.actor.hub_id == case.lead_id
    if is_lead:
        crumbs = [
            (_("Requests"), partnering.address("partnering:list")),
            (case.title, partnering.address("partnering:request", case.ref)),
        ]
    else:
        crumbs = [(_("Collaborations"), partnering.address("delivery:list"))]
    return {
        "agreement": agreement,
        "case": case,
        "is_lead": is_lead,
        "instrument": queries.instrument_of(agreement),
        "crumbs": crumbs,
        "crumbs_here": [*crumbs, (_("Agreement"), partnering.address("agreements:agreement", case.ref))],
        "steps": partnering.progress(case, audience="hub" if is_lead else "partner"),
    }


@reads
def show(request: HttpRequest, ref: str) -> HttpResponse:
    return agreement_page(request, ref)


def agreement_page(
    request: HttpRequest, ref: str, *, status: int = 200, reason: str = "", **bound: django_forms.Form
) -> HttpResponse:
    """Render the agreement, with the forms that were sent and refused in the place of empty ones."""
    opened = reading.opened_by(request.actor, ref=ref)
    if opened is None:
        raise Http404
    agreement, rows = opened
    # What changed matters while it can still be talked about; later the text alone does.
    view = request.GET.get("view") or ("clean" if agreement.state == AgreementState.IN_FORCE else "changes")
    wants_changes = view == "changes" and agreement.version_number > 1
    page = page_of(agreement, parties=rows, actor=request.actor, with_changes=wants_changes)
    may = _verdicts(request, agreement, page)
    sign, elsewhere = _signing(request, page, may, bound)
    around = frame(request, agreement)
    context = {
        "crumbs": around["crumbs"],
        "case": agreement.request,
        "instrument": around["instrument"],
        "reason": reason,
        "needs_seen": page.mine.seen_version < agreement.version_number and agreement.state != AgreementState.IN_FORCE,
        "top": parts.top(page, crumbs=around["crumbs"], steps=around["steps"]),
        "asks": sign or parts.answer(page, may, refused=bound.get("decline_form")),
        "elsewhere": elsewhere,
        "declined": parts.declined(page, is_lead=around["is_lead"]),
        "text": parts.text(page, wants_changes=wants_changes, may_revise=bool(may["revise"])),
        "parties": parts.parties(page, may),
        "arranging": parts.arranging(page, may, refused=bound.get("round_form")),
        "risks": parts.risks(page),
        "appointing": _appointing(page, may),
        "changing": parts.changing(page, may, refused=bound.get("decline_form")),
        "past": parts.past(page),
    }
    return render(request, "collaboration/agreements/agreement.html", context, status=status)


def _verdicts(request: HttpRequest, agreement: Any, page: Page) -> dict[str, Any]:
    actor, mine = request.actor, page.mine
    return {
        "revise": policies.can_revise(actor, agreement, mine),
        "accept": policies.can_accept(actor, agreement, mine),
        "decline": policies.can_decline(actor, agreement, mine),
        "appoint": policies.can_appoint(actor, agreement, mine),
        "sign": policies.can_sign(
            actor,
            agreement,
            mine,
            parties=page.parties,
            on=timezone.localdate(),
            signatory_is_there=mine.signatory_is_there,
        ),
        "withdraw": policies.can_withdraw(actor, agreement, mine),
        "arrange": policies.can_arrange(actor, agreement, mine),
    }


def _signing(
    request: HttpRequest, page: Page, may: dict[str, Any], bound: dict[str, Any]
) -> tuple[SafeString | None, SafeString]:
    """Return the forms of the signatory, to sign here and to send what was signed elsewhere.

    They ask for the strongest second factor, or the one chosen by ``?with=``.
    """
    refused, refused_file = bound.get("sign_form"), bound.get("file_form")
    if not may["sign"] and refused is None and refused_file is None:
        return None, parts.elsewhere(page, request.user, factor=None, may_send=False, refused=None)
    factors = people.second_factors(request.user)
    chosen = next((factor for factor in factors if factor.method == request.GET.get("with")), factors[0])
    factor = bound.get("factor", chosen)
    others = tuple(other for other in factors if other != factor)
    here = parts.sign(page, request.user, factor=factor, others=others, refused=refused)
    return here, parts.elsewhere(
        page, request.user, factor=factor, may_send=True, is_asked="own-tool" in request.GET, refused=refused_file
    )


def sign_form(version: int, factor: Any, data: Any = None, **options: Any) -> forms.SignForm:
    """Return the signatory's form for one version and one kind of proof."""
    return forms.SignForm(
        data, method=factor.method, hint=factor.hint, statement=evidence.statement(version), **options
    )


def signed_file_form(version: int, factor: Any, data: Any, files: Any) -> forms.SignedFileForm:
    """Return the form for a file that was signed elsewhere."""
    return forms.SignedFileForm(
        data,
        files=files,
        method=factor.method,
        hint=factor.hint,
        statement=evidence.statement(version),
        most_bytes=operations.MOST_BYTES,
    )


def _appointing(page: Page, may: dict[str, Any]) -> SafeString | None:
    """Return who could sign, to a manager who has to choose: there are several, or nobody is named."""
    has_somebody = page.mine.signatory is not None and page.mine.signatory_is_there
    if not may["appoint"] or may["sign"]:
        return None
    signatories = people.signatories_of(page.mine.hub_id)
    if has_somebody and len(signatories) == 1:
        return None
    named = tuple((user.pk, str(user)) for user in signatories)
    return parts.appointing(page, named, has_somebody=has_somebody)


@reads
def coverage(request: HttpRequest, ref: str) -> HttpResponse:
    """Show every risk of each role, and what in the current version answers it."""
    agreement = load(request, ref)
    current = reading.version_of(agreement)
    assert current is not None
    of = queries.instrument_of(agreement)
    covered = covering.covered_by(
        of, partnering.scenario_of(agreement.request), [clause["key"] for clause in current.clauses]
    )
    party = reading.party_for(request.actor, reading.parties_of(agreement))
    context = frame(request, agreement) | {
        "covered": covered,
        "version": current,
        "own_words": [pgettext("content", clause["title"]) for clause in current.clauses if clause["reworded"]],
        "may_revise": policies.can_revise(request.actor, agreement, party),
    }
    return render(request, "collaboration/agreements/coverage.html", context)


@reads
def version(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Show one version whole, with what changed since another (the one before, unless ``?since=`` names one)."""
    agreement = load(request, ref)
    since = request.GET.get("since", "")
    other = int(since) if since.isascii() and since.isdigit() and len(since) < 6 else number - 1
    if number > MOST_VERSIONS:
        raise Http404
    versions = {v.number: v for v in reading.versions_of(agreement, texts_of=(number, other))}
    if number not in versions:
        raise Http404
    before = versions.get(other)
    text = Text(
        current=versions[number].shown or "",
        instrument_id=agreement.instrument,
        before=before.shown or "" if before else "",
    )
    context = frame(request, agreement) | {
        "version": versions[number],
        "before": before,
        "text": text.opened,
        "others": [n for n in versions if n not in {number, other}],
    }
    return render(request, "collaboration/agreements/version.html", context)


def _answer(request: HttpRequest, ref: str, run: Callable[[Any], Any], *, done: str) -> HttpResponse:
    """Run one operation and go back to the page, or show it with the reason why not."""
    agreement = load(request, ref)
    try:
        run(agreement)
    except Refusal as no:
        return agreement_page(request, ref, status=422, reason=no.reason)
    if done:
        messages.success(request, done)
    return see("agreements:agreement", ref)


@writes
def seen(request: HttpRequest, ref: str) -> HttpResponse:
    """The page was opened; sent by the page itself, without a press."""
    operations.mark_seen(load(request, ref), by=request.actor, at=timezone.now())
    return HttpResponse(status=204)


@writes
def accept(request: HttpRequest, ref: str) -> HttpResponse:
    number = request.POST.get("version", "")
    return _answer(
        request,
        ref,
        lambda agreement: operations.accept(
            agreement,
            by=request.actor,
            version=int(number) if number.isascii() and number.isdigit() else 0,
            at=timezone.now(),
        ),
        done=_("Accepted. The other parties are told."),
    )


@writes
def decline(request: HttpRequest, ref: str) -> HttpResponse:
    agreement, form = load(request, ref), forms.DeclineForm(request.POST)
    if form.is_valid():
        try:
            operations.decline(agreement, by=request.actor, reason=form.cleaned_data["reason"], at=timezone.now())
        except Refusal as no:
            form.add_error(None, no.reason)
        else:
            messages.success(request, _("Declined. The lead hub is told."))
            return see("agreements:agreement", ref)
    return agreement_page(request, ref, status=422, decline_form=form)


@writes
def appoint(request: HttpRequest, ref: str) -> HttpResponse:
    chosen = request.POST.get("user_id", "")
    return _answer(
        request,
        ref,
        lambda agreement: operations.appoint_signatory(
            agreement,
            by=request.actor,
            user_id=int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else 0,
            at=timezone.now(),
        ),
        done=_("Saved. This person is told when it is time to sign."),
    )
