"""The certificate of one grant: issue it, take it back, read it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.aid import forms, operations, queries
from hansa.collaboration.aid.views.service import load, see, show_service
from hansa.foundation.pages import reads, writes
from hansa.foundation.policies import Refusal


@writes
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    record, form = load(request, pk), forms.IssueForm(request.POST)
    if form.is_valid():
        try:
            operations.issue(record, function=form.cleaned_data["function"], by=request.actor, at=timezone.now())
        except Refusal as no:
            form.add_error(None, no.reason)
        else:
            messages.success(request, _("Certificate issued. The client finds it on its own page."))
            return see(pk)
    return show_service(request, record, status=422, issue_form=form)


@writes
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    record = load(request, pk)
    try:
        operations.withdraw_certificate(record, by=request.actor, at=timezone.now())
    except Refusal as no:
        return show_service(request, record, status=422, reason=no.reason)
    messages.success(request, _("Certificate withdrawn."))
    return see(pk)


@reads
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate as PDF, for the hub and for the client it is about."""
    own = queries.certificates_of_clients(request.actor).filter(record_id=pk).first()
    found = own or queries.certificate_of(load(request, pk))
    if found is None:
        raise Http404
    return pdf(queries.certificate_pdf(found), name=f"hansa_certificate-{pk}_{found.issued_at:%Y-%m-%d}_en.pdf")


def pdf(content: bytes, *, name: str) -> HttpResponse:
    """Return a document to download."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
