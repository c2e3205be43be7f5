"""How a view may touch the database, ``@reads`` for GET pages and ``@writes`` for the acts; and how it answers a form."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import connection, transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect

from hansa.foundation.policies import Refusal

View = Callable[..., HttpResponse]
_READING = ("SELECT", "WITH", "SAVEPOINT", "RELEASE", "SET", "SHOW", "DECLARE", "FETCH", "CLOSE")


class WriteInRead(RuntimeError):
    """A page that promised to read tried to write."""


def _refuse_writes(execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
    if not str(sql).lstrip(" (\n\t").upper().startswith(_READING):
        raise WriteInRead(f"A reading page ran: {sql}")
    return execute(sql, params, many, context)


def reads(view: View) -> View:
    """Allow GET and HEAD only; any statement that is not a read raises."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        with connection.execute_wrapper(_refuse_writes):
            return view(request, *args, **kwargs)

    return page


def writes(view: View) -> View:
    """Allow POST only, in one transaction. An operation that refuses undoes its own savepoint, not the page."""

    @wraps(view)
    def act(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return act


def form_page(view: View) -> View:
    """Join both: GET shows the form (reads only), POST acts in one transaction."""
    reading, writing = reads(view), writes(view)

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return writing(request, *args, **kwargs) if request.method == "POST" else reading(request, *args, **kwargs)

    return page


def run_form(
    request: HttpRequest,
    form: Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    done: str = "",
    to: str,
    again: Callable[[Form], HttpResponse],
) -> HttpResponse:
    """Run one operation with what a form holds and go to ``to``; or show the page ``again`` with what was typed.

    The reason of a refusal stands among the form's errors then. ``done`` is said on the page that follows.
    """
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Refusal as no:
            form.add_error(None, no.reason)
        else:
            if done:
                messages.success(request, done)
            return HttpResponseRedirect(to, status=303)
    return again(form)
