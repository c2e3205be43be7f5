"""Reads of the directory."""

from hansa.hubs.directory.queries.names import HubName, countries_of, hub_by_id, hub_by_slug, hub_names

__all__ = ["HubName", "countries_of", "hub_by_id", "hub_by_slug", "hub_names"]
