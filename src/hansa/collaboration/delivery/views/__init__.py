"""Pages and acts of this corner."""

from hansa.collaboration.delivery.views.acts import (
    add_document,
    add_task,
    change_task,
    close,
    confirm,
    document,
    give_feedback,
    object_to,
    record_measurement,
    remove_document,
    remove_task,
    report,
    set_done,
)
from hansa.collaboration.delivery.views.change import change, check_maturity, record_investment, remove_investment
from hansa.collaboration.delivery.views.changes import (
    answer_change,
    changes,
    follow_up,
    propose_change,
    report_incident,
)
from hansa.collaboration.delivery.views.experts import end_secondment, experts, second, tick_papers
from hansa.collaboration.delivery.views.facilities import book, calendar, cancel_booking, confirm_booking, facilities
from hansa.collaboration.delivery.views.handovers import (
    answer_handover,
    hand_over,
    plan_deliverable,
    remove_deliverable,
)
from hansa.collaboration.delivery.views.hours import hours, log_time, remove_time
from hansa.collaboration.delivery.views.page import collaborations, room
from hansa.collaboration.delivery.views.plan import decide, plan, remove_milestone, set_milestone

__all__ = [
    "add_document",
    "add_task",
    "answer_change",
    "answer_handover",
    "book",
    "calendar",
    "cancel_booking",
    "change",
    "change_task",
    "changes",
    "check_maturity",
    "close",
    "collaborations",
    "confirm",
    "confirm_booking",
    "decide",
    "document",
    "end_secondment",
    "experts",
    "facilities",
    "follow_up",
    "give_feedback",
    "hand_over",
    "hours",
    "log_time",
    "object_to",
    "plan",
    "plan_deliverable",
    "propose_change",
    "record_investment",
    "record_measurement",
    "remove_deliverable",
    "remove_document",
    "remove_investment",
    "remove_milestone",
    "remove_task",
    "remove_time",
    "report",
    "report_incident",
    "room",
    "second",
    "set_done",
    "set_milestone",
    "tick_papers",
]
