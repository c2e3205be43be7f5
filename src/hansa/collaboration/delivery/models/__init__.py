from hansa.collaboration.delivery.models.collaborations import (
    Collaboration,
    Document,
    Feedback,
    Kpi,
    KpiResult,
    Task,
)
from hansa.collaboration.delivery.models.exchange import Booking, Secondment
from hansa.collaboration.delivery.models.handing_over import ChangeAnswer, Deliverable, Handover, Incident, ScopeChange
from hansa.collaboration.delivery.models.hours import TimeEntry
from hansa.collaboration.delivery.models.outcome import Investment, Lesson, MaturityCheck, Story
from hansa.collaboration.delivery.models.plan import Milestone, MilestoneDecision

__all__ = [
    "Booking",
    "ChangeAnswer",
    "Collaboration",
    "Deliverable",
    "Document",
    "Feedback",
    "Handover",
    "Incident",
    "Investment",
    "Kpi",
    "KpiResult",
    "Lesson",
    "MaturityCheck",
    "Milestone",
    "MilestoneDecision",
    "ScopeChange",
    "Secondment",
    "Story",
    "Task",
    "TimeEntry",
]
