"""The own account: settings, password, sessions, data; and for which hub a person acts."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from hansa.foundation.pages import form_page, reads, writes
from hansa.hubs.people import accounts, operations, queries
from hansa.hubs.people.forms import PasswordForm, SettingsForm


def _done(request: HttpRequest, message: str, to: str = "people:account") -> HttpResponse:
    messages.success(request, message)
    answer = redirect(to)
    answer.status_code = 303
    return answer


@form_page
def account(request: HttpRequest) -> HttpResponse:
    """Show and save what a person says about themselves."""
    user = request.user
    initial = {"name": user.name, "job_title": user.job_title, "language": user.language, "theme": user.theme}
    form = SettingsForm(request.POST or None, initial=initial)
    if form.is_valid():
        operations.save_settings(user=user, **form.cleaned_data)
        with translation.override(user.language):
            answer = _done(request, _("Saved."))
        accounts.show_as(request, answer, language=user.language, theme=user.theme)
        return answer
    context = {
        "form": form,
        "organisations": queries.organisations_of(user),
        "factors": queries.factors_set_up(user),
        "has_password": user.has_usable_password(),
    }
    return render(request, "hubs/people/account.html", context, status=422 if form.errors else 200)


@never_cache
@reads
def my_data(request: HttpRequest) -> HttpResponse:
    """Give a person everything that is stored about them."""
    answer = JsonResponse(queries.my_data(request.user), json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="hansa_my-data.json"'
    return answer


@sensitive_post_parameters("old", "new")
@never_cache
@form_page
def password(request: HttpRequest) -> HttpResponse:
    """Set or change the password. Whoever came by a mailed link just now need not know the old one."""
    user = request.user
    asks_old = user.has_usable_password() and not accounts.signed_in_by_link_lately(request)
    form = PasswordForm(request.POST or None, user=user, asks_old=asks_old)
    if form.is_valid():
        operations.set_password(user=user, password=form.cleaned_data["new"], at=timezone.now())
        update_session_auth_hash(request, user)
        return _done(request, _("Your new password works from now on. Your other devices were signed out."))
    context = {"form": form, "has_password": user.has_usable_password()}
    return render(request, "hubs/people/password.html", context, status=422 if form.errors else 200)


@writes
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every other session of the person."""
    operations.sign_out_everywhere(user=request.user, at=timezone.now())
    update_session_auth_hash(request, request.user)
    return _done(request, _("You are signed out on all other devices."))


@writes
def act_for(request: HttpRequest, hub_id: int) -> HttpResponse:
    """Choose the hub to act for."""
    if hub_id not in {organisation.id for organisation in queries.organisations_of(request.user)}:
        raise Http404
    request.session["hub_id"] = hub_id
    answer = redirect(operations.safe_path(request.POST.get("next")) or "home")
    answer.status_code = 303
    return answer
