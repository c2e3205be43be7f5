"""The only writers of agreements. ``sealing`` is left out: it belongs to the worker."""

from hansa.collaboration.agreements.operations.answering import (
    CannotAccept,
    CannotAppoint,
    CannotDecline,
    accept,
    appoint_signatory,
    decline,
    mark_seen,
)
from hansa.collaboration.agreements.operations.demo import forget_demo
from hansa.collaboration.agreements.operations.drafting import CannotDraft, draft
from hansa.collaboration.agreements.operations.revising import (
    CannotRevise,
    ChangedMeanwhile,
    ModelWording,
    NewTerms,
    NewWording,
    clean_words,
    revise,
)
from hansa.collaboration.agreements.operations.rows import hand_over, opened, record, tell_open_suggestions
from hansa.collaboration.agreements.operations.signing import CannotSign, send_code, sign

__all__ = [
    "CannotAccept",
    "CannotAppoint",
    "CannotDecline",
    "CannotDraft",
    "CannotRevise",
    "CannotSign",
    "ChangedMeanwhile",
    "ModelWording",
    "NewTerms",
    "NewWording",
    "accept",
    "appoint_signatory",
    "clean_words",
    "decline",
    "draft",
    "forget_demo",
    "hand_over",
    "mark_seen",
    "opened",
    "record",
    "revise",
    "send_code",
    "sign",
    "tell_open_suggestions",
]
