"""The pages of an agreement, for its parties."""

from hansa.collaboration.agreements.views.changing import clause, terms
from hansa.collaboration.agreements.views.drafting import new
from hansa.collaboration.agreements.views.files import certificate, check, draft_file, file, word_file
from hansa.collaboration.agreements.views.library import library, model, model_file
from hansa.collaboration.agreements.views.page import accept, appoint, coverage, decline, seen, show, version
from hansa.collaboration.agreements.views.signing import code, passkey, sign

__all__ = [
    "accept",
    "appoint",
    "certificate",
    "check",
    "clause",
    "code",
    "coverage",
    "decline",
    "draft_file",
    "file",
    "library",
    "model",
    "model_file",
    "new",
    "passkey",
    "seen",
    "show",
    "sign",
    "terms",
    "version",
    "word_file",
]
