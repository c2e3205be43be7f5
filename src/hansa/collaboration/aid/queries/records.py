"""The services of a hub: the list with its sums, one record, and what a new one starts with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import ExtractYear

from hansa.collaboration.agreements import queries as agreements
from hansa.collaboration.aid import policies
from hansa.collaboration.aid.models import AidSettings, Certificate, PriceItem, ServiceRecord
from hansa.collaboration.aid.states import Category, ServiceStatus
from hansa.collaboration.delivery import queries as delivery
from hansa.collaboration.partnering import queries as partnering
from hansa.foundation.actors import Actor
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind


def records_visible_to(actor: Actor) -> QuerySet[ServiceRecord]:
    """Return the services of the actor's own hub; nothing for everybody else."""
    if not policies.can_see_services(actor):
        return ServiceRecord.objects.none()
    return ServiceRecord.objects.filter(hub_id=actor.hub_id).select_related("client", "request")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the list is narrowed to; empty values narrow nothing."""

    year: int | None = None
    status: str = ""
    technology: str = ""
    client_id: int | None = None


def asked_for(year: str, status: str, technology: str) -> Asked:
    """Return what an address asks for; what is not known narrows nothing."""
    return Asked(
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        status=status if status in ServiceStatus.values else "",
        technology=technology if technology in technologies() else "",
    )


def narrowed(rows: QuerySet[ServiceRecord], asked: Asked) -> QuerySet[ServiceRecord]:
    """Return those services that fit what was asked for."""
    if asked.year:
        rows = rows.filter(starts_on__year=asked.year)
    if asked.status:
        rows = rows.filter(status=asked.status)
    if asked.technology:
        rows = rows.filter(technologies__contains=[asked.technology])
    if asked.client_id:
        rows = rows.filter(client_id=asked.client_id)
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    n: int
    n_clients: int
    price_eur: Decimal
    invoiced_eur: Decimal
    aid_eur: Decimal
    investment_eur: Decimal

    @property
    def given_eur(self) -> Decimal:
        """What the clients did not pay."""
        return self.price_eur - self.invoiced_eur


def sums_of(rows: QuerySet[ServiceRecord]) -> Sums:
    """Return how many services there are and what they come to; one query."""
    found = rows.order_by().aggregate(
        n=Count("pk"),
        n_clients=Count("client_id", distinct=True),
        **{name: Sum(name) for name in ("price_eur", "invoiced_eur", "aid_eur", "investment_eur")},
    )
    return Sums(**{name: value or Decimal(0) if name.endswith("_eur") else value for name, value in found.items()})


def years_of(hub_id: int) -> list[int]:
    """Return the years in which services of the hub began, latest first; one query."""
    rows = ServiceRecord.objects.filter(hub_id=hub_id).order_by().values_list(ExtractYear("starts_on"), flat=True)
    return sorted(set(rows.distinct()), reverse=True)


def technologies() -> Mapping[str, taxonomy.Entry]:
    """Return the technologies a service can name, by notation."""
    return taxonomy.vocabulary(Kind.TECHNOLOGY)


def settings_of(hub_id: int) -> AidSettings:
    """Return how the hub gives aid; unsaved defaults while nobody set it up."""
    return AidSettings.objects.filter(hub_id=hub_id).first() or AidSettings(hub_id=hub_id)


def prices_of(hub_id: int) -> list[PriceItem]:
    return list(PriceItem.objects.filter(hub_id=hub_id))


def certificate_of(record: ServiceRecord) -> Certificate | None:
    """Return the certificate that counts; one query."""
    return Certificate.objects.filter(record=record, withdrawn_at=None).first()


def certificates_of_clients(actor: Actor) -> QuerySet[Certificate]:
    """Return the certificates in force of the clients that the actor speaks for."""
    rows = Certificate.objects.filter(record__client_id__in=actor.client_ids, withdrawn_at=None)
    return rows.select_related("record").order_by("-issued_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A case whose service was not recorded yet."""

    ref: str
    title: str
    client_name: str
    starts_on: date


def unrecorded_cases(actor: Actor) -> list[CaseLine]:
    """Return the delivered and running cases the hub leads for a client, without a service record; one query."""
    if not policies.can_see_services(actor):
        return []
    rows = delivery.collaborations_visible_to(actor).filter(
        request__lead_id=actor.hub_id, request__client__isnull=False, request__service_records=None
    )
    found = rows.order_by("-starts_on").values_list(
        "request__ref", "request__title", "request__client__name", "starts_on"
    )
    return [CaseLine(ref=ref, title=title, client_name=name, starts_on=on) for ref, title, name, on in found[:20]]


def filled_from_case(ref: str, *, actor: Actor) -> dict[str, Any] | None:
    """Return what a case already says about its service, as values of the form; None for a case that is not theirs.

    The price is what the parties agreed on as fees, all together: what the service is worth, whoever pays.
    """
    rows = delivery.collaborations_visible_to(actor).filter(
        request__lead_id=actor.hub_id, request__client__isnull=False
    )
    case = rows.select_related("request__client").filter(request__ref=ref).first()
    if case is None or not policies.can_see_services(actor):
        return None
    request = case.request
    functions = partnering.functions_wanted(request.pk)
    fees, signed_on = agreed_on(ref, actor=actor)
    return {
        "case": ref,
        "request_id": request.pk,
        "client_id": request.client_id,
        "description": request.title,
        "starts_on": case.starts_on,
        "ends_on": case.ends_on or case.starts_on,
        "category": next((key for key in Category.values if key in functions), Category.TEST),
        "price_eur": fees or None,
        "granted_on": signed_on or case.starts_on,
        "status": "finalised" if case.closed_at else "ongoing",
    }


def agreed_on(ref: str, *, actor: Actor) -> tuple[Decimal, date | None]:
    """Return the fees of all parties of a case's agreement together, and the day it came into force; two queries."""
    agreement = agreements.agreements_visible_to(actor).filter(request__ref=ref).first()
    if agreement is None:
        return Decimal(0), None
    fees = sum((share.fee_eur for share in agreements.terms_of(agreement).parties), Decimal(0))
    return fees, agreement.in_force_at.date() if agreement.in_force_at else None


def network_sums(least: int = 5) -> Sums | None:
    """Return what all hubs recorded together; None below ``least`` clients or hubs, which would point at single ones."""
    rows = ServiceRecord.objects.all()
    hubs = rows.aggregate(n=Count("hub_id", distinct=True))["n"]
    found = sums_of(rows)
    return found if found.n_clients >= least and hubs >= least else None
