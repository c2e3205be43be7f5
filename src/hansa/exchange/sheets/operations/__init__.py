"""Read a KPI sheet, keep it for a while, take it over."""

from hansa.exchange.sheets.operations.keeping import CannotTakeOver, kept, take_over, try_out
from hansa.exchange.sheets.operations.reading import CannotReadSheet, Remark, Sheet, read_sheet

__all__ = ["CannotReadSheet", "CannotTakeOver", "Remark", "Sheet", "kept", "read_sheet", "take_over", "try_out"]
