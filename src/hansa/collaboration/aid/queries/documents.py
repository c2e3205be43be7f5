"""Declaration and certificate as documents for printing. Both are in English, as the authorities file them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

from django.utils.translation import override

from hansa.collaboration.agreements.queries import typesetting
from hansa.collaboration.aid.models import Certificate, Declaration, ServiceRecord
from hansa.collaboration.aid.queries.standing import Standing, standing
from hansa.collaboration.aid.queries.undertakings import undertaking_of
from hansa.collaboration.aid.states import DeclaredBy, LinkKind
from hansa.hubs.directory import queries as directory

# In the order of the certificate: field of the content, its words.
CERTIFICATE_FIELDS = (
    ("grantor", "Granting authority"),
    ("intermediary_hub", "Hub that delivered the service"),
    ("beneficiary_name", "Beneficiary"),
    ("beneficiary_id", "Number of the beneficiary"),
    ("single_undertaking_members", "Undertakings that are one with it"),
    ("legal_basis_text", "Legal basis"),
    ("service_refs", "Service"),
    ("market_value_eur", "Market value"),
    ("price_paid_eur", "Price paid"),
    ("gross_grant_equivalent_eur", "Aid (gross grant equivalent)"),
    ("grant_date", "Day of the grant"),
    ("member_state", "Member State"),
    ("nace", "Sector (NACE)"),
    ("cumulated_before_eur", "Counted in the window before this grant"),
    ("cumulated_after_eur", "Counted in the window with this grant"),
    ("remaining_eur", "Left under the ceiling"),
    ("signatory", "Issued by"),
)


def standing_of_record(record: ServiceRecord) -> Standing:
    """Return how the client stands on the day of the grant, this grant not counted. ``record.client`` is loaded."""
    hub = directory.hub_by_id(record.hub_id)
    assert hub is not None
    return standing(
        record.client_id,
        client_name=record.client.name,
        hub_id=record.hub_id,
        member_state=hub.country,
        on=record.granted_on,
        basis_id=record.legal_basis,
        without=record.pk,
    )


def certificate_content(
    record: ServiceRecord, *, standing: Standing, grantor: str, signatory: str, network: str
) -> dict[str, Any]:
    """Return every field of the certificate as it is issued, amounts as text."""
    before = standing.room.counted_eur
    has_ceiling = standing.basis.ceiling_eur is not None
    return {
        "grantor": grantor,
        "intermediary_hub": record.hub.name,
        "beneficiary_name": record.client.name,
        "beneficiary_id": record.client.vat_number,
        "single_undertaking_members": "; ".join(standing.members[1:]) or "none",
        "legal_basis_text": standing.basis.citation,
        "service_refs": f"{record.description} ({record.starts_on:%Y-%m-%d} to {record.ends_on:%Y-%m-%d})",
        "market_value_eur": str(record.price_eur),
        "price_paid_eur": str(record.invoiced_eur),
        "gross_grant_equivalent_eur": str(record.aid_eur),
        "grant_date": record.granted_on.isoformat(),
        "member_state": standing.member_state,
        "nace": undertaking_of(record.client_id).nace,
        "cumulated_before_eur": str(before),
        "cumulated_after_eur": str(before + record.aid_eur),
        "remaining_eur": str(standing.room.left_eur - record.aid_eur) if has_ceiling else "",
        "signatory": signatory,
        "network": network,
    }


def certificate_pdf(certificate: Certificate) -> bytes:
    """Return the certificate as PDF/UA; the same certificate always gives the same bytes.

    :raises CannotPrint: a character has no glyph
    """
    content = certificate.content
    rows = [[words, _shown(name, content[name])] for name, words in CERTIFICATE_FIELDS if content[name]]
    return _printed(
        {
            "title": "Certificate of State aid",
            "subject": content["beneficiary_name"],
            "intro": "The service named here was delivered below its market price. The difference that national or "
            "regional money pays is State aid to the beneficiary, granted on the legal basis stated.",
            "rows": rows,
            "tables": [],
            "closing": "The beneficiary keeps this certificate for ten years and names this aid when it is asked to "
            "declare what it got.",
            "network": content["network"],
        },
        certificate.issued_at,
    )


def declaration_pdf(declaration: Declaration) -> bytes:
    """Return the declaration as PDF/UA; the same declaration always gives the same bytes.

    :raises CannotPrint: a character has no glyph
    """
    content = declaration.content
    with override("en"):
        linked = [[row["name"], row["identifier"], str(LinkKind(row["kind"]).label)] for row in content["linked"]]
        who = str(DeclaredBy(declaration.declared_by).label)
    aid = [
        [row["beneficiary"], row["authority"], row["member_state"], row["granted_on"], _euro(row["amount_eur"])]
        for row in content["aid"]
    ]
    rows = [
        ["Undertaking", content["client"]],
        ["Number", content["identifier"]],
        ["Hub", content["hub"]],
        ["Aid granted after", _day(content["since"])],
        ["Until", _day(content["until"])],
        ["Declared by", f"{declaration.name}, {declaration.function}"],
        ["Written down by", who],
    ]
    return _printed(
        {
            "title": "Declaration of de minimis aid",
            "subject": content["client"],
            "intro": "The undertaking declares that the lists below name every undertaking that is one with it, and "
            "all de minimis aid that these and it were granted in the period, other than by this hub.",
            "rows": [row for row in rows if row[1]],
            "tables": [
                _table("Linked undertakings", ["Name", "Number", "Kind of link"], linked),
                _table("De minimis aid", ["Beneficiary", "Authority", "State", "Granted", "Amount"], aid),
            ],
            "closing": "",
            "network": "",
        },
        declaration.at,
    )


def _table(title: str, heads: list[str], rows: list[list[str]]) -> dict[str, Any]:
    return {"title": title, "heads": heads, "rows": rows}


def _shown(name: str, value: str) -> str:
    if name.endswith("_eur"):
        return _euro(value)
    return _day(value) if name == "grant_date" else value


def _euro(value: str) -> str:
    return f"EUR {Decimal(value):,.2f}"


def _day(value: str) -> str:
    on = date.fromisoformat(value)
    return f"{on.day} {on:%B %Y}"


def _printed(document: dict[str, Any], at: Any) -> bytes:
    template = files("hansa.collaboration.aid").joinpath("content/document.typ")
    return typesetting.as_pdf(document, at=at, template=template)
