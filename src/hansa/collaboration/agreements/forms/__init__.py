"""Forms of the agreement: terms, wordings, answers, signatures."""

from hansa.collaboration.agreements.forms.answers import (
    ChangeForm,
    CheckForm,
    ClauseForm,
    DeclineForm,
    RoundForm,
    SignatoryForm,
    SignedFileForm,
    SignForm,
)
from hansa.collaboration.agreements.forms.terms import TermsForm

__all__ = [
    "ChangeForm",
    "CheckForm",
    "ClauseForm",
    "DeclineForm",
    "RoundForm",
    "SignForm",
    "SignatoryForm",
    "SignedFileForm",
    "TermsForm",
]
