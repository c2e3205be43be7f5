"""The page that an organisation reaches from its mail: it agrees to be suggested, or not. It needs no account."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hansa.collaboration.matchmaking import forms, operations, queries
from hansa.foundation.pages import form_page
from hansa.foundation.policies import Refusal


@login_not_required
@form_page
def key(request: HttpRequest, key: str) -> HttpResponse:
    """Opening it does nothing: some mail programs open links by themselves."""
    match = queries.match_by_key(operations.digest_of(key))
    if match is None:
        return render(request, "collaboration/matchmaking/key_over.html", {}, status=404)
    form = forms.KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            operations.answer_by_key(
                match, agrees=given["answer"] != "no", level=given["answer"], name=given["name"], at=timezone.now()
            )
        except Refusal as no:
            form.add_error(None, no.reason)
        else:
            context = {"match": match, "agrees": given["answer"] != "no"}
            return render(request, "collaboration/matchmaking/key_thanks.html", context)
    context = {"match": match, "form": form, "shown": queries.shown_if_agreed(match)}
    return render(request, "collaboration/matchmaking/key.html", context, status=422 if form.errors else 200)
