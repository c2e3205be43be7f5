"""The legal bases of aid as dated rules: which apply for a country, a kind of client and a day. Source: BP-REC-R14.1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

DE_MINIMIS = "de-minimis"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """One rule. Empty ``countries`` and ``client_types`` mean all; ``most_percent`` is of the price."""

    id: str
    written: str
    written_plain: str
    citation: str
    valid_from: date
    valid_until: date | None
    countries: frozenset[str]
    client_types: frozenset[str]
    excludes_primary: bool
    ceiling_eur: Decimal | None
    window_years: int
    most_percent: int | None
    is_aid: bool
    no_gap: bool
    needs_declaration: bool

    @property
    def name(self) -> str:
        return pgettext("content", self.written)

    @property
    def plain(self) -> str:
        return pgettext("content", self.written_plain)

    def problem(self, *, on: date, country: str, client_type: str, is_primary_producer: bool = False) -> str:
        """Return why no aid can be granted on it in this case, in a sentence for the user; nothing if it can."""
        if self.valid_until and on > self.valid_until:
            return _("“%(basis)s” ended on %(day)s. Choose a basis that is in force on the day of the grant.") % {
                "basis": self.name,
                "day": date_format(self.valid_until, "j M Y"),
            }
        if on < self.valid_from:
            return _(
                "“%(basis)s” applies from %(day)s on. Choose a basis that is in force on the day of the grant."
            ) % {
                "basis": self.name,
                "day": date_format(self.valid_from, "j M Y"),
            }
        if self.countries and country not in self.countries:
            return _("“%(basis)s” does not apply in the country of your hub.") % {"basis": self.name}
        if self.client_types and client_type not in self.client_types:
            return _("“%(basis)s” is not for this kind of client.") % {"basis": self.name}
        if self.excludes_primary and is_primary_producer:
            return _(
                "“%(basis)s” is not for primary production of farm and fishery products. These have rules of their own."
            ) % {"basis": self.name}
        return ""


@cache
def legal_bases() -> dict[str, LegalBasis]:
    """Return all rules by id, in the order of the file, those that have ended too."""
    path = files("hansa.collaboration.aid") / "content" / "legal_bases.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    eea = frozenset(content["eea"])
    return {row["id"]: _basis(row, eea) for row in content["bases"]}


def _basis(row: dict[str, Any], eea: frozenset[str]) -> LegalBasis:
    ceiling = row.get("ceiling_eur")
    return LegalBasis(
        id=row["id"],
        written=row["name"],
        written_plain=row["plain"],
        citation=row["citation"],
        valid_from=row["valid_from"],
        valid_until=row.get("valid_until"),
        countries=eea if row["countries"] == "eea" else frozenset(row["countries"]),
        client_types=frozenset(row["client_types"]),
        excludes_primary=row.get("excludes_primary", False),
        ceiling_eur=None if ceiling is None else Decimal(ceiling),
        window_years=row.get("window_years", 3),
        most_percent=row.get("most_percent"),
        is_aid=row.get("is_aid", True),
        no_gap=row.get("no_gap", False),
        needs_declaration=row.get("needs_declaration", False),
    )


def bases_on(on: date, *, country: str, client_type: str = "") -> list[LegalBasis]:
    """Return the rules that can be chosen on a day in a country, for one kind of client or for any."""
    return [
        basis
        for basis in legal_bases().values()
        if basis.valid_from <= on <= (basis.valid_until or on)
        and (not basis.countries or country in basis.countries)
        and (not client_type or not basis.client_types or client_type in basis.client_types)
    ]
