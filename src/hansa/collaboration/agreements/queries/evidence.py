"""The document that is printed and sealed, and the record of its signatures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import override

from hansa.collaboration.agreements.models import Agreement, Signature, SignedUpload, Version
from hansa.collaboration.agreements.queries.library import Instrument, day
from hansa.collaboration.agreements.queries.shelf import instrument_of
from hansa.collaboration.agreements.queries.typesetting import ABOUT_FILE, EVIDENCE_FILE, TEXT_FILE
from hansa.collaboration.agreements.queries.wording import Clause
from hansa.collaboration.agreements.states import PadesLevel, PartyRole, SignatureLevel, SignMethod


def statement(version: int) -> str:
    """Return what a signatory declares, in the language of the agreement."""
    return (
        f"I have read version {version} of this agreement as a whole, I may sign for my hub, "
        "and I agree that my hub is bound by it."
    )


def draft_document(agreement: Agreement, version: Version) -> dict[str, Any]:
    """Return a version for printing, marked as a draft."""
    return _document(agreement, version) | {"is_draft": True}


def copy_document(agreement: Agreement, version: Version) -> dict[str, Any]:
    """Return a version for signing in a tool of one's own: its text, a place to sign, and what it is as a file."""
    about = {"case": agreement.request.ref, "version": version.number, "sha256": version.sha256, "text": TEXT_FILE}
    return _document(agreement, version) | {
        "is_copy": True,
        "attachments": [
            _attached(TEXT_FILE, version.text, "source", "The text to sign"),
            _attached(ABOUT_FILE, json.dumps(about, indent=2), "data", "Which text this is"),
        ],
    }


def signed_document(
    agreement: Agreement, version: Version, signatures: Sequence[Signature], *, stamps: str, own_clock: bool
) -> dict[str, Any]:
    """Return the agreement for sealing: its text, its signatures, and both again as attached files.

    :param stamps: who stamps the time
    :param own_clock: it is this installation itself
    """
    with override("en"):
        record = _evidence(agreement, version, signatures) | {
            "seal": {"format": "PAdES", "level": PadesLevel.LTA, "time_stamps": stamps, "own_time_stamps": own_clock}
        }
        return _document(agreement, version) | {
            "signatures": [printed(signature) for signature in signatures],
            "in_force_at": moment(agreement.in_force_at),
            "stamps": stamps,
            "own_clock": own_clock,
            "attachments": [
                _attached(TEXT_FILE, version.text, "source", "The text that was signed"),
                _attached(
                    EVIDENCE_FILE,
                    json.dumps(record, ensure_ascii=False, indent=2),
                    "data",
                    "The record of every signature",
                ),
                *(_signed_file(signature) for signature in signatures if signature.upload),
            ],
        }


def _attached(name: str, content: str, relationship: str, description: str) -> dict[str, Any]:
    return {
        "name": name,
        "content": content,
        "relationship": relationship,
        "mime_type": "application/json" if name.endswith(".json") else "text/plain",
        "description": description,
    }


def _signed_file(signature: Signature) -> dict[str, Any]:
    assert signature.upload
    with signature.upload.file.open("rb") as file:
        content = list(file.read())
    return {
        "name": signature.upload.name,
        "content": content,
        "relationship": "data",
        "mime_type": "application/pdf",
        "description": f"The text as {signature.party.hub.name} signed it",
    }


def signature_sample(agreement: Agreement, version: Version, *, name: str, function: str, hub: str) -> dict[str, Any]:
    """Return the page of signatures alone, to see whether names can be printed before anybody relies on it."""
    printed = {
        "organisation": hub,
        "role": "",
        "name": name,
        "function": function,
        "signed_at": "",
        "method": "",
        "level": "",
        "statement": statement(version.number),
    }
    return _document(agreement, version) | {"clauses": [], "signatures": [printed]}


def moment(when: datetime | None) -> str:
    """Return an instant as the document prints it: 24 November 2026, 09:12:44 UTC."""
    if when is None:
        return ""
    utc = when.astimezone(UTC)
    return f"{day(utc.date())}, {utc:%H:%M:%S} UTC"


def model_document(of: Instrument, clauses: Sequence[Clause], *, case_ref: str, sha256: str) -> dict[str, Any]:
    """Return the model text of an instrument for printing, marked as a draft."""
    version = of.version
    return _shaped(of, clauses, case_ref=case_ref, version=version, sha256=sha256) | {"is_draft": True}


def _document(agreement: Agreement, version: Version) -> dict[str, Any]:
    ref, of = agreement.request.ref, instrument_of(agreement)
    return _shaped(of, version.clauses, case_ref=ref, version=version.number, sha256=version.sha256)


def _shaped(
    of: Instrument, clauses: Sequence[Clause], *, case_ref: str, version: int | str, sha256: str
) -> dict[str, Any]:
    return {
        "title": of.title,
        "language": of.language,
        "notice": of.notice,
        "case_ref": case_ref,
        "version": version,
        "sha256": sha256,
        "clauses": [{key: clause[key] for key in ("number", "title", "paragraphs")} for clause in clauses],
        "network": settings.NETWORK_NAME,
        "is_draft": False,
        "is_copy": False,
        "signatures": [],
        "in_force_at": "",
        "stamps": "",
        "own_clock": True,
        "attachments": [],
    }


def printed(signature: Signature) -> dict[str, str]:
    """Return a signature as the sealed file and the evidence file print it."""
    return {
        "organisation": signature.party.hub.name,
        "role": str(PartyRole(signature.party.role).label),
        "name": signature.name,
        "function": signature.function,
        "signed_at": moment(signature.signed_at),
        "method": str(SignMethod(signature.method).label),
        "level": str(SignatureLevel(signature.level).label),
        "statement": signature.statement,
    }


def _evidence(agreement: Agreement, version: Version, signatures: Sequence[Signature]) -> dict[str, Any]:
    assert agreement.in_force_at is not None
    return {
        "case": agreement.request.ref,
        "instrument": agreement.instrument,
        "version": version.number,
        "sha256": version.sha256,
        "text": TEXT_FILE,
        "in_force_at": agreement.in_force_at.astimezone(UTC).isoformat(),
        "installation": settings.NETWORK_NAME,
        "signatures": [
            {
                "organisation": signature.party.hub.name,
                "role": signature.party.role,
                "name": signature.name,
                "function": signature.function,
                "signed_at": signature.signed_at.astimezone(UTC).isoformat(),
                "second_factor": signature.second_factor,
                "level": signature.level,
                "sha256": signature.sha256,
                "statement": signature.statement,
            }
            | _elsewhere(signature.upload)
            for signature in signatures
        ],
    }


def _elsewhere(upload: SignedUpload | None) -> dict[str, Any]:
    """Return what the check of a file signed elsewhere found."""
    return {"file": upload.name, "file_sha256": upload.sha256, "certificate": upload.found} if upload else {}
