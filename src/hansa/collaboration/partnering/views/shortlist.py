"""Who covers what, the team, the proposed team and the candidates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django_htmx.http import trigger_client_event

from hansa.collaboration.partnering import forms, operations, policies, queries
from hansa.collaboration.partnering.states import Anonymity, PartnerMode
from hansa.collaboration.partnering.views.answers import go, see
from hansa.collaboration.partnering.views.cases import frame, load_led
from hansa.foundation.fragments import fragment
from hansa.foundation.pages import form_page, reads, writes
from hansa.foundation.policies import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Hubs that just came into the team, and hubs that just left it."""

    added: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()

    @property
    def opposite(self) -> str:
        """What the button that undoes it sends: hubs to add, hubs to drop."""
        return f"{','.join(map(str, self.dropped))};{','.join(map(str, self.added))}"


def _page(
    request: HttpRequest, case: Any, *, change: Change = Change(), status: int = 200, reason: str = ""
) -> HttpResponse:
    board = queries.shortlist_page(case, case.pick_ids, queries.live_invitations(case))
    may_pick = policies.can_pick(request.actor, case)
    changed = queries.team_change(change.added, change.dropped) if may_pick else ""
    context = frame(request, case, tab="shortlist") | {
        "reason": reason,
        "may_pick": may_pick,
        "board": board,
        "board_html": _board(case, board, may_pick, changed, change.opposite if changed else ""),
        "announced": _announced(board),
        "team_url": queries.address("partnering:team", case.ref),
    }
    partial = "#board" if request.htmx and request.htmx.target == "board" else ""
    answer = render(request, f"collaboration/partnering/shortlist.html{partial}", context, status=status)
    if partial and changed:
        trigger_client_event(answer, "toast", {"text": changed, "label": _("Undo"), "press": "undo"})
    return answer


def _board(case: Any, board: Any, may_pick: Any, changed: str, undo: str) -> SafeString:
    consent = queries.authorisation_of(case)
    held = policies.is_in_force(consent, at=timezone.now())
    return fragment(
        "collaboration/partnering/shortlist_board.html",
        of=board,
        may_pick=may_pick,
        changed=changed,
        undo=undo,
        is_invited=bool(case.invitation_rows),
        has_client=case.client is not None,
        mode=case.mode,
        modes=tuple(PartnerMode.choices),
        mode_url=queries.address("partnering:rank_by", case.ref),
        n_limits=len(case.limits),
        level=str(Anonymity(consent.level).label) if held and consent is not None else _("Nothing yet"),
        text=case.text,
        language=case.language,
        timing=case.timing,
        budget_eur=case.budget_eur,
        need_url=queries.address("partnering:request", case.ref),
        invite_url=queries.address("partnering:invite", case.ref),
        limits_url=queries.address("partnering:limits", case.ref),
        leave_url=queries.address("partnering:leave_out", case.ref),
        belongings_url=queries.address("partnering:belongings", case.ref),
    )


def _announced(board: Any) -> str:
    """What a screen reader hears after a change of the team."""
    if not board.team:
        return _("Nobody is in the team")
    facts = {"n": len(board.team["members"]), "covered": board.team["covered"], "total": board.team["total"]}
    return _("%(n)s hubs cover %(covered)s of %(total)s needs") % facts


@reads
def shortlist(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the board. After a change of the team without scripts the address says what changed, to be undone."""
    case = load_led(request, ref)
    if policies.finds_match(case):
        return go(queries.page_of_state(case))
    picked = set(case.pick_ids)
    added, dropped = _ids(request.GET, "added") & picked, _ids(request.GET, "dropped") - picked - {case.lead_id}
    return _page(request, case, change=Change(added=tuple(sorted(added)), dropped=tuple(sorted(dropped))))


def _ids(given: QueryDict, name: str) -> set[int]:
    """Return the hub ids sent under a name, one by one or joined by commas; anything else is no hub."""
    return {pk for value in given.getlist(name) for pk in _numbers(value)}


def _numbers(joined: str) -> set[int]:
    return {int(value) for value in joined.split(",") if value.isdecimal() and len(value) < 19}


@writes
def team(request: HttpRequest, ref: str) -> HttpResponse:
    """Change the team: the ticked hubs among those shown, and one more, or one less; or exactly the hubs of ``only``.

    ``shown`` lists the hubs whose boxes were on the page, ``hub`` those ticked; hubs not shown stay as they are.
    ``undo`` takes one change back, whatever is ticked.
    """
    case = load_led(request, ref)
    before = list(case.pick_ids)
    add, drop = _asked(request.POST, case)
    try:
        after = operations.pick_team(case, add=add, drop=drop, by=request.actor, at=timezone.now())
    except Refusal as no:
        return _page(request, load_led(request, ref), status=422, reason=no.reason)
    change = Change(
        added=tuple(pk for pk in after if pk not in before), dropped=tuple(pk for pk in before if pk not in after)
    )
    if request.htmx:
        return _page(request, load_led(request, ref), change=change)
    said = {"added": ",".join(map(str, change.added)), "dropped": ",".join(map(str, change.dropped))}
    query = urlencode({name: value for name, value in said.items() if value}, safe=",")
    return see("partnering:shortlist", ref, query=query, anchor="team")


def _asked(given: QueryDict, case: Any) -> tuple[set[int], set[int]]:
    """Return the hubs to add and the hubs to drop."""
    # A box that cannot be unticked sends nothing.
    fixed = set(queries.live_invitations(case))
    if "undo" in given:
        add, _semicolon, drop = given["undo"].partition(";")
        return _numbers(add), _numbers(drop)
    if "only" in given:
        wanted = _ids(given, "only")
        return wanted, set(case.pick_ids) - wanted - fixed
    shown, ticked = _ids(given, "shown"), _ids(given, "hub") - {case.lead_id}
    add, drop = _ids(given, "add"), _ids(given, "drop")
    return (ticked | add) - drop, ((shown - ticked - fixed) | drop) - add


def _set_limits(request: HttpRequest, case: Any, values: dict[str, Any]) -> HttpResponse:
    try:
        operations.set_limits(case, values, by=request.actor, at=timezone.now())
    except Refusal as no:
        return _page(request, load_led(request, case.ref), status=422, reason=no.reason)
    messages.success(request, _("The team is computed with these limits."))
    return see("partnering:shortlist", case.ref)


@reads
def belongings(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the facilities and past cases of the network that fit the need."""
    case = load_led(request, ref)
    context = frame(request, case, tab="shortlist") | {
        "fitting": queries.belongings_page(case),
        "shortlist_url": queries.address("partnering:shortlist", case.ref),
    }
    return render(request, "collaboration/partnering/belongings.html", context)


@form_page
def limits(request: HttpRequest, ref: str) -> HttpResponse:
    """Show and store the limits of the team search."""
    case = load_led(request, ref)
    board = queries.shortlist_page(case, case.pick_ids, queries.live_invitations(case))
    hubs = dict([*board.left_out, *((row["id"], row["name"]) for row in board.candidates)])
    if request.method == "POST":
        form = forms.LimitsForm(request.POST, hubs=list(hubs.items()))
        if form.is_valid():
            return _set_limits(request, case, form.limits())
    else:
        form = forms.LimitsForm(initial=case.limits, hubs=list(hubs.items()))
    context = frame(request, case, tab="shortlist") | {"form": form}
    return render(request, "collaboration/partnering/limits.html", context, status=422 if form.is_bound else 200)


@writes
def rank_by(request: HttpRequest, ref: str) -> HttpResponse:
    """Look for complementary hubs, or for similar ones."""
    case = load_led(request, ref)
    try:
        operations.rank_by(case, request.POST.get("mode", ""), by=request.actor, at=timezone.now())
    except Refusal as no:
        return _page(request, load_led(request, ref), status=422, reason=no.reason)
    return see("partnering:shortlist", ref, anchor="why-title")


@writes
def leave_out(request: HttpRequest, ref: str) -> HttpResponse:
    """Leave a hub out of the shortlist and of every proposed team, until the limits say otherwise."""
    case = load_led(request, ref)
    hubs = _ids(request.POST, "leave_out")
    values = {**case.limits, "excluded": sorted({*case.limits.get("excluded", []), *hubs})}
    return _set_limits(request, case, values if hubs else case.limits)
