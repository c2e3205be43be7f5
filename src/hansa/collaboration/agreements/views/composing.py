"""Choosing clauses inside the forms of the terms, and seeing at once what they cover."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from hansa.collaboration.agreements import forms
from hansa.collaboration.agreements.queries import covering
from hansa.collaboration.agreements.queries.composing import pulled
from hansa.collaboration.agreements.queries.library import Instrument
from hansa.collaboration.partnering import queries as partnering

_FIELDS = "collaboration/agreements/terms_fields.html"


def tried(request: HttpRequest, of: Instrument) -> tuple[QueryDict | None, bool]:
    """Return what was sent, and whether it only asks what it would cover (``check``) or takes clauses in (``add``)."""
    if request.method != "POST":
        return None, False
    data = request.POST.copy()
    added = [key for key in data.get("add", "").split(",") if of.clause(key)]
    for key in added:
        data.appendlist("clauses", key)
        for name, value in covering.answers_that_take_in(of, key).items():
            data[name] = {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
    return data, bool(added) or "check" in data


def composition_of(form: forms.TermsForm, case: Any) -> covering.Composition:
    """Return what the form holds so far as the page shows it."""
    if form.is_bound:
        form.is_valid()
    return covering.composition(form.instrument, partnering.scenario_of(case), form.clauses, form.values)


def answer(request: HttpRequest, page: str, context: dict[str, Any]) -> HttpResponse:
    """Show the page again with what was typed, or only its clauses when htmx asks for them."""
    is_part = request.htmx and request.htmx.target == "composer"
    return render(request, f"{_FIELDS}#composer" if is_part else page, context)


def tell_what_came(request: HttpRequest, form: forms.TermsForm) -> None:
    """Say which clauses came with those that were chosen."""
    for one in pulled(form.instrument, form.clauses):
        messages.info(request, one.told(form.instrument))
