"""Pages and acts of this corner."""

from hansa.collaboration.delivery.views.acts import (
    add_document,
    add_task,
    change_task,
    close,
    confirm,
    document,
    give_feedback,
    log_result,
    object_to,
    remove_document,
    remove_task,
    report,
    set_done,
)
from hansa.collaboration.delivery.views.page import collaborations, room

__all__ = [
    "add_document",
    "add_task",
    "change_task",
    "close",
    "collaborations",
    "confirm",
    "document",
    "give_feedback",
    "log_result",
    "object_to",
    "remove_document",
    "remove_task",
    "report",
    "room",
    "set_done",
]
