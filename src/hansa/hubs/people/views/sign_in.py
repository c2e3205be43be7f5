"""Signing in by a mailed link."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie

from hansa.foundation.pages import form_page, reads, writes
from hansa.hubs.people import accounts, operations, queries
from hansa.hubs.people.forms import EmailForm
from hansa.hubs.people.states import LinkPurpose, LinkState

_SENT_TO = "link_sent_to"


@login_not_required
@never_cache
@ensure_csrf_cookie
@form_page
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for the address and mail a link; the answer is the same whether somebody has that address or not."""
    next_path = operations.safe_path(request.POST.get("next") or request.GET.get("next"))
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(next_path or "home")
    context = {"next_path": next_path, "is_passkey_possible": True}
    return _mail_link(request, "hubs/people/sign_in.html", context, LinkPurpose.SIGN_IN, next_path)


@login_not_required
@never_cache
@form_page
def forgotten(request: HttpRequest) -> HttpResponse:
    """Mail a link that signs in and leads to choosing a new password."""
    return _mail_link(request, "hubs/people/forgotten.html", {}, LinkPurpose.PASSWORD, reverse("people:password"))


def _mail_link(
    request: HttpRequest, template: str, context: dict, purpose: LinkPurpose, next_path: str
) -> HttpResponse:
    form = EmailForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        ip = accounts.network_address(request)
        try:
            operations.send_sign_in_link(email=email, next_path=next_path, purpose=purpose, ip=ip, at=timezone.now())
        except operations.CannotSendLink as no:
            form.add_error(None, no.reason)
        else:
            return _sent(request, email)
    return render(request, template, context | {"form": form}, status=422 if form.errors else 200)


def _sent(request: HttpRequest, email: str) -> HttpResponse:
    request.session[_SENT_TO] = email
    answer = redirect("people:sign-in-sent")
    answer.status_code = 303
    return answer


@login_not_required
@never_cache
@reads
def sent(request: HttpRequest) -> HttpResponse:
    """Say that a link is on its way, if the address is known."""
    return render(request, "hubs/people/sent.html", {"email": request.session.get(_SENT_TO, "")})


@login_not_required
@never_cache
@form_page
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Show whom the link signs in, and a button that does it. Mail scanners open links: opening changes nothing."""
    now = timezone.now()
    if request.method == "POST":
        try:
            used = operations.use_link(token=token, at=now)
        except operations.CannotUseLink as no:
            return _link_page(request, token, reason=no.reason, status=422)
        return accounts.sign_in(request, user=used.user, next_path=used.next_path)
    return _link_page(request, token)


def _link_page(request: HttpRequest, token: str, *, reason: str = "", status: int = 200) -> HttpResponse:
    mailed = queries.link_of(token=token, at=timezone.now())
    is_open = mailed is not None and mailed.state == LinkState.OPEN
    if mailed and not is_open and request.user.is_authenticated and request.user.pk == mailed.user_id:
        # Opened a second time by the person it belongs to, who is in already.
        return redirect(mailed.next_path or "home")
    if status == 200 and not is_open:
        status = 410 if mailed else 404
    context = {"mailed": mailed, "is_open": is_open, "reason": reason, "token": token}
    return render(request, "hubs/people/link.html", context, status=status)


@login_not_required
@never_cache
@writes
def new_link(request: HttpRequest, token: str) -> HttpResponse:
    """Mail a fresh link to the owner of a used or late one."""
    try:
        operations.resend_link(token=token, at=timezone.now())
    except operations.CannotSendLink as no:
        return _link_page(request, token, reason=no.reason, status=422)
    mailed = queries.link_of(token=token, at=timezone.now())
    return _sent(request, mailed.email if mailed else "")
