"""Signing: the code, the passkey, the signature."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.agreements import operations
from hansa.collaboration.agreements.states import SignMethod
from hansa.collaboration.agreements.views.answers import See, see
from hansa.collaboration.agreements.views.page import agreement_page, load, sign_form, signed_file_form
from hansa.foundation.pages import reads, writes
from hansa.foundation.policies import Refusal
from hansa.hubs.people import operations as people_operations
from hansa.hubs.people import queries as people


@writes
def code(request: HttpRequest, ref: str) -> HttpResponse:
    """Mail the signatory a code."""
    try:
        operations.send_code(load(request, ref), by=request.actor, at=timezone.now())
    except Refusal as no:
        return agreement_page(request, ref, status=422, reason=no.reason)
    messages.success(
        request, _("We sent a code to %(email)s. It works for ten minutes.") % {"email": request.user.email}
    )
    if request.POST.get("for") == "own-tool":
        return See(f"{reverse('agreements:agreement', args=[ref])}?own-tool=1#send-file")
    return see("agreements:agreement", ref, anchor="sign")


@reads
def passkey(request: HttpRequest, ref: str) -> HttpResponse:
    """Give the browser what it needs to ask for the passkey."""
    load(request, ref)
    if all(factor.method != SignMethod.PASSKEY for factor in people.second_factors(request.user)):
        raise Http404
    return JsonResponse(people_operations.begin_passkey(user=request.user))


@writes
def sign(request: HttpRequest, ref: str) -> HttpResponse:
    agreement = load(request, ref)
    factor = _factor(request)
    form = sign_form(_number(request), factor, request.POST)
    if form.is_valid():
        try:
            _sign(request, agreement, form)
        except Refusal as no:
            form.add_error(None, no.reason)
        else:
            messages.success(request, _("Signed. Thank you."))
            return see("agreements:agreement", ref)
    return _refused(request, ref, form, {"sign_form": form, "factor": factor})


@writes
def send_file(request: HttpRequest, ref: str) -> HttpResponse:
    """Take in the text that the signatory signed in a tool of their own."""
    agreement = load(request, ref)
    factor = _factor(request)
    form = signed_file_form(_number(request), factor, request.POST, request.FILES)
    if form.is_valid():
        try:
            _send(request, agreement, form)
        except Refusal as no:
            form.add_error(None, no.reason)
        else:
            messages.success(request, _("A file of your hub is being checked. Wait for the answer."))
            return see("agreements:agreement", ref, anchor="own-tool")
    return _refused(request, ref, form, {"file_form": form, "factor": factor})


def _refused(request: HttpRequest, ref: str, form: Any, bound: dict[str, Any]) -> HttpResponse:
    agreement = load(request, ref)
    # A page with a newer text must not carry the old one's fields: reading comes before signing.
    is_current = _number(request) == agreement.version_number
    reason = "" if is_current else " ".join(str(error) for error in form.non_field_errors())
    return agreement_page(request, ref, status=422, reason=reason, **(bound if is_current else {}))


def _send(request: HttpRequest, agreement: Any, form: Any) -> None:
    said = form.cleaned_data
    operations.send_signed_file(
        agreement,
        by=request.actor,
        version=said["version"],
        name=said["name"],
        function=said["function"],
        method=said["method"],
        answer=form.proof,
        file=said["file"].read(),
        at=timezone.now(),
    )


def _sign(request: HttpRequest, agreement: Any, form: Any) -> None:
    said = form.cleaned_data
    operations.sign(
        agreement,
        by=request.actor,
        version=said["version"],
        shown_sha256=said["sha256"],
        name=said["name"],
        function=said["function"],
        method=said["method"],
        answer=form.proof,
        at=timezone.now(),
    )


def _factor(request: HttpRequest) -> Any:
    factors = people.second_factors(request.user)
    return next((factor for factor in factors if factor.method == request.POST.get("method")), factors[0])


def _number(request: HttpRequest) -> int:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0
