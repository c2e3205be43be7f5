"""Bringing hubs in from files."""

from hansa.exchange.imports.operations.importing import import_hubs
from hansa.exchange.imports.operations.refusals import CannotReadFile
from hansa.exchange.imports.operations.report import ImportReport, Line

__all__ = ["CannotReadFile", "ImportReport", "Line", "import_hubs"]
