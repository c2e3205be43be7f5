"""The scenarios of the network: all of them, one of them, what is said about it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hansa.collaboration.scenarios import forms, operations, policies, queries
from hansa.collaboration.scenarios.states import ProposalState, Scenario, problems
from hansa.foundation.pages import reads, run_form, writes

PAGE_SIZE = 20


def load(request: HttpRequest, scenario: str, version: str = "") -> Any:
    """Return a version this person may read, or 404."""
    found = queries.version_at(request.actor, scenario, version)
    if found is None:
        raise Http404
    return found


def place(name: str, *args: Any, anchor: str = "") -> str:
    address = reverse(f"scenarios:{name}", args=args)
    return f"{address}#{anchor}" if anchor else address


def see(name: str, *args: Any) -> HttpResponse:
    return HttpResponseRedirect(place(name, *args), status=303)


def list_page(
    request: HttpRequest, *, form: Any = None, reply: Any = None, answered: int = 0, status: int = 200
) -> HttpResponse:
    """Render the list, with the forms that were sent and refused."""
    if not policies.can_read_scenarios(request.actor):
        raise Http404
    proposals = Paginator(queries.proposals_for(request.actor), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "in_use": queries.newest_in_use(request.actor),
        "in_the_making": queries.in_the_making(request.actor),
        "proposals": list(proposals.object_list),
        "number": proposals.number,
        "n_pages": proposals.paginator.num_pages,
        "total": proposals.paginator.count,
        "may_propose": policies.can_propose(request.actor),
        "is_steward": policies.stewards(request.actor),
        "form": form or forms.ProposalForm(),
        "answer_form": reply or forms.AnswerForm(),
        "answered": answered,
        "waiting": ProposalState.NEW,
    }
    return render(request, "collaboration/scenarios/list.html", context, status=status)


@reads
def all_scenarios(request: HttpRequest) -> HttpResponse:
    return list_page(request)


@writes
def propose(request: HttpRequest) -> HttpResponse:
    return run_form(
        request,
        forms.ProposalForm(request.POST),
        lambda data: operations.propose(**data, by=request.actor, at=timezone.now()),
        done=_("The steward of the network has your proposal."),
        to=place("list", anchor="proposals"),
        again=lambda form: list_page(request, form=form, status=422),
    )


@writes
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = queries.proposals_for(request.actor).filter(pk=pk).first()
    if proposal is None or not policies.stewards(request.actor):
        raise Http404
    is_taken = "take" in request.POST
    return run_form(
        request,
        forms.AnswerForm(request.POST),
        lambda data: operations.answer_proposal(
            proposal, is_taken=is_taken, **data, by=request.actor, at=timezone.now()
        ),
        done=_("The hub reads your answer."),
        to=place("list", anchor="proposals"),
        again=lambda form: list_page(request, reply=form, answered=pk, status=422),
    )


def version_page(
    request: HttpRequest, version: Any, *, status: int = 200, reason: str = "", **bound: Any
) -> HttpResponse:
    """Render one version, with the forms that were sent and refused."""
    actor = request.actor
    scenario = queries.as_scenario(version)
    may_change = policies.can_change(actor, version)
    context = {
        "version": version,
        "scenario": scenario,
        "reason": reason,
        "drawing": queries.drawing_of(scenario),
        "steps": _steps(scenario),
        "problems": problems(scenario, base=queries.scenario(scenario.base)) if may_change else (),
        "versions": queries.versions_of(actor, version.key),
        "comments": queries.comments_on(version),
        "may_change": may_change,
        "may_submit": policies.can_submit(actor, version),
        "may_review": policies.can_review(actor, version),
        "may_retire": policies.can_retire(actor, version),
        "may_offer_again": policies.can_offer_again(actor, version),
        "is_steward": policies.stewards(actor),
        "copy_form": bound.get("copy_form") or forms.CopyForm(),
        "comment_form": bound.get("comment_form") or forms.CommentForm(),
        "send_back_form": bound.get("send_back_form") or forms.SendBackForm(),
    }
    return render(request, "collaboration/scenarios/scenario.html", context, status=status)


def _steps(scenario: Scenario) -> list[dict[str, Any]]:
    names = {step.key: step.names.hub for step in scenario.steps}
    turns, waits = dict(forms.TURN_CHOICES), dict(forms.WAITING_MOVES)
    return [
        {
            "step": step,
            "turn": turns[step.turn],
            "before": waits.get(step.before, "") if step.before else "",
            "after": [names.get(key, key) for key in step.after],
        }
        for step in scenario.steps
    ]


@reads
def show(request: HttpRequest, scenario: str, version: str = "") -> HttpResponse:
    return version_page(request, load(request, scenario, version))


@writes
def comment(request: HttpRequest, scenario: str, version: str) -> HttpResponse:
    found = load(request, scenario, version)
    return run_form(
        request,
        forms.CommentForm(request.POST),
        lambda data: operations.comment(found, **data, by=request.actor, at=timezone.now()),
        to=place("show", scenario, version, anchor="comments"),
        again=lambda form: version_page(request, found, comment_form=form, status=422),
    )
