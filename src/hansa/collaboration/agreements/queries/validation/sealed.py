"""Checking a sealed file: is it whole, who sealed it, and does it say what was signed?"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import SignatureCoverageLevel
from pypdf import PdfReader

from hansa.collaboration.agreements.queries.typesetting import EVIDENCE_FILE, RECORD_FILE, TEXT_FILE, reads_as
from hansa.collaboration.agreements.queries.validation import signatures
from hansa.collaboration.agreements.queries.validation.report import FileReport, Signed
from hansa.collaboration.agreements.queries.validation.trust import Trust
from hansa.collaboration.agreements.queries.wording import fingerprint
from hansa.collaboration.agreements.states import PadesLevel


async def report(reader: PdfFileReader, pdf: bytes, *, trust: Trust) -> FileReport:
    """Return what can be said about a file with the seal of an installation."""
    store = signatures.Store.of(reader)
    seals, stamps = reader.embedded_regular_signatures, reader.embedded_timestamp_signatures
    stamped = [await signatures.is_trusted_stamp(stamp, trust=trust, store=store) for stamp in stamps]
    archived = bool(stamped) and all(stamped)
    judge = signatures.Judge(context=trust.for_seals, trust=trust, store=store, archived=archived, own_clock=True)
    seal = await judge.read(seals[0])
    last = reader.embedded_signatures[-1]
    is_whole = _is_whole(seals[0], last)
    problems = list(seal.problems)
    if not all(stamped):
        problems.append(_("Nobody trusted here vouches for the archive time stamp."))
    if seal.is_intact and not is_whole:
        problems.append(_("Something was added to the file after it was sealed."))
    # What is in a broken file proves nothing, and reading it only invites trouble.
    said = _what_it_says(pdf) if is_whole and seal.is_intact else {}
    if said:
        problems += _contradictions(said, seal)
    return FileReport(
        kind="sealed",
        signatures=(seal,),
        is_whole=is_whole,
        text_agrees=said.get("text_agrees", False),
        sha256=said.get("sha256", ""),
        case_ref=said.get("case_ref", ""),
        version=said.get("version", 0),
        problems=tuple(dict.fromkeys(problems)),
    )


def _is_whole(seal: Any, last: Any) -> bool:
    last.compute_integrity_info()
    seal.compute_integrity_info()
    level = getattr(seal.diff_result, "modification_level", ModificationLevel.OTHER)
    return last.coverage == SignatureCoverageLevel.ENTIRE_FILE and level <= ModificationLevel.LTA_UPDATES


def _what_it_says(pdf: bytes) -> dict[str, Any]:
    attached = {name: found[0] for name, found in PdfReader(io.BytesIO(pdf)).attachments.items()}
    if RECORD_FILE in attached:
        return _what_a_record_says(json.loads(attached[RECORD_FILE]))
    text = attached[TEXT_FILE].decode("utf-8")
    evidence = json.loads(attached[EVIDENCE_FILE])
    sha256 = fingerprint(text)
    return {
        "sha256": sha256,
        "case_ref": str(evidence["case"]),
        "version": int(evidence["version"]),
        "text_agrees": evidence["sha256"] == sha256 and reads_as(pdf, text),
        "level": evidence.get("seal", {}).get("level", PadesLevel.B),
        "files_agree": all(
            hashlib.sha256(attached.get(signature["file"], b"")).hexdigest() == signature["file_sha256"]
            for signature in evidence["signatures"]
            if signature.get("file")
        ),
    }


def _what_a_record_says(record: dict[str, Any]) -> dict[str, Any]:
    return {
        "sha256": str(record["sha256"]),
        "case_ref": str(record["case"]),
        "version": int(record["version"]),
        "text_agrees": True,
        "level": record["seal"]["level"],
        "files_agree": True,
    }


def _contradictions(said: dict[str, Any], seal: Signed) -> Iterable[str]:
    if not said["text_agrees"]:
        yield _("The pages do not say what was signed.")
    if not said["files_agree"]:
        yield _("An attached file is not the one that was signed.")
    if not seal.problems and seal.level.rank < PadesLevel(said["level"]).rank:
        yield _("The time stamps that the file speaks of are missing or do not hold.")
