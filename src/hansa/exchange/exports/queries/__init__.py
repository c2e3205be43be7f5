"""Lists as files."""

from hansa.exchange.exports.queries.comparisons import hubs_side_by_side
from hansa.exchange.exports.queries.lists import FORMATS, ExportedFile, file_name, hub_list, safe_cell

__all__ = ["FORMATS", "ExportedFile", "file_name", "hub_list", "hubs_side_by_side", "safe_cell"]
