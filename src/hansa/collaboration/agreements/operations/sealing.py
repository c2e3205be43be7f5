"""Sealing: the signed agreement becomes a file that anybody can check."""

from __future__ import annotations

import hashlib
import io
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from pyhanko.keys import load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from hansa.collaboration.agreements.models import Agreement, SealedFile, Signature, Version
from hansa.collaboration.agreements.operations import rows
from hansa.collaboration.agreements.operations.seal_keys import SealKeys, seal_keys
from hansa.collaboration.agreements.queries import evidence, reading, typesetting
from hansa.collaboration.agreements.queries.validation import check_seal, in_thread, one_certificate
from hansa.collaboration.agreements.states import AgreementState
from hansa.foundation.actors import SYSTEM


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
    content = _sealed_agreement(agreement, version, at=at)
    sealed_file = SealedFile(
        agreement=agreement, version=version, sha256=hashlib.sha256(content).hexdigest(), sealed_at=at
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
    return sealed_file


def _sealed_agreement(agreement: Agreement, version: Version, *, at: datetime) -> bytes:
    signatures = (
        Signature.objects.filter(version=version, voided_at=None)
        .select_related("party__hub")
        .order_by("party__position", "pk")
    )
    document = evidence.signed_document(agreement, version, list(signatures))
    keys = seal_keys()
    content = sealed(
        typesetting.as_pdf(document, at=agreement.in_force_at or at),
        keys=keys,
        reason=f"{document['title']}, case {document['case_ref']}, version {version.number}",
    )
    report = check_seal(content, authority=keys.authority)
    if not report.is_valid or report.sha256 != version.sha256:
        raise SealFailed(f"Agreement {agreement.pk}: {report}")
    return content


class _Addition(IncrementalPdfFileWriter):
    """Adds the seal and nothing else: pyHanko would also write the metadata anew, in another form than PDF/A tools do."""

    def _update_meta(self) -> None:
        pass


def sealed(pdf: bytes, *, keys: SealKeys, reason: str) -> bytes:
    """Return the file with the installation's PAdES seal (baseline B-B), as its last and only revision.

    The seal is a certification that allows no change. Its widget has no size and lies outside the page: PDF/A wants it
    printable, PDF/UA wants it either tagged or out of sight.
    """
    certificate = one_certificate(keys.certificate)
    signer = signers.SimpleSigner(
        signing_cert=certificate,
        signing_key=load_private_key_from_pemder_data(keys.key, passphrase=None),
        cert_registry=SimpleCertificateStore.from_certs([certificate, one_certificate(keys.authority)]),
    )
    about = signers.PdfSignatureMetadata(
        field_name="Seal",
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        reason=reason,
    )
    field = SigFieldSpec("Seal", invis_sig_settings=InvisSigSettings(box_out_of_bounds=True))
    addition = _Addition(io.BytesIO(pdf))
    made = in_thread(lambda: signers.sign_pdf(addition, about, signer=signer, new_field_spec=field))
    return made.getvalue()
