"""The seal itself: PAdES with time stamp, evidence of non-revocation and document time stamp (baseline B-LTA)."""

from __future__ import annotations

import io
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from asn1crypto import tsp, x509
from asn1crypto.keys import PrivateKeyInfo
from django.conf import settings
from pyhanko.keys import load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.timestamps import DummyTimeStamper, TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError, set_tsp_headers
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

from hansa.collaboration.agreements.operations.seal_keys import SealKeys, revocation_list, seal_keys, stamp_keys
from hansa.collaboration.agreements.queries.validation.signatures import stamp_of
from hansa.collaboration.agreements.queries.validation.trust import Trust, in_thread, one_certificate

_OUT_OF_SIGHT = InvisSigSettings(box_out_of_bounds=True)
_TIMEOUT_SECONDS = 20


class NoTimeStamp(RuntimeError):
    """The time-stamping authority did not answer, or not with a time stamp."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamping:
    """Who stamps the time: ``name`` for the reader; ``is_own`` when nobody outside vouches for the clock."""

    by: TimeStamper
    name: str
    is_own: bool


class _AskedByHttp(TimeStamper):
    """Asks the authority at ``url`` (RFC 3161). pyHanko's own client would bring two more libraries along."""

    def __init__(self, url: str) -> None:
        self.url = url
        super().__init__()

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        asked = urllib.request.Request(self.url, data=req.dump(), headers=set_tsp_headers({}))  # noqa: S310
        try:
            with urllib.request.urlopen(asked, timeout=_TIMEOUT_SECONDS) as answer:  # noqa: S310
                return tsp.TimeStampResp.load(answer.read())
        except (OSError, ValueError) as error:
            raise TimestampRequestError(f"{self.url}: {error}") from error


def stamping() -> Stamping:
    """Return the configured time-stamping authority, or the installation's own."""
    url = settings.TIMESTAMP_URL
    if url:
        if urlsplit(url).scheme not in {"http", "https"}:
            raise NoTimeStamp(f"HANSA_TIMESTAMP_URL must be a web address, not {url!r}.")
        return Stamping(by=_AskedByHttp(url), name=urlsplit(url).hostname or url, is_own=False)
    keys = stamp_keys()
    certificate = one_certificate(keys.certificate)
    key = load_private_key_from_pemder_data(keys.key, passphrase=None)
    assert isinstance(key, PrivateKeyInfo)
    name = certificate.subject.native["common_name"]
    return Stamping(by=DummyTimeStamper(certificate, key), name=name, is_own=True)


def trust() -> Trust:
    """Return whom this installation trusts: its own seal authority, and the certificates in ``TRUST_DIR``."""
    revoked = revocation_list(at=datetime.now(UTC))
    return Trust.of(seal_keys().authority, folder=settings.TRUST_DIR, revoked=[revoked])


class _Addition(IncrementalPdfFileWriter):
    """Adds the seal and nothing else: pyHanko would also write the metadata anew, in another form than PDF/A tools do."""

    def _update_meta(self) -> None:
        pass


def sealed(pdf: bytes, *, keys: SealKeys, reason: str, stamps: Stamping, trusted: Trust) -> bytes:
    """Return the file with the installation's PAdES seal, its time stamp, and what a later check needs.

    The seal is a certification that allows no change but a document time stamp. Its widget has no size and lies outside
    the page: PDF/A wants it printable, PDF/UA wants it either tagged or out of sight.

    :raises NoTimeStamp: the authority did not answer
    """
    try:
        return in_thread(lambda: _stamped(_signed(pdf, keys, reason, stamps), keys, stamps, trusted))
    except TimestampRequestError as error:
        raise NoTimeStamp(str(error)) from error


def _signed(pdf: bytes, keys: SealKeys, reason: str, stamps: Stamping) -> bytes:
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
    field = SigFieldSpec("Seal", invis_sig_settings=_OUT_OF_SIGHT)
    addition: Any = _Addition(io.BytesIO(pdf))
    made = signers.sign_pdf(addition, about, signer=signer, new_field_spec=field, timestamper=stamps.by)
    return bytes(made.getvalue())


def _stamped(pdf: bytes, keys: SealKeys, stamps: Stamping, trusted: Trust) -> bytes:
    addition: Any = _Addition(io.BytesIO(pdf))
    certs = [one_certificate(keys.certificate), one_certificate(keys.authority), *_of_stamp(pdf)]
    issuers = {certificate.issuer.hashable for certificate in certs}
    lists = [one for one in trusted.revoked if one.issuer.hashable in issuers]
    DocumentSecurityStore.supply_dss_in_writer(addition, None, certs=certs, crls=lists)
    stamper = signers.PdfTimeStamper(stamps.by, field_name="Time", invis_settings=_OUT_OF_SIGHT)
    return bytes(stamper.timestamp_pdf(addition, "sha256").getvalue())


def _of_stamp(pdf: bytes) -> list[x509.Certificate]:
    """Return the certificates that came with the seal's time stamp."""
    stamp = stamp_of(PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures[0])
    return [one.chosen for one in stamp["certificates"]] if stamp is not None else []
