"""The keys and certificates of this installation's seal and of its time stamps: made once, at first use."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings

_YEARS = 25  # a sealed agreement must still validate when its records may be thrown away
_PEM = serialization.Encoding.PEM
_Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True, kw_only=True)
class SealKeys:
    """PEM bytes. ``authority`` is the root that whoever checks a file has to trust."""

    key: bytes
    certificate: bytes
    authority: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class StampKeys:
    """PEM bytes of the installation's own time-stamping authority, issued by the seal authority."""

    key: bytes
    certificate: bytes


def seal_keys() -> SealKeys:
    """Return the keys of the seal, made when there are none. Two processes that start at once get the same ones.

    They lie in ``SEAL_DIR``, readable by the owner alone. Whoever loses them can still have old files checked with the
    authority certificate, but seals new ones under another.
    """
    folder = settings.SEAL_DIR
    _make_once(folder, _issue_seal)
    return SealKeys(
        key=(folder / "seal.key").read_bytes(),
        certificate=(folder / "seal.pem").read_bytes(),
        authority=(folder / "authority.pem").read_bytes(),
    )


def stamp_keys() -> StampKeys:
    """Return the keys of the installation's own time-stamping authority, made when there are none.

    For demo and development, and for who has no other: nobody outside vouches for its clock.
    """
    seal_keys()
    folder = settings.SEAL_DIR / "time-stamps"
    _make_once(folder, _issue_stamp)
    return StampKeys(key=(folder / "stamp.key").read_bytes(), certificate=(folder / "stamp.pem").read_bytes())


def revocation_list(*, at: datetime) -> bytes:
    """Return what the seal authority says about revoked certificates now, as DER, good for a week.

    The serial numbers stand in ``revoked.txt`` in the folder of the keys: one a line, in hex, with the day it ended:
    ``4f2a… 2027-03-01``.
    """
    authority = x509.load_pem_x509_certificate(seal_keys().authority)
    key = serialization.load_pem_private_key((settings.SEAL_DIR / "authority.key").read_bytes(), password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    made = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.subject)
        .last_update(at - timedelta(minutes=5))
        .next_update(at + timedelta(days=7))
    )
    for serial, ended in _revoked():
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(ended)
        made = made.add_revoked_certificate(entry.build())
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _revoked() -> list[tuple[int, datetime]]:
    listed = settings.SEAL_DIR / "revoked.txt"
    lines = [line.split() for line in listed.read_text().splitlines() if line.strip()] if listed.exists() else []
    return [(int(serial, 16), datetime.fromisoformat(day).replace(tzinfo=UTC)) for serial, day in lines]


def _make_once(folder: Path, issue: Callable[[], dict[str, bytes]]) -> None:
    if folder.exists():
        return
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Written beside and moved into place in one step: the folder either is complete or is not there.
    draft = Path(tempfile.mkdtemp(prefix="seal-", dir=folder.parent))
    try:
        for name, content in issue().items():
            with os.fdopen(os.open(draft / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
        draft.rename(folder)
    except OSError:
        # Somebody else was first: a rename onto a filled folder is refused by the system.
        if not folder.exists():
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _issue_seal() -> dict[str, bytes]:
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
        .add_extension(_issued_by(authority_key), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    return {
        "seal.key": _private(seal_key),
        "seal.pem": seal.public_bytes(_PEM),
        "authority.key": _private(authority_key),
        "authority.pem": authority.public_bytes(_PEM),
    }


def _issue_stamp() -> dict[str, bytes]:
    authority = x509.load_pem_x509_certificate(seal_keys().authority)
    authority_key = serialization.load_pem_private_key(
        (settings.SEAL_DIR / "authority.key").read_bytes(), password=None
    )
    assert isinstance(authority_key, ec.EllipticCurvePrivateKey)
    # The library that answers requests for time stamps signs with RSA.
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    stamp = (
        _builder(_name(f"{settings.NETWORK_NAME} time stamps"), authority.subject, key, datetime.now(UTC))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage("digital_signature"), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .add_extension(_issued_by(authority_key), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    return {"stamp.key": _private(key), "stamp.pem": stamp.public_bytes(_PEM)}


def _issued_by(key: ec.EllipticCurvePrivateKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())


def _builder(subject: x509.Name, issuer: x509.Name, key: _Key, now: datetime) -> x509.CertificateBuilder:
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


def _private(key: _Key) -> bytes:
    return key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
