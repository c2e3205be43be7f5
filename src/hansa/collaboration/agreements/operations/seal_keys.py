"""The key and certificates of this installation's seal: made once, at first use."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

_YEARS = 25  # a sealed agreement must still validate when its records may be thrown away
_NAMES = ("seal.key", "seal.pem", "authority.key", "authority.pem")


@dataclass(frozen=True, slots=True, kw_only=True)
class SealKeys:
    """PEM bytes. ``authority`` is the root that whoever checks a file has to trust."""

    key: bytes
    certificate: bytes
    authority: bytes


def seal_keys() -> SealKeys:
    """Return the keys of the seal, made when there are none. Two processes that start at once get the same ones.

    They lie in ``SEAL_DIR``, readable by the owner alone. Whoever loses them can still have old files checked with the
    authority certificate, but seals new ones under another.
    """
    folder = settings.SEAL_DIR
    if not folder.exists():
        _make(folder)
    return SealKeys(
        key=(folder / "seal.key").read_bytes(),
        certificate=(folder / "seal.pem").read_bytes(),
        authority=(folder / "authority.pem").read_bytes(),
    )


def _make(folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Written beside and moved into place in one step: the folder either is complete or is not there.
    draft = Path(tempfile.mkdtemp(prefix="seal-", dir=folder.parent))
    try:
        for name, content in zip(_NAMES, _issue(), strict=True):
            with os.fdopen(os.open(draft / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
        draft.rename(folder)
    except OSError:
        # Somebody else was first: a rename onto a filled folder is refused by the system.
        if not folder.exists():
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _issue() -> tuple[bytes, bytes, bytes, bytes]:
    now = datetime.now(UTC)
    authority_key = ec.generate_private_key(ec.SECP256R1())
    seal_key = ec.generate_private_key(ec.SECP256R1())
    authority_name = _name(f"{settings.NETWORK_NAME} seal authority")
    authority = (
        _builder(authority_name, authority_name, authority_key, now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
        .sign(authority_key, hashes.SHA256())
    )
    seal = (
        _builder(_name(f"{settings.NETWORK_NAME} seal"), authority_name, seal_key, now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage("digital_signature", "content_commitment"), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()),
            critical=False,
        )
        .sign(authority_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    return _private(seal_key), seal.public_bytes(pem), _private(authority_key), authority.public_bytes(pem)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=365 * _YEARS))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, settings.NETWORK_NAME[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name[:64]),
        ]
    )


def _usage(*names: str) -> x509.KeyUsage:
    every = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: name in names for name in every})


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
