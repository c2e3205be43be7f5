"""Checking a text of ours that people signed in their own tools."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel
from pyhanko.sign.validation import SignatureCoverageLevel
from pypdf import PdfReader

from hansa.collaboration.agreements.queries.typesetting import ABOUT_FILE, TEXT_FILE, reads_as, texts_inside
from hansa.collaboration.agreements.queries.validation import signatures
from hansa.collaboration.agreements.queries.validation.report import FileReport
from hansa.collaboration.agreements.queries.validation.trust import Trust
from hansa.collaboration.agreements.queries.wording import fingerprint

# Most certificates of persons are for signing documents (non-repudiation); some only for signatures in general.
_USAGE = ("non_repudiation", "digital_signature")


async def report(reader: PdfFileReader, pdf: bytes, *, trust: Trust, copy: bytes | None) -> FileReport:
    """Return what can be said about a file signed elsewhere.

    :param copy: the file that was given out to be signed, to the byte; None when no such text is known
    """
    store = signatures.Store.of(reader)
    stamps = reader.embedded_timestamp_signatures
    stamped = [await signatures.is_trusted_stamp(stamp, trust=trust, store=store) for stamp in stamps]
    archived = bool(stamped) and all(stamped)
    judge = signatures.Judge(context=trust.for_people, trust=trust, store=store, archived=archived, usage=_USAGE)
    found = tuple([await judge.read(signature) for signature in reader.embedded_regular_signatures])
    last = reader.embedded_signatures[-1]
    last.compute_integrity_info(skip_diff=True)
    covers_all = last.coverage == SignatureCoverageLevel.ENTIRE_FILE
    changes = list(_changes(reader, pdf, copy))
    problems = [problem for signed in found for problem in signed.problems]
    if not covers_all:
        problems.append(_("No signature covers the whole file: something was added after the last one."))
    problems += changes
    is_whole = covers_all and not changes
    said = _what_it_says(copy) if copy else {}
    text = said.pop("text", "")
    text_agrees = is_whole and reads_as(pdf, text)
    if is_whole and not text_agrees:
        problems.append(_("The pages do not say what was given out to be signed."))
    return FileReport(
        kind="signed",
        signatures=found,
        is_whole=is_whole,
        text_agrees=text_agrees,
        problems=tuple(dict.fromkeys(problems)),
        **said,
    )


def _changes(reader: PdfFileReader, pdf: bytes, copy: bytes | None) -> Iterable[str]:
    """Say what lies between the file given out and the file that came back, besides signatures."""
    if copy is None:
        yield _("This is no text that was given out here to be signed.")
        return
    given = PdfFileReader(io.BytesIO(copy))
    base = given.xrefs.total_revisions - 1
    # A file that only begins with ours could still build on another one behind it.
    is_ours = (
        pdf.startswith(copy)
        and reader.xrefs.total_revisions > base
        and (reader.xrefs.get_startxref_for_revision(base) == given.xrefs.get_startxref_for_revision(base))
    )
    if not is_ours:
        yield _(
            "This is not the file that was given out: it was changed or saved anew. Sign that file with a program that "
            "only adds the signature."
        )
        return
    difference = DEFAULT_DIFF_POLICY.review_file(reader, base)
    if not isinstance(difference, DiffResult) or difference.modification_level > ModificationLevel.FORM_FILLING:
        yield _("More than signatures was added to the file that was given out.")
    elif _covers_text(pdf):
        yield _("A visible signature covers words of the text. Put it on the last page, or make it invisible.")


def _covers_text(pdf: bytes) -> bool:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return any(
        texts_inside(page, [float(side) for side in note.get_object()["/Rect"]])
        for page in pages
        for note in page.get("/Annots") or []
        if note.get_object().get("/Subtype") == "/Widget"
    )


def _what_it_says(copy: bytes) -> dict[str, Any]:
    attached = {name: found[0] for name, found in PdfReader(io.BytesIO(copy)).attachments.items()}
    text = attached[TEXT_FILE].decode("utf-8")
    about = json.loads(attached[ABOUT_FILE])
    return {
        "text": text,
        "sha256": fingerprint(text),
        "case_ref": str(about["case"]),
        "version": int(about["version"]),
    }
