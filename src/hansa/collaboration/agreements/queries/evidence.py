"""The document that is printed and sealed, and the record of its signatures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import override

from hansa.collaboration.agreements.models import Agreement, Signature, Version
from hansa.collaboration.agreements.queries.library import day
from hansa.collaboration.agreements.queries.shelf import instrument_of
from hansa.collaboration.agreements.queries.typesetting import EVIDENCE_FILE, TEXT_FILE
from hansa.collaboration.agreements.states import PartyRole, SignMethod


def statement(version: int) -> str:
    """Return what a signatory declares, in the language of the agreement."""
    return (
        f"I have read version {version} of this agreement as a whole, I may sign for my hub, "
        "and I agree that my hub is bound by it."
    )


def draft_document(agreement: Agreement, version: Version) -> dict[str, Any]:
    """Return a version for printing, marked as a draft."""
    return _document(agreement, version) | {"is_draft": True}


def signed_document(agreement: Agreement, version: Version, signatures: Sequence[Signature]) -> dict[str, Any]:
    """Return the agreement for sealing: its text, its signatures, and both again as attached files."""
    with override("en"):
        return _document(agreement, version) | {
            "signatures": [_printed(signature) for signature in signatures],
            "in_force_at": moment(agreement.in_force_at),
            "attachments": [
                {
                    "name": TEXT_FILE,
                    "content": version.text,
                    "relationship": "source",
                    "mime_type": "text/plain",
                    "description": "The text that was signed",
                },
                {
                    "name": EVIDENCE_FILE,
                    "content": json.dumps(_evidence(agreement, version, signatures), ensure_ascii=False, indent=2),
                    "relationship": "data",
                    "mime_type": "application/json",
                    "description": "The record of every signature",
                },
            ],
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
        "statement": statement(version.number),
    }
    return _document(agreement, version) | {"clauses": [], "signatures": [printed]}


def moment(when: datetime | None) -> str:
    """Return an instant as the document prints it: 24 November 2026, 09:12:44 UTC."""
    if when is None:
        return ""
    utc = when.astimezone(UTC)
    return f"{day(utc.date())}, {utc:%H:%M:%S} UTC"


def _document(agreement: Agreement, version: Version) -> dict[str, Any]:
    instrument = instrument_of(agreement)
    return {
        "title": instrument.title,
        "language": instrument.language,
        "notice": instrument.notice,
        "case_ref": agreement.request.ref,
        "version": version.number,
        "sha256": version.sha256,
        "clauses": [{key: clause[key] for key in ("number", "title", "paragraphs")} for clause in version.clauses],
        "network": settings.NETWORK_NAME,
        "is_draft": False,
        "signatures": [],
        "in_force_at": "",
        "attachments": [],
    }


def _printed(signature: Signature) -> dict[str, str]:
    return {
        "organisation": signature.party.hub.name,
        "role": str(PartyRole(signature.party.role).label),
        "name": signature.name,
        "function": signature.function,
        "signed_at": moment(signature.signed_at),
        "method": str(SignMethod(signature.method).label),
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
                "second_factor": signature.method,
                "sha256": signature.sha256,
                "statement": signature.statement,
            }
            for signature in signatures
        ],
    }
