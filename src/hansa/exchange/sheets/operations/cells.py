"""One row of a KPI sheet: what its cells say, repaired where that is safe, refused where it is not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hansa.collaboration.aid import operations as aid
from hansa.collaboration.aid import queries
from hansa.foundation.numbers import EuroField
from hansa.hubs.directory.states import ClientType
from hansa.hubs.taxonomy import queries as taxonomy
from hansa.hubs.taxonomy.states import Kind

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_EURO = EuroField(required=False)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_LOCAL = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")


class CannotReadCell(ValueError):
    """A cell cannot be what stands in it; ``text`` says why and what to do."""

    def __init__(self, head: str, text: str) -> None:
        super().__init__(text)
        self.head, self.text = head, text


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """The words of the sheet, in small letters, and what they stand for."""

    technologies: Mapping[str, str]
    technology_names: Mapping[str, str]
    countries: Mapping[str, str]
    categories: Mapping[str, str]
    statuses: Mapping[str, str]
    client_types: Mapping[str, str]
    bases: Mapping[str, str]

    @classmethod
    def current(cls) -> Vocabularies:
        known = queries.technologies()
        countries = taxonomy.vocabulary(Kind.COUNTRY)
        categories = {words.casefold(): key for key, words in queries.CATEGORY_WORDS.items()}
        return cls(
            technologies={key: entry.label_in("en") for key, entry in known.items()},
            technology_names={label.casefold(): key for key, entry in known.items() for label in entry.labels.values()},
            countries={
                name.casefold(): code for code, entry in countries.items() for name in (*entry.labels.values(), code)
            },
            categories=categories | {"networking and access to innovation ecosystems": "IEN"},
            statuses={words.casefold(): key for key, words in queries.STATUS_WORDS.items()},
            client_types=_client_types(),
            bases={basis.written.casefold(): basis.id for basis in queries.legal_bases().values()},
        )


def _client_types() -> dict[str, str]:
    own = {str(kind.label).casefold(): kind.value for kind in ClientType}
    return own | {
        "sme": ClientType.SME,
        "start-up": ClientType.START_UP,
        "startup": ClientType.START_UP,
        "midcap": ClientType.MIDCAP,
        "small mid-cap": ClientType.MIDCAP,
        "pso": ClientType.PUBLIC,
        "public sector organisation": ClientType.PUBLIC,
    }


class Cells:
    """The cells of one row by their heads. ``repaired`` collects pairs of head and remark."""

    def __init__(self, row: int, columns: Mapping[str, int], cells: tuple[Any, ...], words: Vocabularies) -> None:
        self.row, self.columns, self.cells, self.words = row, columns, cells, words
        self.repaired: list[tuple[str, str]] = []

    def name_of(self, head: str) -> str:
        """Return the cell as spreadsheets name it, such as H12."""
        place, name = self.columns.get(head, -1), ""
        while place >= 0:
            name, place = chr(65 + place % 26) + name, place // 26 - 1
        return f"{name}{self.row}" if name else ""

    def service(self) -> aid.SheetService:
        """Return the row as a service.

        :raises CannotReadCell: one of the cells makes no sense
        """
        category = self._one_of("Service category delivered", self.words.categories)
        starts_on, ends_on = self._dates()
        price = self._money("Service price", needed=True)
        invoiced = self._money("Price invoiced to customer")
        basis, note = self._basis()
        draft = aid.ServiceDraft(
            client_id=0,
            content_id=self._text("Content ID", 40),
            category=category,
            n_attendees=self._count("Number of attendees"),
            price_eur=price or Decimal(0),
            invoiced_eur=invoiced or Decimal(0),
            aid_eur=self._money(queries.HEADS[7]) or Decimal(0),
            legal_basis=basis,
            aid_note=note,
            technologies=self._technologies(),
            status=self._one_of("Status", self.words.statuses),
            description=self._description(),
            investment_eur=self._money("Amount of investment triggered"),
            investment_type=self._text("Type of investment", 120),
            starts_on=starts_on,
            ends_on=ends_on,
            granted_on=starts_on,
            capacities=self._text(queries.HEADS[15], 300),
            capacity_words=self._text(queries.HEADS[16], 300),
            investment_words=self._text("Specify type of investment", 300),
            technology_words=self._text("Specify Technology type used", 300),
            author_email=self._text("Author's email", 254),
        )
        return aid.SheetService(row=self.row, draft=draft, **self._customer())

    def _description(self) -> str:
        head = "Short description of the service"
        text = self._text(head, 2000)
        if not text:
            self.repaired.append((head, _("empty; a dash stands for it")))
        return text or "–"

    def _customer(self) -> dict[str, Any]:
        name = self._text("Customer", 200)
        if not name:
            raise CannotReadCell("Customer", _("A service needs a customer. Write its name."))
        country, kind = self._text("Customer Country", 80), self._text("Customer type", 80)
        return {
            "customer": name,
            "vat_number": self._text("VAT", 20),
            "country": self.words.countries.get(country.casefold(), ""),
            "client_type": self.words.client_types.get(kind.casefold(), ClientType.OTHER),
            "edih_name": self._text("EDIH Name", 200),
            "edih_country": self._text("EDIH Country", 80),
            "words": {
                "customer_id": self._text("Customer ID", 60),
                "country_words": country,
                "region_words": self._text("Customer  region", 120),
                "sector_words": self._text("Customer primary sector", 200),
                "size_words": self._text("Customer staff size", 80),
                "type_words": kind,
            },
        }

    def _value(self, head: str) -> Any:
        place = self.columns.get(head)
        cell = self.cells[place] if place is not None and place < len(self.cells) else None
        if cell is None or cell.value is None:
            return None
        if cell.data_type == "f":
            raise CannotReadCell(head, _("The cell holds a formula. Put its value there."))
        if cell.data_type == "e":
            raise CannotReadCell(head, _("The cell holds an error of the spreadsheet."))
        return cell.value

    def _text(self, head: str, most: int) -> str:
        value = self._value(head)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = "" if value is None else str(value)
        if text.startswith("'") and text[1:].startswith(_FORMULA):
            text = text[1:]
        if text != text.strip():
            text = text.strip()
            self.repaired.append((head, _("spaces around it removed")))
        if len(text) > most:
            raise CannotReadCell(head, _("The text is too long. At most %(n)s characters fit.") % {"n": most})
        return text

    def _one_of(self, head: str, known: Mapping[str, str]) -> str:
        text = self._text(head, 200)
        found = known.get(" ".join(text.casefold().split()))
        if found is None:
            names = dict.fromkeys(key.capitalize() for key in known)
            raise CannotReadCell(
                head,
                _("“%(text)s” is not known here. Write one of: %(names)s.") % {"text": text, "names": "; ".join(names)},
            )
        return found

    def _money(self, head: str, *, needed: bool = False) -> Decimal | None:
        value = self._value(head)
        if isinstance(value, str) and value.strip():
            self.repaired.append((head, _("text read as an amount")))
        try:
            if isinstance(value, bool | datetime):
                raise CannotReadCell(head, _("This is no amount. Write a number of euro."))
            amount = _EURO.clean(round(value, 6) if isinstance(value, float) else value)
        except ValidationError as no:
            raise CannotReadCell(head, str(no.messages[0])) from no
        if amount is None and needed:
            raise CannotReadCell(head, _("The price is missing. Write what the service is worth on the market."))
        return amount

    def _count(self, head: str) -> int | None:
        text = self._text(head, 20)
        if not text:
            return None
        if not (text.isascii() and text.isdigit()) or int(text) > 1_000_000:
            raise CannotReadCell(head, _("“%(text)s” is no number of people.") % {"text": text})
        return int(text)

    def _technologies(self) -> tuple[str, ...]:
        head, found = "Technology type used", []
        for text in self._text(head, 4000).split(";"):
            name = " ".join(text.split())
            if not name:
                continue
            notation = self.words.technology_names.get(name.casefold())
            if notation is None:
                raise CannotReadCell(
                    head,
                    _("“%(name)s” is no technology of the list. Choose from it, or write “Other (please specify)”.")
                    % {"name": name[:80]},
                )
            found.append(notation)
        return tuple(dict.fromkeys(found))

    def _basis(self) -> tuple[str, str]:
        """Return the legal basis, if the information on State aid is its name and nothing else; else the words."""
        text = self._text("Specific information on State Aid", 1000)
        basis = self.words.bases.get(text.casefold(), "")
        return basis, "" if basis else text

    def _dates(self) -> tuple[date, date]:
        value = self._value("Dates")
        if isinstance(value, datetime | date):
            day = value.date() if isinstance(value, datetime) else value
            self.repaired.append(("Dates", _("one day taken for the first and the last")))
            return day, day
        text = str(value or "").strip()
        found = [(y, m, d) for y, m, d in _ISO.findall(text)]
        if not found:
            found = [(y, m, d) for d, m, y in _LOCAL.findall(text)]
        if len(found) not in {1, 2}:
            raise CannotReadCell("Dates", _("Write the first and the last day as 2026-03-01 / 2026-03-05."))
        try:
            days = [date(int(y), int(m), int(d)) for y, m, d in found]
        except ValueError as error:
            raise CannotReadCell(
                "Dates", _("There is no such day in “%(text)s”. Check the calendar.") % {"text": text[:40]}
            ) from error
        starts_on, ends_on = days[0], days[-1]
        if text != f"{starts_on.isoformat()} / {ends_on.isoformat()}":
            self.repaired.append(("Dates", _("dates brought to the form of the sheet")))
        return starts_on, ends_on
