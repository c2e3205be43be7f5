"""Lists as files."""

from hansa.exchange.exports.queries.lists import FORMATS, ExportedFile, hub_list, safe_cell

__all__ = ["FORMATS", "ExportedFile", "hub_list", "safe_cell"]
