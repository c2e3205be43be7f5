"""Reading one signature of a PDF: is it whole, whose is it, when was it made, how far can it be checked later?"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from asn1crypto import cms, crl, tsp, x509
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    SignatureCoverageLevel,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from hansa.collaboration.agreements.queries.validation.report import Signed
from hansa.collaboration.agreements.queries.validation.trust import Trust
from hansa.collaboration.agreements.states import PadesLevel

# A certificate that is not trusted is an answer here, not a fault to warn of.
for _name in ("pyhanko.sign.validation", "pyhanko.sign.diff_analysis"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)
# The extension in which a certificate calls itself qualified, and the statement (0.4.0.1862.1.1) as it is encoded.
_QC_STATEMENTS, _QC_COMPLIANCE = "1.3.6.1.5.5.7.1.3", bytes.fromhex("060604008e460101")
_OUT_OF_TIME = {
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED,
    AdESIndeterminate.EXPIRED,
    AdESIndeterminate.NOT_YET_VALID,
}
_REVOKED = {AdESIndeterminate.REVOKED_NO_POE, AdESIndeterminate.REVOKED_CA_NO_POE}
_NOT_FOR_THIS = {AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE, AdESIndeterminate.SIG_CONSTRAINTS_FAILURE}
_CHECKABLE = {SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION}


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """What a file brings along for its own check: certificates, revocation lists and answers."""

    certs: tuple[Any, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()

    @classmethod
    def of(cls, reader: PdfFileReader) -> Store:
        if "/DSS" not in reader.root:
            return cls()
        found = DocumentSecurityStore.read_dss(reader)
        return cls(
            certs=tuple(found.load_certs()),
            crls=tuple(one.get_object().data for one in found.crls),
            ocsps=tuple(one.get_object().data for one in found.ocsps),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """How to read the signatures of one file.

    ``context`` says whom to believe about a signer; ``archived``: a trusted document time stamp protects the signatures
    and what the file brings along; ``own_clock``: without a time stamp, believe the time that a signature itself states;
    ``usage``: what a certificate must be for, one of them.
    """

    context: Callable[..., ValidationContext]
    trust: Trust
    store: Store
    archived: bool
    own_clock: bool = False
    usage: tuple[str, ...] = ("non_repudiation",)

    async def read(self, signature: Any) -> Signed:
        """Return what can be said of a signature."""
        stamp, own_time = stamp_of(signature), signature.self_reported_timestamp
        moment = _time_in(stamp) if stamp is not None else own_time if self.own_clock else None
        here = (one.dump() for one in self.trust.revoked)
        status = await self._validated(signature, moment, "soft-fail", [*self.store.crls, *here])
        time = status.timestamp_validity
        fault = _fault(status, at=moment or datetime.now(UTC), revoked=self.trust.revoked)
        is_stamped = bool(time and time.valid and time.trusted)
        return Signed(
            by=_name_of(status.signing_cert.subject),
            issuer=_name_of(status.signing_cert.issuer),
            at=time.timestamp if is_stamped else own_time,
            stamped_by=_name_of(time.signing_cert.subject) if is_stamped else "",
            level=await self._level(signature, moment) if is_stamped and status.bottom_line else PadesLevel.B,
            is_intact=status.intact and status.valid and status.coverage in _CHECKABLE,
            is_known=status.trusted and not fault,
            says_qualified=_says_qualified(status.signing_cert),
            sha256=hashlib.sha256(signature.pkcs7_content).hexdigest(),
            stranger="" if status.trusted or fault else _unknown(status),
            problems=tuple(_problems(status, fault, has_stamp=stamp is not None, is_stamped=is_stamped)),
        )

    async def _level(self, signature: Any, moment: datetime | None) -> PadesLevel:
        # For the long term only if the file itself brings all that says that no certificate was revoked.
        status = await self._validated(signature, moment, "require", self.store.crls)
        if not status.bottom_line:
            return PadesLevel.T
        return PadesLevel.LTA if self.archived else PadesLevel.LT

    async def _validated(self, signature: Any, moment: datetime | None, mode: str, crls: Iterable[bytes]) -> Any:
        known = {"other_certs": list(self.store.certs), "ocsps": list(self.store.ocsps), "crls": list(crls)}
        return await async_validate_pdf_signature(
            signature,
            signer_validation_context=self.context(
                moment=moment and moment.astimezone(UTC), revocation_mode=mode, **known
            ),
            ts_validation_context=self.trust.for_stamps(revocation_mode=mode, **known),
            key_usage_settings=KeyUsageConstraints(key_usage=set(self.usage)),
        )


def _problems(status: Any, fault: str, *, has_stamp: bool, is_stamped: bool) -> Iterable[str]:
    name = _name_of(status.signing_cert.subject)
    if not (status.intact and status.valid):
        yield _("What “%(name)s” signed is not what stands in the file now.") % {"name": name}
        return
    if status.coverage not in _CHECKABLE:
        yield _("The signature of “%(name)s” covers only a part of the file.") % {"name": name}
    elif status.modification_level is None or status.modification_level > ModificationLevel.FORM_FILLING:
        yield _("Something was changed after “%(name)s” signed.") % {"name": name}
    elif status.docmdp_ok is False:
        yield _("Something was added that “%(name)s” did not allow.") % {"name": name}
    if fault or not status.trusted:
        yield fault or _unknown(status)
    if has_stamp and not is_stamped:
        yield _("Nobody trusted here vouches for the time stamp of “%(name)s”.") % {"name": name}


def _fault(status: Any, *, at: datetime, revoked: Iterable[crl.CertificateList]) -> str:
    """Return what is wrong with a certificate, whoever issued it."""
    certificate, why = status.signing_cert, status.trust_problem_indic
    name = {"name": _name_of(certificate.subject)}
    # Asked here as well: the library looks into a list only when the certificate names one.
    if status.revoked or why in _REVOKED or _is_revoked(certificate, at, revoked):
        return _("The certificate of “%(name)s” was revoked before it signed.") % name
    if why in _OUT_OF_TIME or not certificate.not_valid_before <= at <= certificate.not_valid_after:
        return _("The certificate of “%(name)s” was not valid at the time: it had expired or had not begun.") % name
    # A certificate that somebody made for themselves fails for this too, but that is not what is wrong with it.
    if why in _NOT_FOR_THIS and certificate.self_issued is False:
        return _("The certificate of “%(name)s” is not made for signing documents.") % name
    return ""


def _is_revoked(certificate: x509.Certificate, at: datetime, lists: Iterable[crl.CertificateList]) -> bool:
    entries = (
        entry
        for one in lists
        if one.issuer.hashable == certificate.issuer.hashable
        for entry in one["tbs_cert_list"]["revoked_certificates"] or ()
    )
    return any(
        entry["user_certificate"].native == certificate.serial_number and entry["revocation_date"].native <= at
        for entry in entries
    )


def _unknown(status: Any) -> str:
    words = {"name": _name_of(status.signing_cert.subject), "issuer": _name_of(status.signing_cert.issuer)}
    return _("“%(name)s” signed with a certificate of “%(issuer)s”, whom nobody here trusts.") % words


def stamp_of(signature: Any) -> cms.SignedData | None:
    """Return the time stamp of a signature, if it has one."""
    return next(iter(extract_tst_data_iter(signature.signer_info, signed=False)), None)


async def is_trusted_stamp(stamp: Any, *, trust: Trust, store: Store) -> bool:
    """Say whether a document time stamp is whole and of somebody trusted."""
    context = trust.for_stamps(other_certs=list(store.certs), crls=[one.dump() for one in trust.revoked])
    status = await async_validate_pdf_timestamp(stamp, context)
    return bool(status.intact and status.valid and status.trusted)


def _time_in(stamp: cms.SignedData) -> datetime:
    content: tsp.TSTInfo = stamp["encap_content_info"]["content"].parsed
    moment: datetime = content["gen_time"].native
    return moment


def _name_of(name: x509.Name) -> str:
    parts = name.native
    found = parts.get("common_name") or parts.get("organization_name") or name.human_friendly
    return str(found[0] if isinstance(found, list) else found)


def _says_qualified(certificate: x509.Certificate) -> bool:
    for extension in certificate["tbs_certificate"]["extensions"]:
        if extension["extn_id"].dotted == _QC_STATEMENTS:
            return _QC_COMPLIANCE in bytes(extension["extn_value"].contents)
    return False
