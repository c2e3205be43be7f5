"""Authorities, people and tools outside of Hansa, for the tests of what is signed elsewhere."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.keys import load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko_certvalidator.registry import SimpleCertificateStore

from hansa.collaboration.agreements.queries.validation import one_certificate

_PEM = serialization.Encoding.PEM
SIGNING = ("digital_signature", "content_commitment")


@dataclass(frozen=True)
class Identity:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(_PEM)

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def issue(
    name: str,
    issuer: Identity | None = None,
    *,
    usage: tuple[str, ...] = SIGNING,
    days: tuple[int, int] = (-10, 3650),
    statements: bytes = b"",
) -> Identity:
    """Return a new identity, self-made without an issuer. ``days`` from today bound its validity."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    flags = {
        flag: flag in usage
        for flag in (
            "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
            "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
        )
    }  # fmt: skip
    made = (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(issuer.certificate.subject if issuer else _named(name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca="key_cert_sign" in usage, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**flags), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if statements:
        oid = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3")
        made = made.add_extension(x509.UnrecognizedExtension(oid, statements), critical=False)
    return Identity(made.sign(issuer.key if issuer else key, hashes.SHA256()), key)


def authority(name: str = "Trusted signatures") -> Identity:
    return issue(name, usage=("key_cert_sign", "crl_sign"))


def revoke(issuer: Identity, identity: Identity) -> bytes:
    """Return the list of the issuer that says the identity was revoked yesterday."""
    now = datetime.now(UTC)
    entry = (
        x509.RevokedCertificateBuilder()
        .serial_number(identity.certificate.serial_number)
        .revocation_date(now - timedelta(days=1))
        .build()
    )
    return (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(now - timedelta(hours=1))
        .next_update(now + timedelta(days=7))
        .add_revoked_certificate(entry)
        .sign(issuer.key, hashes.SHA256())
        .public_bytes(serialization.Encoding.DER)
    )


def signed_by(pdf: bytes, identity: Identity, *, field: str = "Signature1", box: Any = None, **about: Any) -> bytes:
    """Return the file as a program outside signs it: the signature is added behind, nothing else changes."""

    def work() -> bytes:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        append_signature_field(writer, SigFieldSpec(field, box=box, on_page=0))
        certificate = one_certificate(identity.pem)
        signer = signers.SimpleSigner(
            signing_cert=certificate,
            signing_key=load_private_key_from_pemder_data(identity.key_pem, passphrase=None),
            cert_registry=SimpleCertificateStore.from_certs([certificate]),
        )
        meta = signers.PdfSignatureMetadata(field_name=field, subfilter=SigSeedSubFilter.PADES, **about)
        return bytes(asyncio.run(signers.async_sign_pdf(writer, meta, signer=signer)).getvalue())

    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work).result()


def added(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """Return the file with an update behind it that changes something."""
    writer, out = IncrementalPdfFileWriter(io.BytesIO(pdf)), io.BytesIO()
    change(writer)
    writer.write(out)
    return out.getvalue()
