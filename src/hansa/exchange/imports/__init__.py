"""Brings in profiles that exist elsewhere, and takes lists out.

Front doors: ``operations.import_hubs`` (a report of what was read, repaired, refused).
"""
