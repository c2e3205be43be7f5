"""The pages of an agreement, for its parties."""

from hansa.collaboration.agreements.views.changing import clause, terms
from hansa.collaboration.agreements.views.drafting import new
from hansa.collaboration.agreements.views.files import (
    certificate,
    check,
    draft_file,
    evidence_file,
    file,
    file_to_sign,
    word_file,
)
from hansa.collaboration.agreements.views.library import library, model, model_file
from hansa.collaboration.agreements.views.page import accept, appoint, coverage, decline, seen, show, version
from hansa.collaboration.agreements.views.rounds import arrange, withdraw
from hansa.collaboration.agreements.views.signing import code, passkey, send_file, sign

__all__ = [
    "accept",
    "appoint",
    "arrange",
    "certificate",
    "check",
    "clause",
    "code",
    "coverage",
    "decline",
    "draft_file",
    "evidence_file",
    "file",
    "file_to_sign",
    "library",
    "model",
    "model_file",
    "new",
    "passkey",
    "seen",
    "send_file",
    "show",
    "sign",
    "terms",
    "version",
    "withdraw",
    "word_file",
]
