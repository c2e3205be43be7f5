"""A service as the 28 cells of the reporting tool's sheet. Source: BP-KPI-03.

The heads are those of the Commission's tool, letter by letter, the two spaces in "Customer  region" too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import override

from hansa.collaboration.aid.models import ServiceRecord, Undertaking
from hansa.collaboration.aid.queries.bases import legal_bases
from hansa.collaboration.aid.queries.records import settings_of, technologies
from hansa.collaboration.aid.queries.undertakings import country_name
from hansa.collaboration.aid.states import Category, ServiceStatus
from hansa.hubs.directory import queries as directory
from hansa.hubs.directory.states import ClientType
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

HEADS = (
    "Content ID",
    "Customer",
    "VAT",
    "Service category delivered",
    "Number of attendees",
    "Service price",
    "Price invoiced to customer",
    "Amount of the service price to be reported as Aid of national or regional public nature, €",
    "Specific information on State Aid",
    "Technology type used",
    "Status",
    "Short description of the service",
    "Amount of investment triggered",
    "Type of investment",
    "Dates",
    "Information on the use of capacities financed by the Digital Europe Programme",
    "Specify use of capacities financed by the Digital Europe Programme",
    "Specify type of investment",
    "Specify Technology type used",
    "Customer ID",
    "EDIH Name",
    "EDIH Country",
    "Customer Country",
    "Customer  region",
    "Customer primary sector",
    "Customer staff size",
    "Customer type",
    "Author's email",
)
Cell = str | int | Decimal | None
Cells = tuple[Cell, ...]

# The tool's own words, in English whatever language the reader has.
CATEGORY_WORDS = {
    Category.TEST: "Test before invest",
    Category.SKILLS: "Skills and training",
    Category.INVESTMENT: "Support to find investment",
    Category.ECOSYSTEM: "Innovation ecosystem and networking",
}
STATUS_WORDS = {
    ServiceStatus.ONGOING: "Ongoing",
    ServiceStatus.FINALISED: "Finalised",
    ServiceStatus.INVOICED: "Finalised and invoiced",
}
_SIZES = ((10, "Micro (1-9)"), (50, "Small (10-49)"), (250, "Medium (50-249)"), (500, "250-499"))


def sheet_rows(records: Iterable[ServiceRecord], *, hub_id: int) -> Iterator[Cells]:
    """Yield the cells of these services of one hub; three queries besides the records', which have their clients."""
    settings, hub = settings_of(hub_id), directory.hub_by_id(hub_id)
    assert hub is not None
    facts = {row.client_id: row for row in Undertaking.objects.filter(client__hub_id=hub_id)}
    with override("en"):
        names = {notation: entry.label_in("en") for notation, entry in technologies().items()}
        country = settings.edih_country or country_name(hub.country)
        for record in records:
            own = facts.get(record.client_id) or Undertaking(client_id=record.client_id)
            yield cells_of(record, own, edih=(settings.edih_name or hub.name, country), names=names)


def cells_of(record: ServiceRecord, facts: Undertaking, *, edih: tuple[str, str], names: dict[str, str]) -> Cells:
    """Return the cells of one service in the order of ``HEADS``; call it with English active."""
    basis = legal_bases().get(record.legal_basis)
    return (
        record.content_id,
        record.client.name,
        record.client.vat_number,
        CATEGORY_WORDS[Category(record.category)],
        record.n_attendees,
        number(record.price_eur),
        number(record.invoiced_eur),
        number(record.aid_eur),
        record.aid_note or (basis.written if basis else ""),
        ";".join(names.get(notation, notation) for notation in record.technologies),
        STATUS_WORDS[ServiceStatus(record.status)],
        record.description,
        number(record.investment_eur),
        record.investment_type,
        dates(record.starts_on, record.ends_on),
        record.capacities,
        record.capacity_words,
        record.investment_words,
        record.technology_words,
        *_customer(record, facts, edih),
        record.author_email,
    )


def _customer(record: ServiceRecord, facts: Undertaking, edih: tuple[str, str]) -> tuple[str, ...]:
    own = customer_words(record.client)
    said = {name: getattr(facts, name) or words for name, words in own.items()}
    return (
        said.pop("customer_id"),
        *edih,
        *said.values(),
    )


def customer_words(client: Any) -> dict[str, str]:
    """Return what the sheet says about a client where nobody chose other words; call it with English active."""
    return {
        "customer_id": "",
        "country_words": country_name(client.country),
        "region_words": client.region,
        "sector_words": _sector(client.sector),
        "size_words": size_of(client.staff),
        "type_words": str(ClientType(client.client_type).label),
    }


def number(amount: Decimal | None) -> Decimal | None:
    """Return an amount without the zeros that the database adds."""
    if amount is None:
        return None
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()


def dates(starts_on: date, ends_on: date) -> str:
    return f"{starts_on.isoformat()} / {ends_on.isoformat()}"


def _sector(notation: str) -> str:
    entry = taxonomy.vocabulary(Kind.SECTOR).get(notation)
    return entry.label_in("en") if entry else notation


def size_of(staff: int | None) -> str:
    """Return the class of a number of staff as the sheet says it."""
    if staff is None:
        return ""
    return next((words for below, words in _SIZES if staff < below), "500 or more")
