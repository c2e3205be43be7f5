"""The only writers of this corner."""

from hansa.collaboration.aid.operations.certificates import issue, ready_for_certificate, withdraw_certificate
from hansa.collaboration.aid.operations.declaring import declare, declare_aid, describe, link, unlink, withdraw_aid
from hansa.collaboration.aid.operations.demo import forget_demo
from hansa.collaboration.aid.operations.records import (
    ServiceDraft,
    change_service,
    mark_registered,
    problems_in,
    record_service,
    remove_service,
)
from hansa.collaboration.aid.operations.refusals import CannotDeclare, CannotIssue, CannotRecord, CannotSetUp
from hansa.collaboration.aid.operations.settings import drop_price, put_price, set_up
from hansa.collaboration.aid.operations.taking_over import SheetService, Taken, take_over

__all__ = [
    "CannotDeclare",
    "CannotIssue",
    "CannotRecord",
    "CannotSetUp",
    "ServiceDraft",
    "SheetService",
    "Taken",
    "change_service",
    "declare",
    "declare_aid",
    "describe",
    "drop_price",
    "forget_demo",
    "issue",
    "link",
    "mark_registered",
    "problems_in",
    "put_price",
    "ready_for_certificate",
    "record_service",
    "remove_service",
    "set_up",
    "take_over",
    "unlink",
    "withdraw_aid",
    "withdraw_certificate",
]
