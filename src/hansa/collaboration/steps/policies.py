"""Who works on the general steps of a case."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from hansa.collaboration.partnering import policies as partnering
from hansa.collaboration.scenarios.states import OPEN_STATES, ScenarioStep
from hansa.foundation.actors import Actor
from hansa.foundation.policies import YES, No, Verdict


def sides_of(step: ScenarioStep, *, lead_id: int, partner_ids: Collection[int]) -> list[int | None]:
    """Return the sides that must answer: hubs by id, the client as None."""
    if step.turn == "client":
        return [None]
    partners = [] if step.turn == "lead" else sorted(partner_ids)
    lead = [] if step.turn == "partners" else [lead_id]
    return [*lead, *partners]


def side_of(actor: Actor, request: object) -> int | None:
    """Return the side the person acts for: its hub, or None for the client."""
    if partnering.speaks_for_client(actor, request):  # type: ignore[arg-type]
        return None
    return actor.hub_id


def can_answer(actor: Actor, request: object, step: ScenarioStep, *, sides: Collection[int | None]) -> Verdict:
    """Whether the person may hand in what a step that is open asks for."""
    if request.state not in OPEN_STATES:  # type: ignore[attr-defined]
        return No(_("This case is over."))
    if partnering.speaks_for_client(actor, request):  # type: ignore[arg-type]
        return YES if None in sides else No(_("This step is for the hubs."))
    if actor.works_for_hub and actor.hub_id in sides:
        return YES
    return No(_("This step is for others."))


def can_read_answers(actor: Actor, request: object, step: ScenarioStep, *, hub_id: int | None) -> bool:
    """Whether the person reads what a side handed in.

    The lead reads everything; the client what its own steps hold; a partner its own words, and those of hubs in steps
    for all hubs. What the client or the lead alone wrote never reaches a partner from here.
    """
    if partnering.leads(actor, request):  # type: ignore[arg-type]
        return True
    if partnering.speaks_for_client(actor, request):  # type: ignore[arg-type]
        return bool(step.names.client)
    return actor.works_for_hub and (hub_id == actor.hub_id or step.turn in {"partners", "all"}) and hub_id is not None
