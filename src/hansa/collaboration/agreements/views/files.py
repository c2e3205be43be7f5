"""The agreement as a file: draft, sealed, checked."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from hansa.collaboration.agreements import forms
from hansa.collaboration.agreements.queries import evidence, reading, typesetting
from hansa.collaboration.agreements.queries.shelf import instrument_of
from hansa.collaboration.agreements.states import AgreementState
from hansa.collaboration.agreements.views.page import MOST_VERSIONS, frame, load
from hansa.foundation.pages import form_page, reads

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _name(agreement: Any, *, day: Any, kind: str) -> str:
    return f"hansa_{kind}-{agreement.request.ref}_{day:%Y-%m-%d}_en.pdf"


@reads
def draft_file(request: HttpRequest, ref: str) -> HttpResponse:
    """The current version as a PDF that says on every page that it is not signed."""
    agreement = load(request, ref)
    version = reading.version_of(agreement)
    if version is None or agreement.state == AgreementState.IN_FORCE:
        raise Http404
    content = typesetting.as_pdf(evidence.draft_document(agreement, version), at=version.created_at)
    response = HttpResponse(content, content_type="application/pdf")
    name = _name(agreement, day=version.created_at, kind=f"draft-agreement-v{version.number}")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@reads
def file_to_sign(request: HttpRequest, ref: str) -> FileResponse:
    """The current version for signing in a tool of one's own, to the byte as it must come back."""
    agreement = load(request, ref)
    version = reading.version_of(agreement)
    if version is None or not version.copy or agreement.state != AgreementState.SIGNING:
        raise Http404
    name = _name(agreement, day=version.created_at, kind=f"agreement-v{version.number}-to-sign")
    return FileResponse(version.copy.open("rb"), as_attachment=True, filename=name, content_type="application/pdf")


@reads
def word_file(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """A version for word processors."""
    # Imported here: no other page needs the library that writes such files.
    from hansa.collaboration.agreements.queries.word import as_docx

    agreement = load(request, ref)
    version = reading.version_of(agreement, number=number) if number <= MOST_VERSIONS else None
    if version is None:
        raise Http404
    text = instrument_of(agreement)
    content = as_docx(
        version, title=text.title, notice=text.notice, case_ref=ref, language=text.language, at=version.created_at
    )
    response = HttpResponse(content, content_type=_DOCX)
    name = _name(agreement, day=version.created_at, kind=f"agreement-v{number}").replace(".pdf", ".docx")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@reads
def file(request: HttpRequest, ref: str) -> FileResponse:
    """The sealed file, for the people of the parties."""
    agreement = load(request, ref)
    sealed = getattr(agreement, "sealed_file", None)
    if sealed is None:
        raise Http404
    name = _name(agreement, day=agreement.in_force_at, kind="agreement")
    return FileResponse(sealed.file.open("rb"), as_attachment=True, filename=name, content_type="application/pdf")


@reads
def evidence_file(request: HttpRequest, ref: str) -> FileResponse:
    """The record of how the agreement came about, for the people of the parties."""
    agreement = load(request, ref)
    sealed = getattr(agreement, "sealed_file", None)
    if sealed is None or not sealed.evidence:
        raise Http404
    name = _name(agreement, day=agreement.in_force_at, kind="agreement-evidence")
    return FileResponse(sealed.evidence.open("rb"), as_attachment=True, filename=name, content_type="application/pdf")


@form_page
def check(request: HttpRequest, ref: str) -> HttpResponse:
    """Say whether a file holds: the one stored here, or one that somebody sends."""
    # Imported here: no other page needs the library that checks seals.
    from hansa.collaboration.agreements.operations.stamping import stamping, trust
    from hansa.collaboration.agreements.queries.validation import check_file

    agreement = load(request, ref)
    sealed = getattr(agreement, "sealed_file", None)
    form = forms.CheckForm(request.POST or None, request.FILES or None)
    is_sent = request.method == "POST"
    content = None
    if not is_sent and sealed:
        with sealed.file.open("rb") as stored:
            content = stored.read()
    elif is_sent and form.is_valid():
        content = form.cleaned_data["file"].read()
    report = None if content is None else check_file(content, trust=trust(), copy_of=reading.copy_of)
    context = frame(request, agreement) | {
        "form": form,
        "report": report,
        "is_sent": is_sent,
        "is_this_case": report is not None and report.case_ref == ref,
        "sealed_file": sealed,
        "own_clock": sealed is not None and sealed.stamped_by == stamping().name,
    }
    return render(
        request, "collaboration/agreements/check.html", context, status=422 if is_sent and not form.is_valid() else 200
    )


@reads
def certificate(request: HttpRequest, ref: str) -> HttpResponse:
    """The certificate that a validator elsewhere has to trust."""
    load(request, ref)
    from hansa.collaboration.agreements.operations.seal_keys import seal_keys

    response = HttpResponse(seal_keys().authority, content_type="application/x-pem-file")
    response["Content-Disposition"] = 'attachment; filename="hansa-seal-authority.pem"'
    return response
