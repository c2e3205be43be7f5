from hansa.collaboration.delivery.models.collaborations import (
    Collaboration,
    Document,
    Feedback,
    Kpi,
    KpiResult,
    Task,
)
from hansa.collaboration.delivery.models.exchange import Booking, Secondment
from hansa.collaboration.delivery.models.hours import TimeEntry
from hansa.collaboration.delivery.models.plan import Milestone, MilestoneDecision

__all__ = [
    "Booking",
    "Collaboration",
    "Document",
    "Feedback",
    "Kpi",
    "KpiResult",
    "Milestone",
    "MilestoneDecision",
    "Secondment",
    "Task",
    "TimeEntry",
]
