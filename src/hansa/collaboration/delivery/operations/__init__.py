"""The only writers of this corner."""

from hansa.collaboration.delivery.operations.changes import (
    CannotChangeScope,
    CannotReportIncident,
    answer_change,
    follow_up,
    propose_change,
    report_incident,
)
from hansa.collaboration.delivery.operations.closing import (
    CannotClose,
    CannotConfirm,
    CannotGiveFeedback,
    CannotReport,
    close,
    confirm,
    give_feedback,
    object_to,
    report,
)
from hansa.collaboration.delivery.operations.deliverables import (
    CannotHandOver,
    answer_handover,
    hand_over,
    plan_deliverable,
    remove_deliverable,
)
from hansa.collaboration.delivery.operations.demo import forget_demo
from hansa.collaboration.delivery.operations.documents import (
    CannotAddDocument,
    CannotRemoveDocument,
    add_document,
    remove_document,
)
from hansa.collaboration.delivery.operations.experts import CannotSecond, end_secondment, second, tick_papers
from hansa.collaboration.delivery.operations.facilities import CannotBook, book, cancel_booking, confirm_booking
from hansa.collaboration.delivery.operations.hours import CannotLogTime, log_time, remove_time
from hansa.collaboration.delivery.operations.investments import (
    CannotRecordInvestment,
    record_investment,
    remove_investment,
)
from hansa.collaboration.delivery.operations.maturity import CannotCheckMaturity, check_maturity
from hansa.collaboration.delivery.operations.milestones import (
    CannotDecideMilestone,
    CannotPlan,
    decide,
    remove_milestone,
    set_milestone,
)
from hansa.collaboration.delivery.operations.opening import open_collaboration
from hansa.collaboration.delivery.operations.results import CannotRecordMeasurement, record_measurement
from hansa.collaboration.delivery.operations.stopping import CannotStop, stop
from hansa.collaboration.delivery.operations.stories import (
    CannotTell,
    CannotWriteLesson,
    answer_story,
    ask_for_approval,
    publish_story,
    write_lesson,
    write_story,
)
from hansa.collaboration.delivery.operations.tasks import CannotChangeTask, add_task, change_task, remove_task, set_done

__all__ = [
    "CannotAddDocument",
    "CannotBook",
    "CannotChangeScope",
    "CannotChangeTask",
    "CannotCheckMaturity",
    "CannotClose",
    "CannotConfirm",
    "CannotDecideMilestone",
    "CannotGiveFeedback",
    "CannotHandOver",
    "CannotLogTime",
    "CannotPlan",
    "CannotRecordInvestment",
    "CannotRecordMeasurement",
    "CannotRemoveDocument",
    "CannotReport",
    "CannotReportIncident",
    "CannotSecond",
    "CannotStop",
    "CannotTell",
    "CannotWriteLesson",
    "add_document",
    "add_task",
    "answer_change",
    "answer_handover",
    "answer_story",
    "ask_for_approval",
    "book",
    "cancel_booking",
    "change_task",
    "check_maturity",
    "close",
    "confirm",
    "confirm_booking",
    "decide",
    "end_secondment",
    "follow_up",
    "forget_demo",
    "give_feedback",
    "hand_over",
    "log_time",
    "object_to",
    "open_collaboration",
    "plan_deliverable",
    "propose_change",
    "publish_story",
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
    "second",
    "set_done",
    "set_milestone",
    "stop",
    "tick_papers",
    "write_lesson",
    "write_story",
]
