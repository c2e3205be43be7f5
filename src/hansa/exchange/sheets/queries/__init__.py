"""Services and grants as files."""

from hansa.exchange.sheets.queries.files import KINDS, SHEET, kpi_sheet, register_file

__all__ = ["KINDS", "SHEET", "kpi_sheet", "register_file"]
