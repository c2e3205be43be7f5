"""Whom a check of signatures believes, and the small tools of every check."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from asn1crypto import crl, pem, x509
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko_certvalidator import ValidationContext

Result = TypeVar("Result")


class UnreadableCertificate(ValueError):
    """What should be a certificate is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """``authority`` vouches for seals and for own time stamps, ``roots`` for people's signatures and for foreign time
    stamps. ``revoked`` are the revocation lists known here, besides those a file brings along.
    """

    authority: x509.Certificate
    roots: tuple[x509.Certificate, ...] = ()
    revoked: tuple[crl.CertificateList, ...] = ()

    @classmethod
    def of(cls, authority: bytes, *, folder: Path | None = None, revoked: Iterable[bytes] = ()) -> Trust:
        """Return what to trust, from the PEM of the seal authority and the operator's folder of certificates.

        The folder holds certificates (``*.pem``, ``*.crt``) and revocation lists (``*.crl``); it may be missing.

        :raises UnreadableCertificate: a file in it, or the authority, is none
        """
        files = sorted(folder.iterdir()) if folder and folder.is_dir() else []
        roots = [one_certificate(file.read_bytes()) for file in files if file.suffix in {".pem", ".crt"}]
        lists = [*revoked, *(file.read_bytes() for file in files if file.suffix == ".crl")]
        return cls(
            authority=one_certificate(authority),
            roots=tuple(roots),
            revoked=tuple(crl.CertificateList.load(_der(content)) for content in lists),
        )

    def for_seals(self, **more: Any) -> ValidationContext:
        return _context([self.authority], **more)

    def for_people(self, **more: Any) -> ValidationContext:
        return _context(self.roots, **more)

    def for_stamps(self, **more: Any) -> ValidationContext:
        return _context([self.authority, *self.roots], **more)


def _context(roots: Iterable[x509.Certificate], *, moment: datetime | None = None, **more: Any) -> ValidationContext:
    # Nothing is fetched: a stranger's certificate must not send this server to addresses of its choice.
    times = {"moment": moment, "best_signature_time": moment} if moment else {}
    return ValidationContext(trust_roots=list(roots), allow_fetching=False, retroactive_revinfo=True, **times, **more)


def in_thread(work: Callable[[], Result]) -> Result:
    """Do the work in a thread of its own: pyHanko starts an event loop, and a thread can run only one."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work).result()


def one_certificate(content: bytes) -> x509.Certificate:
    """Return the first certificate of a PEM file.

    :raises UnreadableCertificate: when there is none
    """
    try:
        certificate = next(iter(load_certs_from_pemder_data(content)))
        # Read lazily otherwise: the damage would show only when the certificate is used.
        certificate.subject.native  # noqa: B018
    except (ValueError, TypeError, StopIteration) as error:
        raise UnreadableCertificate(str(error)) from error
    return certificate


def _der(content: bytes) -> bytes:
    return bytes(pem.unarmor(content)[2]) if pem.detect(content) else content
