"""Checking a sealed file: is it whole, who sealed it, and does it say what was signed?"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from asn1crypto import x509
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from hansa.collaboration.agreements.queries.typesetting import EVIDENCE_FILE, TEXT_FILE, reads_as
from hansa.collaboration.agreements.queries.wording import fingerprint

log = logging.getLogger(__name__)
# A certificate that is not trusted is an answer here, not a fault to warn of.
logging.getLogger("pyhanko.sign.validation").setLevel(logging.ERROR)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class SealReport:
    """What a check found. ``is_intact``: not a byte differs from what was sealed. ``is_whole``: the seal covers all of
    the file and nothing was added after it. ``is_ours``: sealed with the certificate of the authority given.
    ``text_agrees``: the pages, the attached text and the fingerprint in the evidence say the same.
    """

    is_sealed: bool = False
    is_intact: bool = False
    is_whole: bool = False
    is_ours: bool = False
    text_agrees: bool = False
    sealed_by: str = ""
    sealed_at: datetime | None = None
    sha256: str = ""
    case_ref: str = ""
    version: int = 0

    @property
    def blocks(self) -> list[str]:
        """The fingerprint in pieces that a narrow screen may part."""
        return [self.sha256[start : start + 8] for start in range(0, len(self.sha256), 8)]

    @property
    def is_valid(self) -> bool:
        return self.is_sealed and self.is_intact and self.is_whole and self.is_ours and self.text_agrees


class UnreadableCertificate(ValueError):
    """What should be a certificate is none."""


def check_seal(pdf: bytes, *, authority: bytes) -> SealReport:
    """Return what can be said about a file, whatever it is; never raises for a bad one.

    :param authority: PEM certificate of the seal authority to trust
    :raises UnreadableCertificate: if that is none
    """
    trusted = one_certificate(authority)
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        seals = reader.embedded_regular_signatures
        if len(seals) != 1:
            return SealReport()
        return _report(seals[0], pdf, trusted)
    except Exception:
        # A stranger's file may break the parsers anywhere. All of it means the same to the reader: no sealed file.
        log.info("A file could not be read as a sealed agreement.", exc_info=True)
        return SealReport()


def _report(seal: Any, pdf: bytes, authority: x509.Certificate) -> SealReport:
    sealed_at = seal.self_reported_timestamp
    trust = ValidationContext(
        trust_roots=[authority],
        allow_fetching=False,
        # No independent timestamp: the certificate is judged at the time the seal itself states.
        moment=(sealed_at or datetime.now(UTC)).astimezone(UTC),
        best_signature_time=(sealed_at or datetime.now(UTC)).astimezone(UTC),
    )
    status = in_thread(lambda: validate_pdf_signature(seal, signer_validation_context=trust))
    is_whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    is_intact = status.intact and status.valid and status.modification_level == ModificationLevel.NONE
    # What is in a broken file proves nothing, and reading it only invites trouble.
    said = _what_it_says(pdf) if is_whole and is_intact else {}
    return SealReport(
        is_sealed=True,
        is_intact=is_intact,
        is_whole=is_whole,
        is_ours=status.trusted,
        sealed_by=status.signing_cert.subject.native.get("common_name", ""),
        sealed_at=sealed_at,
        **said,
    )


def _what_it_says(pdf: bytes) -> dict[str, Any]:
    attached = {name: found[0] for name, found in PdfReader(io.BytesIO(pdf)).attachments.items()}
    text = attached[TEXT_FILE].decode("utf-8")
    evidence = json.loads(attached[EVIDENCE_FILE])
    sha256 = fingerprint(text)
    return {
        "sha256": sha256,
        "case_ref": str(evidence["case"]),
        "version": int(evidence["version"]),
        "text_agrees": evidence["sha256"] == sha256 and reads_as(pdf, text),
    }


def in_thread(work: Callable[[], Result]) -> Result:
    """Do the work in a thread of its own: pyHanko starts an event loop, and a thread can run only one."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work).result()


def one_certificate(pem: bytes) -> x509.Certificate:
    """Return the first certificate of a PEM file.

    :raises UnreadableCertificate: when there is none
    """
    try:
        certificate = next(iter(load_certs_from_pemder_data(pem)))
        # Read lazily otherwise: the damage would show only when the certificate is used.
        certificate.subject.native  # noqa: B018
    except (ValueError, TypeError, StopIteration) as error:
        raise UnreadableCertificate(str(error)) from error
    return certificate
