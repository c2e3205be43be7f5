"""Services: record, change, remove, put into the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.aid import policies, queries
from hansa.collaboration.aid.models import AidSettings, Certificate, ServiceRecord
from hansa.collaboration.aid.operations.refusals import CannotRecord
from hansa.collaboration.aid.states import ServiceStatus
from hansa.foundation import activity
from hansa.foundation.actors import Actor
from hansa.foundation.policies import No, Verdict
from hansa.hubs.directory import queries as directory

MOST_EUR = Decimal(100_000_000)
EARLIEST = date(2000, 1, 1)
CENT = Decimal("0.01")
# What a certificate says, so that it does not change under it.
_CERTIFIED = ("client_id", "price_eur", "invoiced_eur", "aid_eur", "legal_basis", "granted_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDraft:
    """What is known of a service. ``aid_eur`` None: computed from price, invoice and the hub's national share."""

    client_id: int
    category: str
    description: str
    starts_on: date
    ends_on: date
    price_eur: Decimal
    invoiced_eur: Decimal
    granted_on: date
    status: str = ServiceStatus.ONGOING
    aid_eur: Decimal | None = None
    legal_basis: str = ""
    n_attendees: int | None = None
    other_aid_eur: Decimal | None = None
    aid_note: str = ""
    technologies: Sequence[str] = ()
    technology_words: str = ""
    investment_eur: Decimal | None = None
    investment_type: str = ""
    investment_words: str = ""
    capacities: str = ""
    capacity_words: str = ""
    content_id: str = ""
    author_email: str = ""


@transaction.atomic
def record_service(draft: ServiceDraft, *, case: str = "", by: Actor, at: datetime) -> ServiceRecord:
    """Record a service of the actor's hub, for the case at this address or for none.

    That a ceiling is exceeded does not stop it: what was given was given, and has to be seen.

    :raises CannotRecord: with the field to change
    """
    policies.can_see_services(by).or_raise(CannotRecord)
    assert by.hub_id is not None
    record = ServiceRecord(hub_id=by.hub_id, created_at=at, author_email=by.email)
    if case:
        known = queries.filled_from_case(case, actor=by)
        if known is None or known["client_id"] != draft.client_id:
            raise CannotRecord(_("This case has another client. Choose the client of the case."), "client_id")
        record.request_id = known["request_id"]
    _fill(record, draft, at=at)
    record.save()
    _log("service.recorded", record, by=by, at=at)
    return record


@transaction.atomic
def change_service(record: ServiceRecord, draft: ServiceDraft, *, by: Actor, at: datetime) -> ServiceRecord:
    """Change what was recorded. What a certificate in force says stays, until it is withdrawn."""
    record = ServiceRecord.objects.select_for_update().get(pk=record.pk)
    policies.can_change(by, record.hub_id).or_raise(CannotRecord)
    before = {name: getattr(record, name) for name in _CERTIFIED}
    _fill(record, draft, at=at)
    if before != {name: getattr(record, name) for name in _CERTIFIED}:
        _no_certificate(record).or_raise(CannotRecord)
    record.save()
    _log("service.changed", record, by=by, at=at)
    return record


@transaction.atomic
def remove_service(record: ServiceRecord, *, by: Actor, at: datetime) -> None:
    """Remove a service that was recorded by mistake; not while a certificate of it is in force."""
    record = ServiceRecord.objects.select_for_update().get(pk=record.pk)
    policies.can_change(by, record.hub_id).or_raise(CannotRecord)
    if Certificate.objects.filter(record=record).exists():
        raise CannotRecord(_("A certificate was issued for this service, so it stays. Change its amounts instead."))
    _log("service.removed", record, by=by, at=at)
    record.delete()


@transaction.atomic
def mark_registered(record: ServiceRecord, *, on: date | None, by: Actor, at: datetime) -> ServiceRecord:
    """Note the day on which the grant was put into the register; None takes it back."""
    record = ServiceRecord.objects.select_for_update().get(pk=record.pk)
    policies.can_change(by, record.hub_id).or_raise(CannotRecord)
    if on and not record.granted_on <= on <= at.date():
        raise CannotRecord(_("The day of the register lies between the grant and today."), "registered_on")
    record.registered_on = on
    record.save(update_fields=["registered_on"])
    _log("service.registered", record, by=by, at=at)
    return record


def _no_certificate(record: ServiceRecord) -> Verdict:
    if not Certificate.objects.filter(record=record, withdrawn_at=None).exists():
        return Verdict(True)
    return No(
        _("A certificate names the client, the amounts, the basis and the day. Withdraw it before you change them.")
    )


def _fill(record: ServiceRecord, draft: ServiceDraft, *, at: datetime) -> None:
    client = directory.client_of_hub(record.hub_id, draft.client_id)
    if client is None:
        raise CannotRecord(_("Choose one of your hub's clients."), "client_id")
    settings = AidSettings.objects.filter(hub_id=record.hub_id).first() or AidSettings(hub_id=record.hub_id)
    for field, problem in problems_in(draft, today=at.date(), known=queries.technologies()):
        raise CannotRecord(problem, field)
    put(record, draft, national_share=settings.national_share, at=at)
    if draft.legal_basis:
        hub = directory.hub_by_id(record.hub_id)
        assert hub is not None
        facts = queries.undertaking_of(client.pk)
        problem = queries.legal_bases()[draft.legal_basis].problem(
            on=draft.granted_on,
            country=hub.country,
            client_type=client.client_type,
            is_primary_producer=facts.is_primary_producer,
        )
        if problem:
            raise CannotRecord(problem, "legal_basis")


def put(record: ServiceRecord, draft: ServiceDraft, *, national_share: Decimal, at: datetime) -> None:
    """Write a draft without faults into a record, and work out the aid."""
    for field in fields(draft):
        if field.name not in {"aid_eur", "technologies", "author_email"}:
            setattr(record, field.name, getattr(draft, field.name))
    record.technologies = list(draft.technologies)
    record.author_email = draft.author_email or record.author_email
    record.is_aid_typed = draft.aid_eur is not None
    record.aid_eur = aid_of(draft, national_share) if draft.aid_eur is None else draft.aid_eur
    record.changed_at = at


def aid_of(draft: ServiceDraft, national_share: Decimal) -> Decimal:
    """Return the national aid in a service: the share of what the client does not pay."""
    basis = queries.legal_bases().get(draft.legal_basis)
    if basis is not None and not basis.is_aid:
        return Decimal(0)
    gap = draft.price_eur - draft.invoiced_eur
    return (gap * national_share / 100).quantize(CENT, ROUND_HALF_UP)


def problems_in(draft: ServiceDraft, *, today: date, known: object) -> list[tuple[str, str]]:
    """Return what cannot be so in a draft, as pairs of field and sentence.

    :param known: the notations of the technologies
    """
    return [
        (field, problem)
        for field, problem in (*_dates(draft, today), *_money(draft), *_basis(draft), *_words(draft, known))
        if problem
    ]


def _dates(draft: ServiceDraft, today: date) -> list[tuple[str, str]]:
    found = []
    if draft.starts_on < EARLIEST or draft.ends_on.year > today.year + 20:
        found.append(("starts_on", _("This day cannot be right. Check the year.")))
    if draft.ends_on < draft.starts_on:
        found.append(("ends_on", _("The service ends before it starts. Swap the two days or correct one.")))
    if draft.status != ServiceStatus.ONGOING and draft.ends_on > today:
        found.append(("status", _("The last day lies in the future, so the service is not finalised yet.")))
    if draft.granted_on < EARLIEST or draft.granted_on > max(draft.ends_on, today):
        found.append(("granted_on", _("Aid is granted before or while the service runs. Check the day of the grant.")))
    return found


def _money(draft: ServiceDraft) -> list[tuple[str, str]]:
    amounts = {
        name: getattr(draft, name)
        for name in ("price_eur", "invoiced_eur", "aid_eur", "other_aid_eur", "investment_eur")
    }
    found = []
    for name, amount in amounts.items():
        if amount is not None and not (amount.is_finite() and 0 <= amount < MOST_EUR):
            found.append((name, _("Enter an amount of zero or more, in euro.")))
        elif amount is not None and amount != amount.quantize(CENT):
            found.append((name, _("Enter at most two digits after the decimal mark.")))
    if found:
        return found
    gap = draft.price_eur - draft.invoiced_eur
    if gap < 0:
        return [("invoiced_eur", _("The client was invoiced more than the price. Correct one of the two amounts."))]
    if draft.aid_eur is not None and draft.aid_eur > gap:
        return [("aid_eur", _("The aid is more than what the client did not pay."))]
    if draft.other_aid_eur is not None and gap + draft.other_aid_eur > draft.price_eur:
        return [("other_aid_eur", _("Together with this service, the client would get more aid than the price."))]
    return []


def _basis(draft: ServiceDraft) -> list[tuple[str, str]]:
    if not draft.legal_basis:
        return []
    basis = queries.legal_bases().get(draft.legal_basis)
    if basis is None:
        return [("legal_basis", _("Choose one of the legal bases."))]
    gap = draft.price_eur - draft.invoiced_eur
    if basis.no_gap and gap:
        return [("legal_basis", _("On this basis the client pays the whole price. Change the invoice or the basis."))]
    if not basis.is_aid and draft.aid_eur:
        return [("aid_eur", _("On this basis there is no aid to report. Leave the field empty."))]
    if (
        basis.most_percent is not None
        and (gap + (draft.other_aid_eur or 0)) * 100 > draft.price_eur * basis.most_percent
    ):
        return [
            (
                "legal_basis",
                _("On this basis all aid together may be at most %(percent)s per cent of the price.")
                % {"percent": basis.most_percent},
            )
        ]
    return []


def _words(draft: ServiceDraft, known: object) -> list[tuple[str, str]]:
    found = []
    if not draft.description.strip():
        found.append(("description", _("Say in a few words what the service was.")))
    unknown = [notation for notation in draft.technologies if notation not in known]  # type: ignore[operator]
    if unknown:
        found.append(
            ("technologies", _("“%(name)s” is no technology of the list. Choose from it.") % {"name": unknown[0]})
        )
    if "other" in draft.technologies and not draft.technology_words.strip():
        found.append(("technology_words", _("Say which other technology was used.")))
    return found


def _log(verb: str, record: ServiceRecord, *, by: Actor, at: datetime) -> None:
    activity.record(verb, actor=by, subject=record, at=at, hub_ids=[record.hub_id])
