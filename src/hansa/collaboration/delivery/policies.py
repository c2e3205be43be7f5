"""Who may do what in a collaboration. Source: BP-JD."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hansa.collaboration.delivery.models import Collaboration, Document, Milestone, Task
from hansa.collaboration.partnering.states import RequestState
from hansa.foundation.actors import Actor
from hansa.foundation.policies import YES, No, Verdict, first_no


def works_for_a_party(actor: Actor, collaboration: Collaboration) -> Verdict:
    """YES for managers and staff of a hub of the team."""
    if actor.works_for_hub and actor.hub_id in collaboration.party_ids:
        return YES
    return No(_("Only people of the team's hubs can do this."))


def _leads(actor: Actor, collaboration: Collaboration) -> Verdict:
    if actor.works_for_hub and actor.hub_id == collaboration.request.lead_id:
        return YES
    return No(_("Only the lead hub can do this."))


def _is_running(collaboration: Collaboration) -> Verdict:
    if collaboration.request.state == RequestState.DELIVERING:
        return YES
    if collaboration.request.state == RequestState.CONFIRMING and collaboration.request.client_id is None:
        return No(_("The development is done and the launch has begun."))
    if collaboration.request.state == RequestState.CONFIRMING:
        return No(_("The results wait for the client. Nothing changes until the client answered."))
    return No(_("This case is closed, so nothing changes here any more."))


def can_work(actor: Actor, collaboration: Collaboration) -> Verdict:
    """Whether the actor may add tasks, files and results now."""
    return first_no(works_for_a_party(actor, collaboration), _is_running(collaboration))


def can_change_work_of(actor: Actor, collaboration: Collaboration, *, hub_id: int) -> bool:
    """Whether the actor may now change what this hub of the team works on: its own people and the lead may."""
    return bool(can_work(actor, collaboration)) and actor.hub_id in {hub_id, collaboration.request.lead_id}


def can_change_task(actor: Actor, task: Task) -> Verdict:
    """The owner's hub and the lead may tick, move or remove a task."""
    if can_change_work_of(actor, task.collaboration, hub_id=task.hub_id):
        return YES
    refusal = No(_("Only %(hub)s or the lead can change this task.") % {"hub": task.hub.name})
    return first_no(can_work(actor, task.collaboration), refusal)


def can_remove_document(actor: Actor, document: Document) -> Verdict:
    """The same for a file."""
    if can_change_work_of(actor, document.collaboration, hub_id=document.hub_id):
        return YES
    refusal = No(_("Only %(hub)s or the lead can remove this file.") % {"hub": document.hub.name})
    return first_no(can_work(actor, document.collaboration), refusal)


def can_report(actor: Actor, collaboration: Collaboration) -> Verdict:
    """Whether the lead may hand the results to the client."""
    return first_no(_leads(actor, collaboration), _is_running(collaboration))


def can_confirm(actor: Actor, collaboration: Collaboration) -> Verdict:
    """Whether the client may say that the results are right."""
    if collaboration.request.client_id not in actor.client_ids:
        return No(_("Only the client can confirm the results."))
    if collaboration.request.state != RequestState.CONFIRMING:
        return No(_("There is nothing to confirm yet: the lead hub has not handed over results."))
    return No(_("You confirmed these results already.")) if collaboration.confirmed_at else YES


def can_give_feedback(actor: Actor, collaboration: Collaboration) -> Verdict:
    """Everyone who took part, once results are handed over."""
    took_part = (
        collaboration.request.client_id in actor.client_ids
        or (actor.hub_id in collaboration.party_ids and bool(actor.hub_roles))
    )  # fmt: skip
    if not took_part:
        return No(_("Only those who took part can give feedback."))
    if collaboration.request.state not in {RequestState.CONFIRMING, RequestState.CLOSED}:
        if collaboration.request.client_id is None:
            return No(_("Feedback opens when the launch begins."))
        return No(_("Feedback opens when the results are handed to the client."))
    return YES


def can_close(actor: Actor, collaboration: Collaboration, *, n_offering: int = 0) -> Verdict:
    """The lead closes, after the client confirmed; a new service, once a hub offers it.

    :param n_offering: how many hubs offer the new service
    """
    if collaboration.closed_at:
        return No(_("This case is closed."))
    verdict = _leads(actor, collaboration)
    if verdict and collaboration.request.client_id is None:
        is_launched = collaboration.request.state == RequestState.CONFIRMING and n_offering
        return YES if is_launched else No(_("The case can be closed once at least one hub offers the service."))
    if verdict and not collaboration.confirmed_at:
        return No(_("The case can be closed once the client confirmed the results."))
    return verdict


def can_stop(actor: Actor, collaboration: Collaboration, *, is_stopped: bool) -> Verdict:
    """The lead ends a running case after it was decided at a milestone to stop."""
    verdict = first_no(_leads(actor, collaboration), _is_running(collaboration))
    if verdict and not is_stopped:
        return No(_("Decide at a milestone first that the work stops."))
    return verdict


def can_plan(actor: Actor, collaboration: Collaboration) -> Verdict:
    """The lead sets milestones while the work runs."""
    return first_no(_leads(actor, collaboration), _is_running(collaboration))


def can_decide(actor: Actor, milestone: Milestone) -> Verdict:
    """Whoever was named decides on an open milestone: the people of that hub, or the client."""
    collaboration = milestone.collaboration
    if milestone.decider is None:
        is_decider = collaboration.request.client_id in actor.client_ids
        refusal = _("Only the client decides at this milestone.")
    else:
        is_decider = actor.works_for_hub and actor.hub_id == milestone.decider_id
        refusal = _("Only %(hub)s decides at this milestone.") % {"hub": milestone.decider.name}
    if not is_decider:
        return No(refusal)
    if not milestone.is_open:
        return No(_("This milestone was decided already."))
    return _is_running(collaboration)


def can_log_time(actor: Actor, collaboration: Collaboration) -> Verdict:
    """People of the team's hubs enter hours until the case is closed."""
    if collaboration.closed_at:
        return first_no(works_for_a_party(actor, collaboration), No(_("The case is closed, so no hours are added.")))
    return works_for_a_party(actor, collaboration)


def can_report_change(actor: Actor, collaboration: Collaboration) -> Verdict:
    """People of the team and the client say what changed for the client, until the case is closed."""
    if not works_for_a_party(actor, collaboration) and not speaks_for_client(actor, collaboration):
        return No(_("Only people of the team's hubs and the client can do this."))
    if collaboration.closed_at:
        return No(_("This case is closed, so nothing changes here any more."))
    return YES


def speaks_for_client(actor: Actor, collaboration: Collaboration) -> bool:
    """Whether the actor speaks for the client of the case."""
    return collaboration.request.client_id is not None and collaboration.request.client_id in actor.client_ids


def can_accept(actor: Actor, collaboration: Collaboration) -> Verdict:
    """The client accepts what is handed over; in a case without client the lead does."""
    if collaboration.request.client_id is None:
        return first_no(_leads(actor, collaboration), _is_running(collaboration))
    if not speaks_for_client(actor, collaboration):
        return No(_("Only the client can accept this or send it back."))
    return _is_running(collaboration)


def can_check_maturity(actor: Actor, collaboration: Collaboration) -> Verdict:
    """The client, or its own hub for it, says how mature it is, until the case is closed."""
    if collaboration.request.client_id is None:
        return No(_("This case has no client whose maturity could be checked."))
    if not speaks_for_client(actor, collaboration) and not _leads(actor, collaboration):
        return No(_("Only the client and its hub can answer this."))
    return YES if not collaboration.closed_at else No(_("This case is closed, so nothing changes here any more."))


def can_tell(actor: Actor, collaboration: Collaboration) -> Verdict:
    """The lead writes the story, once there are results to tell of."""
    if collaboration.request.state not in {RequestState.CONFIRMING, RequestState.CLOSED}:
        return first_no(
            _leads(actor, collaboration), No(_("A story can be written once the results are with the client."))
        )
    return _leads(actor, collaboration)
