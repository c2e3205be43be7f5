"""Named reads of this corner."""

from hansa.collaboration.delivery.queries.frame import Frame, frame
from hansa.collaboration.delivery.queries.full import FileLine
from hansa.collaboration.delivery.queries.hours import (
    HoursOfHub,
    cost_choices,
    cost_items_of,
    hours_by_hub,
    time_of_hub,
)
from hansa.collaboration.delivery.queries.outcome import (
    ClosedCase,
    Outcomes,
    outcomes_of_hub,
    outcomes_of_network,
)
from hansa.collaboration.delivery.queries.plan import milestone_choices, milestone_of, milestones_of, span, timeline
from hansa.collaboration.delivery.queries.rooms import (
    Line,
    Room,
    lines_of,
    people_of,
    people_of_one,
    room,
    tasks_due,
    title_for,
)
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
    "Frame",
    "HoursOfHub",
    "KpiOutcome",
    "Line",
    "Outcomes",
    "Room",
    "collaborations_visible_to",
    "cost_choices",
    "cost_items_of",
    "documents_of",
    "frame",
    "hours_by_hub",
    "hubs_of",
    "lines_of",
    "milestone_choices",
    "milestone_of",
    "milestones_of",
    "outcomes_of_hub",
    "outcomes_of_network",
    "people_of",
    "people_of_one",
    "room",
    "span",
    "tasks_due",
    "tasks_of",
    "time_of_hub",
    "timeline",
    "title_for",
]
