"""Certificates of de minimis and other aid: what the client keeps for ten years."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings as installation
from django.db import transaction
from django.utils.translation import gettext as _

from hansa.collaboration.agreements.queries import typesetting
from hansa.collaboration.aid import policies, queries
from hansa.collaboration.aid.models import AidSettings, Certificate, Declaration, ServiceRecord
from hansa.collaboration.aid.operations.refusals import CannotIssue
from hansa.foundation import activity
from hansa.foundation.actors import Actor
from hansa.foundation.policies import YES, No, Verdict, first_no
from hansa.hubs.directory import queries as directory

# A declaration older than this no longer says what the client got.
_FRESH = timedelta(days=365)


@transaction.atomic
def issue(record: ServiceRecord, *, function: str, by: Actor, at: datetime) -> Certificate:
    """Issue the certificate of a grant; a second call returns the first.

    One hub issues one certificate at a time, so that two together cannot exceed a ceiling that each keeps.

    :raises CannotIssue: something is missing, or the ceiling would be exceeded
    """
    settings = AidSettings.objects.select_for_update().filter(hub_id=record.hub_id).first()
    record = ServiceRecord.objects.select_for_update(of=("self",)).select_related("client", "hub").get(pk=record.pk)
    policies.can_issue(by, record).or_raise(CannotIssue)
    if found := Certificate.objects.filter(record=record, withdrawn_at=None).first():
        return found
    if settings is None or not settings.granting_authority:
        raise CannotIssue(_("Say in the settings first which authority grants the aid."))
    if not function.strip():
        raise CannotIssue(_("Write the function in which you sign."))
    ready_for_certificate(record, at=at).or_raise(CannotIssue)
    standing = queries.standing_of_record(record)
    over = standing.exceeded_by(record.aid_eur) if standing.basis.ceiling_eur is not None else 0
    if over:
        raise CannotIssue(
            _("This grant would exceed the ceiling by %(amount)s euro, so no certificate can be issued.")
            % {"amount": over}
        )
    certificate = Certificate(
        record=record,
        content=queries.certificate_content(
            record,
            standing=standing,
            grantor=settings.granting_authority,
            signatory=f"{by.name}, {function.strip()}",
            network=installation.NETWORK_NAME,
        ),
        issued_at=at,
        issued_by_id=by.user_id,
    )
    try:
        queries.certificate_pdf(certificate)
    except typesetting.CannotPrint as no:
        raise CannotIssue(str(no)) from no
    certificate.save()
    _log("certificate.issued", certificate, record, by=by, at=at)
    return certificate


@transaction.atomic
def withdraw_certificate(record: ServiceRecord, *, by: Actor, at: datetime) -> None:
    """Take the certificate back, so that the service can be changed; its text stays on record."""
    record = ServiceRecord.objects.select_for_update().get(pk=record.pk)
    policies.can_issue(by, record).or_raise(CannotIssue)
    certificate = Certificate.objects.filter(record=record, withdrawn_at=None).first()
    if certificate is not None:
        certificate.withdrawn_at = at
        certificate.save(update_fields=["withdrawn_at"])
        _log("certificate.withdrawn", certificate, record, by=by, at=at)


def ready_for_certificate(record: ServiceRecord, *, at: datetime) -> Verdict:
    """Return whether everything a certificate needs is there; the ceiling is looked at when it is issued."""
    basis = queries.legal_bases().get(record.legal_basis)
    if basis is None:
        return No(_("Choose the legal basis of this service first."))
    if not basis.is_aid or not record.aid_eur:
        return No(_("There is no aid in this service, so there is nothing to certify."))
    return first_no(_in_force(record, basis), _asked(record), _declared(record, basis, at))


def _in_force(record: ServiceRecord, basis: queries.LegalBasis) -> Verdict:
    hub = directory.hub_by_id(record.hub_id)
    assert hub is not None
    problem = basis.problem(
        on=record.granted_on,
        country=hub.country,
        client_type=record.client.client_type,
        is_primary_producer=queries.undertaking_of(record.client_id).is_primary_producer,
    )
    return No(problem) if problem else YES


def _asked(record: ServiceRecord) -> Verdict:
    if record.other_aid_eur is None:
        return No(_("Ask the client about other aid for the same costs first. Enter zero if there is none."))
    return YES


def _declared(record: ServiceRecord, basis: queries.LegalBasis, at: datetime) -> Verdict:
    if not basis.needs_declaration:
        return YES
    declaration = Declaration.objects.filter(client_id=record.client_id).first()
    if declaration is None or at - declaration.at > _FRESH:
        return No(_("The client has to declare its aid of the last three years first."))
    return YES


def _log(verb: str, certificate: Certificate, record: ServiceRecord, *, by: Actor, at: datetime) -> None:
    activity.record(verb, actor=by, subject=certificate, at=at, hub_ids=[record.hub_id], client_ids=[record.client_id])
