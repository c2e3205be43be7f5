"""One case as a hub of its team sees it here: who takes part, in which role, on which agreement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from hansa.collaboration.agreements import queries as agreements
from hansa.collaboration.agreements.states import OPEN_STATES as OPEN_AGREEMENT
from hansa.collaboration.delivery import queries as delivery
from hansa.collaboration.partnering import queries as partnering
from hansa.collaboration.partnering.states import MOVES
from hansa.collaboration.scenarios.states import Role, Scenario
from hansa.collaboration.shares.states import HOURS_A_DAY
from hansa.foundation.actors import Actor
from hansa.hubs.directory import queries as directory
from hansa.hubs.directory.states import DEFAULT_DAY_RATE_EUR

NOT_IN_TEAM = _("Only people of the team's hubs can do this.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What an hour of a hub costs; ``is_stated`` is False where the network's default stands in."""

    day_eur: Decimal
    is_stated: bool

    def cost(self, hours: Decimal) -> Decimal:
        return (hours * self.day_eur / HOURS_A_DAY).quantize(Decimal("0.01"))


@dataclass(frozen=True, slots=True)
class Signed:
    """An amount with its sign apart, so that the sign stands before the currency."""

    sign: str
    size: Decimal


def signed(amount: Decimal) -> Signed:
    return Signed("+" if amount > 0 else "−" if amount < 0 else "", abs(amount))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareCase:
    """A case for one of its hubs. ``hubs`` has the lead first; ``terms`` is what the current agreement says, if any."""

    request: Any
    title: str
    hub_id: int
    scenario: Scenario
    hubs: tuple[directory.HubName, ...]
    rates: Mapping[int, Rate]
    agreement: Any
    terms: agreements.Terms | None
    collaboration: Any
    steps: tuple[partnering.Step, ...]
    turn: partnering.Turn

    @property
    def ref(self) -> str:
        return self.request.ref

    @property
    def is_lead(self) -> bool:
        return self.hub_id == self.request.lead_id

    @property
    def hub_ids(self) -> tuple[int, ...]:
        return tuple(hub.id for hub in self.hubs)

    @property
    def role(self) -> Role:
        return role_in(self.scenario, is_lead=self.is_lead)

    @property
    def is_drafted(self) -> bool:
        """Whether the agreement stands and can still change."""
        return self.agreement is not None and self.agreement.state in OPEN_AGREEMENT

    @property
    def can_draft(self) -> bool:
        """Whether the reader's hub can draft the agreement now: the lead, once a hub has said yes."""
        asked = self.request.state in MOVES["draft"].sources
        has_team = self.scenario.has_client and len(self.hubs) > 1
        return self.is_lead and self.agreement is None and asked and has_team

    def name_of(self, hub_id: int) -> str:
        return next((hub.name for hub in self.hubs if hub.id == hub_id), "")


def role_in(scenario: Scenario, *, is_lead: bool) -> Role:
    """Return a role of a scenario; one without points where the scenario says nothing about it."""
    key = "lead" if is_lead else "partner"
    return scenario.roles.get(key) or Role(key=key, benefits=(), costs=(), risks=())


def words_of(point: Any) -> str:
    """Return what a point is called, in the reader's language."""
    return pgettext("content", point.label)


def rates_of(hub_ids: tuple[int, ...]) -> dict[int, Rate]:
    """Return the rates of hubs; one query."""
    default = Decimal(str(DEFAULT_DAY_RATE_EUR))
    return {
        pk: Rate(day_eur=default if rate is None else rate, is_stated=rate is not None)
        for pk, rate in directory.day_rates(hub_ids).items()
    }


def case_for(ref: str, *, actor: Actor, at: datetime) -> ShareCase | None:
    """Return the case of this address for people of a hub of its team; None for everybody else, the client too."""
    if not actor.works_for_hub or actor.hub_id is None:
        return None
    request, collaboration = _request_of(ref, actor)
    if request is None:
        return None
    agreement = agreements.agreements_visible_to(actor).filter(request=request).first()
    terms = agreements.terms_of(agreement) if agreement is not None else None
    ids = _team(request, terms, collaboration, hub_id=actor.hub_id)
    if actor.hub_id not in ids:
        return None
    is_lead = actor.hub_id == request.lead_id
    hubs = tuple(directory.hub_names(ids))
    return ShareCase(
        request=request,
        title=request.title if is_lead else partnering.disclosed(request, actor.hub_id, at=at).title,
        hub_id=actor.hub_id,
        scenario=partnering.scenario_of(request),
        hubs=hubs,
        rates=rates_of(ids),
        agreement=agreement,
        terms=terms,
        collaboration=collaboration,
        steps=tuple(partnering.progress(request, audience="hub" if is_lead else "partner")),
        turn=partnering.whose_turn(request, actor, names={hub.id: hub.name for hub in hubs}),
    )


def _request_of(ref: str, actor: Actor) -> tuple[Any, Any]:
    """Return the request and its collaboration, as far as the actor's hub takes part."""
    collaboration = delivery.collaborations_visible_to(actor).filter(request__ref=ref).first()
    if collaboration is not None:
        return (collaboration.request, collaboration) if actor.hub_id in collaboration.party_ids else (None, None)
    led = partnering.requests_visible_to(actor).filter(lead_id=actor.hub_id)
    return led.filter(ref=ref).first() or partnering.shared_requests(actor).filter(ref=ref).first(), None


def _team(request: Any, terms: agreements.Terms | None, collaboration: Any, *, hub_id: int) -> tuple[int, ...]:
    """Return the hubs of the team, lead first: those of the delivery, else of the agreement, else who said yes.

    Before there is an agreement a partner knows of itself and the lead alone.
    """
    if collaboration is not None:
        return tuple(collaboration.party_ids)
    if terms is not None:
        return tuple(share.hub_id for share in terms.parties)
    said_yes = partnering.hubs_that_said_yes(request.pk)
    return (request.lead_id, *(pk for pk in said_yes if hub_id in {pk, request.lead_id}))
