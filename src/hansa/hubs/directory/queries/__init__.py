"""Reads of the directory."""

from hansa.hubs.directory.queries.asking import Asked, asked
from hansa.hubs.directory.queries.belongings import Belonging, belongings_market
from hansa.hubs.directory.queries.catalogue import Catalogue, Row, catalogue
from hansa.hubs.directory.queries.clients import (
    client_by_id,
    client_of_hub,
    clients_of,
    contact_ids_of,
    hubs_taking_needs,
    reachable_ids,
    takes_needs,
    with_people,
)
from hansa.hubs.directory.queries.comparison import comparison
from hansa.hubs.directory.queries.ecosystem import (
    Candidate,
    candidate_of,
    organisation_of,
    organisations_market,
    organisations_of,
    suggestible,
)
from hansa.hubs.directory.queries.exporting import ExportedHub, exported_hubs
from hansa.hubs.directory.queries.facilities import FacilityName, facilities_of
from hansa.hubs.directory.queries.matching import evidence, market, market_with_near
from hansa.hubs.directory.queries.names import (
    HubInTeam,
    HubName,
    countries_of,
    day_rates,
    has_demo_hubs,
    hub_by_id,
    hub_by_slug,
    hub_names,
    hubs_in,
    listed_ids,
    rows_of_hubs,
)
from hansa.hubs.directory.queries.near import (
    DamagedIndex,
    IndexOfAnotherModel,
    IndexUnusable,
    NoIndex,
    nearest_profiles,
    profile_index,
)
from hansa.hubs.directory.queries.own import joint_offers
from hansa.hubs.directory.queries.profile import Profile, profile, profiles
from hansa.hubs.directory.queries.search import Page, rows_of, search_hubs
from hansa.hubs.directory.queries.sources import Known, known_hubs, n_unread, refs_of_source

__all__ = [
    "Asked",
    "Belonging",
    "Candidate",
    "Catalogue",
    "DamagedIndex",
    "ExportedHub",
    "FacilityName",
    "HubInTeam",
    "HubName",
    "IndexOfAnotherModel",
    "IndexUnusable",
    "Known",
    "NoIndex",
    "Page",
    "Profile",
    "Row",
    "asked",
    "belongings_market",
    "candidate_of",
    "catalogue",
    "client_by_id",
    "client_of_hub",
    "clients_of",
    "comparison",
    "contact_ids_of",
    "countries_of",
    "day_rates",
    "evidence",
    "exported_hubs",
    "facilities_of",
    "has_demo_hubs",
    "hub_by_id",
    "hub_by_slug",
    "hub_names",
    "hubs_in",
    "hubs_taking_needs",
    "joint_offers",
    "known_hubs",
    "listed_ids",
    "market",
    "market_with_near",
    "n_unread",
    "nearest_profiles",
    "organisation_of",
    "organisations_market",
    "organisations_of",
    "profile",
    "profile_index",
    "profiles",
    "reachable_ids",
    "refs_of_source",
    "rows_of",
    "rows_of_hubs",
    "search_hubs",
    "suggestible",
    "takes_needs",
    "with_people",
]
