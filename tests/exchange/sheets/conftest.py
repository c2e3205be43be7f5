"""A hub that knows a few technologies, and sheets written by other programs."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from cast import Cast, make_cast
from factories import make_concept
from openpyxl import Workbook

from hansa.collaboration.aid.queries import HEADS
from hansa.hubs.taxonomy import queries as taxonomy

ROW: dict[str, Any] = {
    "Content ID": "1001",
    "Customer": "Frigo Montaña",
    "VAT": "ESB12345678",
    "Service category delivered": "Test before invest",
    "Number of attendees": 12,
    "Service price": 1500,
    "Price invoiced to customer": 0,
    HEADS[7]: 600.5,
    "Specific information on State Aid": "De minimis aid",
    "Technology type used": "Robotics;Other (please specify)",
    "Status": "Finalised and invoiced",
    "Short description of the service": "Test of a gripper",
    "Amount of investment triggered": 20000,
    "Type of investment": "Private",
    "Dates": "2026-03-01 / 2026-03-05",
    "Specify Technology type used": "Grippers",
    "Customer ID": "C-7",
    "EDIH Name": "EDIH Ebro",
    "EDIH Country": "España",
    "Customer Country": "Spain",
    "Customer  region": "Aragón",
    "Customer primary sector": "Food and beverages",
    "Customer staff size": "Small (10-49)",
    "Customer type": "SME",
    "Author's email": "pau@ebro.example",
}
Made = Callable[..., bytes]


def workbook(rows: Sequence[dict[str, Any]], heads: Sequence[str] = HEADS) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Services")
    sheet.append(list(heads))
    for row in rows:
        sheet.append([row.get(head) for head in heads])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def made() -> Made:
    """Return a function that makes a sheet of rows like ``ROW``, each with its changes."""
    return lambda *changes, **options: workbook([ROW | change for change in changes], **options)


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def cast(db: None) -> Cast:
    taxonomy.forget()
    for notation, label in (
        ("robotics", "Robotics"),
        ("iot", "Internet of Things"),
        ("other", "Other (please specify)"),
    ):
        make_concept("technology", notation, label)
    make_concept("country", "ES", "Spain")
    return make_cast()
