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
from hansa.collaboration.agreements.operations.rounds import (
    CannotArrange,
    CannotWithdraw,
    arrange_signing,
    close_rounds,
    withdraw_signature,
)
from hansa.collaboration.agreements.operations.rows import hand_over, opened, record, tell_open_suggestions
from hansa.collaboration.agreements.operations.signing import CannotSign, send_code, sign
from hansa.collaboration.agreements.operations.uploading import MOST_BYTES, answer_upload, send_signed_file

__all__ = [
    "MOST_BYTES",
    "CannotAccept",
    "CannotAppoint",
    "CannotArrange",
    "CannotDecline",
    "CannotDraft",
    "CannotRevise",
    "CannotSign",
    "CannotWithdraw",
    "ChangedMeanwhile",
    "ModelWording",
    "NewTerms",
    "NewWording",
    "accept",
    "answer_upload",
    "appoint_signatory",
    "arrange_signing",
    "clean_words",
    "close_rounds",
    "decline",
    "draft",
    "forget_demo",
    "hand_over",
    "mark_seen",
    "opened",
    "record",
    "revise",
    "send_code",
    "send_signed_file",
    "sign",
    "tell_open_suggestions",
    "withdraw_signature",
]
