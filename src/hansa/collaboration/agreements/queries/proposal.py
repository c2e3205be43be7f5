"""What an agreement starts from: the team that said yes, what each was asked for, and what the lead chose last time."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hansa.collaboration.agreements.models import Agreement
from hansa.collaboration.agreements.queries.from_canvas import with_canvas
from hansa.collaboration.agreements.queries.library import Instrument, equal_shares
from hansa.collaboration.agreements.queries.shelf import instrument
from hansa.collaboration.agreements.queries.templates import KpiTemplate, kpi_templates
from hansa.collaboration.agreements.queries.terms import MAX_TEXT, PartyTerms, Terms
from hansa.collaboration.agreements.queries.wording import Case, PartyName
from hansa.collaboration.codesign import queries as codesign
from hansa.collaboration.partnering import queries as partnering
from hansa.collaboration.partnering.states import InvitationState, WantState
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

_WEEKS_TO_START, _WEEKS_OF_WORK = 2, 10
_COORDINATION = {True: "coordination and contact with the client", False: "coordination"}


def team_said_yes(request: Any) -> list[Any]:
    """Return the invitations that were accepted, with hub and what was asked for, in the order they were sent."""
    accepted = request.invitations.filter(state=InvitationState.ACCEPTED)
    return list(accepted.select_related("hub").prefetch_related("wants__concept").order_by("sent_at", "pk"))


def not_answered(request: Any) -> list[str]:
    """Return the names of the hubs whose invitation still waits for an answer; one query."""
    waiting = request.invitations.filter(state=InvitationState.SENT)
    return list(waiting.order_by("sent_at", "pk").values_list("hub__name", flat=True))


def instrument_for(request: Any) -> Instrument:
    """Return the model text of the agreement that the case's scenario is signed with."""
    return instrument(partnering.scenario_of(request).instrument)


def case_of(request: Any, hubs: list[Any]) -> Case:
    """Return what the text says about the case. ``hubs`` holds the lead first."""
    countries = taxonomy.vocabulary(Kind.COUNTRY)

    def country(hub: Any) -> str:
        return countries[hub.country].label_in("en") if hub.country in countries else hub.country

    return Case(
        ref=request.ref,
        lead_country=country(hubs[0]),
        parties=tuple(
            PartyName(
                hub_id=hub.pk,
                name=hub.name,
                place=", ".join(part for part in (hub.city, country(hub)) if part),
                is_lead=position == 0,
            )
            for position, hub in enumerate(hubs)
        ),
    )


def proposed_terms(request: Any, *, on: date) -> Terms:
    """Return the terms a draft starts from, everything filled in.

    Efforts and fees are those of the invitations; the lead's fee is what the budget leaves. Parameters that no fact
    fills are as in the lead's last agreement, else as in the model text. The client's own words are never used.
    """
    invitations = team_said_yes(request)
    case = case_of(request, [request.lead, *(invitation.hub for invitation in invitations)])
    given_away = {want.pk for invitation in invitations for want in invitation.wants.all()}
    wants = [want for want in request.wants.select_related("concept") if want.state == WantState.ACCEPTED]
    own = _labels(want for want in wants if want.pk not in given_away)
    canvas = codesign.canvas_terms(request.pk) if request.client_id is None else None
    scope = (
        (canvas and canvas.scope) or _joined(_labels(wants)) or "the services that the Parties divide among them below"
    )
    of = instrument_for(request)
    start = on + timedelta(weeks=_WEEKS_TO_START)
    end = start + timedelta(weeks=_WEEKS_OF_WORK)
    facts = {
        "lead_country": case.lead_country,
        "scope": scope,
        "starts_on": start.isoformat(),
        "ends_on": end.isoformat(),
        "equal_shares": equal_shares([party.hub_id for party in case.parties]),
    }
    shares = [_share_of_partner(invitation) for invitation in invitations]
    shares = [_share_of_lead(request, own, shares), *shares]
    terms = Terms(
        clauses=of.default_keys,
        values=of.prefilled(facts) | _chosen_last_time(request),
        scope=scope,
        starts_on=start,
        ends_on=end,
        kpis=_kpis_for(request),
        parties=tuple(shares),
    )
    names = {party.hub_id: party.name for party in case.parties}
    return with_canvas(terms, canvas, of=of, names=names) if canvas else terms


def kpis_on_offer(request: Any, terms: Terms) -> tuple[KpiTemplate, ...]:
    """Return the KPIs agreed and those that the functions of the case propose besides."""
    agreed = {kpi.key for kpi in terms.kpis}
    return (*terms.kpis, *(kpi for kpi in _kpis_for(request) if kpi.key not in agreed))


def _kpis_for(request: Any) -> tuple[KpiTemplate, ...]:
    """Return the KPIs that the functions of the case propose; none where the agreement has no clause on them."""
    if instrument_for(request).clause("kpi-review") is None:
        return ()
    return kpi_templates(partnering.functions_wanted(request.pk))


def _share_of_partner(invitation: Any) -> PartyTerms:
    return PartyTerms(
        hub_id=invitation.hub_id,
        part=_joined(_labels(invitation.wants.all())) or "its part of the service",
        effort_days=invitation.effort_days or 0,
        fee_eur=invitation.fee_eur or Decimal(0),
    )


def _share_of_lead(request: Any, own: list[str], shares: list[PartyTerms]) -> PartyTerms:
    left = max((request.budget_eur or Decimal(0)) - sum((share.fee_eur for share in shares), Decimal(0)), Decimal(0))
    rate = request.lead.day_rate_eur
    return PartyTerms(
        hub_id=request.lead_id,
        part=_joined([_COORDINATION[partnering.scenario_of(request).has_client], *own]),
        effort_days=int(left / rate) if rate else 0,
        fee_eur=left,
    )


def _chosen_last_time(request: Any) -> dict[str, Any]:
    """Return the parameters of the lead's last agreement of this kind that do not belong to its case."""
    of = instrument_for(request)
    earlier = Agreement.objects.filter(request__lead_id=request.lead_id, instrument=of.id)
    last = earlier.order_by("-created_at").values_list("terms").first()
    if last is None:
        return {}
    kept = {name for name, p in of.parameters.items() if not p.default_from and p.kind != "text"}
    return {name: value for name, value in last[0].get("values", {}).items() if name in kept}


def _labels(wants: Any) -> list[str]:
    return [want.concept.labels.get("en") or want.concept.notation for want in wants]


def _joined(labels: list[str]) -> str:
    """Return the labels as an enumeration, cut between two of them where it would be too long."""
    kept: list[str] = []
    for label in dict.fromkeys(labels):
        if len(", ".join([*kept, label])) > MAX_TEXT - 20:
            return f"{', '.join(kept)} and others"
        kept.append(label)
    return ", ".join(kept)
