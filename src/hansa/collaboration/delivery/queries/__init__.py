"""Named reads of this corner."""

from hansa.collaboration.delivery.queries.exchange import (
    ExchangeAgreed,
    Taken,
    bookings_of,
    calendar_of,
    exchange_agreed,
    next_free,
    secondments_of,
    time_zones,
    week_of,
    working_days,
    zone_of,
)
from hansa.collaboration.delivery.queries.frame import Frame, frame
from hansa.collaboration.delivery.queries.full import FileLine
from hansa.collaboration.delivery.queries.handing_over import changes_of, deliverables_of, incidents_of
from hansa.collaboration.delivery.queries.hours import (
    HoursOfHub,
    cost_choices,
    cost_items_of,
    hours_by_day,
    hours_by_hub,
    time_of_hub,
)
from hansa.collaboration.delivery.queries.measuring import events_of, recomputed
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
    n_offering,
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
    "ExchangeAgreed",
    "FileLine",
    "Frame",
    "HoursOfHub",
    "KpiOutcome",
    "Line",
    "Outcomes",
    "Room",
    "Taken",
    "bookings_of",
    "calendar_of",
    "changes_of",
    "collaborations_visible_to",
    "cost_choices",
    "cost_items_of",
    "deliverables_of",
    "documents_of",
    "events_of",
    "exchange_agreed",
    "frame",
    "hours_by_day",
    "hours_by_hub",
    "hubs_of",
    "incidents_of",
    "lines_of",
    "milestone_choices",
    "milestone_of",
    "milestones_of",
    "n_offering",
    "next_free",
    "outcomes_of_hub",
    "outcomes_of_network",
    "people_of",
    "people_of_one",
    "recomputed",
    "room",
    "secondments_of",
    "span",
    "tasks_due",
    "tasks_of",
    "time_of_hub",
    "time_zones",
    "timeline",
    "title_for",
    "week_of",
    "working_days",
    "zone_of",
]
