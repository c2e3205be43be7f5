"""Named reads of this corner."""

from hansa.collaboration.delivery.queries.full import FileLine
from hansa.collaboration.delivery.queries.outcome import (
    ClosedCase,
    Outcomes,
    outcomes_of_hub,
    outcomes_of_network,
)
from hansa.collaboration.delivery.queries.rooms import Line, Room, lines_of, people_of, room, tasks_due, title_for
from hansa.collaboration.delivery.queries.rows import (
    KpiOutcome,
    collaborations_visible_to,
    documents_of,
    hubs_of,
    tasks_of,
)

__all__ = [
    "ClosedCase",
    "FileLine",
    "KpiOutcome",
    "Line",
    "Outcomes",
    "Room",
    "collaborations_visible_to",
    "documents_of",
    "hubs_of",
    "lines_of",
    "outcomes_of_hub",
    "outcomes_of_network",
    "people_of",
    "room",
    "tasks_due",
    "tasks_of",
    "title_for",
]
