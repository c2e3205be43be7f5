"""Checking a file that is sealed by an installation, or signed elsewhere by people."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Callable

from django.utils.translation import gettext as _
from pyhanko.pdf_utils.reader import PdfFileReader
from pypdf import PdfReader

from hansa.collaboration.agreements.queries.typesetting import ABOUT_FILE, EVIDENCE_FILE, TEXT_FILE
from hansa.collaboration.agreements.queries.validation import elsewhere, sealed
from hansa.collaboration.agreements.queries.validation.report import FileReport, Signed
from hansa.collaboration.agreements.queries.validation.trust import (
    Trust,
    UnreadableCertificate,
    in_thread,
    one_certificate,
)
from hansa.collaboration.agreements.queries.wording import fingerprint

__all__ = [
    "FileReport",
    "Signed",
    "Trust",
    "UnreadableCertificate",
    "check_file",
    "in_thread",
    "one_certificate",
]
log = logging.getLogger(__name__)


def check_file(
    pdf: bytes, *, trust: Trust, copy_of: Callable[[str], bytes | None] = lambda _sha256: None
) -> FileReport:
    """Return what can be said about a file, whatever it is; never raises for a bad one.

    :param copy_of: gives the file of a text that was given out to be signed, by the fingerprint of the text
    """
    try:
        attached = PdfReader(io.BytesIO(pdf)).attachments
        is_to_sign = ABOUT_FILE in attached and EVIDENCE_FILE not in attached
        # Asked before the thread starts: a thread of its own would open a connection to the database of its own.
        copy = copy_of(fingerprint(attached[TEXT_FILE][0].decode("utf-8"))) if is_to_sign else None
        return in_thread(lambda: _checked(pdf, trust, is_to_sign=is_to_sign, copy=copy))
    except Exception:
        # A stranger's file may break the parsers anywhere. All of it means the same to the reader.
        log.info("A file could not be read as an agreement.", exc_info=True)
        return FileReport(problems=(_("The file is damaged, or no PDF."),))


def _checked(pdf: bytes, trust: Trust, *, is_to_sign: bool, copy: bytes | None) -> FileReport:
    reader = PdfFileReader(io.BytesIO(pdf))
    found = reader.embedded_regular_signatures
    if not found:
        return FileReport(problems=(_("The file carries no signature that can be read."),))
    if is_to_sign:
        return asyncio.run(elsewhere.report(reader, pdf, trust=trust, copy=copy))
    if len(found) > 1:
        return FileReport(problems=(_("The file carries more than the one seal it should."),))
    return asyncio.run(sealed.report(reader, pdf, trust=trust))
