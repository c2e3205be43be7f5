"""Named reads of partner requests, matches, the facilitation and the register."""

from hansa.collaboration.matchmaking.queries.gate import (
    SharedMatch,
    authorisation_of_match,
    fields_of_match_shown,
    shared_match,
)
from hansa.collaboration.matchmaking.queries.proposing import profile_proposed, shown_if_agreed, words_to_organisation
from hansa.collaboration.matchmaking.queries.ranking import Answer, Found, answers, hub_ids_reached, search_ecosystem
from hansa.collaboration.matchmaking.queries.register import (
    Counts,
    Reached,
    agreements_reached,
    reached_lines,
    register_counts,
)
from hansa.collaboration.matchmaking.queries.rows import (
    disclosures_of,
    match_by_key,
    match_of_request,
    matches_of_hub,
    matches_suggested,
    own_match,
    partner_request_of,
)
from hansa.collaboration.matchmaking.queries.together import Pair, Together, together

__all__ = [
    "Answer",
    "Counts",
    "Found",
    "Pair",
    "Reached",
    "SharedMatch",
    "Together",
    "agreements_reached",
    "answers",
    "authorisation_of_match",
    "disclosures_of",
    "fields_of_match_shown",
    "hub_ids_reached",
    "match_by_key",
    "match_of_request",
    "matches_of_hub",
    "matches_suggested",
    "own_match",
    "partner_request_of",
    "profile_proposed",
    "reached_lines",
    "register_counts",
    "search_ecosystem",
    "shared_match",
    "shown_if_agreed",
    "together",
    "words_to_organisation",
]
