"""The evidence file: how a sealed agreement came about, for who has to prove it later."""

from __future__ import annotations

import json
from datetime import datetime
from importlib.resources import files
from typing import Any

from django.conf import settings
from django.utils.translation import override

from hansa.collaboration.agreements.models import Agreement, SealedFile, Signature, Version
from hansa.collaboration.agreements.queries.evidence import moment, printed
from hansa.collaboration.agreements.queries.history import told
from hansa.collaboration.agreements.queries.reading import whole_history_of
from hansa.collaboration.agreements.queries.shelf import instrument_of
from hansa.collaboration.agreements.queries.typesetting import RECORD_FILE
from hansa.collaboration.agreements.states import PadesLevel

TEMPLATE = files("hansa.collaboration.agreements").joinpath("content/evidence.typ")


def record_document(
    agreement: Agreement, sealed: SealedFile, *, stamps: str, own_clock: bool, at: datetime
) -> dict[str, Any]:
    """Return the evidence file for printing, with all of it as JSON inside.

    :param stamps: who stamps the time
    :param own_clock: it is this installation itself
    """
    signatures = Signature.objects.filter(party__agreement=agreement).select_related(
        "party__hub", "upload", "version", "signer"
    )
    hubs = {party.hub_id: party.hub.name for party in agreement.parties.select_related("hub")}
    with override("en"):
        said: dict[str, Any] = {
            "title": f"Evidence: {instrument_of(agreement).title}",
            "case": agreement.request.ref,
            "network": settings.NETWORK_NAME,
            "version": sealed.version.number,
            "sha256": sealed.version.sha256,
            "in_force_at": moment(agreement.in_force_at),
            "made_at": moment(at),
            "file": {
                "sha256": sealed.sha256,
                "sealed_at": moment(sealed.sealed_at),
                "level": str(PadesLevel(sealed.level).label),
                "stamped_by": sealed.stamped_by,
            },
            "seal": {
                "format": "PAdES",
                "level": PadesLevel.LTA,
                "time_stamps": stamps,
                "own_time_stamps": own_clock,
            },
            "versions": [_version(version) for version in _versions(agreement)],
            "signatures": [_signature(signature) for signature in signatures.order_by("signed_at", "pk")],
            "events": [
                {"at": moment(event.at), "text": event.text} for event in told(whole_history_of(agreement), hubs)
            ],
        }
    content = json.dumps(said, ensure_ascii=False, indent=2)
    return said | {"attachments": [{"name": RECORD_FILE, "content": content}]}


def _versions(agreement: Agreement) -> list[Version]:
    rows = Version.objects.filter(agreement=agreement).select_related("author", "author_hub")
    return list(
        rows.only("number", "sha256", "note", "created_at", "author__name", "author__email", "author_hub__name")
    )


def _version(version: Version) -> dict[str, Any]:
    return {
        "number": version.number,
        "by": f"{version.author or ''} ({version.author_hub})",
        "at": moment(version.created_at),
        "sha256": version.sha256,
        "note": version.note,
    }


def _signature(signature: Signature) -> dict[str, Any]:
    certificate = signature.upload.found if signature.upload else {}
    return printed(signature) | {
        "version": signature.version.number,
        "account": str(signature.signer),
        "second_factor": signature.second_factor,
        "sha256": signature.sha256,
        "certificate": certificate,
        "void": f"{moment(signature.voided_at)}: {signature.void_reason}" if signature.voided_at else "",
    }
