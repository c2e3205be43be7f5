"""Pages for what went wrong: what happened, what was kept, what to do, and a reference."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

logger = logging.getLogger("hansa.web")


def _reference() -> str:
    """Return a short reference a person can read out, without letters that look alike."""
    return "".join(secrets.choice("23456789ABCDEFGHJKMNPQRSTUVWXYZ") for _ in range(7))


def _page(request: HttpRequest, status: int, **words: Any) -> HttpResponse:
    reference = _reference()
    logger.warning("Error page %s, reference %s: %s %s", status, reference, request.method, ascii(request.path))
    return render(request, "error.html", {"status": status, "reference": reference, **words}, status=status)


def unreadable(request: HttpRequest) -> HttpResponse:
    """Answer input that is no text. Runs before the session and the language are known, so it needs neither."""
    with translation.override(translation.get_language_from_request(request, check_path=True)):
        body = render_to_string("error_plain.html", {"reference": _reference(), "language": translation.get_language()})
    return HttpResponse(body, status=400)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        400,
        title=_("We could not read that"),
        happened=_("What your browser sent does not fit this page. It may have been too large, or changed on its way."),
        kept=_("Nothing was changed."),
        todo=_("Go back, check what you entered, and try again."),
    )


def not_signed_or_stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or old (Django's CSRF failure view)."""
    return _page(
        request,
        403,
        title=_("This form has expired"),
        happened=_("You signed in or out in another tab since you opened it, or your browser refuses cookies."),
        kept=_("Nothing was sent. Your text is still in the form when you go back."),
        todo=_("Go back, reload the page, and send it again. If cookies are off, allow them for this site."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    reason = str(exception or "")
    return _page(
        request,
        403,
        title=_("Your role does not allow this"),
        happened=reason or _("This page needs a role that you do not have in the organisation you act for now."),
        kept=_("Nothing was changed."),
        todo=_("Ask the manager of your hub, or the network's steward, to give you the role."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        404,
        title=_("This page does not exist, or is not yours to see"),
        happened=_("The address may be old or mistyped, or it belongs to another organisation."),
        kept="",
        todo=_("Check the address, or start again from the home page."),
    )


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(
        request,
        429,
        title=_("Too many tries in a short time"),
        happened=_("To protect accounts we pause after several tries."),
        kept=_("Nothing was changed."),
        todo=_("Wait a few minutes, then try again."),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Answer an unexpected error. Trusts nothing: no session, no database, no frame."""
    reference = _reference()
    logger.error("Unexpected error, reference %s: %s %s", reference, request.method, ascii(request.path))
    context = {"reference": reference, "language": translation.get_language(), "is_our_fault": True}
    return HttpResponse(render_to_string("error_plain.html", context), status=500)
