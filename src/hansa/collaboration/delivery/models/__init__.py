from hansa.collaboration.delivery.models.collaborations import (
    Collaboration,
    Document,
    Feedback,
    Kpi,
    KpiResult,
    Task,
)
from hansa.collaboration.delivery.models.hours import TimeEntry
from hansa.collaboration.delivery.models.plan import Milestone, MilestoneDecision

__all__ = [
    "Collaboration",
    "Document",
    "Feedback",
    "Kpi",
    "KpiResult",
    "Milestone",
    "MilestoneDecision",
    "Task",
    "TimeEntry",
]
