"""Reads of the directory."""

from hansa.hubs.directory.queries.clients import (
    client_of_hub,
    clients_of,
    contact_ids_of,
    hubs_taking_needs,
    takes_needs,
)
from hansa.hubs.directory.queries.names import (
    HubName,
    countries_of,
    hub_by_id,
    hub_by_slug,
    hub_names,
    listed_ids,
)

__all__ = [
    "HubName",
    "client_of_hub",
    "clients_of",
    "contact_ids_of",
    "countries_of",
    "hub_by_id",
    "hub_by_slug",
    "hub_names",
    "hubs_taking_needs",
    "listed_ids",
    "takes_needs",
]
