"""Tell us what you need: three questions, one per page, no account.

Answers are kept in the visitor's session until they are sent, so that Back and Forward lose nothing.
"""

from __future__ import annotations

import uuid
from typing import Any

from django import forms as django_forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hansa.collaboration.partnering import forms, operations, queries
from hansa.collaboration.partnering.states import Anonymity
from hansa.collaboration.partnering.views.answers import see
from hansa.foundation.pages import form_page, reads
from hansa.hubs.directory import queries as hubs
from hansa.hubs.directory.operations import ClientDraft

DRAFT, SENT = "need", "need_sent"
# The questions in order: address, form.
STEPS = (("problem", forms.ProblemForm), ("result", forms.ResultForm), ("who", forms.WhoForm))


def _draft(request: HttpRequest) -> dict[str, Any]:
    return dict(request.session.get(DRAFT, {}))


def _keep(request: HttpRequest, **values: Any) -> None:
    request.session[DRAFT] = {**_draft(request), **values}


def _missing(request: HttpRequest, before: str = "check") -> str | None:
    """Name the first question before ``before`` that has no answer yet."""
    draft = _draft(request)
    for name, _form in STEPS:
        if name == before:
            return None
        if name not in draft:
            return name
    return None


def _page_of(name: str) -> str:
    return "partnering:need" if name == "problem" else f"partnering:need_{name}"


def _question(request: HttpRequest, name: str, initial: dict[str, Any]) -> HttpResponse:
    """Ask one question: keep a good answer and go on, or say what is wrong and show what was typed."""
    if (missing := _missing(request, before=name)) is not None:
        return see(_page_of(missing))
    number = [step for step, _form in STEPS].index(name)
    form_class = STEPS[number][1]
    draft = _draft(request)
    if request.method == "POST":
        form = form_class(request.POST)
        if form.is_valid():
            # The key comes with the first answer: whatever is sent from this draft is one need.
            _keep(request, **{"key": draft.get("key") or uuid.uuid4().hex, name: _plain(form)})
            next_name = "check" if "back" in request.GET or name == "who" else STEPS[number + 1][0]
            return see(_page_of(next_name))
    else:
        form = form_class(initial=draft.get(name, initial))
    context = {"form": form, "name": name, "number": number + 1, "total": len(STEPS), "draft": draft}
    if number:
        context["before"] = _page_of(STEPS[number - 1][0])
    status = 422 if form.is_bound else 200
    return render(request, f"collaboration/partnering/need_{name}.html", context, status=status)


def _plain(form: django_forms.Form) -> dict[str, Any]:
    """Return the answers as the session can keep them: as clean values in JSON."""
    return {
        key: value if isinstance(value, bool | int) or value is None else str(value)
        for key, value in form.cleaned_data.items()
    }


@login_not_required
@form_page
def problem(request: HttpRequest) -> HttpResponse:
    return _question(request, "problem", {})


@login_not_required
@form_page
def result(request: HttpRequest) -> HttpResponse:
    return _question(request, "result", {})


@login_not_required
@form_page
def who(request: HttpRequest) -> HttpResponse:
    return _question(request, "who", queries.known_about_client(request.actor))


@login_not_required
@form_page
def choose_hub(request: HttpRequest) -> HttpResponse:
    """Choose another hub than the proposed one."""
    if (missing := _missing(request)) is not None:
        return see(_page_of(missing))
    asked = request.GET if request.method == "GET" else request.POST
    country = asked.get("country", _draft(request)["who"]["country"])
    text = asked.get("q", "")[:100]
    problem = ""
    if request.method == "POST":
        chosen = request.POST.get("hub", "")
        if chosen.isdecimal() and hubs.takes_needs(int(chosen)):
            _keep(request, hub_id=int(chosen))
            return see("partnering:need_check")
        problem = _("Choose one of the hubs.")
    found = hubs.hubs_taking_needs(country=country, text=text)
    context = {"found": found, "country": country, "text": text, "problem": problem}
    context["countries"] = forms.labelled_countries()
    context["chosen"] = _draft(request).get("hub_id")
    return render(request, "collaboration/partnering/need_hub.html", context, status=422 if problem else 200)


@login_not_required
@form_page
def check(request: HttpRequest) -> HttpResponse:
    """Show all answers before anything is sent; the one button here sends them."""
    sent = request.session.get(SENT)
    if request.method == "POST" and sent and request.POST.get("key") == sent["key"]:
        return see("partnering:need_sent")
    if (missing := _missing(request)) is not None:
        return see(_page_of(missing))
    answers = {name: form(_draft(request)[name]) for name, form in STEPS}
    for name, form in answers.items():
        if not form.is_valid():
            return see(_page_of(name))
    hub = _hub(request, answers["who"].cleaned_data)
    refusal = ""
    if request.method == "POST":
        refusal = _send(request, answers, hub)
        if not refusal:
            return see("partnering:need_sent")
    context = {"hub": hub, "refusal": refusal, "key": _draft(request)["key"]}
    context |= {name: form.cleaned_data for name, form in answers.items()}
    context["who_labels"] = forms.choice_labels(answers["who"])
    return render(request, "collaboration/partnering/need_check.html", context, status=422 if refusal else 200)


def _hub(request: HttpRequest, who: dict[str, Any]) -> hubs.HubName | None:
    """Return the hub that was chosen, else the nearest that takes needs."""
    chosen = _draft(request).get("hub_id")
    if chosen and (names := hubs.hub_names([chosen])):
        return names[0]
    near = hubs.hubs_taking_needs(country=who["country"], city=who["city"], limit=1)
    return near[0] if near else None


def _send(request: HttpRequest, answers: dict[str, Any], hub: hubs.HubName | None) -> str:
    """Send the need; return why it could not be sent, or nothing."""
    if hub is None:
        return _("Choose a hub first. There is none in your country yet.")
    key = _draft(request)["key"]
    who = answers["who"].cleaned_data
    words = {**answers["problem"].cleaned_data, **answers["result"].cleaned_data}
    draft = ClientDraft(
        name=who["organisation"], client_type=who["client_type"], country=who["country"], city=who["city"]
    )
    consent = operations.Consent(
        level=Anonymity(answers["who"].level()), granted_by=who["name"], evidence=_("Ticked on the public form.")
    )
    try:
        need = operations.receive_need(
            hub_id=hub.id,
            sender=operations.Sender(organisation=draft, name=who["name"], email=who["email"], language=get_language()),
            words=operations.NeedWords(**words),
            consent=consent,
            at=timezone.now(),
            key=key,
            ip=request.META.get("REMOTE_ADDR", ""),
        )
    except operations.CannotState as no:
        return no.reason
    request.session[SENT] = {"key": key, "hub": hub.name, "email": who["email"], "title": need.title}
    request.session.pop(DRAFT, None)
    return ""


@login_not_required
@reads
def sent(request: HttpRequest) -> HttpResponse:
    """Say that it arrived, who reads it, and what happens next."""
    facts = request.session.get(SENT)
    if not facts:
        return see("partnering:need")
    return render(request, "collaboration/partnering/need_sent.html", {"sent": facts})
