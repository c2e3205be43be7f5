"""Sealing: the signed agreement becomes a file that anybody can check."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from hansa.collaboration.agreements.models import Agreement, SealedFile, Signature, Version
from hansa.collaboration.agreements.operations import rows
from hansa.collaboration.agreements.operations.seal_keys import seal_keys
from hansa.collaboration.agreements.operations.stamping import sealed, stamping, trust
from hansa.collaboration.agreements.queries import evidence, reading, record, typesetting
from hansa.collaboration.agreements.queries.validation import FileReport, check_file
from hansa.collaboration.agreements.states import AgreementState
from hansa.foundation.actors import SYSTEM
from hansa.foundation.tasks import defer


class SealFailed(RuntimeError):
    """The file made does not pass its own check; nothing was stored."""


@transaction.atomic
def seal(agreement_id: int, *, at: datetime) -> SealedFile | None:
    """Make and store the sealed file of an agreement in force. A second run returns the first file.

    The file is checked as a stranger would check it before it is stored.

    :return: None when the agreement is not in force
    :raises SealFailed: the seal does not hold, or the file does not say what was signed
    """
    agreement = rows.locked(Agreement(pk=agreement_id))
    made = SealedFile.objects.filter(agreement=agreement).first()
    if made is not None or agreement.state != AgreementState.IN_FORCE:
        return made
    version = reading.version_of(agreement)
    assert version is not None
    content, report = _sealed_agreement(agreement, version, at=at)
    assert report.seal
    sealed_file = SealedFile(
        agreement=agreement,
        version=version,
        sha256=hashlib.sha256(content).hexdigest(),
        sealed_at=at,
        level=report.seal.level,
        stamped_by=report.seal.stamped_by[:200],
    )
    name = f"{agreement.request.ref}-version-{version.number}.pdf"
    sealed_file.file.save(name, ContentFile(content), save=True)
    rows.record(
        "agreement.sealed",
        agreement=agreement,
        parties=reading.parties_of(agreement),
        by=SYSTEM,
        at=at,
        subject=sealed_file,
    )
    defer("agreements.record", agreement_id=agreement.pk, unique=f"agreements.record.{agreement.pk}")
    return sealed_file


@transaction.atomic
def add_evidence(agreement_id: int, *, at: datetime) -> SealedFile | None:
    """Make and store the record of how a sealed agreement came about, sealed as well. A second run changes nothing.

    :return: None when the agreement is not sealed
    :raises SealFailed: the seal does not hold
    """
    agreement = rows.locked(Agreement(pk=agreement_id))
    made = SealedFile.objects.select_related("version").filter(agreement=agreement).first()
    if made is None or made.evidence:
        return made
    stamps, trusted = stamping(), trust()
    document = record.record_document(agreement, made, stamps=stamps.name, own_clock=stamps.is_own, at=at)
    content = sealed(
        typesetting.as_pdf(document, at=at, template=record.TEMPLATE),
        keys=seal_keys(),
        reason=f"Evidence for case {agreement.request.ref}, version {made.version.number}",
        stamps=stamps,
        trusted=trusted,
    )
    report = check_file(content, trust=trusted)
    if not report.is_valid or report.sha256 != made.version.sha256:
        raise SealFailed(f"Evidence of agreement {agreement.pk}: {report}")
    made.evidence.save(f"{agreement.request.ref}-evidence-{made.version.number}.pdf", ContentFile(content), save=True)
    return made


def ask_for_missing() -> None:
    """Have every seal and evidence file made that is missing."""
    unsealed = Agreement.objects.filter(state=AgreementState.IN_FORCE, sealed_file=None)
    for pk in unsealed.values_list("pk", flat=True):
        defer("agreements.seal", agreement_id=pk, unique=f"agreements.seal.{pk}")
    for pk in SealedFile.objects.filter(evidence="").values_list("agreement_id", flat=True):
        defer("agreements.record", agreement_id=pk, unique=f"agreements.record.{pk}")


def _sealed_agreement(agreement: Agreement, version: Version, *, at: datetime) -> tuple[bytes, FileReport]:
    signatures = (
        Signature.objects.filter(version=version, voided_at=None)
        .select_related("party__hub", "upload")
        .order_by("party__position", "pk")
    )
    stamps, trusted = stamping(), trust()
    document = evidence.signed_document(
        agreement, version, list(signatures), stamps=stamps.name, own_clock=stamps.is_own
    )
    content = sealed(
        typesetting.as_pdf(document, at=agreement.in_force_at or at),
        keys=seal_keys(),
        reason=f"{document['title']}, case {document['case_ref']}, version {version.number}",
        stamps=stamps,
        trusted=trusted,
    )
    report = check_file(content, trust=trusted)
    if not report.is_valid or report.sha256 != version.sha256:
        raise SealFailed(f"Agreement {agreement.pk}: {report}")
    return content, report
