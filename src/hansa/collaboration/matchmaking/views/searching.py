"""I know someone: the asked hub searches its ecosystem, asks an organisation, and suggests it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.matchmaking import forms, operations, policies, queries
from hansa.collaboration.matchmaking.views.frame import see
from hansa.collaboration.partnering import operations as partnering_operations
from hansa.collaboration.partnering import queries as partnering
from hansa.collaboration.partnering.states import Anonymity
from hansa.foundation.pages import form_page, reads, writes
from hansa.foundation.policies import Refusal


def _load_invitation(request: HttpRequest, ref: str) -> Any:
    invitation = partnering.full_invitation(request.actor, ref)
    if invitation is None or invitation.hub_id != request.actor.hub_id:
        raise Http404
    return invitation


@form_page
def search(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the hub's own organisations, ranked for the request; choosing one keeps it in mind."""
    invitation = _load_invitation(request, ref)
    case, now = invitation.request, timezone.now()
    asked = queries.partner_request_of(case)
    if asked is None:
        raise Http404
    form = forms.ProfileForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            match = operations.choose(invitation, by=request.actor, at=now, **form.cleaned_data)
        except Refusal as no:
            form.add_error(None, no.reason)
        else:
            return see("matchmaking:match", match.ref)
    need = partnering.disclosed(case, invitation.hub_id, at=now)
    text = request.GET.get("q", "")[:100]
    only_kind = "kind" in request.GET
    own = queries.matches_of_hub(invitation)
    taken = {match.organisation_id: match for match in own}
    found = []
    if need.is_open:
        found = queries.search_ecosystem(need, invitation.hub_id, kind=asked.kind, text=text, only_kind=only_kind)
    chosen = _chosen(request, form, found)
    context = {
        "invitation": invitation,
        "need": need,
        "asked": asked,
        "found": [one for one in found if one.organisation.pk not in taken],
        "own": own,
        "text": text,
        "only_kind": only_kind,
        "chosen": chosen,
        "form": form if form.is_bound else _blank(chosen),
        "may_suggest": policies.can_suggest(
            request.actor, invitation, asked, partnering.authorisation_of(case), at=now
        ),
    }
    return render(request, "collaboration/matchmaking/search.html", context, status=422 if form.errors else 200)


def _chosen(request: HttpRequest, form: Any, found: list[queries.Found]) -> Any:
    """The organisation whose profile is being written."""
    wanted = form["organisation_id"].value() if form.is_bound else request.GET.get("organisation", "")
    return next((one for one in found if str(one.organisation.pk) == str(wanted)), None)


def _blank(chosen: queries.Found | None) -> forms.ProfileForm | None:
    if chosen is None:
        return None
    row = chosen.organisation
    return forms.ProfileForm(initial={"organisation_id": row.pk, "profile": queries.profile_proposed(row)})


def _load(request: HttpRequest, ref: str) -> Any:
    match = queries.own_match(request.actor, ref)
    if match is None:
        raise Http404
    return match


@reads
def match(request: HttpRequest, ref: str) -> HttpResponse:
    """One organisation that the hub suggests: what it agreed to, what the lead reads, what comes next."""
    return _page(request, _load(request, ref))


def _page(request: HttpRequest, found: Any, *, status: int = 200, reason: str = "", **bound: Any) -> HttpResponse:
    now = timezone.now()
    held = queries.authorisation_of_match(found)
    asked = queries.partner_request_of(found.request)
    need = partnering.disclosed(found.request, found.hub_id, at=now)
    organisation = found.organisation
    context = {
        "match": found,
        "organisation": organisation,
        "need": need,
        "held": held,
        "asked": asked,
        "shown": queries.shared_match(found, found.request.lead_id, at=now),
        "disclosures": queries.disclosures_of(found),
        "may_take_back": policies.can_take_back(request.actor, found),
        "may_authorise": policies.can_authorise_match(request.actor, found),
        "ask_form": bound.get("ask_form") or forms.AskOrganisationForm(initial={"words": queries.words_to_organisation(found, need)}),
        "agreed_form": bound.get("agreed_form") or forms.MatchAgreedForm(
            initial={"level": held.level if held else Anonymity.A3, "granted_by": organisation.contact_name,
                     "in_register": bool(held and held.in_register)}),
        "reason": reason,
    }  # fmt: skip
    return render(request, "collaboration/matchmaking/match.html", context, status=status)


def _act(request: HttpRequest, ref: str, run: Callable[[Any], Any], done: str, **form: Any) -> HttpResponse:
    found = _load(request, ref)
    [(name, sent)] = form.items() or [("", None)]
    if sent is not None and not sent.is_valid():
        return _page(request, found, status=422, **form)
    try:
        run(found)
    except Refusal as no:
        if sent is None:
            return _page(request, _load(request, ref), status=422, reason=no.reason)
        sent.add_error(None, no.reason)
        return _page(request, _load(request, ref), status=422, **{name: sent})
    messages.success(request, done)
    return see("matchmaking:match", ref)


@writes
def ask_organisation(request: HttpRequest, ref: str) -> HttpResponse:
    form = forms.AskOrganisationForm(request.POST)
    return _act(
        request,
        ref,
        lambda found: operations.ask_organisation(
            found, words=form.cleaned_data["words"], by=request.actor, at=timezone.now()
        ),
        _("The organisation gets a mail. You hear from us when it has answered."),
        ask_form=form,
    )


def _consent(form: forms.MatchAgreedForm) -> partnering_operations.Consent:
    given = form.cleaned_data
    return partnering_operations.Consent(
        level=Anonymity(given["level"]),
        granted_by=given["granted_by"],
        capacity=given["capacity"],
        evidence=given["evidence"],
        in_register=given["in_register"],
    )


@writes
def suggest(request: HttpRequest, ref: str) -> HttpResponse:
    """Answer the lead: with what the organisation agreed to, or without its name where it allows that."""
    if "plain" in request.POST:
        return _act(
            request,
            ref,
            lambda found: operations.suggest(found, consent=None, by=request.actor, at=timezone.now()),
            _("The lead has your suggestion, without the name."),
            agreed_form=None,
        )
    form = forms.MatchAgreedForm(request.POST)
    return _act(
        request,
        ref,
        lambda found: operations.suggest(found, consent=_consent(form), by=request.actor, at=timezone.now()),
        _("The lead has your suggestion, without the name."),
        agreed_form=form,
    )


@writes
def agreed(request: HttpRequest, ref: str) -> HttpResponse:
    form = forms.MatchAgreedForm(request.POST)
    return _act(
        request,
        ref,
        lambda found: operations.authorise_match(found, _consent(form), by=request.actor, at=timezone.now()),
        _("Noted. It counts from now on."),
        agreed_form=form,
    )


@writes
def withdraw_agreed(request: HttpRequest, ref: str) -> HttpResponse:
    return _act(
        request,
        ref,
        lambda found: operations.withdraw_match_authorisation(found, by=request.actor, at=timezone.now()),
        _("Withdrawn. The lead sees nothing of it any more, and is asked to delete what it kept."),
        agreed_form=None,
    )


@writes
def take_back(request: HttpRequest, ref: str) -> HttpResponse:
    found = _load(request, ref)
    try:
        operations.take_back(found, by=request.actor, at=timezone.now())
    except Refusal as no:
        return _page(request, _load(request, ref), status=422, reason=no.reason)
    messages.success(request, _("Taken back. The lead no longer sees it."))
    return see("matchmaking:search", found.invitation.ref)
