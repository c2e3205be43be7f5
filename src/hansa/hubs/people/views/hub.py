"""The people of the hub one acts for."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.foundation.pages import form_page, reads, writes
from hansa.foundation.policies import Verdict
from hansa.hubs.people import operations, policies, queries
from hansa.hubs.people.forms import EndForm, InviteForm, RolesForm
from hansa.hubs.people.states import Role


def _hub_id(request: HttpRequest) -> int:
    if request.actor.hub_id is None:
        raise Http404
    return request.actor.hub_id


def _done(request: HttpRequest, message: str, to: str = "people:people") -> HttpResponse:
    messages.success(request, message)
    answer = redirect(to)
    answer.status_code = 303
    return answer


def _can_manage(request: HttpRequest, members: list[queries.Member]) -> Verdict:
    managers = [member.name for member in members if Role.MANAGER in member.roles]
    return policies.can_manage_hub(request.actor, _hub_id(request), ask=managers)


@reads
def people(request: HttpRequest) -> HttpResponse:
    """List the people of the hub with their roles."""
    members = queries.members_of(_hub_id(request))
    context = {"members": members, "can_manage": _can_manage(request, members)}
    return render(request, "hubs/people/people.html", context)


@form_page
def invite(request: HttpRequest) -> HttpResponse:
    """Invite a colleague."""
    form = InviteForm(request.POST or None)
    hub_id = _hub_id(request)
    if form.is_valid():
        try:
            user = operations.invite_member(hub_id=hub_id, by=request.actor, at=timezone.now(), **form.cleaned_data)
        except operations.CannotInvite as no:
            form.add_error(None, no.reason)
        else:
            return _done(request, _("%(name)s belongs to your hub now, and a link is on its way.") % {"name": user})
    verdict = _can_manage(request, queries.members_of(hub_id))
    context = {"form": form, "can_manage": verdict}
    return render(request, "hubs/people/invite.html", context, status=422 if form.errors else 200)


@form_page
def member(request: HttpRequest, user_id: int) -> HttpResponse:
    """Show a person of the hub; change their roles."""
    members = queries.members_of(_hub_id(request))
    shown = _find(members, user_id)
    form = RolesForm(request.POST or None, initial={"roles": shown.roles})
    if form.is_valid():
        roles, hub_id = form.cleaned_data["roles"], _hub_id(request)
        try:
            operations.change_roles(hub_id=hub_id, user_id=user_id, roles=roles, by=request.actor, at=timezone.now())
        except operations.CannotChangeRoles as no:
            form.add_error(None, no.reason)
        else:
            return _done(request, _("The roles were changed."))
    return _member_page(request, members, shown, roles_form=form)


@writes
def end(request: HttpRequest, user_id: int) -> HttpResponse:
    """End a person's membership, and hand over what only they could do."""
    hub_id = _hub_id(request)
    members = queries.members_of(hub_id)
    shown = _find(members, user_id)
    form = EndForm(request.POST, others=_others(members, user_id))
    if form.is_valid():
        to = form.cleaned_data["successor"]
        try:
            operations.end_membership(
                hub_id=hub_id, user_id=user_id, by=request.actor, at=timezone.now(), successor_id=to
            )
        except operations.CannotEnd as no:
            form.add_error(None, no.reason)
        else:
            after = "people:account" if user_id == request.actor.user_id else "people:people"
            return _done(request, _("%(name)s no longer belongs to the hub.") % {"name": shown.name}, after)
    return _member_page(request, members, shown, end_form=form)


def _find(members: list[queries.Member], user_id: int) -> queries.Member:
    """Return the person of the hub, or answer that there is none: people of other hubs do not exist here."""
    for member in members:
        if member.user_id == user_id:
            return member
    raise Http404


def _others(members: list[queries.Member], user_id: int) -> list[tuple[int, str]]:
    return [(member.user_id, member.name) for member in members if member.user_id != user_id]


def _member_page(
    request: HttpRequest,
    members: list[queries.Member],
    shown: queries.Member,
    *,
    roles_form: RolesForm | None = None,
    end_form: EndForm | None = None,
) -> HttpResponse:
    managers = [member.name for member in members if Role.MANAGER in member.roles]
    hub_id, user_id = _hub_id(request), shown.user_id
    context = {
        "member": shown,
        "is_you": user_id == request.actor.user_id,
        "can_manage": policies.can_manage_hub(request.actor, hub_id, ask=managers),
        "can_leave": policies.can_leave(request.actor, user_id, hub_id, ask=managers),
        "roles_form": roles_form or RolesForm(initial={"roles": shown.roles}),
        "end_form": end_form or EndForm(others=_others(members, user_id)),
        "must_hand_over": any(_is_only(members, user_id, role) for role in (Role.MANAGER, Role.SIGNATORY)),
    }
    refused = any(form is not None and form.errors for form in (roles_form, end_form))
    return render(request, "hubs/people/member.html", context, status=422 if refused else 200)


def _is_only(members: list[queries.Member], user_id: int, role: str) -> bool:
    return {member.user_id for member in members if role in member.roles} == {user_id}
