"""``hansa vocabulary load nuts``: codes, names and points of regions, from a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from hansa.hubs.taxonomy import queries
from hansa.hubs.taxonomy.operations.drafts import ConceptDraft, SchemeDraft, alternatives, digest_of
from hansa.hubs.taxonomy.operations.loading import LoadReport, load_scheme
from hansa.hubs.taxonomy.operations.refusals import CannotLoad
from hansa.hubs.taxonomy.operations.tables import Table, tables_in
from hansa.hubs.taxonomy.states import Kind

_BASE = "http://data.europa.eu/nuts/code/"
_CODE = re.compile(r"^[A-Z]{2}[0-9A-Z]{0,3}$")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
# Columns by what they hold, as the files of Eurostat and others call them.
_CODES = ("nuts_id", "NUTS_ID", "NUTS_CODE", "code")
_NAMES = ("name_latin", "NAME_LATN", "nuts_name", "NUTS_NAME", "NUTS_LABEL", "name")
_OWN_NAMES = ("nuts_name", "NUTS_NAME")
_LATITUDES, _LONGITUDES = ("lat", "LAT", "latitude"), ("lon", "LON", "longitude")


def load_nuts(
    paths: Sequence[Path],
    *,
    at: datetime,
    edition: str | None = None,
    accept_retiring: bool = False,
    progress: Callable[[str], None] = lambda line: None,
) -> list[LoadReport]:
    """Load the regions of one edition of NUTS. Regions the file does not name are retired.

    :param edition: the year, else read from the file's name
    :raises CannotLoad: the file has no codes or names; nothing was changed
    """
    reports = []
    for path in paths:
        for table in tables_in(path):
            codes, names = _column(table, _CODES), _column(table, _NAMES)
            if not codes or not names:
                raise CannotLoad(
                    f"{table.where} has no column for codes and names of regions (nuts_id, nuts_name). "
                    f"Its columns are: {', '.join(table.columns[:12])}."
                )
            year = edition or next(iter(_YEAR.findall(path.name)), None)
            if not year:
                raise CannotLoad(f"Say which edition {path} is: --version-of-files 2024")
            refused: list[str] = []
            draft = _draft(table, codes, names, year, refused, accept_retiring=accept_retiring)
            report = load_scheme(draft, at=at)
            report = LoadReport(
                code=report.code,
                version=report.version,
                is_unchanged=report.is_unchanged,
                merged=report.merged,
                refused=tuple(refused),
            )
            progress(f"{table.where}: {report}")
            reports.append(report)
    return reports


def _draft(
    table: Table, codes: str, names: str, year: str, refused: list[str], *, accept_retiring: bool
) -> SchemeDraft:
    return SchemeDraft(
        code="nuts",
        title="Nomenclature of territorial units for statistics (NUTS)",
        version=year,
        digest=digest_of(table.digest(), year),
        source=f"NUTS {year}, codes and names, Eurostat",
        licence="CC BY 4.0 (codes and names)",
        attribution="NUTS codes and names: Eurostat, European Union",
        concepts=_regions(table, codes, names, refused),
        retires_much=accept_retiring,
        keeps_labels=True,
    )


def _column(table: Table, names: tuple[str, ...]) -> str | None:
    return next((name for name in names if name in table.columns), None)


def _regions(table: Table, codes: str, names: str, refused: list[str]) -> Iterator[ConceptDraft]:
    own, lat, lon = _column(table, _OWN_NAMES), _column(table, _LATITUDES), _column(table, _LONGITUDES)
    countries = {entry.facts.get("eurostat"): entry for entry in queries.vocabulary(Kind.COUNTRY).values()}
    seen: set[str] = set()
    for line, row in table.rows():
        code, name = row[codes].strip(), " ".join(row[names].split())
        if not _CODE.match(code) or not name or code in seen:
            why = "the code comes twice" if code in seen else "no code and name of a region"
            refused.append(f"{table.where}, line {line}: {why}")
            continue
        seen.add(code)
        country = countries.get(code[:2])
        facts: dict[str, object] = {"level": len(code) - 2, "country": country.notation if country else code[:2]}
        if lat and lon:
            try:
                facts["centre"] = {"lat": float(row[lat]), "lon": float(row[lon])}
            except ValueError:
                refused.append(f"{table.where}, line {line}: no point (the region is kept)")
        yield ConceptDraft(
            uri=_BASE + code,
            kind=Kind.REGION,
            notation=code,
            labels={"en": name},
            terms=tuple(alternatives("en", [row[own]] if own and row[own].strip() != name else [])),
            broader=_BASE + code[:-1] if len(code) > 2 else (country.uri if country else None),
            position=len(seen),
            facts=facts,
        )
