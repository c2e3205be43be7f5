"""Reads about people: who acts, for whom, and who belongs to a hub or client."""

from hansa.hubs.people.queries.account import (
    FactorsSetUp,
    Link,
    SecondFactor,
    factors_set_up,
    link_of,
    my_data,
    second_factors,
)
from hansa.hubs.people.queries.acting import (
    Organisation,
    actor_of,
    hub_ids_of,
    organisations_of,
)
from hansa.hubs.people.queries.members import (
    Member,
    contacts_of,
    managers_of,
    members_of,
    members_of_hubs,
    network_people,
    people_in,
    people_of_hub,
    rows_of_people,
    signatories_of,
    stewards,
    users_by_id,
)

__all__ = [
    "FactorsSetUp",
    "Link",
    "Member",
    "Organisation",
    "SecondFactor",
    "actor_of",
    "contacts_of",
    "factors_set_up",
    "hub_ids_of",
    "link_of",
    "managers_of",
    "members_of",
    "members_of_hubs",
    "my_data",
    "network_people",
    "organisations_of",
    "people_in",
    "people_of_hub",
    "rows_of_people",
    "second_factors",
    "signatories_of",
    "stewards",
    "users_by_id",
]
