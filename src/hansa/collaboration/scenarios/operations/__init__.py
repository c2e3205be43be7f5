"""The only writers of scenarios: versions, their way into use, proposals and comments."""

from hansa.collaboration.scenarios.operations.talk import (
    CannotAnswerProposal,
    CannotComment,
    CannotPropose,
    answer_proposal,
    comment,
    propose,
)
from hansa.collaboration.scenarios.operations.versions import (
    CannotChange,
    CannotPublish,
    change,
    copy_version,
    discard,
    keep_shipped,
    offer_again,
    publish,
    retire,
    send_back,
    submit,
)

__all__ = [
    "CannotAnswerProposal",
    "CannotChange",
    "CannotComment",
    "CannotPropose",
    "CannotPublish",
    "answer_proposal",
    "change",
    "comment",
    "copy_version",
    "discard",
    "keep_shipped",
    "offer_again",
    "propose",
    "publish",
    "retire",
    "send_back",
    "submit",
]
