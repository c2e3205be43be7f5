"""The people of a hub: of the one acted for, and for a steward of any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.foundation.pages import form_page, reads, writes
from hansa.foundation.policies import Verdict
from hansa.hubs.directory import queries as hubs
from hansa.hubs.people import operations, policies, queries
from hansa.hubs.people.forms import EndForm, InviteForm, RolesForm
from hansa.hubs.people.states import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The hub whose people are shown. ``slug`` is empty for the hub one acts for, which has addresses of its own."""

    id: int
    name: str
    slug: str = ""

    def address(self, page: str, user_id: int | None = None) -> str:
        given = {"slug": self.slug} if self.slug else {}
        person = {} if user_id is None else {"user_id": user_id}
        return reverse(f"people:{page}-of" if self.slug else f"people:{page}", kwargs=given | person)

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        """The way a steward came: the hubs, then this one."""
        return [(_("Hubs"), reverse("directory:list")), (self.name, reverse("directory:profile", args=[self.slug]))]

    @property
    def people_url(self) -> str:
        return self.address("people")

    @property
    def invite_url(self) -> str:
        return self.address("invite")


def _home(request: HttpRequest, slug: str) -> Home:
    """Return the hub of the address; who may not see its people finds no such page."""
    actor = request.actor
    if not slug:
        if actor.hub_id is None:
            raise Http404
        return Home(id=actor.hub_id, name=actor.hub_name)
    # Asked before the hub is looked up: the answer to a stranger must not depend on whether it exists.
    found = hubs.hub_by_slug(slug) if policies.is_steward(actor) else None
    if found is None:
        raise Http404
    return Home(id=found.pk, name=found.name, slug=slug)


def _done(request: HttpRequest, message: str, to: str) -> HttpResponse:
    messages.success(request, message)
    answer = redirect(to)
    answer.status_code = 303
    return answer


def _can_manage(request: HttpRequest, home: Home, members: list[queries.Member]) -> Verdict:
    managers = [member.name for member in members if Role.MANAGER in member.roles]
    return policies.can_manage_hub(request.actor, home.id, ask=managers)


@reads
def people(request: HttpRequest, slug: str = "") -> HttpResponse:
    """List the people of the hub with their roles."""
    home = _home(request, slug)
    members = queries.members_of(home.id)
    rows = [(member, home.address("member", member.user_id)) for member in members]
    context = {"home": home, "rows": rows, "can_manage": _can_manage(request, home, members)}
    return render(request, "hubs/people/people.html", context)


@form_page
def invite(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Invite a person into the hub; the first one manages it."""
    home = _home(request, slug)
    members = queries.members_of(home.id)
    first = {} if members else {"initial": {"roles": [Role.MANAGER, Role.SIGNATORY]}}
    form = InviteForm(request.POST or None, **first)
    if form.is_valid():
        try:
            user = operations.invite_member(hub_id=home.id, by=request.actor, at=timezone.now(), **form.cleaned_data)
        except operations.CannotInvite as no:
            form.add_error(None, no.reason)
        else:
            words = _("%(name)s belongs to %(hub)s now, and a link is on its way.")
            return _done(request, words % {"name": user, "hub": home.name}, home.people_url)
    context = {
        "home": home,
        "form": form,
        "is_first": not members,
        "can_manage": _can_manage(request, home, members),
    }
    return render(request, "hubs/people/invite.html", context, status=422 if form.errors else 200)


@form_page
def member(request: HttpRequest, user_id: int, slug: str = "") -> HttpResponse:
    """Show a person of the hub; change their roles."""
    home = _home(request, slug)
    members = queries.members_of(home.id)
    shown = _find(members, user_id)
    form = RolesForm(request.POST or None, initial={"roles": shown.roles})
    if form.is_valid():
        roles = form.cleaned_data["roles"]
        try:
            operations.change_roles(hub_id=home.id, user_id=user_id, roles=roles, by=request.actor, at=timezone.now())
        except operations.CannotChangeRoles as no:
            form.add_error(None, no.reason)
        else:
            return _done(request, _("The roles were changed."), home.people_url)
    return _member_page(request, home, members, shown, roles_form=form)


@writes
def end(request: HttpRequest, user_id: int, slug: str = "") -> HttpResponse:
    """End a person's membership, and hand over what only they could do."""
    home = _home(request, slug)
    members = queries.members_of(home.id)
    shown = _find(members, user_id)
    form = EndForm(request.POST, others=_others(members, user_id))
    if form.is_valid():
        to = form.cleaned_data["successor"]
        try:
            operations.end_membership(
                hub_id=home.id, user_id=user_id, by=request.actor, at=timezone.now(), successor_id=to
            )
        except operations.CannotEnd as no:
            form.add_error(None, no.reason)
        else:
            has_left = user_id == request.actor.user_id and not slug
            after = reverse("people:account") if has_left else home.people_url
            return _done(request, _("%(name)s no longer belongs to the hub.") % {"name": shown.name}, after)
    return _member_page(request, home, members, shown, end_form=form)


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
    home: Home,
    members: list[queries.Member],
    shown: queries.Member,
    *,
    roles_form: RolesForm | None = None,
    end_form: EndForm | None = None,
) -> HttpResponse:
    managers = [member.name for member in members if Role.MANAGER in member.roles]
    user_id = shown.user_id
    context: dict[str, Any] = {
        "home": home,
        "member": shown,
        "member_url": home.address("member", user_id),
        "end_url": home.address("end", user_id),
        "is_you": user_id == request.actor.user_id,
        "can_manage": policies.can_manage_hub(request.actor, home.id, ask=managers),
        "can_leave": policies.can_leave(request.actor, user_id, home.id, ask=managers),
        "roles_form": roles_form or RolesForm(initial={"roles": shown.roles}),
        "end_form": end_form or EndForm(others=_others(members, user_id)),
        "must_hand_over": any(_is_only(members, user_id, role) for role in (Role.MANAGER, Role.SIGNATORY)),
    }
    refused = any(form is not None and form.errors for form in (roles_form, end_form))
    return render(request, "hubs/people/member.html", context, status=422 if refused else 200)


def _is_only(members: list[queries.Member], user_id: int, role: str) -> bool:
    return {member.user_id for member in members if role in member.roles} == {user_id}
